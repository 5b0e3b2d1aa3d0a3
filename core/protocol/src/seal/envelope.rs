//! The envelope: what replicates.
//!
//! ```text
//! signed header
//! tag "JQE" and version          4
//! space                         16
//! journal                       16
//! sequence                       8
//! link                          32   the device at sequence 1, the hash of the previous envelope after it
//! flags                          1   1 if anything is sealed
//! epoch, encapsulation, if sealed 40
//! section count                  1
//! each: kind 1, length 2, hash 32
//! ```
//!
//! It is never sent: [`WireEnvelope`] is, from which whoever reads makes it again. Since it holds lengths and hashes and no
//! contents, it stays what it is when sections are erased, and so do signature, hash and links.

use std::fmt;

use rand_core::CryptoRng;

use super::exchange::{EpochKey, EpochPublic, NotForThisKey, Shared};
use super::keys::{BadSignature, Signature, SigningKey, verify};
use super::section::{OpenedSection, Section, SectionKind, SectionSet};
use super::wire::{Content, WireEnvelope};
use crate::bytes::{Malformed, Writer};
use crate::ids::{DeviceId, EnvelopeHash, EpochId, Place, SectionHash, Sequence};
use crate::limits::{ENVELOPE_BYTES_MAX, SECTIONS_MAX};

const TAG: &[u8; 3] = b"JQE";

/// What ties an envelope to its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// The first envelope names the device that signs this journal.
    First(DeviceId),
    /// A later one names the envelope before it.
    After(EnvelopeHash),
}

impl Link {
    pub(super) fn bytes(&self) -> &[u8; 32] {
        match self {
            Self::First(device) => device.as_bytes(),
            Self::After(hash) => hash.as_bytes(),
        }
    }

    pub(super) fn from_bytes(bytes: [u8; 32], sequence: Sequence) -> Self {
        if sequence == Sequence::FIRST {
            Self::First(DeviceId::from_bytes(bytes))
        } else {
            Self::After(EnvelopeHash::from_bytes(bytes))
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SealedTo {
    pub(super) epoch: EpochId,
    pub(super) encapsulated: [u8; 32],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SectionHeader {
    pub(super) kind: SectionKind,
    pub(super) length: u16,
    pub(super) hash: SectionHash,
}

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub(super) place: Place,
    pub(super) link: Link,
    pub(super) sealed_to: Option<SealedTo>,
    pub(super) sections: Vec<SectionHeader>,
}

impl Header {
    /// Where the envelope stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// What ties it to its journal.
    #[must_use]
    pub fn link(&self) -> Link {
        self.link
    }

    /// The epoch its sealed sections are sealed to.
    #[must_use]
    pub fn epoch(&self) -> Option<EpochId> {
        self.sealed_to.map(|to| to.epoch)
    }

    /// The kinds of its sections, in order.
    pub fn kinds(&self) -> impl Iterator<Item = SectionKind> + '_ {
        self.sections.iter().map(|section| section.kind)
    }

    fn signed_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer
            .tag(TAG)
            .raw(self.place.space.as_bytes())
            .raw(self.place.journal.as_bytes());
        writer.u64(self.place.sequence.number()).raw(self.link.bytes());
        writer.u8(u8::from(self.sealed_to.is_some()));
        if let Some(to) = &self.sealed_to {
            writer.raw(to.epoch.as_bytes()).raw(&to.encapsulated);
        }
        writer.u8(u8::try_from(self.sections.len()).unwrap_or(u8::MAX));
        for section in &self.sections {
            writer.u8(section.kind.byte()).u16(section.length).raw(section.hash.as_bytes());
        }
        writer.finish()
    }

    /// What HPKE's info binds: everything that says where the envelope stands.
    fn seal_info(place: Place, epoch: EpochId) -> Vec<u8> {
        let mut writer = Writer::new();
        writer
            .raw(b"jasaq 1 section")
            .raw(place.space.as_bytes())
            .raw(place.journal.as_bytes());
        writer.u64(place.sequence.number()).raw(epoch.as_bytes());
        writer.finish()
    }

    /// What one section's key and tag bind besides: its kind and its index.
    fn section_label(info: &[u8], kind: SectionKind, index: usize) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.raw(info).u8(kind.byte()).count(index);
        writer.finish()
    }
}

/// An envelope at its place, unproven: its contents cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub(super) header: Header,
    pub(super) signature: Signature,
    pub(super) contents: Vec<Content>,
    /// Of the form that the relay had before anything was erased. If left unset, nothing is.
    pub(super) first_form: Option<[u8; 32]>,
}

