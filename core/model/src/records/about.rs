//! Of whom or what a statement of the register is, by what it says itself.

use super::person::concerns;
use crate::ids::{PersonId, SquadId};
use crate::register::{CouncilDecision, Decided, Record};
use crate::statement::Body;

/// Of whom or what a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A person.
    Person(PersonId),
    /// A squad.
    Squad(SquadId),
    /// Neither: a list, a review, a wish of a phone's holder.
    Neither,
}

impl About {
    /// By what a statement says.
    #[must_use]
    pub const fn of(body: &Body) -> Self {
        match body {
            Body::NameOn(on) => Self::Person(on.person.id),
            Body::NameOff(off) => Self::Person(off.person),
            Body::Squad(squad) => Self::Squad(squad.id),
            Body::Register(record) => match (concerns(record), squad_of(record)) {
                (Some(person), _) => Self::Person(person),
                (None, Some(squad)) => Self::Squad(squad),
                (None, None) => Self::Neither,
            },
            _ => Self::Neither,
        }
    }
}

/// Which squad a record concerns that concerns no person's engagement.
const fn squad_of(record: &Record) -> Option<SquadId> {
    match record {
        Record::Decision(CouncilDecision { decided: Decided::CreateSquad(squad), .. }) => Some(squad.id),
        Record::Decision(CouncilDecision { decided: Decided::AppointHead { squad, .. }, .. }) => Some(*squad),
        Record::HeadEnded(ended) => Some(ended.squad),
        Record::Remark(remark) => Some(remark.squad),
        Record::Supervision(supervision) => Some(supervision.squad),
        _ => None,
    }
}
