//! What ends somebody's part reaches every unit in whose book he stands, from whichever console knows of it, and says no ground that
//! nobody found; and what two offices claim is nobody's until one of them takes it back.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::model::eligibility::Ineligible;
use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{Author, PersonId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{PersonState, RecordFlag};
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind, CheckOutcome};
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::{Copies, Deciding, FieldbookRefused, PersonView};
use jasaq_tests::{Contact, Offices, Phone, Registry, name, papers, text, why};

fn grounds(view: &PersonView) -> Vec<Option<ExclusionGround>> {
    view.record.circumstances.iter().map(|said| said.what.ground).collect()
}

#[test]
fn a_unit_is_told_that_a_part_ended_and_no_ground_that_nobody_found() {
    let mut district = Registry::founded();
    let (aray, ts, ss, squad, today) =
        (district.aray, district.ts, district.ss, district.squad, district.today);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let found = (CheckKind::NarcologicalRegister, CheckFinding::Circumstance);
    district.book(ts).record_checks(person, &[found], today).unwrap();
    district.field.run_until_quiet();
    let view = district.book(ss).person(person).unwrap();
    assert_eq!(grounds(&view), [None], "what an answer of a register means is nobody's guess");
    assert_eq!(view.eligibility.unwrap().reasons, [Ineligible::Circumstance]);
    assert!(view.record.checks.is_empty(), "the answer itself stays with the territorial subdivision");
    assert_eq!(district.card(aray, aray), Some((false, Some("0117".to_owned()))));
    district.book(ts).exclude(person, (squad, today), Copies::Delete).unwrap();
    district.field.run_until_quiet();
    assert_eq!(grounds(&district.book(ss).person(person).unwrap()), [None], "told once");
}

#[test]
fn a_circumstance_is_not_taken_back_while_what_it_follows_from_stands() {
    let mut district = Registry::founded();
    let (ts, ss, today) = (district.ts, district.ss, district.today);
    let person = district.active("Бекова Арай", (district.aray, "0117"));
    let found = (CheckKind::CriminalRecord, CheckFinding::Circumstance);
    district.book(ts).record_checks(person, &[found], today).unwrap();
    let record = district.book(ts).person(person).unwrap().record;
    let circumstance = record.circumstances[0].clone();
    let of_the_register = record
        .checks
        .into_iter()
        .find(|said| said.what.finding == CheckFinding::Circumstance)
        .unwrap();
    let mut take_back = |author, key| district.book(ts).withdraw((author, key), &text("басқа адам"));
    let refused = take_back(circumstance.author, circumstance.key.clone());
    assert_eq!(why(refused), RegisterRefused::CauseStands);
    take_back(of_the_register.author, of_the_register.key).unwrap();
    district.field.run_until_quiet();
    for console in [ts, ss] {
        assert!(district.may_go(console, person));
    }
}

#[test]
fn two_offences_that_two_consoles_entered_apart_end_a_part_and_one_that_both_entered_does_not() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (_, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
        let (ts, today) = (district.ts, district.registry.today);
        let (before, long_before) = ("2025-12-02".parse().unwrap(), "2025-06-11".parse().unwrap());
        assert!(before < today);
        for (console, day) in ts.into_iter().zip([before, long_before]) {
            let book = district.registry.book(console);
            assert_eq!(book.record_offence(persons[0], day).unwrap(), None, "alone it is none");
            assert_eq!(book.record_offence(persons[1], before).unwrap(), None);
        }
        district.come_together(ts, way);
        let told = district.all_say(persons[0], grounds);
        assert!(
            !told.is_empty() && told.iter().all(|one| *one == Some(ExclusionGround::RepeatAdminOffences))
        );
        let since = district.all_say(persons[0], |view| view.record.ended());
        assert_eq!(since, Some(before), "{way:?}");
        assert_eq!(district.all_say(persons[1], grounds), [], "one offence is not two: {way:?}");
        for person in persons {
            district.offices_show_alike(person);
        }
    }
}

