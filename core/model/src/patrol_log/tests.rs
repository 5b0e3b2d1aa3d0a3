//! Invariants of the log:
//!
//! 1. The same set of statements gives the same log, in any order and with repetitions.
//! 2. No statement of a patrol is left out.

use proptest::prelude::*;

use super::*;
use crate::amendment::{AmendReason, Amendment};
use crate::entry::{Activity, EntryDraft};
use crate::ids::{Author, RecordingId, StatementRef};
use crate::mark::{Mark, MarkKind};
use crate::moment::{Clocks, Moment};
use crate::patrol::{ActivityMode, Members, Transport};
use crate::position::{Coordinates, Origin, Position};
use crate::statement::{Kind, Statement};
use crate::strategies;
use crate::track::{Track, TrackPoint, TrackSegment};
use crate::words::{Language, Name};

const LEG: LegId = LegId::from_bytes([5; 16]);

fn key(number: usize) -> StatementRef {
    StatementRef::new(format!("k3f0a91c.{number}")).unwrap()
}

fn stated(number: usize, statement: Statement) -> Stated {
    Stated { key: key(number), author: Author::from_bytes([9; 32]), member: None, role: None, statement }
}

/// Said at this minute past eight.
fn at(minute: usize, body: Body) -> Stated {
    let moment: Moment = format!("2026-05-01T08:{minute:02}:00+05:00").parse().unwrap();
    stated(minute, Statement::new(Clocks::new(moment, Some(moment.time()), None), body))
}

fn start() -> Body {
    Body::PatrolStarted(PatrolStart {
        controlling_representative: Name::new("Серікбаев").ok(),
        plan: Some(key(99)),
        ..PatrolStart::new(ActivityMode::Joint)
    })
}

fn end() -> Body {
    Body::PatrolEnded(PatrolEnd::default())
}

fn entry(position: Option<Position>) -> Body {
    Body::Entry(
        EntryDraft { position, ..EntryDraft::new(Activity::Force, "Тұман") }
            .check()
            .unwrap(),
    )
}

fn somewhere() -> Option<Coordinates> {
    Coordinates::from_degrees(44.9, 80.0).ok()
}

fn flags(statements: impl IntoIterator<Item = Stated>) -> Vec<(Flag, StatementRef)> {
    let log = PatrolLog::from_statements(statements);
    log.flags()
        .iter()
        .map(|flagged| (flagged.flag, flagged.about.clone()))
        .collect()
}

#[test]
fn a_patrol_by_the_book_has_no_flags() {
    let position = somewhere().map(|coordinates| Position::new(coordinates, Origin::Measured));
    assert_eq!(flags([at(0, start()), at(5, entry(position)), at(30, end())]), []);
}

#[test]
fn a_patrol_without_plan_or_controlling_representative_starts_and_is_flagged() {
    let bare = Body::PatrolStarted(PatrolStart::new(ActivityMode::Independent));
    assert_eq!(flags([at(1, bare)]), [(Flag::NoPlan, key(1)), (Flag::NoControllingRepresentative, key(1))]);
    assert_eq!(Flag::NoControllingRepresentative.paragraph(), Some("001-§10"));
}

#[test]
fn two_starts_and_two_ends_are_kept_and_flagged() {
    let statements = [at(1, start()), at(2, start()), at(8, end()), at(9, end())];
    let log = PatrolLog::from_statements(statements.clone());
    assert_eq!((log.starts().count(), log.ends().count()), (2, 2));
    assert_eq!(flags(statements), [(Flag::StartedTwice, key(2)), (Flag::EndedTwice, key(9))]);
}

#[test]
fn an_end_without_a_start_or_before_it_is_flagged() {
    assert_eq!(flags([at(1, end())]), [(Flag::EndedWithoutStart, key(1))]);
    assert_eq!(flags([at(1, end()), at(2, start())]), [(Flag::EndBeforeStart, key(1))]);
}

