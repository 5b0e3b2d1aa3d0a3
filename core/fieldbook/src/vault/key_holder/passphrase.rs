//! Passphrases: which may keep a vault's key, and how they do.
//!
//! argon2id (RFC 9106) makes the wrapping key out of the passphrase, `ChaCha20-Poly1305` seals the vault's key with it. The
//! rule for a new one is its length alone: a list of bad ones would be English, and a meter of strength that knows no
//! Kazakh and no Russian calls every word of theirs strong.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::files::{from_hex, to_hex};
use super::{KeyRefused, VaultKey};
use crate::limits::{
    ARGON2_LANES, ARGON2_MEMORY_KIB, ARGON2_MEMORY_KIB_MAX, ARGON2_PASSES, ARGON2_PASSES_MAX,
    ARGON2_SALT_BYTES, PASSPHRASE_BYTES_MAX, PASSPHRASE_CHARACTERS_MIN, PASSPHRASE_DIFFERENT_MIN,
};
use crate::surroundings::Surroundings;

pub(super) const WRAPPED: &str = "jasaq vault key 1 argon2id ";

/// Why a new passphrase was not taken. What stood before keeps the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseRefused {
    /// Whoever has the disk would find it by trying.
    #[error("a passphrase of {characters} characters where {characters_min} are the least")]
    Short {
        /// How many it has.
        characters: usize,
        /// How many it needs.
        characters_min: usize,
    },
    /// Few characters, many times.
    #[error("a passphrase of {different} different characters where {different_min} are the least")]
    Monotonous {
        /// How many different ones it has.
        different: usize,
        /// How many it needs.
        different_min: usize,
    },
    /// Longer than anybody types.
    #[error("a passphrase of more than {bytes_max} bytes")]
    Long {
        /// How many it may have.
        bytes_max: usize,
    },
}

/// A passphrase as somebody typed it, and when: wrong ones are slowed.
///
/// It is kept for one try and not longer: typed again, it is made again.
pub struct Passphrase {
    /// In Unicode's composed form: `й` is one character or two by the keyboard and the system that typed it.
    text: Zeroizing<String>,
    pub(super) typed_ms: i64,
    /// For the key that it may keep from now on.
    salt: [u8; ARGON2_SALT_BYTES],
}

impl Passphrase {
    /// What was typed now.
    #[must_use]
    pub fn typed(text: &str, surroundings: &mut Surroundings) -> Self {
        // With room for all of it from the beginning: a text that grows leaves copies of itself behind.
        let mut composed = Zeroizing::new(String::with_capacity(3 * text.len()));
        composed.extend(text.nfc());
        Self { text: composed, typed_ms: surroundings.now().unix_ms, salt: surroundings.make_id() }
    }

    /// Whether it may keep a key from now on. One that keeps a key already is never asked this.
    pub(super) fn check_new(&self) -> Result<(), PassphraseRefused> {
        let characters = self.text.trim().chars().count();
        let mut letters: Zeroizing<Vec<char>> = Zeroizing::new(self.text.trim().chars().collect());
        letters.sort_unstable();
        letters.dedup();
        let different = letters.len();
        if characters < PASSPHRASE_CHARACTERS_MIN {
            return Err(PassphraseRefused::Short { characters, characters_min: PASSPHRASE_CHARACTERS_MIN });
        }
        if self.text.len() > PASSPHRASE_BYTES_MAX {
            return Err(PassphraseRefused::Long { bytes_max: PASSPHRASE_BYTES_MAX });
        }
        if different < PASSPHRASE_DIFFERENT_MIN {
            return Err(PassphraseRefused::Monotonous { different, different_min: PASSPHRASE_DIFFERENT_MIN });
        }
        Ok(())
    }

    /// The line that keeps a key.
    pub(super) fn wrap(&self, key: &VaultKey) -> Result<Zeroizing<String>, KeyRefused> {
        let cost = Cost { memory_kib: ARGON2_MEMORY_KIB, passes: ARGON2_PASSES, lanes: ARGON2_LANES };
        // The wrapping key seals this one message, so the nonce may be nothing.
        let sealed = self.cipher(&self.salt, cost)?.encrypt(&Nonce::default(), key.0.as_slice());
        let sealed = sealed.map_err(|_| KeyRefused::Form)?;
        let Cost { memory_kib, passes, lanes } = cost;
        let (salt, sealed) = (to_hex(&self.salt), to_hex(&sealed));
        Ok(Zeroizing::new(format!("{WRAPPED}{memory_kib} {passes} {lanes} {} {}\n", *salt, *sealed)))
    }

