//! Heads and receipts, which have one layout: whole, at their bounds, of a newer program, or wrong in one way that has a name.

use jasaq_fieldbook::protocol::ids::{DeviceId, RelayId};
use jasaq_fieldbook::protocol::limits::{FRONTIER_JOURNALS_MAX, SPACES_MAX};
use jasaq_fieldbook::protocol::seal::SigningKey;

use super::making::Maker;
use super::{Form, Line, another_version};
use crate::chance::Chance;

/// What a relay or a device is told, and what it knows: its own id or that of whom it asked, and its own head.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The relay that a head is for, and that a receipt is of.
    pub relay: RelayId,
    /// The device that asked, for a receipt.
    pub device: DeviceId,
    /// The counter of its head, for a receipt.
    pub counter: u64,
}

/// What is written and signed.
struct Draft<'a> {
    tag: [u8; 4],
    device: DeviceId,
    counter: u64,
    /// Spaces with numbers, or journals with sequences, and their hashes.
    named: Vec<[u8; 32]>,
    counted: usize,
    signer: &'a SigningKey,
    relay: RelayId,
}

impl Draft<'_> {
    /// Names so many, rising, as a device or a relay would.
    fn name(&mut self, chance: &mut Chance, count: usize) {
        self.named = (0..count)
            .map(|at| {
                let mut named: [u8; 32] = chance.array();
                named[..2].copy_from_slice(&u16::try_from(at).unwrap().to_be_bytes());
                named[16..24].copy_from_slice(&(1 + (chance.number() >> 2)).to_be_bytes());
                named
            })
            .collect();
        self.counted = count;
    }

    fn write(&self) -> Vec<u8> {
        let counted = u16::try_from(self.counted).unwrap().to_be_bytes();
        let opening = [&self.tag, self.device.as_bytes().as_slice(), &self.counter.to_be_bytes(), &counted];
        let signed = [opening.concat(), self.named.concat()].concat();
        let signature = self.signer.sign(&[signed.as_slice(), self.relay.as_bytes()].concat());
        [signed.as_slice(), signature.as_bytes()].concat()
    }
}

/// A head or a receipt.
pub(super) fn make_spoken(maker: &mut Maker) -> Line {
    let Maker { chance, devices, .. } = maker;
    let is_head = chance.happens(50);
    let (device, relay) = (devices[0].signing(), devices[1].signing());
    let known = Spoken {
        bytes: Vec::new(),
        relay: relay.relay_id(),
        device: device.device_id(),
        counter: chance.number() >> chance.below(64),
    };
    let most = if is_head { SPACES_MAX } else { FRONTIER_JOURNALS_MAX };
    let (tag, signer) = if is_head { (*b"JQH\x01", device) } else { (*b"JQR\x01", relay) };
    let mut draft = Draft {
        tag,
        device: known.device,
        counter: known.counter,
        named: Vec::new(),
        counted: 0,
        signer,
        relay: known.relay,
    };
    let (made, bytes) = if chance.happens(40) {
        let count = chance.pick(&[0, 1, 3, most]);
        draft.name(chance, count);
        ("as it should be", draft.write())
    } else {
        spoil(chance, draft, most)
    };
    let spoken = Spoken { bytes, ..known };
    if is_head {
        Line { made: vec![made], form: Form::Head(spoken) }
    } else {
        Line { made: vec![made], form: Form::Receipt(spoken) }
    }
}

/// Wrong or newer: before it is signed, so that the signature fits, or behind it.
fn spoil(chance: &mut Chance, mut draft: Draft<'_>, most: usize) -> (&'static str, Vec<u8>) {
    let made = match chance.below(12) {
        0 => {
            draft.tag[3] = another_version(chance);
            "of a newer version"
        }
        1 => {
            draft.tag[chance.below(3)] ^= 1 << chance.below(8);
            "with another tag"
        }
        2 => {
            draft.name(chance, most + 1);
            "naming one too many"
        }
        3 => {
            draft.name(chance, 2);
            draft.named[1] = draft.named[0];
            "naming one twice"
        }
        4 => {
            draft.name(chance, 2);
            draft.named.reverse();
            "naming what falls"
        }
        5 => {
            draft.name(chance, 2);
            draft.counted = chance.pick(&[0, 1, 3, usize::from(u16::MAX)]);
            "counting otherwise"
        }
        6 => {
            draft.name(chance, 1);
            let number = chance.pick(&[0, 1 << 63, u64::MAX]);
            draft.named[0][16..24].copy_from_slice(&number.to_be_bytes());
            "with a number that is no sequence"
        }
        7 => {
            draft.relay = RelayId::from_bytes(chance.array());
            "signed for another relay"
        }
        8 => {
            draft.device = DeviceId::from_bytes(chance.array());
            "of another device"
        }
        9 => {
            draft.counter = draft.counter.wrapping_add(1);
            "of another counter"
        }
        _ => return spoil_signed(chance, draft),
    };
    (made, draft.write())
}

fn spoil_signed(chance: &mut Chance, mut draft: Draft<'_>) -> (&'static str, Vec<u8>) {
    draft.name(chance, 2);
    let mut bytes = draft.write();
    let made = match chance.below(3) {
        0 => {
            bytes.truncate(chance.below(bytes.len()));
            "cut"
        }
        1 => {
            bytes.push(0);
            "with a byte behind it"
        }
        _ => {
            let at = chance.below(bytes.len());
            bytes[at] ^= 1 << chance.below(8);
            "with a bit turned"
        }
    };
    (made, bytes)
}
