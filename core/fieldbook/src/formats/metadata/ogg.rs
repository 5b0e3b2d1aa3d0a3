//! Ogg with Opus (RFC 3533, RFC 7845), as voice notes are: the page with the remarks is written anew, without any.
//!
//! Refused are other contents, a second stream behind the first, and remarks of several pages, which hold pictures.

use super::MetadataRefused;

const HEAD_BYTES: usize = 27;
/// A page that begins a stream.
const BEGINS: u8 = 2;

/// Nobody's program, and no remarks.
const REMARKS: &[u8; 16] = b"OpusTags\0\0\0\0\0\0\0\0";

/// The file without metadata.
pub(super) fn strip(file: &[u8]) -> Result<Vec<u8>, MetadataRefused> {
    let (first, rest) = take_page(file).ok_or(MetadataRefused::Damaged)?;
    if !first.content.starts_with(b"OpusHead") {
        return Err(MetadataRefused::Format);
    }
    let (remarks, sound) = take_page(rest).ok_or(MetadataRefused::Damaged)?;
    let ends_here = remarks.sizes.last().is_some_and(|last| *last < 255)
        && remarks.sizes.iter().filter(|size| **size < 255).count() == 1;
    if !remarks.content.starts_with(b"OpusTags") || !ends_here {
        return Err(MetadataRefused::Format);
    }
    let mut behind = sound;
    while !behind.is_empty() {
        let (page, rest) = take_page(behind).ok_or(MetadataRefused::Damaged)?;
        if page.head.get(5).is_none_or(|flags| flags & BEGINS != 0) {
            return Err(MetadataRefused::Format);
        }
        behind = rest;
    }
    let head = remarks.head.split_last().map_or(&[][..], |(_, head)| head);
    let mut page = [head, &[1, 16], REMARKS].concat();
    sign(&mut page);
    let whole = first.head.len() + first.sizes.len() + first.content.len();
    let first = file.get(..whole).ok_or(MetadataRefused::Damaged)?;
    Ok([first, &page, sound].concat())
}

struct Page<'a> {
    head: &'a [u8],
    sizes: &'a [u8],
    content: &'a [u8],
}

fn take_page(bytes: &[u8]) -> Option<(Page<'_>, &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD_BYTES)?;
    let (sizes, rest) = rest.split_at_checked(usize::from(*head.last()?))?;
    let length = sizes.iter().map(|size| usize::from(*size)).sum();
    let (content, rest) = rest.split_at_checked(length)?;
    head.starts_with(b"OggS").then_some((Page { head, sizes, content }, rest))
}

/// Writes a page's checksum: a CRC of 32 bits over the page, in which its own place holds nothing.
fn sign(page: &mut [u8]) {
    let Some(place) = page.get_mut(22..26) else { return };
    place.fill(0);
    let sum = page.iter().fold(0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| {
            sum << 1 ^ if sum >> 31 == 1 { 0x04c1_1db7 } else { 0 }
        })
    });
    if let Some(place) = page.get_mut(22..26) {
        place.copy_from_slice(&sum.to_le_bytes());
    }
}
