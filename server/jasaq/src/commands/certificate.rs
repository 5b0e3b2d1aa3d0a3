//! `certificate`: issue, loss and reprint, the register of all of them, and what a code beside one is worth (001-§18, 20, 21).

mod verifying;

use std::path::Path;

use jasaq_fieldbook::formats::certificates::TrustRow;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::{CertificateNumber, Signer};
use jasaq_fieldbook::model::spelling::SortKey;
use jasaq_fieldbook::{FieldbookRefused, NewCertificate, NewPrint};
use serde_json::{Value, json};

use super::meant;
use super::people::{certificate_json, name_of};
use crate::arguments::certificate::{CertificateCommand, IssueArguments, ReprintArguments, SignerArguments};
use crate::failure::Failure;
use crate::files;
use crate::output::Reply;
use crate::program::{Program, read_name};
use crate::table::Columns;
use crate::words::Message;

/// One of them.
pub(super) fn run(program: &Program, command: &CertificateCommand) -> Result<Reply, Failure> {
    match command {
        CertificateCommand::Issue(arguments) => issue(program, arguments),
        CertificateCommand::Lost { person, day } => lose(program, person, *day),
        CertificateCommand::Reprint(arguments) => reprint(program, arguments),
        CertificateCommand::List => list(program),
        CertificateCommand::TrustList { file } => trust_list(program, file),
        CertificateCommand::Verify(arguments) => verifying::verify(program, arguments),
    }
}

fn read_signer(arguments: &SignerArguments) -> Result<Signer, Failure> {
    Ok(Signer {
        position: read_name(&arguments.position)?,
        rank: read_name(&arguments.rank)?,
        full_name: read_name(&arguments.signer)?,
    })
}

fn issue(program: &Program, arguments: &IssueArguments) -> Result<Reply, Failure> {
    let number: CertificateNumber = arguments.number.parse().map_err(FieldbookRefused::from)?;
    let (signer, subdivision) = (read_signer(&arguments.signer)?, read_name(&arguments.subdivision)?);
    let (view, day) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, &arguments.person)?;
        let day = meant::day(fieldbook, arguments.day);
        let new = NewCertificate { number: number.clone(), subdivision, day, signer };
        fieldbook.issue_certificate(view.record.person, new)?;
        Ok((view, day))
    })?;
    let words = &program.words;
    let told = Message::new("paper-issued")
        .with("number", number.to_string())
        .with("person", name_of(&view.record));
    let json = json!({ "person": view.record.person, "number": number, "day": day, "print": 1 });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("paper-issued-next")))
}

fn lose(program: &Program, person: &str, day: Option<Day>) -> Result<Reply, Failure> {
    let (view, day) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, person)?;
        let day = meant::day(fieldbook, day);
        fieldbook.lose_certificate(view.record.person, day)?;
        Ok((view, day))
    })?;
    let words = &program.words;
    let told = Message::new("paper-lost").with("person", name_of(&view.record));
    let json = json!({ "person": view.record.person, "day": day });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("paper-lost-next")))
}

fn reprint(program: &Program, arguments: &ReprintArguments) -> Result<Reply, Failure> {
    let signer = read_signer(&arguments.signer)?;
    let (view, print) = program.with_fieldbook(|fieldbook| {
        let view = meant::person(program, fieldbook, &arguments.person)?;
        let day = meant::day(fieldbook, arguments.day);
        let new = NewPrint { cause: arguments.cause, day, signer };
        let print = fieldbook.reprint_certificate(view.record.person, new)?;
        Ok((view, print))
    })?;
    let words = &program.words;
    let told = Message::new("paper-reprinted")
        .with("person", name_of(&view.record))
        .with("print", print);
    let json = json!({ "person": view.record.person, "print": print, "cause": arguments.cause });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("register-next-sync")))
}

/// The register of certificates, by number. One that two consoles gave at the same hour stands twice, and is told.
fn list(program: &Program) -> Result<Reply, Failure> {
    let (views, numbers) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.everybody()?, fieldbook.certificate_numbers()?)))?;
    let words = &program.words;
    let language = words.language();
    let of_person = views
        .iter()
        .flat_map(|view| view.record.certificates.iter().map(move |certificate| (view, certificate)));
    let mut all: Vec<_> = of_person.collect();
    all.sort_by_cached_key(|(_, certificate)| SortKey::new(certificate.issued.what.number.as_str()));
    let headings =
        ["column-number", "column-name", "column-what", "column-day", "column-print", "column-state"];
    let mut columns = Columns::new(words, &headings);
    let mut listed: Vec<Value> = Vec::new();
    let mut contested = 0;
    for (view, certificate) in all {
        let issued = &certificate.issued.what;
        let is_contested = numbers.get(&issued.number).is_some_and(|persons| persons.len() > 1);
        contested += usize::from(is_contested);
        let status = certificate.status(certificate.last_print());
        let status = status.map_or("", |status| status.word(language)).to_owned();
        columns.row([
            issued.number.to_string(),
            issued.full_name.to_string(),
            issued.kind.word(language).to_owned(),
            issued.day.to_string(),
            certificate.last_print().to_string(),
            if is_contested { words.say("paper-contested") } else { status },
        ]);
        let mut json = certificate_json(certificate);
        if let Some(fields) = json.as_object_mut() {
            fields.insert("person".to_owned(), json!(view.record.person));
            fields.insert("is_contested".to_owned(), json!(is_contested));
        }
        listed.push(json);
    }
    let text = if listed.is_empty() { words.say("paper-none") } else { columns.to_string() };
    let reply = Reply::new(json!({ "certificates": listed })).text(text);
    Ok(if contested > 0 { reply.note(words.say("paper-contested-next")) } else { reply })
}

/// Every certificate of the register, as anybody may hold it.
fn trust_list(program: &Program, file: &Path) -> Result<Reply, Failure> {
    let (list, rows) = program.with_fieldbook(|fieldbook| {
        let territory = fieldbook.territory_mark();
        let everybody = fieldbook.everybody()?;
        let certificates = everybody.iter().flat_map(|view| &view.record.certificates);
        let rows: Vec<TrustRow> = certificates
            .flat_map(|certificate| TrustRow::of(territory, certificate))
            .collect();
        let count = rows.len();
        Ok((fieldbook.export_trust_list(rows)?, count))
    })?;
    files::write_whole(file, &list)?;
    let told = Message::new("trust-list-written").with("count", rows);
    let json = json!({ "file": file.display().to_string(), "certificates": rows, "bytes": list.len() });
    Ok(Reply::new(json).text(program.words.say(told)))
}
