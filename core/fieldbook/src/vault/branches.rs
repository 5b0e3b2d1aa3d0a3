//! Branches: what was signed for a place at which another envelope is held. A clone, or a restored backup, wrote on.
//!
//! Nothing of either branch is lost. A device that finds its own journal forked takes the branch that the relay holds,
//! puts its own aside, and says in a new journal what it had said on it.

use std::collections::BTreeMap;

use jasaq_protocol::ids::{DeviceId, EnvelopeHash, Place};
use jasaq_protocol::limits::BRANCH_ENVELOPES_MAX;
use jasaq_protocol::seal::{Link, VerifiedEnvelope, WireEnvelope};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::journals::{EnvelopeRow, place_of};
use super::rows::{id, number};
use super::{Vault, VaultRefused};

/// What shows that a device has a twin, and when it came, in ms since 1970 by this device's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TwinSigns {
    /// Envelopes beside a line.
    pub(crate) envelopes: u64,
    /// Keys under which two things were said.
    pub(crate) said_twice: u64,
    pub(crate) first_ms: Option<i64>,
    pub(crate) last_ms: Option<i64>,
}

impl Vault {
    /// Keeps an envelope beside its journal's line, up to a bound for each journal. Says whether it is held now.
    pub(crate) fn keep_branch(
        transaction: &Transaction<'_>,
        envelope: &VerifiedEnvelope,
        received_ms: Option<i64>,
    ) -> Result<bool, VaultRefused> {
        let place = envelope.place();
        if Self::branches_at(transaction, &place)?.contains(&envelope.hash()) {
            return Ok(true);
        }
        let held: usize = transaction.query_row(
            "SELECT count(*) FROM branches WHERE journal = ?1",
            [place.journal.as_bytes()],
            |row| row.get(0),
        )?;
        if held >= BRANCH_ENVELOPES_MAX {
            return Ok(false);
        }
        let mut insert = transaction.prepare_cached(
            "INSERT OR IGNORE INTO branches (journal, sequence, hash, received_ms, wire)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        insert.execute(params![
            place.journal.as_bytes(),
            number(place.sequence),
            envelope.hash().as_bytes(),
            received_ms,
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

    /// Every envelope that is held beside its journal's line, each with its link, and when it came.
    pub(crate) fn branches(connection: &Connection) -> Result<Vec<(EnvelopeRow, Option<i64>)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT j.space, b.journal, b.sequence, j.signer, b.wire, b.received_ms FROM branches b
             JOIN journals j ON j.journal = b.journal ORDER BY b.journal, b.sequence",
        )?;
        let rows = statement.query_map([], |row| {
            let (place, signer): (Place, DeviceId) = (place_of(row)?, id(row, 3)?);
            let wire: Vec<u8> = row.get(4)?;
            let link = WireEnvelope::decode(&wire).ok().and_then(|wire| wire.link_at(place.sequence));
            let link = link.unwrap_or(Link::First(signer));
            Ok((EnvelopeRow { place, signer, link, wire }, row.get(5)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many envelopes are held beside their journals' lines.
    pub(crate) fn branch_count(connection: &Connection) -> Result<usize, VaultRefused> {
        Ok(connection.query_row("SELECT count(*) FROM branches", [], |row| row.get(0))?)
    }

    /// What shows that devices have a twin: envelopes beside a line, and two things said under one key.
    pub(crate) fn twin_signs(connection: &Connection) -> Result<BTreeMap<DeviceId, TwinSigns>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "WITH twice AS (
                 SELECT document, space, device, key FROM statements
                 GROUP BY document, space, device, key HAVING count(*) > 1),
             second AS (
                 SELECT device, max(received_ms) AS came FROM twice
                 JOIN statements USING (document, space, device, key) GROUP BY document, space, device, key),
             signs AS (
                 SELECT device, 0 AS envelopes, count(*) AS said_twice, min(came) AS first, max(came) AS last
                 FROM second GROUP BY device
                 UNION ALL
                 SELECT j.signer, count(*), 0, min(b.received_ms), max(b.received_ms)
                 FROM branches b JOIN journals j ON j.journal = b.journal GROUP BY j.signer)
             SELECT device, sum(envelopes), sum(said_twice), min(first), max(last) FROM signs GROUP BY device",
        )?;
        let signs = statement.query_map([], |row| {
            let signs = TwinSigns {
                envelopes: row.get(1)?,
                said_twice: row.get(2)?,
                first_ms: row.get(3)?,
                last_ms: row.get(4)?,
            };
            Ok((id(row, 0)?, signs))
        })?;
        Ok(signs.collect::<rusqlite::Result<_>>()?)
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
        Self::keep_line(transaction, from)?;
        for statement in [
            // What this program cannot read it cannot say again: a later one finds it on the branch.
            "UPDATE statements SET journal = NULL, sequence = NULL
             WHERE journal = ?1 AND sequence >= ?2 AND length(fields) > 1",
            "DELETE FROM operations WHERE journal = ?1 AND sequence >= ?2",
            "DELETE FROM changes WHERE journal = ?1 AND sequence >= ?2",
            "DELETE FROM envelopes WHERE journal = ?1 AND sequence >= ?2",
            // Who said that he holds the line holds what is before the fork.
            "UPDATE acks SET (sequence, hash) = (
                 SELECT e.sequence, substr(e.hash, 1, 8) FROM envelopes e WHERE e.journal = ?1
                 ORDER BY e.sequence DESC LIMIT 1)
             WHERE journal = ?1 AND sequence >= ?2 AND ?2 > 1",
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

    /// Copies the line from a place on beside itself, each envelope with its link.
    fn keep_line(transaction: &Transaction<'_>, from: &Place) -> Result<(), VaultRefused> {
        let mut line = transaction.prepare_cached(
            "SELECT e.space, e.journal, e.sequence, e.hash, e.wire, p.hash FROM envelopes e
             LEFT JOIN envelopes p ON p.journal = e.journal AND p.sequence = e.sequence - 1
             WHERE e.journal = ?1 AND e.sequence >= ?2",
        )?;
        let mut insert = transaction.prepare_cached(
            "INSERT OR IGNORE INTO branches (journal, sequence, hash, wire) VALUES (?1, ?2, ?3, ?4)",
        )?;
        let mut rows = line.query(params![from.journal.as_bytes(), number(from.sequence)])?;
        while let Some(row) = rows.next()? {
            let (place, hash, wire): (Place, EnvelopeHash, Vec<u8>) =
                (place_of(row)?, id(row, 3)?, row.get(4)?);
            let wire = match (place.sequence.before(), WireEnvelope::decode(&wire)) {
                (Some(_), Ok(decoded)) => decoded.with_link(Link::After(id(row, 5)?)).encode(),
                _ => wire,
            };
            insert.execute(params![
                place.journal.as_bytes(),
                number(place.sequence),
                hash.as_bytes(),
                wire
            ])?;
        }
        Ok(())
    }
}
