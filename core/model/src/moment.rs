//! Moments, days and the clocks of a statement.
//!
//! Promises that every moment from the year 1 to the year 9999 is carried and printed, also those of phones
//! whose clock stands at 1901 or 1970. **Nothing is decided by a clock**: three of them are kept side by side
//! (the device's, the satellites', and the receipt's, which the reader adds), and what looks wrong is
//! flagged.
//!
//! Refuses moments that RFC 3339 cannot write, and offsets beyond 18 hours (the bound of every platform's
//! calendar).

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::limits::{CLOCK_PLAUSIBLE_MS, ELAPSED_MS_MAX};

/// The first and last millisecond for which every offset still gives a year of four digits.
const UNIX_MS: std::ops::RangeInclusive<i64> = -62_135_510_400_000..=253_402_207_199_999;

const OFFSET_MINUTES_MAX: i16 = 18 * 60;

/// Why a moment was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MomentRefused {
    /// Before the year 1 or after 9999.
    #[error("the time is outside the years 1 to 9999")]
    OutOfRange,
    /// More than 18 hours from UTC.
    #[error("an offset of {minutes} minutes is more than 18 hours")]
    OffsetTooLarge {
        /// The offset given.
        minutes: i32,
    },
    /// Not written as RFC 3339 has it.
    #[error("the time is not written like 2026-05-01T08:10:00+05:00")]
    NotRfc3339,
    /// Not written as a day.
    #[error("the day is not written like 2026-05-01")]
    NotADay,
}

/// A moment as the whole world counts it: milliseconds since 1970, without an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(i64);

impl UtcTime {
    /// The moment this many milliseconds after 1970 (before it, if negative).
    pub fn from_unix_ms(unix_ms: i64) -> Result<Self, MomentRefused> {
        if UNIX_MS.contains(&unix_ms) { Ok(Self(unix_ms)) } else { Err(MomentRefused::OutOfRange) }
    }

    /// The nearest moment that can be written: for a device's clock, which may say anything and must not cost
    /// an entry.
    #[must_use]
    pub fn saturating_from_unix_ms(unix_ms: i64) -> Self {
        Self(unix_ms.clamp(*UNIX_MS.start(), *UNIX_MS.end()))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// Whether a clock that says so may have been right: see [`CLOCK_PLAUSIBLE_MS`].
    #[must_use]
    pub fn is_plausible(self) -> bool {
        CLOCK_PLAUSIBLE_MS.contains(&self.0)
    }

    #[expect(clippy::expect_used, reason = "only a bug could make a time that jiff cannot hold")]
    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).expect("the range checked in UtcTime lies within jiff's")
    }

    /// Rounds down, so that fractions of one millisecond give one time, also before 1970.
    fn from_timestamp(timestamp: Timestamp) -> Result<Self, MomentRefused> {
        let unix_ms = timestamp.as_nanosecond().div_euclid(1_000_000);
        Self::from_unix_ms(i64::try_from(unix_ms).map_err(|_| MomentRefused::OutOfRange)?)
    }
}

/// RFC 3339 in UTC, with `Z`.
impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl FromStr for UtcTime {
    type Err = MomentRefused;

    /// Reads RFC 3339 with any offset; a time without one is UTC, as GPX has it.
    fn from_str(written: &str) -> Result<Self, MomentRefused> {
        let (time, _) = read_rfc3339(written)?;
        Ok(time)
    }
}

impl serde::Serialize for UtcTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A moment as somebody saw it on his clock: the time and how far his clock stood from UTC.
///
/// Two moments are ordered by the time; the offset only decides between equal ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    time: UtcTime,
    offset_minutes: i16,
}

impl Moment {
    /// A time seen at an offset from UTC; Kazakhstan's is +300 minutes.
    pub fn new(time: UtcTime, offset_minutes: i16) -> Result<Self, MomentRefused> {
        if offset_minutes.unsigned_abs() <= OFFSET_MINUTES_MAX.unsigned_abs() {
            Ok(Self { time, offset_minutes })
        } else {
            Err(MomentRefused::OffsetTooLarge { minutes: offset_minutes.into() })
        }
    }

    /// The time.
    #[must_use]
    pub const fn time(self) -> UtcTime {
        self.time
    }

    /// Minutes ahead of UTC.
    #[must_use]
    pub const fn offset_minutes(self) -> i16 {
        self.offset_minutes
    }

    /// The day it was for who saw it.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.offset().to_datetime(self.time.timestamp()).date())
    }

    #[expect(clippy::expect_used, reason = "only a bug could make an offset that jiff cannot hold")]
    fn offset(self) -> Offset {
        Offset::from_seconds(i32::from(self.offset_minutes) * 60).expect("18 hours lie within jiff's range")
    }
}

/// RFC 3339 with the offset: `2026-05-01T08:10:00+05:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.time.timestamp().display_with_offset(self.offset()).fmt(f)
    }
}

