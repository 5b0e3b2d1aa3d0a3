//! Squad lists: an akimat sends one, takes one back, takes names off; the territorial subdivision has one (001-§19).

use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{ListId, PersonId, SquadId};
use jasaq_model::moment::Day;
use jasaq_model::person::Person;
use jasaq_model::records::{ListRecord, Lists, PersonRecord};
use jasaq_model::register::{Identity, ListLine, ListReceived, ListWithdrawn, Record, SquadList};
use jasaq_model::squad::{NameOff, NameOn};
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::{Name, Text};
use jasaq_protocol::membership::SpaceKind;

use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::views;

/// A list that an akimat sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    /// Whose members.
    pub squad: SquadId,
    /// The letter's outgoing number. If left unset, it has none yet.
    pub number: Option<Name>,
    /// The letter's day.
    pub day: Day,
    /// The members, by their papers. An id that is all zeros is replaced by a new one: a new engagement.
    pub members: Vec<Identity>,
}

impl Fieldbook {
    /// Sends a list: the list, its lines and the names on the roster, all in one transaction or nothing. LEB only (001-§19).
    pub fn submit_list(&mut self, new: NewList) -> Result<ListId, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::List, new.day)?;
            desk.squad(new.squad)?;
            let (submission, council) =
                (desk.own_space(SpaceKind::Submission)?, desk.own_space(SpaceKind::Council)?);
            let list = ListId::from_bytes(desk.surroundings.make_id());
            let NewList { squad, number, day, members } = new;
            let lines = u32::try_from(members.len()).unwrap_or(u32::MAX);
            let said = SquadList { list, squad, number, day, lines };
            desk.record((submission, list.as_bytes()), Record::List(said))?;
            for (number, mut person) in (1..).zip(members) {
                if person.id == PersonId::from_bytes([0; 16]) {
                    person.id = PersonId::from_bytes(desk.surroundings.make_id());
                }
                let about = *person.id.as_bytes();
                let on = Person { id: person.id, full_name: person.full_name.clone() };
                desk.record((submission, &about), Record::ListLine(ListLine { list, number, person }))?;
                if !desk.is_on(squad, on.id)? {
                    desk.state((council, &about), Body::NameOn(NameOn { squad, person: on }))?;
                }
            }
            Ok(list)
        })
    }

    /// Takes a list back as a whole: it lists nobody any more, and the names it put on the roster are off. LEB only.
    pub fn withdraw_list(&mut self, list: ListId, reason: Text) -> Result<usize, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::ListWithdrawn)?;
            let record = desk.list(list)?;
            if record.withdrawn.is_some() {
                return Err(RegisterRefused::ListWithdrawn.into());
            }
            let squad = record.list.what.squad;
            let persons = views::lines_of(desk.transaction, desk.device, list)?;
            let submission = desk.own_space(SpaceKind::Submission)?;
            let withdrawn = ListWithdrawn { list, reason };
            desk.record((submission, list.as_bytes()), Record::ListWithdrawn(withdrawn))?;
            let (lists, mut off) = (desk.lists()?, 0);
            for (_, person) in persons {
                // Who stands on another list that was not taken back stays on.
                let record = views::person_record(desk.transaction, desk.device, (person, &lists))?;
                if record.listed.is_empty() {
                    off += desk.take_off(squad, &record)?;
                }
            }
            Ok(off)
        })
    }

    /// Takes a name off a squad's roster. LEB only (001-§19).
    pub fn take_off_roster(&mut self, squad: SquadId, person: PersonId) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::NameOff)?;
            let record = desk.person(person)?;
            match desk.take_off(squad, &record)? {
                0 => Err(RegisterRefused::NotOnRoster.into()),
                _ => Ok(()),
            }
        })
    }

    /// The territorial subdivision has a list: its check begins. TS only (001-§19).
    pub fn receive_list(&mut self, list: ListId, day: Day) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::ListReceived, day)?;
            let record = desk.list(list)?;
            if record.withdrawn.is_some() {
                return Err(RegisterRefused::ListWithdrawn.into());
            }
            if record.received.is_some() {
                return Err(RegisterRefused::ListReceived.into());
            }
            let space = desk.space_about(list.as_bytes(), SpaceKind::Submission)?;
            let space = space.ok_or(RegisterRefused::ListUnknown)?;
            let received = ListReceived { list, day };
            desk.record((space, list.as_bytes()), Record::ListReceived(received)).map(drop)
        })
    }
}

impl Desk<'_> {
    fn list(&self, list: ListId) -> Result<ListRecord, FieldbookRefused> {
        let lists = self.lists()?;
        Ok(lists.get(list).cloned().ok_or(RegisterRefused::ListUnknown)?)
    }

    fn is_on(&self, squad: SquadId, person: PersonId) -> Result<bool, FieldbookRefused> {
        // No list says who is on a roster.
        let record = views::person_record(self.transaction, self.device, (person, &Lists::default()))?;
        Ok(record.squads().any(|on| on == squad))
    }

    /// Ends every line that puts a person on a squad's roster. Says how many.
    fn take_off(&mut self, squad: SquadId, record: &PersonRecord) -> Result<usize, FieldbookRefused> {
        let (council, person) = (self.own_space(SpaceKind::Council)?, record.person);
        let mut ended = 0;
        for (on, _) in record.rosters.iter().filter(|(on, is_on)| *is_on && on.what.squad == squad) {
            let off = NameOff { squad, person, ends: on.key.clone() };
            self.state((council, person.as_bytes()), Body::NameOff(off))?;
            ended += 1;
        }
        Ok(ended)
    }
}
