//! The relay as an operator meets it.

use std::net::TcpListener;
use std::process::Command;

use crate::squad::{Place, RelayProcess, finish, program};

#[test]
fn a_relay_listens_beyond_this_machine_only_if_somebody_says_so() {
    let place = Place::new();
    let mut command = program();
    command.args(["relay", "--listen", "0.0.0.0:0", "--trust", &"ab".repeat(32), "--data"]);
    let refused = finish(command.arg(place.path("relay.db")), b"");
    assert!(refused.code == 2 && refused.stderr.contains("--allow-cleartext"), "{refused:?}");
    assert!(!place.path("relay.db").exists());
}

#[test]
fn a_root_key_that_is_none_is_bad_usage() {
    for key in ["", "abc", &"zz".repeat(32)] {
        let refused = finish(program().args(["relay", "--data", "relay.db", "--trust", key]), b"");
        assert_eq!(refused.code, 2, "{key}");
    }
    assert_eq!(finish(program().args(["relay", "--data", "relay.db"]), b"").code, 2);
}

#[test]
fn a_port_that_is_taken_and_a_file_that_is_not_a_relays_are_told() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = program();
    command.args(["relay", "--listen", &address, "--trust", &"ab".repeat(32), "--data"]);
    let refused = finish(command.arg(place.path("relay.db")), b"");
    assert!(refused.code == 2 && refused.stderr.contains(&address), "{refused:?}");
    assert!(refused.stderr.contains("--listen"), "it says what to do next: {refused:?}");

    let foreign = place.file("notes.txt", &b"not a database, but long enough to be read as one. ".repeat(40));
    let mut command = program();
    command.args(["relay", "--listen", "127.0.0.1:0", "--trust", &"ab".repeat(32), "--data", &foreign]);
    assert_eq!(finish(&mut command, b"").code, 4);
    assert!(std::fs::read(&foreign).unwrap().starts_with(b"not a database"));
}

#[cfg(unix)]
#[test]
fn the_relays_file_is_for_its_owner_alone() {
    let place = Place::new();
    let relay = RelayProcess::start(&place.path("relay.db"), &[&"ab".repeat(32)]);
    for name in ["relay.db", "relay.db-wal"] {
        let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(place.path(name)).unwrap());
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    drop(relay);
}

#[cfg(unix)]
#[test]
fn a_relay_ends_cleanly_on_sigterm_and_when_its_parent_is_gone() {
    let place = Place::new();
    let root = "ab".repeat(32);
    let mut relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
    let signalled = Command::new("kill")
        .args(["-TERM", &relay.child.id().to_string()])
        .status()
        .unwrap();
    assert!(signalled.success());
    assert!(relay.child.wait().unwrap().success());
    assert!(!place.path("relay.db-wal").exists(), "everything was written back into the one file");
    let identity = relay.identity.clone();

    let mut relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
    assert_eq!(relay.identity, identity, "it is the same relay as before");
    drop(relay.stdin.take());
    assert!(relay.child.wait().unwrap().success());
}
