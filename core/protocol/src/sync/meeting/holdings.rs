//! What a device holds, as two devices compare it: journal by journal, in ranges, so that only what differs is told.
//!
//! ```text
//! range [from, until) with its digest   equal ─► nothing
//!                                       other ─► few journals: told one by one (ask); many: parts with their digests
//! ask: all that is held of a range      ─► answer: only the journals of which the two sides hold different places
//! ```
//!
//! Ranges run over (space, journal), so any number of journals is compared in turns of a bounded size, and a cut costs a turn.
//! A journal's *tips* are its last places: one, unless a clone wrote a branch. Two devices that hold both branches hold the same,
//! whichever of them is the line.

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::{Writer, first_bytes};
use crate::ids::{JournalId, SpaceId};
use crate::journal::Head;
use crate::limits::{MEETING_RANGE_JOURNALS, MEETING_RANGE_PARTS, MEETING_TIPS_MAX};

/// A journal and its space, as one key: ranges run over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct JournalKey {
    /// The space.
    pub space: SpaceId,
    /// The journal.
    pub journal: JournalId,
}

impl JournalKey {
    pub(super) const START: Self =
        Self { space: SpaceId::from_bytes([0; 16]), journal: JournalId::from_bytes([0; 16]) };
    /// Behind every journal there is: ids are hashes, and nobody finds this one.
    pub(super) const END: Self =
        Self { space: SpaceId::from_bytes([255; 16]), journal: JournalId::from_bytes([255; 16]) };
}

/// A half-open range of journals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: JournalKey,
    pub(super) until: JournalKey,
}

impl Range {
    pub(super) const ALL: Self = Self { from: JournalKey::START, until: JournalKey::END };
}

/// The last places of a journal, in order.
pub type Tips = BTreeSet<(crate::ids::Sequence, crate::ids::HeadHash)>;

/// What is held of one journal.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    tips: Tips,
    /// Whether the other device may be told of it.
    offered: bool,
}

/// What a device holds at the beginning of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings(BTreeMap<JournalKey, Held>);

impl Holdings {
    /// Nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a last place of a journal, and whether the other device may be told of the journal. Of more than
    /// [`MEETING_TIPS_MAX`] the first noted stay.
    pub fn note(&mut self, key: JournalKey, tip: Head, offered: bool) {
        let held = self.0.entry(key).or_insert_with(|| Held { tips: Tips::new(), offered });
        if held.tips.len() < MEETING_TIPS_MAX {
            held.tips.insert((tip.sequence, tip.hash));
        }
    }

    /// The last places that are held of a journal.
    #[must_use]
    pub fn tips(&self, key: &JournalKey) -> Tips {
        self.0.get(key).map(|held| held.tips.clone()).unwrap_or_default()
    }

    pub(super) fn offers(&self, key: &JournalKey) -> bool {
        self.0.get(key).is_some_and(|held| held.offered)
    }

    pub(super) fn offered(&self, range: Range) -> impl Iterator<Item = (&JournalKey, &Tips)> {
        // A range that runs backwards is empty; `BTreeMap` would stop the program.
        let until = range.until.max(range.from);
        let within = self.0.range(range.from..until);
        within.filter(|(_, held)| held.offered).map(|(key, held)| (key, &held.tips))
    }

    pub(super) fn digest<const N: usize>(&self, range: Range) -> [u8; N] {
        let mut writer = Writer::new();
        for (key, tips) in self.offered(range) {
            writer.raw(key.space.as_bytes()).raw(key.journal.as_bytes()).count(tips.len());
            for (sequence, hash) in tips {
                writer.u64(sequence.number()).raw(hash.as_bytes());
            }
        }
        first_bytes(blake3::derive_key("jasaq 1 holdings", &writer.finish()))
    }

    /// Whether a range is short enough to be told journal by journal.
    pub(super) fn is_short(&self, range: Range) -> bool {
        self.offered(range).nth(MEETING_RANGE_JOURNALS).is_none()
    }

