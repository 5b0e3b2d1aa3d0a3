//! `print`: the register's documents and papers of patrols as PDF (requirements §5.3).
//!
//! Promises that a paper says what the register says and no more: letters have no ground and no reason, because there is no field
//! for one.

mod books;
mod earlier;
mod extract;
mod handover;
mod in_words;
mod page;
mod rows;
mod sheet;

use std::num::NonZeroU8;

use indicatif::{ProgressBar, ProgressStyle};
use jasaq_fieldbook::formats::certificates::CertificateClaims;
use jasaq_fieldbook::model::guards::{RegisterRefused, only_certificate};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{CertificateRecord, CertificateStatus, PersonRecord};
use jasaq_fieldbook::model::register::{CheckOutcome, Engagement};
use jasaq_fieldbook::model::words::Language;
use jasaq_fieldbook::{Fieldbook, Kept, PersonView};
use jasaq_printing::documents::{
    Certificate, Document, ExclusionNotice, Letterhead, ListedPerson, Made, MemberList, NonStaffApplication,
    PageLanguage, Refusal, RegistrationNotice, Signer, StrikeOffNotice,
};
use jasaq_printing::paper::{PrintRefused, print};
use serde_json::json;

use super::meant;
use super::people::name_of;
use crate::arguments::print::{Letter, LetterArguments, Page, PrintCommand};
use crate::failure::{Class, Failure};
use crate::limits::STROKE_TIME;
use crate::output::Reply;
use crate::program::Program;
use crate::table::short;
use crate::words::{Message, Words};

pub(super) use earlier::undone;
pub(crate) use page::pdf_of_page;
pub(super) use page::{draft_in_words, sealed_in_words, worth};

/// One of the papers.
pub(super) fn run(program: &Program, command: &PrintCommand) -> Result<Reply, Failure> {
    let (page, document) = program.with_fieldbook(|fieldbook| {
        Ok(match command {
            PrintCommand::Certificate { person, page } => {
                (page, certificate(program, fieldbook, (person, page))?)
            }
            PrintCommand::List { list, letter, page } => {
                (page, list_letter(program, fieldbook, (list, letter, page))?)
            }
            PrintCommand::Application { person, to, page } => {
                (page, application(program, fieldbook, (person.as_deref(), to))?)
            }
            PrintCommand::Refusal(arguments)
            | PrintCommand::Registration(arguments)
            | PrintCommand::Exclusion(arguments)
            | PrintCommand::StrikeOff(arguments) => {
                (&arguments.page, letter(program, fieldbook, (command, arguments))?)
            }
            PrintCommand::Decision { squad, head, akimat, page } => {
                (page, books::decision(program, fieldbook, (squad, *head, akimat, page))?)
            }
            PrintCommand::Register(arguments) => {
                (&arguments.page, books::register(program, fieldbook, arguments)?)
            }
            PrintCommand::Certificates(arguments) => {
                (&arguments.page, books::certificates(fieldbook, arguments)?)
            }
            PrintCommand::Training { session, from, page } => {
                (page, books::training(program, fieldbook, (session.as_deref(), from, page))?)
            }
            PrintCommand::Page(arguments) => (&arguments.sheet, page::page(program, fieldbook, arguments)?),
            PrintCommand::Extract(arguments) => {
                (&arguments.sheet, extract::extract(program, fieldbook, arguments)?)
            }
            PrintCommand::Sheet(arguments) => {
                (&arguments.sheet, sheet::sheet(program, fieldbook, arguments)?)
            }
            PrintCommand::Handover(arguments) => {
                (&arguments.sheet, handover::handover(program, fieldbook, arguments)?)
            }
        })
    })?;
    write(program, (page, &document))
}

fn write(program: &Program, (page, document): (&Page, &Document)) -> Result<Reply, Failure> {
    let day = crate::program::surroundings().now().moment().day();
    let bar = progress(program);
    let pdf = pdf_of(document, language_of(program, page), day);
    bar.finish_and_clear();
    let pdf = pdf?;
    program.write_file(&page.output, &pdf)?;
    let file = page.output.display().to_string();
    let told = program.words.say(Message::new("printed").with("file", file.clone()));
    let json = json!({ "document": document.name(), "file": file, "bytes": pdf.len() });
    Ok(Reply::new(json).text(told))
}

