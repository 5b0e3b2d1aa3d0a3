//! MP4 and M4A (ISO/IEC 14496-12): boxes within boxes. What is not needed to play is overwritten where it stands, since
//! other boxes say at which byte of the file the samples are.
//!
//! A track that is neither picture nor sound may carry places sample by sample, among the samples: such a film is refused.

use super::{MetadataRefused, be32};

/// Boxes that hold boxes.
const OUTER: [&[u8; 4]; 10] =
    [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"];

/// Boxes that are needed to play.
const KEPT: [&[u8; 4]; 31] = [
    b"ftyp", b"styp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"dref", b"elst",
    b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sdtp",
    b"sgpd", b"sbgp", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun", b"sidx",
];

/// Boxes that say when the film was made, behind their version and flags.
const TIMED: [&[u8; 4]; 3] = [b"mvhd", b"tkhd", b"mdhd"];

const HEAD_BYTES: usize = 8;

/// The file without metadata.
pub(super) fn strip(file: &[u8]) -> Result<Vec<u8>, MetadataRefused> {
    let mut stripped = file.to_vec();
    strip_boxes(&mut stripped)?;
    Ok(stripped)
}

fn strip_boxes(mut rest: &mut [u8]) -> Result<(), MetadataRefused> {
    while !rest.is_empty() {
        let (head, length) = measure(rest).ok_or(MetadataRefused::Damaged)?;
        let (whole, behind) = rest.split_at_mut_checked(length).ok_or(MetadataRefused::Damaged)?;
        let kind = whole.get(4..).and_then(|kind| kind.first_chunk::<4>().copied());
        let kind = kind.ok_or(MetadataRefused::Damaged)?;
        let (head, content) = whole.split_at_mut_checked(head).ok_or(MetadataRefused::Damaged)?;
        if OUTER.contains(&&kind) {
            strip_boxes(content)?;
        } else if KEPT.contains(&&kind) {
            strip_content(kind, content)?;
        } else {
            content.fill(0);
            head.get_mut(4..HEAD_BYTES)
                .ok_or(MetadataRefused::Damaged)?
                .copy_from_slice(b"free");
        }
        rest = behind;
    }
    Ok(())
}

/// Bytes of a box's head and of the whole box. The last may say that it goes to the end.
fn measure(bytes: &[u8]) -> Option<(usize, usize)> {
    let (head, length) = match be32(bytes, 0)? {
        0 => (HEAD_BYTES, bytes.len()),
        1 => {
            let [high, low] = [be32(bytes, 8)?, be32(bytes, 12)?];
            (16, usize::try_from(u64::from(high) << 32 | u64::from(low)).ok()?)
        }
        length => (HEAD_BYTES, usize::try_from(length).ok()?),
    };
    (length >= head).then_some((head, length))
}

fn strip_content(kind: [u8; 4], content: &mut [u8]) -> Result<(), MetadataRefused> {
    if TIMED.contains(&&kind) {
        let width = if content.first() == Some(&1) { 16 } else { 8 };
        content.get_mut(4..4 + width).ok_or(MetadataRefused::Damaged)?.fill(0);
    }
    if &kind == b"hdlr" {
        let of = content.get(8..12).ok_or(MetadataRefused::Damaged)?;
        if of != b"vide" && of != b"soun" {
            return Err(MetadataRefused::Format);
        }
        // A name of the program that wrote the track.
        content.get_mut(24..).unwrap_or_default().fill(0);
    }
    Ok(())
}
