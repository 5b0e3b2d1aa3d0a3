//! What akimats send, and what they send by mistake. Workbooks are put together part by part, as the writer's own would
//! show only what the writer does.

use std::io::{Cursor, Write};

use jasaq_model::moment::Day;
use jasaq_model::sheet::{Address, Cell, Sheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::limits::UNPACKED_BYTES_MAX;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of these sheets, each a name and what stands in its `sheetData`, and these shared texts.
pub(super) struct Parts {
    pub(super) sheets: Vec<(&'static str, String)>,
    pub(super) shared_texts: Option<String>,
}

pub(super) fn workbook(sheet_data: &str) -> Parts {
    Parts { sheets: vec![("Тізім", sheet_data.to_owned())], shared_texts: None }
}

impl Parts {
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let (mut names, mut relations) = (Vec::new(), Vec::new());
        let mut files = Vec::new();
        for (number, (name, data)) in (1..).zip(&self.sheets) {
            names.push(format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"s{number}\"/>"));
            relations.push(format!(
                "<Relationship Id=\"s{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/{number}.xml\"/>"
            ));
            let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>");
            files.push((format!("xl/worksheets/{number}.xml"), sheet));
        }
        let package = format!(
            "<Relationships><Relationship Id=\"w\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{}</sheets></workbook>",
            names.concat()
        );
        let styles = format!(
            "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"
        );
        files.push(("_rels/.rels".to_owned(), package));
        files.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships>{}</Relationships>", relations.concat()),
        ));
        files.push(("xl/workbook.xml".to_owned(), workbook));
        files.push(("xl/styles.xml".to_owned(), styles));
        if let Some(texts) = &self.shared_texts {
            files.push(("xl/sharedStrings.xml".to_owned(), texts.clone()));
        }
        files
    }

    fn bytes(&self) -> Vec<u8> {
        zip(&self.files())
    }
}

