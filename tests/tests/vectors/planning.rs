//! Plans of a patrol as statements: each kind with all that it may have, with as little, and at its bounds.

use jasaq_fieldbook::model::ids::{Author, MemberId, StatementRef};
use jasaq_fieldbook::model::moment::{Clocks, Day, Moment, UtcTime};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, Transport};
use jasaq_fieldbook::model::planning::{
    Answer, Availability, Before, CanCome, Crew, PatrolAssigned, PatrolCancelled, PatrolPlan, PlanAnswer,
    Planning, Window,
};
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::statement::{Body, Statement};
use jasaq_fieldbook::model::words::Note;
use jasaq_fieldbook::protocol::ids::JournalId;

use super::book::Page;
use super::changes::{MORNING_MS, actor, clocks, name, shown, write};
use super::patrols::key_of;
use super::register::Named;
use super::world::World;

const HOUR_MS: i64 = 3_600_000;

/// The journal that these statements stand in.
pub fn journal(world: &World) -> JournalId {
    JournalId::of_device(&world.head.id(), [0xba; 8])
}

/// The page.
pub fn page(world: &World) -> Page {
    let mut page = Page::new(
        "planning.txt",
        "Plans of a patrol, each a change of its own in planning.journal: `whole` with all fields that the kind may have,\n\
         `least` without those that may be absent, `other` in another of its forms.",
    );
    let journal = journal(world);
    page.note("planning.journal", journal.as_bytes(), "the journal of all of them");
    for (group, statements) in [("whole", whole()), ("least", least()), ("other", other())] {
        for (kind, fields) in statements {
            let change = write(&[], &actor(&journal, 1), &[(key_of(&journal, 1), fields.clone())]);
            page.note(&format!("{group}.{kind}"), change, &shown(&fields));
        }
    }
    page
}

/// Each kind with all fields.
pub fn whole() -> Vec<Named> {
    all().into_iter().map(|planning| named(clocks(30), planning)).collect()
}

/// Each kind with as few fields as it can have.
fn least() -> Vec<Named> {
    let bare = Clocks::new(at(0), None, None);
    let mut all = all();
    for planning in &mut all {
        match planning {
            Planning::Planned(plan) => {
                (plan.route, plan.task, plan.transport) = (None, None, None);
                plan.replaces = Before::default();
            }
            Planning::Assigned(assigned) => assigned.replaces = Before::default(),
            Planning::Answered(answer) => answer.note = None,
            Planning::Cancelled(cancelled) => cancelled.replaces = Before::default(),
            Planning::Available(_) => {}
        }
    }
    all.into_iter().map(|planning| named(bare, planning)).collect()
}

/// Bounds, and codes that no other line has.
fn other() -> Vec<Named> {
    let long = PatrolPlan { window: Window::new(at(12), at(12 + 336)).unwrap(), ..plan() };
    let eight = PatrolCancelled { reason: note("боран"), replaces: before(0..8) };
    let many = (0..32).map(|number| MemberId::from_bytes([number; 16]));
    let many = Crew::new(many, MemberId::from_bytes([31; 16])).unwrap();
    let away = PlanAnswer { answer: Answer::DoesNotCome, ..answer() };
    let one_day = Availability { from: day(9), to: day(9), can_come: CanCome::No };
    [
        ("two_weeks", Planning::Planned(long)),
        ("before_8", Planning::Cancelled(eight)),
        ("members_32", Planning::Assigned(PatrolAssigned { crew: many, replaces: Before::default() })),
        ("does_not_come", Planning::Answered(away)),
        ("one_day", Planning::Available(one_day)),
    ]
    .into_iter()
    .map(|(name, planning)| (name, named(clocks(31), planning).1))
    .collect()
}

fn all() -> Vec<Planning> {
    let crew = [0x75, 0x76].map(|byte| MemberId::from_bytes([byte; 16]));
    vec![
        Planning::Planned(plan()),
        Planning::Assigned(PatrolAssigned {
            crew: Crew::new(crew, crew[1]).unwrap(),
            replaces: before(2..3),
        }),
        Planning::Answered(answer()),
        Planning::Cancelled(PatrolCancelled { reason: note("боран"), replaces: before(0..1) }),
        Planning::Available(Availability { from: day(3), to: day(9), can_come: CanCome::Yes }),
    ]
}

fn plan() -> PatrolPlan {
    PatrolPlan {
        window: Window::new(at(24), at(30)).unwrap(),
        mode: ActivityMode::Joint,
        sector: name("Үлкен сай"),
        area_component: AreaComponent::BorderZone,
        route: Some(note("өткелден белеске дейін")),
        task: Some(note("өткелді тексеру")),
        transport: Some(Transport::Horse),
        representative: name("майор С."),
        replaces: before(0..2),
    }
}

fn answer() -> PlanAnswer {
    let to = Cause { author: Author::from_bytes([0xa7; 32]), key: key(3) };
    PlanAnswer { to, answer: Answer::Comes, note: Some(note("түстен кейін")) }
}

fn named(clocks: Clocks, planning: Planning) -> Named {
    let statement = Statement::new(clocks, Body::Planning(planning));
    (statement.kind().code(), statement.to_fields())
}

/// So many hours after the morning.
fn at(hours: i64) -> Moment {
    Moment::new(UtcTime::from_unix_ms(MORNING_MS + hours * HOUR_MS).unwrap(), 300).unwrap()
}

fn day(day_of_month: i8) -> Day {
    Day::new(2026, 5, day_of_month).unwrap()
}

fn note(written: &str) -> Note {
    Note::new(written).unwrap()
}

fn key(number: u8) -> StatementRef {
    StatementRef::new(format!("AAAAAAAA.{number}")).unwrap()
}

/// Statements of two devices by turns.
fn before(numbers: std::ops::Range<u8>) -> Before {
    let cause = |number| Cause { author: Author::from_bytes([0xa7 + number % 2; 32]), key: key(number) };
    Before::new(numbers.map(cause)).unwrap()
}
