//! One contact with the relay: flush, one request, and whatever its answer brings.
//!
//! ```text
//! begin   flush and counter committed ──► request bytes; only now may a carrier have them
//! take    bytes of the answer, in pieces of any size ──► committed in steps of a bounded size
//! finish  the rest committed ──► report
//! ```
//!
//! Every step stands by itself: an answer that breaks off leaves what came, and the next contact goes on from there.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::limits::{COMMIT_BYTES, ENVELOPE_BYTES_MAX, REQUEST_BYTES_MAX, SPACES_MAX};
use jasaq_protocol::sync::{
    Arrived, Contact, ContactBroken, Cursor, Effect, Event, Frame, FrameWriter, Head, Refusal,
};

use super::ExchangeRefused;
use super::arrival::{Accepted, Step};
use super::device::Device;
use crate::surroundings::Surroundings;
use crate::vault::{CursorRow, OutboxOrder, Transaction, Vault, VaultRefused};

/// Longest push. After a broken contact the next is half as long, down to one that lets a single envelope pass.
pub(crate) const PUSH_BYTES_MAX: usize = REQUEST_BYTES_MAX - REQUEST_OVERHEAD_BYTES;
pub(crate) const PUSH_BYTES_MIN: usize = ENVELOPE_BYTES_MAX + 64;

/// Room that the head, the frames' own bytes and the end take in a request.
const REQUEST_OVERHEAD_BYTES: usize = 32 * 1_024;

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
    /// Envelopes that the relay did not store, by reason. They stay in the outbox.
    pub refused: BTreeMap<Refusal, usize>,
    /// Spaces whose past the relay had lost; they go up again.
    pub rewound: usize,
    /// Whether there is more to fetch or to push.
    pub more: bool,
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
        self.rewound += other.rewound;
        for (reason, count) in &other.refused {
            *self.refused.entry(*reason).or_default() += count;
        }
        self.more = other.more;
    }
}

/// The bytes of an envelope as the relay counts them, and what became of it.
type Taken<'a> = (Cow<'a, [u8]>, Accepted);

/// A contact whose request may be carried now.
#[derive(Debug)]
pub struct OpenContact {
    request: Vec<u8>,
    contact: Contact,
    effects: Vec<Effect>,
    effect_bytes: usize,
    outcome: Result<(), ContactBroken>,
    /// The spaces that the head listed, but those that the relay has lost.
    asked: Vec<SpaceId>,
    report: ContactReport,
}

/// From where this device asks, and whether spaces are left for the next contact.
///
/// A head has room for so many: the territory's roll always, because it explains the rest, and of the others a window that
/// moves on with every contact.
fn cursors(
    transaction: &Transaction<'_>,
    device: &Device,
    counter: u64,
) -> Result<(Vec<Cursor>, bool), VaultRefused> {
    let mut cursors = Vec::new();
    for (space, access) in device.membership.spaces_of(&device.id()) {
        if access.reads() {
            let CursorRow { number, running_hash, .. } = Vault::cursor(transaction, &space)?;
            cursors.push(Cursor { space, number, hash: running_hash.head() });
        }
    }
    let territory = device.membership.territory_roll();
    cursors.sort_by_key(|cursor| (cursor.space != territory, cursor.space));
    if cursors.len() <= SPACES_MAX {
        return Ok((cursors, false));
    }
    let others = cursors.split_off(1);
    let windows: Vec<&[Cursor]> = others.chunks(SPACES_MAX - 1).collect();
    let turn = usize::try_from(counter).unwrap_or_default() % windows.len();
    cursors.extend(windows.get(turn).copied().unwrap_or_default());
    Ok((cursors, turn + 1 < windows.len()))
}

impl OpenContact {
    /// Allocates the counter and writes the request. The caller has flushed and commits before anything is sent.
    pub(crate) fn begin(
        transaction: &Transaction<'_>,
        device: &Device,
        relay: jasaq_protocol::ids::RelayId,
    ) -> Result<Self, VaultRefused> {
        let counter = Vault::next_counter(transaction)?;
        if device.role().is_none() {
            // A device that waits lists nothing, so a relay that was wiped could not tell it: it asks each time.
            for (journal, signer) in Vault::journals_at_relay(transaction)? {
                if !device.explains(&signer) {
                    Vault::note_lost(transaction, journal)?;
                }
            }
        }
        let (cursors, more) = cursors(transaction, device, counter)?;
        let head = Head::sign(device.keys.signing(), &relay, counter, &cursors);
        let rolls = device.rolls();
        let order = OutboxOrder {
            rolls: &rolls,
            device: device.id(),
            is_known: &|signer| device.may_be_placed(signer),
            counter,
        };
        let outbox = Vault::outbox(transaction, &order, Vault::push_bytes(transaction, PUSH_BYTES_MAX)?)?;
        let mut frames = FrameWriter::new();
        frames.frame(&Frame::Head(head.clone()));
        for outgoing in &outbox {
            frames.envelope(outgoing.place, &outgoing.wire);
        }
        frames.frame(&Frame::End { more: false });
        let request = frames.take();
        let report = ContactReport {
            requests: 1,
            bytes_up: request.len() as u64,
            pushed: outbox.len(),
            more,
            ..ContactReport::default()
        };
        Ok(Self {
            request,
            contact: Contact::new(relay, &head),
            effects: Vec::new(),
            effect_bytes: 0,
            outcome: Ok(()),
            asked: cursors.iter().map(|cursor| cursor.space).collect(),
            report,
        })
    }

