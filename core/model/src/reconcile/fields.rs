//! The fields of an event or of the patrol: what was said of each, how that hangs together, and what was decided.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::values::FieldValue;
use super::{OpenDecision, named};
use crate::patrol_log::PatrolLog;
use crate::planning::Before;
use crate::position::Accuracy;
use crate::register::Cause;
use crate::settling::{Choice, Resolution, SettledField, Settling};
use crate::stated::Stated;
use crate::statement::Body;

/// How what was said of a field hangs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Everybody who says something of it says the same.
    Agreed,
    /// One phone alone says it.
    Complementary,
    /// Words that differ: all of them are kept, each with who said it.
    Kept,
    /// They differ, or nobody says anything of what was decided once: a head decides.
    Conflict,
}

/// One value, with everybody who said it.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidValue<'a> {
    /// As the first of them has it.
    pub value: FieldValue,
    /// By which statements.
    pub said_by: Vec<&'a Stated>,
    /// What those said that say it a little otherwise: a minute later, a few metres beside.
    otherwise: Vec<(&'a Stated, FieldValue)>,
}

impl SaidValue<'_> {
    fn is_said_by(&self, cause: &Cause) -> bool {
        self.said_by.iter().any(|by| by.cause() == *cause)
    }

    /// As one of those who said it has it.
    fn as_said_by(&self, cause: &Cause) -> &FieldValue {
        let otherwise = self.otherwise.iter().find(|(by, _)| by.cause() == *cause);
        otherwise.map_or(&self.value, |(_, value)| value)
    }
}

/// What was decided of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided<'a> {
    /// By which statement.
    pub by: &'a Stated,
    /// What.
    pub resolution: &'a Resolution,
}

/// One field, of an event or of the patrol.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldState<'a> {
    /// Which.
    pub field: SettledField,
    /// The statements that were looked at, also those that say nothing of it: as many as one decision names.
    pub entries: Before,
    /// What was said, each value once.
    pub values: Vec<SaidValue<'a>>,
    /// How that hangs together.
    pub class: Class,
    /// What was decided, if that still holds.
    pub decided: Option<Decided<'a>>,
    /// The decisions that no longer hold, or of which several were made apart.
    pub stale: Vec<Decided<'a>>,
    /// How many statements were looked at, however many one decision names.
    looked_at: usize,
}

