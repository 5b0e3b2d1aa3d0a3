//! `held`: what was said past what a removal or a change of role let stand, and what is decided about it.

use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::ids::hexadecimal;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::{Kind, Scalar};
use jasaq_fieldbook::{EnrolRefused, Fieldbook, FieldbookRefused, HeldReason, HeldView, JudgeRefused};
use serde_json::{Value, json};

use crate::arguments::codes::short_code;
use crate::arguments::judging::HeldCommand;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, day_and_time, moment_of, short};
use crate::words::{Message, Words};

/// One of the four.
pub(super) fn run(program: &Program, command: &HeldCommand) -> Result<Reply, Failure> {
    match command {
        HeldCommand::List => list(program),
        HeldCommand::Show { key } => show(program, key),
        HeldCommand::Admit { keys } => decide(program, keys, true),
        HeldCommand::Dismiss { keys } => decide(program, keys, false),
    }
}

fn list(program: &Program) -> Result<Reply, Failure> {
    let held = program.with_fieldbook(|fieldbook| Ok(fieldbook.held()?))?;
    let words = &program.words;
    let columns = ["column-key", "column-name", "column-role", "column-when", "column-said", "column-why"];
    let mut columns = Columns::new(words, &columns);
    for view in &held {
        columns.row([
            view.key.to_string(),
            who(view),
            view.role
                .map_or_else(String::new, |role| role.word(words.language()).to_owned()),
            view.happened_at
                .map(|at| day_and_time(moment_of(at.unix_ms())))
                .unwrap_or_default(),
            view.text.clone().unwrap_or_else(|| kind(words, view)),
            why(words, view),
        ]);
    }
    let json = json!({ "held": held.iter().map(to_json).collect::<Vec<_>>() });
    if held.is_empty() {
        return Ok(Reply::new(json).text(words.say("held-none")));
    }
    let reply = Reply::new(json).text(columns.to_string());
    let may = held.iter().any(|view| view.may_decide);
    Ok(reply.note(words.say(if may { "held-next" } else { "held-ask" })))
}

fn show(program: &Program, key: &str) -> Result<Reply, Failure> {
    let view = program.with_fieldbook(|fieldbook| one_of(fieldbook.held()?, key))?;
    let words = &program.words;
    let head = Message::new("held-show")
        .with("key", view.key.to_string())
        .with("who", who(&view))
        .with("why", why(words, &view));
    let mut text = words.say(head);
    for (name, value) in view.fields.iter() {
        text = format!("{text}\n  {name}: {}", said(value));
    }
    Ok(Reply::new(to_json(&view)).text(text))
}

/// A field as a person reads it; bytes as digits.
fn said(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) => text.clone(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Flag(flag) => flag.to_string(),
        Scalar::Bytes(bytes) => hexadecimal(bytes),
    }
}

fn decide(program: &Program, keys: &[String], is_admitted: bool) -> Result<Reply, Failure> {
    let decided = program.with_fieldbook(|fieldbook| {
        let keys = keys
            .iter()
            .map(|key| read_key(fieldbook, key))
            .collect::<Result<Vec<_>, Failure>>()?;
        fieldbook.decide_held(&keys, is_admitted)?;
        Ok(keys)
    })?;
    let id = if is_admitted { "held-admitted" } else { "held-dismissed" };
    let told = program.words.say(Message::new(id).with("count", decided.len()));
    let keys: Vec<String> = decided.iter().map(ToString::to_string).collect();
    let json = json!({ if is_admitted { "admitted" } else { "dismissed" }: keys });
    Ok(Reply::new(json).text(told).note(program.words.say("device-confirmed-next")))
}

/// The key of a held statement that begins so; else the key as it stands, of one that was admitted before.
fn read_key(fieldbook: &mut Fieldbook, given: &str) -> Result<StatementRef, Failure> {
    match one_of(fieldbook.held()?, given) {
        Ok(view) => Ok(view.key),
        Err(nothing) => StatementRef::new(given.to_owned()).map_err(|_| nothing),
    }
}

fn one_of(held: Vec<HeldView>, prefix: &str) -> Result<HeldView, Failure> {
    let is_whole = held.iter().any(|view| view.key.as_str() == prefix);
    let fits = |view: &HeldView| {
        if is_whole { view.key.as_str() == prefix } else { view.key.as_str().starts_with(prefix) }
    };
    let mut found = held.into_iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(view), None) => Ok(view),
        _ => Err(FieldbookRefused::Enrol(EnrolRefused::Judge(JudgeRefused::NothingHeld)).into()),
    }
}

fn who(view: &HeldView) -> String {
    view.name.clone().unwrap_or_else(|| short(&view.author.to_string()))
}

/// What kind of statement it is; the code of one that only a newer program knows.
fn kind(words: &Words, view: &HeldView) -> String {
    let known = Kind::from_code(&view.kind);
    known.map_or_else(|| view.kind.clone(), |kind| kind.word(words.language()).to_owned())
}

fn why(words: &Words, view: &HeldView) -> String {
    let reason = match view.reason {
        HeldReason::Removed => "held-removed",
        HeldReason::RoleChanged => "held-role-changed",
    };
    let reason = words.say(reason);
    if view.is_dismissed { format!("{reason}; {}", words.say("held-is-dismissed")) } else { reason }
}

fn to_json(view: &HeldView) -> Value {
    json!({
        "key": view.key.to_string(),
        "author": view.author.to_string(),
        "name": view.name,
        "role": view.role.map(Role::code),
        "short_role": view.role.map(short_code),
        "reason": view.reason,
        "kind": view.kind,
        "document": view.document.to_string(),
        "happened_at": view.happened_at.map(|at| at.to_string()),
        "received_at": view.received_at.map(|at| at.to_string()),
        "text": view.text,
        "dismissed": view.is_dismissed,
        "may_decide": view.may_decide,
    })
}
