//! From an akimat's list or a person's own application to the subdivision's decision (001-§16–19).

use super::identity::Identity;
use crate::codes::coded;
use crate::ids::{ListId, PersonId, SquadId};
use crate::moment::Day;
use crate::words::{Name, Text};

/// A list of squad members as a local executive body sent it (001-§19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SquadList {
    /// Which list.
    pub list: ListId,
    /// Whose members.
    pub squad: SquadId,
    /// The outgoing number of the letter. If left unset, it has none yet.
    pub number: Option<Name>,
    /// The letter's day.
    pub day: Day,
    /// How many lines it has: so that whoever has some of them knows.
    pub lines: u32,
}

/// One member of a list (001-§19): a citizen (001-§1), or it is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    /// Of which list.
    pub list: ListId,
    /// His number in it, from 1.
    pub number: u32,
    /// Who he is by his papers.
    pub person: Identity,
}

/// The territorial subdivision has a list: its check begins, for which 001-§19 gives no deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListReceived {
    /// Which.
    pub list: ListId,
    /// When it came in.
    pub day: Day,
}

/// A local executive body takes a list back as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWithdrawn {
    /// Which.
    pub list: ListId,
    /// Why.
    pub reason: Text,
}

coded! {
    /// The registers that are asked about a person (001-§17, 19).
    pub enum CheckKind {
        /// Criminal record.
        CriminalRecord = "criminal_record",
        /// Narcological register.
        NarcologicalRegister = "narcological_register",
        /// Psychoneurological register.
        PsychoneurologicalRegister = "psychoneurological_register",
    }
}

coded! {
    /// What a register said. What exactly stands in it is not recorded.
    pub enum CheckFinding {
        /// No circumstance that excludes.
        Nothing = "nothing",
        /// A circumstance that excludes.
        Circumstance = "circumstance",
    }
}

/// One of the registers was asked about somebody. TS alone reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// About whom.
    pub person: PersonId,
    /// Which register.
    pub kind: CheckKind,
    /// What it said.
    pub finding: CheckFinding,
    /// When.
    pub day: Day,
}

/// An intentional administrative offence; two within one year exclude (001-§15(2)). TS alone reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offence {
    /// Whose.
    pub person: PersonId,
    /// When it was committed.
    pub day: Day,
}

/// The territorial subdivision tells a local executive body that somebody is to be removed from a squad (001-§19): whom, and
/// not why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionNotice {
    /// From which squad.
    pub squad: SquadId,
    /// Whom.
    pub person: PersonId,
    /// The notice's day.
    pub day: Day,
}

/// Somebody applied to the territorial subdivision to be a non-staff employee (001-§16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Who he is by his papers.
    pub person: Identity,
    /// The day on which the application came in: the thirty calendar days of 001-§17 are counted from it.
    pub received: Day,
    /// Whether a copy of his insurance is attached; it never has to be.
    pub has_insurance: bool,
}

coded! {
    /// How the territorial subdivision decided about an application (001-§17).
    pub enum CheckOutcome {
        /// A positive decision.
        Approved = "approved",
        /// A refusal, without reasons.
        Refused = "refused",
    }
}

/// The decision about an application (001-§17): there is no field for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationDecided {
    /// Whose.
    pub person: PersonId,
    /// How.
    pub outcome: CheckOutcome,
    /// When.
    pub day: Day,
}
