//! What stands above a list: of which squad and which day it is. A hint for who applies it, never more.

use crate::limits::LIST_COLUMNS_MAX;
use crate::moment::Day;
use crate::sheet::{Address, Cell, Sheet};
use crate::spelling::{folded, trimmed};
use crate::words::Name;

/// What the months begin with in Kazakh and Russian; Russian May is too short to begin with.
const MONTHS: [[&str; 2]; 12] = [
    ["қаңтар", "январ"],
    ["ақпан", "феврал"],
    ["наурыз", "март"],
    ["сәуір", "апрел"],
    ["мамыр", "мая"],
    ["маусым", "июн"],
    ["шілде", "июл"],
    ["тамыз", "август"],
    ["қыркүйек", "сентябр"],
    ["қазан", "октябр"],
    ["қараша", "ноябр"],
    ["желтоқсан", "декабр"],
];

/// The month that a folded word names, in whatever case it stands.
pub(super) fn month_of(word: &str) -> Option<i8> {
    let month = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| word.starts_with(&folded(name))));
    let may = (word == folded("май")).then_some(5);
    month.and_then(|month| i8::try_from(month + 1).ok()).or(may)
}

/// The texts above the header, each cell by itself.
pub(super) fn texts_above(sheet: &Sheet, header_row: u32) -> Vec<(Address, String)> {
    let above = (0..header_row).zip(&sheet.rows);
    let cells = above.flat_map(|(row, cells)| {
        let cells = (0..).zip(cells.iter().take(LIST_COLUMNS_MAX));
        cells.map(move |(column, cell)| (Address { row, column }, cell))
    });
    let texts = cells.filter_map(|(at, cell)| match cell {
        Cell::Text(written) => Some((at, trimmed(written))),
        _ => None,
    });
    texts.collect()
}

/// What stands in quotation marks beside the word for a squad, and where.
pub(super) fn squad_in(texts: &[(Address, String)]) -> Option<(Address, Name)> {
    let names_squad = |(_, text): &&(Address, String)| {
        folded(text).split(' ').any(|word| {
            ["жасаг", "жасак", "дружин", "отриад", "скуад"]
                .iter()
                .any(|squad| word.starts_with(squad))
        })
    };
    texts
        .iter()
        .filter(names_squad)
        .find_map(|(at, text)| quoted(text).map(|name| (*at, name)))
}

fn quoted(text: &str) -> Option<Name> {
    const MARKS: [(char, char); 4] = [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')];
    MARKS.into_iter().find_map(|(opening, closing)| {
        let (_, behind) = text.split_once(opening)?;
        let (quoted, _) = behind.split_once(closing)?;
        Name::new(trimmed(quoted)).ok()
    })
}

/// The first day that is named: `2026 жылғы 3 қарашадағы`, `на 3 ноября 2026 года`, `03.11.2026`.
pub(super) fn day_in(texts: &[(Address, String)]) -> Option<Day> {
    texts.iter().find_map(|(_, text)| day_of(text))
}

fn day_of(text: &str) -> Option<Day> {
    let plain = folded(text);
    let words: Vec<&str> = plain.split(' ').collect();
    let numeric = words.windows(3).find_map(|three| match three {
        [day, month, year] if year.len() == 4 => day_from(year, month.parse().ok()?, day),
        [year, month, day] if year.len() == 4 => day_from(year, month.parse().ok()?, day),
        _ => None,
    });
    numeric.or_else(|| {
        let (at, month) = (0..).zip(&words).find_map(|(at, word)| Some((at, month_of(word)?)))?;
        let day = words.get(usize::checked_sub(at, 1)?)?;
        let near = words.get(at.saturating_sub(4)..).unwrap_or_default().iter().take(7);
        let year = near.filter(|word| word.len() == 4).find(|word| word.parse::<i16>().is_ok())?;
        day_from(year, month, day)
    })
}

fn day_from(year: &str, month: i8, day: &str) -> Option<Day> {
    Day::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}
