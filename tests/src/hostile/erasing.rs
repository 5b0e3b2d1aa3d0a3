//! Forged envelopes of which sections are gone.

use jasaq_fieldbook::protocol::seal::{
    EpochPublic, NextPlace, SectionKind, SectionSet, SigningKey, WireEnvelope, forge,
};
use rand_core::CryptoRng;

/// A content under one of these kinds stands for a change of which nothing is left but its length and hash.
const GONE: std::ops::RangeInclusive<u8> = 0xc0..=0xdf;

/// An envelope with its link, and how long that was before anything was erased.
pub(super) struct Forged {
    pub(super) wire: WireEnvelope,
    pub(super) whole_bytes: usize,
}

/// Seals and signs whatever contents, and erases those that stand for what is gone. No limit is looked at.
pub(super) fn forge_and_erase(
    next: &NextPlace,
    (epoch, mut contents): (&EpochPublic, Vec<(u8, Vec<u8>)>),
    signer: &SigningKey,
    chance: &mut impl CryptoRng,
) -> Forged {
    let mut gone = SectionSet::default();
    for (index, (kind, _)) in contents.iter_mut().enumerate() {
        if GONE.contains(kind) {
            *kind = SectionKind::Change.byte();
            gone.insert(index);
        }
    }
    let whole = forge(next, (epoch, &contents), signer, chance).expect("a target's epoch is a usable one");
    let whole_bytes = whole.encode().len();
    let verified = whole.clone().at(next.place, next.link).verify(&signer.device_id());
    let wire = verified.map_or(whole, |verified| verified.erase(gone).to_wire(true));
    Forged { wire, whole_bytes }
}
