//! The wire form of an envelope: what a reader needs to make the signed header again, and the contents.
//!
//! ```text
//! version and flags              1   4 bits each; bit 0 sealed, bit 1 link, bit 2 erased
//! signature                     64
//! link, if flagged              32
//! epoch, encapsulation, if sealed 40
//! first form, if erased         32   blake3 of the relay's wire form before anything was erased
//! section count                  1
//! erased sections, if erased     2   bit i: of section i nothing is left but length and hash
//! each: kind 1, length 2, content   or, if erased, the section's hash 32
//! ```
//!
//! It leaves out what a reader recomputes: space, journal and sequence come from the frame around it, the link from the
//! reader's own copy of the journal unless it is flagged, the hashes from the contents.

use std::fmt;

use super::envelope::{Envelope, Header, Link, SealedTo, SectionHeader};
use super::keys::Signature;
use super::section::{SectionKind, SectionSet};
use crate::bytes::{Malformed, Reader, VERSION, Writer};
use crate::ids::{EnvelopeHash, EpochId, Place, SectionHash, Sequence};
use crate::limits::{ENVELOPE_BYTES_MAX, ERASED_BYTES_MAX, SECTIONS_MAX};

const FLAG_SEALED: u8 = 1;
const FLAG_LINK: u8 = 2;
const FLAG_ERASED: u8 = 4;
/// The first byte of a wire form holds the version above these bits, and the flags in them.
const FLAG_BITS: u32 = 4;
const _: () = assert!(VERSION < 16, "a wire form has four bits for its version");

/// What an envelope holds of a section.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Everything.
    Whole(Vec<u8>),
    /// What the signed header says of it.
    Erased { length: u16, hash: SectionHash },
}

impl Content {
    fn length(&self) -> usize {
        match self {
            Self::Whole(bytes) => bytes.len(),
            Self::Erased { length, .. } => usize::from(*length),
        }
    }
}

/// Prints how long it is or was.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if matches!(self, Self::Whole(_)) { "Whole" } else { "Erased" };
        write!(f, "{name}({} bytes)", self.length())
    }
}

/// An envelope as it travels, before its place is known. Only lengths were checked.
#[derive(Clone, PartialEq, Eq)]
pub struct WireEnvelope {
    pub(super) signature: Signature,
    pub(super) link: Option<[u8; 32]>,
    pub(super) sealed_to: Option<SealedTo>,
    pub(super) first_form: Option<[u8; 32]>,
    pub(super) sections: Vec<(SectionKind, Content)>,
}

