//! Acks at their bounds, of a newer program, or as nobody may write them, each in one way that has a name.

use jasaq_fieldbook::protocol::bytes::VERSION;
use jasaq_fieldbook::protocol::limits::ACK_JOURNALS_MAX;

use super::{another_version, contents};
use crate::chance::Chance;

/// A journal's line: its first byte, and its sequence.
type Line = (u8, u64);

/// An ack's bytes with something about them that is wrong, new or at its bound, and what.
pub(crate) fn spoiled_ack(chance: &mut Chance) -> (&'static str, Vec<u8>) {
    let lines = |count: usize| -> Vec<Line> { (0..count).map(|at| (u8::try_from(at).unwrap(), 1)).collect() };
    match chance.below(14) {
        0 => ("an ack of a newer version", with(chance, |chance, bytes| bytes[0] = another_version(chance))),
        1 => ("an ack cut", with(chance, |chance, bytes| bytes.truncate(chance.below(bytes.len())))),
        2 => ("a byte behind an ack", with(chance, |_, bytes| bytes.push(0))),
        3 => ("an ack that counts otherwise", with(chance, |_, bytes| bytes[34] = bytes[34].wrapping_add(1))),
        4 => {
            let turned = with(chance, |chance, bytes| {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            });
            ("a bit turned in an ack", turned)
        }
        5 => ("an ack of no journal", ack(chance, &[])),
        6 => ("an ack of 96 journals", ack(chance, &lines(ACK_JOURNALS_MAX))),
        7 => ("an ack of 97 journals", ack(chance, &lines(ACK_JOURNALS_MAX + 1))),
        8 => ("an ack with a journal twice", ack(chance, &[(1, 1), (1, 2)])),
        9 => ("an ack whose journals fall", ack(chance, &[(2, 1), (1, 1)])),
        10 => ("an ack with a sequence of zero", ack(chance, &[(1, 0)])),
        11 => ("an ack with the last sequence", ack(chance, &[(1, i64::MAX.cast_unsigned())])),
        12 => {
            let past = chance.pick(&[1 << 63, u64::MAX]);
            ("an ack with a sequence past the last", ack(chance, &[(1, past)]))
        }
        _ => ("an empty ack", Vec::new()),
    }
}

fn with(chance: &mut Chance, spoil: fn(&mut Chance, &mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = contents::ack(chance).encode();
    spoil(chance, &mut bytes);
    bytes
}

/// An ack with these lines, in the order in which they are given.
fn ack(chance: &mut Chance, lines: &[Line]) -> Vec<u8> {
    let digests: [u8; 32] = chance.array();
    let mut bytes =
        [[VERSION].as_slice(), &digests, &u16::try_from(lines.len()).unwrap().to_be_bytes()].concat();
    for (journal, sequence) in lines {
        bytes.extend([[*journal; 16].as_slice(), &sequence.to_be_bytes(), &chance.array::<8>()].concat());
    }
    bytes
}