impl<'a> FieldState<'a> {
    /// What was said by these statements, and decided of them: a head may write what nobody said. None if neither was.
    pub(super) fn of(
        (field, entries): (SettledField, &[Cause]),
        said: impl IntoIterator<Item = (&'a Stated, FieldValue)>,
        decisions: &Decisions<'a>,
    ) -> Option<Self> {
        let values = grouped(field, said);
        let looked_at = entries.len();
        let class = class_of(field, &values, looked_at);
        let entries = named(entries.iter().cloned());
        let (decided, stale) = decisions.about((field, &entries), &values);
        let is_known = !values.is_empty() || decided.is_some() || !stale.is_empty();
        is_known.then_some(Self { field, entries, values, class, decided, stale, looked_at })
    }

    /// The decision that is due, if one is.
    pub(super) fn to_decide(&self) -> Option<OpenDecision> {
        let is_due = self.class == Class::Conflict && self.decided.is_none();
        is_due.then(|| OpenDecision::Field {
            entries: self.entries.clone(),
            field: self.field,
            replaces: named(self.stale.iter().map(|decided| decided.by.cause())),
        })
    }

    /// The value that stands: what was decided, else what everybody says. None where it is open, left out or cannot be decided.
    #[must_use]
    pub fn standing(&self) -> Option<FieldValue> {
        match self.decided.map(|decided| &decided.resolution.choice) {
            Some(Choice::Said(cause)) => {
                let said = self.values.iter().find(|value| value.is_said_by(cause));
                said.map(|value| value.as_said_by(cause).clone())
            }
            Some(Choice::Another(written)) => FieldValue::read(self.field, written).ok(),
            None if matches!(self.class, Class::Agreed | Class::Complementary) => {
                self.values.first().map(|value| value.value.clone())
            }
            Some(Choice::Undecided | Choice::LeftOut) | None => None,
        }
    }

    /// Everything that was said of it and does not read as what stands does, each once, with who said it: also what agrees with that but
    /// for a minute or a few metres.
    #[must_use]
    pub fn beside(&self) -> Vec<(String, Vec<&'a Stated>)> {
        let standing = self.standing().map(|value| value.written());
        let mut beside: Vec<(String, Vec<&'a Stated>)> = Vec::new();
        let said = self
            .values
            .iter()
            .flat_map(|value| value.said_by.iter().map(move |by| (value, *by)));
        for (value, by) in said {
            let written = value.as_said_by(&by.cause()).written();
            match beside.iter_mut().find(|(known, _)| *known == written) {
                _ if standing.as_ref() == Some(&written) => {}
                Some((_, said_by)) => said_by.push(by),
                None => beside.push((written, vec![by])),
            }
        }
        beside
    }

    /// Whether it is this value that stands: what was chosen may agree with others too.
    #[must_use]
    pub fn stands(&self, value: &SaidValue<'_>) -> bool {
        match self.decided.map(|decided| &decided.resolution.choice) {
            Some(Choice::Said(cause)) => value.is_said_by(cause),
            _ => self.standing().is_some_and(|standing| standing.agrees_with(&value.value)),
        }
    }

    /// Whether this statement says anything of it.
    #[must_use]
    pub fn is_said_by(&self, cause: &Cause) -> bool {
        self.values.iter().any(|value| value.is_said_by(cause))
    }

    /// By how many statements the value that most say was said, and how many were looked at.
    #[must_use]
    pub fn counted(&self) -> (usize, usize) {
        let most = self.values.iter().map(|value| value.said_by.len()).max();
        (most.unwrap_or_default(), self.looked_at)
    }
}

/// Each value once, with who said it. Which of values that agree is shown does not depend on who came first: it is the one of
/// the least author and key, but for places, of which the most accurate is, and for times, of which it is the best as they are given.
fn grouped<'a>(
    field: SettledField,
    said: impl IntoIterator<Item = (&'a Stated, FieldValue)>,
) -> Vec<SaidValue<'a>> {
    let mut said: Vec<(&Stated, FieldValue)> = said.into_iter().collect();
    if field != SettledField::Time {
        said.sort_by_key(|(stated, value)| (inaccuracy(value), stated.cause()));
    }
    let mut values: Vec<SaidValue<'a>> = Vec::new();
    for (stated, value) in said {
        // A value is with another only if it agrees with the one that is shown for it: what agrees by steps may be far apart.
        match values.iter_mut().find(|known| known.value.agrees_with(&value)) {
            Some(known) => {
                known.said_by.push(stated);
                if known.value != value {
                    known.otherwise.push((stated, value));
                }
            }
            None => values.push(SaidValue { value, said_by: vec![stated], otherwise: Vec::new() }),
        }
    }
    values
}

fn inaccuracy(value: &FieldValue) -> u32 {
    match value {
        FieldValue::Place(position) => position.accuracy.map_or(u32::MAX, Accuracy::decimetres),
        _ => 0,
    }
}

fn class_of(field: SettledField, values: &[SaidValue<'_>], of: usize) -> Class {
    match values {
        [only] if only.said_by.len() > 1 || of == 1 => Class::Agreed,
        [_] => Class::Complementary,
        _ if matches!(field, SettledField::Text | SettledField::Task) => Class::Kept,
        _ => Class::Conflict,
    }
}

/// What a head decided, as far as it was not replaced or taken back.
pub(super) struct Decisions<'a> {
    decided: Vec<Decided<'a>>,
    /// Which of them are about a statement.
    about: BTreeMap<&'a Cause, Vec<usize>>,
}

impl<'a> Decisions<'a> {
    pub(super) fn of(log: &'a PatrolLog) -> Self {
        let said = log.standing().filter_map(|by| match &by.statement.body {
            Body::Settling(Settling::Resolved(resolution)) => Some((by.cause(), Decided { by, resolution })),
            _ => None,
        });
        let standing = crate::planning::standing(said.collect(), |decided| &decided.resolution.replaces);
        let decided: Vec<Decided<'a>> = standing.into_iter().map(|(_, decided)| decided).collect();
        let mut about: BTreeMap<&Cause, Vec<usize>> = BTreeMap::new();
        for (place, decided) in decided.iter().enumerate() {
            for cause in decided.resolution.entries.iter() {
                about.entry(cause).or_default().push(place);
            }
        }
        Self { decided, about }
    }

    /// The decision about a field that holds, and those that do not: they are about other entries, were made apart and choose
    /// otherwise, or take the word of a statement that says nothing of the field.
    fn about(
        &self,
        (field, entries): (SettledField, &Before),
        values: &[SaidValue<'_>],
    ) -> (Option<Decided<'a>>, Vec<Decided<'a>>) {
        let places: BTreeSet<usize> = entries
            .iter()
            .filter_map(|cause| self.about.get(cause))
            .flatten()
            .copied()
            .collect();
        let about = places
            .into_iter()
            .filter_map(|place| self.decided.get(place).copied())
            .filter(|decided| decided.resolution.field == field);
        let (fitting, mut stale): (Vec<_>, Vec<_>) = about.partition(|decided| {
            decided.resolution.entries == *entries && is_sound(decided.resolution, values)
        });
        match fitting.as_slice() {
            [] => (None, stale),
            [first, rest @ ..] => {
                let alike = rest.iter().all(|other| other.resolution.choice == first.resolution.choice);
                if alike {
                    (Some(*first), stale)
                } else {
                    stale.extend(fitting);
                    stale.sort_by_key(|decided| decided.by.cause());
                    (None, stale)
                }
            }
        }
    }
}

/// Whether what was chosen was said of the field by what the decision is about, or is a value of the field. What is left out is said
/// with why, also by whoever writes otherwise than this program: a gate is open once it is decided.
fn is_sound(resolution: &Resolution, values: &[SaidValue<'_>]) -> bool {
    match &resolution.choice {
        Choice::Said(cause) => {
            resolution.entries.contains(cause) && values.iter().any(|value| value.is_said_by(cause))
        }
        Choice::Another(written) => FieldValue::read(resolution.field, written).is_ok(),
        Choice::LeftOut => resolution.reason.is_some(),
        Choice::Undecided => true,
    }
}