/// Why an envelope was not accepted as what it says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeRefused {
    /// The bytes are not an envelope.
    #[error("not an envelope: {0}")]
    Malformed(#[from] Malformed),
    /// The signature does not fit.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// The journal is another device's.
    #[error("the journal is another device's")]
    Journal,
}

impl Envelope {
    /// Checks that the journal is the signer's, and his signature over the whole header, hence over every content.
    pub fn verify(self, signer: &DeviceId) -> Result<VerifiedEnvelope, EnvelopeRefused> {
        if !self.header.place.journal.is_of(signer) {
            return Err(EnvelopeRefused::Journal);
        }
        if matches!(self.header.link, Link::First(device) if device != *signer) {
            return Err(BadSignature.into());
        }
        let signed = self.header.signed_bytes();
        verify(signer.as_bytes(), &signed, &self.signature)?;
        let hash = EnvelopeHash::from_bytes(blake3::derive_key("jasaq 1 envelope", &signed));
        Ok(VerifiedEnvelope { envelope: self, signer: *signer, hash })
    }
}

/// An envelope whose signature was checked against its signer's key.
///
/// Only [`Envelope::verify`] and [`seal`] make one, so holding it is the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedEnvelope {
    envelope: Envelope,
    signer: DeviceId,
    hash: EnvelopeHash,
}

/// Why a verified envelope could not be opened with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenRefused {
    /// The key is of another epoch, or a section was moved here from elsewhere.
    #[error(transparent)]
    Key(#[from] NotForThisKey),
    /// A section opened, but its content cannot be inflated.
    #[error(transparent)]
    Content(#[from] super::compress::InflateRefused),
}

impl VerifiedEnvelope {
    /// The signed header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.envelope.header
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.envelope.header.place
    }

    /// The device that signed it.
    #[must_use]
    pub fn signer(&self) -> DeviceId {
        self.signer
    }

    /// The hash of its signed header.
    #[must_use]
    pub fn hash(&self) -> EnvelopeHash {
        self.hash
    }

    /// The wire form; `with_link` for a reader who may not hold the envelope before it.
    #[must_use]
    pub fn to_wire(&self, with_link: bool) -> WireEnvelope {
        let header = &self.envelope.header;
        let explicit = with_link || matches!(header.link, Link::First(_));
        WireEnvelope {
            signature: self.envelope.signature,
            link: explicit.then(|| *header.link.bytes()),
            sealed_to: header.sealed_to,
            first_form: self.envelope.first_form,
            sections: header.kinds().zip(self.envelope.contents.iter().cloned()).collect(),
        }
    }

    /// The sections of which nothing is left but their lengths and hashes.
    #[must_use]
    pub fn erased(&self) -> SectionSet {
        let contents = self.envelope.contents.iter().enumerate();
        contents
            .filter(|(_, content)| matches!(content, Content::Erased { .. }))
            .map(|(index, _)| index)
            .collect()
    }

    /// The same without the contents of some of its sealed sections, as [`WireEnvelope::erase`] does it. Signature, hash, place
    /// and links hold.
    #[must_use]
    pub fn erase(mut self, sections: SectionSet) -> Self {
        let left = self.to_wire(false).erase(sections);
        self.envelope.first_form = left.first_form;
        self.envelope.contents = left.sections.into_iter().map(|(_, content)| content).collect();
        self
    }

    /// The contents that everybody may read, with their kinds and places.
    pub fn readable(&self) -> impl Iterator<Item = (usize, SectionKind, &[u8])> {
        let sections = self.header().kinds().zip(&self.envelope.contents).enumerate();
        sections.filter_map(|(index, (kind, content))| match content {
            Content::Whole(bytes) if !kind.is_sealed() => Some((index, kind, bytes.as_slice())),
            _ => None,
        })
    }

    /// Opens every sealed change that was not erased; a sealed kind of a newer program is left alone.
    pub fn open(&self, key: &EpochKey) -> Result<Vec<OpenedSection>, OpenRefused> {
        let Some(to) = self.header().sealed_to else { return Ok(Vec::new()) };
        if key.public().id() != to.epoch {
            return Err(NotForThisKey.into());
        }
        let info = Header::seal_info(self.place(), to.epoch);
        let shared = Shared::decapsulate(key.exchange(), &to.encapsulated, &info)?;
        let mut opened = Vec::new();
        for (index, (kind, content)) in self.header().kinds().zip(&self.envelope.contents).enumerate() {
            if let (SectionKind::Change, Content::Whole(content)) = (kind, content) {
                let plain = shared.open(&Header::section_label(&info, kind, index), content)?;
                opened.push(OpenedSection::from_content(index, &plain)?);
            }
        }
        Ok(opened)
    }
}

