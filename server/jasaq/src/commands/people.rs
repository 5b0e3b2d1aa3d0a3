//! How persons of the register are shown, in tables and to programs.
//!
//! Promises that what is kept apart (results of checks, grounds) is in none of it: `person show --sensitive` alone shows that.
//! What this device does not read is *null* and never *none*, and nothing is told that would follow from it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::model::eligibility::Eligibility;
use jasaq_fieldbook::model::ids::{MemberId, PersonId, SquadId};
use jasaq_fieldbook::model::records::{CertificateRecord, PersonRecord, PersonState, RecordFlag};
use jasaq_fieldbook::model::register::{CertificateNumber, Engagement};
use jasaq_fieldbook::model::sheet::{Cell, Sheet};
use jasaq_fieldbook::model::spelling::SortKey;
use jasaq_fieldbook::{Fieldbook, Kept, PersonView};
use serde_json::{Value, json};

use super::meant;
use crate::arguments::person::PersonFilter;
use crate::failure::Failure;
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::Words;

/// What a table of persons leaves out first where there is no room.
const SPARED: &[&str] = &["column-trained", "column-squad-name", "column-certificate"];

/// What is needed to show persons on this device.
pub(super) struct People<'a> {
    words: &'a Words,
    squads: BTreeMap<SquadId, String>,
    /// Whether registrations, certificates and training are read here: who does not cannot say who may go out.
    reads_books: bool,
    reads_checks: bool,
    numbers: BTreeMap<CertificateNumber, BTreeSet<PersonId>>,
    phones: BTreeMap<MemberId, BTreeSet<PersonId>>,
}

impl<'a> People<'a> {
    /// As this device reads them.
    pub(super) fn of(program: &'a Program, fieldbook: &mut Fieldbook) -> Result<Self, Failure> {
        let squads = fieldbook.register_squads()?.unwrap_or_default();
        let squads = squads.iter().map(|squad| (squad.squad, meant::squad_name(squad))).collect();
        Ok(Self {
            words: &program.words,
            squads,
            reads_books: fieldbook.reads(Kept::Books)?,
            reads_checks: fieldbook.reads(Kept::Checks)?,
            numbers: fieldbook.certificate_numbers()?.unwrap_or_default(),
            phones: fieldbook.contested_phones()?.unwrap_or_default(),
        })
    }

    /// Whether it is read here what the three registers said.
    pub(super) const fn reads_checks(&self) -> bool {
        self.reads_checks
    }

    /// Who else has a certificate of this number; only one of them can keep it.
    pub(super) fn others_with(&self, number: &CertificateNumber, person: PersonId) -> Vec<PersonId> {
        let persons = self.numbers.get(number).into_iter().flatten().copied();
        persons.filter(|other| *other != person).collect()
    }

    /// The phones that are said to be this person's and others'.
    pub(super) fn shared_phones(&self, person: PersonId) -> impl Iterator<Item = (MemberId, Vec<PersonId>)> {
        let of_person = self.phones.iter().filter(move |(_, persons)| persons.contains(&person));
        of_person.map(move |(member, persons)| {
            (*member, persons.iter().copied().filter(|other| *other != person).collect())
        })
    }

    /// A table of persons and the same for a program, under this name.
    pub(super) fn reply(&self, views: &[PersonView], name: &'static str) -> Reply {
        let all: Vec<Value> = views.iter().map(|view| self.to_json(view)).collect();

        Reply::new(json!({ name: all })).text(self.table(views))
    }

    /// Those of whom one is meant, with what tells namesakes apart: the day of birth and the document's number, where they are read.
    pub(super) fn candidates(&self, views: &[PersonView]) -> Reply {
        let headings = [
            "column-person",
            "column-name",
            "column-born",
            "column-id-document",
            "column-state",
            "column-squad-name",
        ];
        let mut columns = Columns::new(self.words, &headings).sparing(&["column-squad-name"]);
        let mut all = Vec::new();
        for view in views {
            let identity = view.record.identity();
            let born = identity.and_then(|identity| identity.born);
            let paper = identity.and_then(|identity| identity.id_document.as_ref());
            let number = paper.map(|paper| paper.number.to_string());
            let [person, name, state, squads] = self.head(view);
            let told = born.map(|born| born.to_string()).unwrap_or_default();
            columns.row([person, name, told, number.clone().unwrap_or_default(), state, squads]);
            all.push(with_fields(self.to_json(view), json!({ "born": born, "id_document": number })));
        }
        Reply::new(json!({ "candidates": all })).text(columns.to_string())
    }

