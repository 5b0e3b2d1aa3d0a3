//! `certificate`: issue, loss and reprint, the register of all of them, and what a code beside one is worth (001-§18, 20, 21).

mod verifying;

use std::path::Path;

use jasaq_fieldbook::model::guards::check_print;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{CertificateRecord, CertificateStatus};
use jasaq_fieldbook::model::register::{CertificateNumber, Signer};
use jasaq_fieldbook::{
    FieldbookRefused, Kept, NewCertificate, NewPrint, RegisteredCertificate, RegisteredPrint,
};
use serde_json::{Value, json};

use super::meant;
use super::people::{certificate_json, name_of};
use crate::arguments::certificate::{CertificateCommand, IssueArguments, ReprintArguments, SignerArguments};
use crate::failure::Failure;
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// One of them.
pub(super) fn run(program: &Program, command: &CertificateCommand) -> Result<Reply, Failure> {
    match command {
        CertificateCommand::Issue(arguments) => issue(program, arguments),
        CertificateCommand::Lost { person, day } => lose(program, person, *day),
        CertificateCommand::Reprint(arguments) => reprint(program, arguments),
        CertificateCommand::List => list(program),
        CertificateCommand::TrustList { output } => trust_list(program, output),
        CertificateCommand::Verify(arguments) => verifying::verify(program, arguments),
    }
}

fn signer_of(arguments: &SignerArguments) -> Signer {
    let SignerArguments { position, rank, signer } = arguments.clone();
    Signer { position, rank, full_name: signer }
}

fn issue(program: &Program, arguments: &IssueArguments) -> Result<Reply, Failure> {
    let number: CertificateNumber = arguments.number.parse().map_err(FieldbookRefused::from)?;
    let (signer, subdivision) = (signer_of(&arguments.signer), arguments.subdivision.clone());
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
    // Who is off the register, or on his way off it, gets no print.
    let next = if check_print(&view.record).is_ok() { "paper-lost-next" } else { "paper-lost-for-good" };
    Ok(Reply::new(json).text(words.say(told)).note(words.say(next)))
}

fn reprint(program: &Program, arguments: &ReprintArguments) -> Result<Reply, Failure> {
    let signer = signer_of(&arguments.signer);
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
    let words = &program.words;
    let all = program.with_fieldbook(|fieldbook| Ok(fieldbook.certificates()?))?;
    let Some(all) = all else {
        return Ok(meant::not_read(words, Kept::Books, json!({ "certificates": null })));
    };
    let headings = [
        "column-number",
        "column-print",
        "column-person",
        "column-name",
        "column-what",
        "column-day",
        "column-state",
        "column-key",
    ];
    let mut columns = Columns::new(words, &headings).sparing(&["column-what", "column-person", "column-day"]);
    for certificate in &all {
        for print in certificate.prints() {
            columns.row(row_of(words, certificate, &print));
        }
    }
    let text = if all.is_empty() { words.say("paper-none") } else { columns.to_string() };
    let listed: Vec<Value> = all.iter().map(json_of).collect();
    let reply = Reply::new(json!({ "certificates": listed })).text(text);
    let is_contested = all.iter().any(|certificate| !certificate.contested_with.is_empty());
    Ok(if is_contested { reply.note(words.say("paper-contested-next")) } else { reply })
}

/// One print. What other commands ask for is there: the person's id, and the key by which it is taken back.
fn row_of(words: &Words, certificate: &RegisteredCertificate, print: &RegisteredPrint) -> [String; 8] {
    let language = words.language();
    let issued = &certificate.record.issued.what;
    let fates = print.fates.iter().map(|(status, _)| *status);
    let mut status: Vec<String> = fates.map(|status| status.word(language).to_owned()).collect();
    if status.is_empty() {
        status.push(CertificateStatus::Issued.word(language).to_owned());
    }
    if !certificate.contested_with.is_empty() {
        status.insert(0, words.say("paper-contested"));
    }
    if certificate.record.is_newest_print_twice() && print.number == certificate.record.last_print() {
        status.insert(0, words.say("paper-print-twice"));
    }
    [
        issued.number.to_string(),
        print.number.to_string(),
        short(&certificate.person.to_string()),
        print.holder.to_string(),
        issued.kind.word(language).to_owned(),
        print.day.to_string(),
        status.join(", "),
        print.key.as_str().to_owned(),
    ]
}

fn json_of(certificate: &RegisteredCertificate) -> Value {
    let others: Vec<PersonId> = certificate.contested_with.iter().copied().collect();
    let prints = certificate.prints();
    let prints: Vec<Value> = prints.iter().map(|print| print_json(&certificate.record, print)).collect();
    let more = json!({
        "person": certificate.person, "taken_back": certificate.taken_back, "prints": prints,
    });
    with_fields(certificate_json(&certificate.record, &others), more)
}

/// One print, as the list shows it: also one that was taken back, or made twice.
fn print_json(record: &CertificateRecord, print: &RegisteredPrint) -> Value {
    let fates: Vec<CertificateStatus> = print.fates.iter().map(|(status, _)| *status).collect();
    let is_taken_back = fates.contains(&CertificateStatus::TakenBack);
    let status = if is_taken_back { Some(CertificateStatus::TakenBack) } else { record.status(print.number) };
    let lost = record.lost.iter().find(|said| said.what.print == print.number);
    json!({
        "print": print.number, "status": status, "key": print.key.as_str(), "full_name": print.holder,
        "day": print.day, "cause": print.cause,
        "loss": lost.map(|said| json!({ "day": said.what.day, "key": said.key.as_str() })),
    })
}

/// Every certificate of the register, as anybody may hold it.
fn trust_list(program: &Program, file: &Path) -> Result<Reply, Failure> {
    let (list, rows) = program.with_fieldbook(|fieldbook| Ok(fieldbook.export_trust_list()?))?;
    program.write_file(file, &list)?;
    let told = Message::new("trust-list-written").with("count", rows);
    let json = json!({ "file": file.display().to_string(), "certificates": rows, "bytes": list.len() });
    Ok(Reply::new(json).text(program.words.say(told)))
}
