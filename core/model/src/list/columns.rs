//! Which row of a sheet is its header, and what its columns mean, in the words that akimats use.
//!
//! Promises to read Kazakh, Russian and English headers whatever their case, blanks and dots. Refuses two columns that mean
//! the same, and a list without name, day of birth, citizenship or identity card; what it does not know it names.

use std::collections::BTreeMap;

use super::ListRefused;
use crate::codes::coded;
use crate::limits::{LIST_CELL_BYTES_MAX, LIST_COLUMNS_MAX, LIST_HEADER_ROWS_MAX};
use crate::sheet::{Address, Cell, Sheet};
use crate::spelling::{folded, trimmed};
use crate::words::{Language, Name};

coded! {
    /// What a column holds.
    pub enum ListColumn {
        /// The number of the line: copies are named after it, and every list numbers its lines anew.
        Number = "number",
        /// Surname, given name and patronymic in one.
        FullName = "full_name",
        /// The surname alone.
        Surname = "surname",
        /// The given name alone, or with the patronymic.
        GivenName = "given_name",
        /// The patronymic alone.
        Patronymic = "patronymic",
        /// The day of birth.
        Born = "born",
        /// Of which country he is a citizen.
        Citizenship = "citizenship",
        /// Where he lives.
        Residence = "residence",
        /// The number of his identity card.
        Card = "card",
        /// The individual identification number.
        Iin = "iin",
    }
}

/// The ways to head each column; the first three, in Kazakh, Russian and English, are how we write it ourselves.
const HEADERS: [(ListColumn, &str); 10] = [
    (ListColumn::Number, "Р/с №|№ п/п|No.|Р/с|п/п|№|#|Реттік №|Реттік нөмірі|N п/п|Nr"),
    (
        ListColumn::FullName,
        "Тегі, аты, әкесінің аты|Фамилия, имя, отчество|Full name|Т.А.Ә.|ТАӘ|Ф.И.О.|ФИО|Аты-жөні|Тегі, аты-жөні|\
         Толық аты-жөні|Тегі, аты|Фамилия, имя|Фамилия и имя|Аты, тегі|Аты, әкесінің аты, тегі",
    ),
    (ListColumn::Surname, "Тегі|Фамилия|Surname|Last name"),
    (ListColumn::GivenName, "Аты|Имя|Given name|Есімі|Аты, әкесінің аты|Имя, отчество|First name"),
    (ListColumn::Patronymic, "Әкесінің аты|Отчество|Patronymic"),
    (
        ListColumn::Born,
        "Туған күні|Дата рождения|Date of birth|Туған күні, айы, жылы|Туған жылы|Туған жылы, айы, күні|\
         Число, месяц, год рождения|Дата рожд.|Д.р.|Год рождения|Born",
    ),
    (ListColumn::Citizenship, "Азаматтығы|Гражданство|Citizenship|Азаматтық"),
    (
        ListColumn::Residence,
        "Тұрғылықты мекенжайы|Место жительства|Residence|Мекенжайы|Тұрғылықты жері|Тұратын жері|Тұратын мекенжайы|Адрес|\
         Адрес проживания|Мекен-жайы|Мекен жайы|Место проживания|Домашний адрес|Адрес, место жительства|Address",
    ),
    (
        ListColumn::Card,
        "Жеке куәлік №|№ удостоверения личности|Identity card No.|Жеке куәлігі|Жеке куәліктің №|Жеке куәлігінің №|\
         Жеке куәліктің нөмірі|Жеке куәлігінің нөмірі|Жеке куәлік нөмірі|Удостоверение личности|№ удостоверения|\
         Номер удостоверения личности|Удостоверение личности, номер|№ уд. личности|Уд. личности|Удостоверение|\
         Номер удостоверения|УДЛ|№ УДЛ|Номер УДЛ|Серия и номер удостоверения личности|Куәлік|Куәлік №|Куәлік нөмірі",
    ),
    (
        ListColumn::Iin,
        "ЖСН|ИИН|IIN|ЖСН/ИИН|ИИН/ЖСН|Жеке сәйкестендіру нөмірі|Индивидуальный идентификационный номер|\
         Individual identification number",
    ),
];

/// What says something about a paper that is not its number, as when it was given out.
const OF_PAPERS: &str = "берілген|берген|выдан|выдано|выдачи|мерзімі|срок|issued|expires";

impl ListColumn {
    /// How we head it ourselves.
    #[must_use]
    pub fn header(self, language: Language) -> &'static str {
        let place = match language {
            Language::Kk => 0,
            Language::Ru => 1,
            Language::En => 2,
        };
        let headers = HEADERS.iter().find(|(column, _)| *column == self);
        headers
            .and_then(|(_, written)| written.split('|').nth(place))
            .unwrap_or_default()
    }
}

/// A column that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its header.
    pub at: Address,
    /// What the header says. If left unset, it is empty or no name.
    pub header: Option<Name>,
}

