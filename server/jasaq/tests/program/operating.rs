//! The operator's page, taken at its word: what it tells to type is typed.

use std::path::Path;
use std::process::Command;

use crate::squad::{Place, RelayProcess, finish, program};

const PAGE: &str = include_str!("../../../relay/docs/operating.md");

/// The blocks of the page that are for a shell.
fn blocks() -> Vec<&'static str> {
    let blocks = PAGE.split("```sh\n").skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap()).collect()
}

/// A shell in which the page's paths lie in this place, and its user is whoever runs the tests.
fn shell(place: &Place, line: &str) -> Command {
    let line = line
        .replace("sudo -u jasaq-relay jasaq", env!("CARGO_BIN_EXE_jasaq"))
        .replace("/var/lib/jasaq-relay", place.path("").to_str().unwrap())
        .replace("/var/backups/jasaq-relay", place.path("").to_str().unwrap());
    let mut command = Command::new("sh");
    command.args(["-c", &line]).env("LANG", "en_US.UTF-8").env_remove("LC_ALL");
    command
}

#[test]
fn every_block_of_the_operators_page_is_a_shells() {
    assert!(blocks().len() > 10, "otherwise nothing was looked at");
    for block in blocks() {
        let checked = finish(Command::new("sh").arg("-n"), block.as_bytes());
        assert_eq!(checked.code, 0, "{block}\n{}", checked.stderr);
    }
}

#[test]
fn what_the_operators_page_takes_from_the_settings_is_read_before() {
    let users: Vec<_> = blocks().into_iter().filter(|block| block.contains("$ROOT_KEY")).collect();
    assert!(users.len() > 2, "otherwise nothing was looked at");
    for block in users {
        assert!(block.starts_with(". /etc/jasaq-relay.env\n"), "{block}");
    }
    assert!(PAGE.contains("echo \"ROOT_KEY=…\" > /etc/jasaq-relay.env"), "that is where it is written");
}

#[test]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
fn the_authority_of_the_operators_page_is_made_and_learnt_by_devices() {
    let openssl = Command::new("openssl").arg("version").output();
    if !openssl.is_ok_and(|version| version.stdout.starts_with(b"OpenSSL 3")) {
        println!("skipped: there is no OpenSSL 3 here");
        return;
    }
    let place = Place::new();
    let (ts, root) = place.found();
    let lines = |start| {
        blocks()
            .into_iter()
            .flat_map(str::lines)
            .filter(move |line| line.starts_with(start))
    };
    let here = |line: &str| {
        let mut command = shell(&place, &line.replace("192.0.2.10", "127.0.0.1"));
        finish(command.current_dir(place.path("")), b"").well();
    };
    lines("openssl ").for_each(here);
    let tls = |chain: &str| {
        let [chain, key] = [chain, "key.pem"].map(|name| place.path(name).display().to_string());
        ["--listen", "127.0.0.1:0", "--trust", &root, "--tls-cert", &chain, "--tls-key", &key]
            .map(str::to_owned)
    };
    let mut of_authority = program();
    of_authority
        .arg("relay")
        .args(tls("authority.pem"))
        .arg("--data")
        .arg(place.path("relay.db"));
    let refused = finish(&mut of_authority, b"");
    assert!(refused.code == 5 && refused.stderr.contains("an authority's own"), "{refused:?}");

    let options = tls("chain.pem");
    let relay = RelayProcess::start_with(&place.path("relay.db"), &options.each_ref().map(String::as_str));
    let of = |home: &Path, line: &str| {
        let program = format!("{} --home {}", env!("CARGO_BIN_EXE_jasaq"), home.display());
        here(
            &line
                .replace("https://relay.example", &relay.address)
                .replacen("jasaq", &program, 1),
        );
    };
    lines("jasaq device relay ").for_each(|line| of(&ts.home, line));
    ts.sync();
    let code = ts.run(&["invite", "--role", "ss", "--office", "2034"]).well();
    ts.sync();
    place.file("code.txt", code.as_bytes());
    let ss = place.device("ss");
    lines("jasaq join ").for_each(|line| of(&ss.home, line));
    ss.sync();
}

#[test]
fn what_the_operators_page_does_with_a_database_works_in_its_order() {
    let place = Place::new();
    let (data, root) = (place.path("relay.db"), "ab".repeat(32));
    let mut relay = Some(RelayProcess::start(&data, &[&root]));
    let identity = relay.as_ref().unwrap().identity.clone();
    let mut kept = Vec::new();
    for line in blocks().iter().flat_map(|block| block.lines()) {
        match line {
            "systemctl stop jasaq-relay" => drop(relay.take()),
            "systemctl start jasaq-relay" => relay = Some(RelayProcess::start(&data, &[&root])),
            line if line.starts_with("sudo -u jasaq-relay jasaq relay ") => {
                if line.contains(" restore ") && !line.contains("--replace") {
                    std::fs::rename(&data, place.path("on-the-old-host.db")).unwrap();
                }
                let said = finish(&mut shell(&place, line), b"").well();
                assert!(!line.contains(" identity ") || said == identity, "{said}");
                kept.push(line.split(' ').nth(5).unwrap());
            }
            _ => {}
        }
    }
    assert_eq!(kept, ["identity", "backup", "check", "check", "restore", "backup", "restore"]);
    assert!(place.path("relay.db-replaced-1").exists(), "what was replaced is where the page says");
    assert_eq!(RelayProcess::start(&data, &[&root]).identity, identity);
}