    /// The bytes to post to the relay's `/v1/sync`.
    #[must_use]
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// Takes bytes of the answer; commits once enough have come.
    pub(crate) fn take(
        &mut self,
        vault: &mut Vault,
        (device, surroundings): (&mut Device, &mut Surroundings),
        bytes: &[u8],
    ) -> Result<(), VaultRefused> {
        self.report.bytes_down += bytes.len() as u64;
        self.effect_bytes += bytes.len();
        if self.outcome.is_ok() {
            let (effects, outcome) = self.contact.handle(Event::Bytes(bytes));
            self.effects.extend(effects);
            self.outcome = outcome;
        }
        if self.effect_bytes < COMMIT_BYTES { Ok(()) } else { self.commit(vault, device, surroundings) }
    }

    /// Commits what is left and says what the contact did, also if it broke.
    pub(crate) fn finish(
        mut self,
        vault: &mut Vault,
        (device, surroundings): (&mut Device, &mut Surroundings),
    ) -> Result<(ContactReport, Result<(), ContactBroken>), ExchangeRefused> {
        if self.outcome.is_ok() {
            let (effects, outcome) = self.contact.handle(Event::Closed);
            self.effects.extend(effects);
            self.outcome = outcome;
        }
        self.commit(vault, device, surroundings)?;
        Ok((self.report, self.outcome))
    }

    fn commit(
        &mut self,
        vault: &mut Vault,
        device: &mut Device,
        surroundings: &mut Surroundings,
    ) -> Result<(), VaultRefused> {
        self.effect_bytes = 0;
        let effects = std::mem::take(&mut self.effects);
        if effects.is_empty() {
            return Ok(());
        }
        device.write(vault, |transaction, device| {
            let mut step = Step::begin(transaction, device, surroundings, true)?;
            for effect in &effects {
                self.apply(&mut step, effect)?;
            }
            self.report.more |= step.restated;
            step.finish()
        })
    }

    fn apply(&mut self, step: &mut Step<'_, '_>, effect: &Effect) -> Result<(), VaultRefused> {
        let transaction = step.transaction();
        match effect {
            Effect::Arrived(arrived) => self.arrived(step, arrived),
            Effect::Stored(frontier) => Vault::note_stored(transaction, frontier),
            Effect::Refused(place, reason) => {
                *self.report.refused.entry(*reason).or_default() += 1;
                if *reason == Refusal::Gap {
                    // The relay lacks what it had: custody steps back, and the receipt that follows says how far.
                    Vault::note_lost(transaction, place.journal)?;
                }
                Vault::note_refusal(transaction, place, *reason)
            }
            Effect::Rewound(space, held) => {
                self.report.rewound += 1;
                self.report.more = true;
                self.asked.retain(|asked| asked != space);
                Vault::note_rewound(transaction, space, held)?;
                Vault::set_cursor(transaction, space, &CursorRow::START)
            }
            Effect::Ended { more: true } => {
                self.report.more = true;
                Ok(())
            }
            Effect::Ended { more: false } => {
                for space in std::mem::take(&mut self.asked) {
                    self.report.more |= Vault::offer_what_was_not_passed(transaction, &space)? > 0;
                }
                step.is_last = self.report.received > 0;
                Ok(())
            }
        }
    }

    /// An envelope arrived, and with it the next number of its space: the cursor follows whatever became of it, so that
    /// one that cannot be kept holds up nothing behind it.
    fn arrived(&mut self, step: &mut Step<'_, '_>, arrived: &Arrived) -> Result<(), VaultRefused> {
        let Some((wire, accepted)) = Self::accept(step, arrived)? else {
            self.report.not_kept += 1;
            return Ok(());
        };
        let left_out = match accepted {
            Accepted::New => {
                self.report.received += 1;
                0
            }
            Accepted::Known => {
                self.report.known += usize::from(!arrived.wire.is_empty());
                0
            }
            Accepted::Fork => {
                self.report.not_kept += 1;
                0
            }
            Accepted::Waiting | Accepted::Refused => {
                self.report.not_kept += 1;
                1
            }
        };
        let Some((space, number)) = arrived.number else { return Ok(()) };
        let cursor = Vault::cursor(step.transaction(), &space)?;
        if number != cursor.number + 1 {
            // Known numbers again are harmless. A later one is not next: the next contact asks from the cursor.
            return Ok(());
        }
        if matches!(accepted, Accepted::New | Accepted::Known) {
            Vault::note_passed(step.transaction(), &arrived.place)?;
        }
        let running_hash = cursor.running_hash.then(number, &wire);
        let cursor = CursorRow { number, running_hash, left_out: cursor.left_out + left_out };
        Vault::set_cursor(step.transaction(), &space, &cursor)
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
