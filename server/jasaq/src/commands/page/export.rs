//! `page export`: a page as tables, for offices that work with spreadsheets.
//!
//! Promises that a file holds what the page says and nothing that it does not: personal fields stand there only where what opens them
//! is held here, opens them, and was not left out; else it is said that they are withheld.

use std::collections::BTreeMap;
use std::path::Path;

use jasaq_fieldbook::PageView;
use jasaq_fieldbook::model::page::{Opening, PageChain};
use jasaq_printing::tables::CellOut;
use serde_json::json;

use super::tables::Tables;
use super::{find_page, number_of};
use crate::failure::Failure;
use crate::grid::{self, Grid, text, text_or_none};
use crate::output::Reply;
use crate::program::Program;
use crate::sheets::About;
use crate::words::{Message, Words};

/// What opens personal fields of a page, by their places: only what does.
pub(super) type Opened = BTreeMap<String, String>;

/// Writes a page as XLSX, or its events as CSV.
pub(super) fn export(
    program: &Program,
    (page, file): (&str, &Path),
    without_personal: bool,
) -> Result<Reply, Failure> {
    let words = &program.words;
    let (view, openings) = program.with_fieldbook(|fieldbook| {
        let view = find_page(fieldbook, page)?;
        let openings = if without_personal { Vec::new() } else { fieldbook.page_openings(&view)? };
        Ok((view, openings))
    })?;
    let opened = opened(&view, openings);
    let committed = view.bytes.commitments().count();
    let tables = Tables { page: &view.page, opened: &opened, words };
    let reason = tables.personal(view.page.reason.is_some(), "/reason");
    let grids: Vec<Grid> = std::iter::once(tables.events())
        .chain([about((&view, reason), words)])
        .chain(tables.others().into_iter().filter(|grid| !grid.is_empty()))
        .collect();
    let number = number_of(&view).unwrap_or_else(|| words.say("page-unnumbered"));
    let what = words.say(Message::new("page-of").with("number", number.clone()));
    let withheld = committed.saturating_sub(opened.len());
    let shown = Message::new("export-personal")
        .with("shown", opened.len())
        .with("withheld", withheld);
    grid::write(program, file, &grids, About { what, filter: words.say(shown) })?;
    let name = file.display().to_string();
    let told = Message::new("export-written").with("number", number).with("file", name.clone());
    let json = json!({
        "page": view.hash,
        "number": number_of(&view),
        "file": name,
        "events": view.page.events.len(),
        "personal_shown": opened.len(),
        "personal_withheld": withheld,
    });
    let reply = Reply::new(json).text(words.say(told));
    let told = Message::new("export-personal-withheld").with("withheld", withheld);
    Ok(if withheld > 0 { reply.note(words.say(told)) } else { reply })
}

/// An opening counts only if the page has the commitment that it opens.
fn opened(view: &PageView, openings: Vec<Opening>) -> Opened {
    let commitments = view.bytes.commitments();
    openings
        .into_iter()
        .filter(|opening| commitments.are_opened_by(opening))
        .map(|opening| (opening.path, opening.value))
        .collect()
}

/// What the page is, and who signed it.
fn about((view, reason): (&PageView, CellOut), words: &Words) -> Grid {
    let page = &view.page;
    let mut grid = Grid::new("export-sheet-page", &["column-what", "column-said"]);
    let mut line = |id: &'static str, said: CellOut| grid.row([text(words.say(id)), said]);
    line("export-number", text_or_none(number_of(view)));
    line("column-hash", text(view.hash));
    line("export-before", text_or_none(page.before.as_ref()));
    line("export-reason", reason);
    line("column-state", text(super::state_text(view, words)));
    line("column-patrol", text(&page.patrol));
    line("column-squad", text(&page.squad));
    line("export-sealed-at", text(&page.sealed_at));
    line("export-sealed-by", text(&page.sealed_by));
    let chain = PageChain::of(&view.log);
    for (stated, word) in chain.page(view.hash).into_iter().flat_map(|sealed| &sealed.countersigned) {
        line("export-countersigned-by", text(format!("{} · {}", word.number, stated.author)));
    }
    for (_, word) in chain.page(view.hash).into_iter().flat_map(|sealed| &sealed.entered) {
        line("export-entered", text(format!("{} · {}", word.day, word.section)));
    }
    let phones = page.phones.len();
    line("export-phones", CellOut::Count(u32::try_from(phones).unwrap_or(u32::MAX)));
    let statements: usize = page.statements.iter().map(|said| said.keys.len()).sum();
    line("export-statements", CellOut::Count(u32::try_from(statements).unwrap_or(u32::MAX)));
    line("export-not-the-book", CellOut::Empty);
    grid
}
