//! Sections: what an envelope holds.
//!
//! The highest bit of a kind says whether the section is sealed, so that also a reader who does not know the kind knows
//! whether it could ever read it. A kind from a newer program is carried and preserved.

use zeroize::Zeroizing;

use super::compress::InflateRefused;
use crate::ids::DocumentId;

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

/// A section before it is sealed into an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedSection {
    /// Its place among the envelope's sections, from 0.
    pub index: usize,
    /// The document the change belongs to.
    pub document: DocumentId,
    /// The change's raw Automerge bytes.
    pub change: Vec<u8>,
}

impl OpenedSection {
    pub(super) fn from_content(index: usize, content: &[u8]) -> Result<Self, InflateRefused> {
        let inflated = super::compress::inflate(content)?;
        let (document, change) = inflated.split_first_chunk().ok_or(InflateRefused::Content)?;
        Ok(Self { index, document: DocumentId::from_bytes(*document), change: change.to_vec() })
    }
}
