//! What one address may take, what is watched, and bodies that are not what they say.

use std::io::Read as _;

use jasaq_protocol::sync::Refusal;

use super::tests::{Connection, SHORT, Server, listen, server};
use super::*;
use crate::relay::Relay;
use crate::storage::StorageError;
use crate::world::{Device, District, PATROLS, chance, statements};

#[test]
fn one_address_does_not_take_every_connection() {
    let mut district = District::new();
    let server =
        server(&mut district, HttpConfig { address_connections_max: 2, ..HttpConfig::for_testing() });
    let (first, mut second) = (server.connect(), server.connect());
    second.send(b"GET /v1/health HTTP/1.1\r\nhost: relay\r\n\r\n");
    assert_eq!(second.response().status, 200);
    let mut third = server.connect();
    assert_eq!(third.0.read_to_end(&mut Vec::new()).unwrap(), 0, "it is closed at once");
    drop((first, second));
    // That two have gone is heard of some time later.
    while server.try_get("/v1/health").is_none() {}
    server.stop();
}

/// A sync whose headers were read and whose body is awaited: the server says so.
fn begin_sync(server: &Server, length: usize) -> Connection {
    let mut connection = server.connect();
    let headers = format!("host: relay\r\ncontent-length: {length}\r\nexpect: 100-continue\r\n\r\n");
    connection.send(format!("POST /v1/sync HTTP/1.1\r\n{headers}").as_bytes());
    assert_eq!(connection.response().status, 100);
    connection
}

#[test]
fn bodies_that_say_nothing_take_no_place_from_devices() {
    let mut district = District::new();
    let config = HttpConfig { connections_max: 32, anteroom_max: 2, ..HttpConfig::for_testing() };
    let server = server(&mut district, HttpConfig { requests_max: 2, ..config });
    server.sync(&mut district.head, &[]);
    let entries = statements(&mut district.vol, PATROLS, 1);
    let (head, request) = district.vol.request(&server.relay, &entries);
    let (most, rest) = request.split_at(request.len() - 1);
    let mut slow = begin_sync(&server, request.len());
    slow.send(most);
    assert_eq!(server.begin_wait(&mut district.head).response().status, 200, "its entry is stored");
    let stranger = Device::new(90).request(&server.relay, &[]).1;
    let beginnings = [&b""[..], &stranger[..1], &stranger[..stranger.len() - 1]];
    let mut silent: Vec<_> = (0..12)
        .map(|number| {
            let mut connection = begin_sync(&server, 1_000_000);
            connection.send(beginnings[number % 3]);
            connection
        })
        .collect();
    server.sync(&mut district.head, &[]);
    for sent_away in &mut silent[..11] {
        let response = sent_away.response();
        assert_eq!(response.status, 503);
        assert!(response.head.contains("retry-after: 5\r\n"));
    }
    server.sync(&mut Device::new(91), &[]);
    slow.send(rest);
    let reply = district.vol.read(server.relay, &head, &slow.response().body);
    assert_eq!(reply.stored_to(&entries[0]), Some(1), "who had shown its head was not sent away");
    drop(silent);
    server.stop();
}

#[test]
fn one_device_takes_few_places_from_the_others() {
    let mut district = District::new();
    let most = crate::limits::DEVICE_REQUESTS_MAX;
    let config = HttpConfig { connections_max: 32, waits_max: most + 1, ..HttpConfig::for_testing() };
    let server = server(&mut district, HttpConfig { requests_max: most + 1, ..config });
    server.sync(&mut district.head, &[]);
    let entries = statements(&mut district.vol, PATROLS, most + 2);
    let begun = entries.into_iter().map(|entry| {
        let request = district.vol.request(&server.relay, &[entry]).1;
        let (most, rest) = request.split_at(request.len() - 1);
        let mut connection = begin_sync(&server, request.len());
        connection.send(most);
        assert_eq!(server.begin_wait(&mut district.head).response().status, 200, "its entry is stored");
        server.sync(&mut district.head, &[]);
        (connection, rest.to_vec())
    });
    let begun: Vec<_> = begun.collect();
    for (number, (mut connection, rest)) in begun.into_iter().enumerate() {
        connection.send(&rest);
        assert_eq!(connection.response().status, if number < 2 { 503 } else { 200 });
    }
    server.sync(&mut district.ts, &[]);
    let mut first = server.begin_wait(&mut district.ts);
    let waits: Vec<_> = (0..=most).map(|_| server.begin_wait(&mut district.ts)).collect();
    // Whichever of them came first, it is answered long before its time.
    assert_ne!(first.response().status, 204);
    drop(waits);
    server.stop();
}

