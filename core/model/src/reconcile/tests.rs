//! Invariants of reconciling:
//!
//! 1. The same statements give the same events and the same open decisions, in whatever order they came (N-1).
//! 2. Every entry that was not taken back is in one event, and every value that was said is among its values, with who said it.
//! 3. Nothing is joined and nothing is chosen unless somebody decided it.
//! 4. Once every open decision is decided, none is open; a late statement opens what it touches, and nothing else.

mod world;

use proptest::prelude::*;

use super::*;
use crate::settling::{Choice, Sameness};
use world::{Phones, entry_of, shuffled};

#[test]
fn entries_of_two_phones_near_each_other_are_asked_about_and_not_joined() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft.at(44.1657, 80.0001, 6.0).counting(3));
    phones.enter(2, 44, |draft| draft.at(44.1661, 80.0001, 40.0).counting(5));
    phones.enter(1, 55, |draft| draft.at(44.1657, 80.0001, 6.0).counting(3));
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!(reconciled.events.len(), 3);
    assert_eq!(phones.asked(&reconciled), [vec!["1@42", "2@44"]], "the third is eleven minutes later");
}

#[test]
fn what_is_far_in_time_or_place_or_of_another_kind_is_not_asked_about() {
    let mut phones = Phones::new();
    phones.enter(1, 10, |draft| draft.at(44.1657, 80.0001, 6.0));
    phones.enter(2, 16, |draft| draft.at(44.1657, 80.0001, 6.0));
    phones.enter(1, 30, |draft| draft.at(44.1657, 80.0001, 6.0));
    phones.enter(2, 31, |draft| draft.at(44.1757, 80.0001, 6.0));
    phones.enter(1, 40, |draft| draft.at(44.1657, 80.0001, 6.0));
    phones.enter(2, 41, |draft| draft.at(44.1657, 80.0001, 6.0).force());
    phones.enter(1, 20, |draft| draft.at(44.1657, 80.0001, 6.0).force());
    phones.enter(2, 21, |draft| draft.at(45.1657, 80.0001, 200_000.0).force());
    phones.enter(1, 50, |draft| draft);
    phones.enter(1, 51, |draft| draft);
    assert!(Reconciled::of(&phones.log()).open.is_empty());
    // Where one of them had no fix nobody can say that they were apart.
    phones.enter(2, 51, |draft| draft.at(44.0, 81.0, 6.0));
    assert_eq!(phones.asked(&Reconciled::of(&phones.log())), [vec!["1@50", "1@51", "2@51"]]);
}

#[test]
fn of_ten_thousand_entries_of_one_minute_as_many_are_asked_about_at_once_as_one_decision_names() {
    let mut phones = Phones::new();
    for number in 0..5_000 {
        phones.enter(1, 42, |draft| draft.counting(number));
        phones.enter(2, 42, |draft| draft.counting(number));
    }
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!(reconciled.events.len(), 10_000);
    let [OpenDecision::SameEvent { entries, .. }] = reconciled.open.as_slice() else {
        panic!("one question")
    };
    assert_eq!(entries.iter().count(), crate::limits::BEFORE_MAX);
}

#[test]
fn joined_entries_agree_complement_or_conflict_field_by_field() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft.at(44.1657, 80.0001, 6.0).counting(3).saying("Үш адам."));
    phones.enter(2, 42, |draft| draft.at(44.1658, 80.0001, 40.0).counting(5).saying("үш  адам"));
    phones.enter(3, 43, |draft| draft.at(44.1657, 80.0001, 9.0).counting(3).by_marker("12/3"));
    phones.decide_same(&["1@42", "2@42", "3@43"], Sameness::One);
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    let [event] = reconciled.events.as_slice() else { panic!("one event") };
    let class = |field| event.field(field).map(|state| (state.class, state.counted()));
    assert_eq!(class(SettledField::Activity), Some((Class::Agreed, (3, 3))));
    assert_eq!(class(SettledField::Time), Some((Class::Agreed, (3, 3))));
    assert_eq!(class(SettledField::Place), Some((Class::Agreed, (3, 3))));
    assert_eq!(class(SettledField::Count), Some((Class::Conflict, (2, 3))));
    assert_eq!(class(SettledField::Marker), Some((Class::Complementary, (1, 3))));
    assert_eq!(
        class(SettledField::Text),
        Some((Class::Kept, (2, 3))),
        "two say it alike, one has other words"
    );
    assert_eq!(class(SettledField::Landmark), None);
    let open: Vec<_> = reconciled.open.iter().map(world::kind_of_open).collect();
    assert_eq!(open, ["count"]);
    let place = event.field(SettledField::Place).and_then(FieldState::standing);
    let Some(FieldValue::Place(place)) = place else { panic!() };
    assert_eq!(place.accuracy.unwrap().decimetres(), 60, "the most accurate is shown");
}