/// Thousands of entries take a while.
fn progress(program: &Program) -> ProgressBar {
    if !program.output.is_watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(program.words.say("print-under-way"));
    let style = ProgressStyle::with_template("{spinner} {msg} · {elapsed}");
    let bar = style.map_or(bar.clone(), |style| bar.with_style(style));
    bar.enable_steady_tick(STROKE_TIME);
    bar
}

/// The file of a document, as it is made on this day.
fn pdf_of(document: &Document, language: Language, day: Day) -> Result<Vec<u8>, Failure> {
    let language = match language {
        Language::Ru => PageLanguage::Ru,
        Language::Kk | Language::En => PageLanguage::Kk,
    };
    let made = Made { day, program: concat!("jasaq ", env!("CARGO_PKG_VERSION")).to_owned() };
    print(document, language, &made).map_err(|refused| unprinted(&refused))
}

/// The language of a page: there is none in English.
fn language_of(program: &Program, page: &Page) -> Language {
    match page.language.unwrap_or(program.words.language()) {
        Language::Ru => Language::Ru,
        Language::Kk | Language::En => Language::Kk,
    }
}

fn unprinted(refused: &PrintRefused) -> Failure {
    let sentence = match refused {
        PrintRefused::NotPrintable { character } => {
            Message::new("print-not-printable").with("code", format!("U+{:04X}", u32::from(*character)))
        }
        PrintRefused::TooManyRows { rows, .. } => Message::new("print-too-many-rows").with("rows", *rows),
        _ => Message::new("print-does-not-fit"),
    };
    Failure::new(Class::Input, sentence, refused)
}

/// Who signs: as it was given, else as it was recorded, else lines.
fn signer(page: &Page, recorded: Option<&jasaq_fieldbook::model::register::Signer>) -> Signer {
    let or = |given: &Option<String>, recorded: Option<String>| given.clone().or(recorded);
    Signer {
        position: or(&page.position, recorded.map(|signer| signer.position.to_string())),
        rank: or(&page.rank, recorded.map(|signer| signer.rank.to_string())),
        name: or(&page.signer, recorded.map(|signer| signer.full_name.to_string())),
    }
}

/// The newest print, with its signed code. What cannot be shown is not printed.
fn certificate(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (person, page): (&str, &Page),
) -> Result<Document, Failure> {
    fieldbook.check_reads(Kept::Books)?;
    let view = meant::person(program, fieldbook, person)?;
    let record = printable(&view.record)?;
    if is_contested(fieldbook, &view)? {
        let why = &"a number that was given twice";
        return Err(Failure::new(Class::Rule, "print-number-contested", why));
    }
    let claims = last_claims(fieldbook, record)?;
    let code = fieldbook.sign_certificate(&claims)?;
    let reprint = record.reprints.iter().find(|said| said.what.print == record.last_print());
    let recorded = reprint.map_or(&record.issued.what.signer, |said| &said.what.signer);
    Ok(Document::Certificate(Certificate {
        kind: claims.kind,
        number: claims.number.to_string(),
        print: claims.print.get().into(),
        holder: claims.holder.to_string(),
        territorial_subdivision: claims.subdivision.to_string(),
        issued_on: Some(claims.issued_on),
        signer: signer(page, Some(recorded)),
        code: Some(code),
    }))
}

/// The certificate that stands; of one that cannot be shown it is said why.
fn printable(record: &PersonRecord) -> Result<&CertificateRecord, Failure> {
    let refused = |sentence| Failure::new(Class::Rule, sentence, &"a certificate that cannot be shown");
    let certificate = only_certificate(record).map_err(meant::refused)?;
    if !record.strike_offs.is_empty() {
        Err(refused("print-struck-off"))
    } else if !record.exclusions.is_empty() {
        Err(refused("print-excluded"))
    } else if certificate.status(certificate.last_print()) == Some(CertificateStatus::Lost) {
        Err(refused("print-lost"))
    } else if certificate.can_be_shown() {
        Ok(certificate)
    } else {
        Err(meant::refused(RegisterRefused::NotRegistered))
    }
}

