//! The relay as an operator meets it.

use std::net::TcpListener;
use std::process::Command;

use crate::squad::{Done, Place, RelayProcess, finish, program};

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
    assert!(refused.stderr.contains("another program listens there"), "{refused:?}");
    assert!(refused.stderr.contains("--listen"), "it says what to do next: {refused:?}");

    let foreign = place.file("notes.txt", &b"not a database, but long enough to be read as one. ".repeat(40));
    let mut command = program();
    command.args(["relay", "--listen", "127.0.0.1:0", "--trust", &"ab".repeat(32), "--data", &foreign]);
    assert_eq!(finish(&mut command, b"").code, 4);
    assert!(std::fs::read(&foreign).unwrap().starts_with(b"not a database"));
}

#[test]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
fn a_relay_listens_on_ipv6_alone() {
    if TcpListener::bind("[::1]:0").is_err() {
        println!("skipped: there is no IPv6 here");
        return;
    }
    let place = Place::new();
    let relay = RelayProcess::start_with(&place.path("relay.db"), &["--listen", "[::1]:0"]);
    let address = relay.address.strip_prefix("http://").unwrap();
    assert!(address.starts_with("[::1]:") && std::net::TcpStream::connect(address).is_ok(), "{address}");
}

#[test]
fn an_address_of_another_machine_is_told_as_that() {
    let place = Place::new();
    let mut command = program();
    command.args([
        "relay",
        "--listen",
        "192.0.2.1:7340",
        "--allow-cleartext",
        "--trust",
        &"ab".repeat(32),
        "--data",
    ]);
    let refused = finish(command.arg(place.path("relay.db")), b"");
    assert!(refused.code == 2 && refused.stderr.contains("this machine has no such address"), "{refused:?}");
}