#[test]
fn an_answer_of_a_register_beside_a_registration_on_another_console_ends_the_part() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (_, persons) = district.registry.list(&["Бекова Арай"]);
        let (person, ts, today) = (persons[0], district.ts, district.registry.today);
        district.registry.check(person, CheckFinding::Nothing);
        district.registry.field.run_until_quiet();
        district.register_at(ts[0], person).unwrap();
        let found = (CheckKind::CriminalRecord, CheckFinding::Circumstance);
        district.registry.book(ts[1]).record_checks(person, &[found], today).unwrap();
        district.come_together(ts, way);
        assert!(district.all_say(person, grounds).contains(&None), "{way:?}");
        let flags = district.registry.book(ts[0]).person(person).unwrap().record.flags();
        assert!(flags.contains(&RecordFlag::ChecksDisagree), "{flags:?}");
        district.offices_show_alike(person);
    }
}

/// A council that two structural subdivisions read, and a squad of its own.
fn two_units(district: &mut Registry) -> Phone {
    let other = district.second_ss();
    district.field.run_until_quiet();
    let (council, today) = (district.council, district.today);
    let decided = (name("Шыңғыстай"), name("Катонқарағай"));
    district.squad = district.book(council).decide_squad(decided, (name("14"), today)).unwrap();
    district.book(other).create_squad(&name("Шыңғыстай"), 2026).unwrap();
    district.field.run_until_quiet();
    other
}

/// Somebody whom two consoles of the TS registered with two units.
fn in_two_books(district: &mut Registry, other: Phone) -> PersonId {
    let (ts, ss, squad, today) = (district.ts, district.ss, district.squad, district.today);
    let second_ts = district.second_ts();
    district.book(ss).supervise(squad, None).unwrap();
    district.field.run_until_quiet();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let person = persons[0];
    district.check(person, CheckFinding::Nothing);
    district.field.run_until_quiet();
    let deciding = |subdivision: Option<&str>| Deciding {
        section: name("III"),
        subdivision: subdivision.map(str::to_owned),
        squad: None,
        day: today,
    };
    district
        .book(ts)
        .register(person, deciding(Some("SS 2")), Copies::Delete)
        .unwrap();
    district
        .book(second_ts)
        .register(person, deciding(None), Copies::Delete)
        .unwrap();
    district.field.run_until_quiet();
    assert!(district.book(other).person(person).is_ok());
    person
}

#[test]
fn who_stands_in_two_books_is_out_of_both_when_one_unit_strikes_him_off() {
    let mut district = Registry::founded();
    let other = two_units(&mut district);
    let person = in_two_books(&mut district, other);
    let (ts, ss) = (district.ts, district.ss);
    let flags = district.book(ts).person(person).unwrap().record.flags();
    assert!(flags.contains(&RecordFlag::RegisteredTwice), "{flags:?}");
    district.strike_off_at(other, person, ExclusionGround::MovedOut);
    district.field.run_until_quiet();
    let in_the_other_book = district.book(ss).person(person).unwrap();
    let told = grounds(&in_the_other_book);
    assert!(!told.is_empty() && told.iter().all(|ground| *ground == Some(ExclusionGround::MovedOut)));
    let reasons = in_the_other_book.eligibility.unwrap().reasons;
    assert!(reasons.contains(&Ineligible::Circumstance));
    assert_eq!(district.state(ts, person), PersonState::StruckOff);
}