pub(super) fn zip(files: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, contents) in files {
        archive.start_file(name, options).unwrap();
        archive.write_all(contents.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// Where something stands and what, compared by value: a cell's `Debug` says its sort only.
fn cells(sheet: &Sheet) -> Vec<(String, Cell)> {
    let mut found = Vec::new();
    for (row, cells) in (0..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            if *cell != Cell::Empty {
                found.push((Address { row, column }.to_string(), cell.clone()));
            }
        }
    }
    found
}

fn at(address: &str, cell: Cell) -> (String, Cell) {
    (address.to_owned(), cell)
}

fn read_one(bytes: &[u8]) -> Sheet {
    let mut sheets = read_sheets(bytes).unwrap();
    assert_eq!(sheets.len(), 1);
    sheets.remove(0)
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<Cell>> {
    read_one(bytes).rows
}

#[test]
fn every_cell_stands_where_the_spreadsheet_shows_it() {
    let mut parts = workbook(
        "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" s=\"1\"><v>34240</v></c></row>\
         <row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>Әсел</t></is></c><c r=\"D4\"><v>12345678</v></c>\
         <c r=\"E4\"><f>D4*2</f><v>24691356</v></c><c r=\"F4\" t=\"e\"><v>#REF!</v></c>\
         <c r=\"G4\" t=\"d\"><v>1999-12-31T00:00:00</v></c><c r=\"H4\" s=\"2\"><v>0.5</v></c>\
         <c r=\"I4\" t=\"inlineStr\"><is><t>   </t></is></c><c r=\"J4\" t=\"b\"><v>1</v></c></row>",
    );
    parts.shared_texts = Some(format!(
        "<sst xmlns=\"{MAIN}\" uniqueCount=\"1\"><si><r><t xml:space=\"preserve\">Тегі, </t></r><r><t>аты</t></r></si></sst>"
    ));
    let sheet = read_one(&parts.bytes());
    assert_eq!(sheet.name.as_deref(), Some("Тізім"));
    assert_eq!(
        cells(&sheet),
        [
            at("B2", text("Тегі, аты")),
            at("C2", Cell::Day(Day::new(1993, 9, 28).unwrap())),
            at("A4", text("Әсел")),
            at("D4", Cell::Number(12_345_678.0)),
            at("E4", Cell::Formula),
            at("F4", Cell::Error),
            at("G4", Cell::Day(Day::new(1999, 12, 31).unwrap())),
            at("H4", Cell::Number(0.5)),
            at("J4", text("TRUE")),
        ]
    );
}

#[test]
fn a_merged_cell_holds_its_value_in_its_first_cell() {
    let mut files =
        workbook("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Тізім</v></c><c r=\"B1\"/></row>").files();
    for (_, contents) in &mut files {
        let merged = "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>";
        *contents = contents.replace("</sheetData>", merged);
    }
    assert_eq!(cells(&read_one(&zip(&files))), [at("A1", text("Тізім"))]);
}

#[test]
fn rows_that_are_formatted_and_empty_are_no_rows() {
    let sheet = read_one(
        &workbook(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row>",
        )
        .bytes(),
    );
    assert_eq!(sheet.rows.len(), 1);
}

#[test]
fn every_sheet_is_read_in_its_order() {
    let row = |text: &str| format!("<row><c t=\"str\"><v>{text}</v></c></row>");
    let parts = Parts {
        sheets: vec![("Қарабұлақ", row("а")), ("Бос", String::new()), ("Ақсуат", row("б"))],
        shared_texts: None,
    };
    let sheets = read_sheets(&parts.bytes()).unwrap();
    let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Қарабұлақ", "Бос", "Ақсуат"]);
    assert_eq!(cells(&sheets[2]), [at("A1", text("б"))]);
}

#[test]
fn a_csv_is_read_whatever_separates_its_fields() {
    for delimiter in [",", ";", "\t", "|"] {
        let csv = format!(
            "Қарабұлақ жасағының тізімі, 2026\n№{delimiter}Т.А.Ә.{delimiter}Туған күні\n\
             1{delimiter}\"Қасымов{delimiter} \"\"Ер\"\"лан\"{delimiter}01.02.1990\n2{delimiter}Әсел{delimiter}\n"
        );
        let rows = csv_rows(csv.as_bytes());
        assert_eq!(rows.len(), 4, "{delimiter:?}");
        let name = format!("Қасымов{delimiter} \"Ер\"лан");
        assert_eq!(rows[2], [text("1"), text(&name), text("01.02.1990")], "{delimiter:?}");
    }
}

#[test]
fn blank_lines_and_lines_inside_a_cell_do_not_move_the_rows_below() {
    for end in ["\n", "\r\n", "\r"] {
        let csv = format!("{end}{end}а;б{end}{end}\"в{end}г\";д{end} ; {end}{end}е;ж{end}");
        let sheet = read_one(csv.as_bytes());
        let found: Vec<String> = cells(&sheet).into_iter().map(|(address, _)| address).collect();
        assert_eq!(found, ["A3", "B3", "A5", "B5", "A8", "B8"], "{end:?}");
    }
}

#[test]
fn a_csv_keeps_zeros_in_front_and_a_formula_is_one_as_in_a_workbook() {
    assert_eq!(csv_rows(b"001;=1+1\n002;-\n")[0], [text("001"), Cell::Formula], "as in a workbook");
}

#[test]
fn letters_are_read_in_every_encoding_that_offices_write() {
    let csv = "№;Аты\n1;Әсел Щербакова\n";
    let expected = csv_rows(csv.as_bytes());
    assert_eq!(expected[1][1], text("Әсел Щербакова"), "otherwise equality proves nothing");
    let with_mark = [b"\xef\xbb\xbf", csv.as_bytes()].concat();
    let units = csv.encode_utf16();
    let little: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(units.clone().flat_map(u16::to_le_bytes))
        .collect();
    let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(units.flat_map(u16::to_be_bytes)).collect();
    for bytes in [with_mark, little, big] {
        assert_eq!(csv_rows(&bytes), expected);
    }
    let russian = "№;Имя\n1;Щербакова Алёна\n";
    let (old, _, lossy) = encoding_rs::WINDOWS_1251.encode(russian);
    assert!(!lossy);
    assert_eq!(csv_rows(&old), csv_rows(russian.as_bytes()));
}

#[test]
fn what_is_not_a_list_is_refused_by_what_it_is() {
    let refused = |bytes: &[u8]| read_sheets(bytes).unwrap_err();
    let compound = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600], &name, &[0; 100]].concat()
    };
    let file = |name: &str, contents: &str| vec![(name.to_owned(), contents.to_owned())];
    let xls = SheetsRefused::OtherWorkbook(OtherWorkbook::Xls);
    let ods = zip(&file("mimetype", "application/vnd.oasis.opendocument.spreadsheet"));
    assert_eq!(refused(b""), SheetsRefused::Empty);
    assert_eq!(refused(b"\xef\xbb\xbf\r\n ; \r\n"), SheetsRefused::Empty);
    assert_eq!(refused(&workbook("").bytes()), SheetsRefused::Empty);
    assert_eq!(refused(&compound("EncryptedPackage")), SheetsRefused::PasswordProtected);
    assert_eq!(refused(&compound("Workbook")), xls);
    assert_eq!(refused(&compound("WordDocument")), SheetsRefused::NotSheets);
    assert_eq!(refused(&ods), SheetsRefused::OtherWorkbook(OtherWorkbook::Ods));
    assert_eq!(
        refused(&zip(&file("xl/workbook.bin", ""))),
        SheetsRefused::OtherWorkbook(OtherWorkbook::Xlsb)
    );
    assert_eq!(refused(&zip(&file("word/document.xml", "<w/>"))), SheetsRefused::NotSheets);
    assert_eq!(refused(b"%PDF-1.7\n\x00\x01\x02"), SheetsRefused::NotSheets);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), SheetsRefused::NotSheets);
    assert_eq!(refused("1;\"Қасымов\n2;Әсел\n".as_bytes()), SheetsRefused::QuoteNotClosed { row: 0 });
    let belled = "№;Аты\r\n1;Әсел\r\n2;Қасы\u{7}мов\r\n".as_bytes();
    assert_eq!(refused(belled), SheetsRefused::ControlCharacter { line: 3 });
}

