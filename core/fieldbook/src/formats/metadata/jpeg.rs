//! JPEG (ITU T.81): markers and their segments up to the end of the first picture.
//!
//! Kept are the tables, the frame, the scans, and two application segments: JFIF, without its thumbnail, and Adobe's, which
//! says what the colours are. Of Exif only which side is up stays, written anew. What stands behind the end of the picture,
//! where phones put a second picture with a place of its own, goes.

use super::{be16, be32};

const PREFIX: u8 = 0xff;
const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const JFIF: u8 = 0xe0;
const EXIF: u8 = 0xe1;
const ADOBE: u8 = 0xee;

/// The file without metadata; none if it is not whole.
pub(super) fn strip(file: &[u8]) -> Option<Vec<u8>> {
    let mut kept = vec![PREFIX, START];
    let (mut rest, mut orientation) = (file.get(2..)?, None);
    loop {
        let (marker, behind) = next_marker(rest)?;
        if marker == END {
            kept.extend_from_slice(&[PREFIX, END]);
            return Some(kept);
        }
        let length = usize::from(be16(behind, 0)?);
        let segment = behind.get(..length).filter(|segment| segment.len() >= 2)?;
        let content = segment.get(2..)?;
        rest = behind.get(length..)?;
        match marker {
            JFIF if content.starts_with(b"JFIF\0") => {
                put(&mut kept, marker, &[content.get(..12)?, &[0, 0]].concat());
            }
            ADOBE if content.starts_with(b"Adobe") => put(&mut kept, marker, content.get(..12)?),
            EXIF if content.starts_with(b"Exif\0\0") && orientation.is_none() => {
                orientation = content.get(6..).and_then(read_orientation);
                if let Some(orientation) = orientation {
                    put(&mut kept, EXIF, &exif_of(orientation));
                }
            }
            // Tables and frames; from 0xe0 on it is what applications add, and remarks.
            0xc0..=0xcf | 0xdb | 0xdc | 0xdd | 0xde | 0xdf => put(&mut kept, marker, content),
            SCAN => {
                put(&mut kept, marker, content);
                let length = scan_bytes(rest)?;
                kept.extend_from_slice(rest.get(..length)?);
                rest = rest.get(length..)?;
            }
            _ => {}
        }
    }
}

fn put(kept: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    kept.extend_from_slice(&[PREFIX, marker]);
    kept.extend_from_slice(&length.to_be_bytes());
    kept.extend_from_slice(content);
}

/// The next marker that has a segment, or the end, and what stands behind it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let fill = bytes.iter().take_while(|byte| **byte == PREFIX).count();
    let marker = *bytes.get(fill)?;
    let is_marker = fill > 0 && !matches!(marker, 0 | START);
    is_marker.then_some((marker, bytes.get(fill + 1..)?))
}

/// How many bytes of a scan there are before the next marker that is not its own.
fn scan_bytes(bytes: &[u8]) -> Option<usize> {
    let is_own = |byte: u8| matches!(byte, 0 | 0xd0..=0xd7);
    bytes
        .windows(2)
        .position(|pair| matches!(pair, [PREFIX, next] if !is_own(*next)))
}

/// Which side is up, if the first directory of an Exif block says so (TIFF 6.0, tag 0x0112).
fn read_orientation(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.first_chunk()? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at| be16(tiff, at).map(|value| if is_little { value.swap_bytes() } else { value });
    let long = |at| be32(tiff, at).map(|value| if is_little { value.swap_bytes() } else { value });
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = 0..usize::from(short(directory)?);
    let entry = entries
        .map(|number| directory + 2 + 12 * number)
        .find(|entry| short(*entry) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok().filter(|side| (1..=8).contains(side))
}

/// An Exif block that says which side is up and nothing else.
fn exif_of(orientation: u8) -> [u8; 32] {
    let mut exif = *b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(side) = exif.get_mut(25) {
        *side = orientation;
    }
    exif
}
