//! Who keeps the vault's key: a file that only its owner may read, a passphrase, or the key holder of a host.
//!
//! The vault's key is 32 random bytes. Beside it stands a short check value derived from it, so that a wrong key is told
//! from a damaged vault. Whoever keeps it keeps it in one line of one file:
//!
//! ```text
//! vault.key:    jasaq vault key 1 plain KEY                                  only its owner may read it
//!               jasaq vault key 1 argon2id KIB PASSES LANES SALT SEALED      opens with a passphrase
//!               jasaq vault key 1 host WRAPPED                               opens with what a phone's hardware keeps
//! vault.check:  CHECK
//! vault.tries:  how many wrong passphrases since the last right one
//! ```
//!
//! One line is moved into the place of another as a whole, so a change of keepers that is cut anywhere leaves a vault that
//! opens in the old way or in the new one. The vault's own key stays: whoever had it before has it after.

mod files;
mod passphrase;
mod tries;

use std::fs;
use std::path::{Path, PathBuf};

use files::{from_hex, is_unswept, read_private, sweep, to_hex, write_private};
pub use passphrase::{Passphrase, PassphraseRefused};
use rand_core::CryptoRng;
pub(super) use tries::TRIES_FILE;
use tries::Tries;
use zeroize::Zeroizing;

use super::making;
use crate::limits::WRAPPED_KEY_BYTES_MAX;

pub(super) const KEY_FILE: &str = "vault.key";
pub(super) const CHECK_FILE: &str = "vault.check";
const PLAIN: &str = "jasaq vault key 1 plain ";
const BY_HOST: &str = "jasaq vault key 1 host ";

/// Why the vault's key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyRefused {
    /// The file with the key is not there.
    #[error("the key file is missing")]
    Missing,
    /// The file with the key may be read by others than its owner.
    #[error("the key file may be read by others")]
    Open,
    /// The file is not a key file.
    #[error("the key file is not one")]
    Form,
    /// The vault was made with a passphrase and none was given, or the other way round.
    #[error("the vault is kept in another way than was asked")]
    OtherHolder,
    /// The passphrase or key is not this vault's.
    #[error("the key is not this vault's")]
    Wrong,
    /// Too many wrong passphrases: this one was not even looked at.
    #[error("after wrong passphrases the next try is looked at in {wait_ms} ms")]
    TryAgainIn {
        /// How long to wait.
        wait_ms: u64,
    },
    /// The new passphrase cannot keep a key.
    #[error(transparent)]
    Passphrase(#[from] PassphraseRefused),
    /// The host's key holder did not give it.
    #[error(transparent)]
    Host(#[from] HostRefused),
    /// The file system refused.
    #[error("the key file cannot be used: {0}")]
    File(#[source] std::io::Error),
}

/// Why a host's key holder did not wrap or unwrap the vault's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostRefused {
    /// The hardware gave the key up, because finger, face or screen lock were enrolled anew. It does not come back.
    #[error("the host's key was invalidated")]
    Invalidated,
    /// The person did not unlock it.
    #[error("the person cancelled")]
    Cancelled,
    /// The device was not unlocked since it started; until then the hardware opens nothing.
    #[error("the device was not unlocked since it started")]
    NotUnlocked,
    /// There is no such key on this device: it was reset, or the vault came from another.
    #[error("the host holds no such key")]
    Gone,
    /// Anything else.
    #[error("the host's key holder failed")]
    Failed,
}

/// The key of a vault. A copy of it is wiped like itself. It lies in a box, because what is moved leaves a copy where it was.
#[derive(Clone)]
pub(crate) struct VaultKey(Box<Zeroizing<[u8; 32]>>);

impl VaultKey {
    /// A new random key.
    pub(crate) fn make(chance: &mut impl CryptoRng) -> Self {
        let mut bytes = Box::new(Zeroizing::new([0; 32]));
        chance.fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    fn from_slice(slice: &[u8]) -> Result<Self, KeyRefused> {
        let mut bytes = Box::new(Zeroizing::new([0; 32]));
        if slice.len() != bytes.len() {
            return Err(KeyRefused::Form);
        }
        bytes.copy_from_slice(slice);
        Ok(Self(bytes))
    }

    pub(crate) fn to_hex(&self) -> Zeroizing<String> {
        to_hex(self.0.as_slice())
    }

    /// What tells a wrong key from a damaged vault. It reveals nothing about the key.
    fn check(&self) -> String {
        let digits = to_hex(blake3::derive_key("jasaq 1 vault key check", self.0.as_slice()).split_at(8).0);
        digits.as_str().to_owned()
    }
}

impl std::fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VaultKey(…)")
    }
}

/// A host that has hardware for keys, as phones do (Android Keystore, Secure Enclave). Its own key never leaves it.
pub trait HostKeys: Send + Sync {
    /// Wraps the vault's key with the host's own.
    fn wrap(&self, key: &[u8]) -> Result<Vec<u8>, HostRefused>;

    /// Gives back what was wrapped.
    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, HostRefused>;
}

/// Who keeps the key.
pub enum KeyHolder {
    /// A file in the home folder that only its owner may read.
    File,
    /// A passphrase.
    Passphrase(Passphrase),
    /// A host that keeps keys itself, as phones do.
    Host(Box<dyn HostKeys>),
}

/// In which of these ways a vault's key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptBy {
    /// A file alone: whoever has the disk has it.
    File,
    /// A passphrase.
    Passphrase,
    /// A host.
    Host,
}

