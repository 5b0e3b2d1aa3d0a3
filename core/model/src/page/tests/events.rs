//! What a page says of events.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::*;
use super::said::{Said, note, track};
use crate::ids::{LegId, MemberId};
use crate::mark::{Mark, MarkKind};
use crate::patrol::{LegEnd, LegStart, Members, Transport};
use crate::planning::Before;
use crate::settling::{Choice, SameEvent, Sameness, SettledField, Settling};
use crate::statement::Body;

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

/// Words beside the facts stand in the page as commitments, at their place.
#[track_caller]
fn opens(openings: &[Opening], (path, words): (&str, &str), commitment: Option<&Commitment>) {
    let opening = openings.iter().find(|opening| opening.path == path).unwrap();
    assert!(opening.value == words && commitment.unwrap().is_opened_by(opening), "{opening:?}");
}

#[test]
fn what_was_amended_is_there_as_it_was_and_why() {
    let mut said = Said::default();
    let one = said.enter((1, 10), "екі адам");
    let amended = said.amend((1, 40), &one, ("ешкім", Some("тексерілді")));
    let (page, openings) = said.composed(|_| {});
    let [event] = page.events.as_slice() else { panic!("one event") };
    assert_eq!((event.amended, event.fields.last().unwrap().value.as_deref()), (1, Some("ешкім")));
    let [earlier] = event.earlier.as_slice() else { panic!("one version before") };
    let text = ["text".to_owned(), "екі адам".to_owned()];
    assert!(earlier.by[1] == one.key.as_str() && earlier.said.contains(&text), "{earlier:?}");
    assert_eq!(earlier.at, "2026-05-01T20:10:00+05:00");
    let [why] = earlier.amended.as_slice() else { panic!("one amendment") };
    assert_eq!(why.why, "known_better");
    opens(&openings, ("/events/0/earlier/0/amended/0/note", "тексерілді"), why.note.as_ref());
    assert_eq!((&*why.by[1], &*why.at), (amended.key.as_str(), "2026-05-01T20:40:00+05:00"));
    assert_eq!(page.withdrawn, []);
}

#[test]
fn what_was_taken_back_is_there_with_who_took_it_back_and_why() {
    let mut said = Said::default();
    let one = said.enter((1, 10), "біз оны ұрдық");
    let amended = said.amend((1, 20), &one, ("ешкім", None));
    let back = said.take_back((1, 30), &one, "қате");
    // Nobody amends what another said; it is there all the same.
    let other = said.enter((1, 11), "үш адам");
    let of_another = said.amend((2, 21), &other, ("төрт адам", None));
    let (page, openings) = said.composed(|_| {});
    assert_eq!(page.events.len(), 1);
    let keys: Vec<_> = page.withdrawn.iter().map(|line| line.by[1].as_str()).collect();
    assert_eq!(keys, [&one, &amended, &of_another].map(|cause| cause.key.as_str()));
    let [first, its_amendment, none] = page.withdrawn.as_slice() else { panic!() };
    assert!(first.said.contains(&["text".to_owned(), "біз оны ұрдық".to_owned()]));
    let taken = first.withdrawal.as_ref().unwrap();
    assert_eq!(taken.by[1], back.key.as_str());
    opens(&openings, ("/withdrawn/0/withdrawal/reason", "қате"), Some(&taken.reason));
    assert_eq!(taken.at, "2026-05-01T20:30:00+05:00");
    assert_eq!((its_amendment.why.as_deref(), &its_amendment.withdrawal), (Some("known_better"), &None));
    assert_eq!(none.withdrawal, None);
}

/// Whether each event, and what was taken back, came late, by the words of the first page and of the one after.
fn late_of(sealed: &Said, since: impl FnOnce(&mut Said)) -> (Vec<bool>, Vec<bool>) {
    let mut said = sealed.clone();
    since(&mut said);
    assert!(said.page(|_| {}).events.iter().all(|event| !event.late), "of a first page nothing is late");
    let page = said.page_after(sealed);
    let withdrawn = page.withdrawn.iter().map(|line| line.late).collect();
    (page.events.iter().map(|event| event.late).collect(), withdrawn)
}

#[test]
fn an_event_is_late_by_any_version_and_by_what_was_taken_back() {
    let mut sealed = Said::default();
    let (one, two) = (sealed.enter((1, 10), "бір адам"), sealed.enter((1, 20), "екі адам"));
    let amended = sealed.amend((1, 30), &two, ("үш адам", None));
    assert_eq!(late_of(&sealed, |_| {}), (vec![false, false], vec![]));
    let amend = |said: &mut Said| drop(said.amend((1, 90), &one, ("ешкім", None)));
    assert_eq!(late_of(&sealed, amend), (vec![true, false], vec![]));
    let back = |said: &mut Said| drop(said.take_back((1, 90), &amended, "қате"));
    assert_eq!(late_of(&sealed, back), (vec![false, true], vec![true]));
    let gone = |said: &mut Said| drop(said.take_back((1, 90), &one, "қате"));
    assert_eq!(late_of(&sealed, gone), (vec![false], vec![true]));
}

