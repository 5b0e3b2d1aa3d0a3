//! The register where consoles are apart and then meet: by relay, by satchel, face to face. What contradicts itself is shown as
//! such by everybody who reads both, and settled by whoever may say it; what ends an engagement ends it everywhere.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::eligibility::Ineligible;
use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::Author;
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::records::{HeadState, PersonState, RecordFlag};
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind};
use jasaq_fieldbook::{Copies, NewTraining};
use jasaq_tests::{Contact, Offices, Phone, Registry, inside, name, text, why};

#[test]
fn one_number_given_by_two_consoles_is_contested_everywhere_until_one_is_taken_back() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (_, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
        let (ts, both) = (district.ts, BTreeSet::from([persons[0], persons[1]]));
        district.certify_at(ts[0], persons[0], "0117").unwrap();
        district.certify_at(ts[1], persons[1], "№ 0117").unwrap();
        district.come_together(ts, way);
        for console in [ts[0], ts[1], district.ss[0], district.ss[1]] {
            assert_eq!(district.holders(console, "0117"), both, "{way:?}");
        }
        let third = district.registered(&["Омаров Дәулет"]).1[0];
        assert_eq!(why(district.certify_at(ts[0], third, "0117")), RegisterRefused::NumberTaken);
        // The other console takes back what the first one gave.
        let record = district.registry.book(ts[1]).person(persons[0]).unwrap().record;
        let issued = &record.certificates[0].issued;
        let named = (issued.author, issued.key.clone());
        district
            .registry
            .book(ts[1])
            .withdraw(named, &text("қайталанған нөмір"))
            .unwrap();
        district.registry.field.run_until_quiet();
        for console in [ts[0], ts[1], district.ss[0], district.ss[1]] {
            assert_eq!(district.holders(console, "0117"), BTreeSet::from([persons[1]]));
        }
        district.certify_at(ts[0], persons[0], "0118").unwrap();
        district.registry.field.run_until_quiet();
        let number = district.all_say(persons[0], |view| {
            view.record
                .certificate()
                .map(|certificate| certificate.issued.what.number.to_string())
        });
        assert_eq!(number.as_deref(), Some("0118"));
        for person in persons {
            district.offices_show_alike(person);
        }
    }
}

#[test]
fn excluded_on_one_console_and_registered_on_another_is_excluded_and_flagged() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (_, persons) = district.registry.list(&["Бекова Арай"]);
        let (person, ts) = (persons[0], district.ts);
        let (squad, today) = (district.registry.squad, district.registry.today);
        district.registry.check(person, CheckFinding::Nothing);
        district.registry.field.run_until_quiet();
        district.register_at(ts[0], person).unwrap();
        let found = (CheckKind::CriminalRecord, CheckFinding::Circumstance);
        district.registry.book(ts[1]).record_checks(person, &[found], today).unwrap();
        district
            .registry
            .book(ts[1])
            .exclude(person, (squad, today), Copies::Delete)
            .unwrap();
        district.come_together(ts, way);
        for console in ts {
            let view = district.registry.book(console).person(person).unwrap();
            assert_eq!(view.record.state(), PersonState::Excluded, "{way:?}");
            assert!(view.record.flags().contains(&RecordFlag::ExcludedAndRegistered));
        }
        district.offices_show_alike(person);
        // Whoever excluded did not know of the registration: the unit is told by the first console that hears of both.
        let reasons = district.all_say(person, |view| view.eligibility.clone().unwrap().reasons);
        assert!(reasons.contains(&Ineligible::Circumstance), "{reasons:?}");
        let told = district.all_say(person, |view| view.record.circumstances.len());
        assert!((1..=2).contains(&told), "by both at once at most: {told}");
    }
}

