//! Tables that are shown on the terminal and written to files alike: what stands in a file is what was shown.

use std::path::Path;

use jasaq_printing::tables::{CellOut, Column, TableOut};

use crate::failure::Failure;
use crate::program::Program;
use crate::sheets::{self, About};
use crate::table::Columns;
use crate::words::Words;

/// The widths between which a column of a file is as wide as what stands in it, in letters.
const WIDTH_LETTERS: std::ops::RangeInclusive<usize> = 8..=60;

/// One table, with headings that are messages.
#[derive(Debug)]
pub(crate) struct Grid {
    name: &'static str,
    headings: Vec<&'static str>,
    rows: Vec<Vec<CellOut>>,
}

impl Grid {
    /// An empty one; `name` is the message that its sheet is called by.
    pub(crate) fn new(name: &'static str, headings: &[&'static str]) -> Self {
        Self { name, headings: headings.to_vec(), rows: Vec::new() }
    }

    /// One row more.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = CellOut>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there is nothing in it.
    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// For the terminal, without columns that are of use in a file alone.
    pub(crate) fn shown(&self, words: &Words, left_out: &[&'static str]) -> String {
        let is_shown = |heading: &&'static str| !left_out.contains(heading);
        let headings: Vec<&'static str> = self.headings.iter().copied().filter(is_shown).collect();
        let mut columns = Columns::new(words, &headings);
        for row in &self.rows {
            let cells = self.headings.iter().zip(row).filter(|(heading, _)| is_shown(heading));
            columns.row(cells.map(|(_, cell)| shown(cell)));
        }
        columns.to_string()
    }

    /// For a file.
    fn table(&self, words: &Words) -> TableOut {
        let column = |(place, id): (usize, &&'static str)| {
            let heading = words.say(*id);
            let cells = self.rows.iter().filter_map(|row| row.get(place));
            let longest = cells.map(|cell| shown(cell).chars().count()).max().unwrap_or_default();
            let longest = longest.max(heading.chars().count());
            let width = longest.clamp(*WIDTH_LETTERS.start(), *WIDTH_LETTERS.end());
            Column { heading, width_letters: u16::try_from(width).unwrap_or_default() }
        };
        TableOut {
            name: words.say(self.name),
            columns: self.headings.iter().enumerate().map(column).collect(),
            rows: self.rows.clone(),
        }
    }
}

/// Writes tables by the name of the file: all of them as the sheets of an XLSX, or the first as CSV.
pub(crate) fn write(program: &Program, file: &Path, grids: &[Grid], about: About) -> Result<(), Failure> {
    let words = &program.words;
    let tables: Vec<TableOut> = grids.iter().map(|grid| grid.table(words)).collect();
    sheets::write_tables(program, file, &tables, (about, words.language()))
}

/// A text, as far as there is one.
#[expect(clippy::needless_pass_by_value, reason = "ids, days and words alike: who has one gives it")]
pub(crate) fn text(text: impl ToString) -> CellOut {
    let text = text.to_string();
    if text.is_empty() { CellOut::Empty } else { CellOut::Text(text) }
}

/// A text that may be missing.
pub(crate) fn text_or_none(said: Option<impl ToString>) -> CellOut {
    said.map_or(CellOut::Empty, text)
}

fn shown(cell: &CellOut) -> String {
    match cell {
        CellOut::Empty => String::new(),
        CellOut::Text(text) => text.clone(),
        CellOut::Count(count) => count.to_string(),
        CellOut::Day(day) => day.to_string(),
        CellOut::Scaled(number, digits) => jasaq_printing::tables::scaled(*number, *digits),
    }
}
