//! What only an attacker with keys would seal: contents of any kind and packing, in an envelope whose signature is good.
//!
//! Random bytes never get past a signature, so what lies behind it would be tested by nobody. This signs and seals what
//! [`seal`](super::seal()) refuses to make. It is compiled for tests alone, behind the feature `fuzzing`, and opens nothing.

use rand_core::CryptoRng;

use super::{
    Content, Envelope, Header, NextPlace, SealedTo, SectionKind, Signature, SigningKey, WireEnvelope,
};
use crate::ids::EpochId;
use crate::seal::EpochPublic;
use crate::seal::exchange::{NotForThisKey, Shared};

impl WireEnvelope {
    /// The same, signed again for this place, with its link told or not as before.
    #[must_use]
    pub fn sign_again(self, next: &NextPlace, signer: &SigningKey) -> Self {
        self.sign_by(next, |header| signer.sign(header))
    }

    /// The same, signed for this place by whatever makes 64 bytes out of the signed header.
    #[must_use]
    pub fn sign_by(self, next: &NextPlace, sign: impl FnOnce(&[u8]) -> Signature) -> Self {
        let link = self.link.map(|_| *next.link.bytes());
        let Envelope { header, .. } = self.clone().at(next.place, next.link);
        Self { signature: sign(&header.signed_bytes()), link, ..self }
    }

    /// The same sealed to another epoch and encapsulation, as it says: what it holds is not sealed again.
    #[must_use]
    pub fn said_to_be_sealed_to(self, epoch: EpochId, encapsulated: [u8; 32]) -> Self {
        Self { sealed_to: self.sealed_to.map(|_| SealedTo { epoch, encapsulated }), ..self }
    }
}

/// Seals and signs whatever contents: the byte of a kind, and what is sealed under it or left readable.
///
/// No limit is looked at. Fails if the epoch's key is not a usable one.
pub fn forge(
    next: &NextPlace,
    (epoch, contents): (&EpochPublic, &[(u8, Vec<u8>)]),
    signer: &SigningKey,
    chance: &mut impl CryptoRng,
) -> Result<WireEnvelope, NotForThisKey> {
    let contents = contents.iter().map(|(kind, content)| (SectionKind::from_byte(*kind), content));
    let info = Header::seal_info(next.place, epoch.id());
    let (encapsulated, shared) = Shared::encapsulate(epoch.key(), &info, chance)?;
    let sections: Vec<_> = contents
        .enumerate()
        .map(|(index, (kind, content))| {
            let label = Header::section_label(&info, kind, index);
            (kind, if kind.is_sealed() { shared.seal(&label, content) } else { content.clone() })
        })
        .collect();
    let is_sealed = sections.iter().any(|(kind, _)| kind.is_sealed());
    let sealed_to = is_sealed.then_some(SealedTo { epoch: epoch.id(), encapsulated });
    let link = Some(*next.link.bytes());
    let sections = sections
        .into_iter()
        .map(|(kind, content)| (kind, Content::Whole(content)))
        .collect();
    let signature = Signature::from_bytes([0; 64]);
    let unsigned = WireEnvelope { signature, link, sealed_to, first_form: None, sections };
    Ok(unsigned.sign_again(next, signer))
}
