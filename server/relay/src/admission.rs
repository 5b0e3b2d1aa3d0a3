//! Whether one pushed envelope is stored. Cheap refusals come first, the signature last.
//!
//! ```text
//! lengths ─► space is open ─► journal's place ─► known already? ─► right of its signer ─► quotas ─► signature ─► content ─► stored,
//! Invalid,   MayNot           Gap, Invalid       in the receipt    NotYet, MayNot         Quota     and chain    MayNot,    without what
//! Newer                                                                                            Invalid, Fork NotYet     is erased
//! ```
//!
//! Promises: what is stored continues its journal, is signed by the journal's device, and that device may write there, or
//! might once: what a relay lost anybody may bring again, also what was written by who was removed since. Of what he wrote
//! beyond that only so much is stored. One that comes without sections is stored if somebody erased them, and gives way to
//! the whole one unless what erased them counts.
//! One refusal says nothing about the next envelope. The relay judges who may write, not what is meant: operations that
//! do not count are stored too, and the devices see why they do not.

use std::collections::BTreeMap;

use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::ids::{DeviceId, EnvelopeHash, InviteKey, Place, Sequence, SpaceId};
use jasaq_protocol::journal::{Neighbours, Placed, place};
use jasaq_protocol::limits::{
    JOIN_ENVELOPES_MAX, READERS_ERASED_MAX, READERS_LACKS_MAX, SIGNER_JOURNALS_MAX,
};
use jasaq_protocol::membership::{Join, Operation, OperationKind, Placement};
use jasaq_protocol::seal::{Link, SectionKind, VerifiedEnvelope, WireEnvelope};
use jasaq_protocol::sync::Refusal;
use rusqlite::Transaction;

use crate::limits::{LATE_ENVELOPES_MAX, Quotas, ROW_BYTES_MAX};
use crate::storage::{
    JournalRow, NewEnvelope, StorageError, count_journals, insert_envelope, load_database_bytes,
    load_journal, load_journal_heads, load_signer, load_space, load_stored, replace_wire,
};
use crate::territories::{Right, Territories, Wish};

/// What who only reads a roll may say in it, and how much of each the relay keeps.
const READERS_MAX: [(OperationKind, usize); 2] =
    [(OperationKind::Lack, READERS_LACKS_MAX), (OperationKind::Erased, READERS_ERASED_MAX)];

/// An envelope that is stored, as of this transaction or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Admitted {
    /// Whether it was not stored before.
    pub(crate) new: bool,
    /// Whether the stored bytes are the pushed ones, so that they need not go back.
    pub(crate) alike: bool,
    /// Whether the stored form lacks sections that came and that nothing erases: this must not be told as stored.
    pub(crate) lacks: bool,
    /// Its hash.
    pub(crate) hash: EnvelopeHash,
}

/// Why an envelope was not stored.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAdmitted {
    /// It is refused, and the next one is looked at.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The storage failed, and with it the whole step.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Admits the envelopes of one request, within one transaction.
#[derive(Debug)]
pub(crate) struct Admission<'a> {
    pub(crate) transaction: &'a Transaction<'a>,
    pub(crate) territories: &'a mut Territories,
    pub(crate) quotas: &'a Quotas,
    pub(crate) pusher: DeviceId,
    /// How much is stored of removed devices beyond their removal: counted once a step, since one may have thousands of journals.
    pub(crate) late: BTreeMap<DeviceId, u64>,
}

