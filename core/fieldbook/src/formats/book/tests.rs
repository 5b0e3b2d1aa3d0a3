//! A whole book is good; whatever was done to one is named.

use jasaq_model::ids::hexadecimal;
use jasaq_model::page::{Commitment, MemberLine, Page, Salt, countersigned_message, sealed_message};
use jasaq_protocol::seal::SigningKey;

use super::*;

const TERRITORY: &str = "0101010101010101010101010101010101010101010101010101010101010101";
const SQUAD: &str = "02020202020202020202020202020202";

fn key(number: u8) -> SigningKey {
    SigningKey::from_secret_bytes(&[number; 32])
}

fn keys() -> BookKeys {
    let head = BookKey {
        device: named(&key(1).device_id()),
        role: "squad_head".to_owned(),
        removed: false,
        squad: Some(SQUAD.to_owned()),
    };
    let lost = BookKey { device: named(&key(3).device_id()), removed: true, ..head.clone() };
    let console = BookKey {
        device: named(&key(2).device_id()),
        role: "structural_subdivision".to_owned(),
        removed: false,
        squad: None,
    };
    BookKeys::new(TERRITORY.to_owned(), vec![head, lost, console])
}

fn written(patrol: u8, before: Option<&str>, sealer: &SigningKey) -> (Page, Opening) {
    let salt = Salt::from_bytes([patrol; 32]);
    let (name, opening) = Opening::make(&salt, "/members/0/name".to_owned(), "Әлиев Асқар");
    let page = Page {
        jasaq: "page/1".to_owned(),
        territory: TERRITORY.to_owned(),
        squad: SQUAD.to_owned(),
        patrol: hexadecimal(&[patrol; 16]),
        parts: vec![],
        before: before.map(ToOwned::to_owned),
        reason: None,
        sealed_at: "2026-05-01T18:00:00+05:00".to_owned(),
        sealed_by: named(&sealer.device_id()),
        sealed_by_member: hexadecimal(&[9; 16]),
        plan: None,
        header: vec![],
        members: vec![MemberLine {
            member: hexadecimal(&[9; 16]),
            name: Some(name),
            certificate: None::<Commitment>,
            attended: "attended".to_owned(),
            eligible: Some(true),
            card_of: None,
            minutes: None,
        }],
        phones: vec![],
        legs: vec![],
        tracks: vec![],
        events: vec![],
        marks: vec![],
        notices: vec![],
        withdrawn: vec![],
        cases: vec![],
        flags: vec![],
        statements: vec![],
    };
    (page, opening)
}

fn number(written: u32) -> PageNumber {
    PageNumber { year: 2026, number: written, amendment: 0 }
}

/// A page under its number, sealed and countersigned.
fn page(
    patrol: u8,
    under: PageNumber,
    (sealer, is_countersigned): (&SigningKey, bool),
) -> (BookPage, BookOpenings) {
    let (page, opening) = written(patrol, None, sealer);
    let bytes = PageBytes::of(&page);
    let hash = bytes.hash();
    let mut line = book_page(&bytes, &page.sealed_by, sealer.sign(&sealed_message(hash)).as_bytes());
    if is_countersigned {
        let signature = key(2).sign(&countersigned_message(hash, under));
        line.countersigned.push(CountersignedBy {
            by: named(&key(2).device_id()),
            number: under.to_string(),
            signature: hexadecimal(signature.as_bytes()),
        });
    }
    (line, BookOpenings { openings: vec![opening], page: hash.to_string() })
}

fn book_of_three() -> Vec<u8> {
    let mut book = Book::default();
    for patrol in 1..=3_u8 {
        let under = number(patrol.into());
        let (line, openings) = page(patrol, under, (&key(1), true));
        book.add(under, line, Some(openings));
    }
    book.write((SQUAD, TERRITORY, "2026-06-01T08:00:00+05:00".to_owned()), Some(&key(2)))
}

fn lines(book: &[u8]) -> Vec<String> {
    std::str::from_utf8(book).unwrap().lines().map(ToOwned::to_owned).collect()
}

