//! `detention list` and `show`: how far a case has come, and whatever of it is read here. How long it has been is shown; how long
//! somebody may be held, the text does not say.

use jasaq_fieldbook::CaseView;
use jasaq_fieldbook::model::case::{CaseGap, CaseRecord, Earlier};
use jasaq_fieldbook::model::detention::{
    Detained, DetentionStep, ForceUsed, HandedOver, Protected, Released,
};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::moment::{Moment, UtcTime};
use jasaq_fieldbook::model::page::flags_of_case;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::words::Name;
use serde_json::{Value, json};

use super::find;
use super::page::{Page, without_persons};
use crate::commands::said::{self, Names};
use crate::commands::when;
use crate::failure::Failure;
use crate::log;
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::table::{Columns, day_and_time, short};
use crate::words::Words;

/// Every case that logs here name.
pub(super) fn list(program: &Program, prefix: Option<&str>) -> Result<Reply, Failure> {
    let words = &program.words;
    let mut cases: Vec<(PatrolId, CaseView)> = program.with_fieldbook(|fieldbook| {
        let mut cases = Vec::new();
        for patrol in said::patrols(program, fieldbook, prefix)? {
            cases.extend(fieldbook.cases(patrol)?.into_iter().map(|view| (patrol, view)));
        }
        Ok(cases)
    })?;
    cases.sort_by_key(|(_, view)| view.case);
    cases.dedup_by_key(|(_, view)| view.case);
    let headings = ["column-case", "column-patrol", "column-since", "column-state", "column-missing"];
    let mut columns = Columns::new(words, &headings).sparing(&["column-patrol"]);
    for (patrol, view) in &cases {
        let record = view.record();
        let since = began(&record).map(day_and_time).unwrap_or_default();
        let (case, patrol) = (short(&view.case.to_string()), short(&patrol.to_string()));
        columns.row([case, patrol, since, state(words, view), gaps(words, &record)]);
    }
    let json: Vec<Value> = cases.iter().map(|(patrol, view)| summary(*patrol, view)).collect();
    let text = if cases.is_empty() { words.say("case-none") } else { columns.to_string() };
    Ok(Reply::new(json!({ "cases": json })).text(text))
}

/// One case, as far as it is read here.
pub(super) fn show(program: &Program, prefix: &str) -> Result<Reply, Failure> {
    let (patrol, view, names) = program.with_fieldbook(|fieldbook| {
        let (patrol, case) = find(program, fieldbook, prefix)?;
        let view = fieldbook.cases(patrol)?.into_iter().find(|view| view.case == case);
        Ok((patrol, view, Names::of(fieldbook)?))
    })?;
    let Some(view) = view else { return Ok(Reply::silent()) };
    let (record, language) = (view.record(), program.words.language());
    let json = with_fields(
        summary(patrol, &view),
        json!({
            "detained": all_detained(&record),
            "steps": all_steps(&record),
            "handed_over": all_handed(&record),
            "released": all_released(&record),
            "force": record.force.iter().map(force_json).collect::<Vec<_>>(),
            "earlier": all_earlier(&record),
            "flags": flags_of_case(&record).iter().map(|odd| log::flag_json(odd, language)).collect::<Vec<_>>(),
        }),
    );
    let page = Page { words: &program.words, names: &names };
    Ok(Reply::new(json).text(page.write(patrol, &view)))
}

/// When somebody was detained, or force used.
fn began(record: &CaseRecord<'_>) -> Option<Moment> {
    let detained = record.detained.iter().map(|(stated, _)| *stated);
    let all = detained.chain(record.force.iter().map(|(stated, _)| *stated));
    all.map(|stated| stated.statement.happened_at()).min()
}

/// When it ended, if it did.
pub(super) fn ended(record: &CaseRecord<'_>) -> Option<UtcTime> {
    let handed = record.handed_over.iter().map(|(stated, _)| *stated);
    let all = handed.chain(record.released.iter().map(|(stated, _)| *stated));
    all.map(|stated| stated.statement.happened_at().time()).min()
}

/// From the detention until its end, or until now.
pub(super) fn held_ms(record: &CaseRecord<'_>) -> Option<u64> {
    let began = record
        .detained
        .iter()
        .map(|(stated, _)| stated.statement.happened_at().time())
        .min()?;
    when::ms_between(began, ended(record).unwrap_or_else(|| when::now().time()))
}

/// How far it has come, or why that is not known here.
pub(super) fn state(words: &Words, view: &CaseView) -> String {
    if !view.said.is_empty() && !view.is_awaited {
        return view.record().stage().word(words.language()).to_owned();
    }
    words.say(if view.has_left { "case-has-left" } else { "case-not-read" })
}

/// What it still lacks.
pub(super) fn gaps(words: &Words, record: &CaseRecord<'_>) -> String {
    let gaps = record.gaps().into_iter().map(|gap: CaseGap| gap.word(words.language()));
    gaps.collect::<Vec<_>>().join("; ")
}

