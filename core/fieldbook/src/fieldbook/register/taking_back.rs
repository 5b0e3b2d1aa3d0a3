//! Taking back what was said: first what that comes to, then that.
//!
//! Promises that what is shown is what is done: the one is the other, undone; and that nobody is shown what is kept apart, by whichever
//! command, before his reading of it stands in the log.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::eligibility::eligibility;
use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{Author, PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{About, HeadState, HistoryLine, PersonRecord, SquadRecord};
use jasaq_model::register::{Cause, NoticeAbout, Record, Withdrawn};
use jasaq_model::statement::Kind;
use jasaq_model::words::Text;
use jasaq_protocol::ids::{DeviceId, SpaceId};

use super::admitting::FOLLOWS_FROM_NOTHING;
use super::books::{Kept, reads};
use super::undoable::Found;
use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::vault::Vault;
use crate::views;

/// What taking a statement back comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// What sort of statement it is.
    pub kind: Kind,
    /// The day that it names, else that on which it was recorded.
    pub day: Day,
    /// Of whom or what it is, before and after.
    pub of: Undone,
}

/// Of whom or what a statement is that is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// A person.
    Person(Box<UndonePerson>),
    /// A squad, before and after.
    Squad(SquadId, Box<[SquadRecord; 2]>),
    /// Neither: a review, a wish of a phone's holder.
    Neither,
}

/// What taking a statement about a person back changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndonePerson {
    /// As it stood.
    pub before: PersonRecord,
    /// As it stands then.
    pub after: PersonRecord,
    /// Whether the person may go on patrol today, before and after. None where registrations are not read.
    pub may_go: Option<[bool; 2]>,
    /// The squads that the person heads again.
    pub heads_again: Vec<SquadId>,
    /// The squads that have several heads then, which had not before.
    pub several_heads: Vec<SquadId>,
}

impl Fieldbook {
    /// What [`Fieldbook::withdraw`] does, for this reason; refused as that is. Where it shows what is kept apart, that is a reading
    /// for this reason, and is noted.
    pub fn withdrawal(
        &mut self,
        (author, key): (Author, StatementRef),
        reason: &Text,
    ) -> Result<Withdrawal, FieldbookRefused> {
        self.desk(|desk| {
            let found = desk.to_take_back((author, &key))?;
            if found.kind.is_kept_apart() {
                desk.note_reading_of(&found, reason)?;
            }
            let transaction = desk.transaction;
            let done = Vault::tried(transaction, || desk.take_back(&found, (author, &key), reason));
            done.map(|(withdrawal, _)| withdrawal)
        })
    }

    /// Takes back what was said before, with a reason: whoever may say it may, once. What it was stays to be seen.
    pub fn withdraw(
        &mut self,
        (author, key): (Author, StatementRef),
        reason: &Text,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.desk(|desk| {
            let found = desk.to_take_back((author, &key))?;
            desk.take_back(&found, (author, &key), reason).map(|(_, said)| said)
        })
    }

    /// What a circumstance follows from that was told by itself: that is taken back instead of it. It is kept apart, so that the
    /// reading is noted. None where it follows from nothing, or from what is not read here.
    pub fn cause_of(
        &mut self,
        (author, key): (Author, &StatementRef),
        reason: &Text,
    ) -> Result<Option<HistoryLine>, FieldbookRefused> {
        self.desk(|desk| {
            let found = desk.found((author, key))?;
            let Some(record) = desk.person_of(&found)? else { return Ok(None) };
            let mut told = record.circumstances.iter();
            let told = told.find(|said| (said.author, &said.key) == (author, key));
            let Some(cause) = told.and_then(|said| said.what.follows.as_ref()) else { return Ok(None) };
            desk.note_reading_of(&found, reason)?;
            let is_cause = |line: &HistoryLine| (line.author, &line.key) == (cause.author, &cause.key);
            Ok(record.history.into_iter().find(is_cause))
        })
    }

    /// The device that said something under this key; none that is known here, or several, is refused.
    pub fn author_of(&mut self, key: &StatementRef) -> Result<Author, FieldbookRefused> {
        self.refresh()?;
        let authors = Vault::authors_of(self.vault.read(), key)?;
        match authors.as_slice() {
            [author] => Ok(Author::from_bytes(*author.as_bytes())),
            _ => Err(RegisterRefused::NotYoursToWithdraw.into()),
        }
    }
}

