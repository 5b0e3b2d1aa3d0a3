//! `page`: seal, countersign, enter, reopen; what a page says, and the same as tables.

mod export;
mod tables;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::page::{FieldLine, Page, PageState};
use jasaq_fieldbook::model::words::Note;
use jasaq_fieldbook::{Fieldbook, PageView};
use serde_json::{Value, json};

use crate::arguments::book::PageCommand;
use crate::failure::Failure;
use crate::output::{Reply, with_fields};
use crate::program::{Program, find_patrol};
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// One of them.
pub(super) fn run(program: &Program, command: &PageCommand) -> Result<Reply, Failure> {
    match command {
        PageCommand::Preview { patrol } => preview(program, patrol.as_deref()),
        PageCommand::Seal { patrol, reason } => seal(program, patrol.as_deref(), reason.as_ref()),
        PageCommand::List => list(program),
        PageCommand::Show { page } => show(program, page),
        PageCommand::Export { page, output, without_personal } => {
            export::export(program, (page, output), *without_personal)
        }
        PageCommand::Countersign { page } => countersign(program, page),
        PageCommand::Enter { page, section, day } => {
            let (number, hash) = program.with_fieldbook(|fieldbook| {
                let view = find_page(fieldbook, page)?;
                let day = day.unwrap_or_else(|| fieldbook.today());
                fieldbook.enter_page((view.patrol, view.hash), (section.clone(), day))?;
                Ok((number_of(&view), view.hash))
            })?;
            let told = Message::new("page-entered").with("number", number.clone().unwrap_or_default());
            Ok(Reply::new(json!({ "page": hash, "number": number })).text(program.words.say(told)))
        }
        PageCommand::Reopen { page, reason } => {
            let patrol = program.with_fieldbook(|fieldbook| {
                let view = find_page(fieldbook, page)?;
                fieldbook.reopen_patrol(view.patrol, reason.clone())?;
                Ok(view.patrol)
            })?;
            Ok(Reply::new(json!({ "patrol": patrol })).text(program.words.say("page-reopened")))
        }
    }
}

fn preview(program: &Program, prefix: Option<&str>) -> Result<Reply, Failure> {
    let (page, patrol) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, prefix)?;
        Ok((fieldbook.preview_page(patrol, None)?.page, patrol))
    })?;
    let words = &program.words;
    let reply = Reply::new(json!({ "patrol": patrol, "page": page })).text(text_of(&page, words));
    Ok(reply.note(words.say("page-preview-next")))
}

fn seal(program: &Program, prefix: Option<&str>, reason: Option<&Note>) -> Result<Reply, Failure> {
    let (patrol, page) = program.with_fieldbook(|fieldbook| {
        let patrol: PatrolId = find_patrol(program, fieldbook, prefix)?;
        Ok((patrol, fieldbook.seal_page(patrol, reason)?))
    })?;
    let reply = Reply::new(json!({ "patrol": patrol, "page": page })).text(page.to_string());
    Ok(reply.note(program.words.say("page-sealed")))
}

fn countersign(program: &Program, page: &str) -> Result<Reply, Failure> {
    let (number, hash) = program.with_fieldbook(|fieldbook| {
        let view = find_page(fieldbook, page)?;
        Ok((fieldbook.countersign_page((view.patrol, view.hash))?, view.hash))
    })?;
    let told = Message::new("page-countersigned").with("number", number.to_string());
    let json = json!({ "page": hash, "number": number.to_string() });
    Ok(Reply::new(json).text(program.words.say(told)))
}

/// The page that is meant by a number, or by how its hash begins.
pub(super) fn find_page(fieldbook: &mut Fieldbook, written: &str) -> Result<PageView, Failure> {
    let pages = fieldbook.pages()?;
    let digits = written.to_ascii_lowercase();
    let is_meant = |view: &&PageView| {
        view.numbers.iter().any(|number| number.to_string() == written)
            || digits.len() >= crate::limits::PREFIX_DIGITS_MIN && view.hash.to_string().starts_with(&digits)
    };
    let found: Vec<&PageView> = pages.iter().filter(is_meant).collect();
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        _ => Err(Failure::usage("page-unknown")),
    }
}

pub(super) fn number_of(view: &PageView) -> Option<String> {
    view.numbers.iter().min().map(ToString::to_string)
}

