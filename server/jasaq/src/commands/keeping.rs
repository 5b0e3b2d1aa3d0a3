//! `training`, `strike-off`: what a structural subdivision keeps of its people (001-§11, 15, 22).

use jasaq_fieldbook::model::guards::{check_day, check_order, check_strike_off, is_running_head};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, Kept, NewTraining, PersonView, TrainingSession};
use serde_json::{Value, json};

use super::meant;
use super::people::{in_order, name_of};
use crate::arguments::keeping::{
    NewStrikeOffArguments, StrikeOffArguments, StrikeOffCommand, TrainingArguments, TrainingCommand,
};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// A session, or all of them.
pub(super) fn training(program: &Program, command: &TrainingCommand) -> Result<Reply, Failure> {
    match command {
        TrainingCommand::Record(arguments) => train(program, arguments),
        TrainingCommand::List => sessions(program),
    }
}

fn train(program: &Program, arguments: &TrainingArguments) -> Result<Reply, Failure> {
    let (military_unit, topics) = (arguments.unit.clone(), arguments.topics.clone());
    let (session, new) = program.with_fieldbook(|fieldbook| {
        fieldbook.check_may_state(Kind::Training)?;
        let mut persons = Vec::new();
        for given in &arguments.persons {
            let view = meant::person(program, fieldbook, given).map_err(|failure| of_whom(given, failure))?;
            persons.push(view.record.person);
        }
        persons.sort_unstable();
        persons.dedup();
        let day = meant::day(fieldbook, arguments.day);
        let new = NewTraining { persons, day, military_unit, topics };
        match fieldbook.record_training(&new) {
            Ok(session) => Ok((session, new)),
            Err(refused) => Err(untrainable(&program.words, fieldbook, (&new, refused))),
        }
    })?;
    let words = &program.words;
    let told = Message::new("training-recorded").with("count", new.persons.len());
    let json = json!({ "session": session, "day": new.day, "persons": new.persons });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("register-next-sync")))
}

/// The same failure with the name that was given, where of several it is not plain which.
fn of_whom(given: &str, failure: Failure) -> Failure {
    if failure.so_far.is_some() {
        return failure;
    }
    failure.after(Reply::new(json!({ "given": given })).text(given))
}

/// Of whom it is not recorded, and why: of one of them it would be recorded of nobody.
fn untrainable(
    words: &Words,
    fieldbook: &mut Fieldbook,
    (new, refused): (&NewTraining, FieldbookRefused),
) -> Failure {
    let whom = fieldbook.not_trainable(new).unwrap_or_default();
    if whom.is_empty() {
        return refused.into();
    }
    let mut columns = Columns::new(words, &["column-person", "column-name", "column-said"]);
    let mut persons = Vec::new();
    for (person, why) in &whom {
        let name = fieldbook.person(*person).map(|view| name_of(&view.record)).unwrap_or_default();
        columns.row([short(&person.to_string()), name, why.sentence(words.language())]);
        persons.push(json!({ "person": person, "why": why.sentence(words.language()) }));
    }
    Failure::from(refused).after(Reply::new(json!({ "refused": persons })).text(columns.to_string()))
}

fn sessions(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let sessions = program.with_fieldbook(|fieldbook| Ok(fieldbook.training_sessions()?))?;
    let Some(mut sessions) = sessions else {
        return Ok(meant::not_read(words, Kept::Books, json!({ "sessions": null })));
    };
    let mut all: Vec<Value> = Vec::new();
    for attended in &mut sessions {
        in_order(&mut attended.persons);
        let persons: Vec<_> = attended.persons.iter().map(|view| view.record.person).collect();
        all.push(json!({
            "session": attended.session, "day": attended.day, "military_unit": attended.military_unit,
            "topics": attended.topics, "persons": persons,
        }));
    }
    let text = if all.is_empty() { words.say("training-none") } else { sessions_table(words, &sessions) };
    Ok(Reply::new(json!({ "sessions": all })).text(text))
}

/// A row for each session, with who was there.
pub(super) fn sessions_table(words: &Words, sessions: &[TrainingSession]) -> String {
    let headings = ["column-session", "column-day", "column-military-unit", "column-topics", "column-who"];
    let mut columns = Columns::new(words, &headings);
    for attended in sessions {
        let names: Vec<String> = attended.persons.iter().map(|view| name_of(&view.record)).collect();
        columns.row([
            short(&attended.session.to_string()),
            attended.day.to_string(),
            attended.military_unit.to_string(),
            attended.topics.to_string(),
            names.join(", "),
        ]);
    }
    columns.to_string()
}

