//! The satchel's reader.

use jasaq_fieldbook::protocol::ids::{JournalId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::limits::ERASED_BYTES_MAX;
use jasaq_fieldbook::protocol::sync::{SatchelEffect, SatchelReader, SatchelRefused, SatchelWriter};

use super::draw::{Draw, cut};

/// The territory whose satchels are read.
pub(super) const HERE: SpaceId = SpaceId::from_bytes([
    0xd6, 0x9a, 0x0e, 0x94, 0x51, 0xe1, 0xbe, 0x0a, 0x25, 0xb9, 0xe9, 0x44, 0xe2, 0x86, 0x77, 0x2e,
]);

/// Four bytes say where it is cut; then even a satchel's bytes, odd a plan of envelopes to pack.
pub(super) fn feed_satchel(input: &[u8]) {
    let mut draw = Draw::new(input);
    let cuts = draw.array();
    if draw.flag() {
        return check_packed(draw, cuts);
    }
    let bytes = draw.rest();
    let (at_once, in_pieces) = (read(&[bytes]), read(&cut(bytes, cuts)));
    assert_eq!(at_once, in_pieces, "pieces are no matter");
    let arrived = at_once.0.iter().filter_map(|effect| match effect {
        SatchelEffect::Arrived(arrived) => Some(arrived),
        SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
    });
    for arrived in arrived {
        assert!(arrived.wire.len() <= ERASED_BYTES_MAX, "no longer than an envelope may be");
        assert_eq!(arrived.number, None, "a satchel counts for no relay");
    }
}

fn read(pieces: &[&[u8]]) -> (Vec<SatchelEffect>, Result<(), SatchelRefused>) {
    let (mut reader, mut effects) = (SatchelReader::new(HERE), Vec::new());
    for piece in pieces {
        let (more, outcome) = reader.take(piece);
        effects.extend(more);
        if outcome.is_err() {
            return (effects, outcome);
        }
    }
    (effects, Ok(()))
}

fn check_packed(mut draw: Draw<'_>, cuts: [u8; 4]) {
    let mut writer = SatchelWriter::new(HERE);
    let mut packed = Vec::new();
    while !draw.is_empty() {
        let (space, journal) =
            (SpaceId::from_bytes([draw.byte(); 16]), JournalId::from_bytes([draw.byte(); 16]));
        let sequence = Sequence::new(u64::from(draw.byte()) + 1).expect("it is not zero");
        let (place, wire) = (Place { space, journal, sequence }, draw.piece());
        let wire = wire.get(..ERASED_BYTES_MAX).unwrap_or(wire);
        writer.envelope(place, wire);
        packed.push((place, wire.to_vec()));
    }
    let bytes = writer.finish();
    let (effects, outcome) = read(&cut(&bytes, cuts));
    assert_eq!(outcome, Ok(()), "what was packed is read");
    assert_eq!(effects.last(), Some(&SatchelEffect::Ended), "to its end");
    let came: Vec<_> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            SatchelEffect::Arrived(arrived) => Some((arrived.place, arrived.wire)),
            SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
        })
        .collect();
    assert_eq!(came, packed, "and comes out as it was put in");
}
