//! What came after the page before.
//!
//! Promises that whatever changes what a page says counts: a version of an entry, its being taken back, a piece of a track.

use std::collections::BTreeSet;

use super::written::Page;
use crate::ids::{Author, LegId, RecordingId};
use crate::patrol_log::{PatrolLog, Version};
use crate::reconcile::Event;
use crate::register::Cause;
use crate::stated::Stated;
use crate::statement::Body;

/// A log, and the statements on which the page before rests. Of a first page nothing is late.
#[derive(Clone, Copy)]
pub(super) struct Late<'a> {
    log: &'a PatrolLog,
    covered: Option<&'a BTreeSet<Cause>>,
}

impl<'a> Late<'a> {
    pub(super) const fn of(log: &'a PatrolLog, covered: Option<&'a BTreeSet<Cause>>) -> Self {
        Self { log, covered }
    }

    /// Whether a statement came late, or was taken back late.
    pub(super) fn is(&self, stated: &Stated) -> bool {
        let Some(covered) = self.covered else { return false };
        let taken_back = self.log.withdrawn_by(stated);
        !covered.contains(&stated.cause()) || taken_back.is_some_and(|by| !covered.contains(by))
    }

    /// Whether a version of an event is: as it was first said, or amended.
    pub(super) fn is_event(&self, event: &Event<'_>) -> bool {
        event.entries.iter().any(|logged| {
            let Version { stated: first, .. } = logged.first;
            self.is(first) || logged.amendments.iter().any(|(stated, _)| self.is(stated))
        })
    }

    /// Whether something that was said of a leg is.
    pub(super) fn is_leg(&self, leg: LegId) -> bool {
        self.is_any(|stated| match &stated.statement.body {
            Body::LegStarted(start) => start.leg == leg,
            Body::LegEnded(end) => end.leg == leg,
            _ => false,
        })
    }

    /// Whether a piece of a track is.
    pub(super) fn is_track(&self, (device, recording): (Author, RecordingId)) -> bool {
        self.is_any(|stated| match &stated.statement.body {
            Body::Track(chunk) => (stated.author, chunk.recording) == (device, recording),
            _ => false,
        })
    }

    fn is_any(&self, is_of_it: impl Fn(&Stated) -> bool) -> bool {
        self.covered.is_some() && self.log.stated().iter().any(|stated| is_of_it(stated) && self.is(stated))
    }
}

/// Everything that a page rests on: what is said of pages themselves is not.
#[must_use]
pub(super) fn rests_on(stated: &Stated) -> bool {
    !matches!(stated.statement.body, Body::Sealing(_))
}

impl Page {
    /// The statements that it rests on.
    #[must_use]
    pub fn covered(&self) -> BTreeSet<Cause> {
        let said = self.statements.iter().flat_map(|said| {
            let device = said.device.parse::<Author>().ok();
            said.keys
                .iter()
                .filter_map(move |key| Some(Cause { author: device?, key: key.parse().ok()? }))
        });
        said.collect()
    }

    /// The statements that it rests on and that are neither in a log nor among what is read here beside it.
    #[must_use]
    pub fn missing_in(&self, log: &PatrolLog, beside: &BTreeSet<Cause>) -> Vec<Cause> {
        let of_log: BTreeSet<Cause> = log.stated().iter().map(Stated::cause).collect();
        let covered = self.covered().into_iter();
        covered
            .filter(|cause| !of_log.contains(cause) && !beside.contains(cause))
            .collect()
    }

    /// What came since, of a log and of what is read here beside it: late entries, corrections, decisions, steps of a detention. What
    /// is not read here is not missed.
    #[must_use]
    pub fn late_in(&self, log: &PatrolLog, beside: &BTreeSet<Cause>) -> Vec<Cause> {
        let covered = self.covered();
        let of_log = log.stated().iter().filter(|stated| rests_on(stated)).map(Stated::cause);
        let of_log: Vec<Cause> = of_log.filter(|cause| !covered.contains(cause)).collect();
        let beside = beside
            .iter()
            .filter(|cause| !covered.contains(cause) && !of_log.contains(cause));
        let beside: Vec<Cause> = beside.cloned().collect();
        of_log.into_iter().chain(beside).collect()
    }
}