impl WireEnvelope {
    /// Reads a wire form: cheap refusals first, no signature checked.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > ERASED_BYTES_MAX {
            return Err(Malformed::Limit);
        }
        let mut reader = Reader::new(bytes);
        let flags = reader.u8()?;
        if flags >> FLAG_BITS != VERSION {
            return Err(Malformed::Newer);
        }
        let (is_sealed, is_erased) = (flags & FLAG_SEALED != 0, flags & FLAG_ERASED != 0);
        let known = FLAG_SEALED | FLAG_LINK | FLAG_ERASED | VERSION << FLAG_BITS;
        if flags & !known != 0 || is_erased && !is_sealed {
            return Err(Malformed::Value);
        }
        let signature = Signature::from_bytes(reader.array()?);
        let link = if flags & FLAG_LINK == 0 { None } else { Some(reader.array()?) };
        let sealed_to = if is_sealed {
            Some(SealedTo { epoch: EpochId::from_bytes(reader.array()?), encapsulated: reader.array()? })
        } else {
            None
        };
        let first_form = if is_erased { Some(reader.array()?) } else { None };
        let sections = read_sections(&mut reader, is_erased)?;
        reader.finish()?;
        if sections.iter().any(|(kind, _)| kind.is_sealed()) != is_sealed {
            return Err(Malformed::Value);
        }
        let wire = Self { signature, link, sealed_to, first_form, sections };
        // Whoever carries it may have to tell the link.
        let room =
            if link.is_none() { ENVELOPE_BYTES_MAX - EnvelopeHash::LENGTH } else { ENVELOPE_BYTES_MAX };
        if wire.whole_bytes() <= room { Ok(wire) } else { Err(Malformed::Limit) }
    }

    /// The epoch that its sealed sections are sealed to, as it says: nothing is checked yet.
    #[must_use]
    pub fn epoch(&self) -> Option<EpochId> {
        self.sealed_to.as_ref().map(|to| to.epoch)
    }

    /// The wire form. With `link` a reader needs nothing before it to check the signature.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let sealed = flag(self.sealed_to.is_some(), FLAG_SEALED);
        let erased = flag(self.first_form.is_some(), FLAG_ERASED);
        writer.u8(VERSION << FLAG_BITS | sealed | flag(self.link.is_some(), FLAG_LINK) | erased);
        writer.raw(self.signature.as_bytes());
        if let Some(link) = &self.link {
            writer.raw(link);
        }
        if let Some(to) = &self.sealed_to {
            writer.raw(to.epoch.as_bytes()).raw(&to.encapsulated);
        }
        if let Some(first_form) = &self.first_form {
            writer.raw(first_form);
        }
        writer.u8(u8::try_from(self.sections.len()).unwrap_or(u8::MAX));
        if self.first_form.is_some() {
            writer.u16(self.erased().bits());
        }
        for (kind, content) in &self.sections {
            writer.u8(kind.byte()).count(content.length());
            match content {
                Content::Whole(bytes) => writer.raw(bytes),
                Content::Erased { hash, .. } => writer.raw(hash.as_bytes()),
            };
        }
        writer.finish()
    }

    /// How long the wire form is or was while nothing of it was erased, with or without its link as it is.
    fn whole_bytes(&self) -> usize {
        let link = if self.link.is_some() { EnvelopeHash::LENGTH } else { 0 };
        let sealed = if self.sealed_to.is_some() { EpochId::LENGTH + 32 } else { 0 };
        let sections = self.sections.iter().map(|(_, content)| 3 + content.length());
        1 + 64 + link + sealed + 1 + sections.sum::<usize>()
    }

    /// What the running hash takes of a wire form: `blake3` of its bytes, or of those it had before anything of it was
    /// erased, as an erased form itself says. So cursors hold on both sides of an erasure.
    #[must_use]
    pub fn running_digest(bytes: &[u8]) -> [u8; 32] {
        let first_form = Self::decode(bytes).ok().and_then(|wire| wire.first_form);
        first_form.unwrap_or_else(|| *blake3::hash(bytes).as_bytes())
    }

    /// The relay's form, which tells its link at the first place alone, without the contents of some of its sealed sections. What
    /// everybody may read, and an index that it does not have, is passed over.
    #[must_use]
    pub fn erase(mut self, sections: SectionSet) -> Self {
        let whole = self.encode();
        let is_due = |(index, kind): (usize, SectionKind)| sections.contains(index) && kind.is_sealed();
        for (index, (kind, content)) in self.sections.iter_mut().enumerate() {
            if let Content::Whole(bytes) = content
                && is_due((index, *kind))
            {
                let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
                *content = Content::Erased { length, hash: hash_section(bytes) };
                self.first_form.get_or_insert_with(|| *blake3::hash(&whole).as_bytes());
            }
        }
        self
    }

    /// The same without its link, but where it stands first.
    #[must_use]
    pub fn without_link(self, sequence: Sequence) -> Self {
        if sequence == Sequence::FIRST { self } else { Self { link: None, ..self } }
    }

    /// The sections of which nothing is left but their lengths and hashes.
    #[must_use]
    pub fn erased(&self) -> SectionSet {
        let sections = self.sections.iter().enumerate();
        sections
            .filter(|(_, (_, content))| matches!(content, Content::Erased { .. }))
            .map(|(index, _)| index)
            .collect()
    }

    /// The link that the wire form carries, read as what it is at `sequence`.
    #[must_use]
    pub fn link_at(&self, sequence: Sequence) -> Option<Link> {
        self.link.map(|bytes| Link::from_bytes(bytes, sequence))
    }

    /// The same with its link told, for a reader who may not hold what is before.
    #[must_use]
    pub fn with_link(self, link: Link) -> Self {
        Self { link: Some(*link.bytes()), ..self }
    }

    /// Puts the envelope at its place: the whole header is known again, nothing is proven yet.
    #[must_use]
    pub fn at(self, place: Place, link: Link) -> Envelope {
        let sections = self
            .sections
            .iter()
            .map(|(kind, content)| {
                let (length, hash) = match content {
                    Content::Whole(bytes) => {
                        (u16::try_from(bytes.len()).unwrap_or(u16::MAX), hash_section(bytes))
                    }
                    Content::Erased { length, hash } => (*length, *hash),
                };
                SectionHeader { kind: *kind, length, hash }
            })
            .collect();
        let header = Header { place, link, sealed_to: self.sealed_to, sections };
        let contents = self.sections.into_iter().map(|(_, content)| content).collect();
        Envelope { header, signature: self.signature, contents, first_form: self.first_form }
    }
}

impl fmt::Debug for WireEnvelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireEnvelope")
            .field("sections", &self.sections.len())
            .finish_non_exhaustive()
    }
}

fn read_sections(reader: &mut Reader<'_>, is_erased: bool) -> Result<Vec<(SectionKind, Content)>, Malformed> {
    let count = usize::from(reader.u8()?);
    if count == 0 || count > SECTIONS_MAX {
        return Err(Malformed::Limit);
    }
    let erased = if is_erased { SectionSet::from_bits(reader.u16()?) } else { SectionSet::default() };
    if is_erased && erased.is_empty() || erased.iter().any(|index| index >= count) {
        return Err(Malformed::Value);
    }
    let mut sections = Vec::with_capacity(count);
    for index in 0..count {
        let kind = SectionKind::from_byte(reader.u8()?);
        let content = match erased.contains(index) {
            false => Content::Whole(reader.sized(ENVELOPE_BYTES_MAX)?.to_vec()),
            true if kind.is_sealed() => {
                Content::Erased { length: reader.u16()?, hash: SectionHash::from_bytes(reader.array()?) }
            }
            true => return Err(Malformed::Value),
        };
        sections.push((kind, content));
    }
    Ok(sections)
}

fn hash_section(content: &[u8]) -> SectionHash {
    SectionHash::from_bytes(blake3::derive_key("jasaq 1 section hash", content))
}
