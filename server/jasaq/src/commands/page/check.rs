//! `page check`: a page beside the log that is here.

use jasaq_fieldbook::model::page::{GateKind, PageSection};
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::{PageBesideLog, UnsettledReason};
use serde_json::{Value, json};

use super::find_page;
use crate::failure::{Class, Failure};
use crate::log::{cause_json, reason_word};
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::words::{Message, Words};

pub(super) fn check(program: &Program, page: &str) -> Result<Reply, Failure> {
    let (view, beside) = program.with_fieldbook(|fieldbook| {
        let view = find_page(fieldbook, page)?;
        let beside = fieldbook.page_beside_log((view.patrol, view.hash))?;
        Ok((view, beside))
    })?;
    let json = json!({
        "page": view.hash,
        "is_good": beside.is_good(),
        "missing": beside.missing.iter().map(missing_json).collect::<Vec<_>>(),
        "late": beside.late.iter().map(cause_json).collect::<Vec<_>>(),
        "differing": beside.differing,
        "gates": beside.gates,
        "unopened": beside.unopened,
    });
    let reply = Reply::new(json).text(text_of(&beside, &program.words));
    Ok(if beside.is_good() { reply } else { reply.falling_short(Class::Rule) })
}

fn missing_json((cause, why): &(Cause, Option<UnsettledReason>)) -> Value {
    with_fields(cause_json(cause), json!({ "why": why }))
}

fn text_of(beside: &PageBesideLog, words: &Words) -> String {
    let counted = |id: &'static str, count: usize| {
        (count > 0).then(|| words.say(Message::new(id).with("count", count)))
    };
    let language = words.language();
    let mut lines: Vec<String> = beside.is_good().then(|| words.say("page-check-good")).into_iter().collect();
    lines.extend(counted("page-check-missing", beside.missing.len()));
    let here = beside.missing.iter().filter_map(|(cause, why)| Some((cause, (*why)?)));
    let here = here.map(|(cause, why)| format!("{}: {}", cause.key, reason_word(words, why)));
    named("page-check-here", here, words, &mut lines);
    let differing = beside
        .differing
        .iter()
        .map(|section: &PageSection| section.word(language).to_owned());
    named("page-check-differs", differing, words, &mut lines);
    let gates = beside.gates.iter().map(|gate: &GateKind| gate.word(language).to_owned());
    named("page-check-gates", gates, words, &mut lines);
    lines.extend(counted("page-check-late", beside.late.len()));
    lines.extend(counted("page-check-unopened", beside.unopened));
    lines.join("\n")
}

/// A heading, and under it what it is about; nothing where there is nothing.
fn named(id: &'static str, found: impl Iterator<Item = String>, words: &Words, lines: &mut Vec<String>) {
    let mut found = found.peekable();
    lines.extend(found.peek().is_some().then(|| words.say(id)));
    lines.extend(found.map(|found| format!("! {found}")));
}
