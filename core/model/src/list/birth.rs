//! Days of birth as people write them and as spreadsheets keep them.
//!
//! Promises to say which day is meant only where nothing else can be; two readings are a question. Refuses what the calendar
//! does not have, a year alone, and a day after today.

use super::asked::{ListNote, ListProblem};
use super::title::month_of;
use crate::limits::{AGE_YEARS_MAX, AGE_YEARS_PROPOSED_MIN};
use crate::moment::Day;
use crate::register::Iin;
use crate::sheet::Cell;
use crate::spelling::{folded, trimmed};

/// What a cell says of a day of birth.
pub(super) enum Birth {
    /// This day.
    Sure(Day, Option<ListNote>),
    /// One of the two centuries; the one proposed stands first.
    Century(Day, Day),
    /// The day or the month stands first; the one proposed does here.
    Order(Day, Day),
}

/// Numbers that a spreadsheet means as days: 1908 to 2064. Below them are years, above them digits run together.
const SERIALS: std::ops::RangeInclusive<f64> = 3_000.0..=60_000.0;
const YEARS: std::ops::RangeInclusive<f64> = 1_850.0..=2_150.0;

/// Reads a cell that is not empty.
pub(super) fn read(cell: &Cell, today: Day) -> Result<Birth, ListProblem> {
    let birth = match cell {
        Cell::Empty => Err(ListProblem::NotADay),
        Cell::Day(day) => Ok(Birth::Sure(*day, None)),
        Cell::Number(number) => from_number(*number),
        Cell::Text(written) => from_text(written, today),
        Cell::Formula => Err(ListProblem::Formula),
        Cell::Error => Err(ListProblem::SpreadsheetError),
    }?;
    match birth {
        Birth::Sure(day, _) if day > today => Err(ListProblem::BornInFuture),
        birth => Ok(birth),
    }
}

/// Whether nobody is as old as this.
pub(super) fn is_long_ago(day: Day, today: Day) -> bool {
    is_older(day, today, AGE_YEARS_MAX)
}

/// By the length of a mean year: on the birthday itself it does not matter which.
fn is_older(day: Day, today: Day, years: i32) -> bool {
    day.days_until(today) > years * 36_525 / 100
}

fn from_number(number: f64) -> Result<Birth, ListProblem> {
    if YEARS.contains(&number) {
        return Err(ListProblem::YearAlone);
    }
    if !SERIALS.contains(&number) {
        return Err(ListProblem::NotADay);
    }
    // Spreadsheets count from this day on, for days after their own 29.02.1900; a part of a day is a time.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within SERIALS")]
    let days = number.floor() as u16;
    Ok(Birth::Sure(Day::constant(1899, 12, 30).plus_days(days), Some(ListNote::BornSerial)))
}

fn day(year: i16, month: i8, day: i8) -> Result<Day, ListProblem> {
    Day::new(year, month, day).map_err(|_| ListProblem::NotADay)
}

fn from_text(written: &str, today: Day) -> Result<Birth, ListProblem> {
    let trimmed = trimmed(written);
    // `07.10.1997 ж.`, `1997-10-07 00:00:00`: a word for the year, and a midnight, say nothing more.
    let midnight = trimmed.find(" 00:00").or_else(|| trimmed.find("T00:00"));
    let text = trimmed.get(..midnight.unwrap_or(trimmed.len())).unwrap_or_default();
    let text = text.trim_end_matches(|sign: char| sign.is_alphabetic() || matches!(sign, '.' | ' '));
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return from_number(text.parse().map_err(|_| ListProblem::NotADay)?);
    }
    let has_slash = text.contains('/');
    let plain = folded(text);
    let parts: Vec<&str> = plain.split(' ').collect();
    let [first, second, third] = parts.as_slice() else { return Err(ListProblem::NotADay) };
    if let (4, Ok(year)) = (first.len(), first.parse()) {
        return day(year, month(second)?, number(third)?).map(|day| Birth::Sure(day, None));
    }
    let day_first = month(second).and_then(|month| in_years(third, month, number(first)?, today));
    let month_first = || in_years(third, number(first)?, number(second)?, today);
    if !has_slash || first == second {
        return day_first;
    }
    match (day_first, month_first()) {
        (Ok(birth), Err(_)) => Ok(birth),
        (Ok(birth), Ok(other)) => Ok(Birth::Order(birth.proposed(), other.proposed())),
        (Err(_), Ok(birth)) => Ok(Birth::Order(birth.proposed(), birth.proposed())),
        (Err(problem), Err(_)) => Err(problem),
    }
}

impl Birth {
    const fn proposed(&self) -> Day {
        match self {
            Self::Sure(day, _) | Self::Century(day, _) | Self::Order(day, _) => *day,
        }
    }
}

fn number(digits: &str) -> Result<i8, ListProblem> {
    if digits.len() > 2 {
        Err(ListProblem::NotADay)
    } else {
        digits.parse().map_err(|_| ListProblem::NotADay)
    }
}

fn month(written: &str) -> Result<i8, ListProblem> {
    number(written).or_else(|problem| month_of(written).ok_or(problem))
}

/// The day of this month in a year of four digits, or of two.
fn in_years(year: &str, month: i8, day_of_month: i8, today: Day) -> Result<Birth, ListProblem> {
    let written: i16 = year.parse().map_err(|_| ListProblem::NotADay)?;
    match year.len() {
        4 => match day(written, month, day_of_month)? {
            day if day > today => Err(ListProblem::BornInFuture),
            day => Ok(Birth::Sure(day, None)),
        },
        2 => {
            let [earlier, later] = [1900, 2000].map(|century| day(century + written, month, day_of_month));
            let is_possible = |day: &Day| *day <= today && !is_long_ago(*day, today);
            match (earlier.ok().filter(is_possible), later.ok().filter(is_possible)) {
                (Some(earlier), Some(later)) => Ok(by_age(earlier, later, today)),
                (Some(day), None) | (None, Some(day)) => Ok(Birth::Sure(day, Some(ListNote::BornCentury))),
                (None, None) => later.or(earlier).and(Err(ListProblem::BornInFuture)),
            }
        }
        _ => Err(ListProblem::NotADay),
    }
}

fn by_age(earlier: Day, later: Day, today: Day) -> Birth {
    if is_older(later, today, AGE_YEARS_PROPOSED_MIN) {
        Birth::Century(later, earlier)
    } else {
        Birth::Century(earlier, later)
    }
}

/// The day of birth at the head of an individual identification number: its first six digits, in the century that the
/// seventh names. None where that is zero, which names no century.
pub(super) fn of_iin(iin: &Iin) -> Result<Option<Day>, ListProblem> {
    let digits = iin.digits();
    let part = |from: usize| {
        digits
            .get(from..from + 2)
            .and_then(|part| part.parse::<i8>().ok())
            .unwrap_or_default()
    };
    let in_century = |first: i16| day(first + i16::from(part(0)), part(2), part(4));
    let born = match digits.get(6..7) {
        Some("0") => {
            return in_century(1900)
                .or_else(|_| in_century(2000))
                .map(|_| None)
                .map_err(|_| ListProblem::IinNoDay);
        }
        Some("1" | "2") => in_century(1800),
        Some("3" | "4") => in_century(1900),
        Some("5" | "6") => in_century(2000),
        _ => Err(ListProblem::IinNoDay),
    };
    born.map(Some).map_err(|_| ListProblem::IinNoDay)
}
