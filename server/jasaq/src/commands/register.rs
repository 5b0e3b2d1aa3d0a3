//! `register`: registrations, applications, what is taken back (001-§16–19, 21, 23).

use std::path::Path;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::law::{DayCount, Deadline};
use jasaq_fieldbook::model::list::{ListedPerson, TypedPerson};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::{CheckOutcome, IdDocument, IdDocumentKind, Identity, Iin};
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::{Deciding, Fieldbook, Kept, PersonView};
use serde_json::{Value, json};

use super::check::{after_check, tell_copies};
use super::list::papers::{as_copy, whole};
use super::people::{People, filtered, in_order, name_of};
use super::{meant, withdrawing};
use crate::arguments::person::PersonFilter;
use crate::arguments::register::{ApplicationCommand, ReceiveArguments, RegisterArguments, RegisterCommand};
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::Program;
use crate::sheets::{self, About};
use crate::table::{Columns, short};
use crate::words::Message;

/// One of them.
pub(super) fn run(program: &Program, command: &RegisterCommand) -> Result<Reply, Failure> {
    match command {
        RegisterCommand::Add(arguments) => add(program, arguments),
        RegisterCommand::List(filter) => list(program, filter),
        RegisterCommand::Export { output, filter } => export(program, output, filter),
        RegisterCommand::Application(ApplicationCommand::Receive(arguments)) => receive(program, arguments),
        RegisterCommand::Application(ApplicationCommand::Decide { person, outcome, day, keep_copies }) => {
            decide(program, (person, *keep_copies), (*outcome, *day))
        }
        RegisterCommand::Application(ApplicationCommand::List) => applications(program),
        RegisterCommand::Application(ApplicationCommand::DayCount { counting }) => {
            count_days(program, *counting)
        }
        RegisterCommand::Withdraw { key, reason, apply } => {
            withdrawing::record(program, (key, reason), *apply)
        }
    }
}

fn add(program: &Program, arguments: &RegisterArguments) -> Result<Reply, Failure> {
    let section = arguments.section.clone();
    let (view, day, deleted) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, &arguments.person)?;
        let day = meant::day(fieldbook, arguments.day);
        let squad = match (&arguments.squad, view.record.squads().next()) {
            // Who stands on no roster is a non-staff employee, or refused by the register with what he lacks.
            (None, None) => None,
            (given, _) => Some(meant::squad_of(program, fieldbook, (&view, given.as_deref()))?),
        };
        let deciding = Deciding { section, subdivision: arguments.unit.clone(), squad, day };
        let copies = after_check(arguments.keep_copies);
        let deleted = fieldbook.register(view.record.person, deciding, copies)?;
        Ok((view, day, deleted))
    })?;
    let words = &program.words;
    let told = Message::new("register-added").with("person", name_of(&view.record));
    let json = json!({ "person": view.record.person, "day": day, "copies_deleted": deleted });
    let reply = Reply::new(json).text(words.say(told));
    Ok(tell_copies(words, reply, deleted).note(words.say("register-added-next")))
}

fn list(program: &Program, filter: &PersonFilter) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| {
        if !fieldbook.reads(Kept::Books)? {
            return Ok(meant::not_read(&program.words, Kept::Books, json!({ "persons": null })));
        }
        let views = on_register(program, fieldbook, filter)?;
        Ok(People::of(program, fieldbook)?.reply(&views, "persons"))
    })
}

/// Those who are on the register or were, where it is read.
fn on_register(
    program: &Program,
    fieldbook: &mut Fieldbook,
    filter: &PersonFilter,
) -> Result<Vec<PersonView>, Failure> {
    fieldbook.check_reads(Kept::Books)?;
    let mut views = meant::read(filtered(program, fieldbook, filter)?, Kept::Books)?;
    views.retain(|view| view.record.registration().is_some());
    Ok(views)
}

/// Exactly what the list shows, and by which filter.
fn export(program: &Program, file: &Path, filter: &PersonFilter) -> Result<Reply, Failure> {
    let words = &program.words;
    let (sheet, count) = program.with_fieldbook(|fieldbook| {
        let views = on_register(program, fieldbook, filter)?;
        Ok((People::of(program, fieldbook)?.sheet(&views), views.len()))
    })?;
    let state = filter.state.map(|state| state.word(words.language()).to_owned());
    let by: Vec<String> = filter.squad.iter().cloned().chain(state).collect();
    let about = About { what: words.say("register-exported-what"), filter: by.join(", ") };
    sheets::write(program, file, &sheet, (about, words.language()))?;
    let told = Message::new("list-exported").with("persons", count);
    Ok(Reply::new(json!({ "persons": count })).text(words.say(told)))
}

