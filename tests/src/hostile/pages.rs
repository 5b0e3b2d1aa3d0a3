//! Sealed pages, books of them, and the codes of patrols.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use jasaq_fieldbook::formats::book::{BookKeys, PageVerdict, verify_book};
use jasaq_fieldbook::model::ids::{PatrolId, SquadId};
use jasaq_fieldbook::model::page::{Openings, PageBytes};
use jasaq_fieldbook::model::patrol::PatrolCode;

use super::draw::{Draw, Plan};
use super::seeds::behind;

const BOOK: &str = "good.jasaq-book";

/// A page by its number and its hash.
type Named = (Option<String>, Option<String>);

/// A good book of the vectors, and what checks it.
struct Good {
    book: Vec<u8>,
    keys: BookKeys,
    pages: BTreeSet<Named>,
}

static GOOD: LazyLock<Good> = LazyLock::new(|| {
    let book = book_vector(BOOK);
    let keys = BookKeys::read(&book_vector("keys.jasaq-keys")).expect("the vectors' keys");
    let verdict = verify_book(&book, &keys);
    assert!(verdict.is_good(), "the vectors' book is good");
    Good { book, keys, pages: verdict.pages.into_iter().map(named).collect() }
});

fn named(page: PageVerdict) -> Named {
    (page.number, page.hash)
}

/// First byte: even a page, odd the openings of one.
pub(super) fn feed_page(input: &[u8]) {
    let mut draw = Draw::new(input);
    if draw.byte() & 1 == 1 {
        let Some(openings) = Openings::read(draw.rest()) else { return };
        return assert_eq!(Openings::read(&openings.to_bytes()), Some(openings), "read and written alike");
    }
    let bytes = draw.rest();
    let Ok((read, page)) = PageBytes::read(bytes) else { return };
    assert_eq!(read.as_bytes(), bytes, "the bytes are kept as they came");
    // What is not known is left out, and what was left out is null.
    let written = PageBytes::of(&page);
    let (_, again) = PageBytes::read(written.as_bytes()).expect("a page that was written is read");
    assert_eq!(again, page, "and is the same page");
}

/// First byte: even a book, odd what is done to the vectors' good one. Their keys are not here, so nothing else is good.
pub(super) fn feed_book(input: &[u8]) {
    let mut draw = Draw::new(input);
    let book = if draw.flag() { mended(&mut draw) } else { draw.rest().to_vec() };
    let verdict = verify_book(&book, &GOOD.keys);
    if verdict.is_good() {
        let pages: BTreeSet<_> = verdict.pages.into_iter().map(named).collect();
        assert_eq!(pages, GOOD.pages, "whatever is good is what was signed, and all of it");
    } else {
        let bad = verdict.pages.iter().filter(|page| !page.problems.is_empty()).count();
        assert!(bad > 0 || !verdict.problems.is_empty(), "what is not good has a reason");
    }
}

/// The vectors' book after strokes with a pen that an input holds.
fn mended(draw: &mut Draw<'_>) -> Vec<u8> {
    let mut book = GOOD.book.clone();
    while !draw.is_empty() {
        let stroke = draw.below(5);
        let at = usize::from(u16::from_be_bytes(draw.array())) % (book.len() + 1);
        match stroke {
            0 => drop(book.splice(at..at, draw.piece().iter().copied())),
            1 => drop(book.drain(at..(at + draw.below(256)).min(book.len()))),
            2 => {
                if let Some(byte) = book.get_mut(at) {
                    *byte = draw.byte();
                }
            }
            _ => {
                let mut lines: Vec<&[u8]> = book.split(|byte| *byte == b'\n').collect();
                let (one, other) = (draw.below(lines.len()), draw.below(lines.len()));
                match stroke {
                    3 => lines.swap(one, other),
                    _ => drop(lines.remove(one)),
                }
                book = lines.join(&b'\n');
            }
        }
    }
    book
}

/// A code as it is typed.
pub(super) fn feed_patrol_code(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(code) = PatrolCode::from_text(text) else { return };
    let written = code.to_text();
    assert_eq!(PatrolCode::from_text(&written), Ok(code), "a code that was written is read");
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .collect();
    let written: String = written.chars().filter(|letter| *letter != '-').collect();
    assert_eq!(
        plain.to_ascii_lowercase(),
        written,
        "a code is written in one way, but for how people write letters"
    );
}

/// A file beside the vectors' books.
fn book_vector(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/books").join(name);
    std::fs::read(path).expect("the vectors are there")
}

pub(super) fn page_seeds() -> Vec<Vec<u8>> {
    let book = book_vector(BOOK);
    let lines = book
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok());
    let pages =
        lines.filter_map(|line: serde_json::Value| Some(line.get("page")?.as_str()?.as_bytes().to_vec()));
    let openings = Openings::default().to_bytes();
    behind(&[&[0]], &pages.collect::<Vec<_>>())
        .into_iter()
        .chain(behind(&[&[1]], &[openings]))
        .collect()
}

pub(super) fn book_seeds() -> Vec<Vec<u8>> {
    let whole =
        ["removed", "page_before_missing", "erased"].map(|name| book_vector(&format!("{name}.jasaq-book")));
    let inserted = Plan::of(&[1, 0, 0x04, 0]).piece(b"x").finish();
    let drawn = [&[1][..], &[1, 3, 0, 0, 1, 2], &[1, 4, 0, 0, 2, 0], &[1, 2, 1, 1, 0x20, 1, 1, 1, 9]];
    let drawn = drawn.map(<[u8]>::to_vec).into_iter().chain([inserted]);
    behind(&[&[0]], &whole).into_iter().chain(drawn).collect()
}

pub(super) fn patrol_code_seeds() -> Vec<Vec<u8>> {
    let code = PatrolCode::of(PatrolId::from_bytes([7; 16]), SquadId::from_bytes([8; 16])).to_text();
    [code.to_uppercase(), code.replace(':', ": "), code]
        .map(String::into_bytes)
        .to_vec()
}
