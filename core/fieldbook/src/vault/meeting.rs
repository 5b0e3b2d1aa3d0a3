//! What two devices that meet compare: the last places of every journal, and what stands on which branch.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{DeviceId, EnvelopeHash, HeadHash, JournalId, Sequence};
use jasaq_protocol::journal::Head;
use jasaq_protocol::seal::{Link, WireEnvelope};
use jasaq_protocol::sync::meeting::JournalKey;
use rusqlite::{Connection, params};

use super::rows::{damaged, id, number, sequence};
use super::{Vault, VaultRefused};

/// How far a journal is held without a hole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeldJournal {
    pub(crate) key: JournalKey,
    pub(crate) signer: DeviceId,
    pub(crate) head: Head,
}

/// An envelope on a branch: its place in the journal, and what it hangs on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OnBranch {
    pub(crate) sequence: Sequence,
    pub(crate) hash: EnvelopeHash,
    pub(crate) after: Option<EnvelopeHash>,
}

impl Vault {
    /// Every journal up to its last place before a hole. One without its first envelope is not held.
    pub(crate) fn held_journals(connection: &Connection) -> Result<Vec<HeldJournal>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "WITH whole AS (
                 SELECT j.journal, j.space, j.signer, CASE (SELECT count(*) FROM envelopes c WHERE c.journal = j.journal)
                     WHEN j.sequence THEN j.sequence
                     ELSE (SELECT min(h.sequence) FROM envelopes h WHERE h.journal = j.journal AND NOT EXISTS (
                         SELECT 1 FROM envelopes n WHERE n.journal = h.journal AND n.sequence = h.sequence + 1))
                     END AS sequence
                 FROM journals j)
             SELECT w.space, w.journal, w.signer, w.sequence, substr(e.hash, 1, 8) FROM whole w
             JOIN envelopes e ON e.journal = w.journal AND e.sequence = w.sequence
             WHERE EXISTS (SELECT 1 FROM envelopes f WHERE f.journal = w.journal AND f.sequence = 1)",
        )?;
        let rows = statement.query_map([], |row| {
            let key = JournalKey { space: id(row, 0)?, journal: id(row, 1)? };
            let hash: HeadHash = id(row, 4)?;
            Ok(HeldJournal { key, signer: id(row, 2)?, head: Head { sequence: sequence(row, 3)?, hash } })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What stands beside the line of each journal that has branches.
    pub(crate) fn branches_by_journal(
        connection: &Connection,
    ) -> Result<BTreeMap<JournalId, Vec<OnBranch>>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT journal, sequence, hash, wire FROM branches ORDER BY journal, sequence",
        )?;
        let rows = statement.query_map([], |row| {
            let (sequence, wire): (Sequence, Vec<u8>) = (sequence(row, 1)?, row.get(3)?);
            let link = WireEnvelope::decode(&wire).map_err(|_| damaged(3))?.link_at(sequence);
            let after = match link {
                Some(Link::After(hash)) => Some(hash),
                _ => None,
            };
            Ok((id(row, 0)?, OnBranch { sequence, hash: id(row, 2)?, after }))
        })?;
        let mut branches: BTreeMap<JournalId, Vec<OnBranch>> = BTreeMap::new();
        for row in rows {
            let (journal, envelope) = row?;
            branches.entry(journal).or_default().push(envelope);
        }
        Ok(branches)
    }

    /// The wire form of an envelope on a branch, with its link.
    pub(crate) fn branch_wire(
        connection: &Connection,
        (journal, sequence, hash): (&JournalId, Sequence, &EnvelopeHash),
    ) -> Result<Option<Vec<u8>>, VaultRefused> {
        use rusqlite::OptionalExtension as _;
        let mut statement = connection
            .prepare_cached("SELECT wire FROM branches WHERE journal = ?1 AND sequence = ?2 AND hash = ?3")?;
        let key = params![journal.as_bytes(), number(sequence), hash.as_bytes()];
        Ok(statement.query_row(key, |row| row.get(0)).optional()?)
    }
}

/// The last envelopes of branches: those on which no other hangs.
pub(crate) fn branch_tips(branches: &[OnBranch]) -> impl Iterator<Item = &OnBranch> {
    let inner: BTreeSet<EnvelopeHash> = branches.iter().filter_map(|envelope| envelope.after).collect();
    branches.iter().filter(move |envelope| !inner.contains(&envelope.hash))
}
