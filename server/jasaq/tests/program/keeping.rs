//! Identity, backup, restore and check as an operator meets them, on the database of a running relay.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

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
        for (file, told) in
            [(place.path("missing.db"), "cannot be used"), (notes.clone(), "is not a relay's database")]
        {
            let refused = relay(arguments, &[("--data", &file)]);
            assert!(refused.code == 4 && refused.stderr.contains(told), "{arguments:?} {refused:?}");
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_told_with_the_option_that_named_it() {
    let place = Place::new();
    let (missing, data) = (place.path("missing.db"), place.path("relay.db"));
    let refused = relay(&["restore"], &[("--from", &missing), ("--data", &data)]);
    assert!(refused.code == 4 && refused.stderr.contains("with --from"), "{refused:?}");
    let refused = relay(&["backup"], &[("--data", &missing), ("--to", &data)]);
    assert!(refused.code == 4 && refused.stderr.contains("with --data"), "{refused:?}");
    assert!(!data.exists());
}

#[cfg(unix)]
#[test]
fn a_relay_whose_database_is_deleted_stops_and_the_next_start_makes_no_other_relay_of_it() {
    let place = Place::new();
    let (data, root) = (place.path("relay.db"), "ab".repeat(32));
    let mut command = program();
    command
        .args(["relay", "--listen", "127.0.0.1:0", "--trust", &root, "--json", "--data"])
        .arg(&data);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut ready = String::new();
    BufReader::new(running.stdout.as_mut().unwrap()).read_line(&mut ready).unwrap();
    std::fs::remove_file(&data).unwrap();
    let ended = running.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    let error: Value = serde_json::from_str(said.lines().last().unwrap()).expect("one object of the error");
    let sentence = error["error"]["sentence"].as_str().unwrap();
    assert!(ended.status.code() == Some(4) && sentence.contains("so the relay has stopped"), "{said}");
    assert!(ended.stdout.is_empty(), "one object was on standard output, when it was ready");
    let again = relay(&["--listen", "127.0.0.1:0", "--trust", &root], &[("--data", &data)]);
    assert!(again.code == 4 && again.stderr.contains("the database itself is gone"), "{again:?}");
    assert!(!data.exists());
}

#[test]
fn after_a_restore_that_was_killed_the_start_makes_no_other_relay_and_the_restore_is_repeated() {
    let place = Place::new();
    let (data, backup, root) = (place.path("relay.db"), place.path("backup.db"), "ab".repeat(32));
    let identity = RelayProcess::start(&data, &[&root]).identity.clone();
    relay(&["backup"], &[("--data", &data), ("--to", &backup)]).well();
    let aside = place.path("relay.db-replaced-1");
    std::fs::rename(&data, &aside).unwrap();
    let started = relay(&["--listen", "127.0.0.1:0", "--trust", &root], &[("--data", &data)]);
    let told = [aside.to_str().unwrap(), "Repeat `jasaq relay restore`"];
    assert!(started.code == 4 && told.iter().all(|part| started.stderr.contains(part)), "{started:?}");
    assert!(!data.exists());
    relay(&["restore", "--replace"], &[("--from", &backup), ("--data", &data)]).well();
    assert_eq!(RelayProcess::start(&data, &[&root]).identity, identity);
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
fn what_root_restores_belongs_to_whom_the_folder_belongs_to() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let place = Place::new();
    let (data, folder) = (place.path("relay.db"), place.path("service"));
    std::fs::create_dir(&folder).unwrap();
    if chown(&folder, Some(4_711), Some(4_712)).is_err() {
        println!("skipped: only root can give files away");
        return;
    }
    drop(RelayProcess::start(&data, &[&"ab".repeat(32)]));
    let restored = folder.join("relay.db");
    for arguments in [&["restore"][..], &["restore", "--replace"]] {
        relay(arguments, &[("--from", &data), ("--data", &restored)]).well();
    }
    relay(&["backup"], &[("--data", &restored), ("--to", &folder.join("backup.db"))]).well();
    let names = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let others: Vec<_> = names.filter(|name| std::fs::metadata(name).unwrap().uid() != 4_711).collect();
    assert_eq!(others, Vec::<std::path::PathBuf>::new(), "the service could not open them");
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
