//! The register in a storm: councils, akimats and both subdivisions, two consoles each, take the law's steps apart from each
//! other, about whomever each of them has heard of. Most steps are refused; a refused one must leave nothing behind.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::ids::{PersonId, SquadId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{PersonRecord, PersonState};
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind, CheckOutcome, NoticeAbout, ReprintCause};
use jasaq_fieldbook::{
    Copies, Deciding, Fieldbook, FieldbookRefused, NewCertificate, NewList, NewPrint, NewTraining,
    RefusalClass,
};

use super::Broken;
use super::steps::{Storm, surprise};
use crate::field::{Phone, name};
use crate::hex::to_hex;
use crate::inside;
use crate::registry::{papers, signer, text};

/// So few numbers that two consoles often give one.
const NUMBERS: usize = 6;

/// Most persons whom a storm erases.
const ERASED_MAX: usize = 2;

/// The consoles of a district, by office.
#[derive(Debug, Clone, Default)]
pub(super) struct Consoles {
    pub(super) ts: Vec<Phone>,
    pub(super) ss: Vec<Phone>,
    pub(super) akimat: Vec<Phone>,
    pub(super) council: Vec<Phone>,
}

impl Consoles {
    pub(super) fn all(&self) -> Vec<Phone> {
        [self.ts.as_slice(), &self.ss, &self.akimat, &self.council].concat()
    }
}

/// What was recorded, to be found again at rest.
#[derive(Debug, Default)]
pub(super) struct Recorded {
    /// Space, document and key of everything that a console acknowledged.
    pub(super) statements: BTreeSet<(String, String, String)>,
    /// Who was erased, by which console.
    pub(super) erased: BTreeSet<(PersonId, Phone)>,
}

/// A step of the law, as its console takes it.
type Step = Box<dyn FnOnce(&mut Fieldbook) -> Result<(), FieldbookRefused>>;

fn step<T>(work: impl FnOnce(&mut Fieldbook) -> Result<T, FieldbookRefused> + 'static) -> Step {
    Box::new(move |book| work(book).map(drop))
}

