//! Parts over real sockets: cut, slow, from strangers, and too many at once.

use std::io::Read as _;
use std::net::Shutdown;

use jasaq_protocol::attachment::{
    AttachmentKey, PartAnswer, PartHead, PartStanding, PartVerb, SealedAttachment, seal_attachment,
};

use super::tests::{Connection, SHORT, Server, server};
use super::*;
use crate::world::{Device, District, PATROLS, chance};

fn photo() -> SealedAttachment {
    seal_attachment(&AttachmentKey::make(&mut chance(5)), &vec![7; 150_000]).unwrap()
}

fn stream(photo: &SealedAttachment) -> Vec<u8> {
    photo
        .parts
        .iter()
        .flat_map(|part| [part.proof.clone(), part.bytes.clone()].concat())
        .collect()
}

/// A request for parts, begun: its headers and so much of its body.
fn begin(
    server: &Server,
    device: &Device,
    photo: &SealedAttachment,
    asked: (PartVerb, usize),
) -> (PartHead, Connection) {
    begin_with("", (server, device), photo, asked)
}

/// The same with a header more.
fn begin_with(
    more: &str,
    (server, device): (&Server, &Device),
    photo: &SealedAttachment,
    (verb, length): (PartVerb, usize),
) -> (PartHead, Connection) {
    let own = (device.keys.signing(), &server.relay, [3; 16]);
    let head = PartHead::sign(own, verb, (PATROLS, photo.name), 0);
    let method = if verb == PartVerb::Put { "PUT" } else { "GET" };
    let hex = head.encode().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let root = photo.name.root();
    let mut connection = server.connect();
    connection.send(
        format!(
            "{method} /v1/part/{root} HTTP/1.1\r\nhost: relay\r\njasaq-part: {hex}\r\ncontent-length: {length}\r\n{more}\r\n"
        )
        .as_bytes(),
    );
    (head, connection)
}

/// How far the relay is, as it signs.
fn asked(server: &Server, device: &Device, photo: &SealedAttachment) -> (PartStanding, u64) {
    let (head, mut connection) = begin(server, device, photo, (PartVerb::Put, 0));
    let response = connection.response();
    assert_eq!(response.status, 200);
    PartAnswer::decode(&response.body)
        .unwrap()
        .verify(&server.relay, &head)
        .unwrap()
}

#[test]
fn of_a_body_that_breaks_off_every_whole_step_is_kept_and_another_is_given_it() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let (photo, body) = (photo(), stream(&photo()));
    let (_, mut connection) = begin(&server, &district.vol, &photo, (PartVerb::Put, body.len()));
    connection.send(&body[..100_000]);
    connection.0.shutdown(Shutdown::Write).unwrap();
    let mut rest = Vec::new();
    let _ = connection.0.read_to_end(&mut rest);
    let (standing, held) = asked(&server, &district.vol, &photo);
    assert_eq!((standing, held), (PartStanding::Open, (100_000 - 2 * 576) / 4_096));
    let (_, mut connection) = begin(&server, &district.head, &photo, (PartVerb::Get, 0));
    let given = connection.response().body;
    let steps = usize::try_from(held).unwrap() * 4_096 + 2 * photo.parts[0].proof.len();
    assert!(body.starts_with(&given[PartAnswer::LENGTH..]) && given.len() == PartAnswer::LENGTH + steps);
    server.stop();
}

#[test]
fn who_brings_parts_too_slowly_is_let_go_and_what_came_is_kept() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig { body_pause_max: SHORT, ..HttpConfig::for_testing() });
    let (photo, body) = (photo(), stream(&photo()));
    let (_, mut connection) = begin(&server, &district.vol, &photo, (PartVerb::Put, body.len()));
    connection.send(&body[..70_000]);
    assert_eq!(connection.response().status, 408);
    assert_eq!(asked(&server, &district.vol, &photo).1, 16);
    server.stop();
}

#[test]
fn a_stranger_another_path_and_what_is_no_head_are_refused() {
    let mut district = District::new();
    let server = server(&mut district, HttpConfig::for_testing());
    let photo = photo();
    let (_, mut connection) = begin(&server, &Device::new(77), &photo, (PartVerb::Get, 0));
    assert_eq!(connection.response().status, 403);
    assert_eq!(server.get(&format!("/v1/part/{}", photo.name.root())).status, 400);
    let (head, _) = begin(&server, &district.vol, &photo, (PartVerb::Get, 0));
    let hex = head.encode().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    for (path, version) in [("00".repeat(32), "01"), (photo.name.root().to_string(), "02")] {
        let hex = format!("{}{version}{}", &hex[..6], &hex[8..]);
        let mut connection = server.connect();
        let asked = format!("GET /v1/part/{path} HTTP/1.1\r\nhost: relay\r\njasaq-part: {hex}\r\n\r\n");
        connection.send(asked.as_bytes());
        assert_eq!(connection.response().status, if version == "01" { 400 } else { 501 });
    }
    server.stop();
}

#[test]
fn parts_take_no_place_from_a_sync() {
    let mut district = District::new();
    let config = HttpConfig { parts_max: 1, requests_max: 1, ..HttpConfig::for_testing() };
    let server = server(&mut district, config);
    let (photo, body) = (photo(), stream(&photo()));
    let by_vol = (&server, &district.vol);
    let waits = "expect: 100-continue\r\n";
    let (_, mut slow) = begin_with(waits, by_vol, &photo, (PartVerb::Put, body.len()));
    assert_eq!(slow.response().status, 100, "it is being taken");
    slow.send(&body[..70_000]);
    assert_eq!(asked_status(&server, &district.head, &photo), 503, "there is no room for another");
    server.sync(&mut district.head, &[]);
    slow.send(&body[70_000..]);
    assert_eq!(slow.response().status, 200);
    assert_eq!(asked(&server, &district.head, &photo).1, photo.name.steps());
    server.stop();
}

fn asked_status(server: &Server, device: &Device, photo: &SealedAttachment) -> u16 {
    begin(server, device, photo, (PartVerb::Get, 0)).1.response().status
}