#[test]
fn a_decision_stands_until_something_new_is_said_of_its_matter() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft.counting(3));
    phones.enter(2, 43, |draft| draft.counting(5));
    phones.decide_same(&["1@42", "2@43"], Sameness::One);
    phones.decide_field(SettledField::Count, &["1@42", "2@43"], phones.choice_of("2@43"));
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert!(reconciled.open.is_empty());
    let count = reconciled.events[0].field(SettledField::Count).unwrap();
    assert_eq!(count.standing().map(|value| value.written()), Some("5".to_owned()));
    assert_eq!(count.values.len(), 2, "what was not chosen is there");
    // A third phone turns up: first it is asked whether it tells of the same, then how many they were.
    phones.enter(3, 43, |draft| draft.counting(4));
    assert_eq!(phones.asked(&Reconciled::of(&phones.log())), [vec!["1@42", "3@43"]]);
    phones.decide_same(&["1@42", "3@43"], Sameness::One);
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!(reconciled.open.iter().map(world::kind_of_open).collect::<Vec<_>>(), ["count"]);
    assert_eq!(
        reconciled.events[0].field(SettledField::Count).unwrap().stale.len(),
        1,
        "the earlier one is shown"
    );
}

#[test]
fn of_ten_phones_ten_are_counted_though_a_decision_names_eight() {
    let mut phones = Phones::new();
    for phone in 1..=10 {
        phones.start(phone, 0, Some("майор С."));
    }
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    let representative = reconciled.header_field(SettledField::Representative).unwrap();
    assert_eq!((representative.counted(), representative.entries.iter().count()), ((10, 10), 8));
}

#[test]
fn whose_word_is_taken_stands_as_he_said_it() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft.at(44.1657, 80.0001, 6.0));
    phones.enter(2, 42, |draft| draft.at(44.1660, 80.0001, 40.0));
    phones.enter(3, 42, |draft| draft.at(44.1666, 80.0001, 30.0));
    let all = ["1@42", "2@42", "3@42"];
    phones.decide_same(&all, Sameness::One);
    phones.decide_field(SettledField::Place, &all, phones.choice_of("2@42"));
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    let place = reconciled.events[0].field(SettledField::Place).unwrap();
    assert_eq!(place.values.len(), 2, "33 m of 46, and 100 m of 36");
    assert_eq!(place.standing().unwrap().written(), "44.166, 80.0001", "and not where another was");
    let stands: Vec<bool> = place.values.iter().map(|value| place.stands(value)).collect();
    assert_eq!(stands, [true, false], "the other agrees with his too: 67 m of 70");
}

#[test]
fn the_word_of_a_statement_that_says_nothing_of_a_field_decides_nothing() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft.counting(3));
    phones.enter(2, 42, |draft| draft.counting(5));
    phones.enter(3, 42, |draft| draft);
    let all = ["1@42", "2@42", "3@42"];
    phones.decide_same(&all, Sameness::One);
    phones.decide_field(SettledField::Count, &all, phones.choice_of("3@42"));
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!(reconciled.open.iter().map(world::kind_of_open).collect::<Vec<_>>(), ["count"]);
    let count = reconciled.events[0].field(SettledField::Count).unwrap();
    assert_eq!((count.decided, count.stale.len(), count.standing()), (None, 1, None));

    let mut phones = Phones::new();
    phones.start(1, 0, None);
    let log = phones.log();
    let silent = log.starts().next().unwrap().0.cause();
    phones.decide_of_patrol(SettledField::Representative, &[], Choice::Said(silent));
    let log = phones.log();
    let open = Reconciled::of(&log).open;
    assert_eq!(open.iter().map(world::kind_of_open).collect::<Vec<_>>(), ["representative"]);
}

