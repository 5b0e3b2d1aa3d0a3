//! Checking a book, with its keys and nothing else.
//!
//! Promises that each page which was altered, taken out, put in or put in another's place is named, by its number where it has one;
//! and that personal fields whose openings were erased hinder nothing: they are counted.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::PageHash;
use jasaq_model::page::{Commitment, Page, PageBytes, countersigned_message, index_message, sealed_message};
use jasaq_model::sealing::PageNumber;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{
    BOOK_BYTES_MAX, BOOK_FORM, BookIndex, BookKeys, BookOpenings, BookPage, INDEX_FORM, IndexText, Opening1,
    bytes_of, hex, is_signed,
};

/// What is wrong with a page, or with the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BookProblem {
    /// No book, or of a newer form.
    NotABook,
    /// A line that is none of a book's.
    LineDamaged,
    /// What stands there as a page is none.
    NotAPage,
    /// The head's signature is not over this page: it was altered.
    Altered,
    /// The page of another number stands here.
    Swapped,
    /// The key that sealed it is no head's of its squad.
    SealedByStranger,
    /// The device that sealed it was removed, and no subdivision countersigned the page.
    SealedByRemoved,
    /// The subdivision has not countersigned it.
    NotCountersigned,
    /// A countersignature is not over this page and number, or by no console of a subdivision.
    CountersignatureBad,
    /// It stands under several numbers.
    SeveralNumbers,
    /// Another page has its number.
    NumberTaken,
    /// The page before it is not in this book.
    PageBeforeMissing,
    /// Another page follows the same page.
    Forked,
    /// The page is of another territory or squad than the index.
    OfAnotherBook,
    /// The index names it, and it is not there.
    Removed,
    /// It is there, and the index does not name it.
    NotInIndex,
    /// There is no index: pages may be missing.
    NoIndex,
    /// The index is not signed by a console of the subdivision, or was altered.
    IndexBad,
    /// An opening does not open what it says.
    OpeningWrong,
}

impl BookProblem {
    /// What `--json` prints.
    #[must_use]
    pub fn code(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(code)) => code,
            _ => String::new(),
        }
    }
}

/// What is said of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageVerdict {
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Its hash, by what stands there; of one that is missing, by the index.
    pub hash: Option<String>,
    /// Which patrol, if it can be read.
    pub patrol: Option<String>,
    /// What is wrong with it; nothing, if it is good.
    pub problems: Vec<BookProblem>,
    /// Personal fields that are opened.
    pub opened: usize,
    /// Personal fields of which the openings are not there.
    pub erased: usize,
}

/// What is said of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookVerdict {
    /// Page by page, by number; those that are missing among them.
    pub pages: Vec<PageVerdict>,
    /// What is wrong with the whole.
    pub problems: Vec<BookProblem>,
    /// When the index was made.
    pub indexed_at: Option<String>,
}

impl BookVerdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.problems.is_empty() && self.pages.iter().all(|page| page.problems.is_empty())
    }
}

/// What stands in a book, line by line.
#[derive(Default)]
struct Lines {
    pages: Vec<BookPage>,
    openings: BTreeMap<String, Vec<BookOpenings>>,
    index: Option<BookIndex>,
    problems: Vec<BookProblem>,
}

/// A page while it is looked at.
struct Looked<'a> {
    line: &'a BookPage,
    hash: PageHash,
    page: Option<Page>,
    numbers: Vec<PageNumber>,
    verdict: PageVerdict,
}

/// Checks a book.
#[must_use]
pub fn verify_book(bytes: &[u8], keys: &BookKeys) -> BookVerdict {
    let lines = read_lines(bytes);
    let (index, mut problems) = read_index(lines.index.as_ref(), keys);
    problems.extend(&lines.problems);
    let mut pages: Vec<Looked<'_>> = lines.pages.iter().map(|line| look(line, keys)).collect();
    look_at_openings(&mut pages, &lines.openings);
    look_at_each_other(&mut pages);
    let mut verdicts = Vec::new();
    if let Some(index) = &index {
        look_at_index(&mut pages, index, &mut verdicts);
    }
    verdicts.extend(pages.into_iter().map(|looked| looked.verdict));
    for verdict in &mut verdicts {
        verdict.problems.sort_unstable();
        verdict.problems.dedup();
    }
    verdicts.sort_by_cached_key(|verdict| {
        (verdict.number.as_deref().and_then(read_number), verdict.hash.clone())
    });
    problems.sort_unstable();
    problems.dedup();
    BookVerdict { pages: verdicts, problems, indexed_at: index.map(|index| index.made_at) }
}