impl KeyHolder {
    /// Keeps the key of a vault that is being made; the home's lock is the caller's. The check value comes last, so that a
    /// key without one was never used.
    pub(super) fn keep(&self, home: &Path, key: &VaultKey) -> Result<(), KeyRefused> {
        write_private(home, KEY_FILE, self.line(key)?.as_bytes())?;
        write_private(home, CHECK_FILE, key.check().as_bytes())
    }

    /// The line that keeps a key in this way from now on.
    fn line(&self, key: &VaultKey) -> Result<Zeroizing<String>, KeyRefused> {
        match self {
            Self::File => Ok(Zeroizing::new(format!("{PLAIN}{}\n", &*key.to_hex()))),
            Self::Passphrase(passphrase) => {
                passphrase.check_new()?;
                passphrase.wrap(key)
            }
            Self::Host(host) => {
                let wrapped = host.wrap(key.0.as_slice())?;
                if wrapped.len() > WRAPPED_KEY_BYTES_MAX {
                    return Err(HostRefused::Failed.into());
                }
                Ok(Zeroizing::new(format!("{BY_HOST}{}\n", &*to_hex(&wrapped))))
            }
        }
    }

    /// Fetches the key and checks that it is this vault's.
    pub(super) fn fetch(&self, home: &Path) -> Result<VaultKey, KeyRefused> {
        if matches!(self, Self::Passphrase(_)) || is_unswept(home) {
            // Tries come one after the other, so that who tries ten at once is slowed as well as who tries ten in a row.
            let _alone = making::lock(home).map_err(KeyRefused::File)?;
            sweep(home);
            return self.fetch_alone(home);
        }
        self.fetch_alone(home)
    }

    /// The same for whoever has the home's lock.
    fn fetch_alone(&self, home: &Path) -> Result<VaultKey, KeyRefused> {
        let line = read_private(&home.join(KEY_FILE))?;
        let key = match (self, kept_by(&line)?) {
            (Self::File, KeptBy::File) => {
                let digits = line.trim_end().strip_prefix(PLAIN).ok_or(KeyRefused::Form)?;
                VaultKey::from_slice(&from_hex(digits)?)?
            }
            (Self::Passphrase(passphrase), KeptBy::Passphrase) => {
                Tries::read(home)?.count(home, passphrase.typed_ms)?;
                let key = passphrase.unwrap(&line)?;
                Tries::forget(home);
                key
            }
            (Self::Host(host), KeptBy::Host) => {
                let wrapped = from_hex(line.trim_end().strip_prefix(BY_HOST).ok_or(KeyRefused::Form)?)?;
                VaultKey::from_slice(&host.unwrap(&wrapped)?).map_err(|_| HostRefused::Failed)?
            }
            _ => return Err(KeyRefused::OtherHolder),
        };
        match fs::read_to_string(home.join(CHECK_FILE)) {
            Ok(check) if check == key.check() => Ok(key),
            Ok(_) => Err(KeyRefused::Wrong),
            Err(error) => Err(KeyRefused::File(error)),
        }
    }

    /// Puts the key into other hands. Cut anywhere, it is in the old ones or in the new.
    ///
    /// Damaged vaults that were set aside under the same key go along: a key that lies in clear beside a vault with a
    /// passphrase would be the passphrase's end.
    pub(super) fn hand_over(&self, to: &Self, home: &Path) -> Result<(), KeyRefused> {
        if let Self::Passphrase(passphrase) = to {
            passphrase.check_new()?;
        }
        let _alone = making::lock(home).map_err(KeyRefused::File)?;
        sweep(home);
        let key = self.fetch_alone(home)?;
        let line = to.line(&key)?;
        let mut folders = set_aside_under(home, &key.check())?;
        // At no moment does a key lie in clear beside a vault that still has, or has already, its passphrase.
        let place = if matches!(to, Self::File) { 0 } else { folders.len() };
        folders.insert(place, home.to_owned());
        folders
            .iter()
            .try_for_each(|folder| write_private(folder, KEY_FILE, line.as_bytes()))
    }
}

impl std::fmt::Debug for KeyHolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::File => "File",
            Self::Passphrase(_) => "Passphrase(…)",
            Self::Host(_) => "Host(…)",
        })
    }
}

/// In which way the key of the vault in `home` is kept.
pub(super) fn keeper_of(home: &Path) -> Result<KeptBy, KeyRefused> {
    kept_by(&read_private(&home.join(KEY_FILE))?)
}

/// How many wrong passphrases were tried since the last right one, and how long the next has to wait, in ms.
pub(super) fn wrong_tries(home: &Path, now_ms: i64) -> Result<(u32, u64), KeyRefused> {
    let tries = Tries::read(home)?;
    Ok((tries.count, tries.wait_ms(now_ms)))
}

fn kept_by(line: &str) -> Result<KeptBy, KeyRefused> {
    let ways = [(PLAIN, KeptBy::File), (passphrase::WRAPPED, KeptBy::Passphrase), (BY_HOST, KeptBy::Host)];
    let way = ways.into_iter().find(|(begins, _)| line.starts_with(begins));
    way.map(|(_, way)| way).ok_or(KeyRefused::Form)
}

/// The folders beside the vault with damaged ones of the same key.
fn set_aside_under(home: &Path, check: &str) -> Result<Vec<PathBuf>, KeyRefused> {
    let is_same = |folder: &PathBuf| {
        folder.join(KEY_FILE).exists()
            && fs::read_to_string(folder.join(CHECK_FILE)).is_ok_and(|other| other == check)
    };
    let folders = making::folders_aside(home).map_err(KeyRefused::File)?;
    Ok(folders.into_iter().filter(is_same).collect())
}

#[cfg(test)]
mod tests;
