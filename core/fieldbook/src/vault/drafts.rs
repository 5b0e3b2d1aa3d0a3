//! What this device keeps for itself alone: drafts, what waits for a flush and is written over, and of which cases it let go.

use std::collections::BTreeSet;

use jasaq_model::ids::StatementRef;
use jasaq_model::statement::Fields;
use jasaq_protocol::ids::{DeviceId, DocumentId};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::rows::id;
use super::statements::{digest, fields_to_cbor};
use super::{Vault, VaultRefused};

/// Something that somebody began to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DraftRow {
    pub(crate) draft: [u8; 16],
    pub(crate) written_ms: i64,
    pub(crate) content: String,
}

impl Vault {
    /// Writes over what a statement says that waits for a flush, so that nobody else can have it; says whether there was one.
    pub(crate) fn write_over_pending(
        transaction: &Transaction<'_>,
        (device, key): (&DeviceId, &StatementRef),
        (happened_ms, fields): (i64, &Fields),
    ) -> Result<bool, VaultRefused> {
        let encoded = fields_to_cbor(fields);
        let written = transaction.execute(
            "UPDATE statements SET happened_ms = ?3, fields = ?4, digest = ?5
             WHERE device = ?1 AND key = ?2 AND journal IS NULL",
            params![device.as_bytes(), key.as_str(), happened_ms, encoded, digest(&encoded)],
        )?;
        Ok(written > 0)
    }

    /// Keeps a draft, in the place of what it was before.
    pub(crate) fn keep_draft(transaction: &Transaction<'_>, row: &DraftRow) -> Result<(), VaultRefused> {
        transaction.execute(
            "INSERT OR REPLACE INTO drafts (draft, written_ms, content) VALUES (?1, ?2, ?3)",
            params![row.draft, row.written_ms, row.content],
        )?;
        Ok(())
    }

    /// Throws a draft away; says whether there was one.
    pub(crate) fn drop_draft(transaction: &Transaction<'_>, draft: &[u8; 16]) -> Result<bool, VaultRefused> {
        Ok(transaction.execute("DELETE FROM drafts WHERE draft = ?1", [draft])? > 0)
    }

    /// The drafts, the one written last first.
    pub(crate) fn drafts(connection: &Connection) -> Result<Vec<DraftRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT draft, written_ms, content FROM drafts ORDER BY written_ms DESC, draft",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(DraftRow { draft: row.get(0)?, written_ms: row.get(1)?, content: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Notes that this device let go of a document.
    pub(crate) fn note_let_go(
        transaction: &Transaction<'_>,
        document: &DocumentId,
        now_ms: i64,
    ) -> Result<(), VaultRefused> {
        transaction.execute(
            "INSERT OR IGNORE INTO let_go (document, at_ms) VALUES (?1, ?2)",
            params![document.as_bytes(), now_ms],
        )?;
        Ok(())
    }

    /// Whether this device let go of a document.
    pub(crate) fn has_let_go(connection: &Connection, document: &DocumentId) -> Result<bool, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT 1 FROM let_go WHERE document = ?1")?;
        Ok(statement.query_row([document.as_bytes()], |_| Ok(())).optional()?.is_some())
    }

    /// The documents of which this device let go.
    pub(crate) fn let_go(connection: &Connection) -> Result<BTreeSet<DocumentId>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT document FROM let_go")?;
        let rows = statement.query_map([], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Forgets that this device let go of a document: it is here again.
    pub(crate) fn forget_let_go(
        transaction: &Transaction<'_>,
        document: &DocumentId,
    ) -> Result<(), VaultRefused> {
        transaction.execute("DELETE FROM let_go WHERE document = ?1", [document.as_bytes()])?;
        Ok(())
    }
}
