//! Frames, heads, receipts and acks.

use jasaq_fieldbook::protocol::bytes::Malformed;
use jasaq_fieldbook::protocol::ids::{DeviceId, HeadHash, JournalId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::journal::{self, Frontier};
use jasaq_fieldbook::protocol::limits::{
    ACK_JOURNALS_MAX, FRAME_BYTES_MAX, FRONTIER_JOURNALS_MAX, SPACES_MAX,
};
use jasaq_fieldbook::protocol::seal::SigningKey;
use jasaq_fieldbook::protocol::sync::{
    Ack, Contact, ContactBroken, Cursor, Effect, Event, Frame, FrameReader, FrameWriter, Head, Receipt,
    Refusal, RequestEffect, RequestReader,
};

use super::draw::{Draw, cut};

pub(super) const COUNTER: u64 = 42;

/// The device that asks.
pub(super) fn device() -> SigningKey {
    SigningKey::from_secret_bytes(&[1; 32])
}

/// The relay that answers.
pub(super) fn relay() -> SigningKey {
    SigningKey::from_secret_bytes(&[2; 32])
}

/// Four bytes say where it is cut, one who reads it; the rest is read whole and in pieces.
pub(super) fn feed_frames(input: &[u8]) {
    let mut draw = Draw::new(input);
    let (cuts, reader) = (draw.array(), draw.byte());
    let bytes = draw.rest();
    let (whole, pieces) = ([bytes], cut(bytes, cuts));
    match reader % 3 {
        0 => {
            let (frames, ended) = read_frames(&pieces);
            assert_eq!(
                (&frames, ended),
                (&read_frames(&whole).0, read_frames(&whole).1),
                "pieces are no matter"
            );
            check_written(&frames);
        }
        1 => assert_eq!(read_answer(&pieces), read_answer(&whole), "pieces are no matter to a device"),
        _ => {
            let (in_pieces, at_once) = (read_request(&pieces), read_request(&whole));
            assert_eq!(in_pieces.1, at_once.1, "pieces are no matter to a relay's verdict");
            // A relay that is given all at once and finds it bad has not taken what stands before.
            assert!(in_pieces.0.starts_with(&at_once.0), "and what it takes is the same");
        }
    }
}

fn read_frames(pieces: &[&[u8]]) -> (Vec<Frame>, Result<bool, Malformed>) {
    let (mut reader, mut frames) = (FrameReader::new(), Vec::new());
    for piece in pieces {
        reader.push(piece);
        loop {
            match reader.read() {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => break,
                Err(malformed) => return (frames, Err(malformed)),
            }
        }
    }
    (frames, Ok(reader.is_inside_a_frame()))
}

/// What was read is written and read alike, but for what a newer program said.
fn check_written(frames: &[Frame]) {
    let of_newer =
        |frame: &&Frame| matches!(frame, Frame::Unknown(_) | Frame::Refused { reason: Refusal::Other, .. });
    for frame in frames.iter().filter(|frame| !of_newer(frame)) {
        let mut writer = FrameWriter::new();
        writer.frame(frame);
        let bytes = writer.take();
        assert!(bytes.len() <= 3 + FRAME_BYTES_MAX, "no longer than a frame may be");
        let (again, ended) = read_frames(&[&bytes]);
        assert_eq!(
            (again.as_slice(), ended),
            (std::slice::from_ref(frame), Ok(false)),
            "written and read alike"
        );
    }
}

fn read_answer(pieces: &[&[u8]]) -> (Vec<Effect>, Result<(), ContactBroken>) {
    let relay = relay().relay_id();
    let mut contact = Contact::new(relay, &Head::sign(&device(), &relay, COUNTER, &[]));
    let mut effects = Vec::new();
    for piece in pieces {
        let (more, outcome) = contact.handle(Event::Bytes(piece));
        effects.extend(more);
        if outcome.is_err() {
            return (effects, outcome);
        }
    }
    let (more, outcome) = contact.handle(Event::Closed);
    effects.extend(more);
    (effects, outcome)
}

fn read_request(pieces: &[&[u8]]) -> (Vec<RequestEffect>, Result<(), Malformed>) {
    let mut reader = RequestReader::new(relay().relay_id());
    let mut effects = Vec::new();
    for piece in pieces {
        match reader.take(piece) {
            Ok(more) => effects.extend(more),
            Err(malformed) => return (effects, Err(malformed)),
        }
    }
    (effects, Ok(()))
}

/// First byte: even a head's bytes, odd a plan of cursors to sign.
pub(super) fn feed_head(input: &[u8]) {
    let mut draw = Draw::new(input);
    let (ours, other) = (relay().relay_id(), device().relay_id());
    if draw.byte() & 1 == 0 {
        let bytes = draw.rest();
        let Ok(head) = Head::decode(bytes) else { return };
        assert_eq!(head.encode(), bytes, "a head has one encoding");
        assert!(head.cursors().len() <= SPACES_MAX, "no more spaces than may be");
        assert!(!(head.verify(&ours).is_ok() && head.verify(&other).is_ok()), "a head is for one relay");
        return;
    }
    let (counter, mut cursors) = (draw.number(), Vec::new());
    while !draw.is_empty() {
        let space = SpaceId::from_bytes(draw.array());
        cursors.push(Cursor { space, number: draw.number(), hash: HeadHash::from_bytes(draw.array()) });
    }
    let head = Head::sign(&device(), &ours, counter, &cursors);
    if let Ok(read) = Head::decode(&head.encode()) {
        assert_eq!(read, head, "a head that was signed reads back");
        assert_eq!(
            (head.verify(&ours).is_ok(), head.verify(&other).is_ok()),
            (true, false),
            "and is one relay's"
        );
    } else {
        let spaces: std::collections::BTreeSet<_> = cursors.iter().map(|cursor| cursor.space).collect();
        assert!(spaces.len() < cursors.len(), "only a head that names a space twice does not");
    }
}

/// First byte: even a receipt's bytes, odd a plan of journals to sign.
pub(super) fn feed_receipt(input: &[u8]) {
    let mut draw = Draw::new(input);
    let (relay, asker) = (relay(), device().device_id());
    if draw.byte() & 1 == 0 {
        let bytes = draw.rest();
        let Ok(receipt) = Receipt::decode(bytes) else { return };
        assert_eq!(receipt.encode(), bytes, "a receipt has one encoding");
        if let Ok(stored) = receipt.verify(&relay.relay_id(), &asker, COUNTER) {
            assert!(stored.len() <= FRONTIER_JOURNALS_MAX, "no more journals than may be");
        }
        return;
    }
    let receipt = Receipt::sign(&relay, asker, COUNTER, frontier(&mut draw));
    let read = Receipt::decode(&receipt.encode()).expect("a receipt that was signed reads back");
    assert_eq!(read, receipt);
    let to = |relay: &SigningKey, device: &DeviceId, counter| {
        read.verify(&relay.relay_id(), device, counter).is_ok()
    };
    assert!(to(&relay, &asker, COUNTER), "it is its relay's");
    let others = [
        to(&device(), &asker, COUNTER),
        to(&relay, &relay.device_id(), COUNTER),
        to(&relay, &asker, COUNTER + 1),
    ];
    assert_eq!(others, [false; 3], "and answers one device, once");
}

/// First byte: even an ack's bytes, odd a plan of journals to write.
pub(super) fn feed_ack(input: &[u8]) {
    let mut draw = Draw::new(input);
    if draw.byte() & 1 == 0 {
        let bytes = draw.rest();
        let Ok(ack) = Ack::decode(bytes) else { return };
        assert_eq!(ack.encode(), bytes, "an ack has one encoding");
        assert!(ack.heads.len() <= ACK_JOURNALS_MAX, "no more journals than may be");
        return;
    }
    let (frontier_digest, documents, heads) = (draw.array(), draw.array(), frontier(&mut draw));
    let fits = heads.len() <= ACK_JOURNALS_MAX;
    let ack = Ack { heads, frontier: frontier_digest, documents };
    assert_eq!(Ack::decode(&ack.encode()).ok(), fits.then_some(ack), "an ack within its bound reads back");
}

fn frontier(draw: &mut Draw<'_>) -> Frontier {
    let mut frontier = Frontier::new();
    while !draw.is_empty() && frontier.len() < FRONTIER_JOURNALS_MAX {
        let journal = JournalId::from_bytes(draw.array());
        let sequence = Sequence::new(draw.number()).unwrap_or(Sequence::FIRST);
        frontier.note(journal, journal::Head { sequence, hash: HeadHash::from_bytes(draw.array()) });
    }
    frontier
}
