//! Days of birth as people write them and as spreadsheets keep them.
//!
//! Promises to say which day is meant only where nothing else can be; two readings are a question. Refuses what the calendar
//! does not have, a year alone, a day after today, and, as not understood, whatever else it cannot read.

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

/// Numbers that a spreadsheet means as days: 1908 to 2064. Below them are years, above them digits run together: 19900201.
const SERIALS: std::ops::RangeInclusive<f64> = 3_000.0..=60_000.0;
const YEARS: std::ops::RangeInclusive<f64> = 1_850.0..=2_150.0;

/// Reads a cell that is not empty.
pub(super) fn read(cell: &Cell, today: Day) -> Result<Birth, ListProblem> {
    let birth = match cell {
        Cell::Empty => Err(ListProblem::DayUnclear),
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
        return run_together(&number.to_string());
    }
    // Spreadsheets count from this day on, for days after their own 29.02.1900; a part of a day is a time.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within SERIALS")]
    let days = number.floor() as u16;
    Ok(Birth::Sure(Day::constant(1899, 12, 30).plus_days(days), Some(ListNote::BornSerial)))
}

/// Eight digits, with the year first or last. Both cannot be: 19 and 20 are no months.
fn run_together(digits: &str) -> Result<Birth, ListProblem> {
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ListProblem::DayUnclear);
    }
    let part = |part: std::ops::Range<usize>| digits.get(part).unwrap_or_default();
    let year_of = |part: &str| {
        let year = part.parse::<i16>().ok();
        year.filter(|year| YEARS.contains(&f64::from(*year)))
    };
    let born = match (year_of(part(0..4)), year_of(part(4..8))) {
        (Some(year), _) => day(year, number(part(4..6))?, number(part(6..8))?),
        (None, Some(year)) => day(year, number(part(2..4))?, number(part(0..2))?),
        (None, None) => Err(ListProblem::DayUnclear),
    };
    born.map(|day| Birth::Sure(day, None))
}

fn day(year: i16, month: i8, day: i8) -> Result<Day, ListProblem> {
    Day::new(year, month, day).map_err(|_| ListProblem::NotADay)
}

/// What a word for the year begins with or is, folded: `жыл`, `жылғы`, `ж.`, `год`, `г.`.
fn is_year_word(word: &str) -> bool {
    matches!(word, "ж" | "г") || word.starts_with("жил") || word.starts_with("год")
}

/// The figures and months of a written day. A word for the year, and whatever words stand behind the day, say nothing more.
fn parts_of(plain: &str) -> Vec<String> {
    let mut apart = String::with_capacity(plain.len());
    for sign in plain.chars() {
        let is_digit = |sign: char| sign.is_ascii_digit();
        let is_seam = apart.chars().next_back().is_some_and(|last| is_digit(last) != is_digit(sign));
        // `1990ж`
        if is_seam && sign != ' ' && !apart.ends_with(' ') {
            apart.push(' ');
        }
        apart.push(sign);
    }
    let mut parts: Vec<&str> = apart.split(' ').collect();
    let is_beside = |word: &&str| word.contains(char::is_alphabetic) && month_of(word).is_none();
    while parts.pop_if(|word| is_beside(&&**word)).is_some() {}
    parts.retain(|word| !is_year_word(word));
    parts.into_iter().map(str::to_owned).collect()
}

fn from_text(written: &str, today: Day) -> Result<Birth, ListProblem> {
    let trimmed = trimmed(written);
    // `1997-10-07 00:00:00`: a midnight says nothing more.
    let midnight = trimmed.find(" 00:00").or_else(|| trimmed.find("T00:00"));
    let text = trimmed.get(..midnight.unwrap_or(trimmed.len())).unwrap_or_default();
    let has_slash = text.contains('/');
    let parts = parts_of(&folded(text));
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (first, second, third) = match parts.as_slice() {
        [first, second, third] => (*first, *second, *third),
        [digits] if digits.len() == 8 => return run_together(digits),
        [digits] => return from_number(digits.parse().map_err(|_| ListProblem::DayUnclear)?),
        _ => return Err(ListProblem::DayUnclear),
    };
    if let (4, Ok(year)) = (first.len(), first.parse()) {
        // `1990-02-01`, `1990 жылғы 1 ақпан`.
        let (month_written, day_written) =
            if month_of(third).is_some() { (third, second) } else { (second, third) };
        return day(year, month(month_written)?, number(day_written)?).map(|day| Birth::Sure(day, None));
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
        Err(ListProblem::DayUnclear)
    } else {
        digits.parse().map_err(|_| ListProblem::DayUnclear)
    }
}

fn month(written: &str) -> Result<i8, ListProblem> {
    number(written).or_else(|problem| month_of(written).ok_or(problem))
}

/// The day of this month in a year of four digits, or of two.
fn in_years(year: &str, month: i8, day_of_month: i8, today: Day) -> Result<Birth, ListProblem> {
    let written: i16 = year.parse().map_err(|_| ListProblem::DayUnclear)?;
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
        _ => Err(ListProblem::DayUnclear),
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
