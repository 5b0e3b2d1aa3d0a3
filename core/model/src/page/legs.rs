//! The legs of a patrol on its page: when each was, and how long each member was on legs.
//!
//! Promises that the minutes are those of the legs as the page has them: by the clock by which it has its events, and until the end
//! of the patrol that stands where nobody ended a leg; that a minute counts once, however many phones tell of it; that none counts
//! outside the patrol, whatever day somebody wrote of a leg; and that nothing is made up: of whoever was on a leg of which nobody
//! knows how long it took, no minutes are said. That a leg of known length lies wholly outside the patrol is known too: it took no
//! minute of it, however long it was.

use std::collections::BTreeMap;

use super::late::Late;
use super::written::LegLine;
use crate::ids::{LegId, MemberId};
use crate::moment::Moment;
use crate::patrol::LegStart;
use crate::patrol_log::{LoggedLeg, PatrolLog};
use crate::reconcile::{FieldState, FieldValue, Reconciled};
use crate::settling::SettledField;

/// A leg: of several beginnings the first, of several ends the last.
struct LegTimes<'a> {
    leg: LegId,
    start: Option<(Moment, &'a LegStart)>,
    end: Option<Moment>,
}

fn legs<'a>(log: &'a PatrolLog, reconciled: &Reconciled<'_>) -> Vec<LegTimes<'a>> {
    let leg_of = |LoggedLeg { leg, starts, ends }: LoggedLeg<'a>| LegTimes {
        leg,
        start: starts
            .into_iter()
            .map(|(stated, start)| (reconciled.time_of(stated).at, start))
            .min_by_key(|(at, _)| *at),
        end: ends.into_iter().map(|(stated, _)| reconciled.time_of(stated).at).max(),
    };
    log.legs().into_iter().map(leg_of).collect()
}

/// The legs, in the order in which each was first spoken of.
pub(super) fn lines((log, reconciled): (&PatrolLog, &Reconciled<'_>), late: Late<'_>) -> Vec<LegLine> {
    let line = |LegTimes { leg, start, end }: LegTimes<'_>| LegLine {
        leg: leg.to_string(),
        transport: start.map(|(_, start)| start.transport.code().to_owned()),
        members: start
            .map(|(_, start)| start.members.iter().map(|member| member.to_string()).collect())
            .unwrap_or_default(),
        from: start.map(|(at, _)| at.to_string()),
        until: end.map(|at| at.to_string()),
        late: late.is_leg(leg),
    };
    legs(log, reconciled).into_iter().map(line).collect()
}

/// From the departure until the return, as far as each of them stands: what does not stand bounds nothing.
#[derive(Clone, Copy)]
struct Bounds {
    out: Option<Moment>,
    back: Option<Moment>,
}

impl Bounds {
    fn of(reconciled: &Reconciled<'_>) -> Self {
        let time = |field| match reconciled.header_field(field).and_then(FieldState::standing) {
            Some(FieldValue::Time(moment)) => Some(moment),
            _ => None,
        };
        Self { out: time(SettledField::Start), back: time(SettledField::End) }
    }

    /// What of a leg lies within; of one that lies outside, a span that is empty. Within a patrol that was back before it went out
    /// lies nobody knows what.
    fn cut(self, (start, end): (Moment, Moment)) -> Option<(i64, i64)> {
        let ms = |moment: Moment| moment.time().unix_ms();
        let (out, back) = (self.out.map_or(i64::MIN, ms), self.back.map_or(i64::MAX, ms));
        (out <= back).then(|| (ms(start).clamp(out, back), ms(end).clamp(out, back)))
    }
}

/// How long each was on legs, in whole minutes, of whom that is known.
pub(super) fn minutes(log: &PatrolLog, reconciled: &Reconciled<'_>) -> BTreeMap<MemberId, u32> {
    let bounds = Bounds::of(reconciled);
    let mut on_legs: BTreeMap<MemberId, Vec<Option<(i64, i64)>>> = BTreeMap::new();
    for leg in legs(log, reconciled) {
        let Some((start, said)) = leg.start else { continue };
        // What ends before it begins lasted nobody knows how long.
        let end = leg.end.or(bounds.back).filter(|end| start.time() <= end.time());
        let span = end.and_then(|end| bounds.cut((start, end)));
        for member in said.members.iter() {
            on_legs.entry(member).or_default().push(span);
        }
    }
    let known = on_legs.into_iter().filter_map(|(member, spans)| {
        let spans: Option<Vec<(i64, i64)>> = spans.into_iter().collect();
        Some((member, u32::try_from(covered_ms(spans?) / 60_000).unwrap_or(u32::MAX)))
    });
    known.collect()
}

/// How long all of them together last, what is in several once.
fn covered_ms(mut spans: Vec<(i64, i64)>) -> u64 {
    spans.sort_unstable();
    let (mut covered_ms, mut counted_until) = (0_u64, i64::MIN);
    for (from, until) in spans {
        let from = from.max(counted_until);
        if from < until {
            covered_ms = covered_ms.saturating_add(until.abs_diff(from));
            counted_until = until;
        }
    }
    covered_ms
}

#[cfg(test)]
mod tests;
