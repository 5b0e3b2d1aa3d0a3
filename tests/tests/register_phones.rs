//! Whose a phone is: one person's at a time, and what was logged on it before is not the next one's.

use jasaq_fieldbook::NamedHolder;
use jasaq_fieldbook::model::ids::{MemberId, PatrolId, PersonId, StatementRef};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::patrol_log::Flag;
use jasaq_fieldbook::model::records::RecordFlag;
use jasaq_tests::{Offices, Phone, Registry, text};

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
    NamedHolder { names: vec![names.to_owned()], is_sure: true }
}

/// What a phone's entries are named by when nobody is: the first digits of its member's id.
fn nobody(district: &mut Registry, phone: Phone) -> NamedHolder {
    sure(&district.member(phone).to_string().chars().take(8).collect::<String>())
}

/// A phone that Арай had, who was struck off, and Асқар has since: the two, and a patrol with an entry of each, and one of the day
/// between.
fn handed_on(district: &mut Registry) -> ([PersonId; 2], PatrolId, [StatementRef; 3]) {
    let aray = district.aray;
    let first = district.active("Бекова Арай", (aray, "0117"));
    let patrol = district.field.start_patrol(aray);
    let before = district.field.write(aray, patrol, "бұрын");
    days_pass(district, 2);
    district.strike_off(first, ExclusionGround::MovedOut);
    let second = district.active("Әлиев Асқар", (aray, "0118"));
    let between = district.field.write(aray, patrol, "сол күні");
    days_pass(district, 2);
    let after = district.field.write(aray, patrol, "кейін");
    district.field.run_until_quiet();
    ([first, second], patrol, [before, between, after])
}

#[test]
fn what_was_logged_on_a_phone_before_it_was_handed_on_is_not_the_new_holders() {
    let mut district = Registry::founded();
    let (_, patrol, [before, between, after]) = handed_on(&mut district);
    for device in [district.aray, district.head, district.ss] {
        assert_eq!(named(&mut district, device, (patrol, &before)), sure("Бекова Арай"));
        let either = named(&mut district, device, (patrol, &between));
        let names = ["Бекова Арай", "Әлиев Асқар"].map(str::to_owned).to_vec();
        let due = NamedHolder { names, is_sure: false };
        assert_eq!(either, due, "which of them it was on that day nobody can say");
        assert_eq!(named(&mut district, device, (patrol, &after)), sure("Әлиев Асқар"));
    }
}

#[test]
fn what_an_erased_person_logged_is_nobodys_and_not_the_next_holders() {
    let mut district = Registry::founded();
    let ([first, _], patrol, [before, _, after]) = handed_on(&mut district);
    let (ss, aray) = (district.ss, district.aray);
    district.book(ss).erase_person(first).unwrap();
    district.field.run_until_quiet();
    let nobody = nobody(&mut district, aray);
    for device in [aray, district.head, ss] {
        assert_eq!(named(&mut district, device, (patrol, &before)), nobody);
        assert_eq!(named(&mut district, device, (patrol, &after)), sure("Әлиев Асқар"));
    }
}

#[test]
fn what_the_last_holder_logged_is_nobodys_once_he_is_erased_also_after_the_next_one_came() {
    let mut district = Registry::founded();
    let ([_, second], patrol, [before, _, after]) = handed_on(&mut district);
    let (ss, aray) = (district.ss, district.aray);
    district.strike_off(second, ExclusionGround::MovedOut);
    district.book(ss).erase_person(second).unwrap();
    district.field.run_until_quiet();
    let nobody = nobody(&mut district, aray);
    for device in [aray, district.head, ss] {
        assert_eq!(named(&mut district, device, (patrol, &before)), sure("Бекова Арай"));
        assert_eq!(named(&mut district, device, (patrol, &after)), nobody);
    }
    days_pass(&mut district, 2);
    district.active("Сейтов Дәурен", (aray, "0119"));
    days_pass(&mut district, 2);
    let third = district.field.write(aray, patrol, "үшінші");
    district.field.run_until_quiet();
    for device in [aray, district.head, ss] {
        assert_eq!(named(&mut district, device, (patrol, &before)), sure("Бекова Арай"));
        assert_eq!(named(&mut district, device, (patrol, &after)), nobody, "neither of the two beside him");
        assert_eq!(named(&mut district, device, (patrol, &third)), sure("Сейтов Дәурен"));
    }
}