#[test]
fn who_shows_no_head_is_let_go() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { head_time_max: SHORT, ..HttpConfig::for_testing() });
    assert_eq!(begin_sync(&server, 1_000).response().status, 408);
    server.stop();
}

#[cfg(unix)]
#[test]
fn a_relay_whose_database_is_taken_away_acknowledges_nothing_more_and_stops() {
    type Loss = fn(&std::path::Path);
    let losses: [(Loss, bool); 3] = [
        (|data| std::fs::remove_file(data).unwrap(), false),
        (|data| std::fs::rename(data, data.with_extension("moved")).unwrap(), false),
        (
            |data| {
                std::fs::copy(data, data.with_extension("copy")).unwrap();
                std::fs::rename(data.with_extension("copy"), data).unwrap();
            },
            true,
        ),
    ];
    for (lose, is_there) in losses {
        let (folder, mut district) = (tempfile::tempdir().unwrap(), District::new());
        let data = folder.path().join("relay.db");
        let mut relay = Relay::open(&data, &[district.root.id()], &mut chance(50)).unwrap();
        district.bring_rolls(&mut relay);
        let entries = statements(&mut district.vol, PATROLS, 3);
        lose(&data);
        let (_, push) = district.vol.request(&relay.id(), &entries);
        assert!(matches!(relay.answer(&push), Err(SyncRefused::Storage(StorageError::Lost))));
        let config = HttpConfig { database_check: SHORT, ..HttpConfig::for_testing() };
        let server = Server::start_with(relay, config, (tracing::Dispatch::none(), Listeners::from));
        assert!(matches!(server.end(), Err(RunError::Lost)), "nobody had to tell it");
        let again = Relay::open(&data, &[district.root.id()], &mut chance(51));
        if is_there {
            assert!(again.unwrap().stock().is_ok(), "no foreign log is mixed under what is there now");
        } else {
            assert!(matches!(again, Err(StorageError::Log)), "no new identity is made without a word");
            assert!(!data.exists());
        }
        if data.with_extension("moved").exists() {
            let moved = crate::keeping::check(&data.with_extension("moved"), &mut |_| ()).unwrap();
            assert!(moved.is_sound() && moved.sound == district.rolls.len() as u64, "it is whole by itself");
        }
    }
}

#[test]
fn a_body_that_says_it_is_compressed_is_refused_with_the_reason() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let mut connection = server.connect();
    connection.send(
        b"POST /v1/sync HTTP/1.1\r\nhost: relay\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nnot!",
    );
    let response = connection.response();
    assert_eq!(response.status, 415);
    assert_eq!(response.body, b"the body must come as it is, without content-encoding\n");
    server.stop();
}

#[test]
fn the_metrics_are_counts_on_a_listener_of_their_own() {
    let mut district = District::new();
    let (watching, address) = listen();
    let listeners = |devices| {
        let metrics = tokio::net::TcpListener::from_std(watching).unwrap();
        Listeners { metrics: Some(metrics), ..Listeners::from(devices) }
    };
    let relay = district.founded();
    let server = Server::start_with(relay, HttpConfig::for_testing(), (tracing::Dispatch::none(), listeners));
    let mut entries = statements(&mut district.vol, PATROLS, 3);
    entries.remove(1);
    assert_eq!(server.sync(&mut district.vol, &entries).reasons(), [Refusal::Gap]);
    server.get("/v1/some/Ermek/Asanov");
    assert_eq!(server.get("/metrics").status, 404, "not where devices come");

    let mut asking = Connection(std::net::TcpStream::connect(address).unwrap());
    asking.send(b"GET /metrics HTTP/1.1\r\nhost: relay\r\n\r\n");
    let response = asking.response();
    let text = String::from_utf8(response.body).unwrap();
    for line in [
        "jasaq_relay_requests_total{route=\"sync\",status=\"200\"} 1",
        "jasaq_relay_requests_total{route=\"other\",status=\"404\"} 2",
        "jasaq_relay_envelopes_total{outcome=\"stored\"} 1",
        "jasaq_relay_refused_total{reason=\"gap\"} 1",
        "jasaq_relay_commit_seconds_count 1",
        "jasaq_relay_waiting 0",
        &format!("jasaq_relay_stored_envelopes {}", district.rolls.len() + 1),
        "# EOF",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    for absent in ["last_backup", "certificate", "127.0.0.1", "Asanov", &district.vol.id().to_string()] {
        assert!(!text.contains(absent), "{absent} in\n{text}");
    }
    drop(asking);
    server.stop();
}