#[test]
fn a_squad_that_two_units_say_they_supervise_is_neithers_until_one_takes_it_back() {
    let mut district = Registry::founded();
    let other = two_units(&mut district);
    let (ts, ss, squad) = (district.ts, district.ss, district.squad);
    district.book(ss).supervise(squad, None).unwrap();
    district.book(other).supervise(squad, None).unwrap();
    district.field.run_until_quiet();
    let claims = |district: &mut Registry, console: Phone| {
        let squads = district.book(console).register_squads().unwrap().unwrap();
        let of_squad = squads.into_iter().find(|one| one.squad == squad).unwrap();
        of_squad.record.supervisions
    };
    for console in [ts, ss, other, district.council] {
        assert_eq!(claims(&mut district, console).len(), 2);
    }
    let (_, persons) = district.list(&["Бекова Арай"]);
    district.check(persons[0], CheckFinding::Nothing);
    assert_eq!(why(district.try_register(persons[0])), RegisterRefused::SupervisedByOther);
    let author = Author::from_bytes(*district.field.id(other).as_bytes());
    let claim = claims(&mut district, other)
        .into_iter()
        .find(|said| said.author == author)
        .unwrap();
    district
        .book(other)
        .withdraw((author, claim.key), &text("біздікі емес"))
        .unwrap();
    district.field.run_until_quiet();
    assert_eq!(claims(&mut district, ts).len(), 1);
    district.try_register(persons[0]).unwrap();
    assert_eq!(why(district.book(other).supervise(squad, None)), RegisterRefused::SupervisedByOther);
    district.book(ss).supervise(squad, None).unwrap();
    assert_eq!(claims(&mut district, ss).len(), 1, "who supervises it says it once");
}

#[test]
fn a_phone_that_is_said_to_be_two_persons_lets_nobody_out_until_one_is_taken_back() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let aray = district.registry.aray;
        let first = district.registry.active("Бекова Арай", (aray, "0117"));
        let second = district.registered(&["Әлиев Асқар"]).1[0];
        let (ss, member) = (district.ss, district.registry.member(aray));
        let is = |district: &mut Offices, console: usize, person| {
            district.registry.book(ss[console]).identify(member, person)
        };
        assert_eq!(why(is(&mut district, 1, second)), RegisterRefused::MemberTaken);
        // Who had the phone is struck off; each console gives it to another who comes after him.
        district.strike_off_at(ss[0], first, ExclusionGround::MovedOut);
        let third = district.registry.active("Бекова Арай", (district.registry.head, "0118"));
        is(&mut district, 0, second).unwrap();
        is(&mut district, 1, third).unwrap();
        district.come_together(ss, way);
        for phone in [aray, district.registry.head, ss[0], ss[1]] {
            assert_eq!(district.registry.card(phone, aray), Some((false, None)), "{way:?}");
        }
        let contested = BTreeMap::from([(member, BTreeSet::from([second, third]))]);
        for console in ss {
            assert_eq!(district.registry.book(console).contested_phones().unwrap().unwrap(), contested);
        }
        let record = district.registry.book(ss[1]).person(second).unwrap().record;
        let mut said = record.history.into_iter().filter(|line| line.kind == Kind::MemberIs);
        let mistake = said.next().unwrap();
        district
            .registry
            .book(ss[1])
            .withdraw((mistake.author, mistake.key), &text("басқа адам"))
            .unwrap();
        district.registry.field.run_until_quiet();
        for phone in [aray, district.registry.head, ss[0], ss[1]] {
            assert!(district.registry.book(ss[0]).contested_phones().unwrap().unwrap().is_empty());
            assert_eq!(district.registry.card(phone, aray), Some((true, Some("0118".to_owned()))));
        }
    }
}

#[test]
fn an_application_that_two_consoles_decided_both_ways_registers_nobody() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (ts, today) = (district.ts, district.registry.today);
        let applied =
            district
                .registry
                .book(ts[0])
                .receive_application(papers("Бекова Арай"), (today, false), &[]);
        let person = applied.unwrap();
        district.registry.check(person, CheckFinding::Nothing);
        district.registry.field.run_until_quiet();
        for (console, outcome) in ts.into_iter().zip([CheckOutcome::Approved, CheckOutcome::Refused]) {
            district
                .registry
                .book(console)
                .decide_application(person, (outcome, today), Copies::Delete)
                .unwrap();
        }
        district.come_together(ts, way);
        for console in ts {
            let record = district.registry.book(console).person(person).unwrap().record;
            assert_eq!(record.decision(), None, "{way:?}");
            assert!(record.flags().contains(&RecordFlag::DecidedBothWays));
            assert_eq!(why(district.register_at(console, person)), RegisterRefused::NotApproved);
        }
    }
}

