//! Looking into the register: persons, squads, lists, certificates.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::eligibility::{Eligibility, eligibility};
use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{Author, ListId, MemberId, PersonId, SquadId};
use jasaq_model::law::DayCount;
use jasaq_model::moment::Day;
use jasaq_model::records::{Lists, PersonRecord, SquadRecord};
use jasaq_model::register::{CertificateNumber, Read, Record};
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::Kind;
use jasaq_model::words::Text;
use jasaq_protocol::ids::{DeviceId, OfficeId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use super::books::{Kept, reads};
use super::erasing::no_person;
use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::vault::Vault;
use crate::views::{self, CouncilChanges, DistrictView, Holder, NotCounted, Reading, UndoneDecision};

/// One person's engagement as this device reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// What its statements come to.
    pub record: PersonRecord,
    /// Whether the person may go on patrol today, and why not. None where registrations are not read: it does not follow from
    /// what is read there.
    pub eligibility: Option<Eligibility>,
    /// What was said of the person and does not count.
    pub not_counted: Vec<NotCounted>,
}

/// A squad as this device reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterSquad {
    /// Which.
    pub squad: SquadId,
    /// What its statements come to.
    pub record: SquadRecord,
    /// Who is on its roster.
    pub members: Vec<PersonId>,
}

impl Fieldbook {
    /// Which day of a term the day is that starts it, on this console (001-§17).
    pub fn day_count(&mut self) -> Result<DayCount, FieldbookRefused> {
        let code = Vault::day_count(self.vault.read())?;
        Ok(code.and_then(|code| DayCount::from_code(&code)).unwrap_or_default())
    }

    /// Sets which day of a term the day is that starts it.
    pub fn set_day_count(&mut self, counting: DayCount) -> Result<(), FieldbookRefused> {
        self.write(|transaction, _, _| Ok(Vault::set_day_count(transaction, counting.code())?))
    }

    /// What the subdivision's newest card says of who holds this phone, if there is one.
    pub fn own_card(&mut self) -> Result<Option<SquadCard>, FieldbookRefused> {
        self.refresh()?;
        let own = self.device.membership.device(&self.device.id()).map(|enrolled| enrolled.member);
        let cards = views::squad_cards(self.vault.read(), &self.device)?;
        let is_own = |card: &SquadCard| own.is_some_and(|own| own.as_bytes() == card.member.as_bytes());
        Ok(cards.into_iter().find(is_own))
    }

    /// Every person of whom the register says something, by what this device reads. None where nothing of it is read.
    pub fn persons(&mut self) -> Result<Option<Vec<PersonId>>, FieldbookRefused> {
        self.kept(Kept::Persons, |book| {
            Ok(views::persons(book.vault.read(), &book.device)?.into_iter().collect())
        })
    }

    /// One person's engagement. Refused where nothing of the register is read.
    pub fn person(&mut self, person: PersonId) -> Result<PersonView, FieldbookRefused> {
        self.check_reads(Kept::Persons)?;
        let lists = views::lists(self.vault.read(), &self.device)?;
        let on = self.eligible_on();
        let view = self.person_view((person, &lists), on)?;
        if view.record.history.is_empty() && view.not_counted.is_empty() {
            return Err(no_person(&self.device, person));
        }
        Ok(view)
    }

    /// Everybody of whom the register says something, by what this device reads. None where nothing of it is read.
    pub fn everybody(&mut self) -> Result<Option<Vec<PersonView>>, FieldbookRefused> {
        let Some(persons) = self.persons()? else { return Ok(None) };
        let lists = views::lists(self.vault.read(), &self.device)?;
        let on = self.eligible_on();
        let views = persons.into_iter().map(|person| self.person_view((person, &lists), on));
        Ok(Some(views.collect::<Result<_, _>>()?))
    }

    /// The day of which is said who may go out; none where that does not follow from what is read.
    pub(super) fn eligible_on(&mut self) -> Option<Day> {
        let today = self.today();
        reads(&self.device, Kept::Books).then_some(today)
    }

    fn person_view(
        &mut self,
        (person, lists): (PersonId, &Lists),
        on: Option<Day>,
    ) -> Result<PersonView, FieldbookRefused> {
        let record = views::person_record(self.vault.read(), &self.device, (person, lists))?;
        let not_counted = views::not_counted(self.vault.read(), &self.device, person.as_bytes())?;
        let eligibility = on.map(|day| eligibility(&record, day));
        Ok(PersonView { record, eligibility, not_counted })
    }

    /// The squads that councils created, by what this device reads, with their rosters. None where no council's space is read.
    pub fn register_squads(&mut self) -> Result<Option<Vec<RegisterSquad>>, FieldbookRefused> {
        if !self.reads(Kept::Squads)? {
            return Ok(None);
        }
        let squads = views::council_squads(self.vault.read(), &self.device)?;
        let mut members: BTreeMap<SquadId, Vec<PersonId>> = BTreeMap::new();
        let roster = views::roster(self.vault.read(), &self.device)?;
        for line in roster.lines().iter().filter(|line| line.ended_by.is_none()) {
            members.entry(line.squad).or_default().push(line.person.id);
        }
        let view = |(squad, record)| {
            let mut members = members.remove(&squad).unwrap_or_default();
            members.sort_unstable();
            members.dedup();
            RegisterSquad { squad, record, members }
        };
        Ok(Some(squads.into_iter().map(view).collect()))
    }

    /// The districts whose councils' spaces this device reads, with who meets there and how each is called. None where it reads none.
    pub fn districts(&mut self) -> Result<Option<Vec<DistrictView>>, FieldbookRefused> {
        self.kept(Kept::Squads, |book| Ok(views::districts(book.vault.read(), &book.device)?))
    }

