//! The public keys with which a book is checked: of heads and of the subdivision's consoles.
//!
//! Whoever checks a book trusts this file, as he trusts a seal that he knows: it says whose each key is and was. A console hands it out.

use jasaq_model::page::{is_hexadecimal, read_json, read_shape};
use serde::{Deserialize, Serialize};

const HEAD: &str = "squad_head";
const SUBDIVISION: &str = "structural_subdivision";
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
    /// Whether the device was removed: what it sealed counts only as far as the subdivision countersigned it, and no index that it
    /// signed does.
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
        let value = read_json(bytes).ok_or(BookKeysRefused)?;
        let keys: Self = read_shape(&value).ok_or(BookKeysRefused)?;
        let are_ids = is_hexadecimal(&keys.territory, 64)
            && keys.keys.iter().all(|key| {
                let squad = match &key.squad {
                    Some(squad) => is_hexadecimal(squad, 32),
                    None => key.role != HEAD,
                };
                is_hexadecimal(&key.device, 64) && squad
            });
        if keys.jasaq == KEYS_FORM && are_ids { Ok(keys) } else { Err(BookKeysRefused) }
    }

    /// Whether a device is a console of a structural subdivision, or was.
    pub(super) fn is_console(&self, device: &str) -> bool {
        self.keys.iter().any(|key| key.device == device && key.role == SUBDIVISION)
    }

    /// Whether a device is a console of a structural subdivision: one that was removed signs no index, for who holds it could hide
    /// pages or put in others. One that was not signs it anew.
    pub(super) fn may_sign_index(&self, device: &str) -> bool {
        let mut own = self.keys.iter().filter(|key| key.device == device);
        self.is_console(device) && own.all(|key| key.role != SUBDIVISION || !key.removed)
    }

    /// Whether a device is a head's of this squad, or was; and if so, whether it was removed.
    pub(super) fn head_of(&self, device: &str, squad: &str) -> Option<bool> {
        let own = self
            .keys
            .iter()
            .filter(|key| key.device == device && key.role == HEAD && key.squad.as_deref() == Some(squad));
        own.map(|key| key.removed).reduce(|one, other| one || other)
    }
}