/// Whether somebody else's certificate has the same number.
fn is_contested(fieldbook: &mut Fieldbook, view: &PersonView) -> Result<bool, Failure> {
    let all = meant::read(fieldbook.certificates()?, Kept::Books)?;
    let mut own = all.iter().filter(|one| one.person == view.record.person);
    Ok(own.any(|one| !one.contested_with.is_empty()))
}

/// What the newest print says; of a print that two consoles made at one hour nobody can say which it is.
fn last_claims(fieldbook: &Fieldbook, record: &CertificateRecord) -> Result<CertificateClaims, Failure> {
    let territory = fieldbook.territory_mark();
    let print = u8::try_from(record.last_print()).ok().and_then(NonZeroU8::new);
    let mut claims = print.map_or(Vec::new(), |print| CertificateClaims::of(territory, record, print));
    match (claims.pop(), claims.is_empty()) {
        (Some(claims), true) => Ok(claims),
        _ => Err(Failure::new(Class::Rule, "print-contested", &"a print that was made twice")),
    }
}

fn letterhead(letter: &Letter, to: Option<String>) -> Letterhead {
    let Letter { from, number, day, .. } = letter;
    Letterhead { from: from.clone(), to: letter.to.clone().or(to), number: number.clone(), day: *day }
}

fn list_letter(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (given, letter, page): (&str, &Letter, &Page),
) -> Result<Document, Failure> {
    fieldbook.check_reads(Kept::Lists)?;
    let (list, record) = meant::list(program, fieldbook, given)?;
    if record.withdrawn.is_some() {
        return Err(meant::refused(RegisterRefused::ListWithdrawn));
    }
    let sent = record.list.what;
    let squads = meant::read(fieldbook.register_squads()?, Kept::Squads)?;
    let squad = squads.into_iter().find(|squad| squad.squad == sent.squad);
    let squad = squad.ok_or_else(|| meant::refused(RegisterRefused::SquadUnknown))?;
    let (mut members, mut copies) = (Vec::new(), 0);
    for (_, person) in meant::read(fieldbook.list_lines(list)?, Kept::Lists)? {
        members.push(listed(&fieldbook.person(person)?));
        let held = fieldbook.copies_of(person)?;
        copies += held.iter().filter(|copy| !copy.is_erased).count();
    }
    let mut letter = letterhead(letter, None);
    letter.number = letter.number.or(sent.number.map(|number| number.to_string()));
    letter.day = letter.day.or(Some(sent.day));
    let created = squad.record.created.as_ref();
    Ok(Document::MemberList(MemberList {
        letter,
        squad: meant::squad_name(&squad),
        district: created.map(|created| created.what.district.to_string()).unwrap_or_default(),
        members,
        copies: u32::try_from(copies).ok().filter(|copies| *copies > 0),
        signer: signer(page, None),
    }))
}

fn listed(view: &PersonView) -> ListedPerson {
    let identity = view.record.identity();
    let paper = identity.and_then(|identity| identity.id_document.as_ref());
    ListedPerson {
        name: name_of(&view.record),
        born: identity.and_then(|identity| identity.born),
        identification_number: identity.and_then(|identity| identity.iin).map(|iin| iin.digits()),
        identity_card: paper.map(|paper| paper.number.to_string()),
        residence: identity
            .and_then(|identity| identity.residence.as_ref())
            .map(ToString::to_string),
    }
}

fn application(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (person, to): (Option<&str>, &str),
) -> Result<Document, Failure> {
    if person.is_some() {
        fieldbook.check_reads(Kept::Checks)?;
    }
    let view = person.map(|given| meant::person(program, fieldbook, given)).transpose()?;
    let applied = view
        .as_ref()
        .and_then(|view| view.record.applications.first().map(|said| &said.what));
    let residence = applied.and_then(|applied| applied.person.residence.as_ref());
    Ok(Document::NonStaffApplication(NonStaffApplication {
        to: to.to_owned(),
        applicant: view.as_ref().map(|view| name_of(&view.record)),
        residence: residence.map(ToString::to_string),
        phone: None,
        id_document: applied
            .and_then(|applied| applied.person.id_document.as_ref())
            .map(|paper| paper.kind),
        with_insurance: applied.is_some_and(|applied| applied.has_insurance),
        day: applied.map(|applied| applied.received),
    }))
}

