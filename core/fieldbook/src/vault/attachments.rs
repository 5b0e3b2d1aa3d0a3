//! Attachments: their sealed parts, how far each has come here and at the relay, and what is wanted.
//!
//! Promises: what is held of an attachment is its parts from the first on, without a gap; every row was proven before it was
//! stored. Statements say which attachments there are; rows here say what is held of them.

use jasaq_model::ids::StatementRef;
use jasaq_model::statement::Fields;
use jasaq_protocol::attachment::{AttachmentName, PartStanding, SealedAttachment};
use jasaq_protocol::ids::{DeviceId, DocumentId, RootHash, SpaceId};
use jasaq_protocol::limits::PART_BYTES;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::rows::{damaged, has_table, id};
use super::statements::fields_from_cbor;
use super::{Vault, VaultRefused};

/// How one attachment stands on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AttachmentState {
    /// Bytes held here, from the first on.
    pub(crate) held: u64,
    /// Steps that the relay signed it holds.
    pub(crate) at_relay: u64,
    /// What the relay last said of it.
    pub(crate) standing: PartStanding,
    /// Whether somebody here asked for it.
    pub(crate) is_wanted: bool,
    /// Whether it was erased.
    pub(crate) is_erased: bool,
}

impl AttachmentState {
    const UNKNOWN: Self =
        Self { held: 0, at_relay: 0, standing: PartStanding::Open, is_wanted: false, is_erased: false };
}