#[test]
fn marks_legs_and_tracks_are_late_too() {
    let mark = || {
        Body::Mark(Mark { kind: MarkKind::Pause, occurred_at: None, until: None, cause: None, note: None })
    };
    let leg = |number: u8| {
        let members = Members::new([MemberId::from_bytes([1; 16])]).unwrap();
        let leg = LegId::from_bytes([number; 16]);
        Body::LegStarted(LegStart { leg, transport: Transport::OnFoot, members, occurred_at: None })
    };
    let mut said = Said::default();
    said.say((1, 1), mark());
    said.say((1, 2), leg(1));
    said.say((1, 3), leg(2));
    said.say((1, 4), track(1));
    let sealed = said.clone();
    said.say((1, 50), mark());
    said.say((1, 51), Body::LegEnded(LegEnd { leg: LegId::from_bytes([2; 16]), occurred_at: None }));
    said.say((1, 52), track(2));
    let page = said.page_after(&sealed);
    assert_eq!(page.marks.iter().map(|line| line.late).collect::<Vec<_>>(), [false, true]);
    assert_eq!(page.legs.iter().map(|line| line.late).collect::<Vec<_>>(), [false, true]);
    assert_eq!(page.tracks.iter().map(|line| line.late).collect::<Vec<_>>(), [false, true]);
}

/// What somebody does: writes, amends or takes back what was said before.
fn everything_said(drawn: &[(u8, u8, u16)]) -> Said {
    let mut said = Said::default();
    for (minute, (phone, what, of)) in (0..).zip(drawn) {
        let (phone, at) = (phone % 3 + 1, format!("<{minute}>"));
        let before: Vec<_> = said.0.iter().map(crate::stated::Stated::cause).collect();
        let of = before.get(usize::from(*of) % before.len().max(1)).cloned();
        match (what % 4, of) {
            (1 | 2, Some(of)) => said.amend((phone, minute), &of, (&at, Some(&format!("{{{minute}}}")))),
            (3, Some(of)) => said.take_back((phone, minute), &of, &format!("({minute})")),
            _ => said.enter((phone, minute), &at),
        };
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_page_has_every_word_of_every_version(drawn in vec(any::<(u8, u8, u16)>(), 1..40)) {
        let said = everything_said(&drawn);
        let (page, openings) = said.composed(|_| {});
        let bytes = PageBytes::of(&page);
        let written = String::from_utf8(bytes.as_bytes().to_vec()).unwrap();
        prop_assert!(openings.iter().all(|opening| bytes.commitments().are_opened_by(opening)));
        let beside: Vec<&str> = openings.iter().map(|opening| opening.value.as_str()).collect();
        let log = said.log();
        for (number, stated) in said.0.iter().enumerate() {
            let key = stated.key.as_str();
            let (entry, note, reason) =
                (format!("<{number}>"), format!("{{{number}}}"), format!("({number})"));
            let is_entry = matches!(stated.statement.body, Body::Entry(_) | Body::Amended(_));
            prop_assert!(!is_entry || written.contains(&entry), "{key}: {entry} is gone from {written}");
            let is_amendment = matches!(stated.statement.body, Body::Amended(_));
            prop_assert_eq!(beside.contains(&note.as_str()), is_amendment, "{}", key);
            let took_back = log.stated().iter().any(|of| log.withdrawn_by(of) == Some(&stated.cause()));
            prop_assert_eq!(beside.contains(&reason.as_str()), took_back, "{}", key);
            prop_assert!(!written.contains(&note) && !written.contains(&reason), "nothing erases it");
        }
    }
}

#[test]
fn what_agrees_but_for_a_minute_is_counted_and_stands_on_the_page_as_each_said_it() {
    let mut said = Said::default();
    let entries = [said.enter((2, 11), "із бар"), said.enter((1, 10), "Із бар.")];
    let entries = Before::new(entries).unwrap();
    let same = SameEvent { entries, is: Sameness::One, reason: None, replaces: Before::default() };
    said.say((1, 60), Body::Settling(Settling::SameEvent(same)));
    let page = said.page(|_| {});
    let [event] = page.events.as_slice() else { panic!("one event") };
    let time = &event.fields[0];
    assert_eq!(time.value.as_deref(), Some(event.at.as_str()), "the field says what the event does");
    assert_eq!((event.at.as_str(), time.said, time.of), ("2026-05-01T20:10:00+05:00", 2, 2));
    assert_eq!(time.others[0].value, "2026-05-01T20:11:00+05:00");
    let text = event.fields.iter().find(|line| line.field == "text").unwrap();
    assert_eq!((text.others.len(), text.said), (1, 2));
}
