//! What of a case is put right with `--replace`, or taken back: what was said stays to be read, with who put it right, when and why.
//!
//! Promises that what is not given stays as it was: when it happened, where, by whom, and what else was said of it.

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::detention::{
    Detained, DetentionStep, ForceUsed, HandedOver, Protected, Released,
};
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::words::{Name, Text};

use super::{Named, Said, by, recorded};
use crate::arguments::cases::{DetainArguments, ForceArguments, PutRightArguments};
use crate::commands::{place, said, when};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, only_one};

impl PutRightArguments {
    /// Whether something is put right, and nothing new is said.
    pub(super) fn is_asked(&self) -> bool {
        !self.replaced.is_empty()
    }
}

/// What is put right of a case, and why.
pub(super) struct Right {
    replaces: Before,
    because: Option<Name>,
    /// The first that is named: what is not given is as it has it.
    first: Stated,
}

impl Right {
    /// What these keys name in a case.
    pub(super) fn of(
        fieldbook: &mut Fieldbook,
        (patrol, case): Named,
        arguments: &PutRightArguments,
    ) -> Result<Self, Failure> {
        let view = fieldbook.cases(patrol)?.into_iter().find(|view| view.case == case);
        let all = view.map(|view| view.said).unwrap_or_default();
        let named = |key: &String| {
            let found = all.iter().find(|stated| stated.key.as_str() == key);
            found.cloned().ok_or_else(|| refused(LogRefused::NotInCase))
        };
        let found = arguments.replaced.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        let replaces = Before::new(found.iter().map(Stated::cause));
        let replaces = replaces.map_err(|_| refused(LogRefused::TooManyEntries))?;
        let first = found.into_iter().next().ok_or_else(|| refused(LogRefused::NotInCase))?;
        Ok(Self { replaces, because: arguments.because.clone(), first })
    }

    fn happened_at(&self, given: Option<Moment>) -> Option<Moment> {
        given.or_else(|| Some(self.first.statement.happened_at()))
    }

    fn before(&self) -> Result<&Protected, Failure> {
        match &self.first.statement.body {
            Body::Protected(before) => Ok(before),
            _ => Err(refused(LogRefused::NotInCase)),
        }
    }

    pub(super) fn step(&self, step: &mut DetentionStep) -> Result<(), Failure> {
        let Protected::Step(before) = self.before()? else { return another_kind() };
        *step = DetentionStep {
            step: step.step,
            by: step.by.or(before.by).or(self.first.member),
            language: step.language.take().or_else(|| before.language.clone()),
            channel: step.channel.or(before.channel),
            whom: step.whom.take().or_else(|| before.whom.clone()),
            note: step.note.take().or_else(|| before.note.clone()),
            occurred_at: self.happened_at(step.occurred_at),
            replaces: self.replaces.clone(),
            because: self.because.clone(),
        };
        Ok(())
    }

    pub(super) fn handed_over(&self, handed: &mut HandedOver) -> Result<(), Failure> {
        let Protected::HandedOver(before) = self.before()? else { return another_kind() };
        handed.at_place = handed.at_place.take().or_else(|| before.at_place.clone());
        handed.items = handed.items.take().or_else(|| before.items.clone());
        if handed.receiver == ReceiverKind::LawEnforcementBody {
            handed.duty = handed.duty.take().or_else(|| before.duty.clone());
        }
        handed.occurred_at = self.happened_at(handed.occurred_at);
        handed.replaces = self.replaces.clone();
        handed.because.clone_from(&self.because);
        Ok(())
    }

    pub(super) fn released(&self, released: &mut Released) -> Result<(), Failure> {
        let Protected::Released(_) = self.before()? else { return another_kind() };
        released.occurred_at = self.happened_at(released.occurred_at);
        released.replaces = self.replaces.clone();
        released.because.clone_from(&self.because);
        Ok(())
    }
}

fn refused(why: LogRefused) -> Failure {
    FieldbookRefused::from(why).into()
}

fn another_kind() -> Result<(), Failure> {
    Err(refused(LogRefused::AnotherKind))
}

