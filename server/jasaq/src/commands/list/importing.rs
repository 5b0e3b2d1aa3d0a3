//! `list import`, `list export`: from an akimat's file to a list that is sent, and back (001-§19).
//!
//! Promises that a dry run writes nothing, and that applying is all of it or nothing.

use std::collections::BTreeSet;
use std::path::Path;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{ListId, PersonId, SquadId};
use jasaq_fieldbook::model::list::{
    Answers, Citizenship, KnownPerson, ListedPerson, Outcome, Plan, Reading, RefusedLines, Standing, Step,
    plan, sheet_of,
};
use jasaq_fieldbook::model::register::{IdDocumentKind, Identity};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::sheet::{Address, Sheet};
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, Kept, NewList, PersonView, RegisterSquad};
use serde_json::{Value, json};

use super::answering::{self, Typed, Whom};
use super::papers::{Names, Papers, Whose};
use super::planned::{self, Befores, Counts};
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
    known: Vec<KnownPerson>,
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
        if let Some(unread) = answering::unread(&dry.plan) {
            return Err(unread.after(told));
        }
        let steps = match steps(program, &dry, arguments) {
            Ok(steps) => steps,
            Err(not_yet) if arguments.apply => return Err(not_yet.after(told)),
            // What is still open is in the table.
            Err(_) => return Ok(told.note(program.words.say("list-import-next"))),
        };
        // All of them are read before anything is recorded, and by a dry run too.
        let given = (arguments.cards.as_deref(), arguments.signature.as_deref());
        let names = if given.0.is_some() { names(&dry, &steps) } else { Names::new() };
        let papers = match Papers::read(&names, given) {
            Ok(papers) => papers,
            Err(failure) => return Err(failure.after(told)),
        };
        if !arguments.apply {
            return Ok(told.note(program.words.say("list-import-next")));
        }
        apply(program, fieldbook, (&dry, arguments), (steps, &papers))
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
    let everybody = meant::read(fieldbook.everybody()?, Kept::Persons)?;
    let today = fieldbook.today();
    let language = program.words.language();
    let refused = |refused: jasaq_fieldbook::model::list::ListRefused| {
        Failure::told(Class::Input, refused.sentence(language), &refused)
    };
    let nothing = Answers::new();
    let hint =
        plan(sheets, Reading { today, squad: None, known: &[], answers: &nothing }).map_err(refused)?;
    let hint = hint.squad_hint.map(|name| name.to_string());
    let squad = squad_of_list(program, fieldbook, (named, hint.as_deref()))?;
    let known = known(fieldbook, &everybody, squad.squad)?;
    let chosen = squad.record.created.as_ref().map(|created| &created.what.name);
    let whom = Whom { everybody: &everybody, known: &known, squad: squad.squad };
    let planned = answering::settle(typed, whom, |answers, known| {
        plan(sheets, Reading { today, squad: chosen, known, answers }).map_err(refused)
    })?;
    let sheet = sheets
        .get(planned.sheet)
        .cloned()
        .unwrap_or(Sheet { name: None, rows: Vec::new() });
    Ok(Dry { squad, everybody, known, plan: planned, sheet })
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

/// Whom this console knows, each by the last of his records; by his papers also where the list that brought them was taken back.
/// Whoever was erased is known to nobody.
fn known(
    fieldbook: &mut Fieldbook,
    everybody: &[PersonView],
    squad: SquadId,
) -> Result<Vec<KnownPerson>, Failure> {
    let mut known = Vec::with_capacity(everybody.len());
    let lists = meant::read(fieldbook.squad_lists()?, Kept::Lists)?;
    let is_in_check = |list: &ListId| lists.get(*list).is_none_or(|list| list.received.is_some());
    for view in everybody {
        let person = view.record.person;
        let former = if view.record.listed.is_empty() { fieldbook.papers_of(person)? } else { None };
        let has_begun = former.as_ref().is_none_or(|(_, lists)| lists.iter().any(is_in_check));
        let standing = standing(view, squad, !has_begun);
        if standing != Standing::OnThis && fieldbook.is_erased_from_lists(person)? {
            continue;
        }
        let identity = former.map(|(identity, _)| identity).or_else(|| identity_of(view));
        known.extend(identity.map(|identity| KnownPerson { identity, standing }));
    }
    let before: BTreeSet<PersonId> = known.iter().filter_map(|known| known.identity.before).collect();
    known.retain(|known| !before.contains(&known.identity.id));
    Ok(known)
}

/// Where somebody stands; whose lists were all taken back before anybody had them has begun nothing.
fn standing(view: &PersonView, squad: SquadId, is_taken_back: bool) -> Standing {
    let squads: BTreeSet<SquadId> = view.record.squads().collect();
    let is_over = !view.record.exclusions.is_empty() || !view.record.strike_offs.is_empty();
    match squads.first() {
        _ if squads.contains(&squad) => Standing::OnThis,
        Some(other) => Standing::OnAnother(*other),
        None if is_taken_back && !is_over => Standing::TakenBack,
        None => Standing::Off,
    }
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
    let table = planned::table(words, (&dry.plan, &dry.sheet), &befores(dry));
    let text = format!("{}\n{table}\n{}", words.say(head), counts.sentence(words));
    Reply::new(json_of(dry, (false, Value::Null))).text(text)
}

/// The records of this console by their ids: of whoever is listed anew, the one that ended.
fn befores(dry: &Dry) -> Befores<'_> {
    dry.everybody.iter().map(|view| (view.record.person, view)).collect()
}

