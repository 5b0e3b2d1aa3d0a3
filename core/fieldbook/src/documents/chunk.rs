//! A look at the outside of a change before Automerge sees it.
//!
//! Automerge 0.12 trusts what it decodes: a column of six bytes can stand for 2⁶² operations, which it then counts one
//! by one; an actor or a counter out of range is a panic; a compressed chunk inflates without an end. So this walks the
//! columns first, in time linear in the bytes, and lets pass only those shapes that a statement can have. What it
//! refuses depends on nothing but the bytes, so every device refuses alike.
//!
//! ```text
//! magic 4 · checksum 4 · chunk type 1 · length · dependencies (count, 32 each) · actor (length, bytes) · seq · start op
//! time · message (length) · other actors (count) · columns (count, then specification and length of each) · their bytes
//! ```
//!
//! Numbers are LEB128. Whether the bytes are *Automerge's own* encoding is checked later, by encoding once more.

use jasaq_protocol::limits::CHANGE_BYTES_MAX;

use super::read::ChangeRefused;
use crate::limits::{COLUMNS_MAX, FIELD_KEY_BYTES_MAX, OPERATIONS_MAX};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const UNCOMPRESSED_CHANGE: u8 = 1;
const HASH_BYTES: usize = 32;

/// The columns that maps and scalars need, by Automerge's specification: column id × 16 + type of its values.
mod column {
    pub(super) const OBJECT_ACTOR: usize = 0x01;
    pub(super) const OBJECT_COUNTER: usize = 0x02;
    pub(super) const KEY: usize = 0x15;
    pub(super) const INSERT: usize = 0x34;
    pub(super) const ACTION: usize = 0x42;
    pub(super) const VALUE_SORT: usize = 0x56;
    pub(super) const VALUE: usize = 0x57;
    pub(super) const OVERWRITTEN: usize = 0x70;
}

/// Checks that decoding these bytes is safe and bounded.
pub(super) fn check_chunk(bytes: &[u8]) -> Result<(), ChangeRefused> {
    if bytes.len() > CHANGE_BYTES_MAX {
        return Err(ChangeRefused::TooLong { bytes: bytes.len() });
    }
    let mut rest = Unread(bytes);
    check_header(&mut rest)?;
    let columns = rest.number()?;
    if columns > COLUMNS_MAX {
        return Err(ChangeRefused::ForeignColumn);
    }
    let columns = (0..columns).map(|_| Ok((rest.number()?, rest.number()?)));
    for (column, length) in columns.collect::<Result<Vec<_>, ChangeRefused>>()? {
        check_column(column, rest.take(length)?)?;
    }
    if rest.0.is_empty() { Ok(()) } else { Err(ChangeRefused::Extra) }
}

fn check_header(rest: &mut Unread) -> Result<(), ChangeRefused> {
    if rest.take(MAGIC.len())? != MAGIC {
        return Err(ChangeRefused::NotAChange);
    }
    let _checksum = rest.take(4)?;
    if rest.take(1)? != [UNCOMPRESSED_CHANGE] || rest.number()? != rest.0.len() {
        return Err(ChangeRefused::NotAChange);
    }
    let dependencies = rest.number()?;
    if dependencies > 1 {
        return Err(ChangeRefused::Dependencies { count: dependencies });
    }
    rest.take(dependencies * HASH_BYTES)?;
    let actor_bytes = rest.number()?;
    rest.take(actor_bytes)?;
    let (_seq, _start_op) = (rest.number()?, rest.number()?);
    let (time, message_bytes, other_actors) = (rest.signed()?, rest.number()?, rest.number()?);
    if time != 0 || message_bytes != 0 {
        return Err(ChangeRefused::Extra);
    }
    if other_actors == 0 { Ok(()) } else { Err(ChangeRefused::ForeignActor) }
}

fn check_column(column: usize, bytes: &[u8]) -> Result<(), ChangeRefused> {
    match column {
        column::OBJECT_ACTOR => check_runs(bytes, |value| match value.number()? {
            0 => Ok(()),
            _ => Err(ChangeRefused::ForeignActor),
        }),
        column::OVERWRITTEN => check_runs(bytes, |value| match value.number()? {
            0 => Ok(()),
            _ => Err(ChangeRefused::Overwrites),
        }),
        column::KEY => check_runs(bytes, |value| {
            let key_bytes = value.number()?;
            if key_bytes > FIELD_KEY_BYTES_MAX {
                return Err(ChangeRefused::Key);
            }
            value.take(key_bytes).map(drop)
        }),
        column::OBJECT_COUNTER | column::ACTION | column::VALUE_SORT => {
            check_runs(bytes, |value| value.number().map(drop))
        }
        column::INSERT | column::VALUE => Ok(()),
        _ => Err(ChangeRefused::ForeignColumn),
    }
}

/// Walks the runs of a column: a positive count and one value, a negative count and as many values, or zero and a count
/// of rows without a value.
fn check_runs(
    bytes: &[u8],
    check_value: impl Fn(&mut Unread) -> Result<(), ChangeRefused>,
) -> Result<(), ChangeRefused> {
    let mut rest = Unread(bytes);
    let mut rows: u64 = 0;
    while !rest.0.is_empty() {
        let count = rest.signed()?;
        let (run, values) = match count {
            0 => (rest.number()? as u64, 0),
            1.. => (count.unsigned_abs(), 1),
            _ => (count.unsigned_abs(), count.unsigned_abs()),
        };
        rows = rows.saturating_add(run);
        if rows > OPERATIONS_MAX as u64 {
            return Err(ChangeRefused::TooManyOperations);
        }
        (0..values).try_for_each(|_| check_value(&mut rest))?;
    }
    Ok(())
}

/// Bytes that were not read yet.
struct Unread<'a>(&'a [u8]);

impl<'a> Unread<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ChangeRefused> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(ChangeRefused::Garbled)?;
        self.0 = rest;
        Ok(taken)
    }

    /// The bytes of one LEB128 number: at most five, since no number of a change needs more than 32 bits.
    fn leb128(&mut self) -> Result<&'a [u8], ChangeRefused> {
        let more = self.0.iter().take(5).take_while(|byte| **byte >= 0x80).count();
        if more == 5 { Err(ChangeRefused::Garbled) } else { self.take(more + 1) }
    }

    fn number(&mut self) -> Result<usize, ChangeRefused> {
        let value = self
            .leb128()?
            .iter()
            .rev()
            .fold(0_u64, |value, byte| value << 7 | u64::from(byte & 0x7f));
        u32::try_from(value)
            .map(|value| value as usize)
            .map_err(|_| ChangeRefused::Garbled)
    }

    fn signed(&mut self) -> Result<i64, ChangeRefused> {
        let bytes = self.leb128()?;
        let negative = bytes.last().is_some_and(|byte| byte & 0x40 != 0);
        let start = if negative { -1 } else { 0 };
        Ok(bytes
            .iter()
            .rev()
            .fold(start, |value: i64, byte| value << 7 | i64::from(byte & 0x7f)))
    }
}
