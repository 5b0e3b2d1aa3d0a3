//! Deleting what is stored of a closed space, some envelopes at a time.
//!
//! Promises: after each step every row that repeats what envelopes say (of journals, of signers, the space's sum) says what
//! the envelopes that are left say; what is left of a journal is its beginning. Nothing else in the relay deletes an envelope.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::SpaceId;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::rows::load_space;
use super::{StorageError, has_table};

/// The spaces that are being dropped. In files of an earlier schema there are none.
pub(crate) fn load_dropping(connection: &Connection) -> Result<BTreeSet<SpaceId>, StorageError> {
    if !has_table(connection, "dropping")? {
        return Ok(BTreeSet::new());
    }
    let mut statement =
        connection.prepare("SELECT spaces.space FROM dropping JOIN spaces ON spaces.id = dropping.space")?;
    let spaces = statement.query_map([], |row| Ok(SpaceId::from_bytes(row.get(0)?)))?;
    Ok(spaces.collect::<Result<_, _>>()?)
}

/// Deletes at most so many envelopes of a space. Says whether nothing is left of it.
pub(crate) fn drop_envelopes(
    transaction: &Transaction<'_>,
    space: &SpaceId,
    most: usize,
) -> Result<bool, StorageError> {
    let Some(row) = load_space(transaction, space)? else { return Ok(true) };
    transaction.execute("INSERT OR IGNORE INTO dropping (space) VALUES (?1)", [row.id])?;
    let last = Last::load(transaction, row.id, most)?;
    transaction
        .execute("DELETE FROM envelopes WHERE space = ?1 AND number >= ?2", params![row.id, last.lowest])?;
    for journal in &last.journals {
        set_back(transaction, *journal)?;
    }
    let mut bytes = 0;
    for (signer, of_signer) in &last.signers {
        transaction.execute(
            "UPDATE signers SET envelopes = envelopes - ?2, bytes = bytes - ?3 WHERE id = ?1",
            params![signer, of_signer.envelopes, of_signer.bytes],
        )?;
        transaction.execute("DELETE FROM signers WHERE id = ?1 AND envelopes = 0", [signer])?;
        bytes += of_signer.bytes;
    }
    transaction.execute("UPDATE spaces SET bytes = bytes - ?2 WHERE id = ?1", params![row.id, bytes])?;
    let left: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM envelopes WHERE space = ?1)",
        [row.id],
        |found| found.get(0),
    )?;
    if !left {
        transaction.execute("DELETE FROM dropping WHERE space = ?1", [row.id])?;
        transaction.execute("DELETE FROM spaces WHERE id = ?1", [row.id])?;
    }
    Ok(!left)
}

/// The last envelopes of a space: where they begin, and whose they are.
#[derive(Default)]
struct Last {
    lowest: i64,
    journals: BTreeSet<i64>,
    signers: BTreeMap<i64, OfSigner>,
}

#[derive(Default)]
struct OfSigner {
    envelopes: i64,
    bytes: i64,
}

impl Last {
    fn load(transaction: &Transaction<'_>, space: i64, most: usize) -> Result<Self, StorageError> {
        let mut statement = transaction.prepare_cached(
            "SELECT number, journals.id, journals.signer, length(wire)
             FROM envelopes JOIN journals ON journals.id = envelopes.journal
             WHERE envelopes.space = ?1 ORDER BY number DESC LIMIT ?2",
        )?;
        let mut rows = statement.query(params![space, i64::try_from(most).unwrap_or(i64::MAX)])?;
        let mut last = Self::default();
        while let Some(row) = rows.next()? {
            last.lowest = row.get(0)?;
            last.journals.insert(row.get(1)?);
            let of_signer = last.signers.entry(row.get(2)?).or_default();
            of_signer.envelopes += 1;
            of_signer.bytes += row.get::<_, i64>(3)?;
        }
        Ok(last)
    }
}

/// Sets a journal's row back to its last envelope, or deletes it if there is none.
fn set_back(transaction: &Transaction<'_>, journal: i64) -> Result<(), StorageError> {
    let mut statement = transaction.prepare_cached(
        "SELECT sequence, hash, number FROM envelopes WHERE journal = ?1 ORDER BY sequence DESC LIMIT 1",
    )?;
    let head = statement.query_row([journal], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?))
    });
    match head.optional()? {
        Some((sequence, hash, number)) => transaction.execute(
            "UPDATE journals SET head_sequence = ?2, head_hash = ?3, head_number = ?4 WHERE id = ?1",
            params![journal, sequence, hash, number],
        )?,
        None => transaction.execute("DELETE FROM journals WHERE id = ?1", [journal])?,
    };
    Ok(())
}
