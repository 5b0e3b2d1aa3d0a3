//! When something happened, by the best evidence there is.
//!
//! Phones' clocks are off by hours. What a person said, and what the satellites said, stands before what a device's clock says;
//! and where a device said both clocks somewhere near, the difference is taken off elsewhere too. Nothing is decided by it: it
//! orders what is shown, proposes what may be one event, and is what a start, an end or an event says of its time: where two such
//! times differ, a head decides.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ids::Author;
use crate::limits::CLOCK_TRUSTED_MS;
use crate::moment::{Moment, UtcTime};
use crate::patrol_log::{PatrolLog, Version};
use crate::stated::Stated;

/// What a time rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeEvidence {
    /// A head decided when.
    Decided,
    /// A person said when.
    Said,
    /// The satellites' clock.
    Satellites,
    /// The device's clock, less what it was found to be off by.
    Corrected,
    /// The device's clock.
    Device,
}

impl TimeEvidence {
    /// What pages and files for others call it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Said => "said",
            Self::Satellites => "satellites",
            Self::Corrected => "corrected",
            Self::Device => "device",
        }
    }
}

/// When something happened, and by what evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BestTime {
    /// When.
    pub at: Moment,
    /// By what.
    pub evidence: TimeEvidence,
}

/// Of each device when its clock stood how far from the satellites', by its own time; each time once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clockwork(BTreeMap<Author, Vec<(i64, i64)>>);

impl Clockwork {
    /// By what the devices of a log said of both clocks.
    #[must_use]
    pub fn of(log: &PatrolLog) -> Self {
        let mut seen: BTreeMap<Author, Vec<(i64, i64)>> = BTreeMap::new();
        for stated in log.stated() {
            let clocks = &stated.statement.clocks;
            let device_ms = clocks.recorded_at().time().unix_ms();
            if let Some(gps_time) = clocks.gps_time().filter(|time| time.is_plausible()) {
                let off_ms = gps_time.unix_ms().saturating_sub(device_ms);
                seen.entry(stated.author).or_default().push((device_ms, off_ms));
            }
        }
        for seen in seen.values_mut() {
            seen.sort_unstable();
            seen.dedup_by_key(|(at_ms, _)| *at_ms);
        }
        Self(seen)
    }

    /// When a statement's matter happened.
    #[must_use]
    pub fn time_of(&self, stated: &Stated) -> BestTime {
        let clocks = &stated.statement.clocks;
        let recorded_at = clocks.recorded_at();
        if let Some(at) = stated.statement.occurred_at() {
            return BestTime { at, evidence: TimeEvidence::Said };
        }
        if let Some(gps_time) = clocks.gps_time().filter(|time| time.is_plausible()) {
            let at = Moment::new(gps_time, recorded_at.offset_minutes()).unwrap_or(recorded_at);
            return BestTime { at, evidence: TimeEvidence::Satellites };
        }
        self.put_right(stated.author, recorded_at)
    }

    /// When an entry happened, as a version of it stands. What an amendment does not say anew happened when the entry was
    /// recorded, and not when it was amended.
    #[must_use]
    pub fn time_of_version(&self, first: &Stated, version: &Version<'_>) -> BestTime {
        self.time_of(if version.entry.occurred_at().is_some() { version.stated } else { first })
    }

    /// What a device's clock said, less what it was found to be off by.
    pub(super) fn put_right(&self, author: Author, said: Moment) -> BestTime {
        let device_ms = said.time().unix_ms();
        match self.off_ms(author, device_ms) {
            Some(off_ms) if off_ms.saturating_abs() > CLOCK_TRUSTED_MS => {
                let time = UtcTime::saturating_from_unix_ms(device_ms.saturating_add(off_ms));
                let at = Moment::new(time, said.offset_minutes()).unwrap_or(said);
                BestTime { at, evidence: TimeEvidence::Corrected }
            }
            _ => BestTime { at: said, evidence: TimeEvidence::Device },
        }
    }

    /// How far a device's clock was off, by what it said nearest to that time.
    fn off_ms(&self, author: Author, device_ms: i64) -> Option<i64> {
        let seen = self.0.get(&author)?;
        let later = seen.partition_point(|(at_ms, _)| *at_ms < device_ms);
        let beside = [later.checked_sub(1), Some(later)].into_iter().flatten();
        let nearest = beside
            .filter_map(|place| seen.get(place))
            .min_by_key(|(at_ms, _)| (at_ms.abs_diff(device_ms), *at_ms));
        nearest.map(|(_, off_ms)| *off_ms)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::btree_map;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_clock_is_put_right_by_what_was_said_nearest_and_of_two_as_near_by_the_earlier(
            (seen, at_ms) in (btree_map(0..50_i64, 0..9_i64, 1..8), 0..50_i64),
        ) {
            let author = Author::from_bytes([1; 32]);
            let nearest = seen.iter().min_by_key(|(said_ms, _)| (said_ms.abs_diff(at_ms), **said_ms));
            let clockwork = Clockwork(BTreeMap::from([(author, seen.clone().into_iter().collect())]));
            prop_assert_eq!(clockwork.off_ms(author, at_ms), nearest.map(|(_, off_ms)| *off_ms));
        }
    }
}
