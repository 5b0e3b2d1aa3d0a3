//! Who keeps the vault's key: a file that only its owner may read, a passphrase, or a host that hands the key in.
//!
//! The vault's key is 32 random bytes. Beside it stands a short check value derived from it, so that a wrong key is told
//! from a damaged vault. A passphrase wraps the key: argon2id (RFC 9106) makes the wrapping key, `ChaCha20-Poly1305` seals.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

pub(super) const KEY_FILE: &str = "vault.key";
pub(super) const CHECK_FILE: &str = "vault.check";
const PLAIN: &str = "jasaq vault key 1 plain ";
const WRAPPED: &str = "jasaq vault key 1 argon2id ";

/// RFC 9106 §4, second recommendation: 64 MiB, three passes, four lanes.
const PASSPHRASE_COST: (u32, u32, u32) = (64 * 1_024, 3, 4);

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
    /// The file system refused.
    #[error("the key file cannot be used: {0}")]
    File(#[source] std::io::Error),
}

/// The key of a vault. A copy of it is wiped like itself.
#[derive(Clone)]
pub(crate) struct VaultKey(Zeroizing<[u8; 32]>);

impl VaultKey {
    /// A new random key.
    pub(crate) fn make(chance: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        chance.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    pub(crate) fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(to_hex(self.0.as_ref()))
    }

    /// What tells a wrong key from a damaged vault. It reveals nothing about the key.
    fn check(&self) -> String {
        to_hex(blake3::derive_key("jasaq 1 vault key check", self.0.as_ref()).split_at(8).0)
    }
}

impl std::fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VaultKey(…)")
    }
}

/// Who keeps the key.
pub enum KeyHolder {
    /// A file in the home folder that only its owner may read.
    File,
    /// A passphrase. A short one protects little: whoever has the file may try as often as he likes.
    Passphrase(Zeroizing<String>),
    /// A host that keeps keys itself, as phones do, and hands over these 32 bytes.
    Host(Zeroizing<[u8; 32]>),
}

impl KeyHolder {
    /// The key of a vault to be made: the host's own, or a new one.
    pub(crate) fn new_key(&self, chance: &mut impl CryptoRng) -> VaultKey {
        match self {
            Self::Host(key) => VaultKey(key.clone()),
            Self::File | Self::Passphrase(_) => VaultKey::make(chance),
        }
    }

    /// Keeps a new key. The check value comes last, so that a key without one was never used.
    pub(super) fn keep(&self, home: &Path, key: &VaultKey) -> Result<(), KeyRefused> {
        let line = match self {
            Self::File => Some(Zeroizing::new(format!("{PLAIN}{}\n", &*key.to_hex()))),
            Self::Passphrase(passphrase) => Some(wrap(passphrase, key)?),
            Self::Host(_) => None,
        };
        if let Some(line) = line {
            write_private(&home.join(KEY_FILE), line.as_bytes())?;
        }
        write_private(&home.join(CHECK_FILE), key.check().as_bytes())
    }

    /// Fetches the key and checks that it is this vault's.
    pub(super) fn fetch(&self, home: &Path) -> Result<VaultKey, KeyRefused> {
        let key = match self {
            Self::Host(key) => VaultKey(key.clone()),
            Self::File => from_plain(&read_private(&home.join(KEY_FILE))?)?,
            Self::Passphrase(passphrase) => unwrap(passphrase, &read_private(&home.join(KEY_FILE))?)?,
        };
        match fs::read_to_string(home.join(CHECK_FILE)) {
            Ok(check) if check == key.check() => Ok(key),
            Ok(_) => Err(KeyRefused::Wrong),
            Err(error) => Err(KeyRefused::File(error)),
        }
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

fn from_plain(line: &str) -> Result<VaultKey, KeyRefused> {
    if line.starts_with(WRAPPED) {
        return Err(KeyRefused::OtherHolder);
    }
    let digits = line.trim_end().strip_prefix(PLAIN).ok_or(KeyRefused::Form)?;
    let bytes = Zeroizing::new(from_hex(digits)?);
    let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyRefused::Form)?;
    Ok(VaultKey(Zeroizing::new(bytes)))
}

fn wrapping_cipher(
    passphrase: &str,
    salt: &[u8],
    cost: (u32, u32, u32),
) -> Result<ChaCha20Poly1305, KeyRefused> {
    let (memory_kib, passes, lanes) = cost;
    let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| KeyRefused::Form)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
        .map_err(|_| KeyRefused::Form)?;
    Ok(ChaCha20Poly1305::new(&Key::from(*key)))
}

