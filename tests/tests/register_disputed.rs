//! The register where somebody says what is not his to say, or where two words about one person cross.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::records::{HeadState, PersonState, RecordFlag};
use jasaq_fieldbook::model::register::{CheckFinding, Read, Record, StrikeOff};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::protocol::membership::SpaceKind;
use jasaq_tests::{Registry, name, text, why};

#[test]
fn a_subdivision_has_no_say_about_another_ones_people_and_squads() {
    let mut district = Registry::founded();
    let other = district.second_ss();
    let (ts, council, ss, squad, today) =
        (district.ts, district.council, district.ss, district.squad, district.today);
    let person = district.active("Бекова Арай", (district.aray, "0117"));
    district
        .book(council)
        .appoint_head((squad, person), (name("13"), today))
        .unwrap();
    district.field.run_until_quiet();
    let ground = (ExclusionGround::OwnWish, false);
    assert!(district.book(other).strike_off(person, ground, today).is_err());
    // A console that its office changed says it all the same, in its own space.
    let said = Record::StrikeOff(StrikeOff { person, ground: ground.0, is_death: false, day: today });
    district
        .book(other)
        .say_unlooked(SpaceKind::Subdivision, (person.as_bytes(), said))
        .unwrap();
    district.field.run_until_quiet();
    for console in [ts, ss] {
        assert_eq!(district.state(console, person), PersonState::Active, "it counts nowhere");
    }
    let shown = district.book(ts).person(person).unwrap().not_counted;
    assert_eq!(shown.iter().map(|said| said.kind).collect::<Vec<_>>(), [Some(Kind::StrikeOff)]);
}

#[test]
fn who_looks_into_a_record_draws_nothing_of_it_into_another_book() {
    let mut district = Registry::founded();
    let other = district.field.join_office("ss 2", Role::StructuralSubdivision, "SS 2");
    let (ts, ss) = (district.ts, district.ss);
    let (_, persons) = district.list(&["Бекова Арай"]);
    let person = persons[0];
    let note = Record::Read(Read { person, reason: text("неге екен") });
    district
        .book(other)
        .say_unlooked(SpaceKind::Subdivision, (person.as_bytes(), note))
        .unwrap();
    district.field.run_until_quiet();
    district.check(person, CheckFinding::Nothing);
    district.try_register(person).unwrap();
    district.try_certify(person, "0117").unwrap();
    district.field.run_until_quiet();
    for console in [ts, ss] {
        assert_eq!(district.state(console, person), PersonState::Certified);
    }
    assert!(
        district.book(other).person(person).is_err() || {
            district.book(other).person(person).unwrap().record.certificates.is_empty()
        }
    );
}

#[test]
fn who_was_appointed_while_he_was_struck_off_heads_nobody_and_who_was_struck_off_in_error_heads_again() {
    let mut district = Registry::founded();
    let (aray, council, ss, squad, today) =
        (district.aray, district.council, district.ss, district.squad, district.today);
    let person = district.active("Бекова Арай", (aray, "0117"));
    district.strike_off_at(ss, person, ExclusionGround::MovedOut);
    district
        .book(council)
        .appoint_head((squad, person), (name("13"), today))
        .unwrap();
    district.field.run_until_quiet();
    let head = |district: &mut Registry, console| {
        district.book(console).register_squads().unwrap().unwrap()[0].record.head()
    };
    for console in [council, ss] {
        assert_eq!(head(&mut district, console), HeadState::Vacant);
    }
    let said = district.book(ss).person(person).unwrap().record.strike_offs.remove(0);
    district
        .book(ss)
        .withdraw((said.author, said.key), &text("басқа адам"))
        .unwrap();
    district.field.run_until_quiet();
    for console in [council, ss] {
        assert_eq!(head(&mut district, console), HeadState::Head(person));
    }
}

