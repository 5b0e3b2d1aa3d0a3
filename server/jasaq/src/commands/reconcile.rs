//! `reconcile`: from several phones' logs to what one page will say (requirements §7.3; screens L-1 to L-8).

mod decided;
mod shown;
mod value;

use jasaq_fieldbook::model::ids::{Author, PatrolId, StatementRef};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::reconcile::OpenDecision;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::settling::{Choice, Sameness, SettledField};
use jasaq_fieldbook::model::words::{Note, Text};
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, Reconciling};
use serde_json::json;

use crate::arguments::book::{
    AttendArguments, DecideArguments, EventArguments, ExcuseArguments, FieldArguments, ReconcileCommand,
    SamenessArguments,
};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, find_device, find_member, find_patrol};
use crate::table::short;
use crate::words::Message;

/// One of them.
pub(super) fn run(program: &Program, command: &ReconcileCommand) -> Result<Reply, Failure> {
    match command {
        ReconcileCommand::Show { patrol } => show(program, patrol.as_deref()),
        ReconcileCommand::Decide(arguments) => decide(program, arguments),
        ReconcileCommand::Field(arguments) => field(program, arguments),
        ReconcileCommand::Event(arguments) => event(program, arguments),
        ReconcileCommand::Excuse(arguments) => excuse(program, arguments),
        ReconcileCommand::Attend(arguments) => attend(program, arguments),
        ReconcileCommand::Undo { key, patrol, reason } => undo(program, (key, patrol.as_deref()), reason),
    }
}

fn show(program: &Program, prefix: Option<&str>) -> Result<Reply, Failure> {
    let reconciling = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, prefix)?;
        Ok(fieldbook.reconcile(patrol)?)
    })?;
    let words = &program.words;
    Ok(Reply::new(shown::to_json(&reconciling, words)).text(shown::to_text(&reconciling, words)))
}

/// Decides what is open, by its id.
fn decide(program: &Program, arguments: &DecideArguments) -> Result<Reply, Failure> {
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let reconciling = fieldbook.reconcile(patrol)?;
        let open = find_decision(&reconciling, &arguments.decision)?;
        let key = match &open {
            OpenDecision::SameEvent { entries, .. } => {
                let is = same(&arguments.sameness)?;
                let named = chosen(entries, &arguments.entries)?;
                fieldbook.decide_same((patrol, named), (is, arguments.reason.clone()))?
            }
            OpenDecision::Field { entries, field, .. } => {
                let choice = choice(fieldbook, arguments, (*field, entries))?;
                fieldbook.decide_field((patrol, *field, entries), (choice, arguments.reason.clone()))?
            }
        };
        Ok((patrol, key))
    })?;
    Ok(said(program, (patrol, &key), "reconcile-decision-said"))
}

fn said(program: &Program, (patrol, key): (PatrolId, &StatementRef), message: &'static str) -> Reply {
    Reply::new(json!({ "patrol": patrol, "key": key }))
        .text(program.words.say(message))
        .note(program.words.say("reconcile-decision-next"))
}

/// The open decision whose id begins so.
fn find_decision(reconciling: &Reconciling, prefix: &str) -> Result<OpenDecision, Failure> {
    let mut found = reconciling.reconciled().open;
    let prefix = prefix.to_ascii_lowercase();
    found.retain(|open| open.id().starts_with(&prefix));
    match found.as_slice() {
        [only] => Ok(only.clone()),
        _ => Err(Failure::usage("reconcile-decision-unknown")),
    }
}

fn same(arguments: &SamenessArguments) -> Result<Sameness, Failure> {
    match (arguments.one, arguments.separate) {
        (true, _) => Ok(Sameness::One),
        (_, true) => Ok(Sameness::Separate),
        _ => Err(Failure::usage("reconcile-choice-other")),
    }
}

/// Of the entries that are asked about those that are named; all, if none is.
fn chosen(entries: &Before, named: &[StatementRef]) -> Result<Vec<Cause>, Failure> {
    if named.is_empty() {
        return Ok(entries.iter().cloned().collect());
    }
    named.iter().map(|key| cause_in(entries, key)).collect()
}

fn cause_in(entries: &Before, key: &StatementRef) -> Result<Cause, Failure> {
    let found = entries.iter().find(|cause| cause.key == *key);
    found
        .cloned()
        .ok_or_else(|| FieldbookRefused::from(LogRefused::NotThere).into())
}

