//! `list`: lists of squad members on their way from an akimat to the territorial subdivision (001-§19).

mod answering;
mod before;
mod enclosed;
mod importing;
mod knowing;
pub(super) mod papers;
mod planned;

use jasaq_fieldbook::model::ids::ListId;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::ListRecord;
use jasaq_fieldbook::{FieldbookRefused, Kept, PersonView};
use serde_json::{Value, json};

use super::check::after_check;
use super::people::{People, name_of};
use super::{meant, withdrawing};
use crate::arguments::list::ListCommand;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// One of them.
pub(super) fn run(program: &Program, command: &ListCommand) -> Result<Reply, Failure> {
    match command {
        ListCommand::Import(arguments) => importing::import(program, arguments),
        ListCommand::Export { output, squad } => importing::export(program, output, squad.as_deref()),
        ListCommand::List => list(program),
        ListCommand::Show { list } => show(program, list),
        ListCommand::Receive { list, day, keep_copies } => receive(program, list, (*day, *keep_copies)),
        ListCommand::Withdraw(arguments) => withdrawing::list(program, arguments),
    }
}

fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let headings =
        ["column-list", "column-number", "column-day", "column-squad-name", "column-lines", "column-state"];
    let mut columns = Columns::new(words, &headings);
    let all = program.with_fieldbook(|fieldbook| {
        let people = People::of(program, fieldbook)?;
        let Some(lists) = fieldbook.squad_lists()? else { return Ok(None) };
        let alike = meant::read(fieldbook.lists_of_one_number()?, Kept::Lists)?;
        let mut sorted: Vec<_> = lists.iter().collect();
        sorted.sort_by_key(|(id, record)| (record.list.what.day, *id));
        let mut all: Vec<Value> = Vec::new();
        for (id, record) in sorted {
            let sent = &record.list.what;
            columns.row([
                short(&id.to_string()),
                sent.number.as_ref().map(ToString::to_string).unwrap_or_default(),
                sent.day.to_string(),
                people.squad_name(sent.squad),
                sent.lines.to_string(),
                [state(words, record)]
                    .into_iter()
                    .chain(same_number(words, alike.get(&id)))
                    .collect::<Vec<_>>()
                    .join("\n"),
            ]);
            all.push(to_json(record, alike.get(&id)));
        }
        Ok(Some(all))
    })?;
    let Some(all) = all else {
        return Ok(meant::not_read(words, Kept::Lists, json!({ "lists": null })));
    };
    let text = if all.is_empty() { words.say("list-none") } else { columns.to_string() };
    Ok(Reply::new(json!({ "lists": all })).text(text))
}

/// Which list it is, and how far it has come.
pub(super) fn head(words: &Words, record: &ListRecord) -> String {
    let sent = &record.list.what;
    words.say(
        Message::new("list-head")
            .with("number", sent.number.as_ref().map(ToString::to_string).unwrap_or_default())
            .with("day", sent.day.to_string())
            .with("state", state(words, record)),
    )
}

/// A list that is refused is told with its number and day.
pub(super) fn with_head(words: &Words, record: &ListRecord, refused: Failure) -> Failure {
    refused.after(Reply::new(to_json(record, None)).text(head(words, record)))
}

/// That another console of the akimat sent a list under the same number: each may not have heard of the other.
fn same_number(words: &Words, alike: Option<&Vec<ListId>>) -> Option<String> {
    let lists: Vec<String> = alike?.iter().map(|list| short(&list.to_string())).collect();
    Some(words.say(Message::new("list-number-twice").with("lists", lists.join(", "))))
}

fn state(words: &Words, record: &ListRecord) -> String {
    match (&record.withdrawn, record.received) {
        (Some(reason), _) => {
            words.say(Message::new("list-state-withdrawn").with("reason", reason.to_string()))
        }
        (None, Some(day)) => words.say(Message::new("list-state-received").with("day", day.to_string())),
        (None, None) => words.say("list-state-sent"),
    }
}

