//! The fields of lists, applications and checks.
//!
//! ```text
//! list                   list · squad · number · day · lines
//! list_line              list · n · person (its papers)
//! list_received          list · day
//! list_withdrawn         list · text (reason)
//! exclusion_notice       squad · person · day
//! application            person (its papers) · day (received) · insured (true)
//! application_decided    person · outcome · day
//! check                  person · what · finding · day
//! offence                person · day (committed)
//! papers of a person     person · name · iin · born · doc, doc_no · home · before
//! ```

use super::StatementRefused;
use super::fields::{Fields, Scalar, needed};
use super::register_fields::{put_day, put_person_id, put_squad_id, read_day, read_person_id, read_squad_id};
use crate::ids::{ListId, PersonId};
use crate::register::{
    Application, ApplicationDecided, Check, CheckFinding, CheckKind, CheckOutcome, ExclusionNotice,
    IdDocument, IdDocumentKind, Identity, ListLine, ListReceived, ListWithdrawn, Offence, Record, SquadList,
};
use crate::statement::Kind;
use crate::words::{Name, Text};

pub(super) fn put(fields: &mut Fields, record: &Record) {
    match record {
        Record::List(SquadList { list, squad, number, day, lines }) => {
            fields.put_bytes("list", list.as_bytes());
            put_squad_id(fields, *squad);
            fields.put_text_if("number", number.as_ref().map(Name::as_str));
            put_day(fields, "day", *day);
            fields.put_int("lines", (*lines).into());
        }
        Record::ListLine(ListLine { list, number, person }) => {
            fields.put_bytes("list", list.as_bytes());
            fields.put_int("n", (*number).into());
            put_identity(fields, person);
        }
        Record::ListReceived(ListReceived { list, day }) => {
            fields.put_bytes("list", list.as_bytes());
            put_day(fields, "day", *day);
        }
        Record::ListWithdrawn(ListWithdrawn { list, reason }) => {
            fields.put_bytes("list", list.as_bytes());
            fields.put_text("text", reason.as_str());
        }
        Record::ExclusionNotice(ExclusionNotice { squad, person, day }) => {
            put_squad_id(fields, *squad);
            put_person_id(fields, *person);
            put_day(fields, "day", *day);
        }
        Record::Application(Application { person, received, has_insurance }) => {
            put_identity(fields, person);
            put_day(fields, "day", *received);
            if *has_insurance {
                fields.insert("insured", Scalar::Flag(true));
            }
        }
        Record::ApplicationDecided(ApplicationDecided { person, outcome, day }) => {
            put_person_id(fields, *person);
            fields.put_text("outcome", outcome.code());
            put_day(fields, "day", *day);
        }
        Record::Check(Check { person, kind, finding, day }) => {
            put_person_id(fields, *person);
            fields.put_text("what", kind.code());
            fields.put_text("finding", finding.code());
            put_day(fields, "day", *day);
        }
        Record::Offence(Offence { person, day }) => {
            put_person_id(fields, *person);
            put_day(fields, "day", *day);
        }
        _ => {}
    }
}

pub(super) fn read(kind: Kind, fields: &Fields) -> Result<Option<Record>, StatementRefused> {
    Ok(Some(match kind {
        Kind::List => Record::List(SquadList {
            list: read_list_id(fields)?,
            squad: read_squad_id(fields)?,
            number: fields.name("number")?,
            day: read_day(fields, "day")?,
            lines: needed("lines", fields.int_as("lines")?)?,
        }),
        Kind::ListLine => Record::ListLine(ListLine {
            list: read_list_id(fields)?,
            number: fields.int_in("n", 1..=u32::MAX.into())?,
            person: read_identity(fields)?,
        }),
        Kind::ListReceived => {
            Record::ListReceived(ListReceived { list: read_list_id(fields)?, day: read_day(fields, "day")? })
        }
        Kind::ListWithdrawn => Record::ListWithdrawn(ListWithdrawn {
            list: read_list_id(fields)?,
            reason: needed("text", fields.words("text")?)?,
        }),
        Kind::ExclusionNotice => Record::ExclusionNotice(ExclusionNotice {
            squad: read_squad_id(fields)?,
            person: read_person_id(fields)?,
            day: read_day(fields, "day")?,
        }),
        Kind::Application => Record::Application(Application {
            person: read_identity(fields)?,
            received: read_day(fields, "day")?,
            has_insurance: fields.is_so("insured")?,
        }),
        Kind::ApplicationDecided => Record::ApplicationDecided(ApplicationDecided {
            person: read_person_id(fields)?,
            outcome: needed("outcome", fields.code("outcome", CheckOutcome::from_code)?)?,
            day: read_day(fields, "day")?,
        }),
        Kind::Check => Record::Check(Check {
            person: read_person_id(fields)?,
            kind: needed("what", fields.code("what", CheckKind::from_code)?)?,
            finding: needed("finding", fields.code("finding", CheckFinding::from_code)?)?,
            day: read_day(fields, "day")?,
        }),
        Kind::Offence => {
            Record::Offence(Offence { person: read_person_id(fields)?, day: read_day(fields, "day")? })
        }
        _ => return Ok(None),
    }))
}

fn put_identity(fields: &mut Fields, person: &Identity) {
    put_person_id(fields, person.id);
    fields.put_text("name", person.full_name.as_str());
    if let Some(iin) = &person.iin {
        fields.put_text("iin", &iin.digits());
    }
    if let Some(born) = person.born {
        put_day(fields, "born", born);
    }
    if let Some(IdDocument { kind, number }) = &person.id_document {
        fields.put_text("doc", kind.code());
        fields.put_text("doc_no", number.as_str());
    }
    fields.put_text_if("home", person.residence.as_ref().map(Text::as_str));
    fields.put_bytes_if("before", person.before.as_ref().map(|before| before.as_bytes().as_slice()));
}

fn read_identity(fields: &Fields) -> Result<Identity, StatementRefused> {
    let iin = fields
        .text("iin")?
        .map(|digits| digits.parse().map_err(|_| StatementRefused::Malformed { field: "iin" }));
    let id_document = match fields.code("doc", IdDocumentKind::from_code)? {
        Some(kind) => Some(IdDocument { kind, number: needed("doc_no", fields.name("doc_no")?)? }),
        None if fields.get("doc_no").is_none() => None,
        None => return Err(StatementRefused::Missing { field: "doc" }),
    };
    let (id, before) = (read_person_id(fields)?, fields.id("before", PersonId::from_slice)?);
    // An engagement that follows itself would have whoever looks for the first of them look for ever.
    if before == Some(id) {
        return Err(StatementRefused::Malformed { field: "before" });
    }
    Ok(Identity {
        id,
        full_name: needed("name", fields.name("name")?)?,
        iin: iin.transpose()?,
        born: fields.text("born")?.map(str::parse).transpose()?,
        id_document,
        residence: fields.words("home")?,
        before,
    })
}

fn read_list_id(fields: &Fields) -> Result<ListId, StatementRefused> {
    needed("list", fields.id("list", ListId::from_slice)?)
}
