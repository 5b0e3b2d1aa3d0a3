//! The patrol itself: what its starts and ends say of it.

use super::clocks::Clockwork;
use super::fields::{Decisions, FieldState};
use super::values::FieldValue;
use crate::patrol::{PatrolEnd, PatrolStart};
use crate::patrol_log::PatrolLog;
use crate::register::Cause;
use crate::settling::SettledField;
use crate::stated::Stated;

/// Of which field what a start says.
type FromStart = fn((&Stated, &Clockwork), &PatrolStart) -> Option<FieldValue>;

const OF_STARTS: [(SettledField, FromStart); 6] = [
    (SettledField::Start, |said, _| Some(time_of(said))),
    (SettledField::Mode, |_, start| Some(FieldValue::Mode(start.mode))),
    (SettledField::Representative, |_, start| start.controlling_representative.clone().map(FieldValue::Name)),
    (SettledField::Area, |_, start| start.area_component.map(FieldValue::Area)),
    (SettledField::Leader, |_, start| start.leader.map(FieldValue::Member)),
    (SettledField::Task, |_, start| start.task.clone().map(FieldValue::Text)),
];

fn time_of((stated, clockwork): (&Stated, &Clockwork)) -> FieldValue {
    FieldValue::Time(clockwork.time_of(stated).at)
}

/// The field of which every statement says something that says anything of this one: each start and each end has its time.
pub(super) fn always_said_beside(field: SettledField) -> Option<SettledField> {
    if field == SettledField::End {
        return Some(SettledField::End);
    }
    let of_starts = OF_STARTS.iter().any(|(of_starts, _)| *of_starts == field);
    of_starts.then_some(SettledField::Start)
}

/// What is said of the patrol itself, field by field.
pub(super) fn of<'a>(
    log: &'a PatrolLog,
    (clockwork, decisions): (&Clockwork, &Decisions<'a>),
) -> Vec<FieldState<'a>> {
    let starts: Vec<(&Stated, &PatrolStart)> = log.starts().collect();
    let entries: Vec<Cause> = starts.iter().map(|(stated, _)| stated.cause()).collect();
    let mut states: Vec<FieldState<'_>> = OF_STARTS
        .into_iter()
        .filter_map(|(field, value_of)| {
            let said = starts
                .iter()
                .filter_map(|(stated, start)| Some((*stated, value_of((stated, clockwork), start)?)));
            FieldState::of((field, &entries), said, decisions)
        })
        .collect();
    let ends: Vec<(&Stated, &PatrolEnd)> = log.ends().collect();
    let entries: Vec<Cause> = ends.iter().map(|(stated, _)| stated.cause()).collect();
    let said = ends.iter().map(|(stated, _)| (*stated, time_of((stated, clockwork))));
    states.extend(FieldState::of((SettledField::End, &entries), said, decisions));
    states
}
