//! What taking something back would come to is what it comes to, and whoever sees what is kept apart by it stands in the log.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{Author, PersonId, StatementRef};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::records::{HeadState, PersonRecord, Said};
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind};
use jasaq_fieldbook::{Copies, Undone, UndonePerson};
use jasaq_tests::{Contact, Offices, Phone, Registry, name, text, why};

type Named = (Author, StatementRef);

fn named<T>(said: &Said<T>) -> Named {
    (said.author, said.key.clone())
}

fn record(district: &mut Registry, console: Phone, person: PersonId) -> PersonRecord {
    district.book(console).person(person).unwrap().record
}

/// What a console would be shown.
fn foreseen(district: &mut Registry, console: Phone, named: &Named) -> UndonePerson {
    match district.book(console).withdrawal(named.clone(), &text("қате")).unwrap().of {
        Undone::Person(undone) => *undone,
        other => panic!("it is of a person: {other:?}"),
    }
}

/// Takes it back; what was foreseen is what stands.
fn take_back(district: &mut Registry, console: Phone, (named, person): (Named, PersonId)) -> UndonePerson {
    let undone = foreseen(district, console, &named);
    district.book(console).withdraw(named, &text("қате")).unwrap();
    assert_eq!(record(district, console, person), undone.after);
    assert_eq!(undone.may_go.unwrap()[1], district.may_go(console, person));
    undone
}

#[test]
fn who_may_go_again_once_a_cause_is_taken_back_is_foreseen() {
    let mut district = Registry::founded();
    let (ts, aray, squad, today) = (district.ts, district.aray, district.squad, district.today);
    let person = district.active("Бекова Арай", (aray, "0117"));
    for day in ["2025-12-02", "2025-12-03"] {
        district.book(ts).record_offence(person, day.parse().unwrap()).unwrap();
    }
    let offence = named(&record(&mut district, ts, person).offences[1]);
    assert_eq!(take_back(&mut district, ts, (offence, person)).may_go, Some([false, true]));
    let found = (CheckKind::CriminalRecord, CheckFinding::Circumstance);
    district.book(ts).record_checks(person, &[found], today).unwrap();
    district.book(ts).exclude(person, (squad, today), Copies::Delete).unwrap();
    let all = record(&mut district, ts, person);
    let check = all.checks.iter().find(|said| said.what.finding == CheckFinding::Circumstance);
    let check = named(check.unwrap());
    let still_excluded = take_back(&mut district, ts, (check, person));
    assert_eq!(still_excluded.may_go, Some([false, false]));
    let notice = named(&all.exclusions[0]);
    assert_eq!(take_back(&mut district, ts, (notice, person)).may_go, Some([false, true]));
    district.field.run_until_quiet();
    assert_eq!(district.card(aray, aray), Some((true, Some("0117".to_owned()))));
}

#[test]
fn nothing_is_done_by_looking_at_what_a_withdrawal_would_come_to() {
    let mut district = Registry::founded();
    let ss = district.ss;
    let person = district.active("Бекова Арай", (district.aray, "0117"));
    district.strike_off_at(ss, person, ExclusionGround::MovedOut);
    let before = record(&mut district, ss, person);
    let seen = foreseen(&mut district, ss, &named(&before.strike_offs[0]));
    assert!(seen.before == before && seen.after.strike_offs.is_empty());
    assert_eq!(record(&mut district, ss, person), before);
    assert!(district.book(ss).readings().unwrap().unwrap().is_empty(), "a strike-off is not kept apart");
}

