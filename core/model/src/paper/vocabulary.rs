//! The words by which headings and cells are read: those of our languages, and the codes. They stand with all other words, so whoever
//! reads a sheet is given them.

use super::{PaperColumn, PaperLine};
use crate::patrol::{ActivityMode, AreaComponent};
use crate::spelling::folded;

/// Words, each of one value.
#[derive(Debug, Clone)]
pub struct Terms<T>(Vec<(String, T)>);

impl<T: Copy> Terms<T> {
    /// These words.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        Self(words.into_iter().map(|(word, value)| (folded(word), value)).collect())
    }

    /// The value of a word, however it is written.
    pub(super) fn find(&self, written: &str) -> Option<T> {
        let written = folded(written);
        self.0.iter().find(|(word, _)| *word == written).map(|(_, value)| *value)
    }
}

/// All of them.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// Headings.
    pub columns: Terms<PaperColumn>,
    /// Kinds of lines.
    pub lines: Terms<PaperLine>,
    /// Independently, jointly, both.
    pub modes: Terms<ActivityMode>,
    /// Parts of the border space.
    pub areas: Terms<AreaComponent>,
}
