//! Contacts with the relay, and satchels.

use std::io::{Read, Write};

use jasaq_protocol::ids::RelayId;
use jasaq_protocol::sync::Refusal;

use super::Fieldbook;
use crate::exchange::{
    self, Carrier, CarrierFailed, ContactReport, EnrolRefused, ExchangeRefused, FlushReport, OpenContact,
    PUSH_BYTES_MAX, PUSH_BYTES_MIN, SatchelReport,
};
use crate::refusal::FieldbookRefused;
use crate::vault::{KnownRelay, Vault, VaultRefused};

/// After this many requests one call to [`Fieldbook::sync`] leaves the rest to the next.
const REQUESTS_MAX: usize = 4_096;

/// How far a request counter jumps at first when the relay has seen it, and how often it doubles: half a million in all,
/// more requests than a device makes in its life.
const COUNTER_JUMP_MIN: u64 = 4_096;
const COUNTER_JUMPS_MAX: u32 = 7;

impl Fieldbook {
    /// Makes envelopes of everything that is pending. Happens by itself before every exchange.
    pub fn flush(&mut self) -> Result<FlushReport, FieldbookRefused> {
        self.write(|transaction, device, surroundings| {
            if device.role().is_some() {
                exchange::forget_join_requests(transaction, device)?;
            }
            exchange::heal_wraps(transaction, device, surroundings)?;
            // Another process may have closed cleanly meanwhile: what is sealed now must be marked as open.
            Vault::set_open_since(transaction, surroundings.boot())?;
            Ok(exchange::flush(transaction, device, surroundings)?)
        })
    }

    /// Learns who the relay is, if only its address is known so far: an invite can name no other.
    pub fn meet_relay(&mut self, carrier: &mut dyn Carrier) -> Result<(), FieldbookRefused> {
        self.learn_relay(carrier).map(drop)
    }

    /// Begins one contact: everything pending is flushed, committed and in the request. The relay's identity must be known.
    pub fn begin_contact(&mut self) -> Result<OpenContact, FieldbookRefused> {
        self.flush()?;
        let relay = self.known_relay()?.relay.ok_or(ExchangeRefused::NoRelay)?;
        Ok(self.write(|transaction, device, _| OpenContact::begin(transaction, device, relay))?)
    }

    /// Takes bytes of the answer, as many as came.
    pub fn take_answer(&mut self, contact: &mut OpenContact, bytes: &[u8]) -> Result<(), FieldbookRefused> {
        Ok(contact.take(&mut self.vault, (&mut self.device, &mut self.surroundings), bytes)?)
    }

    /// Ends a contact: what came is committed. An answer that broke off is told after its report was added to `report`.
    pub fn finish_contact(
        &mut self,
        contact: OpenContact,
        report: &mut ContactReport,
    ) -> Result<(), FieldbookRefused> {
        let own = (&mut self.device, &mut self.surroundings);
        let (done, outcome) = contact.finish(&mut self.vault, own)?;
        report.add(&done);
        Ok(outcome.map_err(ExchangeRefused::from)?)
    }

    /// One request and its answer. What was exchanged before a failure stands and is in `report`.
    ///
    /// A relay answers 409 to a counter that it has seen: then a clone counts too, or this is a restored backup, and the
    /// request is made again with counters further ahead.
    pub fn contact(
        &mut self,
        carrier: &mut dyn Carrier,
        report: &mut ContactReport,
    ) -> Result<(), FieldbookRefused> {
        let known = self.learn_relay(carrier)?;
        for doubling in 0..COUNTER_JUMPS_MAX {
            match self.request(carrier, &known, report) {
                Err(FieldbookRefused::Exchange(ExchangeRefused::Carrier(CarrierFailed::Status(409)))) => {
                    self.vault.write(|transaction| {
                        Vault::jump_counter(transaction, COUNTER_JUMP_MIN << doubling)
                    })?;
                }
                outcome => return outcome,
            }
        }
        self.request(carrier, &known, report)
    }

    fn request(
        &mut self,
        carrier: &mut dyn Carrier,
        known: &KnownRelay,
        report: &mut ContactReport,
    ) -> Result<(), FieldbookRefused> {
        let mut contact = self.begin_contact()?;
        let request = contact.request().to_vec();
        let mut stored = Ok(());
        let carried = carrier.carry(&known.address, &request, &mut |bytes| {
            if stored.is_ok() {
                stored = self.take_answer(&mut contact, bytes);
            }
        });
        stored?;
        let finished = self.finish_contact(contact, report);
        // A refusal is no sign of a bad link.
        if !matches!(carried, Err(CarrierFailed::Status(_))) {
            self.note_how_it_went(carried.is_ok() && finished.is_ok())?;
        }
        match (finished, carried) {
            // What this device could not do comes before what the link could not.
            (Err(refused @ FieldbookRefused::Vault(_)), _) => Err(refused),
            (finished, Ok(())) => finished,
            (_, Err(failed)) => Err(Self::why_failed(carrier, known, failed).into()),
        }
    }

