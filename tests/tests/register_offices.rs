//! Two offices of one kind in one district: neither undoes the other's word, and neither erases the other's people.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{Author, PersonId, StatementRef};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::records::{HeadState, PersonState, SquadRecord};
use jasaq_fieldbook::model::register::{CheckFinding, HeadEnded, Identity, Record, Supervision, Withdrawn};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::squad::NameOff;
use jasaq_fieldbook::model::statement::{Body, Kind};
use jasaq_fieldbook::protocol::membership::SpaceKind;
use jasaq_tests::{Phone, Registry, name, papers, text, why};

/// A district in whose council's space a second office of a kind meets with the others, and a squad that is created there.
fn with_a_second(role: Role) -> (Registry, Phone) {
    let mut district = Registry::founded();
    let other = district.field.join_office("other", role, "екінші");
    let (ts, council, today) = (district.ts, district.council, district.today);
    district
        .book(ts)
        .create_council(&["SS 1", "әкімдік", "екінші", "кеңес"], 2027)
        .unwrap();
    district.field.run_until_quiet();
    let decided = (name("Шыңғыстай"), name("Катонқарағай"));
    district.squad = district.book(council).decide_squad(decided, (name("14"), today)).unwrap();
    district.field.run_until_quiet();
    let (ss, squad) = (district.ss, district.squad);
    district.book(ss).supervise(squad, None).unwrap();
    district.field.run_until_quiet();
    (district, other)
}

fn squad(district: &mut Registry, console: Phone) -> SquadRecord {
    let squad = district.squad;
    let mut all = district.book(console).register_squads().unwrap().unwrap().into_iter();
    all.find(|of| of.squad == squad).unwrap().record
}

/// What a program that was changed would say of somebody else's word.
fn withdrawn(author: Author, key: StatementRef) -> Record {
    Record::Withdrawn(Withdrawn { author, key, reason: text("біздікі") })
}

#[test]
fn a_unit_takes_back_neither_the_end_of_a_head_nor_the_supervision_of_another_unit() {
    let (mut district, other) = with_a_second(Role::StructuralSubdivision);
    let (aray, council, ss, today) = (district.aray, district.council, district.ss, district.today);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let of_squad = district.squad;
    district
        .book(council)
        .appoint_head((of_squad, person), (name("15"), today))
        .unwrap();
    district.field.run_until_quiet();
    district.strike_off(person, ExclusionGround::CriminalLiability);
    let (key, author) = squad(&mut district, other).appointments[0].ended_by[0].clone();
    let claim = squad(&mut district, other).supervisions[0].clone();
    for (author, key) in [(author, key), (claim.author, claim.key)] {
        let refused = district.book(other).withdraw((author, key.clone()), &text("біздікі"));
        assert_eq!(why(refused), RegisterRefused::NotYoursToWithdraw);
        // Said by a changed program, it counts nowhere.
        let said = (of_squad.as_bytes(), withdrawn(author, key));
        district.book(other).say_unlooked(SpaceKind::Council, said).unwrap();
    }
    district.field.run_until_quiet();
    for console in [council, ss, other] {
        let shown = squad(&mut district, console);
        assert_eq!((shown.head(), shown.supervisions.len()), (HeadState::Vacant, 1));
    }
}

#[test]
fn an_akimat_takes_off_nobody_whom_another_akimat_put_on() {
    let (mut district, other) = with_a_second(Role::LocalExecutiveBody);
    let (ts, akimat, squad) = (district.ts, district.akimat, district.squad);
    let (_, persons) = district.list(&["Бекова Арай"]);
    let person = persons[0];
    district.field.run_until_quiet();
    let record = district.book(other).person(person).unwrap().record;
    let on = record.history.into_iter().find(|line| line.kind == Kind::NameOn).unwrap();
    let take_back = district.book(other).withdraw((on.author, on.key.clone()), &text("біздікі"));
    assert_eq!(why(take_back), RegisterRefused::NotYoursToWithdraw);
    let take_off = district.book(other).take_off_roster(squad, person);
    assert_eq!(why(take_off), RegisterRefused::NotYoursToWithdraw);
    let said = (person.as_bytes(), withdrawn(on.author, on.key.clone()));
    district.book(other).say_unlooked(SpaceKind::Council, said).unwrap();
    let off = Body::NameOff(NameOff { squad, person, ends: on.key });
    district
        .book(other)
        .state_unlooked(SpaceKind::Council, (person.as_bytes(), off))
        .unwrap();
    district.field.run_until_quiet();
    for console in [ts, akimat, other] {
        assert_eq!(district.book(console).person(person).unwrap().record.squads().count(), 1);
        assert!(district.book(console).roster().unwrap().unwrap().is_on(squad, person));
    }
    district.book(akimat).take_off_roster(squad, person).unwrap();
    district.field.run_until_quiet();
    for console in [ts, akimat, other] {
        assert_eq!(district.book(console).person(person).unwrap().record.squads().count(), 0);
        assert!(!district.book(console).roster().unwrap().unwrap().is_on(squad, person));
    }
}

