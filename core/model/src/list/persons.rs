//! Who of a list is known already.
//!
//! Promises that a name alone never makes two people one: it takes a number or a day of birth beside it, or somebody's
//! answer; and that two numbers of identity cards are a question, since a card is renewed and namesakes share birthdays. Who was
//! struck off or excluded and is listed anew gets a new record that names the old one, which is kept.

use std::collections::BTreeMap;

use super::asked::{Answer, Asked, ListProblem, ListQuestion, Proposal, Refusal};
use super::doubles;
use super::line::{Draft, Rival};
use super::names::NameForm;
use super::{ListedPerson, Outcome, PlannedLine, Reading, Used};
use crate::ids::{PersonId, SquadId};
use crate::moment::Day;
use crate::register::{IdDocumentKind, Identity, Iin};
use crate::sheet::Address;
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
    /// On none, since his list was taken back while it was in check: he may have been registered since, so whoever is listed anew goes
    /// on under that record, once it is sure that it is he.
    TakenFromCheck,
    /// Taken off by himself, or excluded: whoever is listed anew begins anew.
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
    doubles::settle(&mut drafts, reading);
    let known = Known::new(reading.known);
    let mut used = Used::new();
    let mut taken = Taken::new();
    let mut lines = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let (at, card) = (draft.at, draft.card.clone());
        let mut outcome = known.outcome(&mut draft, (reading, &taken));
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
        let Draft { number, name, notes, offered, .. } = draft;
        lines.push(PlannedLine { at, number, name, card, notes, outcome, offered });
    }
    (lines, used)
}

/// Whether both are there and differ.
pub(super) fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Which line took which person.
type Taken = BTreeMap<PersonId, Address>;

impl Draft {
    /// Whether it says who somebody is by nothing but a name.
    pub(super) fn is_name_alone(&self) -> bool {
        let says_nothing = self.born.is_none() && self.iin.is_none() && self.card.is_none();
        says_nothing && self.refusals.is_empty() && self.asks_only_for_what_is_missing()
    }

    /// Whether it is open whether another line is about the same person, and no number tells that this one is about him who is known.
    fn may_be_double_of(&self, known: &Identity) -> bool {
        let is_open = self.asked.iter().any(|asked| asked.question == ListQuestion::PersonDouble);
        is_open && !has_card(known, self) && (self.iin.is_none() || self.iin != known.iin)
    }

    /// Whether nothing is asked but for what is missing or looks odd, or for another line: whom it is about can be told all the same.
    fn asks_only_for_what_is_missing(&self) -> bool {
        self.asked.iter().all(|asked| {
            matches!(
                asked.question,
                ListQuestion::BornMissing
                    | ListQuestion::CardMissing
                    | ListQuestion::CitizenshipMissing
                    | ListQuestion::NameShort
                    | ListQuestion::NameDoubtful
                    | ListQuestion::PersonDouble
            )
        })
    }
}