#[test]
fn what_the_first_holder_logged_after_his_strike_off_stays_flagged_when_another_has_his_phone() {
    let mut district = Registry::founded();
    let (aray, ss) = (district.aray, district.ss);
    let first = district.active("Бекова Арай", (aray, "0117"));
    let patrol = district.field.start_patrol(aray);
    district.strike_off(first, ExclusionGround::MovedOut);
    days_pass(&mut district, 1);
    let late = district.field.write(aray, patrol, "шығарылғаннан кейін");
    days_pass(&mut district, 2);
    district.active("Әлиев Асқар", (aray, "0118"));
    days_pass(&mut district, 2);
    let of_the_next = district.field.write(aray, patrol, "келесі");
    district.field.run_until_quiet();
    let flagged = |district: &mut Registry, entry: &StatementRef| {
        let view = district.field.shows(ss, patrol);
        let mut flags = view.log.flags().iter();
        flags.any(|flagged| flagged.about == *entry && flagged.flag == Flag::MemberNoLongerEligible)
    };
    assert!(flagged(&mut district, &late) && !flagged(&mut district, &of_the_next));
}

#[test]
fn who_is_struck_off_and_whose_phone_is_handed_on_at_one_sitting_leaves_his_late_entries_flagged() {
    let mut district = Registry::founded();
    let (aray, ss) = (district.aray, district.ss);
    let first = district.active("Бекова Арай", (aray, "0117"));
    let (_, next) = district.registered(&["Әлиев Асқар"]);
    let patrol = district.field.start_patrol(aray);
    days_pass(&mut district, 1);
    let ended_on = district.today;
    days_pass(&mut district, 1);
    let late = district.field.write(aray, patrol, "шығарылғаннан кейін");
    days_pass(&mut district, 2);
    let member = district.member(aray);
    let book = district.book(ss);
    book.strike_off(first, (ExclusionGround::MovedOut, false), ended_on).unwrap();
    book.identify(member, next[0]).unwrap();
    district.field.run_until_quiet();
    let view = district.field.shows(ss, patrol);
    let mut flags = view.log.flags().iter();
    assert!(flags.any(|flagged| flagged.about == late && flagged.flag == Flag::MemberNoLongerEligible));
}

#[test]
fn a_phone_lets_nobody_out_once_all_of_its_holders_are_struck_off_or_were_none() {
    let mut district = Registry::founded();
    let (aray, ss) = (district.aray, district.ss);
    for (name, number) in [("Бекова Арай", "0117"), ("Әлиев Асқар", "0118"), ("Ким Виктор", "0119")]
    {
        let holder = district.active(name, (aray, number));
        assert_eq!(district.card(aray, aray), Some((true, Some(number.to_owned()))));
        district.strike_off(holder, ExclusionGround::MovedOut);
        assert_eq!(district.card(aray, aray).map(|(may, _)| may), Some(false), "{name}");
    }
    let mistaken = district.active("Сейтов Дәурен", (aray, "0120"));
    let member = district.member(aray);
    take_back_claim(&mut district, ss, (member, mistaken));
    assert_eq!(district.card(aray, aray).map(|(may, _)| may), Some(false), "it was never his");
}

#[test]
fn a_wish_to_leave_is_whose_the_phone_was_when_he_said_it() {
    let mut district = Registry::founded();
    let (aray, ss) = (district.aray, district.ss);
    let first = district.active("Бекова Арай", (aray, "0117"));
    let (_, next) = district.registered(&["Әлиев Асқар"]);
    district.try_certify(next[0], "0118").unwrap();
    district.field.run_until_quiet();
    district.train(&next);
    days_pass(&mut district, 1);
    district.book(aray).wish_to_leave().unwrap();
    district.field.minutes_pass(2 * DAY);
    district.today = district.book(ss).today();
    let member = district.member(aray);
    district.strike_off_at(ss, first, ExclusionGround::MovedOut);
    district.book(ss).identify(member, next[0]).unwrap();
    district.book(ss).publish().unwrap();
    district.field.run_until_quiet();
    days_pass(&mut district, 1);
    let circumstances = district.book(ss).person(next[0]).unwrap().record.circumstances;
    assert!(circumstances.is_empty(), "it was not he who wished to leave: {circumstances:?}");
    let answered = district.book(ss).person(first).unwrap().record.circumstances;
    assert_eq!(answered.len(), 1, "it belongs to what ended");
    district.book(aray).wish_to_leave().unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(ss).person(next[0]).unwrap().record.circumstances.len(), 1);
}

