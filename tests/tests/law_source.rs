//! The law as data says of each paragraph which decree worded it. The source says so too, in notes under its paragraphs.
//!
//! The source lies beside the repository; without it there is nothing to compare with.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::model::law::{Decree, Paragraph, Place};
use jasaq_fieldbook::model::moment::Day;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/domain/sources/001-rules-866.kk.txt");

/// `10-тармақ` and `1-қосымша`: the number, and whether it is an annex.
type Noted = (bool, u8);

/// Every note `Ескерту. 10-тармақ жаңа редакцияда – … 29.04.2020 … № 259 … қаулысымен`: the last decree it names.
fn notes(source: &str) -> BTreeMap<Noted, (u16, Day)> {
    let mut notes = BTreeMap::new();
    for rest in source.split("Ескерту. ").skip(1) {
        let note = rest.split("қаулы").next().unwrap();
        let (number, what) = note.split_once('-').unwrap();
        let is_annex = what.starts_with("қосымша");
        assert!(is_annex || what.starts_with("тармақ"), "{what}");
        let words: Vec<&str> = note.split_whitespace().collect();
        let decree = words.windows(2).rev().find(|pair| pair[0] == "№").unwrap()[1];
        let day = words.iter().rev().find_map(|word| day(word)).unwrap();
        let before = notes.insert((is_annex, number.parse().unwrap()), (decree.parse().unwrap(), day));
        assert_eq!(before, None, "two notes stand under {number}");
    }
    notes
}

/// `29.04.2020`.
fn day(word: &str) -> Option<Day> {
    let parts: Vec<&str> = word.split('.').rev().collect();
    parts.join("-").parse().ok()
}

#[test]
fn each_paragraph_is_worded_by_the_decree_that_its_note_names() {
    let Ok(source) = std::fs::read_to_string(SOURCE) else {
        println!("skipped: the source is not beside the repository");
        return;
    };
    let notes = notes(&source);
    assert_eq!(notes.len(), 19, "otherwise not every note was read");
    let mut noted = BTreeSet::new();
    for paragraph in Paragraph::ALL {
        let place = match paragraph.place() {
            Place::Paragraph { number } | Place::Item { paragraph: number, .. } => Some((false, number)),
            Place::Annex { number } => Some((true, number)),
            Place::Decree { .. } => None,
        };
        let note = place.and_then(|place| notes.get(&place));
        noted.extend(place.filter(|_| note.is_some()));
        let expected = note.copied().unwrap_or((Decree::RULES.number, Decree::RULES.day));
        let worded_by = paragraph.worded_by();
        assert_eq!((worded_by.number, worded_by.day), expected, "{paragraph}");
    }
    assert!(noted.iter().eq(notes.keys()), "a note is under no paragraph of ours");
}
