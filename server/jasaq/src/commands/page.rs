//! `page`: seal, countersign, enter, reopen; what a page says, and the same as tables.

mod check;
mod export;
mod shown;
mod tables;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::page::PageState;
use jasaq_fieldbook::model::words::Note;
use jasaq_fieldbook::{Fieldbook, PageOrder, PageView, SealerEnded};
use serde_json::{Value, json};

use super::print::{draft_in_words, sealed_in_words};
use crate::arguments::book::PageCommand;
use crate::failure::{Class, Failure};
use crate::output::{Reply, with_fields};
use crate::program::{Program, find_patrol};
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// How the code on a print begins; number and hash follow.
const PRINTED_CODE: &str = "JASAQ-PAGE1:";

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
        PageCommand::Check { page } => check::check(program, page),
        PageCommand::Countersign { page, anyway } => countersign(program, page, anyway.as_ref()),
        PageCommand::Renumber { page } => renumber(program, page),
        PageCommand::Enter { page, section, day, replace } => {
            let (number, hash) = program.with_fieldbook(|fieldbook| {
                let view = find_page(fieldbook, page)?;
                let day = day.unwrap_or_else(|| fieldbook.today());
                let (page, entry) = ((view.patrol, view.hash), (section.clone(), day));
                match replace {
                    false => fieldbook.enter_page(page, entry)?,
                    true => fieldbook.put_entry_right(page, entry)?,
                };
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
        Ok((fieldbook.preview_page(patrol, None)?, patrol))
    })?;
    let words = &program.words;
    let text = shown::text_of(&draft_in_words((&page.page, &page.openings.openings), words), words);
    let reply = Reply::new(json!({ "patrol": patrol, "page": page.page })).text(text);
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

fn countersign(program: &Program, page: &str, anyway: Option<&Note>) -> Result<Reply, Failure> {
    let (number, view) = program.with_fieldbook(|fieldbook| {
        let view = find_page(fieldbook, page)?;
        let named = (view.patrol, view.hash);
        let number = match anyway {
            None => fieldbook.countersign_page(named)?,
            Some(why) => fieldbook.countersign_page_anyway(named, why)?,
        };
        Ok((number, view))
    })?;
    let told = Message::new("page-countersigned").with("number", number.to_string());
    let json = json!({
        "page": view.hash,
        "number": number.to_string(),
        "sealer_ended": view.sealer_ended.map(|ended| ended.day),
    });
    let reply = Reply::new(json).text(program.words.say(told));
    Ok(match ended_text(&view, &program.words) {
        Some(ended) => reply.note(ended),
        None => reply,
    })
}

fn renumber(program: &Program, page: &str) -> Result<Reply, Failure> {
    let (before, number, hash) = program.with_fieldbook(|fieldbook| {
        let view = find_page(fieldbook, page)?;
        let number = fieldbook.renumber_page((view.patrol, view.hash))?;
        Ok((number_of(&view).unwrap_or_default(), number, view.hash))
    })?;
    let told = Message::new("page-renumbered")
        .with("number", number.to_string())
        .with("before", before.clone());
    let json = json!({ "page": hash, "number": number.to_string(), "before": before });
    Ok(Reply::new(json)
        .text(program.words.say(told))
        .note(program.words.say("page-renumbered-next")))
}

/// The page that is meant by a number, by how its hash begins, or by what the code on a print says.
pub(super) fn find_page(fieldbook: &mut Fieldbook, written: &str) -> Result<PageView, Failure> {
    let pages = fieldbook.pages()?;
    let hash = written.strip_prefix(PRINTED_CODE).and_then(|rest| rest.split_once(':'));
    let digits = hash.map_or(written, |(_, hash)| hash).to_ascii_lowercase();
    let is_meant = |view: &&PageView| {
        view.numbers.iter().any(|number| number.to_string() == written)
            || digits.len() >= crate::limits::PREFIX_DIGITS_MIN && view.hash.to_string().starts_with(&digits)
    };
    let found: Vec<&PageView> = pages.iter().filter(is_meant).collect();
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(no_page()),
        _ => Err(Failure::new(Class::Rule, "page-of-several", &"several such pages")),
    }
}