/// A part, as far as it is held.
#[derive(Debug)]
pub(crate) struct PartRow {
    pub(crate) proof: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

/// A statement about an attachment that counts.
#[derive(Debug)]
pub(crate) struct AttachmentStatement {
    pub(crate) space: SpaceId,
    pub(crate) document: DocumentId,
    pub(crate) device: DeviceId,
    pub(crate) key: StatementRef,
    pub(crate) fields: Fields,
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    u64::try_from(row.get::<_, i64>(column)?).map_err(|_| damaged(column))
}

impl Vault {
    /// Statements of a kind that is about attachments, of all spaces, as they were kept.
    pub(crate) fn attachment_statements(
        connection: &Connection,
        kind: &str,
    ) -> Result<Vec<AttachmentStatement>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT space, document, device, key, fields FROM statements
             WHERE kind = ?1 AND standing = 0 AND kind NOT IN ('entry', 'track') ORDER BY happened_ms, row",
        )?;
        let rows = statement.query_map([kind], |row| {
            Ok(AttachmentStatement {
                space: id(row, 0)?,
                document: id(row, 1)?,
                device: id(row, 2)?,
                key: StatementRef::new(row.get::<_, String>(3)?).map_err(|_| damaged(3))?,
                fields: fields_from_cbor(row.get_ref(4)?.as_blob()?).ok_or_else(|| damaged(4))?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How an attachment stands here. A vault of an earlier schema, on a disk that lets nobody upgrade it, holds none.
    pub(crate) fn attachment(
        connection: &Connection,
        name: &AttachmentName,
    ) -> Result<AttachmentState, VaultRefused> {
        if !has_attachments(connection)? {
            return Ok(AttachmentState::UNKNOWN);
        }
        let at = params![name.root().as_bytes(), signed(name.bytes())];
        let mut held = connection.prepare_cached(
            "SELECT coalesce(sum(length(sealed)), 0) FROM parts WHERE root = ?1 AND bytes = ?2",
        )?;
        let held = held.query_row(at, |row| unsigned(row, 0))?;
        let mut state = connection.prepare_cached(
            "SELECT at_relay, standing, wanted FROM attachments WHERE root = ?1 AND bytes = ?2",
        )?;
        let is_erased = Self::is_erased_root(connection, name.root())?;
        let unknown = AttachmentState { held, is_erased, ..AttachmentState::UNKNOWN };
        let state = state.query_row(at, |row| {
            let (at_relay, standing) = (unsigned(row, 0)?, PartStanding::from_code(row.get(1)?));
            Ok(AttachmentState { at_relay, standing, is_wanted: row.get(2)?, ..unknown })
        });
        Ok(state.optional()?.unwrap_or(unknown))
    }

    /// Keeps an attachment that was sealed here, whole.
    pub(crate) fn keep_sealed(
        transaction: &Transaction<'_>,
        sealed: &SealedAttachment,
    ) -> Result<(), VaultRefused> {
        for part in &sealed.parts {
            let held = Self::attachment(transaction, &sealed.name)?.held;
            Self::append_steps(transaction, (&sealed.name, held), &part.proof, &part.bytes)?;
        }
        Ok(())
    }

    /// Adds bytes behind those that are held. They are of one part, and were proven to be.
    pub(crate) fn append_steps(
        transaction: &Transaction<'_>,
        (name, held): (&AttachmentName, u64),
        proof: &[u8],
        bytes: &[u8],
    ) -> Result<(), VaultRefused> {
        let mut append = transaction.prepare_cached(
            "INSERT INTO parts (root, bytes, part, proof, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (root, bytes, part) DO UPDATE SET sealed = CAST(sealed || excluded.sealed AS BLOB)",
        )?;
        let part = signed(held / PART_BYTES as u64);
        append.execute(params![name.root().as_bytes(), signed(name.bytes()), part, proof, bytes])?;
        Ok(())
    }

    /// A part, as far as it is held.
    pub(crate) fn part(
        connection: &Connection,
        name: &AttachmentName,
        part: u64,
    ) -> Result<Option<PartRow>, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT proof, sealed FROM parts WHERE root = ?1 AND bytes = ?2 AND part = ?3")?;
        let at = params![name.root().as_bytes(), signed(name.bytes()), signed(part)];
        let row = statement.query_row(at, |row| Ok(PartRow { proof: row.get(0)?, sealed: row.get(1)? }));
        Ok(row.optional()?)
    }

    /// Bytes of all parts that are held.
    pub(crate) fn attachment_bytes(connection: &Connection) -> Result<u64, VaultRefused> {
        if !has_attachments(connection)? {
            return Ok(0);
        }
        let mut statement =
            connection.prepare_cached("SELECT coalesce(sum(length(sealed)), 0) FROM parts")?;
        Ok(statement.query_row([], |row| unsigned(row, 0))?)
    }

    /// Keeps what the relay said of an attachment.
    pub(crate) fn note_part_answer(
        transaction: &Transaction<'_>,
        name: &AttachmentName,
        (standing, at_relay): (PartStanding, u64),
    ) -> Result<(), VaultRefused> {
        make_row(transaction, name)?;
        transaction
            .prepare_cached(
                "UPDATE attachments SET standing = ?3, at_relay = ?4 WHERE root = ?1 AND bytes = ?2",
            )?
            .execute(params![
                name.root().as_bytes(),
                signed(name.bytes()),
                standing.code(),
                signed(at_relay)
            ])?;
        Ok(())
    }

    /// Whatever a relay had: it may have lost it, or it is another one.
    pub(crate) fn forget_attachments_at_relay(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
        transaction.execute("UPDATE attachments SET at_relay = 0, standing = 0", [])?;
        Ok(())
    }

    /// Somebody here asks for an attachment, or no longer does.
    pub(crate) fn want_attachment(
        transaction: &Transaction<'_>,
        name: &AttachmentName,
        is_wanted: bool,
    ) -> Result<(), VaultRefused> {
        make_row(transaction, name)?;
        transaction
            .prepare_cached("UPDATE attachments SET wanted = ?3 WHERE root = ?1 AND bytes = ?2")?
            .execute(params![name.root().as_bytes(), signed(name.bytes()), is_wanted])?;
        Ok(())
    }

    /// Removes all parts of an attachment, of whatever length it was said to be, and takes none of it again.
    pub(crate) fn erase_attachment(
        transaction: &Transaction<'_>,
        root: &RootHash,
        now_ms: i64,
    ) -> Result<(), VaultRefused> {
        for statement in
            ["DELETE FROM parts WHERE root = ?1", "UPDATE attachments SET wanted = 0 WHERE root = ?1"]
        {
            transaction.execute(statement, [root.as_bytes()])?;
        }
        Self::note_erased(transaction, root.as_bytes(), now_ms)
    }

    /// Whether an attachment was erased. In a vault of an earlier schema, on a disk that lets nobody upgrade it, none can be shown
    /// to be.
    fn is_erased_root(connection: &Connection, root: &RootHash) -> Result<bool, VaultRefused> {
        if !has_table(connection, "erased")? {
            return Ok(false);
        }
        let mut statement =
            connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM erased WHERE what = ?1)")?;
        Ok(statement.query_row([root.as_bytes()], |row| row.get(0))?)
    }
}

fn make_row(transaction: &Transaction<'_>, name: &AttachmentName) -> Result<(), VaultRefused> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO attachments (root, bytes) VALUES (?1, ?2)")?
        .execute(params![name.root().as_bytes(), signed(name.bytes())])?;
    Ok(())
}

fn has_attachments(connection: &Connection) -> Result<bool, VaultRefused> {
    Ok(has_table(connection, "attachments")?)
}
