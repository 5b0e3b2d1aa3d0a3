//! `list import`, `list export`: from an akimat's file to a list that is sent, and back (001-§19).
//!
//! Promises that a dry run writes nothing, and that applying is all of it or nothing.

use std::path::Path;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::list::{
    Answers, Citizenship, KnownPerson, ListRefused, ListedPerson, NotYet, Plan, Reading, RefusedLines, Step,
    plan, sheet_of,
};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::ListRecord;
use jasaq_fieldbook::model::register::{IdDocumentKind, Identity};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::sheet::{Cell, Sheet};
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, Kept, NewList, PersonView, RegisterSquad};
use serde_json::{Value, json};

use super::answering::{self, Typed, Whom};
use super::enclosed::{self, Enclosed};
use super::knowing::{identity_of, known};
use super::papers::{Names, Papers};
use super::planned::{self, Acquainted, Counts};
use crate::arguments::list::ImportArguments;
use crate::commands::meant;
use crate::commands::people::{People, in_order};
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::Program;
use crate::sheets::{self, About};
use crate::table::short;
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
    let number = arguments.number.clone();
    program.with_fieldbook(|fieldbook| {
        let dry = dry_run(program, fieldbook, (&sheets, typed, arguments.squad.as_deref()))?;
        let names = Names::of(&dry.plan, |person| dry.known_card(person));
        let given = (arguments.cards.as_deref(), arguments.signature.as_deref());
        // All of them are read before anything is recorded, and by a dry run too.
        let papers = match Papers::read(&names, given) {
            Ok(papers) => papers,
            Err(failure) => return Err(failure.after(tell(program, (&dry, &Enclosed::default())))),
        };
        let enclosed = enclosed::of(fieldbook, (&dry.plan, &dry.sheet), &papers)?;
        let told = tell(program, (&dry, &enclosed));
        if let Some(unread) = answering::unread(&dry.plan) {
            return Err(unread.after(told));
        }
        if let Err(failure) = papers.check() {
            return Err(failure.after(told));
        }
        let steps = match steps(program, &dry, arguments) {
            Ok(steps) => steps,
            Err(not_yet) if arguments.apply => return Err(not_yet.after(told)),
            // What is still open is in the table.
            Err(_) => return Ok(told.note(program.words.say("list-import-next"))),
        };
        let day = meant::day(fieldbook, arguments.day);
        if let Some(number) = number.as_ref().filter(|_| !steps.is_empty() && !arguments.same_letter)
            && let Some(other) = fieldbook.list_of_letter(number, day)?
        {
            return Err(sent_before(program, fieldbook, &other)?.after(told));
        }
        if !arguments.apply {
            return Ok(told.note(program.words.say("list-import-next")));
        }
        apply(program, fieldbook, (&dry, &enclosed), (steps, &papers), (number, day, arguments.same_letter))
    })
}