impl Admission<'_> {
    /// Stores the envelope, or says why not.
    pub(crate) fn admit(&mut self, at: Place, bytes: &[u8]) -> Result<Admitted, NotAdmitted> {
        let wire = WireEnvelope::decode(bytes).map_err(|malformed| match malformed {
            Malformed::Newer => Refusal::Newer,
            _ => Refusal::Invalid,
        })?;
        // Before its journals are looked at: of a space that was dropped none is there, and a gap would have it brought again.
        self.territories.check_open(&at.space)?;
        let journal = load_journal(self.transaction, &at.journal)?;
        let held = self.neighbours(&at, journal.as_ref())?;
        if let Some((hash, stored)) = &held.here
            && stored == bytes
        {
            return Ok(Admitted { new: false, alike: true, lacks: false, hash: *hash });
        }
        let named = match wire.link_at(at.sequence) {
            Some(Link::First(signer)) => Some(signer),
            _ => None,
        };
        let signer = held.neighbours.signer.or(named).ok_or(Refusal::Invalid)?;
        let wish = Wish { pusher: self.pusher, signer, place: at };
        let (territory, right) = self.territories.right(&wish)?;
        self.check_quota(&wish, bytes.len(), journal.is_none())?;
        let is_late = held.here.is_none() && self.territories.is_late(&territory, &wish);
        if is_late {
            self.check_late(&territory, &signer)?;
        }
        let verified = match place(wire, at, &held.neighbours).map_err(|_| Refusal::Invalid)? {
            Placed::New(verified) => verified,
            Placed::Known(verified) => {
                let (Some(journal), Some((_, stored))) = (&journal, &held.here) else {
                    return Err(Refusal::Invalid.into());
                };
                return self.put_back(journal, (stored, bytes), verified);
            }
            Placed::Fork(_) => return Err(Refusal::Fork.into()),
            Placed::Waiting(_) => return Err(Refusal::Gap.into()),
        };
        match right {
            Right::Roll => check_operations_alone(&verified)?,
            Right::Reader => {
                check_nothing_besides(&verified)?;
                self.check_reader(&wish, &territory, &verified)?;
            }
            Right::Space => {}
            Right::Join(key) => self.check_join(&key, &territory, &verified)?,
        }
        let verified = self.take_out_erased(verified)?;
        let wire = verified.to_wire(false).encode();
        self.check_room(wire.len())?;
        let new = NewEnvelope { place: at, signer, hash: verified.hash(), territory, wire: &wire };
        insert_envelope(self.transaction, &new)?;
        self.late.entry(signer).and_modify(|late| *late += u64::from(is_late));
        self.territories.note(&territory, &verified);
        Ok(Admitted { new: true, alike: wire == bytes, lacks: false, hash: verified.hash() })
    }

    /// Puts an envelope that is stored already into the place of a form which lacks sections that no operation that counts erases.
    /// Who was removed may sign on, and that is held: it explains what others took out before they heard, and keeps nothing away.
    ///
    /// Running hashes hold on the first form that the stored one names. If that is not the form that came, the stored one stays:
    /// else whoever planted such forms could have every device read the space from its start again, as often as he planted one.
    fn put_back(
        &mut self,
        journal: &JournalRow,
        (stored, bytes): (&[u8], &[u8]),
        came: VerifiedEnvelope,
    ) -> Result<Admitted, NotAdmitted> {
        let (at, hash) = (came.place().sequence, came.hash());
        let known = Admitted { new: false, alike: false, lacks: false, hash };
        let missing = WireEnvelope::decode(stored).map(|wire| wire.erased()).unwrap_or_default();
        if missing.is_within(came.erased()) {
            return Ok(known);
        }
        // What fell in this push was folded when the right was asked for.
        let erased = self.territories.erased_of(&placement_of(&came));
        let left = came.erase(erased);
        if missing.is_within(left.erased()) {
            return Ok(known);
        }
        let wire = left.to_wire(false).encode();
        let fits = WireEnvelope::running_digest(&wire) == WireEnvelope::running_digest(stored);
        if !(fits && left.erased().is_within(missing)) {
            return Ok(Admitted { lacks: true, ..known });
        }
        self.check_room(wire.len())?;
        replace_wire(self.transaction, journal, at, &wire)?;
        Ok(Admitted { alike: wire == bytes, ..known })
    }

    /// Takes out what is erased of it, before it is stored.
    fn take_out_erased(&mut self, envelope: VerifiedEnvelope) -> Result<VerifiedEnvelope, Refusal> {
        let at = placement_of(&envelope);
        self.territories.check_explained(&at, envelope.erased())?;
        Ok(envelope.erase(self.territories.erased_of(&at)))
    }

    /// What is held around a place of a journal.
    fn neighbours(&self, at: &Place, journal: Option<&JournalRow>) -> Result<Held, NotAdmitted> {
        let Some(journal) = journal else {
            let is_first = at.sequence == Sequence::FIRST;
            return if is_first { Ok(Held::default()) } else { Err(Refusal::Gap.into()) };
        };
        if journal.space != at.space {
            return Err(Refusal::Invalid.into());
        }
        let signer = Some(journal.signer);
        if at.sequence == journal.head.next() {
            let neighbours = Neighbours { signer, previous: Some(journal.hash), here: None };
            return Ok(Held { neighbours, here: None });
        }
        if at.sequence > journal.head {
            return Err(Refusal::Gap.into());
        }
        let here = load_stored(self.transaction, journal, at.sequence)?;
        let previous = match at.sequence.before() {
            Some(before) => load_stored(self.transaction, journal, before)?.map(|(hash, _)| hash),
            None => None,
        };
        Ok(Held {
            neighbours: Neighbours { signer, previous, here: here.as_ref().map(|(hash, _)| *hash) },
            here,
        })
    }

    fn check_quota(&self, wish: &Wish, bytes: usize, opens_journal: bool) -> Result<(), NotAdmitted> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let signer = load_signer(self.transaction, &wish.signer)?;
        let space = load_space(self.transaction, &wish.place.space)?.map_or(0, |row| row.bytes);
        let fits = space.saturating_add(bytes) <= self.quotas.space_bytes_max
            && signer.bytes.saturating_add(bytes) <= self.quotas.device_bytes_max;
        let may_open = !opens_journal
            || count_journals(self.transaction, (&wish.place.space, &wish.signer))? < SIGNER_JOURNALS_MAX;
        if fits && may_open { Ok(()) } else { Err(Refusal::Quota.into()) }
    }

    /// Checks that of a removed device not too much is stored beyond its removal, in however many journals. Nothing but what is
    /// stored is counted, so it holds across restarts, and follows the cut when a higher rank moves it.
    fn check_late(&mut self, territory: &SpaceId, signer: &DeviceId) -> Result<(), NotAdmitted> {
        let late = match self.late.get(signer) {
            Some(late) => *late,
            None => self.count_late(territory, signer)?,
        };
        self.late.insert(*signer, late);
        if late < LATE_ENVELOPES_MAX { Ok(()) } else { Err(Refusal::Quota.into()) }
    }

    fn count_late(&self, territory: &SpaceId, signer: &DeviceId) -> Result<u64, StorageError> {
        let mut late: u64 = 0;
        load_journal_heads(self.transaction, (territory, signer), |journal, head| {
            let last = self.territories.last_within(territory, (signer, &journal));
            late += head.number().saturating_sub(last.map_or(0, Sequence::number));
            late < LATE_ENVELOPES_MAX
        })?;
        Ok(late)
    }

    /// Checks that the database has room for it and its rows. This is asked before it grows, so that a full disk and a reached
    /// bound are told apart.
    fn check_room(&self, bytes: usize) -> Result<(), StorageError> {
        let needed = ROW_BYTES_MAX.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        let grown = load_database_bytes(self.transaction)?.saturating_add(needed);
        if grown <= self.quotas.database_bytes_max { Ok(()) } else { Err(StorageError::AtBound) }
    }

    /// An invite's key brings few joins, so that a code which somebody photographed fills nothing; but the one that an
    /// `add` names may always come, whoever was faster.
    fn check_join(
        &self,
        key: &InviteKey,
        territory: &SpaceId,
        envelope: &VerifiedEnvelope,
    ) -> Result<(), NotAdmitted> {
        let join = join_of(key, envelope)?;
        let stored = load_signer(self.transaction, &envelope.signer())?.envelopes;
        if stored < JOIN_ENVELOPES_MAX || self.territories.awaits(territory, key, &join.device.id) {
            Ok(())
        } else {
            Err(Refusal::Quota.into())
        }
    }

    /// Who only reads a roll speaks of himself in it, and not without end. Of one kind too much leaves him the other.
    fn check_reader(
        &self,
        wish: &Wish,
        territory: &SpaceId,
        envelope: &VerifiedEnvelope,
    ) -> Result<(), Refusal> {
        let operations = envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation);
        let said: Vec<OperationKind> = operations
            .filter_map(|(_, _, bytes)| Operation::decode(bytes).ok())
            .filter(Operation::is_of_a_reader)
            .map(|operation| operation.kind())
            .collect();
        if said.len() < envelope.header().kinds().count() {
            return Err(Refusal::MayNot);
        }
        let fits = READERS_MAX.iter().all(|(kind, most)| {
            let new = said.iter().filter(|said| *said == kind).count();
            new == 0 || self.territories.count_of_reader(territory, wish, *kind) + new <= *most
        });
        if fits { Ok(()) } else { Err(Refusal::Quota) }
    }
}

