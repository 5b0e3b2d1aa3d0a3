//! Checking a book, with its keys and nothing else.
//!
//! Promises that each page which was altered, taken out, put in or put in another's place is named, by its number where it has one;
//! and that personal fields whose openings were erased hinder nothing: they are counted.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::PageHash;
use jasaq_model::page::{Page, PageBytes, countersigned_message, read_json, read_shape, sealed_message};
use jasaq_model::sealing::PageNumber;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::index::{look_at_index, read_index};
use super::{BOOK_BYTES_MAX, BOOK_FORM, BookIndex, BookKeys, BookOpenings, BookPage, FirstLine, is_signed};

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
    /// Its number does not follow that of the page before it, or it has the number of an amendment and amends nothing.
    Misnumbered,
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
    /// The index is not signed by a console of the subdivision, or by one that was removed, or was altered.
    IndexBad,
    /// Day or section of its entry in the book are not what the index says.
    EnteredAltered,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageVerdict {
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Its hash, by what stands there; of one that is missing, by the index.
    pub hash: Option<String>,
    /// Which patrol, if it can be read.
    pub patrol: Option<String>,
    /// Whether the index says that it was erased for everybody; then nothing of it is there.
    pub is_erased: bool,
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
pub(super) struct Looked<'a> {
    pub(super) line: &'a BookPage,
    pub(super) hash: PageHash,
    pub(super) read: Option<(PageBytes, Page)>,
    pub(super) numbers: Vec<PageNumber>,
    pub(super) verdict: PageVerdict,
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
    let mut verdicts = index.as_ref().map(|index| look_at_index(&mut pages, index)).unwrap_or_default();
    verdicts.extend(pages.into_iter().map(|looked| looked.verdict));
    for verdict in &mut verdicts {
        verdict.problems.sort_by_cached_key(|problem| problem.code());
        verdict.problems.dedup();
    }
    verdicts.sort_by_cached_key(|verdict| {
        let number = verdict.number.as_deref().and_then(read_number);
        (number.is_none(), number, verdict.hash.clone())
    });
    problems.sort_by_cached_key(|problem| problem.code());
    problems.dedup();
    BookVerdict { pages: verdicts, problems, indexed_at: index.map(|index| index.made_at) }
}

fn read_lines(bytes: &[u8]) -> Lines {
    let mut lines = Lines::default();
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= BOOK_BYTES_MAX);
    let is_blank = |line: &&str| line.bytes().all(|letter| matches!(letter, b' ' | b'\t' | b'\r'));
    let mut written = text.unwrap_or_default().split('\n').filter(|line| !is_blank(line));
    let first: Option<FirstLine> = written.next().and_then(read_line);
    if text.is_none() || first.is_none_or(|first| first.jasaq != BOOK_FORM) {
        lines.problems.push(BookProblem::NotABook);
        return lines;
    }
    for line in written {
        let value = read_json(line.as_bytes()).filter(|_| lines.index.is_none());
        if let Some(page) = value.as_ref().and_then(read_shape::<BookPage>) {
            lines.pages.push(page);
        } else if let Some(openings) = value.as_ref().and_then(read_shape::<BookOpenings>) {
            lines.openings.entry(openings.page.clone()).or_default().push(openings);
        } else if let Some(index) = value.as_ref().and_then(read_shape::<BookIndex>) {
            lines.index = Some(index);
        } else {
            lines.problems.push(BookProblem::LineDamaged);
        }
    }
    lines
}

pub(super) fn read_line<T: DeserializeOwned + Serialize>(line: &str) -> Option<T> {
    read_shape(&read_json(line.as_bytes())?)
}

/// What one page says of itself.
fn look<'a>(line: &'a BookPage, keys: &BookKeys) -> Looked<'a> {
    let hash = PageHash::from_bytes(Sha256::digest(line.page.as_bytes()).into());
    let read = PageBytes::read(line.page.as_bytes()).ok();
    let (numbers, are_bad) = numbers_of(line, hash, keys);
    let is_sealed = is_signed(&line.sealed.by, &sealed_message(hash), &line.sealed.signature);
    let mut problems = Vec::new();
    let mut say_if = |is_so: bool, problem| problems.extend(is_so.then_some(problem));
    say_if(!is_sealed, BookProblem::Altered);
    say_if(are_bad, BookProblem::CountersignatureBad);
    say_if(line.countersigned.is_empty(), BookProblem::NotCountersigned);
    let several = numbers.iter().collect::<BTreeSet<_>>().len() > 1;
    say_if(several, BookProblem::SeveralNumbers);
    say_if(read.is_none(), BookProblem::NotAPage);
    if let Some((_, page)) = &read {
        let head = keys.head_of(&line.sealed.by, &page.squad);
        let is_stranger = page.sealed_by != line.sealed.by || head.is_none();
        say_if(is_stranger, BookProblem::SealedByStranger);
        say_if(head == Some(true) && numbers.is_empty(), BookProblem::SealedByRemoved);
        say_if(page.territory != keys.territory, BookProblem::OfAnotherBook);
    }
    let verdict = PageVerdict {
        number: first_number(line).map(|number| number.to_string()),
        hash: Some(hash.to_string()),
        patrol: read.as_ref().map(|(_, page)| page.patrol.clone()),
        problems,
        ..PageVerdict::default()
    };
    Looked { line, hash, read, numbers, verdict }
}

