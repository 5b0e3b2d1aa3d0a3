//! The page of a patrol: what its phones said, come to one agreed text, with who said what (requirements §7.3; architecture §6).
//!
//! ```text
//! log + decisions ──► Page ──► canonical bytes ──► SHA-256 ──► the head's signature ──► the subdivision's, with the number
//!                      └► personal fields: only what commits to them; what opens the commitments travels apart and can be erased
//! ```
//!
//! Promises that one page has one sequence of bytes (RFC 8785), which anybody reads with what every language has; that every value
//! in it says by how many phones it was said, what else was said and who decided; that a personal field stands in it as a
//! commitment, so that it can be erased and the page still be verified; and that a page names every statement that it rests on, so that
//! what comes later is told as late. The format stands in `core/docs/page-format.md`.
//!
//! Refuses bytes that are no page, or not written in the one way.

mod attendance;
mod canonical;
mod chain;
mod commitment;
mod compose;
mod differing;
mod earlier;
mod gates;
mod late;
mod legs;
mod odd;
mod strict;
mod written;

pub use attendance::{AttendanceState, attendance};
pub use chain::{PageChain, PageState, SealedPage};
pub use commitment::{Commitment, Commitments, Opening, Openings, Salt};
pub use compose::{CaseOnPage, Composed, PageFacts, PhoneOnPage, compose};
pub use differing::PageSection;
pub use gates::{Gate, GateFacts, GateKind, GateState, GateTarget, PhoneState, gates};
pub use odd::{flags_of_case, is_told_before_learned};
pub use strict::{is_hexadecimal, read_json, read_shape};
pub use written::{
    AmendedLine, CaseLine, DecidedLine, EarlierLine, EventLine, FieldLine, LegLine, MarkLine, MemberLine,
    NoticeLine, OtherValue, Page, PhoneLine, PlanLine, SaidBy, TrackLine, WithdrawalLine, WithdrawnLine,
};

use sha2::{Digest as _, Sha256};

use crate::ids::PageHash;
use crate::sealing::PageNumber;

/// The longest page that is read: some ten thousand entries with long words.
pub const PAGE_BYTES_MAX: usize = 16 * 1_024 * 1_024;

/// Why bytes are no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageRefused {
    /// More than a page may have.
    #[error("more bytes than a page may have")]
    TooLong,
    /// No page, or of a newer form.
    #[error("these bytes are no page that this program reads")]
    NotAPage,
    /// The same could be written otherwise: of each page there is one form.
    #[error("the page is not written in the one way")]
    NotCanonical,
}

/// The bytes of a page, which were read or written in the one way.
#[derive(Clone, PartialEq, Eq)]
pub struct PageBytes(Vec<u8>);

impl std::fmt::Debug for PageBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PageBytes({})", self.0.len())
    }
}

impl PageBytes {
    /// Writes a page.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        Self(canonical::write(page).into_bytes())
    }

    /// Reads one.
    pub fn read(bytes: &[u8]) -> Result<(Self, Page), PageRefused> {
        if bytes.len() > PAGE_BYTES_MAX {
            return Err(PageRefused::TooLong);
        }
        let value = read_json(bytes).filter(strict::is_of_a_page).ok_or(PageRefused::NotAPage)?;
        let page: Page = read_shape(&value).ok_or(PageRefused::NotAPage)?;
        if page.jasaq != written::PAGE_FORM || !page.has_its_ids() {
            return Err(PageRefused::NotAPage);
        }
        // Fields of a newer minor form are in the bytes and not in the page.
        if canonical::write_value(&value).as_bytes() != bytes {
            return Err(PageRefused::NotCanonical);
        }
        Ok((Self(bytes.to_vec()), page))
    }

    /// The commitments in it.
    #[must_use]
    pub fn commitments(&self) -> Commitments {
        Commitments::of(read_json(&self.0).unwrap_or_default())
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What names the page: SHA-256 over its bytes.
    #[must_use]
    pub fn hash(&self) -> PageHash {
        PageHash::from_bytes(Sha256::digest(&self.0).into())
    }
}

/// What a head signs.
#[must_use]
pub fn sealed_message(page: PageHash) -> Vec<u8> {
    [b"jasaq 1 page seal".as_slice(), page.as_bytes()].concat()
}

/// What a subdivision signs: the page under its number.
#[must_use]
pub fn countersigned_message(page: PageHash, number: PageNumber) -> Vec<u8> {
    [
        b"jasaq 1 page countersign".as_slice(),
        page.as_bytes(),
        &number.year.to_be_bytes(),
        &number.number.to_be_bytes(),
        &number.amendment.to_be_bytes(),
    ]
    .concat()
}

/// What a subdivision signs of a whole book: the SHA-256 of the index of its pages.
#[must_use]
pub fn index_message(index: [u8; 32]) -> Vec<u8> {
    [b"jasaq 1 page index".as_slice(), &index].concat()
}

#[cfg(test)]
pub(crate) mod tests;
