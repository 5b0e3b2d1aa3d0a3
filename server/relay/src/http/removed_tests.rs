//! What becomes of the sessions of a device that is removed.

use super::tests::{Server, server};
use super::*;
use crate::world::{District, PATROLS, SQUAD, cut_to, remove, statements};

/// The head removes the volunteer.
fn remove_volunteer(server: &Server, district: &mut District) {
    let word = remove(&district.vol, cut_to(&district.vol, &[PATROLS]));
    let removed = district.head.operate(SQUAD, &word);
    server.sync(&mut district.head, &[removed]);
}

#[test]
fn who_waits_and_is_removed_is_woken_once_and_waits_no_more() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { waits_max: 1, ..HttpConfig::for_testing() });
    server.sync(&mut district.vol, &[]);
    let mut waiting = server.begin_wait(&mut district.vol);
    remove_volunteer(&server, &mut district);
    assert_eq!(waiting.response().status, 200);
    assert_eq!(server.begin_wait(&mut district.vol).response().status, 200, "it has not asked yet");
    let reply = server.sync(&mut district.vol, &[]);
    assert_eq!((reply.arrived.len(), reply.arrived[0].space), (1, SQUAD));
    for _ in 0..3 {
        let refused = server.begin_wait(&mut district.vol).response();
        assert_eq!((refused.status, &refused.body[..]), (403, &b"the device was removed\n"[..]));
    }
    // The one place there is was not taken.
    server.sync(&mut district.ss, &[]);
    let mut waiting = server.begin_wait(&mut district.ss);
    let entries = statements(&mut district.head, PATROLS, 1);
    server.sync(&mut district.head, &entries);
    assert_eq!(waiting.response().status, 200);
    server.stop();
}

#[test]
fn who_is_removed_while_it_pushes_gets_its_receipt_and_nothing_that_came_after() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    server.sync(&mut district.vol, &[]);
    let entries = statements(&mut district.vol, PATROLS, 2);
    let (head, request) = district.vol.request(&server.relay, &entries);
    let (most, rest) = request.split_at(request.len() - 1);
    let mut slow = server.connect();
    slow.send(
        format!("POST /v1/sync HTTP/1.1\r\nhost: relay\r\ncontent-length: {}\r\n\r\n", request.len())
            .as_bytes(),
    );
    slow.send(most);
    // Its entries can be seen, so it is being taken.
    server.sync(&mut district.head, &[]);
    while district.head.holds(PATROLS) < 2 {
        server.sync(&mut district.head, &[]);
    }
    remove_volunteer(&server, &mut district);
    let later = statements(&mut district.head, PATROLS, 2);
    server.sync(&mut district.head, &later);
    slow.send(rest);
    let reply = district.vol.read(server.relay, &head, &slow.response().body);
    assert_eq!(reply.stored_to(&entries[1]), Some(2));
    assert_eq!((reply.arrived.len(), reply.arrived[0].space), (1, SQUAD));
    server.stop();
}
