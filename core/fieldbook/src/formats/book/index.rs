//! The index of a book, and what it says of the pages.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::page::{index_message, is_hexadecimal};
use jasaq_model::sealing::PageNumber;
use sha2::{Digest as _, Sha256};

use super::verify::{BookProblem, Looked, PageVerdict, first_number, read_line, read_number};
use super::{BookIndex, BookKeys, INDEX_FORM, IndexText, is_signed};

/// The index, if it may be looked at.
pub(super) fn read_index(line: Option<&BookIndex>, keys: &BookKeys) -> (Option<IndexText>, Vec<BookProblem>) {
    let Some(line) = line else { return (None, vec![BookProblem::NoIndex]) };
    let message = index_message(Sha256::digest(line.index.as_bytes()).into());
    let is_good = keys.may_sign_index(&line.by) && is_signed(&line.by, &message, &line.signature);
    let text: Option<IndexText> = read_line(&line.index).filter(|text| is_index(text, keys));
    match text {
        Some(text) if is_good => (Some(text), Vec::new()),
        _ => (None, vec![BookProblem::IndexBad]),
    }
}

/// Whether it is of this form and territory, and names no page twice.
fn is_index(text: &IndexText, keys: &BookKeys) -> bool {
    let named = || text.pages.iter().chain(&text.erased);
    let hashes: BTreeSet<&String> = named().map(|[_, hash]| hash).collect();
    text.jasaq == INDEX_FORM
        && text.territory == keys.territory
        && is_hexadecimal(&text.squad, 32)
        && is_in_order(&text.pages)
        && is_in_order(&text.erased)
        && hashes.len() == named().count()
}

/// Whether pages stand in the order of their numbers, and each number and hash is one.
fn is_in_order(pages: &[[String; 2]]) -> bool {
    let numbers: Option<Vec<PageNumber>> = pages.iter().map(|[number, _]| read_number(number)).collect();
    numbers.is_some_and(|numbers| numbers.is_sorted())
        && pages.iter().all(|[_, hash]| is_hexadecimal(hash, 64))
}

/// Where a page is entered: day and section.
type Entered<'a> = BTreeSet<(&'a String, &'a String)>;

/// What the index says of the pages: which are missing or erased, which stand in another's place, which nobody named. Gives those that
/// are not there.
pub(super) fn look_at_index(pages: &mut [Looked<'_>], index: &IndexText) -> Vec<PageVerdict> {
    let by_hash = |pages: &'_ [[String; 2]]| -> BTreeMap<String, Option<PageNumber>> {
        pages.iter().map(|[number, hash]| (hash.clone(), read_number(number))).collect()
    };
    let (indexed, erased) = (by_hash(&index.pages), by_hash(&index.erased));
    let due_numbers: BTreeSet<PageNumber> = indexed.values().flatten().copied().collect();
    let erased_numbers: BTreeSet<PageNumber> = erased.values().flatten().copied().collect();
    let mut entered: BTreeMap<&str, Entered<'_>> = BTreeMap::new();
    for [hash, day, section] in &index.entered {
        entered.entry(hash).or_default().insert((day, section));
    }
    let mut stands_for: BTreeSet<PageNumber> = BTreeSet::new();
    for looked in pages.iter_mut() {
        let number = first_number(looked.line);
        let hash = looked.hash.to_string();
        let problems = &mut looked.verdict.problems;
        match indexed.get(&hash) {
            Some(due) if number.is_some() && *due != number => problems.push(BookProblem::Swapped),
            Some(_) => {}
            None if number.is_some_and(|number| due_numbers.contains(&number)) => {
                stands_for.extend(number);
                problems.push(BookProblem::Altered);
            }
            None => problems.push(BookProblem::NotInIndex),
        }
        let said: Entered<'_> = looked.line.entered.iter().map(|at| (&at.day, &at.section)).collect();
        if indexed.contains_key(&hash) && said != entered.get(hash.as_str()).cloned().unwrap_or_default() {
            problems.push(BookProblem::EnteredAltered);
        }
        if let Some((_, page)) = &looked.read {
            let is_erased = |number| erased_numbers.contains(number);
            problems.extend(looked.numbers.iter().any(is_erased).then_some(BookProblem::NumberTaken));
            problems.extend((page.squad != index.squad).then_some(BookProblem::OfAnotherBook));
        }
    }
    let hashes: BTreeSet<String> = pages.iter().map(|looked| looked.hash.to_string()).collect();
    let not_there = |named: &BTreeMap<String, Option<PageNumber>>, verdict: &PageVerdict| {
        let gone = named.iter().filter(|(hash, _)| !hashes.contains(*hash));
        let gone = gone.map(|(hash, number)| PageVerdict {
            number: number.map(|number| number.to_string()),
            hash: Some(hash.clone()),
            ..verdict.clone()
        });
        gone.collect::<Vec<_>>()
    };
    let removed = PageVerdict { problems: vec![BookProblem::Removed], ..PageVerdict::default() };
    let is_erased = PageVerdict { is_erased: true, ..PageVerdict::default() };
    let is_missed = |verdict: &PageVerdict| {
        let number = verdict.number.as_deref().and_then(read_number);
        number.is_none_or(|number| !stands_for.contains(&number))
    };
    let removed = not_there(&indexed, &removed).into_iter().filter(is_missed);
    removed.chain(not_there(&erased, &is_erased)).collect()
}
