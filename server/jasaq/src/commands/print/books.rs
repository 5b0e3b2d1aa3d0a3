//! Extracts of what is kept: decisions, the register, its certificates, training.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::records::HeadState;
use jasaq_fieldbook::model::register::{CertificateKind, Engagement};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{Fieldbook, Kept, PersonView, RegisteredCertificate, RegisteredPrint, TrainingSession};
use jasaq_printing::documents::{
    Attendee, CertificateLine, CertificateRegister, Decided, DecisionExtract, Document, Fate,
    RegisterExtract, RegisteredPerson, TrainingRecord,
};
use serde_json::json;

use super::{nothing, signer};
use crate::arguments::print::{BookArguments, Page};
use crate::commands::council::person_name;
use crate::commands::keeping::sessions_table;
use crate::commands::meant;
use crate::commands::people::{People, in_order, name_of};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::words::{Message, Words};

pub(super) fn decision(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (given, head, akimat, page): (&str, bool, &str, &Page),
) -> Result<Document, Failure> {
    let squad = meant::squad(program, fieldbook, Some(given))?;
    let name = meant::squad_name(&squad);
    let created = squad.record.created.as_ref();
    let district = created.map(|created| created.what.district.to_string());
    let running = squad.record.appointments.iter().find(|one| one.ended.is_none());
    let (number, day, decided) = match (head, running) {
        (true, Some(appointed)) if squad.record.head() == HeadState::Head(appointed.person) => {
            let head = person_name(fieldbook, appointed.person)?;
            let decided = Decided::HeadAppointed { squad: name, head };
            (Some(appointed.number.to_string()), Some(appointed.day), decided)
        }
        (true, _) => {
            let told = Message::new("print-none-head").with("squad", name);
            let json = json!({ "squad": squad.squad, "head": null });
            return Err(nothing(Reply::new(json).text(program.words.say(told))));
        }
        (false, _) => {
            let (number, day) = squad
                .record
                .decision
                .clone()
                .map_or((None, None), |(no, day)| (Some(no), Some(day)));
            (number.map(|number| number.to_string()), day, Decided::SquadCreated { squad: name })
        }
    };
    let signer = signer(page, None);
    let akimat = akimat.to_owned();
    Ok(Document::DecisionExtract(DecisionExtract { akimat, district, number, day, decided, signer }))
}

pub(super) fn register(
    program: &Program,
    fieldbook: &mut Fieldbook,
    arguments: &BookArguments,
) -> Result<Document, Failure> {
    let views = fieldbook.registered()?;
    let mut views = views.ok_or_else(|| meant::refused(Kept::Books.refusal()))?;
    check_territory(fieldbook)?;
    in_order(&mut views);
    let people = People::of(program, fieldbook)?;
    let persons = views.iter().filter_map(|view| registered(&people, view)).collect();
    Ok(Document::RegisterExtract(RegisterExtract {
        territorial_subdivision: arguments.from.clone(),
        as_of: fieldbook.today(),
        persons,
        signer: signer(&arguments.page, None),
    }))
}

/// The general register and the accounting of certificates are the territory's (001-§21, 23): a unit reads its own people alone.
fn check_territory(fieldbook: &mut Fieldbook) -> Result<(), Failure> {
    let is_of_territory = fieldbook.status()?.role == Some(Role::TerritorialSubdivision);
    if is_of_territory { Ok(()) } else { Err(meant::refused(RegisterRefused::NotThisOffice)) }
}

fn registered(people: &People<'_>, view: &PersonView) -> Option<RegisteredPerson> {
    let registration = view.record.registration()?;
    let (kind, squad) = match registration.engagement {
        Engagement::SquadMember(squad) => (CertificateKind::SquadMember, Some(people.squad_name(squad))),
        Engagement::NonStaffEmployee => (CertificateKind::NonStaffEmployee, None),
    };
    Some(RegisteredPerson {
        name: registration.full_name.to_string(),
        kind,
        squad,
        registered_on: Some(registration.day),
        section: Some(registration.section.to_string()),
        certificate_number: view.record.certificate().map(|record| record.issued.what.number.to_string()),
        is_on_register: view.record.is_on_register(),
        struck_off_on: view.record.strike_offs.first().map(|said| said.what.day),
    })
}

pub(super) fn certificates(
    fieldbook: &mut Fieldbook,
    arguments: &BookArguments,
) -> Result<Document, Failure> {
    let all = fieldbook.certificates()?;
    let all = all.ok_or_else(|| meant::refused(Kept::Books.refusal()))?;
    check_territory(fieldbook)?;
    Ok(Document::CertificateRegister(CertificateRegister {
        territorial_subdivision: arguments.from.clone(),
        as_of: fieldbook.today(),
        certificates: all.iter().flat_map(lines_of).collect(),
        signer: signer(&arguments.page, None),
    }))
}

/// Each print with all that became of it, and since when.
fn lines_of(certificate: &RegisteredCertificate) -> Vec<CertificateLine> {
    let issued = &certificate.record.issued.what;
    let line = |print: RegisteredPrint| CertificateLine {
        number: issued.number.to_string(),
        print: print.number,
        cause: print.cause,
        kind: issued.kind,
        holder: print.holder.to_string(),
        issued_on: Some(print.day),
        is_contested: !certificate.contested_with.is_empty(),
        fates: print.fates.into_iter().map(|(status, since)| Fate { status, since }).collect(),
    };
    certificate.prints().into_iter().map(line).collect()
}

pub(super) fn training(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (given, from, page): (Option<&str>, &str, &Page),
) -> Result<Document, Failure> {
    let sessions = fieldbook.training_sessions()?;
    let sessions = sessions.ok_or_else(|| meant::refused(Kept::Books.refusal()))?;
    let mut session = meant_session(&program.words, sessions, given)?;
    in_order(&mut session.persons);
    let people = People::of(program, fieldbook)?;
    let attendees = session.persons.iter().map(|view| {
        let squad = people.squads_of(&view.record);
        Attendee { name: name_of(&view.record), squad: Some(squad).filter(|squad| !squad.is_empty()) }
    });
    Ok(Document::TrainingRecord(TrainingRecord {
        structural_subdivision: from.to_owned(),
        military_unit: Some(session.military_unit.to_string()),
        day: Some(session.day),
        topics: vec![session.topics.to_string()],
        attendees: attendees.collect(),
        signer: signer(page, None),
    }))
}

/// The session whose id begins so; if none is named, that of the newest day. Of several none is guessed.
fn meant_session(
    words: &Words,
    mut sessions: Vec<TrainingSession>,
    given: Option<&str>,
) -> Result<TrainingSession, Failure> {
    let newest = sessions.iter().map(|session| session.day).max();
    sessions.retain(|session| match given {
        Some(given) => session.session.to_string().starts_with(&given.to_ascii_lowercase()),
        None => Some(session.day) == newest,
    });
    if sessions.len() > 1 {
        let ids: Vec<_> = sessions.iter().map(|one| json!({ "session": one.session })).collect();
        let reply = Reply::new(json!({ "candidates": ids })).text(sessions_table(words, &sessions));
        return Err(meant::refused(RegisterRefused::SeveralMeant).after(reply));
    }
    sessions.pop().ok_or_else(|| {
        let missing = words.say("print-none-training");
        nothing(Reply::new(json!({ "session": given })).text(missing))
    })
}