/// A strike-off, what it would mean, or the circumstance before it.
pub(super) fn strike_off(program: &Program, arguments: &StrikeOffArguments) -> Result<Reply, Failure> {
    match &arguments.command {
        Some(StrikeOffCommand::Circumstance { person, ground, day }) => {
            circumstance(program, person, (*ground, *day))
        }
        None => strike(program, &arguments.new),
    }
}

/// What a strike-off ends.
struct Effect {
    view: PersonView,
    certificate: Option<String>,
    headed: Vec<String>,
    rosters: usize,
    day: Day,
}

fn strike(program: &Program, arguments: &NewStrikeOffArguments) -> Result<Reply, Failure> {
    let (Some(person), Some(ground)) = (&arguments.person, arguments.ground) else {
        // The arguments see to it that both are there.
        return Err(Failure::usage("strike-off-incomplete"));
    };
    let effect = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, person)?;
        let day = meant::day(fieldbook, arguments.day);
        let effect = effect_of(fieldbook, view, day)?;
        if arguments.apply {
            fieldbook.strike_off(effect.view.record.person, (ground, arguments.death), day)?;
        } else {
            may_strike_off(fieldbook, &effect, (ground, arguments.death))?;
        }
        Ok(effect)
    })?;
    let words = &program.words;
    let json = json!({
        "person": effect.view.record.person, "day": effect.day, "applied": arguments.apply,
        "certificate": effect.certificate, "headship_ends": effect.headed, "rosters": effect.rosters,
    });
    let reply = Reply::new(json).text(tell(words, &effect, arguments.apply));
    Ok(match (arguments.apply, arguments.death) {
        (false, _) => reply.note(words.say("strike-off-apply-next")),
        (true, true) => reply.note(words.say("register-next-sync")),
        (true, false) => reply.note(words.say("strike-off-tell-next")),
    })
}

/// The same refusals as the step itself has.
fn may_strike_off(
    fieldbook: &mut Fieldbook,
    effect: &Effect,
    what: (ExclusionGround, bool),
) -> Result<(), Failure> {
    if fieldbook.status()?.role != Some(Role::StructuralSubdivision) {
        return Err(FieldbookRefused::MayNotState { paragraph: "001-§22" }.into());
    }
    check_day(effect.day, fieldbook.today()).map_err(meant::refused)?;
    check_strike_off(&effect.view.record, what).map_err(meant::refused)?;
    Ok(check_order(&effect.view.record, Kind::StrikeOff, effect.day).map_err(FieldbookRefused::from)?)
}

fn effect_of(fieldbook: &mut Fieldbook, view: PersonView, day: Day) -> Result<Effect, Failure> {
    let person = view.record.person;
    let squads = fieldbook.register_squads()?.unwrap_or_default();
    let headed = squads.iter().filter(|squad| is_running_head(&squad.record, person));
    let certificate = view.record.certificate().filter(|certificate| certificate.can_be_shown());
    Ok(Effect {
        certificate: certificate.map(|certificate| certificate.issued.what.number.to_string()),
        headed: headed.map(meant::squad_name).collect(),
        rosters: view.record.squads().count(),
        view,
        day,
    })
}

fn tell(words: &Words, effect: &Effect, is_done: bool) -> String {
    let id = if is_done { "strike-off-done" } else { "strike-off-would-be" };
    let head = Message::new(id)
        .with("person", name_of(&effect.view.record))
        .with("id", short(&effect.view.record.person.to_string()))
        .with("day", effect.day.to_string());
    let mut lines = vec![words.say(head), words.say("strike-off-ends-patrols")];
    if let Some(number) = &effect.certificate {
        lines.push(words.say(Message::new("strike-off-ends-certificate").with("number", number.clone())));
    }
    for squad in &effect.headed {
        lines.push(words.say(Message::new("strike-off-ends-headship").with("squad", squad.clone())));
    }
    if effect.rosters > 0 {
        lines.push(words.say("strike-off-leaves-roster"));
    }
    lines.join("\n")
}

fn circumstance(
    program: &Program,
    person: &str,
    (ground, day): (ExclusionGround, Option<Day>),
) -> Result<Reply, Failure> {
    let (view, day) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, person)?;
        let day = meant::day(fieldbook, day);
        fieldbook.record_circumstance(view.record.person, (ground, day))?;
        Ok((view, day))
    })?;
    let words = &program.words;
    let told = Message::new("circumstance-recorded").with("person", name_of(&view.record));
    let json = json!({ "person": view.record.person, "day": day });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("circumstance-next")))
}
