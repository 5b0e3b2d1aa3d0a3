//! `report head` and `report list`: what a head tells the leadership of his subdivision of a patrol (001-§7, 23).
//!
//! The text is put together from the sealed page: its number and hash, and what it says in numbers. It names nobody. Nothing goes
//! out that the head has not asked for.

use jasaq_fieldbook::model::moment::{Day, Moment};
use jasaq_fieldbook::model::page::{FieldLine, Page};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::report::{Figures, went_out_on};
use jasaq_fieldbook::model::words::{Language, Text};
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, PageView, ReportView};
use jasaq_printing::tables::CellOut;
use serde_json::{Value, json};

use crate::commands::page::{find_page, no_page, number_of};
use crate::commands::said::Names;
use crate::failure::{Class, Failure};
use crate::grid::{Grid, text};
use crate::log;
use crate::output::Reply;
use crate::program::{Program, find_patrol, read_prefix};
use crate::table::{day_and_time, short};
use crate::words::{Message, Words};

/// Shows what would be reported of a patrol, or reports it.
pub(super) fn report(
    program: &Program,
    (page, said): (Option<&str>, Option<&Text>),
    is_sent: bool,
) -> Result<Reply, Failure> {
    let words = &program.words;
    let (view, days, written, key) = program.with_fieldbook(|fieldbook| {
        let view = meant(program, fieldbook, page)?;
        if view.is_forked || !view.is_last() {
            return Err(FieldbookRefused::from(LogRefused::NotTheLastPage).into());
        }
        let days = days_of(&view.page).ok_or_else(|| {
            Failure::new(Class::Rule, "report-undated", &"a page that does not say when its patrol went out")
        })?;
        let written = composed(words, &view, said)?;
        let key = if is_sent { Some(fieldbook.report(days, written.clone())?) } else { None };
        Ok((view, days, written, key))
    })?;
    let json = json!({
        "page": view.hash,
        "number": number_of(&view),
        "patrol": view.patrol,
        "from": days.0,
        "to": days.1,
        "text": written,
        "key": key,
        "is_sent": is_sent,
    });
    let next = if is_sent { "report-sent" } else { "report-not-sent" };
    Ok(Reply::new(json).text(written.to_string()).note(words.say(next)))
}

/// The page of this number or hash; else the last page of the patrol that is named, or of the newest.
fn meant(program: &Program, fieldbook: &mut Fieldbook, given: Option<&str>) -> Result<PageView, Failure> {
    if let Some(page) = given.and_then(|given| find_page(fieldbook, given).ok()) {
        return Ok(page);
    }
    // What is no id of a patrol was a page's number.
    if given.is_some_and(|given| read_prefix(given).is_err()) {
        return Err(no_page());
    }
    let patrol = find_patrol(program, fieldbook, given)?;
    let pages = fieldbook.pages()?.into_iter();
    let mut pages = pages.filter(|view| view.patrol == patrol && view.is_last());
    pages.next().ok_or_else(|| FieldbookRefused::from(LogRefused::NoPage).into())
}

/// From when the patrol went out until it was back.
fn days_of(page: &Page) -> Option<(Day, Day)> {
    let from = went_out_on(page)?;
    let end: Option<Moment> = value_of(&page.header, "end").and_then(|end| end.parse().ok());
    Some((from, end.map_or(from, Moment::day).max(from)))
}

fn value_of<'page>(header: &'page [FieldLine], field: &str) -> Option<&'page str> {
    header.iter().find(|line| line.field == field)?.value.as_deref()
}

/// Which page it is about, and what the head says of it, or what it says itself: in Kazakh and in Russian, for it stays as it
/// was sent, whoever reads it. What is too long in both is in the language of who sends it.
fn composed(words: &Words, view: &PageView, said: Option<&Text>) -> Result<Text, Failure> {
    let in_both = [Language::Kk, Language::Ru].map(|language| put_together(&Words::of(language), view, said));
    let of = |parts: &[String]| {
        let own = said.map(Text::to_string);
        Text::new(parts.iter().cloned().chain(own).collect::<Vec<_>>().join("\n"))
    };
    of(&in_both)
        .or_else(|_| of(&[put_together(words, view, said)]))
        .map_err(|refused| Failure::new(Class::Input, "report-too-long", &refused))
}

/// In one language, without the head's own words.
fn put_together(words: &Words, view: &PageView, said: Option<&Text>) -> String {
    let number = number_of(view).unwrap_or_else(|| words.say("page-unnumbered"));
    let about = Message::new("report-about")
        .with("number", number)
        .with("hash", short(&view.hash.to_string()));
    let mut lines = vec![words.say(about)];
    if said.is_none() {
        lines.extend(summary(words, &view.page));
    }
    lines.join("\n")
}

/// What a page says in numbers.
fn summary(words: &Words, page: &Page) -> Vec<String> {
    let (figures, language) = (Figures::of(page), words.language());
    let times: Vec<String> = ["start", "end"]
        .into_iter()
        .filter_map(|field| value_of(&page.header, field)?.parse().ok())
        .map(day_and_time)
        .collect();
    let attended = figures.attended_in_all();
    let there = Message::new("report-there")
        .with("members", attended.pages)
        .with("hours", format!("{}:{:02}", attended.minutes / 60, attended.minutes % 60))
        .with("unknown", attended.pages_without_minutes);
    let mut lines = vec![times.join(" – "), words.say(there)];
    lines.push(words.say(Message::new("report-events").with("events", figures.events())));
    for activity in jasaq_fieldbook::model::entry::ActivityType::ALL {
        let of_type = figures.activities.iter().filter(|((of, _), _)| of == activity);
        let events: u32 = of_type.map(|(_, done)| done.events).sum();
        if events > 0 {
            lines.push(format!("  {}: {events}", activity.word(language)));
        }
    }
    let cases = figures
        .cases
        .iter()
        .map(|(stage, count)| format!("  {}: {count}", stage.word(language)));
    if !figures.cases.is_empty() {
        lines.push(words.say("page-cases"));
        lines.extend(cases);
    }
    if figures.notices > 0 {
        let told = Message::new("report-notices")
            .with("notices", figures.notices)
            .with("untold", figures.notices_not_told);
        lines.push(words.say(told));
    }
    lines
}

/// What heads reported: who, of which days, when, and how far it has come.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let (reports, names) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.reports()?, Names::of(fieldbook)?)))?;
    let headings = ["column-when", "column-who", "column-day", "column-said", "column-custody-step"];
    let mut grid = Grid::new("report-what-heads", &headings);
    for view in &reports {
        grid.row([
            text(day_and_time(view.stated.statement.clocks.recorded_at())),
            text(names.name(view.stated.member)),
            text(days(view)),
            CellOut::Text(view.report.text.to_string()),
            text(log::custody_word(words, view.custody)),
        ]);
    }
    let json = json!({ "reports": reports.iter().map(|view| to_json(view, &names)).collect::<Vec<_>>() });
    let text = if reports.is_empty() { words.say("report-none") } else { grid.shown(words, &[]) };
    Ok(Reply::new(json).text(text))
}

fn days(view: &ReportView) -> String {
    let (from, to) = (view.report.from, view.report.to);
    if from == to { from.to_string() } else { format!("{from} – {to}") }
}

fn to_json(view: &ReportView, names: &Names) -> Value {
    json!({
        "key": view.stated.key,
        "author": view.stated.author,
        "member": view.stated.member,
        "name": names.name(view.stated.member),
        "recorded_at": view.stated.statement.clocks.recorded_at(),
        "from": view.report.from,
        "to": view.report.to,
        "text": view.report.text,
        "custody": view.custody,
    })
}
