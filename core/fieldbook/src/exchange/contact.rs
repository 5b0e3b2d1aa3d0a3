//! The second half of a contact: whatever the answer brings, whenever it comes.
//!
//! ```text
//! open    the ticket's request, as the vault remembers it ──► an answer to be read from its first byte
//! take    bytes, in pieces of any size ──► committed in steps of a bounded size
//! finish  the rest committed ──► report; the ticket is forgotten once the answer came whole
//! ```
//!
//! Promises, for answers that come late, twice, cut or out of order: every step stands by itself, and taking it again
//! changes nothing. Envelopes and receipts count whenever they come. What else the relay says counts only from the
//! latest request that it answered, and a cursor moves only where the answer's own numbers and running hash meet it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::journal::Frontier;
use jasaq_protocol::limits::COMMIT_BYTES;
use jasaq_protocol::sync::{Arrived, Contact, ContactBroken, Effect, Event, Refusal, RunningHash};

use super::ExchangeRefused;
use super::arrival::{Accepted, Step};
use super::carrier::CarrierFailed;
use super::device::Device;
use super::request::{Ticket, note_broken, note_whole};
use crate::surroundings::Surroundings;
use crate::vault::{Asked, CursorRow, TicketRow, Transaction, Vault, VaultRefused};

/// How far a request counter jumps when the relay has seen it: a clone counts too, or this is a restored backup.
const COUNTER_JUMP: u64 = 65_536;

/// What a contact did. Counts, no contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactReport {
    /// Requests made.
    pub requests: usize,
    /// Bytes of the requests' bodies.
    pub bytes_up: u64,
    /// Bytes of the answers' bodies.
    pub bytes_down: u64,
    /// Envelopes pushed, whoever wrote them.
    pub pushed: usize,
    /// Envelopes that the answer brought and that were new here.
    pub received: usize,
    /// Envelopes that were held already.
    pub known: usize,
    /// Envelopes that are not in their journal's line: they wait for another, stand on a branch beside it, or are none.
    pub not_kept: usize,
    /// Envelopes of a newer program. They are passed by; a renewed program asks for them again.
    pub newer: usize,
    /// Envelopes that the relay did not store, by reason. They stay in the outbox.
    pub refused: BTreeMap<Refusal, usize>,
    /// Spaces whose past the relay had lost; they go up again.
    pub rewound: usize,
    /// Envelopes that were not confirmed to be at the relay before, and are now.
    pub stored: usize,
    /// Envelopes that were confirmed to be at the relay, and are there no more; they go up again.
    pub lost: usize,
    /// By how many of the relay's numbers cursors moved on, whatever stood at them.
    pub passed: usize,
    /// Whether there is more to fetch or to push.
    pub more: bool,
    /// Whether the last request could not list every space, so that the rest is asked for by the next.
    pub is_part: bool,
    /// Whether the last request only asked for receipts, because the push before it had broken.
    pub is_question: bool,
}

impl ContactReport {
    /// Adds what a further contact did.
    pub fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.bytes_up += other.bytes_up;
        self.bytes_down += other.bytes_down;
        self.pushed += other.pushed;
        self.received += other.received;
        self.known += other.known;
        self.not_kept += other.not_kept;
        self.newer += other.newer;
        self.rewound += other.rewound;
        self.stored += other.stored;
        self.lost += other.lost;
        self.passed += other.passed;
        for (reason, count) in &other.refused {
            *self.refused.entry(*reason).or_default() += count;
        }
        self.more = other.more;
        self.is_part = other.is_part;
        self.is_question = other.is_question;
    }
}

/// The bytes of an envelope as the relay counts them, and what became of it.
type Taken<'a> = (Cow<'a, [u8]>, Accepted);

/// An answer that is being read.
#[derive(Debug)]
pub struct OpenAnswer {
    /// None: its answer has come before, or newer requests have pushed it out. What comes is passed over.
    reading: Option<Reading>,
    report: ContactReport,
}

