//! `page check`: a page beside the log that is here.

use jasaq_fieldbook::PageBesideLog;
use jasaq_fieldbook::model::page::PageSection;
use serde_json::json;

use super::find_page;
use crate::failure::{Class, Failure};
use crate::log::cause_json;
use crate::output::Reply;
use crate::program::Program;
use crate::words::{Message, Words};

pub(super) fn check(program: &Program, page: &str) -> Result<Reply, Failure> {
    let (view, beside) = program.with_fieldbook(|fieldbook| {
        let view = find_page(fieldbook, page)?;
        let beside = fieldbook.page_beside_log((view.patrol, view.hash))?;
        Ok((view, beside))
    })?;
    let is_good = beside.missing.is_empty() && beside.differing.is_empty();
    let json = json!({
        "page": view.hash,
        "is_good": is_good,
        "missing": beside.missing.iter().map(cause_json).collect::<Vec<_>>(),
        "late": beside.late.iter().map(cause_json).collect::<Vec<_>>(),
        "differing": beside.differing,
    });
    let reply = Reply::new(json).text(text_of(&beside, &program.words));
    Ok(if is_good { reply } else { reply.falling_short(Class::Rule) })
}

fn text_of(PageBesideLog { missing, late, differing }: &PageBesideLog, words: &Words) -> String {
    let mut lines = Vec::new();
    match (missing.len(), differing.as_slice()) {
        (0, []) => lines.push(words.say("page-check-good")),
        (0, sections) => {
            lines.push(words.say("page-check-differs"));
            let named = sections.iter().map(|section: &PageSection| section.word(words.language()));
            lines.extend(named.map(|section| format!("! {section}")));
        }
        (count, _) => lines.push(words.say(Message::new("page-check-missing").with("count", count))),
    }
    if !late.is_empty() {
        lines.push(words.say(Message::new("page-check-late").with("count", late.len())));
    }
    lines.join("\n")
}
