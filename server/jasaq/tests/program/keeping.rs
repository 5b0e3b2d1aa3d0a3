//! Identity, backup, restore and check as an operator meets them, on the database of a running relay.

use std::path::Path;

use serde_json::Value;

use crate::squad::{Done, Place, RelayProcess, Squad, finish, program};

fn relay(arguments: &[&str], files: &[(&str, &Path)]) -> Done {
    let mut command = program();
    command.arg("relay").args(arguments);
    for (name, file) in files {
        command.arg(name).arg(file);
    }
    finish(&mut command, b"")
}

fn json(done: Done) -> Value {
    serde_json::from_str(&done.well()).expect("one object on standard output")
}

#[test]
fn a_running_relay_is_backed_up_checked_and_restored_and_is_the_same_relay_after() {
    let squad = Squad::found();
    let (data, backup) = (squad.place.path("relay.db"), squad.place.path("backup.db"));
    let identity = relay(&["identity"], &[("--data", &data)]).well();
    assert_eq!(identity, squad.relay.identity);
    assert_eq!(json(relay(&["identity", "--json"], &[("--data", &data)]))["relay"], identity);

    let made = json(relay(&["backup", "--json"], &[("--data", &data), ("--to", &backup)]));
    assert_eq!(made["bytes"], std::fs::metadata(&backup).unwrap().len());
    let found = json(relay(&["check", "--json"], &[("--data", &data)]));
    assert_eq!((found["is_sound"].as_bool(), found["relay"].as_str()), (Some(true), Some(&*identity)));
    assert!(found["envelopes"].as_u64().unwrap() > 5 && found["last_backup_s"].as_u64().is_some());
    assert!(found["database_bytes_max"].as_u64().unwrap() > found["database_bytes"].as_u64().unwrap());

    let onto_running = relay(&["restore", "--replace"], &[("--from", &backup), ("--data", &data)]);
    assert!(onto_running.code == 4 && onto_running.stderr.contains("A relay runs on"), "{onto_running:?}");
    let Squad { place, relay: running, root, .. } = squad;
    drop(running);
    let unasked = relay(&["restore"], &[("--from", &backup), ("--data", &data)]);
    assert!(unasked.code == 2 && unasked.stderr.contains("--replace"), "{unasked:?}");
    let restored =
        json(relay(&["restore", "--json", "--replace"], &[("--from", &backup), ("--data", &data)]));
    assert_eq!(restored["set_aside"], place.path("relay.db-replaced-1").to_str().unwrap());
    assert_eq!(RelayProcess::start(&data, &[&root]).identity, identity);
}

#[test]
fn a_second_relay_on_a_running_relays_database_is_told_so() {
    let place = Place::new();
    let root = "ab".repeat(32);
    let _first = RelayProcess::start(&place.path("relay.db"), &[&root]);
    let second = relay(
        &["--listen", "127.0.0.1:0", "--trust", &root, "--json"],
        &[("--data", &place.path("relay.db"))],
    );
    assert_eq!(second.code, 4);
    let trace = second.stderr.lines().last().unwrap();
    assert!(trace.contains("A relay runs on"), "{second:?}");
}

#[test]
fn a_damaged_database_is_told_by_the_exit_code_and_is_not_restored() {
    let place = Place::new();
    let (data, other) = (place.path("relay.db"), place.path("other.db"));
    drop(RelayProcess::start(&data, &[&"ab".repeat(32)]));
    let mut bytes = std::fs::read(&data).unwrap();
    let last_page = bytes.len() - 4_096;
    bytes[last_page..].fill(0xa5);
    std::fs::write(&data, &bytes).unwrap();
    let checked = relay(&["check", "--json"], &[("--data", &data)]);
    assert_eq!(checked.code, 4);
    let found: Value = serde_json::from_str(&checked.stdout).unwrap();
    assert!(found["is_sound"] == false && found["defects"]["page"].as_u64() > Some(0), "{found}");
    let refused = relay(&["restore"], &[("--from", &data), ("--data", &other)]);
    assert!(refused.code == 5 && refused.stderr.contains("was not restored"), "{refused:?}");
    assert!(!other.exists() && std::fs::read(&data).unwrap() == bytes);
}

#[test]
fn what_is_not_there_or_not_a_relays_is_told_with_a_next_step() {
    let place = Place::new();
    let notes = place.path("notes.txt");
    std::fs::write(&notes, "not a database, but long enough to be read as one. ".repeat(40)).unwrap();
    for arguments in [&["identity"][..], &["check"], &["backup", "--to", "copy.db"]] {
        for (file, told) in [(place.path("missing.db"), "cannot be used"), (notes.clone(), "is damaged")] {
            let refused = relay(arguments, &[("--data", &file)]);
            assert!(refused.code == 4 && refused.stderr.contains(told), "{arguments:?} {refused:?}");
        }
    }
}

#[test]
fn a_quota_that_is_no_size_and_options_before_a_further_word_are_bad_usage() {
    let place = Place::new();
    let data = place.path("relay.db");
    let refused = relay(&["check", "--space-bytes", "much"], &[("--data", &data)]);
    assert!(refused.code == 2 && refused.stderr.contains("512MiB"), "{refused:?}");
    let refused = relay(&["--listen", "127.0.0.1:0", "check"], &[("--data", &data)]);
    assert_eq!(refused.code, 2, "{refused:?}");
}