#[derive(Debug)]
struct Reading {
    ticket: TicketRow,
    contact: Contact,
    effects: Vec<Effect>,
    effect_bytes: usize,
    outcome: Result<(), ContactBroken>,
    /// Whether an answer to a later request came before this one.
    is_late: bool,
    /// What the relay's receipt covers.
    stored: Frontier,
    /// How far this answer has brought each space, from where the head asked.
    reached: Asked,
    /// The spaces that the head listed, but those that the relay has lost.
    listed: BTreeSet<SpaceId>,
}

impl OpenAnswer {
    /// Goes back to the request that the ticket names.
    pub(crate) fn open(vault: &Vault, device: &Device, ticket: Ticket) -> Result<Self, VaultRefused> {
        let Some(ticket) = Vault::ticket(vault.read(), ticket.number())? else {
            return Ok(Self { reading: None, report: ContactReport::default() });
        };
        let report = ContactReport {
            requests: 1,
            bytes_up: ticket.bytes,
            pushed: usize::try_from(ticket.pushed).unwrap_or(usize::MAX),
            more: ticket.more,
            is_part: ticket.more,
            is_question: ticket.is_question,
            ..ContactReport::default()
        };
        let reading = Reading {
            contact: Contact::of_request(ticket.relay, device.id(), ticket.counter),
            effects: Vec::new(),
            effect_bytes: 0,
            outcome: Ok(()),
            is_late: false,
            stored: Frontier::new(),
            reached: ticket.asked.clone(),
            listed: ticket.asked.keys().copied().collect(),
            ticket,
        };
        Ok(Self { reading: Some(reading), report })
    }

    /// Takes bytes of the answer; commits once enough have come.
    pub(crate) fn take(
        &mut self,
        vault: &mut Vault,
        own: (&mut Device, &mut Surroundings),
        bytes: &[u8],
    ) -> Result<(), VaultRefused> {
        let Some(reading) = &mut self.reading else { return Ok(()) };
        self.report.bytes_down += bytes.len() as u64;
        reading.handle(Event::Bytes(bytes));
        reading.effect_bytes += bytes.len();
        if reading.effect_bytes < COMMIT_BYTES {
            Ok(())
        } else {
            reading.commit(vault, own, &mut self.report)
        }
    }

    /// Commits what is left and says what the contact did, also if it broke. A request that was refused, or that somebody
    /// else answered, is forgotten: no answer will come.
    pub(crate) fn finish(
        mut self,
        vault: &mut Vault,
        own: (&mut Device, &mut Surroundings),
        carried: &Result<(), CarrierFailed>,
    ) -> Result<(ContactReport, Result<(), ExchangeRefused>), ExchangeRefused> {
        let Some(mut reading) = self.reading.take() else { return Ok((self.report, Ok(()))) };
        reading.handle(Event::Closed);
        reading.commit(vault, own, &mut self.report)?;
        if reading.broke_off(carried) {
            let came = usize::try_from(self.report.bytes_down).unwrap_or(usize::MAX);
            vault.write(|transaction| reading.break_off(transaction, came))?;
        } else {
            let is_seen = *carried == Err(CarrierFailed::Status(409));
            vault.write(|transaction| reading.close(transaction, is_seen))?;
        }
        Ok((self.report, reading.refusal(carried)))
    }
}

impl Reading {
    /// What to tell of an answer that broke. What cannot be read from its beginning on, or came to its end without the
    /// receipt that an answer begins with, is nobody's answer: a sign-in page.
    fn refusal(self, carried: &Result<(), CarrierFailed>) -> Result<(), ExchangeRefused> {
        let is_nobodys = match self.outcome {
            Err(ContactBroken::Garbage(_)) => true,
            Err(ContactBroken::Cut) => carried.is_ok(),
            _ => false,
        };
        if is_nobodys && !self.contact.is_proven() {
            return Err(CarrierFailed::NotARelay.into());
        }
        Ok(self.outcome?)
    }

    /// Whether the exchange broke under way. A link that goes down under a push may be told as one on which nobody answers;
    /// a push that takes too long is told with a status: by the relay, or by a proxy that stands before it.
    fn broke_off(&self, carried: &Result<(), CarrierFailed>) -> bool {
        let is_cut = self.outcome == Err(ContactBroken::Cut);
        is_cut
            && match carried {
                Ok(()) | Err(CarrierFailed::Broken | CarrierFailed::Unreachable) => true,
                Err(CarrierFailed::Status(408 | 500..)) => self.ticket.pushed > 0,
                Err(_) => false,
            }
    }