#[test]
fn what_cannot_be_decided_or_is_written_anew_needs_a_reason_and_is_decided() {
    for choice in [Choice::Undecided, Choice::Another(crate::words::Note::new("4").unwrap())] {
        let mut phones = Phones::new();
        phones.enter(1, 42, |draft| draft.counting(3));
        phones.enter(2, 43, |draft| draft.counting(5));
        phones.decide_same(&["1@42", "2@43"], Sameness::One);
        phones.decide_field(SettledField::Count, &["1@42", "2@43"], choice.clone());
        let log = phones.log();
        let reconciled = Reconciled::of(&log);
        assert!(reconciled.open.is_empty());
        let standing = reconciled.events[0].field(SettledField::Count).unwrap().standing();
        assert_eq!(
            standing.map(|value| value.written()),
            (choice != Choice::Undecided).then(|| "4".to_owned())
        );
    }
}

#[test]
fn of_decisions_made_apart_neither_holds() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft.counting(3));
    phones.enter(2, 43, |draft| draft.counting(5));
    let both = ["1@42", "2@43"];
    phones.decide_same(&both, Sameness::One);
    phones.decide_same(&both, Sameness::Separate);
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!((reconciled.events.len(), phones.asked(&reconciled)), (2, vec![both.to_vec()]));
    let OpenDecision::SameEvent { entries, at_odds: replaces } = reconciled.open[0].clone() else { panic!() };
    assert_eq!(replaces.iter().count(), 2);
    phones.decide_same_replacing((entries, replaces), Sameness::One);
    phones.decide_field(SettledField::Count, &both, phones.choice_of("1@42"));
    phones.decide_field(SettledField::Count, &both, phones.choice_of("2@43"));
    let log = phones.log();
    let open = Reconciled::of(&log).open;
    let [OpenDecision::Field { replaces, .. }] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!(replaces.iter().count(), 2);
}

#[test]
fn events_that_are_one_and_separate_at_once_are_asked_about_whole() {
    let mut phones = Phones::new();
    for phone in 1..=3 {
        phones.enter(phone, 40 + u32::from(phone), |draft| draft);
    }
    phones.decide_same(&["1@41", "2@42"], Sameness::One);
    phones.decide_same(&["2@42", "3@43"], Sameness::One);
    let log = phones.log();
    assert_eq!(Reconciled::of(&log).events.len(), 1, "what is one with one is one with all");
    phones.decide_same(&["1@41", "3@43"], Sameness::Separate);
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!(reconciled.events.len(), 3);
    assert_eq!(phones.asked(&reconciled), [vec!["1@41", "2@42", "3@43"]]);
}

#[test]
fn a_clock_that_is_hours_off_is_put_right_by_the_satellites_for_comparing() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft.at(44.1657, 80.0001, 6.0));
    phones.clock_is_off(2, -3 * 3_600_000);
    phones.enter_with_satellites(2, 30, |draft| draft.at(44.9, 80.0, 6.0));
    phones.enter(2, 43, |draft| draft.at(44.1657, 80.0001, 6.0));
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!(phones.asked(&reconciled), [vec!["1@42", "2@43"]]);
    let evidence: Vec<_> = reconciled.events.iter().map(|event| event.time.evidence).collect();
    assert_eq!(evidence, [TimeEvidence::Satellites, TimeEvidence::Device, TimeEvidence::Corrected]);
}

#[test]
fn starts_of_two_phones_are_decided_as_fields_of_the_patrol() {
    let mut phones = Phones::new();
    phones.start(1, 0, Some("майор С."));
    let log = phones.log();
    assert!(Reconciled::of(&log).open.is_empty());
    phones.start(2, 20, None);
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    assert_eq!(reconciled.open.iter().map(world::kind_of_open).collect::<Vec<_>>(), ["start"]);
    let representative = reconciled.header_field(SettledField::Representative).unwrap();
    assert_eq!((representative.class, representative.standing().is_some()), (Class::Complementary, true));
}