/// Where the table begins and which column is which.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) header_row: u32,
    columns: BTreeMap<ListColumn, u32>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Layout {
    /// The table of this sheet, if it has one.
    pub(super) fn of(sheet: &Sheet) -> Result<Option<Self>, ListRefused> {
        let words = Vocabulary::new();
        let above = (0..).zip(&sheet.rows).take(LIST_HEADER_ROWS_MAX);
        for (row, cells) in above {
            let read: Vec<(u32, Option<ListColumn>)> = (0..)
                .zip(cells.iter().take(LIST_COLUMNS_MAX))
                .filter(|(_, cell)| **cell != Cell::Empty)
                .map(|(column, cell)| (column, words.column(cell)))
                .collect();
            let known: Vec<ListColumn> = read.iter().filter_map(|(_, column)| *column).collect();
            let has_name = known
                .iter()
                .any(|column| matches!(column, ListColumn::FullName | ListColumn::Surname));
            if has_name && known.len() >= 2 {
                return Self::from_header(sheet, row, read).map(Some);
            }
        }
        Ok(None)
    }

    fn from_header(
        sheet: &Sheet,
        row: u32,
        read: Vec<(u32, Option<ListColumn>)>,
    ) -> Result<Self, ListRefused> {
        let mut layout = Self { header_row: row, columns: BTreeMap::new(), left_out: Vec::new() };
        for (column, means) in read {
            let at = Address { row, column };
            let Some(means) = means else {
                layout.left_out.push(LeftOut { at, header: header_name(sheet.cell(at)) });
                continue;
            };
            if let Some(first) = layout.columns.insert(means, column) {
                return Err(ListRefused::HeaderTwice {
                    column: means,
                    first: Address { row, column: first },
                    second: at,
                });
            }
        }
        layout.check_names(row)?;
        for due in [ListColumn::Born, ListColumn::Citizenship, ListColumn::Card] {
            if !layout.columns.contains_key(&due) {
                return Err(ListRefused::HeaderMissing { column: due, row: Address { row, column: 0 } });
            }
        }
        layout.note_headless(sheet);
        Ok(layout)
    }

    /// The name stands in one column or in several, not in both ways.
    fn check_names(&self, row: u32) -> Result<(), ListRefused> {
        let of = |column| self.columns.get(&column).map(|column| Address { row, column: *column });
        let whole = of(ListColumn::FullName);
        for part in [ListColumn::Surname, ListColumn::GivenName, ListColumn::Patronymic] {
            if let (Some(first), Some(second)) = (whole, of(part)) {
                return Err(ListRefused::HeaderTwice { column: part, first, second });
            }
        }
        if whole.is_none() && of(ListColumn::GivenName).is_none() {
            return Err(ListRefused::HeaderMissing {
                column: ListColumn::GivenName,
                row: Address { row, column: 0 },
            });
        }
        Ok(())
    }

    /// Columns in which something stands under no header are named too.
    fn note_headless(&mut self, sheet: &Sheet) {
        let header = usize::try_from(self.header_row).unwrap_or(usize::MAX);
        let below = sheet.rows.iter().skip(header.saturating_add(1));
        let mut filled = std::collections::BTreeSet::new();
        for cells in below {
            let cells = (0..).zip(cells.iter().take(LIST_COLUMNS_MAX));
            filled.extend(cells.filter(|(_, cell)| **cell != Cell::Empty).map(|(column, _)| column));
        }
        for column in filled {
            let at = Address { row: self.header_row, column };
            if *sheet.cell(at) == Cell::Empty {
                self.left_out.push(LeftOut { at, header: None });
            }
        }
    }

    /// Where a column stands in a row.
    pub(super) fn at(&self, row: u32, column: ListColumn) -> Option<Address> {
        self.columns.get(&column).map(|column| Address { row, column: *column })
    }

    /// Where the name stands in a row, or begins.
    pub(super) fn name_at(&self, row: u32) -> Address {
        let whole = self.at(row, ListColumn::FullName).or_else(|| self.at(row, ListColumn::Surname));
        whole.unwrap_or(Address { row, column: 0 })
    }
}

fn header_name(cell: &Cell) -> Option<Name> {
    match cell {
        Cell::Text(written) => Name::new(trimmed(written)).ok(),
        _ => None,
    }
}

/// The headers, folded once for a sheet.
struct Vocabulary(Vec<(String, ListColumn)>);

impl Vocabulary {
    fn new() -> Self {
        let headers = HEADERS
            .iter()
            .flat_map(|(column, headers)| headers.split('|').map(|header| (plain(header), *column)));
        Self(headers.collect())
    }

    /// The column with the longest header that this one is or begins with: `Тегі, аты, әкесінің аты (бар болса)`. Else a
    /// full name that it ends with: `Жасақ мүшесінің аты-жөні`.
    fn column(&self, cell: &Cell) -> Option<ListColumn> {
        let Cell::Text(written) = cell else { return None };
        if written.len() > LIST_CELL_BYTES_MAX {
            return None;
        }
        let header = plain(written);
        if header
            .split(' ')
            .any(|word| OF_PAPERS.split('|').any(|of_papers| folded(of_papers) == word))
        {
            return None;
        }
        let ends = |rest: &str| rest.is_empty() || rest.ends_with(' ');
        let begins = |rest: &str| rest.is_empty() || rest.starts_with(' ');
        let known = self.0.iter().filter(|(known, _)| !known.is_empty());
        let beginning = known
            .clone()
            .filter(|(known, _)| header.strip_prefix(known.as_str()).is_some_and(begins));
        let full_name = known.filter(|(known, column)| {
            *column == ListColumn::FullName && header.strip_suffix(known.as_str()).is_some_and(ends)
        });
        let longest = beginning.max_by_key(|(known, _)| known.len());
        longest
            .or_else(|| full_name.max_by_key(|(known, _)| known.len()))
            .map(|(_, column)| *column)
    }
}

/// A header that is a sign alone is the number's.
fn plain(header: &str) -> String {
    let plain = folded(header);
    if plain.is_empty() && header.contains(['№', '#']) { "№".to_owned() } else { plain }
}