    /// Divides a range into parts that hold equally many here and cover all of it.
    pub(super) fn parts(&self, range: Range) -> Vec<Range> {
        let keys: Vec<JournalKey> = self.offered(range).map(|(key, _)| *key).collect();
        let length = keys.len().div_ceil(MEETING_RANGE_PARTS).max(1);
        let inner = keys.chunks(length).skip(1).filter_map(|part| part.first().copied());
        let starts: Vec<JournalKey> = [range.from].into_iter().chain(inner).collect();
        let ends = starts.iter().skip(1).copied().chain([range.until]);
        starts
            .iter()
            .zip(ends)
            .map(|(from, until)| Range { from: *from, until })
            .collect()
    }

    /// The journals that another device told of and of which other places are held here, or none; and those within `unnamed`
    /// that may be offered and that it did not name.
    pub(super) fn differing(
        &self,
        unnamed: Option<Range>,
        theirs: &BTreeMap<JournalKey, Tips>,
    ) -> Vec<(JournalKey, Tips)> {
        let named = theirs.iter().map(|(key, tips)| (*key, tips));
        let mut differing: Vec<_> = named
            .filter_map(|(key, tips)| {
                let own = self.tips(&key);
                (own != *tips).then_some((key, own))
            })
            .collect();
        let unnamed = unnamed.into_iter().flat_map(|range| self.offered(range));
        let unnamed = unnamed.filter(|(key, _)| !theirs.contains_key(key));
        differing.extend(unnamed.map(|(key, tips)| (*key, tips.clone())));
        differing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{HeadHash, Sequence};

    fn key(number: u128) -> JournalKey {
        JournalKey {
            space: SpaceId::from_bytes([3; 16]),
            journal: JournalId::from_bytes(number.to_be_bytes()),
        }
    }

    fn head(sequence: u64) -> Head {
        Head { sequence: Sequence::new(sequence).unwrap(), hash: HeadHash::from_bytes([7; 8]) }
    }

    fn many(count: u128) -> Holdings {
        let mut holdings = Holdings::new();
        (1..=count).for_each(|number| holdings.note(key(number), head(4), true));
        holdings
    }

    #[test]
    fn parts_cover_a_range_and_overlap_nowhere() {
        for count in [0, 1, 16, 17, 1_000] {
            let holdings = many(count);
            let parts = holdings.parts(Range::ALL);
            assert!(parts.len() <= MEETING_RANGE_PARTS);
            assert_eq!(parts[0].from, JournalKey::START);
            assert_eq!(parts.last().unwrap().until, JournalKey::END);
            assert!(parts.windows(2).all(|pair| pair[0].until == pair[1].from));
            let held: usize = parts.iter().map(|part| holdings.offered(*part).count()).sum();
            assert_eq!(held as u128, count);
        }
    }

    #[test]
    fn what_is_not_offered_is_told_only_to_who_names_it() {
        let mut holdings = many(2);
        holdings.note(key(9), head(5), false);
        assert_eq!(holdings.digest::<16>(Range::ALL), many(2).digest(Range::ALL));
        let told: Vec<_> = holdings
            .differing(Some(Range::ALL), &BTreeMap::new())
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(told, [key(1), key(2)]);
        let named = BTreeMap::from([(key(9), Tips::new())]);
        assert!(holdings.differing(None, &named).iter().any(|(told, _)| *told == key(9)));
    }

    #[test]
    fn two_branches_are_the_same_whichever_came_first() {
        let (mut left, mut right) = (Holdings::new(), Holdings::new());
        left.note(key(1), head(4), true);
        left.note(key(1), head(6), true);
        right.note(key(1), head(6), true);
        right.note(key(1), head(4), true);
        assert_eq!(left.digest::<16>(Range::ALL), right.digest(Range::ALL));
    }

    #[test]
    fn a_range_that_runs_backwards_holds_nothing() {
        let backwards = Range { from: JournalKey::END, until: JournalKey::START };
        assert_eq!(many(3).offered(backwards).count(), 0);
    }
}