/// Number and problems of every page that has some, and those of the whole.
fn found(lines: &[String]) -> (Vec<(String, Vec<BookProblem>)>, Vec<BookProblem>) {
    let verdict = verify_book(lines.join("\n").as_bytes(), &keys());
    let bad = verdict.pages.into_iter().filter(|page| !page.problems.is_empty());
    (bad.map(|page| (page.number.unwrap_or_default(), page.problems)).collect(), verdict.problems)
}

#[test]
fn a_whole_book_is_good_also_when_personal_fields_were_erased() {
    let book = book_of_three();
    let verdict = verify_book(&book, &keys());
    assert!(verdict.is_good(), "{verdict:?}");
    assert_eq!((verdict.pages.len(), verdict.pages[0].opened, verdict.pages[0].erased), (3, 1, 0));
    let mut without = lines(&book);
    without.retain(|line| !line.starts_with("{\"openings\""));
    let verdict = verify_book(without.join("\n").as_bytes(), &keys());
    assert!(verdict.is_good());
    assert_eq!((verdict.pages[0].opened, verdict.pages[0].erased), (0, 1));
}

#[test]
fn the_page_that_was_altered_removed_or_swapped_is_named() {
    let whole = lines(&book_of_three());
    let at = |number: &str| {
        whole
            .iter()
            .position(|line| line.contains(&format!("\"number\":\"{number}\"")))
            .unwrap()
    };
    let mut altered = whole.clone();
    altered[at("2026-2")] = altered[at("2026-2")].replace("18:00", "19:00");
    let (pages, of_whole) = found(&altered);
    assert_eq!(pages.len(), 1);
    assert_eq!((pages[0].0.as_str(), pages[0].1.contains(&BookProblem::Altered)), ("2026-2", true));
    assert_eq!(of_whole, []);
    let mut removed = whole.clone();
    removed.remove(at("2026-2"));
    assert_eq!(found(&removed), (vec![("2026-2".to_owned(), vec![BookProblem::Removed])], vec![]));
    let mut swapped = whole.clone();
    let text = |line: &str| serde_json::from_str::<BookPage>(line).unwrap();
    let (mut one, mut other) = (text(&whole[at("2026-1")]), text(&whole[at("2026-3")]));
    std::mem::swap(&mut one.page, &mut other.page);
    swapped[at("2026-1")] = serde_json::to_string(&one).unwrap();
    swapped[at("2026-3")] = serde_json::to_string(&other).unwrap();
    let (pages, _) = found(&swapped);
    let named: Vec<&str> = pages.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!(named, ["2026-1", "2026-3"]);
    assert!(pages.iter().all(|(_, problems)| problems.contains(&BookProblem::Swapped)), "{pages:?}");
}

#[test]
fn whoever_is_no_head_seals_nothing_and_a_removed_one_only_what_was_countersigned() {
    for (sealer, is_countersigned, due) in [
        (7, true, vec![BookProblem::SealedByStranger]),
        (3, false, vec![BookProblem::NotCountersigned, BookProblem::SealedByRemoved]),
        (3, true, vec![]),
        (1, false, vec![BookProblem::NotCountersigned]),
    ] {
        let mut book = Book::default();
        let (line, _) = page(1, number(1), (&key(sealer), is_countersigned));
        book.add(number(1), line, None);
        let book = book.write((SQUAD, TERRITORY, String::new()), Some(&key(2)));
        let verdict = verify_book(&book, &keys());
        assert_eq!(verdict.pages[0].problems, due, "sealed by {sealer}");
    }
}

#[test]
fn an_index_that_was_altered_or_is_not_there_is_told() {
    let whole = lines(&book_of_three());
    let mut altered = whole.clone();
    let last = altered.len() - 1;
    altered[last] = altered[last].replace("08:00", "09:00");
    assert_eq!(found(&altered).1, [BookProblem::IndexBad]);
    assert_eq!(found(&whole[..last]).1, [BookProblem::NoIndex]);
    assert_eq!(found(&whole[1..]).1, [BookProblem::NoIndex, BookProblem::NotABook]);
    let mut torn = whole.clone();
    torn[1].truncate(40);
    let (pages, of_whole) = found(&torn);
    assert_eq!(
        (pages, of_whole),
        (vec![("2026-1".to_owned(), vec![BookProblem::Removed])], vec![BookProblem::LineDamaged])
    );
}