#[test]
fn who_takes_a_list_back_is_told_who_stays_since_another_akimat_put_him_on() {
    let (mut district, other) = with_a_second(Role::LocalExecutiveBody);
    let (_, persons) = district.list(&["Бекова Арай"]);
    district.field.run_until_quiet();
    let (mut again, another) = (papers("Бекова Арай"), papers("Әлиев Асқар"));
    again.id = persons[0];
    let new = district.new_list(vec![again, another]);
    let list = district.book(other).submit_list(new).unwrap();
    let effect = district.book(other).list_withdrawal(list).unwrap();
    assert_eq!((effect.off.len(), effect.left_on_roster), (1, 1));
    assert_eq!(effect.stay_with_others, persons);
    assert_eq!(district.book(other).withdraw_list(list, text("қате")).unwrap(), effect.off.len());
}

#[test]
fn who_takes_a_name_off_is_told_whether_another_akimat_put_it_on_too() {
    let (mut district, other) = with_a_second(Role::LocalExecutiveBody);
    let (akimat, squad) = (district.akimat, district.squad);
    let (_, persons) = district.list(&["Бекова Арай"]);
    district.field.run_until_quiet();
    let of_the_others = district.book(other).roster_removal(squad, persons[0]);
    assert_eq!(why(of_the_others), RegisterRefused::NotYoursToWithdraw);
    let alone = district.book(akimat).roster_removal(squad, persons[0]).unwrap();
    assert!(!alone.stays_with_others && alone.left_on_roster == 0);
    district.book(akimat).take_off_roster(squad, persons[0]).unwrap();
    district.field.run_until_quiet();
    // Neither knows yet of the other's.
    for console in [akimat, other] {
        let again = Identity { id: persons[0], ..papers("Бекова Арай") };
        let new = district.new_list(vec![again]);
        district.book(console).submit_list(new).unwrap();
    }
    district.field.run_until_quiet();
    let both = district.book(akimat).roster_removal(squad, persons[0]).unwrap();
    assert!(both.stays_with_others && both.left_on_roster == 1);
    district.book(akimat).take_off_roster(squad, persons[0]).unwrap();
    assert!(district.book(akimat).roster().unwrap().unwrap().is_on(squad, persons[0]));
}

#[test]
fn what_belongs_to_a_list_is_taken_back_with_the_whole_list() {
    let mut district = Registry::founded();
    let (akimat, ts) = (district.akimat, district.ts);
    let (list, persons) = district.list(&["Бекова Арай"]);
    district.field.run_until_quiet();
    let said = district
        .book(akimat)
        .squad_lists()
        .unwrap()
        .unwrap()
        .get(list)
        .unwrap()
        .list
        .clone();
    let line = district.book(akimat).person(persons[0]).unwrap().record.listed.remove(0);
    for named in [(said.author, said.key), (line.author, line.key)] {
        let refused = district.book(akimat).withdraw(named, &text("қате"));
        assert_eq!(why(refused), RegisterRefused::TakenBackWithItsList);
    }
    assert_eq!(district.state(ts, persons[0]), PersonState::InCheck);
    assert_eq!(district.book(akimat).withdraw_list(list, text("қате")).unwrap(), 1);
}

/// Whether a person's registration and name are read by the territorial subdivision.
fn is_kept(district: &mut Registry, person: PersonId) -> bool {
    let ts = district.ts;
    let record = district.book(ts).person(person).map(|view| view.record);
    record.is_ok_and(|record| record.full_name().is_some() && record.squads().count() == 1)
}

