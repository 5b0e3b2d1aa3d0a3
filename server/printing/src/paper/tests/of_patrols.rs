//! Papers of patrols: each sheet says what it is, nothing that was said in the field is lost, and the longest page is printed.

use super::*;
use crate::documents::PatrolPage;
use crate::limits::{PRINTED_ENTRIES_MAX, PRINTED_FOUND_BYTES_MAX};
use crate::paper::samples::{HASH, blank_sheet, patrol_page};

fn page(page: PatrolPage) -> Document {
    Document::PatrolPage(Box::new(page))
}

#[test]
fn each_sheet_of_a_sealed_page_has_its_number_its_hash_and_that_it_is_not_the_book() {
    for (language, not_the_book) in [
        (PageLanguage::Kk, "Шекара қызметінің кітабы емес"),
        (PageLanguage::Ru, "Книгой пограничной службы не является"),
    ] {
        let sheets = pages_of(&printed(&page(patrol_page(60, Filled::Fully)), language));
        assert!(sheets.len() > 2, "otherwise nothing ran over");
        for (number, sheet) in (1..).zip(&sheets) {
            assert!(sheet.contains(&format!("{number}/{}", sheets.len())), "{sheet}");
            assert!(sheet.contains(&letters(HASH)) && sheet.contains("№2026-47"), "{sheet}");
            assert!(sheet.contains(&letters(not_the_book)), "{sheet}");
            assert!(!sheet.contains("ЖОБА") && !sheet.contains("ПРОЕКТ"), "{sheet}");
        }
    }
}

#[test]
fn each_sheet_of_a_draft_says_so_and_claims_no_hash() {
    for (language, draft) in [(PageLanguage::Kk, "ЖОБА"), (PageLanguage::Ru, "ПРОЕКТ")] {
        let pdf = printed(&page(patrol_page(60, Filled::ByHand)), language);
        for sheet in pages_of(&pdf) {
            assert_eq!(sheet.matches(draft).count(), 2, "at the head and across: {sheet}");
            assert!(!sheet.contains("SHA-256"), "{sheet}");
        }
        assert!(codes_on(pdf, 2.0).is_empty());
    }
}

#[test]
fn the_code_on_a_page_carries_its_number_and_its_hash() {
    let sealed = patrol_page(2, Filled::Fully);
    let code = sealed.code.clone().unwrap();
    assert_eq!(codes_on(printed(&page(sealed), PageLanguage::Kk), 300.0 / 72.0), [code]);
}

/// What phones in the field send: long words, signs of other scripts, what turns the direction of writing, what looks like markup.
#[test]
fn what_was_said_in_the_field_is_printed_whatever_it_is() {
    let said = [
        (
            "#panic(\"а\") *б* _в_ $г$ \\д <е> @ж // з -- `и` [л] /* о",
            "#panic(\"а\")*б*_в_$г$\\д<е>@ж//з--`и`[л]/*о",
        ),
        ("😀 зл\u{202e}ой \u{0}", "[U+1F600]зл[U+202E]ой[U+0000]"),
        ("شهادة", "[U+0634][U+0647][U+0627][U+062F][U+0629]"),
        ("бір\nекі", "бірекі"),
    ];
    for (text, shown) in said {
        let mut sealed = patrol_page(1, Filled::Fully);
        for entry in &mut sealed.entries {
            entry.text = text.to_owned();
            entry.place = text.to_owned();
            entry.notes = vec![text.to_owned()];
        }
        let sheets = text_of(&printed(&page(sealed), PageLanguage::Kk)).replace('\u{200b}', "");
        assert_eq!(sheets.matches(&letters(shown)).count(), 3, "{shown} in {sheets}");
    }
}

#[test]
fn a_word_that_fits_no_line_is_broken_and_no_letter_of_it_is_lost() {
    let mut sealed = patrol_page(1, Filled::Fully);
    for entry in &mut sealed.entries {
        // A letter that no caption has.
        for text in [&mut entry.text, &mut entry.place, &mut entry.activity] {
            *text = "ъ".repeat(300);
        }
    }
    let sheets = text_of(&printed(&page(sealed), PageLanguage::Kk));
    assert_eq!(sheets.matches('ъ').count(), 900, "{sheets}");
}

/// Every twentieth sheet is read back, and the end: reading all of them takes longer than printing them.
#[test]
fn ten_thousand_entries_are_printed_up_to_the_last() {
    let pdf = printed(&page(patrol_page(10_000, Filled::Fully)), PageLanguage::Ru);
    let file = lopdf::Document::load_mem(&pdf).unwrap();
    let sheets: Vec<u32> = file.get_pages().keys().copied().collect();
    let text = |sheet: &u32| letters(&file.extract_text(&[*sheet]).unwrap());
    let (end, entries) = sheets.split_last_chunk::<3>().map(|(entries, end)| (end, entries)).unwrap();
    for sheet in entries.iter().step_by(20) {
        let text = text(sheet);
        assert!(text.contains(&letters(PERSON)) && text.contains(&letters(HASH)), "{text}");
        assert!(text.contains(&format!("{sheet}/{}", sheets.len())), "{text}");
    }
    let end: String = end.iter().map(text).collect();
    assert!(end.contains(&letters(&format!("{PERSON} 9999"))), "{end}");
    assert!(end.contains(&letters(&format!("{PERSON} 10000"))), "{end}");
}

#[test]
fn a_text_that_nobody_wrote_in_the_field_holds_no_printer_up() {
    let mut sealed = patrol_page(1, Filled::Fully);
    for entry in &mut sealed.entries {
        entry.text = "а ".repeat(PRINTED_FOUND_BYTES_MAX);
    }
    let refused = print(&page(sealed), PageLanguage::Kk, &made());
    let bytes = 3 * PRINTED_FOUND_BYTES_MAX;
    assert_eq!(refused, Err(PrintRefused::TextTooLong { bytes, bytes_max: PRINTED_FOUND_BYTES_MAX }));
}

#[test]
fn more_entries_than_a_page_has_are_refused() {
    let rows = PRINTED_ENTRIES_MAX + 1;
    let endless = patrol_page(u32::try_from(rows).unwrap(), Filled::ByHand);
    let refused = print(&page(endless), PageLanguage::Kk, &made());
    assert_eq!(refused, Err(PrintRefused::TooManyRows { rows, rows_max: PRINTED_ENTRIES_MAX }));
}

#[test]
fn the_sheet_to_be_filled_in_has_the_columns_of_the_page_on_each_of_its_sheets() {
    for (language, columns) in [
        (
            PageLanguage::Kk,
            ["Күні, уақыты", "Кім жазды", "Қызмет түрі (10-тармақ)", "Саны", "Орны", "Не болды"],
        ),
        (
            PageLanguage::Ru,
            ["Дата, время", "Кто записал", "Вид деятельности (пункт 10)", "Кол-во", "Место", "Что произошло"],
        ),
    ] {
        let heading: String = columns.map(letters).concat();
        let blank = Document::BlankSheet(Box::new(blank_sheet(Filled::ByHand)));
        let sheets = pages_of(&printed(&blank, language));
        let with_lines = sheets.iter().filter(|sheet| sheet.contains(&heading)).count();
        assert!(with_lines > 1 && sheets.concat().contains("40"), "forty lines take more than a sheet");
        assert!(text_of(&printed(&page(patrol_page(1, Filled::Fully)), language)).contains(&heading));
    }
}
