//! Contacts with the relay, and satchels.

use std::io::{Read, Write};

use jasaq_protocol::ids::RelayId;
use jasaq_protocol::limits::SATCHEL_PART_BYTES_MIN;
use jasaq_protocol::sync::Refusal;

use super::Fieldbook;
use crate::exchange::{
    self, Carrier, CarrierFailed, ContactReport, EnrolRefused, ExchangeRefused, FlushReport, OpenAnswer,
    PreparedContact, SatchelReport, Ticket, is_cleartext,
};
use crate::refusal::FieldbookRefused;
use crate::vault::{Connection, KnownRelay, Vault, VaultRefused};

/// After this many requests one call to [`Fieldbook::sync`] leaves the rest to the next.
const REQUESTS_MAX: usize = 4_096;

/// How often in one call to [`Fieldbook::sync`] the relay may turn out to have lost something. It loses its past once, and
/// again if it is restored under way; one that loses what it was brought in every contact is left to the next call.
const SETBACKS_MAX: usize = 16;

/// How often one call to [`Fieldbook::contact`] counts on further ahead because the relay has seen a counter: half a million
/// in all, more requests than a device makes in its life.
const COUNTER_JUMPS_MAX: u32 = 8;

impl Fieldbook {
    /// Makes envelopes of everything that is pending. Happens by itself before every exchange.
    pub fn flush(&mut self) -> Result<FlushReport, FieldbookRefused> {
        self.vault.cut_log_if_due()?;
        self.publish()?;
        self.acknowledge_cases()?;
        self.let_go_of_cases()?;
        self.write(|transaction, device, surroundings| {
            if device.role().is_some() {
                exchange::forget_join_requests(transaction, device)?;
            }
            exchange::make_standing_spaces(transaction, device, surroundings)?;
            exchange::testify(transaction, device, surroundings)?;
            exchange::answer_erasures(transaction, device, surroundings)?;
            exchange::renew_unclean(transaction, device, surroundings)?;
            exchange::heal_wraps(transaction, device, surroundings)?;
            exchange::say_lacks(transaction, device, surroundings)?;
            exchange::say_fallen_ones_again(transaction, device)?;
            // Another process may have closed cleanly meanwhile: what is sealed now must be marked as open.
            Vault::set_open_since(transaction, surroundings.boot())?;
            Ok(exchange::flush(transaction, device, surroundings)?)
        })
    }

    /// Learns who the relay is, if only its address is known so far: an invite can name no other.
    pub fn meet_relay(&mut self, carrier: &mut dyn Carrier) -> Result<(), FieldbookRefused> {
        self.learn_relay(carrier).map(drop)
    }

    /// Prepares one contact: everything pending is flushed, committed and in the request. The relay's identity must be known.
    ///
    /// Whoever carries it may bring the answer at once or minutes later, to this process or another, in pieces, cut, twice,
    /// or after the answers to later requests. A request that is never answered blocks nothing.
    pub fn prepare_contact(&mut self) -> Result<PreparedContact, FieldbookRefused> {
        self.prepare_contact_over(false)
    }

    fn prepare_contact_over(&mut self, in_clear: bool) -> Result<PreparedContact, FieldbookRefused> {
        self.flush()?;
        self.write(|transaction, device, _| {
            // Within the transaction: another process may have named another relay.
            let KnownRelay { address, relay } = known_relay(transaction)?;
            let relay = relay.ok_or(ExchangeRefused::NoRelay)?;
            check_cleartext(transaction, &address, in_clear)?;
            let (ticket, request) = exchange::prepare(transaction, device, relay)?;
            Ok(PreparedContact { ticket, address, request })
        })
    }

    /// Begins to read an answer from its first byte. One that has come whole before is passed over.
    pub fn open_answer(&mut self, ticket: Ticket) -> Result<OpenAnswer, FieldbookRefused> {
        self.refresh()?;
        Ok(OpenAnswer::open(&self.vault, &self.device, ticket)?)
    }

    /// Takes bytes of the answer, as many as came.
    pub fn take_answer(&mut self, answer: &mut OpenAnswer, bytes: &[u8]) -> Result<(), FieldbookRefused> {
        Ok(answer.take(&mut self.vault, (&mut self.device, &mut self.surroundings), bytes)?)
    }

