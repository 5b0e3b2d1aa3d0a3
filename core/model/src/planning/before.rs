//! The statements that one replaces.

use std::collections::BTreeSet;

use crate::limits::BEFORE_MAX;
use crate::register::Cause;

/// More statements than one may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{count} statements are more than the {BEFORE_MAX} that one replaces")]
pub struct TooManyBefore {
    /// Those given.
    pub count: usize,
}

/// The statements that one replaces: each once, in no order. Of two that do not name each other both stand, whatever clocks
/// say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Before(BTreeSet<Cause>);

impl Before {
    /// Whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// These statements.
    pub fn new(causes: impl IntoIterator<Item = Cause>) -> Result<Self, TooManyBefore> {
        let set: BTreeSet<Cause> = causes.into_iter().collect();
        if set.len() > BEFORE_MAX { Err(TooManyBefore { count: set.len() }) } else { Ok(Self(set)) }
    }

    /// As many of these as one statement can name.
    #[must_use]
    pub fn first_of(causes: impl IntoIterator<Item = Cause>) -> Self {
        let all: BTreeSet<Cause> = causes.into_iter().collect();
        Self(all.into_iter().take(BEFORE_MAX).collect())
    }

    /// The statements, by author and key.
    pub fn iter(&self) -> impl Iterator<Item = &Cause> {
        self.0.iter()
    }

    /// Whether this statement is among them.
    #[must_use]
    pub fn contains(&self, cause: &Cause) -> bool {
        self.0.contains(cause)
    }
}

/// Those that no other of them replaces.
pub(crate) fn standing<T>(said: Vec<(Cause, T)>, before: impl Fn(&T) -> &Before) -> Vec<(Cause, T)> {
    let replaced: BTreeSet<Cause> = said.iter().flat_map(|(_, body)| before(body).iter().cloned()).collect();
    said.into_iter().filter(|(cause, _)| !replaced.contains(cause)).collect()
}
