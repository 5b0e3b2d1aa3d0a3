//! One device of the demo: a fieldbook in its home folder, its clock, and what its contacts came to.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use jasaq_fieldbook::surroundings::{Clock, Reading, Surroundings};
use jasaq_fieldbook::{ContactReport, Fieldbook};

use super::cast::Part;
use crate::carrier::{HttpCarrier, Way};
use crate::failure::Failure;

/// Midnight of the demo's day in Kazakhstan, 13 May 2026, in ms since 1970.
const MIDNIGHT_MS: i64 = 1_778_612_400_000;

const OFFSET_MINUTES: i16 = 300;

const MINUTE_MS: i64 = 60_000;

/// How far the clock of the phone with the flat battery is off: it says that it is 2012.
const FLAT_BATTERY_MS: i64 = -5_120 * 24 * 60 * MINUTE_MS;

/// The clock on the wall, which the demo turns.
#[derive(Debug, Clone)]
pub(super) struct Wall(Arc<AtomicI64>);

impl Wall {
    /// Seven in the morning.
    pub(super) fn in_the_morning() -> Self {
        Self(Arc::new(AtomicI64::new(MIDNIGHT_MS + 7 * 60 * MINUTE_MS)))
    }

    /// Turns it to a minute of the day.
    pub(super) fn turn_to(&self, minute: i64) {
        self.0.store(unix_ms_at(minute), Ordering::Relaxed);
    }
}

/// A minute of the demo's day in ms since 1970.
pub(super) const fn unix_ms_at(minute: i64) -> i64 {
    MIDNIGHT_MS + minute * MINUTE_MS
}

/// What a person means who says that it was so many minutes after midnight.
pub(super) fn reading_at(minute: i64) -> Reading {
    Reading { unix_ms: unix_ms_at(minute), offset_minutes: OFFSET_MINUTES, elapsed_ms: None }
}

/// A device's clock: the wall's, or off by years.
struct DeviceClock {
    wall: Wall,
    off_by_ms: i64,
}

impl Clock for DeviceClock {
    fn read(&self) -> Reading {
        let wall_ms = self.wall.0.load(Ordering::Relaxed);
        Reading {
            unix_ms: wall_ms + self.off_by_ms,
            offset_minutes: OFFSET_MINUTES,
            elapsed_ms: u64::try_from(wall_ms - MIDNIGHT_MS).ok(),
        }
    }
}

/// The demo's clock for a part, and the system's chance.
pub(super) fn surroundings_of(part: Part, wall: &Wall) -> Surroundings {
    let off_by_ms = if part == Part::Aidos { FLAT_BATTERY_MS } else { 0 };
    let clock = DeviceClock { wall: wall.clone(), off_by_ms };
    Surroundings::new(Box::new(clock), Box::new(UnwrapErr(SysRng)), None)
}

/// One of the eight.
pub(super) struct Device {
    pub(super) part: Part,
    pub(super) fieldbook: Fieldbook,
    /// What its contacts came to since the setup.
    pub(super) traffic: ContactReport,
    /// What the setup took.
    pub(super) setup: ContactReport,
}

impl Device {
    /// Over a fieldbook that was just founded or joined.
    pub(super) fn new(part: Part, fieldbook: Fieldbook) -> Self {
        Self { part, fieldbook, traffic: ContactReport::default(), setup: ContactReport::default() }
    }

    /// Exactly one contact: one request and its answer, on a connection of its own.
    pub(super) fn contact(&mut self) -> Result<(), Failure> {
        let mut carrier = HttpCarrier::new(Way::LOOPBACK);
        Ok(self.fieldbook.contact(&mut carrier, &mut self.traffic)?)
    }

    /// Contacts until there is nothing more, as part of the setup.
    pub(super) fn sync(&mut self) -> Result<(), Failure> {
        let mut carrier = HttpCarrier::new(Way::LOOPBACK);
        Ok(self.fieldbook.sync(&mut carrier, &mut self.setup)?)
    }
}

/// The home folder of a part.
pub(super) fn home_of(part: Part, folder: &Path) -> PathBuf {
    folder.join(part.folder())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_13th_of_may_and_the_phone_with_the_flat_battery_is_years_behind() {
        let wall = Wall::in_the_morning();
        wall.turn_to(8 * 60 + 10);
        let now = |part| surroundings_of(part, &wall).now().moment().to_string();
        assert_eq!(now(Part::Head), "2026-05-13T08:10:00+05:00");
        assert_eq!(now(Part::Aidos), "2012-05-06T08:10:00+05:00");
    }
}