    /// The lists of squad members that this device reads. None where it reads none.
    pub fn squad_lists(&mut self) -> Result<Option<Lists>, FieldbookRefused> {
        self.kept(Kept::Lists, |book| Ok(views::lists(book.vault.read(), &book.device)?))
    }

    /// The persons on a list's lines, in their order. None where lists are not read.
    pub fn list_lines(&mut self, list: ListId) -> Result<Option<Vec<(u32, PersonId)>>, FieldbookRefused> {
        self.kept(Kept::Lists, |book| {
            let mut lines = views::lines_by_list(book.vault.read(), &book.device)?;
            Ok(lines.remove(&list).unwrap_or_default())
        })
    }

    /// The numbers of certificates that were given, and to whom; more than one person where two consoles gave one number. None
    /// where the books are not read.
    pub fn certificate_numbers(
        &mut self,
    ) -> Result<Option<BTreeMap<CertificateNumber, BTreeSet<PersonId>>>, FieldbookRefused> {
        self.kept(Kept::Books, |book| Ok(views::certificate_numbers(book.vault.read(), &book.device)?))
    }

    /// The phones that are said to be several persons', whose cards let nobody out until all but one of these are taken back. An SS
    /// knows of its own people's. None where the books are not read.
    pub fn contested_phones(
        &mut self,
    ) -> Result<Option<BTreeMap<MemberId, BTreeSet<PersonId>>>, FieldbookRefused> {
        if !self.reads(Kept::Books)? {
            return Ok(None);
        }
        let contested = |(member, holder)| match holder {
            Holder::One(_) => None,
            Holder::Contested(first, mut others) => {
                others.insert(first);
                Some((member, others))
            }
        };
        let holders = views::persons_of_members(self.vault.read(), &self.device)?;
        Ok(Some(holders.into_iter().filter_map(contested).collect()))
    }

    /// The members whose phones are said to be one person's, each with the others of his: he has one phone as a rule, and his cards
    /// let him out with each. None where the books are not read.
    pub fn phones_of_one_person(
        &mut self,
    ) -> Result<Option<BTreeMap<MemberId, Vec<MemberId>>>, FieldbookRefused> {
        self.kept(Kept::Books, |book| {
            let holders = views::persons_of_members(book.vault.read(), &book.device)?;
            let others = |member: &MemberId, holder: &Holder| -> Vec<MemberId> {
                let same = holders.iter().filter(|(_, other)| other.person() == holder.person());
                same.map(|(other, _)| *other).filter(|other| other != member).collect()
            };
            let all = holders.iter().map(|(member, holder)| (*member, others(member, holder)));
            Ok(all.filter(|(_, others)| !others.is_empty()).collect())
        })
    }

    /// Which office's console wrote something, and what this device calls that office, if it was told. None for what is of a squad.
    pub fn office_of(
        &mut self,
        author: &Author,
    ) -> Result<Option<(OfficeId, Option<String>)>, FieldbookRefused> {
        self.refresh()?;
        let author = DeviceId::from_bytes(*author.as_bytes());
        let known = self.device.membership.known_device(&author);
        let Some(office) = known.and_then(|enrolled| enrolled.office) else { return Ok(None) };
        Ok(Some((office, Vault::label(self.vault.read(), office.as_bytes())?)))
    }

    /// The councils' decisions that were taken back, and why. None where councils' spaces are not read.
    pub fn undone_decisions(&mut self) -> Result<Option<Vec<UndoneDecision>>, FieldbookRefused> {
        self.kept(Kept::Squads, |book| Ok(views::undone_decisions(book.vault.read(), &book.device)?))
    }

    /// What councils have not looked at yet, as far as this device reads their spaces. None where it reads none.
    pub fn council_changes(&mut self) -> Result<Option<CouncilChanges>, FieldbookRefused> {
        self.kept(Kept::Squads, |book| Ok(views::council_changes(book.vault.read(), &book.device)?))
    }

    /// Who opened what is kept apart, and what for; the latest last. None where neither checks nor grounds are read.
    pub fn readings(&mut self) -> Result<Option<Vec<Reading>>, FieldbookRefused> {
        self.kept(Kept::Books, |book| Ok(views::readings(book.vault.read(), &book.device)?))
    }

    /// Notes that somebody opens what is kept apart about a person, and for what. TS and SS; nobody takes it back.
    pub fn note_reading(&mut self, person: PersonId, reason: Text) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_reading()?;
            desk.person(person)?;
            let place = desk.place_of_readings(person)?;
            desk.note_reading((place, person), reason)
        })
    }
}

impl Desk<'_> {
    fn check_reading(&self) -> Result<(), FieldbookRefused> {
        if !reads(self.device, Kept::Books) {
            return Err(RegisterRefused::GroundsNotRead.into());
        }
        self.check_office(Kind::Read)
    }

    /// Where it is noted who read what is kept apart about a person.
    pub(super) fn place_of_readings(&self, person: PersonId) -> Result<SpaceId, FieldbookRefused> {
        match self.device.space_of_kind(SpaceKind::Register) {
            Some(register) => Ok(register),
            None => self.register_of(person),
        }
    }

    pub(super) fn note_reading(
        &mut self,
        (place, person): (SpaceId, PersonId),
        reason: Text,
    ) -> Result<(), FieldbookRefused> {
        self.check_reading()?;
        self.record((place, person.as_bytes()), Record::Read(Read { person, reason }))
            .map(drop)
    }
}
