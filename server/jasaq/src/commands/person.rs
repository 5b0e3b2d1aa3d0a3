//! `person`: who the register knows, and what it says of one.

use jasaq_fieldbook::model::ids::{MemberId, StatementRef};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::records::HistoryLine;
use jasaq_fieldbook::model::register::NoticeAbout;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::{Kept, PersonView, RosterQuery};
use serde_json::{Value, json};

use super::erasing;
use super::meant;
use super::people::{People, filtered, name_of};
use crate::arguments::person::{PersonCommand, PersonFilter, PersonShowArguments, ToldArguments};
use crate::failure::Failure;
use crate::log::reason_word;
use crate::output::Reply;
use crate::program::{Program, find_member};
use crate::table::{Columns, day_and_time, short};
use crate::words::{Message, Words};

mod sheet;

/// One of them.
pub(super) fn run(program: &Program, command: &PersonCommand) -> Result<Reply, Failure> {
    match command {
        PersonCommand::List(filter) => list(program, filter),
        PersonCommand::Search { words } => search(program, &words.join(" ")),
        PersonCommand::Show(arguments) => show(program, arguments),
        PersonCommand::Identify { member, person } => identify(program, (member, person)),
        PersonCommand::Told(arguments) => tell(program, arguments),
        PersonCommand::Leave { apply } => leave(program, *apply),
        PersonCommand::Erase { person, for_everybody } => {
            erasing::erase_person(program, person, *for_everybody)
        }
        PersonCommand::Readings => readings(program),
    }
}

fn list(program: &Program, filter: &PersonFilter) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| {
        let Some(views) = filtered(program, fieldbook, filter)? else {
            return Ok(not_read(&program.words));
        };
        Ok(People::of(program, fieldbook)?.reply(&views, "persons"))
    })
}

fn not_read(words: &Words) -> Reply {
    meant::not_read(words, Kept::Persons, json!({ "persons": null }))
}

/// Page by page out of the roster, which is kept in order.
fn search(program: &Program, typed: &str) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| {
        let mut views = Vec::new();
        let mut query = RosterQuery { search: Some(typed), ..RosterQuery::default() };
        loop {
            let Some(page) = fieldbook.roster_page(&query)? else {
                return Ok(not_read(&program.words));
            };
            for entry in page.entries {
                views.push(fieldbook.person(entry.person)?);
            }
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        Ok(People::of(program, fieldbook)?.reply(&views, "persons"))
    })
}

/// What is kept apart is shown only once the reading stands in the log.
fn show(program: &Program, arguments: &PersonShowArguments) -> Result<Reply, Failure> {
    let reason = arguments.reason.clone();
    program.with_fieldbook(|fieldbook| {
        if !fieldbook.reads(Kept::Persons)? {
            return Ok(meant::not_read(&program.words, Kept::Persons, json!({ "person": null })));
        }
        let view = meant::person(program, fieldbook, &arguments.person)?;
        let is_open = match reason {
            Some(reason) => {
                fieldbook.note_reading(view.record.person, reason)?;
                true
            }
            None => false,
        };
        let people = People::of(program, fieldbook)?;
        let text = sheet::text(&program.words, (&people, &view), is_open);
        Ok(Reply::new(sheet::json((&people, &view), is_open)).text(text))
    })
}

/// The lines of a history that may be shown: what is kept apart alone, only where it was opened.
fn shown_history(view: &PersonView, is_open: bool) -> impl Iterator<Item = &HistoryLine> {
    view.record
        .history
        .iter()
        .filter(move |line| is_open || !line.kind.is_kept_apart())
}

fn identify(program: &Program, (member, person): (&str, &str)) -> Result<Reply, Failure> {
    let (member, view) = program.with_fieldbook(|fieldbook| {
        fieldbook.check_may_state(Kind::MemberIs)?;
        let member = find_member(fieldbook, member)?;
        let person = meant::person(program, fieldbook, person)?.record.person;
        fieldbook.identify(member, person)?;
        Ok((member, fieldbook.person(person)?))
    })?;
    let told = Message::new("person-identified")
        .with("member", short(&member.to_string()))
        .with("person", name_of(&view.record));
    let others = view.record.members.iter().filter(|other| **other != member);
    let others: Vec<MemberId> = others.copied().collect();
    let json = json!({ "member": member, "person": view.record.person, "other_members": others });
    let reply = Reply::new(json).text(program.words.say(told));
    let reply = if others.is_empty() {
        reply
    } else {
        let others: Vec<String> = others.iter().map(|other| short(&other.to_string())).collect();
        reply.note(
            program
                .words
                .say(Message::new("person-phones-several").with("members", others.join(", "))),
        )
    };
    Ok(reply.note(program.words.say("register-next-sync")))
}

