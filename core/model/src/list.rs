//! A squad list as an akimat sends it (001-§19), and what would come of it: a dry run.
//!
//! Promises that nothing is guessed and nothing half done. Each line of a [`Plan`] says what would come of it — a new record,
//! nobody new, refused, asked — with the cell it is about; who answers what is asked plans again; and only a plan with
//! nothing left to ask gives [`Step`]s. What was passed over and left out is named. Nothing here prints a name, a number or a
//! day of birth into a trace.
//!
//! Refuses a sheet without a header, or with two columns of one meaning, before any line is read.
//!
//! ```text
//! sheets ─► columns: the header ─► line: each cell, asked or refused ─► persons: doubles and who is known ─► Plan ─► Steps
//! ```

mod asked;
mod birth;
mod citizenship;
mod columns;
mod doubles;
mod figures;
mod line;
mod names;
mod persons;
mod steps;
mod table;
mod title;
mod typed;

pub use asked::{Answer, Answers, Asked, ListNote, ListProblem, ListQuestion, OtherLine, Proposal, Refusal};
pub use columns::{LeftOut, ListColumn};
pub(crate) use figures::is_card_number;
pub use persons::{KnownPerson, Standing};
pub use steps::{NotYet, RefusedLines, Step};
pub use table::{Citizenship, sheet_of};
pub use typed::{Doubt, TypedPerson};

use std::collections::BTreeSet;
use std::fmt;

use crate::ids::PersonId;
use crate::limits::{LIST_HEADER_ROWS_MAX, LIST_ROWS_MAX};
use crate::moment::Day;
use crate::register::{IdDocument, IdDocumentKind, Identity, Iin};
use crate::sheet::{Address, Sheet};
use crate::spelling::folded;
use crate::words::{Name, Text};

/// Why a file is no list that can be planned: nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListRefused {
    /// No row names columns of a list.
    #[error("none of the first {LIST_HEADER_ROWS_MAX} rows of any sheet is the header of a list")]
    NoHeader,
    /// More than one sheet is a list.
    #[error("{} sheets are lists, where one is wanted", sheets.len())]
    SeveralLists {
        /// Which, from 0.
        sheets: Vec<usize>,
    },
    /// A column that the list needs is not there.
    #[error("the column {column} is missing in the header that begins at {row}")]
    HeaderMissing {
        /// Which.
        column: ListColumn,
        /// The first cell of the header.
        row: Address,
    },
    /// Two columns say the same.
    #[error("the columns at {first} and {second} both give {column}")]
    HeaderTwice {
        /// What they say.
        column: ListColumn,
        /// The header of the one.
        first: Address,
        /// The header of the other.
        second: Address,
    },
    /// More rows than any list has.
    #[error("the sheet has {rows} rows, and at most {LIST_ROWS_MAX} are read")]
    TooManyRows {
        /// How many.
        rows: usize,
    },
    /// A header and nobody under it.
    #[error("nobody stands under the header at {header}")]
    Nobody {
        /// The first cell of the header.
        header: Address,
    },
}

impl ListRefused {
    /// Its code: what `--json` prints.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoHeader => "no_header",
            Self::SeveralLists { .. } => "several_lists",
            Self::HeaderMissing { .. } => "header_missing",
            Self::HeaderTwice { .. } => "header_twice",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::Nobody { .. } => "nobody",
        }
    }
}

/// A citizen as a list names him.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedPerson {
    /// Put right where that was certain.
    pub full_name: Name,
    /// If left unset, it was not given.
    pub born: Option<Day>,
    /// If left unset, it was not given.
    pub iin: Option<Iin>,
    /// The number of his identity card. If left unset, only the copy has it.
    pub card: Option<Name>,
    /// Where he lives. If left unset, it was not given.
    pub residence: Option<Text>,
}

impl ListedPerson {
    /// His papers under an id of his own, and under the engagement that ended before, if there was one.
    #[must_use]
    pub fn into_identity(self, id: PersonId, before: Option<PersonId>) -> Identity {
        let id_document = self
            .card
            .map(|number| IdDocument { kind: IdDocumentKind::IdentityCard, number });
        let Self { full_name, born, iin, residence, .. } = self;
        Identity { id, full_name, iin, born, id_document, residence, before }
    }
}

/// Says nothing of him.
impl fmt::Debug for ListedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ListedPerson(…)")
    }
}

