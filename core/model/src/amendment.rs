//! An amendment: an entry said anew, with a reason (001-§10; nothing is overwritten).
//!
//! Promises that whoever amends gives the whole entry as it should have been, names what he amends and says why. What was said
//! first stays, and is shown on asking. Of two amendments of one entry that do not know each other both stand.

use crate::codes::coded;
use crate::entry::Entry;
use crate::register::Cause;
use crate::words::Note;

coded! {
    /// Why an entry is said anew.
    pub enum AmendReason {
        /// A slip of the finger.
        Slip = "slip",
        /// Something was left out.
        LeftOut = "left_out",
        /// It became known better.
        KnownBetter = "known_better",
        /// Another reason, in the note.
        Other = "other",
    }
}

/// An entry as it should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// What it amends: an entry, or an amendment of one.
    pub of: Cause,
    /// The whole entry.
    pub entry: Entry,
    /// Why.
    pub why: AmendReason,
    /// A word with it. If left unset, none.
    pub note: Option<Note>,
}
