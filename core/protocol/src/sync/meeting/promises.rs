//! What the other device has said that it holds: nothing else may come, and nothing twice.

use std::collections::BTreeMap;

use super::holdings::{JournalKey, Tips};
use crate::ids::{JournalId, Place, Sequence, SpaceId};
use crate::limits::MEETING_TIPS_MAX;

/// How often a journal may be begun anew: its line, and each branch.
const PASSES_MAX: usize = MEETING_TIPS_MAX;

#[derive(Debug)]
struct Promise {
    space: SpaceId,
    /// The last place that was told.
    until: Sequence,
    /// What comes next in the present pass.
    next: Option<Sequence>,
    passes: usize,
    /// How many envelopes that is, as far as can be known before they come.
    expected: u64,
}

/// By journal.
#[derive(Debug, Default)]
pub(super) struct Promises(BTreeMap<JournalId, Promise>);

impl Promises {
    /// Notes what the other device told of a journal, beside what is held of it here.
    pub(super) fn note(&mut self, key: &JournalKey, theirs: &Tips, ours: &Tips) {
        let Some((until, _)) = theirs.difference(ours).last() else { return };
        let held = ours.last().map_or(0, |(last, _)| last.number());
        // A branch as long as the line, or shorter: how much of it is new shows when it comes.
        let expected = until.number().saturating_sub(held).max(1);
        let fresh = Promise { space: key.space, until: *until, next: None, passes: 0, expected };
        let promise = self.0.entry(key.journal).or_insert(fresh);
        if promise.until < *until {
            promise.expected = promise.expected.saturating_add(until.number() - promise.until.number());
            promise.until = *until;
        }
    }

    /// How many envelopes are still to come.
    pub(super) fn open(&self) -> u64 {
        self.0.values().fold(0, |sum, promise| sum.saturating_add(promise.expected))
    }

    /// Whether an envelope was announced and follows the one before it.
    pub(super) fn take(&mut self, place: &Place) -> bool {
        let Some(promise) = self.0.get_mut(&place.journal) else { return false };
        if promise.space != place.space || place.sequence > promise.until {
            return false;
        }
        if promise.next != Some(place.sequence) {
            promise.passes += 1;
        }
        promise.next = Some(place.sequence.next());
        promise.expected =
            if place.sequence == promise.until { 0 } else { promise.expected.saturating_sub(1) };
        promise.passes <= PASSES_MAX
    }
}
