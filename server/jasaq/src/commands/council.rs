//! `decision`: what a coordination council decides (001-§7); and `review`, what it sees.

mod reviewing;

pub(super) use reviewing::review;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{Author, PersonId, SquadId, StatementRef};
use jasaq_fieldbook::model::register::{CouncilDecision, Decided};
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, Kept, RegisterSquad, UndoneDecision};
use serde_json::{Value, json};

use super::people::name_of;
use super::{district, meant, withdrawing};
use crate::arguments::council::{DecisionCommand, DecisionPaper};
use crate::failure::Failure;
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// One of the council's decisions.
pub(super) fn decide(program: &Program, command: &DecisionCommand) -> Result<Reply, Failure> {
    match command {
        DecisionCommand::CreateSquad { name, district, paper } => {
            create_squad(program, (name, district.as_ref()), paper)
        }
        DecisionCommand::AppointHead { squad, person, paper } => {
            appoint_head(program, (squad, person), paper)
        }
        DecisionCommand::List => list(program),
        DecisionCommand::Withdraw { decision, reason, apply } => {
            withdrawing::decision(program, (decision, reason), *apply)
        }
    }
}

fn create_squad(
    program: &Program,
    (name, district): (&Name, Option<&Name>),
    paper: &DecisionPaper,
) -> Result<Reply, Failure> {
    let number = paper.number.clone();
    let (squad, day) = program.with_fieldbook(|fieldbook| {
        let district = district::of_new_squad(fieldbook, district)?;
        let day = meant::day(fieldbook, paper.day);
        let squad = fieldbook.decide_squad((name.clone(), district), (number, day))?;
        Ok((squad, day))
    })?;
    let words = &program.words;
    let told = Message::new("decision-squad-created").with("squad", name.to_string());
    let json = json!({ "squad": squad, "name": name, "day": day });
    Ok(Reply::new(json)
        .text(words.say(told.with("id", short(&squad.to_string()))))
        .note(words.say("decision-squad-next")))
}

fn appoint_head(
    program: &Program,
    (squad, person): (&str, &str),
    paper: &DecisionPaper,
) -> Result<Reply, Failure> {
    let number = paper.number.clone();
    let (squad, view, day, key) = program.with_fieldbook(|fieldbook| {
        let squad = meant::squad(program, fieldbook, Some(squad))?;
        let view = meant::person(program, fieldbook, person)?;
        let day = meant::day(fieldbook, paper.day);
        let key = fieldbook.appoint_head((squad.squad, view.record.person), (number, day))?;
        Ok((squad, view, day, key))
    })?;
    let words = &program.words;
    let told = Message::new("decision-head-appointed")
        .with("person", name_of(&view.record))
        .with("squad", meant::squad_name(&squad));
    let json = json!({ "squad": squad.squad, "person": view.record.person, "day": day, "key": key.as_str() });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("register-next-sync")))
}

const DECISION_HEADINGS: [&str; 5] =
    ["column-number", "column-day", "column-squad-name", "column-what", "column-key"];

fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let mut columns = Columns::new(words, &DECISION_HEADINGS);
    let mut decisions = Vec::new();
    let is_read = program.with_fieldbook(|fieldbook| {
        let Some(squads) = fieldbook.register_squads()? else { return Ok(false) };
        for squad in squads {
            let (rows, all) = decisions_about(words, fieldbook, &squad)?;
            for row in rows {
                columns.row(row);
            }
            decisions.extend(all);
        }
        for undone in fieldbook.undone_decisions()?.unwrap_or_default() {
            let (row, json) = undone_row(words, fieldbook, &undone)?;
            columns.row(row);
            decisions.push(json);
        }
        Ok(true)
    })?;
    if !is_read {
        return Ok(meant::not_read(words, Kept::Squads, json!({ "decisions": null })));
    }
    let text = if decisions.is_empty() { words.say("decision-none") } else { columns.to_string() };
    Ok(Reply::new(json!({ "decisions": decisions })).text(text))
}

/// The decision that is meant: by its number as the list shows it, else by its key. Of several of one number none is guessed.
pub(super) fn meant_decision(
    words: &Words,
    fieldbook: &mut Fieldbook,
    given: &str,
) -> Result<StatementRef, Failure> {
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    for squad in meant::read(fieldbook.register_squads()?, Kept::Squads)? {
        let (told, decisions) = decisions_about(words, fieldbook, &squad)?;
        for (row, decision) in told.into_iter().zip(decisions) {
            if row[0] == given.trim() {
                rows.push(row);
                all.push(decision);
            }
        }
    }
    let key = match rows.as_slice() {
        [] => given,
        [[.., key]] => key,
        _ => {
            let mut columns = Columns::new(words, &DECISION_HEADINGS);
            for row in rows {
                columns.row(row);
            }
            let reply = Reply::new(json!({ "candidates": all })).text(columns.to_string());
            return Err(meant::refused(RegisterRefused::SeveralMeant).after(reply));
        }
    };
    // What is neither a number here nor a key is a decision that is not here.
    StatementRef::new(key).map_err(|_| meant::refused(RegisterRefused::NotYoursToWithdraw))
}

