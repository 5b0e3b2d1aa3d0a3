//! The fields of pages on their way into the book.
//!
//! ```text
//! page_part           page · n, of (piece, from 0) · bytes
//! page_openings       page · n, of · bytes
//! page_sealed         page · prev (the page before) · sig
//! page_countersigned  page · year · number · amend (of an amendment) · sig · turn · anyway
//! page_entered        page · section · day · turn
//! page_reopened       page · reason
//! head_report         from, until (days) · text
//! ```

use super::fields::{Fields, needed};
use super::register_fields::{put_day, read_day};
use super::{Kind, StatementRefused};
use crate::ids::PageHash;
use crate::sealing::{
    HeadReport, PageCountersigned, PageEntered, PageNumber, PagePart, PageReopened, PageSealed,
    PageSignature, Sealing,
};
use crate::words::Note;

/// Years that are written with four digits; nobody patrolled before the first.
const YEARS: std::ops::RangeInclusive<i64> = 2013..=9999;

pub(super) const fn kind_of(sealing: &Sealing) -> Kind {
    match sealing {
        Sealing::Part(_) => Kind::PagePart,
        Sealing::Openings(_) => Kind::PageOpenings,
        Sealing::Sealed(_) => Kind::PageSealed,
        Sealing::Countersigned(_) => Kind::PageCountersigned,
        Sealing::Entered(_) => Kind::PageEntered,
        Sealing::Reopened(_) => Kind::PageReopened,
        Sealing::Report(_) => Kind::HeadReport,
    }
}

pub(super) fn put(fields: &mut Fields, sealing: &Sealing) {
    match sealing {
        Sealing::Part(part) | Sealing::Openings(part) => {
            put_page(fields, part.page());
            fields.put_int("n", part.number().into());
            fields.put_int("of", part.of().into());
            fields.put_bytes("bytes", part.bytes());
        }
        Sealing::Sealed(sealed) => {
            put_page(fields, sealed.page);
            fields.put_bytes_if("prev", sealed.before.as_ref().map(|page| page.as_bytes().as_slice()));
            fields.put_bytes("sig", sealed.signature.as_bytes());
        }
        Sealing::Countersigned(countersigned) => {
            let PageNumber { year, number, amendment } = countersigned.number;
            put_page(fields, countersigned.page);
            fields.put_int("year", year.into());
            fields.put_int("number", number.into());
            fields.put_int_if("amend", (amendment > 0).then_some(amendment.into()));
            fields.put_bytes("sig", countersigned.signature.as_bytes());
            put_turn(fields, countersigned.turn);
            fields.put_text_if("anyway", countersigned.anyway.as_ref().map(Note::as_str));
        }
        Sealing::Entered(entered) => {
            put_page(fields, entered.page);
            fields.put_text("section", entered.section.as_str());
            put_day(fields, "day", entered.day);
            put_turn(fields, entered.turn);
        }
        Sealing::Reopened(reopened) => {
            put_page(fields, reopened.page);
            fields.put_text("reason", reopened.reason.as_str());
        }
        Sealing::Report(report) => {
            put_day(fields, "from", report.from);
            put_day(fields, "until", report.to);
            fields.put_text("text", report.text.as_str());
        }
    }
}

fn put_page(fields: &mut Fields, page: PageHash) {
    fields.put_bytes("page", page.as_bytes());
}

/// A first word has no turn.
fn put_turn(fields: &mut Fields, turn: u16) {
    fields.put_int_if("turn", (turn > 0).then_some(turn.into()));
}

fn read_turn(fields: &Fields) -> Result<u16, StatementRefused> {
    read_count(fields, "turn")
}

/// What is not written where it is 0.
fn read_count(fields: &Fields, name: &'static str) -> Result<u16, StatementRefused> {
    match fields.int(name)? {
        None => Ok(0),
        Some(_) => fields.int_in(name, 1..=u16::MAX.into()),
    }
}

fn read_page(fields: &Fields) -> Result<PageHash, StatementRefused> {
    needed("page", fields.id("page", PageHash::from_slice)?)
}

pub(super) fn read(kind: Kind, fields: &Fields) -> Result<Sealing, StatementRefused> {
    Ok(match kind {
        Kind::PagePart => Sealing::Part(read_part(fields)?),
        Kind::PageOpenings => Sealing::Openings(read_part(fields)?),
        Kind::PageSealed => Sealing::Sealed(PageSealed {
            page: read_page(fields)?,
            before: fields.id("prev", PageHash::from_slice)?,
            signature: read_signature(fields)?,
        }),
        Kind::PageCountersigned => Sealing::Countersigned(PageCountersigned {
            page: read_page(fields)?,
            number: PageNumber {
                year: fields.int_in("year", YEARS)?,
                number: fields.int_in("number", 1..=u32::MAX.into())?,
                amendment: read_count(fields, "amend")?,
            },
            signature: read_signature(fields)?,
            turn: read_turn(fields)?,
            anyway: fields.note("anyway")?,
        }),
        Kind::PageEntered => Sealing::Entered(PageEntered {
            page: read_page(fields)?,
            section: needed("section", fields.name("section")?)?,
            day: read_day(fields, "day")?,
            turn: read_turn(fields)?,
        }),
        Kind::PageReopened => Sealing::Reopened(PageReopened {
            page: read_page(fields)?,
            reason: needed("reason", fields.note("reason")?)?,
        }),
        Kind::HeadReport => {
            let (from, to) = (read_day(fields, "from")?, read_day(fields, "until")?);
            if from > to {
                return Err(StatementRefused::Malformed { field: "until" });
            }
            Sealing::Report(HeadReport { from, to, text: needed("text", fields.words("text")?)? })
        }
        _ => return Err(StatementRefused::UnknownKind),
    })
}

fn read_part(fields: &Fields) -> Result<PagePart, StatementRefused> {
    let number = (needed("n", fields.int_as("n")?)?, needed("of", fields.int_as("of")?)?);
    let bytes = needed("bytes", fields.bytes("bytes")?)?;
    Ok(PagePart::new(read_page(fields)?, number, bytes)?)
}

fn read_signature(fields: &Fields) -> Result<PageSignature, StatementRefused> {
    let bytes = needed("sig", fields.bytes("sig")?)?;
    let bytes = <[u8; 64]>::try_from(bytes).map_err(|_| StatementRefused::Malformed { field: "sig" })?;
    Ok(PageSignature::from_bytes(bytes))
}
