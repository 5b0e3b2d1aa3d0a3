//! The register where consoles and phones are removed, join late, are restored and cloned; and where a person is erased.

use std::collections::BTreeMap;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::CheckFinding;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{Copies, FieldbookRefused, NewAttachment, NewList};
use jasaq_tests::{Offices, Registry, name, papers, text, why};

#[test]
fn what_a_removed_console_struck_off_counts_as_far_as_its_office_held_it_and_the_rest_once_admitted() {
    let mut district = Offices::founded();
    let (_, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
    let (ss, ts) = (district.ss, district.ts);
    district.strike_off_at(ss[1], persons[0], ExclusionGround::MovedOut);
    district.registry.field.run_until_quiet();
    // This one nobody held when it was removed.
    district.strike_off_at(ss[1], persons[1], ExclusionGround::MovedOut);
    district.registry.book(ss[1]).flush().unwrap();
    let removed = district.registry.field.id(ss[1]);
    district.registry.book(ts[0]).remove_device(&removed, false).unwrap();
    district.registry.field.contact(ts[0]);
    // A satchel of it is found in a drawer.
    district.registry.field.carry_satchel(ss[1], ts[0]);
    district.registry.field.run_until_quiet();
    let shows = |district: &mut Offices, person: PersonId| {
        [district.ts[0], district.ts[1], district.ss[0]]
            .map(|console| district.registry.book(console).person(person).unwrap())
            .map(|view| (view.record.state(), view.not_counted.len()))
    };
    assert_eq!(shows(&mut district, persons[0]), [(PersonState::StruckOff, 0); 3], "it stands");
    assert_eq!(shows(&mut district, persons[1]), [(PersonState::Registered, 1); 3], "it is held, and shown");
    let held = district.registry.book(ts[1]).held().unwrap();
    let held: Vec<_> = held.into_iter().filter(|view| view.kind == "strike_off").collect();
    assert!(held.len() == 1 && held[0].may_decide, "{held:?}");
    district.registry.book(ts[1]).decide_held(&[held[0].key.clone()], true).unwrap();
    district.registry.field.run_until_quiet();
    assert_eq!(shows(&mut district, persons[1]), [(PersonState::StruckOff, 0); 3], "the record follows");
}

#[test]
fn a_console_that_joins_later_shows_the_same_records() {
    let mut registry = Registry::founded();
    let (aray, ss, ts) = (registry.aray, registry.ss, registry.ts);
    let person = registry.active("Бекова Арай", (aray, "0117"));
    let (_, others) = registry.list(&["Әлиев Асқар"]);
    registry.check(others[0], CheckFinding::Circumstance);
    registry.strike_off(person, ExclusionGround::MovedOut);
    let late_ts = registry.second_ts();
    let late_ss = registry.field.join_office("ss 2", Role::StructuralSubdivision, "SS 1");
    registry.field.run_until_quiet();
    for (late, early) in [(late_ts, ts), (late_ss, ss)] {
        assert_eq!(
            registry.book(late).persons().unwrap().unwrap(),
            registry.book(early).persons().unwrap().unwrap()
        );
        for person in registry.book(early).persons().unwrap().unwrap() {
            let [shown, before] = [late, early].map(|console| registry.book(console).person(person).unwrap());
            assert_eq!(shown, before);
        }
        assert_eq!(
            registry.book(late).register_squads().unwrap().unwrap(),
            registry.book(early).register_squads().unwrap().unwrap()
        );
    }
}

#[test]
fn a_phone_restored_from_a_backup_hears_again_that_its_owner_was_struck_off() {
    let mut registry = Registry::founded();
    let (aray, ss) = (registry.aray, registry.ss);
    let person = registry.active("Бекова Арай", (aray, "0117"));
    let backup = registry.field.copy(aray, "backup");
    registry.strike_off(person, ExclusionGround::MovedOut);
    registry.field.lose(aray);
    assert_eq!(registry.card(backup, backup), Some((false, None)), "it was in contact with the others");
    registry.book(backup).wish_to_leave().unwrap();
    registry.field.run_until_quiet();
    let record = registry.book(ss).person(person).unwrap().record;
    assert_eq!(record.state(), PersonState::StruckOff);
    let said: Vec<_> = record.circumstances.iter().map(|said| said.what.ground).collect();
    assert_eq!(
        said,
        [Some(ExclusionGround::OwnWish)],
        "it belongs to what ended, and to no engagement that begins later"
    );
}

#[test]
fn a_cloned_console_and_its_original_write_on_and_all_show_the_same() {
    let mut district = Offices::founded();
    let (_, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
    let ts = district.ts;
    let clone = district.registry.field.copy(ts[0], "clone");
    // Each says something else under the same key.
    district.certify_at(ts[0], persons[0], "0117").unwrap();
    district.certify_at(clone, persons[1], "0118").unwrap();
    district.registry.field.run_until_quiet();
    let numbers = |district: &mut Offices, person: PersonId| {
        let consoles = [ts[0], clone, ts[1], district.ss[0], district.ss[1]];
        consoles.map(|console| {
            let record = district.registry.book(console).person(person).unwrap().record;
            record
                .certificates
                .iter()
                .map(|of| of.issued.what.number.to_string())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(
        numbers(&mut district, persons[0]),
        [const { ["0117"] }; 5].map(|all| all.map(String::from).to_vec())
    );
    assert_eq!(
        numbers(&mut district, persons[1]),
        [const { ["0118"] }; 5].map(|all| all.map(String::from).to_vec())
    );
    // One name means both, and taking back the wrong one is worse than taking back none.
    let record = district.registry.book(ts[1]).person(persons[1]).unwrap().record;
    let issued = &record.certificates[0].issued;
    let named = (issued.author, issued.key.clone());
    let outcome = district.registry.book(ts[1]).withdraw(named, &text("қате"));
    assert_eq!(why(outcome), RegisterRefused::SeveralMeant);
}

#[test]
fn who_was_struck_off_and_is_listed_anew_is_a_new_engagement_that_no_old_strike_off_ends() {
    let mut district = Offices::founded();
    let (_, persons) = district.registered(&["Бекова Арай"]);
    let (before, ss, akimat) = (persons[0], district.ss, district.akimat);
    district.strike_off_at(ss[0], before, ExclusionGround::MovedOut);
    district.registry.field.run_until_quiet();
    let mut again = papers("Бекова Арай");
    again.before = Some(before);
    let today = district.registry.today;
    let new = district.registry.new_list(vec![again]);
    let list = district.registry.book(akimat[0]).submit_list(new).unwrap();
    // A second strike-off of the old engagement comes late from the console that was apart.
    district.registry.field.run_until_quiet();
    let ts = district.ts[0];
    district.registry.book(ts).receive_list(list, today, Copies::Delete).unwrap();
    let person = district.registry.book(ts).list_lines(list).unwrap().unwrap()[0].1;
    assert_ne!(person, before);
    district.registry.check(person, CheckFinding::Nothing);
    district.register_at(ts, person).unwrap();
    district.registry.field.run_until_quiet();
    assert_eq!(district.all_say(before, |view| view.record.state()), PersonState::StruckOff);
    assert_eq!(district.all_say(person, |view| view.record.state()), PersonState::Registered);
    let record = district.registry.book(ts).person(person).unwrap().record;
    assert_eq!(record.identity().unwrap().before, Some(before), "a history is a chain of ids");
}

#[test]
fn a_number_under_which_two_consoles_of_an_akimat_sent_a_list_while_apart_is_shown_with_both() {
    let mut district = Offices::founded();
    let mut lists = Vec::new();
    for (console, full_name) in district.akimat.into_iter().zip(["Бекова Арай", "Әлиев Асқар"])
    {
        let new = district.registry.new_list(vec![papers(full_name)]);
        let new = NewList { number: Some(name("7")), ..new };
        lists.push(district.registry.book(console).submit_list(new).unwrap());
    }
    district.registry.field.run_until_quiet();
    let both: BTreeMap<_, _> = [(lists[0], vec![lists[1]]), (lists[1], vec![lists[0]])].into_iter().collect();
    for console in [district.akimat[0], district.akimat[1], district.ts[0]] {
        assert_eq!(district.registry.book(console).lists_of_one_number().unwrap(), Some(both.clone()));
    }
    district
        .registry
        .book(district.akimat[0])
        .withdraw_list(lists[0], text("қате"))
        .unwrap();
    district.registry.field.run_until_quiet();
    let left = district.registry.book(district.ts[0]).lists_of_one_number().unwrap();
    assert_eq!(left, Some(BTreeMap::new()), "the other is the letter's");
}

#[test]
fn a_person_erased_by_both_offices_is_shown_by_nobody_and_no_copy_of_papers_opens() {
    let mut district = Offices::founded();
    let aray = district.registry.aray;
    let person = district.registry.active("Бекова Арай", (aray, "0117"));
    let (other, ts, ss, akimat) = {
        let (_, others) = district.registered(&["Әлиев Асқар"]);
        (others[0], district.ts, district.ss, district.akimat)
    };
    let copy = NewAttachment { file: b"%PDF-1.7 a copy", keeps_metadata: true, ..NewAttachment::default() };
    let key = district.registry.book(akimat[0]).attach_copy(person, &copy).unwrap();
    district.registry.field.run_until_quiet();
    for console in [ts[0], ss[0]] {
        let refused = why(district.registry.book(console).erase_person(person));
        assert_eq!(refused, RegisterRefused::NotStruckOff, "phones would go on showing that he may go out");
    }
    district.strike_off_at(ss[0], person, ExclusionGround::MovedOut);
    district.registry.field.run_until_quiet();
    for console in [akimat[0], district.council[0], district.registry.head] {
        assert!(district.registry.book(console).erase_person(person).is_err());
    }
    let erased = district.registry.book(ts[0]).erase_person(person).unwrap();
    assert!(erased.statements > 0 && erased.attachments == 1, "{erased:?}");
    district.registry.field.run_until_quiet();
    for console in [ts[0], ts[1], akimat[0], akimat[1], district.council[0]] {
        let shown = district.registry.book(console).person(person);
        assert!(matches!(shown, Err(FieldbookRefused::Erased)), "{shown:?}");
        assert!(!district.registry.book(console).persons().unwrap().unwrap().contains(&person));
    }
    assert!(
        district
            .registry
            .book(akimat[0])
            .open_attachment(&key, &mut Vec::new())
            .is_err()
    );
    // What is in the squad's space the TS does not read: the card, which says no longer, is the unit's to erase.
    assert_eq!(district.registry.card(aray, aray), Some((false, None)));
    district.registry.book(ss[1]).erase_person(person).unwrap();
    district.registry.field.run_until_quiet();
    for phone in [aray, district.registry.head, ss[0], ss[1]] {
        assert_eq!(district.registry.card(phone, aray), None, "{phone:?}");
    }
    for console in [ts[0], ss[0], akimat[0]] {
        assert!(district.registry.book(console).person(other).is_ok(), "nobody else is gone");
    }
    assert!(matches!(district.registry.book(ts[0]).erase_person(person), Err(FieldbookRefused::Erased)));
    // His certificate may be in somebody's pocket.
    let given_again = district.certify_at(ts[1], other, "0117");
    assert_eq!(why(given_again), RegisterRefused::NumberTaken);
    district.certify_at(ts[1], other, "0118").unwrap();
}
