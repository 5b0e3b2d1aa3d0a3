//! What kind of file it is, told by its bytes, and whether a workbook may be unpacked at all.
//!
//! Promises that whoever unpacks a workbook that passed here gets no more bytes than [`UNPACKED_BYTES_MAX`]: every part was
//! unpacked once and counted, because what a container declares can be a lie. Refuses what would make the reader take more
//! memory than the parts have bytes: counts of shared texts that no part of that length can hold, as it makes room for so
//! many before it has seen one; and long or many formats, as each gets a copy of all that it names.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{OtherWorkbook, SheetsRefused};
use crate::limits::{FORMAT_BYTES_MAX, FORMATS_MAX, PARTS_MAX, UNPACKED_BYTES_MAX};

/// What is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A workbook that may be unpacked, and how many bytes its largest part has.
    Xlsx {
        /// Unpacked.
        largest_part_bytes: u64,
    },
    /// Something else that may be a text.
    Text,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
/// The container of Excel 97 to 2003, and of whatever Excel encrypts.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Tells by the first bytes; a container is then looked through.
pub(super) fn kind_of(bytes: &[u8]) -> Result<FileKind, SheetsRefused> {
    if bytes.is_empty() {
        Err(SheetsRefused::Empty)
    } else if bytes.starts_with(COMPOUND_FILE) {
        Err(refusal_of_compound(bytes))
    } else if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) {
        check_parts(bytes).map(|largest_part_bytes| FileKind::Xlsx { largest_part_bytes })
    } else {
        Ok(FileKind::Text)
    }
}

/// The directory of a compound file names its streams in UTF-16.
fn refusal_of_compound(bytes: &[u8]) -> SheetsRefused {
    let names = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if names("EncryptedPackage") {
        SheetsRefused::PasswordProtected
    } else if names("Workbook") || names("Book") {
        SheetsRefused::OtherWorkbook(OtherWorkbook::Xls)
    } else {
        SheetsRefused::NotSheets
    }
}

fn check_parts(bytes: &[u8]) -> Result<u64, SheetsRefused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetsRefused::Damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(SheetsRefused::TooManyParts { parts: archive.len() });
    }
    if archive
        .decompressed_size()
        .is_some_and(|declared| declared > u128::from(UNPACKED_BYTES_MAX))
    {
        return Err(SheetsRefused::UnpacksTooLarge);
    }
    check_is_xlsx(&mut archive)?;
    let (mut left, mut largest) = (UNPACKED_BYTES_MAX, 0);
    for index in 0..archive.len() {
        let part_bytes = unpacked_bytes(&mut archive, index, left)?;
        left = left.checked_sub(part_bytes).ok_or(SheetsRefused::UnpacksTooLarge)?;
        largest = largest.max(part_bytes);
        check_claims(&mut archive, index, part_bytes)?;
    }
    Ok(largest)
}

fn check_is_xlsx(archive: &mut Archive<'_>) -> Result<(), SheetsRefused> {
    let has = |archive: &Archive<'_>, name: &str| archive.index_for_name(name).is_some();
    if has(archive, "xl/workbook.bin") {
        return Err(SheetsRefused::OtherWorkbook(OtherWorkbook::Xlsb));
    }
    let names_workbook = |name: &[u8]| name.to_ascii_lowercase().ends_with(b"workbook.xml");
    if has(archive, "_rels/.rels") && archive.file_names_raw().any(names_workbook) {
        return Ok(());
    }
    let mut mimetype = Vec::new();
    if let Ok(part) = archive.by_name("mimetype") {
        part.take(128).read_to_end(&mut mimetype).map_err(|_| SheetsRefused::Damaged)?;
    }
    Err(if mimetype.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        SheetsRefused::OtherWorkbook(OtherWorkbook::Ods)
    } else {
        SheetsRefused::NotSheets
    })
}

/// How many bytes a part really has; unpacks one byte more than may be left and no further.
fn unpacked_bytes(archive: &mut Archive<'_>, index: usize, left: u64) -> Result<u64, SheetsRefused> {
    let part = archive.by_index(index).map_err(|_| SheetsRefused::Damaged)?;
    io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| SheetsRefused::Damaged)
}

/// Looks into the two parts whose contents the reader multiplies: the table of shared texts and the formats.
fn check_claims(archive: &mut Archive<'_>, index: usize, part_bytes: u64) -> Result<(), SheetsRefused> {
    let part = archive.by_index(index).map_err(|_| SheetsRefused::Damaged)?;
    let name = part.name_raw().to_ascii_lowercase();
    let (is_texts, is_formats) = (name.ends_with(b"sharedstrings.xml"), name.ends_with(b"styles.xml"));
    if !is_texts && !is_formats {
        return Ok(());
    }
    let mut xml = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    let mut formats = 0;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| SheetsRefused::Damaged)? {
            Event::Start(element) | Event::Empty(element) => {
                let is_head = matches!(element.local_name().as_ref(), "sst" | "styleSheet");
                formats += usize::from(is_formats && element.local_name().as_ref() == "xf");
                let admits = if is_texts {
                    // As many texts as bytes, and not one more.
                    !is_head || numbers_in(&element).all(|number| number <= part_bytes)
                } else {
                    is_head || element.attributes_raw().len() <= FORMAT_BYTES_MAX
                };
                if !admits || formats > FORMATS_MAX {
                    return Err(SheetsRefused::Damaged);
                }
                if is_texts && is_head {
                    return Ok(());
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Every number of an element, however its attributes are written: the counts are the only ones it has.
fn numbers_in(element: &BytesStart<'_>) -> impl Iterator<Item = u64> {
    let text = element.attributes_raw().to_owned();
    let pieces: Vec<String> = text.split(['"', '\'']).map(str::to_owned).collect();
    pieces.into_iter().filter_map(|piece| piece.trim().parse().ok())
}