#[test]
fn a_strike_off_that_is_taken_back_in_one_book_is_taken_back_in_the_other() {
    let mut district = Registry::founded();
    let other = two_units(&mut district);
    let person = in_two_books(&mut district, other);
    let (ts, ss, ground) = (district.ts, district.ss, ExclusionGround::MovedOut);
    district.strike_off_at(other, person, ground);
    district.field.run_until_quiet();
    assert_eq!(district.book(ss).person(person).unwrap().record.end().unwrap().0, Some(ground));
    let said = district.book(other).person(person).unwrap().record.strike_offs.remove(0);
    district
        .book(other)
        .withdraw((said.author, said.key), &text("басқа адам"))
        .unwrap();
    district.field.run_until_quiet();
    for console in [ts, ss, other] {
        assert_eq!(district.book(console).person(person).unwrap().record.end(), None);
    }
}

#[test]
fn what_a_unit_is_told_does_not_hang_on_what_became_known_first() {
    let (first, second) = ("2025-12-02".parse().unwrap(), "2025-12-03".parse().unwrap());
    let found = [(CheckKind::CriminalRecord, CheckFinding::Circumstance)];
    let told = [true, false].map(|offences_first| {
        let mut district = Registry::founded();
        let (ts, ss, today) = (district.ts, district.ss, district.today);
        let person = district.active("Бекова Арай", (district.aray, "0117"));
        for is_offence in [offences_first, !offences_first] {
            if is_offence {
                district.book(ts).record_offence(person, first).unwrap();
                district.book(ts).record_offence(person, second).unwrap();
            } else {
                district.book(ts).record_checks(person, &found, today).unwrap();
            }
            district.field.run_until_quiet();
        }
        let view = district.book(ss).person(person).unwrap();
        (grounds(&view), view.record.ended())
    });
    assert_eq!(told[0], (vec![Some(ExclusionGround::RepeatAdminOffences)], Some(second)));
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_ground_that_was_entered_in_error_is_taken_back_beside_another_cause() {
    let mut district = Registry::founded();
    let (ts, ss, today) = (district.ts, district.ss, district.today);
    let person = district.active("Бекова Арай", (district.aray, "0117"));
    let found = [(CheckKind::CriminalRecord, CheckFinding::Circumstance)];
    district.book(ts).record_checks(person, &found, today).unwrap();
    let ground = (ExclusionGround::MovedOut, today);
    district.book(ts).record_circumstance(person, ground).unwrap();
    let record = district.book(ts).person(person).unwrap().record;
    let wrong = record.circumstances.into_iter().find(|said| said.what.ground == Some(ground.0));
    let wrong = wrong.unwrap();
    district
        .book(ts)
        .withdraw((wrong.author, wrong.key), &text("басқа адам"))
        .unwrap();
    district.field.run_until_quiet();
    assert_eq!(grounds(&district.book(ss).person(person).unwrap()), [None]);
}

#[test]
fn every_wish_to_leave_becomes_a_circumstance_whatever_was_entered_or_who_had_the_phone_before() {
    let mut district = Registry::founded();
    let (aray, ss, today) = (district.aray, district.ss, district.today);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let wish = (ExclusionGround::OwnWish, today);
    district.book(ss).record_circumstance(person, wish).unwrap();
    let by_hand = district.book(ss).person(person).unwrap().record.circumstances.remove(0);
    district
        .book(ss)
        .withdraw((by_hand.author, by_hand.key), &text("басқа адам"))
        .unwrap();
    district.book(aray).wish_to_leave().unwrap();
    district.field.run_until_quiet();
    assert_eq!(grounds(&district.book(ss).person(person).unwrap()), [Some(wish.0)]);
    district.strike_off(person, wish.0);
    let anew = district.active("Бекова Арай", (aray, "0118"));
    assert_eq!(grounds(&district.book(ss).person(anew).unwrap()), [], "it was another engagement's");
    district.book(aray).wish_to_leave().unwrap();
    district.field.run_until_quiet();
    assert_eq!(grounds(&district.book(ss).person(anew).unwrap()), [Some(wish.0)]);
}

#[test]
fn an_applicant_of_whom_something_was_found_after_the_decision_is_not_registered() {
    let mut district = Registry::founded();
    let (ts, today) = (district.ts, district.today);
    let applied = district.book(ts).receive_application(papers("Ким Виктор"), (today, false), &[]);
    let person = applied.unwrap();
    district.check(person, CheckFinding::Nothing);
    let approved = (CheckOutcome::Approved, today);
    district.book(ts).decide_application(person, approved, Copies::Delete).unwrap();
    let found = [(CheckKind::CriminalRecord, CheckFinding::Circumstance)];
    district.book(ts).record_checks(person, &found, today).unwrap();
    let deciding =
        Deciding { section: name("III"), subdivision: Some("SS 1".to_owned()), squad: None, day: today };
    assert_eq!(
        why(district.book(ts).register(person, deciding, Copies::Delete)),
        RegisterRefused::CircumstanceFound
    );
}

#[test]
fn a_circumstance_of_a_candidate_is_recorded_where_his_check_stands_and_excludes() {
    let mut district = Registry::founded();
    let (ts, ss, akimat, squad, today) =
        (district.ts, district.ss, district.akimat, district.squad, district.today);
    let (_, persons) = district.list(&["Бекова Арай"]);
    let person = persons[0];
    district.check(person, CheckFinding::Nothing);
    let ground = (ExclusionGround::MovedOut, today);
    assert!(district.book(ss).record_circumstance(person, ground).is_err(), "no candidate is its own");
    district.book(ts).record_circumstance(person, ground).unwrap();
    assert_eq!(why(district.try_register(person)), RegisterRefused::CircumstanceFound);
    district.book(ts).exclude(person, (squad, today), Copies::Delete).unwrap();
    district.field.run_until_quiet();
    let read = district.book(akimat).person(person).unwrap().record;
    assert_eq!((read.exclusions.len(), read.circumstances.len()), (1, 0), "whom, and not why");
}

#[test]
fn answers_count_for_the_list_that_they_were_asked_about_and_nobody_is_registered_before_them() {
    let mut district = Registry::founded();
    let (ts, today) = (district.ts, district.today);
    let received: Day = "2025-06-10".parse().unwrap();
    let (_, person) = district.list_on(received, "Бекова Арай");
    district.check(person, CheckFinding::Nothing);
    let mut register = |day| {
        let deciding = Deciding { section: name("III"), subdivision: None, squad: None, day };
        district.book(ts).register(person, deciding, Copies::Delete)
    };
    assert!(
        matches!(register(received), Err(FieldbookRefused::TooEarly(early)) if early.kind == Kind::Check)
    );
    register(today).unwrap();
}

#[test]
fn no_certificate_is_made_for_whose_part_has_ended() {
    let mut district = Registry::founded();
    let (ss, today) = (district.ss, district.today);
    let (_, persons) = district.registered(&["Бекова Арай"]);
    let person = persons[0];
    district.field.run_until_quiet();
    let ground = (ExclusionGround::MovedOut, today);
    district.book(ss).record_circumstance(person, ground).unwrap();
    district.field.run_until_quiet();
    assert_eq!(why(district.try_certify(person, "0117")), RegisterRefused::CircumstanceFound);
}
