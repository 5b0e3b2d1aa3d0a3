//! Who was there: by the head's word, else by what was said on his phone or of him. Whoever is of no squad, an officer on duty who
//! tells something by radio, is there only if he was named for the patrol.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::coded;
use crate::ids::MemberId;
use crate::patrol_log::{PatrolLog, PlannedPatrol};
use crate::planning::standing;
use crate::settling::{Attendance, Attended, Settling};
use crate::statement::Body;

coded! {
    /// Whether a member was there.
    pub enum AttendanceState {
        /// He was: by the head's word, or by an entry, a track or a leg.
        Attended = "attended",
        /// The head says that he was not.
        Absent = "absent",
        /// He was named for the patrol, and nothing says whether he came; or two words of heads differ.
        Unconfirmed = "unconfirmed",
    }
}

/// Of everybody who was named or was there, whether he was.
#[must_use]
pub fn attendance(log: &PatrolLog) -> BTreeMap<MemberId, AttendanceState> {
    let mut named: BTreeSet<MemberId> = PlannedPatrol::of(log).members();
    let mut seen: BTreeSet<MemberId> = BTreeSet::new();
    for stated in log.standing() {
        match &stated.statement.body {
            Body::Entry(entry) => seen.extend(entry.told_by().or(stated.member)),
            Body::Track(_) | Body::Waypoint(_) | Body::Mark(_) => seen.extend(stated.member),
            Body::LegStarted(leg) => {
                seen.extend(leg.members.iter());
                named.extend(leg.members.iter());
            }
            Body::PatrolStarted(start) => named.extend(start.leader),
            _ => {}
        }
    }
    seen.retain(|member| log.is_of_squad(*member) || named.contains(member));
    let said = log.standing().filter_map(|by| match &by.statement.body {
        Body::Settling(Settling::Attended(said)) => Some((by.cause(), said)),
        _ => None,
    });
    let mut decided: BTreeMap<MemberId, BTreeSet<Attended>> = BTreeMap::new();
    for (_, Attendance { member, was, .. }) in standing(said.collect(), |said| &said.replaces) {
        decided.entry(*member).or_default().insert(*was);
    }
    let everybody: BTreeSet<MemberId> = named.iter().chain(&seen).chain(decided.keys()).copied().collect();
    let by_what_was_said = |member: &MemberId| {
        if seen.contains(member) { AttendanceState::Attended } else { AttendanceState::Unconfirmed }
    };
    let state_of = |member: &MemberId| {
        let said: Option<Vec<Attended>> = decided.get(member).map(|said| said.iter().copied().collect());
        match said.as_deref() {
            Some([Attended::Absent]) => AttendanceState::Absent,
            Some([Attended::Attended]) => AttendanceState::Attended,
            Some(_) => AttendanceState::Unconfirmed,
            None => by_what_was_said(member),
        }
    };
    everybody.iter().map(|member| (*member, state_of(member))).collect()
}
