//! Sheets out: what a screen shows, as XLSX or CSV, exactly as it is shown.
//!
//! Promises that a day is a day and a text a text in the spreadsheet that opens it, and that no text is run as a formula.
//! The same tables give the same bytes. A workbook carries one more sheet, which says what it is, by which filter, from
//! which version, of which time, and the SHA-256 of each table as [`write_csv`] with commas writes it.
//!
//! Refuses names that no spreadsheet takes, and tables beyond what one holds.

#[cfg(test)]
mod tests;
mod workbook;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use jasaq_model::moment::{Day, Moment};
use jasaq_model::sheet::Address;

pub use workbook::write_xlsx;

/// What stands in a cell that goes out.
#[derive(Clone, PartialEq, Eq)]
pub enum CellOut {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// How many.
    Count(u32),
    /// A day, as a real date.
    Day(Day),
    /// A number with so many digits behind the point: degrees, metres. Below nothing it is a number still, and no formula.
    Scaled(i64, u8),
}

/// Says its sort and not what it holds.
impl std::fmt::Debug for CellOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Text(_) => "Text(…)",
            Self::Count(_) => "Count(…)",
            Self::Day(_) => "Day(…)",
            Self::Scaled(..) => "Scaled(…)",
        })
    }
}

/// A column: what stands above it, and how wide it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// How many letters it shows.
    pub width_letters: u16,
}

/// One table; in a workbook one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableOut {
    /// What the sheet is called: at most 31 letters and none of `[]:*?/\`.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with as many cells as there are columns; missing ones are empty.
    pub rows: Vec<Vec<CellOut>>,
}

/// What the sheet beside the tables says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Legend {
    /// What was exported, in words.
    pub what: String,
    /// By which filter, in words.
    pub filter: String,
    /// The program and its version.
    pub version: String,
    /// When.
    pub made_at: Moment,
}

/// What separates the fields of a CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// As RFC 4180 has it: for other programs.
    Comma,
    /// For spreadsheets in Kazakh and Russian, where the comma stands in numbers.
    Semicolon,
    /// A tab.
    Tab,
}

/// Why tables were not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TablesRefused {
    /// The name of a table is blank, too long, holds a sign that spreadsheets do not take, or is there already.
    #[error("the name of table {index} is no name for a sheet")]
    SheetName {
        /// Which table, from 0; the sheet that explains comes after the last.
        index: usize,
    },
    /// A spreadsheet has 1,048,576 rows and 16,384 columns.
    #[error("table {index} has more rows or columns than a spreadsheet")]
    TooLarge {
        /// Which table, from 0.
        index: usize,
    },
    /// A cell of a spreadsheet holds 32,767 characters.
    #[error("the text for {at} is longer than a cell holds")]
    TextTooLong {
        /// Where it was to stand.
        at: Address,
    },
    /// The writer gave up: ours or its bug.
    #[error("the file could not be put together")]
    NotWritten,
}

impl TablesRefused {
    /// A stable name of the reason, for sentences and scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SheetName { .. } => "tables.sheet_name",
            Self::TooLarge { .. } => "tables.too_large",
            Self::TextTooLong { .. } => "tables.text_too_long",
            Self::NotWritten => "tables.not_written",
        }
    }
}

/// A table as CSV: RFC 4180, UTF-8 behind a byte order mark, as Excel reads no other Unicode by a double click.
///
/// A text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets show.
pub fn write_csv(table: &TableOut, delimiter: Delimiter) -> Result<Vec<u8>, TablesRefused> {
    let byte = match delimiter {
        Delimiter::Comma => b',',
        Delimiter::Semicolon => b';',
        Delimiter::Tab => b'\t',
    };
    let mut writer = WriterBuilder::new()
        .delimiter(byte)
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let headings = table.columns.iter().map(|column| harmless(&column.heading));
    writer.write_record(headings).map_err(|_| TablesRefused::NotWritten)?;
    for row in &table.rows {
        let fields = row.iter().map(|cell| match cell {
            CellOut::Empty => String::new(),
            CellOut::Text(text) => harmless(text),
            CellOut::Count(count) => count.to_string(),
            CellOut::Day(day) => day.to_string(),
            CellOut::Scaled(number, digits) => scaled(*number, *digits),
        });
        writer.write_record(fields).map_err(|_| TablesRefused::NotWritten)?;
    }
    writer.into_inner().map_err(|_| TablesRefused::NotWritten)
}

/// A number as CSV has it: `-6750001` with seven digits behind the point is `-0.6750001`.
#[must_use]
pub fn scaled(number: i64, digits: u8) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let width = usize::from(digits);
    let written = format!("{:0>least$}", number.unsigned_abs(), least = width + 1);
    let (whole, part) = written.split_at(written.len() - width);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn harmless(text: &str) -> String {
    let would_run = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if would_run { format!("'{text}") } else { text.to_owned() }
}
