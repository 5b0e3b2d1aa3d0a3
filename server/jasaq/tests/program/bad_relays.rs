//! Relays that are down, are none, or break off: exit code 3, and the entry stays until a real one answers.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::squad::{Device, Place, RelayProcess, Squad};
use crate::wire::{Asked, BYTES, Impostor, health, http};

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

/// What is sent to who exchanges.
type Answer = fn(&Asked) -> Vec<u8>;

/// A receipt of the next version.
const NEWER: [u8; 8] = [5, 0, 5, b'J', b'Q', b'R', 99, 0];

#[test]
fn whatever_answers_instead_of_a_relay_loses_nothing_and_is_told_with_what_to_do() {
    let squad = squad_with_an_entry();
    let impostors: [(&str, Answer, &str); 18] = [
        ("no HTTP at all", |_| b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(), "not the relay"),
        ("a sign-in page", |_| http("200 OK", "text/html", b"<html>sign in</html>"), "not the relay"),
        (
            "a redirect",
            |_| b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_vec(),
            "not the relay",
        ),
        ("a network to sign in to", |_| http("511 Sign in", "text/html", b"<p>"), "not the relay"),
        ("a proxy to sign in to", |_| http("407 Sign in", "text/html", b"<p>"), "proxy"),
        ("a failing server", |_| http("500 Oops", "text/plain", b"oops"), "busy or out of order"),
        (
            "a proxy without its relay",
            |_| http("502 Bad Gateway", "text/html", b"<p>"),
            "busy or out of order",
        ),
        ("a busy proxy", |_| http("503 Unavailable", "text/html", b"<p>"), "busy or out of order"),
        ("silence", |_| Vec::new(), "connection broke"),
        ("garbage", |_| http("200 OK", BYTES, &[0xff; 999]), "is not the relay"),
        ("an empty answer", |_| http("200 OK", BYTES, b""), "is not the relay"),
        (
            "a page that calls itself bytes",
            |_| http("200 OK", BYTES, b"<html>sign in</html>"),
            "is not the relay",
        ),
        (
            "what says gzip",
            |_| {
                let body = b"HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n\
                    content-encoding: gzip\r\ncontent-length: 4\r\nconnection: close\r\n\r\n\x08\0\x01\0";
                body.to_vec()
            },
            "not the relay",
        ),
        ("more than any answer is", |_| http("200 OK", BYTES, &[200, 0, 0].repeat(300_000)), "not the relay"),
        ("an end without a receipt", |_| http("200 OK", BYTES, &[8, 0, 1, 0]), "cannot show"),
        ("a newer relay", |_| http("200 OK", BYTES, &NEWER), "newer than this program"),
        (
            "a relay that does not read us yet",
            |_| http("501 Not Implemented", "text/plain", b""),
            "older than this program",
        ),
        (
            "a relay that reads us no more",
            |_| http("426 Upgrade", "text/plain", b""),
            "newer than this program",
        ),
    ];
    for (name, answer, sentence) in impostors {
        let identity = squad.relay.identity.clone();
        // It may even know who the relay is: everybody may ask the relay that.
        let impostor = Impostor::start(
            move |asked| if asked.is_for_health() { health(&identity) } else { answer(asked) },
        );
        squad.volunteer.run(&["device", "relay", &impostor.address]).well();
        let refused = squad.volunteer.run(&["sync", "--json"]);
        assert_eq!(refused.code, 3, "{name}: {refused:?}");
        let told = refused.error()["sentence"].as_str().unwrap().to_owned();
        assert!(told.contains(sentence), "{name}: {told}");
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
    for told in [&["device", "relay", &web.address][..], &["sync"]] {
        let refused = squad.volunteer.run(told);
        let sentence = "perhaps what answered is not a relay";
        assert!(refused.code == 3 && refused.stderr.contains(sentence), "{refused:?}");
    }
}

#[test]
fn a_relay_of_another_territory_stores_nothing_and_that_is_told_with_a_next_step() {
    let squad = squad_with_an_entry();
    let elsewhere = Place::new();
    let (_, other_root) = elsewhere.found();
    let relay = RelayProcess::start(&elsewhere.path("relay.db"), &[&other_root]);
    squad
        .volunteer
        .run(&["device", "relay", &relay.address, "--id", &relay.identity])
        .well();
    let told = squad.volunteer.run(&["sync"]);
    assert!(told.code == 1 && told.stderr.contains("has not reached the relay"), "{told:?}");
    assert!(told.stderr.contains("serves another territory"), "{told:?}");
    assert_eq!(squad.volunteer.own_entries("on_this_phone"), 1);
}

#[test]
fn another_relay_is_believed_only_once_a_person_names_it_and_then_it_gets_everything() {
    let squad = squad_with_an_entry();
    squad.meet();
    let Squad { place, relay, root, volunteer, head, ss } = &squad;
    let replaced = RelayProcess::start(&place.path("replaced.db"), &[root]);
    let before = volunteer.json(&["status"]);
    assert_eq!(before["relay_id"], relay.identity.as_str());

    let refused = volunteer.run(&["device", "relay", &replaced.address, "--json"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.error()["sentence"].as_str().unwrap().contains("--id"), "{refused:?}");
    assert_eq!(volunteer.json(&["status"])["relay"], before["relay"], "nothing has changed");
    let wrong = volunteer.run(&["device", "relay", &replaced.address, "--id", &relay.identity]);
    assert_eq!(wrong.code, 3, "{wrong:?}");

    for device in [volunteer, head, ss] {
        device
            .run(&["device", "relay", &replaced.address, "--id", &replaced.identity])
            .well();
        assert_eq!(device.json(&["status"])["relay_id"], replaced.identity.as_str());
    }
    assert!(
        volunteer.json(&["status"])["outbox"]["envelopes"].as_u64().unwrap() > 1,
        "all of it goes up again"
    );
    volunteer.sync();
    assert_eq!(
        volunteer.json(&["status"])["outbox"]["envelopes"],
        0,
        "who comes first brings what explains him"
    );
    squad.meet();
    head.run(&["entry", "add", "--activity", "force", "--text", "дала"]).well();
    squad.meet();
    assert_eq!(volunteer.json(&["status"])["entries"]["total"], 2, "they meet at the new one");
}

#[test]
fn a_relay_that_became_another_at_the_known_address_is_not_talked_to() {
    let squad = squad_with_an_entry();
    let replaced = RelayProcess::start(&squad.place.path("replaced.db"), &[&squad.root]);
    let (known, other) = (squad.relay.address.clone(), replaced.address.clone());
    let health_checks = AtomicUsize::new(0);
    // Whoever answered when the address was told is another one when the head comes.
    let impostor = Impostor::start(move |asked| {
        let is_first = asked.is_for_health() && health_checks.fetch_add(1, Ordering::Relaxed) == 0;
        asked.forward(if is_first { &known } else { &other })
    });
    squad.volunteer.run(&["device", "relay", &impostor.address]).well();
    let refused = squad.volunteer.run(&["sync", "--json"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(
        refused.error()["sentence"]
            .as_str()
            .unwrap()
            .contains("jasaq device relay URL --id"),
        "{refused:?}"
    );
    assert!(refused.error()["trace"].as_str().unwrap().contains("another relay"), "{refused:?}");
    assert_eq!(squad.volunteer.own_entries("on_this_phone"), 1);
}

#[test]
fn an_exchange_that_does_not_come_to_its_end_says_so_and_ends_with_3() {
    let squad = squad_with_an_entry();
    let relay = squad.relay.address.clone();
    // It always has more, and never gives it.
    let impostor = Impostor::start(move |asked| {
        let mut answer = asked.forward(&relay);
        if !asked.is_for_health() {
            *answer.last_mut().unwrap() = 1;
        }
        answer
    });
    squad.volunteer.run(&["device", "relay", &impostor.address]).well();
    let incomplete = squad.volunteer.run(&["sync", "--json"]);
    assert!(incomplete.code == 3 && incomplete.stdout.contains(r#""more":true"#), "{incomplete:?}");
    assert_eq!(squad.volunteer.own_entries("at_relay"), 1, "what went through stands");
    for (language, sentence) in [("en", "again"), ("kk", "Қайта"), ("ru", "ещё раз")] {
        let told = squad.volunteer.run(&["sync", "--lang", language]);
        assert!(told.code == 3 && told.stderr.contains(sentence), "{told:?}");
    }
    squad.volunteer.run(&["device", "relay", &squad.relay.address]).well();
    squad.volunteer.sync();
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
            health(&"ab".repeat(32))
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
