//! How far each entry has come: cursors at the relay, acks of other devices, and the acks that are due to them.

use jasaq_protocol::ids::{DeviceId, HeadHash, JournalId, Place, SpaceId};
use jasaq_protocol::journal::{Frontier, Head};
use jasaq_protocol::sync::{Ack, RunningHash};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::rows::{damaged, id, number, sequence};
use super::{Vault, VaultRefused};

/// How far a space is held from the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CursorRow {
    pub(crate) number: u64,
    pub(crate) running_hash: RunningHash,
    /// How many of them this program could not keep.
    pub(crate) left_out: u64,
}

/// What a device said of a space as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccountRow {
    pub(crate) device: DeviceId,
    pub(crate) space: SpaceId,
    pub(crate) frontier: [u8; 16],
    pub(crate) documents: [u8; 16],
}

impl CursorRow {
    pub(crate) const START: Self = Self { number: 0, running_hash: RunningHash::START, left_out: 0 };
}

impl Vault {
    pub(crate) fn cursor(connection: &Connection, space: &SpaceId) -> Result<CursorRow, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT number, running_hash, left_out FROM cursors WHERE space = ?1")?;
        let cursor = statement.query_row([space.as_bytes()], |row| {
            let hash: Vec<u8> = row.get(1)?;
            let hash: [u8; 32] = hash.try_into().map_err(|_| damaged(1))?;
            let running_hash = RunningHash::from_bytes(hash);
            Ok(CursorRow { number: row.get(0)?, running_hash, left_out: row.get(2)? })
        });
        Ok(cursor.optional()?.unwrap_or(CursorRow::START))
    }

    pub(crate) fn set_cursor(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        cursor: &CursorRow,
    ) -> Result<(), VaultRefused> {
        let mut insert = transaction.prepare_cached(
            "INSERT OR REPLACE INTO cursors (space, number, running_hash, left_out) VALUES (?1, ?2, ?3, ?4)",
        )?;
        let CursorRow { number, running_hash, left_out } = cursor;
        insert.execute(params![space.as_bytes(), number, running_hash.as_bytes(), left_out])?;
        Ok(())
    }

    /// Spaces of which something could not be kept are asked for from their start.
    pub(crate) fn ask_again_for_what_was_left_out(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
        // Not passed any more, so that a relay that lost them meanwhile is told.
        transaction.execute(
            "UPDATE envelopes SET passed = 0, number = NULL WHERE space IN (SELECT space FROM cursors WHERE left_out > 0)",
            [],
        )?;
        transaction.execute("DELETE FROM cursors WHERE left_out > 0", [])?;
        Ok(())
    }

    /// Notes what another device said it holds in a space; a lower word than an earlier one changes nothing.
    pub(crate) fn note_ack(
        transaction: &Transaction<'_>,
        (device, space): (&DeviceId, &SpaceId),
        ack: &Ack,
    ) -> Result<(), VaultRefused> {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO acks (device, space, journal, sequence, hash) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (device, journal) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
             WHERE excluded.sequence > acks.sequence",
        )?;
        for (journal, head) in ack.heads.iter() {
            insert.execute(params![
                device.as_bytes(),
                space.as_bytes(),
                journal.as_bytes(),
                number(head.sequence),
                head.hash.as_bytes()
            ])?;
        }
        // An alarm stays until both hold the same again and have the same in it.
        let mut account = transaction.prepare_cached(
            "INSERT INTO accounts (device, space, frontier, documents, compared, differs)
             VALUES (?1, ?2, ?3, ?4, 0, 0)
             ON CONFLICT (device, space) DO UPDATE SET frontier = excluded.frontier,
                 documents = excluded.documents, compared = 0",
        )?;
        account.execute(params![device.as_bytes(), space.as_bytes(), ack.frontier, ack.documents])?;
        Ok(())
    }

    /// What other devices said of a space as a whole and could not be compared with what is held here so far.
    pub(crate) fn accounts_due(connection: &Connection) -> Result<Vec<AccountRow>, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT device, space, frontier, documents FROM accounts WHERE compared = 0")?;
        let rows = statement.query_map([], |row| {
            let (device, space) = (id(row, 0)?, id(row, 1)?);
            Ok(AccountRow { device, space, frontier: row.get(2)?, documents: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Notes whether a device that holds the same of a space has other things in it.
    pub(crate) fn note_compared(
        transaction: &Transaction<'_>,
        (device, space): (&DeviceId, &SpaceId),
        differs: bool,
    ) -> Result<(), VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE accounts SET compared = 1, differs = ?3 WHERE device = ?1 AND space = ?2",
        )?;
        update.execute(params![device.as_bytes(), space.as_bytes(), differs])?;
        Ok(())
    }

    /// The devices that hold the same of some space and have other things in it, with the space.
    pub(crate) fn differing(connection: &Connection) -> Result<Vec<(DeviceId, SpaceId)>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT device, space FROM accounts WHERE differs = 1")?;
        let rows = statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The journals of which a device said that it holds more than has come here, with the device and the space.
    pub(crate) fn missing_journals(
        connection: &Connection,
    ) -> Result<Vec<(DeviceId, SpaceId, JournalId)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT a.device, a.space, a.journal FROM acks a LEFT JOIN journals j ON j.journal = a.journal
             WHERE j.journal IS NULL OR j.sequence < a.sequence",
        )?;
        let rows = statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?, id(row, 2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How far journals of a space are held here, and how far others said that they hold them: of those that others hold further.
    pub(crate) fn journals_behind(
        connection: &Connection,
        space: &SpaceId,
    ) -> Result<Vec<(JournalId, u64, u64)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT a.journal, coalesce(j.sequence, 0), max(a.sequence)
             FROM acks a LEFT JOIN journals j ON j.journal = a.journal
             WHERE a.space = ?1 GROUP BY a.journal HAVING max(a.sequence) > coalesce(j.sequence, 0)",
        )?;
        let rows =
            statement.query_map([space.as_bytes()], |row| Ok((id(row, 0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The devices that said they hold a place, and named there the hash that is ours.
    pub(crate) fn holders(connection: &Connection, place: &Place) -> Result<Vec<DeviceId>, VaultRefused> {
        // In this order: a journal has few acks and may have thousands of envelopes.
        let mut statement = connection.prepare_cached(
            "SELECT a.device FROM acks a CROSS JOIN envelopes e ON e.journal = a.journal AND e.sequence = a.sequence
             WHERE a.journal = ?1 AND a.sequence >= ?2 AND substr(e.hash, 1, 8) = a.hash",
        )?;
        let rows = statement
            .query_map(params![place.journal.as_bytes(), number(place.sequence)], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn is_at_relay(connection: &Connection, place: &Place) -> Result<bool, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT at_relay FROM envelopes WHERE journal = ?1 AND sequence = ?2")?;
        let key = params![place.journal.as_bytes(), number(place.sequence)];
        Ok(statement.query_row(key, |row| row.get(0)).optional()?.unwrap_or(false))
    }

    pub(crate) fn note_ack_due(transaction: &Transaction<'_>, place: &Place) -> Result<(), VaultRefused> {
        let mut insert =
            transaction.prepare_cached("INSERT OR IGNORE INTO acks_due (space, journal) VALUES (?1, ?2)")?;
        insert.execute(params![place.space.as_bytes(), place.journal.as_bytes()])?;
        Ok(())
    }

    /// Acks of a space were put aside with the line they stood on: all of them are due again.
    pub(crate) fn note_acks_due(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        without: &DeviceId,
    ) -> Result<(), VaultRefused> {
        let mut insert = transaction.prepare_cached(
            "INSERT OR IGNORE INTO acks_due (space, journal)
             SELECT space, journal FROM journals WHERE space = ?1 AND signer <> ?2",
        )?;
        insert.execute(params![space.as_bytes(), without.as_bytes()])?;
        Ok(())
    }

    pub(crate) fn spaces_with_acks_due(connection: &Connection) -> Result<Vec<SpaceId>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT DISTINCT space FROM acks_due ORDER BY space")?;
        let rows = statement.query_map([], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The heads of the journals that are due in a space, at most `max`: up to the first envelope that is still sealed,
    /// because what cannot be read is not held for anybody. Each is found at its end of an index: journals grow long.
    pub(crate) fn heads_due(
        connection: &Connection,
        space: &SpaceId,
        max: usize,
    ) -> Result<Frontier, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT e.journal, e.sequence, substr(e.hash, 1, 8) FROM acks_due d
             JOIN envelopes e ON e.journal = d.journal AND e.sequence = (
                 SELECT max(h.sequence) FROM envelopes h WHERE h.journal = d.journal AND h.sequence < coalesce(
                     (SELECT min(s.sequence) FROM envelopes s
                      WHERE s.space = d.space AND s.journal = d.journal AND s.state = 1),
                     9223372036854775807))
             WHERE d.space = ?1 ORDER BY d.journal LIMIT ?2",
        )?;
        let heads = statement.query_map(params![space.as_bytes(), max], |row| {
            let hash: HeadHash = id(row, 2)?;
            Ok((id(row, 0)?, Head { sequence: sequence(row, 1)?, hash }))
        })?;
        Ok(heads.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn clear_due(
        transaction: &Transaction<'_>,
        journals: impl Iterator<Item = JournalId>,
    ) -> Result<(), VaultRefused> {
        let mut delete = transaction.prepare_cached("DELETE FROM acks_due WHERE journal = ?1")?;
        for journal in journals {
            delete.execute([journal.as_bytes()])?;
        }
        Ok(())
    }
}
