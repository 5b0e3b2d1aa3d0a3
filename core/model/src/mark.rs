//! A mark: what happened on a patrol and is no activity of 001-§10: somebody joined, a certificate shown, a pause, a gap in a track.
//!
//! Promises that a gap says since when, until when and why, as far as somebody or the phone knows. A mark decides nothing.

use crate::codes::coded;
use crate::moment::Moment;
use crate::words::Note;

coded! {
    /// What is marked.
    pub enum MarkKind {
        /// Whoever has this phone joined the patrol: by the head's code, before anything of it was known here.
        Joined = "joined",
        /// The certificate was shown to whoever asked (001-§12(2)).
        CertificateShown = "certificate_shown",
        /// The patrol rests; until when, where it is known.
        Pause = "pause",
        /// There is no track for a while.
        TrackGap = "track_gap",
    }
}

coded! {
    /// Why there is no track.
    pub enum GapCause {
        /// The system closed the program.
        AppClosed = "app_closed",
        /// The receiver had no fix.
        NoFix = "no_fix",
        /// The battery was empty, or the cold took it.
        Battery = "battery",
        /// Somebody switched the phone off.
        SwitchedOff = "switched_off",
        /// Another cause.
        Other = "other",
    }
}

/// A moment, or a while, of a patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What is marked.
    pub kind: MarkKind,
    /// When it began. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// When it was over. If left unset, it took no time, or nobody knows.
    pub until: Option<Moment>,
    /// Why, of a gap. If left unset, nobody knows.
    pub cause: Option<GapCause>,
    /// A word with it. If left unset, none.
    pub note: Option<Note>,
}
