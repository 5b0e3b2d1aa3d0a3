//! The rows of attachments and their parts. Nothing here is checked: what is stored was proven before, step by step.

use jasaq_protocol::attachment::AttachmentName;
use jasaq_protocol::ids::{DeviceId, RootHash, SpaceId};
use jasaq_protocol::limits::PART_BYTES;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::{StorageError, count};

/// An attachment of a space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AttachmentRow {
    pub(crate) id: i64,
    pub(crate) name: AttachmentName,
    /// Bytes that are stored, from the first on.
    pub(crate) held: u64,
}

/// A part as far as it is stored.
#[derive(Debug)]
pub(crate) struct PartRow {
    pub(crate) proof: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An attachment, if any of it is stored.
pub(crate) fn load_attachment(
    connection: &Connection,
    (space, name): (&SpaceId, &AttachmentName),
) -> Result<Option<AttachmentRow>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT id, held FROM attachments WHERE space = ?1 AND root = ?2 AND bytes = ?3")?;
    let at = params![space.as_bytes(), name.root().as_bytes(), signed(name.bytes())];
    let row = statement
        .query_row(at, |row| Ok(AttachmentRow { id: row.get(0)?, name: *name, held: count(row.get(1)?) }));
    Ok(row.optional()?)
}

/// The same, with a row if there is none yet.
pub(crate) fn make_attachment(
    transaction: &Transaction<'_>,
    (space, name): (&SpaceId, &AttachmentName),
    device: &DeviceId,
) -> Result<AttachmentRow, StorageError> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO attachments (space, root, bytes, device, held) VALUES (?1, ?2, ?3, ?4, 0)",
        )?
        .execute(params![
            space.as_bytes(),
            name.root().as_bytes(),
            signed(name.bytes()),
            device.as_bytes()
        ])?;
    load_attachment(transaction, (space, name))?.ok_or(StorageError::Damaged("an attachment has no row"))
}

/// Adds bytes behind those that are held. They are of one part.
pub(crate) fn append_to_part(
    transaction: &Transaction<'_>,
    row: &mut AttachmentRow,
    proof: &[u8],
    bytes: &[u8],
) -> Result<(), StorageError> {
    let part = signed(row.held / PART_BYTES as u64);
    transaction
        .prepare_cached(
            "INSERT INTO parts (attachment, part, proof, bytes) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (attachment, part) DO UPDATE SET bytes = CAST(bytes || excluded.bytes AS BLOB)",
        )?
        .execute(params![row.id, part, proof, bytes])?;
    row.held += bytes.len() as u64;
    transaction
        .prepare_cached("UPDATE attachments SET held = ?2 WHERE id = ?1")?
        .execute(params![row.id, signed(row.held)])?;
    Ok(())
}

/// A part, as far as it is stored.
pub(crate) fn load_part(
    connection: &Connection,
    row: &AttachmentRow,
    part: u64,
) -> Result<Option<PartRow>, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT proof, bytes FROM parts WHERE attachment = ?1 AND part = ?2")?;
    let read = statement.query_row(params![row.id, signed(part)], |row| {
        Ok(PartRow { proof: row.get(0)?, bytes: row.get(1)? })
    });
    Ok(read.optional()?)
}

/// Bytes that are stored of the attachments of a space, and of those that a device began to bring.
pub(crate) fn load_attachment_sums(
    connection: &Connection,
    (space, device): (&SpaceId, &DeviceId),
) -> Result<(u64, u64), StorageError> {
    let ask = |query: &str, of: &[u8]| {
        connection.prepare_cached(query)?.query_row([of], |row| row.get(0)).map(count)
    };
    let of_space = "SELECT coalesce(sum(held), 0) FROM attachments WHERE space = ?1";
    let of_device = "SELECT coalesce(sum(held), 0) FROM attachments WHERE device = ?1";
    Ok((ask(of_space, space.as_bytes())?, ask(of_device, device.as_bytes())?))
}

/// Deletes at most so many parts of the attachments of a space: of all, or of those with one root. The last of each go first,
/// so that what is left of one is its beginning. Says how many it might still have deleted: if any, nothing is left.
pub(crate) fn drop_parts(
    transaction: &Transaction<'_>,
    (space, root): (&SpaceId, Option<&RootHash>),
    mut most: u64,
) -> Result<u64, StorageError> {
    while most > 0 {
        let Some((id, held)) = first_attachment(transaction, space, root)? else { break };
        let parts = held.div_ceil(PART_BYTES as u64);
        let kept = parts.saturating_sub(most);
        transaction
            .prepare_cached("DELETE FROM parts WHERE attachment = ?1 AND part >= ?2")?
            .execute(params![id, signed(kept)])?;
        if kept == 0 {
            transaction
                .prepare_cached("DELETE FROM attachments WHERE id = ?1")?
                .execute([id])?;
        } else {
            transaction
                .prepare_cached("UPDATE attachments SET held = ?2 WHERE id = ?1")?
                .execute(params![id, signed(kept * PART_BYTES as u64)])?;
        }
        // One that has no part yet takes time as well.
        most -= (parts - kept).max(1);
    }
    Ok(most)
}

fn first_attachment(
    connection: &Connection,
    space: &SpaceId,
    root: Option<&RootHash>,
) -> Result<Option<(i64, u64)>, StorageError> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, count(row.get(1)?)));
    let found = match root {
        Some(root) => connection
            .prepare_cached("SELECT id, held FROM attachments WHERE space = ?1 AND root = ?2 LIMIT 1")?
            .query_row(params![space.as_bytes(), root.as_bytes()], read),
        None => connection
            .prepare_cached("SELECT id, held FROM attachments WHERE space = ?1 LIMIT 1")?
            .query_row([space.as_bytes()], read),
    };
    Ok(found.optional()?)
}

/// Every attachment; none in a database of an earlier schema.
pub(crate) fn load_attachments(connection: &Connection) -> Result<Vec<AttachmentRow>, StorageError> {
    if !has_attachments(connection)? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare("SELECT id, root, bytes, held FROM attachments")?;
    let rows = statement.query_map([], |row| {
        let name = AttachmentName::new(RootHash::from_bytes(row.get(1)?), count(row.get(2)?));
        Ok((row.get(0)?, name, count(row.get(3)?)))
    })?;
    let damaged = |_| StorageError::Damaged("an attachment has a length that none can have");
    rows.map(|row| {
        let (id, name, held) = row?;
        Ok(AttachmentRow { id, name: name.map_err(damaged)?, held })
    })
    .collect()
}

/// Attachments and their bytes: none in a database of an earlier schema.
pub(super) fn load_attachment_stock(connection: &Connection) -> Result<(u64, u64), StorageError> {
    if !has_attachments(connection)? {
        return Ok((0, 0));
    }
    let mut statement =
        connection.prepare_cached("SELECT count(*), coalesce(sum(held), 0) FROM attachments")?;
    Ok(statement.query_row([], |row| Ok((count(row.get(0)?), count(row.get(1)?))))?)
}

fn has_attachments(connection: &Connection) -> Result<bool, StorageError> {
    let tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'attachments'";
    Ok(connection.query_row(tables, [], |row| row.get::<_, i64>(0))? > 0)
}
