//! Minutes on legs: by the right clock, once, and within the patrol.

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