/// Who was detained, and for what.
pub(super) fn detained(program: &Program, arguments: &DetainArguments) -> Result<Reply, Failure> {
    let place = place::place(&arguments.place)?;
    let occurred_at = when::moment(program, arguments.when.at.as_ref())?;
    let said = program.with_fieldbook(|fieldbook| {
        let named = find_by_key(program, fieldbook, arguments.right.replaced.first())?;
        let right = Right::of(fieldbook, named, &arguments.right)?;
        let Protected::Detained(before) = right.before()? else {
            return Err(refused(LogRefused::AnotherKind));
        };
        let detained = Detained {
            patrol: before.patrol,
            full_name: arguments.name.clone().or_else(|| before.full_name.clone()),
            born: arguments.born.or(before.born),
            paper: arguments.paper.clone().or_else(|| before.paper.clone()),
            offence: arguments.offence.clone(),
            protected_object: arguments.object.or(before.protected_object),
            place: if place == Place::default() { before.place.clone() } else { place },
            occurred_at: right.happened_at(occurred_at),
            replaces: right.replaces.clone(),
            because: right.because.clone(),
        };
        let key = fieldbook.put_right(named, Protected::Detained(detained))?;
        super::said(fieldbook, named, key)
    })?;
    Ok(recorded(program, said, "case-put-right"))
}

/// Which force was used.
pub(super) fn force(program: &Program, arguments: &ForceArguments) -> Result<Reply, Failure> {
    let occurred_at = when::moment(program, arguments.when.at.as_ref())?;
    let said = program.with_fieldbook(|fieldbook| {
        let named = find_by_key(program, fieldbook, arguments.right.replaced.first())?;
        let right = Right::of(fieldbook, named, &arguments.right)?;
        let Protected::Force(before) = right.before()? else {
            return Err(refused(LogRefused::AnotherKind));
        };
        let force = ForceUsed {
            patrol: before.patrol,
            // Whoever puts it right is not thereby who used it.
            by: by(fieldbook, arguments.by.as_deref())?.or(before.by).or(right.first.member),
            means: arguments.means.clone(),
            aim: arguments.aim.clone(),
            necessity: arguments.necessity.clone(),
            injuries: arguments.injuries.clone().or_else(|| before.injuries.clone()),
            witnesses: arguments.witnesses.clone().or_else(|| before.witnesses.clone()),
            occurred_at: right.happened_at(occurred_at),
            replaces: right.replaces.clone(),
            because: right.because.clone(),
        };
        let key = fieldbook.put_right(named, Protected::Force(force))?;
        super::said(fieldbook, named, key)
    })?;
    Ok(recorded(program, said, "case-put-right"))
}

/// Takes back a step or an end.
pub(super) fn withdraw(program: &Program, (key, reason): (&String, &Text)) -> Result<Reply, Failure> {
    let said = program.with_fieldbook(|fieldbook| {
        let (patrol, case) = find_by_key(program, fieldbook, Some(key))?;
        let cases = fieldbook.cases(patrol)?;
        let said = cases.iter().filter(|view| view.case == case).flat_map(|view| &view.said);
        let mut said = said.filter(|stated| stated.key.as_str() == key);
        let cause = said.next().map(Stated::cause).ok_or_else(|| refused(LogRefused::NotInCase))?;
        let key = fieldbook.take_back_of_case((patrol, case), &cause, reason.clone())?;
        Ok(Said { named: (patrol, case), key, odd: Vec::new() })
    })?;
    Ok(recorded(program, said, "case-taken-back"))
}

/// The case in which something with this key was said.
fn find_by_key(program: &Program, fieldbook: &mut Fieldbook, key: Option<&String>) -> Result<Named, Failure> {
    let key = key.ok_or_else(|| refused(LogRefused::NotInCase))?;
    let mut found: Vec<Named> = Vec::new();
    for patrol in said::patrols(program, fieldbook, None)? {
        let cases = fieldbook.cases(patrol)?.into_iter();
        let named = cases.filter(|view| view.said.iter().any(|stated| stated.key.as_str() == key));
        found.extend(named.map(|view| (patrol, view.case)));
    }
    found.sort_by_key(|(_, case)| *case);
    found.dedup_by_key(|(_, case)| *case);
    only_one(found, key, || refused(LogRefused::NotInCase))
}
