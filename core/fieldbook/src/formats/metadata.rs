//! What a photo or a voice note tells beside what is to be seen or heard: where it was made, when, with which device, and a
//! second small picture of it. It is taken out before anything is sealed.
//!
//! Promises: only what is needed to show or play it is copied, known piece by known piece, so that what a maker invents
//! tomorrow is left out too; pictures and sounds themselves are not changed by a bit; a photo keeps which side is up.
//! Refuses: formats of which it does not know every piece, and files that are not what they begin as. Whoever wants these,
//! or wants the place kept, says so, and the statement says that he did.

mod jpeg;
mod mp4;
mod ogg;
mod png;
mod webp;

use std::borrow::Cow;

use jasaq_model::attachment::MediaType;

/// Why metadata were not taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MetadataRefused {
    /// A format whose metadata this program cannot tell from the rest.
    #[error("metadata of this format cannot be taken out")]
    Format,
    /// The file begins as one of its format and does not go on as one.
    #[error("the file is damaged")]
    Damaged,
}

/// What a file is, by how it begins: names may say anything.
#[must_use]
pub fn media_of(file: &[u8]) -> MediaType {
    let brand = file.get(8..12).unwrap_or_default();
    match file {
        [0xff, 0xd8, 0xff, ..] => MediaType::Jpeg,
        _ if file.starts_with(png::SIGNATURE) => MediaType::Png,
        _ if file.starts_with(b"RIFF") && brand == b"WEBP" => MediaType::Webp,
        _ if file.get(4..8) == Some(b"ftyp") => match brand {
            b"M4A " | b"M4B " => MediaType::M4a,
            b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" | b"avif" => MediaType::Heic,
            _ => MediaType::Mp4,
        },
        _ if file.starts_with(b"OggS") => MediaType::Ogg,
        _ if file.starts_with(b"%PDF-") => MediaType::Pdf,
        _ => MediaType::Other,
    }
}

/// The same file without its metadata.
pub fn strip_metadata(file: &[u8]) -> Result<Cow<'_, [u8]>, MetadataRefused> {
    let stripped = match media_of(file) {
        MediaType::Jpeg => jpeg::strip(file),
        MediaType::Png => png::strip(file),
        MediaType::Webp => webp::strip(file),
        MediaType::Mp4 | MediaType::M4a => return mp4::strip(file).map(Cow::Owned),
        MediaType::Ogg => return ogg::strip(file).map(Cow::Owned),
        MediaType::Heic | MediaType::Pdf | MediaType::Other => return Err(MetadataRefused::Format),
    };
    stripped.map(Cow::Owned).ok_or(MetadataRefused::Damaged)
}

/// Four bytes as a number, the largest first.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four))
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_be_bytes(*two))
}

#[cfg(test)]
mod tests;