fn choice(
    fieldbook: &mut Fieldbook,
    arguments: &DecideArguments,
    (field, entries): (SettledField, &Before),
) -> Result<Choice, Failure> {
    if let Some(key) = &arguments.take {
        return Ok(Choice::Said(cause_in(entries, key)?));
    }
    match &arguments.value {
        Some(value) => Ok(Choice::Another(value::stated(fieldbook, field, value)?)),
        None if arguments.undecided => Ok(Choice::Undecided),
        None if arguments.leave_out => Ok(Choice::LeftOut),
        None => Err(Failure::usage("reconcile-choice-other")),
    }
}

/// What of a field of the patrol itself stands: its statements are the patrol's starts, or its ends.
fn field(program: &Program, arguments: &FieldArguments) -> Result<Reply, Failure> {
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let entries = entries_of_header(fieldbook, patrol, arguments)?;
        let choice = Choice::Another(value::stated(fieldbook, arguments.field, &arguments.value)?);
        let decided = (choice, Some(arguments.reason.clone()));
        Ok((patrol, fieldbook.decide_field((patrol, arguments.field, &entries), decided)?))
    })?;
    Ok(said(program, (patrol, &key), "reconcile-decision-said"))
}

/// What of a field of an event stands, by an entry that tells of it.
fn event(program: &Program, arguments: &EventArguments) -> Result<Reply, Failure> {
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let reconciling = fieldbook.reconcile(patrol)?;
        let entries = reconciling.reconciled().events.iter().find_map(|event| {
            let is_named = event.told_by().any(|stated| stated.key == arguments.key);
            is_named.then(|| event.field(arguments.field).map(|state| state.entries.clone()))?
        });
        let entries = entries.ok_or_else(|| Failure::from(FieldbookRefused::from(LogRefused::NotThere)))?;
        let choice = match &arguments.value {
            Some(value) => Choice::Another(value::stated(fieldbook, arguments.field, value)?),
            None if arguments.undecided => Choice::Undecided,
            None => Choice::LeftOut,
        };
        let decided = (choice, Some(arguments.reason.clone()));
        Ok((patrol, fieldbook.decide_field((patrol, arguments.field, &entries), decided)?))
    })?;
    Ok(said(program, (patrol, &key), "reconcile-decision-said"))
}

fn entries_of_header(
    fieldbook: &mut Fieldbook,
    patrol: PatrolId,
    arguments: &FieldArguments,
) -> Result<Before, Failure> {
    let reconciling = fieldbook.reconcile(patrol)?;
    let reconciled = reconciling.reconciled();
    let like = match arguments.field {
        SettledField::End => SettledField::End,
        _ => SettledField::Start,
    };
    let state = reconciled
        .header_field(arguments.field)
        .or_else(|| reconciled.header_field(like));
    let state = state.ok_or_else(|| Failure::from(FieldbookRefused::from(LogRefused::NotThere)))?;
    Ok(state.entries.clone())
}

fn excuse(program: &Program, arguments: &ExcuseArguments) -> Result<Reply, Failure> {
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let device = find_device(fieldbook, &arguments.device)?.device;
        let device = Author::from_bytes(*device.as_bytes());
        let why = (arguments.why, arguments.word.clone());
        Ok((patrol, fieldbook.excuse_phone((patrol, device), why)?))
    })?;
    Ok(said(program, (patrol, &key), "reconcile-excused"))
}

fn attend(program: &Program, arguments: &AttendArguments) -> Result<Reply, Failure> {
    let (patrol, member, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let member = find_member(fieldbook, &arguments.member)?;
        let was = (arguments.was, arguments.word.clone());
        Ok((patrol, member, fieldbook.say_attended((patrol, member), was)?))
    })?;
    let told = Message::new("reconcile-attended")
        .with("member", short(&member.to_string()))
        .with("was", arguments.was.word(program.words.language()));
    Ok(Reply::new(json!({ "patrol": patrol, "member": member, "was": arguments.was, "key": key }))
        .text(program.words.say(told))
        .note(program.words.say("reconcile-decision-next")))
}

/// Takes a decision back.
fn undo(
    program: &Program,
    (key, prefix): (&StatementRef, Option<&str>),
    reason: &Note,
) -> Result<Reply, Failure> {
    let reason = Text::new(reason.to_string()).map_err(FieldbookRefused::from)?;
    let (patrol, said_key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, prefix)?;
        let view = fieldbook.patrol(patrol)?;
        let stated = view.log.stated().iter().find(|stated| stated.key == *key);
        let cause = stated.map(jasaq_fieldbook::model::stated::Stated::cause);
        let cause = cause.ok_or_else(|| Failure::from(FieldbookRefused::from(LogRefused::NotThere)))?;
        Ok((patrol, fieldbook.take_back_of_log((patrol, &cause), reason)?))
    })?;
    Ok(said(program, (patrol, &said_key), "reconcile-undone"))
}
