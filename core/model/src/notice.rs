//! What is told to the structural subdivision at once (001-§9, 12(1)), and what it answers.
//!
//! Promises that of a fact two times are kept: when it became known and when it was told (R13). That it was told by voice is
//! recorded as such, and confirmed by whoever heard it. Outside a patrol anybody who is enrolled may report what violates one of
//! the seven protected objects (001-§9, R08).
//!
//! Refuses an observation that names none of the seven.

use crate::codes::coded;
use crate::entry::ProtectedObject;
use crate::ids::PatrolId;
use crate::moment::Moment;
use crate::position::Place;
use crate::register::Cause;
use crate::words::{Label, Note, Text};

coded! {
    /// By what the subdivision was told.
    pub enum Channel {
        /// By radio.
        Radio = "radio",
        /// By telephone.
        Telephone = "telephone",
        /// Face to face.
        InPerson = "in_person",
        /// By this program alone.
        Program = "program",
    }
}

/// Somebody told the subdivision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Moment,
    /// By what.
    pub channel: Channel,
    /// Whom. If left unset, it was not said.
    pub whom: Option<Label>,
}

/// A fact or an act that violates one of the seven protected objects, seen outside a patrol (001-§9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Which of the seven.
    pub protected_object: ProtectedObject,
    /// What was seen.
    pub text: Text,
    /// Where.
    pub place: Place,
    /// When. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
}

/// An offence that is prepared or was committed became known on duty: the subdivision is told immediately (001-§12(1)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgentNotice {
    /// What became known.
    pub text: Text,
    /// Which of the seven it is against. If left unset, it was not said.
    pub protected_object: Option<ProtectedObject>,
    /// Where.
    pub place: Place,
    /// On which patrol. If left unset, on none.
    pub patrol: Option<PatrolId>,
    /// When it became known. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// That it was told by voice. If left unset, this statement tells it.
    pub told: Option<Told>,
}

/// What a notice says was told by voice afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeTold {
    /// Which notice.
    pub notice: Cause,
    /// When, by what, whom.
    pub told: Told,
}

/// That there was a notice, in the log of the patrol that it names. What it says goes to the subdivision alone: it may tell of
/// persons, and a whole squad reads the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLogged {
    /// Which notice.
    pub notice: Cause,
    /// When the fact became known. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// When it was told by voice, and by what. If left unset, it was not.
    pub told: Option<(Moment, Channel)>,
}

coded! {
    /// What the subdivision answers.
    pub enum NoticeReply {
        /// It has the notice.
        Received = "received",
        /// It confirms that it was told by voice then.
        ConfirmsVoice = "confirms_voice",
        /// It knows of no such call.
        NotHeard = "not_heard",
    }
}

/// The subdivision answers a notice, where the squad reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeAnswered {
    /// Which notice.
    pub notice: Cause,
    /// What.
    pub reply: NoticeReply,
    /// What to do, or another word. If left unset, none.
    pub note: Option<Note>,
}

/// What is told, and what is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Telling {
    /// An observation outside a patrol.
    Observed(Observation),
    /// An urgent notice.
    Urgent(UrgentNotice),
    /// It was told by voice.
    Told(NoticeTold),
    /// The patrol's log holds that there was one.
    Logged(NoticeLogged),
    /// The subdivision answers.
    Answered(NoticeAnswered),
}
