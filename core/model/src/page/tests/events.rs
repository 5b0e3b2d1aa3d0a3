//! What a page says of events.

use super::said::{Said, note};
use crate::settling::{Choice, SettledField};

#[test]
fn a_time_that_the_head_decided_is_that_of_the_event_and_puts_it_in_order() {
    let mut said = Said::default();
    let one = said.enter((1, 10), "бір адам");
    said.enter((1, 20), "екі адам");
    said.decide((1, 60), (SettledField::Time, &[&one]), Choice::Another(note("2026-05-01T20:30:00+05:00")));
    let page = said.page(|_| {});
    let told: Vec<_> = page
        .events
        .iter()
        .map(|event| (event.at.as_str(), event.evidence.as_str(), event.told_by[0][1].as_str()))
        .collect();
    assert_eq!(
        told,
        [("2026-05-01T20:20:00+05:00", "device", "p1.1"), ("2026-05-01T20:30:00+05:00", "decided", "p1.0"),]
    );
    // Of what cannot be decided the best evidence is all there is.
    for choice in [Choice::Undecided, Choice::LeftOut] {
        let mut said = Said::default();
        let one = said.enter((1, 10), "бір адам");
        said.decide((1, 60), (SettledField::Time, &[&one]), choice);
        let event = &said.page(|_| {}).events[0];
        assert_eq!((event.at.as_str(), event.evidence.as_str()), ("2026-05-01T20:10:00+05:00", "device"));
    }
}