/// The place a device writes next in its own journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextPlace {
    /// Where.
    pub place: Place,
    /// What ties it to what is before.
    pub link: Link,
}

/// An envelope to be sealed.
pub struct EnvelopeDraft<'a> {
    /// Where it will stand.
    pub next: NextPlace,
    /// The epoch that sealed sections are sealed to. If left unset, no section may be a sealed kind.
    pub epoch: Option<&'a EpochPublic>,
    /// What it holds, at least one.
    pub sections: &'a [Section],
}

/// Prints where it will stand, and of its sections what they are and how long.
impl fmt::Debug for EnvelopeDraft<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvelopeDraft")
            .field("place", &self.next.place)
            .field("sections", &self.sections)
            .finish_non_exhaustive()
    }
}

/// Why a draft could not become an envelope. All but `TooLong` are defects of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealRefused {
    /// Longer than one envelope may be; it must be split.
    #[error("{bytes} bytes do not fit into an envelope of at most {ENVELOPE_BYTES_MAX}")]
    TooLong {
        /// How long the wire form would have been.
        bytes: usize,
    },
    /// No section, or more than fit.
    #[error("an envelope holds 1 to {SECTIONS_MAX} sections")]
    Sections,
    /// A sealed section without an epoch, or an epoch whose key is not one.
    #[error("no usable epoch to seal to")]
    Epoch,
    /// The journal is another device's.
    #[error("the journal is another device's")]
    Journal,
}

/// Seals sections into the next envelope of the device's own journal and signs it.
pub fn seal(
    draft: &EnvelopeDraft<'_>,
    signer: &impl AsRef<SigningKey>,
    chance: &mut impl CryptoRng,
) -> Result<VerifiedEnvelope, SealRefused> {
    if draft.sections.is_empty() || draft.sections.len() > SECTIONS_MAX {
        return Err(SealRefused::Sections);
    }
    let signer = signer.as_ref();
    if !draft.next.place.journal.is_of(&signer.device_id()) {
        return Err(SealRefused::Journal);
    }
    let (sealed_to, sections) = seal_sections(draft, chance)?;
    let sections = sections
        .into_iter()
        .map(|(kind, content)| (kind, Content::Whole(content)))
        .collect();
    let signature = Signature::from_bytes([0; 64]);
    let unsigned = WireEnvelope { signature, link: None, sealed_to, first_form: None, sections };
    let mut envelope = unsigned.at(draft.next.place, draft.next.link);
    let signed = envelope.header.signed_bytes();
    envelope.signature = signer.sign(&signed);
    let hash = EnvelopeHash::from_bytes(blake3::derive_key("jasaq 1 envelope", &signed));
    let verified = VerifiedEnvelope { envelope, signer: signer.device_id(), hash };
    let bytes = verified.to_wire(true).encode().len();
    if bytes <= ENVELOPE_BYTES_MAX { Ok(verified) } else { Err(SealRefused::TooLong { bytes }) }
}

type SealedSections = (Option<SealedTo>, Vec<(SectionKind, Vec<u8>)>);

fn seal_sections(
    draft: &EnvelopeDraft<'_>,
    chance: &mut impl CryptoRng,
) -> Result<SealedSections, SealRefused> {
    if !draft.sections.iter().any(|section| section.kind().is_sealed()) {
        let plain = draft
            .sections
            .iter()
            .map(|section| (section.kind(), section.content().to_vec()));
        return Ok((None, plain.collect()));
    }
    let epoch = draft.epoch.ok_or(SealRefused::Epoch)?;
    let info = Header::seal_info(draft.next.place, epoch.id());
    let (encapsulated, shared) =
        Shared::encapsulate(epoch.key(), &info, chance).map_err(|_| SealRefused::Epoch)?;
    let sealed = draft.sections.iter().enumerate().map(|(index, section)| {
        let (kind, content) = (section.kind(), section.content());
        if kind.is_sealed() {
            (kind, shared.seal(&Header::section_label(&info, kind, index), &content))
        } else {
            (kind, content.to_vec())
        }
    });
    Ok((Some(SealedTo { epoch: epoch.id(), encapsulated }), sealed.collect()))
}

#[cfg(feature = "fuzzing")]
pub(super) mod forge;
#[cfg(test)]
mod tests;
