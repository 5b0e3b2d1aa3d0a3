//! The fields of plans, answers and days.
//!
//! ```text
//! patrol_planned    from, from_tz · until, until_tz · mode · sector · area · route · task · transport · rep · before
//! patrol_assigned   members (16 bytes each) · leader · before
//! plan_answered     author, plan (to which) · answer · note
//! patrol_cancelled  reason · before
//! availability      from, until (days) · can
//! before            author (32 bytes), how long the key is (1 byte), key; of each statement that it replaces, in this order
//! ```

use super::cause_fields::{put_before, put_moment, read_before, read_moment_needed};
use super::fields::{Fields, needed};
use super::patrol_fields::{put_members, read_members};
use super::register_fields::{put_day, read_day};
use super::{Kind, StatementRefused};
use crate::ids::{Author, MemberId};
use crate::patrol::{ActivityMode, AreaComponent, Transport};
use crate::planning::{
    Answer, Availability, CanCome, Crew, PatrolAssigned, PatrolCancelled, PatrolPlan, PlanAnswer, Planning,
    Window,
};
use crate::register::Cause;
use crate::words::Note;

pub(super) const fn kind_of(planning: &Planning) -> Kind {
    match planning {
        Planning::Planned(_) => Kind::PatrolPlanned,
        Planning::Assigned(_) => Kind::PatrolAssigned,
        Planning::Answered(_) => Kind::PlanAnswered,
        Planning::Cancelled(_) => Kind::PatrolCancelled,
        Planning::Available(_) => Kind::Availability,
    }
}

pub(super) fn put(fields: &mut Fields, planning: &Planning) {
    match planning {
        Planning::Planned(plan) => put_plan(fields, plan),
        Planning::Assigned(assigned) => {
            put_members(fields, assigned.crew.members());
            fields.put_bytes("leader", assigned.crew.leader().as_bytes());
            put_before(fields, &assigned.replaces);
        }
        Planning::Answered(PlanAnswer { to, answer, note }) => {
            fields.put_bytes("author", to.author.as_bytes());
            fields.put_text("plan", to.key.as_str());
            fields.put_text("answer", answer.code());
            fields.put_text_if("note", note.as_ref().map(Note::as_str));
        }
        Planning::Cancelled(PatrolCancelled { reason, replaces }) => {
            fields.put_text("reason", reason.as_str());
            put_before(fields, replaces);
        }
        Planning::Available(Availability { from, to, can_come }) => {
            put_day(fields, "from", *from);
            put_day(fields, "until", *to);
            fields.put_text("can", can_come.code());
        }
    }
}

fn put_plan(fields: &mut Fields, plan: &PatrolPlan) {
    put_moment(fields, ["from", "from_tz"], plan.window.starts_at());
    put_moment(fields, ["until", "until_tz"], plan.window.ends_at());
    fields.put_text("mode", plan.mode.code());
    fields.put_text("sector", plan.sector.as_str());
    fields.put_text("area", plan.area_component.code());
    fields.put_text_if("route", plan.route.as_ref().map(Note::as_str));
    fields.put_text_if("task", plan.task.as_ref().map(Note::as_str));
    fields.put_text_if("transport", plan.transport.map(Transport::code));
    fields.put_text("rep", plan.representative.as_str());
    put_before(fields, &plan.replaces);
}

pub(super) fn read(kind: Kind, fields: &Fields) -> Result<Planning, StatementRefused> {
    Ok(match kind {
        Kind::PatrolPlanned => Planning::Planned(read_plan(fields)?),
        Kind::PatrolAssigned => {
            let leader = needed("leader", fields.id("leader", MemberId::from_slice)?)?;
            let crew = Crew::new(read_members(fields)?, leader)?;
            Planning::Assigned(PatrolAssigned { crew, replaces: read_before(fields)? })
        }
        Kind::PlanAnswered => Planning::Answered(PlanAnswer {
            to: Cause {
                author: needed("author", fields.id("author", Author::from_slice)?)?,
                key: needed("plan", fields.reference("plan")?)?,
            },
            answer: needed("answer", fields.code("answer", Answer::from_code)?)?,
            note: fields.note("note")?,
        }),
        Kind::PatrolCancelled => Planning::Cancelled(PatrolCancelled {
            reason: needed("reason", fields.note("reason")?)?,
            replaces: read_before(fields)?,
        }),
        Kind::Availability => {
            let (from, to) = (read_day(fields, "from")?, read_day(fields, "until")?);
            if from > to {
                return Err(StatementRefused::Malformed { field: "until" });
            }
            let can_come = needed("can", fields.code("can", CanCome::from_code)?)?;
            Planning::Available(Availability { from, to, can_come })
        }
        _ => return Err(StatementRefused::UnknownKind),
    })
}

fn read_plan(fields: &Fields) -> Result<PatrolPlan, StatementRefused> {
    let moment = |time, offset| read_moment_needed(fields, [time, offset]);
    Ok(PatrolPlan {
        window: Window::new(moment("from", "from_tz")?, moment("until", "until_tz")?)?,
        mode: needed("mode", fields.code("mode", ActivityMode::from_code)?)?,
        sector: needed("sector", fields.name("sector")?)?,
        area_component: needed("area", fields.code("area", AreaComponent::from_code)?)?,
        route: fields.note("route")?,
        task: fields.note("task")?,
        transport: fields.code("transport", Transport::from_code)?,
        representative: needed("rep", fields.name("rep")?)?,
        replaces: read_before(fields)?,
    })
}
