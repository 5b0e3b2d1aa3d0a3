//! Sheets in: XLSX and CSV as akimats send them, read to the cells and no further.
//!
//! Promises that a cell stands where the program that wrote the file shows it, that a text comes as it was typed (leading
//! zeros, Latin look-alikes and all), and that no formula is computed nor its old result believed. Bytes in, values out:
//! no disk, no clock.
//!
//! Refuses what is not a workbook or a text, what is locked with a password, other kinds of workbooks by their name, and
//! whatever is beyond [`limits`](crate::limits): sizes are counted while unpacking, not believed. Hidden sheets are read
//! like others: whoever understands lists decides by what they hold.

mod container;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;
mod text;
mod workbook;

use jasaq_model::sheet::{Address, Cell, Sheet};

use crate::limits::{
    CELL_BYTES_MAX, CELLS_MAX, COLUMNS_MAX, ROWS_MAX, SHEETS_FILE_BYTES_MAX, TEXTS_BYTES_MAX,
};
use container::FileKind;

/// Kinds of workbooks that we know by sight and do not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherWorkbook {
    /// Excel 97 to 2003, `.xls`.
    Xls,
    /// Excel's binary workbook, `.xlsb`.
    Xlsb,
    /// A spreadsheet of the open document format, `.ods`.
    Ods,
}

impl OtherWorkbook {
    /// How such files end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xls => ".xls",
            Self::Xlsb => ".xlsb",
            Self::Ods => ".ods",
        }
    }
}

/// Why a file was not read as sheets. Holds nothing of what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetsRefused {
    /// No bytes, or nothing in any cell.
    #[error("the file is empty")]
    Empty,
    /// Neither a workbook nor a text: a picture, a PDF, a document of Word.
    #[error("the file is neither an XLSX workbook nor a CSV text")]
    NotSheets,
    /// A workbook of another kind: it is to be saved as `.xlsx`.
    #[error("the file is an {} workbook, save it as .xlsx", .0.ending())]
    OtherWorkbook(OtherWorkbook),
    /// Encrypted with a password.
    #[error("the workbook is protected with a password, save it without one")]
    PasswordProtected,
    /// More bytes than a list can need.
    #[error("the file has {bytes} bytes, at most {} are read", SHEETS_FILE_BYTES_MAX)]
    FileTooLarge {
        /// Its length.
        bytes: usize,
    },
    /// It unpacks to more than a list can need, whatever it declares.
    #[error("the workbook unpacks to more than {} bytes", crate::limits::UNPACKED_BYTES_MAX)]
    UnpacksTooLarge,
    /// More parts than a workbook can need.
    #[error("the workbook has {parts} parts, at most {} are read", crate::limits::PARTS_MAX)]
    TooManyParts {
        /// How many.
        parts: usize,
    },
    /// More sheets than a list can need.
    #[error("the workbook has {sheets} sheets, at most {} are read", crate::limits::SHEETS_MAX)]
    TooManySheets {
        /// How many.
        sheets: usize,
    },
    /// Something stands below the last row that is read.
    #[error("something stands in {at}, rows are read up to {}", ROWS_MAX)]
    TooManyRows {
        /// The first such cell.
        at: Address,
    },
    /// Something stands right of the last column that is read.
    #[error("something stands in {at}, columns are read up to the {}th", COLUMNS_MAX)]
    TooManyColumns {
        /// The first such cell.
        at: Address,
    },
    /// More cells or more text than a list can need.
    #[error("the sheets hold more than {} cells or {} bytes of text", CELLS_MAX, TEXTS_BYTES_MAX)]
    TooMuch,
    /// One cell holds a book, as a CSV's does where a quotation mark was not closed.
    #[error("the cell {at} holds more than {} bytes", CELL_BYTES_MAX)]
    CellTooLong {
        /// Which.
        at: Address,
    },
    /// A CSV's field begins with a quotation mark that nothing closes: what follows cannot be told apart.
    #[error("a quotation mark in row {} is not closed", u64::from(*row) + 1)]
    QuoteNotClosed {
        /// Which row, from 0.
        row: u32,
    },
    /// A text with a control character, which somebody can take out.
    #[error("a control character stands in line {line}")]
    ControlCharacter {
        /// The first line with one, from 1.
        line: usize,
    },
    /// Two sheets of one name: nobody could say which of them was read.
    #[error("two sheets of the workbook have one name")]
    SheetsOfOneName,
    /// It began as a workbook and cannot be read on.
    #[error("the workbook is damaged")]
    Damaged,
}