/// Who a line is about.
enum Found<'a> {
    Nobody,
    Certainly(&'a KnownPerson),
    /// By name and birthday alone, and another line that is said to be about another person fits him too.
    Disputed(&'a KnownPerson),
    Perhaps(ListQuestion, Vec<&'a KnownPerson>),
}

/// The known persons, by what lists say of people.
struct Known<'a> {
    iins: BTreeMap<&'a Iin, &'a KnownPerson>,
    cards: BTreeMap<&'a Name, Vec<&'a KnownPerson>>,
    names: BTreeMap<String, Vec<&'a KnownPerson>>,
    days: BTreeMap<Day, Vec<(NameForm, &'a KnownPerson)>>,
}

impl<'a> Known<'a> {
    fn new(known: &'a [KnownPerson]) -> Self {
        let mut maps = Self {
            iins: BTreeMap::new(),
            cards: BTreeMap::new(),
            names: BTreeMap::new(),
            days: BTreeMap::new(),
        };
        for person in known {
            let Identity { iin, full_name, born, .. } = &person.identity;
            if let Some(iin) = iin {
                let furthest = maps.iins.entry(iin).or_insert(person);
                if rank(person) < rank(furthest) {
                    *furthest = person;
                }
            }
            if let Some(card) = card_of(&person.identity) {
                maps.cards.entry(card).or_default().push(person);
            }
            let form = NameForm::of(full_name);
            maps.names.entry(form.key().to_owned()).or_default().push(person);
            if let Some(born) = born {
                maps.days.entry(*born).or_default().push((form, person));
            }
        }
        maps
    }

    /// What comes of a line, after those before it, which took the persons that are taken.
    fn outcome(&self, draft: &mut Draft, (reading, taken): (Reading<'_>, &Taken)) -> Outcome {
        let name = match &draft.name {
            _ if draft.is_left_out => return Outcome::LeaveOut,
            _ if !draft.refusals.is_empty() => return Outcome::Refuse(std::mem::take(&mut draft.refusals)),
            Some(name) if draft.asks_only_for_what_is_missing() => name.clone(),
            _ => return Outcome::Ask(std::mem::take(&mut draft.asked)),
        };
        let found = self.find((draft, taken), &name);
        if let Found::Certainly(KnownPerson { identity, standing: Standing::OnThis }) = found
            && !draft.may_be_double_of(identity)
        {
            return Outcome::Match { person: identity.id, is_on: true };
        }
        if !draft.asked.is_empty() {
            return Outcome::Ask(std::mem::take(&mut draft.asked));
        }
        let (question, persons) = match found {
            Found::Nobody => return draft.create(name, None),
            Found::Certainly(known) => match known.standing {
                Standing::OnThis => return draft.stands(name, known),
                Standing::TakenBack | Standing::TakenFromCheck | Standing::Off => {
                    return draft.again((name, known, false), reading);
                }
                Standing::OnAnother(_) => (ListQuestion::PersonElsewhere, vec![known]),
            },
            Found::Disputed(known) => match known.standing {
                Standing::OnThis => (ListQuestion::PersonPerhaps, vec![known]),
                Standing::OnAnother(_) => (ListQuestion::PersonElsewhere, vec![known]),
                Standing::TakenBack | Standing::TakenFromCheck | Standing::Off => {
                    return draft.again((name, known, true), reading);
                }
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

    fn find(&self, (draft, taken): (&Draft, &Taken), name: &Name) -> Found<'a> {
        let form = NameForm::of(name);
        let key = form.key();
        if let Some(known) = draft.iin.as_ref().and_then(|iin| self.iins.get(iin)).copied() {
            return if NameForm::of(&known.identity.full_name).key() == key {
                Found::Certainly(known)
            } else {
                Found::Perhaps(ListQuestion::PersonRenamed, vec![known])
            };
        }
        // Whoever is said to be another than he of a line before is not the person of that line.
        let is_apart = |known: &&KnownPerson| {
            let line = taken.get(&known.identity.id);
            line.is_some_and(|at| draft.apart_from.contains(at))
        };
        let namesakes = self.names.get(key).into_iter().flatten().copied();
        let (sure, unsure): (Vec<_>, Vec<_>) = namesakes
            .filter(|known| !is_apart(known))
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
        let of_day = unsure.iter().filter(|known| is_born_alike(&known.identity, draft)).copied();
        let several = foremost(sure.iter().copied().chain(of_day).collect());
        match (sure.as_slice(), several.as_slice()) {
            ([], _) => {
                let nearly = self.nearly(draft, &form).filter(|known| !is_apart(known));
                let mut alike: Vec<&KnownPerson> = unsure;
                for known in nearly {
                    if !alike.iter().any(|other| other.identity.id == known.identity.id) {
                        alike.push(known);
                    }
                }
                perhaps(foremost(alike))
            }
            (_, [known]) if self.is_disputed(draft, (known, key)) => Found::Disputed(known),
            (_, [known]) => Found::Certainly(known),
            _ => Found::Perhaps(ListQuestion::PersonWhich, several),
        }
    }

    /// Whether another line, which is about another person than this one, fits somebody known as well. None that has the number of a
    /// third does.
    fn is_disputed(&self, draft: &Draft, (known, key): (&KnownPerson, &str)) -> bool {
        let is_of_third = |rival: &&Rival| {
            let mut namesakes = self.names.get(key).into_iter().flatten();
            namesakes.any(|other| {
                let has_number = rival.card.is_some() && card_of(&other.identity) == rival.card.as_ref();
                other.identity.id != known.identity.id && has_number
            })
        };
        let Identity { iin, .. } = &known.identity;
        let fits = |rival: &&Rival| {
            !differ(rival.iin.as_ref(), iin.as_ref())
                && !differ(rival.card.as_ref(), card_of(&known.identity))
        };
        draft.rivals.iter().filter(fits).any(|rival| !is_of_third(&rival))
    }

    /// Those of one day of birth and nearly one name, and those whose identity card it is by another name: a slip, or a name that was
    /// changed.
    fn nearly<'b>(
        &'b self,
        draft: &'b Draft,
        form: &'b NameForm,
    ) -> impl Iterator<Item = &'a KnownPerson> + 'b {
        let born_alike = draft.born.and_then(|born| self.days.get(&born)).into_iter().flatten();
        let alike = born_alike.filter(|(other, _)| form.is_nearly(other)).map(|(_, known)| *known);
        let of_card = draft.card.as_ref().and_then(|card| self.cards.get(card)).into_iter().flatten();
        let both = alike.chain(of_card.copied());
        both.filter(|known| !differ(known.identity.iin.as_ref(), draft.iin.as_ref()))
    }
}

fn perhaps(persons: Vec<&KnownPerson>) -> Found<'_> {
    if persons.is_empty() { Found::Nobody } else { Found::Perhaps(ListQuestion::PersonPerhaps, persons) }
}

/// Whether somebody of this name is told to be the same: by his identity card, or by his day of birth where no two cards say that
/// he may be another.
fn is_same(known: &Identity, draft: &Draft) -> bool {
    has_card(known, draft) || (is_born_alike(known, draft) && !differ(card_of(known), draft.card.as_ref()))
}

fn is_born_alike(known: &Identity, draft: &Draft) -> bool {
    known.born.is_some_and(|born| draft.born == Some(born))
}

fn has_card(known: &Identity, draft: &Draft) -> bool {
    card_of(known).is_some_and(|known| draft.card.as_ref() == Some(known))
}

fn card_of(known: &Identity) -> Option<&Name> {
    let paper = known.id_document.as_ref();
    paper
        .filter(|paper| paper.kind == IdDocumentKind::IdentityCard)
        .map(|paper| &paper.number)
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
        Standing::TakenFromCheck => 2,
        Standing::TakenBack => 3,
        Standing::Off => 4,
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
    /// the list may say that it is somebody else. Where he may be registered under that record it takes a number, or an answer; and an
    /// answer where another line fits him too.
    fn again(
        &mut self,
        (name, known, is_disputed): (Name, &KnownPerson, bool),
        reading: Reading<'_>,
    ) -> Outcome {
        let is_from_check = known.standing == Standing::TakenFromCheck;
        let has_iin = self.iin.is_some() && self.iin == known.identity.iin;
        let question = match (has_iin, is_from_check) {
            (true, false) => return self.stands(name, known),
            (true, true) => ListQuestion::PersonAnew,
            (false, _) => ListQuestion::PersonAgain,
        };
        let is_sure = !is_disputed && (!is_from_check || has_iin || has_card(&known.identity, self));
        let proposal = Proposal::Persons(vec![known.identity.id]);
        match self.ask(reading, Asked::new(self.at, question, proposal)) {
            Some(Answer::SomebodyElse) => self.create(name, None),
            Some(Answer::Anew) => self.create(name, Some(known.identity.id)),
            Some(_) => self.stands(name, known),
            None if self.is_left_out => Outcome::LeaveOut,
            None if is_sure => {
                self.offered = self.asked.pop();
                self.stands(name, known)
            }
            None => Outcome::Ask(std::mem::take(&mut self.asked)),
        }
    }

    fn stands(&mut self, name: Name, known: &KnownPerson) -> Outcome {
        match known.standing {
            Standing::OnThis => Outcome::Match { person: known.identity.id, is_on: true },
            Standing::OnAnother(_) => Outcome::Match { person: known.identity.id, is_on: false },
            Standing::TakenBack | Standing::TakenFromCheck => {
                Outcome::GoOn { person: known.identity.id, listed: self.listed(name) }
            }
            Standing::Off => self.create(name, Some(known.identity.id)),
        }
    }
}
