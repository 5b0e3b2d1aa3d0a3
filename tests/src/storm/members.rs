//! Who is removed, given another role, and admitted in a storm; and what must stand of it.
//!
//! Of a removed phone's words those stand that every remover held; what it said after the last removal counts nowhere, unless
//! somebody admitted it. What lies between is judged by cuts, and alike by everybody.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{FieldbookRefused, RefusalClass};

use super::Broken;
use super::steps::{Said, Storm, surprise};
use crate::field::Phone;

/// What a removal left of a phone.
#[derive(Debug, Clone)]
pub(super) struct Removed {
    /// Its words that every remover held.
    stands: BTreeSet<StatementRef>,
    /// Its words by the last removal.
    before: BTreeSet<StatementRef>,
}

/// What was decided about people.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) removed: BTreeMap<Phone, Removed>,
    /// Phones that were ever made a head's: what they say they hold counts as the head's word.
    pub(super) promoted: BTreeSet<Phone>,
    /// Statements about which somebody decided that they count.
    admitted: BTreeSet<StatementRef>,
    /// Statements about which somebody decided that they stay held: of two who decide apart that one is heard.
    dismissed: BTreeSet<StatementRef>,
}

impl Storm {
    /// One of the things that heads and consoles do about people.
    pub(super) fn decide(&mut self) -> Result<(), Broken> {
        let squad = self.a_squad();
        match self.below(6) {
            0 => self.remove(squad),
            1 | 2 => self.change_role(squad),
            _ => self.look_at_what_is_held(squad),
        }
    }

    /// The head's phone or a console of the SS.
    fn an_officer(&mut self, squad: usize) -> Phone {
        let mut officers = vec![self.squads[squad].phones[0]];
        officers.extend(self.ss.iter().copied());
        officers[self.below(officers.len())]
    }

    /// Of the words of a phone those that a device shows.
    fn words_shown(&mut self, of: Phone, at: Phone) -> BTreeSet<StatementRef> {
        let said: Vec<Said> = self.said.iter().filter(|said| said.author == of).cloned().collect();
        let shown = said.into_iter().filter(|said| self.field.can_read(at, said.patrol, &said.key));
        shown.map(|said| said.key).collect()
    }

    /// A phone of the squad but the head's is removed, if another one stays beside the head's.
    fn remove(&mut self, squad: usize) -> Result<(), Broken> {
        let phones = self.squads[squad].phones.clone();
        let left = phones
            .iter()
            .skip(1)
            .filter(|phone| !self.decided.removed.contains_key(phone))
            .count();
        let phone = phones[1 + self.below(phones.len() - 1)];
        let officer = self.an_officer(squad);
        if left < 2 && !self.decided.removed.contains_key(&phone) {
            return Ok(());
        }
        let device = self.field.id(phone);
        let stands = self.words_shown(phone, officer);
        match self.field.book(officer).remove_device(&device, false) {
            Ok(_) => self.field.tally.note("phone removed"),
            outcome => return ruled("removal", outcome.map(drop)),
        }
        let words = self.said.iter().filter(|said| said.author == phone);
        let before: BTreeSet<StatementRef> = words.map(|said| said.key.clone()).collect();
        let removed = Removed { stands: stands.clone(), before: before.clone() };
        let known = self.decided.removed.entry(phone).or_insert(removed);
        known.stands = known.stands.intersection(&stands).cloned().collect();
        known.before = before;
        Ok(())
    }

    /// A console of the SS makes a phone another's, by the council's decision.
    fn change_role(&mut self, squad: usize) -> Result<(), Broken> {
        let phones = self.squads[squad].phones.clone();
        let phone = phones[1 + self.below(phones.len() - 1)];
        let role = [Role::Volunteer, Role::NonStaffEmployee, Role::SquadHead][self.below(3)];
        let number = self.below(self.ss.len());
        let console = self.ss[number];
        let device = self.field.id(phone);
        let outcome = self.field.book(console).change_device_role(&device, role);
        if outcome.is_ok() {
            self.field.tally.note("role changed");
            if role == Role::SquadHead {
                self.decided.promoted.insert(phone);
            }
        }
        ruled("change of role", outcome)
    }

    /// Somebody looks at some of what is held, and says that it counts, or that it does not.
    fn look_at_what_is_held(&mut self, squad: usize) -> Result<(), Broken> {
        let officer = self.an_officer(squad);
        let held = self.field.book(officer).held().unwrap();
        let held = held.into_iter().filter(|view| view.may_decide).map(|view| view.key);
        let keys: Vec<StatementRef> = held.take(3).collect();
        if keys.is_empty() {
            return Ok(());
        }
        let is_admitted = self.below(3) > 0;
        let outcome = self.field.book(officer).decide_held(&keys, is_admitted);
        if outcome.is_ok() {
            let decided = if is_admitted { &mut self.decided.admitted } else { &mut self.decided.dismissed };
            decided.extend(keys);
        }
        self.field
            .tally
            .note(if is_admitted { "held words admitted" } else { "held words dismissed" });
        ruled("decision", outcome)
    }

    /// A head's removal falls where a console made a head of the phone meanwhile: at rest those are removed of whom the SS says so.
    pub(super) fn forget_removals_that_fell(&mut self) {
        let console = self.ss[0];
        let devices = self.field.book(console).devices().unwrap();
        for phone in self.decided.removed.keys().copied().collect::<Vec<_>>() {
            let device = self.field.id(phone);
            if devices.iter().any(|view| view.device == device && !view.is_removed) {
                self.field.tally.note("removal fell");
                self.decided.removed.remove(&phone);
            }
        }
    }

    /// Whether a phone was removed, however little it has heard of it.
    pub(super) fn is_removed(&self, phone: Phone) -> bool {
        self.decided.removed.contains_key(&phone)
    }

    /// Whether every reader must show what was said, at rest.
    pub(super) fn must_stand(&self, said: &Said) -> bool {
        let removed = self.decided.removed.get(&said.author);
        let is_dismissed = self.decided.dismissed.contains(&said.key);
        removed.is_none_or(|removed| removed.stands.contains(&said.key) && !is_dismissed)
    }

    /// Whether what was said counts nowhere, at rest.
    pub(super) fn must_not_count(&self, said: &Said) -> bool {
        let removed = self.decided.removed.get(&said.author);
        removed.is_some_and(|removed| {
            !removed.before.contains(&said.key) && !self.decided.admitted.contains(&said.key)
        })
    }
}

/// What somebody decides may be refused by a rule: he has not heard of the device, or it is gone already.
fn ruled(what: &str, outcome: Result<(), FieldbookRefused>) -> Result<(), Broken> {
    match outcome {
        Err(refused) if refused.class() != RefusalClass::Rule => {
            Err(surprise(format!("a {what} did not get through: {refused}")))
        }
        _ => Ok(()),
    }
}
