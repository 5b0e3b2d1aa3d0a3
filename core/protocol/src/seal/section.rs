//! Sections: what an envelope holds.
//!
//! The highest bit of a kind says whether the section is sealed, so that also a reader who does not know the kind knows
//! whether it could ever read it. A kind from a newer program is carried and preserved.

use std::fmt;

use zeroize::Zeroizing;

use super::compress::InflateRefused;
use crate::ids::DocumentId;
use crate::limits::SECTIONS_MAX;

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// A membership operation: readable by the relay.
    Operation,
    /// A signed word about what a device holds: readable by the relay.
    Ack,
    /// One change of one document: sealed.
    Change,
    /// A kind of a newer program.
    Unknown(u8),
}

impl SectionKind {
    const SEALED_BIT: u8 = 0x80;

    /// The kind with this byte on the wire.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0x01 => Self::Operation,
            0x02 => Self::Ack,
            0x81 => Self::Change,
            other => Self::Unknown(other),
        }
    }

    /// The byte on the wire.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Operation => 0x01,
            Self::Ack => 0x02,
            Self::Change => 0x81,
            Self::Unknown(byte) => byte,
        }
    }

    /// Whether the content is sealed to the space's epoch.
    #[must_use]
    pub const fn is_sealed(self) -> bool {
        self.byte() & Self::SEALED_BIT != 0
    }
}

/// Some sections of one envelope, by their indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SectionSet(u16);

const _: () = assert!(SECTIONS_MAX <= 16, "a section has a bit of sixteen");

impl SectionSet {
    /// Those whose bits are set, counted from the lowest.
    #[must_use]
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// A bit for each.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Adds one. An index that no section can have is none.
    pub fn insert(&mut self, index: usize) {
        let bit = u32::try_from(index).ok().and_then(|index| 1_u16.checked_shl(index));
        self.0 |= bit.unwrap_or_default();
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one is among them.
    #[must_use]
    pub fn contains(self, index: usize) -> bool {
        self.iter().any(|among| among == index)
    }

    /// Whether all of these are among the others.
    #[must_use]
    pub const fn is_within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// These and the others.
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Their indexes, rising.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..SECTIONS_MAX).filter(move |index| self.0 >> index & 1 == 1)
    }
}

impl FromIterator<usize> for SectionSet {
    fn from_iter<I: IntoIterator<Item = usize>>(indexes: I) -> Self {
        let mut set = Self::default();
        indexes.into_iter().for_each(|index| set.insert(index));
        set
    }
}

/// A section before it is sealed into an envelope.
#[derive(Clone, PartialEq, Eq)]
pub enum Section {
    /// An encoded membership operation.
    Operation(Vec<u8>),
    /// An encoded ack.
    Ack(Vec<u8>),
    /// A change of a document, as raw Automerge bytes.
    Change {
        /// The document.
        document: DocumentId,
        /// One change's raw bytes.
        change: Vec<u8>,
    },
}

impl Section {
    /// The section's kind.
    #[must_use]
    pub const fn kind(&self) -> SectionKind {
        match self {
            Self::Operation(_) => SectionKind::Operation,
            Self::Ack(_) => SectionKind::Ack,
            Self::Change { .. } => SectionKind::Change,
        }
    }

    /// How many bytes the section takes in an envelope's wire form.
    #[must_use]
    pub fn wire_bytes(&self) -> usize {
        crate::limits::SECTION_OVERHEAD_BYTES + self.content().len()
    }

    /// The content as it is sealed or sent: a change with its document before it, made small.
    pub(super) fn content(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::Operation(bytes) | Self::Ack(bytes) => bytes.clone(),
            Self::Change { document, change } => {
                super::compress::deflate(&[document.as_bytes().as_slice(), change].concat())
            }
        })
    }
}

/// A section after it was opened.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedSection {
    /// Its place among the envelope's sections, from 0.
    pub index: usize,
    /// The document the change belongs to.
    pub document: DocumentId,
    /// The change's raw Automerge bytes.
    pub change: Vec<u8>,
}

/// Prints what it is and how long: what it says is for its readers, and traces are read by others.
impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Operation(bytes) | Self::Ack(bytes) | Self::Change { change: bytes, .. }) = self;
        write!(f, "Section({:?}, {} bytes)", self.kind(), bytes.len())
    }
}

/// Prints where it stood and how long it is, and nothing of what it says.
impl fmt::Debug for OpenedSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenedSection({}, {} bytes)", self.index, self.change.len())
    }
}

impl OpenedSection {
    pub(super) fn from_content(index: usize, content: &[u8]) -> Result<Self, InflateRefused> {
        let inflated = super::compress::inflate(content)?;
        let (document, change) = inflated.split_first_chunk().ok_or(InflateRefused::Content)?;
        Ok(Self { index, document: DocumentId::from_bytes(*document), change: change.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_prints_its_kind_and_length_and_nothing_it_says() {
        let (document, change) = (DocumentId::from_bytes([7; 16]), b"fog, 50 m".to_vec());
        let opened = OpenedSection { index: 2, document, change: change.clone() };
        assert_eq!(format!("{opened:?}"), "OpenedSection(2, 9 bytes)");
        assert_eq!(format!("{opened:#?}"), "OpenedSection(2, 9 bytes)");
        for (section, kind) in [
            (Section::Operation(change.clone()), "Operation"),
            (Section::Ack(change.clone()), "Ack"),
            (Section::Change { document, change }, "Change"),
        ] {
            assert_eq!(format!("{section:?}"), format!("Section({kind}, 9 bytes)"));
            assert_eq!(format!("{section:#?}"), format!("Section({kind}, 9 bytes)"));
        }
    }
}