    /// A table of persons.
    pub(super) fn table(&self, views: &[PersonView]) -> String {
        if views.is_empty() {
            return self.words.say("person-none");
        }
        let mut columns = Columns::new(self.words, self.headings()).sparing(SPARED);
        for view in views {
            columns.row(self.cells(view));
        }
        columns.to_string()
    }

    /// The same table as a sheet.
    pub(super) fn sheet(&self, views: &[PersonView]) -> Sheet {
        let text = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
        let headings = self.headings().iter().map(|id| text(self.words.say(*id))).collect();
        let rows = views.iter().map(|view| self.cells(view).into_iter().map(text).collect());
        Sheet { name: None, rows: std::iter::once(headings).chain(rows).collect() }
    }

    const fn headings(&self) -> &'static [&'static str] {
        if self.reads_books {
            &[
                "column-person",
                "column-name",
                "column-state",
                "column-squad-name",
                "column-certificate",
                "column-trained",
                "column-eligible",
            ]
        } else {
            &["column-person", "column-name", "column-state", "column-squad-name"]
        }
    }

    fn cells(&self, view: &PersonView) -> Vec<String> {
        let mut cells = self.head(view).to_vec();
        if let Some(eligibility) = &view.eligibility {
            let trained = view.record.training.last().map(|said| said.what.day.to_string());
            let may = if eligibility.is_eligible() { "person-may" } else { "person-may-not" };
            cells.extend([
                certificate_number(&view.record),
                trained.unwrap_or_default(),
                self.words.say(may),
            ]);
        }
        cells
    }

    fn head(&self, view: &PersonView) -> [String; 4] {
        [
            short(&view.record.person.to_string()),
            name_of(&view.record),
            view.record.state().word(self.words.language()).to_owned(),
            self.squads_of(&view.record),
        ]
    }

    /// The names of the squads on whose rosters somebody is.
    pub(super) fn squads_of(&self, record: &PersonRecord) -> String {
        let mut names: Vec<String> = record.squads().map(|squad| self.squad_name(squad)).collect();
        names.sort();
        names.dedup();
        names.join(", ")
    }

    /// A squad's name, or how its id begins where its creation has not come.
    pub(super) fn squad_name(&self, squad: SquadId) -> String {
        let name = self.squads.get(&squad).cloned();
        name.unwrap_or_else(|| short(&squad.to_string()))
    }

    /// A person for a program.
    pub(super) fn to_json(&self, view: &PersonView) -> Value {
        let record = &view.record;
        let flags: Vec<_> = shown_flags(record, false).iter().map(|flag| flag.code()).collect();
        let is_read = self.reads_books;
        json!({
            "person": record.person,
            "full_name": record.full_name(),
            "state": record.state(),
            "flags": flags,
            "squads": record.squads().map(|squad| json!({ "squad": squad, "name": self.squad_name(squad) }))
                .collect::<Vec<_>>(),
            "reads_books": is_read,
            "registration": registration_json(record),
            "certificates": is_read.then(|| self.certificates_json(record)),
            "training": is_read.then(|| training_json(record)),
            "members": is_read.then_some(&record.members),
            "eligibility": view.eligibility.as_ref().map(|eligibility| self.eligibility_json(eligibility)),
        })
    }

    fn certificates_json(&self, record: &PersonRecord) -> Vec<Value> {
        let certificates = record.certificates.iter();
        let json = |certificate: &CertificateRecord| {
            let others = self.others_with(&certificate.issued.what.number, record.person);
            certificate_json(certificate, &others)
        };
        certificates.map(json).collect()
    }

    fn eligibility_json(&self, eligibility: &Eligibility) -> Value {
        let reasons = eligibility.reasons.iter();
        json!({
            "on": eligibility.on,
            "eligible": eligibility.is_eligible(),
            "reasons": reasons
                .map(|reason| json!({ "code": reason, "paragraphs": reason.paragraphs() }))
                .collect::<Vec<_>>(),
            "sentence": eligibility.sentence(self.words.language()),
        })
    }
}

