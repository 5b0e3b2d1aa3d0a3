//! A spreadsheet as it was read from a file, before anybody says what its columns mean.
//!
//! Promises nothing about what stands in the cells but where they stand: an [`Address`] is what the program that wrote the
//! file shows, `C14`. Whoever reads files makes one of these; `list` reads one as a list of squad members (001-§19). Neither
//! knows the other.

use std::fmt;

use crate::moment::Day;

/// Where a cell stands, both counted from 0; written as spreadsheets do, from `A1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Which row, from 0.
    pub row: u32,
    /// Which column, from 0.
    pub column: u32,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut column = self.column;
        loop {
            letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
            if column < 26 {
                break;
            }
            column = column / 26 - 1;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(f, "{letters}{}", u64::from(self.row) + 1)
    }
}

impl serde::Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What stands in a cell.
#[derive(Clone, PartialEq)]
pub enum Cell {
    /// Nothing, or blanks.
    Empty,
    /// A text, as it was typed.
    Text(String),
    /// A number: a spreadsheet has eaten whatever zeros stood before it.
    Number(f64),
    /// A cell that the spreadsheet itself holds for a date.
    Day(Day),
    /// A formula: what it would come to is not asked.
    Formula,
    /// An error of the spreadsheet, `#REF!`.
    Error,
}

/// Says its sort and not what it holds: cells are names and numbers of identity cards.
impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Text(_) => "Text(…)",
            Self::Number(_) => "Number(…)",
            Self::Day(_) => "Day(…)",
            Self::Formula => "Formula",
            Self::Error => "Error",
        })
    }
}

/// One sheet of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What the sheet is called; a CSV has no name.
    pub name: Option<String>,
    /// Its rows from the first, each from column A; rows may be of different lengths.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// What stands at an address; beyond the sheet there is nothing.
    #[must_use]
    pub fn cell(&self, address: Address) -> &Cell {
        let row = usize::try_from(address.row).ok().and_then(|row| self.rows.get(row));
        let column = usize::try_from(address.column).ok();
        row.zip(column)
            .and_then(|(row, column)| row.get(column))
            .unwrap_or(&Cell::Empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_spreadsheets_do() {
        for (column, row, written) in
            [(0, 0, "A1"), (2, 13, "C14"), (25, 0, "Z1"), (26, 0, "AA1"), (701, 4, "ZZ5"), (702, 0, "AAA1")]
        {
            assert_eq!(Address { row, column }.to_string(), written);
        }
    }

    #[test]
    fn beyond_a_sheet_there_is_nothing() {
        let sheet = Sheet { name: None, rows: vec![vec![Cell::Text("Айдос".to_owned())]] };
        assert_eq!(*sheet.cell(Address { row: 0, column: 0 }), Cell::Text("Айдос".to_owned()));
        assert_eq!(*sheet.cell(Address { row: 0, column: 1 }), Cell::Empty);
        assert_eq!(*sheet.cell(Address { row: 7, column: 0 }), Cell::Empty);
    }

    #[test]
    fn a_cell_does_not_print_what_it_holds() {
        assert_eq!(format!("{:?}", Cell::Text("Айдос".to_owned())), "Text(…)");
    }
}
