//! Everything that is said of a patrol before it goes out, and of each kind the largest.

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::register::day;
use super::{member, moment, name, reference};
use crate::ids::{Author, MemberId, StatementRef};
use crate::limits::{
    BEFORE_MAX, MEMBERS_MAX, NAME_BYTES_MAX, NOTE_BYTES_MAX, PLAN_HOURS_MAX, STATEMENT_REF_BYTES_MAX,
};
use crate::moment::{Day, Moment, UtcTime};
use crate::patrol::{ActivityMode, AreaComponent, Transport};
use crate::planning::*;
use crate::register::Cause;
use crate::words::{Name, Note};

pub(super) fn note() -> impl Strategy<Value = Note> {
    "[ -~А-яӘәҒғҚқҢңӨөҰұҮүҺһІі]{0,60}\\.".prop_map(|written| Note::new(written).unwrap())
}

pub(super) fn cause() -> impl Strategy<Value = Cause> {
    (any::<[u8; 32]>(), reference())
        .prop_map(|(author, key)| Cause { author: Author::from_bytes(author), key })
}

pub(super) fn before() -> impl Strategy<Value = Before> {
    vec(cause(), 0..=BEFORE_MAX).prop_map(|causes| Before::new(causes).unwrap())
}

fn window() -> impl Strategy<Value = Window> {
    (moment(), 1..=PLAN_HOURS_MAX * 3_600_000, -1_080..=1_080_i16).prop_filter_map(
        "at the end of time",
        |(starts_at, length_ms, offset_minutes)| {
            let ends_ms = starts_at.time().unix_ms().checked_add(length_ms)?;
            let ends_at = Moment::new(UtcTime::from_unix_ms(ends_ms).ok()?, offset_minutes).ok()?;
            Window::new(starts_at, ends_at).ok()
        },
    )
}

fn plan() -> impl Strategy<Value = PatrolPlan> {
    let how = (select(ActivityMode::ALL), select(AreaComponent::ALL), option::of(select(Transport::ALL)));
    (window(), how, (name(), name()), (option::of(note()), option::of(note())), before()).prop_map(
        |(window, (mode, area_component, transport), (sector, representative), (route, task), replaces)| {
            PatrolPlan {
                window,
                mode,
                sector,
                area_component,
                route,
                task,
                transport,
                representative,
                replaces,
            }
        },
    )
}

fn crew() -> impl Strategy<Value = Crew> {
    (btree_set(member(), 1..=8), any::<prop::sample::Index>()).prop_map(|(members, leads)| {
        let leader = *leads.get(&members.iter().collect::<Vec<_>>());
        Crew::new(members.iter().copied(), *leader).unwrap()
    })
}

pub(crate) fn planning() -> impl Strategy<Value = Planning> {
    prop_oneof![
        plan().prop_map(Planning::Planned),
        (crew(), before()).prop_map(|(crew, replaces)| Planning::Assigned(PatrolAssigned { crew, replaces })),
        (cause(), select(Answer::ALL), option::of(note()))
            .prop_map(|(to, answer, note)| Planning::Answered(PlanAnswer { to, answer, note })),
        (note(), before())
            .prop_map(|(reason, replaces)| Planning::Cancelled(PatrolCancelled { reason, replaces })),
        (day(), day(), select(CanCome::ALL)).prop_map(|(one, other, can_come)| {
            Planning::Available(Availability { from: one.min(other), to: one.max(other), can_come })
        }),
    ]
}

/// Of each kind the largest that there can be.
pub(crate) fn largest_planning() -> Vec<Planning> {
    let note = || Note::new("ә".repeat(NOTE_BYTES_MAX / 2)).unwrap();
    let name = || Name::new("ә".repeat(NAME_BYTES_MAX / 2)).unwrap();
    let key = StatementRef::new("k".repeat(STATEMENT_REF_BYTES_MAX)).unwrap();
    let cause = |number: u8| Cause { author: Author::from_bytes([number; 32]), key: key.clone() };
    let before = || Before::new((0..8).map(cause)).unwrap();
    let moment = |ms| Moment::new(UtcTime::from_unix_ms(ms).unwrap(), -1_080).unwrap();
    let members = (0..MEMBERS_MAX).map(|number| MemberId::from_bytes([u8::try_from(number).unwrap(); 16]));
    vec![
        Planning::Planned(PatrolPlan {
            window: Window::new(moment(4_102_444_700_000), moment(4_102_444_799_999)).unwrap(),
            mode: ActivityMode::Independent,
            sector: name(),
            area_component: AreaComponent::OtherCrossingPlace,
            route: Some(note()),
            task: Some(note()),
            transport: Some(Transport::Vehicle),
            representative: name(),
            replaces: before(),
        }),
        Planning::Assigned(PatrolAssigned {
            crew: Crew::new(members, MemberId::from_bytes([0; 16])).unwrap(),
            replaces: before(),
        }),
        Planning::Answered(PlanAnswer { to: cause(1), answer: Answer::DoesNotCome, note: Some(note()) }),
        Planning::Cancelled(PatrolCancelled { reason: note(), replaces: before() }),
        Planning::Available(Availability {
            from: Day::new(2026, 12, 31).unwrap(),
            to: Day::new(9_999, 12, 31).unwrap(),
            can_come: CanCome::Yes,
        }),
    ]
}
