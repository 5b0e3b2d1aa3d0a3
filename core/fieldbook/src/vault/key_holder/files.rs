//! The small files beside a vault: each is written whole or not at all, and only its owner may read it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{KEY_FILE, KeyRefused};
use crate::limits::KEY_FILE_BYTES_MAX;

/// The name under which one is written before it gets its own. Each has another, so that none ever becomes another.
fn unfinished(home: &Path, name: &str) -> PathBuf {
    home.join(format!("{name}.unfinished"))
}

/// Writes a file that only its owner may read, whole or not at all: under another name first, then moved. Once this
/// returns, it is on disk under its name, and nothing of what stood there before is.
pub(super) fn write_private(home: &Path, name: &str, content: &[u8]) -> Result<(), KeyRefused> {
    let unfinished = unfinished(home, name);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&unfinished).map_err(KeyRefused::File)?;
    written
        .write_all(content)
        .and_then(|()| written.sync_all())
        .map_err(KeyRefused::File)?;
    fs::rename(&unfinished, home.join(name)).map_err(KeyRefused::File)?;
    sync_folder(home)
}

/// Takes away the key file that a process left unfinished when it died: it may hold a key in clear. Whoever calls this keeps
/// the home's lock, so nobody is writing it now.
pub(super) fn sweep(home: &Path) {
    // A disk that lets nothing be taken away lets nobody write a key either.
    let _ = fs::remove_file(unfinished(home, KEY_FILE));
}

/// Whether a key file was left unfinished.
pub(super) fn is_unswept(home: &Path) -> bool {
    unfinished(home, KEY_FILE).exists()
}

/// The move itself must reach the disk before the vault is made: a vault without its key is lost.
fn sync_folder(home: &Path) -> Result<(), KeyRefused> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    fs::File::open(home)
        .and_then(|folder| folder.sync_all())
        .map_err(KeyRefused::File)
}

pub(super) fn read_private(file: &Path) -> Result<Zeroizing<String>, KeyRefused> {
    let opened = fs::File::open(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => KeyRefused::Missing,
        _ => KeyRefused::File(error),
    })?;
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::mode(&opened.metadata().map_err(KeyRefused::File)?) & 0o077 != 0 {
        return Err(KeyRefused::Open);
    }
    // With room for all of it from the beginning: a text that grows leaves copies of itself behind.
    let mut text = Zeroizing::new(String::with_capacity(KEY_FILE_BYTES_MAX));
    match opened.take(KEY_FILE_BYTES_MAX as u64).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(KeyRefused::Form),
        Err(error) => Err(KeyRefused::File(error)),
    }
}

pub(super) fn to_hex(bytes: &[u8]) -> Zeroizing<String> {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    let mut digits = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    digits.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    digits
}

pub(super) fn from_hex(digits: &str) -> Result<Zeroizing<Vec<u8>>, KeyRefused> {
    if !digits.len().is_multiple_of(2) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(KeyRefused::Form);
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2));
    for pair in digits.as_bytes().chunks(2) {
        let pair = std::str::from_utf8(pair).map_err(|_| KeyRefused::Form)?;
        bytes.push(u8::from_str_radix(pair, 16).map_err(|_| KeyRefused::Form)?);
    }
    Ok(bytes)
}
