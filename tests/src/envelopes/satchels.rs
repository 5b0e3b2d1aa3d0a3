//! Satchels: whole, cut, of a newer program, or wrong in one way that has a name.

use jasaq_fieldbook::protocol::ids::{Place, SpaceId};
use jasaq_fieldbook::protocol::limits::{ERASED_BYTES_MAX, FRAME_BYTES_MAX};
use jasaq_fieldbook::protocol::sync::SatchelWriter;

use super::making::Maker;
use super::{Form, Line, another_version};
use crate::chance::Chance;

/// How many bytes tag, version and territory are.
const OPENING: usize = 20;

/// A file, and the territory's roll of who reads it.
#[derive(Debug, Clone)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// The reader's.
    pub roll: SpaceId,
}

/// A satchel of a few envelopes.
pub(super) fn make_satchel(maker: &mut Maker) -> Line {
    let roll = SpaceId::from_bytes(maker.chance.array());
    let mut writer = SatchelWriter::new(roll);
    let mut place = None;
    for _ in 0..=maker.chance.below(3) {
        let signed = maker.sign();
        place = Some(signed.next.place);
        writer.envelope(signed.next.place, &signed.wire.encode());
    }
    let mut bytes = writer.finish();
    let chance = &mut maker.chance;
    let made = if chance.happens(30) {
        "as it should be"
    } else if chance.happens(50) {
        spoil_bytes(chance, &mut bytes)
    } else {
        spoil_frames(chance, &mut bytes, place.expect("one at least"))
    };
    Line { made: vec![made], form: Form::Satchel(Packed { bytes, roll }) }
}

fn spoil_bytes(chance: &mut Chance, bytes: &mut Vec<u8>) -> &'static str {
    match chance.below(8) {
        0 => {
            let at = chance.below(bytes.len());
            bytes[at] ^= 1 << chance.below(8);
            "with a bit turned"
        }
        1 => {
            bytes.truncate(OPENING + chance.below(bytes.len() - OPENING));
            "cut"
        }
        2 => {
            bytes.truncate(chance.below(OPENING));
            "cut before its frames"
        }
        3 => {
            bytes[3] = another_version(chance);
            "of a newer version"
        }
        4 => {
            bytes[3] = another_version(chance);
            bytes.truncate(4 + chance.below(OPENING - 4));
            "of a newer version, cut before its frames"
        }
        5 => {
            bytes[chance.below(3)] ^= 1 << chance.below(8);
            "with another tag"
        }
        6 => {
            bytes[4 + chance.below(16)] ^= 1 << chance.below(8);
            "of another territory"
        }
        _ => {
            bytes.push(chance.pick(&[0, 8]));
            "with a byte behind its end"
        }
    }
}

/// Frames in the place of the end, and then the end.
fn spoil_frames(chance: &mut Chance, bytes: &mut Vec<u8>, place: Place) -> &'static str {
    let run = |sequence: u64| {
        frame(
            2,
            &[place.space.as_bytes().as_slice(), place.journal.as_bytes(), &sequence.to_be_bytes()].concat(),
        )
    };
    let (fog, last) = (frame(3, b"fog"), i64::MAX.cast_unsigned());
    let (made, frames) = match chance.below(12) {
        0 => {
            let more = chance.pick(&[0, 1, 300, FRAME_BYTES_MAX]);
            (
                "with a frame of a newer program",
                [frame(chance.pick(&[0, 10, 255]), &vec![7; more]), fog].concat(),
            )
        }
        1 => {
            let (kind, of_newer) = (chance.pick(&[4, 4, 5, 5, 6, 7, 9]), chance.happens(20));
            let spoken = if of_newer { frame(5, b"JQR\x02") } else { frame(kind, &chance.array::<24>()) };
            ("with a frame that may not stand there", spoken)
        }
        2 => {
            bytes.truncate(OPENING);
            ("with an envelope before any run", fog)
        }
        3 => ("with a payload that is too long", frame(10, &vec![0; FRAME_BYTES_MAX + 1])),
        4 => ("with the longest envelope", frame(3, &[7; ERASED_BYTES_MAX])),
        5 => ("with an envelope that is too long", frame(3, &[7; ERASED_BYTES_MAX + 1])),
        6 => ("with an empty envelope", [frame(3, b""), fog].concat()),
        7 => ("with the last sequence", [run(last), fog].concat()),
        8 => ("with an envelope behind the last sequence", [run(last), fog.clone(), fog].concat()),
        9 => ("with a run that is no place", run(chance.pick(&[0, last + 1, u64::MAX]))),
        10 => ("with a run of another length", frame(2, &vec![1; chance.pick(&[0, 39, 41])])),
        _ => {
            let ends: [&[u8]; 3] = [&[2], &[], &[0, 0]];
            ("with an end that says neither", frame(8, chance.pick(&ends)))
        }
    };
    bytes.truncate(bytes.len().saturating_sub(4).max(OPENING));
    bytes.extend(frames);
    bytes.extend(frame(8, &[0]));
    made
}

fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    [[kind].as_slice(), &u16::try_from(payload.len()).unwrap().to_be_bytes(), payload].concat()
}
