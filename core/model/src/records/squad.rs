//! A squad: who created it, who heads it, who supervises it (001-§3(2), 7).

use super::{Heard, Said};
use crate::codes::coded;
use crate::ids::{Author, PersonId, RollId, SquadId, StatementRef};
use crate::moment::Day;
use crate::register::{CouncilDecision, Decided, HeadEnded, Record, Remark, Supervision};
use crate::squad::Squad;
use crate::stated::Stated;
use crate::statement::Body;
use crate::words::Name;

/// An appointment of a head by the council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The decision's key.
    pub key: StatementRef,
    /// Who.
    pub person: PersonId,
    /// The decision's number.
    pub number: Name,
    /// The decision's day.
    pub day: Day,
    /// Since when it is over; if left unset, it runs: the text gives it no term (001-§7).
    pub ended: Option<Day>,
    /// What ended it.
    pub ended_by: Vec<(StatementRef, Author)>,
}

/// Who heads a squad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadState {
    /// Nobody.
    Vacant,
    /// This person.
    Head(PersonId),
    /// Several appointments run at once: the council takes all but one back.
    Several,
}

coded! {
    /// How far a squad has come.
    pub enum SquadState {
        /// The council created it.
        Created = "created",
        /// It has a head.
        Headed = "headed",
        /// It had a head, and has none any more.
        Headless = "headless",
    }
}

/// One squad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SquadRecord {
    /// As the council created it; if left unset, its creation has not come or was taken back.
    pub created: Option<Said<Squad>>,
    /// The number and day of the decision; if left unset, none was recorded (R03).
    pub decision: Option<(Name, Day)>,
    /// Every appointment of a head, in the order of their days.
    pub appointments: Vec<Appointment>,
    /// Where its phones stand; if left unset, nobody has said that he supervises it.
    pub roll: Option<RollId>,
    /// What the council remarked, in the order of the keys.
    pub remarks: Vec<Said<Remark>>,
}

impl SquadRecord {
    /// The squad of these statements; what concerns other squads is passed over.
    #[must_use]
    pub fn from_statements(squad: SquadId, statements: impl IntoIterator<Item = Stated>) -> Self {
        let heard = Heard::new(statements);
        let mut record =
            Self { created: None, decision: None, appointments: Vec::new(), roll: None, remarks: Vec::new() };
        for stated in heard.standing() {
            record.hear(squad, stated);
        }
        for stated in heard.standing() {
            if let Body::Register(Record::HeadEnded(HeadEnded { squad: of, person, day })) =
                &stated.statement.body
                && *of == squad
            {
                for appointment in record.appointments.iter_mut().filter(|one| one.person == *person) {
                    appointment.ended = Some(appointment.ended.map_or(*day, |before| before.min(*day)));
                    appointment.ended_by.push((stated.key.clone(), stated.author));
                }
            }
        }
        record
            .appointments
            .sort_by(|one, other| (one.day, &one.key).cmp(&(other.day, &other.key)));
        record
    }

    fn hear(&mut self, squad: SquadId, stated: &Stated) {
        let said = |what: &Squad| Said { key: stated.key.clone(), author: stated.author, what: what.clone() };
        match &stated.statement.body {
            Body::Squad(created) if created.id == squad => {
                self.created.get_or_insert_with(|| said(created));
            }
            Body::Register(Record::Decision(CouncilDecision { decided, number, day })) => match decided {
                Decided::CreateSquad(created) if created.id == squad => {
                    self.created.get_or_insert_with(|| said(created));
                    self.decision.get_or_insert_with(|| (number.clone(), *day));
                }
                Decided::AppointHead { squad: of, person } if *of == squad => {
                    self.appointments.push(Appointment {
                        key: stated.key.clone(),
                        person: *person,
                        number: number.clone(),
                        day: *day,
                        ended: None,
                        ended_by: Vec::new(),
                    });
                }
                _ => {}
            },
            Body::Register(Record::Supervision(Supervision { squad: of, roll })) if *of == squad => {
                self.roll.get_or_insert(*roll);
            }
            Body::Register(Record::Remark(remark)) if remark.squad == squad => {
                let (key, author) = (stated.key.clone(), stated.author);
                self.remarks.push(Said { key, author, what: remark.clone() });
            }
            _ => {}
        }
    }

    /// Who heads it. One person may be appointed by several decisions.
    #[must_use]
    pub fn head(&self) -> HeadState {
        let mut running = self.appointments.iter().filter(|one| one.ended.is_none()).map(|one| one.person);
        match running.next() {
            None => HeadState::Vacant,
            Some(head) if running.all(|other| other == head) => HeadState::Head(head),
            Some(_) => HeadState::Several,
        }
    }

    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> SquadState {
        match self.head() {
            HeadState::Head(_) | HeadState::Several => SquadState::Headed,
            HeadState::Vacant if self.appointments.is_empty() => SquadState::Created,
            HeadState::Vacant => SquadState::Headless,
        }
    }
}
