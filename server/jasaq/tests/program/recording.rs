//! What is printed is on disk.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use crate::squad::{Place, Squad};

const EACH_LINE: [&str; 5] = ["entry", "add", "--activity", "force", "--each-line"];

#[test]
fn a_key_that_was_printed_is_the_key_of_an_entry_that_a_kill_does_not_take() {
    let place = Place::new();
    let phone = place.phone();
    let mut writing = phone.command(&EACH_LINE);
    let mut writing = writing
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = writing.stdin.take().unwrap();
    let mut stdout = BufReader::new(writing.stdout.take().unwrap());
    let mut keys = Vec::new();
    for number in 0..7 {
        writeln!(stdin, "жазба {number}").unwrap();
        let mut key = String::new();
        stdout.read_line(&mut key).unwrap();
        keys.push(key.trim_end().to_owned());
    }
    writing.kill().unwrap();
    writing.wait().unwrap();
    let log = phone.json(&["patrol", "show"]);
    let kept: Vec<&str> = log["log"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|stated| stated["key"].as_str())
        .collect();
    assert!(keys.iter().all(|key| kept.contains(&key.as_str())), "{keys:?} in {kept:?}");
    assert_eq!(log["entries"], 7);
}

#[test]
fn a_line_that_is_no_entry_is_told_and_does_not_block_the_next() {
    let place = Place::new();
    let phone = place.phone();
    let lines = format!("бір\n\n{}\nекі\n{}\nүш", "ә".repeat(1_001), "x".repeat(50_000));
    let done = phone.run_with(&EACH_LINE, &lines);
    assert_eq!(done.code, 5);
    assert_eq!(done.stdout.lines().count(), 3);
    assert!(done.stderr.contains("Line 3 ") && done.stderr.contains("Line 5 "), "{}", done.stderr);
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 3);
}

#[test]
fn with_json_each_key_is_an_object_on_its_line() {
    let place = Place::new();
    let phone = place.phone();
    let done = phone.run_with(&[&EACH_LINE[..], &["--json"]].concat(), "бір\nекі\n").well();
    let lines: Vec<serde_json::Value> =
        done.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines[0]["key"].is_string() && lines[1]["key"].is_string());
    assert_eq!(lines[2]["written"], 2);
}

#[test]
fn the_words_of_an_entry_may_come_from_standard_input_letter_for_letter() {
    let place = Place::new();
    let phone = place.phone();
    let add = ["entry", "add", "--activity", "force", "--text", "-"];
    phone.run_with(&add, "  Тұман.\nІзі бар  \n").well();
    let log = phone.json(&["patrol", "show"]);
    assert_eq!(log["log"][1]["said"]["text"], "  Тұман.\nІзі бар  ");
}

#[test]
fn lines_may_end_as_any_system_ends_them_and_words_that_deceive_are_refused() {
    let place = Place::new();
    let phone = place.phone();
    let add = ["entry", "add", "--activity", "force", "--text", "-"];
    phone.run_with(&add, "\u{feff}Тұман.\r\nІзі\tбар\r\n").well();
    let log = phone.json(&["patrol", "show"]);
    assert_eq!(log["log"][1]["said"]["text"], "Тұман.\nІзі бар");
    let refused = phone.run_with(&add, "жол \u{202e}бос");
    assert!(refused.code == 5 && refused.stderr.contains("cannot be seen"), "{refused:?}");
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 1);
}

#[test]
fn two_processes_write_into_one_home_and_both_keep_everything() {
    let place = Place::new();
    let phone = place.phone();
    let lines: String = ["жазба\n"; 20].concat();
    let both = std::thread::scope(|scope| {
        let writers = [(); 2].map(|()| scope.spawn(|| phone.run_with(&EACH_LINE, &lines).well()));
        writers.map(|writer| writer.join().unwrap())
    });
    let mut keys: Vec<&str> = both.iter().flat_map(|keys| keys.lines()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 40, "every entry has a key of its own");
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 40);
}

