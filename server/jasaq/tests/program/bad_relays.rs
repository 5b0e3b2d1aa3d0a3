//! Relays that are down, are none, or break off: exit code 3, and the entry stays until a real one answers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::squad::{Device, Place, RelayProcess, Squad};

/// Answers every request with what it is told to, for as long as the tests run.
struct Impostor {
    address: String,
}

impl Impostor {
    fn start(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let asked = read_request(&stream);
                // Whoever hangs up early has seen enough.
                let _ = stream.write_all(&answer(&asked));
            }
        });
        Self { address }
    }
}

/// The first line of a request; its body is read too, so that closing does not cut the answer.
fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    first
}

fn http(status: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn health() -> Vec<u8> {
    http("200 OK", "application/json", format!(r#"{{"relay":"{}"}}"#, "ab".repeat(32)).as_bytes())
}

const BYTES: &str = "application/octet-stream";

/// What is sent to who asks this.
type Answer = fn(&str) -> Vec<u8>;

/// A volunteer with one entry that nobody else has.
fn squad_with_an_entry() -> Squad {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    squad.volunteer.write("брод");
    squad
}

#[track_caller]
fn assert_nothing_is_lost(device: &Device) {
    let refused = device.run(&["sync", "--json"]);
    assert_eq!((refused.code, refused.error()["class"].as_str()), (3, Some("unreachable")), "{refused:?}");
    assert_eq!(device.own_entries("on_this_phone"), 1);
}

#[test]
fn a_relay_that_is_down_loses_nothing_and_the_next_sync_brings_all() {
    let squad = squad_with_an_entry();
    let address = squad.relay.address.clone();
    let Squad { place, relay, root, volunteer, .. } = squad;
    drop(relay);
    assert_nothing_is_lost(&volunteer);
    let relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
    assert_ne!(relay.address, address, "otherwise the test says less than it seems");
    volunteer.run(&["device", "relay", &relay.address]).well();
    volunteer.sync();
    assert_eq!(volunteer.own_entries("at_relay"), 1);
}

#[test]
fn whatever_answers_instead_of_a_relay_loses_nothing() {
    let squad = squad_with_an_entry();
    let impostors: [(&str, Answer); 9] = [
        ("no HTTP at all", |_| b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()),
        ("a sign-in page", |_| http("200 OK", "text/html", b"<html>sign in</html>")),
        ("a redirect", |_| {
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_vec()
        }),
        ("a failing server", |_| http("500 Internal Server Error", "text/plain", b"oops")),
        ("silence", |_| Vec::new()),
        ("garbage after health", |asked| {
            if asked.contains("health") { health() } else { http("200 OK", BYTES, &[7; 999]) }
        }),
        (
            "an empty answer",
            |asked| if asked.contains("health") { health() } else { http("200 OK", BYTES, b"") },
        ),
        ("a page after health", |asked| {
            if asked.contains("health") { health() } else { http("200 OK", "text/html", b"<p>") }
        }),
        ("a cut answer", |asked| {
            let whole = if asked.contains("health") { health() } else { http("200 OK", BYTES, &[0; 400]) };
            let length = if asked.contains("health") { whole.len() } else { whole.len() - 300 };
            whole[..length].to_vec()
        }),
    ];
    for (name, answer) in impostors {
        let impostor = Impostor::start(answer);
        squad.volunteer.run(&["device", "relay", &impostor.address]).well();
        let refused = squad.volunteer.run(&["sync", "--json"]);
        assert_eq!(refused.code, 3, "{name}: {refused:?}");
        assert!(
            refused.error()["sentence"]
                .as_str()
                .is_some_and(|sentence| !sentence.is_empty()),
            "{name}"
        );
        assert_eq!(squad.volunteer.own_entries("on_this_phone"), 1, "{name}");
    }
    squad.volunteer.run(&["device", "relay", &squad.relay.address]).well();
    squad.volunteer.sync();
    assert_eq!(squad.volunteer.own_entries("on_this_phone"), 0);
}

#[test]
fn a_foreign_server_that_knows_no_such_page_is_told_as_perhaps_no_relay() {
    let squad = squad_with_an_entry();
    let web = Impostor::start(|_| http("404 Not Found", "text/html", b"<h1>no such page</h1>"));
    squad.volunteer.run(&["device", "relay", &web.address]).well();
    let refused = squad.volunteer.run(&["sync"]);
    assert!(
        refused.code == 3 && refused.stderr.contains("perhaps what answered is not a relay"),
        "{refused:?}"
    );
}

#[test]
fn a_relay_of_another_territory_stores_nothing_and_that_is_told_with_a_next_step() {
    let squad = squad_with_an_entry();
    let elsewhere = Place::new();
    let (_, other_root) = elsewhere.found();
    let relay = RelayProcess::start(&elsewhere.path("relay.db"), &[&other_root]);
    squad.volunteer.run(&["device", "relay", &relay.address]).well();
    let told = squad.volunteer.run(&["sync"]);
    assert!(told.code == 1 && told.stderr.contains("has not reached the relay"), "{told:?}");
    assert!(told.stderr.contains("serves another territory"), "{told:?}");
    assert_eq!(squad.volunteer.own_entries("on_this_phone"), 1);
}

#[test]
fn another_relay_at_the_known_address_is_not_talked_to() {
    let squad = squad_with_an_entry();
    let health_checks = AtomicUsize::new(0);
    // Whoever answered when the address was told is another one when the head was refused.
    let impostor = Impostor::start(move |asked| {
        if !asked.contains("health") {
            return http("400 Bad Request", "text/plain", b"not for me");
        }
        let identity = if health_checks.fetch_add(1, Ordering::Relaxed) == 0 { "ab" } else { "cd" };
        let health = format!(r#"{{"relay":"{}"}}"#, identity.repeat(32));
        http("200 OK", "application/json", health.as_bytes())
    });
    squad.volunteer.run(&["device", "relay", &impostor.address]).well();
    let refused = squad.volunteer.run(&["sync", "--json"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(
        refused.error()["sentence"]
            .as_str()
            .unwrap()
            .contains("`jasaq device relay URL`"),
        "{refused:?}"
    );
    assert!(refused.error()["trace"].as_str().unwrap().contains("another relay"), "{refused:?}");
    assert_eq!(squad.volunteer.own_entries("on_this_phone"), 1);
}

#[test]
fn an_invite_names_the_relay_as_soon_as_it_answers() {
    let place = Place::new();
    let (ts, _) = place.found();
    let health_checks = AtomicUsize::new(0);
    let relay = Impostor::start(move |_| {
        if health_checks.fetch_add(1, Ordering::Relaxed) == 0 {
            http("503 Service Unavailable", "text/plain", b"starting")
        } else {
            health()
        }
    });
    assert_eq!(ts.json(&["device", "relay", &relay.address])["answers"], false);
    let invited = ts.json(&["invite", "--role", "ss", "--office", "2034"]);
    assert_eq!(invited["names_relay"], true);
}

#[test]
fn without_a_relay_there_is_nobody_to_sync_with() {
    let place = Place::new();
    let phone = place.phone();
    phone.write("бірінші");
    assert_nothing_is_lost(&phone);
}
