//! What looks wrong in a patrol's log.
//!
//! Promises that a flag is a function of the statements: it comes and goes with them, and nobody sets or
//! clears one. A flag never hides, refuses or re-orders anything.

use super::{PatrolLog, PlannedPatrol};
use crate::codes::coded;
use crate::ids::{MemberId, StatementRef};
use crate::limits::{CLOCK_TRUSTED_MS, SAID_AHEAD_MS_MAX};
use crate::moment::{Day, Moment, UtcTime};
use crate::planning::{Planning, is_too_long};
use crate::stated::Stated;
use crate::statement::Body;

coded! {
    /// What looks wrong.
    pub enum Flag {
        /// The patrol follows no plan (001-§7).
        NoPlan = "no_plan",
        /// No controlling representative of the structural subdivision was named (R06, 001-§10).
        NoControllingRepresentative = "no_controlling_representative",
        /// Plans of the patrol were made apart, and all of them stand (001-§7).
        PlansApart = "plans_apart",
        /// Who goes was named apart, and all of it stands.
        CrewsApart = "crews_apart",
        /// The patrol was started more than once; all starts are kept.
        StartedTwice = "started_twice",
        /// The patrol was ended more than once; all ends are kept.
        EndedTwice = "ended_twice",
        /// An end, of the patrol or of a leg, without a start.
        EndedWithoutStart = "ended_without_start",
        /// An end that lies before its start: of the patrol, of a leg, of a pause, of a gap.
        EndBeforeStart = "end_before_start",
        /// A start or an end of a leg before every departure of the patrol that was said, or after every return.
        LegOutsidePatrol = "leg_outside_patrol",
        /// An entry that is said to have happened before every departure of the patrol that was said, or after every return.
        EntryOutsidePatrol = "entry_outside_patrol",
        /// A hand-over or a release that lies before the detention.
        EndedBeforeDetained = "ended_before_detained",
        /// A step with whoever was detained that lies before the detention.
        StepBeforeDetained = "step_before_detained",
        /// A step that lies after he was handed over or released; what the receiver told is no such step.
        StepAfterEnd = "step_after_end",
        /// A day of birth after that of the detention.
        BornAfterDetained = "born_after_detained",
        /// Of a case, said to replace what another said, by somebody who is no head: both stand (requirements §8).
        ToldDifferently = "told_differently",
        /// The subdivision was told before what it was told had become known (R13).
        ToldBeforeLearned = "told_before_learned",
        /// It lasted longer than a patrol may be planned for.
        LastedTooLong = "lasted_too_long",
        /// An entry without a position.
        NoFix = "no_fix",
        /// A clock that cannot have been right.
        ClockImplausible = "clock_implausible",
        /// Said to have happened long after the clock by which it was recorded: one of the two cannot be right.
        HappenedAfterRecorded = "happened_after_recorded",
        /// A recording with points that have no time.
        TrackUntimed = "track_untimed",
        /// A recording in which the fix was lost.
        FixLost = "fix_lost",
        /// A recording of which pieces are missing.
        TrackIncomplete = "track_incomplete",
        /// Recorded by, or with, a member on the day on which his part ended, or later (R21): it stays a fact. A strike-off has a
        /// day and no hour, so what was recorded on that day before it has the flag too.
        MemberNoLongerEligible = "member_no_longer_eligible",
    }
}

impl Flag {
    /// The paragraph it rests on, where there is one.
    #[must_use]
    pub const fn paragraph(self) -> Option<&'static str> {
        match self {
            Self::NoPlan | Self::PlansApart => Some("001-§7"),
            Self::NoControllingRepresentative => Some("001-§10"),
            Self::EndedBeforeDetained | Self::StepAfterEnd => Some("001-§10(5)"),
            Self::ToldBeforeLearned => Some("001-§12(1)"),
            _ => None,
        }
    }
}

/// A flag and the statement it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flagged {
    /// What looks wrong.
    pub flag: Flag,
    /// In which statement; of a recording, in its first chunk.
    pub about: StatementRef,
}

/// All flags but those of the recordings, in no order.
pub(super) fn of(log: &PatrolLog) -> Vec<Flagged> {
    let mut found = Found(Vec::new());
    flag_starts_and_ends(log, &mut found);
    flag_legs(log, &mut found);
    let said = SaidTimes::of(log);
    for (stated, entry) in log.entries() {
        found.flag_if(entry.position().is_none(), Flag::NoFix, stated);
    }
    for logged in log.versions() {
        // As it stands: whoever puts the time right has done with it.
        let mut times = logged.standing.iter().filter_map(|version| version.entry.occurred_at());
        let is_outside = times.any(|at| said.is_outside(at.time()));
        found.flag_if(is_outside, Flag::EntryOutsidePatrol, logged.first.stated);
    }
    for stated in &log.stated {
        found.flag_if(!has_plausible_clocks(stated), Flag::ClockImplausible, stated);
        found.flag_if(is_said_ahead(stated), Flag::HappenedAfterRecorded, stated);
        found.flag_if(is_over_before_it_began(stated), Flag::EndBeforeStart, stated);
    }
    found.0
}