#[test]
fn two_heads_appointed_apart_are_several_until_the_council_takes_one_back() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (_, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
        let (council, squad, today) = (district.council, district.registry.squad, district.registry.today);
        let appoint = |district: &mut Offices, console: usize| {
            let book = district.registry.book(council[console]);
            book.appoint_head((squad, persons[console]), (name("13"), today)).unwrap()
        };
        let first = appoint(&mut district, 0);
        appoint(&mut district, 1);
        district.come_together(council, way);
        let heads = |district: &mut Offices| {
            let consoles = [district.council, district.ss, district.akimat, district.ts].concat();
            let head = |console: &Phone| {
                district.registry.book(*console).register_squads().unwrap().unwrap()[0]
                    .record
                    .head()
            };
            consoles.iter().map(head).collect::<Vec<_>>()
        };
        assert!(heads(&mut district).iter().all(|head| *head == HeadState::Several), "{way:?}");
        let author = district.registry.field.id(council[0]);
        let named = (Author::from_bytes(*author.as_bytes()), first);
        district
            .registry
            .book(council[1])
            .withdraw(named, &text("бір жасақ — бір басшы"))
            .unwrap();
        district.registry.field.run_until_quiet();
        assert!(heads(&mut district).iter().all(|head| *head == HeadState::Head(persons[1])));
        // Both units' consoles strike the head off, apart: his appointment is over once.
        for console in district.ss {
            district.strike_off_at(console, persons[1], ExclusionGround::OwnWish);
        }
        district.registry.field.run_until_quiet();
        assert!(heads(&mut district).iter().all(|head| *head == HeadState::Vacant));
    }
}

#[test]
fn two_strike_offs_with_two_grounds_end_one_engagement_once() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (_, persons) = district.registered(&["Бекова Арай"]);
        let (person, ss) = (persons[0], district.ss);
        district.strike_off_at(ss[0], person, ExclusionGround::MovedOut);
        district.strike_off_at(ss[1], person, ExclusionGround::OwnWish);
        district.come_together(ss, way);
        let grounds = district.all_say(person, |view| {
            view.record
                .strike_offs
                .iter()
                .map(|said| (said.author, said.what.ground))
                .collect::<Vec<_>>()
        });
        assert_eq!(grounds.len(), 2, "both were said: {way:?}");
        assert_eq!(district.all_say(person, |view| view.record.state()), PersonState::StruckOff);
        // Taking one back leaves the other.
        let said = district
            .registry
            .book(ss[0])
            .person(person)
            .unwrap()
            .record
            .strike_offs
            .remove(0);
        district
            .registry
            .book(ss[1])
            .withdraw((said.author, said.key), &text("басқа негіз"))
            .unwrap();
        district.registry.field.run_until_quiet();
        assert_eq!(district.all_say(person, |view| view.record.state()), PersonState::StruckOff);
        district.offices_show_alike(person);
    }
}

#[test]
fn who_is_struck_off_by_a_console_whose_clock_is_years_ahead_may_not_go_out_today() {
    let mut district = Offices::founded();
    let aray = district.registry.aray;
    let person = district.registry.active("Бекова Арай", (aray, "0117"));
    let ss = district.ss;
    district.registry.field.clock(ss[1]).jump_to_skew(3_650 * 24 * 3_600_000);
    let wrong = district.registry.book(ss[1]).today();
    district
        .registry
        .book(ss[1])
        .strike_off(person, (ExclusionGround::MovedOut, false), wrong)
        .unwrap();
    district.registry.field.run_until_quiet();
    assert_eq!(district.registry.card(aray, aray), Some((false, None)));
    district.registry.field.clock(ss[1]).jump_to_skew(0);
    district.registry.field.run_until_quiet();
    assert_eq!(
        district.all_say(person, |view| view.eligibility.clone().unwrap().reasons),
        [Ineligible::StruckOff]
    );
    assert_eq!(district.registry.card(aray, aray), Some((false, None)));
}

