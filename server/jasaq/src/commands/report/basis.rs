//! What figures rest on: which pages count, and what does not, with why. It is said below every report.

use jasaq_fieldbook::model::report::{ActivityPart, Figures, Reckoning};
use jasaq_printing::tables::CellOut;
use serde_json::{Value, json};

use super::Asked;
use crate::failure::Failure;
use crate::grid::{self, Grid, text, text_or_none};
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::sheets::About;
use crate::table::short;
use crate::words::{Message, Words};

/// A report: what it is called, its tables, and the same for programs.
pub(super) struct Report {
    /// The message that says what it is.
    pub(super) what: &'static str,
    /// What is shown and written; the first alone goes into a CSV.
    pub(super) grids: Vec<Grid>,
    /// Columns of use in a file alone.
    pub(super) in_files: &'static [&'static str],
    /// What is said above the tables.
    pub(super) head: Vec<String>,
    /// For programs.
    pub(super) json: Value,
}

/// Shows a report, or writes it.
pub(super) fn reply(
    program: &Program,
    asked: &Asked<'_>,
    (report, reckoning): (Report, &Reckoning),
) -> Result<Reply, Failure> {
    let words = &program.words;
    let json = with_fields(basis_json(asked, reckoning), report.json);
    let filter = filter_of(asked, words);
    if let Some(file) = asked.output {
        let mut grids = report.grids;
        grids.push(pages_grid(reckoning));
        grids.push(apart_grid(reckoning, words));
        let what = [vec![words.say(report.what)], report.head].concat().join(" · ");
        grid::write(program, file, &grids, About { what, filter })?;
        let shown = file.display().to_string();
        let told = Message::new("report-written").with("file", shown.clone());
        let json = with_fields(json, json!({ "file": shown }));
        return Ok(Reply::new(json).text(words.say(told)));
    }
    let mut lines = vec![format!("{} · {filter}", words.say(report.what))];
    lines.extend(report.head);
    for grid in report.grids.iter().filter(|grid| !grid.is_empty()) {
        lines.push(grid.shown(words, report.in_files));
    }
    lines.push(words.say(Message::new("report-counted").with("pages", reckoning.counted().len())));
    if !reckoning.apart().is_empty() {
        lines.push(words.say("report-apart"));
    }
    let reasons = reckoning.apart_by_reason();
    lines.extend(
        reasons
            .iter()
            .map(|(why, count)| format!("  {}: {count}", why.word(words.language()))),
    );
    Ok(Reply::new(json).text(lines.join("\n")))
}

/// Of which days and squad, in words.
fn filter_of(asked: &Asked<'_>, words: &Words) -> String {
    let period = &asked.period;
    let days = match (period.from, period.to) {
        (None, None) => words.say("report-all-days"),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (from, to) => {
            let [from, to] = [from, to].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
            format!("{from} – {to}")
        }
    };
    let squad = period.squad.as_ref();
    let squad = squad.map(|squad| words.say(Message::new("report-of-squad").with("squad", squad.clone())));
    [Some(days), squad].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn basis_json(asked: &Asked<'_>, reckoning: &Reckoning) -> Value {
    let counted = reckoning.counted().iter().map(|counted| {
        json!({
            "page": counted.hash,
            "number": counted.number.map(|number| number.to_string()),
            "patrol": counted.patrol,
            "day": counted.day,
        })
    });
    let apart = reckoning.apart().iter().map(
        |apart| json!({ "page": apart.hash, "patrol": apart.patrol, "day": apart.day, "why": apart.why }),
    );
    let reasons = reckoning.apart_by_reason();
    let reasons = reasons.iter().map(|(why, count)| (why.code().to_owned(), json!(count)));
    json!({
        "from": asked.period.from,
        "to": asked.period.to,
        "squad": asked.period.squad,
        "pages": counted.collect::<Vec<_>>(),
        "not_counted": apart.collect::<Vec<_>>(),
        "not_counted_by_reason": Value::Object(reasons.collect()),
    })
}

/// The pages that count, for whoever adds up himself.
fn pages_grid(reckoning: &Reckoning) -> Grid {
    let headings =
        ["column-page", "column-hash", "column-patrol", "column-day", "column-attendances", "column-minutes"];
    let mut grid = Grid::new("report-sheet-pages", &headings);
    for counted in reckoning.counted() {
        let attended = counted.figures.attended_in_all();
        grid.row([
            text_or_none(counted.number),
            text(counted.hash),
            text(counted.patrol),
            CellOut::Day(counted.day),
            CellOut::Count(attended.pages),
            minutes(attended.minutes),
        ]);
    }
    grid
}

fn apart_grid(reckoning: &Reckoning, words: &Words) -> Grid {
    let headings = ["column-why-apart", "column-day", "column-patrol", "column-hash"];
    let mut grid = Grid::new("report-sheet-apart", &headings);
    for apart in reckoning.apart() {
        grid.row([
            text(apart.why.word(words.language())),
            apart.day.map_or(CellOut::Empty, CellOut::Day),
            text(short(&apart.patrol.to_string())),
            text_or_none(apart.hash),
        ]);
    }
    grid
}

/// Whole minutes, for whoever goes on reckoning.
pub(super) fn minutes(minutes: u64) -> CellOut {
    CellOut::Count(u32::try_from(minutes).unwrap_or(u32::MAX))
}

/// `9:05`: hours and minutes, for people.
pub(super) fn hours(minutes: u64) -> CellOut {
    text(format!("{}:{:02}", minutes / 60, minutes % 60))
}

/// What pages come to, for programs: without persons.
pub(super) fn figures_json(figures: &Figures) -> Value {
    let attended = figures.attended_in_all();
    let cases = figures
        .cases
        .iter()
        .map(|(stage, count)| (stage.code().to_owned(), json!(count)));
    json!({
        "pages": figures.pages,
        "attendances": attended.pages,
        "minutes": attended.minutes,
        "attendances_without_minutes": attended.pages_without_minutes,
        "attendances_unconfirmed": figures.unconfirmed,
        "events": figures.events(),
        "activities": activities_json(figures),
        "activities_not_said": figures.activities_not_said,
        "cases": Value::Object(cases.collect()),
        "notices": figures.notices,
        "notices_not_told_by_voice": figures.notices_not_told,
        "not_understood": figures.not_understood,
    })
}

/// What was done, for programs.
pub(super) fn activities_json(figures: &Figures) -> Vec<Value> {
    let lines = figures.activities.iter().map(|((activity, part), done)| {
        json!({
            "activity": activity,
            "part": part.map(ActivityPart::code),
            "events": done.events,
            "independent": done.independent,
            "joint": done.joint,
            "both": done.both,
        })
    });
    lines.collect()
}
