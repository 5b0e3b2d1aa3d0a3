//! What goes out comes back: each table is read by the door through which akimats' lists come in.

use jasaq_model::ids::hexadecimal;
use jasaq_model::moment::Day;
use jasaq_model::sheet::{Cell, Sheet};
use jasaq_model::words::Language;

use super::*;
use crate::reading::read_sheets;

fn text(text: &str) -> CellOut {
    CellOut::Text(text.to_owned())
}

fn day(written: &str) -> CellOut {
    CellOut::Day(written.parse().unwrap())
}

fn column(heading: &str) -> Column {
    Column { heading: heading.to_owned(), width_letters: 20 }
}

fn members() -> TableOut {
    TableOut {
        name: "Қарабұлақ жасағы".to_owned(),
        columns: ["Т.А.Ә.", "Туған күні", "Куәлік №", "Патруль саны"].map(column).into(),
        rows: vec![
            vec![text("Әбілқайырұлы Һәкім"), day("1990-02-01"), text("000123"), CellOut::Count(7)],
            vec![text("Щербакова Алёна"), CellOut::Empty, text("=1+1"), CellOut::Count(0)],
            vec![text("Іңкәр; \"Ү\"\nҚұрманғазы"), day("2005-12-31"), CellOut::Scaled(441_657_001, 7)],
            vec![text("Оңтүстік"), CellOut::Empty, CellOut::Scaled(-6_750_001, 7), CellOut::Scaled(-12, 0)],
        ],
    }
}

fn legend() -> Legend {
    Legend {
        what: "Жасақ мүшелері".to_owned(),
        filter: "барлығы".to_owned(),
        version: "jasaq 0.1.0".to_owned(),
        made_at: "2026-11-21T10:00:00+05:00".parse().unwrap(),
    }
}

fn expected_cell(cell: &CellOut, in_csv: bool) -> Cell {
    match cell {
        CellOut::Empty => Cell::Empty,
        CellOut::Text(text) if in_csv && text.starts_with('=') => Cell::Text(format!("'{text}")),
        CellOut::Text(text) => Cell::Text(text.clone()),
        CellOut::Count(count) if in_csv => Cell::Text(count.to_string()),
        CellOut::Count(count) => Cell::Number((*count).into()),
        CellOut::Day(day) if in_csv => Cell::Text(day.to_string()),
        CellOut::Day(day) => Cell::Day(*day),
        CellOut::Scaled(number, digits) if in_csv => Cell::Text(scaled(*number, *digits)),
        CellOut::Scaled(number, digits) => {
            Cell::Number(scaled(*number, *digits).parse().expect("a number is written as one"))
        }
    }
}

fn expected_rows(table: &TableOut, in_csv: bool) -> Vec<Vec<Cell>> {
    let headings = table.columns.iter().map(|column| Cell::Text(column.heading.clone())).collect();
    let rows = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| expected_cell(cell, in_csv)).collect());
    [headings].into_iter().chain(rows).collect()
}

fn read_back(bytes: &[u8]) -> Vec<Sheet> {
    read_sheets(bytes).unwrap()
}

#[test]
fn a_number_with_a_point_is_written_with_all_of_its_digits_and_its_sign_is_no_formula() {
    for (number, digits, due) in [
        (441_657_001, 7, "44.1657001"),
        (-6_750_001, 7, "-0.6750001"),
        (5, 1, "0.5"),
        (-12, 0, "-12"),
        (0, 2, "0.00"),
    ] {
        assert_eq!(scaled(number, digits), due);
    }
}

#[test]
fn a_workbook_comes_back_as_it_went_out() {
    let table = members();
    let sheets = read_back(&write_xlsx(std::slice::from_ref(&table), &legend(), Language::Kk).unwrap());
    let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Қарабұлақ жасағы", "Түсіндірме"]);
    assert!(sheets[0].rows == expected_rows(&table, false), "{:?}", sheets[0]);
}

#[test]
fn a_csv_comes_back_as_it_went_out_whatever_separates_its_fields() {
    let table = members();
    for delimiter in [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab] {
        let sheets = read_back(&write_csv(&table, delimiter).unwrap());
        assert!(sheets[0].rows == expected_rows(&table, true), "{delimiter:?}");
    }
}

