//! The letters of a file, whatever it was encoded in.
//!
//! Promises that a file is read as it says itself: by its byte order mark, by the two bytes a letter of UTF-16, by the
//! encoding its first line declares; what says nothing, or something nobody knows, is UTF-8. What cannot be read even so
//! becomes `�`, and that is told.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Of a file's first line, where an encoding is declared.
const DECLARATION_BYTES_MAX: usize = 256;

/// The text of a file, and whether some of its letters could not be read.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let (text, _, unreadable) = encoding_of(bytes).decode(bytes);
    (text, unreadable)
}

/// What `decode` begins with; a byte order mark overrules it there.
fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        // Other letters do not look like UTF-8 by chance: a declaration that says otherwise was copied along.
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => match declared(bytes).and_then(Encoding::for_label_no_replacement) {
            // Whoever declares two bytes a letter in a line of one byte a letter is wrong about it.
            Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => encoding,
            _ => UTF_8,
        },
    }
}

/// What stands in `<?xml … encoding="…"`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(DECLARATION_BYTES_MAX))?;
    let line = std::str::from_utf8(head.split(|byte| *byte == b'>').next()?).ok()?;
    let (_, rest) = line.trim_start().strip_prefix("<?xml")?.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    rest.get(1..)?.split(quote).next().map(str::as_bytes)
}
