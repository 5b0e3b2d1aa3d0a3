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

use crate::ids::{CaseId, MemberId};
use crate::limits::COUNTED_MAX;
use crate::moment::Moment;
use crate::position::{PlaceMarks, Position};
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
    /// Beside the position, how else the place is known.
    pub marks: PlaceMarks,
    /// How many people, animals or things are meant. If left unset, nothing was counted.
    pub counted: Option<Count>,
    /// Who says it, where another writes it down: from paper, by radio. If left unset, whose device it is.
    pub told_by: Option<MemberId>,
    /// The record that stands apart: of a person detained, of force. If left unset, there is none.
    pub case: Option<CaseId>,
}

/// How many people, animals or things an entry is about: at most [`COUNTED_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u32);

impl Count {
    /// So many.
    #[must_use]
    pub const fn new(count: u32) -> Option<Self> {
        if count <= COUNTED_MAX { Some(Self(count)) } else { None }
    }

    /// How many.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl EntryDraft {
    /// What was done and said, here and now on the phone, without a position.
    #[must_use]
    pub fn new(activity: Activity, text: impl Into<String>) -> Self {
        Self {
            activity,
            text: text.into(),
            position: None,
            source: Source::Phone,
            occurred_at: None,
            marks: PlaceMarks::default(),
            counted: None,
            told_by: None,
            case: None,
        }
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
            marks: self.marks,
            counted: self.counted,
            told_by: self.told_by,
            case: self.case,
        }
    }
}

/// To be said anew.
impl From<&Entry> for EntryDraft {
    fn from(entry: &Entry) -> Self {
        let Entry { activity, text, position, source, occurred_at, marks, counted, told_by, case } =
            entry.clone();
        let text = text.to_string();
        Self { activity, text, position, source, occurred_at, marks, counted, told_by, case }
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
    marks: PlaceMarks,
    counted: Option<Count>,
    told_by: Option<MemberId>,
    case: Option<CaseId>,
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

    /// How the place is known beside its position.
    #[must_use]
    pub const fn marks(&self) -> &PlaceMarks {
        &self.marks
    }

    /// How many people, animals or things are meant.
    #[must_use]
    pub const fn counted(&self) -> Option<Count> {
        self.counted
    }

    /// Who says it, where another writes it down.
    #[must_use]
    pub const fn told_by(&self) -> Option<MemberId> {
        self.told_by
    }

    /// The record that stands apart.
    #[must_use]
    pub const fn case(&self) -> Option<CaseId> {
        self.case
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
