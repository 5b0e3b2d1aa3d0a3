//! The random lines that another reader is asked to agree on: among a few thousand is every way of making one, every verdict
//! and every reason for which our reader refuses, and the same seed makes the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jasaq_tests::envelopes::{Counts, Maker, say};
use serde_json::Value;

fn lines(seed: u64, count: u64) -> impl Iterator<Item = Value> {
    let mut maker = Maker::of_seed(seed);
    (0..count).map(move |number| say(number, &maker.make()))
}

static COUNTS: LazyLock<Counts> = LazyLock::new(|| {
    let mut counts = Counts::default();
    lines(1, 16_000).for_each(|line| counts.count(&line));
    // Of statements there are the most kinds and fields.
    let mut maker = Maker::of_seed(1);
    (0..14_000).for_each(|number| counts.count(&say(number, &maker.make_statement())));
    counts
});

/// The names that stand in this file and those that came up are the same.
fn assert_all_came(listed: &str, came: &BTreeMap<String, u64>) {
    let listed: BTreeSet<&str> = listed.lines().filter(|line| !line.starts_with('#')).collect();
    let came: BTreeSet<&str> = came.keys().map(String::as_str).collect();
    let missing: Vec<_> = listed.difference(&came).collect();
    assert!(missing.is_empty(), "listed and never came up: {missing:#?}");
    let more: Vec<_> = came.difference(&listed).collect();
    assert!(more.is_empty(), "came up and is not listed: {more:#?}");
}

#[test]
fn a_line_is_made_in_every_way() {
    assert_all_came(include_str!("random_envelopes/made.txt"), &COUNTS.made);
}

#[test]
fn every_verdict_comes_up() {
    assert_all_came(include_str!("random_envelopes/verdicts.txt"), &COUNTS.verdicts);
}

#[test]
fn our_reader_refuses_for_every_reason() {
    assert_all_came(include_str!("random_envelopes/reasons.txt"), &COUNTS.reasons);
}

#[test]
fn about_half_are_as_they_should_be() {
    let is_whole = |line: &Value| {
        let made = line["made"][0].as_str().unwrap();
        made.starts_with("valid") || made.starts_with("as ")
    };
    let valid = lines(2, 500).filter(is_whole).count();
    assert!((200..300).contains(&valid), "{valid} of 500 are valid");
}

#[test]
fn a_seed_makes_the_same_lines() {
    let all = |seed| lines(seed, 20).collect::<Vec<_>>();
    assert_eq!(all(3), all(3));
    assert_ne!(all(3), all(4));
}
