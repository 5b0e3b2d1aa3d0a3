//! The rolls as they are stored, read back: what is read is proven again as what was written.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{EnvelopeHash, JournalId, SpaceId};
use jasaq_protocol::journal::{Neighbours, Placed, place};
use jasaq_protocol::membership::{Operation, RollEntry, operation_id};
use jasaq_protocol::seal::{SectionKind, VerifiedEnvelope, WireEnvelope};
use rusqlite::Connection;

use super::Territory;
use crate::storage::{StorageError, StoredEnvelope, load_envelopes_after, load_space};

impl Territory {
    /// The territory's roll names the squads' rolls: reads until no roll is new.
    pub(super) fn load_rolls(
        &mut self,
        connection: &Connection,
        pinned: &BTreeMap<SpaceId, SpaceId>,
    ) -> Result<(), StorageError> {
        let roll = self.membership.territory_roll();
        let mut loaded = BTreeSet::new();
        loop {
            let rolls = self.membership.spaces().filter(|(_, record)| record.kind.is_roll());
            let of_here = rolls.map(|(space, _)| *space).filter(|space| pinned.get(space) == Some(&roll));
            let new: Vec<_> = of_here.filter(|space| !loaded.contains(space)).collect();
            if new.is_empty() {
                return Ok(());
            }
            for space in new {
                self.load_roll(connection, space)?;
                loaded.insert(space);
            }
            self.refold();
        }
    }

    /// The operations of one stored roll. Signatures are checked again: what is read back is proven as what was written.
    fn load_roll(&mut self, connection: &Connection, space: SpaceId) -> Result<(), StorageError> {
        let mut heads: BTreeMap<JournalId, EnvelopeHash> = BTreeMap::new();
        let Some(row) = load_space(connection, &space)? else { return Ok(()) };
        load_envelopes_after(connection, &row, 0, |stored| {
            let previous = heads.get(&stored.place.journal).copied();
            let verified = verify_again(&stored, previous)?;
            heads.insert(stored.place.journal, verified.hash());
            self.take(&verified);
            Ok(true)
        })
    }
}

/// Checks a stored envelope as it was checked when it came.
pub(crate) fn verify_again(
    stored: &StoredEnvelope,
    previous: Option<EnvelopeHash>,
) -> Result<VerifiedEnvelope, StorageError> {
    let damaged = StorageError::Damaged("an envelope of a roll does not verify");
    let held = Neighbours { signer: previous.map(|_| stored.signer), previous, here: None };
    let Ok(wire) = WireEnvelope::decode(&stored.wire) else { return Err(damaged) };
    match place(wire, stored.place, &held) {
        Ok(Placed::New(verified)) if verified.hash() == stored.hash => Ok(verified),
        _ => Err(damaged),
    }
}

/// The operations in an envelope that this program knows. Others are kept and carried, and do not count here.
pub(super) fn roll_entries(envelope: &VerifiedEnvelope) -> impl Iterator<Item = RollEntry> {
    let (place, signer) = (envelope.place(), envelope.signer());
    let operations = envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation);
    operations.filter_map(move |(index, _, bytes)| {
        let operation = Operation::decode(bytes).ok()?;
        let hash = envelope.hash();
        Some(RollEntry::new(operation_id(&hash, index), (place, hash), signer, operation))
    })
}
