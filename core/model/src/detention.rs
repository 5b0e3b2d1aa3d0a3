//! Persons detained and force used (001-§10(4)-(5), 12(3); requirements §7.4). It stands in the protected space, one document for
//! each case, so that it can be erased; the patrol's log says only that there is a case.
//!
//! Promises that a use of force says why nothing else would do (R11), that a hand-over names one of three kinds of receiver
//! (R12), and that the fields of the duty section (002-§14) are there where the police receive a foreigner.
//! What is put right is said anew, names what it replaces and says why. A step or an end that was written into a case by mistake is taken
//! back by whoever said it.
//!
//! Refuses by having no field for it: a photograph, a fingerprint, an origin, a watch list, a score.

mod force;
mod handover;

pub use force::ForceUsed;
pub use handover::{Company, DutyNotice, DutyTrigger, HandedOver};

use crate::codes::coded;
use crate::entry::ProtectedObject;
use crate::ids::{CaseId, MemberId, PatrolId};
use crate::moment::{Day, Moment};
use crate::notice::Channel;
use crate::planning::Before;
use crate::position::Place;
use crate::words::{Label, Name, Note};

/// What is said of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protected {
    /// Somebody was detained.
    Detained(Detained),
    /// A step on the way.
    Step(DetentionStep),
    /// Somebody was handed over.
    HandedOver(HandedOver),
    /// Somebody was released.
    Released(Released),
    /// Force was used.
    Force(ForceUsed),
}

impl Protected {
    /// What it puts right.
    #[must_use]
    pub const fn replaces(&self) -> &Before {
        match self {
            Self::Detained(Detained { replaces, .. })
            | Self::Step(DetentionStep { replaces, .. })
            | Self::HandedOver(HandedOver { replaces, .. })
            | Self::Released(Released { replaces, .. })
            | Self::Force(ForceUsed { replaces, .. }) => replaces,
        }
    }

    /// Why that is put right, as far as it was said.
    #[must_use]
    pub const fn because(&self) -> Option<&Name> {
        match self {
            Self::Detained(Detained { because, .. })
            | Self::Step(DetentionStep { because, .. })
            | Self::HandedOver(HandedOver { because, .. })
            | Self::Released(Released { because, .. })
            | Self::Force(ForceUsed { because, .. }) => because.as_ref(),
        }
    }

    /// Whether it ends a case.
    #[must_use]
    pub const fn is_end(&self) -> bool {
        matches!(self, Self::HandedOver(_) | Self::Released(_))
    }
}

/// A device of the head or the subdivision holds what others said of a case, as they cannot see in a space that they do not read:
/// from then on it may leave their phones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHeld {
    /// Which case.
    pub case: CaseId,
    /// Which statements about it.
    pub held: Before,
    /// Whether the case is over: whoever says this reads it whole, and whoever only wrote into it does not.
    pub is_over: bool,
}

/// Somebody was detained for an offence in the border space (001-§10(5)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detained {
    /// On which patrol.
    pub patrol: Option<PatrolId>,
    /// How he is called, as he says or his papers do. If left unset, not known.
    pub full_name: Option<Name>,
    /// When he was born. If left unset, not known.
    pub born: Option<Day>,
    /// Which paper he showed, and its number. If left unset, none.
    pub paper: Option<Label>,
    /// For what.
    pub offence: Note,
    /// Which of the seven it was against. If left unset, it was not said.
    pub protected_object: Option<ProtectedObject>,
    /// Where.
    pub place: Place,
    /// When. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// What it puts right.
    pub replaces: Before,
    /// Why that is put right. If left unset, it was not said.
    pub because: Option<Name>,
}

coded! {
    /// A step between detention and its end.
    pub enum StepKind {
        /// The grounds of the coercive measures were explained (001-§12(3)).
        GroundsExplained = "grounds_explained",
        /// The subdivision was told (001-§12(1)).
        UnitTold = "unit_told",
        /// On the way to whoever receives him (001-§10(5)).
        InDelivery = "in_delivery",
        /// The receiver told what came of it (000-§7(6), a repealed act).
        MeasuresTold = "measures_told",
    }
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetentionStep {
    /// Which.
    pub step: StepKind,
    /// By whom. If left unset, by whose phone says it.
    pub by: Option<MemberId>,
    /// In which language, of an explanation. If left unset, it was not said.
    pub language: Option<Label>,
    /// By what, of a telling. If left unset, it was not said.
    pub channel: Option<Channel>,
    /// Whom, of a telling. If left unset, it was not said.
    pub whom: Option<Label>,
    /// A word with it. If left unset, none.
    pub note: Option<Note>,
    /// When. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// What it puts right.
    pub replaces: Before,
    /// Why that is put right. If left unset, it was not said.
    pub because: Option<Name>,
}

impl DetentionStep {
    /// This step, of which nothing else is said.
    #[must_use]
    pub fn new(step: StepKind) -> Self {
        Self {
            step,
            by: None,
            language: None,
            channel: None,
            whom: None,
            note: None,
            occurred_at: None,
            replaces: Before::default(),
            because: None,
        }
    }
}

/// Somebody was released, by order of the subdivision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Who ordered it.
    pub ordered_by: Name,
    /// Why.
    pub reason: Note,
    /// When. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// What it puts right.
    pub replaces: Before,
    /// Why that is put right. If left unset, it was not said.
    pub because: Option<Name>,
}