#[test]
fn a_pause_that_is_over_before_it_begins_is_flagged_and_one_of_the_same_minute_is_not() {
    let pause = |until: &str| {
        Body::Mark(Mark {
            kind: MarkKind::Pause,
            occurred_at: None,
            until: until.parse().ok(),
            cause: None,
            note: None,
        })
    };
    let (early, late) = (pause("2026-05-01T08:02:00+05:00"), pause("2026-05-01T08:20:00+05:00"));
    assert_eq!(flags([at(5, early)]), [(Flag::EndBeforeStart, key(5))]);
    assert_eq!(flags([at(5, late), at(4, pause("2026-05-01T08:03:00+05:00"))]), []);
}

#[test]
fn a_leg_that_ends_without_or_before_its_start_is_flagged() {
    let leg_end = || Body::LegEnded(LegEnd { leg: LEG, occurred_at: None });
    let (transport, members) = (Transport::Horse, Members::default());
    let leg_start = Body::LegStarted(LegStart { leg: LEG, transport, members, occurred_at: None });
    assert_eq!(flags([at(1, leg_end())]), [(Flag::EndedWithoutStart, key(1))]);
    assert_eq!(flags([at(1, leg_end()), at(2, leg_start)]), [(Flag::EndBeforeStart, key(1))]);
}

fn said_to_be(number: usize, occurred_at: &str, body: impl Fn(Option<Moment>) -> Body) -> Stated {
    at(number, body(format!("2026-05-01T{occurred_at}:00+05:00").parse().ok()))
}

#[test]
fn a_leg_before_every_departure_or_after_every_return_is_flagged_and_one_of_the_same_minutes_is_not() {
    let leg_start = |occurred_at: Option<Moment>| {
        let (transport, members) = (Transport::Horse, Members::default());
        Body::LegStarted(LegStart { leg: LEG, transport, members, occurred_at })
    };
    let leg_end = |occurred_at| Body::LegEnded(LegEnd { leg: LEG, occurred_at });
    let of_leg = |from, until| [said_to_be(5, from, leg_start), said_to_be(6, until, leg_end)];
    let outside = |from, until| -> Vec<StatementRef> {
        let patrol = [at(10, start()), at(12, start()), at(40, end()), at(42, end())];
        let log = PatrolLog::from_statements(patrol.into_iter().chain(of_leg(from, until)));
        let flagged = log.flags().iter().filter(|flagged| flagged.flag == Flag::LegOutsidePatrol);
        flagged.map(|flagged| flagged.about.clone()).collect()
    };
    assert_eq!(outside("08:08", "08:44"), [], "clocks may differ by as much");
    assert_eq!(outside("08:07", "08:45"), [key(5), key(6)]);
    assert_eq!(outside("07:00", "07:30"), [key(5), key(6)]);
    assert_eq!(flags(of_leg("07:00", "07:30")), [], "where nobody said when they went or were back");
    let out = flags(of_leg("07:00", "08:30").into_iter().chain([at(10, start())]));
    assert_eq!(out, [(Flag::LegOutsidePatrol, key(5))], "also while they are out");
}

#[test]
fn an_entry_that_is_said_to_have_happened_before_or_after_the_patrol_is_flagged() {
    let position = || somewhere().map(|coordinates| Position::new(coordinates, Origin::Measured));
    let entry_of = |occurred_at| {
        let draft =
            EntryDraft {
                position: position(), occurred_at, ..EntryDraft::new(Activity::Force, "Тұман")
            };
        Body::Entry(draft.check().unwrap())
    };
    let with = |stated| flags([at(10, start()), at(40, end()), stated]);
    assert_eq!(with(said_to_be(20, "08:08", entry_of)), []);
    for odd in ["07:00", "08:07", "08:43"] {
        assert_eq!(with(said_to_be(20, odd, entry_of)), [(Flag::EntryOutsidePatrol, key(20))], "{odd}");
    }
    assert_eq!(with(at(50, entry(position()))), [], "of which a clock says when, and nobody else");
    let wrong = said_to_be(20, "07:00", entry_of);
    let Body::Entry(right) = said_to_be(20, "08:30", entry_of).statement.body else { unreachable!() };
    let amended =
        Body::Amended(Amendment { of: wrong.cause(), why: AmendReason::Slip, note: None, entry: right });
    assert_eq!(flags([at(10, start()), at(40, end()), wrong, at(21, amended)]), [], "put right");
}

