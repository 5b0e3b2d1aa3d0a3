//! How the squad comes about by the law: decision, list, check, registration, certificate, training, card (001-§7, 11, 19–22).
//!
//! And how one volunteer is struck off while his phone is out of coverage: what he wrote stays, and says so.

use jasaq_fieldbook::model::ids::{MemberId, PersonId, SquadId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::patrol_log::Flag;
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind, Identity, NumberRefused, Signer};
use jasaq_fieldbook::model::words::{Name, Text, WordsRefused};
use jasaq_fieldbook::{Copies, Deciding, FieldbookRefused, NewCertificate, NewList, NewTraining};

use super::cast::Part;
use super::day::Written;
use super::device::{Device, reading_at};
use super::setup::{Field, find, member_of, missing};
use super::words;
use crate::failure::Failure;

/// Who was struck off, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Registered {
    squad: SquadId,
    /// In the order of [`Part::PHONES`].
    persons: [PersonId; 4],
}

/// What the register came to at the end of the day.
#[derive(Debug)]
pub(super) struct Roster {
    /// Persons on the register, by the SS's console.
    pub(super) registered: usize,
    /// Of these, who may go on patrol.
    pub(super) eligible: usize,
    /// Whose phone was offline when she was struck off, and whether it knows by now.
    pub(super) struck_off: Part,
    pub(super) phone_knows: bool,
    /// What she wrote that day: kept everywhere, and flagged.
    pub(super) flagged: usize,
}

fn name(written: &str) -> Result<Name, WordsRefused> {
    Name::new(written)
}

/// The day of the demonstration.
fn today() -> Day {
    reading_at(0).moment().day()
}

/// The council decides, and the subdivision supervises: the squad is there.
pub(super) fn decide(devices: &mut [Device]) -> Result<SquadId, Failure> {
    let council = find(devices, Part::Council).ok_or_else(missing)?;
    council.sync()?;
    let called = words(|| Ok((name("Сарысу")?, name("Панфилов ауданы")?)))?;
    let number = words(|| name("3"))?;
    let squad = council.fieldbook.decide_squad(called, (number, today()))?;
    council.sync()?;
    let ss = find(devices, Part::Ss).ok_or_else(missing)?;
    ss.sync()?;
    ss.fieldbook.supervise(squad, None)?;
    ss.sync()?;
    Ok(squad)
}

/// The akimat lists the four, the territorial subdivision checks, registers and certifies them, the structural one trains them
/// and says whose phones are whose.
pub(super) fn admit(devices: &mut [Device], squad: SquadId) -> Result<Registered, Failure> {
    let akimat = find(devices, Part::Akimat).ok_or_else(missing)?;
    akimat.sync()?;
    let members: Result<Vec<Identity>, WordsRefused> = Part::PHONES.into_iter().map(papers).collect();
    let members = members.map_err(FieldbookRefused::from)?;
    let number = Some(words(|| name("02-14/311"))?);
    let list =
        akimat
            .fieldbook
            .submit_list(NewList { squad, number, day: today(), same_letter: false, members })?;
    akimat.sync()?;
    let ts = find(devices, Part::Ts).ok_or_else(missing)?;
    ts.sync()?;
    ts.fieldbook.receive_list(list, today(), Copies::Delete)?;
    let lines = ts.fieldbook.list_lines(list)?.unwrap_or_default();
    let persons: Vec<PersonId> = lines.into_iter().map(|(_, person)| person).collect();
    let persons: [PersonId; 4] = persons.try_into().map_err(|_| missing())?;
    for (part, person) in Part::PHONES.into_iter().zip(persons) {
        take_in(ts, part, person)?;
    }
    ts.sync()?;
    let members: Result<Vec<MemberId>, Failure> =
        Part::PHONES.into_iter().map(|part| member_of(devices, part)).collect();
    train(devices, &persons, &members?)?;
    appoint(devices, squad, persons)?;
    Ok(Registered { squad, persons })
}

fn papers(part: Part) -> Result<Identity, WordsRefused> {
    let (full_name, _) = part.card().unwrap_or_default();
    Ok(Identity {
        id: PersonId::from_bytes([0; 16]),
        full_name: name(full_name)?,
        iin: None,
        born: None,
        id_document: None,
        residence: Some(Text::new("Көктал ауылы")?),
        before: None,
    })
}

