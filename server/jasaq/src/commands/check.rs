//! `check`: what the three registers said, and who is to be removed from a squad (001-§15, 17, 19).

use jasaq_fieldbook::model::law::repeated_offences;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind, CheckOutcome};
use jasaq_fieldbook::{Copies, Kept, PersonView};
use serde_json::{Value, json};

use super::meant;
use super::people::{in_order, name_of};
use crate::arguments::check::{CheckArguments, CheckCommand};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// One of them.
pub(super) fn run(program: &Program, command: &CheckCommand) -> Result<Reply, Failure> {
    match command {
        CheckCommand::Record(arguments) => record(program, arguments),
        CheckCommand::Offence { person, day } => offence(program, person, *day),
        CheckCommand::Show => show(program),
        CheckCommand::Copies { person, delete } => copies(program, person, *delete),
        CheckCommand::Exclude { person, squad, day, keep_copies } => {
            exclude(program, (person, squad.as_deref()), (*day, *keep_copies))
        }
    }
}

fn record(program: &Program, arguments: &CheckArguments) -> Result<Reply, Failure> {
    let given = [
        (CheckKind::CriminalRecord, arguments.criminal_record),
        (CheckKind::NarcologicalRegister, arguments.narcological_register),
        (CheckKind::PsychoneurologicalRegister, arguments.psychoneurological_register),
    ];
    let findings: Vec<(CheckKind, CheckFinding)> =
        given.into_iter().filter_map(|(kind, finding)| Some((kind, finding?))).collect();
    let (before, after, is_erased) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, &arguments.person)?;
        let person = view.record.person;
        let day = meant::day(fieldbook, arguments.day);
        fieldbook.record_checks(person, &findings, day)?;
        Ok((view, fieldbook.person(person)?, fieldbook.is_erased_by_unit(person)?))
    })?;
    let words = &program.words;
    let asked = asked(&after);
    let told = Message::new("check-recorded")
        .with("person", name_of(&before.record))
        .with("asked", asked)
        .with("all", CheckKind::ALL.len());
    let found = findings.iter().any(|(_, finding)| *finding == CheckFinding::Circumstance);
    let json = json!({
        "person": after.record.person, "recorded": findings.len(), "asked": asked,
        "is_complete": asked == CheckKind::ALL.len(), "erased_by_unit": is_erased,
    });
    let next = if is_erased { "list-erased-by-unit" } else { next_of(&after) };
    let reply = Reply::new(json).text(words.say(told));
    let is_earlier = next == "check-next-exclude" && !found;
    let reply = if is_earlier { reply.note(words.say("check-next-stands")) } else { reply };
    Ok(reply.note(words.say(next)))
}

/// What is done next with whom was checked.
fn next_of(view: &PersonView) -> &'static str {
    let finds = |kind: &CheckKind| view.record.finding(*kind) == Some(CheckFinding::Circumstance);
    if view.record.decision() == Some(CheckOutcome::Refused) {
        "application-refused-next"
    } else if CheckKind::ALL.iter().any(finds) {
        "check-next-exclude"
    } else if view.record.is_checked() {
        "check-next-register"
    } else {
        "check-next-missing"
    }
}

/// How many of the three registers have answered.
fn asked(view: &PersonView) -> usize {
    let answered = |kind: &&CheckKind| view.record.finding(**kind).is_some();
    CheckKind::ALL.iter().filter(answered).count()
}

fn offence(program: &Program, person: &str, day: Day) -> Result<Reply, Failure> {
    let (view, repeated) = program.with_fieldbook(|fieldbook| {
        let person = meant::person(program, fieldbook, person)?.record.person;
        let repeated = fieldbook.record_offence(person, day)?;
        Ok((fieldbook.person(person)?, repeated))
    })?;
    let words = &program.words;
    let recorded = view.record.offences.iter().find(|said| said.what.day == day);
    let json = json!({
        "person": view.record.person, "day": day, "is_repeated": repeated.is_some(),
        "key": recorded.map(|said| &said.key),
    });
    let reply = Reply::new(json)
        .text(words.say("check-offence-recorded"))
        .note(words.say("check-offence-next"));
    // Of a person whose offences are repeated already this one may lie years from them.
    let mut others = view
        .record
        .offences
        .iter()
        .map(|said| said.what.day)
        .filter(|other| *other != day);
    let is_second = others.any(|other| repeated_offences(&[day, other], day.max(other)).is_some());
    Ok(if is_second { reply.note(words.say("check-offence-repeated")) } else { reply })
}

