//! What became of one case: a person detained, force used (001-§10(4)-(5), 12(3); requirements §7.4).
//!
//! ```text
//! detained ─► explained, unit told, on the way (in any order) ─► handed over │ released
//! ```
//!
//! Promises that the same statements give the same record; that nobody hides what another said, but the head who puts it right; that
//! what was put right or taken back is there with what it said; that a detention of which less came than was said is none of force
//! alone; and that it is *whole* only once the offence, the grounds, the telling and the end are said (R12). Force has its necessity by
//! its type (R11). Nothing is computed of how long somebody may be held: the text names no hours.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::coded;
use crate::detention::{Detained, DetentionStep, ForceUsed, HandedOver, Protected, Released, StepKind};
use crate::planning::{Before, standing};
use crate::register::{Cause, Record};
use crate::roles::Role;
use crate::stated::Stated;
use crate::statement::Body;
use crate::words::Name;

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
        /// Somebody was detained, and who he is is not there.
        NobodyDetained = "nobody_detained",
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
        /// It left this phone and is not here again: what it lacks is not known.
        NotHere = "not_here",
    }
}

/// What was said of a case and stands no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier<'a> {
    /// What was said.
    pub said: &'a Stated,
    /// The statement that puts it right, or takes it back.
    pub by: &'a Stated,
}

impl Earlier<'_> {
    /// Whether it was taken back; else it was put right.
    #[must_use]
    pub const fn is_taken_back(&self) -> bool {
        matches!(self.by.statement.body, Body::Register(_))
    }

    /// Why, as far as it was said.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        match &self.by.statement.body {
            Body::Register(Record::Withdrawn(taken)) => Some(taken.reason.as_str()),
            Body::Protected(said) => said.because().map(Name::as_str),
            _ => None,
        }
    }
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord<'a> {
    /// Whether somebody was detained, whatever of him is there: the log says so, or what was said of the case does.
    pub is_of_detained: bool,
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
    /// What was said first and was put right or taken back since, in the order in which it happened: it stays to be read.
    pub earlier: Vec<Earlier<'a>>,
    /// What stands and would replace what another said, by somebody who may not: both stand, and a head puts them right.
    pub told_differently: Vec<&'a Stated>,
    is_awaited: bool,
}

/// Whether this names that, of its own kind, as what it replaces.
fn names(by: &Stated, earlier: &Stated) -> bool {
    match (&by.statement.body, &earlier.statement.body) {
        (Body::Protected(word), Body::Protected(_)) => {
            let is_of_one_kind = by.statement.kind() == earlier.statement.kind();
            is_of_one_kind && word.replaces().contains(&earlier.cause())
        }
        _ => false,
    }
}

type Named<'a, T> = (Cause, (&'a Stated, &'a T));

/// Whether whoever said this may put that right: his own word, or as the head (requirements §8). Of anybody else's word both stand.
#[must_use]
pub fn may_put_right(by: &Stated, said: &Stated) -> bool {
    by.is_of_who_said(said) || by.role == Some(Role::SquadHead)
}

fn stand<T>(said: Vec<Named<'_, T>>, before: impl Fn(&T) -> &Before) -> Vec<(&Stated, &T)> {
    let by_cause: BTreeMap<Cause, &Stated> =
        said.iter().map(|(cause, (stated, _))| (cause.clone(), *stated)).collect();
    let may = |by: &Stated, cause: &Cause| by_cause.get(cause).is_some_and(|said| may_put_right(by, said));
    let said = said.into_iter().map(|(name, (stated, what))| {
        let replaced = before(what).iter().filter(|cause| may(stated, cause)).cloned();
        (name, (Before::first_of(replaced), (stated, what)))
    });
    let mut stand: Vec<_> = standing(said.collect(), |(replaced, _)| replaced)
        .into_iter()
        .map(|(_, (_, said))| said)
        .collect();
    stand.sort_by_key(|(stated, _)| (stated.statement.happened_at().time(), stated.cause()));
    stand
}

/// What was taken back, by which statement: a step or an end, by whoever said it. Who was detained, and force, are put right alone.
fn withdrawn(said: &[Stated]) -> BTreeMap<Cause, &Stated> {
    let mut withdrawn = BTreeMap::new();
    for by in said {
        let Body::Register(Record::Withdrawn(taken)) = &by.statement.body else { continue };
        let is_taken = |stated: &&Stated| {
            (stated.author, &stated.key) == (taken.author, &taken.key)
                && may_be_taken_back(stated)
                && stated.is_of_who_said(by)
        };
        if let Some(stated) = said.iter().find(is_taken) {
            withdrawn.entry(stated.cause()).or_insert(by);
        }
    }
    withdrawn
}

/// Whether whoever said it may take it back.
#[must_use]
pub fn may_be_taken_back(stated: &Stated) -> bool {
    match &stated.statement.body {
        Body::Protected(said) => said.is_end() || matches!(said, Protected::Step(_)),
        _ => false,
    }
}

