//! The fields of what stands in the protected space.
//!
//! ```text
//! detained        patrol · name · born · paper · offence · object · a place · before · because
//! detention_step  step · by (a member) · lang · channel · whom · note · before · because
//! handed_over     receiver · body · officer · site · items · trigger, citizenship, company (002-§14) · before · because
//! released        ordered · reason · before · because
//! force_used      patrol · by (a member) · means · aim · necessity · injuries · witnesses · before · because
//! case_held       case · held (causes) · over (where it is so); it stands in the patrols space
//! ```

use super::cause_fields::{put_before, put_causes, read_before, read_causes};
use super::fields::{Fields, Scalar, needed};
use super::log_fields::{put_place, read_place};
use super::{Kind, StatementRefused};
use crate::detention::{
    CaseHeld, Company, Detained, DetentionStep, DutyNotice, DutyTrigger, ForceUsed, HandedOver, Protected,
    Released, StepKind,
};
use crate::entry::{ProtectedObject, ReceiverKind};
use crate::ids::{CaseId, MemberId, PatrolId};
use crate::moment::Moment;
use crate::notice::Channel;
use crate::words::{Label, Name, Note};

/// Why something is put right.
const BECAUSE: &str = "because";

pub(super) const fn kind_of(protected: &Protected) -> Kind {
    match protected {
        Protected::Detained(_) => Kind::Detained,
        Protected::Step(_) => Kind::DetentionStep,
        Protected::HandedOver(_) => Kind::HandedOver,
        Protected::Released(_) => Kind::Released,
        Protected::Force(_) => Kind::ForceUsed,
    }
}

pub(super) fn put_held(fields: &mut Fields, held: &CaseHeld) {
    fields.put_bytes("case", held.case.as_bytes());
    put_causes(fields, "held", &held.held);
    if held.is_over {
        fields.insert("over", Scalar::Flag(true));
    }
}

/// Of nothing nobody says that he holds it.
pub(super) fn read_held(fields: &Fields) -> Result<CaseHeld, StatementRefused> {
    let held = read_causes(fields, "held")?;
    if held.iter().next().is_none() {
        return Err(StatementRefused::Missing { field: "held" });
    }
    let case = needed("case", fields.id("case", CaseId::from_slice)?)?;
    Ok(CaseHeld { case, held, is_over: fields.is_so("over")? })
}

pub(super) const fn occurred_at(protected: &Protected) -> Option<Moment> {
    match protected {
        Protected::Detained(Detained { occurred_at, .. })
        | Protected::Step(DetentionStep { occurred_at, .. })
        | Protected::HandedOver(HandedOver { occurred_at, .. })
        | Protected::Released(Released { occurred_at, .. })
        | Protected::Force(ForceUsed { occurred_at, .. }) => *occurred_at,
    }
}

pub(super) fn put(fields: &mut Fields, protected: &Protected) {
    put_before(fields, protected.replaces());
    fields.put_text_if(BECAUSE, protected.because().map(Name::as_str));
    match protected {
        Protected::Detained(detained) => put_detained(fields, detained),
        Protected::Step(step) => {
            fields.put_text("step", step.step.code());
            put_member(fields, step.by.as_ref());
            fields.put_text_if("lang", step.language.as_ref().map(Label::as_str));
            fields.put_text_if("channel", step.channel.map(Channel::code));
            fields.put_text_if("whom", step.whom.as_ref().map(Label::as_str));
            fields.put_text_if("note", step.note.as_ref().map(Note::as_str));
        }
        Protected::HandedOver(handed) => put_handed_over(fields, handed),
        Protected::Released(released) => {
            fields.put_text("ordered", released.ordered_by.as_str());
            fields.put_text("reason", released.reason.as_str());
        }
        Protected::Force(force) => {
            put_patrol(fields, force.patrol.as_ref());
            put_member(fields, force.by.as_ref());
            fields.put_text("means", force.means.as_str());
            fields.put_text("aim", force.aim.as_str());
            fields.put_text("necessity", force.necessity.as_str());
            fields.put_text_if("injuries", force.injuries.as_ref().map(Note::as_str));
            fields.put_text_if("witnesses", force.witnesses.as_ref().map(Name::as_str));
        }
    }
}

fn put_patrol(fields: &mut Fields, patrol: Option<&PatrolId>) {
    fields.put_bytes_if("patrol", patrol.map(|patrol| patrol.as_bytes().as_slice()));
}

