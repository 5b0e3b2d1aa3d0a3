//! Who received a detained person (001-§10(5)), with what a duty section of the police asks (002-§14).

use crate::codes::coded;
use crate::entry::ReceiverKind;
use crate::moment::Moment;
use crate::planning::Before;
use crate::words::{Label, Name, Note};

coded! {
    /// What a duty section tells its unit against illegal migration (002-§14, list E11).
    pub enum DutyTrigger {
        /// A foreigner or stateless person committed an offence.
        OffenceByForeigner = "offence_by_foreigner",
        /// An offence was committed against one.
        OffenceAgainstForeigner = "offence_against_foreigner",
        /// An accident or another circumstance has to do with one.
        Circumstance = "circumstance",
        /// He was delivered without papers that tell who he is and that he may be here.
        WithoutPapers = "without_papers",
        /// A detention.
        Detention = "detention",
        /// A sudden death.
        SuddenDeath = "sudden_death",
    }
}

coded! {
    /// Whether he was alone.
    pub enum Company {
        /// Alone.
        Alone = "alone",
        /// In a group.
        Group = "group",
    }
}

/// What a duty section of the police is told (002-§14). Citizenship is asked here and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyNotice {
    /// Why it is told.
    pub trigger: DutyTrigger,
    /// Of which state he is a citizen, or that he is of none, as he says or his papers do.
    pub citizenship: Label,
    /// Whether he was alone. If left unset, it was not said.
    pub company: Option<Company>,
}

/// A person and what he had with him were handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// To which kind of receiver.
    pub receiver: ReceiverKind,
    /// What the receiving body is called.
    pub body: Name,
    /// Who of it received him: rank and name.
    pub officer: Name,
    /// Where. If left unset, it was not said.
    pub at_place: Option<Name>,
    /// What was handed over with him. If left unset, nothing.
    pub items: Option<Note>,
    /// For the duty section of the police. If left unset, he was not handed to the police, or is no foreigner.
    pub duty: Option<DutyNotice>,
    /// When. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// What it puts right.
    pub replaces: Before,
    /// Why that is put right. If left unset, it was not said.
    pub because: Option<Name>,
}
