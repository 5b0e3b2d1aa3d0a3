//! Whose a phone is: one person's at a time, and what was logged on it before is not the next one's.

use jasaq_fieldbook::NamedHolder;
use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::records::RecordFlag;
use jasaq_tests::{Phone, Registry};

const DAY: i64 = 24 * 60;

fn days_pass(district: &mut Registry, days: i64) {
    district.field.minutes_pass(days * DAY);
    district.today = district.book(district.ts).today();
    district.field.run_until_quiet();
}

/// Whom a device names for an entry.
fn named(district: &mut Registry, device: Phone, (patrol, entry): (PatrolId, &StatementRef)) -> NamedHolder {
    let view = district.field.shows(device, patrol);
    let stated = view.log.stated().iter().find(|stated| stated.key == *entry).unwrap();
    view.holder_in(stated, stated.member)
}

fn sure(names: &str) -> NamedHolder {
    NamedHolder { names: names.to_owned(), is_sure: true }
}

/// A phone that Арай had, who was struck off, and Асқар has since: a patrol with an entry of each, and one of the day between.
fn handed_on(district: &mut Registry) -> (PatrolId, [StatementRef; 3]) {
    let (aray, ss) = (district.aray, district.ss);
    let first = district.active("Бекова Арай", (aray, "0117"));
    let patrol = district.field.start_patrol(aray);
    let before = district.field.write(aray, patrol, "бұрын");
    days_pass(district, 2);
    let today = district.today;
    district
        .book(ss)
        .strike_off(first, (ExclusionGround::MovedOut, false), today)
        .unwrap();
    district.field.run_until_quiet();
    district.active("Әлиев Асқар", (aray, "0118"));
    let between = district.field.write(aray, patrol, "сол күні");
    days_pass(district, 2);
    let after = district.field.write(aray, patrol, "кейін");
    district.field.run_until_quiet();
    (patrol, [before, between, after])
}

#[test]
fn what_was_logged_on_a_phone_before_it_was_handed_on_is_not_the_new_holders() {
    let mut district = Registry::founded();
    let (patrol, [before, between, after]) = handed_on(&mut district);
    for device in [district.aray, district.head, district.ss] {
        assert_eq!(named(&mut district, device, (patrol, &before)), sure("Бекова Арай"));
        let either = named(&mut district, device, (patrol, &between));
        let due =
            NamedHolder { names: "Бекова Арай / Әлиев Асқар".to_owned(), is_sure: false };
        assert_eq!(either, due, "which of them it was on that day nobody can say");
        assert_eq!(named(&mut district, device, (patrol, &after)), sure("Әлиев Асқар"));
    }
}

#[test]
fn what_an_erased_person_logged_is_nobodys_and_not_the_next_holders() {
    let mut district = Registry::founded();
    let (patrol, [before, _, after]) = handed_on(&mut district);
    let (ss, aray) = (district.ss, district.aray);
    let persons = district.book(ss).everybody().unwrap().unwrap();
    let first = persons.iter().find(|view| !view.record.strike_offs.is_empty()).unwrap();
    district.book(ss).erase_person(first.record.person).unwrap();
    district.field.run_until_quiet();
    let id: String = district.member(aray).to_string().chars().take(8).collect();
    for device in [aray, district.head, ss] {
        assert_eq!(named(&mut district, device, (patrol, &before)), sure(&id));
        assert_eq!(named(&mut district, device, (patrol, &after)), sure("Әлиев Асқар"));
    }
}

#[test]
fn one_person_with_the_phones_of_two_members_is_told_and_the_history_names_both() {
    let mut district = Registry::founded();
    let (ss, aray, head) = (district.ss, district.aray, district.head);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let flags = |district: &mut Registry| district.book(ss).person(person).unwrap().record.flags();
    assert!(!flags(&mut district).contains(&RecordFlag::PhonesSeveral));
    assert!(district.book(ss).phones_of_one_person().unwrap().unwrap().is_empty());
    let [first, second] = [aray, head].map(|phone| district.member(phone));
    district.book(ss).identify(second, person).unwrap();
    district.field.run_until_quiet();
    for console in [district.ts, ss] {
        let record = district.book(console).person(person).unwrap().record;
        assert!(record.flags().contains(&RecordFlag::PhonesSeveral));
        let members: Vec<_> = record.history.iter().filter_map(|line| line.member).collect();
        assert!(members.len() == 2 && members.contains(&first) && members.contains(&second));
        let doubled = district.book(console).phones_of_one_person().unwrap().unwrap();
        assert_eq!((&doubled[&first], &doubled[&second]), (&vec![second], &vec![first]));
    }
    let history = district.book(ss).person(person).unwrap().record.history;
    let mistake = history.into_iter().find(|line| line.member == Some(second)).unwrap();
    let said = (mistake.author, mistake.key);
    district.book(ss).withdraw(said, &jasaq_tests::text("басқа адам")).unwrap();
    assert!(!flags(&mut district).contains(&RecordFlag::PhonesSeveral), "taken back, it is one again");
}
