//! The fields of certificates.
//!
//! ```text
//! certificate            person · form · number · name · ts · day · who signs
//! certificate_lost       person · number · print · day
//! certificate_reprinted  person · number · print · cause · name · day · who signs
//! number_given           number
//! who signs              position · rank · signer
//! ```

use super::StatementRefused;
use super::fields::{Fields, needed};
use super::register_fields::{put_day, put_person_id, read_day, read_person_id};
use crate::register::{
    Certificate, CertificateKind, CertificateLost, CertificateNumber, CertificateReprinted, NumberGiven,
    Record, ReprintCause, Signer,
};
use crate::statement::Kind;

pub(super) fn put(fields: &mut Fields, record: &Record) {
    match record {
        Record::Certificate(certificate) => {
            put_person_id(fields, certificate.person);
            fields.put_text("form", certificate.kind.code());
            fields.put_text("number", certificate.number.as_str());
            fields.put_text("name", certificate.full_name.as_str());
            fields.put_text("ts", certificate.subdivision.as_str());
            put_day(fields, "day", certificate.day);
            put_signer(fields, &certificate.signer);
        }
        Record::CertificateLost(lost) => {
            put_person_id(fields, lost.person);
            fields.put_text("number", lost.number.as_str());
            fields.put_int("print", lost.print.into());
            put_day(fields, "day", lost.day);
        }
        Record::CertificateReprinted(reprinted) => {
            put_person_id(fields, reprinted.person);
            fields.put_text("number", reprinted.number.as_str());
            fields.put_int("print", reprinted.print.into());
            fields.put_text("cause", reprinted.cause.code());
            fields.put_text("name", reprinted.full_name.as_str());
            put_day(fields, "day", reprinted.day);
            put_signer(fields, &reprinted.signer);
        }
        Record::NumberGiven(given) => fields.put_text("number", given.number.as_str()),
        _ => {}
    }
}

pub(super) fn read(kind: Kind, fields: &Fields) -> Result<Option<Record>, StatementRefused> {
    Ok(Some(match kind {
        Kind::Certificate => Record::Certificate(Certificate {
            person: read_person_id(fields)?,
            kind: needed("form", fields.code("form", CertificateKind::from_code)?)?,
            number: read_number(fields)?,
            full_name: needed("name", fields.name("name")?)?,
            subdivision: needed("ts", fields.name("ts")?)?,
            day: read_day(fields, "day")?,
            signer: read_signer(fields)?,
        }),
        Kind::CertificateLost => Record::CertificateLost(CertificateLost {
            person: read_person_id(fields)?,
            number: read_number(fields)?,
            print: fields.int_in("print", 1..=u16::MAX.into())?,
            day: read_day(fields, "day")?,
        }),
        Kind::CertificateReprinted => Record::CertificateReprinted(CertificateReprinted {
            person: read_person_id(fields)?,
            number: read_number(fields)?,
            // The first is no reprint.
            print: fields.int_in("print", 2..=u16::MAX.into())?,
            cause: needed("cause", fields.code("cause", ReprintCause::from_code)?)?,
            full_name: needed("name", fields.name("name")?)?,
            day: read_day(fields, "day")?,
            signer: read_signer(fields)?,
        }),
        Kind::NumberGiven => Record::NumberGiven(NumberGiven { number: read_number(fields)? }),
        _ => return Ok(None),
    }))
}

fn put_signer(fields: &mut Fields, signer: &Signer) {
    fields.put_text("position", signer.position.as_str());
    fields.put_text("rank", signer.rank.as_str());
    fields.put_text("signer", signer.full_name.as_str());
}

fn read_signer(fields: &Fields) -> Result<Signer, StatementRefused> {
    Ok(Signer {
        position: needed("position", fields.name("position")?)?,
        rank: needed("rank", fields.name("rank")?)?,
        full_name: needed("signer", fields.name("signer")?)?,
    })
}

/// A number as it was recorded: written as it is, or it is none.
fn read_number(fields: &Fields) -> Result<CertificateNumber, StatementRefused> {
    let written = needed("number", fields.text("number")?)?;
    let number: CertificateNumber =
        written.parse().map_err(|_| StatementRefused::Malformed { field: "number" })?;
    if number.as_str() == written { Ok(number) } else { Err(StatementRefused::Malformed { field: "number" }) }
}
