//! `patrol audit`: every statement of a log, one a line, with who said it, when by which clock, how it came into the device, and what
//! it amends or takes back.
//!
//! JSON Lines hold everything; a CSV holds a view of the same in the columns of ODK's `audit.csv`, which other programs read. Members
//! are told by their ids: what they are called is not in it. Of cases it says that there are some, and no more.

use std::path::Path;

use jasaq_fieldbook::PatrolView;
use jasaq_fieldbook::model::amendment::Amendment;
use jasaq_fieldbook::model::entry::Entry;
use jasaq_fieldbook::model::ids::hexadecimal;
use jasaq_fieldbook::model::position::{Accuracy, Coordinates, Position};
use jasaq_fieldbook::model::register::{Cause, Record};
use jasaq_fieldbook::model::settling::Settling;
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_printing::tables::{CellOut, Column, Delimiter, TableOut, write_csv};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::log::{body_json, cause_json};
use crate::output::Reply;
use crate::program::{Program, find_patrol};
use crate::sheets;
use crate::words::Message;

/// What names the form in its first line.
const FORM: &str = "audit/1";

/// The columns of ODK's `audit.csv`, in its order.
const ODK_COLUMNS: [&str; 11] = [
    "event",
    "node",
    "start",
    "end",
    "latitude",
    "longitude",
    "accuracy",
    "old-value",
    "new-value",
    "user",
    "change-reason",
];

/// Writes the trail of a patrol.
pub(in crate::commands) fn audit(
    program: &Program,
    (patrol, file): (Option<&str>, &Path),
) -> Result<Reply, Failure> {
    let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let is_table = match ending.as_deref() {
        Some("csv") => true,
        Some("jsonl") => false,
        _ => return Err(Failure::usage("audit-ending")),
    };
    let (view, digest) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, patrol)?;
        Ok((fieldbook.patrol(patrol)?, fieldbook.patrol_digest(patrol)?))
    })?;
    let written = if is_table { as_odk(&view)? } else { json_lines(&view, digest) };
    program.write_file(file, &written)?;
    let (statements, unsettled) = (view.log.stated().len(), view.unsettled.len());
    let name = file.display().to_string();
    let told = Message::new("audit-written")
        .with("statements", statements)
        .with("file", name.clone());
    let json = json!({
        "patrol": view.patrol, "file": name, "statements": statements, "not_counted": unsettled,
    });
    let reply = Reply::new(json).text(program.words.say(told));
    let told = Message::new("audit-not-counted").with("count", unsettled);
    Ok(if unsettled > 0 { reply.note(program.words.say(told)) } else { reply })
}

/// The first line says of what this is; then a line for each statement that counts, and one for each that is here and does not.
fn json_lines(view: &PatrolView, digest: [u8; 16]) -> Vec<u8> {
    let head = json!({
        "jasaq": FORM,
        "patrol": view.patrol,
        "digest": hexadecimal(&digest),
        "parts": view.parts,
        "part_of": view.part_of,
    });
    let stated = view.log.stated().iter().map(|stated| line(view, stated));
    let unsettled = view.unsettled.iter().map(
        |unsettled| json!({ "key": unsettled.key, "author": unsettled.author, "not_counted": unsettled.reason }),
    );
    let lines = std::iter::once(head).chain(stated).chain(unsettled);
    lines.flat_map(|line| format!("{line}\n").into_bytes()).collect()
}

fn line(view: &PatrolView, stated: &Stated) -> Value {
    let statement = &stated.statement;
    let clocks = &statement.clocks;
    json!({
        "key": stated.key,
        "author": stated.author,
        "member": stated.member,
        "role": stated.role,
        "kind": statement.kind(),
        "happened_at": statement.happened_at(),
        "said_when": statement.occurred_at(),
        "recorded_at": clocks.recorded_at(),
        "gps_time": clocks.gps_time(),
        "since_boot_ms": clocks.elapsed_ms(),
        "received_at": view.provenance_of(stated).and_then(|logged| logged.received_at),
        "source": source(&statement.body),
        "amends": amendment(&statement.body).map(|amendment| cause_json(&amendment.of)),
        "withdraws": withdraws(&statement.body).map(|cause| cause_json(&cause)),
        "withdrawn_by": view.log.withdrawn_by(stated).map(cause_json),
        "said": body_json(&statement.body),
    })
}

const fn amendment(body: &Body) -> Option<&Amendment> {
    match body {
        Body::Amended(amendment) => Some(amendment),
        _ => None,
    }
}

