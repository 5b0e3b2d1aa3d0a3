//! Who stands twice on a list, and who of it is known already.
//!
//! Promises that a name alone never makes two people one: it takes a number or a day of birth beside it, or somebody's
//! answer. Who was struck off or excluded and is listed anew gets a new record that names the old one, which is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Answer, Asked, ListProblem, ListQuestion, Proposal, Refusal};
use super::line::Draft;
use super::{ListedPerson, Outcome, PlannedLine, Reading, Used};
use crate::ids::{PersonId, SquadId};
use crate::moment::Day;
use crate::register::{IdDocumentKind, Identity, Iin};
use crate::sheet::Address;
use crate::spelling::folded;
use crate::words::Name;

/// Where a known person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// On the roster of the squad that the list is of.
    OnThis,
    /// On another squad's roster.
    OnAnother(SquadId),
    /// On none, since his list was taken back before anybody had it: nothing has begun, and whoever is listed anew goes on.
    TakenBack,
    /// Taken off by himself, or with a list that was in check: he may have been registered and struck off since, so whoever is
    /// listed anew begins anew.
    Off,
}

/// Somebody of whom there is a record: of several of one person, the last.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// Who he is.
    pub identity: Identity,
    /// Where he stands.
    pub standing: Standing,
}

/// Says under which id he is known, and nothing of him.
impl std::fmt::Debug for KnownPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KnownPerson({:?}, {:?})", self.identity.id, self.standing)
    }
}

/// What comes of each draft, and which answers it took.
pub(super) fn lines(mut drafts: Vec<Draft>, reading: Reading<'_>) -> (Vec<PlannedLine>, Used) {
    refuse_doubles(&mut drafts);
    let known = Known::new(reading.known);
    let mut used = Used::new();
    let mut taken: BTreeMap<PersonId, Address> = BTreeMap::new();
    let mut lines = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let at = draft.at;
        let mut outcome = known.outcome(&mut draft, reading);
        if let Outcome::Match { person, .. }
        | Outcome::GoOn { person, .. }
        | Outcome::Create { before: Some(person), .. } = &outcome
            && let Some(other) = taken.insert(*person, at)
        {
            taken.insert(*person, other);
            let problem = ListProblem::SameKnownPerson;
            outcome = Outcome::Refuse(vec![Refusal { at, problem, other: Some(other) }]);
        }
        used.append(&mut draft.used);
        lines.push(PlannedLine { at, notes: draft.notes, outcome, offered: draft.offered });
    }
    (lines, used)
}

/// Of two lines about one person the later is refused; of two with one name, the one that says nothing else.
fn refuse_doubles(drafts: &mut [Draft]) {
    let mut doubles: Vec<(usize, Refusal)> = Vec::new();
    let (mut iins, mut cards) = (BTreeMap::new(), BTreeMap::new());
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.is_left_out) {
        if let Some(other) = draft.iin.as_ref().and_then(|iin| first_of(&mut iins, iin, draft.iin_at)) {
            doubles.push((
                number,
                Refusal { at: draft.iin_at, problem: ListProblem::SameIin, other: Some(other) },
            ));
        } else if let Some(other) =
            draft.card.as_ref().and_then(|card| first_of(&mut cards, card, draft.card_at))
        {
            doubles.push((
                number,
                Refusal { at: draft.card_at, problem: ListProblem::SameCard, other: Some(other) },
            ));
        } else if let Some(name) = &draft.name {
            names.entry(name_key(name)).or_default().push(number);
        }
    }
    for namesakes in names.into_values() {
        let namesakes: Vec<(usize, &Draft)> = namesakes
            .into_iter()
            .filter_map(|number| Some((number, drafts.get(number)?)))
            .collect();
        doubles.extend(doubles_among(&namesakes));
    }
    for (number, refusal) in doubles {
        if let Some(draft) = drafts.get_mut(number) {
            draft.refusals.push(refusal);
        }
    }
}

/// Where this stood first, if this is not the first time.
fn first_of<'a, T: Ord>(seen: &mut BTreeMap<&'a T, Address>, this: &'a T, at: Address) -> Option<Address> {
    if let Some(first) = seen.get(this) {
        return Some(*first);
    }
    seen.insert(this, at);
    None
}

/// Which of those with one name are refused.
fn doubles_among(namesakes: &[(usize, &Draft)]) -> Vec<(usize, Refusal)> {
    let mut doubles = Vec::new();
    let mut days: BTreeMap<Day, &Draft> = BTreeMap::new();
    // Who says more than his name is told apart from the others; of those who do not, one line is one too many.
    let fuller = namesakes.iter().find(|(_, draft)| !draft.is_name_alone()).or(namesakes.first());
    let other_than = |number: usize| fuller.filter(|(first, _)| *first != number);
    for (number, draft) in namesakes {
        let at = draft.at;
        if let Some((_, other)) = other_than(*number).filter(|_| draft.is_name_alone()) {
            doubles
                .push((*number, Refusal { at, problem: ListProblem::SameNameAlone, other: Some(other.at) }));
        } else if let Some(born) = draft.born {
            match days.get(&born).filter(|other| !differ(other.iin.as_ref(), draft.iin.as_ref())) {
                Some(other) => {
                    doubles.push((
                        *number,
                        Refusal { at, problem: ListProblem::SamePerson, other: Some(other.at) },
                    ));
                }
                None => drop(days.insert(born, draft)),
            }
        }
    }
    doubles
}