fn read_lines(bytes: &[u8]) -> Lines {
    let mut lines = Lines::default();
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= BOOK_BYTES_MAX);
    let Some(text) = text else {
        lines.problems.push(BookProblem::NotABook);
        return lines;
    };
    let mut written = text.lines();
    let first: Option<Opening1> = written.next().and_then(|line| serde_json::from_str(line).ok());
    if first.is_none_or(|first| first.jasaq != BOOK_FORM) {
        lines.problems.push(BookProblem::NotABook);
        return lines;
    }
    for line in written.filter(|line| !line.trim().is_empty()) {
        if let Ok(page) = serde_json::from_str::<BookPage>(line) {
            lines.pages.push(page);
        } else if let Ok(openings) = serde_json::from_str::<BookOpenings>(line) {
            lines.openings.entry(openings.page.clone()).or_default().push(openings);
        } else if let Ok(index) = serde_json::from_str::<BookIndex>(line) {
            lines.index = Some(index);
        } else {
            lines.problems.push(BookProblem::LineDamaged);
        }
    }
    lines
}

fn read_index(line: Option<&BookIndex>, keys: &BookKeys) -> (Option<IndexText>, Vec<BookProblem>) {
    let Some(line) = line else { return (None, vec![BookProblem::NoIndex]) };
    let message = index_message(Sha256::digest(line.index.as_bytes()).into());
    let is_good =
        keys.of_role(&line.by, SUBDIVISION).is_some() && is_signed(&line.by, &message, &line.signature);
    let text: Option<IndexText> = serde_json::from_str(&line.index).ok();
    match text.filter(|text| text.jasaq == INDEX_FORM && text.territory == keys.territory) {
        Some(text) if is_good => (Some(text), Vec::new()),
        _ => (None, vec![BookProblem::IndexBad]),
    }
}

const HEAD: &str = "squad_head";
const SUBDIVISION: &str = "structural_subdivision";

/// What one page says of itself.
fn look<'a>(line: &'a BookPage, keys: &BookKeys) -> Looked<'a> {
    let hash = PageHash::from_bytes(Sha256::digest(line.page.as_bytes()).into());
    let page = PageBytes::read(line.page.as_bytes()).ok().map(|(_, page)| page);
    let mut problems = Vec::new();
    let is_sealed = is_signed(&line.sealed.by, &sealed_message(hash), &line.sealed.signature);
    if !is_sealed {
        problems.push(BookProblem::Altered);
    }
    let (numbers, are_bad) = numbers_of(line, hash, keys);
    if are_bad {
        problems.push(BookProblem::CountersignatureBad);
    }
    if line.countersigned.is_empty() {
        problems.push(BookProblem::NotCountersigned);
    }
    if numbers.iter().collect::<BTreeSet<_>>().len() > 1 {
        problems.push(BookProblem::SeveralNumbers);
    }
    match &page {
        None => problems.push(BookProblem::NotAPage),
        Some(page) => {
            let key = keys.of_role(&line.sealed.by, HEAD);
            let is_of_squad = key.is_some_and(|key| key.squad.as_deref() == Some(&page.squad));
            if page.sealed_by != line.sealed.by || !is_of_squad {
                problems.push(BookProblem::SealedByStranger);
            }
            if key.is_some_and(|key| key.removed) && numbers.is_empty() {
                problems.push(BookProblem::SealedByRemoved);
            }
            if page.territory != keys.territory {
                problems.push(BookProblem::OfAnotherBook);
            }
        }
    }
    let verdict = PageVerdict {
        number: line.countersigned.first().map(|word| word.number.clone()),
        hash: Some(hash.to_string()),
        patrol: page.as_ref().map(|page| page.patrol.clone()),
        problems,
        opened: 0,
        erased: 0,
    };
    Looked { line, hash, page, numbers, verdict }
}

/// The numbers under which it was countersigned well, and whether one was not.
fn numbers_of(line: &BookPage, hash: PageHash, keys: &BookKeys) -> (Vec<PageNumber>, bool) {
    let mut numbers = Vec::new();
    for word in &line.countersigned {
        let number = read_number(&word.number).filter(|number| {
            let message = countersigned_message(hash, *number);
            keys.of_role(&word.by, SUBDIVISION).is_some() && is_signed(&word.by, &message, &word.signature)
        });
        numbers.extend(number);
    }
    let are_bad = numbers.len() < line.countersigned.len();
    (numbers, are_bad)
}

