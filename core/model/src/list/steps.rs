//! From a plan to what is done: all of it or nothing.
//!
//! Refuses while anything is asked, and while lines are refused of which nobody said that they be left out.

use super::{ListedPerson, Outcome, Plan};
use crate::ids::PersonId;
use crate::sheet::Address;

/// What becomes of lines that are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedLines {
    /// There may be none.
    NoneAllowed,
    /// They are left out, and the others go on.
    LeftOut,
}

/// One thing to do when a list is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Make a new record and put it on the squad's roster.
    Create {
        /// The line.
        at: Address,
        /// Of whom.
        person: ListedPerson,
        /// His record that ended before.
        before: Option<PersonId>,
    },
    /// Put somebody known on this squad's roster.
    PutOn {
        /// The line.
        at: Address,
        /// Whom.
        person: PersonId,
    },
    /// Put somebody on it again whose list was taken back.
    GoOn {
        /// The line.
        at: Address,
        /// Whom.
        person: PersonId,
        /// As the list names him now.
        listed: ListedPerson,
    },
}

impl Step {
    /// Its line.
    #[must_use]
    pub const fn at(&self) -> Address {
        match self {
            Self::Create { at, .. } | Self::PutOn { at, .. } | Self::GoOn { at, .. } => *at,
        }
    }
}

/// Why a plan cannot be applied yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// Something is still asked.
    #[error("{lines} lines are still asked about, the first at {first}")]
    Asked {
        /// How many lines.
        lines: usize,
        /// The first of them.
        first: Address,
    },
    /// Lines are refused, and nobody said that they be left out.
    #[error("{lines} lines are refused, the first at {first}")]
    Refused {
        /// How many.
        lines: usize,
        /// The first of them.
        first: Address,
    },
}

impl Plan {
    /// What is to be done, all of it or nothing; lines whose person is on the roster need nothing.
    pub fn steps(&self, refused: RefusedLines) -> Result<Vec<Step>, NotYet> {
        if let Some(asked) = self.asked.first() {
            return Err(NotYet::Asked { lines: self.asked.len(), first: asked.at });
        }
        if let Some((lines, first)) = self.those(|outcome| matches!(outcome, Outcome::Ask(_))) {
            return Err(NotYet::Asked { lines, first });
        }
        if refused == RefusedLines::NoneAllowed
            && let Some((lines, first)) = self.those(|outcome| matches!(outcome, Outcome::Refuse(_)))
        {
            return Err(NotYet::Refused { lines, first });
        }
        let steps = self.lines.iter().filter_map(|line| match &line.outcome {
            Outcome::Create { person, before } => {
                Some(Step::Create { at: line.at, person: person.clone(), before: *before })
            }
            Outcome::Match { person, is_on: false } => Some(Step::PutOn { at: line.at, person: *person }),
            Outcome::GoOn { person, listed } => {
                Some(Step::GoOn { at: line.at, person: *person, listed: listed.clone() })
            }
            Outcome::Match { .. } | Outcome::Refuse(_) | Outcome::Ask(_) | Outcome::LeaveOut => None,
        });
        Ok(steps.collect())
    }

    /// How many lines come to this, and where the first stands.
    fn those(&self, is_so: fn(&Outcome) -> bool) -> Option<(usize, Address)> {
        let mut lines = self.lines.iter().filter(|line| is_so(&line.outcome));
        let first = lines.next()?;
        Some((lines.count() + 1, first.at))
    }
}
