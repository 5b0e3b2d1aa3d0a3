//! Overwriting what was erased: in the rows, and in the log beside the file.

use std::time::Duration;

use jasaq_protocol::ids::Sequence;
use rusqlite::{Transaction, params};

use super::rows::JournalRow;
use super::{BUSY_TIMEOUT, Storage, StorageError};

/// Puts another form of the same envelope into the place of the one that is stored. Its number and hashes stay, and the sums
/// follow its length.
pub(crate) fn replace_wire(
    transaction: &Transaction<'_>,
    journal: &JournalRow,
    at: Sequence,
    wire: &[u8],
) -> Result<(), StorageError> {
    let sequence = at.number().cast_signed();
    let before: i64 = transaction
        .prepare_cached("SELECT length(wire) FROM envelopes WHERE journal = ?1 AND sequence = ?2")?
        .query_row(params![journal.id, sequence], |row| row.get(0))?;
    let grown = i64::try_from(wire.len()).unwrap_or(i64::MAX) - before;
    transaction
        .prepare_cached("UPDATE envelopes SET wire = ?3 WHERE journal = ?1 AND sequence = ?2")?
        .execute(params![journal.id, sequence, wire])?;
    for sum in [
        "UPDATE signers SET bytes = bytes + ?2 WHERE id = (SELECT signer FROM journals WHERE id = ?1)",
        "UPDATE spaces SET bytes = bytes + ?2 WHERE id = (SELECT space FROM journals WHERE id = ?1)",
    ] {
        transaction.prepare_cached(sum)?.execute(params![journal.id, grown])?;
    }
    Ok(())
}

impl Storage {
    /// Writes the log back into the file and cuts it to nothing: pages as they were before something was erased stand in it
    /// until they are written over. Says whether that was possible: not while another program reads the file, for which
    /// nobody is kept waiting.
    pub(crate) fn cut_log(&self) -> Result<bool, StorageError> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let cut = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        self.connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok(cut? == 0)
    }
}
