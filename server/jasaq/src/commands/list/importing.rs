//! `list import`, `list export`: from an akimat's file to a list that is sent, and back (001-§19).
//!
//! Promises that a dry run writes nothing, and that applying is all of it or nothing.

use std::collections::BTreeSet;
use std::path::Path;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{PersonId, SquadId};
use jasaq_fieldbook::model::list::{
    KnownPerson, ListedPerson, Plan, Reading, RefusedLines, Standing, Step, plan, sheet_of,
};
use jasaq_fieldbook::model::register::{IdDocumentKind, Identity};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::sheet::Sheet;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, NewList, PersonView, RegisterSquad};
use serde_json::{Value, json};

use super::answering::{self, Typed};
use super::papers::Papers;
use super::planned::{self, Counts};
use crate::arguments::list::ImportArguments;
use crate::commands::meant;
use crate::commands::people::in_order;
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::{Program, read_name};
use crate::sheets::{self, About};
use crate::words::Message;

/// A record whose id the fieldbook gives.
const NEW: PersonId = PersonId::from_bytes([0; 16]);

/// A list and what would come of it.
struct Dry {
    squad: RegisterSquad,
    everybody: Vec<PersonView>,
    plan: Plan,
    sheet: Sheet,
}

/// Says what would come of a list; with `--apply`, sends it.
pub(super) fn import(program: &Program, arguments: &ImportArguments) -> Result<Reply, Failure> {
    let sheets = sheets::read(&arguments.file)?;
    let typed = answering::read(&arguments.answer, arguments.answers.as_deref())?;
    program.with_fieldbook(|fieldbook| {
        let dry = dry_run(program, fieldbook, (&sheets, typed, arguments.squad.as_deref()))?;
        let told = tell(program, &dry);
        if !arguments.apply {
            return Ok(told.note(program.words.say("list-import-next")));
        }
        apply(program, fieldbook, (&dry, arguments), told)
    })
}

fn dry_run(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (sheets, typed, named): (&[Sheet], Vec<Typed>, Option<&str>),
) -> Result<Dry, Failure> {
    // Whoever sends no lists need not learn what would come of one.
    if fieldbook.status()?.role != Some(Role::LocalExecutiveBody) {
        return Err(FieldbookRefused::MayNotState { paragraph: "001-§19" }.into());
    }
    let everybody = fieldbook.everybody()?;
    let today = fieldbook.today();
    let language = program.words.language();
    let refused = |refused: jasaq_fieldbook::model::list::ListRefused| {
        Failure::told(Class::Input, refused.sentence(language), &refused)
    };
    let hint = plan(sheets, Reading { today, known: &[], answers: &answering::none() }).map_err(refused)?;
    let hint = hint.squad_hint.map(|name| name.to_string());
    let squad = squad_of_list(program, fieldbook, (named, hint.as_deref()))?;
    let known = known(&everybody, squad.squad);
    let planned = answering::settle(typed, &everybody, |answers| {
        plan(sheets, Reading { today, known: &known, answers }).map_err(refused)
    })?;
    let sheet = sheets
        .get(planned.sheet)
        .cloned()
        .unwrap_or(Sheet { name: None, rows: Vec::new() });
    Ok(Dry { squad, everybody, plan: planned, sheet })
}

/// The squad that was named, else the one that the title names, else the only one.
fn squad_of_list(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (named, hint): (Option<&str>, Option<&str>),
) -> Result<RegisterSquad, Failure> {
    match (named, hint) {
        // A list that names another squad than any known here is nobody's to guess about.
        (None, Some(hint)) => meant::squad(program, fieldbook, Some(hint)).map_err(|_| {
            Failure::new(Class::Input, "list-squad-not-known", &"the title's squad is not known")
        }),
        _ => meant::squad(program, fieldbook, named),
    }
}

/// Whom this console knows, each by the last of his records.
fn known(everybody: &[PersonView], squad: SquadId) -> Vec<KnownPerson> {
    let before: BTreeSet<PersonId> = everybody
        .iter()
        .filter_map(|view| view.record.identity().and_then(|identity| identity.before))
        .collect();
    let last = everybody.iter().filter(|view| !before.contains(&view.record.person));
    last.filter_map(|view| {
        let squads: BTreeSet<SquadId> = view.record.squads().collect();
        let standing = match squads.first() {
            _ if squads.contains(&squad) => Standing::OnThis,
            Some(other) => Standing::OnAnother(*other),
            None => Standing::Off,
        };
        Some(KnownPerson { identity: identity_of(view)?, standing })
    })
    .collect()
}