#[test]
fn what_nobody_said_of_the_patrol_stands_once_a_head_writes_it() {
    let mut phones = Phones::new();
    phones.start(1, 0, None);
    let standing_of = |phones: &Phones| {
        let log = phones.log();
        let reconciled = Reconciled::of(&log);
        let state = reconciled.header_field(SettledField::Representative);
        let standing = state.and_then(FieldState::standing).map(|value| value.written());
        (standing, reconciled.open.iter().map(world::kind_of_open).collect::<Vec<_>>())
    };
    assert_eq!(standing_of(&phones), (None, vec![]));
    let written = |name: &str| Choice::Another(crate::words::Note::new(name).unwrap());
    let first = phones.decide_of_patrol(SettledField::Representative, &[], written("майор С."));
    assert_eq!(standing_of(&phones), (Some("майор С.".to_owned()), vec![]));
    let log = phones.log();
    let state = Reconciled::of(&log)
        .header_field(SettledField::Representative)
        .cloned()
        .unwrap();
    assert_eq!((state.class, state.counted(), state.values.len()), (Class::Conflict, (0, 1), 0));
    // Another was written apart: neither holds, and what is decided then replaces both.
    let other = phones.decide_of_patrol(SettledField::Representative, &[], written("капитан Ж."));
    assert_eq!(standing_of(&phones), (None, vec!["representative"]));
    let both = [first, other];
    phones.decide_of_patrol(SettledField::Representative, &both, written("капитан Ж."));
    assert_eq!(standing_of(&phones), (Some("капитан Ж.".to_owned()), vec![]));
    // Another start is another matter.
    phones.start(2, 0, None);
    assert_eq!(standing_of(&phones), (None, vec!["representative"]));
}

#[test]
fn a_field_of_the_patrol_is_decided_by_its_starts_or_its_ends() {
    let mut phones = Phones::new();
    phones.enter(1, 42, |draft| draft);
    let log = phones.log();
    assert_eq!(Reconciled::of(&log).entries_of(SettledField::Area), None, "nobody started it");
    phones.start(1, 0, None);
    let log = phones.log();
    let reconciled = Reconciled::of(&log);
    let start = Before::new(log.starts().map(|(stated, _)| stated.cause())).unwrap();
    for field in [SettledField::Area, SettledField::Leader, SettledField::Start] {
        assert_eq!(reconciled.entries_of(field), Some(&start));
    }
    for field in [SettledField::End, SettledField::Count] {
        assert_eq!(reconciled.entries_of(field), None, "{field}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn four_phones_with_two_hundred_entries_come_to_the_same_in_any_order(
        (phones, order) in world::four_phones(200),
    ) {
        let log = phones.log();
        let other = PatrolLog::from_statements(shuffled(&phones, &order));
        let (one, same) = (Reconciled::of(&log), Reconciled::of(&other));
        prop_assert_eq!(&one.open, &same.open);
        prop_assert_eq!(&one, &same);
        let told: usize = one.events.iter().map(|event| event.entries.len()).sum();
        prop_assert_eq!(told, phones.entries_standing());
        for event in &one.events {
            for logged in &event.entries {
                for version in &logged.standing {
                    let counted = event.field(SettledField::Count);
                    let said = version.entry.counted().is_none_or(|count| counted.is_some_and(|state| {
                        state.values.iter().any(|value| {
                            value.value == FieldValue::Count(count)
                                && value.said_by.iter().any(|by| by.cause() == version.stated.cause())
                        })
                    }));
                    prop_assert!(said, "a value that was said is gone: {:?}", entry_of(version));
                }
            }
        }
    }

    #[test]
    fn whoever_decides_everything_has_nothing_left_to_decide(
        (mut phones, order) in world::four_phones(30),
    ) {
        phones.decide_everything(&order);
        let log = phones.log();
        prop_assert_eq!(&Reconciled::of(&log).open, &[]);
    }
}
