//! The fields of a patrol's start, legs and end.
//!
//! ```text
//! patrol_started  mode · rep (controlling representative) · area · leader · task · plan
//! leg_started     leg · transport · members (16 bytes each)
//! leg_ended       leg
//! ```

use super::StatementRefused;
use super::fields::{Fields, needed};
use crate::ids::{LegId, MemberId};
use crate::moment::Moment;
use crate::patrol::{ActivityMode, AreaComponent, LegEnd, LegStart, Members, PatrolStart, Transport};
use crate::words::{Name, Text};

pub(super) fn put_patrol_start(fields: &mut Fields, start: &PatrolStart) {
    fields.put_text("mode", start.mode.code());
    fields.put_text_if("rep", start.controlling_representative.as_ref().map(Name::as_str));
    fields.put_text_if("area", start.area_component.map(AreaComponent::code));
    fields.put_bytes_if("leader", start.leader.as_ref().map(|leader| leader.as_bytes().as_slice()));
    fields.put_text_if("task", start.task.as_ref().map(Text::as_str));
    fields.put_text_if("plan", start.plan.as_ref().map(crate::ids::StatementRef::as_str));
}

pub(super) fn read_patrol_start(
    fields: &Fields,
    occurred_at: Option<Moment>,
) -> Result<PatrolStart, StatementRefused> {
    Ok(PatrolStart {
        mode: needed("mode", fields.code("mode", ActivityMode::from_code)?)?,
        controlling_representative: fields.name("rep")?,
        area_component: fields.code("area", AreaComponent::from_code)?,
        leader: fields.id("leader", MemberId::from_slice)?,
        task: fields.words("task")?,
        plan: fields.reference("plan")?,
        occurred_at,
    })
}

pub(super) fn put_leg_start(fields: &mut Fields, start: &LegStart) {
    fields.put_bytes("leg", start.leg.as_bytes());
    fields.put_text("transport", start.transport.code());
    put_members(fields, &start.members);
}

pub(super) fn put_members(fields: &mut Fields, members: &Members) {
    let members: Vec<u8> = members.iter().flat_map(|member| *member.as_bytes()).collect();
    fields.put_bytes("members", &members);
}

pub(super) fn read_members(fields: &Fields) -> Result<Vec<MemberId>, StatementRefused> {
    let (members, rest) = needed("members", fields.bytes("members")?)?.as_chunks();
    if !rest.is_empty() {
        return Err(StatementRefused::Malformed { field: "members" });
    }
    Ok(members.iter().map(|bytes| MemberId::from_bytes(*bytes)).collect())
}

pub(super) fn read_leg_start(
    fields: &Fields,
    occurred_at: Option<Moment>,
) -> Result<LegStart, StatementRefused> {
    Ok(LegStart {
        leg: needed("leg", fields.id("leg", LegId::from_slice)?)?,
        transport: needed("transport", fields.code("transport", Transport::from_code)?)?,
        members: Members::new(read_members(fields)?)?,
        occurred_at,
    })
}

pub(super) fn put_leg_end(fields: &mut Fields, end: &LegEnd) {
    fields.put_bytes("leg", end.leg.as_bytes());
}

pub(super) fn read_leg_end(fields: &Fields, occurred_at: Option<Moment>) -> Result<LegEnd, StatementRefused> {
    Ok(LegEnd { leg: needed("leg", fields.id("leg", LegId::from_slice)?)?, occurred_at })
}
