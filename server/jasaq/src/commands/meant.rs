//! Who and what is meant: persons, squads and lists by id, number or name.
//!
//! Promises that nothing is guessed: where several are meant nothing is done, and the candidates are shown. Their names go to
//! standard output, also where a program reads it; the failure itself holds none.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{ListId, PersonId, SquadId};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{ListRecord, PersonRecord, PersonState};
use jasaq_fieldbook::model::register::CertificateNumber;
use jasaq_fieldbook::model::spelling::{Query, folded, is_called, searchable};
use jasaq_fieldbook::{
    Fieldbook, FieldbookRefused, Kept, PersonView, RegisterSquad, RosterEntry, RosterQuery,
};
use serde_json::{Value, json};

use super::people::{People, in_order, name_of};
use crate::failure::Failure;
use crate::limits::PREFIX_DIGITS_MIN;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// The person who is meant: by the id or its first digits, by the number of a certificate, or by the name. Of several records the
/// one that is not over, if there is one such.
pub(super) fn person(
    program: &Program,
    fieldbook: &mut Fieldbook,
    given: &str,
) -> Result<PersonView, Failure> {
    person_such(program, fieldbook, (given, &|record| !is_over(record)))
}

/// The same, where who was struck off is asked for.
pub(super) fn struck_off(
    program: &Program,
    fieldbook: &mut Fieldbook,
    given: &str,
) -> Result<PersonView, Failure> {
    person_such(program, fieldbook, (given, &|record| !record.strike_offs.is_empty()))
}

/// The same, where somebody on a squad's roster is asked for.
pub(super) fn person_on(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (given, squad): (&str, &RegisterSquad),
) -> Result<PersonView, Failure> {
    person_such(program, fieldbook, (given, &|record| squad.members.contains(&record.person)))
}

/// Whether all of them have one name: records of one person, as it seems.
fn are_namesakes(views: &[PersonView]) -> bool {
    let names: BTreeSet<String> = views.iter().map(|view| folded(&name_of(&view.record))).collect();
    names.len() == 1
}

/// Whether nothing of an engagement is to come any more.
fn is_over(record: &PersonRecord) -> bool {
    use PersonState::{Notified, OffRoster, Refused, StruckOff};
    matches!(record.state(), StruckOff | Notified | OffRoster | Refused)
}

fn person_such(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (given, is_such): (&str, &dyn Fn(&PersonRecord) -> bool),
) -> Result<PersonView, Failure> {
    let by_number = by_number(fieldbook, given)?;
    let is_named = by_number.is_empty();
    let meant = if is_named { by_name(fieldbook, given)? } else { by_number };
    let views = meant.into_iter().map(|person| fieldbook.person(person));
    let mut found = views.collect::<Result<Vec<PersonView>, _>>()?;
    let (such, others): (Vec<_>, Vec<_>) = found.iter().partition(|view| is_such(&view.record));
    if let ([only], true) = (such.as_slice(), is_named && are_namesakes(&found))
        && !others.is_empty()
    {
        let others: Vec<String> = others.iter().map(|view| short(&view.record.person.to_string())).collect();
        let told = Message::new("meant-not-these").with("ids", others.join(", "));
        program.output.hint(&program.words.say(told));
        found = vec![(*only).clone()];
    }
    if found.len() > 1 {
        let people = People::of(program, fieldbook)?;
        in_order(&mut found);
        return Err(refused(RegisterRefused::SeveralMeant).after(people.candidates(&found)));
    }
    found.pop().ok_or_else(|| refused(RegisterRefused::PersonUnknown))
}

/// By what is said of one person alone: a certificate's number, else how the id begins. A number that is whole comes before an id
/// that happens to begin like it.
fn by_number(fieldbook: &mut Fieldbook, given: &str) -> Result<BTreeSet<PersonId>, Failure> {
    let number: Option<CertificateNumber> = given.parse().ok();
    let mut numbers = fieldbook.certificate_numbers()?.unwrap_or_default();
    if let Some(meant) = number.and_then(|number| numbers.remove(&number)) {
        return Ok(meant);
    }
    let is_id = given.len() >= PREFIX_DIGITS_MIN && given.bytes().all(|digit| digit.is_ascii_hexdigit());
    let persons = if is_id { read(fieldbook.persons()?, Kept::Persons)? } else { Vec::new() };
    Ok(persons
        .into_iter()
        .filter(|person| begins(&person.to_string(), given))
        .collect())
}

/// Whoever is called exactly so; else whoever's name has words that begin so.
fn by_name(fieldbook: &mut Fieldbook, given: &str) -> Result<BTreeSet<PersonId>, Failure> {
    if folded(given).is_empty() {
        return Ok(BTreeSet::new());
    }
    let query = RosterQuery { search: Some(given), ..RosterQuery::default() };
    let found = read(fieldbook.roster_page(&query)?, Kept::Persons)?.entries;
    let is_called_so =
        |entry: &RosterEntry| entry.full_name.as_ref().is_some_and(|name| is_called(name.as_str(), given));
    let is_exact = found.iter().any(is_called_so);
    let meant = found.iter().filter(|entry| !is_exact || is_called_so(entry));
    Ok(meant.map(|entry| entry.person).collect())
}

