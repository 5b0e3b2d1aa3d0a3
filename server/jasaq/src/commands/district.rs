//! `district`: the spaces in which councils, akimats and subdivisions meet, and what the districts are called.

use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::{DistrictOffice, DistrictView, Fieldbook, Kept};
use serde_json::{Value, json};

use super::meant;
use super::squad::this_year;
use crate::arguments::council::{DistrictArguments, DistrictCommand};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// One of them.
pub(super) fn run(program: &Program, command: &DistrictCommand) -> Result<Reply, Failure> {
    match command {
        DistrictCommand::Create(arguments) => create(program, arguments),
        DistrictCommand::List => list(program),
        DistrictCommand::Rename { from, to } => rename(program, (from, to)),
    }
}

/// Makes a district's space.
fn create(program: &Program, arguments: &DistrictArguments) -> Result<Reply, Failure> {
    let DistrictArguments { akimat, council, unit } = arguments;
    let given = unit.iter().chain([akimat, council]);
    let names: Vec<&str> = given.map(Name::as_str).collect();
    let new = program.with_fieldbook(|fieldbook| {
        fieldbook.create_council(&names, this_year())?;
        let districts = fieldbook.districts()?.unwrap_or_default();
        Ok(empty_offices(&districts, &names))
    })?;
    let words = &program.words;
    let json = json!({ "akimat": akimat, "council": council, "units": unit, "nobody_in_yet": new });
    let reply = Reply::new(json).text(words.say("district-made"));
    let reply = if new.is_empty() {
        reply
    } else {
        reply.note(words.say(Message::new("district-offices-empty").with("offices", new.join(", "))))
    };
    Ok(reply.note(words.say("district-made-next")))
}

/// Of these offices those of which no console was ever let in.
fn empty_offices(districts: &[DistrictView], names: &[&str]) -> Vec<String> {
    let offices = districts.iter().flat_map(|district| &district.offices);
    let empty = offices.filter(|office| office.consoles == 0);
    let mut empty: Vec<String> = empty
        .filter_map(|office| office.name.clone())
        .filter(|name| names.contains(&name.as_str()))
        .collect();
    empty.sort();
    empty.dedup();
    empty
}

fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let districts = program.with_fieldbook(|fieldbook| Ok(fieldbook.districts()?))?;
    let Some(districts) = districts else {
        return Ok(meant::not_read(words, Kept::Squads, json!({ "districts": null })));
    };
    let headings = ["column-district", "column-office", "column-role", "column-consoles", "column-squads"];
    let mut columns = Columns::new(words, &headings);
    for district in &districts {
        let called: Vec<&str> = district.names.keys().map(String::as_str).collect();
        let called = if called.is_empty() { "-".to_owned() } else { called.join(" / ") };
        let squads: usize = district.names.values().sum();
        for office in &district.offices {
            let [name, role] = told(words, (district, office));
            columns.row([called.clone(), name, role, office.consoles.to_string(), squads.to_string()]);
        }
    }
    let json = json!({ "districts": districts.iter().map(to_json).collect::<Vec<Value>>() });
    let text = if districts.is_empty() { words.say("district-none") } else { columns.to_string() };
    let reply = Reply::new(json).text(text);
    let is_odd = districts.iter().any(|district| district.names.len() > 1);
    Ok(if is_odd { reply.note(words.say("district-named-twice")) } else { reply })
}

/// An office's name and role, as far as they are known. Names are told where offices are invited: elsewhere it is called by its role,
/// and of several of one role by its first digits too.
fn told(words: &Words, (district, office): (&DistrictView, &DistrictOffice)) -> [String; 2] {
    let role = office.role.map(|role| role.word(words.language()).to_owned());
    let role = role.unwrap_or_else(|| words.say("district-nobody-yet"));
    let of_role = district.offices.iter().filter(|other| other.role == office.role).count();
    let name = match (&office.name, office.is_this) {
        (Some(name), _) => name.clone(),
        (None, true) => words.say("district-this-office"),
        (None, false) if of_role == 1 => words.say("district-unnamed"),
        (None, false) => format!("{} {}", words.say("district-unnamed"), short(&office.office.to_string())),
    };
    [name, role]
}

fn to_json(district: &DistrictView) -> Value {
    let offices = district.offices.iter().map(|office| {
        json!({
            "office": office.office.to_string(), "name": office.name, "role": office.role,
            "consoles": office.consoles, "is_this": office.is_this,
        })
    });
    let names = district.names.iter();
    json!({
        "space": district.space.to_string(),
        "offices": offices.collect::<Vec<_>>(),
        "names": names.map(|(name, squads)| json!({ "name": name, "squads": squads })).collect::<Vec<_>>(),
    })
}

fn rename(program: &Program, (from, to): (&Name, &Name)) -> Result<Reply, Failure> {
    let squads = program.with_fieldbook(|fieldbook| Ok(fieldbook.rename_district(from, to)?))?;
    let told = Message::new("district-renamed")
        .with("district", to.to_string())
        .with("squads", squads);
    let json = json!({ "from": from, "to": to, "squads": squads });
    Ok(Reply::new(json)
        .text(program.words.say(told))
        .note(program.words.say("register-next-sync")))
}

/// The district of a new squad: the one that was named, else that of the council's other squads.
pub(super) fn of_new_squad(fieldbook: &mut Fieldbook, given: Option<&Name>) -> Result<Name, Failure> {
    if let Some(given) = given {
        return Ok(given.clone());
    }
    let squads = fieldbook.register_squads()?.unwrap_or_default().into_iter();
    let mut names = squads.filter_map(|squad| squad.record.created.map(|created| created.what.district));
    let named = names.next().filter(|first| names.all(|other| other == *first));
    named.ok_or_else(|| Failure::usage("district-missing"))
}
