//! Extracts of what is kept: decisions, the register, its certificates, training.

use std::collections::BTreeMap;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::records::{CertificateRecord, CertificateStatus, HeadState, Print};
use jasaq_fieldbook::model::register::{CertificateKind, Engagement};
use jasaq_fieldbook::model::spelling::SortKey;
use jasaq_fieldbook::{Fieldbook, PersonView};
use jasaq_printing::documents::{
    Attendee, CertificateLine, CertificateRegister, Decided, DecisionExtract, Document, RegisterExtract,
    RegisteredPerson, TrainingRecord,
};

use super::signer;
use crate::arguments::print::{BookArguments, Page};
use crate::commands::council::person_name;
use crate::commands::meant;
use crate::commands::people::{People, in_order, name_of};
use crate::failure::Failure;
use crate::program::Program;

pub(super) fn decision(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (given, head, akimat, page): (&str, bool, &str, &Page),
) -> Result<Document, Failure> {
    let squad = meant::squad(program, fieldbook, Some(given))?;
    let name = meant::squad_name(&squad);
    let running = squad.record.appointments.iter().find(|one| one.ended.is_none());
    let (number, day, decided) = match (head, running) {
        (true, Some(appointed)) if squad.record.head() == HeadState::Head(appointed.person) => {
            let head = person_name(fieldbook, appointed.person)?;
            let decided = Decided::HeadAppointed { squad: name, head };
            (Some(appointed.number.to_string()), Some(appointed.day), decided)
        }
        (true, _) => return Err(meant::refused(RegisterRefused::NothingToTell)),
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
    Ok(Document::DecisionExtract(DecisionExtract { akimat: akimat.to_owned(), number, day, decided, signer }))
}

pub(super) fn register(
    program: &Program,
    fieldbook: &mut Fieldbook,
    arguments: &BookArguments,
) -> Result<Document, Failure> {
    let mut views = fieldbook.everybody()?;
    views.retain(|view| view.record.registration().is_some());
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
        certificate_number: view.record.certificate().map(|record| record.issued.what.number.to_string()),
        struck_off_on: view.record.strike_offs.first().map(|said| said.what.day),
    })
}

pub(super) fn certificates(
    fieldbook: &mut Fieldbook,
    arguments: &BookArguments,
) -> Result<Document, Failure> {
    let views = fieldbook.everybody()?;
    let records = views
        .iter()
        .flat_map(|view| view.record.certificates.iter().map(move |record| (view, record)));
    let mut certificates: Vec<CertificateLine> =
        records.flat_map(|(view, record)| lines_of(view, record)).collect();
    certificates.sort_by_cached_key(|line| (SortKey::new(&line.number), line.print));
    Ok(Document::CertificateRegister(CertificateRegister {
        territorial_subdivision: arguments.from.clone(),
        as_of: fieldbook.today(),
        certificates,
        signer: signer(&arguments.page, None),
    }))
}

/// Each print with what it is worth, and since when where that changed.
fn lines_of(view: &PersonView, record: &CertificateRecord) -> Vec<CertificateLine> {
    let issued = &record.issued.what;
    let struck_off = view.record.strike_offs.first().map(|said| said.what.day);
    let line = |print: Print| {
        let reprint = record
            .reprints
            .iter()
            .map(|said| &said.what)
            .find(|said| said.print == print.number);
        let (holder, day) =
            reprint.map_or((&issued.full_name, issued.day), |said| (&said.full_name, said.day));
        let lost = record
            .lost
            .iter()
            .map(|said| &said.what)
            .find(|said| said.print == print.number);
        let next = record
            .reprints
            .iter()
            .map(|said| &said.what)
            .find(|said| said.print > print.number);
        let status_since = match print.status {
            CertificateStatus::Issued => None,
            CertificateStatus::StruckOff => struck_off,
            CertificateStatus::Lost => lost.map(|lost| lost.day),
            CertificateStatus::Reprinted => next.map(|next| next.day),
        };
        CertificateLine {
            number: issued.number.to_string(),
            print: print.number,
            kind: issued.kind,
            holder: holder.to_string(),
            issued_on: Some(day),
            status: print.status,
            status_since,
        }
    };
    record.prints().into_iter().map(line).collect()
}

pub(super) fn training(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (given, from, page): (Option<&str>, &str, &Page),
) -> Result<Document, Failure> {
    let mut views = fieldbook.everybody()?;
    in_order(&mut views);
    let people = People::of(program, fieldbook)?;
    let mut sessions: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for view in &views {
        for training in view.record.training.iter().map(|said| &said.what) {
            let is_meant = given.is_none_or(|given| training.session.to_string().starts_with(given));
            if is_meant {
                sessions
                    .entry((training.day, training.session))
                    .or_default()
                    .push((view, training));
            }
        }
    }
    let (_, attended) = sessions
        .pop_last()
        .ok_or_else(|| meant::refused(RegisterRefused::NothingToTell))?;
    let training = attended.first().map(|(_, training)| *training);
    let attendees = attended.iter().map(|(view, _)| {
        let squad = people.squads_of(&view.record);
        Attendee { name: name_of(&view.record), squad: Some(squad).filter(|squad| !squad.is_empty()) }
    });
    Ok(Document::TrainingRecord(TrainingRecord {
        structural_subdivision: from.to_owned(),
        military_unit: training.map(|training| training.military_unit.to_string()),
        day: training.map(|training| training.day),
        topics: training.map(|training| training.topics.to_string()).into_iter().collect(),
        attendees: attendees.collect(),
        signer: signer(page, None),
    }))
}
