//! A whole answer to a volunteer's phone, and a satchel that it imports.

use std::cell::RefCell;

use jasaq_fieldbook::protocol::ids::{HeadHash, JournalId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::journal::{self, Frontier};
use jasaq_fieldbook::protocol::limits::{ENVELOPE_BYTES_MAX, ERASED_BYTES_MAX};
use jasaq_fieldbook::protocol::seal::{SectionKind, SigningKey};
use jasaq_fieldbook::protocol::sync::{
    Contact, Effect, Event, Frame, FrameWriter, Head, Receipt, Refusal, SatchelWriter,
};
use jasaq_fieldbook::{ContactReport, FieldbookRefused, SatchelReport};

use super::changes::chunk_of;
use super::district::{DEVICES, DISTRICT, District, after};
use super::draw::{Draw, cut};
use super::erasing::{Forged, forge_and_erase};
use super::phone::{Phone, Request, read_request};
use crate::chance::Chance;

/// Reasons that a relay gives.
const REASONS: [Refusal; 5] = [Refusal::NotYet, Refusal::MayNot, Refusal::Quota, Refusal::Gap, Refusal::Fork];

thread_local! {
    static PHONE: RefCell<Option<Phone>> = const { RefCell::new(None) };
}

/// Four bytes say where it is cut, one how it is made: even bytes, odd a plan of what a relay would say.
pub(super) fn feed_answer(input: &[u8]) {
    let mut draw = Draw::new(input);
    let (cuts, is_planned) = (draw.array(), draw.flag());
    let mut phone = PHONE.take().unwrap_or_else(Phone::new);
    let request = phone.request.clone();
    let bytes = if is_planned { planned(draw, &request) } else { draw.rest().to_vec() };
    let said = effects(&bytes, &request.head);
    let before = phone.book().status().expect("the vault is whole").own_entries;
    let ticket = phone.ticket;
    let mut answer = phone.book().open_answer(ticket).expect("the request stands");
    for piece in cut(&bytes, cuts) {
        check_refused(phone.book().take_answer(&mut answer, piece));
    }
    check_refused(phone.book().finish_answer(answer, Ok(()), &mut ContactReport::default()));
    let now = phone.book().status().expect("the vault is whole").own_entries;
    let is_told = said.iter().any(|effect| is_about(effect, &request));
    assert!(is_told || now.at_relay <= before.at_relay, "own entries are at the relay by its receipt alone");
    // Where nothing was said, nothing was written.
    if !said.is_empty() {
        check_cursors(&mut phone, &said);
        phone.check();
        phone.restore();
    }
    PHONE.set(Some(phone));
}

/// Whether this is a receipt for something that was pushed.
fn is_about(effect: &Effect, request: &Request) -> bool {
    let Effect::Stored(stored) = effect else { return false };
    request.pushed.iter().any(|(place, _)| stored.get(&place.journal).is_some())
}

/// What a strict reader makes of the answer.
fn effects(answer: &[u8], head: &Head) -> Vec<Effect> {
    let mut contact = Contact::new(District::relay_key().relay_id(), head);
    contact.handle(Event::Bytes(answer)).0
}

/// Whatever comes, it is the answer that is refused, and not the phone that fails.
fn check_refused(outcome: Result<(), FieldbookRefused>) {
    if let Err(refused) = outcome {
        assert!(matches!(refused, FieldbookRefused::Exchange(_)), "the phone failed: {refused:?}");
    }
}

/// A cursor moves by an envelope at a time, and back to the start only if the relay says that it lost the past.
fn check_cursors(phone: &mut Phone, said: &[Effect]) {
    let next = phone.book().prepare_contact().expect("it is sealed");
    for cursor in read_request(&next.request).head.cursors() {
        let before = phone.request.head.cursors().iter().find(|before| before.space == cursor.space);
        let number = before.map_or(0, |before| before.number);
        let arrived = said.iter().filter(|effect| {
            matches!(effect, Effect::Arrived(arrived) if arrived.number.is_some_and(|(space, _)| space == cursor.space))
        });
        assert!(cursor.number <= number + arrived.count() as u64, "a cursor moves by an envelope at a time");
        let is_rewound = said
            .iter()
            .any(|effect| matches!(effect, Effect::Rewound(space, _) if *space == cursor.space));
        assert!(is_rewound || cursor.number >= number, "and back only if the past is lost");
    }
}

/// Frames as a relay or somebody in the middle with a member's keys would send them.
fn planned(mut draw: Draw<'_>, request: &Request) -> Vec<u8> {
    let district = &*DISTRICT;
    let mut frames = FrameWriter::new();
    // Mostly as a relay begins: with a receipt.
    if draw.byte() < 230 {
        frames.frame(&Frame::Receipt(receipt(&mut draw, request)));
    }
    let mut count = 0;
    while !draw.is_empty() && count < 40 {
        count += 1;
        match draw.below(9) {
            0 => frames.frame(&Frame::Receipt(receipt(&mut draw, request))),
            1 => {
                let (space, after) = (draw.pick(&district.spaces()), draw.byte().into());
                frames.frame(&Frame::Space { space, after });
            }
            2 => {
                let (place, reason) = (pushed_place(&mut draw, request), draw.pick(&REASONS));
                frames.frame(&Frame::Refused { place, reason });
            }
            3 => {
                let held = if draw.flag() { frontier(&mut draw, request) } else { Frontier::new() };
                frames.frame(&Frame::Rewound { space: draw.pick(&district.spaces()), held });
            }
            4 => frames.envelope(pushed_place(&mut draw, request), &[]),
            5 => frames.frame(&Frame::End { more: draw.flag() }),
            _ => push_envelope(&mut draw, &mut |place, wire| frames.envelope(place, wire)),
        }
    }
    frames.take()
}

/// A receipt of the relay, mostly for what was pushed.
fn receipt(draw: &mut Draw<'_>, request: &Request) -> Receipt {
    let key = if draw.byte() < 230 { District::relay_key() } else { SigningKey::from_secret_bytes(&[1; 32]) };
    Receipt::sign(&key, request.head.device(), request.head.counter(), frontier(draw, request))
}

/// Some of the places that were pushed, with whatever hash.
fn frontier(draw: &mut Draw<'_>, request: &Request) -> Frontier {
    let mut frontier = Frontier::new();
    for _ in 0..=draw.below(4) {
        let Place { journal, sequence, .. } = pushed_place(draw, request);
        let sequence = if draw.byte() < 230 { sequence } else { sequence.next() };
        frontier.note(journal, journal::Head { sequence, hash: HeadHash::from_bytes([draw.byte(); 8]) });
    }
    frontier
}

fn pushed_place(draw: &mut Draw<'_>, request: &Request) -> Place {
    let drawn = draw.byte();
    match request.pushed.get(usize::from(drawn)) {
        Some((place, _)) => *place,
        None => Place {
            space: draw.pick(&DISTRICT.spaces()),
            journal: JournalId::from_bytes([drawn; 16]),
            sequence: Sequence::FIRST,
        },
    }
}

/// An envelope of the rolls, of nobody, or of a member who seals and signs whatever.
fn push_envelope(draw: &mut Draw<'_>, push: &mut dyn FnMut(Place, &[u8])) {
    let district = &*DISTRICT;
    match draw.below(6) {
        0 => {
            let roll = &district.rolls[draw.below(district.rolls.len())];
            push(roll.place(), &roll.to_wire(draw.flag()).encode());
        }
        1 => {
            let (space, journal) = (draw.pick(&district.spaces()), JournalId::from_bytes([draw.byte(); 16]));
            let sequence = Sequence::new(draw.byte().into()).unwrap_or(Sequence::FIRST);
            let wire = draw.piece();
            push(Place { space, journal, sequence }, wire.get(..ERASED_BYTES_MAX).unwrap_or(wire));
        }
        _ => push_forged(draw, push),
    }
}

fn push_forged(draw: &mut Draw<'_>, push: &mut dyn FnMut(Place, &[u8])) {
    let district = &*DISTRICT;
    let (signer, space): (usize, SpaceId) = (draw.below(2 * DEVICES), draw.pick(&district.spaces()));
    let mut next = district.next(signer, space);
    for _ in 0..=draw.below(3) {
        let contents: Vec<_> = (0..=draw.below(3)).map(|_| content(draw, &next.place.journal)).collect();
        let (epoch, keys) = (district.epoch.public(), &district.devices[signer]);
        let mut chance = Chance::of_seed(9);
        let Forged { wire, whole_bytes } =
            forge_and_erase(&next, (&epoch, contents), keys.signing(), chance.stream());
        if whole_bytes > ENVELOPE_BYTES_MAX {
            return;
        }
        push(next.place, &wire.encode());
        let Ok(verified) = wire.at(next.place, next.link).verify(&keys.id()) else { return };
        next = after(&verified);
    }
}

/// Any content under any kind; or a change's body, with its journal as the actor and summed as it should be.
fn content(draw: &mut Draw<'_>, journal: &JournalId) -> (u8, Vec<u8>) {
    let kind = draw.byte();
    if kind & 0x7f != 0x7f {
        return (kind, draw.piece().to_vec());
    }
    let mut body = draw.piece().to_vec();
    if let Some(actor) = body.get_mut(2..18)
        && kind == 0xff
    {
        actor.copy_from_slice(journal.as_bytes());
    }
    let document = [draw.byte(); 16];
    (SectionKind::Change.byte(), [&[0], document.as_slice(), &chunk_of(&body)].concat())
}

/// The first byte says how the file is made: even bytes, odd a plan of envelopes.
pub(super) fn feed_import(input: &[u8]) {
    let mut draw = Draw::new(input);
    let is_planned = draw.flag();
    let bytes = if is_planned {
        let mut writer = SatchelWriter::new(DISTRICT.territory);
        let mut count = 0;
        while !draw.is_empty() && count < 40 {
            count += 1;
            push_envelope(&mut draw, &mut |place, wire| writer.envelope(place, wire));
        }
        writer.finish()
    } else {
        draw.rest().to_vec()
    };
    let mut phone = PHONE.take().unwrap_or_else(Phone::new);
    let outcome = phone.book().import_satchel(&mut bytes.as_slice());
    let is_moved = outcome.as_ref().is_ok_and(|report| report.envelopes > 0);
    if let Ok(report) = &outcome {
        let SatchelReport { envelopes, new, known, waiting, newer, forks, refused, left_behind, .. } =
            *report;
        assert_eq!(left_behind, 0, "that is of who packs one");
        assert_eq!(
            new + known + waiting + newer + forks + refused,
            envelopes,
            "every envelope is told of once: {report:?}"
        );
    }
    check_refused(outcome.map(drop));
    if is_moved {
        check_cursors(&mut phone, &[]);
        phone.check();
        phone.restore();
    }
    PHONE.set(Some(phone));
}
