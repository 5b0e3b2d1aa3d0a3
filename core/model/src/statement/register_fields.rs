//! The fields of the register's records.
//!
//! ```text
//! decision               what (create_squad: squad · name · district | appoint_head: squad · person) · number · day
//! head_ended             squad · person · day
//! review                 seen (of each journal a key, journals rising, a blank between them)
//! remark                 squad · text
//! registration           person · name · form · squad (of a squad's member) · section · day
//! training               person · session · day · unit · text (topics)
//! circumstance           person · ground (if it is known) · day · author, follows (of what it follows from)
//! strike_off             person · ground · death (true) · day
//! notice                 person · about · day · way
//! supervision            squad · roll
//! member_is              member · person
//! wish_to_leave          nothing
//! withdrawn              author · ends · text (reason)
//! read                   person · text (reason)
//! ```

use super::StatementRefused;
use super::fields::{Fields, Scalar, needed};
use super::{admission_fields, certificate_fields};
use crate::ids::{Author, IdRefused, MemberId, PersonId, RollId, SessionId, SquadId, StatementRef};
use crate::moment::Day;
use crate::register::{
    Cause, CertificateKind, Circumstance, CouncilDecision, Decided, Engagement, ExclusionGround, HeadEnded,
    MemberIs, Notice, NoticeAbout, Read, Record, Registration, Remark, Review, Seen, StrikeOff, Supervision,
    Training, WishToLeave, Withdrawn,
};
use crate::statement::Kind;
use crate::words::Text;

const CREATE_SQUAD: &str = "create_squad";
const APPOINT_HEAD: &str = "appoint_head";

/// Which kind of statement a record is.
pub(super) const fn kind_of(record: &Record) -> Kind {
    match record {
        Record::Decision(_) => Kind::Decision,
        Record::HeadEnded(_) => Kind::HeadEnded,
        Record::Review(_) => Kind::Review,
        Record::Remark(_) => Kind::Remark,
        Record::List(_) => Kind::List,
        Record::ListLine(_) => Kind::ListLine,
        Record::ListReceived(_) => Kind::ListReceived,
        Record::ListWithdrawn(_) => Kind::ListWithdrawn,
        Record::ExclusionNotice(_) => Kind::ExclusionNotice,
        Record::Application(_) => Kind::Application,
        Record::ApplicationDecided(_) => Kind::ApplicationDecided,
        Record::Check(_) => Kind::Check,
        Record::Offence(_) => Kind::Offence,
        Record::Registration(_) => Kind::Registration,
        Record::Certificate(_) => Kind::Certificate,
        Record::CertificateLost(_) => Kind::CertificateLost,
        Record::CertificateReprinted(_) => Kind::CertificateReprinted,
        Record::NumberGiven(_) => Kind::NumberGiven,
        Record::Training(_) => Kind::Training,
        Record::Circumstance(_) => Kind::Circumstance,
        Record::StrikeOff(_) => Kind::StrikeOff,
        Record::Notice(_) => Kind::Notice,
        Record::Supervision(_) => Kind::Supervision,
        Record::MemberIs(_) => Kind::MemberIs,
        Record::WishToLeave(_) => Kind::WishToLeave,
        Record::Withdrawn(_) => Kind::Withdrawn,
        Record::Read(_) => Kind::Read,
    }
}

pub(super) fn put(fields: &mut Fields, record: &Record) {
    match record {
        Record::Decision(decision) => put_decision(fields, decision),
        Record::HeadEnded(HeadEnded { squad, person, day }) => {
            put_squad_id(fields, *squad);
            put_person_id(fields, *person);
            put_day(fields, "day", *day);
        }
        Record::Review(Review { seen }) => {
            fields.put_text("seen", &written(seen));
        }
        Record::Remark(Remark { squad, text }) => {
            put_squad_id(fields, *squad);
            fields.put_text("text", text.as_str());
        }
        Record::Registration(registration) => put_registration(fields, registration),
        Record::Training(training) => put_training(fields, training),
        Record::Circumstance(circumstance) => put_circumstance(fields, circumstance),
        Record::StrikeOff(StrikeOff { person, ground, is_death, day }) => {
            put_person_id(fields, *person);
            fields.put_text("ground", ground.code());
            if *is_death {
                fields.insert("death", Scalar::Flag(true));
            }
            put_day(fields, "day", *day);
        }
        Record::Notice(Notice { person, about, day, way }) => {
            put_person_id(fields, *person);
            fields.put_text("about", about.code());
            put_day(fields, "day", *day);
            fields.put_text("way", way.as_str());
        }
        Record::Supervision(Supervision { squad, roll }) => {
            put_squad_id(fields, *squad);
            fields.put_bytes("roll", roll.as_bytes());
        }
        Record::MemberIs(MemberIs { member, person }) => {
            fields.put_bytes("member", member.as_bytes());
            put_person_id(fields, *person);
        }
        Record::WishToLeave(WishToLeave) => {}
        Record::Withdrawn(Withdrawn { author, key, reason }) => {
            fields.put_bytes("author", author.as_bytes());
            fields.put_text("ends", key.as_str());
            fields.put_text("text", reason.as_str());
        }
        Record::Read(Read { person, reason }) => {
            put_person_id(fields, *person);
            fields.put_text("text", reason.as_str());
        }
        Record::List(_)
        | Record::ListLine(_)
        | Record::ListReceived(_)
        | Record::ListWithdrawn(_)
        | Record::ExclusionNotice(_)
        | Record::Application(_)
        | Record::ApplicationDecided(_)
        | Record::Check(_)
        | Record::Offence(_) => admission_fields::put(fields, record),
        Record::Certificate(_)
        | Record::CertificateLost(_)
        | Record::CertificateReprinted(_)
        | Record::NumberGiven(_) => certificate_fields::put(fields, record),
    }
}