fn decisions_about(
    words: &Words,
    fieldbook: &mut Fieldbook,
    squad: &RegisterSquad,
) -> Result<(Vec<[String; 5]>, Vec<Value>), Failure> {
    let (name, record) = (meant::squad_name(squad), &squad.record);
    let mut rows = Vec::new();
    let mut all = Vec::new();
    if let Some(created) = &record.created {
        let (number, day) = record.decision.clone().map_or((None, None), |(no, day)| (Some(no), Some(day)));
        rows.push([
            number.as_ref().map(ToString::to_string).unwrap_or_default(),
            day.map(|day| day.to_string()).unwrap_or_default(),
            name.clone(),
            words.say("decision-of-creation"),
            created.key.as_str().to_owned(),
        ]);
        all.push(json!({
            "decided": "create_squad", "squad": squad.squad, "name": name, "number": number, "day": day,
            "district": created.what.district, "key": created.key.as_str(), "taken_back": null,
        }));
    }
    for appointment in &record.appointments {
        let person = person_name(fieldbook, appointment.person)?;
        let told = match appointment.ended {
            Some(day) => Message::new("decision-of-head-ended").with("day", day.to_string()),
            None => Message::new("decision-of-head"),
        }
        .with("person", person);
        rows.push([
            appointment.number.to_string(),
            appointment.day.to_string(),
            name.clone(),
            words.say(told),
            appointment.key.as_str().to_owned(),
        ]);
        all.push(json!({
            "decided": "appoint_head", "squad": squad.squad, "name": name, "number": appointment.number,
            "day": appointment.day, "person": appointment.person, "ended": appointment.ended,
            "key": appointment.key.as_str(), "taken_back": null,
        }));
    }
    Ok((rows, all))
}

/// A decision that was taken back, with the reason.
fn undone_row(
    words: &Words,
    fieldbook: &mut Fieldbook,
    undone: &UndoneDecision,
) -> Result<([String; 5], Value), Failure> {
    let CouncilDecision { decided, number, day } = &undone.said.what;
    let key = undone.said.key.as_str();
    let (name, told, what) = match decided {
        Decided::CreateSquad(squad) => {
            let what = json!({ "decided": "create_squad", "squad": squad.id, "district": squad.district });
            (squad.name.to_string(), words.say("decision-of-creation"), what)
        }
        Decided::AppointHead { squad, person } => {
            let head = Message::new("decision-of-head").with("person", person_name(fieldbook, *person)?);
            let what = json!({ "decided": "appoint_head", "squad": squad, "person": person });
            (squad_name(fieldbook, *squad)?, words.say(head), what)
        }
    };
    let json = with_fields(
        what,
        json!({ "number": number, "day": day, "key": key, "taken_back": undone.reason, "name": name }),
    );
    let why = Message::new("decision-taken-back").with("reason", undone.reason.to_string());
    let told = format!("{told} · {}", words.say(why));
    Ok(([number.to_string(), day.to_string(), name, told, key.to_owned()], json))
}

/// What a squad is called, or was by the decision that created it and was taken back.
fn squad_name(fieldbook: &mut Fieldbook, squad: SquadId) -> Result<String, Failure> {
    let squads = meant::read(fieldbook.register_squads()?, Kept::Squads)?;
    if let Some(known) = squads.iter().find(|known| known.squad == squad) {
        return Ok(meant::squad_name(known));
    }
    let undone = fieldbook.undone_decisions()?.unwrap_or_default();
    let name = undone.into_iter().find_map(|undone| match undone.said.what.decided {
        Decided::CreateSquad(created) if created.id == squad => Some(created.name.to_string()),
        _ => None,
    });
    Ok(name.unwrap_or_else(|| short(&squad.to_string())))
}

/// A person's name, or how his id begins where nothing of him is read here.
pub(super) fn person_name(fieldbook: &mut Fieldbook, person: PersonId) -> Result<String, Failure> {
    let name = match fieldbook.person(person) {
        Ok(view) => name_of(&view.record),
        Err(FieldbookRefused::Register(RegisterRefused::PersonUnknown)) => String::new(),
        Err(refused) => return Err(refused.into()),
    };
    Ok(if name.is_empty() { short(&person.to_string()) } else { name })
}

/// What the office is called here whose console said something, or how its id begins.
pub(super) fn office_name(fieldbook: &mut Fieldbook, author: &Author) -> Result<String, Failure> {
    let office = fieldbook.office_of(author)?;
    Ok(office.map_or_else(String::new, |(id, name)| name.unwrap_or_else(|| short(&id.to_string()))))
}
