//! What lets a patrol through to its seal, what is only told on the page, and what this device does not judge.

use super::*;
use crate::entry::EntryDraft;
use crate::ids::{Author, StatementRef};
use crate::moment::Clocks;
use crate::patrol::{ActivityMode, PatrolEnd, PatrolStart};
use crate::source::Source;
use crate::statement::Statement;

const HEAD: MemberId = MemberId::from_bytes([1; 16]);
const OFFICER: MemberId = MemberId::from_bytes([9; 16]);

fn at(written: &str) -> Moment {
    written.parse().unwrap()
}

fn log_of(said: Vec<Body>) -> PatrolLog {
    PatrolLog::from_statements(said.into_iter().zip(1_u8..).map(|(body, number)| Stated {
        key: StatementRef::new(format!("p.{number}")).unwrap(),
        author: Author::from_bytes([1; 32]),
        member: Some(HEAD),
        role: None,
        statement: Statement::new(Clocks::new(at("2026-05-01T10:00:00+05:00"), None, None), body),
    }))
}

fn gates_of(log: &PatrolLog, cases: &[CaseId], unread: &[CaseId]) -> BTreeMap<GateKind, Gate> {
    let facts = GateFacts {
        now: at("2026-05-02T10:00:00+05:00").time(),
        cards: BTreeMap::new(),
        phones: BTreeMap::new(),
        cases: cases.iter().map(|case| (*case, None)).collect(),
        unread: unread.iter().copied().collect(),
        force: vec![],
        untold: vec![],
        late: vec![],
    };
    let all = gates(log, &Reconciled::of(log), &facts);
    all.into_iter().map(|gate| (gate.kind, gate)).collect()
}

fn entry(activity: Activity, case: Option<CaseId>) -> EntryDraft {
    EntryDraft { case, ..EntryDraft::new(activity, "із".to_owned()) }
}

#[test]
fn a_patrol_that_lasted_longer_than_one_is_planned_for_is_told_on_the_page_and_goes_through() {
    let lasted = |from: &str| {
        let start = PatrolStart { occurred_at: Some(at(from)), ..PatrolStart::new(ActivityMode::Joint) };
        let end = PatrolEnd { occurred_at: Some(at("2026-05-01T10:00:00+05:00")) };
        let log = log_of(vec![Body::PatrolStarted(start), Body::PatrolEnded(end)]);
        let is_flagged = log.flags().iter().any(|flagged| flagged.flag == Flag::LastedTooLong);
        let gate = gates_of(&log, &[], &[]).remove(&GateKind::Times).unwrap();
        (gate.state, gate.about, is_flagged)
    };
    assert_eq!(lasted("2026-04-17T10:00:00+05:00"), (GateState::Open, vec![], false));
    let about = vec![GateTarget::Field(SettledField::End)];
    assert_eq!(lasted("2026-04-17T09:59:00+05:00"), (GateState::Flagged, about.clone(), true));
    assert_eq!(lasted("2025-05-01T10:00:00+05:00"), (GateState::Flagged, about.clone(), true));
    assert_eq!(lasted("2026-05-01T11:00:00+05:00"), (GateState::Closed, about, false));
}

#[test]
fn what_this_phone_does_not_read_of_a_case_it_does_not_judge() {
    let case = CaseId::from_bytes([7; 16]);
    let detained = Activity::DetainDeliver { receiver_kind: None };
    let log = log_of(vec![Body::Entry(entry(detained, Some(case)).check().unwrap())]);
    let state = |unread: &[CaseId]| gates_of(&log, &[case], unread)[&GateKind::DetentionsEnded].state;
    assert_eq!((state(&[]), state(&[case])), (GateState::Closed, GateState::NotRead));

    let log = log_of(vec![Body::Entry(entry(Activity::Force, Some(case)).check().unwrap())]);
    let states = |unread: &[CaseId]| {
        let gates = gates_of(&log, &[case], unread);
        [GateKind::ForceRecorded, GateKind::DetentionsEnded].map(|kind| gates[&kind].state)
    };
    assert_eq!(states(&[]), [GateState::Closed, GateState::Open], "nobody was detained");
    assert_eq!(states(&[case]), [GateState::NotRead, GateState::Open]);
}

#[test]
fn an_officer_who_told_something_by_radio_was_not_there_unless_he_was_named() {
    let told = EntryDraft { told_by: Some(OFFICER), source: Source::Radio, ..entry(Activity::Force, None) };
    let told = Body::Entry(told.check().unwrap());
    let own = Body::Entry(entry(Activity::Force, None).check().unwrap());
    let squad = || Some(BTreeSet::from([HEAD]));
    let log = log_of(vec![told.clone(), own]).with_squad(squad());
    assert_eq!(attendance(&log), BTreeMap::from([(HEAD, AttendanceState::Attended)]));
    let start = PatrolStart { leader: Some(OFFICER), ..PatrolStart::new(ActivityMode::Joint) };
    let log = log_of(vec![Body::PatrolStarted(start), told]).with_squad(squad());
    assert_eq!(attendance(&log).get(&OFFICER), Some(&AttendanceState::Attended));
}
