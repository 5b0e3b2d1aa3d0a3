//! Each gate, open and closed, and what it is about: where a screen leads to.

use super::super::*;
use super::said::{Said, gate_facts, note};
use crate::entry::{Activity, EntryDraft};
use crate::ids::{Author, CaseId, MemberId};
use crate::mark::{Mark, MarkKind};
use crate::patrol::{ActivityMode, PatrolEnd, PatrolStart};
use crate::planning::Before;
use crate::register::Cause;
use crate::settling::{Attendance, Attended, Choice, SameEvent, Sameness, SettledField, Settling};
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

fn force(said: &mut Said, phone: u8, case: Option<CaseId>) -> Cause {
    let entry = EntryDraft { case, ..EntryDraft::new(Activity::Force, "күш қолданылды") };
    said.say((phone, 10), Body::Entry(entry.check().unwrap()))
}

#[test]
fn force_of_which_its_author_writes_no_record_lets_through_once_a_head_says_what_it_is_or_who_tells_the_same_has_one()
 {
    let mut said = Said::default();
    let bare = force(&mut said, 2, None);
    let closed = (GateState::Closed, vec![GateTarget::Statement(bare.clone())]);
    assert_eq!(said.gate(GateKind::ForceRecorded, &gate_facts()), closed);

    for choice in [Choice::Undecided, Choice::LeftOut, Choice::Another(note("prevention"))] {
        let mut decided = said.clone();
        decided.decide((1, 60), (SettledField::Activity, &[&bare]), choice.clone());
        assert_eq!(decided.gate(GateKind::ForceRecorded, &gate_facts()), OPEN, "{choice:?}");
        let page = decided.page(|_| {});
        assert_eq!(page.events[0].fields[1].others[0].value, "force", "the page says what he said");
    }
    let mut unsaid = said.clone();
    unsaid.decide_for((1, 60), (SettledField::Activity, &[&bare]), (Choice::Undecided, None));
    assert_eq!(unsaid.gate(GateKind::ForceRecorded, &gate_facts()), closed, "nobody said why");

    let case = CaseId::from_bytes([5; 16]);
    let told = force(&mut said, 1, Some(case));
    let recorded = GateFacts { force: vec![case], cases: [(case, Some(vec![]))].into(), ..gate_facts() };
    assert_eq!(said.gate(GateKind::ForceRecorded, &recorded), closed, "two events");
    let entries = Before::new([bare, told]).unwrap();
    let same = SameEvent { entries, is: Sameness::One, reason: None, replaces: Before::default() };
    said.say((1, 61), Body::Settling(Settling::SameEvent(same)));
    assert_eq!(said.gate(GateKind::ForceRecorded, &recorded), OPEN);
}
