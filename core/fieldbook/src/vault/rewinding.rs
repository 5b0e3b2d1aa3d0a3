//! What the cursors have passed, and what becomes of it when the relay has lost its past.
//!
//! ```text
//! numbers passed   1 ─── 2 ─── 3 ─── 4 ─── 5      the relay holds, by its frontier: 1, 2, 3 and not 4
//!                              └── asked from here: the running hash is reckoned over what is held
//!                  the relay contradicts that too ──► from the start
//! ```

use std::collections::BTreeMap;

use jasaq_protocol::ids::{JournalId, Place, SpaceId};
use jasaq_protocol::journal::Frontier;
use rusqlite::{Transaction, params};

use super::custody::CursorRow;
use super::journals::place_of;
use super::rows::{id, number};
use super::{Vault, VaultRefused};

impl Vault {
    /// Marks one envelope as passed by the cursor of its space, under this number of the relay's.
    pub(crate) fn note_passed(
        transaction: &Transaction<'_>,
        place: &Place,
        passed_as: u64,
    ) -> Result<(), VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE envelopes SET passed = 1, number = ?3
             WHERE journal = ?1 AND sequence = ?2 AND (passed = 0 OR number IS NULL)",
        )?;
        update.execute(params![place.journal.as_bytes(), number(place.sequence), passed_as])?;
        Ok(())
    }

    /// The cursor has passed all that the relay holds of a space: what a receipt covers and the cursor did not pass was
    /// lost there since, and goes up again.
    pub(crate) fn offer_what_was_not_passed(
        transaction: &Transaction<'_>,
        space: &SpaceId,
    ) -> Result<usize, VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE envelopes INDEXED BY not_passed SET at_relay = 0
             WHERE space = ?1 AND at_relay = 1 AND passed = 0",
        )?;
        Ok(update.execute([space.as_bytes()])?)
    }

    /// Everything of a space beyond what the relay says it holds must go up again, whoever wrote it. Its word is not
    /// signed, so it only ever lowers custody. Says of how many envelopes.
    pub(crate) fn note_rewound(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        held: &Frontier,
    ) -> Result<usize, VaultRefused> {
        let mut lower = transaction.prepare_cached(
            "UPDATE envelopes SET at_relay = 0 WHERE journal = ?1 AND sequence > ?2 AND at_relay = 1",
        )?;
        let mut lost = 0;
        for (journal, kept) in Self::kept_of(transaction, space, held)? {
            lost += lower.execute(params![journal.as_bytes(), kept])?;
        }
        Ok(lost)
    }

    /// Moves the cursor of a space that the relay has lost some of back to before the number from which it was asked: to the
    /// last one up to which what was passed is held there still. A relay that was rolled back goes on from just there. One
    /// that numbers otherwise contradicts the running hash, and since each step leads further back, the start comes in the
    /// end.
    pub(crate) fn step_back(
        transaction: &Transaction<'_>,
        (space, asked): (&SpaceId, u64),
        held: &Frontier,
    ) -> Result<(), VaultRefused> {
        let kept = Self::kept_of(transaction, space, held)?;
        let mut passed = transaction.prepare_cached(
            // Places alone are sorted: the bytes of a whole season would not fit into a phone's memory.
            "SELECT space, journal, sequence, number FROM envelopes
             WHERE space = ?1 AND number IS NOT NULL ORDER BY number",
        )?;
        let mut rows = passed.query([space.as_bytes()])?;
        let mut cursor = CursorRow::START;
        while let Some(row) = rows.next()? {
            let (place, next): (Place, u64) = (place_of(row)?, row.get(3)?);
            let is_kept = kept.get(&place.journal).is_some_and(|kept| number(place.sequence) <= *kept);
            if !is_kept || next != cursor.number + 1 {
                break;
            }
            let Some(wire) = Self::wire(transaction, &place)? else { break };
            cursor.running_hash = cursor.running_hash.then(next, &wire);
            cursor.number = next;
        }
        if cursor.number >= asked {
            cursor = CursorRow::START;
        }
        let mut forget = transaction.prepare_cached(
            "UPDATE envelopes SET passed = 0, number = NULL WHERE space = ?1 AND (number IS NULL OR number > ?2)",
        )?;
        forget.execute(params![space.as_bytes(), cursor.number])?;
        Self::set_cursor(transaction, space, &cursor)
    }

    /// How far the relay holds each journal of a space, where the hash there is ours.
    fn kept_of(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        held: &Frontier,
    ) -> Result<BTreeMap<JournalId, i64>, VaultRefused> {
        let mut journals = transaction.prepare_cached("SELECT journal FROM journals WHERE space = ?1")?;
        let journals = journals.query_map([space.as_bytes()], |row| id(row, 0))?;
        let mut kept = BTreeMap::new();
        for journal in journals {
            let journal: JournalId = journal?;
            let up_to = match held.get(&journal) {
                Some(head) => {
                    let ours = Self::envelope_hash(transaction, journal, Some(head.sequence))?;
                    if ours.is_some_and(|hash| hash.head() == head.hash) { number(head.sequence) } else { 0 }
                }
                None => 0,
            };
            kept.insert(journal, up_to);
        }
        Ok(kept)
    }
}