fn list(program: &Program) -> Result<Reply, Failure> {
    let pages = program.with_fieldbook(|fieldbook| Ok(fieldbook.pages()?))?;
    let words = &program.words;
    let mut columns = Columns::new(words, &["column-page", "column-patrol", "column-hash", "column-state"]);
    for view in &pages {
        columns.row([
            number_of(view).unwrap_or_else(|| words.say("page-unnumbered")),
            short(&view.patrol.to_string()),
            short(&view.hash.to_string()),
            state_text(view, words),
        ]);
    }
    let json = json!({ "pages": pages.iter().map(view_json).collect::<Vec<_>>() });
    let text = if pages.is_empty() { words.say("page-none") } else { columns.to_string() };
    let due = pages
        .iter()
        .filter(|view| view.is_last && view.state == PageState::Sealed)
        .count();
    let reply = Reply::new(json).text(text);
    let told = Message::new("page-due").with("count", due);
    Ok(if due > 0 { reply.note(words.say(told)) } else { reply })
}

fn state_text(view: &PageView, words: &Words) -> String {
    let mut parts = vec![view.state.word(words.language()).to_owned()];
    if view.is_forked {
        parts.push(words.say("page-forked"));
    } else if !view.is_last {
        parts.push(words.say("page-followed"));
    }
    parts.join(" · ")
}

fn view_json(view: &PageView) -> Value {
    json!({
        "page": view.hash,
        "patrol": view.patrol,
        "number": number_of(view),
        "numbers": view.numbers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "state": view.state,
        "is_last": view.is_last,
        "is_forked": view.is_forked,
        "sealed_at": view.page.sealed_at,
        "events": view.page.events.len(),
    })
}

fn show(program: &Program, page: &str) -> Result<Reply, Failure> {
    let (view, openings) = program.with_fieldbook(|fieldbook| {
        let view = find_page(fieldbook, page)?;
        let openings = fieldbook.page_openings(&view)?;
        Ok((view, openings))
    })?;
    let words = &program.words;
    let number = number_of(&view).unwrap_or_else(|| words.say("page-unnumbered"));
    let mut lines = vec![
        format!(
            "{} · {}",
            words.say(Message::new("page-of").with("number", number)),
            state_text(&view, words)
        ),
        words.say(Message::new("page-hash").with("hash", view.hash.to_string())),
    ];
    lines.extend(
        view.page
            .before
            .as_ref()
            .map(|before| words.say(Message::new("page-before").with("before", short(before)))),
    );
    lines.push(text_of(&view.page, words));
    lines.extend(openings.iter().map(|opening| format!("  {}: {}", opening.path, opening.value)));
    let json = with_fields(view_json(&view), json!({ "content": view.page, "openings": openings }));
    Ok(Reply::new(json).text(lines.join("\n")))
}

/// What a page says, in its order.
fn text_of(page: &Page, words: &Words) -> String {
    let mut lines = vec![words.say("reconcile-patrol")];
    lines.extend(page.header.iter().map(|line| field_text(line, words)));
    lines.push(words.say("page-members"));
    for member in &page.members {
        lines.push(format!("  {}  {}", short(&member.member), member.attended));
    }
    lines.push(words.say("reconcile-events"));
    for event in &page.events {
        lines.push(format!("  {}. {}", event.number, event.at));
        lines.extend(event.fields.iter().map(|line| format!("  {}", field_text(line, words))));
    }
    if !page.cases.is_empty() {
        lines.push(words.say("page-cases"));
        lines.extend(page.cases.iter().map(|case| format!("  {}  {}", short(&case.case), case.stage)));
    }
    lines.join("\n")
}

fn field_text(line: &FieldLine, words: &Words) -> String {
    use jasaq_fieldbook::model::settling::SettledField;

    let name = SettledField::from_code(&line.field)
        .map_or_else(|| line.field.clone(), |field| field.word(words.language()).to_owned());
    let others: Vec<&str> = line.others.iter().map(|other| other.value.as_str()).collect();
    let mut text = format!("  {name}: {}", line.value.as_deref().unwrap_or_default());
    if line.of > 1 {
        text = format!("{text} ({}/{})", line.said, line.of);
    }
    if !others.is_empty() {
        text = format!("{text} [{}]", others.join(" | "));
    }
    match line.decided.as_ref().and_then(|decided| decided.reason.as_ref()) {
        Some(reason) => {
            let reason = words.say(Message::new("reconcile-reason").with("reason", reason.clone()));
            format!("{text} · {reason}")
        }
        None => text,
    }
}