#[test]
fn an_end_before_the_start_is_kept_and_flagged() {
    let place = Place::new();
    let phone = place.phone();
    phone.run(&["patrol", "end", "--at", "2020-01-01T08:00:00+05:00"]).well();
    let log = phone.json(&["patrol", "show"]);
    let flags: Vec<&str> = log["flags"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|flag| flag["flag"].as_str())
        .collect();
    assert!(flags.contains(&"end_before_start"), "{flags:?}");
    assert_eq!(log["is_over"], true);
}

#[test]
fn a_leg_begins_and_ends_when_it_is_said() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let devices = squad.head.json(&["device", "list"]);
    let member = devices["devices"][0]["member"].as_str().unwrap();
    let begin = ["patrol", "leg", "--transport", "boat", "--member", member, "--at"];
    let leg = squad.head.run(&[&begin[..], &["2026-05-01T08:10:00+05:00"]].concat()).well();
    let end = ["patrol", "leg", "--end", &leg, "--at", "2026-05-01T09:40:00+05:00"];
    squad.head.run(&end).well();
    let log = squad.head.json(&["patrol", "show"]);
    let log = log["log"].as_array().unwrap();
    let of_kind = |kind: &str| log.iter().find(|said| said["kind"] == kind).unwrap()["happened_at"].clone();
    assert_eq!(of_kind("leg_started"), "2026-05-01T08:10:00+05:00");
    assert_eq!(of_kind("leg_ended"), "2026-05-01T09:40:00+05:00");
    assert_eq!(squad.head.run(&[&begin[..], &["yesterday"]].concat()).code, 2);
    squad.head.run(&[&begin[..], &["08:10"]].concat()).well();
}

#[test]
fn a_start_a_leg_and_an_end_are_shown_with_their_keys_and_taken_back_by_them() {
    let place = Place::new();
    let phone = place.phone();
    let patrol = phone.json(&["patrol", "show"])["patrol"].as_str().unwrap().to_owned();
    let leg = phone.run(&["patrol", "leg", "--transport", "horse"]).well();
    phone.run(&["patrol", "leg", "--end", &leg]).well();
    phone.run(&["patrol", "end"]).well();
    let log = phone.json(&["patrol", "show", &patrol]);
    let shown = phone.run(&["patrol", "show", &patrol]).well();
    for kind in ["patrol_started", "leg_started", "leg_ended", "patrol_ended"] {
        let said = log["log"].as_array().unwrap().iter().find(|said| said["kind"] == kind);
        let key = said.unwrap()["key"].as_str().unwrap();
        assert!(shown.contains(key), "{kind} {key}: {shown}");
        phone.run(&["entry", "withdraw", key, "--reason", "қате"]).well();
    }
    let struck = phone.run(&["patrol", "show", &patrol]).well();
    assert_eq!(struck.matches("~~").count(), 8, "{struck}");
}

#[test]
fn a_text_far_too_long_is_told_so_wherever_its_letters_were_cut() {
    let place = Place::new();
    let phone = place.phone();
    for text in ["ә".repeat(10_000), format!("x{}", "ә".repeat(10_000))] {
        let add = ["entry", "add", "--activity", "force", "--text", "-"];
        for arguments in [&add[..], &EACH_LINE] {
            let refused = phone.run_with(arguments, &text);
            assert_eq!(refused.code, 5, "{refused:?}");
            assert!(refused.stderr.contains("longer than 2000 bytes"), "{}", refused.stderr);
            assert!(
                !refused.stderr.contains("UTF-8") && !refused.stderr.contains("800"),
                "{}",
                refused.stderr
            );
        }
    }
    let true_size = phone.run_with(&EACH_LINE, &"ә".repeat(1_001));
    assert!(true_size.stderr.contains("2002 bytes"), "{}", true_size.stderr);
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 0);
}