fn identity_of(view: &PersonView) -> Option<Identity> {
    let by_name = || {
        let full_name = view.record.full_name()?.clone();
        let id = view.record.person;
        let (iin, born, id_document, residence, before) = (None, None, None, None, None);
        Some(Identity { id, full_name, iin, born, id_document, residence, before })
    };
    view.record.identity().cloned().or_else(by_name)
}

fn tell(program: &Program, dry: &Dry) -> Reply {
    let words = &program.words;
    let counts = Counts::of(&dry.plan);
    let head = Message::new("list-of-squad").with("squad", meant::squad_name(&dry.squad));
    let table = planned::table(words, &dry.plan, &dry.sheet);
    let text = format!("{}\n{table}\n{}", words.say(head), counts.sentence(words));
    Reply::new(json_of(dry, (false, Value::Null))).text(text)
}

fn json_of(dry: &Dry, (is_applied, list): (bool, Value)) -> Value {
    let mut json = planned::json(&dry.plan, &dry.sheet);
    let more = json!({
        "squad": dry.squad.squad, "squad_name": meant::squad_name(&dry.squad),
        "counts": Counts::of(&dry.plan).json(), "applied": is_applied, "list": list,
    });
    if let (Some(fields), Value::Object(more)) = (json.as_object_mut(), more) {
        fields.extend(more);
    }
    json
}

/// Sends the list, with the papers that go along.
fn apply(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (dry, arguments): (&Dry, &ImportArguments),
    told: Reply,
) -> Result<Reply, Failure> {
    let words = &program.words;
    let refused = if arguments.leave_out_refused { RefusedLines::LeftOut } else { RefusedLines::NoneAllowed };
    let steps = match dry.plan.steps(refused) {
        Ok(steps) => steps,
        Err(not_yet) => {
            return Err(Failure::told(Class::Input, not_yet.sentence(words.language()), &not_yet).after(told));
        }
    };
    if steps.is_empty() {
        return Ok(told.note(words.say("list-nothing-to-do")));
    }
    let papers = Papers::read(&steps, (arguments.cards.as_deref(), arguments.signature.as_deref()))?;
    let number = arguments.number.as_deref().map(read_name).transpose()?;
    let members = steps.into_iter().map(|step| member(step, &dry.everybody));
    let members = members.collect::<Option<Vec<Identity>>>();
    let members = members.ok_or_else(|| meant::refused(RegisterRefused::PersonUnknown))?;
    let day = meant::day(fieldbook, arguments.day);
    let list = fieldbook.submit_list(NewList { squad: dry.squad.squad, number, day, members })?;
    let persons: Vec<PersonId> = fieldbook.list_lines(list)?.into_iter().map(|(_, person)| person).collect();
    let sent = Message::new("list-sent")
        .with("persons", persons.len())
        .with("copies", papers.copies());
    let reply = Reply::new(json_of(dry, (true, json!(list))))
        .text(words.say(sent))
        .note(words.say("list-sent-next"));
    match papers.attach(fieldbook, (list, &persons)) {
        Ok(()) => Ok(reply),
        Err(failure) => Err(failure.after(reply)),
    }
}

/// The papers of a step's person.
fn member(step: Step, everybody: &[PersonView]) -> Option<Identity> {
    match step {
        Step::Create { person, before, .. } => Some(person.into_identity(NEW, before)),
        Step::PutOn { person, .. } => {
            identity_of(everybody.iter().find(|view| view.record.person == person)?)
        }
    }
}

/// Writes a roster as a list again.
pub(super) fn export(program: &Program, file: &Path, given: Option<&str>) -> Result<Reply, Failure> {
    let words = &program.words;
    let (squad, persons) = program.with_fieldbook(|fieldbook| {
        let squad = meant::squad(program, fieldbook, given)?;
        let mut views = fieldbook.everybody()?;
        views.retain(|view| squad.members.contains(&view.record.person));
        in_order(&mut views);
        let persons: Vec<ListedPerson> = views.iter().filter_map(listed).collect();
        Ok((squad, persons))
    })?;
    let sheet = sheet_of(&persons, words.language());
    let filter = Message::new("list-of-squad").with("squad", meant::squad_name(&squad));
    let about = About { what: words.say("list-exported-what"), filter: words.say(filter) };
    sheets::write(file, &sheet, (about, words.language()))?;
    let told = Message::new("list-exported").with("persons", persons.len());
    let json = json!({ "squad": squad.squad, "persons": persons.len() });
    Ok(Reply::new(json).text(words.say(told)))
}

fn listed(view: &PersonView) -> Option<ListedPerson> {
    let Identity { full_name, iin, born, id_document, residence, .. } = identity_of(view)?;
    let card = id_document.filter(|paper| paper.kind == IdDocumentKind::IdentityCard);
    Some(ListedPerson { full_name, born, iin, card: card.map(|card| card.number), residence })
}
