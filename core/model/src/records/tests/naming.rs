//! How a person is called, whatever became of his papers.

use super::*;

#[test]
fn who_was_taken_back_is_called_as_he_was_last_whatever_journal_said_it() {
    let applied = |number: u32, key: &str, (on, called): (&str, &str)| {
        let person = Identity { full_name: name(called), ..papers() };
        let application = Application { person, received: day(1), has_insurance: false };
        let mut said = record(Ts, number, Record::Application(application));
        said.key = StatementRef::new(key).unwrap();
        let moment: Moment = format!("{on}T08:10:00+05:00").parse().unwrap();
        said.statement = Statement::new(Clocks::new(moment, None, None), said.statement.body);
        said
    };
    let later = applied(1, "AAAAAAAA.9", ("2026-11-20", "Болатов Асқар"));
    let latest = applied(2, "AAAAAAAA.10", ("2026-11-20", "Болатұлы Асқар"));
    let earlier = applied(3, "ZZZZZZZZ.1", ("2026-11-19", "Балатов Аскар"));
    let mut all = vec![later, latest, earlier];
    let take_back = |stated: &Stated, number| {
        let (author, key) = (stated.author, stated.key.clone());
        record(Ts, number, Record::Withdrawn(Withdrawn { author, key, reason: text("қате") }))
    };
    all.push(take_back(&all[1], 4));
    assert_eq!(person(&all[..4]).full_name().unwrap().as_str(), "Балатов Аскар", "it stands");
    all.push(take_back(&all[0], 5));
    all.push(take_back(&all[2], 6));
    assert_eq!(person(&all).full_name().unwrap().as_str(), "Болатұлы Асқар");
}
