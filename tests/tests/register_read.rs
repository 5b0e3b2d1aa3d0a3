//! What is read of the register: what a council has not looked at yet, and who opened what is kept apart.

use jasaq_fieldbook::model::register::CheckFinding;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_tests::{Registry, name, text};

#[test]
fn a_council_sees_what_was_said_since_it_looked_and_nothing_of_checks() {
    let mut district = Registry::founded();
    let (council, akimat) = (district.council, district.akimat);
    let before = district.book(council).council_changes().unwrap();
    assert_eq!(
        (before.reviewed, before.changes.len()),
        (None, 2),
        "its own decision, who supervises, and nobody has looked"
    );
    district.book(council).review().unwrap();
    let (_, persons) = district.list(&["Бекова Арай", "Әлиев Асқар"]);
    district.check(persons[0], CheckFinding::Circumstance);
    district.field.run_until_quiet();
    let since = district.book(council).council_changes().unwrap();
    assert_eq!(since.reviewed, Some(district.today));
    let kinds: Vec<Kind> = since.changes.iter().map(|said| said.statement.kind()).collect();
    assert_eq!(kinds, [Kind::NameOn, Kind::NameOn]);
    let (squad, person) = (district.squad, persons[0]);
    district.book(akimat).take_off_roster(squad, person).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(council).council_changes().unwrap().changes.len(), 3);
    let review = district.book(council).review().unwrap();
    assert!(district.book(council).council_changes().unwrap().changes.is_empty());
    let named = (district.book(council).author_of(&review).unwrap(), review);
    district.book(council).withdraw(named, &text("қате басылды")).unwrap();
    let again = district.book(council).council_changes().unwrap().changes;
    assert_eq!(again.len(), 4, "and that it took its review back");
}

#[test]
fn a_review_covers_every_space_of_the_council_and_not_the_newest_alone() {
    let mut district = Registry::founded();
    let (ts, council, today) = (district.ts, district.council, district.today);
    district.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2027).unwrap();
    district.field.run_until_quiet();
    let decided = (name("Шыңғыстай"), name("Катонқарағай"));
    district.book(council).decide_squad(decided, (name("14"), today)).unwrap();
    let kinds = |district: &mut Registry| -> Vec<Kind> {
        let changes = district.book(council).council_changes().unwrap().changes;
        changes.iter().map(|said| said.statement.kind()).collect()
    };
    let before = kinds(&mut district);
    assert_eq!(before.len(), 3, "two decisions in two spaces, and who supervises: {before:?}");
    district.book(council).review().unwrap();
    assert_eq!(kinds(&mut district), []);
}

#[test]
fn who_opens_what_is_kept_apart_is_written_down() {
    let mut district = Registry::founded();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (ts, ss) = (district.ts, district.ss);
    district.book(ts).note_reading(persons[0], text("өтініш бойынша")).unwrap();
    let readings = district.book(ts).readings().unwrap();
    assert_eq!((readings.len(), readings[0].person), (1, persons[0]));
    assert_eq!(readings[0].reason.as_str(), "өтініш бойынша");
    district.field.run_until_quiet();
    assert!(district.book(ss).readings().unwrap().is_empty(), "the register's log is the territory's");
}
