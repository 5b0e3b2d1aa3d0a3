//! What stands of an entry: as it was said, amended, or taken back.
//!
//! Promises that nobody amends or takes back what another said; that of amendments which do not know each other all stand; and
//! that what was said first is there for as long as the log is. A page is not taken back, a withdrawal neither,
//! and a plan is replaced.

use std::collections::{BTreeMap, BTreeSet};

use super::PatrolLog;
use crate::amendment::Amendment;
use crate::entry::Entry;
use crate::register::{Cause, Record};
use crate::stated::Stated;
use crate::statement::Body;

/// An entry, with what was said of it since by who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEntry<'a> {
    /// As it was first said.
    pub first: Version<'a>,
    /// Every amendment, in the order in which they were made.
    pub amendments: Vec<(&'a Stated, &'a Amendment)>,
    /// What stands: one, unless it was amended apart; none, if it was taken back.
    pub standing: Vec<Version<'a>>,
}

/// An entry as one statement has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version<'a> {
    /// The statement.
    pub stated: &'a Stated,
    /// The entry in it.
    pub entry: &'a Entry,
}

/// By which statement each was taken back that was: by the first, of several.
pub(super) fn withdrawn(stated: &[Stated]) -> BTreeMap<Cause, Cause> {
    let by_cause: BTreeMap<Cause, &Stated> = stated.iter().map(|stated| (stated.cause(), stated)).collect();
    let mut withdrawn = BTreeMap::new();
    for by in stated {
        let Body::Register(Record::Withdrawn(taken)) = &by.statement.body else { continue };
        let cause = Cause { author: taken.author, key: taken.key.clone() };
        let may = |what: &&Stated| what.is_of_who_said(by) && may_be_withdrawn(&what.statement.body);
        if by_cause.get(&cause).is_some_and(may) {
            withdrawn.entry(cause).or_insert_with(|| by.cause());
        }
    }
    withdrawn
}

const fn may_be_withdrawn(body: &Body) -> bool {
    !matches!(body, Body::Sealing(_) | Body::Register(_) | Body::Planning(_))
}

impl PatrolLog {
    /// The entries with what was said of each since, in the order in which they were first said; those that were taken back too.
    #[must_use]
    pub fn versions(&self) -> Vec<LoggedEntry<'_>> {
        let mut amending: BTreeMap<&Cause, Vec<(&Stated, &Amendment)>> = BTreeMap::new();
        for stated in self.stated() {
            if let Body::Amended(amendment) = &stated.statement.body {
                amending.entry(&amendment.of).or_default().push((stated, amendment));
            }
        }
        self.stated()
            .iter()
            .filter_map(|stated| match &stated.statement.body {
                Body::Entry(entry) => Some(self.logged(Version { stated, entry }, &amending)),
                _ => None,
            })
            .collect()
    }

    fn logged<'a>(
        &'a self,
        first: Version<'a>,
        amending: &BTreeMap<&'a Cause, Vec<(&'a Stated, &'a Amendment)>>,
    ) -> LoggedEntry<'a> {
        let mut logged = LoggedEntry { first, amendments: Vec::new(), standing: Vec::new() };
        if self.is_withdrawn(first.stated) {
            return logged;
        }
        let (mut ahead, mut seen) = (vec![first], BTreeSet::new());
        while let Some(version) = ahead.pop() {
            let cause = version.stated.cause();
            let own = amending.get(&cause).into_iter().flatten().copied();
            let own = own.filter(|(stated, _)| stated.is_of_who_said(first.stated));
            // Keys are chosen by whoever writes: of a ring each is looked at once.
            if !seen.insert(cause) {
                continue;
            }
            let mut is_amended = false;
            for (stated, amendment) in own {
                logged.amendments.push((stated, amendment));
                if !self.is_withdrawn(stated) {
                    is_amended = true;
                    ahead.push(Version { stated, entry: &amendment.entry });
                }
            }
            if !is_amended {
                logged.standing.push(version);
            }
        }
        // Whoever amends in a ring has amended nothing.
        if logged.standing.is_empty() {
            logged.standing.push(first);
        }
        logged
            .amendments
            .sort_by_key(|(stated, _)| (stated.statement.clocks.recorded_at().time(), stated.cause()));
        logged.standing.sort_by_key(|version| version.stated.cause());
        logged
    }
}

#[cfg(test)]
mod tests;
