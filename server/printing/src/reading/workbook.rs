//! The cells of a workbook, streamed: a sheet is never held as the rectangle it says it fills.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, Xlsx, XlsxError};
use jasaq_model::moment::Day;
use jasaq_model::sheet::{Address, Cell, Sheet};

use super::{Desk, SheetsRefused};
use crate::limits::{SHEETS_BYTES_MAX, SHEETS_MAX};

/// Reads every worksheet in its order; charts and dialogues have no cells.
pub(super) fn read(bytes: &[u8], largest_part_bytes: u64) -> Result<Vec<Sheet>, SheetsRefused> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|refused| refusal(&refused))?;
    let names = names_of(&workbook)?;
    if largest_part_bytes.saturating_mul(names.len() as u64) > SHEETS_BYTES_MAX {
        return Err(SheetsRefused::UnpacksTooLarge);
    }
    let mut desk = Desk::default();
    let mut sheets = Vec::new();
    for name in names {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(|refused| refusal(&refused))?;
        while let Some(read) = cells.next_cell_with_formula_metadata().map_err(|refused| refusal(&refused))? {
            let (row, column) = read.pos;
            let cell = if read.formula.is_some() { Cell::Formula } else { cell_of(&read.value) };
            desk.put(Address { row, column }, cell)?;
        }
        sheets.push(desk.take(Some(name)));
    }
    Ok(sheets)
}

fn names_of(workbook: &Xlsx<Cursor<&[u8]>>) -> Result<Vec<String>, SheetsRefused> {
    let sheets = workbook.sheets_metadata();
    let worksheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = worksheets.map(|sheet| sheet.name.clone()).collect();
    let different = sheets.iter().map(|sheet| &sheet.name).collect::<BTreeSet<_>>();
    if names.len() > SHEETS_MAX {
        Err(SheetsRefused::TooManySheets { sheets: names.len() })
    } else if different.len() < sheets.len() {
        Err(SheetsRefused::SheetsOfOneName)
    } else {
        Ok(names)
    }
}

/// What the reader says may quote the file, so only its sort goes on.
fn refusal(refused: &XlsxError) -> SheetsRefused {
    match refused {
        XlsxError::Password => SheetsRefused::PasswordProtected,
        _ => SheetsRefused::Damaged,
    }
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        #[expect(clippy::cast_precision_loss, reason = "spreadsheets hold numbers as f64 themselves")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(is_true) => Cell::Text(if *is_true { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(moment) => day_of(moment).map_or(Cell::Number(moment.as_f64()), Cell::Day),
        DataRef::DateTimeIso(written) => {
            let day = written.get(..10).and_then(|day| day.parse().ok());
            day.map_or_else(|| Cell::Text(written.clone()), Cell::Day)
        }
        DataRef::Error(_) => Cell::Error,
    }
}

/// The day of a date cell, without its hour. Times and durations alone have none, nor has the 29.02.1900, which only
/// spreadsheets know.
fn day_of(moment: &ExcelDateTime) -> Option<Day> {
    if !moment.is_datetime() || moment.as_f64() < 1.0 {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