/// An outgoing number names one letter: another list under it is a slip, unless the letter brings several.
fn sent_before(program: &Program, fieldbook: &mut Fieldbook, other: &ListRecord) -> Result<Failure, Failure> {
    let sent = &other.list.what;
    let people = People::of(program, fieldbook)?;
    let sentence = Message::new("list-number-sent")
        .with("number", sent.number.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("day", sent.day.to_string())
        .with("squad", people.squad_name(sent.squad))
        .with("persons", sent.lines)
        .with("list", short(&sent.list.to_string()));
    Ok(Failure::new(Class::Input, sentence, &"an outgoing number under which a list was sent"))
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
    let refused = |refused: ListRefused| {
        let next = program.words.say("list-refused-next");
        let is_no_table = refused == ListRefused::NoHeader && !sheets.iter().any(is_table);
        let sentence =
            if is_no_table { program.words.say("sheets-no-table") } else { refused.sentence(language) };
        Failure::told(Class::Input, format!("{sentence} {next}"), &refused)
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

/// Whether any row has more than one cell, as every row of headers has.
fn is_table(sheet: &Sheet) -> bool {
    let filled = |row: &Vec<Cell>| row.iter().filter(|cell| **cell != Cell::Empty).count();
    sheet.rows.iter().any(|row| filled(row) > 1)
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

fn tell(program: &Program, (dry, enclosed): (&Dry, &Enclosed)) -> Reply {
    let words = &program.words;
    let counts = Counts::of(&dry.plan);
    let head = Message::new("list-of-squad").with("squad", meant::squad_name(&dry.squad));
    let table = planned::table(words, (&dry.plan, &dry.sheet), &dry.acquainted());
    let parts = [words.say(head), table, enclosed.table(words), counts.sentence(words)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Reply::new(json_of((dry, enclosed), (false, Value::Null))).text(parts.join("\n"))
}

impl Dry {
    fn acquainted(&self) -> Acquainted<'_> {
        let known = self.known.iter().map(|known| (known.identity.id, &known.identity));
        let records = self.everybody.iter().map(|view| (view.record.person, view));
        Acquainted { records: records.collect(), known: known.collect() }
    }

    fn known_as(&self, person: PersonId) -> Option<&Identity> {
        let known = self.known.iter().find(|known| known.identity.id == person);
        known.map(|known| &known.identity)
    }

    fn known_card(&self, person: PersonId) -> Option<&Name> {
        self.known_as(person)?.id_document.as_ref().map(|document| &document.number)
    }
}

fn json_of((dry, enclosed): (&Dry, &Enclosed), (is_applied, list): (bool, Value)) -> Value {
    let mut json = planned::json(&dry.plan, &dry.sheet, &dry.acquainted());
    let more = json!({
        "squad": dry.squad.squad, "squad_name": meant::squad_name(&dry.squad),
        "counts": Counts::of(&dry.plan).json(), "applied": is_applied, "list": list,
        "copies": enclosed.json(),
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
    let next = program.words.say("list-not-yet-next");
    let told = |not_yet: &NotYet| format!("{} {next}", not_yet.sentence(language));
    dry.plan
        .steps(refused)
        .map_err(|not_yet| Failure::told(Class::Input, told(&not_yet), &not_yet))
}

/// Sends the list, with the papers that go along.
fn apply(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (dry, enclosed): (&Dry, &Enclosed),
    (steps, papers): (Vec<Step>, &Papers),
    (number, day, same_letter): (Option<Name>, Day, bool),
) -> Result<Reply, Failure> {
    let words = &program.words;
    let persons = steps.len();
    let along = papers.with_list(&steps, &enclosed::on_already(&dry.plan));
    let copies: usize = along.copies.values().map(Vec::len).sum();
    let (list, missing) = if steps.is_empty() {
        (None, fieldbook.attach_missing_copies(&along.missing)?)
    } else {
        let members = steps.into_iter().map(|step| member(step, dry));
        let members = members.collect::<Option<Vec<Identity>>>();
        let members = members.ok_or_else(|| meant::refused(RegisterRefused::PersonUnknown))?;
        let new = NewList { squad: dry.squad.squad, number, day, same_letter, members };
        let sent = fieldbook.submit_list_with(new, &along)?;
        (Some(sent.list), sent.missing)
    };
    let mut told = Vec::new();
    if list.is_some() {
        let sent = Message::new("list-sent").with("persons", persons);
        told.push(words.say(sent.with("copies", copies)));
    }
    if missing > 0 {
        told.push(words.say(Message::new("list-copies-attached").with("copies", missing)));
    }
    let is_done = !told.is_empty();
    let next = if is_done { "list-sent-next" } else { "list-nothing-to-do" };
    let reply = if is_done {
        let table = Some(enclosed.table(words)).filter(|table| !table.is_empty());
        told.extend(table);
        Reply::new(json_of((dry, enclosed), (true, json!(list)))).text(told.join("\n"))
    } else {
        tell(program, (dry, enclosed))
    };
    let left = along.missing.len() - missing;
    let told_left = (left > 0).then(|| words.say(Message::new("list-copies-left").with("copies", left)));
    Ok(told_left.into_iter().chain([words.say(next)]).fold(reply, Reply::note))
}

/// The papers of a step's person.
fn member(step: Step, dry: &Dry) -> Option<Identity> {
    match step {
        Step::Create { person, before, .. } => Some(person.into_identity(NEW, before)),
        Step::GoOn { person, listed, .. } => Some(listed.into_identity(person, dry.known_as(person)?.before)),
        Step::PutOn { person, .. } => dry.known_as(person).cloned(),
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
    sheets::write(program, file, &sheet, (about, words.language()))?;
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
