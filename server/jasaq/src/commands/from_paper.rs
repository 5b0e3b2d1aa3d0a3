//! `patrol from-paper`: a sheet that was filled in by hand and typed in afterwards (P-12 of the screens).
//!
//! Promises that all of it is taken or nothing, and that every cell that is not taken is told at once.

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::model::entry::EntryDraft;
use jasaq_fieldbook::model::ids::{MemberId, PatrolId};
use jasaq_fieldbook::model::paper::{CellRefused, FilledSheet, PaperRefused, Reading, read_filled};
use jasaq_fieldbook::model::sentences::paper_vocabulary;
use jasaq_fieldbook::model::source::Source;
use serde_json::{Value, json};

use super::{said, when};
use crate::arguments::paper::FromPaperArguments;
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::{Program, find_patrol};
use crate::sheets;
use crate::table::{Columns, day_and_time};
use crate::words::{Message, Words};

/// Takes a sheet down; with `--dry-run`, only says what would come of it.
pub(super) fn run(program: &Program, arguments: &FromPaperArguments) -> Result<Reply, Failure> {
    let words = &program.words;
    let sheets = sheets::read(&arguments.file)?;
    program.with_fieldbook(|fieldbook| {
        let patrol = arguments.patrol.as_deref();
        let patrol = patrol.map(|prefix| find_patrol(program, fieldbook, Some(prefix))).transpose()?;
        let mode = match patrol {
            Some(patrol) => fieldbook.patrol(patrol)?.log.starts().next().map(|(_, start)| start.mode),
            None => None,
        };
        let (members, known) = (members(fieldbook)?, from_paper(program, fieldbook, patrol)?);
        let vocabulary = paper_vocabulary();
        let reading =
            Reading { now: when::now(), mode, members: &members, known: &known, words: &vocabulary };
        let sheet = read_filled(&sheets, reading).map_err(|refused| explain(words, &refused))?;
        let (table, count) = (table(words, &sheet), sheet.entries.len());
        if arguments.dry_run {
            let json = json!({ "patrol": patrol, "entries": count, "dry_run": true });
            return Ok(Reply::new(json).text(table).note(words.say("from-paper-dry")));
        }
        let taken = fieldbook.take_down(patrol, sheet)?;
        let json = json!({ "patrol": taken.patrol, "entries": taken.entries, "dry_run": false });
        let told = Message::new("from-paper-taken").with("count", count);
        Ok(Reply::new(json).text(taken.patrol.to_string()).note(words.say(told)))
    })
}

/// The members of the squad: by the subdivision's cards, else by their ids.
fn members(fieldbook: &mut Fieldbook) -> Result<Vec<(MemberId, String)>, Failure> {
    let names = said::Names::of(fieldbook)?;
    let devices = fieldbook.devices()?.into_iter();
    let mut members: Vec<MemberId> =
        devices.map(|view| MemberId::from_bytes(*view.member.as_bytes())).collect();
    members.sort_unstable();
    members.dedup();
    Ok(members.into_iter().map(|member| (member, names.name(Some(member)))).collect())
}

/// What logs here have from paper: of the patrol that is named, else of all.
fn from_paper(
    program: &Program,
    fieldbook: &mut Fieldbook,
    patrol: Option<PatrolId>,
) -> Result<Vec<EntryDraft>, Failure> {
    let patrols = match patrol {
        Some(patrol) => vec![patrol],
        None => said::patrols(program, fieldbook, None)?,
    };
    let mut known = Vec::new();
    for patrol in patrols {
        let view = fieldbook.patrol(patrol)?;
        let entries = view.log.entries().map(|(_, entry)| entry);
        known.extend(entries.filter(|entry| entry.source() == Source::Paper).map(EntryDraft::from));
    }
    Ok(known)
}

/// What would be recorded, line by line.
fn table(words: &Words, sheet: &FilledSheet) -> String {
    let mut columns = Columns::new(words, &["column-when", "column-what"]);
    let mut row = |at: Option<_>, what: String| {
        columns.row([at.map(day_and_time).unwrap_or_default(), what]);
    };
    if let Some(start) = &sheet.start {
        row(start.occurred_at, words.say("from-paper-start"));
    }
    for entry in &sheet.entries {
        row(entry.occurred_at, entry.text.clone());
    }
    if sheet.end.is_some() {
        row(sheet.end, words.say("from-paper-end"));
    }
    columns.to_string()
}

fn explain(words: &Words, refused: &PaperRefused) -> Failure {
    let sentence = match refused {
        PaperRefused::NoHeadings => Message::new("from-paper-no-headings"),
        PaperRefused::ColumnUnknown { at } => {
            Message::new("from-paper-column-unknown").with("cell", at.to_string())
        }
        PaperRefused::ColumnTwice { first, second } => Message::new("from-paper-column-twice")
            .with("cell", second.to_string())
            .with("first", first.to_string()),
        PaperRefused::NoLines => Message::new("from-paper-no-lines"),
        PaperRefused::TooManyLines => Message::new("from-paper-too-many"),
        PaperRefused::Cells(cells) => Message::new("from-paper-cells").with("count", cells.len()),
    };
    let failure = Failure::new(Class::Input, sentence, refused);
    match refused {
        PaperRefused::Cells(cells) => failure.after(refusals(words, cells)),
        _ => failure,
    }
}

/// Every cell that is not taken, in the order of the rows.
fn refusals(words: &Words, cells: &[CellRefused]) -> Reply {
    let language = words.language();
    let mut columns = Columns::new(words, &["column-cell", "column-heading", "column-problem"]);
    for cell in cells {
        let problem = cell.problem.word(language).to_owned();
        columns.row([cell.at.to_string(), cell.column.word(language).to_owned(), problem]);
    }
    let refused: Vec<Value> = cells
        .iter()
        .map(|cell| json!({ "cell": cell.at, "row": cell.at.row + 1, "column": cell.column, "problem": cell.problem }))
        .collect();
    Reply::new(json!({ "refused": refused })).text(columns.to_string())
}
