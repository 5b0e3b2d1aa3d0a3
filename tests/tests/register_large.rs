//! An akimat's list of five thousand lines: sent, carried, received, registered from, withdrawn. What takes minutes, because a
//! step looks at every line for every line, does not come to its end here in anybody's patience.

use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::CheckFinding;
use jasaq_fieldbook::{Copies, NewList};
use jasaq_tests::{Registry, name, papers, text};

const LINES: usize = 5_000;

#[test]
fn a_list_of_five_thousand_lines_is_sent_received_registered_from_and_withdrawn() {
    let mut district = Registry::founded();
    let (akimat, ts, today) = (district.akimat, district.ts, district.today);
    let members = (0..LINES).map(|line| papers(&format!("Бекова Арай {line}"))).collect();
    let new = NewList { number: Some(name("02-14/311")), ..district.new_list(members) };
    let list = district.book(akimat).submit_list(new).unwrap();
    let flushed = district.book(akimat).flush().unwrap();
    assert_eq!(flushed.statements, 1 + 2 * LINES);
    district.field.run_until_quiet();
    district.book(ts).receive_list(list, today, Copies::Delete).unwrap();
    let lines = district.book(ts).list_lines(list).unwrap().unwrap();
    assert_eq!(lines.len(), LINES);
    let persons: Vec<PersonId> = lines.into_iter().map(|(_, person)| person).collect();
    let some: Vec<PersonId> = persons.iter().copied().step_by(LINES / 50).collect();
    for person in &some {
        district.check(*person, CheckFinding::Nothing);
        district.try_register(*person).unwrap();
    }
    for (number, person) in some.iter().enumerate() {
        district.try_certify(*person, &format!("{number:04}")).unwrap();
    }
    let all = district.book(ts).persons().unwrap().unwrap();
    assert_eq!(all.len(), LINES);
    for person in all {
        assert!(!district.book(ts).person(person).unwrap().record.history.is_empty());
    }
    let off = district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap();
    assert_eq!(off, LINES);
    district.field.run_until_quiet();
    assert_eq!(district.state(ts, persons[1]), PersonState::OffRoster);
}
