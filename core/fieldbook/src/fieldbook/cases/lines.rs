//! The lines of a log that go with the ends of cases: whoever puts an end right, or takes it back, does so in the log too.
//!
//! Promises that a hand-over which was put right stands in the log once, and one that was taken back not at all, so that pages and figures
//! tell of no second; and that a line of somebody else is never changed: the head's stands beside it as the same event, and what differs is
//! open until he decides.

use jasaq_model::amendment::{AmendReason, Amendment};
use jasaq_model::detention::Protected;
use jasaq_model::entry::{Activity, Entry};
use jasaq_model::ids::{Author, CaseId, PatrolId};
use jasaq_model::patrol_log::{LoggedEntry, PatrolLog, Version};
use jasaq_model::planning::Before;
use jasaq_model::register::{Cause, Record, Withdrawn};
use jasaq_model::settling::{SameEvent, Sameness, Settling};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::{Language, Text};
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::Role;

use super::super::writing::Tap;
use crate::exchange::Device;
use crate::refusal::FieldbookRefused;
use crate::surroundings::Surroundings;
use crate::vault::Transaction;

/// A line and the record that it goes with are recorded at once, one after the other.
const AT_ONCE_MS: i64 = 60_000;

/// Where a log is written.
pub(super) type Log = (SpaceId, PatrolId);

/// Says in the log that a case ended. What puts an end right amends this device's line of it; beside another's line it stands as the same
/// event.
pub(super) fn say_ended(
    transaction: &Transaction<'_>,
    (device, surroundings): (&Device, &mut Surroundings),
    (at, log): (Log, &PatrolLog),
    (entry, replaced): (Entry, &[&Stated]),
) -> Result<(), FieldbookRefused> {
    let own = Author::from_bytes(*device.id().as_bytes());
    let lines: Vec<LoggedEntry<'_>> =
        replaced.iter().filter_map(|end| line_of(log, end, entry.case()?)).collect();
    let mut state = |body| {
        let (space, patrol) = at;
        Tap::at(transaction, device, surroundings, (space, patrol.as_bytes())).state(body, None)
    };
    let own_line = lines.iter().find(|line| line.first.stated.author == own);
    if let Some(standing) = own_line.and_then(|line| line.standing.first()) {
        let of = standing.stated.cause();
        state(Body::Amended(Amendment { of, entry, why: AmendReason::KnownBetter, note: None }))?;
        return Ok(());
    }
    let key = state(Body::Entry(entry))?;
    // Which entries are one event a head says, and nobody else.
    let others = lines.iter().filter(|_| device.role() == Some(Role::Head));
    let others = others.map(|line| line.first.stated.cause());
    let entries = Before::first_of(others.chain([Cause { author: own, key }]));
    if entries.iter().count() > 1 {
        let same = SameEvent { entries, is: Sameness::One, reason: None, replaces: Before::default() };
        state(Body::Settling(Settling::SameEvent(same)))?;
    }
    Ok(())
}

/// Takes back in the log what was written there with an end that is taken back. Why is for the record alone: the log says which kind it
/// was.
pub(super) fn take_back(
    transaction: &Transaction<'_>,
    (device, surroundings): (&Device, &mut Surroundings),
    ((space, patrol), log): (Log, &PatrolLog),
    (case, end): (CaseId, &Stated),
) -> Result<(), FieldbookRefused> {
    let Some(line) = line_of(log, end, case) else { return Ok(()) };
    let Cause { author, key } = line.first.stated.cause();
    if author.as_bytes() != device.id().as_bytes() {
        return Ok(());
    }
    let kind = end.statement.kind();
    let said = [Language::Kk, Language::Ru]
        .map(|language| format!("{}: {}", kind.word(language), Kind::Withdrawn.word(language)));
    let reason =
        Text::new(said.join(" · ")).map_err(|refused| FieldbookRefused::Defect(refused.to_string()))?;
    Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()))
        .state(Body::Register(Record::Withdrawn(Withdrawn { author, key, reason })), None)?;
    Ok(())
}

/// The line of a log that was written with an end of a case and stands; none if there is none, or it cannot be told.
fn line_of<'a>(log: &'a PatrolLog, end: &Stated, case: CaseId) -> Option<LoggedEntry<'a>> {
    let (receiver, occurred_at) = match &end.statement.body {
        Body::Protected(Protected::HandedOver(handed)) => (Some(handed.receiver), handed.occurred_at),
        Body::Protected(Protected::Released(released)) => (None, released.occurred_at),
        _ => return None,
    };
    let recorded_ms = |stated: &Stated| stated.statement.clocks.recorded_at().time().unix_ms();
    let until = recorded_ms(end);
    let is_of_it = |version: &Version<'_>| {
        let ms = recorded_ms(version.stated);
        version.stated.author == end.author
            && version.entry.case() == Some(case)
            && version.entry.activity() == (Activity::DetainDeliver { receiver_kind: receiver })
            && version.entry.occurred_at() == occurred_at
            && (until - AT_ONCE_MS..=until).contains(&ms)
    };
    let mut lines: Vec<(i64, LoggedEntry<'a>)> = Vec::new();
    for line in log.versions() {
        let versions = [line.first].into_iter().chain(line.standing.iter().copied());
        let recorded = versions.filter(is_of_it).map(|version| recorded_ms(version.stated)).max();
        lines.extend(recorded.filter(|_| !line.standing.is_empty()).map(|ms| (ms, line)));
    }
    lines.into_iter().max_by_key(|(ms, _)| *ms).map(|(_, line)| line)
}