/// The persons that a filter lets through, in the order of the Kazakh alphabet. None where nothing of the register is read.
pub(super) fn filtered(
    program: &Program,
    fieldbook: &mut Fieldbook,
    filter: &PersonFilter,
) -> Result<Option<Vec<PersonView>>, Failure> {
    let Some(mut views) = fieldbook.everybody()? else { return Ok(None) };
    let squad = match &filter.squad {
        Some(given) => Some(meant::squad(program, fieldbook, Some(given))?.squad),
        None => None,
    };
    views.retain(|view| {
        squad.is_none_or(|squad| view.record.squads().any(|on| on == squad))
            && filter.state.is_none_or(|state: PersonState| view.record.state() == state)
    });
    in_order(&mut views);
    Ok(Some(views))
}

/// Puts persons into the order of the Kazakh alphabet; those of one name by their ids.
pub(super) fn in_order(views: &mut [PersonView]) {
    views.sort_by_cached_key(|view| (SortKey::new(&name_of(&view.record)), view.record.person));
}

/// What is odd about a record and may be shown: what registers answered, only where it was opened and the reading noted.
pub(super) fn shown_flags(record: &PersonRecord, is_open: bool) -> Vec<RecordFlag> {
    let mut flags = record.flags();
    flags.retain(|flag| is_open || *flag != RecordFlag::ChecksDisagree);
    flags
}

/// A person's name, as far as it is read here.
pub(super) fn name_of(record: &PersonRecord) -> String {
    record.full_name().map(ToString::to_string).unwrap_or_default()
}

/// The number of the certificate that can be shown.
fn certificate_number(record: &PersonRecord) -> String {
    let certificate = record.certificate().filter(|certificate| certificate.can_be_shown());
    certificate
        .map(|certificate| certificate.issued.what.number.to_string())
        .unwrap_or_default()
}

fn registration_json(record: &PersonRecord) -> Value {
    let Some(registration) = record.registration() else { return Value::Null };
    let (form, squad) = match registration.engagement {
        Engagement::SquadMember(squad) => ("squad_member", Some(squad)),
        Engagement::NonStaffEmployee => ("non_staff_employee", None),
    };
    json!({ "day": registration.day, "section": registration.section, "form": form, "squad": squad })
}

/// A certificate for a program, with its keys: by them what was said is taken back.
pub(super) fn certificate_json(certificate: &CertificateRecord, others: &[PersonId]) -> Value {
    let issued = &certificate.issued.what;
    let key_of = |number: u16| {
        let reprint = certificate.reprints.iter().find(|said| said.what.print == number);
        reprint.map_or(&certificate.issued.key, |said| &said.key).as_str()
    };
    let prints = certificate.prints().into_iter().map(|print| {
        let lost = certificate.lost.iter().find(|said| said.what.print == print.number);
        json!({
            "print": print.number, "status": print.status, "key": key_of(print.number),
            "loss": lost.map(|said| json!({ "day": said.what.day, "key": said.key.as_str() })),
        })
    });
    json!({
        "number": issued.number,
        "key": certificate.issued.key.as_str(),
        "is_contested": !others.is_empty(),
        "contested_with": others,
        "kind": issued.kind,
        "full_name": issued.full_name,
        "subdivision": issued.subdivision,
        "day": issued.day,
        "signer": {
            "position": issued.signer.position,
            "rank": issued.signer.rank,
            "full_name": issued.signer.full_name,
        },
        "prints": prints.collect::<Vec<_>>(),
    })
}

fn training_json(record: &PersonRecord) -> Vec<Value> {
    let sessions = record.training.iter().map(|said| &said.what);
    sessions
        .map(|training| {
            json!({
                "session": training.session,
                "day": training.day,
                "military_unit": training.military_unit,
                "topics": training.topics,
            })
        })
        .collect()
}
