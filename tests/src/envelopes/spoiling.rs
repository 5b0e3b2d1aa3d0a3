//! Random envelopes that are not as they should be, each in one way.

use jasaq_fieldbook::protocol::ids::{EpochId, JournalId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::journal::Neighbours;
use jasaq_fieldbook::protocol::limits::{ENVELOPE_BYTES_MAX, SECTIONS_MAX};
use jasaq_fieldbook::protocol::seal::{NextPlace, WireEnvelope};

use super::Case;
use super::contents::ACK;
use super::erasing;
use super::making::{Maker, Signed};
use super::signing::{self, LINK_AT};
use crate::chance::Chance;

/// Points of small order of Curve25519 as an encapsulation has them.
const SMALL_ORDER_X: [[u8; 32]; 3] = [
    small(&[]),
    small(&[1]),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda,
        0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ],
];

const fn small(first: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    if let [byte, ..] = first {
        bytes[0] = *byte;
    }
    bytes
}

/// One that was spoiled on its way, at its place, by its writer or by its reader's own memory.
pub(super) fn make_spoiled(maker: &mut Maker) -> Case {
    match maker.chance.below(22) {
        0..4 => spoil_bytes(maker),
        4..6 => misplace(maker),
        6 => hold_otherwise(maker),
        7 => signing::break_signature(maker),
        8..10 => signing::sign_beside_the_curve(maker),
        10 => seal_elsewhere(maker),
        11 => swap_sections(maker),
        12 => exceed(maker),
        13..15 => erasing::spoil_erased(maker),
        _ => {
            let (made, signed) = sign_spoiled_contents(maker);
            let case = maker.arrive("signed well, and wrong inside", &signed);
            Case { made: [case.made.as_slice(), &made].concat(), ..case }
        }
    }
}

/// The link or the disk spoils bytes.
fn spoil_bytes(maker: &mut Maker) -> Case {
    let signed = maker.sign_or_erase();
    let mut case = maker.arrive("", &signed);
    let (chance, wire) = (&mut maker.chance, &mut case.wire);
    let made = match chance.below(10) {
        0 => {
            flip(chance, wire);
            "a bit turned in the wire form"
        }
        1 => {
            wire[0] ^= 1 << chance.below(8);
            "a flag turned"
        }
        2 => {
            for _ in 0..=chance.below(5) {
                let at = chance.below(wire.len());
                wire[at] = chance.array::<1>()[0];
            }
            "bytes changed"
        }
        3 => {
            wire.truncate(chance.below(wire.len()));
            "cut"
        }
        4 => {
            let count = 1 + chance.below(40);
            wire.extend(chance.bytes(count));
            "bytes behind it"
        }
        5 => {
            wire[0] ^= 0x10 << chance.below(4);
            wire.truncate(chance.pick(&[1, 5, wire.len()]));
            "of a newer version"
        }
        6 => {
            wire[0] |= chance.pick(&[8, 12]);
            "a flag that must be 0"
        }
        7 => {
            wire.clear();
            "empty"
        }
        8 => {
            if wire[0] & 2 != 0 {
                wire[0] ^= 2;
                drop(wire.drain(LINK_AT..LINK_AT + 32));
            }
            "its link left out"
        }
        _ => {
            // Past the signature and the link: lengths, kinds and contents.
            let from = (LINK_AT + 32).min(wire.len() - 1);
            let at = from + chance.below(wire.len() - from);
            wire[at] ^= 1 << chance.below(8);
            "a bit turned behind the link"
        }
    };
    Case { made: vec![made], ..case }
}

fn flip(chance: &mut Chance, bytes: &mut [u8]) {
    let at = chance.below(bytes.len());
    bytes[at] ^= 1 << chance.below(8);
}

/// The frame around it names another place.
fn misplace(maker: &mut Maker) -> Case {
    let signed = maker.sign_or_erase();
    let mut case = maker.arrive("another place", &signed);
    let Place { space, journal, sequence } = &mut case.place;
    match maker.chance.below(4) {
        0 => *space = SpaceId::from_bytes(maker.chance.array()),
        1 => *journal = JournalId::from_bytes(maker.chance.array()),
        2 => *journal = JournalId::of_device(&maker.devices[signed.signer].id(), maker.chance.array()),
        _ => *sequence = Sequence::new(1 + maker.chance.number() % 4).unwrap(),
    }
    case
}

/// Its reader holds another device for the journal, or the wrong hash before it.
fn hold_otherwise(maker: &mut Maker) -> Case {
    let signed = maker.sign_or_erase();
    let stranger = maker.stranger(signed.signer);
    let mut case = maker.arrive("another device is held", &signed);
    case.held = Neighbours { signer: Some(stranger), ..case.held };
    case
}