/// Space, document and key of everything that a device itself said.
fn said_by(storm: &mut Storm, console: Phone) -> BTreeSet<(String, String, String)> {
    let vault = inside::vault_of(storm.field.home(console));
    let own = to_hex(storm.field.id(console).as_bytes());
    let select = format!("SELECT hex(space), hex(document), key FROM statements WHERE device = x'{own}'");
    let mut statement = vault.prepare(&select).unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

/// Which of [`Storm::step_of_ts`] the law has next for somebody; none if it is not the TS's.
fn next_of_ts(record: &PersonRecord) -> Option<usize> {
    match record.state() {
        PersonState::Proposed => Some(0),
        PersonState::InCheck | PersonState::Applied if !record.is_checked() => Some(4),
        PersonState::InCheck if record.applications.is_empty() => Some(9),
        PersonState::Approved => Some(9),
        PersonState::Registered | PersonState::Trained if record.certificates.is_empty() => Some(13),
        _ => None,
    }
}

/// The same of [`Storm::step_of_ss`].
fn next_of_ss(record: &PersonRecord) -> Option<usize> {
    match record.state() {
        PersonState::Registered | PersonState::Certified if record.training.is_empty() => Some(6),
        PersonState::Active | PersonState::Trained if record.members.is_empty() => Some(1),
        PersonState::StruckOff => Some(14),
        _ => None,
    }
}

impl Storm {
    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.below(all.len())])
    }

    /// Somebody takes a step of the register. What he is refused leaves nothing behind.
    pub(super) fn take_register_step(&mut self) -> Result<(), Broken> {
        let consoles = self.consoles.clone();
        let office = self.below(10);
        let (of_office, is_ts, is_ss) = match office {
            0..4 => (&consoles.ts, true, false),
            4..7 => (&consoles.ss, false, true),
            7..9 => (&consoles.akimat, false, false),
            _ => (&consoles.council, false, false),
        };
        let Some(console) = self.one_of(of_office) else { return Ok(()) };
        let about = self.somebody(console);
        let taken = match (is_ts, is_ss, about) {
            (true, _, about) => self.step_of_ts(console, about),
            (_, true, about) => self.step_of_ss(console, about),
            (_, _, about) if office < 9 => self.step_of_akimat(console, about),
            (_, _, about) => self.step_of_council(console, about),
        };
        match taken {
            Some((what, work)) => self.take(console, what, work),
            None => Ok(()),
        }
    }

    /// Takes it, now and then with a battery that dies in it.
    fn take(&mut self, console: Phone, what: &'static str, work: Step) -> Result<(), Broken> {
        let before = said_by(self, console);
        let dies = self.below(12) == 0;
        let (outcome, is_whole) = if dies {
            self.field.die_within(console, |book, _| work(book))
        } else {
            (work(self.field.book(console)), true)
        };
        let after = said_by(self, console);
        match outcome {
            Ok(()) => {
                self.field.tally.note(what);
                if is_whole {
                    self.recorded.statements.extend(after);
                }
            }
            Err(refused) => {
                if refused.class() != RefusalClass::Rule {
                    return Err(surprise(format!("{console:?}, {what}: {refused}")));
                }
                self.field.tally.note("register step refused");
                if after != before {
                    let left = after.symmetric_difference(&before).count();
                    return Err(surprise(format!(
                        "{what} was refused ({refused}) and left {left} statements"
                    )));
                }
            }
        }
        Ok(())
    }

    fn somebody(&mut self, console: Phone) -> Option<PersonRecord> {
        let persons: Vec<PersonId> =
            self.field.book(console).persons().unwrap().unwrap().into_iter().collect();
        let person = self.one_of(&persons)?;
        self.field.book(console).person(person).ok().map(|view| view.record)
    }

    fn a_register_squad(&mut self, console: Phone) -> Option<SquadId> {
        let squads = self.field.book(console).register_squads().unwrap().unwrap();
        let squads: Vec<SquadId> = squads.iter().map(|squad| squad.squad).collect();
        self.one_of(&squads)
    }

    /// Mostly today by the console's clock; now and then a day before, or the next.
    fn a_day(&mut self, console: Phone) -> Day {
        let today = self.field.book(console).today();
        let days: Day = ["2026-04-01", "2026-04-30", "2026-05-01", "2026-05-02"][self.below(4)]
            .parse()
            .unwrap();
        if self.below(3) > 0 { today } else { days }
    }

    /// Takes back something that was said of somebody.
    fn withdrawal(&mut self, record: &PersonRecord) -> Option<(&'static str, Step)> {
        let line = record.history.get(self.below(record.history.len().max(1)))?;
        let named = (line.author, line.key.clone());
        Some(("taken back", step(move |book| book.withdraw(named, &text("қате")))))
    }

    fn step_of_ts(&mut self, console: Phone, about: Option<PersonRecord>) -> Option<(&'static str, Step)> {
        let day = self.a_day(console);
        let (goes_on, any) = (self.below(3) > 0, self.below(20));
        let kind = about.as_ref().filter(|_| goes_on).and_then(next_of_ts).unwrap_or(any);
        if kind < 4 || about.is_none() {
            let lists = self.field.book(console).squad_lists().unwrap().unwrap();
            let lists = lists.iter().filter(|(_, list)| list.received.is_none());
            let lists: Vec<_> = lists.map(|(list, _)| list).collect();
            let Some(list) = self.one_of(&lists) else {
                let who = papers(&format!("Ким Виктор {}", self.below(1_000)));
                return Some(("applied", step(move |book| book.receive_application(who, (day, false), &[]))));
            };
            return Some((
                "list received",
                step(move |book| book.receive_list(list, day, Copies::Delete).map(drop)),
            ));
        }
        let record = about?;
        let person = record.person;
        let number = self.below(NUMBERS);
        let finding = if self.below(8) == 0 { CheckFinding::Circumstance } else { CheckFinding::Nothing };
        Some(match kind {
            4..9 => (
                "checked",
                step(move |book| {
                    let findings: Vec<_> = CheckKind::ALL.iter().map(|kind| (*kind, finding)).collect();
                    book.record_checks(person, &findings, day)
                }),
            ),
            9..13 => {
                let subdivision = (!record.applications.is_empty()).then(|| "SS 1".to_owned());
                let deciding = Deciding { section: name("III"), subdivision, squad: None, day };
                ("registered", step(move |book| book.register(person, deciding, Copies::Delete)))
            }
            13..16 => {
                let number = format!("{number:04}").parse().unwrap();
                let new = NewCertificate { number, subdivision: name("Шығыс"), day, signer: signer() };
                ("certified", step(move |book| book.issue_certificate(person, new)))
            }
            16 => {
                let squad = record.squads().next()?;
                ("excluded", step(move |book| book.exclude(person, (squad, day), Copies::Delete)))
            }
            17 if number < 2 => ("certificate lost", step(move |book| book.lose_certificate(person, day))),
            17 if number < 4 => {
                let new = NewPrint { cause: ReprintCause::Lost, day, signer: signer() };
                ("certificate reprinted", step(move |book| book.reprint_certificate(person, new)))
            }
            17 => ("offence", step(move |book| book.record_offence(person, day))),
            18 if number < 4 => {
                let outcome = if number < 3 { CheckOutcome::Approved } else { CheckOutcome::Refused };
                (
                    "application decided",
                    step(move |book| book.decide_application(person, (outcome, day), Copies::Delete)),
                )
            }
            18 => return self.erasing(console, person),
            _ => return self.withdrawal(&record),
        })
    }

    fn step_of_ss(&mut self, console: Phone, about: Option<PersonRecord>) -> Option<(&'static str, Step)> {
        let day = self.a_day(console);
        let (goes_on, any) = (self.below(3) > 0, self.below(20));
        let kind = about.as_ref().filter(|_| goes_on).and_then(next_of_ss).unwrap_or(any);
        if kind == 0 || about.is_none() {
            let squad = self.a_register_squad(console)?;
            let roll = format!("жасақ {}", self.below(self.squads.len()));
            return Some(("supervised", step(move |book| book.supervise(squad, Some(&roll)))));
        }
        let record = about?;
        let person = record.person;
        let ground = ExclusionGround::ALL[self.below(ExclusionGround::ALL.len())];
        Some(match kind {
            1..6 => {
                let squad = self.a_squad();
                let phone = self.a_phone_of(squad);
                let member = self.field.member(phone);
                ("identified", step(move |book| book.identify(member, person)))
            }
            6..11 => {
                let new = NewTraining {
                    persons: vec![person],
                    day,
                    military_unit: name("2034"),
                    topics: text("001-§10, 12"),
                };
                ("trained", step(move |book| book.record_training(&new)))
            }
            11..13 => ("struck off", step(move |book| book.strike_off(person, (ground, false), day))),
            13 => ("circumstance", step(move |book| book.record_circumstance(person, (ground, day)))),
            14 => {
                ("told", step(move |book| book.tell(person, NoticeAbout::StrikeOff, (day, name("қолына")))))
            }
            15 => ("read", step(move |book| book.note_reading(person, text("сұрау")))),
            16 => return self.erasing(console, person),
            _ => return self.withdrawal(&record),
        })
    }

    fn step_of_akimat(
        &mut self,
        console: Phone,
        about: Option<PersonRecord>,
    ) -> Option<(&'static str, Step)> {
        let day = self.a_day(console);
        let squad = self.a_register_squad(console)?;
        let lists: Vec<_> = self
            .field
            .book(console)
            .squad_lists()
            .unwrap()
            .unwrap()
            .iter()
            .map(|(list, _)| list)
            .collect();
        Some(match self.below(10) {
            0..6 => {
                let mut members: Vec<_> = (0..=self.below(4))
                    .map(|line| papers(&format!("Бекова Арай {} {line}", self.below(1_000))))
                    .collect();
                // Somebody who is known is listed again: as he is, or after a strike-off as a new engagement.
                match (about, self.below(3)) {
                    (Some(known), 0) => members[0].id = known.person,
                    (Some(known), 1) => members[0].before = Some(known.person),
                    _ => {}
                }
                let new = NewList { squad, number: Some(name("02-14/311")), day, same_letter: true, members };
                ("list sent", step(move |book| book.submit_list(new)))
            }
            6 | 7 => {
                let person = about?.person;
                ("taken off", step(move |book| book.take_off_roster(squad, person)))
            }
            8 => {
                let list = self.one_of(&lists)?;
                ("list withdrawn", step(move |book| book.withdraw_list(list, text("қате"))))
            }
            _ => return self.withdrawal(&about?),
        })
    }

    fn step_of_council(
        &mut self,
        console: Phone,
        about: Option<PersonRecord>,
    ) -> Option<(&'static str, Step)> {
        let day = self.a_day(console);
        let called = format!("Қарабұлақ {}", self.below(3));
        let squad = self.a_register_squad(console);
        Some(match (self.below(6), squad) {
            (0 | 1, _) | (_, None) => (
                "squad created",
                step(move |book| book.decide_squad((name(&called), name("Зайсан")), (name("12"), day))),
            ),
            (2 | 3, Some(squad)) => {
                let person = about?.person;
                ("head appointed", step(move |book| book.appoint_head((squad, person), (name("13"), day))))
            }
            (4, Some(squad)) => ("remarked", step(move |book| book.remark(squad, text("ескерту")))),
            _ => ("reviewed", step(Fieldbook::review)),
        })
    }

    /// Somebody is erased for everybody, as far as an office may; a few in a storm.
    fn erasing(&mut self, console: Phone, person: PersonId) -> Option<(&'static str, Step)> {
        if self.recorded.erased.len() >= ERASED_MAX || self.below(3) > 0 {
            return None;
        }
        let outcome = self.field.book(console).erase_person(person);
        if outcome.is_ok() {
            self.field.tally.note("person erased");
            self.recorded.erased.insert((person, console));
        }
        None
    }

    /// What a day of the register brings beside what any day brings: mostly steps of it, and exchanges between consoles.
    pub(super) fn register_day(&mut self) -> Option<Result<(), Broken>> {
        let consoles = self.consoles.all();
        Some(match self.below(24) {
            0..14 => self.take_register_step(),
            14..16 => self.meet(),
            16 => {
                let from = self.one_of(&consoles)?;
                self.carry(from)
            }
            17 => {
                let console = self.one_of(&consoles)?;
                if self.below(2) == 0 {
                    self.field.crash(console);
                } else {
                    self.field.power_cut(console);
                }
                Ok(())
            }
            18 => {
                let squad = self.a_squad();
                let phone = self.a_phone_of(squad);
                match self.below(12) {
                    0..4 => self.clock_jumps(),
                    4 => return Some(self.wish_to_leave(phone)),
                    _ => {}
                }
                Ok(())
            }
            19 => {
                self.field.minutes_pass(9 * 60);
                Ok(())
            }
            _ => return None,
        })
    }

    /// Who holds a phone wishes to leave.
    pub(super) fn wish_to_leave(&mut self, phone: Phone) -> Result<(), Broken> {
        self.take(phone, "wished to leave", step(Fieldbook::wish_to_leave))
    }
}
