//! The public keys with which a book is checked: of heads and of the subdivision's consoles.
//!
//! Whoever checks a book trusts this file, as he trusts a seal that he knows: it says whose each key is and was. A console hands it out.

use serde::{Deserialize, Serialize};

const KEYS_FORM: &str = "book-keys/1";

/// The longest list of keys.
const KEYS_BYTES_MAX: usize = 4 * 1_024 * 1_024;

/// Why a file is no list of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no list of a book's keys")]
pub struct BookKeysRefused;

/// One key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookKey {
    /// The device, by its public key.
    pub device: String,
    /// `squad_head` or `structural_subdivision`.
    pub role: String,
    /// Whether the device was removed: what it sealed counts only as far as the subdivision countersigned it.
    pub removed: bool,
    /// Of a head, the squad, by the roll of its phones.
    pub squad: Option<String>,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookKeys {
    /// Always `book-keys/1`.
    pub jasaq: String,
    /// Each once.
    pub keys: Vec<BookKey>,
    /// The territory, by its root key.
    pub territory: String,
}

impl BookKeys {
    /// These keys of a territory.
    #[must_use]
    pub fn new(territory: String, keys: Vec<BookKey>) -> Self {
        Self { jasaq: KEYS_FORM.to_owned(), keys, territory }
    }

    /// As a file.
    #[must_use]
    #[expect(clippy::expect_used, reason = "structs of strings are JSON")]
    pub fn write(&self) -> Vec<u8> {
        let mut written = serde_json::to_vec_pretty(self).expect("keys are JSON");
        written.push(b'\n');
        written
    }

    /// Reads a file.
    pub fn read(bytes: &[u8]) -> Result<Self, BookKeysRefused> {
        if bytes.len() > KEYS_BYTES_MAX {
            return Err(BookKeysRefused);
        }
        let keys: Self = serde_json::from_slice(bytes).map_err(|_| BookKeysRefused)?;
        if keys.jasaq == KEYS_FORM { Ok(keys) } else { Err(BookKeysRefused) }
    }

    pub(super) fn of_role(&self, device: &str, role: &str) -> Option<&BookKey> {
        self.keys.iter().find(|key| key.device == device && key.role == role)
    }
}