/// Check, registration, certificate.
fn take_in(ts: &mut Device, part: Part, person: PersonId) -> Result<(), Failure> {
    let findings = CheckKind::ALL.iter().map(|kind| (*kind, CheckFinding::Nothing));
    ts.fieldbook.record_checks(person, &findings.collect::<Vec<_>>(), today())?;
    let section = words(|| name("III"))?;
    ts.fieldbook.register(
        person,
        Deciding { section, subdivision: None, squad: None, day: today() },
        Copies::Delete,
    )?;
    let (_, number) = part.card().unwrap_or_default();
    let number = number
        .parse()
        .map_err(|refused: NumberRefused| FieldbookRefused::from(refused))?;
    let signer = words(|| {
        Ok(Signer {
            position: name("аумақтық бөлімше бастығы")?,
            rank: name("полковник")?,
            full_name: name("С. Жұмабаев")?,
        })
    })?;
    let subdivision = words(|| name("Жетісу"))?;
    let new = NewCertificate { number, subdivision, day: today(), signer };
    Ok(ts.fieldbook.issue_certificate(person, new)?)
}

fn train(devices: &mut [Device], persons: &[PersonId], members: &[MemberId]) -> Result<(), Failure> {
    let ss = find(devices, Part::Ss).ok_or_else(missing)?;
    ss.sync()?;
    let (military_unit, topics) = words(|| Ok((name("2034")?, Text::new("001-§10, 12")?)))?;
    let new = NewTraining { persons: persons.to_vec(), day: today(), military_unit, topics };
    ss.fieldbook.record_training(&new)?;
    for (member, person) in members.iter().zip(persons) {
        ss.fieldbook.identify(*member, *person)?;
    }
    ss.sync()
}

/// The council appoints the head from among the squad's volunteers.
fn appoint(devices: &mut [Device], squad: SquadId, persons: [PersonId; 4]) -> Result<(), Failure> {
    let council = find(devices, Part::Council).ok_or_else(missing)?;
    council.sync()?;
    let [head, ..] = persons;
    let number = words(|| name("4"))?;
    council.fieldbook.appoint_head((squad, head), (number, today()))?;
    council.sync()
}

/// Gulnar moves away; the subdivision strikes her off while her phone is out of coverage.
pub(super) fn strike_off(field: &mut Field) -> Result<(), Failure> {
    let person = field.registered.of(STRUCK_OFF)?;
    let ss = &mut field.device(Part::Ss).fieldbook;
    Ok(ss.strike_off(person, (ExclusionGround::MovedOut, false), today())?)
}

/// Whose phone is offline all day.
const STRUCK_OFF: Part = Part::Gulnar;

impl Registered {
    fn of(&self, part: Part) -> Result<PersonId, Failure> {
        let mut both = Part::PHONES.into_iter().zip(self.persons);
        let found = both.find(|(phone, _)| *phone == part).map(|(_, person)| person);
        Ok(found.ok_or_else(missing)?)
    }

    /// What the register comes to: by the subdivision's console, and by the phone of whom it struck off.
    pub(super) fn look(&self, field: &mut Field, written: &Written) -> Result<Roster, Failure> {
        let mut roster =
            Roster { registered: 0, eligible: 0, struck_off: STRUCK_OFF, phone_knows: false, flagged: 0 };
        let ss = &mut field.device(Part::Ss).fieldbook;
        let squads = ss.register_squads()?.unwrap_or_default();
        let members = squads
            .iter()
            .find(|view| view.squad == self.squad)
            .map(|view| view.members.clone());
        for person in members.unwrap_or_default() {
            let view = ss.person(person)?;
            roster.registered += usize::from(view.record.registration().is_some());
            roster.eligible += usize::from(view.eligibility.is_some_and(|may| may.is_eligible()));
        }
        let phone = &mut field.device(STRUCK_OFF).fieldbook;
        let own = phone.devices()?.into_iter().find(|view| view.is_this).ok_or_else(missing)?;
        let own = MemberId::from_bytes(*own.member.as_bytes());
        roster.phone_knows = phone
            .squad_cards()?
            .unwrap_or_default()
            .iter()
            .any(|card| card.member == own && !card.eligible);
        for patrol in &written.patrols {
            let log = field.device(Part::Head).fieldbook.patrol(*patrol)?.log;
            let flagged = log
                .flags()
                .iter()
                .filter(|flagged| flagged.flag == Flag::MemberNoLongerEligible);
            roster.flagged += flagged.count();
        }
        Ok(roster)
    }
}
