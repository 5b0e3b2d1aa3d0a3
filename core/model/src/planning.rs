//! A patrol before it goes out: plans, who goes, answers, days off (001-§7).
//!
//! The head of a squad takes part in planning with a representative of the structural subdivision: a plan names both, and
//! either of the two offices may state one. Nothing here is ever overwritten: a plan that is put right names the plans that it
//! [replaces](Before), and of two that were made apart both stand until a third replaces them. Whoever is named answers, or
//! does not; nobody is made to go.
//!
//! Refuses by having no field for it: an order, a duty to answer, a reason of health.

mod before;
mod crew;
mod refused;
mod window;

pub(crate) use before::standing;
pub use before::{Before, TooManyBefore};
pub use crew::{Crew, CrewRefused};
pub use refused::PlanRefused;
pub use window::{Window, WindowRefused, is_too_long};

use crate::codes::coded;
use crate::moment::Day;
use crate::patrol::{ActivityMode, AreaComponent, Transport};
use crate::register::Cause;
use crate::words::{Name, Note};

/// What is said of a patrol beside what happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planning {
    /// It is planned.
    Planned(PatrolPlan),
    /// The head names who goes.
    Assigned(PatrolAssigned),
    /// Somebody who is named answers.
    Answered(PlanAnswer),
    /// It does not take place.
    Cancelled(PatrolCancelled),
    /// On which days a member can come.
    Available(Availability),
}

/// A patrol is planned (001-§7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatrolPlan {
    /// From when to when.
    pub window: Window,
    /// On their own, jointly, or both (001-§10).
    pub mode: ActivityMode,
    /// Where: what the sector is called.
    pub sector: Name,
    /// In which part of the border space it lies (R07, 001-§3(1)).
    pub area_component: AreaComponent,
    /// Along which way. If left unset, it is open.
    pub route: Option<Note>,
    /// What they are to do. If left unset, nothing beside the activities of 001-§10.
    pub task: Option<Note>,
    /// How they move. If left unset, it is open.
    pub transport: Option<Transport>,
    /// The representative of the structural subdivision with whom it was planned (R06).
    pub representative: Name,
    /// The plans of the same patrol that it replaces.
    pub replaces: Before,
}

/// The head names who goes (001-§7, 11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatrolAssigned {
    /// Who.
    pub crew: Crew,
    /// The assignments of the same patrol that it replaces.
    pub replaces: Before,
}

coded! {
    /// What somebody who is named in a plan answers.
    pub enum Answer {
        /// He comes.
        Comes = "comes",
        /// He does not come.
        DoesNotCome = "does_not_come",
    }
}

/// Somebody who is named in a plan answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAnswer {
    /// To which assignment: who answered another has not answered this one.
    pub to: Cause,
    /// What.
    pub answer: Answer,
    /// A word with it. If left unset, none.
    pub note: Option<Note>,
}

/// A patrol does not take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatrolCancelled {
    /// Why.
    pub reason: Note,
    /// The plans that are called off. One that was made apart stands.
    pub replaces: Before,
}

coded! {
    /// Whether a member can come.
    pub enum CanCome {
        /// He can.
        Yes = "yes",
        /// He cannot.
        No = "no",
    }
}

/// On which days a member can come, by his own word. A later word about a day stands before an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    /// From which day.
    pub from: Day,
    /// Up to which day, it included.
    pub to: Day,
    /// Whether he can.
    pub can_come: CanCome,
}