/// What would come of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A new record.
    Create {
        /// Of whom.
        person: ListedPerson,
        /// His record that ended before; it is kept.
        before: Option<PersonId>,
    },
    /// He is known.
    Match {
        /// Who he is.
        person: PersonId,
        /// Whether he is on this squad's roster already, so that there is nothing to do.
        is_on: bool,
    },
    /// He is known, and goes on under the record that he has: the list that named him was taken back.
    GoOn {
        /// Who he is.
        person: PersonId,
        /// As the list names him now.
        listed: ListedPerson,
    },
    /// Something is wrong with it.
    Refuse(Vec<Refusal>),
    /// Something has to be answered first.
    Ask(Vec<Asked>),
    /// Somebody answered that it be left out.
    LeaveOut,
}

/// A line of the list and what would come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    /// The cell where its name stands, or begins.
    pub at: Address,
    /// The number that the list itself gives it. If left unset, it gives none.
    pub number: Option<u32>,
    /// The name as it was understood, as far as it could be read.
    pub name: Option<Name>,
    /// The number of the identity card, as far as it could be read.
    pub card: Option<Name>,
    /// What was understood though it was not written so.
    pub notes: Vec<(Address, ListNote)>,
    /// What would come of it.
    pub outcome: Outcome,
    /// What may be said of it though it is not asked. If left unset, nothing may.
    pub offered: Option<Asked>,
}

/// What would come of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which of the sheets is the list, from 0.
    pub sheet: usize,
    /// The squad that the title names. If left unset, it names none.
    pub squad_hint: Option<Name>,
    /// The day of which the title says the list is. If left unset, it says none.
    pub as_of_hint: Option<Day>,
    /// What is asked about the list as a whole.
    pub asked: Vec<Asked>,
    /// Its lines, in the order of the sheet.
    pub lines: Vec<PlannedLine>,
    /// Columns that are not read.
    pub left_out: Vec<LeftOut>,
    /// The first cells of rows that are no line, such as signatures.
    pub passed_over: Vec<Address>,
    /// Answers to what was not asked, or that do not answer it.
    pub unused: Vec<(Address, ListQuestion)>,
}

/// What a list is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Nobody is born after it.
    pub today: Day,
    /// The squad whose list somebody says it is. If left unset, nobody has said so yet.
    pub squad: Option<&'a Name>,
    /// Who is known already.
    pub known: &'a [KnownPerson],
    /// What was answered so far.
    pub answers: &'a Answers,
}

/// Plans what would come of the list in a file; one of its sheets is it.
pub fn plan(sheets: &[Sheet], reading: Reading<'_>) -> Result<Plan, ListRefused> {
    let (mut found, mut refused) = (Vec::new(), None);
    for (number, sheet) in sheets.iter().enumerate() {
        match columns::Layout::of(sheet) {
            Ok(layout) => found.extend(layout.map(|layout| (number, sheet, layout))),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    // A sheet that is nearly a list says what it lacks, unless another one is the list.
    if let (Some(refusal), true) = (refused, found.is_empty()) {
        return Err(refusal);
    }
    if found.len() > 1 {
        return Err(ListRefused::SeveralLists {
            sheets: found.into_iter().map(|(number, ..)| number).collect(),
        });
    }
    let (number, sheet, layout) = found.pop().ok_or(ListRefused::NoHeader)?;
    if sheet.rows.len() > LIST_ROWS_MAX {
        return Err(ListRefused::TooManyRows { rows: sheet.rows.len() });
    }
    let (drafts, passed_over) = line::drafts(sheet, &layout, reading);
    if drafts.is_empty() {
        return Err(ListRefused::Nobody { header: Address { row: layout.header_row, column: 0 } });
    }
    let (lines, mut used) = persons::lines(drafts, reading);
    let texts = title::texts_above(sheet, layout.header_row);
    let titled = title::squad_in(&texts);
    let asked = titled
        .iter()
        .filter_map(|titled| about_squad(titled, reading, &mut used))
        .collect();
    Ok(Plan {
        sheet: number,
        squad_hint: titled.map(|(_, name)| name),
        as_of_hint: title::day_in(&texts),
        asked,
        lines,
        left_out: layout.left_out,
        passed_over,
        unused: reading.answers.keys().filter(|key| !used.contains(key)).copied().collect(),
    })
}

/// A title that names another squad than the one that was chosen is asked about.
fn about_squad((at, titled): &(Address, Name), reading: Reading<'_>, used: &mut Used) -> Option<Asked> {
    let chosen = reading
        .squad
        .filter(|chosen| folded(chosen.as_str()) != folded(titled.as_str()))?;
    let asked = Asked::new(*at, ListQuestion::SquadOther, Proposal::Squad(chosen.clone()));
    let key = (asked.at, asked.question);
    let is_answered = reading.answers.get(&key).is_some_and(|answer| asked.takes(answer));
    if is_answered {
        used.insert(key);
    }
    (!is_answered).then_some(asked)
}

/// Which answers were used.
type Used = BTreeSet<(Address, ListQuestion)>;

#[cfg(test)]
mod tests;
