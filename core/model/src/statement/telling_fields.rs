//! The fields of observations, urgent notices and their answers.
//!
//! ```text
//! observation      object · text · a place
//! urgent_notice    text · object · a place · patrol · told, told_tz, channel, whom (if it was told by voice)
//! notice_told      author, said (which notice) · told, told_tz · channel · whom
//! notice_logged    author, said (which notice) · told, told_tz, channel (if it was told by voice)
//! notice_answered  author, said (which notice) · reply · note
//! a place          a position · marker · landmark
//! ```

use super::cause_fields::{put_cause, put_moment, read_cause, read_moment_if};
use super::fields::{Fields, needed};
use super::log_fields::{put_place, read_place};
use super::{Kind, StatementRefused};
use crate::entry::ProtectedObject;
use crate::ids::PatrolId;
use crate::moment::Moment;
use crate::notice::{
    Channel, NoticeAnswered, NoticeLogged, NoticeReply, NoticeTold, Observation, Telling, Told, UrgentNotice,
};
use crate::words::{Label, Note};

const TOLD: [&str; 2] = ["told", "told_tz"];

pub(super) const fn kind_of(telling: &Telling) -> Kind {
    match telling {
        Telling::Observed(_) => Kind::Observation,
        Telling::Urgent(_) => Kind::UrgentNotice,
        Telling::Told(_) => Kind::NoticeTold,
        Telling::Logged(_) => Kind::NoticeLogged,
        Telling::Answered(_) => Kind::NoticeAnswered,
    }
}

pub(super) const fn occurred_at(telling: &Telling) -> Option<Moment> {
    match telling {
        Telling::Observed(Observation { occurred_at, .. })
        | Telling::Urgent(UrgentNotice { occurred_at, .. })
        | Telling::Logged(NoticeLogged { occurred_at, .. }) => *occurred_at,
        Telling::Told(_) | Telling::Answered(_) => None,
    }
}

pub(super) fn put(fields: &mut Fields, telling: &Telling) {
    match telling {
        Telling::Observed(observation) => {
            fields.put_text("object", observation.protected_object.code());
            fields.put_text("text", observation.text.as_str());
            put_place(fields, &observation.place);
        }
        Telling::Urgent(notice) => {
            fields.put_text("text", notice.text.as_str());
            fields.put_text_if("object", notice.protected_object.map(ProtectedObject::code));
            put_place(fields, &notice.place);
            fields.put_bytes_if("patrol", notice.patrol.as_ref().map(|id| id.as_bytes().as_slice()));
            if let Some(told) = &notice.told {
                put_told(fields, told);
            }
        }
        Telling::Told(NoticeTold { notice, told }) => {
            put_cause(fields, notice);
            put_told(fields, told);
        }
        Telling::Logged(NoticeLogged { notice, told, .. }) => {
            put_cause(fields, notice);
            if let Some((at, channel)) = *told {
                put_told(fields, &Told { at, channel, whom: None });
            }
        }
        Telling::Answered(NoticeAnswered { notice, reply, note }) => {
            put_cause(fields, notice);
            fields.put_text("reply", reply.code());
            fields.put_text_if("note", note.as_ref().map(Note::as_str));
        }
    }
}

fn put_told(fields: &mut Fields, told: &Told) {
    put_moment(fields, TOLD, told.at);
    fields.put_text("channel", told.channel.code());
    fields.put_text_if("whom", told.whom.as_ref().map(Label::as_str));
}

pub(super) fn read(
    kind: Kind,
    fields: &Fields,
    occurred_at: Option<Moment>,
) -> Result<Telling, StatementRefused> {
    Ok(match kind {
        Kind::Observation => Telling::Observed(Observation {
            protected_object: needed("object", fields.code("object", ProtectedObject::from_code)?)?,
            text: needed("text", fields.words("text")?)?,
            place: read_place(fields)?,
            occurred_at,
        }),
        Kind::UrgentNotice => Telling::Urgent(UrgentNotice {
            text: needed("text", fields.words("text")?)?,
            protected_object: fields.code("object", ProtectedObject::from_code)?,
            place: read_place(fields)?,
            patrol: fields.id("patrol", PatrolId::from_slice)?,
            occurred_at,
            told: read_told(fields)?,
        }),
        Kind::NoticeTold => {
            let notice = read_cause(fields)?;
            Telling::Told(NoticeTold { notice, told: needed("told", read_told(fields)?)? })
        }
        Kind::NoticeLogged => Telling::Logged(NoticeLogged {
            notice: read_cause(fields)?,
            occurred_at,
            told: read_when_told(fields)?,
        }),
        Kind::NoticeAnswered => Telling::Answered(NoticeAnswered {
            notice: read_cause(fields)?,
            reply: needed("reply", fields.code("reply", NoticeReply::from_code)?)?,
            note: fields.note("note")?,
        }),
        _ => return Err(StatementRefused::UnknownKind),
    })
}

fn read_told(fields: &Fields) -> Result<Option<Told>, StatementRefused> {
    let Some((at, channel)) = read_when_told(fields)? else { return Ok(None) };
    Ok(Some(Told { at, channel, whom: fields.label("whom")? }))
}

fn read_when_told(fields: &Fields) -> Result<Option<(Moment, Channel)>, StatementRefused> {
    let Some(at) = read_moment_if(fields, TOLD)? else { return Ok(None) };
    Ok(Some((at, needed("channel", fields.code("channel", Channel::from_code)?)?)))
}