/// Whether both are there and differ.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// A name in its plain form, whichever of its words stands first.
fn name_key(name: &Name) -> String {
    let plain = folded(name.as_str());
    let mut words: Vec<&str> = plain.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

impl Draft {
    /// Whether it says who somebody is by nothing but a name.
    fn is_name_alone(&self) -> bool {
        let says_nothing = self.born.is_none() && self.iin.is_none() && self.card.is_none();
        says_nothing && self.refusals.is_empty() && self.asks_only_for_what_is_missing()
    }

    /// Whether nothing is asked but for what is missing or looks odd: whom it is about can be told all the same.
    fn asks_only_for_what_is_missing(&self) -> bool {
        self.asked.iter().all(|asked| {
            matches!(
                asked.question,
                ListQuestion::BornMissing
                    | ListQuestion::CardMissing
                    | ListQuestion::CitizenshipMissing
                    | ListQuestion::NameShort
                    | ListQuestion::NameDoubtful
            )
        })
    }
}

/// Who a line is about.
enum Found<'a> {
    Nobody,
    Certainly(&'a KnownPerson),
    Perhaps(ListQuestion, Vec<&'a KnownPerson>),
}

/// The known persons, by what lists say of people.
struct Known<'a> {
    iins: BTreeMap<&'a Iin, &'a KnownPerson>,
    names: BTreeMap<String, Vec<&'a KnownPerson>>,
    days: BTreeMap<Day, Vec<&'a KnownPerson>>,
}

impl<'a> Known<'a> {
    fn new(known: &'a [KnownPerson]) -> Self {
        let mut maps = Self { iins: BTreeMap::new(), names: BTreeMap::new(), days: BTreeMap::new() };
        for person in known {
            let Identity { iin, full_name, born, .. } = &person.identity;
            if let Some(iin) = iin {
                let furthest = maps.iins.entry(iin).or_insert(person);
                if rank(person) < rank(furthest) {
                    *furthest = person;
                }
            }
            maps.names.entry(name_key(full_name)).or_default().push(person);
            if let Some(born) = born {
                maps.days.entry(*born).or_default().push(person);
            }
        }
        maps
    }

    fn outcome(&self, draft: &mut Draft, reading: Reading<'_>) -> Outcome {
        let name = match &draft.name {
            _ if draft.is_left_out => return Outcome::LeaveOut,
            _ if !draft.refusals.is_empty() => return Outcome::Refuse(std::mem::take(&mut draft.refusals)),
            Some(name) if draft.asks_only_for_what_is_missing() => name.clone(),
            _ => return Outcome::Ask(std::mem::take(&mut draft.asked)),
        };
        let found = self.find(draft, &name);
        if let Found::Certainly(KnownPerson { identity, standing: Standing::OnThis }) = found {
            return Outcome::Match { person: identity.id, is_on: true };
        }
        if !draft.asked.is_empty() {
            return Outcome::Ask(std::mem::take(&mut draft.asked));
        }
        let (question, persons) = match found {
            Found::Nobody => return draft.create(name, None),
            Found::Certainly(known) => match known.standing {
                Standing::OnThis => return draft.stands(name, known),
                Standing::TakenBack | Standing::Off => return draft.again((name, known), reading),
                Standing::OnAnother(_) => (ListQuestion::PersonElsewhere, vec![known]),
            },
            Found::Perhaps(question, persons) => (question, persons),
        };
        let proposal = Proposal::Persons(persons.iter().map(|known| known.identity.id).collect());
        let answer = draft.ask(reading, Asked::new(draft.at, question, proposal));
        match answer {
            Some(answer) => {
                let is_meant = |known: &&&KnownPerson| match answer {
                    Answer::Is(id) => known.identity.id == *id,
                    other => *other == Answer::AsProposed,
                };
                match persons.iter().find(is_meant) {
                    Some(known) => draft.stands(name, known),
                    None => draft.create(name, None),
                }
            }
            None if draft.is_left_out => Outcome::LeaveOut,
            None => Outcome::Ask(std::mem::take(&mut draft.asked)),
        }
    }

    fn find(&self, draft: &Draft, name: &Name) -> Found<'a> {
        let key = name_key(name);
        if let Some(known) = draft.iin.as_ref().and_then(|iin| self.iins.get(iin)).copied() {
            return if name_key(&known.identity.full_name) == key {
                Found::Certainly(known)
            } else {
                Found::Perhaps(ListQuestion::PersonRenamed, vec![known])
            };
        }
        let namesakes = self.names.get(&key).into_iter().flatten().copied();
        let (sure, unsure): (Vec<_>, Vec<_>) = namesakes
            .filter(|known| {
                let Identity { iin, born, .. } = &known.identity;
                !differ(iin.as_ref(), draft.iin.as_ref()) && !differ(born.as_ref(), draft.born.as_ref())
            })
            .partition(|known| is_same(&known.identity, draft));
        // A card is one person's: several records with it are his, and the one that goes furthest is meant.
        let by_card = sure.iter().filter(|known| has_card(&known.identity, draft)).copied();
        if let Some(known) = by_card.min_by_key(|known| rank(known)) {
            return Found::Certainly(known);
        }
        let sure = foremost(sure);
        match sure.as_slice() {
            [] => self.perhaps(draft, &key, unsure),
            [known] => Found::Certainly(known),
            _ => Found::Perhaps(ListQuestion::PersonWhich, sure),
        }
    }

    /// One name and a day of birth missing somewhere; or one day of birth, and of the words of the one name all in the
    /// other.
    fn perhaps(&self, draft: &Draft, key: &str, unsure: Vec<&'a KnownPerson>) -> Found<'a> {
        let words: BTreeSet<&str> = key.split(' ').collect();
        let born_alike = draft.born.and_then(|born| self.days.get(&born)).into_iter().flatten().copied();
        let nearly = born_alike.filter(|known| {
            let other = name_key(&known.identity.full_name);
            let other: BTreeSet<&str> = other.split(' ').collect();
            let is_within = words.is_subset(&other) || other.is_subset(&words);
            is_within && words != other && !differ(known.identity.iin.as_ref(), draft.iin.as_ref())
        });
        let persons = foremost(unsure.into_iter().chain(nearly).collect());
        if persons.is_empty() { Found::Nobody } else { Found::Perhaps(ListQuestion::PersonPerhaps, persons) }
    }
}

/// Whether somebody of this name is told to be the same by his day of birth or his identity card.
fn is_same(known: &Identity, draft: &Draft) -> bool {
    has_card(known, draft) || known.born.is_some_and(|born| draft.born == Some(born))
}

fn has_card(known: &Identity, draft: &Draft) -> bool {
    let card = known
        .id_document
        .as_ref()
        .filter(|document| document.kind == IdDocumentKind::IdentityCard);
    card.zip(draft.card.as_ref()).is_some_and(|(known, card)| known.number == *card)
}

/// Of several records those that go on, where any does: what is over is no reason to ask who is meant, and of the others nobody
/// can know.
fn foremost(records: Vec<&KnownPerson>) -> Vec<&KnownPerson> {
    let (over, running): (Vec<_>, Vec<_>) =
        records.into_iter().partition(|known| known.standing == Standing::Off);
    if running.is_empty() { over } else { running }
}

/// Of one person's records, the first is meant.
const fn rank(known: &KnownPerson) -> u8 {
    match known.standing {
        Standing::OnThis => 0,
        Standing::OnAnother(_) => 1,
        Standing::TakenBack => 2,
        Standing::Off => 3,
    }
}

impl Draft {
    fn create(&mut self, full_name: Name, before: Option<PersonId>) -> Outcome {
        Outcome::Create { person: self.listed(full_name), before }
    }

    fn listed(&mut self, full_name: Name) -> ListedPerson {
        ListedPerson {
            full_name,
            born: self.born,
            iin: self.iin.take(),
            card: self.card.take(),
            residence: self.residence.take(),
        }
    }

    /// Somebody who had a record. His day of birth, or a card's number that bears no check, may be another's too: so whoever sends
    /// the list may say that it is somebody else.
    fn again(&mut self, (name, known): (Name, &KnownPerson), reading: Reading<'_>) -> Outcome {
        if self.iin.is_some() && self.iin == known.identity.iin {
            return self.stands(name, known);
        }
        let proposal = Proposal::Persons(vec![known.identity.id]);
        match self.ask(reading, Asked::new(self.at, ListQuestion::PersonAgain, proposal)) {
            Some(Answer::SomebodyElse) => self.create(name, None),
            None if self.is_left_out => Outcome::LeaveOut,
            answer => {
                self.offered = if answer.is_none() { self.asked.pop() } else { None };
                self.stands(name, known)
            }
        }
    }

    fn stands(&mut self, name: Name, known: &KnownPerson) -> Outcome {
        match known.standing {
            Standing::OnThis => Outcome::Match { person: known.identity.id, is_on: true },
            Standing::OnAnother(_) => Outcome::Match { person: known.identity.id, is_on: false },
            Standing::TakenBack => Outcome::GoOn { person: known.identity.id, listed: self.listed(name) },
            Standing::Off => self.create(name, Some(known.identity.id)),
        }
    }
}