#[test]
fn an_index_counts_while_its_console_is_not_removed() {
    let book = lines(&book_of_three());
    let mut keys = keys();
    let console = keys.keys.iter().find(|key| key.squad.is_none()).unwrap().clone();
    keys.keys.push(BookKey { removed: true, ..console });
    let verdict = verify_book(book.join("\n").as_bytes(), &keys);
    assert_eq!((verdict.problems, verdict.indexed_at), (vec![BookProblem::IndexBad], None));
    // What it countersigned counts as before.
    assert!(verdict.pages.iter().all(|page| page.problems.is_empty()), "{:?}", verdict.pages);
}

#[test]
fn a_long_index_over_many_lines_holds_nobody_up() {
    let (pages, gone) = (5_000, 50_000);
    let unsigned = SignedBy { by: String::new(), signature: String::new() };
    let mut book = Book::default();
    for at in 0..pages {
        let word = CountersignedBy {
            by: String::new(),
            number: number(gone + at).to_string(),
            signature: String::new(),
        };
        let (page, sealed) = (at.to_string(), unsigned.clone());
        let line = BookPage { page, sealed, countersigned: vec![word], entered: vec![] };
        book.add(number(at), line, None);
    }
    let mut book = lines(&book.write((SQUAD, TERRITORY, String::new()), None));
    let index = IndexText {
        entered: Vec::new(),
        erased: Vec::new(),
        jasaq: INDEX_FORM.to_owned(),
        made_at: String::new(),
        pages: (0..gone)
            .map(|at| [number(at).to_string(), hexadecimal(&Sha256::digest(format!("gone {at}")))])
            .collect(),
        squad: SQUAD.to_owned(),
        territory: TERRITORY.to_owned(),
    };
    let index = line(&index);
    let signature = key(2).sign(&index_message(Sha256::digest(index.as_bytes()).into()));
    let (by, signature) = (named(&key(2).device_id()), hexadecimal(signature.as_bytes()));
    book.push(line(&BookIndex { by, index, signature }));
    let (said, _) = found(&book);
    let removed = said
        .iter()
        .filter(|(_, problems)| problems.as_slice() == [BookProblem::Removed]);
    assert_eq!((said.len(), removed.count()), (55_000, 50_000));
}

#[test]
fn an_opening_of_another_field_opens_nothing() {
    let mut book = lines(&book_of_three());
    let at = book.iter().position(|line| line.starts_with("{\"openings\"")).unwrap();
    book[at] = book[at].replace("Әлиев", "Бекова");
    let (pages, _) = found(&book);
    assert_eq!(pages, [("2026-1".to_owned(), vec![BookProblem::OpeningWrong])]);
}

/// What the second verifier, in Python, says of the books that it made from the written format alone.
#[test]
fn both_verifiers_say_the_same_of_every_book() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/books");
    let keys = BookKeys::read(&std::fs::read(folder.join("keys.jasaq-keys")).unwrap()).unwrap();
    let mut books = 0;
    let mut differ = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let book = entry.unwrap().path();
        if book.extension().is_none_or(|ending| ending != "jasaq-book") {
            continue;
        }
        books += 1;
        let due = std::fs::read(book.with_extension("verdict.json")).unwrap();
        let due: serde_json::Value = serde_json::from_slice(&due).unwrap();
        let said = serde_json::to_value(verify_book(&std::fs::read(&book).unwrap(), &keys)).unwrap();
        if said != due {
            differ.push(format!("{}: {said}\n   and not {due}", book.file_name().unwrap().display()));
        }
    }
    assert!(books > 50, "otherwise the rule is proved of nothing");
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn what_is_said_of_its_entry_is_what_the_index_says() {
    let entered = |line: &mut BookPage, section: &str| {
        line.entered = vec![EnteredIn { day: "2026-06-02".to_owned(), section: section.to_owned() }];
    };
    let mut book = Book::default();
    let (mut line, _) = page(1, number(1), (&key(1), true));
    entered(&mut line, "III");
    book.add(number(1), line, None);
    let whole = lines(&book.write((SQUAD, TERRITORY, String::new()), Some(&key(2))));
    assert_eq!(found(&whole), (vec![], vec![]));
    let page: BookPage = serde_json::from_str(&whole[1]).unwrap();
    let mut other = page.clone();
    entered(&mut other, "V");
    let mut none = page.clone();
    none.entered.clear();
    let mut twice = page;
    twice
        .entered
        .push(EnteredIn { day: "2026-06-03".to_owned(), section: "III".to_owned() });
    for forged in [other, none, twice] {
        let mut altered = whole.clone();
        altered[1] = serde_json::to_string(&forged).unwrap();
        assert_eq!(found(&altered), (vec![("2026-1".to_owned(), vec![BookProblem::EnteredAltered])], vec![]));
    }
}