#[test]
fn a_wish_to_leave_is_answered_once_and_not_of_who_is_listed_anew() {
    let mut district = Registry::founded();
    let (aray, ss) = (district.aray, district.ss);
    let person = district.active("Бекова Арай", (aray, "0117"));
    district.book(aray).wish_to_leave().unwrap();
    district.field.run_until_quiet();
    let said = district.book(ss).person(person).unwrap().record.circumstances.remove(0);
    district
        .book(ss)
        .withdraw((said.author, said.key), &text("телефон ұрланған"))
        .unwrap();
    district.field.run_until_quiet();
    assert!(district.book(ss).person(person).unwrap().record.circumstances.is_empty());
    district.book(aray).wish_to_leave().unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(ss).person(person).unwrap().record.circumstances.len(), 1);
    district.strike_off(person, ExclusionGround::OwnWish);
    let anew = district.active("Бекова Арай", (aray, "0118"));
    assert!(district.may_go(ss, anew));
}

#[test]
fn a_wish_to_leave_that_is_taken_back_takes_with_it_what_followed_and_nothing_that_was_entered() {
    let mut district = Registry::founded();
    let (aray, ss, today) = (district.aray, district.ss, district.today);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let wish = district.book(aray).wish_to_leave().unwrap();
    assert_eq!(why(district.book(aray).wish_to_leave()), RegisterRefused::WishedAlready);
    district.field.run_until_quiet();
    assert_eq!(why(district.book(aray).wish_to_leave()), RegisterRefused::WishedAlready);
    assert!(!district.may_go(ss, person));
    let author = district.book(aray).author_of(&wish).unwrap();
    district.book(aray).withdraw((author, wish), &text("қайтты")).unwrap();
    district.field.run_until_quiet();
    assert!(district.book(ss).person(person).unwrap().record.circumstances.is_empty());
    assert!(district.may_go(ss, person));
    assert_eq!(district.card(aray, aray).map(|(may, _)| may), Some(true), "his phone says so too");

    let wish = district.book(aray).wish_to_leave().unwrap();
    let ground = (ExclusionGround::OwnWish, today);
    district.book(ss).record_circumstance(person, ground).unwrap();
    district.field.run_until_quiet();
    district.book(aray).withdraw((author, wish), &text("қайтты")).unwrap();
    district.field.run_until_quiet();
    let left = district.book(ss).person(person).unwrap().record.circumstances;
    assert_eq!(left.len(), 1, "what the unit entered is its own word");
    assert_eq!(left[0].what.follows, None);
}

#[test]
fn who_offended_twice_is_neither_registered_nor_certified() {
    let mut district = Registry::founded();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (person, ts) = (persons[0], district.ts);
    district.check(person, CheckFinding::Nothing);
    for day in ["2026-01-10", "2026-03-01"] {
        let day = day.parse().unwrap();
        district.book(ts).record_offence(person, day).unwrap();
    }
    assert_eq!(why(district.try_register(person)), RegisterRefused::CircumstanceFound);
}

#[test]
fn a_number_is_given_once_also_if_its_certificate_was_taken_back() {
    let mut district = Registry::founded();
    let (_, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
    district.try_certify(persons[0], "0117").unwrap();
    let ts = district.ts;
    let issued = district
        .book(ts)
        .person(persons[0])
        .unwrap()
        .record
        .certificates
        .remove(0)
        .issued;
    district.book(ts).withdraw((issued.author, issued.key), &text("қате")).unwrap();
    assert_eq!(why(district.try_certify(persons[1], "0117")), RegisterRefused::NumberTaken);
}

#[test]
fn an_akimat_that_takes_its_word_back_ends_nobodys_registration_and_it_is_shown() {
    let mut district = Registry::founded();
    let (aray, akimat, ss) = (district.aray, district.akimat, district.ss);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let (on, _) = district.book(akimat).person(person).unwrap().record.rosters.remove(0);
    district.book(akimat).withdraw((on.author, on.key), &text("қате")).unwrap();
    district.field.run_until_quiet();
    let view = district.book(ss).person(person).unwrap();
    assert_eq!(view.eligibility.unwrap().reasons, []);
    assert_eq!(view.record.flags(), [RecordFlag::RegisteredOffRoster]);
}
