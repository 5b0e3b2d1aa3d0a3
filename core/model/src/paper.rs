//! A sheet that was filled in by hand and is typed in afterwards (screens P-12, complaint C-18): its columns, and what its lines say.
//!
//! ```text
//! Sheet ──► headings ──► lines ──► a start, entries, an end     all of it, or every refusal with its row and column
//! ```
//!
//! Promises that every line that cannot be taken is named, all of them at once; that nothing is filled in that nobody wrote, but
//! the day of the line above and the mode of the patrol, as whoever writes by hand leaves them out; and that the headings may be in any
//! of our languages. Of each entry its source is paper, and its time the one on the paper.
//!
//! Refuses columns that it does not know and columns that are there twice, formulas, and what would be guessed.

mod columns;
mod lines;
mod short;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use columns::PaperColumn;
pub use lines::{FilledSheet, Reading, read_filled};
pub use short::{activity_of, short_code};
pub use vocabulary::{Terms, Vocabulary};

use crate::codes::coded;
use crate::sheet::Address;

coded! {
    /// What a line of the sheet is about.
    pub enum PaperLine {
        /// The patrol went out.
        Start = "start",
        /// Something was done or seen.
        Entry = "entry",
        /// The patrol came back.
        End = "end",
    }
}

coded! {
    /// Why a cell of the sheet is not taken.
    pub enum PaperProblem {
        /// Nothing stands there, and something has to.
        Missing = "missing",
        /// Something stands there that does not belong to such a line.
        Surplus = "surplus",
        /// A formula or an error of the spreadsheet.
        Formula = "formula",
        /// Too long, or with signs that are not written.
        NotWords = "not_words",
        /// None of the three kinds of line.
        NotALine = "not_a_line",
        /// A second start or end.
        Twice = "twice",
        /// No day.
        NotADay = "not_a_day",
        /// No time of day.
        NotATime = "not_a_time",
        /// Later than now.
        Ahead = "ahead",
        /// Before the patrol went out.
        BeforeStart = "before_start",
        /// After the patrol came back.
        AfterEnd = "after_end",
        /// Nobody of the squad is called so.
        NotAMember = "not_a_member",
        /// Several are called so.
        SeveralMembers = "several_members",
        /// None of the numbers of activities.
        NotAnActivity = "not_an_activity",
        /// Neither independently nor jointly nor both.
        NotAMode = "not_a_mode",
        /// No part of the border space.
        NotAnArea = "not_an_area",
        /// No count.
        NotACount = "not_a_count",
        /// No degrees, or one of the two is missing.
        NotAPlace = "not_a_place",
        /// The same stands in a log already, from paper.
        AlreadyThere = "already_there",
    }
}

/// A cell that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellRefused {
    /// Where.
    pub at: Address,
    /// In which column.
    pub column: PaperColumn,
    /// Why.
    pub problem: PaperProblem,
}

/// Why a sheet is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperRefused {
    /// No row has the headings that are needed.
    #[error("no row has the headings of the sheet")]
    NoHeadings,
    /// A heading that is none of ours.
    #[error("the column {at} is none of the sheet's")]
    ColumnUnknown {
        /// Its heading, or the first cell where there is none.
        at: Address,
    },
    /// A column stands there twice.
    #[error("the column {second} is there already, as {first}")]
    ColumnTwice {
        /// The one.
        first: Address,
        /// The other.
        second: Address,
    },
    /// Nothing stands below the headings.
    #[error("no line is filled in")]
    NoLines,
    /// More lines than one patrol's sheets have.
    #[error("more lines than are read at once")]
    TooManyLines,
    /// Lines that cannot be taken, by row and column.
    #[error("{} cells cannot be taken", .0.len())]
    Cells(Vec<CellRefused>),
}
