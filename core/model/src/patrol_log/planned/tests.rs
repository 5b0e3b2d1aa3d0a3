//! Invariants of what is planned:
//!
//! 1. The same set of statements gives the same plans, crews, answers and phase, in any order.
//! 2. Of what was said apart all stands; what was seen is replaced, whatever clocks say.

use proptest::prelude::*;

use super::*;
use crate::ids::{Author, StatementRef};
use crate::moment::{Clocks, Moment};
use crate::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use crate::planning::{Crew, Window};
use crate::statement::Statement;
use crate::words::{Name, Note};

const HEAD: u8 = 1;
const UNIT: u8 = 2;

fn moment(hour: i64) -> Moment {
    Moment::new(UtcTime::from_unix_ms(1_780_000_000_000 + hour * 3_600_000).unwrap(), 300).unwrap()
}

/// Said by somebody at an hour of his clock.
fn said(author: u8, hour: i64, body: Body) -> Stated {
    let clocks = Clocks::new(moment(hour), None, None);
    let member = MemberId::from_bytes([author; 16]);
    Stated {
        key: StatementRef::new(format!("k{author}.{}", hour + 100)).unwrap(),
        author: Author::from_bytes([author; 32]),
        member: Some(member),
        role: None,
        statement: Statement::new(clocks, body),
    }
}

fn plan(sector: &str, replaces: &[&Stated]) -> Body {
    Body::Planning(Planning::Planned(PatrolPlan {
        window: Window::new(moment(24), moment(30)).unwrap(),
        mode: ActivityMode::Joint,
        sector: Name::new(sector).unwrap(),
        area_component: AreaComponent::BorderZone,
        route: None,
        task: None,
        transport: None,
        representative: Name::new("майор С.").unwrap(),
        replaces: before(replaces),
    }))
}

fn before(replaces: &[&Stated]) -> Before {
    Before::new(replaces.iter().map(|stated| name_of(stated))).unwrap()
}

fn crew(members: &[u8], replaces: &[&Stated]) -> Body {
    let members: Vec<MemberId> = members.iter().map(|number| MemberId::from_bytes([*number; 16])).collect();
    let crew = Crew::new(members.iter().copied(), *members.first().unwrap()).unwrap();
    Body::Planning(Planning::Assigned(PatrolAssigned { crew, replaces: before(replaces) }))
}

fn answer(to: &Stated, answer: Answer) -> Body {
    Body::Planning(Planning::Answered(PlanAnswer { to: name_of(to), answer, note: None }))
}

fn cancelled(replaces: &[&Stated]) -> Body {
    let reason = Note::new("боран").unwrap();
    Body::Planning(Planning::Cancelled(PatrolCancelled { reason, replaces: before(replaces) }))
}

fn sectors(said: &[&Stated]) -> Vec<String> {
    let log = PatrolLog::from_statements(said.iter().map(|stated| (*stated).clone()));
    let planned = PlannedPatrol::of(&log);
    planned.plans.iter().map(|(_, plan)| plan.sector.to_string()).collect()
}

fn phase_at(said: &[&Stated], hour: i64) -> Option<PatrolPhase> {
    let log = PatrolLog::from_statements(said.iter().map(|stated| (*stated).clone()));
    PlannedPatrol::of(&log).phase(&log, moment(hour).time())
}

#[test]
fn a_plan_replaces_what_its_author_saw_though_his_clock_is_behind() {
    let first = said(HEAD, 10, plan("Үлкен сай", &[]));
    let second = said(UNIT, 2, plan("Кіші сай", &[&first]));
    assert_eq!(sectors(&[&first, &second]), ["Кіші сай"]);
}

#[test]
fn of_two_plans_made_apart_both_stand_until_a_third_replaces_them() {
    let first = said(HEAD, 1, plan("Үлкен сай", &[]));
    let one = said(HEAD, 2, plan("Кіші сай", &[&first]));
    let other = said(UNIT, 3, plan("Өткел", &[&first]));
    assert_eq!(sectors(&[&first, &one, &other]), ["Кіші сай", "Өткел"]);
    let third = said(UNIT, 4, plan("Өткел", &[&one, &other]));
    assert_eq!(sectors(&[&first, &one, &other, &third]), ["Өткел"]);
}

