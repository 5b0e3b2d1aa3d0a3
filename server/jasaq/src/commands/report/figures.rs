//! `report hours`, `activity`, `day` and `month`. Persons stand in the order of their names, and never of what they did.

use jasaq_fieldbook::HoursShown;
use jasaq_fieldbook::model::ids::MemberId;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::report::{Attended, Figures, Reckoning};
use jasaq_fieldbook::model::spelling;
use jasaq_printing::tables::CellOut;
use serde_json::{Value, json};

use super::Asked;
use super::basis::{self, Report, activities_json, figures_json};
use super::historical;
use crate::commands::said::Names;
use crate::failure::Failure;
use crate::grid::{Grid, text, text_or_none};
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::words::Words;

/// A member with what pages say of his being there.
struct Line {
    member: MemberId,
    name: String,
    attended: Attended,
}

/// Hours of the members.
pub(super) fn hours(program: &Program, asked: &Asked<'_>) -> Result<Reply, Failure> {
    let (reckoning, shown, names) = program.with_fieldbook(|fieldbook| {
        Ok((asked.reckoning(fieldbook)?, fieldbook.hours_shown()?, Names::of(fieldbook)?))
    })?;
    let figures = reckoning.figures();
    let is_shown = |member: &MemberId| match shown {
        HoursShown::All => true,
        HoursShown::Own(own) => *member == own,
        HoursShown::None => false,
    };
    let mut lines: Vec<Line> = figures
        .attended
        .iter()
        .filter(|(member, _)| is_shown(member))
        .map(|(member, attended)| Line {
            member: *member,
            name: names.name(Some(*member)),
            attended: *attended,
        })
        .collect();
    lines.sort_by(|one, other| {
        spelling::compare(&one.name, &other.name).then_with(|| one.member.cmp(&other.member))
    });
    let report = Report {
        what: "report-what-hours",
        grids: vec![hours_grid(&lines)],
        in_files: &["column-minutes", "column-member"],
        head: Vec::new(),
        json: json!({
            "members": lines.iter().map(line_json).collect::<Vec<_>>(),
            "attendances_unconfirmed": figures.unconfirmed,
            "not_understood": figures.not_understood,
        }),
    };
    let reply = basis::reply(program, asked, (report, &reckoning))?;
    Ok(if shown == HoursShown::All { reply } else { reply.note(program.words.say("report-own-hours")) })
}

fn hours_grid(lines: &[Line]) -> Grid {
    let headings = [
        "column-name",
        "column-member",
        "column-pages-there",
        "column-hours",
        "column-minutes",
        "column-without-hours",
    ];
    let mut grid = Grid::new("report-what-hours", &headings);
    for Line { member, name, attended } in lines {
        grid.row([
            text(name),
            text(member),
            CellOut::Count(attended.pages),
            basis::hours(attended.minutes),
            basis::minutes(attended.minutes),
            CellOut::Count(attended.pages_without_minutes),
        ]);
    }
    grid
}

fn line_json(line: &Line) -> Value {
    json!({
        "member": line.member,
        "name": line.name,
        "pages": line.attended.pages,
        "minutes": line.attended.minutes,
        "pages_without_minutes": line.attended.pages_without_minutes,
    })
}

/// What was done.
pub(super) fn activity(program: &Program, asked: &Asked<'_>) -> Result<Reply, Failure> {
    let reckoning = program.with_fieldbook(|fieldbook| asked.reckoning(fieldbook))?;
    let figures = reckoning.figures();
    let report = Report {
        what: "report-what-activity",
        grids: vec![activity_grid(&figures, &program.words)],
        in_files: &[],
        head: Vec::new(),
        json: json!({
            "events": figures.events(),
            "activities": activities_json(&figures),
            "activities_not_said": figures.activities_not_said,
        }),
    };
    basis::reply(program, asked, (report, &reckoning))
}

