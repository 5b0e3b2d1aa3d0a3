//! Signatures and keys that a strict check refuses, above all where the signature fits the equation all the same.

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::scalar::Scalar;
use jasaq_fieldbook::protocol::ids::{DeviceId, JournalId, Place, Sequence};
use jasaq_fieldbook::protocol::journal::Neighbours;
use jasaq_fieldbook::protocol::seal::{Link, NextPlace, Signature};
use sha2::{Digest as _, Sha512};

use super::Case;
use super::making::Maker;
use crate::chance::Chance;

/// Where the signature begins in a wire form, and the link behind it.
pub(super) const SIGNATURE_AT: usize = 1;
pub(super) const LINK_AT: usize = SIGNATURE_AT + 64;

/// The order of Ed25519's group, least byte first.
const GROUP_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// y = p + `more`, and the sign of x: how the few points below 19 are written otherwise.
const fn unreduced(more: u8, sign: u8) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xed + more;
    bytes[31] = 0x7f | sign << 7;
    bytes
}

/// A key as it is written, what signs for it, and what the signature's R has beside what it should.
struct Pen {
    key: [u8; 32],
    secret: Scalar,
    /// R without its random part, or with it.
    nonce: Scalar,
    beside: EdwardsPoint,
    /// How R is written, if otherwise than it should.
    written: Option<[u8; 32]>,
}

impl Pen {
    /// S = r + H(R ‖ A ‖ M) a, as RFC 8032 has it.
    fn sign(&self, message: &[u8]) -> Signature {
        let r = self
            .written
            .unwrap_or_else(|| (EdwardsPoint::mul_base(&self.nonce) + self.beside).compress().to_bytes());
        let hash = Sha512::new()
            .chain_update(r)
            .chain_update(self.key)
            .chain_update(message)
            .finalize();
        let s = self.nonce + Scalar::from_bytes_mod_order_wide(&hash.into()) * self.secret;
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&r);
        bytes[32..].copy_from_slice(s.as_bytes());
        Signature::from_bytes(bytes)
    }
}

fn scalar(chance: &mut Chance) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&chance.array())
}

/// A journal whose key or whose signature has a part of small order, or is not written in its only form.
pub(super) fn sign_beside_the_curve(maker: &mut Maker) -> Case {
    let signed = maker.sign();
    let (made, pen) = pen(&mut maker.chance);
    let device = DeviceId::from_bytes(pen.key);
    let journal = JournalId::of_device(&device, maker.chance.array());
    let place = Place { journal, sequence: Sequence::FIRST, ..signed.next.place };
    let next = NextPlace { place, link: Link::First(device) };
    let wire = signed
        .wire
        .with_link(next.link)
        .sign_by(&next, |header| pen.sign(header))
        .encode();
    Case { made: vec![made], place, wire, held: Neighbours::default(), secret: None }
}

fn pen(chance: &mut Chance) -> (&'static str, Pen) {
    let (secret, nonce, torsion) = (scalar(chance), scalar(chance), EIGHT_TORSION[1 + chance.below(7)]);
    let (none, neutral) = (Scalar::ZERO, EIGHT_TORSION[0]);
    let whole = EdwardsPoint::mul_base(&secret);
    let key = |point: EdwardsPoint| point.compress().to_bytes();
    let pen = |key, secret| Pen { key, secret, nonce, beside: neutral, written: None };
    match chance.below(7) {
        0 => ("a key of small order", pen(key(EIGHT_TORSION[chance.below(8)]), none)),
        1 => {
            let written = chance.pick(&[unreduced(1, 0), unreduced(1, 1), unreduced(0, 0), unreduced(0, 1)]);
            ("a key of small order, not reduced", pen(written, none))
        }
        2 => {
            let other = unreduced(2 + chance.below(16).to_be_bytes()[7], chance.below(2).to_be_bytes()[7]);
            ("a key that is not reduced", pen(other, secret))
        }
        3 => ("a key with a part of small order", pen(key(whole + torsion), secret)),
        4 => (
            "a signature whose R has a part of small order",
            Pen { beside: torsion, ..pen(key(whole), secret) },
        ),
        5 => {
            let beside = EIGHT_TORSION[chance.below(8)];
            ("a signature whose R is of small order", Pen { nonce: none, beside, ..pen(key(whole), secret) })
        }
        _ => {
            let written =
                Some(chance.pick(&[unreduced(1, 0), unreduced(0, 0), unreduced(0, 1), unreduced(1, 1)]));
            ("a signature whose R is not reduced", Pen { nonce: none, written, ..pen(key(whole), secret) })
        }
    }
}

/// The signature is another's, of zeros, or the same number written larger than the group's order.
pub(super) fn break_signature(maker: &mut Maker) -> Case {
    let mut signed = maker.sign();
    if maker.chance.happens(30) {
        let other = (signed.signer + 1) % maker.devices.len();
        signed.wire = signed.wire.sign_again(&signed.next, maker.devices[other].signing());
        return maker.arrive("signed by another device", &signed);
    }
    if maker.chance.happens(50) {
        let mut case = maker.arrive("a signature of zeros", &signed);
        case.wire[SIGNATURE_AT..LINK_AT].fill(0);
        return case;
    }
    let mut case = maker.arrive("a signature with S past the group's order", &signed);
    add_order(&mut case.wire[SIGNATURE_AT + 32..LINK_AT]);
    case
}

fn add_order(number: &mut [u8]) {
    let mut carry = 0;
    for (byte, add) in number.iter_mut().zip(GROUP_ORDER) {
        let [high, low] = (u16::from(*byte) + u16::from(add) + carry).to_be_bytes();
        (*byte, carry) = (low, high.into());
    }
}