/// A record of this kind; none for the kinds that are not of the register.
pub(super) fn read(kind: Kind, fields: &Fields) -> Result<Option<Record>, StatementRefused> {
    Ok(Some(match kind {
        Kind::Decision => Record::Decision(read_decision(fields)?),
        Kind::HeadEnded => Record::HeadEnded(HeadEnded {
            squad: read_squad_id(fields)?,
            person: read_person_id(fields)?,
            day: read_day(fields, "day")?,
        }),
        Kind::Review => Record::Review(Review { seen: read_seen(fields)? }),
        Kind::Remark => Record::Remark(Remark { squad: read_squad_id(fields)?, text: read_text(fields)? }),
        Kind::Registration => Record::Registration(read_registration(fields)?),
        Kind::Training => Record::Training(read_training(fields)?),
        Kind::Circumstance => Record::Circumstance(Circumstance {
            person: read_person_id(fields)?,
            ground: fields.code("ground", ExclusionGround::from_code)?,
            day: read_day(fields, "day")?,
            follows: read_cause(fields)?,
        }),
        Kind::StrikeOff => Record::StrikeOff(read_strike_off(fields)?),
        Kind::Notice => Record::Notice(Notice {
            person: read_person_id(fields)?,
            about: needed("about", fields.code("about", NoticeAbout::from_code)?)?,
            day: read_day(fields, "day")?,
            way: needed("way", fields.name("way")?)?,
        }),
        Kind::Supervision => Record::Supervision(Supervision {
            squad: read_squad_id(fields)?,
            roll: needed("roll", fields.id("roll", RollId::from_slice)?)?,
        }),
        Kind::MemberIs => Record::MemberIs(MemberIs {
            member: needed("member", fields.id("member", MemberId::from_slice)?)?,
            person: read_person_id(fields)?,
        }),
        Kind::WishToLeave => Record::WishToLeave(WishToLeave),
        Kind::Withdrawn => Record::Withdrawn(Withdrawn {
            author: needed("author", fields.id("author", Author::from_slice)?)?,
            key: needed("ends", fields.reference("ends")?)?,
            reason: read_text(fields)?,
        }),
        Kind::Read => Record::Read(Read { person: read_person_id(fields)?, reason: read_text(fields)? }),
        Kind::Certificate | Kind::CertificateLost | Kind::CertificateReprinted | Kind::NumberGiven => {
            return certificate_fields::read(kind, fields);
        }
        _ => return admission_fields::read(kind, fields),
    }))
}

fn put_decision(fields: &mut Fields, decision: &CouncilDecision) {
    match &decision.decided {
        Decided::CreateSquad(squad) => {
            fields.put_text("what", CREATE_SQUAD);
            super::squad_fields::put_squad(fields, squad);
        }
        Decided::AppointHead { squad, person } => {
            fields.put_text("what", APPOINT_HEAD);
            put_squad_id(fields, *squad);
            put_person_id(fields, *person);
        }
    }
    fields.put_text("number", decision.number.as_str());
    put_day(fields, "day", decision.day);
}

fn read_decision(fields: &Fields) -> Result<CouncilDecision, StatementRefused> {
    let decided = match needed("what", fields.text("what")?)? {
        CREATE_SQUAD => Decided::CreateSquad(super::squad_fields::read_squad(fields)?),
        APPOINT_HEAD => {
            Decided::AppointHead { squad: read_squad_id(fields)?, person: read_person_id(fields)? }
        }
        _ => return Err(StatementRefused::Malformed { field: "what" }),
    };
    Ok(CouncilDecision {
        decided,
        number: needed("number", fields.name("number")?)?,
        day: read_day(fields, "day")?,
    })
}

fn read_seen(fields: &Fields) -> Result<Seen, StatementRefused> {
    let read = |key: &str| {
        StatementRef::new(key).map_err(|refused: IdRefused| StatementRefused::Id { field: "seen", refused })
    };
    let keys = needed("seen", fields.text("seen")?)?;
    // More journals than fit, or another order, would be written otherwise. Nothing seen is an empty text, which has no key in it.
    let each = keys.split(' ').filter(|_| !keys.is_empty());
    let seen = Seen::new(each.map(read).collect::<Result<Vec<_>, _>>()?);
    if written(&seen) == keys { Ok(seen) } else { Err(StatementRefused::Malformed { field: "seen" }) }
}