/// The letters about a person: each only if what it tells was recorded.
fn letter(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (command, arguments): (&PrintCommand, &LetterArguments),
) -> Result<Document, Failure> {
    fieldbook.check_reads(match command {
        PrintCommand::Refusal(_) => Kept::Checks,
        PrintCommand::Exclusion(_) => Kept::Lists,
        _ => Kept::Books,
    })?;
    let view = meant::person(program, fieldbook, &arguments.person)?;
    let record = &view.record;
    // The notice to take somebody off goes to the akimat, whose name stands in no record.
    let to = match command {
        PrintCommand::Exclusion(_) => None,
        _ => Some(name_of(record)),
    };
    let letter = letterhead(&arguments.letter, to);
    let signer = signer(&arguments.page, None);
    let words = &program.words;
    let nothing = |why| nothing_of(words, &view, why);
    Ok(match command {
        PrintCommand::Refusal(_) => {
            // Decided both ways, it is not refused: one of the two is taken back first.
            if record.decision() != Some(CheckOutcome::Refused) {
                return Err(nothing("print-none-refusal"));
            }
            let received_on = record.applications.first().map(|said| said.what.received);
            Document::Refusal(Refusal { letter, received_on, signer })
        }
        PrintCommand::Registration(_) => {
            // Of a squad's member the text has no such notice (001-§18).
            let registration = record
                .registration()
                .filter(|registration| registration.engagement == Engagement::NonStaffEmployee);
            let registered_on = Some(registration.ok_or_else(|| nothing("print-none-registration"))?.day);
            let certificate = record.certificate();
            let certificate_number = certificate.map(|record| record.issued.what.number.to_string());
            Document::RegistrationNotice(RegistrationNotice {
                letter,
                registered_on,
                certificate_number,
                signer,
            })
        }
        PrintCommand::Exclusion(_) => {
            let notice = record.exclusions.first();
            let notice = notice.ok_or_else(|| nothing("print-none-exclusion"))?.what.clone();
            exclusion(fieldbook, (&view, notice.squad), (letter, signer))?
        }
        _ => {
            let struck_off = record.strike_offs.first();
            let struck_off_on = Some(struck_off.ok_or_else(|| nothing("print-none-strike-off"))?.what.day);
            if record.strike_offs.iter().any(|said| said.what.is_death) {
                return Err(meant::refused(RegisterRefused::NoticeToTheDead));
            }
            Document::StrikeOffNotice(StrikeOffNotice { letter, struck_off_on, signer })
        }
    })
}

/// Which paper there is nothing for, of whom, and why.
fn nothing_of(words: &Words, view: &PersonView, why: &'static str) -> Failure {
    let record = &view.record;
    let whom = Message::new("print-none-of")
        .with("person", name_of(record))
        .with("id", short(&record.person.to_string()))
        .with("state", record.state().word(words.language()));
    let json = json!({ "person": record.person, "state": record.state(), "why": words.say(why) });
    nothing(Reply::new(json).text(format!("{}\n{}", words.say(whom), words.say(why))))
}

/// That there is nothing to print; what is missing is shown beside it.
fn nothing(missing: Reply) -> Failure {
    meant::refused(RegisterRefused::NothingToTell).after(missing)
}

fn exclusion(
    fieldbook: &mut Fieldbook,
    (view, squad): (&PersonView, jasaq_fieldbook::model::ids::SquadId),
    (letter, signer): (Letterhead, Signer),
) -> Result<Document, Failure> {
    let squads = fieldbook.register_squads()?.unwrap_or_default();
    let squad = squads.iter().find(|known| known.squad == squad).map(meant::squad_name);
    let lists = meant::read(fieldbook.squad_lists()?, Kept::Lists)?;
    let line = view.record.listed.last().map(|said| said.what.list);
    let list = line.and_then(|list| lists.get(list)).map(|record| record.list.what.clone());
    Ok(Document::ExclusionNotice(ExclusionNotice {
        letter,
        squad: squad.unwrap_or_default(),
        person: name_of(&view.record),
        born: view.record.identity().and_then(|identity| identity.born),
        list_number: list.as_ref().and_then(|list| list.number.as_ref()).map(ToString::to_string),
        list_day: list.map(|list| list.day),
        signer,
    }))
}