fn tell(program: &Program, arguments: &ToldArguments) -> Result<Reply, Failure> {
    let way = arguments.way.clone();
    let (view, day) = program.with_fieldbook(|fieldbook| {
        let view = match arguments.about {
            NoticeAbout::StrikeOff => meant::struck_off(program, fieldbook, &arguments.person)?,
            _ => meant::person(program, fieldbook, &arguments.person)?,
        };
        let day = meant::day(fieldbook, arguments.day);
        fieldbook.tell(view.record.person, arguments.about, (day, way))?;
        Ok((view, day))
    })?;
    let told = Message::new("person-was-told")
        .with("person", name_of(&view.record))
        .with("about", arguments.about.word(program.words.language()));
    let json = json!({ "person": view.record.person, "about": arguments.about, "day": day });
    Ok(Reply::new(json)
        .text(program.words.say(told))
        .note(program.words.say("register-next-sync")))
}

/// Says first whose phone it is by his card, and what follows.
fn leave(program: &Program, is_applied: bool) -> Result<Reply, Failure> {
    let (card, key, role) = program.with_fieldbook(|fieldbook| {
        let card = fieldbook.leaving()?;
        let key = if is_applied { Some(fieldbook.wish_to_leave()?) } else { None };
        Ok((card, key, fieldbook.status()?.role))
    })?;
    let words = &program.words;
    let mut follows = vec![Kind::Circumstance, Kind::StrikeOff];
    follows.extend((role == Some(Role::SquadHead)).then_some(Kind::HeadEnded));
    let json = json!({
        "applied": is_applied, "key": key.as_ref().map(StatementRef::as_str),
        "member": card.as_ref().map(|card| card.member),
        "full_name": card.as_ref().map(|card| &card.full_name),
        "certificate_number": card.as_ref().and_then(|card| card.certificate_number.as_ref()),
        "ground": ExclusionGround::OwnWish, "follows": follows,
    });
    let whom = card.map(|card| card.full_name.to_string());
    let whom = whom.unwrap_or_else(|| words.say("person-leaves-unnamed"));
    let (told, next) = match &key {
        Some(key) => {
            (Message::new("person-leaves").with("key", key.as_str().to_owned()), "register-next-sync")
        }
        None => (Message::new("person-would-leave"), "withdrawal-apply-next"),
    };
    Ok(Reply::new(json)
        .text(words.say(told.with("person", whom)))
        .note(words.say(next)))
}

fn readings(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let headings = ["column-when", "column-device", "column-person", "column-name", "column-reason"];
    let mut columns = Columns::new(words, &headings);
    let readings = program.with_fieldbook(|fieldbook| {
        let Some(readings) = fieldbook.readings()? else { return Ok(None) };
        for reading in &readings {
            columns.row([
                day_and_time(reading.at),
                short(&reading.by.to_string()),
                short(&reading.person.to_string()),
                super::council::person_name(fieldbook, reading.person)?,
                reading.reason.to_string(),
            ]);
        }
        Ok(Some(readings))
    })?;
    let Some(readings) = readings else {
        return Ok(meant::not_read(words, Kept::Books, json!({ "readings": null })));
    };
    let all = readings.iter().map(|reading| {
        json!({
            "at": reading.at.to_string(), "device": reading.by, "person": reading.person,
            "reason": reading.reason,
        })
    });
    let json = json!({ "readings": all.collect::<Vec<Value>>() });
    Ok(Reply::new(json).text(if readings.is_empty() {
        words.say("readings-none")
    } else {
        columns.to_string()
    }))
}

/// What was said and does not count, with the paragraph that gives it to others.
fn not_counted(words: &Words, view: &PersonView) -> Vec<String> {
    let said = view.not_counted.iter().map(|said| {
        let kind = said.kind.map_or("", |kind| kind.word(words.language()));
        let role = said.role.map_or("", |role| role.word(words.language()));
        let told = Message::new("person-not-counted")
            .with("key", said.key.as_str().to_owned())
            .with("kind", kind)
            .with("role", role)
            .with("why", reason_word(words, said.reason))
            .with("paragraph", said.paragraph.unwrap_or_default());
        words.say(told)
    });
    said.collect()
}