impl FromStr for Moment {
    type Err = MomentRefused;

    /// Reads RFC 3339; the offset must be written, as nobody can guess it.
    fn from_str(written: &str) -> Result<Self, MomentRefused> {
        let (time, offset) = read_rfc3339(written)?;
        let seconds = offset.ok_or(MomentRefused::NotRfc3339)?.seconds();
        let too_large = MomentRefused::OffsetTooLarge { minutes: seconds / 60 };
        if seconds % 60 != 0 {
            return Err(MomentRefused::NotRfc3339);
        }
        Self::new(time, i16::try_from(seconds / 60).map_err(|_| too_large)?)
    }
}

impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn read_rfc3339(written: &str) -> Result<(UtcTime, Option<Offset>), MomentRefused> {
    let pieces = DateTimeParser::new()
        .parse_pieces(written)
        .map_err(|_| MomentRefused::NotRfc3339)?;
    let time = pieces.time().ok_or(MomentRefused::NotRfc3339)?;
    let offset = match pieces.offset() {
        Some(PiecesOffset::Numeric(numeric)) => Some(numeric.offset()),
        Some(_) => Some(Offset::UTC),
        None => None,
    };
    let timestamp = offset.unwrap_or(Offset::UTC).to_timestamp(pieces.date().to_datetime(time));
    let time = UtcTime::from_timestamp(timestamp.map_err(|_| MomentRefused::OutOfRange)?)?;
    Ok((time, offset))
}

/// A day of the calendar, without a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The first that there is.
    pub(crate) const FIRST: Self = Self::constant(1, 1, 1);

    /// The day of this year, month and day of month.
    pub fn new(year: i16, month: i8, day_of_month: i8) -> Result<Self, MomentRefused> {
        let date = Date::new(year, month, day_of_month).map_err(|_| MomentRefused::NotADay)?;
        if date.year() >= 1 { Ok(Self(date)) } else { Err(MomentRefused::OutOfRange) }
    }

    /// A day that stands in the source: a wrong one does not compile where it is made a constant.
    pub(crate) const fn constant(year: i16, month: i8, day_of_month: i8) -> Self {
        Self(Date::constant(year, month, day_of_month))
    }

    /// Its year: outgoing numbers begin anew with each.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// This many days later; at the end of 9999 the calendar ends.
    #[must_use]
    pub fn plus_days(self, days: u16) -> Self {
        Self(self.0.saturating_add(i64::from(days).days()))
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// The same date of the next year; 28 February after a 29th.
    #[must_use]
    pub fn year_later(self) -> Self {
        Self(self.0.saturating_add(1.year()))
    }

    /// How many days later the other one is; fewer than none if it is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        self.0
            .duration_until(other.0)
            .as_hours()
            .div_euclid(24)
            .try_into()
            .unwrap_or(i32::MAX)
    }
}

/// `2026-05-01`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = MomentRefused;

    fn from_str(written: &str) -> Result<Self, MomentRefused> {
        let date = Date::strptime("%Y-%m-%d", written).map_err(|_| MomentRefused::NotADay)?;
        let day = Self::new(date.year(), date.month(), date.day())?;
        // `strptime` also takes a day of one digit or behind a space.
        if day.to_string() == written { Ok(day) } else { Err(MomentRefused::NotADay) }
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What the clocks said when a statement was recorded.
///
/// The third clock, the receipt's, is no part of it: whoever reads the statement back adds when it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clocks {
    recorded_at: Moment,
    gps_time: Option<UtcTime>,
    elapsed_ms: Option<u64>,
}

impl Clocks {
    /// What the device's clock, the satellites and the counter since boot said; more than a hundred years
    /// since boot count as a hundred.
    #[must_use]
    pub fn new(recorded_at: Moment, gps_time: Option<UtcTime>, elapsed_ms: Option<u64>) -> Self {
        Self { recorded_at, gps_time, elapsed_ms: elapsed_ms.map(|elapsed| elapsed.min(ELAPSED_MS_MAX)) }
    }

    /// The device's clock.
    #[must_use]
    pub const fn recorded_at(&self) -> Moment {
        self.recorded_at
    }

    /// The satellites' clock, where there was a fix.
    #[must_use]
    pub const fn gps_time(&self) -> Option<UtcTime> {
        self.gps_time
    }