fn withdraws(body: &Body) -> Option<Cause> {
    match body {
        Body::Register(Record::Withdrawn(taken)) => {
            Some(Cause { author: taken.author, key: taken.key.clone() })
        }
        _ => None,
    }
}

/// How it came into the device, where that is said.
const fn source(body: &Body) -> Option<Source> {
    match body {
        Body::Entry(entry) => Some(entry.source()),
        Body::Amended(amendment) => Some(amendment.entry.source()),
        Body::Track(chunk) => Some(chunk.source),
        Body::Waypoint(waypoint) => Some(waypoint.source),
        _ => None,
    }
}

/// The same as a table for programs that read ODK's.
fn as_odk(view: &PatrolView) -> Result<Vec<u8>, Failure> {
    let column = |heading: &str| Column { heading: heading.to_owned(), width_letters: 0 };
    let table = TableOut {
        name: FORM.to_owned(),
        columns: ODK_COLUMNS.iter().map(|heading| column(heading)).collect(),
        rows: view.log.stated().iter().map(|stated| odk_row(view, stated)).collect(),
    };
    write_csv(&table, Delimiter::Comma).map_err(|refused| sheets::unwritten(&refused))
}

fn odk_row(view: &PatrolView, stated: &Stated) -> Vec<CellOut> {
    let body = &stated.statement.body;
    let [latitude, longitude, accuracy] = place(body);
    let text = |text: Option<String>| text.map_or(CellOut::Empty, CellOut::Text);
    let [old, new] = values(view, body);
    vec![
        text(Some(stated.statement.kind().code().to_owned())),
        text(Some(stated.key.to_string())),
        text(Some(stated.statement.happened_at().to_string())),
        text(until(body)),
        latitude,
        longitude,
        accuracy,
        text(old),
        text(new),
        text(Some(stated.author.to_string())),
        text(reason(body)),
    ]
}

/// What was said before, of what is amended or taken back; and what is said.
fn values(view: &PatrolView, body: &Body) -> [Option<String>; 2] {
    let said_in = |cause: &Cause| {
        let before = view.log.stated().iter().find(|other| other.cause() == *cause)?;
        Some(said(&before.statement.body))
    };
    let old = amendment(body)
        .map(|amendment| amendment.of.clone())
        .or_else(|| withdraws(body));
    let new = withdraws(body).is_none().then(|| said(body));
    [old.and_then(|cause| said_in(&cause)), new]
}

/// In words, of an entry; else in codes.
fn said(body: &Body) -> String {
    match entry_of(body) {
        Some(entry) => entry.text().to_string(),
        None => body_json(body).to_string(),
    }
}

const fn entry_of(body: &Body) -> Option<&Entry> {
    match body {
        Body::Entry(entry) => Some(entry),
        Body::Amended(amendment) => Some(&amendment.entry),
        _ => None,
    }
}

fn place(body: &Body) -> [CellOut; 3] {
    let position = entry_of(body).and_then(Entry::position);
    let coordinates = match body {
        Body::Waypoint(waypoint) => waypoint.point.coordinates,
        _ => position.map(|position: &Position| position.coordinates),
    };
    let degrees = |of: fn(Coordinates) -> i32| {
        coordinates.map_or(CellOut::Empty, |place| CellOut::Scaled(of(place).into(), 7))
    };
    let accuracy = position.and_then(|position| position.accuracy).map(Accuracy::decimetres);
    [
        degrees(Coordinates::latitude_e7),
        degrees(Coordinates::longitude_e7),
        accuracy.map_or(CellOut::Empty, |accuracy| CellOut::Scaled(accuracy.into(), 1)),
    ]
}

fn until(body: &Body) -> Option<String> {
    match body {
        Body::Mark(mark) => mark.until.map(|until| until.to_string()),
        _ => None,
    }
}

/// Why something was changed, decided or opened again, where that is said.
fn reason(body: &Body) -> Option<String> {
    use jasaq_fieldbook::model::sealing::Sealing;

    match body {
        Body::Amended(amendment) => {
            let note = amendment.note.as_ref().map(|note| format!(": {note}"));
            Some(format!("{}{}", amendment.why, note.unwrap_or_default()))
        }
        Body::Register(Record::Withdrawn(taken)) => Some(taken.reason.to_string()),
        Body::Settling(Settling::SameEvent(said)) => said.reason.as_ref().map(ToString::to_string),
        Body::Settling(Settling::Resolved(said)) => said.reason.as_ref().map(ToString::to_string),
        Body::Settling(Settling::Excused(said)) => Some(said.why.to_string()),
        Body::Sealing(Sealing::Reopened(said)) => Some(said.reason.to_string()),
        _ => None,
    }
}
