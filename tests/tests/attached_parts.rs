//! Patrols that were recorded apart and are parts of another, and the page of that (001-§7, 23; requirements §7.3).

use jasaq_fieldbook::model::entry::{Activity, EntryDraft, InspectionKind};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::reconcile::OpenDecision;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::settling::Choice;
use jasaq_tests::{Field, Phone, name, note, text, why_not as why};

const SEED: u64 = 67;

/// Patrols that are over, with one entry each, of which everybody knows.
fn over<const COUNT: usize>(field: &mut Field, head: Phone) -> [PatrolId; COUNT] {
    let patrols = [(); COUNT].map(|()| {
        let start = PatrolStart {
            controlling_representative: Some(name("майор С.")),
            area_component: Some(AreaComponent::BorderZone),
            ..PatrolStart::new(ActivityMode::Joint)
        };
        let book = field.book(head);
        let patrol = book.start_patrol(start).unwrap();
        let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
        let seen = EntryDraft::new(activity, "із байқалды");
        book.write_entry(patrol, seen, None).unwrap();
        field.minutes_pass(60);
        field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
        patrol
    });
    field.minutes_pass(1);
    field.run_until_quiet();
    patrols
}

/// The head makes a patrol a part of another.
fn attach(field: &mut Field, head: Phone, [part, to]: [PatrolId; 2]) -> Cause {
    let key = field.book(head).attach_patrol(part, to).unwrap();
    let log = field.book(head).patrol(part).unwrap().log;
    log.stated().iter().find(|stated| stated.key == key).unwrap().cause()
}

/// Of each start and end the head takes the first for the whole's.
fn seal(field: &mut Field, head: Phone, whole: PatrolId) {
    let book = field.book(head);
    for decision in book.open_decisions(whole).unwrap() {
        let OpenDecision::Field { entries, field, .. } = decision else { continue };
        let first = entries.iter().next().cloned().unwrap();
        book.decide_field((whole, field, &entries), (Choice::Said(first), None))
            .unwrap();
    }
    book.seal_page(whole, None).unwrap();
}

#[test]
fn a_part_stays_one_while_a_page_of_its_whole_stands() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let [part, whole, third] = over(&mut field, head);
    let attached = attach(&mut field, head, [part, whole]);
    seal(&mut field, head, whole);
    field.run_until_quiet();
    let book = field.book(head);
    assert_eq!(why(book.take_back_of_log((part, &attached), text("басқа патруль"))), LogRefused::Sealed);
    assert_eq!(why(book.attach_patrol(part, third)), LogRefused::Sealed, "and none of another");
    assert!(book.reconcile(whole).unwrap().late().is_empty());

    field.book(ss).reopen_patrol(whole, note("бөлігі басқа патрульдікі")).unwrap();
    field.run_until_quiet();
    let book = field.book(head);
    book.take_back_of_log((part, &attached), text("басқа патруль")).unwrap();
    assert_eq!(book.patrol(part).unwrap().part_of, None);
}

#[test]
fn a_page_rests_on_what_made_parts_of_its_parts_too() {
    let mut field = Field::new(SEED);
    let head = field.device("head");
    let [smallest, part, whole] = over(&mut field, head);
    let attached = attach(&mut field, head, [smallest, part]);
    attach(&mut field, head, [part, whole]);
    let before = field.book(head).take_back_of_log((smallest, &attached), text("қате"));
    assert!(before.is_ok(), "nothing is sealed yet");
    let attached = attach(&mut field, head, [smallest, part]);
    seal(&mut field, head, whole);
    let refused = field.book(head).take_back_of_log((smallest, &attached), text("қате"));
    assert_eq!(why(refused), LogRefused::Sealed);
}
