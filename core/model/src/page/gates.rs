//! What stands between a reconciled log and its seal (screen L-8; rules R06 to R13 and R21, but for R09: of what is none of the five
//! activities, or lacks its mode, there is no entry).
//!
//! Promises that each gate says what it is about, so that a screen can lead there; that facts are never refused but flagged on the
//! page: whoever went without being eligible went; and that the same statements open the same gates everywhere, but for what only
//! this device can know: which phones it has heard of, and what the clock says.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::attendance::{AttendanceState, attendance};
use crate::case::CaseGap;
use crate::codes::coded;
use crate::entry::Activity;
use crate::ids::{Author, CaseId, MemberId};
use crate::moment::{Moment, UtcTime};
use crate::patrol_log::{Flag, PatrolLog, Version};
use crate::planning::is_too_long;
use crate::reconcile::{Event, FieldState, FieldValue, OpenDecision, Reconciled};
use crate::register::Cause;
use crate::settling::{SettledField, Settling};
use crate::squad::SquadCard;
use crate::stated::Stated;
use crate::statement::Body;

coded! {
    /// A gate before the seal.
    pub enum GateKind {
        /// Nothing is left to decide.
        Decided = "decided",
        /// Of everybody it is known whether he was there.
        AttendanceKnown = "attendance_known",
        /// It has begun and ended, in this order, and not in the future.
        Times = "times",
        /// Whoever led was there.
        LeaderWasThere = "leader_was_there",
        /// Everybody might go that day (R10, R21).
        Eligible = "eligible",
        /// A controlling representative is named (R06).
        Representative = "representative",
        /// In which part of the border space is said (R07).
        Area = "area",
        /// A use of force has its record, with why nothing else would do (R11).
        ForceRecorded = "force_recorded",
        /// A detention has its record, with all its steps and its end (R12).
        DetentionsEnded = "detentions_ended",
        /// Of what the subdivision was told, both times are known (R08, R13).
        NoticesTold = "notices_told",
        /// Of every phone everything is here, or it is not waited for.
        PhonesHere = "phones_here",
        /// What came late is marked as late.
        LateMarked = "late_marked",
    }
}

coded! {
    /// How a gate stands.
    pub enum GateState {
        /// It lets through.
        Open = "open",
        /// It lets through, and the page says what is wrong.
        Flagged = "flagged",
        /// It does not let through.
        Closed = "closed",
        /// This device does not read what it is about: another judges it.
        NotRead = "not_read",
    }
}

/// What a gate is about: where a screen leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateTarget {
    /// A decision that is due.
    Decision(OpenDecision),
    /// A member.
    Member(MemberId),
    /// A field of the patrol itself.
    Field(SettledField),
    /// A statement.
    Statement(Cause),
    /// A phone.
    Phone(Author),
    /// A case, and what it lacks.
    Case(CaseId, CaseGap),
    /// A case of which nothing has come.
    CaseMissing(CaseId),
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Which.
    pub kind: GateKind,
    /// How it stands.
    pub state: GateState,
    /// What keeps it from being open.
    pub about: Vec<GateTarget>,
}

/// How a phone stands, as far as this device knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneState {
    /// Everything that is known of has come.
    Received,
    /// So many envelopes are known and have not come.
    Missing(u32),
    /// Nothing has come from it.
    NeverSeen,
}

/// What else the gates are asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateFacts {
    /// What this device's clock says.
    pub now: UtcTime,
    /// The subdivision's cards, by member.
    pub cards: BTreeMap<MemberId, SquadCard>,
    /// The phones of the patrol, and how each stands.
    pub phones: BTreeMap<Author, PhoneState>,
    /// The cases that the log names: what each lacks, and none if nothing of it is here.
    pub cases: BTreeMap<CaseId, Option<Vec<CaseGap>>>,
    /// Those of them that are not for this device to read: a volunteer's phone lets go what it handed over.
    pub unread: BTreeSet<CaseId>,
    /// The cases in which force is recorded.
    pub force: Vec<CaseId>,
    /// The notices that were neither told by voice nor answered.
    pub untold: Vec<Cause>,
    /// What came after the page before.
    pub late: Vec<Cause>,
}

