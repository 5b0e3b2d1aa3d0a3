//! How one statement names others, and the few shapes that several kinds share.
//!
//! ```text
//! a cause  author (32 bytes) · said (its key)
//! causes   author (32 bytes), how long the key is (1 byte), key; of each, in this order and each once
//! ```

use super::fields::{Fields, needed};
use super::{StatementRefused, read_moment};
use crate::ids::{Author, StatementRef};
use crate::moment::Moment;
use crate::planning::Before;
use crate::register::Cause;

/// What replaces something says what, here.
pub(super) const BEFORE: &str = "before";

pub(super) fn put_cause(fields: &mut Fields, cause: &Cause) {
    fields.put_bytes("author", cause.author.as_bytes());
    fields.put_text("said", cause.key.as_str());
}

pub(super) fn read_cause(fields: &Fields) -> Result<Cause, StatementRefused> {
    Ok(Cause {
        author: needed("author", fields.id("author", Author::from_slice)?)?,
        key: needed("said", fields.reference("said")?)?,
    })
}

pub(super) fn put_causes(fields: &mut Fields, field: &'static str, causes: &Before) {
    let mut bytes = Vec::new();
    for Cause { author, key } in causes.iter() {
        bytes.extend_from_slice(author.as_bytes());
        // A key has at most 32 bytes.
        bytes.push(u8::try_from(key.as_str().len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(key.as_str().as_bytes());
    }
    fields.put_bytes_if(field, (!bytes.is_empty()).then_some(bytes.as_slice()));
}

/// In one order and each once: what says the same is written the same.
pub(super) fn read_causes(fields: &Fields, field: &'static str) -> Result<Before, StatementRefused> {
    let malformed = || StatementRefused::Malformed { field };
    let Some(mut rest) = fields.bytes(field)? else { return Ok(Before::default()) };
    let mut causes: Vec<Cause> = Vec::new();
    while !rest.is_empty() {
        let (author, behind) = rest.split_at_checked(Author::BYTES).ok_or_else(malformed)?;
        let (length, behind) = behind.split_first().ok_or_else(malformed)?;
        let (key, behind) = behind.split_at_checked(usize::from(*length)).ok_or_else(malformed)?;
        let key = std::str::from_utf8(key).map_err(|_| malformed())?;
        let refused = |refused| StatementRefused::Id { field, refused };
        let author = Author::from_slice(author).map_err(refused)?;
        causes.push(Cause { author, key: key.parse::<StatementRef>().map_err(refused)? });
        rest = behind;
    }
    if causes.is_empty() || !causes.is_sorted_by(|one, other| one < other) {
        return Err(malformed());
    }
    Ok(Before::new(causes)?)
}

pub(super) fn put_before(fields: &mut Fields, before: &Before) {
    put_causes(fields, BEFORE, before);
}

pub(super) fn read_before(fields: &Fields) -> Result<Before, StatementRefused> {
    read_causes(fields, BEFORE)
}

pub(super) fn put_moment(fields: &mut Fields, [time, offset]: [&'static str; 2], moment: Moment) {
    fields.put_int(time, moment.time().unix_ms());
    fields.put_int(offset, moment.offset_minutes().into());
}

/// A moment, where both of its fields stand; none, where neither does.
pub(super) fn read_moment_if(
    fields: &Fields,
    [time, offset]: [&'static str; 2],
) -> Result<Option<Moment>, StatementRefused> {
    match (fields.int(time)?, fields.int(offset)?) {
        (None, None) => Ok(None),
        (Some(unix_ms), Some(minutes)) => read_moment(unix_ms, minutes, offset).map(Some),
        (None, Some(_)) => Err(StatementRefused::Missing { field: time }),
        (Some(_), None) => Err(StatementRefused::Missing { field: offset }),
    }
}

pub(super) fn read_moment_needed(
    fields: &Fields,
    names: [&'static str; 2],
) -> Result<Moment, StatementRefused> {
    needed(names[0], read_moment_if(fields, names)?)
}