    /// The key that a line keeps, if this is its passphrase.
    pub(super) fn unwrap(&self, line: &str) -> Result<VaultKey, KeyRefused> {
        let words: Vec<&str> =
            line.strip_prefix(WRAPPED).ok_or(KeyRefused::Form)?.split_whitespace().collect();
        let [memory_kib, passes, lanes, salt, sealed] = words.as_slice() else {
            return Err(KeyRefused::Form);
        };
        let number = |word: &str| word.parse::<u32>().map_err(|_| KeyRefused::Form);
        let cost = Cost { memory_kib: number(memory_kib)?, passes: number(passes)?, lanes: number(lanes)? };
        let sealed = from_hex(sealed)?;
        let opened = self
            .cipher(&from_hex(salt)?, cost)?
            .decrypt(&Nonce::default(), sealed.as_slice());
        VaultKey::from_slice(&Zeroizing::new(opened.map_err(|_| KeyRefused::Wrong)?))
    }

    fn cipher(&self, salt: &[u8], cost: Cost) -> Result<ChaCha20Poly1305, KeyRefused> {
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?)
            .hash_password_into(self.text.as_bytes(), salt, key.as_mut())
            .map_err(|_| KeyRefused::Form)?;
        Ok(ChaCha20Poly1305::new(&Key::from(*key)))
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// What one try costs.
#[derive(Debug, Clone, Copy)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// A file that asks for more than this is none of ours: it would only keep the device busy.
    fn params(self) -> Result<Params, KeyRefused> {
        let Self { memory_kib, passes, lanes } = self;
        if memory_kib > ARGON2_MEMORY_KIB_MAX || passes > ARGON2_PASSES_MAX || lanes > ARGON2_PASSES_MAX {
            return Err(KeyRefused::Form);
        }
        Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| KeyRefused::Form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Passphrase {
        Passphrase::typed(text, &mut Surroundings::of_the_system(None))
    }

    #[test]
    fn a_passphrase_is_long_enough_or_refused_and_said_by_how_much() {
        let refused = |text: &str| typed(text).check_new().unwrap_err();
        let short = PassphraseRefused::Short { characters: 13, characters_min: PASSPHRASE_CHARACTERS_MIN };
        assert_eq!(refused("жеті рет өлше"), short);
        assert_eq!(refused("жеті рет өлше       "), short, "blanks at the end are no length");
        assert!(matches!(refused(&"аб".repeat(40)), PassphraseRefused::Monotonous { different: 2, .. }));
        assert!(matches!(refused(&"жеті рет өлше".repeat(100)), PassphraseRefused::Long { .. }));
        assert_eq!(typed("жеті рет өлше, бір рет кес").check_new(), Ok(()));
    }

    #[test]
    fn a_letter_typed_as_one_character_or_as_two_is_the_same_letter() {
        let key = VaultKey::make(Surroundings::of_the_system(None).chance());
        let line = typed("тихий \u{439}\u{451}ж в тумане").wrap(&key).unwrap();
        let opened = typed("тихий \u{438}\u{306}\u{435}\u{308}ж в тумане").unwrap(&line).unwrap();
        assert_eq!(opened.check(), key.check());
        assert!(matches!(typed("тихий йеж в тумане").unwrap(&line), Err(KeyRefused::Wrong)));
    }

    #[test]
    fn each_time_a_key_is_kept_it_has_another_salt() {
        let key = VaultKey::make(Surroundings::of_the_system(None).chance());
        let salt = || typed("one").wrap(&key).unwrap().split(' ').nth(8).map(str::to_owned);
        let first = salt().unwrap();
        assert_eq!(first.len(), 2 * ARGON2_SALT_BYTES);
        assert_ne!(Some(first), salt());
    }
}
