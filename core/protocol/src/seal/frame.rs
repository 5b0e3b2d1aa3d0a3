//! A zstd frame (RFC 8878) as far as its own words go: that it is one, whole, and asks for nothing unusual.
//!
//! Decoders differ in what they forgive: some read a block that is longer than its frame allows, some read two frames as
//! one, some have no room for a large window. Refused here, none of it is read by one device and not by another.

use crate::bytes::{Malformed, Reader};

/// The largest window that every decoder has, in bytes.
const WINDOW_MAX: u64 = 8 << 20;
/// The longest block of any frame, in bytes (§3.1.1.2.4).
const BLOCK_MAX: u64 = 128 << 10;

/// Checks a frame without its magic number: its window, its blocks, and that it ends where the bytes do.
pub(super) fn check_frame(body: &[u8]) -> Result<(), Malformed> {
    const SINGLE_SEGMENT: u8 = 1 << 5;
    const CHECKSUM: u8 = 1 << 2;
    let mut reader = Reader::new(body);
    let descriptor = reader.u8()?;
    let is_single = descriptor & SINGLE_SEGMENT != 0;
    let window = if is_single { None } else { Some(read_window(&mut reader)?) };
    reader.raw([0, 1, 2, 4].get(usize::from(descriptor & 3)).copied().unwrap_or_default())?;
    let size = read_content_size(&mut reader, descriptor >> 6, is_single)?;
    check_blocks(&mut reader, window.unwrap_or(size).min(BLOCK_MAX))?;
    reader.raw(if descriptor & CHECKSUM == 0 { 0 } else { 4 })?;
    reader.finish()
}

/// §3.1.1.1.2: a power of two and eighths of it.
fn read_window(reader: &mut Reader<'_>) -> Result<u64, Malformed> {
    let byte = reader.u8()?;
    let base = 1_u64 << (10 + (byte >> 3));
    let window = base + base / 8 * u64::from(byte & 7);
    if window <= WINDOW_MAX { Ok(window) } else { Err(Malformed::Limit) }
}

/// §3.1.1.1.4: in 0, 1, 2, 4 or 8 bytes; two of them count from 256 on.
fn read_content_size(reader: &mut Reader<'_>, width: u8, is_single: bool) -> Result<u64, Malformed> {
    match width {
        0 => read_little(reader, usize::from(is_single)),
        1 => Ok(read_little(reader, 2)? + 256),
        2 => read_little(reader, 4),
        _ => read_little(reader, 8),
    }
}

fn check_blocks(reader: &mut Reader<'_>, most: u64) -> Result<(), Malformed> {
    const REPEATED: u64 = 1;
    loop {
        let head = read_little(reader, 3)?;
        let (is_last, sort, length) = (head & 1 == 1, head >> 1 & 3, head >> 3);
        if length > most {
            return Err(Malformed::Limit);
        }
        let kept =
            if sort == REPEATED { 1 } else { usize::try_from(length).map_err(|_| Malformed::Limit)? };
        reader.raw(kept)?;
        if is_last {
            return Ok(());
        }
    }
}

/// A number with its least byte first, as zstd writes them.
fn read_little(reader: &mut Reader<'_>, bytes: usize) -> Result<u64, Malformed> {
    Ok(reader
        .raw(bytes)?
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
