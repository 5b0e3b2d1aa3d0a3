//! Names as lists are compared by: in their plain form, whichever word stands first, and nearly alike.

use crate::spelling::folded;
use crate::words::Name;

/// A name in the form in which it is compared, made once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameForm {
    /// Its words, sorted.
    key: String,
    undoubled: String,
}

impl NameForm {
    /// Of a name.
    pub(super) fn of(name: &Name) -> Self {
        let plain = folded(name.as_str());
        let mut words: Vec<&str> = plain.split(' ').collect();
        words.sort_unstable();
        let key = words.join(" ");
        let mut letters: Vec<char> = key.chars().collect();
        letters.dedup();
        Self { undoubled: letters.into_iter().collect(), key }
    }

    /// The name in its plain form, whichever of its words stands first.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Whether of two names all words of the one stand in the other, or they differ in nothing but doubled letters: Мұхаммед,
    /// Мұхамед.
    pub(super) fn is_nearly(&self, other: &Self) -> bool {
        self.key != other.key
            && (self.undoubled == other.undoubled || self.is_within(other) || other.is_within(self))
    }

    /// Whether each of its words is one of the other's: both are sorted, so one look at each is enough.
    fn is_within(&self, other: &Self) -> bool {
        let mut others = other.key.split(' ');
        self.key.split(' ').all(|word| others.any(|other| other == word))
    }
}