#[test]
fn a_time_far_ahead_is_kept_and_flagged_and_one_beyond_the_calendar_is_told_by_its_year() {
    let place = Place::new();
    let phone = place.phone();
    let at = |time: &str| phone.run(&["entry", "add", "--activity", "force", "--text", "брод", "--at", time]);
    at("2098-12-31T00:00:00Z").well();
    let log = phone.json(&["patrol", "show"]);
    let flags = log["flags"].as_array().unwrap();
    assert!(flags.iter().any(|flag| flag["flag"] == "happened_after_recorded"), "{flags:?}");
    let refused = at("9999-12-31T00:00:00Z");
    assert!(refused.code == 2 && refused.stderr.contains("the year is out of range"), "{refused:?}");
    assert!(at("yesterday").stderr.contains("a time is written like"));
}

#[test]
fn who_starts_a_patrol_while_another_of_his_is_under_way_is_told_how_to_end_that_one() {
    let place = Place::new();
    let phone = place.phone();
    let first = phone.json(&["patrol", "list"])["patrols"][0]["patrol"]
        .as_str()
        .unwrap()
        .to_owned();
    let started = phone.run(&["patrol", "start", "--mode", "joint"]);
    let due = format!("jasaq patrol end {}", &first[..8]);
    assert!(started.code == 0 && started.stderr.contains(&due), "{started:?}");
    let second = started.well();
    let third = phone.json(&["patrol", "start", "--mode", "joint"]);
    assert_eq!(third["under_way"], serde_json::json!([second, first]), "the newest first");
    for patrol in [&first, &second, &third["patrol"].as_str().unwrap().to_owned()] {
        phone.run(&["patrol", "end", patrol]).well();
    }
    assert_eq!(phone.json(&["patrol", "start", "--mode", "joint"])["under_way"], serde_json::json!([]));
}

#[test]
fn the_patrol_that_is_meant_is_the_same_for_every_command_and_is_named() {
    let place = Place::new();
    let phone = place.phone();
    phone.run(&["patrol", "end"]).well();
    let claimed_late = ["patrol", "start", "--mode", "joint", "--at", "2098-01-01T00:00:00Z"];
    let late = phone.run(&claimed_late).well();
    phone.run(&["patrol", "end", &late]).well();
    let own = phone.run(&["patrol", "start", "--mode", "joint"]).well();
    for arguments in [
        &["patrol", "show"][..],
        &["track", "export", "--format", "gpx"],
        &["entry", "add", "--activity", "force", "--text", "брод"],
    ] {
        let done = phone.run(arguments);
        assert!(done.code == 0 && done.stderr.contains(&own[..8]), "{arguments:?} {done:?}");
    }
    assert_eq!(phone.json(&["patrol", "show"])["patrol"], own.as_str());
    phone.run(&["patrol", "end"]).well();
    assert_eq!(phone.json(&["patrol", "show"])["patrol"], own.as_str(), "it was recorded last");
}

#[test]
fn where_there_is_no_patrol_yet_that_is_told() {
    let place = Place::new();
    let (ts, _) = place.found();
    for arguments in [&["patrol", "show"][..], &["track", "export", "--format", "gpx"], &["patrol", "end"]] {
        let refused = ts.run(arguments);
        assert!(refused.code == 1 && refused.stderr.contains("no patrol here yet"), "{refused:?}");
    }
}

#[test]
fn a_kind_that_is_missing_is_told_with_those_there_are() {
    let place = Place::new();
    let phone = place.phone();
    let add = ["entry", "add", "--activity", "inspection", "--mode", "joint", "--text", "брод"];
    let refused = phone.run(&[&add[..], &["--kind", "round"]].concat());
    assert!(refused.code == 2 && refused.stderr.contains("hiding_place, vehicle"), "{refused:?}");
    assert!(!refused.stderr.contains("cover_crossing_place"), "{refused:?}");
}
