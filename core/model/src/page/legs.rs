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
mod tests {
    use super::*;
    use crate::ids::{Author, StatementRef};
    use crate::moment::{Clocks, UtcTime};
    use crate::patrol::{ActivityMode, LegEnd, Members, PatrolEnd, PatrolStart, Transport};
    use crate::planning::Before;
    use crate::settling::{Choice, Resolution, Settling};
    use crate::stated::Stated;
    use crate::statement::{Body, Statement};
    use crate::words::Note;

    const HOUR_MS: i64 = 3_600_000;

    /// What phones said; `off_ms` is how far the second one's clock is off.
    #[derive(Default)]
    struct Said {
        stated: Vec<Stated>,
        off_ms: i64,
    }

    impl Said {
        /// At so many minutes past ten, the satellites' clock beside it or not.
        fn say(&mut self, (phone, minute): (u8, i64), has_satellites: bool, body: Body) {
            let right: Moment = "2026-05-01T10:00:00+05:00".parse().unwrap();
            let right_ms = right.time().unix_ms() + minute * 60_000;
            let moment = |ms| Moment::new(UtcTime::from_unix_ms(ms).unwrap(), 300).unwrap();
            let off_ms = if phone == 2 { self.off_ms } else { 0 };
            let gps_time = has_satellites.then(|| moment(right_ms).time());
            self.stated.push(Stated {
                key: StatementRef::new(format!("p{phone}.{}", self.stated.len())).unwrap(),
                author: Author::from_bytes([phone; 32]),
                member: Some(MemberId::from_bytes([phone; 16])),
                role: None,
                statement: Statement::new(Clocks::new(moment(right_ms + off_ms), gps_time, None), body),
            });
        }

        fn start_leg(&mut self, at: (u8, i64), (leg, members): (u8, &[u8])) {
            let members = members.iter().map(|member| MemberId::from_bytes([*member; 16]));
            let (leg, members) = (LegId::from_bytes([leg; 16]), Members::new(members).unwrap());
            let start = LegStart { leg, transport: Transport::OnFoot, members, occurred_at: None };
            self.say(at, false, Body::LegStarted(start));
        }

        fn end_leg(&mut self, at: (u8, i64), leg: u8) {
            let end = LegEnd { leg: LegId::from_bytes([leg; 16]), occurred_at: None };
            self.say(at, false, Body::LegEnded(end));
        }

        fn start(&mut self, at: (u8, i64)) {
            self.say(at, false, Body::PatrolStarted(PatrolStart::new(ActivityMode::Joint)));
        }

        fn end(&mut self, at: (u8, i64), has_satellites: bool) {
            self.say(at, has_satellites, Body::PatrolEnded(PatrolEnd::default()));
        }

        /// The minutes of the first member, as the page would have them.
        fn minutes(&self) -> Option<u32> {
            let log = PatrolLog::from_statements(self.stated.iter().cloned());
            minutes(&log, &Reconciled::of(&log))
                .get(&MemberId::from_bytes([1; 16]))
                .copied()
        }
    }

    #[test]
    fn an_open_leg_lasts_until_the_end_that_a_head_decided() {
        let mut said = Said { off_ms: 7 * HOUR_MS, ..Said::default() };
        said.start_leg((1, 0), (1, &[1, 2]));
        assert_eq!(said.minutes(), None, "they are out");
        said.end((1, 90), false);
        assert_eq!(said.minutes(), Some(90));
        said.end((2, 91), false);
        assert_eq!(said.minutes(), None, "two ends, seven hours apart, and nobody decided");
        let log = PatrolLog::from_statements(said.stated.iter().cloned());
        let ends: Vec<_> = log.ends().map(|(stated, _)| stated.cause()).collect();
        let decided = Resolution {
            entries: Before::new(ends.iter().cloned()).unwrap(),
            field: SettledField::End,
            choice: Choice::Said(ends.first().cloned().unwrap()),
            reason: Some(Note::new("сағат алға кеткен").unwrap()),
            replaces: Before::default(),
        };
        said.say((1, 95), false, Body::Settling(Settling::Resolved(decided)));
        assert_eq!(said.minutes(), Some(90));
    }