#[test]
fn a_patrol_that_was_called_off_is_planned_anew_and_one_that_was_planned_apart_stands() {
    let first = said(HEAD, 1, plan("Үлкен сай", &[]));
    let off = said(UNIT, 2, cancelled(&[&first]));
    assert_eq!(phase_at(&[&first, &off], 0), Some(PatrolPhase::Cancelled));
    let apart = said(HEAD, 2, plan("Кіші сай", &[&first]));
    assert_eq!(phase_at(&[&first, &off, &apart], 0), Some(PatrolPhase::Planned));
    let again = said(HEAD, 3, plan("Үлкен сай", &[&off]));
    assert_eq!(phase_at(&[&first, &off, &again], 0), Some(PatrolPhase::Planned));
}

#[test]
fn who_is_named_anew_has_not_answered_yet() {
    let first = said(HEAD, 1, crew(&[HEAD, 3], &[]));
    let comes = said(3, 2, answer(&first, Answer::Comes));
    let not = said(3, 3, answer(&first, Answer::DoesNotCome));
    let second = said(HEAD, 4, crew(&[HEAD, 3, 4], &[&first]));
    let log = |said: &[&Stated]| PatrolLog::from_statements(said.iter().map(|stated| (*stated).clone()));
    let answered = log(&[&first, &comes, &not]);
    let member = MemberId::from_bytes([3; 16]);
    assert_eq!(PlannedPatrol::of(&answered).answer_of(member), Some(Answer::DoesNotCome));
    let renamed = log(&[&first, &comes, &not, &second]);
    let planned = PlannedPatrol::of(&renamed);
    assert_eq!((planned.answer_of(member), planned.members().len()), (None, 3));
}

#[test]
fn a_patrol_is_overdue_half_an_hour_after_its_start_and_at_its_end() {
    let planned = said(HEAD, 1, plan("Үлкен сай", &[]));
    let assigned = said(HEAD, 2, crew(&[HEAD], &[]));
    let start = said(HEAD, 24, Body::PatrolStarted(PatrolStart::new(ActivityMode::Joint)));
    let end = said(HEAD, 31, Body::PatrolEnded(PatrolEnd::default()));
    assert_eq!(phase_at(&[&planned], 24), Some(PatrolPhase::Planned));
    assert_eq!(phase_at(&[&planned, &assigned], 24), Some(PatrolPhase::Assigned));
    assert_eq!(phase_at(&[&planned, &assigned], 25), Some(PatrolPhase::StartOverdue));
    assert_eq!(phase_at(&[&planned, &assigned, &start], 30), Some(PatrolPhase::UnderWay));
    assert_eq!(phase_at(&[&planned, &assigned, &start], 31), Some(PatrolPhase::ReturnOverdue));
    assert_eq!(phase_at(&[&planned, &assigned, &start, &end], 99), Some(PatrolPhase::Ended));
    assert_eq!(phase_at(&[&start], 99), Some(PatrolPhase::UnderWay), "without a plan nothing is overdue");
    assert_eq!(phase_at(&[], 99), None);
}

proptest! {
    /// Two authors plan, name, answer and call off, each having seen some of what was said before.
    #[test]
    fn any_order_gives_the_same(
        steps in prop::collection::vec((0..4_u8, 1..=2_u8, any::<u8>()), 1..12),
        order in any::<prop::sample::Index>(),
    ) {
        let mut all: Vec<Stated> = Vec::new();
        for (hour, (what, author, seen)) in (0..).zip(steps) {
            let before: Vec<&Stated> = all.iter().enumerate().filter_map(|(place, stated)| (seen >> (place % 8) & 1 == 1).then_some(stated)).take(8).collect();
            let body = match (what, before.first()) {
                (0, _) | (_, None) => plan("Үлкен сай", &before),
                (1, _) => crew(&[author], &before),
                (2, _) => cancelled(&before),
                (_, Some(first)) => answer(first, Answer::Comes),
            };
            all.push(said(author, hour, body));
        }
        let log = PatrolLog::from_statements(all.iter().cloned());
        let mut turned = all.clone();
        turned.rotate_left(order.index(all.len()));
        turned.reverse();
        let other = PatrolLog::from_statements(turned.into_iter().chain(all.iter().cloned()));
        let (one, other_planned) = (PlannedPatrol::of(&log), PlannedPatrol::of(&other));
        prop_assert_eq!(&one, &other_planned);
        prop_assert_eq!(one.phase(&log, moment(26).time()), other_planned.phase(&other, moment(26).time()));
        let is_planned = all.iter().any(|stated| matches!(&stated.statement.body, Body::Planning(Planning::Planned(_) | Planning::Cancelled(_))));
        prop_assert_eq!(is_planned, !one.plans.is_empty() || !one.cancelled.is_empty(), "something always stands");
    }
}
