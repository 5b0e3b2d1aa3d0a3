//! Changes of documents, as they came out of their envelopes.

use jasaq_protocol::ids::{DeviceId, DocumentId, JournalId, Place, SpaceId};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::rows::{id, number};
use super::{Vault, VaultRefused};

/// A change to be stored.
#[derive(Debug)]
pub(crate) struct ChangeRow<'a> {
    pub(crate) hash: [u8; 32],
    pub(crate) document: DocumentId,
    pub(crate) place: Place,
    pub(crate) section: usize,
    pub(crate) actor: &'a [u8],
    pub(crate) actor_seq: u64,
    pub(crate) max_op: u64,
    pub(crate) received_ms: Option<i64>,
    pub(crate) bytes: &'a [u8],
}

/// A change as it is stored.
#[derive(Debug)]
pub(crate) struct StoredChange {
    pub(crate) place: Place,
    pub(crate) author: DeviceId,
    pub(crate) received_ms: Option<i64>,
    pub(crate) bytes: Vec<u8>,
}

impl Vault {
    pub(crate) fn add_change(transaction: &Transaction<'_>, row: &ChangeRow<'_>) -> Result<(), VaultRefused> {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO changes (hash, space, document, journal, sequence, section, actor, actor_seq, max_op,
                  received_ms, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        insert.execute(params![
            row.hash,
            row.place.space.as_bytes(),
            row.document.as_bytes(),
            row.place.journal.as_bytes(),
            number(row.place.sequence),
            row.section,
            row.actor,
            row.actor_seq,
            row.max_op,
            row.received_ms,
            row.bytes,
        ])?;
        Ok(())
    }

    /// The last change of a journal in a document, and its last operation: what the journal's next must follow.
    pub(crate) fn journal_head(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
        journal: &JournalId,
    ) -> Result<Option<([u8; 32], u64)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT hash, max_op FROM changes WHERE space = ?1 AND document = ?2 AND journal = ?3
             ORDER BY sequence DESC, section DESC LIMIT 1",
        )?;
        let head = statement
            .query_row(params![space.as_bytes(), document.as_bytes(), journal.as_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            });
        Ok(head.optional()?)
    }

    /// How many changes an actor made in a document.
    pub(crate) fn actor_seq(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
        actor: &[u8],
    ) -> Result<u64, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT coalesce(max(actor_seq), 0) FROM changes WHERE space = ?1 AND document = ?2 AND actor = ?3")?;
        Ok(statement.query_row(params![space.as_bytes(), document.as_bytes(), actor], |row| row.get(0))?)
    }

    /// The changes of one journal in a document, in order.
    pub(crate) fn journal_changes(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
        journal: &JournalId,
    ) -> Result<Vec<Vec<u8>>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT bytes FROM changes WHERE space = ?1 AND document = ?2 AND journal = ?3 ORDER BY sequence, section",
        )?;
        let rows = statement
            .query_map(params![space.as_bytes(), document.as_bytes(), journal.as_bytes()], |row| {
                row.get(0)
            })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every change of a document with its place, its author and when it came, each journal in its order.
    pub(crate) fn document_changes(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
    ) -> Result<Vec<StoredChange>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT c.space, c.journal, c.sequence, j.signer, c.received_ms, c.bytes FROM changes c
             JOIN journals j ON j.journal = c.journal WHERE c.space = ?1 AND c.document = ?2
             ORDER BY c.journal, c.sequence, c.section",
        )?;
        let rows = statement.query_map(params![space.as_bytes(), document.as_bytes()], |row| {
            let place =
                Place { space: id(row, 0)?, journal: id(row, 1)?, sequence: super::rows::sequence(row, 2)? };
            Ok(StoredChange { place, author: id(row, 3)?, received_ms: row.get(4)?, bytes: row.get(5)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn documents(connection: &Connection) -> Result<Vec<(SpaceId, DocumentId)>, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT DISTINCT space, document FROM changes ORDER BY space, document")?;
        let rows = statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The changes of a space that others than `without` wrote: their documents and hashes.
    pub(crate) fn change_hashes(
        connection: &Connection,
        space: &SpaceId,
        without: &DeviceId,
    ) -> Result<Vec<(DocumentId, [u8; 32])>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT c.document, c.hash FROM changes c JOIN journals j ON j.journal = c.journal
             WHERE c.space = ?1 AND j.signer <> ?2",
        )?;
        let rows = statement
            .query_map(params![space.as_bytes(), without.as_bytes()], |row| Ok((id(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
