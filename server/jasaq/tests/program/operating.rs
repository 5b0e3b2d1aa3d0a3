//! The operator's page, taken at its word: what it tells to type is typed.

use std::process::Command;

use crate::squad::{Place, RelayProcess, finish};

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
