//! `patrol erase`, `person erase` and `erasure`: what is erased for everybody, and who has obeyed.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{PatrolId, PersonId};
use jasaq_fieldbook::{DeviceView, Erased, ErasedThing, ErasureView, Fieldbook, FieldbookRefused};
use serde_json::{Value, json};

use super::meant;
use crate::arguments::erasing::ErasureCommand;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, find_patrol};
use crate::table::{Columns, day_and_time, moment_of, short};
use crate::words::{Message, Words};

/// What was erased, or who has obeyed.
pub(super) fn run(program: &Program, command: &ErasureCommand) -> Result<Reply, Failure> {
    match command {
        ErasureCommand::List => list(program),
        ErasureCommand::Show { id } => show(program, id),
    }
}

/// Erases a patrol's log with its cases, or says what would go.
pub(super) fn erase_patrol(program: &Program, prefix: &str, for_everybody: bool) -> Result<Reply, Failure> {
    let (patrol, erased, numbers) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, Some(prefix))?;
        let numbers = numbers_of(fieldbook, patrol)?;
        let erased = if for_everybody { fieldbook.erase(patrol)? } else { fieldbook.to_be_erased(patrol)? };
        Ok((patrol, erased, numbers))
    })?;
    let Erased { statements, sections, attachments, cases, cases_that_stay } = erased;
    let id = if for_everybody { "patrol-erased" } else { "patrol-would-be-erased" };
    let told = Message::new(id)
        .with("patrol", short(&patrol.to_string()))
        .with("statements", statements)
        .with("attachments", attachments);
    let next = if for_everybody { "patrol-erased-next" } else { "patrol-would-be-erased-next" };
    let json = json!({
        "patrol": patrol,
        "erased": for_everybody,
        "statements": statements,
        "sections": sections,
        "attachments": attachments,
        "cases": cases,
        "cases_that_stay": cases_that_stay,
        "pages": numbers,
    });
    let mut reply = Reply::new(json).text(program.words.say(told));
    if cases > 0 {
        let id = if for_everybody { "patrol-erased-cases" } else { "patrol-would-be-erased-cases" };
        reply = reply.note(program.words.say(Message::new(id).with("count", cases)));
    }
    if cases_that_stay > 0 {
        let id = "patrol-erased-cases-stay";
        reply = reply.note(program.words.say(Message::new(id).with("count", cases_that_stay)));
    }
    if !numbers.is_empty() {
        let id = if for_everybody { "patrol-erased-pages" } else { "patrol-would-be-erased-pages" };
        reply = reply.note(program.words.say(Message::new(id).with("numbers", numbers.join(", "))));
    }
    Ok(reply.note(program.words.say(next)))
}

/// The numbers of a patrol's pages in the book.
fn numbers_of(fieldbook: &mut Fieldbook, patrol: PatrolId) -> Result<Vec<String>, Failure> {
    let pages = fieldbook.pages()?.into_iter().filter(|view| view.patrol == patrol);
    Ok(pages.flat_map(|view| view.numbers).map(|number| number.to_string()).collect())
}

/// Erases what is said of a person, or says what would go. No name is told: it is what shall not be left.
pub(super) fn erase_person(program: &Program, given: &str, for_everybody: bool) -> Result<Reply, Failure> {
    let (person, erased) = program.with_fieldbook(|fieldbook| {
        let person = person_meant(program, fieldbook, given)?;
        let erased = if for_everybody {
            fieldbook.erase_person(person)?
        } else {
            fieldbook.person_to_be_erased(person)?
        };
        Ok((person, erased))
    })?;
    let Erased { statements, sections, attachments, .. } = erased;
    let (id, next) = if for_everybody {
        ("person-erased", "person-erased-next")
    } else {
        ("person-would-be-erased", "person-would-be-erased-next")
    };
    let told = Message::new(id)
        .with("person", short(&person.to_string()))
        .with("statements", statements)
        .with("attachments", attachments);
    let json = json!({
        "person": person,
        "erased": for_everybody,
        "statements": statements,
        "sections": sections,
        "attachments": attachments,
    });
    Ok(Reply::new(json).text(program.words.say(told)).note(program.words.say(next)))
}

