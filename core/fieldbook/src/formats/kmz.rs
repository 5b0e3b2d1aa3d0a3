//! KMZ: a KML file in a zip archive, in and out.
//!
//! Promises that of an archive one file is read, `doc.kml` or else the first that ends so, in memory, and what stands in it before
//! the archive is damaged; that pictures beside it are passed over; and that no name in an archive decides anything else.
//!
//! Refuses archives with more entries than a track's file has, before any is looked at; what unpacks to more than the limit, whatever
//! the archive says of itself; and the long form (ZIP64), which no file of this size needs.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::export::Export;
use super::imported::{ImportRefused, ImportedTracks};
use super::kml_in::read_kml;
use super::kml_out::write_kml;
use super::{IMPORT_BYTES_MAX, ImportFormat, KMZ_ENTRIES_MAX};

const MAIN_FILE: &str = "doc.kml";
const ENDING: &[u8] = b".kml";

/// How the end of an archive begins, and how the end of a long one is announced.
const END: &[u8; 4] = b"PK\x05\x06";
const LONG_END: &[u8; 4] = b"PK\x06\x07";
/// Where the number of entries stands in the end.
const COUNT_AT: usize = 8;
/// The end, with the longest comment behind it and what announces a long one before it.
const END_BYTES_MAX: usize = 22 + 65_535 + 20;

/// Writes a patrol's entries, named places and tracks.
#[must_use]
#[expect(clippy::expect_used, reason = "a Vec takes every byte, and 4 GiB of tracks are none")]
pub fn write_kmz(export: &Export<'_>) -> Vec<u8> {
    let kml = write_kml(export);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let started = archive.start_file(MAIN_FILE, options);
    let written = started.and_then(|()| Ok(archive.write_all(&kml)?));
    let finished = written.and_then(|()| archive.finish());
    finished.expect("writing into memory does not fail").into_inner()
}

/// Reads a file.
pub fn read_kmz(bytes: &[u8]) -> Result<ImportedTracks, ImportRefused> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportRefused::TooLarge { bytes: bytes.len() });
    }
    if !bytes.starts_with(b"PK") {
        return Err(ImportRefused::OtherFormat(ImportFormat::Kmz));
    }
    check_end(bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportRefused::Archive)?;
    let index = main_file(&archive).ok_or(ImportRefused::Archive)?;
    let file = archive.by_index(index).map_err(|_| ImportRefused::Archive)?;
    let mut kml = Vec::new();
    let unpacked = file.take(IMPORT_BYTES_MAX as u64 + 1).read_to_end(&mut kml);
    if kml.len() > IMPORT_BYTES_MAX {
        return Err(ImportRefused::UnpacksTooLarge);
    }
    let mut imported = read_kml(&kml)?;
    imported.report.breaks_off |= unpacked.is_err();
    Ok(imported)
}

/// Looks at how many entries the archive says it has, as whoever opens it makes room for so many.
fn check_end(bytes: &[u8]) -> Result<(), ImportRefused> {
    let tail = bytes.get(bytes.len().saturating_sub(END_BYTES_MAX)..).unwrap_or_default();
    for (at, window) in tail.windows(END.len()).enumerate() {
        if window == LONG_END {
            return Err(ImportRefused::Archive);
        }
        let count = tail.get(at + COUNT_AT..).and_then(|rest| rest.first_chunk::<2>());
        let count = count.map_or(0, |count| u16::from_le_bytes(*count));
        if window == END && usize::from(count) > KMZ_ENTRIES_MAX {
            return Err(ImportRefused::TooManyEntries);
        }
    }
    Ok(())
}

fn main_file(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<usize> {
    let names: Vec<Vec<u8>> = archive.file_names_raw().map(<[u8]>::to_ascii_lowercase).collect();
    let main = names.iter().position(|name| name == MAIN_FILE.as_bytes());
    main.or_else(|| names.iter().position(|name| name.ends_with(ENDING)))
}
