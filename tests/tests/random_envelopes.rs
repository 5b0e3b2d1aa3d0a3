//! The random envelopes that another reader is asked to agree on: they show every verdict there is, and the same seed
//! makes the same.

use std::collections::BTreeSet;

use jasaq_tests::envelopes::{Maker, say};
use serde_json::Value;

fn lines(seed: u64, count: u64) -> Vec<Value> {
    let mut maker = Maker::of_seed(seed);
    (0..count).map(|number| say(number, &maker.make())).collect()
}

fn words<'a>(lines: &'a [Value], path: &str) -> BTreeSet<&'a str> {
    lines.iter().filter_map(|line| line.pointer(path)?.as_str()).collect()
}

#[test]
fn every_verdict_comes_up() {
    let lines = lines(1, 3_000);
    let verdicts = [
        "another device's journal",
        "bad signature",
        "continues",
        "fork",
        "known",
        "not an envelope",
        "of a newer version",
        "waits for the first",
        "waits for the one before",
    ];
    assert_eq!(words(&lines, "/says/verdict"), BTreeSet::from(verdicts));
    let opened = ["another key", "newer", "nothing sealed", "opened", "refused"];
    assert_eq!(words(&lines, "/says/opened/verdict"), BTreeSet::from(opened));
    let readings = ["known", "refused", "unknown"];
    assert_eq!(words(&lines, "/says/operations/0/reading"), BTreeSet::from(readings));
}

#[test]
fn about_half_are_as_they_should_be() {
    let mut maker = Maker::of_seed(2);
    let valid = (0..500).filter(|_| maker.make().made.starts_with("valid")).count();
    assert!((200..300).contains(&valid), "{valid} of 500 are valid");
}

#[test]
fn a_seed_makes_the_same_envelopes() {
    assert_eq!(lines(3, 20), lines(3, 20));
    assert_ne!(lines(3, 20), lines(4, 20));
}