/// None has this number or begins so.
pub(super) fn no_page() -> Failure {
    Failure::new(Class::Rule, "page-unknown", &"no such page here")
}

/// What the code on a print says: whether this page is in the book can be looked up with it. Capitals make a smaller code.
pub(super) fn printed_code(view: &PageView) -> String {
    let number = number_of(view).unwrap_or_else(|| "-".to_owned());
    format!("{PRINTED_CODE}{number}:{}", view.hash.to_string().to_ascii_uppercase())
}

pub(super) fn number_of(view: &PageView) -> Option<String> {
    view.numbers.iter().min().map(ToString::to_string)
}

fn list(program: &Program) -> Result<Reply, Failure> {
    let (pages, erased) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.pages()?, fieldbook.erased_numbers()?)))?;
    let erased: Vec<String> = erased.iter().map(ToString::to_string).collect();
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
    let json = json!({ "pages": pages.iter().map(view_json).collect::<Vec<_>>(), "erased": erased });
    let mut text = if pages.is_empty() { words.say("page-none") } else { columns.to_string() };
    if !erased.is_empty() {
        let told = Message::new("page-numbers-erased").with("numbers", erased.join(", "));
        text = format!("{}\n{}", text.trim_end(), words.say(told));
    }
    let due = pages
        .iter()
        .filter(|view| view.is_last() && view.state == PageState::Sealed)
        .count();
    let reply = Reply::new(json).text(text);
    let told = Message::new("page-due").with("count", due);
    Ok(if due > 0 { reply.note(words.say(told)) } else { reply })
}

fn state_text(view: &PageView, words: &Words) -> String {
    let mut parts = vec![view.state.word(words.language()).to_owned()];
    parts.extend(remarks_on(view).into_iter().map(|id| words.say(id)));
    parts.extend(ended_text(view, words));
    let anyway = view
        .anyway
        .as_ref()
        .map(|why| Message::new("page-anyway").with("why", why.to_string()));
    parts.extend(anyway.map(|told| words.say(told)));
    parts.join(" · ")
}

/// That whoever sealed it was not on the squad any more, or that this was his last day there.
fn ended_text(view: &PageView, words: &Words) -> Option<String> {
    let SealerEnded { day, is_that_day } = view.sealer_ended?;
    let id = if is_that_day { "page-sealer-ended-that-day" } else { "page-sealer-ended" };
    Some(words.say(Message::new(id).with("day", day.to_string())))
}

/// What whoever relies on a page has to know beside what it says.
pub(super) fn remarks_on(view: &PageView) -> Vec<&'static str> {
    let order = match view.order {
        _ if view.is_forked => Some("page-forked"),
        PageOrder::Last => None,
        PageOrder::Followed => Some("page-followed"),
        PageOrder::PassedOver => Some("page-passed-over"),
    };
    let reopened = view.is_reopened.then_some("page-opened-again");
    let taken = view.is_number_taken.then_some("page-number-twice");
    [order, reopened, taken].into_iter().flatten().collect()
}

fn view_json(view: &PageView) -> Value {
    json!({
        "page": view.hash,
        "patrol": view.patrol,
        "number": number_of(view),
        "numbers": view.numbers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "state": view.state,
        "is_last": view.is_last(),
        "is_forked": view.is_forked,
        "is_passed_over": view.order == PageOrder::PassedOver,
        "is_reopened": view.is_reopened,
        "is_number_taken": view.is_number_taken,
        "anyway": view.anyway,
        "sealer_ended": view.sealer_ended.map(|ended| ended.day),
        "sealer_ended_that_day": view.sealer_ended.is_some_and(|ended| ended.is_that_day),
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
    lines.push(shown::text_of(&sealed_in_words((&view, &openings), words), words));
    let json = with_fields(view_json(&view), json!({ "content": view.page, "openings": openings }));
    Ok(Reply::new(json).text(lines.join("\n")))
}