impl Desk<'_> {
    /// Of whom a statement is, as he stands.
    fn person_of(&self, found: &Found) -> Result<Option<PersonRecord>, FieldbookRefused> {
        let About::Person(person) = found.about else { return Ok(None) };
        let lists = self.lists()?;
        Ok(Some(views::person_record(self.transaction, self.device, (person, &lists))?))
    }

    /// The squads that taking a statement back may change, as they stand.
    fn squads_of(&self, found: &Found) -> Result<BTreeMap<SquadId, SquadRecord>, FieldbookRefused> {
        let squads = match found.about {
            About::Squad(squad) => {
                vec![(squad, views::squad_record(self.transaction, self.device, squad)?)]
            }
            About::Person(_) if found.kind == Kind::StrikeOff => {
                views::council_squads(self.transaction, self.device)?
            }
            About::Person(_) | About::Neither => Vec::new(),
        };
        Ok(squads.into_iter().collect())
    }

    /// Takes a statement back with what hangs on it, and says what that came to.
    fn take_back(
        &mut self,
        found: &Found,
        (author, key): (Author, &StatementRef),
        reason: &Text,
    ) -> Result<(Withdrawal, StatementRef), FieldbookRefused> {
        let (person_before, squads_before) = (self.person_of(found)?, self.squads_of(found)?);
        let withdrawn = Withdrawn { author, key: key.clone(), reason: reason.clone() };
        let said = self.record((found.space, found.document.as_bytes()), Record::Withdrawn(withdrawn))?;
        if let About::Person(person) = found.about {
            if found.kind == Kind::StrikeOff {
                self.restore_appointments(person)?;
                self.take_back_notices((found.space, person))?;
            }
            self.tell_the_books(person)?;
        }
        let is_named = |line: &&HistoryLine| (line.author, &line.key) == (author, key);
        let line = person_before.iter().flat_map(|before| &before.history).find(is_named);
        let day = line.map_or(found.recorded, |line| line.day);
        let squads = [squads_before, self.squads_of(found)?];
        let of = match (person_before, self.person_of(found)?) {
            (Some(before), Some(after)) => {
                Undone::Person(Box::new(self.undone_person([before, after], &squads)))
            }
            _ => undone_squad(squads),
        };
        Ok((Withdrawal { kind: found.kind, day, of }, said))
    }

    fn undone_person(
        &self,
        [before, after]: [PersonRecord; 2],
        [squads_before, squads_after]: &[BTreeMap<SquadId, SquadRecord>; 2],
    ) -> UndonePerson {
        let may = |record: &PersonRecord| eligibility(record, self.today).is_eligible();
        let may_go = reads(self.device, Kept::Books).then(|| [may(&before), may(&after)]);
        let come_to = |head: HeadState| -> Vec<SquadId> {
            let had = |squad| squads_before.get(squad).map(SquadRecord::head);
            let come = squads_after
                .iter()
                .filter(|(squad, now)| now.head() == head && had(squad) != Some(head));
            come.map(|(squad, _)| *squad).collect()
        };
        let heads_again = come_to(HeadState::Head(before.person));
        UndonePerson { before, after, may_go, heads_again, several_heads: come_to(HeadState::Several) }
    }

    /// Notes that what is kept apart about a person was read, where he is registered, else where that stands.
    fn note_reading_of(&mut self, found: &Found, reason: &Text) -> Result<(), FieldbookRefused> {
        let About::Person(person) = found.about else { return Ok(()) };
        let place = match self.place_of_readings(person) {
            Err(FieldbookRefused::Register(RegisterRefused::NotRegistered)) => found.space,
            place => place?,
        };
        self.note_reading((place, person), reason.clone())
    }

    /// What ended a person's appointments is taken back with the last strike-off that it followed from.
    fn restore_appointments(&mut self, person: PersonId) -> Result<(), FieldbookRefused> {
        if !self.person(person)?.strike_offs.is_empty() {
            return Ok(());
        }
        for (squad, Cause { author, key }) in self.own_ends(person)? {
            // Why is the unit's own business, and councils read this.
            let withdrawn = Withdrawn { author, key, reason: Text::new(FOLLOWS_FROM_NOTHING)? };
            self.record((self.home_of(squad)?, squad.as_bytes()), Record::Withdrawn(withdrawn))?;
        }
        Ok(())
    }

    /// What this office told a person of a strike-off, once none stands: of the next he has not been told (001-§22).
    fn take_back_notices(&mut self, (book, person): (SpaceId, PersonId)) -> Result<(), FieldbookRefused> {
        let record = self.person(person)?;
        if !record.strike_offs.is_empty() {
            return Ok(());
        }
        let told = record.notices.iter().filter(|said| said.what.about == NoticeAbout::StrikeOff);
        for said in told
            .filter(|said| self.is_of_own_office(&said.author))
            .cloned()
            .collect::<Vec<_>>()
        {
            let reason = Text::new(FOLLOWS_FROM_NOTHING)?;
            let withdrawn = Withdrawn { author: said.author, key: said.key, reason };
            self.record((book, person.as_bytes()), Record::Withdrawn(withdrawn))?;
        }
        Ok(())
    }

    /// What this office said that ended a person's appointments. What another unit ended is that unit's word.
    fn own_ends(&self, person: PersonId) -> Result<Vec<(SquadId, Cause)>, FieldbookRefused> {
        let mut own = Vec::new();
        for (squad, record) in views::council_squads(self.transaction, self.device)? {
            let of_person = record.appointments.iter().filter(|one| one.person == person);
            let ends: BTreeSet<(StatementRef, Author)> =
                of_person.flat_map(|appointment| appointment.ended_by.iter().cloned()).collect();
            let is_own = |(_, author): &(StatementRef, Author)| {
                let said_by = DeviceId::from_bytes(*author.as_bytes());
                self.device.are_of_one_office(&self.device.id(), &said_by)
            };
            let own_ends = ends.into_iter().filter(is_own);
            own.extend(own_ends.map(|(key, author)| (squad, Cause { author, key })));
        }
        Ok(own)
    }
}

fn undone_squad([before, after]: [BTreeMap<SquadId, SquadRecord>; 2]) -> Undone {
    match before.into_iter().zip(after.into_values()).next() {
        Some(((squad, before), after)) if before.created.is_some() => {
            Undone::Squad(squad, Box::new([before, after]))
        }
        _ => Undone::Neither,
    }
}
