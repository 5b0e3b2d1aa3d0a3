//! What coordination councils say (001-§7), and what they are told of an appointment's end.

use crate::ids::{PersonId, SquadId, StatementRef};
use crate::limits::SEEN_MAX;
use crate::moment::Day;
use crate::squad::Squad;
use crate::words::{Name, Text};

/// A decision of a coordination council on border issues (001-§7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouncilDecision {
    /// What it decided.
    pub decided: Decided,
    /// The decision's number, as the council numbers them.
    pub number: Name,
    /// Its day.
    pub day: Day,
}

/// What a council decides: there is nothing else in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// A squad is created.
    CreateSquad(Squad),
    /// One of its volunteers is its head from now on.
    AppointHead {
        /// Whose.
        squad: SquadId,
        /// Who.
        person: PersonId,
    },
}

/// A circumstance of 001-§15 arose for a head, so that his appointment is over (001-§7): said without its ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadEnded {
    /// Whose head he was.
    pub squad: SquadId,
    /// Who.
    pub person: PersonId,
    /// Since when.
    pub day: Day,
}

/// The newest statement of each journal that stood before somebody's eyes: what is not reached by any of these is new to him.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen(Vec<StatementRef>);

impl Seen {
    /// What was seen, by the keys of the statements: of each journal the last is kept. Of more than [`SEEN_MAX`] journals
    /// those with the longest counters are: whoever writes many journals of one statement each makes his own look new again,
    /// and keeps nobody from looking.
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = StatementRef>) -> Self {
        let mut keys: Vec<StatementRef> = keys.into_iter().collect();
        keys.sort();
        // Keys of one journal stand together, in the order of their numbers.
        let mut last: Vec<StatementRef> = Vec::new();
        for key in keys {
            match last.last_mut() {
                Some(before) if before.journal() == key.journal() => *before = key,
                _ => last.push(key),
            }
        }
        if last.len() > SEEN_MAX {
            last.sort_by_key(|key| std::cmp::Reverse(key.counter_digits()));
            last.truncate(SEEN_MAX);
            last.sort();
        }
        Self(last)
    }

    /// Whether a statement had been seen.
    #[must_use]
    pub fn reaches(&self, key: &StatementRef) -> bool {
        self.0.iter().any(|last| last.journal() == key.journal() && key <= last)
    }

    /// The last key of each journal.
    pub fn keys(&self) -> impl Iterator<Item = &StatementRef> {
        self.0.iter()
    }
}

/// A council looked at its squads and rosters, and how far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What stood before its eyes.
    pub seen: Seen,
}

/// A council's remark on a squad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Which squad.
    pub squad: SquadId,
    /// What it remarks.
    pub text: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> StatementRef {
        StatementRef::new(key).unwrap()
    }

    #[test]
    fn what_was_said_since_is_new_to_who_looked() {
        let seen = Seen::new(["akimat00.9", "akimat00.10", "council0.2"].map(key));
        assert_eq!(seen.keys().map(StatementRef::as_str).collect::<Vec<_>>(), ["akimat00.10", "council0.2"]);
        for before in ["akimat00.1", "akimat00.10", "council0.2"] {
            assert!(seen.reaches(&key(before)), "{before}");
        }
        for since in ["akimat00.11", "council0.3", "another0.1"] {
            assert!(!seen.reaches(&key(since)), "{since}");
        }
    }

    #[test]
    fn many_journals_of_little_keep_nobody_from_looking_at_the_others() {
        let little = (0..=SEEN_MAX).map(|number| key(&format!("j{number:02}.1")));
        let seen = Seen::new(little.chain([key("z.10")]));
        assert_eq!(seen.keys().count(), SEEN_MAX);
        assert!(seen.reaches(&key("z.9")) && seen.reaches(&key("j00.1")));
        assert!(!seen.reaches(&key("j64.1")), "what found no room stays new");
        assert!(seen.keys().is_sorted());
    }
}
