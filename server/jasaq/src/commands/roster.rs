//! `squad list`, `squad show SQUAD`, `squad roster`: squads as councils and the register have them.

use std::collections::BTreeMap;

use jasaq_fieldbook::model::ids::{Author, PersonId, StatementRef};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{HeadState, Said};
use jasaq_fieldbook::model::register::Supervision;
use jasaq_fieldbook::{Fieldbook, Kept, RegisterSquad};
use serde_json::{Value, json};

use super::council::{office_name, person_name};
use super::meant;
use super::people::{People, in_order};
use super::squad::headed;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// A squad for people and programs.
struct Shown {
    squad: RegisterSquad,
    /// The head's name; none for a vacancy or several.
    head: Option<String>,
    /// Whether the head is not registered, as far as the territory's office sees, which reads all books.
    is_head_unregistered: bool,
    /// What ended appointments: whose, since when, and which office said so under which key.
    ends: Vec<EndedHead>,
    /// Which offices say that they supervise it, in the order of the record.
    claimed_by: Vec<String>,
}

/// One end of an appointment.
struct EndedHead {
    person: PersonId,
    name: String,
    since: Day,
    office: String,
    key: StatementRef,
}

impl Shown {
    fn of(fieldbook: &mut Fieldbook, squad: RegisterSquad) -> Result<Self, Failure> {
        let (head, is_head_unregistered) = match squad.record.head() {
            HeadState::Head(person) => {
                let reads_all = fieldbook.reads(Kept::Checks)?;
                let record = fieldbook.person(person).ok().map(|view| view.record);
                let is_registered = record.is_some_and(|record| record.registration().is_some());
                (Some(person_name(fieldbook, person)?), reads_all && !is_registered)
            }
            HeadState::Vacant | HeadState::Several => (None, false),
        };
        let supervisions = squad.record.supervisions.iter();
        let claimed_by = supervisions.map(|said| office_name(fieldbook, &said.author));
        let claimed_by = claimed_by.collect::<Result<Vec<_>, _>>()?;
        let mut ends: BTreeMap<(StatementRef, Author), EndedHead> = BTreeMap::new();
        for appointment in &squad.record.appointments {
            let Some(since) = appointment.ended else { continue };
            for (key, author) in &appointment.ended_by {
                let (person, name) = (appointment.person, person_name(fieldbook, appointment.person)?);
                let (office, key) = (office_name(fieldbook, author)?, key.clone());
                ends.insert((key.clone(), *author), EndedHead { person, name, since, office, key });
            }
        }
        Ok(Self { squad, head, is_head_unregistered, ends: ends.into_values().collect(), claimed_by })
    }
}

/// The squads that councils created: a table, unless there is none, and the same for programs. Where no council's space is read,
/// the sentence who keeps it.
pub(super) fn council_squads(program: &Program) -> Result<(Option<String>, Value), Failure> {
    let words = &program.words;
    let squads = program.with_fieldbook(|fieldbook| {
        let Some(squads) = fieldbook.register_squads()? else { return Ok(None) };
        let shown = squads.into_iter().map(|squad| Shown::of(fieldbook, squad));
        Ok(Some(shown.collect::<Result<Vec<_>, _>>()?))
    })?;
    let Some(squads) = squads else {
        return Ok((Some(Kept::Squads.refusal().sentence(words.language())), Value::Null));
    };
    let headings =
        ["column-squad", "column-squad-name", "column-state", "column-head", "column-members", "column-odd"];
    let mut columns = Columns::new(words, &headings);
    for shown in &squads {
        let squad = &shown.squad;
        columns.row([
            short(&squad.squad.to_string()),
            meant::squad_name(squad),
            squad.record.state().word(words.language()).to_owned(),
            head_words(words, shown),
            squad.members.len().to_string(),
            odd(shown).iter().map(|id| words.say(*id)).collect::<Vec<_>>().join("; "),
        ]);
    }
    let all: Vec<Value> = squads.iter().map(to_json).collect();
    Ok(((!squads.is_empty()).then(|| headed(words, "squads-by-decision", &columns)), json!(all)))
}

fn head_words(words: &Words, shown: &Shown) -> String {
    match shown.squad.record.head() {
        HeadState::Head(_) => shown.head.clone().unwrap_or_default(),
        HeadState::Vacant => words.say("squad-head-vacant"),
        HeadState::Several => words.say("squad-head-several"),
    }
}

/// What is odd about a squad, for a person to look at.
fn odd(shown: &Shown) -> Vec<&'static str> {
    let (squad, record) = (&shown.squad, &shown.squad.record);
    let is_off = match record.head() {
        HeadState::Head(head) => !squad.members.contains(&head),
        HeadState::Vacant | HeadState::Several => false,
    };
    let odd = [
        ("squad-odd-no-decision", record.decision.is_none()),
        ("squad-odd-several-heads", record.head() == HeadState::Several),
        ("squad-odd-head-off-roster", is_off),
        ("squad-odd-head-unregistered", shown.is_head_unregistered),
        ("squad-odd-several-units", record.rolls().len() > 1),
    ];
    odd.into_iter().filter(|(_, is_so)| *is_so).map(|(id, _)| id).collect()
}

