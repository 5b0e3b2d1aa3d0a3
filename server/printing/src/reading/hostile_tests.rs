//! Whatever bytes come, the answer is sheets or a refusal: these tests fail by a panic.
//!
//! Invariants: (1) any bytes; (2) any text; (3) a workbook cut short; (4) a workbook with any bytes of its container
//! changed; (5) a workbook whose parts are well packed and hold anything.

use proptest::prelude::*;

use super::tests::{Parts, workbook, zip};
use super::*;

const DATA: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>34240.5</v></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&#1040;&amp;</t></is></c><c r=\"B2\">\
    <f t=\"shared\" si=\"0\" ref=\"B2:B3\">A1+1</f><v>1</v></c></row>";

fn sample() -> Parts {
    let mut parts = workbook(DATA);
    parts.shared_texts = Some("<sst uniqueCount=\"1\"><si><t>Әсел</t></si></sst>".to_owned());
    parts
}

/// Pieces of XML that mean something to a reader of workbooks, with values that none would write.
const PIECES: [&str; 24] = [
    "<c r=\"ZZZZZZZZZZZZZZ1\"><v>1</v></c>",
    "<c r=\"A99999999999999999999\"><v>1</v></c>",
    "<row r=\"4294967295\">",
    "<row r=\"0\">",
    "<c r=\"1\"/>",
    "<dimension ref=\"XFD1048576:A1\"/>",
    "<dimension ref=\"\"/>",
    "<c t=\"n\"><v>+1</v></c>",
    "<c t=\"n\"><v>nan</v></c>",
    "<c s=\"1\"><v>1e308</v></c>",
    "<c s=\"1\"><v>-1</v></c>",
    "<c s=\"99999999999999999999\"><v>1</v></c>",
    "<c t=\"s\"><v>99999999999999999999</v></c>",
    "<c t=\"d\"><v>ғғғғғғғғғғ</v></c>",
    "<f t=\"shared\" si=\"18446744073709551615\" ref=\"A1:B2\"/>",
    "<is><t>",
    "&#0;",
    "&#x110000;",
    "&unknown;",
    "<![CDATA[",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "</sheetData>",
    "uniqueCount=\"18446744073709551615\"",
    "<numFmt numFmtId=\"1\" formatCode=\"[\"/>",
];

fn changed(text: &str, at: usize, piece: &str) -> String {
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
    let (before, after) = text.split_at(places.get(at % places.len().max(1)).copied().unwrap_or_default());
    format!("{before}{piece}{after}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read_sheets(&bytes);
        let _ = read_sheets(&[b"PK\x03\x04".as_slice(), &bytes].concat());
        let _ = read_sheets(&[b"\xff\xfe".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_text_is_one_sheet_or_a_refusal(text in "[a-zә;,\"'\\|\t\r\n ]{0,400}") {
        if let Ok(sheets) = read_sheets(text.as_bytes()) {
            prop_assert_eq!(sheets.len(), 1);
        }
    }

    #[test]
    fn a_workbook_cut_short_is_refused(left in 4_usize..2_000) {
        let whole = zip(&sample().files());
        prop_assert!(read_sheets(&whole).is_ok());
        // The first four bytes say that it is a container; less is a short text.
        prop_assert!(read_sheets(&whole[..left.min(whole.len() - 1)]).is_err());
    }

    #[test]
    fn a_workbook_with_changed_bytes_is_answered(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..8)) {
        let mut bytes = zip(&sample().files());
        let length = bytes.len();
        for (at, byte) in changes {
            bytes[at % length] = byte;
        }
        let _ = read_sheets(&bytes);
    }

    #[test]
    fn parts_that_hold_anything_are_answered(
        changes in proptest::collection::vec((any::<usize>(), any::<usize>(), any::<usize>()), 1..6),
    ) {
        let mut files = sample().files();
        let count = files.len();
        for (part, at, piece) in changes {
            let contents = &mut files[part % count].1;
            *contents = changed(contents, at, PIECES[piece % PIECES.len()]);
        }
        let _ = read_sheets(&zip(&files));
    }
}

#[test]
fn every_piece_is_answered_in_a_row_of_its_own() {
    for piece in PIECES {
        let _ = read_sheets(&zip(&workbook(&format!("<row>{piece}</row>{DATA}")).files()));
        let _ = read_sheets(&zip(&workbook(&format!("{DATA}{piece}")).files()));
        let mut parts = sample();
        parts.shared_texts = Some(format!("<sst {piece}>{piece}</sst>"));
        let _ = read_sheets(&zip(&parts.files()));
    }
}