#[test]
fn a_refusal_names_the_kind_and_the_place_and_nothing_of_the_contents() {
    let sentence = |bytes: &[u8]| read_sheets(bytes).unwrap_err().to_string();
    let beyond = |cell: &str| workbook(&format!("<row><c r=\"{cell}\"><v>1</v></c></row>")).bytes();
    assert_eq!(sentence(&beyond("C200001")), "something stands in C200001, rows are read up to 200000");
    assert_eq!(sentence(&beyond("SS7")), "something stands in SS7, columns are read up to the 512th");
    assert_eq!(
        sentence(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0"),
        "the file is an .xls workbook, save it as .xlsx"
    );
    assert_eq!(sentence(b"a;b\n1;\"2\n3;4"), "a quotation mark in row 2 is not closed");
}

#[test]
fn two_sheets_of_one_name_are_refused() {
    let data = "<row><c><v>1</v></c></row>".to_owned();
    let parts =
        Parts { sheets: vec![("Тізім", data.clone()), ("Тізім", data)], shared_texts: None };
    assert_eq!(read_sheets(&parts.bytes()), Err(SheetsRefused::SheetsOfOneName));
}

#[test]
fn a_small_file_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked() {
    let blanks = " ".repeat(usize::try_from(UNPACKED_BYTES_MAX).unwrap() / 8 + 1);
    let mut files = workbook("<row><c><v>1</v></c></row>").files();
    assert!(read_sheets(&zip(&files)).is_ok(), "otherwise the size is not what was refused");
    files.extend((0..8).map(|number| (format!("xl/media/{number}"), blanks.clone())));
    let bomb = zip(&files);
    assert!(bomb.len() < 2 * 1024 * 1024);
    assert_eq!(read_sheets(&bomb), Err(SheetsRefused::UnpacksTooLarge));
}

#[test]
fn a_container_that_lies_about_its_sizes_is_refused() {
    let mut files = workbook("<row><c><v>1</v></c></row>").files();
    let blanks = " ".repeat(usize::try_from(UNPACKED_BYTES_MAX).unwrap() / 4 + 1);
    files.extend((0..4).map(|number| (format!("xl/media/{number}"), blanks.clone())));
    let mut bomb = zip(&files);
    let size = u32::try_from(blanks.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == size).collect();
    assert_eq!(places.len(), 8, "each part says its size twice");
    for at in places {
        bomb[at..at + 4].copy_from_slice(&[9, 0, 0, 0]);
    }
    assert_eq!(read_sheets(&bomb), Err(SheetsRefused::Damaged));
}

#[test]
fn one_text_named_by_every_cell_is_counted_every_time() {
    let row: String = (0..500).map(|_| "<c t=\"s\"><v>0</v></c>").collect();
    let mut parts = workbook(&format!("<row>{row}</row>").repeat(20));
    let long = "я".repeat(30_000);
    parts.shared_texts = Some(format!("<sst xmlns=\"{MAIN}\"><si><t>{long}</t></si></sst>"));
    assert_eq!(read_sheets(&parts.bytes()), Err(SheetsRefused::TooMuch));
}

#[test]
fn room_is_not_made_for_more_texts_than_a_part_can_hold() {
    for count in ["uniqueCount=\"99999999999999\"", "count='1' uniqueCount = ' 99999999999999'"] {
        let mut parts = workbook("<row><c t=\"s\"><v>0</v></c></row>");
        parts.shared_texts = Some(format!("<sst xmlns=\"{MAIN}\" {count}><si><t>а</t></si></sst>"));
        assert_eq!(read_sheets(&parts.bytes()), Err(SheetsRefused::Damaged), "{count}");
    }
}

#[test]
fn formats_that_would_be_copied_into_gigabytes_are_refused() {
    let formats = |code: &str, count: usize| {
        let format = format!("<numFmts><numFmt numFmtId=\"200\" formatCode=\"{code}\"/></numFmts>");
        let cells = "<xf numFmtId=\"200\"/>".repeat(count);
        format!("<styleSheet xmlns=\"{MAIN}\">{format}<cellXfs>{cells}</cellXfs></styleSheet>")
    };
    let with = |styles: String| {
        let mut files = workbook("<row><c><v>1</v></c></row>").files();
        files.retain(|(name, _)| name != "xl/styles.xml");
        files.push(("xl/styles.xml".to_owned(), styles));
        read_sheets(&zip(&files))
    };
    assert!(with(formats("0.00", 60_000)).is_ok());
    assert_eq!(with(formats(&"0".repeat(2_000), 1)), Err(SheetsRefused::Damaged));
    assert_eq!(with(formats("0.00", 70_000)), Err(SheetsRefused::Damaged));
}

#[test]
fn one_part_that_many_sheets_name_is_not_read_for_each_without_end() {
    let mut files = workbook("<row><c><v>1</v></c></row>").files();
    let names: Vec<String> = (0..200)
        .map(|number| format!("<sheet name=\"{number}\" sheetId=\"{number}\" r:id=\"s1\"/>"))
        .collect();
    for (name, contents) in &mut files {
        if name == "xl/workbook.xml" {
            *contents = contents.replace("<sheets>", &format!("<sheets>{}", names.concat()));
        }
    }
    assert_eq!(read_sheets(&zip(&files)).unwrap().len(), 201, "one small part may be named often");
    files.push(("xl/media/1".to_owned(), " ".repeat(22 * 1024 * 1024)));
    assert_eq!(read_sheets(&zip(&files)), Err(SheetsRefused::UnpacksTooLarge));
}

#[test]
fn empty_rows_and_cells_in_front_of_something_are_counted() {
    let far = |count: usize, cell: &str| {
        let rows = format!("<row><c r=\"{cell}\"><v>1</v></c></row>");
        let names = [
            "а", "ә", "б", "в", "г", "ғ", "д", "е", "ё", "ж", "з", "и", "й", "к", "қ", "л", "м", "н", "ң",
            "о", "ө",
        ];
        let sheets = names.into_iter().take(count).map(|name| (name, rows.clone())).collect();
        read_sheets(&Parts { sheets, shared_texts: None }.bytes())
    };
    assert!(far(19, "A200000").is_ok());
    assert_eq!(far(21, "A200000"), Err(SheetsRefused::TooMuch));
    let wide: Vec<String> = (1..=8_000)
        .map(|row| format!("<row><c r=\"SR{row}\"><v>1</v></c></row>"))
        .collect();
    assert_eq!(read_sheets(&workbook(&wide.concat()).bytes()), Err(SheetsRefused::TooMuch));
}

#[test]
fn a_hundred_thousand_rows_are_read() {
    let rows: Vec<String> = (0..100_000)
        .map(|row| {
            format!("<row><c><v>{row}</v></c><c t=\"inlineStr\"><is><t>Қасымов Ерлан</t></is></c></row>")
        })
        .collect();
    assert_eq!(read_one(&workbook(&rows.concat()).bytes()).rows.len(), 100_000);
    let csv: Vec<String> = (0..100_000).map(|row| format!("{row};Қасымов Ерлан\r\n")).collect();
    assert_eq!(csv_rows(csv.concat().as_bytes()).len(), 100_000);
}