/// Takes back what a console holds that says whose phone a member's is.
fn take_back_claim(district: &mut Registry, console: Phone, (member, person): (MemberId, PersonId)) {
    let history = district.book(console).person(person).unwrap().record.history;
    let claim = history.into_iter().find(|line| line.member == Some(member)).unwrap();
    let said = (claim.author, claim.key);
    district.book(console).withdraw(said, &text("басқа адам")).unwrap();
    district.field.run_until_quiet();
}

#[test]
fn who_was_taken_for_a_phones_holder_in_error_is_named_for_nothing() {
    let mut district = Registry::founded();
    let (aray, ss) = (district.aray, district.ss);
    let mistaken = district.active("Бекова Арай", (aray, "0117"));
    let patrol = district.field.start_patrol(aray);
    let before = district.field.write(aray, patrol, "қате кезінде");
    days_pass(&mut district, 2);
    let member = district.member(aray);
    take_back_claim(&mut district, ss, (member, mistaken));
    let after = district.field.write(aray, patrol, "түзетілген соң");
    district.field.run_until_quiet();
    let nobody = nobody(&mut district, aray);
    for device in [aray, district.head, ss] {
        for entry in [&before, &after] {
            assert_eq!(named(&mut district, device, (patrol, entry)), nobody);
        }
    }
    district.active("Әлиев Асқар", (aray, "0118"));
    days_pass(&mut district, 2);
    let last = district.field.write(aray, patrol, "иесі");
    district.field.run_until_quiet();
    for device in [aray, district.head, ss] {
        assert_eq!(
            named(&mut district, device, (patrol, &before)),
            nobody,
            "the next one did not have it then"
        );
        assert_eq!(named(&mut district, device, (patrol, &last)), sure("Әлиев Асқар"));
    }
}

#[test]
fn while_two_claim_a_phone_nobody_is_named() {
    let mut district = Offices::founded();
    let aray = district.registry.aray;
    let first = district.registry.active("Бекова Арай", (aray, "0117"));
    let claimants = district.registered(&["Әлиев Асқар", "Сейтов Дәурен"]).1;
    let (ss, member) = (district.ss, district.registry.member(aray));
    district.strike_off_at(ss[0], first, ExclusionGround::MovedOut);
    district.registry.field.run_until_quiet();
    for (console, person) in ss.into_iter().zip(&claimants) {
        district.registry.book(console).identify(member, *person).unwrap();
    }
    let district = &mut district.registry;
    district.field.run_until_quiet();
    days_pass(district, 2);
    let patrol = district.field.start_patrol(aray);
    let contested = district.field.write(aray, patrol, "кімдікі?");
    district.field.run_until_quiet();
    let nobody = nobody(district, aray);
    for device in [aray, district.head, ss[0], ss[1]] {
        assert_eq!(named(district, device, (patrol, &contested)), nobody);
    }
    days_pass(district, 2);
    take_back_claim(district, ss[1], (member, claimants[0]));
    days_pass(district, 2);
    let settled = district.field.write(aray, patrol, "анықталды");
    district.field.run_until_quiet();
    for device in [aray, district.head, ss[0], ss[1]] {
        assert_eq!(named(district, device, (patrol, &contested)), nobody);
        assert_eq!(named(district, device, (patrol, &settled)), sure("Сейтов Дәурен"));
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
    take_back_claim(&mut district, ss, (second, person));
    assert!(!flags(&mut district).contains(&RecordFlag::PhonesSeveral), "taken back, it is one again");
}