/// What members did on a day on which their part had ended.
pub(super) fn of_ended(log: &PatrolLog, ended: impl Fn(MemberId, &Stated) -> Option<Day>) -> Vec<Flagged> {
    let mut found = Found(Vec::new());
    for stated in &log.stated {
        let day = stated.statement.happened_at().day();
        let had_ended = |member: MemberId| ended(member, stated).is_some_and(|since| since <= day);
        let with_whom = match &stated.statement.body {
            Body::LegStarted(leg) => leg.members.iter().any(had_ended),
            Body::Planning(Planning::Assigned(assigned)) => assigned.crew.members().iter().any(had_ended),
            _ => false,
        };
        let by_whom = stated.member.is_some_and(had_ended);
        found.flag_if(by_whom || with_whom, Flag::MemberNoLongerEligible, stated);
    }
    found.0
}

struct Found(Vec<Flagged>);

impl Found {
    fn flag_if(&mut self, looks_wrong: bool, flag: Flag, stated: &Stated) {
        if looks_wrong {
            self.0.push(Flagged { flag, about: stated.key.clone() });
        }
    }
}

fn flag_starts_and_ends(log: &PatrolLog, found: &mut Found) {
    let planned = PlannedPatrol::of(log);
    for (stated, _) in &planned.plans {
        found.flag_if(planned.plans.len() > 1, Flag::PlansApart, stated);
    }
    for (stated, _) in &planned.assigned {
        found.flag_if(planned.assigned.len() > 1, Flag::CrewsApart, stated);
    }
    for (index, (stated, start)) in log.starts().enumerate() {
        found.flag_if(start.plan.is_none() && planned.plans.is_empty(), Flag::NoPlan, stated);
        let unnamed = start.controlling_representative.is_none();
        found.flag_if(unnamed, Flag::NoControllingRepresentative, stated);
        found.flag_if(index > 0, Flag::StartedTwice, stated);
    }
    let first_start = log.starts().next().map(|(stated, _)| stated);
    for (index, (stated, _)) in log.ends().enumerate() {
        found.flag_if(index > 0, Flag::EndedTwice, stated);
        flag_end(first_start, stated, found);
        let started = first_start.map(|start| start.statement.happened_at());
        let is_too_long = started.is_some_and(|from| is_too_long(from, stated.statement.happened_at()));
        found.flag_if(is_too_long, Flag::LastedTooLong, stated);
    }
}

/// The first departure and the last return that were said: no other lies before or after them.
struct SaidTimes {
    out: Option<UtcTime>,
    back: Option<UtcTime>,
}

impl SaidTimes {
    fn of(log: &PatrolLog) -> Self {
        let out = log.starts().map(|(stated, _)| happened(stated)).min();
        Self { out, back: log.ends().map(|(stated, _)| happened(stated)).max() }
    }

    fn is_outside(&self, at: UtcTime) -> bool {
        self.out.is_some_and(|out| is_before(at, out)) || self.back.is_some_and(|back| is_before(back, at))
    }
}

fn happened(stated: &Stated) -> UtcTime {
    stated.statement.happened_at().time()
}

/// Whether this lies before that, by more than a clock may be off.
pub(crate) const fn is_before(this: UtcTime, that: UtcTime) -> bool {
    this.unix_ms().saturating_add(CLOCK_TRUSTED_MS) < that.unix_ms()
}

fn flag_legs(log: &PatrolLog, found: &mut Found) {
    let said = SaidTimes::of(log);
    for leg in log.legs() {
        let starts = leg.starts.iter().map(|(stated, _)| *stated);
        for stated in starts.chain(leg.ends.iter().map(|(stated, _)| *stated)) {
            found.flag_if(said.is_outside(happened(stated)), Flag::LegOutsidePatrol, stated);
        }
        let first_start = leg.starts.first().map(|(stated, _)| *stated);
        for (stated, _) in leg.ends {
            flag_end(first_start, stated, found);
        }
    }
}

fn flag_end(first_start: Option<&Stated>, end: &Stated, found: &mut Found) {
    match first_start {
        None => found.flag_if(true, Flag::EndedWithoutStart, end),
        Some(start) => {
            found.flag_if(happened(end) < happened(start), Flag::EndBeforeStart, end);
        }
    }
}

fn is_said_ahead(stated: &Stated) -> bool {
    let recorded_ms = stated.statement.clocks.recorded_at().time().unix_ms();
    let ahead = |occurred_at: Moment| occurred_at.time().unix_ms().saturating_sub(recorded_ms);
    stated
        .statement
        .occurred_at()
        .is_some_and(|occurred_at| ahead(occurred_at) > SAID_AHEAD_MS_MAX)
}

/// Of a pause or a gap. The minute in which somebody types is no such thing.
fn is_over_before_it_began(stated: &Stated) -> bool {
    let Body::Mark(mark) = &stated.statement.body else { return false };
    mark.until.is_some_and(|until| is_before(until.time(), happened(stated)))
}

fn has_plausible_clocks(stated: &Stated) -> bool {
    let clocks = &stated.statement.clocks;
    let waypoint_time = match &stated.statement.body {
        Body::Waypoint(waypoint) => waypoint.point.time,
        _ => None,
    };
    let occurred_at = stated.statement.occurred_at().map(Moment::time);
    [Some(clocks.recorded_at().time()), clocks.gps_time(), occurred_at, waypoint_time]
        .into_iter()
        .flatten()
        .all(UtcTime::is_plausible)
}