/// A shell with disks of its own.
#[cfg(target_os = "linux")]
fn alone(line: &str) -> Done {
    let mut command = Command::new("unshare");
    command
        .args(["--mount", "--map-root-user", "sh", "-c", line])
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL");
    finish(&mut command, b"")
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
fn a_port_that_needs_a_capability_is_told_as_that() {
    let place = Place::new();
    let (jasaq, root) = (env!("CARGO_BIN_EXE_jasaq"), "ab".repeat(32));
    // Whoever makes himself root in a namespace of his own has no right over the ports of this one.
    let line = format!(
        "unshare --user {jasaq} relay --until-stdin-ends --listen 127.0.0.1:1 --trust {root} --data {}",
        place.path("relay.db").display()
    );
    let refused = finish(
        Command::new("sh")
            .args(["-c", &line])
            .env("LANG", "en_US.UTF-8")
            .env_remove("LC_ALL"),
        b"",
    );
    if refused.stderr.contains("unshare") {
        println!("skipped: here nobody may be somebody else");
        return;
    }
    if refused.code == 0 {
        println!("skipped: here every port is everybody's");
        return;
    }
    assert!(refused.code == 2 && refused.stderr.contains("CAP_NET_BIND_SERVICE"), "{refused:?}");
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
fn a_disk_without_room_is_told_as_that_whatever_is_asked_there() {
    let place = Place::new();
    drop(RelayProcess::start(&place.path("relay.db"), &[&"ab".repeat(32)]));
    let folder = place.path("").display().to_string();
    let disk = format!(
        "mkdir -p {folder}disk && mount -t tmpfs -o size=1m none {folder}disk && cp {folder}relay.db {folder}disk/"
    );
    if alone(&disk).code != 0 {
        println!("skipped: here nobody may mount a disk of his own");
        return;
    }
    let full = format!("{disk} && ! cat /dev/zero 2>&- > {folder}disk/full");
    let (jasaq, root) = (env!("CARGO_BIN_EXE_jasaq"), "ab".repeat(32));
    let commands = [
        format!("identity --data {folder}disk/relay.db"),
        format!("check --data {folder}disk/relay.db"),
        format!("backup --data {folder}disk/relay.db --to {folder}copy.db"),
        format!("backup --data {folder}relay.db --to {folder}disk/copy.db"),
        format!("restore --from {folder}disk/relay.db --data {folder}new.db"),
        format!("--listen 127.0.0.1:0 --trust {root} --data {folder}disk/relay.db"),
    ];
    for command in commands {
        let refused = alone(&format!("{full} && exec {jasaq} relay {command}"));
        assert!(
            refused.code == 4 && refused.stderr.contains("no room on the disk"),
            "{command}: {refused:?}"
        );
    }
    let read_only = format!("{disk} && mount -o remount,ro,bind {folder}disk");
    for command in ["identity", "check"] {
        let refused =
            alone(&format!("{read_only} && exec {jasaq} relay {command} --data {folder}disk/relay.db"));
        assert!(refused.code == 4 && refused.stderr.contains("cannot be written"), "{command}: {refused:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
fn a_database_on_a_read_only_disk_is_told_as_that() {
    let place = Place::new();
    drop(RelayProcess::start(&place.path("relay.db"), &[&"ab".repeat(32)]));
    let folder = place.path("").display().to_string();
    let mount = format!("mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}");
    if alone(&mount).code != 0 {
        println!("skipped: here nobody may mount a disk of his own");
        return;
    }
    let (jasaq, root) = (env!("CARGO_BIN_EXE_jasaq"), "ab".repeat(32));
    let start = format!("exec {jasaq} relay --listen 127.0.0.1:0 --trust {root} --data {folder}relay.db");
    let refused = alone(&format!("{mount} && {start}"));
    assert!(refused.code == 4 && refused.stderr.contains("cannot be written"), "{refused:?}");
}

#[test]
fn a_certificate_that_cannot_be_used_is_told_and_a_good_one_is_shown() {
    let place = Place::new();
    let certify = |last_year: i32| {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut wanted = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        wanted.not_after = rcgen::date_time_ymd(last_year, 12, 31);
        (wanted.self_signed(&key).unwrap().pem(), key.serialize_pem())
    };
    let ((good, key), (expired, expired_key)) = (certify(4_000), certify(2_020));
    let start = |chain: &str, key: &str| {
        let (chain, key) = (place.file("chain.pem", chain.as_bytes()), place.file("key.pem", key.as_bytes()));
        let mut command = program();
        command.args(["relay", "--listen", "[::]:0", "--until-stdin-ends", "--trust", &"ab".repeat(32)]);
        command
            .args(["--tls-cert", &chain, "--tls-key", &key, "--data"])
            .arg(place.path("relay.db"));
        finish(&mut command, b"")
    };
    let refused =
        [start("", &key), start(&good, "no key"), start(&good, &expired_key), start(&expired, &expired_key)];
    let told =
        ["no certificate in PEM", "no private key", "does not belong", "until 2020-12-31T00:00:00Z (UTC)"];
    for (refused, told) in refused.iter().zip(told) {
        assert!(refused.code == 5 && refused.stderr.contains(told), "{told}: {refused:?}");
    }
    let served = start(&good, &key);
    assert!(served.code == 0 && served.stdout.contains("https://[::]:"), "{served:?}");
    assert!(!served.stderr.contains("not valid yet"), "{served:?}");

    let key = rcgen::KeyPair::generate().unwrap();
    let mut future = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    future.not_before = rcgen::date_time_ymd(3_000, 1, 1);
    let served = start(&future.self_signed(&key).unwrap().pem(), &key.serialize_pem());
    assert!(
        served.code == 0 && served.stdout.contains("https://[::]:"),
        "its clock may be wrong: {served:?}"
    );
    assert!(
        served.stderr.contains("not valid yet") && served.stderr.contains("3000-01-01T00:00:00Z"),
        "{served:?}"
    );
}

#[test]
fn a_relay_says_one_object_when_it_is_ready_and_nothing_but_objects() {
    let place = Place::new();
    let mut command = program();
    command.args([
        "relay",
        "--listen",
        "127.0.0.1:0",
        "--until-stdin-ends",
        "--json",
        "--trust",
        &"ab".repeat(32),
    ]);
    let ended = finish(command.arg("--data").arg(place.path("relay.db")), b"");
    let is_object =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).is_ok_and(|read| read.is_object());
    assert_eq!((ended.code, ended.stdout.lines().count()), (0, 1), "{ended:?}");
    assert!(ended.stdout.lines().chain(ended.stderr.lines()).all(is_object), "{ended:?}");
}

#[test]
fn the_metrics_are_told_on_this_machine_only_unless_somebody_says_so() {
    let place = Place::new();
    let mut command = program();
    command.args(["relay", "--metrics", "0.0.0.0:0", "--trust", &"ab".repeat(32), "--data"]);
    let refused = finish(command.arg(place.path("relay.db")), b"");
    assert!(refused.code == 2 && refused.stderr.contains("--allow-cleartext"), "{refused:?}");
}

#[cfg(unix)]
#[test]
fn sighup_ends_no_relay_with_a_certificate_or_without() {
    let place = Place::new();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let chain = place.file("chain.pem", made.cert.pem().as_bytes());
    let key = place.file("key.pem", made.signing_key.serialize_pem().as_bytes());
    let encrypted = ["--listen", "127.0.0.1:0", "--tls-cert", &chain, "--tls-key", &key];
    for options in [&encrypted[..2], &encrypted] {
        let mut relay = RelayProcess::start_with(&place.path("relay.db"), options);
        place.file("chain.pem", b"half a renewal");
        for signal in ["-HUP", "-HUP", "-TERM"] {
            let signalled = Command::new("kill").args([signal, &relay.child.id().to_string()]).status();
            assert!(signalled.unwrap().success(), "it is there for every signal");
        }
        assert!(relay.child.wait().unwrap().success(), "it ended as it was told to");
        place.file("chain.pem", made.cert.pem().as_bytes());
    }
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
