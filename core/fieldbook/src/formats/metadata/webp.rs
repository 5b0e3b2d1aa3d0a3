//! WebP (RFC 9649): chunks of a RIFF file, of which those that make the picture are copied whole.

const KEPT: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];

/// Bits of the extended header that say that Exif, XMP and a colour profile follow.
const METADATA_BITS: u8 = 0b0010_1100;

/// The file without metadata; none if it is not whole.
pub(super) fn strip(file: &[u8]) -> Option<Vec<u8>> {
    let end = usize::try_from(le32(file, 4)?).ok()?.checked_add(8)?;
    let mut rest = file.get(12..end)?;
    let mut kept = b"RIFF\0\0\0\0WEBP".to_vec();
    while !rest.is_empty() {
        let length = usize::try_from(le32(rest, 4)?).ok()?.checked_add(8)?;
        let padded = length.checked_add(length % 2)?.min(rest.len());
        let (chunk, behind) = rest.split_at_checked(padded).filter(|_| length <= rest.len())?;
        let kind = chunk.first_chunk()?;
        if KEPT.contains(&kind) {
            let start = kept.len();
            kept.extend_from_slice(chunk);
            if kind == b"VP8X" {
                *kept.get_mut(start + 8)? &= !METADATA_BITS;
            }
        }
        rest = behind;
    }
    let length = u32::try_from(kept.len() - 8).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(kept)
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    super::be32(bytes, at).map(u32::swap_bytes)
}
