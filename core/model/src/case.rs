//! What became of one case: a person detained, force used (001-§10(4)-(5), 12(3); requirements §7.4).
//!
//! ```text
//! detained ─► explained, unit told, on the way (in any order) ─► handed over │ released
//! ```
//!
//! Promises that the same statements give the same record; that what was put right is there with what it replaced; and that a
//! detention is *whole* only once the offence, the grounds, the telling and the end are said (R12). Force has its necessity by
//! its type (R11). Nothing is computed of how long somebody may be held: the text names no hours.

use crate::codes::coded;
use crate::detention::{Detained, DetentionStep, ForceUsed, HandedOver, Protected, Released, StepKind};
use crate::planning::{Before, standing};
use crate::register::Cause;
use crate::stated::Stated;
use crate::statement::Body;

coded! {
    /// How far a detention has come.
    pub enum CaseStage {
        /// Nobody is detained in it: force alone was used.
        ForceAlone = "force_alone",
        /// Somebody is held.
        Detained = "detained",
        /// He is on the way.
        InDelivery = "in_delivery",
        /// He was handed over.
        HandedOver = "handed_over",
        /// He was released.
        Released = "released",
    }
}

coded! {
    /// What a detention still lacks (R12).
    pub enum CaseGap {
        /// The grounds of the measures were not explained (001-§12(3)).
        GroundsNotExplained = "grounds_not_explained",
        /// In which language they were is not said.
        LanguageNotSaid = "language_not_said",
        /// The subdivision was not told (001-§12(1)).
        UnitNotTold = "unit_not_told",
        /// Neither handed over nor released (001-§10(5)).
        NotEnded = "not_ended",
        /// Ended in more than one way, by people who were apart.
        EndedApart = "ended_apart",
    }
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord<'a> {
    /// Who was detained and for what: one, unless it was put right apart.
    pub detained: Vec<(&'a Stated, &'a Detained)>,
    /// The steps, in the order in which they happened.
    pub steps: Vec<(&'a Stated, &'a DetentionStep)>,
    /// To whom he was handed over.
    pub handed_over: Vec<(&'a Stated, &'a HandedOver)>,
    /// By whose order he was released.
    pub released: Vec<(&'a Stated, &'a Released)>,
    /// Which force was used.
    pub force: Vec<(&'a Stated, &'a ForceUsed)>,
}

type Named<'a, T> = (Cause, (&'a Stated, &'a T));

fn stand<T>(said: Vec<Named<'_, T>>, before: impl Fn(&T) -> &Before) -> Vec<(&Stated, &T)> {
    let mut stand: Vec<_> = standing(said, |(_, what)| before(what))
        .into_iter()
        .map(|(_, said)| said)
        .collect();
    stand.sort_by_key(|(stated, _)| (stated.statement.happened_at().time(), stated.cause()));
    stand
}

impl<'a> CaseRecord<'a> {
    /// What these statements of one case come to.
    #[must_use]
    pub fn of(said: &'a [Stated]) -> Self {
        let (mut detained, mut steps, mut handed, mut released, mut force) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for stated in said {
            let Body::Protected(protected) = &stated.statement.body else { continue };
            let name = stated.cause();
            match protected {
                Protected::Detained(what) => detained.push((name, (stated, what))),
                Protected::Step(what) => steps.push((stated, what)),
                Protected::HandedOver(what) => handed.push((name, (stated, what))),
                Protected::Released(what) => released.push((name, (stated, what))),
                Protected::Force(what) => force.push((name, (stated, what))),
            }
        }
        steps.sort_by_key(|(stated, _)| (stated.statement.happened_at().time(), stated.cause()));
        Self {
            detained: stand(detained, |what| &what.replaces),
            steps,
            handed_over: stand(handed, |what| &what.replaces),
            released: stand(released, |what| &what.replaces),
            force: stand(force, |what| &what.replaces),
        }
    }

    /// What was said of force and was put right since, in the order in which it happened: it stays to be read.
    #[must_use]
    pub fn force_put_right(&self, said: &'a [Stated]) -> Vec<(&'a Stated, &'a ForceUsed)> {
        let stands =
            |stated: &Stated| self.force.iter().any(|(standing, _)| standing.cause() == stated.cause());
        let mut earlier: Vec<(&Stated, &ForceUsed)> = said
            .iter()
            .filter_map(|stated| match &stated.statement.body {
                Body::Protected(Protected::Force(force)) => Some((stated, force)),
                _ => None,
            })
            .filter(|(stated, _)| !stands(stated))
            .collect();
        earlier.sort_by_key(|(stated, _)| (stated.statement.happened_at().time(), stated.cause()));
        earlier
    }

    /// How far it has come.
    #[must_use]
    pub fn stage(&self) -> CaseStage {
        if !self.handed_over.is_empty() {
            CaseStage::HandedOver
        } else if !self.released.is_empty() {
            CaseStage::Released
        } else if self.detained.is_empty() {
            CaseStage::ForceAlone
        } else if self.has(StepKind::InDelivery) {
            CaseStage::InDelivery
        } else {
            CaseStage::Detained
        }
    }

    fn has(&self, kind: StepKind) -> bool {
        self.steps.iter().any(|(_, step)| step.step == kind)
    }

    /// What a detention still lacks.
    #[must_use]
    pub fn gaps(&self) -> Vec<CaseGap> {
        if self.detained.is_empty() {
            return Vec::new();
        }
        let explained = self.has(StepKind::GroundsExplained);
        let in_a_language = |(_, step): &(&Stated, &DetentionStep)| {
            step.step == StepKind::GroundsExplained && step.language.is_some()
        };
        let ends = self.handed_over.len() + self.released.len();
        [
            (CaseGap::GroundsNotExplained, !explained),
            (CaseGap::LanguageNotSaid, explained && !self.steps.iter().any(in_a_language)),
            (CaseGap::UnitNotTold, !self.has(StepKind::UnitTold)),
            (CaseGap::NotEnded, ends == 0),
            (CaseGap::EndedApart, ends > 1),
        ]
        .into_iter()
        .filter_map(|(gap, is_open)| is_open.then_some(gap))
        .collect()
    }
}

#[cfg(test)]
mod tests;
