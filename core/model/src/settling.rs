//! What a head decides when he makes one page of several phones' logs (requirements §7.3; N-1 and N-2 of the screens).
//!
//! Promises that a decision names what it decides about and what it replaces: of two that do not know each other both stand, and
//! the matter is open again. Nothing that anybody said goes away by a decision.

use std::sync::LazyLock;

use crate::codes::coded;
use crate::ids::{Author, MemberId, PatrolId};
use crate::planning::Before;
use crate::register::Cause;
use crate::words::Note;

/// A head's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settling {
    /// Whether entries tell of one event.
    SameEvent(SameEvent),
    /// What of a field stands.
    Resolved(Resolution),
    /// A phone is not waited for.
    Excused(PhoneExcused),
    /// Whether a member was there.
    Attended(Attendance),
    /// A patrol that was recorded apart is a part of another.
    Attached(PatrolAttached),
}

/// What replaces nothing.
static NOTHING: LazyLock<Before> = LazyLock::new(Before::default);

impl Settling {
    /// Which decisions of its own kind it replaces.
    #[must_use]
    pub fn replaces(&self) -> &Before {
        match self {
            Self::SameEvent(same) => &same.replaces,
            Self::Resolved(resolution) => &resolution.replaces,
            Self::Attended(attendance) => &attendance.replaces,
            Self::Excused(_) | Self::Attached(_) => &NOTHING,
        }
    }
}

coded! {
    /// Whether entries tell of one event.
    pub enum Sameness {
        /// They do.
        One = "one",
        /// They do not.
        Separate = "separate",
    }
}

/// Whether entries tell of one event. It is never decided by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameEvent {
    /// Which entries: two or more.
    pub entries: Before,
    /// Whether they do.
    pub is: Sameness,
    /// Why. If left unset, it was not said.
    pub reason: Option<Note>,
    /// Which decisions it replaces.
    pub replaces: Before,
}

coded! {
    /// A field of an event, or of the patrol itself, on which statements may differ.
    pub enum SettledField {
        /// Which activity.
        Activity = "activity",
        /// When.
        Time = "time",
        /// Where.
        Place = "place",
        /// The number of a boundary marker.
        Marker = "marker",
        /// A landmark.
        Landmark = "landmark",
        /// How many were counted.
        Count = "count",
        /// What happened, in words.
        Text = "text",
        /// When the patrol went out.
        Start = "start",
        /// When it came back.
        End = "end",
        /// Independently or jointly.
        Mode = "mode",
        /// The controlling representative.
        Representative = "representative",
        /// The part of the border space.
        Area = "area",
        /// Who led.
        Leader = "leader",
        /// What they were to do.
        Task = "task",
    }
}

/// What stands of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// What this statement says.
    Said(Cause),
    /// Another value, which the head writes.
    Another(Note),
    /// It cannot be decided: all that was said is written into the page.
    Undecided,
    /// It is left out: one phone alone said it.
    LeftOut,
}

/// What of a field stands, of one event or of the patrol itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Of what, by the statements that were looked at: those that tell of an event as they stand, or the starts or ends of the patrol. It
    /// holds for these and no others.
    pub entries: Before,
    /// Which field.
    pub field: SettledField,
    /// What stands.
    pub choice: Choice,
    /// Why. Needed for another value, where it cannot be decided, and where it is left out.
    pub reason: Option<Note>,
    /// Which decisions it replaces.
    pub replaces: Before,
}

coded! {
    /// Why a phone is not waited for.
    pub enum ExcuseReason {
        /// It is lost.
        Lost = "lost",
        /// It is broken.
        Broken = "broken",
        /// Its owner left earlier.
        LeftEarlier = "left_earlier",
        /// Another reason, in the note.
        Other = "other",
    }
}

/// The page is made without what a phone still has. If it turns up, what it has is shown as late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneExcused {
    /// Which device.
    pub device: Author,
    /// Why.
    pub why: ExcuseReason,
    /// A word with it. If left unset, none.
    pub note: Option<Note>,
}

coded! {
    /// Whether a member was there.
    pub enum Attended {
        /// He was.
        Attended = "attended",
        /// He was not.
        Absent = "absent",
    }
}

/// Whether a member was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// Who.
    pub member: MemberId,
    /// Whether he was.
    pub was: Attended,
    /// A word with it. If left unset, none.
    pub note: Option<Note>,
    /// Which words about him it replaces.
    pub replaces: Before,
}

/// What was recorded as a patrol of its own is a part of another: its log counts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatrolAttached {
    /// Of which.
    pub to: PatrolId,
}