/// Without a word of who it is.
fn summary(patrol: PatrolId, view: &CaseView) -> Value {
    let record = view.record();
    let is_read = !view.said.is_empty() && !view.is_awaited;
    json!({
        "case": view.case,
        "patrol": patrol,
        "entries": view.entries.iter().map(log::cause_json).collect::<Vec<_>>(),
        "reads_whole": view.is_read_whole,
        "has_left": view.has_left,
        "awaited": view.is_awaited,
        "stage": is_read.then(|| record.stage()),
        "gaps": record.gaps(),
        "since": began(&record),
        "held_ms": held_ms(&record),
    })
}

fn stated_json(stated: &Stated, (replaces, because): (&Before, &Option<Name>), said: Value) -> Value {
    let head = json!({
        "key": stated.key,
        "author": stated.author,
        "member": stated.member,
        "at": stated.statement.happened_at(),
        "recorded_at": stated.statement.clocks.recorded_at(),
    });
    let replaces: Vec<Value> = replaces.iter().map(log::cause_json).collect();
    let head = with_fields(head, json!({ "replaces": replaces, "because": because }));
    with_fields(head, said)
}

/// Who was detained, for programs.
pub(super) fn all_detained(record: &CaseRecord<'_>) -> Vec<Value> {
    record.detained.iter().map(detained_json).collect()
}

/// The steps, for programs.
pub(super) fn all_steps(record: &CaseRecord<'_>) -> Vec<Value> {
    record.steps.iter().map(step_json).collect()
}

/// The same without what may tell who was detained.
pub(super) fn steps_without_persons(record: &CaseRecord<'_>) -> Vec<Value> {
    let steps = record.steps.iter();
    steps
        .map(|(stated, step)| step_json(&(stated, &without_persons(step))))
        .collect()
}

/// To whom he was handed over, for programs.
pub(super) fn all_handed(record: &CaseRecord<'_>) -> Vec<Value> {
    record.handed_over.iter().map(handed_json).collect()
}

/// By whose order he was released, for programs.
pub(super) fn all_released(record: &CaseRecord<'_>) -> Vec<Value> {
    record.released.iter().map(released_json).collect()
}

/// What was said first and stands no more, with what put it right or took it back, for programs.
pub(super) fn all_earlier(record: &CaseRecord<'_>) -> Vec<Value> {
    record.earlier.iter().filter_map(earlier_json).collect()
}

fn earlier_json(earlier: &Earlier<'_>) -> Option<Value> {
    let Earlier { said: stated, by } = *earlier;
    let Body::Protected(said) = &stated.statement.body else { return None };
    let json = match said {
        Protected::Detained(said) => detained_json(&(stated, said)),
        Protected::Step(said) => step_json(&(stated, said)),
        Protected::HandedOver(said) => handed_json(&(stated, said)),
        Protected::Released(said) => released_json(&(stated, said)),
        Protected::Force(said) => force_json(&(stated, said)),
    };
    let by = json!({
        "key": by.key,
        "author": by.author,
        "member": by.member,
        "recorded_at": by.statement.clocks.recorded_at(),
        "why": earlier.why(),
    });
    let after = if earlier.is_taken_back() { "taken_back" } else { "put_right" };
    Some(with_fields(json, json!({ "kind": stated.statement.kind(), after: by })))
}

fn detained_json((stated, said): &(&Stated, &Detained)) -> Value {
    let person = json!({
        "name": said.full_name,
        "born": said.born,
        "paper": said.paper,
        "offence": said.offence,
        "object": said.protected_object,
        "place": log::place_json(&said.place),
    });
    stated_json(stated, (&said.replaces, &said.because), person)
}

fn step_json((stated, said): &(&Stated, &DetentionStep)) -> Value {
    let json = json!({
        "step": said.step,
        "by": said.by,
        "language": said.language,
        "channel": said.channel,
        "whom": said.whom,
        "note": said.note,
    });
    stated_json(stated, (&said.replaces, &said.because), json)
}

fn handed_json((stated, said): &(&Stated, &HandedOver)) -> Value {
    let duty = said.duty.as_ref().map(
        |duty| json!({ "trigger": duty.trigger, "citizenship": duty.citizenship, "company": duty.company }),
    );
    let handed = json!({
        "receiver": said.receiver,
        "body": said.body,
        "officer": said.officer,
        "place_name": said.at_place,
        "items": said.items,
        "duty": duty,
    });
    stated_json(stated, (&said.replaces, &said.because), handed)
}

fn released_json((stated, said): &(&Stated, &Released)) -> Value {
    stated_json(
        stated,
        (&said.replaces, &said.because),
        json!({ "ordered_by": said.ordered_by, "reason": said.reason }),
    )
}

/// A use of force, for programs.
pub(super) fn force_json((stated, said): &(&Stated, &ForceUsed)) -> Value {
    let force = json!({
        "by": said.by,
        "means": said.means,
        "aim": said.aim,
        "necessity": said.necessity,
        "injuries": said.injuries,
        "witnesses": said.witnesses,
    });
    stated_json(stated, (&said.replaces, &said.because), force)
}
