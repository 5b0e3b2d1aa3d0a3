//! Tickets: what is remembered of a request until its answer has come whole.
//!
//! ```text
//! prepared, committed ──carried──► answer, minutes later, in pieces, twice ──whole──► forgotten
//!         └── newer ones prepared meanwhile: forgotten; the next contact brings what its answer would have brought
//! ```

use std::collections::BTreeMap;

use jasaq_protocol::ids::{RelayId, SpaceId};
use jasaq_protocol::sync::RunningHash;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::rows::{damaged, id};
use super::{Vault, VaultRefused};

/// How many requests may be under way at once. No clock decides how long: phones' clocks are wrong.
const TICKETS_MAX: u64 = 16;

/// Bytes of one space in the column `asked`.
const ASKED_BYTES: usize = SpaceId::LENGTH + 8 + 32;

/// From where a head asked in a space: the number there, and the running hash.
pub(crate) type Asked = BTreeMap<SpaceId, (u64, RunningHash)>;

/// What is remembered of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketRow {
    pub(crate) counter: u64,
    pub(crate) relay: RelayId,
    pub(crate) asked: Asked,
    pub(crate) bytes: u64,
    pub(crate) pushed: u64,
    pub(crate) is_question: bool,
    pub(crate) more: bool,
}

fn write_asked(asked: &Asked) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(asked.len() * ASKED_BYTES);
    for (space, (number, hash)) in asked {
        bytes.extend_from_slice(space.as_bytes());
        bytes.extend_from_slice(&number.to_be_bytes());
        bytes.extend_from_slice(hash.as_bytes());
    }
    bytes
}

fn read_asked(bytes: &[u8]) -> Option<Asked> {
    let (rows, rest) = bytes.as_chunks::<ASKED_BYTES>();
    let read = |row: &[u8; ASKED_BYTES]| {
        let (space, row) = row.split_first_chunk()?;
        let (number, hash) = row.split_first_chunk()?;
        let hash = RunningHash::from_bytes(hash.try_into().ok()?);
        Some((SpaceId::from_bytes(*space), (u64::from_be_bytes(*number), hash)))
    };
    rest.is_empty().then(|| rows.iter().map(read).collect())?
}

impl Vault {
    /// Remembers a request before it leaves. The oldest of too many is forgotten.
    pub(crate) fn keep_ticket(transaction: &Transaction<'_>, row: &TicketRow) -> Result<(), VaultRefused> {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO tickets (counter, relay, asked, bytes, pushed, is_question, more)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let TicketRow { counter, relay, asked, bytes, pushed, is_question, more } = row;
        let asked = write_asked(asked);
        insert.execute(params![counter, relay.as_bytes(), asked, bytes, pushed, is_question, more])?;
        let mut forget = transaction.prepare_cached(
            "DELETE FROM tickets
             WHERE counter NOT IN (SELECT counter FROM tickets ORDER BY counter DESC LIMIT ?1)",
        )?;
        forget.execute([TICKETS_MAX])?;
        Ok(())
    }

    /// What is remembered of the request with this counter, if its answer is still of use.
    pub(crate) fn ticket(connection: &Connection, counter: u64) -> Result<Option<TicketRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT relay, asked, bytes, pushed, is_question, more FROM tickets WHERE counter = ?1",
        )?;
        let row = statement.query_row([counter], |row| {
            let asked: Vec<u8> = row.get(1)?;
            Ok(TicketRow {
                counter,
                relay: id(row, 0)?,
                asked: read_asked(&asked).ok_or_else(|| damaged(1))?,
                bytes: row.get(2)?,
                pushed: row.get(3)?,
                is_question: row.get(4)?,
                more: row.get(5)?,
            })
        });
        Ok(row.optional()?)
    }

    /// The last request, if its answer has not come whole.
    pub(crate) fn unanswered(connection: &Connection) -> Result<Option<TicketRow>, VaultRefused> {
        Self::ticket(connection, Self::last_counter(connection)?)
    }

    /// The answer has come whole, or will not come.
    pub(crate) fn forget_ticket(transaction: &Transaction<'_>, counter: u64) -> Result<(), VaultRefused> {
        transaction.execute("DELETE FROM tickets WHERE counter = ?1", [counter])?;
        Ok(())
    }

    /// The relay has lost what it had stored: what it said before that is void.
    pub(crate) fn forget_tickets_before(
        transaction: &Transaction<'_>,
        counter: u64,
    ) -> Result<(), VaultRefused> {
        transaction.execute("DELETE FROM tickets WHERE counter < ?1", [counter])?;
        Ok(())
    }
}