fn to_json(shown: &Shown) -> Value {
    let (squad, record) = (&shown.squad, &shown.squad.record);
    let head = match record.head() {
        HeadState::Head(person) => json!({ "person": person, "full_name": shown.head }),
        HeadState::Vacant | HeadState::Several => Value::Null,
    };
    let (number, day) = record.decision.clone().map_or((None, None), |(no, day)| (Some(no), Some(day)));
    json!({
        "squad": squad.squad,
        "name": meant::squad_name(squad),
        "district": record.created.as_ref().map(|created| &created.what.district),
        "state": record.state(),
        "decision": { "number": number, "day": day },
        "head": head,
        "heads_running": record.appointments.iter().filter(|one| one.ended.is_none()).count(),
        "heads_ended": shown.ends.iter().map(|end| json!({
            "person": end.person, "since": end.since, "office": end.office, "key": end.key.as_str(),
        })).collect::<Vec<_>>(),
        "supervisions": record.supervisions.iter().zip(&shown.claimed_by).map(|(said, office)| json!({
            "roll": said.what.roll, "office": office, "key": said.key.as_str(),
        })).collect::<Vec<_>>(),
        "members": squad.members,
        "odd": odd(shown),
        "remarks": record.remarks.iter().map(|said| &said.what.text).collect::<Vec<_>>(),
    })
}

/// One squad.
pub(super) fn show(program: &Program, given: &str) -> Result<Reply, Failure> {
    let words = &program.words;
    let found = program.with_fieldbook(|fieldbook| {
        if !fieldbook.reads(Kept::Squads)? {
            return Ok(None);
        }
        let squad = meant::squad(program, fieldbook, Some(given))?;
        let people = roster_of(program, fieldbook, &squad)?;
        Ok(Some((Shown::of(fieldbook, squad)?, people)))
    })?;
    let Some((shown, people)) = found else {
        return Ok(meant::not_read(words, Kept::Squads, json!({ "squad": null })));
    };
    let record = &shown.squad.record;
    let district = record.created.as_ref().map(|created| created.what.district.to_string());
    let told = Message::new("squad-show")
        .with("squad", meant::squad_name(&shown.squad))
        .with("district", district.unwrap_or_default())
        .with("state", record.state().word(words.language()))
        .with("head", head_words(words, &shown));
    let mut lines = vec![words.say(told)];
    if let Some((number, day)) = &record.decision {
        let told = Message::new("squad-decision")
            .with("number", number.to_string())
            .with("day", day.to_string());
        lines.push(words.say(told));
    }
    if record.rolls().len() > 1 {
        let claim = |(said, office): (&Said<Supervision>, &String)| {
            let told = Message::new("squad-claim").with("key", said.key.as_str().to_owned());
            words.say(
                told.with("office", office.clone())
                    .with("roll", short(&said.what.roll.to_string())),
            )
        };
        lines.extend(record.supervisions.iter().zip(&shown.claimed_by).map(claim));
    }
    for end in &shown.ends {
        let told = Message::new("squad-head-ended")
            .with("person", end.name.clone())
            .with("day", end.since.to_string())
            .with("office", end.office.clone())
            .with("key", end.key.as_str().to_owned());
        lines.push(words.say(told));
    }
    if record.rolls().len() > 1 && !shown.ends.is_empty() {
        lines.push(words.say("squad-head-ended-contested"));
    }
    lines.extend(odd(&shown).into_iter().map(|id| words.say(id)));
    for remark in &record.remarks {
        lines.push(words.say(Message::new("squad-remark").with("text", remark.what.text.to_string())));
    }
    Ok(Reply::new(to_json(&shown)).text(format!("{}\n{}", lines.join("\n"), people.0)))
}

/// Who is on a squad's roster.
pub(super) fn roster(program: &Program, given: Option<&str>) -> Result<Reply, Failure> {
    let found = program.with_fieldbook(|fieldbook| {
        if !fieldbook.reads(Kept::Squads)? {
            return Ok(None);
        }
        let squad = meant::squad(program, fieldbook, given)?;
        let people = roster_of(program, fieldbook, &squad)?;
        Ok(Some((squad, people)))
    })?;
    let Some((squad, (text, members))) = found else {
        return Ok(meant::not_read(&program.words, Kept::Squads, json!({ "members": null })));
    };
    let json = json!({ "squad": squad.squad, "name": meant::squad_name(&squad), "members": members });
    Ok(Reply::new(json).text(text))
}

fn roster_of(
    program: &Program,
    fieldbook: &mut Fieldbook,
    squad: &RegisterSquad,
) -> Result<(String, Vec<Value>), Failure> {
    let mut views = meant::read(fieldbook.everybody()?, Kept::Persons)?;
    views.retain(|view| squad.members.contains(&view.record.person));
    in_order(&mut views);
    let people = People::of(program, fieldbook)?;
    let all = views.iter().map(|view| people.to_json(view)).collect();
    Ok((people.table(&views), all))
}