    #[test]
    fn legs_and_ends_go_by_the_clock_that_the_satellites_put_right() {
        let mut said = Said { off_ms: -5 * HOUR_MS, ..Said::default() };
        said.start_leg((1, 0), (1, &[1]));
        said.end((2, 90), true);
        assert_eq!(said.minutes(), Some(90));
        said.end_leg((2, 60), 1);
        assert_eq!(said.minutes(), Some(60), "put right by what the satellites said half an hour later");
        let log = PatrolLog::from_statements(said.stated.iter().cloned());
        let reconciled = Reconciled::of(&log);
        let end = reconciled
            .header_field(SettledField::End)
            .and_then(FieldState::standing)
            .unwrap();
        assert_eq!(end.written(), "2026-05-01T11:30:00+05:00");
        let [line] = lines((&log, &reconciled), Late::of(&log, None)).try_into().unwrap();
        let times = [line.from, line.until].map(Option::unwrap);
        assert_eq!(times, ["2026-05-01T10:00:00+05:00", "2026-05-01T11:00:00+05:00"]);
    }

    /// So many days ago.
    const fn ago(days: i64) -> i64 {
        -days * 24 * 60
    }

    #[test]
    fn minutes_of_a_leg_count_within_departure_and_return() {
        let mut said = Said::default();
        said.start((1, 0));
        said.start_leg((1, ago(31)), (1, &[1]));
        assert_eq!(said.minutes(), None, "they are out");
        said.end((1, 60), false);
        assert_eq!(said.minutes(), Some(60), "a slip in the month adds nothing to an hour");
        said.end_leg((1, 50), 1);
        assert_eq!(said.minutes(), Some(50));
        said.start_leg((1, 55), (2, &[1]));
        said.end_leg((1, 60 - ago(31)), 2);
        assert_eq!(said.minutes(), Some(55), "nor does one at the end");
    }

    #[test]
    fn a_leg_that_lies_wholly_outside_the_patrol_took_no_minute_of_it() {
        for (from, until) in [(ago(2), ago(1)), (-ago(1), -ago(2))] {
            let mut said = Said::default();
            said.start((1, 0));
            said.start_leg((1, from), (1, &[1]));
            said.end_leg((1, until), 1);
            said.end((1, 60), false);
            assert_eq!(said.minutes(), Some(0), "{from}");
            said.start_leg((1, 10), (2, &[1]));
            said.end_leg((1, 30), 2);
            assert_eq!(said.minutes(), Some(20), "and nothing of the others: {from}");
        }
    }

    #[test]
    fn what_does_not_stand_bounds_no_leg_and_a_return_before_the_departure_tells_nothing() {
        let mut said = Said::default();
        said.start_leg((1, -10), (1, &[1]));
        said.end_leg((1, 70), 1);
        assert_eq!(said.minutes(), Some(80), "neither was said");
        said.start((1, 0));
        assert_eq!(said.minutes(), Some(70));
        said.start((2, 7 * 60));
        assert_eq!(said.minutes(), Some(80), "two departures, and nobody decided");
        let mut said = Said::default();
        said.start((1, 0));
        said.start_leg((1, 0), (1, &[1]));
        said.end_leg((1, 70), 1);
        said.end((1, -10), false);
        assert_eq!(said.minutes(), None);
    }

    #[test]
    fn a_minute_that_two_phones_tell_of_counts_once() {
        let mut said = Said::default();
        said.start_leg((1, 0), (1, &[1, 2]));
        said.start_leg((2, 1), (2, &[1, 2]));
        said.end_leg((2, 59), 2);
        said.end_leg((1, 60), 1);
        said.start_leg((1, 100), (3, &[1]));
        said.end_leg((1, 110), 3);
        said.end((1, 120), false);
        assert_eq!(said.minutes(), Some(70));
        said.start_leg((1, 130), (4, &[1]));
        assert_eq!(said.minutes(), None, "a leg that begins after the end, of which nobody said more");
    }
}