#[test]
fn a_unit_erases_whom_its_own_book_struck_off_and_nobody_else() {
    let (mut district, other) = with_a_second(Role::StructuralSubdivision);
    let (aray, ss, ts) = (district.aray, district.ss, district.ts);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let (_, listed) = district.list(&["Әлиев Асқар"]);
    let candidate = listed[0];
    district.check(candidate, CheckFinding::Nothing);
    district.field.run_until_quiet();
    // Another unit reads the roster and not the book: to it nobody seems to be registered.
    for (console, whom) in [(other, person), (other, candidate), (ss, candidate)] {
        assert_eq!(why(district.book(console).person_to_be_erased(whom)), RegisterRefused::NotInOwnBook);
        assert_eq!(why(district.book(console).erase_person(whom)), RegisterRefused::NotInOwnBook);
    }
    district.field.run_until_quiet();
    assert!(is_kept(&mut district, person) && is_kept(&mut district, candidate));
    assert_eq!(district.state(ts, person), PersonState::Active);
    district.strike_off(person, ExclusionGround::MovedOut);
    assert_eq!(why(district.book(other).erase_person(person)), RegisterRefused::NotInOwnBook);
    district.book(ss).erase_person(person).unwrap();
    district.field.run_until_quiet();
    assert!(is_kept(&mut district, person), "the roster is shared with other units: the territory erases it");
    for whom in [person, candidate] {
        district.book(ts).erase_person(whom).unwrap();
    }
    district.field.run_until_quiet();
    assert!(!is_kept(&mut district, person) && !is_kept(&mut district, candidate));
}

#[test]
fn of_a_squad_that_two_units_claim_the_end_of_a_head_shows_which_unit_said_it_and_only_that_one_takes_it_back()
 {
    let (mut district, other) = with_a_second(Role::StructuralSubdivision);
    let (aray, council, ss, today) = (district.aray, district.council, district.ss, district.today);
    let of_squad = district.squad;
    let person = district.active("Бекова Арай", (aray, "0117"));
    district
        .book(council)
        .appoint_head((of_squad, person), (name("15"), today))
        .unwrap();
    // A squad of its own gives the other unit phones to point to.
    let decided = (name("Өзінікі"), name("Катонқарағай"));
    let own = district.book(council).decide_squad(decided, (name("16"), today)).unwrap();
    district.field.run_until_quiet();
    district.book(other).create_squad(&name("Өзінікі"), 2026).unwrap();
    district.book(other).supervise(own, None).unwrap();
    let squads = district.book(other).register_squads().unwrap().unwrap();
    let own = squads.into_iter().find(|squad| squad.squad == own).unwrap();
    let roll = own.record.supervisions[0].what.roll;
    for said in [
        Record::Supervision(Supervision { squad: of_squad, roll }),
        Record::HeadEnded(HeadEnded { squad: of_squad, person, day: today }),
    ] {
        district
            .book(other)
            .say_unlooked(SpaceKind::Council, (of_squad.as_bytes(), said))
            .unwrap();
    }
    district.field.run_until_quiet();
    let shown = squad(&mut district, council);
    assert_eq!((shown.head(), shown.rolls().len()), (HeadState::Vacant, 2), "decisions/0035");
    let (key, author) = shown.appointments[0].ended_by[0].clone();
    let theirs = shown.supervisions.iter().find(|said| said.what.roll == roll).unwrap();
    let office =
        |district: &mut Registry, author| district.book(council).office_of(&author).unwrap().unwrap().0;
    assert_eq!(office(&mut district, author), office(&mut district, theirs.author));
    let ours = shown.supervisions.iter().find(|said| said.what.roll != roll).unwrap();
    assert_ne!(office(&mut district, author), office(&mut district, ours.author));
    for console in [ss, council] {
        let refused = district.book(console).withdraw((author, key.clone()), &text("басшы бар"));
        assert_eq!(why(refused), RegisterRefused::NotYoursToWithdraw);
    }
    district.book(other).withdraw((author, key), &text("біздікі емес")).unwrap();
    district.field.run_until_quiet();
    assert_eq!(squad(&mut district, council).head(), HeadState::Head(person));
}