#[test]
fn a_page_that_was_erased_is_told_and_its_number_is_nobody_elses() {
    let erased = || (number(2), PageHash::from_bytes([8; 32]));
    let written = |under: PageNumber| {
        let mut book = Book::default();
        let (line, _) = page(1, under, (&key(1), true));
        book.add(under, line, None);
        book.add_missing(erased(), true);
        book.write((SQUAD, TERRITORY, String::new()), Some(&key(2)))
    };
    let verdict = verify_book(&written(number(1)), &keys());
    assert!(verdict.is_good(), "{verdict:?}");
    let told: Vec<_> = verdict
        .pages
        .iter()
        .map(|page| (page.number.as_deref(), page.is_erased))
        .collect();
    assert_eq!(told, [(Some("2026-1"), false), (Some("2026-2"), true)]);
    let taken = lines(&written(number(2)));
    assert_eq!(found(&taken).0, [("2026-2".to_owned(), vec![BookProblem::NumberTaken])]);
}

#[test]
fn an_amendment_has_the_next_number_of_what_it_amends() {
    let amended = |under: PageNumber| {
        let first = written(1, None, &key(1)).0;
        let mut book = Book::default();
        let before = PageBytes::of(&first).hash();
        for (under, before) in [(number(1), None), (under, Some(before))] {
            let (page, _) = written(1, before.map(|before| before.to_string()).as_deref(), &key(1));
            let bytes = PageBytes::of(&page);
            let hash = bytes.hash();
            let mut line = book_page(&bytes, &page.sealed_by, key(1).sign(&sealed_message(hash)).as_bytes());
            let signature = key(2).sign(&countersigned_message(hash, under));
            let signature = hexadecimal(signature.as_bytes());
            line.countersigned.push(CountersignedBy {
                by: named(&key(2).device_id()),
                number: under.to_string(),
                signature,
            });
            book.add(under, line, None);
        }
        found(&lines(&book.write((SQUAD, TERRITORY, String::new()), Some(&key(2))))).0
    };
    assert_eq!(amended(PageNumber { amendment: 1, ..number(1) }), []);
    for wrong in
        [number(2), PageNumber { amendment: 2, ..number(1) }, PageNumber { amendment: 1, ..number(9) }]
    {
        assert_eq!(amended(wrong), [(wrong.to_string(), vec![BookProblem::Misnumbered])]);
    }
    let alone = PageNumber { amendment: 1, ..number(1) };
    let (line, _) = page(1, alone, (&key(1), true));
    let mut book = Book::default();
    book.add(alone, line, None);
    let book = book.write((SQUAD, TERRITORY, String::new()), Some(&key(2)));
    assert_eq!(found(&lines(&book)).0, [(alone.to_string(), vec![BookProblem::Misnumbered])]);
}

#[test]
fn a_page_of_a_book_prints_who_signed_it_and_nothing_that_somebody_wrote() {
    let (page, _) = page(1, number(1), (&key(1), true));
    let printed = format!("{page:?}");
    assert!(printed.contains(&page.sealed.by) && !printed.contains("attended"), "{printed}");
    assert!(page.page.contains("attended"), "otherwise nothing is proved");
}
