//! The fields of a head's decisions.
//!
//! ```text
//! same_event       entries (causes) · is · reason · before
//! resolution       entries · field · choice (said: author, said | another: value | undecided | left_out) · reason · before
//! phone_excused    device · why · note
//! attendance       member · was · note · before
//! patrol_attached  to
//! ```

use super::cause_fields::{put_before, put_cause, put_causes, read_before, read_cause, read_causes};
use super::fields::{Fields, needed};
use super::{Kind, StatementRefused};
use crate::ids::{Author, MemberId, PatrolId};
use crate::settling::{
    Attendance, Attended, Choice, ExcuseReason, PatrolAttached, PhoneExcused, Resolution, SameEvent,
    Sameness, SettledField, Settling,
};
use crate::words::Note;

const ENTRIES: &str = "entries";
const SAID: &str = "said";
const ANOTHER: &str = "another";
const UNDECIDED: &str = "undecided";
const LEFT_OUT: &str = "left_out";

pub(super) const fn kind_of(settling: &Settling) -> Kind {
    match settling {
        Settling::SameEvent(_) => Kind::SameEvent,
        Settling::Resolved(_) => Kind::Resolution,
        Settling::Excused(_) => Kind::PhoneExcused,
        Settling::Attended(_) => Kind::Attendance,
        Settling::Attached(_) => Kind::PatrolAttached,
    }
}

pub(super) fn put(fields: &mut Fields, settling: &Settling) {
    let mut put_note =
        |field, note: &Option<Note>| fields.put_text_if(field, note.as_ref().map(Note::as_str));
    match settling {
        Settling::SameEvent(same) => {
            put_note("reason", &same.reason);
            put_causes(fields, ENTRIES, &same.entries);
            fields.put_text("is", same.is.code());
            put_before(fields, &same.replaces);
        }
        Settling::Resolved(resolution) => {
            put_note("reason", &resolution.reason);
            put_resolution(fields, resolution);
        }
        Settling::Excused(excused) => {
            put_note("note", &excused.note);
            fields.put_bytes("device", excused.device.as_bytes());
            fields.put_text("why", excused.why.code());
        }
        Settling::Attended(attendance) => {
            put_note("note", &attendance.note);
            fields.put_bytes("member", attendance.member.as_bytes());
            fields.put_text("was", attendance.was.code());
            put_before(fields, &attendance.replaces);
        }
        Settling::Attached(PatrolAttached { to }) => fields.put_bytes("to", to.as_bytes()),
    }
}

fn put_resolution(fields: &mut Fields, resolution: &Resolution) {
    put_causes(fields, ENTRIES, &resolution.entries);
    fields.put_text("field", resolution.field.code());
    let choice = match &resolution.choice {
        Choice::Said(cause) => {
            put_cause(fields, cause);
            SAID
        }
        Choice::Another(value) => {
            fields.put_text("value", value.as_str());
            ANOTHER
        }
        Choice::Undecided => UNDECIDED,
        Choice::LeftOut => LEFT_OUT,
    };
    fields.put_text("choice", choice);
    put_before(fields, &resolution.replaces);
}

pub(super) fn read(kind: Kind, fields: &Fields) -> Result<Settling, StatementRefused> {
    Ok(match kind {
        Kind::SameEvent => Settling::SameEvent(SameEvent {
            entries: read_event(fields)?,
            is: needed("is", fields.code("is", Sameness::from_code)?)?,
            reason: fields.note("reason")?,
            replaces: read_before(fields)?,
        }),
        Kind::Resolution => Settling::Resolved(read_resolution(fields)?),
        Kind::PhoneExcused => Settling::Excused(PhoneExcused {
            device: needed("device", fields.id("device", Author::from_slice)?)?,
            why: needed("why", fields.code("why", ExcuseReason::from_code)?)?,
            note: fields.note("note")?,
        }),
        Kind::Attendance => Settling::Attended(Attendance {
            member: needed("member", fields.id("member", MemberId::from_slice)?)?,
            was: needed("was", fields.code("was", Attended::from_code)?)?,
            note: fields.note("note")?,
            replaces: read_before(fields)?,
        }),
        Kind::PatrolAttached => {
            let to = needed("to", fields.id("to", PatrolId::from_slice)?)?;
            Settling::Attached(PatrolAttached { to })
        }
        _ => return Err(StatementRefused::UnknownKind),
    })
}

/// Two entries or more: of one nothing is to be decided.
fn read_event(fields: &Fields) -> Result<crate::planning::Before, StatementRefused> {
    let entries = read_causes(fields, ENTRIES)?;
    match entries.iter().count() {
        0 => Err(StatementRefused::Missing { field: ENTRIES }),
        1 => Err(StatementRefused::Malformed { field: ENTRIES }),
        _ => Ok(entries),
    }
}

fn read_resolution(fields: &Fields) -> Result<Resolution, StatementRefused> {
    let choice = match needed("choice", fields.text("choice")?)? {
        SAID => Choice::Said(read_cause(fields)?),
        ANOTHER => Choice::Another(needed("value", fields.note("value")?)?),
        UNDECIDED => Choice::Undecided,
        LEFT_OUT => Choice::LeftOut,
        _ => return Err(StatementRefused::Malformed { field: "choice" }),
    };
    let reason = fields.note("reason")?;
    if reason.is_none() && matches!(choice, Choice::Another(_) | Choice::Undecided) {
        return Err(StatementRefused::Missing { field: "reason" });
    }
    Ok(Resolution {
        entries: read_causes(fields, ENTRIES)?,
        field: needed("field", fields.code("field", SettledField::from_code)?)?,
        choice,
        reason,
        replaces: read_before(fields)?,
    })
}