fn activity_grid(figures: &Figures, words: &Words) -> Grid {
    let headings = [
        "column-activity",
        "column-part",
        "column-events",
        "column-independent",
        "column-joint",
        "column-both",
    ];
    let mut grid = Grid::new("report-what-activity", &headings);
    let language = words.language();
    for ((activity, part), done) in &figures.activities {
        grid.row([
            text(activity.word(language)),
            text_or_none(part.map(|part| part.word(language))),
            CellOut::Count(done.events),
            CellOut::Count(done.independent),
            CellOut::Count(done.joint),
            CellOut::Count(done.both),
        ]);
    }
    if figures.activities_not_said > 0 {
        let count = CellOut::Count(figures.activities_not_said);
        grid.row([text(words.say("report-not-said")), CellOut::Empty, count]);
    }
    grid
}

/// One day.
pub(super) fn day(program: &Program, (day, asked): (Day, &Asked<'_>)) -> Result<Reply, Failure> {
    let head = |words: &Words| historical::of_day(words, (day, asked.profile));
    summary(program, asked, ("report-what-day", &head))
}

/// One month, day by day.
pub(super) fn month(program: &Program, (month, asked): (Day, &Asked<'_>)) -> Result<Reply, Failure> {
    let head = |words: &Words| historical::of_month(words, (month, asked.profile));
    summary(program, asked, ("report-what-month", &head))
}

type Head<'a> = &'a dyn Fn(&Words) -> (Vec<String>, Value);

/// Day by day, then what was done.
fn summary(
    program: &Program,
    asked: &Asked<'_>,
    (what, head): (&'static str, Head<'_>),
) -> Result<Reply, Failure> {
    let words = &program.words;
    let reckoning = program.with_fieldbook(|fieldbook| asked.reckoning(fieldbook))?;
    let figures = reckoning.figures();
    let (mut head, profile) = head(words);
    let mut grids = vec![days_grid(&reckoning, what, words), activity_grid(&figures, words)];
    grids.extend(cases_grid(&figures, words));
    if asked.profile.is_some() {
        grids.push(historical::told_grid(&reckoning));
        head.push(words.say("report-historical-nothing-due"));
    }
    let days = reckoning.by_day();
    let days = days
        .iter()
        .map(|(day, figures)| with_fields(json!({ "day": day }), figures_json(figures)));
    let json = json!({
        "figures": figures_json(&figures),
        "days": days.collect::<Vec<_>>(),
        "profile": profile,
    });
    let report = Report { what, grids, in_files: &["column-minutes"], head, json };
    basis::reply(program, asked, (report, &reckoning))
}

fn days_grid(reckoning: &Reckoning, name: &'static str, words: &Words) -> Grid {
    let headings = [
        "column-day",
        "column-pages-counted",
        "column-attendances",
        "column-hours",
        "column-minutes",
        "column-without-hours",
        "column-events",
        "column-cases",
        "column-notices",
    ];
    let mut grid = Grid::new(name, &headings);
    let days = reckoning.by_day();
    for (day, figures) in &days {
        grid.row(day_cells(CellOut::Day(*day), figures));
    }
    if days.len() > 1 {
        grid.row(day_cells(text(words.say("report-total")), &reckoning.figures()));
    }
    grid
}

fn day_cells(day: CellOut, figures: &Figures) -> [CellOut; 9] {
    let attended = figures.attended_in_all();
    [
        day,
        CellOut::Count(figures.pages),
        CellOut::Count(attended.pages),
        basis::hours(attended.minutes),
        basis::minutes(attended.minutes),
        CellOut::Count(attended.pages_without_minutes),
        CellOut::Count(figures.events()),
        CellOut::Count(figures.cases.values().sum()),
        CellOut::Count(figures.notices),
    ]
}

/// Persons detained and force used, by how far each case came. None where there was none.
fn cases_grid(figures: &Figures, words: &Words) -> Option<Grid> {
    let mut grid = Grid::new("report-sheet-cases", &["column-state", "column-cases"]);
    for (stage, count) in &figures.cases {
        grid.row([text(stage.word(words.language())), CellOut::Count(*count)]);
    }
    (!grid.is_empty()).then_some(grid)
}