    /// Milliseconds since the device was started: it runs evenly even where the clock was set.
    #[must_use]
    pub const fn elapsed_ms(&self) -> Option<u64> {
        self.elapsed_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(written: &str) -> Moment {
        written.parse().unwrap()
    }

    #[test]
    fn a_moment_is_written_with_its_offset_and_read_back() {
        for written in
            ["2026-05-01T08:10:00+05:00", "2026-05-01T08:10:00.123-03:30", "1970-01-01T00:00:00+00:00"]
        {
            assert_eq!(moment(written).to_string(), written);
        }
        assert_eq!(moment("2026-05-01T08:10:00Z").offset_minutes(), 0);
    }

    #[test]
    fn a_month_has_its_own_days() {
        for (day, first, last) in [
            ("2026-02-14", "2026-02-01", "2026-02-28"),
            ("2028-02-29", "2028-02-01", "2028-02-29"),
            ("2026-12-31", "2026-12-01", "2026-12-31"),
            ("2026-04-01", "2026-04-01", "2026-04-30"),
        ] {
            let day: Day = day.parse().unwrap();
            let (from, to) = (day.first_of_month(), day.last_of_month());
            assert_eq!((from.to_string(), to.to_string()), (first.to_owned(), last.to_owned()));
        }
    }

    #[test]
    fn clocks_of_1901_and_9999_are_carried() {
        assert_eq!(
            "1901-12-13T20:45:52.2073437Z".parse::<UtcTime>().unwrap().to_string(),
            "1901-12-13T20:45:52.207Z"
        );
        assert_eq!("1901-12-13T20:45:52.207Z".parse::<UtcTime>(), "1901-12-13T20:45:52.2073437Z".parse());
        for unix_ms in [*UNIX_MS.start(), 0, *UNIX_MS.end()] {
            for offset in [-OFFSET_MINUTES_MAX, 0, OFFSET_MINUTES_MAX] {
                let edge = Moment::new(UtcTime::from_unix_ms(unix_ms).unwrap(), offset).unwrap();
                assert_eq!(moment(&edge.to_string()), edge);
                let _ = edge.day();
            }
        }
    }

    #[test]
    fn a_clock_beyond_the_calendar_is_refused_or_taken_to_its_edge() {
        assert_eq!(UtcTime::from_unix_ms(i64::MAX), Err(MomentRefused::OutOfRange));
        assert_eq!(UtcTime::saturating_from_unix_ms(i64::MAX).unix_ms(), *UNIX_MS.end());
        assert_eq!(UtcTime::saturating_from_unix_ms(i64::MIN).unix_ms(), *UNIX_MS.start());
    }

    #[test]
    fn a_moment_needs_an_offset_and_not_too_large_a_one() {
        assert_eq!("2026-05-01T08:10:00".parse::<Moment>(), Err(MomentRefused::NotRfc3339));
        assert_eq!("yesterday".parse::<Moment>(), Err(MomentRefused::NotRfc3339));
        assert_eq!("2026-05-01".parse::<Moment>(), Err(MomentRefused::NotRfc3339));
        let refused = Moment::new(UtcTime::from_unix_ms(0).unwrap(), 1_081);
        assert_eq!(refused, Err(MomentRefused::OffsetTooLarge { minutes: 1_081 }));
        assert!(Moment::new(UtcTime::from_unix_ms(0).unwrap(), i16::MIN).is_err());
    }

    #[test]
    fn a_time_without_an_offset_is_utc() {
        assert_eq!("2010-08-05T14:23:59".parse::<UtcTime>(), "2010-08-05T14:23:59Z".parse());
    }

    #[test]
    fn the_day_of_a_moment_is_the_day_of_who_saw_it() {
        assert_eq!(moment("2026-05-01T23:30:00-01:00").day().to_string(), "2026-05-01");
        assert_eq!(moment("2026-05-01T00:30:00+05:00").day().to_string(), "2026-05-01");
    }

    #[test]
    fn a_day_is_read_only_as_year_month_and_day() {
        assert_eq!("2026-05-01".parse(), Day::new(2026, 5, 1));
        for refused in ["01.05.2026", "2026-02-30", "20260501", "2026-05- 1", "2026-5-1", "+2026-05-01", ""] {
            assert_eq!(refused.parse::<Day>(), Err(MomentRefused::NotADay));
        }
        assert_eq!(Day::new(-5, 1, 1), Err(MomentRefused::OutOfRange));
    }

    #[test]
    fn days_are_counted_over_the_ends_of_months_and_years_and_end_with_the_calendar() {
        let day = |written: &str| written.parse::<Day>().unwrap();
        assert_eq!(day("2024-02-28").plus_days(2), day("2024-03-01"));
        assert_eq!(day("2026-12-31").days_until(day("2027-01-01")), 1);
        assert_eq!(day("2027-01-01").days_until(day("2026-12-31")), -1);
        assert_eq!(day("0001-01-01").days_until(day("9999-12-31")), 3_652_058);
        assert_eq!(day("9999-12-30").plus_days(u16::MAX), day("9999-12-31"));
        assert_eq!(day("2024-02-29").year_later(), day("2025-02-28"));
        assert_eq!(day("9999-05-01").year_later(), day("9999-12-31"));
    }

    #[test]
    fn a_counter_since_boot_beyond_a_hundred_years_counts_as_that() {
        let clocks = Clocks::new(moment("2026-05-01T08:10:00Z"), None, Some(u64::MAX));
        assert_eq!(clocks.elapsed_ms(), Some(ELAPSED_MS_MAX));
    }
}
