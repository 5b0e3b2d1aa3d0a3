//! The random districts that another reader is asked to fold alike: among them every kind of operation ends in every way in
//! which it can, members sign in every way that is listed, and the same seed makes the same.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jasaq_tests::folds::line;
use serde_json::Value;

static LINES: LazyLock<Vec<Value>> = LazyLock::new(|| (1..=1_500).map(line).collect());

/// The names that stand in this file and those that came up are the same.
fn assert_all_came(listed: &str, key: &str) {
    let listed: BTreeSet<&str> = listed.lines().filter(|line| !line.starts_with('#')).collect();
    let words =
        |line: &'static Value| line[key].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
    let came: BTreeSet<&str> = LINES.iter().flat_map(words).collect();
    let missing: Vec<_> = listed.difference(&came).collect();
    assert!(missing.is_empty(), "listed and never came up: {missing:#?}");
    let more: Vec<_> = came.difference(&listed).collect();
    assert!(more.is_empty(), "came up and is not listed: {more:#?}");
}

#[test]
fn members_sign_in_every_way() {
    assert_all_came(include_str!("random_folds/made.txt"), "made");
}

#[test]
fn every_kind_of_operation_ends_in_every_way() {
    assert_all_came(include_str!("random_folds/standings.txt"), "reasons");
}

#[test]
fn places_are_judged_and_epochs_clean_in_every_way() {
    let judged = LINES.iter().flat_map(|line| line["says"]["judged"].as_array().unwrap());
    let judged: BTreeSet<String> = judged.map(ToString::to_string).collect();
    let all = ["\"held\"", "\"not in\"", "\"waiting\"", "1", "2", "3", "4", "5", "6", "7"];
    assert_eq!(judged, all.map(str::to_owned).into());
    let spaces = || {
        LINES
            .iter()
            .flat_map(|line| line["says"]["spaces"].as_object().unwrap().values())
    };
    let clean = |space: &Value| {
        let epochs = space["epochs"].as_array().unwrap();
        epochs.iter().map(|epoch| epoch[1].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert!(spaces().any(|space| clean(space).contains(&true) && clean(space).contains(&false)));
    assert!(spaces().any(|space| !space["newest"].is_null() && space["newest_clean"].is_null()));
    assert!(spaces().any(|space| space["closed"] == true));
    let decided = LINES.iter().flat_map(|line| line["says"]["decisions"].as_array().unwrap());
    let decided: BTreeSet<String> = decided.map(|decision| decision[1].to_string()).collect();
    assert_eq!(decided, ["false", "null", "true"].map(str::to_owned).into());
}

#[test]
fn some_members_have_two_devices() {
    let members = |line: &Value| {
        let devices = line["says"]["devices"].as_array().unwrap().iter();
        devices.map(|device| device[1].to_string()).collect::<Vec<_>>()
    };
    let of_two =
        |line: &&Value| members(line).len() > members(line).into_iter().collect::<BTreeSet<_>>().len();
    assert!(LINES.iter().filter(of_two).count() > 100, "else whose devices they are is hardly compared");
}

#[test]
fn what_is_erased_is_explained_and_so_is_what_is_held() {
    let list = |line: &'static Value, says: &str, what: &str| line["says"][says][what].as_array().unwrap();
    for what in ["documents", "sections", "attachments"] {
        assert!(LINES.iter().any(|line| !list(line, "erased", what).is_empty()), "{what} are erased");
    }
    for what in ["documents", "sections"] {
        let more = |line| list(line, "explained", what).len() > list(line, "erased", what).len();
        assert!(LINES.iter().any(more), "{what} may be missing that nothing erases any more");
    }
    let by_two = |named: &Value| named[2].as_array().unwrap().len() > 1;
    assert!(LINES.iter().any(|line| list(line, "erased", "documents").iter().any(by_two)));
}

#[test]
fn a_seed_makes_the_same_district() {
    assert_eq!(line(3), line(3));
    assert_ne!(line(3), line(4));
}
