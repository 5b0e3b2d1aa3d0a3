//! Which statement of a log is meant, and who is who.

use jasaq_fieldbook::model::ids::{MemberId, PatrolId};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::squad::SquadCard;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, PatrolView};

use crate::failure::Failure;
use crate::limits::PATROLS_MAX;
use crate::program::{Program, find_patrol, only_one};
use crate::table::short;

/// The patrols to look in: the one that is named, else all of them, newest first.
pub(super) fn patrols(
    program: &Program,
    fieldbook: &mut Fieldbook,
    prefix: Option<&str>,
) -> Result<Vec<PatrolId>, Failure> {
    if prefix.is_some() {
        return Ok(vec![find_patrol(program, fieldbook, prefix)?]);
    }
    let started = fieldbook.patrols(PATROLS_MAX)?.into_iter().map(|summary| summary.patrol);
    let started: Vec<PatrolId> = started.collect();
    let planned = fieldbook.planned_patrols(PATROLS_MAX)?.into_iter();
    let waiting: Vec<PatrolId> = planned.filter(|patrol| !started.contains(patrol)).collect();
    Ok([started, waiting].concat())
}

/// The statement whose key begins so, and the log in which it was said.
pub(super) fn find(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (patrol, key): (Option<&str>, &str),
) -> Result<(PatrolView, Cause), Failure> {
    let mut found: Vec<(PatrolView, Cause)> = Vec::new();
    for patrol in patrols(program, fieldbook, patrol)? {
        let view = fieldbook.patrol(patrol)?;
        for cause in keyed(view.log.stated().iter().map(Stated::cause), key) {
            found.push((view.clone(), cause));
        }
    }
    if found.iter().any(|(_, cause)| cause.key.as_str() == key) {
        found.retain(|(_, cause)| cause.key.as_str() == key);
    }
    // What was said in a part stands in the whole too.
    found.sort_by_key(|(view, cause)| (cause.clone(), view.part_of.is_none()));
    found.dedup_by(|(_, later), (_, earlier)| later == earlier);
    only_one(found, key, || FieldbookRefused::from(LogRefused::NotThere).into())
}

/// Those of these whose key begins so; of keys that are written exactly so, these alone.
pub(super) fn keyed(causes: impl Iterator<Item = Cause>, key: &str) -> Vec<Cause> {
    let mut found: Vec<Cause> = causes.filter(|cause| cause.key.as_str().starts_with(key)).collect();
    if found.iter().any(|cause| cause.key.as_str() == key) {
        found.retain(|cause| cause.key.as_str() == key);
    }
    found
}

/// What the subdivision's cards call members.
pub(super) struct Names(Vec<SquadCard>);

impl Names {
    /// As far as cards have come here.
    pub(super) fn of(fieldbook: &mut Fieldbook) -> Result<Self, Failure> {
        Ok(Self(fieldbook.squad_cards()?.unwrap_or_default()))
    }

    /// By his card, else by the first digits of his id.
    pub(super) fn name(&self, member: Option<MemberId>) -> String {
        let card = self.0.iter().find(|card| Some(card.member) == member);
        let id = || member.map(|member| short(&member.to_string())).unwrap_or_default();
        card.map_or_else(id, |card| card.full_name.to_string())
    }
}
