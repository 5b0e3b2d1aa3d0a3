//! A list as a table again, to be written as XLSX or CSV.
//!
//! Promises that whoever is on a roster and is written here with a day of birth or a number is read back with nothing to ask
//! and nothing new.

use super::ListedPerson;
use super::columns::ListColumn;
use crate::sheet::{Cell, Sheet};
use crate::words::{Language, Name};

/// Whether anything that is read says that somebody is a citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Citizenship {
    /// He stands on a list, and nobody else is listed (001-§1).
    OnList,
    /// No list of him is read, or his was taken back.
    NotSaid,
}

/// The sheet of these persons in the order given, with headers in a language. The column of individual identification
/// numbers is there if anybody's was given; what was not said stands in no cell.
#[must_use]
pub fn sheet_of(persons: &[(ListedPerson, Citizenship)], language: Language) -> Sheet {
    let has_iin = persons.iter().any(|(person, _)| person.iin.is_some());
    let columns: Vec<ListColumn> = [
        ListColumn::Number,
        ListColumn::FullName,
        ListColumn::Born,
        ListColumn::Citizenship,
        ListColumn::Residence,
        ListColumn::Card,
        ListColumn::Iin,
    ]
    .into_iter()
    .filter(|column| has_iin || *column != ListColumn::Iin)
    .collect();
    let header = columns
        .iter()
        .map(|column| Cell::Text(column.header(language).to_owned()))
        .collect();
    let rows = (1_u32..).zip(persons).map(|(number, person)| {
        let cells = columns.iter().map(|column| cell(*column, person, (number, language)));
        cells.collect::<Vec<Cell>>()
    });
    Sheet { name: Some(title(language).to_owned()), rows: std::iter::once(header).chain(rows).collect() }
}

fn cell(
    column: ListColumn,
    (person, citizenship): &(ListedPerson, Citizenship),
    (number, language): (u32, Language),
) -> Cell {
    match column {
        ListColumn::Number => Cell::Number(number.into()),
        ListColumn::FullName => Cell::Text(person.full_name.to_string()),
        ListColumn::Born => person.born.map_or(Cell::Empty, Cell::Day),
        ListColumn::Citizenship => match citizenship {
            Citizenship::OnList => Cell::Text(country(language).to_owned()),
            Citizenship::NotSaid => Cell::Empty,
        },
        ListColumn::Residence => person
            .residence
            .as_ref()
            .map_or(Cell::Empty, |home| Cell::Text(home.to_string())),
        ListColumn::Card => text(person.card.as_ref()),
        ListColumn::Iin => person.iin.as_ref().map_or(Cell::Empty, |iin| Cell::Text(iin.digits())),
        ListColumn::Surname | ListColumn::GivenName | ListColumn::Patronymic => Cell::Empty,
    }
}

fn text(name: Option<&Name>) -> Cell {
    name.map_or(Cell::Empty, |name| Cell::Text(name.to_string()))
}

const fn title(language: Language) -> &'static str {
    match language {
        Language::Kk => "Тізім",
        Language::Ru => "Список",
        Language::En => "List",
    }
}

const fn country(language: Language) -> &'static str {
    match language {
        Language::Kk => "Қазақстан",
        Language::Ru => "Казахстан",
        Language::En => "Kazakhstan",
    }
}