/// Who is being checked. What was found stands in none of it.
fn show(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let views = program.with_fieldbook(|fieldbook| Ok(fieldbook.in_check()?))?;
    let Some(mut views) = views else {
        return Ok(meant::not_read(words, Kept::Checks, json!({ "persons": null })));
    };
    in_order(&mut views);
    let mut columns = Columns::new(words, &["column-person", "column-name", "column-state", "column-asked"]);
    let mut all: Vec<Value> = Vec::new();
    for view in &views {
        let told = Message::new("check-asked")
            .with("asked", asked(view))
            .with("all", CheckKind::ALL.len());
        columns.row([
            short(&view.record.person.to_string()),
            name_of(&view.record),
            view.record.state().word(words.language()).to_owned(),
            words.say(told),
        ]);
        all.push(json!({
            "person": view.record.person, "full_name": view.record.full_name(),
            "state": view.record.state(), "asked": asked(view),
        }));
    }
    let text = if views.is_empty() { words.say("check-none") } else { columns.to_string() };
    Ok(Reply::new(json!({ "persons": all })).text(text))
}

fn exclude(
    program: &Program,
    (person, squad): (&str, Option<&str>),
    (day, keeps): (Option<Day>, bool),
) -> Result<Reply, Failure> {
    let (view, squad, day, deleted) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, person)?;
        let squad = meant::squad_of(program, fieldbook, (&view, squad))?;
        let day = meant::day(fieldbook, day);
        let deleted = fieldbook.exclude(view.record.person, (squad, day), after_check(keeps))?;
        Ok((view, squad, day, deleted))
    })?;
    let words = &program.words;
    let told = Message::new("check-excluded").with("person", name_of(&view.record));
    let json = json!({ "person": view.record.person, "squad": squad, "day": day, "copies_deleted": deleted });
    let reply = Reply::new(json).text(words.say(told));
    Ok(tell_copies(words, reply, deleted).note(words.say("check-excluded-next")))
}

/// What becomes of the copies of the papers once a check is done, by what was asked.
pub(super) fn after_check(keeps: bool) -> Copies {
    if keeps { Copies::Keep } else { Copies::Delete }
}

/// Says that copies were deleted, if any were.
pub(super) fn tell_copies(words: &Words, reply: Reply, deleted: usize) -> Reply {
    match deleted {
        0 => reply,
        count => reply.note(words.say(Message::new("copies-deleted").with("count", count))),
    }
}

fn copies(program: &Program, person: &str, delete: bool) -> Result<Reply, Failure> {
    let words = &program.words;
    let (person, copies, deleted) = program.with_fieldbook(|fieldbook| {
        fieldbook.check_reads(Kept::Lists)?;
        let person = meant::person(program, fieldbook, person)?.record.person;
        let deleted = if delete { fieldbook.delete_copies(person)? } else { 0 };
        Ok((person, fieldbook.copies_of(person)?, deleted))
    })?;
    let mut columns = Columns::new(words, &["column-key", "column-type", "column-size", "column-state"]);
    let mut all: Vec<Value> = Vec::new();
    for copy in &copies {
        let state = if copy.is_erased { words.say("copy-deleted") } else { String::new() };
        columns.row([
            copy.key.as_str().to_owned(),
            copy.media.to_string(),
            copy.content_bytes.to_string(),
            state,
        ]);
        all.push(json!({
            "key": copy.key.as_str(), "media": copy.media.to_string(), "bytes": copy.content_bytes,
            "is_deleted": copy.is_erased,
        }));
    }
    let text = if copies.is_empty() { words.say("copies-none") } else { columns.to_string() };
    let json = json!({ "person": person, "copies": all, "copies_deleted": deleted });
    Ok(tell_copies(words, Reply::new(json).text(text), deleted))
}