/// Every gate, in the order in which they are gone through.
#[must_use]
pub fn gates(log: &PatrolLog, reconciled: &Reconciled<'_>, facts: &GateFacts) -> Vec<Gate> {
    let closed = |kind, about: Vec<GateTarget>| gate(kind, GateState::Closed, about);
    let flagged = |kind, about: Vec<GateTarget>| gate(kind, GateState::Flagged, about);
    let there = attendance(log);
    let unconfirmed = there.iter().filter(|(_, state)| **state == AttendanceState::Unconfirmed);
    let (force, detentions) = cases(reconciled, facts);
    vec![
        closed(GateKind::Decided, reconciled.open.iter().cloned().map(GateTarget::Decision).collect()),
        closed(
            GateKind::AttendanceKnown,
            unconfirmed.map(|(member, _)| GateTarget::Member(*member)).collect(),
        ),
        times(reconciled, facts.now),
        closed(GateKind::LeaderWasThere, leader(reconciled, &there)),
        flagged(GateKind::Eligible, not_eligible((log, reconciled), &there, facts)),
        closed(GateKind::Representative, missing(reconciled, SettledField::Representative)),
        closed(GateKind::Area, missing(reconciled, SettledField::Area)),
        about_cases(GateKind::ForceRecorded, force, facts),
        about_cases(GateKind::DetentionsEnded, detentions, facts),
        flagged(GateKind::NoticesTold, facts.untold.iter().cloned().map(GateTarget::Statement).collect()),
        closed(GateKind::PhonesHere, phones(log, facts)),
        flagged(GateKind::LateMarked, facts.late.iter().cloned().map(GateTarget::Statement).collect()),
    ]
}

fn gate(kind: GateKind, if_anything: GateState, about: Vec<GateTarget>) -> Gate {
    let state = if about.is_empty() { GateState::Open } else { if_anything };
    Gate { kind, state, about }
}

/// What is missing of cases that this device does not read, it does not judge.
fn about_cases(kind: GateKind, about: Vec<GateTarget>, facts: &GateFacts) -> Gate {
    let is_unread =
        |target: &GateTarget| matches!(target, GateTarget::CaseMissing(case) if facts.unread.contains(case));
    let state = if about.iter().all(is_unread) { GateState::NotRead } else { GateState::Closed };
    gate(kind, state, about)
}

/// A patrol that lasted longer than one may be planned for stays a fact: the page says so.
fn times(reconciled: &Reconciled<'_>, now: UtcTime) -> Gate {
    let time = |field| match reconciled.header_field(field).and_then(FieldState::standing) {
        Some(FieldValue::Time(moment)) => Some(moment),
        _ => None,
    };
    let (start, end) = (time(SettledField::Start), time(SettledField::End));
    let mut about = Vec::new();
    if start.is_none() {
        about.push(GateTarget::Field(SettledField::Start));
    }
    let is_over = |end: Moment| end.time() <= now && start.is_none_or(|start| start.time() < end.time());
    if !end.is_some_and(is_over) {
        about.push(GateTarget::Field(SettledField::End));
    }
    if about.is_empty() && start.zip(end).is_some_and(|(start, end)| is_too_long(start, end)) {
        return gate(GateKind::Times, GateState::Flagged, vec![GateTarget::Field(SettledField::End)]);
    }
    gate(GateKind::Times, GateState::Closed, about)
}

fn leader(reconciled: &Reconciled<'_>, there: &BTreeMap<MemberId, AttendanceState>) -> Vec<GateTarget> {
    let named = reconciled.header_field(SettledField::Leader);
    match named.and_then(FieldState::standing) {
        Some(FieldValue::Member(leader)) if there.get(&leader) == Some(&AttendanceState::Absent) => {
            vec![GateTarget::Field(SettledField::Leader), GateTarget::Member(leader)]
        }
        _ => Vec::new(),
    }
}

/// Whether a member might go on the day of the patrol, as far as his card tells. None where his part ended later and he might not go
/// any more when the card was written: it says nothing of the days before. The gate and the page go by this alone.
pub(super) fn might_go(card: &SquadCard, reconciled: &Reconciled<'_>) -> Option<bool> {
    let Some(ended) = card.ended else { return Some(card.eligible) };
    match reconciled.header_field(SettledField::Start).and_then(FieldState::standing) {
        Some(FieldValue::Time(start)) if ended <= start.day() => Some(false),
        _ => card.eligible.then_some(true),
    }
}