fn json_of(dry: &Dry, (is_applied, list): (bool, Value)) -> Value {
    let mut json = planned::json(&dry.plan, &dry.sheet, &befores(dry));
    let more = json!({
        "squad": dry.squad.squad, "squad_name": meant::squad_name(&dry.squad),
        "counts": Counts::of(&dry.plan).json(), "applied": is_applied, "list": list,
    });
    if let (Some(fields), Value::Object(more)) = (json.as_object_mut(), more) {
        fields.extend(more);
    }
    json
}

/// What is to be done, if nothing is open.
fn steps(program: &Program, dry: &Dry, arguments: &ImportArguments) -> Result<Vec<Step>, Failure> {
    let refused = if arguments.leave_out_refused { RefusedLines::LeftOut } else { RefusedLines::NoneAllowed };
    let language = program.words.language();
    dry.plan
        .steps(refused)
        .map_err(|not_yet| Failure::told(Class::Input, not_yet.sentence(language), &not_yet))
}

/// After what copies may be named: whom the steps are about, and whoever is on the roster already.
fn names(dry: &Dry, steps: &[Step]) -> Names {
    let mut names = Names::new();
    let row = |at: Address| (u64::from(at.row) + 1).to_string();
    for line in &dry.plan.lines {
        if let Outcome::Match { person, is_on: true } = &line.outcome {
            let card = dry.known.iter().find(|known| known.identity.id == *person).and_then(card_of);
            let called = card.into_iter().chain([row(line.at)]);
            names.extend(called.map(|name| (name, Whose::OnAlready(*person))));
        }
    }
    for (number, step) in steps.iter().enumerate() {
        let (at, card) = step.line();
        let called = card.map(ToString::to_string).into_iter().chain([row(at)]);
        names.extend(called.map(|name| (name, Whose::Step(number))));
    }
    names
}

fn card_of(known: &KnownPerson) -> Option<String> {
    known.identity.id_document.as_ref().map(|document| document.number.to_string())
}

/// Sends the list, with the papers that go along.
fn apply(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (dry, arguments): (&Dry, &ImportArguments),
    (steps, papers): (Vec<Step>, &Papers),
) -> Result<Reply, Failure> {
    let words = &program.words;
    let number = arguments.number.as_deref().map(read_name).transpose()?;
    let persons = steps.len();
    let along = papers.with_list();
    let (list, missing) = if steps.is_empty() {
        (None, fieldbook.attach_missing_copies(&along.missing)?)
    } else {
        let members = steps.into_iter().map(|step| member(step, dry));
        let members = members.collect::<Option<Vec<Identity>>>();
        let members = members.ok_or_else(|| meant::refused(RegisterRefused::PersonUnknown))?;
        let day = meant::day(fieldbook, arguments.day);
        let new = NewList { squad: dry.squad.squad, number, day, members };
        let sent = fieldbook.submit_list_with(new, &along)?;
        (Some(sent.list), sent.missing)
    };
    let mut told = Vec::new();
    if list.is_some() {
        let sent = Message::new("list-sent").with("persons", persons);
        told.push(words.say(sent.with("copies", papers.copies())));
    }
    if missing > 0 {
        told.push(words.say(Message::new("list-copies-attached").with("copies", missing)));
    }
    let is_done = !told.is_empty();
    let next = if is_done { "list-sent-next" } else { "list-nothing-to-do" };
    let reply = if is_done {
        Reply::new(json_of(dry, (true, json!(list)))).text(told.join("\n"))
    } else {
        tell(program, dry)
    };
    let left = papers.on_already() - missing;
    let told_left = (left > 0).then(|| words.say(Message::new("list-copies-left").with("copies", left)));
    Ok(told_left.into_iter().chain([words.say(next)]).fold(reply, Reply::note))
}

/// The papers of a step's person.
fn member(step: Step, dry: &Dry) -> Option<Identity> {
    let known = |person: PersonId| dry.known.iter().find(|known| known.identity.id == person);
    match step {
        Step::Create { person, before, .. } => Some(person.into_identity(NEW, before)),
        Step::GoOn { person, listed, .. } => {
            Some(listed.into_identity(person, known(person)?.identity.before))
        }
        Step::PutOn { person, .. } => Some(known(person)?.identity.clone()),
    }
}

/// Writes a roster as a list again, where lists are read: what stands in them could not be left out unseen.
pub(super) fn export(program: &Program, file: &Path, given: Option<&str>) -> Result<Reply, Failure> {
    let words = &program.words;
    let (squad, persons) = program.with_fieldbook(|fieldbook| {
        fieldbook.check_reads(Kept::Lists)?;
        let squad = meant::squad(program, fieldbook, given)?;
        let mut views = meant::read(fieldbook.everybody()?, Kept::Persons)?;
        views.retain(|view| squad.members.contains(&view.record.person));
        in_order(&mut views);
        let persons: Vec<_> = views.iter().filter_map(listed).collect();
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

fn listed(view: &PersonView) -> Option<(ListedPerson, Citizenship)> {
    let citizenship = if view.record.listed.is_empty() { Citizenship::NotSaid } else { Citizenship::OnList };
    let Identity { full_name, iin, born, id_document, residence, .. } = identity_of(view)?;
    let card = id_document.filter(|paper| paper.kind == IdDocumentKind::IdentityCard);
    let card = card.map(|card| card.number);
    Some((ListedPerson { full_name, born, iin, card, residence }, citizenship))
}
