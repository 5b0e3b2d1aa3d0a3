//! The device's end and the relay's against each other, and against whoever pretends to be one of them.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::ids::{HeadHash, JournalId, Sequence};
use crate::journal::Head as JournalHead;
use crate::seal::SigningKey;
use crate::sync::{Cursor, FrameWriter, Receipt};

fn key(seed: u64) -> SigningKey {
    SigningKey::make(&mut ChaCha20Rng::seed_from_u64(seed))
}

fn head(relay: &SigningKey) -> Head {
    let cursor =
        Cursor { space: SpaceId::from_bytes([5; 16]), number: 7, hash: HeadHash::from_bytes([1; 8]) };
    Head::sign(&key(1), &relay.relay_id(), 42, &[cursor])
}

fn stored() -> Frontier {
    let head = JournalHead { sequence: Sequence::FIRST, hash: HeadHash::from_bytes([3; 8]) };
    Frontier::from_iter([(JournalId::from_bytes([2; 16]), head)])
}

fn place() -> Place {
    let space = SpaceId::from_bytes([5; 16]);
    Place { space, journal: JournalId::from_bytes([2; 16]), sequence: Sequence::FIRST }
}

fn receipt(signed_by: &SigningKey, counter: u64) -> Frame {
    Frame::Receipt(Receipt::sign(signed_by, key(1).device_id(), counter, stored()))
}

fn answer(signed_by: &SigningKey, counter: u64) -> Vec<u8> {
    let mut writer = FrameWriter::new();
    writer.frame(&receipt(signed_by, counter));
    writer.frame(&Frame::Space { space: place().space, after: 7 });
    writer.envelope(place(), b"one");
    writer.frame(&Frame::End { more: false });
    writer.take()
}

#[test]
fn an_answer_gives_receipt_then_numbered_envelopes_then_its_end() {
    let relay = key(2);
    let mut contact = Contact::new(relay.relay_id(), &head(&relay));
    let (effects, outcome) = contact.handle(Event::Bytes(&answer(&relay, 42)));
    assert_eq!(outcome, Ok(()));
    let arrived = Arrived { place: place(), number: Some((place().space, 8)), wire: b"one".to_vec() };
    assert_eq!(effects, [Effect::Stored(stored()), Effect::Arrived(arrived), Effect::Ended { more: false }]);
    assert_eq!(contact.handle(Event::Closed).1, Ok(()));
}

#[test]
fn the_numbers_of_one_space_count_no_envelope_of_another() {
    let relay = key(2);
    let mut writer = FrameWriter::new();
    writer.frame(&receipt(&relay, 42));
    writer.frame(&Frame::Space { space: SpaceId::from_bytes([6; 16]), after: 7 });
    writer.envelope(place(), b"one");
    let mut contact = Contact::new(relay.relay_id(), &head(&relay));
    let (effects, outcome) = contact.handle(Event::Bytes(&writer.take()));
    assert_eq!((effects, outcome), (vec![Effect::Stored(stored())], Err(Malformed::Value.into())));
}

#[test]
fn nothing_is_believed_before_the_receipt() {
    let relay = key(2);
    let told = [
        Frame::Space { space: place().space, after: 7 },
        Frame::Run(place()),
        Frame::Envelope(b"one".to_vec()),
        Frame::Refused { place: place(), reason: Refusal::Gap },
        Frame::Rewound { space: place().space, held: Frontier::new() },
        Frame::End { more: false },
    ];
    for frame in told {
        let mut writer = FrameWriter::new();
        // What a newer relay sends first is passed over.
        writer.frame(&Frame::Unknown(99));
        writer.frame(&frame);
        writer.frame(&receipt(&relay, 42));
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        let (effects, outcome) = contact.handle(Event::Bytes(&writer.take()));
        assert_eq!((effects, outcome), (vec![], Err(ContactBroken::Receipt)), "{frame:?}");
    }
}