fn not_eligible(
    (log, reconciled): (&PatrolLog, &Reconciled<'_>),
    there: &BTreeMap<MemberId, AttendanceState>,
    facts: &GateFacts,
) -> Vec<GateTarget> {
    let was_there = there.iter().filter(|(_, state)| **state == AttendanceState::Attended);
    let by_card = was_there
        .map(|(member, _)| *member)
        .filter(|member| facts.cards.get(member).and_then(|card| might_go(card, reconciled)) != Some(true));
    let mut about: Vec<GateTarget> = by_card.map(GateTarget::Member).collect();
    let ended: BTreeSet<_> = log
        .flags()
        .iter()
        .filter(|flagged| flagged.flag == Flag::MemberNoLongerEligible)
        .map(|flagged| &flagged.about)
        .collect();
    let is_ended = |stated: &&Stated| ended.contains(&stated.key);
    about.extend(
        log.stated()
            .iter()
            .filter(is_ended)
            .map(|stated| GateTarget::Statement(stated.cause())),
    );
    about
}

/// A field of the patrol that has to be said, or decided that it cannot be.
fn missing(reconciled: &Reconciled<'_>, field: SettledField) -> Vec<GateTarget> {
    let state = reconciled.header_field(field);
    let is_said = state.is_some_and(|state| state.standing().is_some() || state.decided.is_some());
    if is_said { Vec::new() } else { vec![GateTarget::Field(field)] }
}

/// What uses of force and what detentions lack: the record, of an event that several tell of for all of them, or a part of it. Of an
/// entry of which a head decided with a reason that it is something else, or that it is left open what it is, there is no record: the
/// page says what it said, who decided and why.
fn cases(reconciled: &Reconciled<'_>, facts: &GateFacts) -> (Vec<GateTarget>, Vec<GateTarget>) {
    let (mut force, mut detentions) = (Vec::new(), Vec::new());
    let (mut of_force, mut of_detentions) = (BTreeSet::new(), BTreeSet::new());
    for event in &reconciled.events {
        let versions: Vec<&Version<'_>> = event.entries.iter().flat_map(|logged| &logged.standing).collect();
        if is_decided_otherwise(event) {
            continue;
        }
        let named: BTreeSet<CaseId> = versions.iter().filter_map(|version| version.entry.case()).collect();
        for version in versions {
            let statement = || GateTarget::Statement(version.stated.cause());
            let is_force = version.entry.activity() == Activity::Force;
            if is_force { &mut of_force } else { &mut of_detentions }.extend(version.entry.case());
            match (version.entry.activity(), version.entry.case()) {
                (Activity::Force, None) if !named.iter().any(|case| facts.force.contains(case)) => {
                    force.push(statement());
                }
                (Activity::Force, Some(case)) if !facts.force.contains(&case) => {
                    force.push(GateTarget::CaseMissing(case));
                }
                (Activity::DetainDeliver { .. }, None) if named.is_empty() => detentions.push(statement()),
                _ => {}
            }
        }
    }
    for (case, gaps) in &facts.cases {
        match gaps {
            // Nobody was detained in a case that only a use of force names, nor in one that no line of an event names any more.
            None if !of_detentions.contains(case) => {}
            None => detentions.push(GateTarget::CaseMissing(*case)),
            Some(gaps) => detentions.extend(gaps.iter().map(|gap| GateTarget::Case(*case, *gap))),
        }
    }
    force.dedup();
    (force, detentions)
}

/// Whether a head decided that an event is neither force nor a detention, or that it stays open what it is.
fn is_decided_otherwise(event: &Event<'_>) -> bool {
    let Some(state) = event.field(SettledField::Activity) else { return false };
    let needs_record = matches!(
        state.standing(),
        Some(FieldValue::Activity(Activity::Force | Activity::DetainDeliver { .. }))
    );
    state.decided.is_some_and(|decided| decided.resolution.reason.is_some()) && !needs_record
}

fn phones(log: &PatrolLog, facts: &GateFacts) -> Vec<GateTarget> {
    let excused: Vec<Author> = log
        .standing()
        .filter_map(|by| match &by.statement.body {
            Body::Settling(Settling::Excused(excused)) => Some(excused.device),
            _ => None,
        })
        .collect();
    let waited_for = facts
        .phones
        .iter()
        .filter(|(device, state)| **state != PhoneState::Received && !excused.contains(device));
    waited_for.map(|(device, _)| GateTarget::Phone(*device)).collect()
}

#[cfg(test)]
mod tests;