impl<'a> CaseRecord<'a> {
    /// What these statements of one case come to.
    #[must_use]
    pub fn of(said: &'a [Stated]) -> Self {
        let (mut detained, mut steps, mut handed, mut released, mut force) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let withdrawn = withdrawn(said);
        for stated in said.iter().filter(|stated| !withdrawn.contains_key(&stated.cause())) {
            let Body::Protected(protected) = &stated.statement.body else { continue };
            let name = stated.cause();
            match protected {
                Protected::Detained(what) => detained.push((name, (stated, what))),
                Protected::Step(what) => steps.push((name, (stated, what))),
                Protected::HandedOver(what) => handed.push((name, (stated, what))),
                Protected::Released(what) => released.push((name, (stated, what))),
                Protected::Force(what) => force.push((name, (stated, what))),
            }
        }
        let is_ever_detained = said
            .iter()
            .any(|stated| matches!(stated.statement.body, Body::Protected(Protected::Detained(_))));
        let is_of_detained =
            is_ever_detained || !(steps.is_empty() && handed.is_empty() && released.is_empty());
        let mut record = Self {
            is_of_detained,
            detained: stand(detained, |what| &what.replaces),
            steps: stand(steps, |what| &what.replaces),
            handed_over: stand(handed, |what| &what.replaces),
            released: stand(released, |what| &what.replaces),
            force: stand(force, |what| &what.replaces),
            earlier: Vec::new(),
            told_differently: Vec::new(),
            is_awaited: false,
        };
        record.earlier = record.put_right_in(said, &withdrawn);
        record.told_differently = record.differing_in(said);
        record
    }

    /// The same, if the log says that somebody was detained in it: what came of the case may be less than what was said of it.
    #[must_use]
    pub const fn with_log(mut self, says_detained: bool) -> Self {
        self.is_of_detained |= says_detained;
        self
    }

    /// The same, if what was said of it is to come back to this phone: until then nobody knows here what it lacks.
    #[must_use]
    pub const fn awaited(mut self, is_awaited: bool) -> Self {
        self.is_awaited = is_awaited;
        self
    }

    fn put_right_in(&self, said: &'a [Stated], withdrawn: &BTreeMap<Cause, &'a Stated>) -> Vec<Earlier<'a>> {
        let stands: BTreeSet<Cause> = self.standing().map(Stated::cause).collect();
        let mut in_time: Vec<&Stated> = said.iter().collect();
        in_time.sort_by_key(|stated| (stated.statement.happened_at().time(), stated.cause()));
        let replaces = |by: &Stated, earlier: &Stated| names(by, earlier) && may_put_right(by, earlier);
        let earlier = in_time.iter().filter(|stated| !stands.contains(&stated.cause()));
        earlier
            .filter_map(|earlier| {
                let back = withdrawn.get(&earlier.cause()).copied();
                let by = back.or_else(|| in_time.iter().copied().find(|by| replaces(by, earlier)))?;
                Some(Earlier { said: earlier, by })
            })
            .collect()
    }

    fn differing_in(&self, said: &'a [Stated]) -> Vec<&'a Stated> {
        let others = |by: &&Stated| said.iter().any(|other| names(by, other) && !may_put_right(by, other));
        self.standing().filter(others).collect()
    }

    /// Everything that stands, kind by kind.
    pub fn standing(&self) -> impl Iterator<Item = &'a Stated> {
        let detained = self.detained.iter().map(|(stated, _)| *stated);
        let steps = self.steps.iter().map(|(stated, _)| *stated);
        let handed = self.handed_over.iter().map(|(stated, _)| *stated);
        let released = self.released.iter().map(|(stated, _)| *stated);
        let force = self.force.iter().map(|(stated, _)| *stated);
        detained.chain(steps).chain(handed).chain(released).chain(force)
    }

    /// What was said of force and was put right since, in the order in which it happened: it stays to be read.
    #[must_use]
    pub fn force_put_right(&self) -> Vec<(&'a Stated, &'a ForceUsed)> {
        let of_force = self.earlier.iter().filter_map(|earlier| match &earlier.said.statement.body {
            Body::Protected(Protected::Force(force)) => Some((earlier.said, force)),
            _ => None,
        });
        of_force.collect()
    }

    /// How far it has come.
    #[must_use]
    pub fn stage(&self) -> CaseStage {
        if !self.handed_over.is_empty() {
            CaseStage::HandedOver
        } else if !self.released.is_empty() {
            CaseStage::Released
        } else if !self.is_of_detained {
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
        if self.is_awaited {
            return vec![CaseGap::NotHere];
        }
        if !self.is_of_detained {
            return Vec::new();
        }
        let explained = self.has(StepKind::GroundsExplained);
        let in_a_language = |(_, step): &(&Stated, &DetentionStep)| {
            step.step == StepKind::GroundsExplained && step.language.is_some()
        };
        let ends = self.handed_over.len() + self.released.len();
        [
            (CaseGap::NobodyDetained, self.detained.is_empty()),
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
