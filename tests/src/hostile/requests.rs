//! A whole request to a relay.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jasaq_fieldbook::protocol::ids::{HeadHash, JournalId, Place, RelayId, Sequence};
use jasaq_fieldbook::protocol::journal::{Neighbours, Placed, place};
use jasaq_fieldbook::protocol::limits::{ANSWER_BYTES_MAX, ENVELOPE_BYTES_MAX, ERASED_BYTES_MAX};
use jasaq_fieldbook::protocol::seal::WireEnvelope;
use jasaq_fieldbook::protocol::sync::{
    Contact, Cursor, Effect, Event, Frame, FrameWriter, Head, RequestEffect, RequestReader,
};
use jasaq_relay::{Answer, Relay, SyncRefused};

use super::district::{DEVICES, DISTRICT, District, HEAD, STRANGER};
use super::draw::{Draw, cut};
use super::erasing::{Forged, forge_and_erase};
use crate::chance::Chance;

thread_local! {
    /// A relay of the district, until a request was admitted.
    static RELAY: RefCell<Option<Relay>> = const { RefCell::new(None) };
}

/// Four bytes say where it is cut, one how it is made: 0 bytes, 1 bytes behind a good head, 2 a plan of envelopes.
pub(super) fn feed_request(input: &[u8]) {
    let district = &*DISTRICT;
    let mut draw = Draw::new(input);
    let (cuts, way) = (draw.array(), draw.byte());
    let request = match way % 3 {
        0 => draw.rest().to_vec(),
        1 => {
            let mut request = head(district, &mut draw);
            request.extend_from_slice(draw.rest());
            request
        }
        _ => planned(district, draw),
    };
    let mut relay = RELAY.take().unwrap_or_else(|| district.relay());
    let at_once = relay.answer(&request);
    if head_of(&request, relay.id()).is_none() {
        assert!(matches!(at_once, Err(SyncRefused::Garbage(_) | SyncRefused::Cut)), "it is no request");
        return RELAY.set(Some(relay));
    }
    check_answered(district, &request, &at_once);
    // To make another relay takes longer than to ask it.
    if cuts[0] < 64 {
        let mut other = district.relay();
        let in_pieces = answer_in_pieces(&mut other, &cut(&request, cuts));
        check_answered(district, &request, &in_pieces);
        match (at_once, in_pieces) {
            (Ok(at_once), Ok(in_pieces)) => {
                assert_eq!(at_once.bytes, in_pieces.bytes, "pieces are no matter");
            }
            (Ok(_), Err(refused)) => panic!("who takes it whole takes it in pieces: {refused}"),
            (Err(_), _) => {}
        }
        serve_another(&mut other, district);
    }
    serve_another(&mut relay, district);
}

/// Nothing that comes breaks the storage; a stranger is given nothing, and what is given can be read.
fn check_answered(district: &District, request: &[u8], answered: &Result<Answer, SyncRefused>) {
    match answered {
        Ok(answer) => check_answer(district, request, answer),
        Err(refused) => assert!(!matches!(refused, SyncRefused::Storage(_)), "the storage broke: {refused}"),
    }
}

/// The head, if the request begins with one that is signed for this relay.
fn head_of(request: &[u8], relay: RelayId) -> Option<Head> {
    let length = usize::from(u16::from_be_bytes([*request.get(1)?, *request.get(2)?]));
    let effects = RequestReader::new(relay).take(request.get(..3 + length)?).ok()?;
    effects.into_iter().find_map(|effect| match effect {
        RequestEffect::Head(head) => Some(head),
        _ => None,
    })
}

fn answer_in_pieces(relay: &mut Relay, pieces: &[&[u8]]) -> Result<Answer, SyncRefused> {
    let mut taking = relay.begin();
    for piece in pieces {
        taking.take(piece)?;
        relay.commit(&mut taking)?;
    }
    relay.finish(taking)
}

fn check_answer(district: &District, request: &[u8], answer: &Answer) {
    assert!(answer.bytes.len() <= ANSWER_BYTES_MAX, "no longer than an answer may be");
    let relay = District::relay_key().relay_id();
    let head = head_of(request, relay).expect("nothing is answered without a head");
    let is_in = district.devices[..STRANGER].iter().any(|device| device.id() == head.device());
    assert!(is_in || answer.tally.sent == 0, "a stranger is given nothing");
    assert!(answer.tally.stored + answer.tally.known <= answer.tally.pushed);
    let mut contact = Contact::new(relay, &head);
    let (effects, outcome) = contact.handle(Event::Bytes(&answer.bytes));
    assert_eq!(outcome, Ok(()), "a device can read the answer");
    assert!(matches!(effects.last(), Some(Effect::Ended { .. })), "to its end");
    assert_eq!(contact.handle(Event::Closed).1, Ok(()));
}

