//! The rosters: kept by the akimat's console (001-§19), pulled by a console of the council.
//!
//! A member is one line. Its eight fields: the id is the person's id, the name his name; for the other six the model has
//! no statement yet, so they stand behind the name, and an edit is the old line off and a new one on.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jasaq_benches::device::Device;
use jasaq_benches::spread::milliseconds;
use jasaq_benches::workload::{Deed, Member, Workload};
use jasaq_fieldbook::model::ids::{PersonId, SquadId, StatementRef};
use jasaq_fieldbook::model::person::Person;
use jasaq_fieldbook::model::roster::Roster;
use jasaq_fieldbook::model::squad::{NameOff, NameOn, Squad};
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::membership::SpaceKind;
use serde_json::{Value, json};

use super::Call;

/// The folder of the akimat's console.
pub(crate) const AKIMAT: &str = "akimat";
/// The council's own console, and two that hold nothing until they pull.
pub(crate) const CONSOLES: usize = 3;

/// The squads and their members as they are in the morning.
pub(crate) fn write_rosters(call: &Call, akimat: &mut Device, day: &Workload) {
    let mut council = call.open("council-0");
    council.sync();
    for squad in &day.squads {
        let name = name(&squad.sq);
        let created = Squad { id: squad_id(&squad.sq), name: name.clone(), district: name };
        say(&mut council, &squad.sq, Body::Squad(created));
        for member in &squad.roster.members {
            put_on(akimat, &squad.sq, member);
        }
    }
    council.sync();
    council.close();
    akimat.sync();
}

/// The akimat's console takes over what the leaders edited. Says how many statements that took.
pub(crate) fn write_edits(call: &Call, day: &Workload, each: &mut Vec<Duration>) -> usize {
    let mut akimat = call.open(AKIMAT);
    let mut squads = day.squads.clone();
    let mut count = 0;
    for event in &day.events {
        let Deed::RosterSet(edit) = &event.deed else { continue };
        let squad = squads
            .iter_mut()
            .find(|squad| squad.sq == event.sq)
            .expect("a squad of the day");
        let member = &mut squad.roster.members[edit.m];
        member.set(edit);
        let began = Instant::now();
        take_off(&mut akimat, &event.sq, member);
        put_on(&mut akimat, &event.sq, member);
        each.push(began.elapsed());
        count += 2;
    }
    akimat.close();
    count
}

/// A console that holds nothing yet pulls the rosters, and tells every member as he was last edited.
pub(crate) fn council(call: &Call) -> Value {
    // A second council is told where the first one's district lives.
    let elsewhere = call.arguments.first().filter(|given| given.parse::<usize>().is_err());
    let (homes, console) = match elsewhere {
        Some(homes) => (PathBuf::from(homes), "council-2"),
        None => (call.work.clone(), "council-1"),
    };
    let day = call.day();
    let mut device = Device::open(&homes.join(console), &call.url);
    let began = Instant::now();
    device.sync();
    let took = began.elapsed();
    let wrong = count_wrong(&mut device, &day, is_edited(&homes, &call.url));
    device.close();
    assert!(wrong == 0, "{wrong} members are not told as they were last edited");
    json!({ "sync_ms": milliseconds(took), "docs": day.squads.len() })
}

/// The akimat edits only after the morning: a bench without a day's writing has no edits.
fn is_edited(homes: &Path, link: &str) -> bool {
    let mut akimat = Device::open(&homes.join(AKIMAT), link);
    let roster = roster_of(&mut akimat);
    let edited = roster.lines().iter().any(|line| line.ended_by.is_some());
    akimat.close();
    edited
}

fn count_wrong(device: &mut Device, day: &Workload, edited: bool) -> usize {
    let mut squads = day.squads.clone();
    for event in day.events.iter().filter(|_| edited) {
        if let Deed::RosterSet(edit) = &event.deed {
            let squad = squads
                .iter_mut()
                .find(|squad| squad.sq == event.sq)
                .expect("a squad of the day");
            squad.roster.members[edit.m].set(edit);
        }
    }
    let roster = roster_of(device);
    let is_told = |squad: &str, member: &Member| {
        let mut lines = roster.lines().iter().filter(|line| line.ended_by.is_none());
        lines.any(|line| line.squad == squad_id(squad) && line.person == person(member))
    };
    let members = squads
        .iter()
        .flat_map(|squad| squad.roster.members.iter().map(|member| (&squad.sq, member)));
    members.filter(|(squad, member)| !is_told(squad, member)).count()
}

fn put_on(akimat: &mut Device, squad: &str, member: &Member) {
    let on = NameOn { squad: squad_id(squad), person: person(member) };
    say(akimat, squad, Body::NameOn(on));
}

fn take_off(akimat: &mut Device, squad: &str, member: &Member) {
    let person = PersonId::from_bytes(member.id_bytes());
    let ends = line_of(akimat, person);
    say(akimat, squad, Body::NameOff(NameOff { squad: squad_id(squad), person, ends }));
}

/// Says something of a squad whose id is the day's own.
fn say(console: &mut Device, squad: &str, body: Body) {
    let squad = squad_id(squad);
    let about = (squad.as_bytes(), body);
    console.book.state_unlooked(SpaceKind::Council, about).expect("the office may");
}

fn roster_of(device: &mut Device) -> Roster {
    let roster = device.book.roster().expect("an open fieldbook");
    roster.expect("a council that is read")
}

fn line_of(akimat: &mut Device, person: PersonId) -> StatementRef {
    let roster = roster_of(akimat);
    let mut lines = roster.lines().iter();
    let line = lines.find(|line| line.person.id == person && line.ended_by.is_none());
    line.expect("whoever is edited is on").key.clone()
}

fn person(member: &Member) -> Person {
    let full_name = name(&format!("{}|{}", member.name, member.particulars()));
    Person { id: PersonId::from_bytes(member.id_bytes()), full_name }
}

fn squad_id(squad: &str) -> SquadId {
    let mut id = [0; 16];
    id.iter_mut().zip(squad.bytes()).for_each(|(byte, letter)| *byte = letter);
    SquadId::from_bytes(id)
}

fn name(text: &str) -> Name {
    Name::new(text).expect("it is as long as a name may be")
}
