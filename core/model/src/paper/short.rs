//! Activities by a number of two digits, as there is room for on paper: the type of 001-§10, and which part of it.
//!
//! Without a point between them: spreadsheets make a day of `2.1`.

use crate::entry::{Activity, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind};
use crate::patrol::ActivityMode;

/// The number of an activity: `21` is the first part of the second type.
#[must_use]
pub fn short_code(activity: Activity) -> String {
    let part = match activity {
        Activity::BorderService { kind, .. } => place_of(BorderServiceKind::ALL, kind),
        Activity::Inspection { kind, .. } => place_of(InspectionKind::ALL, kind),
        Activity::Prevention { protected_object } => {
            protected_object.and_then(|object| place_of(ProtectedObject::ALL, object))
        }
        Activity::Force => None,
        Activity::DetainDeliver { receiver_kind } => {
            receiver_kind.and_then(|kind| place_of(ReceiverKind::ALL, kind))
        }
    };
    let kind = match activity {
        Activity::BorderService { .. } => 1,
        Activity::Inspection { .. } => 2,
        Activity::Prevention { .. } => 3,
        Activity::Force => 4,
        Activity::DetainDeliver { .. } => 5,
    };
    part.map_or_else(|| format!("{kind}"), |part| format!("{kind}{part}"))
}

fn place_of<T: Copy + PartialEq>(all: &[T], one: T) -> Option<usize> {
    all.iter().position(|other| *other == one).map(|place| place + 1)
}

/// The activity of a number; of the first two types with the mode, which the others do not have.
#[must_use]
pub fn activity_of(code: &str, mode: ActivityMode) -> Option<Activity> {
    let mut digits = code.chars();
    let kind = digits.next()?;
    let part = match digits.next() {
        None => None,
        Some(digit) => Some(usize::try_from(digit.to_digit(10)?).ok()?.checked_sub(1)?),
    };
    if digits.next().is_some() {
        return None;
    }
    match (kind, part) {
        ('1', Some(part)) => BorderServiceKind::ALL
            .get(part)
            .map(|kind| Activity::BorderService { kind: *kind, mode }),
        ('2', Some(part)) => InspectionKind::ALL
            .get(part)
            .map(|kind| Activity::Inspection { kind: *kind, mode }),
        ('3', None) => Some(Activity::Prevention { protected_object: None }),
        ('3', Some(part)) => ProtectedObject::ALL
            .get(part)
            .map(|object| Activity::Prevention { protected_object: Some(*object) }),
        ('4', None) => Some(Activity::Force),
        ('5', None) => Some(Activity::DetainDeliver { receiver_kind: None }),
        ('5', Some(part)) => ReceiverKind::ALL
            .get(part)
            .map(|kind| Activity::DetainDeliver { receiver_kind: Some(*kind) }),
        _ => None,
    }
}