impl SheetsRefused {
    /// A stable name of the reason, for sentences and scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "sheets.empty",
            Self::NotSheets => "sheets.not_sheets",
            Self::OtherWorkbook(_) => "sheets.other_workbook",
            Self::PasswordProtected => "sheets.password_protected",
            Self::FileTooLarge { .. } => "sheets.file_too_large",
            Self::UnpacksTooLarge => "sheets.unpacks_too_large",
            Self::TooManyParts { .. } => "sheets.too_many_parts",
            Self::TooManySheets { .. } => "sheets.too_many_sheets",
            Self::TooManyRows { .. } => "sheets.too_many_rows",
            Self::TooManyColumns { .. } => "sheets.too_many_columns",
            Self::TooMuch => "sheets.too_much",
            Self::CellTooLong { .. } => "sheets.cell_too_long",
            Self::QuoteNotClosed { .. } => "sheets.quote_not_closed",
            Self::ControlCharacter { .. } => "sheets.control_character",
            Self::SheetsOfOneName => "sheets.sheets_of_one_name",
            Self::Damaged => "sheets.damaged",
        }
    }
}

/// Reads a file's sheets: XLSX by its bytes, else CSV; a CSV is one sheet without a name.
pub fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, SheetsRefused> {
    if bytes.len() > SHEETS_FILE_BYTES_MAX {
        return Err(SheetsRefused::FileTooLarge { bytes: bytes.len() });
    }
    let sheets = match container::kind_of(bytes)? {
        FileKind::Xlsx { largest_part_bytes } => workbook::read(bytes, largest_part_bytes)?,
        FileKind::Text => vec![text::read(bytes)?],
    };
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(SheetsRefused::Empty);
    }
    Ok(sheets)
}

/// Puts cells where they belong, and counts: the bounds of a file hold over all its sheets together.
#[derive(Default)]
struct Desk {
    rows: Vec<Vec<Cell>>,
    cells: usize,
    text_bytes: usize,
}

impl Desk {
    /// Puts a cell at its address; what is empty takes no place.
    fn put(&mut self, at: Address, cell: Cell) -> Result<(), SheetsRefused> {
        if let Cell::Text(text) = &cell {
            if text.len() > CELL_BYTES_MAX {
                return Err(SheetsRefused::CellTooLong { at });
            }
            if text.trim().is_empty() {
                return Ok(());
            }
            self.text_bytes += text.len();
        }
        if cell == Cell::Empty {
            return Ok(());
        }
        if at.row >= ROWS_MAX {
            return Err(SheetsRefused::TooManyRows { at });
        }
        if at.column >= COLUMNS_MAX {
            return Err(SheetsRefused::TooManyColumns { at });
        }
        let (row, column) = (at.row as usize, at.column as usize);
        // A row takes the place of a cell, also where nothing stands in it.
        let new_rows = (row + 1).saturating_sub(self.rows.len());
        let new_cells = (column + 1).saturating_sub(self.rows.get(row).map_or(0, Vec::len));
        self.cells += new_rows + new_cells;
        if self.cells > CELLS_MAX || self.text_bytes > TEXTS_BYTES_MAX {
            return Err(SheetsRefused::TooMuch);
        }
        self.rows.resize_with(self.rows.len() + new_rows, Vec::new);
        if let Some(cells) = self.rows.get_mut(row) {
            cells.resize(cells.len() + new_cells, Cell::Empty);
            if let Some(place) = cells.get_mut(column) {
                *place = cell;
            }
        }
        Ok(())
    }

    /// The sheet that lies on the desk; the desk is then free for the next.
    fn take(&mut self, name: Option<String>) -> Sheet {
        Sheet { name, rows: std::mem::take(&mut self.rows) }
    }
}
