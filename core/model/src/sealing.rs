//! The page of a patrol on its way into the book: sealed by the head, countersigned and numbered by the subdivision, entered
//! (001-§7, 23; requirements §7.3).
//!
//! Promises that a page is never changed: an amendment is another page, which names the one before. What a signature is over
//! stands in the format of pages; here it travels.

use crate::ids::PageHash;
use crate::limits::{PAGE_PART_BYTES_MAX, PAGE_PARTS_MAX};
use crate::moment::Day;
use crate::words::{Name, Note, Text};

/// What is said of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealing {
    /// A piece of its bytes.
    Part(PagePart),
    /// A piece of what opens its commitments, where it can be erased.
    Openings(PagePart),
    /// The head sealed it.
    Sealed(PageSealed),
    /// The subdivision countersigned it and gave it a number.
    Countersigned(PageCountersigned),
    /// It is entered into the border service book.
    Entered(PageEntered),
    /// The subdivision opens the patrol again.
    Reopened(PageReopened),
    /// The head reports (001-§7).
    Report(HeadReport),
}

/// Why bytes are no piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PagePartRefused {
    /// None, or too many.
    #[error("a piece of a page has 1 to {PAGE_PART_BYTES_MAX} bytes, and not {bytes}")]
    Bytes {
        /// Those given.
        bytes: usize,
    },
    /// Its number is none of its pieces.
    #[error("a piece {number} of {of} there is not")]
    Number {
        /// Its number, from 0.
        number: u16,
        /// How many there are.
        of: u16,
    },
}

/// A piece of a page, packed.
#[derive(Clone, PartialEq, Eq)]
pub struct PagePart {
    page: PageHash,
    number: u16,
    of: u16,
    bytes: Vec<u8>,
}

/// Says how long it is and no more.
impl std::fmt::Debug for PagePart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PagePart({} of {}, {} bytes)", self.number, self.of, self.bytes.len())
    }
}

impl PagePart {
    /// A piece, from 0, of so many.
    pub fn new(
        page: PageHash,
        (number, of): (u16, u16),
        bytes: impl Into<Vec<u8>>,
    ) -> Result<Self, PagePartRefused> {
        let bytes = bytes.into();
        if bytes.is_empty() || bytes.len() > PAGE_PART_BYTES_MAX {
            return Err(PagePartRefused::Bytes { bytes: bytes.len() });
        }
        if number >= of || of > PAGE_PARTS_MAX {
            return Err(PagePartRefused::Number { number, of });
        }
        Ok(Self { page, number, of, bytes })
    }

    /// Of which page.
    #[must_use]
    pub const fn page(&self) -> PageHash {
        self.page
    }

    /// Which piece, from 0.
    #[must_use]
    pub const fn number(&self) -> u16 {
        self.number
    }

    /// How many there are.
    #[must_use]
    pub const fn of(&self) -> u16 {
        self.of
    }

    /// The piece itself.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A signature of a device over a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PageSignature([u8; 64]);

impl std::fmt::Debug for PageSignature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PageSignature(…)")
    }
}

impl PageSignature {
    /// These bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

/// The head's device sealed a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSealed {
    /// Which.
    pub page: PageHash,
    /// The page of this patrol before it. If left unset, it is the first.
    pub before: Option<PageHash>,
    /// Over the page.
    pub signature: PageSignature,
}

/// The number of a page: it is the squad's, of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber {
    /// The year.
    pub year: u16,
    /// The patrol in it, from 1.
    pub number: u32,
    /// Which amendment of that patrol's page it is; 0 for the page itself.
    pub amendment: u16,
}

impl PageNumber {
    /// The number of the next amendment, if there is one more.
    #[must_use]
    pub fn amended(self) -> Option<Self> {
        Some(Self { amendment: self.amendment.checked_add(1)?, ..self })
    }
}

/// `2026-47`, and `2026-47-1` for its first amendment.
impl std::fmt::Display for PageNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.year, self.number)?;
        if self.amendment == 0 { Ok(()) } else { write!(f, "-{}", self.amendment) }
    }
}

/// The subdivision countersigned a page and gave it its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCountersigned {
    /// Which.
    pub page: PageHash,
    /// Its number.
    pub number: PageNumber,
    /// Over page and number.
    pub signature: PageSignature,
    /// How often the subdivision gave it another number before: of what it said the greatest counts.
    pub turn: u16,
    /// Why it was countersigned without being held against the log, or although it says something else.
    pub anyway: Option<Note>,
}

/// A page is entered into the border service book (001-§23, R22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEntered {
    /// Which.
    pub page: PageHash,
    /// In which section.
    pub section: Name,
    /// On which day.
    pub day: Day,
    /// How often the subdivision put this right before: of what it said the greatest counts.
    pub turn: u16,
}

/// The subdivision opens a sealed patrol again: the head may seal another page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageReopened {
    /// Which page was its last.
    pub page: PageHash,
    /// Why.
    pub reason: Note,
}

/// A head reports to the leadership of his subdivision (001-§7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadReport {
    /// From which day.
    pub from: Day,
    /// Up to which, it included.
    pub to: Day,
    /// What he reports beside the pages of these days.
    pub text: Text,
}
