//! A CSV: which bytes mean which letters, what separates its fields, and in which row a record stands.
//!
//! Promises UTF-8, UTF-16 behind its mark, and Windows-1251 for what is neither (the Kazakh letters which that encoding has
//! no place for were lost when it was written). Blank lines count as rows, as they do where the file is opened.
//!
//! Refuses what no text holds: control characters, and says in which line the first one is.

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::WINDOWS_1251;
use jasaq_model::sheet::{Address, Cell, Sheet};

use super::{Desk, SheetsRefused};
use crate::limits::DELIMITER_SAMPLE_RECORDS;

/// What separates fields, the likeliest first: spreadsheets in Kazakh and Russian write a semicolon.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// Stands in no text, so a record that holds it alone is the one we added.
const END: &str = "\u{1}";

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, SheetsRefused> {
    let mut text = decode(bytes)?;
    let delimiter = delimiter_of(&text);
    // Inside an open quotation the added record is swallowed, and so an open quotation is found.
    text.push('\n');
    text.push_str(END);
    let mut desk = Desk::default();
    let mut records = reader(&text, delimiter);
    let mut record = ByteRecord::new();
    let (mut row, mut begin) = (0_u32, 0_usize);
    loop {
        let has_read = records.read_byte_record(&mut record).map_err(|_| SheetsRefused::NotSheets)?;
        row = row.saturating_add(blank_lines(&text, begin));
        if record.iter().eq([END.as_bytes()]) {
            return Ok(desk.take(None));
        }
        let holds_end = record.iter().any(|field| field.ends_with(END.as_bytes()));
        if holds_end || !has_read {
            return Err(SheetsRefused::QuoteNotClosed { row });
        }
        put_record(&mut desk, row, &record)?;
        row = row.saturating_add(1);
        begin = usize::try_from(records.position().byte()).unwrap_or(usize::MAX);
    }
}

fn put_record(desk: &mut Desk, row: u32, record: &ByteRecord) -> Result<(), SheetsRefused> {
    for (column, field) in (0..).zip(record) {
        // Valid UTF-8 was cut at delimiters and quotes, which are ASCII.
        let text = std::str::from_utf8(field).map_err(|_| SheetsRefused::NotSheets)?;
        // Every spreadsheet takes it for a formula, so nobody has seen what stands in it.
        let is_formula = text.trim_start().starts_with('=');
        let cell = if is_formula { Cell::Formula } else { Cell::Text(text.to_owned()) };
        desk.put(Address { row, column }, cell)?;
    }
    Ok(())
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The blank lines in front of the record that begins here: the reader passes over them.
fn blank_lines(text: &str, begin: usize) -> u32 {
    let (before, after) = text.split_at_checked(begin).unwrap_or((text, ""));
    // The reader ends a record at the first of the two marks that Windows ends lines with.
    let after = if before.ends_with('\r') { after.strip_prefix('\n').unwrap_or(after) } else { after };
    let (mut lines, mut before) = (0, 0);
    for byte in after.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')) {
        lines += u32::from(!(byte == b'\n' && before == b'\r'));
        before = byte;
    }
    lines
}

fn decode(bytes: &[u8]) -> Result<String, SheetsRefused> {
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        encoding.decode_without_bom_handling_and_without_replacement(body)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Some(text.into())
    } else {
        WINDOWS_1251.decode_without_bom_handling_and_without_replacement(bytes)
    };
    let text = text.ok_or(SheetsRefused::NotSheets)?;
    let is_foreign = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    match text.find(is_foreign) {
        None => Ok(text.into_owned()),
        // Pictures and documents are full of zeros, and no lines of theirs are to be mended.
        Some(_) if text.contains('\0') => Err(SheetsRefused::NotSheets),
        Some(at) => {
            let before = text.get(..at).unwrap_or_default();
            Err(SheetsRefused::ControlCharacter { line: before.split('\n').count() })
        }
    }
}

/// The delimiter by which most of the first records have equally many fields, and more than one.
fn delimiter_of(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let sample = reader(text, delimiter)
            .into_byte_records()
            .take(DELIMITER_SAMPLE_RECORDS)
            .filter_map(Result::ok);
        let lengths: Vec<usize> = sample.map(|record| record.len()).collect();
        let alike = |length: usize| lengths.iter().filter(|other| **other == length).count();
        lengths
            .iter()
            .map(|length| alike(*length) * length.saturating_sub(1))
            .max()
            .unwrap_or_default()
    };
    // The last of equals is taken, so the likeliest has to come last.
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter));
    best.unwrap_or(b';')
}
