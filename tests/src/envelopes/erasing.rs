//! Random envelopes of which sections were erased: as who carries them leaves them, and as nobody may.

use jasaq_fieldbook::protocol::limits::{ENVELOPE_BYTES_MAX, SECTIONS_MAX};
use jasaq_fieldbook::protocol::seal::{SectionSet, VerifiedEnvelope, WireEnvelope};

use super::Case;
use super::contents::{self, ACK, CHANGE};
use super::making::{Maker, Signed};
use super::spoiling::{count_at, section_ranges};

/// A sealed kind of a newer program.
const SEALED: u8 = 0xfe;
const FLAG_SEALED: u8 = 1;
const FLAG_ERASED: u8 = 4;
const FIRST_FORM_BYTES: usize = 32;
/// Kind, length and hash.
const LEFT_BYTES: usize = 35;

impl Maker {
    /// Seals as a device does, and erases some of what is sealed.
    pub(super) fn sign_erased(&mut self) -> Signed {
        loop {
            let signed = self.sign();
            let whole = self.verified(&signed);
            if whole.header().epoch().is_some() {
                return Signed { wire: self.erase(whole), ..signed };
            }
        }
    }

    /// Seals as a device does; now and then something was erased since.
    pub(super) fn sign_or_erase(&mut self) -> Signed {
        if self.chance.happens(20) { self.sign_erased() } else { self.sign() }
    }

    fn verified(&self, signed: &Signed) -> VerifiedEnvelope {
        let Signed { signer, next, wire, .. } = signed;
        let verified = wire.clone().at(next.place, next.link).verify(&self.devices[*signer].id());
        verified.expect("it was signed as it should be")
    }

    /// In one step or in two: what is named may be readable, or beyond the last section.
    fn erase(&mut self, whole: VerifiedEnvelope) -> WireEnvelope {
        let mut envelope = whole;
        while envelope.erased().is_empty() || self.chance.happens(30) {
            envelope = envelope.erase(self.some_sections());
        }
        envelope.to_wire(true)
    }

    fn some_sections(&mut self) -> SectionSet {
        let percent = self.chance.pick(&[20, 50, 100]);
        (0..SECTIONS_MAX).filter(|_| self.chance.happens(percent)).collect()
    }
}

/// What was erased as it should be.
pub(super) fn make_erased(maker: &mut Maker) -> Case {
    let signed = maker.sign_erased();
    maker.arrive("valid, with sections erased", &signed)
}

/// What is left of sections is spoilt, or stands where it may not.
pub(super) fn spoil_erased(maker: &mut Maker) -> Case {
    let last = |count: usize| 1 << (count - 1);
    match maker.chance.below(8) {
        0 => erase_too_long(maker),
        1 => erase_by_hand(maker, "no section erased", |_| 0),
        2 => erase_by_hand(maker, "a section erased that is not there", |count| 3 << (count - 1)),
        3 => erase_by_hand(maker, "a readable section erased", |_| 1),
        4 => erase_by_hand(maker, "a first form made up", last),
        5 => {
            let mut case = erase_by_hand(maker, "erased and not sealed", last);
            let first_form = count_at(&case.wire);
            drop(case.wire.drain(first_form - 40..first_form));
            case.wire[0] ^= FLAG_SEALED;
            case
        }
        6 => {
            let mut case = erase_by_hand(maker, "what is erased said otherwise", last);
            let bits = count_at(&case.wire) + FIRST_FORM_BYTES + 1;
            case.wire[bits + maker.chance.below(2)] ^= 1 << maker.chance.below(8);
            case
        }
        _ => {
            let mut case = erase_by_hand(maker, "what is left of a section turned", last);
            let section = case.wire.len() - LEFT_BYTES;
            if maker.chance.happens(30) {
                case.wire[section + 1..section + 3].fill(0xff);
            } else {
                case.wire[section + 1 + maker.chance.below(LEFT_BYTES - 1)] ^= 1 << maker.chance.below(8);
            }
            case
        }
    }
}

/// Whole it is as long as may be with its link, or nearly, or longer.
fn erase_too_long(maker: &mut Maker) -> Case {
    let change = contents::packed(&mut maker.chance);
    let kind = maker.chance.pick(&[ACK, SEALED]);
    let whole = ENVELOPE_BYTES_MAX - 2 + maker.chance.below(4);
    let around = maker.forge(&[(kind, Vec::new()), (CHANGE, change.clone())]).wire.encode().len();
    let filler = maker.chance.bytes(whole.saturating_sub(around));
    let signed = maker.forge(&[(kind, filler), (CHANGE, change)]);
    let whole = maker.verified(&signed);
    let signed = Signed { wire: maker.erase(whole), ..signed };
    maker.arrive("erased, and whole about as long as may be, or longer", &signed)
}

/// Writes an erased form of a readable section and some more, the last of them sealed: those whose bits stand there have
/// nothing left but their hashes, and the first form is made up.
fn erase_by_hand(maker: &mut Maker, made: &'static str, bits: fn(usize) -> u16) -> Case {
    let mut contents = vec![(ACK, maker.chance.bytes(40))];
    for _ in 0..=maker.chance.below(3) {
        contents.push((maker.chance.pick(&[SEALED, CHANGE]), maker.chance.bytes(60)));
    }
    let signed = maker.forge(&contents);
    let whole = maker.arrive(made, &signed);
    let bits = bits(contents.len());
    let at = count_at(&whole.wire);
    let mut wire = whole.wire[..at].to_vec();
    wire[0] |= FLAG_ERASED;
    wire.extend(maker.chance.array::<FIRST_FORM_BYTES>());
    wire.push(whole.wire[at]);
    wire.extend(bits.to_be_bytes());
    for (index, section) in section_ranges(&whole.wire).into_iter().enumerate() {
        let (head, content) = whole.wire[section].split_at(3);
        wire.extend(head);
        if bits >> index & 1 == 1 {
            wire.extend(blake3::derive_key("jasaq 1 section hash", content));
        } else {
            wire.extend(content);
        }
    }
    Case { wire, ..whole }
}