/// The salt is derived from the random key itself: every vault has its own, and none needs to be drawn.
fn wrap(passphrase: &str, key: &VaultKey) -> Result<Zeroizing<String>, KeyRefused> {
    let salt = blake3::derive_key("jasaq 1 vault key salt", key.0.as_ref());
    let cipher = wrapping_cipher(passphrase, &salt, PASSPHRASE_COST)?;
    let sealed = cipher
        .encrypt(&Nonce::default(), key.0.as_slice())
        .map_err(|_| KeyRefused::Form)?;
    let (memory_kib, passes, lanes) = PASSPHRASE_COST;
    let words =
        [memory_kib.to_string(), passes.to_string(), lanes.to_string(), to_hex(&salt), to_hex(&sealed)];
    Ok(Zeroizing::new(format!("{WRAPPED}{}\n", words.join(" "))))
}

fn unwrap(passphrase: &str, line: &str) -> Result<VaultKey, KeyRefused> {
    if line.starts_with(PLAIN) {
        return Err(KeyRefused::OtherHolder);
    }
    let words: Vec<&str> = line.strip_prefix(WRAPPED).ok_or(KeyRefused::Form)?.split_whitespace().collect();
    let [memory_kib, passes, lanes, salt, sealed] = words.as_slice() else { return Err(KeyRefused::Form) };
    let number = |word: &str| word.parse::<u32>().map_err(|_| KeyRefused::Form);
    let cost = (number(memory_kib)?, number(passes)?, number(lanes)?);
    if cost.0 > 4 * PASSPHRASE_COST.0 || cost.1 > 64 || cost.2 > 64 {
        return Err(KeyRefused::Form);
    }
    let cipher = wrapping_cipher(passphrase, &from_hex(salt)?, cost)?;
    let sealed = from_hex(sealed)?;
    let plain = cipher
        .decrypt(&Nonce::default(), sealed.as_slice())
        .map_err(|_| KeyRefused::Wrong)?;
    let bytes: [u8; 32] = Zeroizing::new(plain).as_slice().try_into().map_err(|_| KeyRefused::Form)?;
    Ok(VaultKey(Zeroizing::new(bytes)))
}

fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn from_hex(digits: &str) -> Result<Vec<u8>, KeyRefused> {
    if !digits.len().is_multiple_of(2) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(KeyRefused::Form);
    }
    let pairs = digits.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).map_err(|_| KeyRefused::Form))
        .collect()
}

/// Writes a file that only its owner may read, whole or not at all: under another name first, then moved.
fn write_private(file: &Path, content: &[u8]) -> Result<(), KeyRefused> {
    let unfinished: PathBuf = file.with_extension("unfinished");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&unfinished).map_err(KeyRefused::File)?;
    written
        .write_all(content)
        .and_then(|()| written.sync_all())
        .map_err(KeyRefused::File)?;
    fs::rename(&unfinished, file).map_err(KeyRefused::File)?;
    sync_folder(file)
}

/// The move itself must reach the disk before the vault is made: a vault without its key is lost.
fn sync_folder(file: &Path) -> Result<(), KeyRefused> {
    let Some(folder) = file.parent() else { return Ok(()) };
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(KeyRefused::File)
}

fn read_private(file: &Path) -> Result<Zeroizing<String>, KeyRefused> {
    let metadata = fs::metadata(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => KeyRefused::Missing,
        _ => KeyRefused::File(error),
    })?;
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::mode(&metadata) & 0o077 != 0 {
        return Err(KeyRefused::Open);
    }
    let _ = metadata;
    fs::read_to_string(file).map(Zeroizing::new).map_err(KeyRefused::File)
}