#[test]
fn a_receipt_of_a_newer_version_is_told_from_garbage() {
    let relay = key(2);
    let mut newer = answer(&relay, 42);
    newer[6] += 1;
    let mut contact = Contact::new(relay.relay_id(), &head(&relay));
    assert_eq!(contact.handle(Event::Bytes(&newer)), (vec![], Err(ContactBroken::Newer)));
}

#[test]
fn a_receipt_of_another_relay_or_another_request_is_refused() {
    let (relay, stranger) = (key(2), key(3));
    for answer in [answer(&stranger, 42), answer(&relay, 41)] {
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        assert_eq!(contact.handle(Event::Bytes(&answer)), (vec![], Err(ContactBroken::Receipt)));
    }
}

#[test]
fn an_answer_that_breaks_off_keeps_what_came() {
    let relay = key(2);
    let whole = answer(&relay, 42);
    let mut contact = Contact::new(relay.relay_id(), &head(&relay));
    let (effects, outcome) = contact.handle(Event::Bytes(&whole[..whole.len() - 5]));
    assert_eq!((effects.len(), outcome), (1, Ok(())));
    assert_eq!(contact.handle(Event::Closed).1, Err(ContactBroken::Cut));
}

#[test]
fn nothing_follows_the_end_and_what_came_before_it_stands() {
    let relay = key(2);
    let twice = [answer(&relay, 42), answer(&relay, 42)].concat();
    let mut contact = Contact::new(relay.relay_id(), &head(&relay));
    let (effects, outcome) = contact.handle(Event::Bytes(&twice));
    assert_eq!((effects.len(), outcome), (3, Err(Malformed::TooLong.into())));
    let mut request = FrameWriter::new();
    request.frame(&Frame::Head(head(&relay)));
    request.frame(&Frame::End { more: false });
    let mut reader = RequestReader::new(relay.relay_id());
    let request = request.take();
    assert_eq!(reader.take(&request).map(|read| read.len()), Ok(2));
    assert_eq!(reader.take(&[0]), Err(Malformed::TooLong));
}

#[test]
fn an_answer_of_a_newer_relay_is_told_from_garbage() {
    let relay = key(2);
    let mut newer = answer(&relay, 42);
    newer[3 + 3] += 1;
    let mut contact = Contact::new(relay.relay_id(), &head(&relay));
    assert_eq!(contact.handle(Event::Bytes(&newer)), (vec![], Err(ContactBroken::Newer)));
}

#[test]
fn a_page_instead_of_an_answer_is_garbage() {
    let relay = key(2);
    let mut contact = Contact::new(relay.relay_id(), &head(&relay));
    let (_, outcome) = contact.handle(Event::Bytes(b"<!doctype html><title>Sign in to the network</title>"));
    let closed = contact.handle(Event::Closed).1;
    assert!(outcome.is_err() || closed == Err(ContactBroken::Cut));
}

#[test]
fn an_empty_envelope_is_of_answers_alone() {
    let relay = key(2);
    let mut request = FrameWriter::new();
    request.frame(&Frame::Head(head(&relay)));
    request.envelope(place(), b"");
    assert_eq!(RequestReader::new(relay.relay_id()).take(&request.take()), Err(Malformed::Value));
}

#[test]
fn a_request_begins_with_a_head_signed_for_this_relay() {
    let (relay, stranger) = (key(2), key(3));
    let mut request = FrameWriter::new();
    request.frame(&Frame::Head(head(&relay)));
    request.envelope(place(), b"one");
    request.frame(&Frame::End { more: false });
    let bytes = request.take();
    let read = RequestReader::new(relay.relay_id()).take(&bytes).unwrap();
    let pushed = RequestEffect::Pushed(place(), b"one".to_vec());
    assert_eq!(read, [RequestEffect::Head(head(&relay)), pushed, RequestEffect::Ended]);
    assert!(RequestReader::new(stranger.relay_id()).take(&bytes).is_err());
    let mut headless = FrameWriter::new();
    headless.envelope(place(), b"one");
    assert!(RequestReader::new(relay.relay_id()).take(&headless.take()).is_err());
}