    /// Ends an answer, whole or not: what came is committed. An answer that broke off is told after its report was added
    /// to `report`; it may be read again from its first byte, if the carrier still brings it.
    pub fn finish_answer(
        &mut self,
        answer: OpenAnswer,
        carried: Result<(), CarrierFailed>,
        report: &mut ContactReport,
    ) -> Result<(), FieldbookRefused> {
        let own = (&mut self.device, &mut self.surroundings);
        let (done, outcome) = answer.finish(&mut self.vault, own, &carried)?;
        report.add(&done);
        carried.map_err(ExchangeRefused::from)?;
        Ok(outcome?)
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
        for _ in 0..COUNTER_JUMPS_MAX {
            match self.request(carrier, &known, report) {
                Err(FieldbookRefused::Exchange(ExchangeRefused::Carrier(CarrierFailed::Status(409)))) => {}
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
        let in_clear = carrier.goes_in_clear();
        let PreparedContact { ticket, address, request } = self.prepare_contact_over(in_clear)?;
        let mut answer = self.open_answer(ticket)?;
        let mut stored = Ok(());
        let carried = carrier.carry(&address, &request, &mut |bytes| {
            if stored.is_ok() {
                stored = self.take_answer(&mut answer, bytes);
            }
        });
        stored?;
        let finished = self.finish_answer(answer, carried, report);
        finished.map_err(|refused| Self::why_refused(carrier, known, refused))
    }

    /// Contacts until there is nothing more to push or to fetch, or nothing moves any more. Then `report.more` says whether
    /// something is left that the next call may bring.
    ///
    /// Something moves if a cursor did, whatever stood there, or custody: then the next contact begins elsewhere. A relay
    /// that lies can move both for long, and not for ever.
    pub fn sync(
        &mut self,
        carrier: &mut dyn Carrier,
        report: &mut ContactReport,
    ) -> Result<(), FieldbookRefused> {
        let mut setbacks = 0;
        for _ in 0..REQUESTS_MAX {
            let mut this = ContactReport::default();
            let outcome = self.contact(carrier, &mut this);
            report.add(&this);
            outcome?;
            report.more |= self.has_more_to_push()?;
            let has_lost = this.rewound > 0 || this.lost > this.stored;
            setbacks += usize::from(has_lost);
            // Behind a question the push itself comes.
            let goes_on = this.is_question || this.is_part;
            let moved =
                goes_on || has_lost || this.passed > 0 || this.received > 0 || this.stored > this.lost;
            // What the relay could not place yet may be explained by what it has stored now.
            let is_left = report.more || this.refused.contains_key(&Refusal::NotYet);
            if !(moved && is_left) || setbacks > SETBACKS_MAX {
                return self.check_invite();
            }
        }
        Ok(())
    }

    fn has_more_to_push(&mut self) -> Result<bool, FieldbookRefused> {
        self.publish()?;
        // What came of cases is acted on at once: who holds them says so, and whoever hears it lets go of them.
        self.acknowledge_cases()?;
        self.let_go_of_cases()?;
        // Who was let in just now has something to say.
        if self.device.role().is_some() && Vault::pending_count(self.vault.read())? > 0 {
            self.flush()?;
        }
        Ok(Vault::has_more_to_push(self.vault.read())?)
    }

    /// A device that waits and will not be let in is told so, at every contact.
    fn check_invite(&self) -> Result<(), FieldbookRefused> {
        let is_in_vain = exchange::is_in_vain(self.vault.read(), &self.device)?;
        if is_in_vain { Err(EnrolRefused::Spent.into()) } else { Ok(()) }
    }

    /// The relay's address and identity; asked for and kept at the first contact, if the invite did not tell it. What
    /// another process named meanwhile stands.
    pub(super) fn learn_relay(&mut self, carrier: &mut dyn Carrier) -> Result<KnownRelay, FieldbookRefused> {
        let asked = known_relay(self.vault.read())?;
        check_cleartext(self.vault.read(), &asked.address, carrier.goes_in_clear())?;
        if asked.relay.is_some() {
            return Ok(asked);
        }
        let identity = carrier.fetch_identity(&asked.address).map_err(ExchangeRefused::from)?;
        let learned = self.vault.write(|transaction| match known_relay(transaction)? {
            known if known == asked => Ok(Vault::set_relay(transaction, &known.address, Some(identity))?),
            known => Ok::<_, ExchangeRefused>(known),
        });
        Ok(learned?)
    }

    /// A relay that refuses our heads may be another one than we know.
    fn why_refused(
        carrier: &mut dyn Carrier,
        known: &KnownRelay,
        refused: FieldbookRefused,
    ) -> FieldbookRefused {
        let is_other = |identity: RelayId| Some(identity) != known.relay;
        match refused {
            FieldbookRefused::Exchange(ExchangeRefused::Carrier(CarrierFailed::Status(400)))
                if carrier.fetch_identity(&known.address).is_ok_and(is_other) =>
            {
                ExchangeRefused::OtherRelay.into()
            }
            refused => refused,
        }
    }

    /// Packs everything this device holds into a satchel, for a cable, a memory card or a messenger.
    ///
    /// On a disk that takes nothing more, or fails, nothing can be sealed any more. What was sealed before can still be
    /// carried away, and the report says how much is left behind.
    pub fn export_satchel(&mut self, file: &mut impl Write) -> Result<SatchelReport, FieldbookRefused> {
        self.pack_satchel(file, false)
    }

    /// The same, with whatever is held of attachments, as long as there is room in a satchel.
    pub fn export_satchel_with_attachments(
        &mut self,
        file: &mut impl Write,
    ) -> Result<SatchelReport, FieldbookRefused> {
        self.pack_satchel(file, true)
    }

    fn pack_satchel(
        &mut self,
        file: &mut impl Write,
        with_attachments: bool,
    ) -> Result<SatchelReport, FieldbookRefused> {
        self.flush_what_can_be()?;
        Ok(exchange::export(&self.vault, &self.device, file, with_attachments)?)
    }

    /// The same in parts of at most so many bytes, [`SATCHEL_PART_BYTES_MIN`] at the least, for a messenger that takes none longer.
    /// Each is a satchel by itself, of use in any order and without the others, and is handed over whole.
    pub fn export_satchel_parts(
        &mut self,
        bytes_max: u64,
        hand_over: impl FnMut(&[u8]) -> std::io::Result<()>,
    ) -> Result<SatchelReport, FieldbookRefused> {
        self.flush_what_can_be()?;
        let bytes_max = bytes_max.max(SATCHEL_PART_BYTES_MIN);
        Ok(exchange::export_parts(&self.vault, &self.device, (bytes_max, hand_over))?)
    }

    /// Flushes, unless the disk takes nothing more: what was sealed before can be carried away all the same.
    pub(super) fn flush_what_can_be(&mut self) -> Result<(), FieldbookRefused> {
        if_it_can_be(self.flush())
    }

    /// Unpacks a satchel. What came whole of a cut one is kept.
    pub fn import_satchel(&mut self, file: &mut impl Read) -> Result<SatchelReport, FieldbookRefused> {
        self.refresh()?;
        let report = exchange::import(&mut self.vault, (&mut self.device, &mut self.surroundings), file)?;
        // What came stands; what follows from it is said again before the next exchange, if the disk takes nothing now.
        if_it_can_be(self.publish())?;
        Ok(report)
    }
}

/// What was to be written, or could not be because of the disk.
pub(super) fn if_it_can_be<T>(written: Result<T, FieldbookRefused>) -> Result<(), FieldbookRefused> {
    match written {
        // Whoever is only kept waiting tries again, and leaves nothing behind.
        Err(refused @ FieldbookRefused::Vault(VaultRefused::Busy)) => Err(refused),
        Ok(_) | Err(FieldbookRefused::Vault(_)) => Ok(()),
        Err(refused) => Err(refused),
    }
}

fn known_relay(connection: &Connection) -> Result<KnownRelay, ExchangeRefused> {
    Vault::relay(connection)?.ok_or(ExchangeRefused::NoRelay)
}

/// Whoever carries it, nothing goes in clear text beyond this machine unless somebody said so, once or for good.
fn check_cleartext(connection: &Connection, address: &str, in_clear: bool) -> Result<(), ExchangeRefused> {
    if in_clear || !is_cleartext(address) || Vault::relay_way(connection)?.cleartext {
        Ok(())
    } else {
        Err(ExchangeRefused::Cleartext)
    }
}

#[cfg(test)]
mod tests;
