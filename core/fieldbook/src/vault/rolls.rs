//! Operations as they stand in the rolls, and the epoch keys that they gave this device.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{
    DeviceId, EnvelopeHash, EpochId, JournalId, OperationId, Place, Sequence, SpaceId,
};
use jasaq_protocol::membership::{CutHead, Links};
use jasaq_protocol::seal::{EpochKey, Link, WireEnvelope};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use zeroize::Zeroizing;

use super::rows::{damaged, id, number, sequence};
use super::{Vault, VaultRefused};

/// One operation as it stands in a roll, undecoded.
#[derive(Debug, Clone)]
pub(crate) struct OperationRow {
    pub(crate) id: OperationId,
    pub(crate) place: Place,
    pub(crate) signer: DeviceId,
    pub(crate) body: Vec<u8>,
}

impl Vault {
    pub(crate) fn add_operation(
        transaction: &Transaction<'_>,
        row: &OperationRow,
    ) -> Result<(), VaultRefused> {
        let mut insert = transaction.prepare_cached(
            "INSERT OR IGNORE INTO operations (id, roll, journal, sequence, signer, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        insert.execute(params![
            row.id.as_bytes(),
            row.place.space.as_bytes(),
            row.place.journal.as_bytes(),
            number(row.place.sequence),
            row.signer.as_bytes(),
            row.body,
        ])?;
        Ok(())
    }

    /// Takes away a journal of this device's own requests that never left it.
    pub(crate) fn forget_journal(
        transaction: &Transaction<'_>,
        journal: &JournalId,
    ) -> Result<(), VaultRefused> {
        for table in ["operations", "envelopes", "journals"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE journal = ?1"), [journal.as_bytes()])?;
        }
        Ok(())
    }

    /// Every operation on a journal's line.
    pub(crate) fn operations(connection: &Connection) -> Result<Vec<OperationRow>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT roll, journal, sequence, signer, id, body FROM operations")?;
        let rows = statement.query_map([], |row| {
            let place = Place { space: id(row, 0)?, journal: id(row, 1)?, sequence: sequence(row, 2)? };
            Ok(OperationRow { id: id(row, 4)?, place, signer: id(row, 3)?, body: row.get(5)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What a device signed in a roll, undecoded.
    pub(crate) fn operations_of(
        connection: &Connection,
        (roll, signer): (&SpaceId, &DeviceId),
    ) -> Result<Vec<Vec<u8>>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT body FROM operations WHERE roll = ?1 AND signer = ?2")?;
        let rows = statement.query_map(params![roll.as_bytes(), signer.as_bytes()], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Who signed an operation that is held on a journal's line.
    pub(crate) fn signer_of(
        connection: &Connection,
        operation: &OperationId,
    ) -> Result<Option<DeviceId>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT signer FROM operations WHERE id = ?1")?;
        Ok(statement.query_row([operation.as_bytes()], |row| id(row, 0)).optional()?)
    }

    /// The row of the first envelope here that holds one of these operations: what has a lesser one came before it.
    pub(crate) fn first_row_of<'a>(
        connection: &Connection,
        operations: impl Iterator<Item = &'a OperationId>,
    ) -> Result<Option<i64>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT e.row FROM operations o JOIN envelopes e ON e.journal = o.journal AND e.sequence = o.sequence
             WHERE o.id = ?1",
        )?;
        let mut first: Option<i64> = None;
        for operation in operations {
            let row = statement.query_row([operation.as_bytes()], |row| row.get(0)).optional()?;
            first = first.into_iter().chain(row).min();
        }
        Ok(first)
    }

    /// The last envelope that is held of each of a device's journals, with its space; if a row is given, the last before it.
    pub(crate) fn heads_of_signer(
        connection: &Connection,
        (signer, before): (&DeviceId, Option<i64>),
    ) -> Result<Vec<(SpaceId, CutHead)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT j.space, j.journal, e.sequence, e.hash FROM journals j
             JOIN envelopes e ON e.journal = j.journal AND e.sequence = (
                 SELECT max(b.sequence) FROM envelopes b WHERE b.journal = j.journal AND b.row < ?2)
             WHERE j.signer = ?1 ORDER BY j.space, j.journal",
        )?;
        let rows = statement.query_map(params![signer.as_bytes(), before.unwrap_or(i64::MAX)], |row| {
            let hash: EnvelopeHash = id(row, 3)?;
            Ok((id(row, 0)?, CutHead { journal: id(row, 1)?, sequence: sequence(row, 2)?, hash }))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How the envelopes of journals follow one another: their lines, and what is held beside them.
    pub(crate) fn links(
        connection: &Connection,
        journals: impl IntoIterator<Item = JournalId>,
    ) -> Result<Links, VaultRefused> {
        let mut links = Links::default();
        for journal in journals {
            let mut line = connection.prepare_cached(
                "SELECT sequence, hash FROM envelopes WHERE journal = ?1 ORDER BY sequence",
            )?;
            let mut rows = line.query([journal.as_bytes()])?;
            let mut before: Option<(Sequence, EnvelopeHash)> = None;
            while let Some(row) = rows.next()? {
                let (at, hash) = (sequence(row, 0)?, id(row, 1)?);
                let previous = before.filter(|(last, _)| Some(*last) == at.before()).map(|(_, hash)| hash);
                links.note((journal, at), hash, previous);
                before = Some((at, hash));
            }
            let mut beside = connection.prepare_cached(
                "SELECT sequence, hash, wire FROM branches WHERE journal = ?1 ORDER BY sequence",
            )?;
            let mut rows = beside.query([journal.as_bytes()])?;
            while let Some(row) = rows.next()? {
                let (at, wire): (Sequence, Vec<u8>) = (sequence(row, 0)?, row.get(2)?);
                let link = WireEnvelope::decode(&wire).ok().and_then(|wire| wire.link_at(at));
                let previous = match link {
                    Some(Link::After(hash)) => Some(hash),
                    _ => None,
                };
                links.note((journal, at), id(row, 1)?, previous);
            }
        }
        Ok(links)
    }

    /// How many operations are held: whoever keeps a fold of them knows by it whether another process brought more.
    pub(crate) fn operation_count(connection: &Connection) -> Result<u64, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT count(*) FROM operations")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    pub(crate) fn keep_epoch(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        key: &EpochKey,
    ) -> Result<(), VaultRefused> {
        let mut insert = transaction
            .prepare_cached("INSERT OR IGNORE INTO epochs (space, epoch, secret) VALUES (?1, ?2, ?3)")?;
        insert.execute(params![space.as_bytes(), key.public().id().as_bytes(), key.secret_bytes()])?;
        Ok(())
    }

    /// The epochs of a space whose keys are held.
    pub(crate) fn epochs_held(
        connection: &Connection,
        space: &SpaceId,
    ) -> Result<BTreeSet<EpochId>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT epoch FROM epochs WHERE space = ?1")?;
        let held = statement.query_map([space.as_bytes()], |row| id(row, 0))?;
        Ok(held.collect::<rusqlite::Result<_>>()?)
    }

    /// How many envelopes of a space wait for a key.
    pub(crate) fn sealed_count(connection: &Connection, space: &SpaceId) -> Result<u64, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT count(*) FROM envelopes WHERE space = ?1 AND state = 1")?;
        Ok(statement.query_row([space.as_bytes()], |row| row.get(0))?)
    }

    pub(crate) fn epoch(
        connection: &Connection,
        space: &SpaceId,
        epoch: EpochId,
    ) -> Result<Option<EpochKey>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT secret FROM epochs WHERE space = ?1 AND epoch = ?2")?;
        let key = statement.query_row(params![space.as_bytes(), epoch.as_bytes()], |row| {
            let bytes = Zeroizing::new(row.get::<_, Vec<u8>>(0)?);
            let secret: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| damaged(0))?;
            Ok(EpochKey::from_secret_bytes(secret))
        });
        Ok(key.optional()?)
    }
}
