//! Patrols that are planned, and who can come when.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{MemberId, PatrolId};
use jasaq_model::moment::{Day, UtcTime};
use jasaq_model::patrol_log::{PatrolPhase, PlannedPatrol};
use jasaq_model::planning::{Availability, CanCome, Planning};
use jasaq_model::statement::{Body, Kind};

use super::patrol::{PatrolView, counted_of_kind, patrol_view};
use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// A patrol that was planned, with everything that was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// Its log: plans, crews and answers stand in it, and what happened since.
    pub view: PatrolView,
    /// How far it has come, by this device's clock.
    pub phase: PatrolPhase,
}

/// The patrols that were planned, newest word first, each once.
pub(crate) fn planned_patrols(connection: &Connection, limit: usize) -> Result<Vec<PatrolId>, VaultRefused> {
    let documents = Vault::newest_documents(connection, Kind::PatrolPlanned.code(), limit)?;
    let mut seen = BTreeSet::new();
    let patrols = documents
        .into_iter()
        .map(|(_, document)| PatrolId::from_bytes(*document.as_bytes()));
    Ok(patrols.filter(|patrol| seen.insert(*patrol)).collect())
}

/// The patrols that were planned, newest word first, with everything that was said of them.
pub(crate) fn plans(
    connection: &Connection,
    device: &Device,
    (limit, now): (usize, UtcTime),
) -> Result<Vec<PlanView>, VaultRefused> {
    let mut plans = Vec::new();
    for patrol in planned_patrols(connection, limit)? {
        let Some(view) = patrol_view(connection, device, patrol)? else { continue };
        if let Some(phase) = PlannedPatrol::of(&view.log).phase(&view.log, now) {
            plans.push(PlanView { view, phase });
        }
    }
    Ok(plans)
}

/// What members said of the days of a month, by member and day: the last word of each. Of two phones of one member the one whose
/// clock stands later.
pub(crate) fn availability(
    connection: &Connection,
    device: &Device,
    (from, to): (Day, Day),
) -> Result<BTreeMap<(MemberId, Day), CanCome>, VaultRefused> {
    let mut said: Vec<_> = counted_of_kind(connection, device, Kind::Availability)?
        .into_iter()
        .filter_map(|(_, stated)| Some((stated.member?, stated)))
        .collect();
    said.sort_by_cached_key(|(_, stated)| {
        (stated.statement.clocks.recorded_at().time(), stated.key.clone(), stated.author)
    });
    let mut days = BTreeMap::new();
    for (member, stated) in said {
        let Body::Planning(Planning::Available(said)) = stated.statement.body else { continue };
        let Availability { from: first, to: last, can_come } = said;
        let these = self::days(first.max(from), last.min(to));
        days.extend(these.into_iter().map(|day| ((member, day), can_come)));
    }
    Ok(days)
}

/// The days from one to another, both included; none if the other comes first.
pub(crate) fn days(from: Day, to: Day) -> Vec<Day> {
    let count = u16::try_from(from.days_until(to) + 1).unwrap_or_default();
    (0..count).map(|number| from.plus_days(number)).collect()
}
