//! Spreadsheets in and out: files as offices send them, tables as they are shown.
//!
//! Promises that what is exported is what was shown, and that a file which is no sheet is told with what to do.

use std::path::Path;

use jasaq_fieldbook::model::sheet::{Cell, Sheet};
use jasaq_fieldbook::model::words::Language;
use jasaq_printing::limits::SHEETS_FILE_BYTES_MAX;
use jasaq_printing::reading::{SheetsRefused, read_sheets};
use jasaq_printing::tables::{
    CellOut, Column, Delimiter, Legend, TableOut, TablesRefused, write_csv, write_xlsx,
};

use crate::failure::{Class, Failure};
use crate::files;
use crate::program::{Program, surroundings};
use crate::words::Message;

/// How wide a column is that nobody measured: a name fits.
const WIDTH_LETTERS: u16 = 24;
/// A sheet's name is no longer in any spreadsheet.
const SHEET_NAME_LETTERS_MAX: usize = 31;

/// The sheets of a file that somebody gave.
pub(crate) fn read(file: &Path) -> Result<Vec<Sheet>, Failure> {
    let bytes = files::read_given(file, SHEETS_FILE_BYTES_MAX)?;
    read_sheets(&bytes).map_err(|refused| Failure::new(Class::Input, unread(&refused), &refused))
}

fn unread(refused: &SheetsRefused) -> Message {
    match refused {
        SheetsRefused::Empty => Message::new("sheets-empty"),
        SheetsRefused::NotSheets => Message::new("sheets-not-sheets"),
        SheetsRefused::OtherWorkbook(other) => {
            Message::new("sheets-other-workbook").with("ending", other.ending())
        }
        SheetsRefused::PasswordProtected => Message::new("sheets-password"),
        SheetsRefused::TooManyRows { at } | SheetsRefused::TooManyColumns { at } => {
            Message::new("sheets-beyond").with("cell", at.to_string())
        }
        SheetsRefused::CellTooLong { at } => {
            Message::new("sheets-cell-too-long").with("cell", at.to_string())
        }
        SheetsRefused::QuoteNotClosed { row } => {
            Message::new("sheets-quote").with("row", u64::from(*row) + 1)
        }
        SheetsRefused::ControlCharacter { line } => {
            Message::new("sheets-control-character").with("line", *line)
        }
        SheetsRefused::SheetsOfOneName | SheetsRefused::Damaged => Message::new("sheets-damaged"),
        _ => Message::new("sheets-too-large"),
    }
}

/// What is written, and by which filter, for the sheet that explains it.
pub(crate) struct About {
    /// What was exported, in words.
    pub(crate) what: String,
    /// By which filter, in words.
    pub(crate) filter: String,
}

/// Writes a table as XLSX or CSV, by the name of the file.
pub(crate) fn write(
    program: &Program,
    file: &Path,
    sheet: &Sheet,
    (about, language): (About, Language),
) -> Result<(), Failure> {
    let table = table_of(sheet, &about.what);
    write_tables(program, file, &[table], (about, language))
}

/// Writes tables as XLSX, or the first of them as CSV, by the name of the file.
pub(crate) fn write_tables(
    program: &Program,
    file: &Path,
    tables: &[TableOut],
    (about, language): (About, Language),
) -> Result<(), Failure> {
    let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let bytes = match (ending.as_deref(), tables) {
        (Some("xlsx"), _) => {
            let About { what, filter } = about;
            let version = concat!("jasaq ", env!("CARGO_PKG_VERSION")).to_owned();
            let made_at = surroundings().now().moment();
            write_xlsx(tables, &Legend { what, filter, version, made_at }, language)
        }
        (Some("csv"), [first, ..]) => write_csv(first, Delimiter::Semicolon),
        _ => return Err(Failure::usage("sheets-ending")),
    };
    program.write_file(file, &bytes.map_err(|refused| unwritten(&refused))?)
}

/// Tables that no file holds.
pub(crate) fn unwritten(refused: &TablesRefused) -> Failure {
    Failure::new(Class::Input, "sheets-unwritten", refused)
}

/// A sheet whose first row holds the headings.
fn table_of(sheet: &Sheet, what: &str) -> TableOut {
    let mut rows = sheet.rows.iter();
    let headings = rows.next().map(Vec::as_slice).unwrap_or_default();
    let column = |cell: &Cell| Column { heading: text_of(cell), width_letters: WIDTH_LETTERS };
    let named = sheet.name.as_deref().unwrap_or(what);
    let is_taken = |letter: &char| !"[]:*?/\\".contains(*letter);
    TableOut {
        name: named.chars().filter(is_taken).take(SHEET_NAME_LETTERS_MAX).collect(),
        columns: headings.iter().map(column).collect(),
        rows: rows.map(|cells| cells.iter().map(cell_out).collect()).collect(),
    }
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        _ => String::new(),
    }
}

fn cell_out(cell: &Cell) -> CellOut {
    match cell {
        Cell::Text(text) => CellOut::Text(text.clone()),
        Cell::Day(day) => CellOut::Day(*day),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "counts of lines; a cast of a float stays in range"
        )]
        Cell::Number(number) => CellOut::Count(*number as u32),
        Cell::Empty | Cell::Formula | Cell::Error => CellOut::Empty,
    }
}
