//! Reading columns: ids out of blobs, numbers out of integers. What does not fit is a damaged vault, not a panic.

use jasaq_protocol::ids::Sequence;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Row};

/// A blob column as an id of the protocol.
pub(super) fn id<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: for<'a> TryFrom<&'a [u8]>,
{
    row.get_ref(column)?
        .as_blob()
        .ok()
        .and_then(|bytes| T::try_from(bytes).ok())
        .ok_or_else(|| damaged(column))
}

/// An integer column as a place in a journal.
pub(super) fn sequence(row: &Row<'_>, column: usize) -> rusqlite::Result<Sequence> {
    let number = u64::try_from(row.get::<_, i64>(column)?).map_err(|_| damaged(column))?;
    Sequence::new(number).map_err(|_| damaged(column))
}

/// A place in a journal as an integer column. Sequences are bounded by `i64::MAX`.
pub(super) fn number(sequence: Sequence) -> i64 {
    i64::try_from(sequence.number()).unwrap_or(i64::MAX)
}

/// Whether a table is there. A vault of an earlier schema, on a disk that lets nobody upgrade it, is read as it is.
pub(super) fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)")?;
    statement.query_row([name], |row| row.get(0))
}

pub(super) fn damaged(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(FromSqlError::InvalidType))
}