#[test]
fn an_entry_without_a_fix_is_flagged() {
    assert_eq!(flags([at(0, start()), at(1, entry(None))]), [(Flag::NoFix, key(1))]);
}

#[test]
fn a_clock_before_the_decree_or_after_2100_is_flagged_and_the_statement_kept() {
    for (written, plausible) in [
        ("1970-01-01T00:00:00Z", false),
        ("2013-08-26T23:59:59Z", false),
        ("2013-08-27T00:00:00Z", true),
        ("2099-12-31T23:59:59Z", true),
        ("2100-01-01T00:00:00Z", false),
    ] {
        let clocks = Clocks::new(written.parse().unwrap(), None, None);
        let flags = flags([stated(1, Statement::new(clocks, start()))]);
        assert_eq!(flags.is_empty(), plausible, "{written}: {flags:?}");
    }
}

#[test]
fn an_entry_copied_from_paper_stands_where_it_happened() {
    let mut draft = EntryDraft::new(Activity::Force, "Тұман");
    draft.occurred_at = Some("2026-05-01T08:02:00+05:00".parse().unwrap());
    let copied = at(40, Body::Entry(draft.check().unwrap()));
    let log = PatrolLog::from_statements([copied, at(1, start()), at(10, end())]);
    let kinds: Vec<_> = log.stated().iter().map(|stated| stated.statement.kind()).collect();
    assert_eq!(kinds, [Kind::PatrolStarted, Kind::Entry, Kind::PatrolEnded]);
}

fn chunks_of(points: Vec<TrackPoint>) -> Vec<Stated> {
    let track = Track::new(vec![TrackSegment::new(points).unwrap()]).unwrap();
    let chunks = track.split(RecordingId::from_bytes([7; 16])).into_iter();
    chunks
        .enumerate()
        .map(|(number, chunk)| at(number, Body::Track(chunk)))
        .collect()
}

fn timed(count: i32) -> Vec<TrackPoint> {
    (0..count)
        .map(|step| TrackPoint {
            coordinates: Coordinates::from_e7(449_000_000 + step * 97, 800_000_000 - step * 313).ok(),
            time: "2026-05-01T08:00:00Z".parse().ok(),
            elevation: None,
        })
        .collect()
}

#[test]
fn a_recording_is_joined_and_a_missing_piece_flagged() {
    let mut statements = chunks_of(timed(2_000));
    assert!(statements.len() >= 3, "otherwise the rule is proved of nothing");
    let whole = PatrolLog::from_statements(statements.clone());
    assert_eq!(whole.tracks()[0].track.points().count(), 2_000);
    assert_eq!(whole.flags(), []);

    statements.remove(1);
    let partly = PatrolLog::from_statements(statements.clone());
    assert_eq!(partly.tracks()[0].chunks_missing, 1);
    assert_eq!(partly.tracks()[0].track.segments().len(), 2);
    assert_eq!(flags(statements), [(Flag::TrackIncomplete, key(0))]);
}

#[test]
fn an_untimed_point_a_lost_fix_and_a_clock_of_1901_are_flagged_in_a_recording() {
    let point = timed(1).remove(0);
    let untimed = TrackPoint { time: None, ..point };
    assert_eq!(flags(chunks_of(vec![untimed])), [(Flag::TrackUntimed, key(0))]);
    let lost = TrackPoint { coordinates: None, ..point };
    assert_eq!(flags(chunks_of(vec![point, lost])), [(Flag::FixLost, key(0))]);
    let old = TrackPoint { time: "1901-12-13T20:45:52.2073437Z".parse().ok(), ..point };
    assert_eq!(flags(chunks_of(vec![old])), [(Flag::ClockImplausible, key(0))]);
}