    fn handle(&mut self, event: Event<'_>) {
        if self.outcome.is_ok() {
            let (effects, outcome) = self.contact.handle(event);
            self.effects.extend(effects);
            self.outcome = outcome;
        }
    }

    /// Nothing more comes to this request. If the relay had seen its counter already, others count too.
    fn close(&self, transaction: &Transaction<'_>, is_seen: bool) -> Result<(), VaultRefused> {
        let counter = self.ticket.counter;
        if self.outcome.is_ok() && Vault::ticket(transaction, counter)?.is_some() {
            note_whole(transaction, &self.ticket)?;
        }
        if is_seen && Vault::last_counter(transaction)? == counter {
            Vault::jump_counter(transaction, COUNTER_JUMP)?;
        }
        Vault::forget_ticket(transaction, counter)
    }

    /// The link broke. If that was behind the receipt, the push got through and the link bears half of what came.
    fn break_off(&self, transaction: &Transaction<'_>, came: usize) -> Result<(), VaultRefused> {
        if Vault::answered(transaction)? == self.ticket.counter {
            note_broken(transaction, came)
        } else {
            Ok(())
        }
    }

    fn commit(
        &mut self,
        vault: &mut Vault,
        (device, surroundings): (&mut Device, &mut Surroundings),
        report: &mut ContactReport,
    ) -> Result<(), VaultRefused> {
        self.effect_bytes = 0;
        let effects = std::mem::take(&mut self.effects);
        if effects.is_empty() {
            return Ok(());
        }
        device.write(vault, |transaction, device| {
            let counter = self.ticket.counter;
            if Vault::ticket(transaction, counter)?.is_none() {
                // Meanwhile it came another way, or the relay has lost what it speaks of.
                return Ok(());
            }
            self.is_late = counter < Vault::answered(transaction)?;
            if !self.is_late {
                Vault::set_answered(transaction, counter)?;
            }
            let mut step = Step::begin(transaction, device, surroundings, true)?;
            for effect in &effects {
                self.apply(&mut step, effect, report)?;
            }
            report.more |= step.restated;
            step.finish(effects.contains(&Effect::Ended { more: false }))
        })
    }

    fn apply(
        &mut self,
        step: &mut Step<'_, '_>,
        effect: &Effect,
        report: &mut ContactReport,
    ) -> Result<(), VaultRefused> {
        let transaction = step.transaction();
        match effect {
            Effect::Arrived(arrived) => self.arrived(step, arrived, report),
            Effect::Stored(frontier) => {
                self.stored.clone_from(frontier);
                report.stored += Vault::note_stored(transaction, frontier)?;
                Ok(())
            }
            Effect::Ended { more: true } => {
                report.more = true;
                Ok(())
            }
            // A later answer has said already how the relay stands.
            _ if self.is_late => Ok(()),
            Effect::Refused(place, reason) => {
                *report.refused.entry(*reason).or_default() += 1;
                if *reason == Refusal::Gap {
                    // The relay lacks what it had: custody steps back to what this answer's receipt says.
                    Vault::forget_tickets_before(transaction, self.ticket.counter)?;
                    Vault::forget_attachments_at_relay(transaction)?;
                    let lost = Vault::note_lost(transaction, place.journal)?;
                    let lost = lost.saturating_sub(Vault::note_stored(transaction, &self.stored)?);
                    report.lost += lost;
                    report.more |= lost > 0;
                }
                Vault::note_refusal(transaction, place, *reason)
            }
            Effect::Rewound(space, held) => {
                report.rewound += 1;
                report.more = true;
                self.listed.remove(space);
                Vault::forget_tickets_before(transaction, self.ticket.counter)?;
                Vault::forget_attachments_at_relay(transaction)?;
                let mut lost = Vault::note_rewound(transaction, space, held)?;
                // Of what this device only writes the relay cannot tell it: it may have lost that too.
                for unread in step.unread_spaces() {
                    lost += Vault::note_rewound(transaction, &unread, &Frontier::new())?;
                }
                report.lost += lost.saturating_sub(Vault::note_stored(transaction, &self.stored)?);
                let asked = self.ticket.asked.get(space).map_or(0, |(number, _)| *number);
                Vault::step_back(transaction, (space, asked), held)
            }
            // Until the relay has what lets this device in, it gives nothing, and that it gave nothing tells nothing.
            Effect::Ended { more: false } if step.has_more_to_explain()? => Ok(()),
            Effect::Ended { more: false } => {
                // Of what this device reads no more the relay does not tell it how much it holds.
                self.listed.retain(|space| step.reads(space));
                self.offer_what_is_missing_there(transaction, report)
            }
        }
    }