fn to_json(record: &ListRecord, alike: Option<&Vec<ListId>>) -> Value {
    let sent = &record.list.what;
    json!({
        "list": sent.list, "squad": sent.squad, "number": sent.number, "day": sent.day,
        "lines": sent.lines, "received": record.received, "withdrawn": record.withdrawn,
        "same_number": alike.into_iter().flatten().collect::<Vec<_>>(),
    })
}

/// A list with its lines, in their order, as the akimat gave them.
fn show(program: &Program, given: &str) -> Result<Reply, Failure> {
    let words = &program.words;
    let headings = [
        "column-line",
        "column-name",
        "column-born",
        "column-iin",
        "column-id-document",
        "column-state",
        "column-person",
    ];
    let mut columns = Columns::new(words, &headings);
    let found = program.with_fieldbook(|fieldbook| {
        if !fieldbook.reads(Kept::Lists)? {
            return Ok(None);
        }
        let (list, record) = meant::list(program, fieldbook, given)?;
        let mut lines: Vec<Value> = Vec::new();
        for (number, person) in meant::read(fieldbook.list_lines(list)?, Kept::Lists)? {
            let view = fieldbook.person(person)?;
            let before = before::before(fieldbook, &view)?;
            let is_erased = fieldbook.is_erased_by_unit(person)?;
            let json = line_json(number, &view, (before.as_ref(), is_erased));
            let cell = |name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            columns.row([
                number.to_string(),
                name_of(&view.record),
                cell("born"),
                cell("iin"),
                cell("id_document"),
                std::iter::once(view.record.state().word(words.language()).to_owned())
                    .chain(before.as_ref().map(|before| before::sentence(words, before)))
                    .chain(is_erased.then(|| words.say("list-erased-by-unit")))
                    .collect::<Vec<_>>()
                    .join("\n"),
                short(&person.to_string()),
            ]);
            lines.push(json);
        }
        let mut alike = meant::read(fieldbook.lists_of_one_number()?, Kept::Lists)?;
        Ok(Some((record, lines, alike.remove(&list))))
    })?;
    let Some((record, lines, alike)) = found else {
        return Ok(meant::not_read(words, Kept::Lists, json!({ "list": null })));
    };
    let mut json = to_json(&record, alike.as_ref());
    if let Some(fields) = json.as_object_mut() {
        fields.insert("persons".to_owned(), json!(lines));
    }
    let parts = [Some(head(words, &record)), same_number(words, alike.as_ref()), Some(columns.to_string())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Ok(Reply::new(json).text(parts.join("\n")))
}

fn line_json(number: u32, view: &PersonView, (before, is_erased): (Option<&PersonView>, bool)) -> Value {
    let identity = view.record.identity();
    json!({
        "line": number,
        "person": view.record.person,
        "full_name": view.record.full_name(),
        "born": identity.and_then(|identity| identity.born),
        "iin": identity.and_then(|identity| identity.iin).map(|iin| iin.digits()),
        "id_document": identity.and_then(|identity| identity.id_document.as_ref()).map(|paper| &paper.number),
        "residence": identity.and_then(|identity| identity.residence.as_ref()),
        "state": view.record.state(),
        "erased_by_unit": is_erased,
        "before": before.map(|before| before::to_json(before.record.person, Some(before))),
    })
}

fn receive(program: &Program, given: &str, (day, keeps): (Option<Day>, bool)) -> Result<Reply, Failure> {
    let (list, day, deleted) = program.with_fieldbook(|fieldbook| {
        let (list, record) = meant::list(program, fieldbook, given)?;
        let day = meant::day(fieldbook, day);
        let refused = |refused: FieldbookRefused| with_head(&program.words, &record, refused.into());
        let deleted = fieldbook.receive_list(list, day, after_check(keeps)).map_err(refused)?;
        Ok((list, day, deleted))
    })?;
    let words = &program.words;
    let json = json!({ "list": list, "received": day, "copies_deleted": deleted });
    let reply = Reply::new(json).text(words.say("list-received"));
    let told = Message::new("list-received-copies").with("count", deleted);
    let reply = if deleted == 0 { reply } else { reply.note(words.say(told)) };
    Ok(reply.note(words.say("list-received-next")))
}