#[test]
fn struck_off_by_one_console_while_the_other_trains_and_identifies_the_strike_off_wins_on_phones() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (_, persons) = district.registered(&["Бекова Арай"]);
        let (person, ss, aray) = (persons[0], district.ss, district.registry.aray);
        district.certify_at(district.ts[0], person, "0117").unwrap();
        district.registry.field.run_until_quiet();
        district.strike_off_at(ss[0], person, ExclusionGround::MovedOut);
        let new = NewTraining {
            persons: vec![person],
            day: district.registry.today,
            military_unit: name("2034"),
            topics: text("001-§10, 12"),
        };
        let member = district.registry.member(aray);
        district.registry.book(ss[1]).record_training(&new).unwrap();
        district.registry.book(ss[1]).identify(member, person).unwrap();
        // The console that has not heard of the strike-off lets him out: for as long as nobody tells it.
        district.registry.field.contact(ss[1]);
        district.registry.field.contact(aray);
        assert_eq!(district.registry.card(aray, aray), Some((true, Some("0117".to_owned()))));
        district.come_together(ss, way);
        for phone in [aray, district.registry.head, ss[0], ss[1]] {
            assert_eq!(district.registry.card(phone, aray), Some((false, None)), "{way:?}");
        }
    }
}

#[test]
fn cards_come_to_rest_and_two_consoles_never_answer_each_other() {
    let mut district = Offices::founded();
    let person = district.registry.active("Бекова Арай", (district.registry.aray, "0117"));
    let ss = district.ss;
    let cards = |district: &Registry| {
        ss.map(|console| {
            let vault = inside::vault_of(district.field.home(console));
            inside::number(&vault, "SELECT count(*) FROM statements WHERE kind = 'squad_card'")
        })
    };
    let before = cards(&district.registry);
    for _ in 0..5 {
        for console in ss {
            district.registry.field.contact(console);
        }
        district.registry.field.meet(ss[0], ss[1]);
    }
    assert_eq!(cards(&district.registry), before, "nothing is said twice a day that is the same");
    // A day later each says it once at most, whoever comes first; and then nothing more.
    district.registry.field.minutes_pass(24 * 60);
    district.registry.field.run_until_quiet();
    let next = cards(&district.registry);
    assert!(
        next.iter()
            .zip(before)
            .all(|(now, before)| (before + 1..=before + 2).contains(now)),
        "{next:?}"
    );
    district.registry.field.run_until_quiet();
    assert_eq!(cards(&district.registry), next);
    // One clock is a day behind: its console does not answer the other's card of today with one of yesterday for ever.
    district.registry.field.clock(ss[1]).jump_to_skew(-24 * 3_600_000);
    for _ in 0..6 {
        for console in ss {
            district.registry.field.contact(console);
        }
    }
    let skewed = cards(&district.registry);
    assert!(skewed.iter().zip(next).all(|(now, before)| *now <= before + 1), "{skewed:?} after {next:?}");
    assert!(district.registry.may_go(ss[0], person));
}

#[test]
fn a_list_taken_back_while_names_are_taken_off_and_some_are_registered() {
    for way in Contact::ALL {
        let mut district = Offices::founded();
        let (list, persons) = district.registry.list(&["Бекова Арай", "Әлиев Асқар", "Омаров Дәулет"]);
        for person in &persons {
            district.registry.check(*person, CheckFinding::Nothing);
        }
        district.registry.field.run_until_quiet();
        let (akimat, ts, squad) = (district.akimat, district.ts, district.registry.squad);
        assert_eq!(district.registry.book(akimat[0]).withdraw_list(list, text("қате")).unwrap(), 3);
        district.registry.book(akimat[1]).take_off_roster(squad, persons[1]).unwrap();
        district.register_at(ts[0], persons[0]).unwrap();
        district.come_together(akimat, way);
        for person in &persons {
            district.offices_show_alike(*person);
            for console in ts {
                let record = district.registry.book(console).person(*person).unwrap().record;
                let is_registered = *person == persons[0];
                let due = if is_registered { PersonState::Registered } else { PersonState::OffRoster };
                assert_eq!(record.state(), due, "{way:?}");
            }
        }
        let registered = district.all_say(persons[0], |view| view.eligibility.clone().unwrap().reasons);
        assert_eq!(registered, [Ineligible::NoCertificate, Ineligible::NotTrained]);
        let flags = district.registry.book(ts[1]).person(persons[0]).unwrap().record.flags();
        assert!(flags.contains(&RecordFlag::RegisteredOffRoster), "it is to be looked at: {flags:?}");
        for person in &persons[1..] {
            assert_eq!(why(district.register_at(ts[1], *person)), RegisterRefused::NotOnRoster);
        }
    }
}
