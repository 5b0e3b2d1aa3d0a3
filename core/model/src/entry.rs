//! An entry of a patrol log: one thing that was done or seen, of one of the five activity types of 001-§10.
//!
//! Promises that an [`Entry`] names its activity as the paragraph divides it (R09), says something, and tells
//! where it was unless there was no fix. **Personal data of third persons do not belong into an entry**: who
//! was detained, hurt or named goes into the protected space, where it can be erased; here stands what
//! happened.
//!
//! Refuses an activity that 001-§10 does not have, and an entry without words.

mod activity;

pub use activity::{
    Activity, ActivityCodes, ActivityRefused, ActivityType, BorderServiceKind, InspectionKind,
    ProtectedObject, ReceiverKind,
};

use crate::moment::Moment;
use crate::position::Position;
use crate::source::Source;
use crate::words::{Text, WordsRefused};

/// An entry as somebody gives it, not yet checked. It cannot be printed: its words are not yet a [`Text`],
/// which knows not to show itself in a trace.
#[derive(Clone)]
pub struct EntryDraft {
    /// What was done.
    pub activity: Activity,
    /// What happened, in words; without personal data of third persons.
    pub text: String,
    /// Where. If left unset, there was no fix.
    pub position: Option<Position>,
    /// How it came into the device.
    pub source: Source,
    /// When it happened. If left unset, when it is recorded.
    pub occurred_at: Option<Moment>,
}

impl EntryDraft {
    /// What was done and said, here and now on the phone, without a position.
    #[must_use]
    pub fn new(activity: Activity, text: impl Into<String>) -> Self {
        Self { activity, text: text.into(), position: None, source: Source::Phone, occurred_at: None }
    }

    /// Checks what somebody gives.
    pub fn check(mut self) -> Result<Entry, EntryRefused> {
        let text = Text::new(std::mem::take(&mut self.text))?;
        Ok(self.with(text))
    }

    /// Checks what was recorded before: nothing in it is changed.
    pub(crate) fn read(mut self) -> Result<Entry, EntryRefused> {
        let text = Text::read(std::mem::take(&mut self.text))?;
        Ok(self.with(text))
    }

    fn with(self, text: Text) -> Entry {
        Entry {
            activity: self.activity,
            text,
            position: self.position,
            source: self.source,
            occurred_at: self.occurred_at,
        }
    }
}

/// Why an entry was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefused {
    /// Its words.
    #[error("the text of an entry: {0}")]
    Text(#[from] WordsRefused),
}

/// An entry of a patrol log, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    activity: Activity,
    text: Text,
    position: Option<Position>,
    source: Source,
    occurred_at: Option<Moment>,
}

impl Entry {
    /// What was done.
    #[must_use]
    pub const fn activity(&self) -> Activity {
        self.activity
    }

    /// What happened, in words.
    #[must_use]
    pub const fn text(&self) -> &Text {
        &self.text
    }

    /// Where, unless there was no fix.
    #[must_use]
    pub const fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// How it came into the device.
    #[must_use]
    pub const fn source(&self) -> Source {
        self.source
    }

    /// When it happened, if that was not when it was recorded.
    #[must_use]
    pub const fn occurred_at(&self) -> Option<Moment> {
        self.occurred_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_without_words_is_refused() {
        let refused = EntryDraft::new(Activity::Force, " ").check();
        assert_eq!(refused, Err(EntryRefused::Text(WordsRefused::Blank)));
    }
}