fn receive(program: &Program, arguments: &ReceiveArguments) -> Result<Reply, Failure> {
    let (number, residence) = (arguments.document_number.clone(), arguments.residence.clone());
    let iin = arguments.iin.as_deref().map(read_iin).transpose()?;
    let copies = arguments.copy.iter().map(|file| whole(file)).collect::<Result<Vec<_>, _>>()?;
    let papers: Vec<_> = copies.iter().map(|copy| as_copy(copy)).collect();
    let (person, day, counting) = program.with_fieldbook(|fieldbook| {
        let before = match &arguments.before {
            Some(given) => Some(ended(&meant::struck_off(program, fieldbook, given)?)?),
            None => None,
        };
        let ListedPerson { full_name, card, .. } = undoubted(program, fieldbook, (arguments, iin.as_ref()))?;
        // Of an identity card what was read, without the blanks between its digits.
        let number = card.or(number);
        let id_document = arguments.document.zip(number).map(|(kind, number)| IdDocument { kind, number });
        let day = meant::day(fieldbook, arguments.day);
        // The fieldbook gives it an id of its own.
        let id = PersonId::from_bytes([0; 16]);
        let identity = Identity { id, full_name, iin, born: arguments.born, id_document, residence, before };
        let person = fieldbook.receive_application(identity, (day, arguments.insurance), &papers)?;
        Ok((person, day, fieldbook.day_count()?))
    })?;
    let words = &program.words;
    let due = Deadline::NonStaffDecision.term(day, counting).due();
    let told = Message::new("application-received")
        .with("id", short(&person.to_string()))
        .with("due", due.to_string());
    let json = json!({ "person": person, "received": day, "due": due, "copies": copies.len() });
    Ok(Reply::new(json)
        .text(words.say(told))
        .note(words.say("application-received-next")))
}

/// Who applies, as it was understood, where nothing of him is doubted that would be doubted on a list.
fn undoubted(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (arguments, iin): (&ReceiveArguments, Option<&Iin>),
) -> Result<ListedPerson, Failure> {
    let is_card = arguments.document == Some(IdDocumentKind::IdentityCard);
    let card = arguments.document_number.as_ref().map(Name::as_str).filter(|_| is_card);
    let typed = TypedPerson { full_name: arguments.full_name.as_str(), born: arguments.born, iin, card };
    let language = program.words.language();
    typed.read(fieldbook.today(), arguments.as_written).map_err(|doubts| {
        let is_odd = doubts.iter().all(|doubt| doubt.takes_as_written());
        let next = if is_odd { "application-odd-next" } else { "application-wrong-next" };
        let said = doubts.iter().map(|doubt| doubt.word(language).to_owned());
        let told: Vec<String> = said.chain([program.words.say(next)]).collect();
        Failure::told(Class::Input, told.join(" "), &"who applies is doubted")
    })
}

/// A record that ended: only such a one comes before another of the same person.
fn ended(view: &PersonView) -> Result<PersonId, Failure> {
    let is_over = !view.record.strike_offs.is_empty();
    if is_over { Ok(view.record.person) } else { Err(meant::refused(RegisterRefused::NotStruckOff)) }
}

fn read_iin(given: &str) -> Result<Iin, Failure> {
    given
        .trim()
        .parse()
        .map_err(|refused| Failure::new(Class::Input, "iin-refused", &refused))
}

fn decide(
    program: &Program,
    (person, keeps): (&str, bool),
    (outcome, day): (CheckOutcome, Option<Day>),
) -> Result<Reply, Failure> {
    let (view, day, deleted) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, person)?;
        let day = meant::day(fieldbook, day);
        let deleted = fieldbook.decide_application(view.record.person, (outcome, day), after_check(keeps))?;
        Ok((view, day, deleted))
    })?;
    let words = &program.words;
    let told = Message::new("application-decided")
        .with("person", name_of(&view.record))
        .with("outcome", outcome.word(words.language()));
    let next = match outcome {
        CheckOutcome::Approved => "check-next-register",
        CheckOutcome::Refused => "application-refused-next",
    };
    let json = json!({
        "person": view.record.person, "outcome": outcome, "day": day, "copies_deleted": deleted,
    });
    let reply = Reply::new(json).text(words.say(told));
    Ok(tell_copies(words, reply, deleted).note(words.say(next)))
}

fn count_days(program: &Program, counting: DayCount) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| Ok(fieldbook.set_day_count(counting)?))?;
    let words = &program.words;
    Ok(Reply::new(json!({ "day_count": counting })).text(counting.word(words.language())))
}

fn applications(program: &Program) -> Result<Reply, Failure> {
    let (views, today, counting) = program.with_fieldbook(|fieldbook| {
        Ok((fieldbook.applicants()?, fieldbook.today(), fieldbook.day_count()?))
    })?;
    let words = &program.words;
    let Some(mut views) = views else {
        return Ok(meant::not_read(words, Kept::Checks, json!({ "applications": null })));
    };
    in_order(&mut views);
    let headings = ["column-person", "column-name", "column-day", "column-state", "column-due"];
    let mut columns = Columns::new(words, &headings);
    let mut all: Vec<Value> = Vec::new();
    for view in &views {
        let Some(application) = view.record.applications.first().map(|said| &said.what) else { continue };
        // Decided both ways, it is not decided.
        let outcome = view.record.decision();
        let decided = outcome.and_then(|_| view.record.decisions.first()).map(|said| &said.what);
        let term = Deadline::NonStaffDecision.term(application.received, counting);
        let due = decided.map_or_else(
            || term.sentence(today, words.language()),
            |decided| format!("{} {}", decided.outcome.word(words.language()), decided.day),
        );
        columns.row([
            short(&view.record.person.to_string()),
            name_of(&view.record),
            application.received.to_string(),
            view.record.state().word(words.language()).to_owned(),
            due,
        ]);
        all.push(json!({
            "person": view.record.person, "full_name": view.record.full_name(),
            "received": application.received, "state": view.record.state(),
            "due": term.due(), "days_left": term.days_left(today), "paragraph": "001-§17",
            "is_overdue": decided.is_none() && term.is_overdue(today),
            "decided": decided.map(|decided| json!({ "outcome": decided.outcome, "day": decided.day })),
        }));
    }
    let text = if views.is_empty() { words.say("application-none") } else { columns.to_string() };
    Ok(Reply::new(json!({ "day_count": counting, "applications": all })).text(text))
}