#[test]
fn a_csv_begins_with_the_mark_that_excel_asks_for_and_ends_lines_as_the_standard_has_it() {
    let table = TableOut { name: "а".to_owned(), columns: vec![column("а"), column("б")], rows: vec![] };
    assert_eq!(write_csv(&table, Delimiter::Semicolon).unwrap(), "\u{feff}а;б\r\n".as_bytes());
}

#[test]
fn nothing_that_a_spreadsheet_would_run_begins_a_field() {
    let dangerous = ["=cmd|' /C calc'!A0", "+7 701 000 00 00", "-1+1", "@SUM(A1)", "\t=1", "\r=1"];
    let rows: Vec<_> = dangerous.iter().map(|words| vec![text(words)]).collect();
    let csv = write_csv(
        &TableOut { name: "а".to_owned(), columns: vec![column("=а")], rows: rows.clone() },
        Delimiter::Comma,
    );
    for line in String::from_utf8(csv.unwrap())
        .unwrap()
        .trim_start_matches('\u{feff}')
        .split("\r\n")
    {
        assert!(line.is_empty() || line.trim_start_matches('"').starts_with('\''), "{line}");
    }
    let table = TableOut { name: "а".to_owned(), columns: vec![column("=а")], rows };
    let sheets = read_back(&write_xlsx(std::slice::from_ref(&table), &legend(), Language::Ru).unwrap());
    assert!(sheets[0].rows == expected_rows(&table, false), "in a workbook a text is a text");
}

#[test]
fn the_sheet_beside_says_what_it_is_and_the_hash_that_the_csv_has() {
    let table = members();
    for (language, captions) in [(Language::Kk, "Сүзгі"), (Language::Ru, "Отбор"), (Language::En, "Filter")]
    {
        let sheets = read_back(&write_xlsx(std::slice::from_ref(&table), &legend(), language).unwrap());
        let said: Vec<String> = sheets[1].rows.iter().flatten().filter_map(text_of).collect();
        for words in [captions, "барлығы", "jasaq 0.1.0", "2026-11-21T10:00:00+05:00", "Жасақ мүшелері"]
        {
            assert!(said.iter().any(|cell| cell == words), "{words} in {said:?}");
        }
        let csv = write_csv(&table, Delimiter::Comma).unwrap();
        let hash = <sha2::Sha256 as sha2::Digest>::digest(csv);
        let hash = hexadecimal(&hash);
        assert!(said.contains(&hash));
    }
}

fn text_of(cell: &Cell) -> Option<String> {
    if let Cell::Text(text) = cell { Some(text.clone()) } else { None }
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let write = || write_xlsx(&[members()], &legend(), Language::Kk).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn the_heading_row_stays_when_the_sheet_is_scrolled() {
    let bytes = write_xlsx(&[members()], &legend(), Language::Kk).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut sheet).unwrap();
    assert!(sheet.contains("<pane ySplit=\"1\" topLeftCell=\"A2\""), "{sheet}");
}

#[test]
fn a_day_before_all_spreadsheets_stays_readable() {
    let born = Day::new(1899, 1, 1).unwrap();
    let table = TableOut { rows: vec![vec![CellOut::Day(born)]], ..members() };
    let sheets = read_back(&write_xlsx(&[table], &legend(), Language::Kk).unwrap());
    assert!(sheets[0].rows[1] == [Cell::Text("1899-01-01".to_owned())]);
}

#[test]
fn what_no_spreadsheet_takes_is_refused() {
    let refused = |tables: &[TableOut]| write_xlsx(tables, &legend(), Language::Kk).unwrap_err();
    let named = |name: &str| TableOut { name: name.to_owned(), ..members() };
    for name in ["", "а/б", "'а'", "Түсіндірме", &"ұ".repeat(32)] {
        let index = usize::from(name == "Түсіндірме");
        assert_eq!(refused(&[named(name)]), TablesRefused::SheetName { index }, "{name}");
    }
    assert_eq!(refused(&[named("ӘЛІ"), named("әлі")]), TablesRefused::SheetName { index: 1 });
    let long = TableOut { rows: vec![vec![CellOut::Empty, text(&"ұ".repeat(32_768))]], ..members() };
    assert_eq!(refused(&[long]).to_string(), "the text for B2 is longer than a cell holds");
    let tall = TableOut { rows: vec![vec![]; 1_048_576], ..members() };
    assert_eq!(refused(&[tall]), TablesRefused::TooLarge { index: 0 });
}
