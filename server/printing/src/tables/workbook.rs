//! Tables as a workbook: one sheet each, the heading row frozen, and the sheet that explains.

use std::collections::BTreeSet;

use jasaq_model::ids::hexadecimal;
use jasaq_model::sheet::Address;
use jasaq_model::words::Language;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};
use sha2::{Digest, Sha256};

use super::{CellOut, Column, Delimiter, Legend, TableOut, TablesRefused, write_csv};

/// The rows and columns of a spreadsheet.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;
/// The characters of a cell, as UTF-16 counts them.
const CELL_UNITS: usize = 32_767;

/// The tables as one workbook, and behind them the sheet that explains, in this language.
pub fn write_xlsx(
    tables: &[TableOut],
    legend: &Legend,
    language: Language,
) -> Result<Vec<u8>, TablesRefused> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(legend)?);
    let explanation = explain(tables, legend, language)?;
    let mut names = BTreeSet::new();
    for (index, table) in tables.iter().chain([&explanation]).enumerate() {
        check_size(table, index)?;
        // Spreadsheets tell names apart without regard to capitals.
        let is_new = names.insert(table.name.to_lowercase());
        let sheet = workbook.add_worksheet();
        if !is_new || sheet.set_name(&table.name).is_err() {
            return Err(TablesRefused::SheetName { index });
        }
        fill(sheet, table)?;
    }
    workbook.save_to_buffer().map_err(|_| TablesRefused::NotWritten)
}

/// The time of making is the legend's, so that the same tables give the same bytes.
fn properties(legend: &Legend) -> Result<DocProperties, TablesRefused> {
    let made = ExcelDateTime::parse_from_str(&legend.made_at.day().to_string());
    let made = made.map_err(|_| TablesRefused::NotWritten)?;
    Ok(DocProperties::new().set_author(&legend.version).set_creation_datetime(&made))
}

fn check_size(table: &TableOut, index: usize) -> Result<(), TablesRefused> {
    let columns = table
        .rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or_default()
        .max(table.columns.len());
    let fits = table.rows.len() < ROWS && columns <= COLUMNS;
    if fits { Ok(()) } else { Err(TablesRefused::TooLarge { index }) }
}

fn fill(sheet: &mut Worksheet, table: &TableOut) -> Result<(), TablesRefused> {
    let heading = Format::new().set_bold().set_text_wrap();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    for (column, about) in (0_u16..).zip(&table.columns) {
        check_text(&about.heading, Address { row: 0, column: column.into() })?;
        sheet
            .set_column_width(column, about.width_letters)
            .and_then(|sheet| sheet.write_string_with_format(0, column, &about.heading, &heading))
            .map_err(|_| TablesRefused::NotWritten)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(|_| TablesRefused::NotWritten)?;
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_cell(sheet, (row, column), cell, &date)?;
        }
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &CellOut,
    date: &Format,
) -> Result<(), TablesRefused> {
    let written = match cell {
        CellOut::Empty => return Ok(()),
        CellOut::Text(text) => {
            check_text(text, Address { row, column: column.into() })?;
            sheet.write_string(row, column, text)
        }
        CellOut::Count(count) => sheet.write_number(row, column, *count),
        CellOut::Scaled(number, digits) => sheet.write_number(row, column, unscaled(*number, *digits)),
        CellOut::Day(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
            Ok(moment) => sheet.write_datetime_with_format(row, column, moment, date),
            // Spreadsheets know no day before 1900.
            Err(_) => sheet.write_string(row, column, day.to_string()),
        },
    };
    written.map(|_| ()).map_err(|_| TablesRefused::NotWritten)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a spreadsheet's numbers have fifteen digits, degrees have ten"
)]
fn unscaled(number: i64, digits: u8) -> f64 {
    number as f64 / 10_f64.powi(digits.into())
}

fn check_text(text: &str, at: Address) -> Result<(), TablesRefused> {
    let fits = text.encode_utf16().count() <= CELL_UNITS;
    if fits { Ok(()) } else { Err(TablesRefused::TextTooLong { at }) }
}

/// The sheet beside the tables.
fn explain(tables: &[TableOut], legend: &Legend, language: Language) -> Result<TableOut, TablesRefused> {
    let [name, what, filter, version, made_at, table, rows] = captions(language);
    let text = |text: &str| CellOut::Text(text.to_owned());
    let mut lines = vec![
        vec![text(what), text(&legend.what)],
        vec![text(filter), text(&legend.filter)],
        vec![text(version), text(&legend.version)],
        vec![text(made_at), text(&legend.made_at.to_string())],
        vec![],
        vec![text(table), text("SHA-256"), text(rows)],
    ];
    for out in tables {
        let hash = Sha256::digest(write_csv(out, Delimiter::Comma)?);
        let hash = hexadecimal(&hash);
        let count = u32::try_from(out.rows.len()).unwrap_or(u32::MAX);
        lines.push(vec![text(&out.name), text(&hash), CellOut::Count(count)]);
    }
    let columns = [(name, 24), ("", 68), ("", 8)];
    let columns =
        columns.map(|(heading, width_letters)| Column { heading: heading.to_owned(), width_letters });
    Ok(TableOut { name: name.to_owned(), columns: columns.into(), rows: lines })
}

/// The sheet's name and what stands at its lines.
const fn captions(language: Language) -> [&'static str; 7] {
    match language {
        Language::Kk => [
            "Түсіндірме",
            "Не шығарылды",
            "Сүзгі",
            "Бағдарлама нұсқасы",
            "Жасалған уақыты",
            "Кесте",
            "Жол саны",
        ],
        Language::Ru => {
            ["Пояснения", "Что выгружено", "Отбор", "Версия программы", "Время выгрузки", "Таблица", "Строк"]
        }
        Language::En => {
            ["Legend", "What was exported", "Filter", "Program version", "Made at", "Table", "Rows"]
        }
    }
}