    /// Where this answer has brought the cursor to the end of what the relay holds, what it did not pass goes up again.
    fn offer_what_is_missing_there(
        &mut self,
        transaction: &Transaction<'_>,
        report: &mut ContactReport,
    ) -> Result<(), VaultRefused> {
        for space in std::mem::take(&mut self.listed) {
            let cursor = Vault::cursor(transaction, &space)?;
            if self.reached.get(&space) == Some(&(cursor.number, cursor.running_hash)) {
                let lost = Vault::offer_what_was_not_passed(transaction, &space)?;
                report.lost += lost;
                report.more |= lost > 0;
            }
        }
        Ok(())
    }

    /// An envelope arrived, and with it the next number of its space: the cursor follows whatever became of it, so that
    /// one that cannot be kept holds up nothing behind it.
    fn arrived(
        &mut self,
        step: &mut Step<'_, '_>,
        arrived: &Arrived,
        report: &mut ContactReport,
    ) -> Result<(), VaultRefused> {
        let taken = Self::accept(step, arrived)?;
        let accepted = taken.as_ref().map(|(_, accepted)| *accepted);
        match accepted {
            Some(Accepted::New) => report.received += 1,
            Some(Accepted::Known) => report.known += usize::from(!arrived.wire.is_empty()),
            Some(Accepted::Newer) => report.newer += 1,
            _ => report.not_kept += 1,
        }
        let (Some((wire, accepted)), Some((space, number))) = (taken, arrived.number) else { return Ok(()) };
        let Some(before) = self.reached_before(&space, number) else { return Ok(()) };
        let running_hash = before.then(number, &wire);
        self.reached.insert(space, (number, running_hash));
        let cursor = Vault::cursor(step.transaction(), &space)?;
        if (cursor.number + 1, cursor.running_hash) != (number, before) {
            // Known numbers again, or numbers beyond a gap: the next contact asks from the cursor.
            return Ok(());
        }
        if matches!(accepted, Accepted::New | Accepted::Known) {
            Vault::note_passed(step.transaction(), &arrived.place, number)?;
        }
        report.passed += 1;
        let is_left_out = matches!(accepted, Accepted::Waiting | Accepted::Refused | Accepted::Newer);
        let left_out = cursor.left_out + u64::from(is_left_out);
        Vault::set_cursor(step.transaction(), &space, &CursorRow { number, running_hash, left_out })
    }

    /// The running hash before this number, if the answer's numbers go on from where the head asked, or from the start.
    fn reached_before(&self, space: &SpaceId, number: u64) -> Option<RunningHash> {
        match self.reached.get(space) {
            Some((reached, hash)) if reached + 1 == number => Some(*hash),
            _ if number == 1 => Some(RunningHash::START),
            _ => None,
        }
    }

    /// An empty envelope stands for one that this request pushed. It moves the cursor, and no custody: only receipts do.
    fn accept<'a>(step: &mut Step<'_, '_>, arrived: &'a Arrived) -> Result<Option<Taken<'a>>, VaultRefused> {
        if arrived.wire.is_empty() {
            let own = Vault::wire(step.transaction(), &arrived.place)?;
            return Ok(own.map(|wire| (Cow::Owned(wire), Accepted::Known)));
        }
        Ok(Some((Cow::Borrowed(&arrived.wire), step.take(arrived)?)))
    }
}