/// What stands first among its countersignatures, if it is a number.
pub(super) fn first_number(line: &BookPage) -> Option<PageNumber> {
    read_number(&line.countersigned.first()?.number)
}

/// The numbers under which it was countersigned well, and whether one was not.
fn numbers_of(line: &BookPage, hash: PageHash, keys: &BookKeys) -> (Vec<PageNumber>, bool) {
    let mut numbers = Vec::new();
    for word in &line.countersigned {
        let number = read_number(&word.number).filter(|number| {
            let message = countersigned_message(hash, *number);
            keys.is_console(&word.by) && is_signed(&word.by, &message, &word.signature)
        });
        numbers.extend(number);
    }
    let are_bad = numbers.len() < line.countersigned.len();
    (numbers, are_bad)
}

/// `2026-47`, `2026-47-1`, and nothing else.
pub(super) fn read_number(written: &str) -> Option<PageNumber> {
    let mut parts = written.split('-');
    let (year, number) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let amendment = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    let read = PageNumber { year, number, amendment };
    (parts.next().is_none() && read.to_string() == written).then_some(read)
}

/// What the openings of a page come to: how many open something, how many commitments nothing opens, and whether one opens nothing.
type Opened = (usize, usize, bool);

fn look_at_openings(pages: &mut [Looked<'_>], openings: &BTreeMap<String, Vec<BookOpenings>>) {
    // A page that stands there a thousand times is opened once.
    let mut known: BTreeMap<PageHash, Opened> = BTreeMap::new();
    for looked in pages {
        let Some((bytes, _)) = &looked.read else { continue };
        let own = || openings.get(&looked.hash.to_string()).into_iter().flatten();
        let (opened, erased, is_wrong) = *known.entry(looked.hash).or_insert_with(|| opened_by(bytes, own()));
        looked.verdict.problems.extend(is_wrong.then_some(BookProblem::OpeningWrong));
        (looked.verdict.opened, looked.verdict.erased) = (opened, erased);
    }
}

fn opened_by<'a>(bytes: &PageBytes, lines: impl Iterator<Item = &'a BookOpenings>) -> Opened {
    let commitments = bytes.commitments();
    let (mut opened, mut is_wrong) = (BTreeSet::new(), false);
    for opening in lines.flat_map(|line| &line.openings) {
        if commitments.are_opened_by(opening) {
            opened.insert(&opening.path);
        } else {
            is_wrong = true;
        }
    }
    (opened.len(), commitments.count() - opened.len(), is_wrong)
}

/// What pages say of each other: numbers, and which follows which.
fn look_at_each_other(pages: &mut [Looked<'_>]) {
    let mut numbers: BTreeMap<String, Option<PageNumber>> = BTreeMap::new();
    let mut by_number: BTreeMap<PageNumber, usize> = BTreeMap::new();
    let mut followers: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for looked in pages.iter() {
        for number in looked.numbers.iter().collect::<BTreeSet<_>>() {
            *by_number.entry(*number).or_default() += 1;
        }
        if let Some((_, page)) = &looked.read {
            numbers.insert(looked.hash.to_string(), first_number(looked.line));
            *followers.entry((page.patrol.clone(), page.before.clone())).or_default() += 1;
        }
    }
    for looked in pages {
        let Some((_, page)) = &looked.read else { continue };
        let problems = &mut looked.verdict.problems;
        if looked
            .numbers
            .iter()
            .any(|number| by_number.get(number).is_some_and(|count| *count > 1))
        {
            problems.push(BookProblem::NumberTaken);
        }
        if page.before.as_ref().is_some_and(|before| !numbers.contains_key(before)) {
            problems.push(BookProblem::PageBeforeMissing);
        }
        let number = first_number(looked.line);
        let follows = match &page.before {
            None => number.is_none_or(|number| number.amendment == 0),
            Some(before) => numbers
                .get(before)
                .copied()
                .flatten()
                .is_none_or(|before| number.is_none() || number == before.amended()),
        };
        if !follows {
            problems.push(BookProblem::Misnumbered);
        }
        let alike = followers.get(&(page.patrol.clone(), page.before.clone()));
        if alike.is_some_and(|count| *count > 1) {
            problems.push(BookProblem::Forked);
        }
    }
}
