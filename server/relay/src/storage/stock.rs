//! How much is stored, when it was last backed up, and everything that is stored, one envelope after another.

use jasaq_protocol::ids::{DeviceId, EnvelopeHash, HeadHash, JournalId, Place, SpaceId};
use jasaq_protocol::sync::RunningHash;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::parts::load_attachment_stock;
use super::rows::{SpaceRow, StoredEnvelope, sequence};
use super::{StorageError, count, has_table};

/// How much a relay stores: numbers alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stock {
    /// Envelopes.
    pub envelopes: u64,
    /// Their bytes, as they came.
    pub envelope_bytes: u64,
    /// Bytes of the database file that are used, without the log beside it.
    pub database_bytes: u64,
    /// Bytes of the space that has most.
    pub fullest_space_bytes: u64,
    /// Bytes of the device that has most.
    pub fullest_device_bytes: u64,
    /// Attachments of which something is stored.
    pub attachments: u64,
    /// Their bytes, as far as they have come.
    pub attachment_bytes: u64,
    /// When it was last backed up, in seconds since 1970, if it ever was.
    pub last_backup_s: Option<u64>,
}

/// How much is stored.
pub(crate) fn load_stock(connection: &Connection) -> Result<Stock, StorageError> {
    let ask = |query| ask(connection, query);
    let (attachments, attachment_bytes) = load_attachment_stock(connection)?;
    Ok(Stock {
        envelopes: ask("SELECT coalesce(sum(envelopes), 0) FROM signers")?,
        envelope_bytes: ask("SELECT coalesce(sum(bytes), 0) FROM signers")?,
        database_bytes: load_database_bytes(connection)?,
        fullest_space_bytes: ask("SELECT coalesce(max(bytes), 0) FROM spaces")?,
        fullest_device_bytes: ask("SELECT coalesce(max(bytes), 0) FROM signers")?,
        attachments,
        attachment_bytes,
        last_backup_s: load_last_backup(connection)?,
    })
}

/// Bytes of the database file that are used, with what this transaction made it grow by. Pages that were dropped from are used
/// again before it grows.
pub(crate) fn load_database_bytes(connection: &Connection) -> Result<u64, StorageError> {
    // Asked before each new envelope: as tables of one query they take twice as long.
    let [all, free] = ["PRAGMA page_count", "PRAGMA freelist_count"].map(|pragma| ask(connection, pragma));
    Ok(all?.saturating_sub(free?).saturating_mul(ask(connection, "PRAGMA page_size")?))
}

fn ask(connection: &Connection, query: &str) -> Result<u64, StorageError> {
    Ok(connection.prepare_cached(query)?.query_row([], |row| row.get(0)).map(count)?)
}

/// Files of the first schema say nothing about it.
fn load_last_backup(connection: &Connection) -> Result<Option<u64>, StorageError> {
    if !has_table(connection, "backups")? {
        return Ok(None);
    }
    let last = connection.query_row("SELECT finished_at_s FROM backups", [], |row| row.get(0));
    Ok(last.optional()?.map(count))
}

/// Keeps when a backup was finished.
pub(crate) fn store_last_backup(transaction: &Transaction<'_>, at_s: u64) -> Result<(), StorageError> {
    transaction.execute(
        "INSERT INTO backups (one, finished_at_s) VALUES (1, ?1)
         ON CONFLICT (one) DO UPDATE SET finished_at_s = excluded.finished_at_s",
        [at_s.cast_signed()],
    )?;
    Ok(())
}

/// Every space that has a row.
pub(crate) fn load_spaces(connection: &Connection) -> Result<Vec<SpaceRow>, StorageError> {
    let mut statement = connection.prepare("SELECT id, space, number, running_hash, bytes FROM spaces")?;
    let rows = statement.query_map([], |row| {
        Ok(SpaceRow {
            id: row.get(0)?,
            space: SpaceId::from_bytes(row.get(1)?),
            number: count(row.get(2)?),
            hash: RunningHash::from_bytes(row.get(3)?),
            bytes: count(row.get(4)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A stored envelope with what stands beside it.
#[derive(Debug)]
pub(crate) struct Numbered {
    pub(crate) number: u64,
    pub(crate) running_head: HeadHash,
    pub(crate) envelope: StoredEnvelope,
    /// Whether its journal is of this space, too.
    pub(crate) is_at_home: bool,
}

/// Gives each envelope of a space to `take`, by number.
pub(crate) fn walk_space(
    connection: &Connection,
    space: &SpaceRow,
    mut take: impl FnMut(Numbered),
) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT journals.journal, sequence, hash, signers.signer, wire, number, running_head,
                journals.space = envelopes.space
         FROM envelopes JOIN journals ON journals.id = envelopes.journal JOIN signers ON signers.id = journals.signer
         WHERE envelopes.space = ?1 ORDER BY number",
    )?;
    let mut rows = statement.query([space.id])?;
    while let Some(row) = rows.next()? {
        let (journal, sequence) = (JournalId::from_bytes(row.get(0)?), sequence(row.get(1)?)?);
        let envelope = StoredEnvelope {
            place: Place { space: space.space, journal, sequence },
            hash: EnvelopeHash::from_bytes(row.get(2)?),
            signer: DeviceId::from_bytes(row.get(3)?),
            wire: row.get(4)?,
        };
        take(Numbered {
            number: count(row.get(5)?),
            running_head: HeadHash::from_bytes(row.get(6)?),
            envelope,
            is_at_home: row.get(7)?,
        });
    }
    Ok(())
}

/// The rows that only repeat what the envelopes say and do not say the same: of journals and of signers.
pub(crate) fn count_wrong_heads(connection: &Connection) -> Result<u64, StorageError> {
    let wrong = "SELECT count(*) FROM journals LEFT JOIN envelopes
             ON envelopes.journal = journals.id AND envelopes.sequence = journals.head_sequence
         WHERE envelopes.number IS NOT journals.head_number OR envelopes.hash IS NOT journals.head_hash
             OR journals.head_sequence IS NOT (SELECT max(sequence) FROM envelopes WHERE journal = journals.id)";
    Ok(connection.query_row(wrong, params![], |row| row.get(0)).map(count)?)
}

/// The devices whose sums are not those of their envelopes.
pub(crate) fn count_wrong_sums(connection: &Connection) -> Result<u64, StorageError> {
    let wrong = "WITH stored AS (
             SELECT journals.signer AS signer, count(*) AS envelopes, sum(length(wire)) AS bytes
             FROM envelopes JOIN journals ON journals.id = envelopes.journal GROUP BY journals.signer)
         SELECT count(*) FROM signers LEFT JOIN stored ON stored.signer = signers.id
         WHERE stored.envelopes IS NOT signers.envelopes OR stored.bytes IS NOT signers.bytes";
    Ok(connection.query_row(wrong, params![], |row| row.get(0)).map(count)?)
}
