//! From when to when a patrol is planned.

use crate::limits::PLAN_HOURS_MAX;
use crate::moment::Moment;

const HOUR_MS: i64 = 3_600_000;

/// Why a patrol cannot be planned so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowRefused {
    /// It is over before it begins, or at once.
    #[error("a patrol is over after it begins")]
    EndNotAfterStart,
    /// No squad is out for so long.
    #[error("{hours} hours are more than the {PLAN_HOURS_MAX} for which a patrol is planned")]
    TooLong {
        /// How long it would be out, in whole hours.
        hours: i64,
    },
}

/// Whether it is longer than a patrol is planned for: what lasted so long is no one patrol.
#[must_use]
pub fn is_too_long(from: Moment, until: Moment) -> bool {
    until.time().unix_ms().saturating_sub(from.time().unix_ms()) > PLAN_HOURS_MAX * HOUR_MS
}

/// From when to when a patrol is planned: at most [`PLAN_HOURS_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    starts_at: Moment,
    ends_at: Moment,
}

impl Window {
    /// From one moment to a later one.
    pub fn new(starts_at: Moment, ends_at: Moment) -> Result<Self, WindowRefused> {
        let length_ms = ends_at.time().unix_ms().saturating_sub(starts_at.time().unix_ms());
        if length_ms <= 0 {
            Err(WindowRefused::EndNotAfterStart)
        } else if is_too_long(starts_at, ends_at) {
            Err(WindowRefused::TooLong { hours: length_ms / HOUR_MS })
        } else {
            Ok(Self { starts_at, ends_at })
        }
    }

    /// When it is to go out.
    #[must_use]
    pub const fn starts_at(&self) -> Moment {
        self.starts_at
    }

    /// When it is to be back.
    #[must_use]
    pub const fn ends_at(&self) -> Moment {
        self.ends_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::UtcTime;

    fn at(hours: i64) -> Moment {
        Moment::new(UtcTime::from_unix_ms(1_760_000_000_000 + hours * HOUR_MS).unwrap(), 300).unwrap()
    }

    #[test]
    fn a_patrol_is_over_after_it_begins_and_within_two_weeks() {
        assert_eq!(Window::new(at(5), at(5)), Err(WindowRefused::EndNotAfterStart));
        assert_eq!(Window::new(at(5), at(4)), Err(WindowRefused::EndNotAfterStart));
        assert_eq!(Window::new(at(0), at(365 * 24)), Err(WindowRefused::TooLong { hours: 8_760 }));
        assert_eq!(Window::new(at(0), at(PLAN_HOURS_MAX)).map(|window| window.ends_at()), Ok(at(336)));
    }
}
