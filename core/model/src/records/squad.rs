//! A squad: who created it, who heads it, who supervises it (001-§3(2), 7).

use std::collections::BTreeSet;

use super::{Heard, Said, said};
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
    /// As the council created it, under the names that it gave it since; if left unset, its creation has not come or was taken
    /// back.
    pub created: Option<Said<Squad>>,
    /// The number and day of the decision; if left unset, none was recorded (R03).
    pub decision: Option<(Name, Day)>,
    /// Every appointment of a head, in the order of their days.
    pub appointments: Vec<Appointment>,
    /// Who said that he supervises it, and where its phones stand.
    pub supervisions: Vec<Said<Supervision>>,
    /// Every name that the council gave it beside a decision and that stands, in the order of the keys; the first counts.
    pub names: Vec<Said<Squad>>,
    /// What the council remarked, in the order of the keys.
    pub remarks: Vec<Said<Remark>>,
}

impl SquadRecord {
    /// The squad of these statements; what concerns other squads is passed over.
    #[must_use]
    pub fn from_statements(squad: SquadId, statements: impl IntoIterator<Item = Stated>) -> Self {
        let heard = Heard::new(statements);
        let mut record = Self {
            created: None,
            decision: None,
            appointments: Vec::new(),
            supervisions: Vec::new(),
            names: Vec::new(),
            remarks: Vec::new(),
        };
        for stated in heard.standing() {
            record.hear(squad, stated);
        }
        record.hear_names(squad, &heard);
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

    /// What a council said of a squad beside a decision: how it is called. Where nobody decided, it stands for the creation; where
    /// the decision was taken back, it stands for nothing.
    fn hear_names(&mut self, squad: SquadId, heard: &Heard) {
        let is_decided = heard.statements.values().any(|stated| match &stated.statement.body {
            Body::Register(Record::Decision(CouncilDecision {
                decided: Decided::CreateSquad(created),
                ..
            })) => created.id == squad,
            _ => false,
        });
        match (self.names.first(), &mut self.created) {
            (Some(name), Some(created)) => created.what = name.what.clone(),
            (Some(name), none) if !is_decided => *none = Some(name.clone()),
            _ => {}
        }
    }

    fn hear(&mut self, squad: SquadId, stated: &Stated) {
        match &stated.statement.body {
            Body::Squad(name) if name.id == squad => self.names.push(said(stated, name)),
            Body::Register(Record::Decision(CouncilDecision { decided, number, day })) => match decided {
                Decided::CreateSquad(created) if created.id == squad => {
                    self.created.get_or_insert_with(|| said(stated, created));
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
            Body::Register(Record::Supervision(supervision)) if supervision.squad == squad => {
                self.supervisions.push(said(stated, supervision));
            }
            Body::Register(Record::Remark(remark)) if remark.squad == squad => {
                self.remarks.push(said(stated, remark));
            }
            _ => {}
        }
    }

    /// The rolls in which its phones stand, by whoever says that he supervises it: one, unless several claim it.
    #[must_use]
    pub fn rolls(&self) -> BTreeSet<RollId> {
        self.supervisions.iter().map(|said| said.what.roll).collect()
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
