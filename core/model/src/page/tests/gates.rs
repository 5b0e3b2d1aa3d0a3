//! Each gate, open and closed, and what it is about: where a screen leads to.

use super::super::*;
use super::said::{Said, gate_facts, note};
use crate::ids::{Author, MemberId};
use crate::mark::{Mark, MarkKind};
use crate::patrol::{ActivityMode, PatrolEnd, PatrolStart};
use crate::planning::Before;
use crate::register::Cause;
use crate::settling::{Attendance, Attended, Choice, SettledField, Settling};
use crate::statement::Body;

const OPEN: (GateState, Vec<GateTarget>) = (GateState::Open, vec![]);

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

/// The second member leads.
fn start(said: &mut Said) -> Cause {
    said.say(
        (1, 0),
        Body::PatrolStarted(PatrolStart { leader: Some(member(2)), ..PatrolStart::new(ActivityMode::Joint) }),
    )
}

fn end(said: &mut Said, minute: i64) -> Cause {
    said.say((1, minute), Body::PatrolEnded(PatrolEnd::default()))
}

fn attended(said: &mut Said, was: Attended) {
    let attendance = Attendance { member: member(2), was, note: None, replaces: Before::default() };
    said.say((1, 100), Body::Settling(Settling::Attended(attendance)));
}

#[test]
fn of_everybody_who_was_named_it_has_to_be_known_whether_he_was_there() {
    let mut said = Said::default();
    start(&mut said);
    let gate = |said: &Said| said.gate(GateKind::AttendanceKnown, &gate_facts());
    assert_eq!(gate(&said), (GateState::Closed, vec![GateTarget::Member(member(2))]));
    let mut seen = said.clone();
    let pause = Mark { kind: MarkKind::Pause, occurred_at: None, until: None, cause: None, note: None };
    seen.say((2, 10), Body::Mark(pause));
    assert_eq!(gate(&seen), OPEN, "his phone was there");
    for was in [Attended::Attended, Attended::Absent] {
        let mut told = said.clone();
        attended(&mut told, was);
        assert_eq!(gate(&told), OPEN);
        // Two heads who differ have said nothing.
        attended(&mut told, if was == Attended::Absent { Attended::Attended } else { Attended::Absent });
        assert_eq!(gate(&told), (GateState::Closed, vec![GateTarget::Member(member(2))]));
    }
}

#[test]
fn a_patrol_has_begun_and_ended_in_this_order_and_not_in_the_future() {
    let gate = |said: &Said| said.gate(GateKind::Times, &gate_facts());
    let closed = |fields: &[SettledField]| {
        (GateState::Closed, fields.iter().map(|field| GateTarget::Field(*field)).collect::<Vec<_>>())
    };
    let mut said = Said::default();
    assert_eq!(gate(&said), closed(&[SettledField::Start, SettledField::End]));
    start(&mut said);
    assert_eq!(gate(&said), closed(&[SettledField::End]));
    // Before it began, as it began, and after now.
    for minute in [-30, 0, 301] {
        let mut odd = said.clone();
        end(&mut odd, minute);
        assert_eq!(gate(&odd), closed(&[SettledField::End]), "{minute}");
    }
    let mut over = said.clone();
    end(&mut over, 90);
    assert_eq!(gate(&over), OPEN);
    // Two ends an hour apart, of which nobody decided.
    let other = end(&mut over, 150);
    assert_eq!(gate(&over), closed(&[SettledField::End]));
    let log = over.log();
    let ends: Vec<Cause> = log.ends().map(|(stated, _)| stated.cause()).collect();
    let both: Vec<&Cause> = ends.iter().collect();
    over.decide((1, 160), (SettledField::End, &both), Choice::Said(other));
    assert_eq!(gate(&over), OPEN);
}

#[test]
fn whoever_led_was_there() {
    let mut said = Said::default();
    start(&mut said);
    let gate = |said: &Said| said.gate(GateKind::LeaderWasThere, &gate_facts());
    assert_eq!(gate(&said), OPEN, "nobody says that he was not");
    let mut there = said.clone();
    attended(&mut there, Attended::Attended);
    assert_eq!(gate(&there), OPEN);
    attended(&mut said, Attended::Absent);
    let about = vec![GateTarget::Field(SettledField::Leader), GateTarget::Member(member(2))];
    assert_eq!(gate(&said), (GateState::Closed, about));
}

#[test]
fn what_was_not_told_and_what_came_late_is_flagged_with_its_statement() {
    let said = Said::default();
    let about = Cause { author: Author::from_bytes([3; 32]), key: "p3.1".parse().unwrap() };
    let flagged = (GateState::Flagged, vec![GateTarget::Statement(about.clone())]);
    let untold = GateFacts { untold: vec![about.clone()], ..gate_facts() };
    assert_eq!(said.gate(GateKind::NoticesTold, &untold), flagged);
    let late = GateFacts { late: vec![about], ..gate_facts() };
    assert_eq!(said.gate(GateKind::LateMarked, &late), flagged);
    for kind in [GateKind::NoticesTold, GateKind::LateMarked] {
        assert_eq!(said.gate(kind, &gate_facts()), OPEN);
    }
    assert_eq!(said.gate(GateKind::NoticesTold, &late), OPEN, "each has its own");
    assert_eq!(said.gate(GateKind::LateMarked, &untold), OPEN);
}

#[test]
fn what_the_law_asks_for_is_left_out_with_a_reason_or_the_gate_stays_closed() {
    let kinds =
        [(GateKind::Representative, SettledField::Representative), (GateKind::Area, SettledField::Area)];
    for (kind, field) in kinds {
        let mut said = Said::default();
        let start = start(&mut said);
        let closed = (GateState::Closed, vec![GateTarget::Field(field)]);
        assert_eq!(said.gate(kind, &gate_facts()), closed);
        let mut unsaid = said.clone();
        unsaid.decide_for((1, 60), (field, &[&start]), (Choice::LeftOut, None));
        assert_eq!(unsaid.gate(kind, &gate_facts()), closed, "nobody said why");
        said.decide_for((1, 60), (field, &[&start]), (Choice::LeftOut, Some(note("ешкім білмейді"))));
        assert_eq!(said.gate(kind, &gate_facts()), OPEN);
    }
}