#[test]
fn what_is_said_to_have_happened_after_it_was_recorded_is_flagged_and_kept() {
    let moment: Moment = "2026-05-01T08:00:00+05:00".parse().unwrap();
    let said_at = |occurred_at: &str| {
        let end = Body::PatrolEnded(PatrolEnd { occurred_at: occurred_at.parse().ok() });
        [at(0, start()), stated(1, Statement::new(Clocks::new(moment, None, None), end))]
    };
    let ahead = || (Flag::HappenedAfterRecorded, key(1));
    assert_eq!(flags(said_at("2026-05-02T08:00:00+05:00")), [], "a day is a clock's or a date's");
    assert_eq!(flags(said_at("2026-05-02T08:00:01+05:00")), [ahead()]);
    let for_years = (Flag::LastedTooLong, key(1));
    assert_eq!(flags(said_at("2099-01-01T00:00:00+05:00")), [for_years, ahead()]);
    assert_eq!(PatrolLog::from_statements(said_at("2099-01-01T00:00:00Z")).ends().count(), 1);
}

#[test]
fn two_devices_recordings_never_mix_even_under_one_id() {
    let mut statements = chunks_of(timed(10));
    let mut of_another = statements[0].clone();
    of_another.author = Author::from_bytes([8; 32]);
    of_another.key = key(50);
    statements.push(of_another);
    assert_eq!(PatrolLog::from_statements(statements).tracks().len(), 2);
}

/// Some statements, and the same twice over and shuffled.
fn in_two_orders() -> impl Strategy<Value = (Vec<Stated>, Vec<Stated>)> {
    proptest::collection::vec(strategies::statement(), 1..12).prop_flat_map(|said| {
        let numbered = said.into_iter().enumerate();
        let statements: Vec<_> = numbered.map(|(number, said)| stated(number, said)).collect();
        let twice: Vec<_> = statements.iter().chain(&statements).cloned().collect();
        (Just(statements), Just(twice).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn the_log_depends_on_the_set_alone(
        (statements, shuffled) in in_two_orders()
    ) {
        let log = PatrolLog::from_statements(statements.clone());
        prop_assert_eq!(&PatrolLog::from_statements(shuffled), &log);
        let of_patrol = statements.iter().filter(|stated| is_of_a_patrol(&stated.statement.body)).count();
        prop_assert_eq!(log.stated().len(), of_patrol);
    }
}

#[test]
fn what_was_logged_on_the_day_of_a_strike_off_is_flagged_also_before_it_and_the_flag_says_so() {
    let member = MemberId::from_bytes([7; 16]);
    let by_him = Stated { member: Some(member), ..at(5, entry(None)) };
    let of_day = |day: &str| {
        let ended = |of: MemberId, _: &Stated| (of == member).then(|| day.parse().unwrap());
        let log = PatrolLog::from_statements([at(0, start()), by_him.clone()]).with_ended(ended);
        log.flags().iter().any(|flagged| flagged.flag == Flag::MemberNoLongerEligible)
    };
    assert!(of_day("2026-05-01") && of_day("2026-04-30") && !of_day("2026-05-02"));
    for (language, day) in [(Language::Kk, "күні"), (Language::Ru, "в день"), (Language::En, "on the day")]
    {
        let word = Flag::MemberNoLongerEligible.word(language);
        assert!(word.contains(day), "{language}");
        for ground in ["шығарыл", "тоқтат", "учёт", "участи", "strike", "struck", "part"]
        {
            assert!(!word.contains(ground), "a head is not told why: {word}");
        }
    }
    assert_eq!(Flag::MemberNoLongerEligible.paragraph(), None, "nor is the paragraph told");
}