/// What is stored around a place, and the wire form at it.
#[derive(Debug, Default)]
struct Held {
    neighbours: Neighbours,
    here: Option<(EnvelopeHash, Vec<u8>)>,
}

/// The envelope, as operations name it.
fn placement_of(envelope: &VerifiedEnvelope) -> Placement {
    let Place { space, journal, sequence } = envelope.place();
    Placement { space, journal, sequence, hash: envelope.hash() }
}

/// A reader's operations say nothing besides: fields of a newer program would have room for anything, in a roll that everybody
/// must read first.
fn check_nothing_besides(envelope: &VerifiedEnvelope) -> Result<(), Refusal> {
    let mut said = envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation);
    if said.all(|(_, _, bytes)| Operation::is_said_bare(bytes)) { Ok(()) } else { Err(Refusal::MayNot) }
}

/// A roll is read by everybody and by the relay, so nothing sealed goes into one.
fn check_operations_alone(envelope: &VerifiedEnvelope) -> Result<(), Refusal> {
    if envelope.header().kinds().any(SectionKind::is_sealed) { Err(Refusal::MayNot) } else { Ok(()) }
}

/// An invite's key only asks to join.
fn join_of(key: &InviteKey, envelope: &VerifiedEnvelope) -> Result<Join, Refusal> {
    let mut sections = envelope.readable();
    let (Some((_, SectionKind::Operation, bytes)), 1) = (sections.next(), envelope.header().kinds().count())
    else {
        return Err(Refusal::MayNot);
    };
    match Operation::decode(bytes) {
        Ok(Operation::Join(join)) => join.check(key).map(|()| join).map_err(|_| Refusal::Invalid),
        _ => Err(Refusal::MayNot),
    }
}

#[cfg(test)]
mod tests;