/// What was sealed at another place or to another key is signed here.
fn seal_elsewhere(maker: &mut Maker) -> Case {
    let mut signed = maker.sign();
    let signer = maker.devices[signed.signer].signing();
    let to = maker.epochs[signed.epoch].public().id();
    let made = match maker.chance.below(5) {
        0 => {
            let encapsulated = maker.chance.pick(&SMALL_ORDER_X);
            signed.wire = signed.wire.said_to_be_sealed_to(to, encapsulated);
            "sealed with an encapsulation of small order"
        }
        1 => {
            let encapsulated = maker.chance.array();
            let to = if maker.chance.happens(50) { to } else { EpochId::from_bytes(maker.chance.array()) };
            signed.wire = signed.wire.said_to_be_sealed_to(to, encapsulated);
            "sealed with an encapsulation made up"
        }
        2 => {
            // As u + p where it fits, or with the bit that X25519 does not look at: the same point to the exchange.
            let mut encapsulated: [u8; 32] = [0xff; 32];
            encapsulated[0] = 0xed + maker.chance.array::<1>()[0] % 19;
            encapsulated[31] = maker.chance.pick(&[0x7f, 0xff]);
            signed.wire = signed.wire.said_to_be_sealed_to(to, encapsulated);
            "sealed with an encapsulation that is not reduced"
        }
        3 => {
            let mut bytes = signed.wire.encode();
            let section = section_ranges(&bytes).pop().expect("one at least");
            let at = section.start + 3;
            if at < section.end {
                bytes[at + maker.chance.below(section.end - at)] ^= 1 << maker.chance.below(8);
            }
            signed.wire = WireEnvelope::decode(&bytes).unwrap();
            "a section changed before it was signed"
        }
        _ => {
            let place = Place { space: SpaceId::from_bytes(maker.chance.array()), ..signed.next.place };
            signed.next = NextPlace { place, ..signed.next };
            "sealed for another space"
        }
    };
    signed.wire = signed.wire.sign_again(&signed.next, signer);
    maker.arrive(made, &signed)
}

/// Two sections change places, on the way or before it was signed.
fn swap_sections(maker: &mut Maker) -> Case {
    let mut signed = maker.sign();
    let bytes = signed.wire.encode();
    let mut sections = section_ranges(&bytes);
    let opening = bytes[..sections[0].start].to_vec();
    let (one, other) = (maker.chance.below(sections.len()), maker.chance.below(sections.len()));
    sections.swap(one, other);
    let swapped = sections.into_iter().fold(opening, |mut swapped, section| {
        swapped.extend_from_slice(&bytes[section]);
        swapped
    });
    if maker.chance.happens(50) {
        signed.wire = WireEnvelope::decode(&swapped).unwrap();
        signed.wire = signed.wire.sign_again(&signed.next, maker.devices[signed.signer].signing());
        return maker.arrive("sections changed places before it was signed", &signed);
    }
    Case { wire: swapped, ..maker.arrive("sections changed places", &signed) }
}

/// Where the sections stand in a wire form, each with its kind and length.
pub(super) fn section_ranges(wire: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut at = count_at(wire) + 1;
    let mut ranges = Vec::new();
    while at < wire.len() {
        let end = at + 3 + usize::from(u16::from_be_bytes([wire[at + 1], wire[at + 2]]));
        ranges.push(at..end);
        at = end;
    }
    ranges
}

/// Where a wire form counts its sections, or has its first form, if some are erased.
pub(super) fn count_at(wire: &[u8]) -> usize {
    LINK_AT + if wire[0] & 2 == 0 { 0 } else { 32 } + if wire[0] & 1 == 0 { 0 } else { 40 }
}

/// Longer than an envelope may be, or with more sections, or with none.
fn exceed(maker: &mut Maker) -> Case {
    match maker.chance.below(4) {
        0 => {
            let contents: Vec<_> = (0..=SECTIONS_MAX).map(|_| (ACK, Vec::new())).collect();
            let signed = maker.forge(&contents);
            maker.arrive("a section too many", &signed)
        }
        1 => {
            let signed = maker.sign();
            let mut case = maker.arrive("sections miscounted", &signed);
            let at = count_at(&case.wire);
            case.wire[at] = maker.chance.pick(&[0, 1, 2, 15, 16, 17, 255]);
            case
        }
        _ => {
            // Some are too long with their link alone.
            let bytes = ENVELOPE_BYTES_MAX - 200 + maker.chance.below(300);
            let signed = {
                let content = maker.chance.bytes(bytes);
                maker.forge(&[(ACK, content)])
            };
            maker.arrive("about as long as may be, or longer", &signed)
        }
    }
}

/// A device with a pen: contents that are no operation, no ack, no change, under a signature that is good.
fn sign_spoiled_contents(maker: &mut Maker) -> (Vec<&'static str>, Signed) {
    loop {
        let count = 1 + maker.chance.below(3);
        let signer = maker.chance.below(maker.devices.len());
        let contents: Vec<_> = (0..count).map(|_| maker.content(signer)).collect();
        let (made, contents): (Vec<_>, Vec<_>) = contents.into_iter().unzip();
        let signed = maker.forge(&contents);
        if signed.wire.encode().len() <= ENVELOPE_BYTES_MAX {
            return (made.into_iter().flatten().collect(), signed);
        }
    }
}
