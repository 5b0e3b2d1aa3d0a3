//! The register where somebody is on the rosters of several squads, or squads are called nearly alike.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{PersonId, SquadId};
use jasaq_fieldbook::model::register::{CheckFinding, Engagement};
use jasaq_fieldbook::{Copies, Deciding, NewList};
use jasaq_tests::{Registry, name, papers, why};

/// A district with a second squad that the same unit supervises.
fn with_a_second_squad() -> (Registry, SquadId) {
    let mut district = Registry::founded();
    let (council, ss, today) = (district.council, district.ss, district.today);
    let decided = (name("Екінші"), name("Зайсан"));
    let second = district.book(council).decide_squad(decided, (name("13"), today)).unwrap();
    district.field.run_until_quiet();
    district.book(ss).supervise(second, None).unwrap();
    district.field.run_until_quiet();
    (district, second)
}

/// The akimat lists a person for another squad too.
fn list_again(district: &mut Registry, person: PersonId, squad: SquadId) {
    let (akimat, ts, day) = (district.akimat, district.ts, district.today);
    let mut again = papers("Бекова Арай");
    again.id = person;
    let new = NewList { squad, ..district.new_list(vec![again]) };
    let list = district.book(akimat).submit_list(new).unwrap();
    district.field.run_until_quiet();
    district.book(ts).receive_list(list, day, Copies::Delete).unwrap();
    district.field.run_until_quiet();
}

#[test]
fn who_is_on_two_rosters_is_registered_as_a_member_of_the_one_that_is_named() {
    let (mut district, second) = with_a_second_squad();
    let (ts, day) = (district.ts, district.today);
    let (_, persons) = district.list(&["Бекова Арай", "Әлиев Асқар"]);
    let (person, on_one) = (persons[0], persons[1]);
    list_again(&mut district, person, second);
    district.check(person, CheckFinding::Nothing);
    district.check(on_one, CheckFinding::Nothing);
    let in_squad = |squad| Deciding { section: name("III"), subdivision: None, squad, day };
    let of_none = district.book(ts).register(person, in_squad(None), Copies::Delete);
    assert_eq!(why(of_none), RegisterRefused::SeveralMeant);
    let of_another = district.book(ts).register(on_one, in_squad(Some(second)), Copies::Delete);
    assert_eq!(why(of_another), RegisterRefused::NotOnRoster);
    district
        .book(ts)
        .register(person, in_squad(Some(second)), Copies::Delete)
        .unwrap();
    let registered = district.book(ts).person(person).unwrap().record;
    assert_eq!(registered.registration().unwrap().engagement, Engagement::SquadMember(second));
}

#[test]
fn an_exclusion_names_a_squad_that_the_person_is_listed_for() {
    let (mut district, second) = with_a_second_squad();
    let (ts, squad, day) = (district.ts, district.squad, district.today);
    let (_, persons) = district.list(&["Бекова Арай"]);
    district.check(persons[0], CheckFinding::Circumstance);
    let of_another = district.book(ts).exclude(persons[0], (second, day), Copies::Delete);
    assert_eq!(why(of_another), RegisterRefused::NotOnRoster);
    district.book(ts).exclude(persons[0], (squad, day), Copies::Delete).unwrap();
}

#[test]
fn squads_whose_names_only_look_alike_are_two_and_one_name_is_one_squads() {
    let mut district = Registry::founded();
    let (council, day) = (district.council, district.today);
    let mut decide = |called: &str| {
        let decided = (name(called), name("Зайсан"));
        district.book(council).decide_squad(decided, (name("13"), day)).map(drop)
    };
    for called in ["Сары", "Сари", "Ұлан", "Улан"] {
        decide(called).unwrap();
    }
    for called in ["сары", "САРЫ", "Ұлан"] {
        assert_eq!(why(decide(called)), RegisterRefused::SquadExists);
    }
}
