//! One encoding of CBOR (RFC 8949): what is not the shortest form of what it says is refused before it is read.
//!
//! Whole and negative numbers, byte strings, texts, arrays, *false*, *true* and *null*, each with the shortest head and a
//! definite length, and no array that ends in *null*. Maps, tags, floating numbers and indefinite lengths are refused: a
//! newer program that needs them writes another version. What the items mean is not known here, so that it holds for kinds
//! and fields of a newer program too.

use crate::bytes::{Malformed, Reader};
use crate::limits::CBOR_DEPTH_MAX;

/// Checks that the bytes are one item in its only form, and nothing behind it.
pub(super) fn check_shortest(bytes: &[u8]) -> Result<(), Malformed> {
    let mut reader = Reader::new(bytes);
    check_item(&mut reader, CBOR_DEPTH_MAX)?;
    reader.finish()
}

/// Checks one item, and says whether it is *null*.
fn check_item(reader: &mut Reader<'_>, depth: usize) -> Result<bool, Malformed> {
    const NULL: u8 = 22;
    let depth = depth.checked_sub(1).ok_or(Malformed::Limit)?;
    let first = reader.u8()?;
    let (kind, short) = (first >> 5, first & 31);
    if kind == 7 {
        return if (20..=NULL).contains(&short) { Ok(short == NULL) } else { Err(Malformed::Value) };
    }
    let argument = argument(reader, short)?;
    let length = || usize::try_from(argument).map_err(|_| Malformed::TooShort);
    match kind {
        0 | 1 => {}
        2 => drop(reader.raw(length()?)?),
        3 => drop(std::str::from_utf8(reader.raw(length()?)?).map_err(|_| Malformed::Value)?),
        4 => {
            let mut is_null = false;
            // A count beyond the bytes ends where they end.
            for _ in 0..argument {
                is_null = check_item(reader, depth)?;
            }
            if is_null {
                return Err(Malformed::Value);
            }
        }
        _ => return Err(Malformed::Value),
    }
    Ok(false)
}

/// The number in an item's head, which must not have had room in a shorter one.
fn argument(reader: &mut Reader<'_>, short: u8) -> Result<u64, Malformed> {
    let (argument, least) = match short {
        0..=23 => return Ok(u64::from(short)),
        24 => (u64::from(reader.u8()?), 24),
        25 => (u64::from(reader.u16()?), 1 << 8),
        26 => (u64::from(u32::from_be_bytes(reader.array()?)), 1 << 16),
        27 => (reader.u64()?, 1 << 32),
        _ => return Err(Malformed::Value),
    };
    if argument < least { Err(Malformed::Value) } else { Ok(argument) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shortest_form_of_an_item_is_one() {
        let good: [&[u8]; 6] =
            [&[0], &[0x18, 24], &[0x19, 1, 0], &[0x42, 1, 2], &[0x62, 0xd2, 0xb1], &[0x82, 0xf6, 0x81, 0x20]];
        for bytes in good {
            assert_eq!(check_shortest(bytes), Ok(()), "{bytes:02x?}");
        }
        let bad: [(&[u8], Malformed); 13] = [
            (&[0x18, 23], Malformed::Value),
            (&[0x19, 0, 255], Malformed::Value),
            (&[0x1a, 0, 0, 255, 255], Malformed::Value),
            (&[0x1b, 0, 0, 0, 0, 255, 255, 255, 255], Malformed::Value),
            (&[0x9f, 0, 0xff], Malformed::Value),
            (&[0x5f, 0x41, 1, 0xff], Malformed::Value),
            (&[0x62, 0xd2, 0x20], Malformed::Value),
            (&[0xa0], Malformed::Value),
            (&[0xf7], Malformed::Value),
            (&[0xf9, 0, 0], Malformed::Value),
            (&[0x82, 0, 0xf6], Malformed::Value),
            (&[0, 0], Malformed::TooLong),
            (&[0x82, 0], Malformed::TooShort),
        ];
        for (bytes, refused) in bad {
            assert_eq!(check_shortest(bytes), Err(refused), "{bytes:02x?}");
        }
        assert_eq!(check_shortest(&[0x9b, 255, 255, 255, 255, 255, 255, 255, 255]), Err(Malformed::TooShort));
        assert_eq!(check_shortest(&[0x81; 9]), Err(Malformed::Limit));
    }
}