/// The head's phone asks from the start, whatever was pushed before, and is given journals without holes that verify.
fn serve_another(relay: &mut Relay, district: &District) {
    let keys = district.devices[HEAD].signing();
    let start = [district.territory, district.squad, district.patrols].map(|space| Cursor {
        space,
        number: 0,
        hash: HeadHash::from_bytes([0; 8]),
    });
    let head = Head::sign(keys, &relay.id(), u64::MAX, &start);
    let mut request = FrameWriter::new();
    request.frame(&Frame::Head(head.clone()));
    request.frame(&Frame::End { more: false });
    let answer = match relay.answer(&request.take()) {
        Ok(answer) => answer,
        // Somebody pushed in its name with the highest counter there is.
        Err(SyncRefused::Replayed) => return,
        Err(refused) => panic!("others are served: {refused}"),
    };
    let mut contact = Contact::new(relay.id(), &head);
    let (effects, outcome) = contact.handle(Event::Bytes(&answer.bytes));
    assert_eq!(outcome, Ok(()), "others can read their answer");
    let mut held: BTreeMap<JournalId, Neighbours> = BTreeMap::new();
    for effect in effects {
        let Effect::Arrived(arrived) = effect else { continue };
        let neighbours = held.entry(arrived.place.journal).or_default();
        let wire = WireEnvelope::decode(&arrived.wire).expect("what is handed out is an envelope");
        match place(wire, arrived.place, neighbours) {
            Ok(Placed::New(envelope)) => {
                let (signer, previous) = (Some(envelope.signer()), Some(envelope.hash()));
                *neighbours = Neighbours { signer, previous, here: None };
            }
            other => panic!("what is handed out verifies and has no holes: {other:?}"),
        }
    }
}

/// A head's frame: who asks, with which counter, from where.
fn head(district: &District, draw: &mut Draw<'_>) -> Vec<u8> {
    let asker = &district.devices[draw.below(2 * DEVICES)];
    let (counter, count) = (draw.byte(), draw.below(6));
    let cursors: Vec<_> = district.spaces()[..count.min(5)]
        .iter()
        .map(|space| {
            let (number, hash) = (draw.byte().into(), HeadHash::from_bytes([draw.byte(); 8]));
            Cursor { space: *space, number, hash }
        })
        .collect();
    let relay = District::relay_key().relay_id();
    let mut writer = FrameWriter::new();
    writer.frame(&Frame::Head(Head::sign(asker.signing(), &relay, counter.into(), &cursors)));
    writer.take()
}

/// A head, envelopes of whoever, and mostly an end.
fn planned(district: &District, mut draw: Draw<'_>) -> Vec<u8> {
    let mut request = head(district, &mut draw);
    let mut frames = FrameWriter::new();
    let ends = draw.byte() < 240;
    let mut count = 0;
    while !draw.is_empty() && count < 40 {
        count += 1;
        match draw.below(4) {
            0 => {
                let roll = &district.rolls[draw.below(district.rolls.len())];
                frames.envelope(roll.place(), &roll.to_wire(draw.flag()).encode());
            }
            1 => {
                let space = draw.pick(&district.spaces());
                let sequence = Sequence::new(draw.byte().into()).unwrap_or(Sequence::FIRST);
                let at = Place { space, journal: JournalId::from_bytes([draw.byte(); 16]), sequence };
                let wire = draw.piece();
                frames.envelope(at, wire.get(..ERASED_BYTES_MAX).unwrap_or(wire));
            }
            _ => push_forged(district, &mut draw, &mut frames),
        }
    }
    if ends {
        frames.frame(&Frame::End { more: false });
    }
    request.extend(frames.take());
    request
}

/// Some envelopes of one journal, with whatever in them, signed as they should be.
fn push_forged(district: &District, draw: &mut Draw<'_>, frames: &mut FrameWriter) {
    let (signer, space) = (draw.below(2 * DEVICES), draw.pick(&district.spaces()));
    let mut next = district.next(signer, space);
    for _ in 0..=draw.below(3) {
        let contents: Vec<_> = (0..=draw.below(3)).map(|_| (draw.byte(), draw.piece().to_vec())).collect();
        let (epoch, keys) = (district.epoch.public(), &district.devices[signer]);
        let mut chance = Chance::of_seed(6);
        let Forged { wire, whole_bytes } =
            forge_and_erase(&next, (&epoch, contents), keys.signing(), chance.stream());
        if whole_bytes > ENVELOPE_BYTES_MAX {
            return;
        }
        frames.envelope(next.place, &wire.encode());
        let Ok(verified) = wire.at(next.place, next.link).verify(&keys.id()) else { return };
        next = super::district::after(&verified);
    }
}