/// `2026-47`, `2026-47-1`, and nothing else.
fn read_number(written: &str) -> Option<PageNumber> {
    let mut parts = written.split('-');
    let (year, number) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let amendment = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    let read = PageNumber { year, number, amendment };
    (parts.next().is_none() && read.to_string() == written).then_some(read)
}

fn look_at_openings(pages: &mut [Looked<'_>], openings: &BTreeMap<String, Vec<BookOpenings>>) {
    for looked in pages {
        let Some(page) = &looked.page else { continue };
        let mut commitments = commitments_of(page);
        let own = openings.get(&looked.hash.to_string()).into_iter().flatten();
        for opening in own.flat_map(|line| &line.openings) {
            match commitments.remove(&opening.path) {
                Some(commitment) if commitment.is_opened_by(opening) => looked.verdict.opened += 1,
                _ => looked.verdict.problems.push(BookProblem::OpeningWrong),
            }
        }
        looked.verdict.erased = commitments.len();
    }
}

/// Every personal field of a page, by its place.
fn commitments_of(page: &Page) -> BTreeMap<String, Commitment> {
    let mut all = BTreeMap::new();
    for (index, member) in page.members.iter().enumerate() {
        for (field, commitment) in [("name", &member.name), ("certificate", &member.certificate)] {
            let place = format!("/members/{index}/{field}");
            all.extend(commitment.clone().map(|commitment| (place, commitment)));
        }
    }
    for (index, case) in page.cases.iter().enumerate() {
        for (number, (_, commitment)) in case.fields.iter().enumerate() {
            all.insert(format!("/cases/{index}/fields/{number}/1"), commitment.clone());
        }
    }
    all
}

/// What pages say of each other: numbers, and which follows which.
fn look_at_each_other(pages: &mut [Looked<'_>]) {
    let hashes: BTreeSet<String> = pages.iter().map(|looked| looked.hash.to_string()).collect();
    let mut by_number: BTreeMap<PageNumber, usize> = BTreeMap::new();
    let mut followers: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for looked in pages.iter() {
        for number in looked.numbers.iter().collect::<BTreeSet<_>>() {
            *by_number.entry(*number).or_default() += 1;
        }
        if let Some(page) = &looked.page {
            *followers.entry((page.patrol.clone(), page.before.clone())).or_default() += 1;
        }
    }
    for looked in pages {
        let Some(page) = &looked.page else { continue };
        if looked
            .numbers
            .iter()
            .any(|number| by_number.get(number).is_some_and(|count| *count > 1))
        {
            looked.verdict.problems.push(BookProblem::NumberTaken);
        }
        if page.before.as_ref().is_some_and(|before| !hashes.contains(before)) {
            looked.verdict.problems.push(BookProblem::PageBeforeMissing);
        }
        let alike = followers.get(&(page.patrol.clone(), page.before.clone()));
        if alike.is_some_and(|count| *count > 1) {
            looked.verdict.problems.push(BookProblem::Forked);
        }
    }
}

/// What the index says of the pages: which are missing, which stand in another's place, which nobody named.
fn look_at_index(pages: &mut [Looked<'_>], index: &IndexText, missing: &mut Vec<PageVerdict>) {
    let indexed: BTreeMap<&str, &str> = index
        .pages
        .iter()
        .map(|[number, hash]| (hash.as_str(), number.as_str()))
        .collect();
    for looked in pages.iter_mut() {
        let number = looked.line.countersigned.first().map(|word| word.number.as_str());
        match (indexed.get(looked.hash.to_string().as_str()), number) {
            (Some(due), Some(number)) if *due != number => looked.verdict.problems.push(BookProblem::Swapped),
            (Some(_), _) => {}
            (None, Some(number)) if index.pages.iter().any(|[due, _]| due == number) => {
                looked.verdict.problems.push(BookProblem::Altered);
            }
            (None, _) => looked.verdict.problems.push(BookProblem::NotInIndex),
        }
        if looked.page.as_ref().is_some_and(|page| page.squad != index.squad) {
            looked.verdict.problems.push(BookProblem::OfAnotherBook);
        }
    }
    for [number, hash] in &index.pages {
        let is_there = pages.iter().any(|looked| {
            looked.hash.to_string() == *hash
                || looked.line.countersigned.iter().any(|word| word.number == *number)
        });
        if !is_there {
            missing.push(PageVerdict {
                number: Some(number.clone()),
                hash: bytes_of::<32>(hash).map(|bytes| hex(&bytes)),
                patrol: None,
                problems: vec![BookProblem::Removed],
                opened: 0,
                erased: 0,
            });
        }
    }
}