fn put_member(fields: &mut Fields, member: Option<&MemberId>) {
    fields.put_bytes_if("by", member.map(|member| member.as_bytes().as_slice()));
}

fn put_detained(fields: &mut Fields, detained: &Detained) {
    put_patrol(fields, detained.patrol.as_ref());
    fields.put_text_if("name", detained.full_name.as_ref().map(Name::as_str));
    fields.put_text_if("born", detained.born.map(|day| day.to_string()).as_deref());
    fields.put_text_if("paper", detained.paper.as_ref().map(Label::as_str));
    fields.put_text("offence", detained.offence.as_str());
    fields.put_text_if("object", detained.protected_object.map(ProtectedObject::code));
    put_place(fields, &detained.place);
}

fn put_handed_over(fields: &mut Fields, handed: &HandedOver) {
    fields.put_text("receiver", handed.receiver.code());
    fields.put_text("body", handed.body.as_str());
    fields.put_text("officer", handed.officer.as_str());
    fields.put_text_if("site", handed.at_place.as_ref().map(Name::as_str));
    fields.put_text_if("items", handed.items.as_ref().map(Note::as_str));
    if let Some(duty) = &handed.duty {
        fields.put_text("trigger", duty.trigger.code());
        fields.put_text("citizenship", duty.citizenship.as_str());
        fields.put_text_if("company", duty.company.map(Company::code));
    }
}

pub(super) fn read(
    kind: Kind,
    fields: &Fields,
    occurred_at: Option<Moment>,
) -> Result<Protected, StatementRefused> {
    Ok(match kind {
        Kind::Detained => Protected::Detained(Detained {
            patrol: fields.id("patrol", PatrolId::from_slice)?,
            full_name: fields.name("name")?,
            born: fields.text("born")?.map(str::parse).transpose()?,
            paper: fields.label("paper")?,
            offence: needed("offence", fields.note("offence")?)?,
            protected_object: fields.code("object", ProtectedObject::from_code)?,
            place: read_place(fields)?,
            occurred_at,
            replaces: read_before(fields)?,
            because: fields.name(BECAUSE)?,
        }),
        Kind::DetentionStep => Protected::Step(DetentionStep {
            step: needed("step", fields.code("step", StepKind::from_code)?)?,
            by: fields.id("by", MemberId::from_slice)?,
            language: fields.label("lang")?,
            channel: fields.code("channel", Channel::from_code)?,
            whom: fields.label("whom")?,
            note: fields.note("note")?,
            occurred_at,
            replaces: read_before(fields)?,
            because: fields.name(BECAUSE)?,
        }),
        Kind::HandedOver => Protected::HandedOver(read_handed_over(fields, occurred_at)?),
        Kind::Released => Protected::Released(Released {
            ordered_by: needed("ordered", fields.name("ordered")?)?,
            reason: needed("reason", fields.note("reason")?)?,
            occurred_at,
            replaces: read_before(fields)?,
            because: fields.name(BECAUSE)?,
        }),
        Kind::ForceUsed => Protected::Force(ForceUsed {
            patrol: fields.id("patrol", PatrolId::from_slice)?,
            by: fields.id("by", MemberId::from_slice)?,
            means: needed("means", fields.name("means")?)?,
            aim: needed("aim", fields.name("aim")?)?,
            necessity: needed("necessity", fields.note("necessity")?)?,
            injuries: fields.note("injuries")?,
            witnesses: fields.name("witnesses")?,
            occurred_at,
            replaces: read_before(fields)?,
            because: fields.name(BECAUSE)?,
        }),
        _ => return Err(StatementRefused::UnknownKind),
    })
}

fn read_handed_over(fields: &Fields, occurred_at: Option<Moment>) -> Result<HandedOver, StatementRefused> {
    let duty = match fields.code("trigger", DutyTrigger::from_code)? {
        None => None,
        Some(trigger) => Some(DutyNotice {
            trigger,
            citizenship: needed("citizenship", fields.label("citizenship")?)?,
            company: fields.code("company", Company::from_code)?,
        }),
    };
    Ok(HandedOver {
        receiver: needed("receiver", fields.code("receiver", ReceiverKind::from_code)?)?,
        body: needed("body", fields.name("body")?)?,
        officer: needed("officer", fields.name("officer")?)?,
        at_place: fields.name("site")?,
        items: fields.note("items")?,
        duty,
        occurred_at,
        replaces: read_before(fields)?,
        because: fields.name(BECAUSE)?,
    })
}
