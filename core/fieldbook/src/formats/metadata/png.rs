//! PNG (RFC 2083 and its third edition): chunks, of which those that make the picture are copied whole.

use super::be32;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The picture, its colours and its transparency. No text, no time, no Exif, no profile with a maker's name.
const KEPT: [&[u8; 4]; 12] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"acTL", b"fcTL",
    b"fdAT",
];

/// The file without metadata; none if it is not whole.
pub(super) fn strip(file: &[u8]) -> Option<Vec<u8>> {
    let (mut kept, mut rest) = (SIGNATURE.to_vec(), file.get(SIGNATURE.len()..)?);
    loop {
        let length = usize::try_from(be32(rest, 0)?).ok()?.checked_add(12)?;
        let (chunk, behind) = rest.split_at_checked(length)?;
        let kind = chunk.get(4..8)?.first_chunk()?;
        if KEPT.contains(&kind) {
            kept.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(kept);
        }
        rest = behind;
    }
}
