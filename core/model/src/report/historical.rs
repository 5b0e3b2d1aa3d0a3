//! The times of source 000, the joint order of 2002 on crossing points, **repealed in 2015**: history, for who has to read or to
//! compare what was reported then (requirements §1, R23-R25).
//!
//! Nothing here is due by law in force: that knows *immediately* alone (001-§12(1)). Nobody is told that he is late by it.

use crate::moment::{Day, Moment, MomentRefused, UtcTime};

/// What it asked for in writing after an oral message: within two hours (000-§5(1), R23).
pub const WRITTEN_WITHIN_MS: i64 = 2 * 60 * 60 * 1_000;

/// From which hour to which, by the clock of the place, daily information was given by voice (000-§5(2), R24).
pub const DAILY_HOURS: (u8, u8) = (7, 9);

/// From which day of a month on its monthly information was sent, and up to which of the next (000-§5(3), R25).
pub const MONTHLY_DAYS: (u16, u16) = (28, 5);

/// By when an oral message was to be confirmed in writing, by the same clock.
pub fn written_by(told: Moment) -> Result<Moment, MomentRefused> {
    let due_ms = told.time().unix_ms().saturating_add(WRITTEN_WITHIN_MS);
    Moment::new(UtcTime::from_unix_ms(due_ms)?, told.offset_minutes())
}

/// On which day the information of a day was given: the morning after.
#[must_use]
pub fn daily_on(day: Day) -> Day {
    day.plus_days(1)
}

/// From which day to which the information of a month was sent.
#[must_use]
pub fn monthly_window(month: Day) -> (Day, Day) {
    let (from, to) = MONTHLY_DAYS;
    (month.first_of_month().plus_days(from - 1), month.last_of_month().plus_days(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> Day {
        written.parse().unwrap()
    }

    #[test]
    fn an_oral_message_was_confirmed_in_writing_within_two_hours_by_the_same_clock() {
        let told = "2026-05-01T23:10:00+05:00".parse().unwrap();
        assert_eq!(written_by(told).unwrap().to_string(), "2026-05-02T01:10:00+05:00");
        let last = Moment::new(UtcTime::saturating_from_unix_ms(i64::MAX), 0).unwrap();
        assert_eq!(written_by(last), Err(MomentRefused::OutOfRange));
    }

    #[test]
    fn a_month_was_told_from_its_28th_to_the_5th_of_the_next_february_too() {
        for (month, from, to) in [
            ("2026-05-17", "2026-05-28", "2026-06-05"),
            ("2026-02-01", "2026-02-28", "2026-03-05"),
            ("2028-02-29", "2028-02-28", "2028-03-05"),
            ("2026-12-31", "2026-12-28", "2027-01-05"),
        ] {
            assert_eq!(monthly_window(day(month)), (day(from), day(to)), "{month}");
        }
        assert_eq!(daily_on(day("2026-05-31")), day("2026-06-01"));
    }
}
