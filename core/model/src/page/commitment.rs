//! Commitments to personal fields: a page holds the hash of a salted value, and who holds salt and value can open it.
//!
//! ```text
//! commitment = SHA-256("jasaq 1 page field" ‖ salt 32 ‖ how long the path is u16 ‖ path ‖ value)
//! ```
//!
//! The path is the field's place in the page (RFC 6901), so that an opening of one field opens no other. Without its salt nobody
//! finds a value by trying names.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::ids::{hexadecimal, read_hexadecimal};

use super::strict;

const CONTEXT: &[u8] = b"jasaq 1 page field";

/// What makes a commitment impossible to guess.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl std::fmt::Debug for Salt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Salt(…)")
    }
}

impl Salt {
    /// Of chance.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// What a page says of a personal field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// In lower-case hexadecimal.
    pub commitment: String,
}

impl Commitment {
    /// To a value at a place of the page.
    #[must_use]
    pub fn to(salt: &Salt, path: &str, value: &str) -> Self {
        // A place in a page is some tens of letters; what is committed to at a longer one is never opened.
        let length = u16::try_from(path.len()).unwrap_or(u16::MAX);
        let mut hasher = Sha256::new();
        hasher.update(CONTEXT);
        hasher.update(salt.0);
        hasher.update(length.to_be_bytes());
        hasher.update(path.as_bytes());
        hasher.update(value.as_bytes());
        Self { commitment: hexadecimal(&hasher.finalize()) }
    }

    /// Whether this opens it at this place.
    #[must_use]
    pub fn is_opened_by(&self, opening: &Opening) -> bool {
        // What is longer than its length can say leads nowhere.
        let leads_somewhere = u16::try_from(opening.path.len()).is_ok();
        // Lower-case digits alone, so that of one opening there is one form.
        let salt = read_hexadecimal(&opening.salt).ok().filter(|_| leads_somewhere);
        let Some(salt) = salt else { return false };
        Self::to(&Salt(salt), &opening.path, &opening.value) == *self
    }
}

/// The commitments in a page: they are counted, and looked up by what should open them.
#[derive(Clone, PartialEq, Eq)]
pub struct Commitments {
    page: Value,
    count: usize,
}

impl std::fmt::Debug for Commitments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Commitments({})", self.count)
    }
}

impl Commitments {
    pub(super) fn of(page: Value) -> Self {
        let count = strict::count_commitments(&page);
        Self { page, count }
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Whether there is one at the place that an opening names, which it opens.
    #[must_use]
    pub fn are_opened_by(&self, opening: &Opening) -> bool {
        let digits = strict::commitment_at(&self.page, &opening.path);
        digits.is_some_and(|digits| Commitment { commitment: digits.to_owned() }.is_opened_by(opening))
    }
}

/// What opens one commitment.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Opening {
    /// The field's place in the page (RFC 6901).
    pub path: String,
    /// In lower-case hexadecimal.
    pub salt: String,
    /// What the field says.
    pub value: String,
}

/// Says where it opens, and not what.
impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opening({})", self.path)
    }
}

impl Opening {
    /// Commits to a value, and keeps what opens it.
    #[must_use]
    pub fn make(salt: &Salt, path: String, value: &str) -> (Commitment, Self) {
        let commitment = Commitment::to(salt, &path, value);
        (commitment, Self { path, salt: hexadecimal(&salt.0), value: value.to_owned() })
    }
}

/// Commits to what stands in a page, and keeps what opens it. A salt is asked for once for each.
pub(super) struct Committing<'a> {
    salt: &'a mut dyn FnMut() -> Salt,
    /// What opens what was committed to so far.
    pub(super) openings: Openings,
}

impl<'a> Committing<'a> {
    pub(super) fn new(salt: &'a mut dyn FnMut() -> Salt) -> Self {
        Self { salt, openings: Openings::default() }
    }

    /// To a value, if there is one, at a place of the page.
    pub(super) fn commit(&mut self, path: String, value: Option<String>) -> Option<Commitment> {
        let value = value?;
        let (commitment, opening) = Opening::make(&(self.salt)(), path, &value);
        self.openings.openings.push(opening);
        Some(commitment)
    }
}

/// What opens the commitments of one page that are about one thing: its members and what people wrote beside the facts, or one case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Openings {
    /// Each of one field.
    pub openings: Vec<Opening>,
}

impl Openings {
    /// As they travel.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        super::canonical::write(self).into_bytes()
    }

    /// Reads them back; none if they are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
