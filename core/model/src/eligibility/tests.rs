//! Who may go out, and what is said if he may not.

use super::*;
use crate::records::Lists;
use crate::records::tests::{
    ASKAR, active, certified, circumstance, day, lost, off_roster, on_roster, registered, reprinted,
    struck_off, trained, withdrawn,
};
use crate::roles::Role;
use crate::stated::Stated;

fn reasons(statements: impl IntoIterator<Item = Stated>, on: Day) -> Vec<Ineligible> {
    let record = PersonRecord::from_statements(ASKAR, statements, &Lists::default());
    eligibility(&record, on).reasons
}

#[test]
fn who_is_registered_certified_and_trained_may_go_out_from_the_day_on_which_all_is_so() {
    assert_eq!(reasons(active(), day(6)), []);
    assert_eq!(reasons(active(), day(5)), [Ineligible::NotTrained]);
    assert_eq!(reasons(active(), day(4)), [Ineligible::NoCertificate, Ineligible::NotTrained]);
    let all = [Ineligible::NotRegistered, Ineligible::NoCertificate, Ineligible::NotTrained];
    assert_eq!(reasons(active(), day(1)), all);
}

#[test]
fn each_thing_that_is_missing_is_said() {
    let without = |gone: &Stated| active().into_iter().filter(|stated| stated != gone).collect::<Vec<_>>();
    assert_eq!(reasons(without(&registered()), day(20)), [Ineligible::NotRegistered]);
    assert_eq!(reasons(without(&certified(6, "0117")), day(20)), [Ineligible::NoCertificate]);
    assert_eq!(reasons(without(&trained()), day(20)), [Ineligible::NotTrained]);
    let off = [vec![off_roster()], without(&registered())].concat();
    assert_eq!(reasons(off, day(20)), [Ineligible::NotRegistered, Ineligible::OffRoster]);
}

#[test]
fn no_roster_ends_the_part_of_who_is_registered() {
    let without_a_roster: Vec<_> = active().into_iter().filter(|stated| *stated != on_roster()).collect();
    assert_eq!(reasons(without_a_roster, day(20)), [], "only a strike-off does, on a ground of 001-§15");
    assert_eq!(reasons([active(), vec![off_roster()]].concat(), day(20)), []);
    let struck_off = [active(), vec![off_roster(), struck_off()]].concat();
    assert_eq!(reasons(struck_off, day(20)), [Ineligible::StruckOff]);
}

#[test]
fn a_circumstance_ends_it_at_once_and_a_strike_off_for_good() {
    let with = |more: Vec<Stated>| [active(), more].concat();
    assert_eq!(reasons(with(vec![circumstance()]), day(9)), [], "it had not arisen yet");
    assert_eq!(reasons(with(vec![circumstance()]), day(10)), [Ineligible::Circumstance]);
    let both = with(vec![circumstance(), struck_off()]);
    let by_a_wrong_clock = reasons(with(vec![struck_off()]), day(10));
    assert_eq!(by_a_wrong_clock, [Ineligible::StruckOff], "the day before the one it names");
    assert_eq!(reasons(both, day(11)), [Ineligible::StruckOff, Ineligible::Circumstance]);
    let taken_back = with(vec![struck_off(), withdrawn(Role::StructuralSubdivision, 30, &struck_off())]);
    assert_eq!(reasons(taken_back, day(20)), []);
}

#[test]
fn every_reason_rests_on_the_law() {
    assert!(Ineligible::ALL.iter().all(|reason| !reason.paragraphs().is_empty()));
}

#[test]
fn an_outlook_says_of_every_day_what_was_asked_of_that_day() {
    let lost_and_back = vec![lost(8, 1), reprinted(9)];
    let ended =
        vec![circumstance(), struck_off(), withdrawn(Role::StructuralSubdivision, 30, &circumstance())];
    for more in [vec![], lost_and_back, vec![off_roster()], ended] {
        let all = [active(), more].concat();
        for count in 0..=all.len() {
            let record = PersonRecord::from_statements(ASKAR, all[..count].to_vec(), &Lists::default());
            let outlook = Outlook::from_bytes(&Outlook::of(&record).to_bytes()).unwrap();
            for on in (1..=30).map(day).chain([Day::FIRST, Day::new(9999, 12, 31).unwrap()]) {
                assert_eq!(outlook.on(on), eligibility(&record, on), "{count} statements, {on}");
            }
        }
    }
    assert_eq!(Outlook::from_bytes(&[0; 6]), None);
}