/// The person who is meant. After the other office erased him nothing is known here but the id, though the cards on this office's
/// phones may stand.
fn person_meant(program: &Program, fieldbook: &mut Fieldbook, given: &str) -> Result<PersonId, Failure> {
    let unknown = match meant::person(program, fieldbook, given) {
        Ok(view) => return Ok(view.record.person),
        Err(failure) => failure,
    };
    let erasures = fieldbook.erasures()?;
    let mut ids = erasures.iter().filter_map(|view| match &view.what {
        ErasedThing::Record(document) => Some(PersonId::from_bytes(*document.as_bytes())),
        ErasedThing::Attachment { .. } => None,
    });
    let is_unknown =
        matches!(unknown.refused(), Some(FieldbookRefused::Register(RegisterRefused::PersonUnknown)));
    match (ids.find(|person| meant::begins(&person.to_string(), given)), is_unknown) {
        (Some(person), true) => Ok(person),
        _ => Err(unknown),
    }
}

fn list(program: &Program) -> Result<Reply, Failure> {
    let erasures = program.with_fieldbook(|fieldbook| Ok(fieldbook.erasures()?))?;
    let words = &program.words;
    let mut columns = Columns::new(words, &["column-what", "column-when", "column-obeyed", "column-late"]);
    for view in &erasures {
        columns.row([told(words, &view.what), when(view), answers(words, view), view.late.to_string()]);
    }
    let json = json!({ "erasures": erasures.iter().map(to_json).collect::<Vec<_>>() });
    let text = if erasures.is_empty() { words.say("erasure-none") } else { columns.to_string() };
    let reply = Reply::new(json).text(text);
    Ok(match erasures.iter().find(|view| view.late > 0) {
        Some(view) if view.may_erase => reply.note(words.say("erasure-late-next")),
        Some(_) => reply.note(words.say("erasure-late-ask")),
        None => reply,
    })
}

fn show(program: &Program, prefix: &str) -> Result<Reply, Failure> {
    let (view, devices) = program.with_fieldbook(|fieldbook| {
        let mut found = fieldbook.erasures()?.into_iter();
        let mut found = found.by_ref().filter(|view| view.what.to_string().starts_with(prefix));
        let (Some(view), None) = (found.next(), found.next()) else {
            return Err(FieldbookRefused::NoPatrol.into());
        };
        Ok((view, fieldbook.devices()?))
    })?;
    let words = &program.words;
    let head = Message::new("erasure-show")
        .with("what", told(words, &view.what))
        .with("when", when(&view));
    let mut columns = Columns::new(words, &["column-device", "column-role", "column-name", "column-obeyed"]);
    for (device, has_obeyed) in &view.devices {
        let known = devices.iter().find(|known| known.device == *device);
        columns.row([
            short(&device.to_string()),
            known
                .map(|known| known.role.word(words.language()).to_owned())
                .unwrap_or_default(),
            known.and_then(|DeviceView { name, .. }| name.clone()).unwrap_or_default(),
            words.say(if *has_obeyed { "erasure-obeyed" } else { "erasure-not-heard" }),
        ]);
    }
    let reply = Reply::new(to_json(&view)).text(format!("{}\n{columns}", words.say(head)));
    Ok(match view.removed {
        0 => reply,
        count => reply.note(words.say(Message::new("erasure-removed").with("count", count))),
    })
}

/// What was erased, in a word: of a record its id, as elsewhere; of an attachment its key, whole, if it is known here.
fn told(words: &Words, what: &ErasedThing) -> String {
    match what {
        ErasedThing::Record(document) => short(&document.to_string()),
        ErasedThing::Attachment { root, key } => {
            let key = key.as_ref().map_or_else(|| short(&root.to_string()), ToString::to_string);
            words.say(Message::new("erasure-attachment").with("key", key))
        }
    }
}

fn when(view: &ErasureView) -> String {
    view.erased_at
        .map(|at| day_and_time(moment_of(at.unix_ms())))
        .unwrap_or_default()
}

fn answers(words: &Words, view: &ErasureView) -> String {
    let obeyed = view.devices.iter().filter(|(_, has_obeyed)| *has_obeyed).count();
    words.say(
        Message::new("erasure-answers")
            .with("obeyed", obeyed)
            .with("all", view.devices.len()),
    )
}

fn to_json(view: &ErasureView) -> Value {
    let devices = view
        .devices
        .iter()
        .map(|(device, has_obeyed)| json!({ "device": device.to_string(), "has_erased": has_obeyed }));
    json!({
        "id": view.what.to_string(),
        "is_attachment": matches!(view.what, ErasedThing::Attachment { .. }),
        "by": view.by.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "erased_at": view.erased_at.map(|at| at.to_string()),
        "devices": devices.collect::<Vec<_>>(),
        "removed_devices": view.removed,
        "late": view.late,
        "may_erase": view.may_erase,
    })
}
