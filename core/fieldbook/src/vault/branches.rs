//! Branches: what was signed for a place at which another envelope is held. A clone, or a restored backup, wrote on.
//!
//! Nothing of either branch is lost. A device that finds its own journal forked takes the branch that the relay holds,
//! puts its own aside, and says in a new journal what it had said on it.

use jasaq_protocol::ids::{EnvelopeHash, Place};
use jasaq_protocol::limits::BRANCH_ENVELOPES_MAX;
use jasaq_protocol::seal::VerifiedEnvelope;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::rows::{id, number};
use super::{Vault, VaultRefused};

impl Vault {
    /// Keeps an envelope beside its journal's line, up to a bound for each journal. Says whether it is held now.
    pub(crate) fn keep_branch(
        transaction: &Transaction<'_>,
        envelope: &VerifiedEnvelope,
    ) -> Result<bool, VaultRefused> {
        let place = envelope.place();
        let held: usize = transaction.query_row(
            "SELECT count(*) FROM branches WHERE journal = ?1",
            [place.journal.as_bytes()],
            |row| row.get(0),
        )?;
        if held >= BRANCH_ENVELOPES_MAX {
            return Ok(false);
        }
        let mut insert = transaction.prepare_cached(
            "INSERT OR IGNORE INTO branches (journal, sequence, hash, wire) VALUES (?1, ?2, ?3, ?4)",
        )?;
        insert.execute(params![
            place.journal.as_bytes(),
            number(place.sequence),
            envelope.hash().as_bytes(),
            envelope.to_wire(true).encode(),
        ])?;
        Ok(true)
    }

    /// The envelopes that are held beside the line at a place.
    pub(crate) fn branches_at(
        connection: &Connection,
        place: &Place,
    ) -> Result<Vec<EnvelopeHash>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT hash FROM branches WHERE journal = ?1 AND sequence = ?2")?;
        let hashes = statement
            .query_map(params![place.journal.as_bytes(), number(place.sequence)], |row| id(row, 0))?;
        Ok(hashes.collect::<rusqlite::Result<_>>()?)
    }

    /// How many envelopes are held beside their journals' lines.
    pub(crate) fn branch_count(connection: &Connection) -> Result<usize, VaultRefused> {
        Ok(connection.query_row("SELECT count(*) FROM branches", [], |row| row.get(0))?)
    }

    /// Puts an own journal's line aside from a place on: its statements are pending again, and the operations that stood
    /// there are returned, to be sealed elsewhere.
    pub(crate) fn put_line_aside(
        transaction: &Transaction<'_>,
        from: &Place,
    ) -> Result<Vec<Vec<u8>>, VaultRefused> {
        let key = params![from.journal.as_bytes(), number(from.sequence)];
        let mut operations = transaction.prepare_cached(
            "SELECT body FROM operations WHERE journal = ?1 AND sequence >= ?2 ORDER BY sequence, id",
        )?;
        let operations: Vec<Vec<u8>> =
            operations.query_map(key, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for statement in [
            "INSERT OR IGNORE INTO branches (journal, sequence, hash, wire)
             SELECT journal, sequence, hash, wire FROM envelopes WHERE journal = ?1 AND sequence >= ?2",
            "UPDATE statements SET journal = NULL, sequence = NULL WHERE journal = ?1 AND sequence >= ?2",
            "DELETE FROM operations WHERE journal = ?1 AND sequence >= ?2",
            "DELETE FROM changes WHERE journal = ?1 AND sequence >= ?2",
            "DELETE FROM envelopes WHERE journal = ?1 AND sequence >= ?2",
            "DELETE FROM acks WHERE journal = ?1 AND sequence >= ?2",
        ] {
            transaction.prepare_cached(statement)?.execute(key)?;
        }
        let last = transaction
            .prepare_cached(
                "SELECT sequence, hash FROM envelopes WHERE journal = ?1 ORDER BY sequence DESC LIMIT 1",
            )?
            .query_row([from.journal.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let journal = from.journal.as_bytes();
        match last {
            None => transaction.execute("DELETE FROM journals WHERE journal = ?1", [journal])?,
            Some::<(i64, Vec<u8>)>((sequence, hash)) => transaction.execute(
                "UPDATE journals SET sequence = ?2, hash = ?3 WHERE journal = ?1",
                params![journal, sequence, hash],
            )?,
        };
        Ok(operations)
    }
}