/// The squad that is meant, as a council created it. If none is named, the only one.
pub(super) fn squad(
    program: &Program,
    fieldbook: &mut Fieldbook,
    given: Option<&str>,
) -> Result<RegisterSquad, Failure> {
    let mut squads = read(fieldbook.register_squads()?, Kept::Squads)?;
    if let Some(given) = given {
        let is_called_so = |squad: &RegisterSquad| is_called(&squad_name(squad), given);
        let is_written_so = |squad: &RegisterSquad| squad_name(squad) == given.trim();
        let (is_written, is_exact) = (squads.iter().any(is_written_so), squads.iter().any(is_called_so));
        squads.retain(|squad| {
            begins(&squad.squad.to_string(), given)
                || match (is_written, is_exact) {
                    (true, _) => is_written_so(squad),
                    (false, true) => is_called_so(squad),
                    (false, false) => finds(squad, given),
                }
        });
    }
    if squads.len() > 1 {
        return Err(refused(RegisterRefused::SeveralMeant).after(squad_candidates(&program.words, &squads)));
    }
    squads.pop().ok_or_else(|| refused(RegisterRefused::SquadUnknown))
}

fn finds(squad: &RegisterSquad, given: &str) -> bool {
    Query::new(given).finds(&searchable(&squad_name(squad)))
}

fn squad_candidates(words: &Words, squads: &[RegisterSquad]) -> Reply {
    let mut columns = Columns::new(words, &["column-squad", "column-squad-name"]);
    for squad in squads {
        columns.row([short(&squad.squad.to_string()), squad_name(squad)]);
    }
    let listed = squads
        .iter()
        .map(|squad| json!({ "squad": squad.squad, "name": squad_name(squad) }));
    Reply::new(json!({ "candidates": listed.collect::<Vec<_>>() })).text(columns.to_string())
}

/// What a squad is called by the council's decision.
pub(super) fn squad_name(squad: &RegisterSquad) -> String {
    let created = squad.record.created.as_ref();
    created.map(|created| created.what.name.to_string()).unwrap_or_default()
}

/// The list that is meant: by its outgoing number, its id, or how that begins. Of several with one number the one that was not
/// taken back: it was sent anew.
pub(super) fn list(
    program: &Program,
    fieldbook: &mut Fieldbook,
    given: &str,
) -> Result<(ListId, ListRecord), Failure> {
    let lists = read(fieldbook.squad_lists()?, Kept::Lists)?;
    let has_number = |record: &ListRecord| {
        let number = record.list.what.number.as_ref();
        number.is_some_and(|number| number.as_str() == given.trim())
    };
    let mut found: Vec<(ListId, ListRecord)> = lists
        .iter()
        .filter(|(id, record)| has_number(record) || begins(&id.to_string(), given))
        .map(|(id, record)| (id, record.clone()))
        .collect();
    if found.len() > 1 && found.iter().any(|(_, record)| record.withdrawn.is_none()) {
        found.retain(|(_, record)| record.withdrawn.is_none());
    }
    if found.len() > 1 {
        let words = &program.words;
        let mut columns = Columns::new(words, &["column-list", "column-number", "column-day"]);
        for (id, record) in &found {
            let number = record.list.what.number.as_ref().map(ToString::to_string);
            columns.row([
                short(&id.to_string()),
                number.unwrap_or_default(),
                record.list.what.day.to_string(),
            ]);
        }
        let ids: Vec<_> = found.iter().map(|(id, _)| json!({ "list": id })).collect();
        let reply = Reply::new(json!({ "candidates": ids })).text(columns.to_string());
        return Err(refused(RegisterRefused::SeveralMeant).after(reply));
    }
    found.pop().ok_or_else(|| refused(RegisterRefused::ListUnknown))
}

/// The squad that is meant of those on whose rosters somebody is. If none is named, the only one; of several all are shown.
pub(super) fn squad_of(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (view, given): (&PersonView, Option<&str>),
) -> Result<SquadId, Failure> {
    if given.is_some() {
        return Ok(squad(program, fieldbook, given)?.squad);
    }
    let on: BTreeSet<SquadId> = view.record.squads().collect();
    let Some(first) = on.first() else { return Err(refused(RegisterRefused::NotOnRoster)) };
    if on.len() == 1 {
        return Ok(*first);
    }
    let mut squads = read(fieldbook.register_squads()?, Kept::Squads)?;
    squads.retain(|squad| on.contains(&squad.squad));
    Err(refused(RegisterRefused::SeveralMeant).after(squad_candidates(&program.words, &squads)))
}

/// The day that was given, else today.
pub(super) fn day(fieldbook: &mut Fieldbook, given: Option<Day>) -> Day {
    given.unwrap_or_else(|| fieldbook.today())
}

/// What the register refuses, as the fieldbook says it.
pub(super) fn refused(why: RegisterRefused) -> Failure {
    FieldbookRefused::Register(why).into()
}

/// What was looked for, where nothing can be done without it.
pub(super) fn read<T>(found: Option<T>, kept: Kept) -> Result<T, Failure> {
    found.ok_or_else(|| refused(kept.refusal()))
}

/// What a view answers where something is not read here: nothing, which is not *none*, and who can be asked.
pub(super) fn not_read(words: &Words, kept: Kept, json: Value) -> Reply {
    Reply::new(json).text(kept.refusal().sentence(words.language()))
}

/// Whether an id begins with what was given, if that is enough to name one.
pub(super) fn begins(id: &str, given: &str) -> bool {
    given.len() >= PREFIX_DIGITS_MIN && id.starts_with(&given.to_ascii_lowercase())
}
