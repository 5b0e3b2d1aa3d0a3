//! Who stands twice on a list.
//!
//! Promises that of two lines with one number, or with one name that one of them says nothing beside, the later is refused; and
//! that two lines with one day of birth and one name, or nearly one, are a question: namesakes share birthdays, and a slip makes
//! two of one. Dozens of them are a row that was filled down, and are refused.

use std::collections::BTreeMap;

use super::asked::{Answer, Asked, ListProblem, ListQuestion, OtherLine, Proposal, Refusal};
use super::line::{Draft, Rival};
use super::names::NameForm;
use super::persons::differ;
use super::{ListedPerson, Reading};
use crate::limits::LIST_LINES_ALIKE_MAX;
use crate::moment::Day;
use crate::sheet::Address;

/// Refuses or asks about each line that may be one too many.
pub(super) fn settle(drafts: &mut [Draft], reading: Reading<'_>) {
    refuse_numbers(drafts);
    refuse_names_alone(drafts);
    ask_about_days(drafts, reading);
    name_rivals(drafts);
}

fn refuse_numbers(drafts: &mut [Draft]) {
    let (mut iins, mut cards) = (BTreeMap::new(), BTreeMap::new());
    for draft in drafts.iter_mut().filter(|draft| !draft.is_left_out) {
        let (iin, card) = (draft.iin, draft.card.clone());
        if let Some(other) = iin.and_then(|iin| first_of(&mut iins, iin, draft.iin_at)) {
            draft.refuse_as(draft.iin_at, ListProblem::SameIin, other);
        } else if let Some(other) = card.and_then(|card| first_of(&mut cards, card, draft.card_at)) {
            draft.refuse_as(draft.card_at, ListProblem::SameCard, other);
        }
    }
}

/// Where this stood first, if this is not the first time.
fn first_of<T: Ord>(seen: &mut BTreeMap<T, Address>, this: T, at: Address) -> Option<Address> {
    if let Some(first) = seen.get(&this) {
        return Some(*first);
    }
    seen.insert(this, at);
    None
}

/// Who says more than his name is told apart from the others; of those who do not, one line is one too many.
fn refuse_names_alone(drafts: &mut [Draft]) {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate().filter(|(_, draft)| is_counted(draft)) {
        if let Some(name) = &draft.name {
            names.entry(NameForm::of(name).key().to_owned()).or_default().push(place);
        }
    }
    for places in names.into_values() {
        let namesakes = || places.iter().filter_map(|place| drafts.get(*place));
        let fuller = namesakes().find(|draft| !draft.is_name_alone()).or(namesakes().next());
        let Some(other) = fuller.map(|draft| draft.at) else { continue };
        for place in &places {
            if let Some(draft) = drafts.get_mut(*place)
                && draft.at != other
                && draft.is_name_alone()
            {
                draft.refuse_as(draft.at, ListProblem::SameNameAlone, other);
            }
        }
    }
}

/// Asks of each line whether it is about the person of one before it. More lines alike than any place has namesakes of one birthday
/// are refused: a row was filled down.
fn ask_about_days(drafts: &mut [Draft], reading: Reading<'_>) {
    let mut days: BTreeMap<Day, Vec<(NameForm, OtherLine)>> = BTreeMap::new();
    for draft in drafts.iter_mut().filter(|draft| is_counted(draft)) {
        let (Some(name), Some(born)) = (draft.name.clone(), draft.born) else { continue };
        let form = NameForm::of(&name);
        let before = days.entry(born).or_default();
        let is_alike = |other: &NameForm| other.key() == form.key() || form.is_nearly(other);
        let alike = before.iter().filter(|(other, _)| is_alike(other)).map(|(_, line)| line);
        let alike: Vec<&OtherLine> = alike.take(LIST_LINES_ALIKE_MAX).collect();
        if let (LIST_LINES_ALIKE_MAX, Some(first)) = (alike.len(), alike.first()) {
            draft.refuse_as(draft.at, ListProblem::FilledDown, first.at);
            continue;
        }
        let (apart, alike): (Vec<OtherLine>, Vec<OtherLine>) = alike
            .into_iter()
            .cloned()
            .partition(|line| differ(line.person.iin.as_ref(), draft.iin.as_ref()));
        draft.apart_from.extend(apart.iter().map(|line| line.at));
        if !alike.is_empty() {
            draft.ask_whether_double(alike, reading);
        }
        if !draft.is_left_out {
            let (iin, card) = (draft.iin, draft.card.clone());
            let person = ListedPerson { full_name: name, born: Some(born), iin, card, residence: None };
            before.push((form, OtherLine { at: draft.at, person }));
        }
    }
}

/// Of two lines that are told apart either may be about somebody known: each hears of the other.
fn name_rivals(drafts: &mut [Draft]) {
    let rival = |draft: &Draft| Rival { at: draft.at, iin: draft.iin, card: draft.card.clone() };
    let all: BTreeMap<Address, Rival> = drafts.iter().map(|draft| (draft.at, rival(draft))).collect();
    let mut rivals: BTreeMap<Address, Vec<Rival>> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| is_counted(draft)) {
        for other in draft.apart_from.iter().filter_map(|at| all.get(at)) {
            rivals.entry(draft.at).or_default().push(other.clone());
            rivals.entry(other.at).or_default().push(rival(draft));
        }
    }
    for draft in drafts {
        draft.rivals = rivals.remove(&draft.at).unwrap_or_default();
    }
}

/// A line that is left out is no other's double, and one whose number stands elsewhere is refused already.
fn is_counted(draft: &Draft) -> bool {
    let has_number_of_another =
        |refusal: &Refusal| matches!(refusal.problem, ListProblem::SameIin | ListProblem::SameCard);
    !draft.is_left_out && !draft.refusals.iter().any(has_number_of_another)
}

impl Draft {
    fn refuse_as(&mut self, at: Address, problem: ListProblem, other: Address) {
        self.refusals.push(Refusal { at, problem, other: Some(other) });
    }

    /// One person stands twice, and this line is left out; or two persons do.
    fn ask_whether_double(&mut self, alike: Vec<OtherLine>, reading: Reading<'_>) {
        let others: Vec<Address> = alike.iter().map(|line| line.at).collect();
        let asked = Asked::new(self.at, ListQuestion::PersonDouble, Proposal::Lines(alike));
        match self.ask(reading, asked) {
            Some(Answer::AsProposed) => self.is_left_out = true,
            Some(_) => self.apart_from.extend(others),
            None => {}
        }
    }
}
