//! What must hold of the register once it is quiet.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::PersonView;
use jasaq_fieldbook::model::ids::{MemberId, PersonId};
use jasaq_fieldbook::model::roles::{MAY, Role, SpaceKind};
use jasaq_fieldbook::model::statement::Kind;

use super::steps::Storm;
use crate::field::Phone;
use crate::hex::to_hex;
use crate::inside;

fn texts(storm: &Storm, phone: Phone, select: &str) -> BTreeSet<String> {
    let vault = inside::vault_of(storm.field.home(phone));
    let mut statement = vault.prepare(select).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn view(storm: &mut Storm, console: Phone, person: PersonId) -> Option<PersonView> {
    storm.field.book(console).person(person).ok()
}

/// What a console acknowledged counts with everybody who has a key of its space, but for persons who were erased.
pub(super) fn nothing_lost(storm: &mut Storm) -> Result<(), String> {
    let erased: BTreeSet<String> = storm
        .recorded
        .erased
        .iter()
        .map(|(person, _)| to_hex(person.as_bytes()).to_uppercase())
        .collect();
    for phone in storm.field.everybody() {
        let reads = texts(storm, phone, "SELECT DISTINCT hex(space) FROM epochs");
        let counted = "SELECT hex(space) || hex(document) || key FROM statements WHERE standing = 0";
        let held = texts(storm, phone, counted);
        let due = storm.recorded.statements.iter();
        let mut due = due.filter(|(space, document, _)| reads.contains(space) && !erased.contains(document));
        if let Some((_, document, key)) =
            due.find(|(space, document, key)| !held.contains(&format!("{space}{document}{key}")))
        {
            return Err(format!("{phone:?} does not count {key} of {document}"));
        }
    }
    Ok(())
}

/// Consoles of one office show the same of everything, and both subdivisions the same of who may go out.
pub(super) fn all_alike(storm: &mut Storm) -> Result<(), String> {
    let consoles = storm.consoles.clone();
    for office in [&consoles.ts, &consoles.ss, &consoles.akimat, &consoles.council] {
        let Some((first, others)) = office.split_first() else { continue };
        for other in others {
            shows_alike(storm, *first, *other)?;
        }
    }
    let (ts, ss) = (consoles.ts[0], consoles.ss[0]);
    let erased: BTreeSet<PersonId> = storm.recorded.erased.iter().map(|(person, _)| *person).collect();
    for person in storm.field.book(ss).persons().unwrap().unwrap() {
        let [at_ts, at_ss] = [ts, ss].map(|console| view(storm, console, person));
        let [at_ts, at_ss] = [at_ts, at_ss].map(|view| view.map(|view| view.eligibility));
        if !erased.contains(&person) && at_ts != at_ss {
            return Err(format!("of {person} the TS says {at_ts:?}, the SS {at_ss:?}"));
        }
    }
    Ok(())
}

fn shows_alike(storm: &mut Storm, one: Phone, other: Phone) -> Result<(), String> {
    let persons = [one, other].map(|console| storm.field.book(console).persons().unwrap().unwrap());
    if persons[0] != persons[1] {
        return Err(format!("{one:?} and {other:?} know other persons"));
    }
    storm.field.tally.note_many("persons compared", persons[0].len() as u64);
    for person in &persons[0] {
        let [of_one, of_other] = [one, other].map(|console| view(storm, console, *person));
        if of_one != of_other {
            return Err(format!("{one:?} and {other:?} show {person} as {of_one:?} and {of_other:?}"));
        }
    }
    let overviews = [one, other].map(|console| {
        let book = storm.field.book(console);
        (book.register_squads().unwrap(), book.squad_lists().unwrap(), book.certificate_numbers().unwrap())
    });
    let contested = overviews[0]
        .2
        .iter()
        .flat_map(BTreeMap::values)
        .filter(|holders| holders.len() > 1)
        .count();
    storm.field.tally.note_many("contested numbers", contested as u64);
    if overviews[0] == overviews[1] { Ok(()) } else { Err(format!("{one:?} and {other:?}: {overviews:?}")) }
}

/// Whom a strike-off names may go out nowhere; a card lets out whom a console lets out, and nobody else.
pub(super) fn struck_off_out(storm: &mut Storm) -> Result<(), String> {
    let mut of_member: BTreeMap<MemberId, Vec<(PersonId, bool)>> = BTreeMap::new();
    let consoles: Vec<Phone> = [storm.consoles.ts.as_slice(), &storm.consoles.ss].concat();
    for console in &consoles {
        for person in storm.field.book(*console).persons().unwrap().unwrap() {
            let Some(view) = view(storm, *console, person) else { continue };
            let may = view.eligibility.is_some_and(|may| may.is_eligible());
            if may && !view.record.strike_offs.is_empty() {
                return Err(format!("{console:?} lets out {person}, who was struck off"));
            }
            for member in &view.record.members {
                of_member.entry(*member).or_default().push((person, may));
            }
        }
    }
    let mut readers = storm.ss.clone();
    readers.extend(storm.squads.iter().flat_map(|squad| squad.phones.iter().copied()));
    for reader in readers {
        // Whoever holds no key of a squad's patrols is shown no card, which is not the same as none being there.
        for card in storm.field.book(reader).squad_cards().unwrap().into_iter().flatten() {
            let persons = of_member.get(&card.member).map_or(&[][..], Vec::as_slice);
            storm
                .field
                .tally
                .note(if card.eligible { "cards that let out" } else { "cards that do not" });
            if card.eligible && !persons.iter().any(|(_, may)| *may) {
                return Err(format!("{reader:?} shows {card:?} of {persons:?}"));
            }
        }
    }
    Ok(())
}

/// Phones hold no statement of the register, akimats and councils none of what only subdivisions read.
pub(super) fn nobody_else(storm: &mut Storm) -> Result<(), String> {
    let reads = |role: Role, space: SpaceKind| match role {
        Role::LocalExecutiveBody => matches!(space, SpaceKind::Submission | SpaceKind::Council),
        Role::CoordinationCouncil => space == SpaceKind::Council,
        Role::StructuralSubdivision => !matches!(space, SpaceKind::Submission | SpaceKind::Register),
        Role::TerritorialSubdivision => true,
        _ => matches!(space, SpaceKind::Patrols | SpaceKind::Protected | SpaceKind::ToSubdivision),
    };
    for phone in storm.field.everybody() {
        let Some(role) = storm.field.book(phone).status().unwrap().role else { continue };
        let held = texts(storm, phone, "SELECT DISTINCT kind FROM statements");
        for kind in Kind::ALL {
            let may_hold = MAY.iter().any(|row| row.kind == *kind && reads(role, row.space));
            if !may_hold && held.contains(kind.code()) {
                return Err(format!("{phone:?} holds statements of the kind {kind}"));
            }
        }
    }
    Ok(())
}

/// Whoever has a part in it has said that he erased, and nothing came late. The subdivisions read every roll; who carried a
/// satchel for a squad does not hear of what is said there later.
pub(super) fn erased_gone(storm: &mut Storm) -> Result<(), String> {
    let subdivisions = [storm.consoles.ts.as_slice(), &storm.consoles.ss].concat();
    for console in subdivisions {
        for view in storm.field.book(console).erasures().unwrap() {
            let is_silent = view.devices.iter().any(|(_, has_obeyed)| !has_obeyed);
            if is_silent || view.late > 0 {
                return Err(format!("{console:?} shows {view:?}"));
            }
        }
    }
    Ok(())
}
