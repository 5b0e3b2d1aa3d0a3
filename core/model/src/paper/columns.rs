//! The columns of the sheet, by their headings in any of our languages.

use std::collections::BTreeMap;

use super::{PaperRefused, Vocabulary};
use crate::codes::coded;
use crate::limits::LIST_COLUMNS_MAX;
use crate::sheet::{Address, Cell, Sheet};

coded! {
    /// A column, in the order of the sheet.
    pub enum PaperColumn {
        /// Start, entry or end; an entry if nothing stands there.
        Line = "line",
        /// Of which day; that of the line above if nothing stands there.
        Day = "day",
        /// What time.
        Time = "time",
        /// Who says it.
        ToldBy = "told_by",
        /// Which activity, by its number.
        Activity = "activity",
        /// Independently or jointly; as the patrol if nothing stands there.
        Mode = "mode",
        /// How many.
        Count = "count",
        /// Degrees north.
        North = "north",
        /// Degrees east.
        East = "east",
        /// The number of a boundary marker.
        Marker = "marker",
        /// A landmark.
        Landmark = "landmark",
        /// What happened; of a start the task.
        Text = "text",
        /// The controlling representative, of a start.
        Representative = "representative",
        /// The part of the border space, of a start.
        Area = "area",
    }
}

/// The rows among which the headings are looked for: a title and a few words may stand above.
const HEADING_ROWS: usize = 40;

/// Which column is where.
pub(super) struct Layout {
    pub(super) heading_row: u32,
    columns: BTreeMap<PaperColumn, u32>,
}

impl Layout {
    /// Of the first sheet that has our headings.
    pub(super) fn find<'a>(
        sheets: &'a [Sheet],
        words: &Vocabulary,
    ) -> Result<(&'a Sheet, Self), PaperRefused> {
        for sheet in sheets {
            for (row, cells) in (0..).zip(&sheet.rows).take(HEADING_ROWS) {
                let cells_read = cells.iter().take(LIST_COLUMNS_MAX);
                let known: Vec<PaperColumn> = cells_read.filter_map(|cell| column_of(cell, words)).collect();
                if [PaperColumn::Time, PaperColumn::Text].iter().all(|due| known.contains(due)) {
                    return Self::of(sheet, (row, cells), words).map(|layout| (sheet, layout));
                }
            }
        }
        Err(PaperRefused::NoHeadings)
    }

    fn of(sheet: &Sheet, (row, cells): (u32, &[Cell]), words: &Vocabulary) -> Result<Self, PaperRefused> {
        let mut columns = BTreeMap::new();
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| **cell != Cell::Empty) {
            let at = Address { row, column };
            let means = column_of(cell, words).ok_or(PaperRefused::ColumnUnknown { at })?;
            if let Some(first) = columns.insert(means, column) {
                return Err(PaperRefused::ColumnTwice { first: Address { row, column: first }, second: at });
            }
        }
        let layout = Self { heading_row: row, columns };
        layout.check_headless(sheet).map(|()| layout)
    }

    /// What stands under no heading would be lost.
    fn check_headless(&self, sheet: &Sheet) -> Result<(), PaperRefused> {
        let known: Vec<u32> = self.columns.values().copied().collect();
        let below = (0..).zip(&sheet.rows).filter(|(row, _)| *row > self.heading_row);
        for (row, cells) in below {
            let filled = (0..).zip(cells).filter(|(_, cell)| **cell != Cell::Empty);
            if let Some((column, _)) = filled.into_iter().find(|(column, _)| !known.contains(column)) {
                return Err(PaperRefused::ColumnUnknown { at: Address { row, column } });
            }
        }
        Ok(())
    }

    /// Where a column stands in a row; of one that is not there, the row's first cell.
    pub(super) fn at(&self, row: u32, column: PaperColumn) -> Address {
        Address { row, column: self.columns.get(&column).copied().unwrap_or_default() }
    }

    /// What stands there.
    pub(super) fn cell<'a>(&self, sheet: &'a Sheet, row: u32, column: PaperColumn) -> &'a Cell {
        match self.columns.get(&column) {
            Some(place) => sheet.cell(Address { row, column: *place }),
            None => &Cell::Empty,
        }
    }
}

/// The column that a heading names: by its word in one of our languages, or by its code.
fn column_of(cell: &Cell, words: &Vocabulary) -> Option<PaperColumn> {
    match cell {
        Cell::Text(written) => words.columns.find(written),
        _ => None,
    }
}
