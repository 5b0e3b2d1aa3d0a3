//! What really happened in a run, counted: a fault that never happens proves nothing.

use std::collections::BTreeMap;

/// Counts by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    /// It happened once more.
    pub fn note(&mut self, what: &'static str) {
        self.note_many(what, 1);
    }

    /// It happened so many times more.
    pub fn note_many(&mut self, what: &'static str, count: u64) {
        *self.0.entry(what).or_default() += count;
    }

    /// How often it happened.
    #[must_use]
    pub fn count(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or_default()
    }

    /// Adds what happened elsewhere.
    pub fn add(&mut self, other: &Self) {
        other.0.iter().for_each(|(what, count)| self.note_many(what, *count));
    }

    /// Every count, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        self.0.iter().map(|(what, count)| (*what, *count))
    }
}
