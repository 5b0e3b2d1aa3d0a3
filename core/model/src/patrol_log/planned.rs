//! What is planned of one patrol, as far as it was said.
//!
//! Promises that the same statements give the same answer in whatever order they came. Of plans that do not name each other
//! all stand and are told: no clock chooses between what a head and his subdivision planned apart.

use std::collections::{BTreeMap, BTreeSet};

use super::PatrolLog;
use crate::codes::coded;
use crate::ids::MemberId;
use crate::limits::START_OVERDUE_MS;
use crate::moment::UtcTime;
use crate::planning::{
    Answer, Before, PatrolAssigned, PatrolCancelled, PatrolPlan, PlanAnswer, Planning, standing,
};
use crate::register::Cause;
use crate::stated::Stated;
use crate::statement::Body;

coded! {
    /// How far a patrol has come (architecture §6), by a device's own clock where a clock matters.
    pub enum PatrolPhase {
        /// It is planned, and nobody is named.
        Planned = "planned",
        /// Its head has named who goes.
        Assigned = "assigned",
        /// By its plan it should have gone out a while ago, and no start is known here.
        StartOverdue = "start_overdue",
        /// It is out.
        UnderWay = "under_way",
        /// By its plan it should be back, and no end is known here.
        ReturnOverdue = "return_overdue",
        /// It is back.
        Ended = "ended",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

/// What is planned of one patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPatrol<'a> {
    /// The plans that stand: one, unless two were made apart.
    pub plans: Vec<(&'a Stated, &'a PatrolPlan)>,
    /// The assignments that stand: one, unless two were made apart.
    pub assigned: Vec<(&'a Stated, &'a PatrolAssigned)>,
    /// The cancellations that no plan replaced.
    pub cancelled: Vec<(&'a Stated, &'a PatrolCancelled)>,
    /// The newest answer of each member to an assignment that stands.
    pub answers: BTreeMap<MemberId, (&'a Stated, &'a PlanAnswer)>,
}

/// A plan, or that there is none any more.
enum Step<'a> {
    Plan(&'a PatrolPlan),
    Cancelled(&'a PatrolCancelled),
}

impl Step<'_> {
    const fn before(&self) -> &Before {
        match self {
            Self::Plan(plan) => &plan.replaces,
            Self::Cancelled(cancelled) => &cancelled.replaces,
        }
    }
}

/// How a statement is named by others.
fn name_of(stated: &Stated) -> Cause {
    Cause { author: stated.author, key: stated.key.clone() }
}

impl<'a> PlannedPatrol<'a> {
    /// What a log says of plans. Whether those who said it might is for whoever put the log together.
    #[must_use]
    pub fn of(log: &'a PatrolLog) -> Self {
        let (mut steps, mut assigned, mut answers) = (Vec::new(), Vec::new(), Vec::new());
        for stated in log.stated() {
            let Body::Planning(planning) = &stated.statement.body else { continue };
            match planning {
                Planning::Planned(plan) => steps.push((name_of(stated), (stated, Step::Plan(plan)))),
                Planning::Cancelled(cancelled) => {
                    steps.push((name_of(stated), (stated, Step::Cancelled(cancelled))));
                }
                Planning::Assigned(crew) => assigned.push((name_of(stated), (stated, crew))),
                Planning::Answered(answer) => answers.push((stated, answer)),
                Planning::Available(_) => {}
            }
        }
        let assigned = standing(assigned, |(_, assigned)| &assigned.replaces);
        let names: BTreeSet<&Cause> = assigned.iter().map(|(name, _)| name).collect();
        // A log is in the order in which things happened: the last word of a member is the newest.
        let answers = answers
            .into_iter()
            .filter(|(_, answer)| names.contains(&answer.to))
            .filter_map(|said| Some((said.0.member?, said)))
            .collect();
        let assigned = assigned.into_iter().map(|(_, said)| said).collect();
        let (mut plans, mut cancelled) = (Vec::new(), Vec::new());
        for (_, (stated, step)) in standing(steps, |(_, step)| step.before()) {
            match step {
                Step::Plan(plan) => plans.push((stated, plan)),
                Step::Cancelled(why) => cancelled.push((stated, why)),
            }
        }
        Self { plans, assigned, cancelled, answers }
    }

    /// Whether what was said of plans stands: nothing replaced it, and of a member's answers it is the last to an assignment
    /// that stands.
    #[must_use]
    pub fn stands(&self, stated: &Stated) -> bool {
        let said = self.plans.iter().map(|(said, _)| *said);
        let said = said.chain(self.assigned.iter().map(|(said, _)| *said));
        let said = said.chain(self.cancelled.iter().map(|(said, _)| *said));
        said.chain(self.answers.values().map(|(said, _)| *said))
            .any(|said| (said.author, &said.key) == (stated.author, &stated.key))
    }

    /// What a new plan, or a cancellation, replaces: everything that stands.
    #[must_use]
    pub fn to_replace(&self) -> Vec<Cause> {
        let plans = self.plans.iter().map(|(stated, _)| name_of(stated));
        plans.chain(self.cancelled.iter().map(|(stated, _)| name_of(stated))).collect()
    }

    /// What was planned before the cancellations that stand: when it would have been.
    #[must_use]
    pub fn called_off(&self, log: &'a PatrolLog) -> Vec<&'a PatrolPlan> {
        let plan = |stated: &'a Stated| match &stated.statement.body {
            Body::Planning(Planning::Planned(plan)) => Some((name_of(stated), plan)),
            _ => None,
        };
        let is_off = |name: &Cause| self.cancelled.iter().any(|(_, off)| off.replaces.contains(name));
        let plans = log.stated().iter().filter_map(plan);
        plans.filter(|(name, _)| is_off(name)).map(|(_, plan)| plan).collect()
    }

    /// What a new assignment replaces.
    #[must_use]
    pub fn assigned_to_replace(&self) -> Vec<Cause> {
        self.assigned.iter().map(|(stated, _)| name_of(stated)).collect()
    }

    /// Who is named, by any assignment that stands.
    #[must_use]
    pub fn members(&self) -> BTreeSet<MemberId> {
        self.assigned
            .iter()
            .flat_map(|(_, assigned)| assigned.crew.members().iter())
            .collect()
    }

    /// What a member answered; none if he said nothing to an assignment that stands.
    #[must_use]
    pub fn answer_of(&self, member: MemberId) -> Option<Answer> {
        self.answers.get(&member).map(|(_, said)| said.answer)
    }

    /// How far the patrol of this log has come. None if nobody planned or started it.
    #[must_use]
    pub fn phase(&self, log: &PatrolLog, now: UtcTime) -> Option<PatrolPhase> {
        let is_started = log.starts().next().is_some();
        let starts = self.plans.iter().map(|(_, plan)| plan.window.starts_at().time());
        let ends = self.plans.iter().map(|(_, plan)| plan.window.ends_at().time());
        if log.ends().next().is_some() {
            return Some(PatrolPhase::Ended);
        }
        // Of two plans the earlier one counts: somebody looks for them too early rather than too late.
        if is_started {
            let is_late = ends.min().is_some_and(|due| due < now);
            return Some(if is_late { PatrolPhase::ReturnOverdue } else { PatrolPhase::UnderWay });
        }
        let Some(due) = starts.min() else {
            return (!self.cancelled.is_empty()).then_some(PatrolPhase::Cancelled);
        };
        Some(if now.unix_ms().saturating_sub(due.unix_ms()) > START_OVERDUE_MS {
            PatrolPhase::StartOverdue
        } else if self.assigned.is_empty() {
            PatrolPhase::Planned
        } else {
            PatrolPhase::Assigned
        })
    }
}

#[cfg(test)]
mod tests;
