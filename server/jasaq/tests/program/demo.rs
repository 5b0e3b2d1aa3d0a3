//! The demo, as CI and visitors run it.

use serde_json::Value;

use crate::squad::{Place, finish, program};

#[test]
fn the_demo_loses_nothing_and_everybody_shows_the_same() {
    let done = finish(program().args(["demo", "--json"]), b"").well();
    let day: Value = serde_json::from_str(&done).unwrap();
    let number = |name: &str| day[name].as_u64().unwrap();
    assert_eq!((number("devices"), number("lost"), &day["converged"]), (8, 0, &true.into()));
    assert_eq!(number("entries_written"), number("entries_at_head"));
    assert_eq!(number("entries_written"), number("entries_at_ss"));
    assert_eq!((number("points"), number("waypoints")), (480, 7));
    assert_eq!((number("points_at_ss"), number("waypoints_at_ss")), (480, 7));
    let rounds = |name: &str| day["rounds"][name].as_u64().unwrap();
    assert_eq!((rounds("push"), rounds("pull")), (1, 1));
    assert_eq!(number("requests"), 8 * (2 + rounds("acks")));
    assert!(number("bytes_up") > 0 && number("bytes_down") > 0 && number("relay_file_bytes") > 0);
    let clocks = |import: usize| day["imports"][import]["report"]["implausible_clocks"].as_u64().unwrap();
    assert_eq!((clocks(0), clocks(1)), (184, 297));
    assert!(day["satchel"]["new"].as_u64() > Some(0));
    for device in day["by_device"].as_array().unwrap() {
        assert_eq!(device["own_entries"]["with_ss"], device["own_entries"]["total"], "{device}");
        assert_eq!(device["unsettled"], 0);
    }
    let register = &day["register"];
    assert_eq!((register["registered"].as_u64(), register["eligible"].as_u64()), (Some(4), Some(3)));
    assert_eq!((&register["struck_off"], &register["phone_knows"]), (&"vol-2".into(), &true.into()));
    assert!(register["flagged"].as_u64() > Some(0), "what she wrote stays, and says so");
    let page = &day["page"];
    let counted = |name: &str| page[name].as_u64().unwrap();
    assert_eq!((counted("same_events"), counted("late")), (1, 1));
    assert!(counted("differences") >= 3, "two starts, two ends, two counts: {page}");
    let numbers: Vec<&str> = page["pages"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|page| page["number"].as_str())
        .collect();
    assert_eq!(numbers, ["2026-1", "2026-1-1"], "a page, and its amendment for who came late");
    for well in ["alike", "book_is_good", "altered_letter_is_found"] {
        assert_eq!(page[well], true, "{well}");
    }
    assert!(page["pdf_bytes"].as_u64() > Some(10_000), "the page is printed too: {page}");
    assert!(day["patrols"].as_array().unwrap().iter().all(|patrol| patrol["alike"] == true));
}

#[cfg(unix)]
#[test]
fn what_the_demo_keeps_can_be_tried_with_the_commands_it_prints() {
    let place = Place::new();
    let folder = place.path("a kept day");
    let done = finish(program().args(["demo", "--json", "--keep"]).arg(&folder), b"").well();
    let day: Value = serde_json::from_str(&done).unwrap();
    let commands: Vec<&str> = day["try"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(commands.len(), 4);
    for command in commands {
        let mut shell = std::process::Command::new("sh");
        let done = finish(shell.args(["-c", command]).env("LANG", "en_US.UTF-8"), b"");
        assert_eq!(done.code, 0, "{command}: {done:?}");
    }
    for kept in [
        "relay.db",
        "ts/vault.db",
        "tracks/README.md",
        "tracks/Mojstrovka.gpx",
        "2026.jasaq-book",
        "2026.jasaq-keys",
        "page.pdf",
        "patrol.geojson",
    ] {
        assert!(folder.join(kept).exists(), "{kept}");
    }
    let again = finish(program().args(["demo", "--keep"]).arg(&folder), b"");
    assert_eq!(again.code, 2, "nothing is written over");
}