/// In the one way there is: of each journal the last key, journals rising.
fn written(seen: &Seen) -> String {
    seen.keys().map(StatementRef::as_str).collect::<Vec<_>>().join(" ")
}

fn put_registration(fields: &mut Fields, registration: &Registration) {
    put_person_id(fields, registration.person);
    fields.put_text("name", registration.full_name.as_str());
    let form = match registration.engagement {
        Engagement::SquadMember(squad) => {
            put_squad_id(fields, squad);
            CertificateKind::SquadMember
        }
        Engagement::NonStaffEmployee => CertificateKind::NonStaffEmployee,
    };
    fields.put_text("form", form.code());
    fields.put_text("section", registration.section.as_str());
    put_day(fields, "day", registration.day);
}

fn read_registration(fields: &Fields) -> Result<Registration, StatementRefused> {
    let form = needed("form", fields.code("form", CertificateKind::from_code)?)?;
    let engagement = match form {
        CertificateKind::SquadMember => Engagement::SquadMember(read_squad_id(fields)?),
        CertificateKind::NonStaffEmployee if fields.get("squad").is_none() => Engagement::NonStaffEmployee,
        CertificateKind::NonStaffEmployee => return Err(StatementRefused::Malformed { field: "squad" }),
    };
    Ok(Registration {
        person: read_person_id(fields)?,
        full_name: needed("name", fields.name("name")?)?,
        engagement,
        section: needed("section", fields.name("section")?)?,
        day: read_day(fields, "day")?,
    })
}

fn put_training(fields: &mut Fields, training: &Training) {
    put_person_id(fields, training.person);
    fields.put_bytes("session", training.session.as_bytes());
    put_day(fields, "day", training.day);
    fields.put_text("unit", training.military_unit.as_str());
    fields.put_text("text", training.topics.as_str());
}

fn put_circumstance(fields: &mut Fields, circumstance: &Circumstance) {
    put_person_id(fields, circumstance.person);
    fields.put_text_if("ground", circumstance.ground.map(ExclusionGround::code));
    put_day(fields, "day", circumstance.day);
    if let Some(Cause { author, key }) = &circumstance.follows {
        fields.put_bytes("author", author.as_bytes());
        fields.put_text("follows", key.as_str());
    }
}

fn read_cause(fields: &Fields) -> Result<Option<Cause>, StatementRefused> {
    match (fields.id("author", Author::from_slice)?, fields.reference("follows")?) {
        (Some(author), Some(key)) => Ok(Some(Cause { author, key })),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(StatementRefused::Missing { field: "author" }),
        (Some(_), None) => Err(StatementRefused::Missing { field: "follows" }),
    }
}

fn read_training(fields: &Fields) -> Result<Training, StatementRefused> {
    Ok(Training {
        person: read_person_id(fields)?,
        session: needed("session", fields.id("session", SessionId::from_slice)?)?,
        day: read_day(fields, "day")?,
        military_unit: needed("unit", fields.name("unit")?)?,
        topics: read_text(fields)?,
    })
}

fn read_strike_off(fields: &Fields) -> Result<StrikeOff, StatementRefused> {
    let ground = read_ground(fields)?;
    let is_death = fields.is_so("death")?;
    if is_death && ground != ExclusionGround::HealthOrDeath {
        return Err(StatementRefused::Malformed { field: "death" });
    }
    Ok(StrikeOff { person: read_person_id(fields)?, ground, is_death, day: read_day(fields, "day")? })
}

fn read_ground(fields: &Fields) -> Result<ExclusionGround, StatementRefused> {
    needed("ground", fields.code("ground", ExclusionGround::from_code)?)
}

pub(super) fn put_squad_id(fields: &mut Fields, squad: SquadId) {
    fields.put_bytes("squad", squad.as_bytes());
}

pub(super) fn read_squad_id(fields: &Fields) -> Result<SquadId, StatementRefused> {
    needed("squad", fields.id("squad", SquadId::from_slice)?)
}

pub(super) fn put_person_id(fields: &mut Fields, person: PersonId) {
    fields.put_bytes("person", person.as_bytes());
}

pub(super) fn read_person_id(fields: &Fields) -> Result<PersonId, StatementRefused> {
    needed("person", fields.id("person", PersonId::from_slice)?)
}

pub(super) fn put_day(fields: &mut Fields, field: &'static str, day: Day) {
    fields.put_text(field, &day.to_string());
}

pub(super) fn read_day(fields: &Fields, field: &'static str) -> Result<Day, StatementRefused> {
    Ok(needed(field, fields.text(field)?)?.parse()?)
}

fn read_text(fields: &Fields) -> Result<Text, StatementRefused> {
    needed("text", fields.words("text")?)
}