#[test]
fn whoever_sees_what_is_kept_apart_by_way_of_a_withdrawal_stands_in_the_log() {
    let mut district = Registry::founded();
    let (ts, ss, today) = (district.ts, district.ss, district.today);
    let person = district.active("Бекова Арай", (district.aray, "0117"));
    let log = |district: &mut Registry, console| {
        let readings = district.book(console).readings().unwrap().unwrap().into_iter();
        readings.map(|one| (one.person, one.reason.to_string())).collect::<Vec<_>>()
    };
    let due = (person, "қате".to_owned());
    for day in ["2025-12-02", "2025-12-03"] {
        district.book(ts).record_offence(person, day.parse().unwrap()).unwrap();
    }
    let all = record(&mut district, ts, person);
    foreseen(&mut district, ts, &named(&all.checks[0]));
    foreseen(&mut district, ts, &named(&all.offences[0]));
    assert_eq!(log(&mut district, ts), [due.clone(), due.clone()]);
    let (author, key) = named(&all.circumstances[0]);
    let refused = district.book(ts).withdrawal((author, key.clone()), &text("қате"));
    assert_eq!(why(refused), RegisterRefused::CauseStands);
    let cause = district.book(ts).cause_of((author, &key), &text("қате")).unwrap().unwrap();
    assert_eq!((cause.author, cause.key), named(&all.offences[1]));
    assert_eq!(log(&mut district, ts).len(), 3, "of what it follows from that is told");
    let other = (ExclusionGround::OwnWish, today);
    district.book(ss).record_circumstance(person, other).unwrap();
    let own = record(&mut district, ss, person).circumstances;
    let own = own.iter().find(|said| said.what.ground == Some(other.0)).unwrap();
    foreseen(&mut district, ss, &named(own));
    assert_eq!(log(&mut district, ss), [due]);
    let of_another = district.book(ss).withdrawal((author, key), &text("қате"));
    assert_eq!(why(of_another), RegisterRefused::NotYoursToWithdraw);
    assert_eq!(log(&mut district, ss).len(), 1, "nothing was shown");
}

fn head(district: &mut Registry, console: Phone) -> HeadState {
    district.book(console).register_squads().unwrap().unwrap()[0].record.head()
}

#[test]
fn a_head_whom_two_consoles_struck_off_heads_again_once_both_took_it_back() {
    let mut district = Offices::founded();
    let person = district.registered(&["Бекова Арай"]).1[0];
    let (ss, council, squad) = (district.ss, district.council[0], district.registry.squad);
    let today = district.registry.today;
    district
        .registry
        .book(council)
        .appoint_head((squad, person), (name("13"), today))
        .unwrap();
    district.registry.field.run_until_quiet();
    for console in ss {
        district.strike_off_at(console, person, ExclusionGround::OwnWish);
    }
    district.come_together(ss, Contact::Relay);
    let registry = &mut district.registry;
    let strike_offs = record(registry, ss[0], person).strike_offs;
    assert_eq!(strike_offs.len(), 2);
    for (said, is_last) in strike_offs.iter().zip([false, true]) {
        let undone = take_back(registry, ss[0], (named(said), person));
        let (again, due) =
            if is_last { (vec![squad], HeadState::Head(person)) } else { (Vec::new(), HeadState::Vacant) };
        assert_eq!((undone.heads_again, undone.several_heads), (again, Vec::new()));
        assert_eq!(head(registry, ss[0]), due);
        registry.field.run_until_quiet();
        assert_eq!(head(registry, council), due);
    }
}

#[test]
fn who_takes_a_strike_off_back_is_told_that_the_squad_has_another_head_meanwhile() {
    let mut district = Registry::founded();
    let (council, ss, squad, today) = (district.council, district.ss, district.squad, district.today);
    let (_, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
    district.field.run_until_quiet();
    let appoint = |district: &mut Registry, person| {
        let book = district.book(council);
        book.appoint_head((squad, person), (name("13"), today)).unwrap();
        district.field.run_until_quiet();
    };
    appoint(&mut district, persons[0]);
    district.strike_off(persons[0], ExclusionGround::OwnWish);
    appoint(&mut district, persons[1]);
    let said = named(&record(&mut district, ss, persons[0]).strike_offs[0]);
    let undone = take_back(&mut district, ss, (said, persons[0]));
    assert_eq!((undone.heads_again, undone.several_heads), (Vec::new(), vec![squad]));
    assert_eq!(head(&mut district, ss), HeadState::Several);
}

#[test]
fn a_list_that_is_taken_back_names_every_head_who_goes_off_with_it() {
    let mut district = Offices::founded();
    let (list, persons) = district.registered(&["Бекова Арай", "Әлиев Асқар"]);
    let (council, squad, today) = (district.council, district.registry.squad, district.registry.today);
    for (console, person) in council.into_iter().zip(&persons) {
        let book = district.registry.book(console);
        book.appoint_head((squad, *person), (name("13"), today)).unwrap();
    }
    district.come_together(council, Contact::Relay);
    let akimat = district.akimat[0];
    assert_eq!(head(&mut district.registry, akimat), HeadState::Several);
    let effect = district.registry.book(akimat).list_withdrawal(list).unwrap();
    assert_eq!(effect.heads_off, persons);
}
