//! An akimat's list of five thousand lines: sent, carried, received, registered from, withdrawn. All of it takes seconds; run
//! with `--nocapture` to read how many. What took minutes once, because a step looked at every line for every line, does not
//! come to an end here.

use std::time::Instant;

use jasaq_fieldbook::NewList;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::CheckFinding;
use jasaq_tests::{Registry, name, papers, text};

const LINES: usize = 5_000;

/// A day with a watch beside it.
struct Day {
    district: Registry,
}

impl Day {
    #[expect(clippy::disallowed_methods, reason = "for a person to read; nothing is decided by it")]
    fn timed<T>(&mut self, what: &str, work: impl FnOnce(&mut Registry) -> T) -> T {
        let since = Instant::now();
        let done = work(&mut self.district);
        println!("{what}: {} ms", since.elapsed().as_millis());
        done
    }
}

#[test]
fn a_list_of_five_thousand_lines_is_sent_received_registered_from_and_withdrawn() {
    let mut day = Day { district: Registry::founded() };
    let (akimat, ts, today, squad) =
        (day.district.akimat, day.district.ts, day.district.today, day.district.squad);
    let members = (0..LINES).map(|line| papers(&format!("Бекова Арай {line}"))).collect();
    let new = NewList { squad, number: Some(name("02-14/311")), day: today, members };
    let list = day.timed("sent", |district| district.book(akimat).submit_list(new).unwrap());
    let flushed = day.timed("flushed", |district| district.book(akimat).flush().unwrap());
    assert_eq!(flushed.statements, 1 + 2 * LINES);
    day.timed("carried", |district| district.field.run_until_quiet());
    day.timed("received", |district| district.book(ts).receive_list(list, today).unwrap());
    let lines = day.timed("lines read", |district| district.book(ts).list_lines(list).unwrap());
    assert_eq!(lines.len(), LINES);
    let persons: Vec<PersonId> = lines.into_iter().map(|(_, person)| person).collect();
    let some: Vec<PersonId> = persons.iter().copied().step_by(LINES / 50).collect();
    day.timed("fifty checked and registered", |district| {
        for person in &some {
            district.check(*person, CheckFinding::Nothing);
            district.try_register(*person).unwrap();
        }
    });
    day.timed("fifty certificates", |district| {
        for (number, person) in some.iter().enumerate() {
            district.try_certify(*person, &format!("{number:04}")).unwrap();
        }
    });
    day.timed("all states", |district| {
        let all = district.book(ts).persons().unwrap();
        assert_eq!(all.len(), LINES);
        for person in all {
            assert!(!district.book(ts).person(person).unwrap().record.history.is_empty());
        }
    });
    let off = day.timed("withdrawn", |district| {
        district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap()
    });
    assert_eq!(off, LINES);
    day.timed("the withdrawal carried", |district| district.field.run_until_quiet());
    assert_eq!(day.district.state(ts, persons[1]), PersonState::OffRoster);
}