    /// Contacts until there is nothing more to push or to fetch, or nothing moves any more.
    pub fn sync(
        &mut self,
        carrier: &mut dyn Carrier,
        report: &mut ContactReport,
    ) -> Result<(), FieldbookRefused> {
        for _ in 0..REQUESTS_MAX {
            let mut this = ContactReport::default();
            let before = Vault::outbox_size(self.vault.read())?;
            let outcome = self.contact(carrier, &mut this);
            report.add(&this);
            outcome?;
            // What was pushed has moved only where a receipt says so.
            let moved =
                this.received > 0 || this.rewound > 0 || Vault::outbox_size(self.vault.read())? != before;
            // What the relay could not place yet may be explained by what it has stored now.
            let (outbox, _) = Vault::outbox_size(self.vault.read())?;
            let refused: u64 = Vault::refusals(self.vault.read())?.iter().map(|(_, count)| count).sum();
            report.more |= outbox > refused || this.refused.contains_key(&Refusal::NotYet);
            // Who was let in just now has something to say.
            report.more |= self.device.role().is_some() && Vault::pending_count(self.vault.read())? > 0;
            if !(moved && report.more) {
                return self.check_invite(&this);
            }
        }
        Ok(())
    }

    /// A device that waits and whose request the relay takes no more joined with an invite that others have used.
    fn check_invite(&self, last: &ContactReport) -> Result<(), FieldbookRefused> {
        let is_spent = last
            .refused
            .keys()
            .any(|reason| matches!(reason, Refusal::Quota | Refusal::MayNot));
        if self.device.role().is_none() && is_spent { Err(EnrolRefused::Spent.into()) } else { Ok(()) }
    }

    /// After a broken contact the next push is half as long, after a good one twice.
    fn note_how_it_went(&mut self, went_well: bool) -> Result<(), FieldbookRefused> {
        let now = Vault::push_bytes(self.vault.read(), PUSH_BYTES_MAX)?;
        let next =
            if went_well { now.saturating_mul(2) } else { now / 2 }.clamp(PUSH_BYTES_MIN, PUSH_BYTES_MAX);
        if next == now {
            return Ok(());
        }
        Ok(self.vault.write(|transaction| Vault::set_push_bytes(transaction, next))?)
    }

    fn known_relay(&self) -> Result<KnownRelay, FieldbookRefused> {
        Ok(Vault::relay(self.vault.read())?.ok_or(ExchangeRefused::NoRelay)?)
    }

    /// The relay's address and identity; asked for and kept at the first contact, if the invite did not tell it.
    fn learn_relay(&mut self, carrier: &mut dyn Carrier) -> Result<KnownRelay, FieldbookRefused> {
        let known = self.known_relay()?;
        if known.relay.is_some() {
            return Ok(known);
        }
        let identity = carrier.fetch_identity(&known.address).map_err(ExchangeRefused::from)?;
        let known = KnownRelay { relay: Some(identity), ..known };
        self.vault.write(|transaction| Vault::set_relay(transaction, &known))?;
        Ok(known)
    }

    /// A relay that refuses our heads may be another one than we know.
    fn why_failed(carrier: &mut dyn Carrier, known: &KnownRelay, failed: CarrierFailed) -> ExchangeRefused {
        let is_other = |identity: RelayId| Some(identity) != known.relay;
        match failed {
            CarrierFailed::Status(400) if carrier.fetch_identity(&known.address).is_ok_and(is_other) => {
                ExchangeRefused::OtherRelay
            }
            failed => failed.into(),
        }
    }

    /// Packs everything this device holds into a satchel, for a cable, a memory card or a messenger.
    ///
    /// On a full disk nothing can be sealed any more, and what was sealed before can still be carried away.
    pub fn export_satchel(&mut self, file: &mut impl Write) -> Result<SatchelReport, FieldbookRefused> {
        match self.flush() {
            Ok(_) | Err(FieldbookRefused::Vault(VaultRefused::Full | VaultRefused::ReadOnly)) => {}
            Err(refused) => return Err(refused),
        }
        Ok(exchange::export(&self.vault, &self.device, file)?)
    }

    /// Unpacks a satchel. What came whole of a cut one is kept.
    pub fn import_satchel(&mut self, file: &mut impl Read) -> Result<SatchelReport, FieldbookRefused> {
        self.refresh()?;
        Ok(exchange::import(&mut self.vault, (&mut self.device, &mut self.surroundings), file)?)
    }
}
