//! Making a vault, and setting a damaged one aside: what happens to whole files.
//!
//! A vault is made under another name and has its first content before it gets its own, so that whoever opens a home finds
//! a whole vault or none. Nothing that may hold somebody's work, or the key to it, is ever written over or taken away.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::OpenFlags;

use super::key_holder::{CHECK_FILE, KEY_FILE, TRIES_FILE};
use super::{FILE, KeyHolder, Transaction, Vault, VaultKey, VaultRefused};

/// What belongs to a vault, its key last.
const BELONGINGS: [&str; 6] = [FILE, "vault.db-wal", "vault.db-shm", CHECK_FILE, TRIES_FILE, KEY_FILE];

/// The name of a vault that is being made.
const NEW: &str = "vault.new";

/// How the names of folders begin in which damaged vaults lie.
const ASIDE: &str = "set-aside-";

/// Most damaged vaults beside one home. Whoever has that many needs another disk first.
const SET_ASIDE_MAX: u32 = 1_000;

impl Vault {
    /// Makes a new vault in `home` with what `first` writes into it, under a new random key that `holder` keeps.
    pub(crate) fn create<T, E: From<VaultRefused>>(
        home: &Path,
        holder: &KeyHolder,
        key: &VaultKey,
        first: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<(Self, T), E> {
        make_folder(home).map_err(VaultRefused::Folder)?;
        let _alone = lock(home).map_err(VaultRefused::Folder)?;
        if Self::is_in(home) {
            return Err(VaultRefused::Exists.into());
        }
        if home.join(KEY_FILE).exists() {
            // Somebody's key without his vault: perhaps the vault is being set aside or carried elsewhere.
            set_aside(home).map_err(VaultRefused::Folder)?;
        }
        holder.keep(home, key).map_err(VaultRefused::from)?;
        let made = make_new(home, key, first);
        if made.is_err() {
            remove(home, [KEY_FILE, CHECK_FILE]);
        }
        let first = made?;
        std::fs::rename(home.join(NEW), home.join(FILE)).map_err(VaultRefused::Folder)?;
        sync_folder(home).map_err(VaultRefused::Folder)?;
        Ok((Self::open_whole(&home.join(FILE), key)?, first))
    }

    /// Whether there is a vault in `home`.
    pub(crate) fn is_in(home: &Path) -> bool {
        home.join(FILE).exists()
    }

    /// What tells this file from its copies, where the system has such a thing: a copied or restored vault is another file.
    pub(crate) fn file_identity(home: &Path) -> Option<[u8; 16]> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let metadata = std::fs::metadata(home.join(FILE)).ok()?;
            // Numbers of files are given again; with the time of its making they name one.
            let made = metadata.created().ok();
            let made = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
            let made = made.map_or(0, |made| made.as_nanos());
            let mut named = blake3::Hasher::new();
            named
                .update(&metadata.dev().to_be_bytes())
                .update(&metadata.ino().to_be_bytes())
                .update(&made.to_be_bytes());
            let mut identity = [0; 16];
            named.finalize_xof().fill(&mut identity);
            Some(identity)
        }
        #[cfg(not(unix))]
        None
    }
}

/// Makes a vault under another name, whole and closed, or nothing. One that was left half-made is made anew.
pub(super) fn make_new<T, E: From<VaultRefused>>(
    home: &Path,
    key: &VaultKey,
    first: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let remove_new = || remove(home, [NEW, "vault.new-wal", "vault.new-shm"]);
    remove_new();
    let make = || {
        let file = home.join(NEW);
        make_private(&file).map_err(VaultRefused::Folder)?;
        let mut vault = Vault::connect(&file, key, OpenFlags::empty())?;
        vault.upgrade()?;
        let first = vault.write(first)?;
        vault.checkpoint()?;
        vault.connection.close().map_err(|(_, error)| VaultRefused::from(error))?;
        Ok(first)
    };
    make().inspect_err(|_: &E| remove_new())
}

/// Puts the vault that was made into the place of the damaged one, which lies aside before, with its key.
pub(super) fn put_in_place_of(home: &Path) -> std::io::Result<PathBuf> {
    let folder = new_folder_aside(home)?;
    for name in BELONGINGS {
        // A second name, no copy: whoever has it open all the same writes into what lies aside.
        match std::fs::hard_link(home.join(name), folder.join(name)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(_) => {
                std::fs::copy(home.join(name), folder.join(name))?;
                File::open(folder.join(name))?.sync_all()?;
            }
            Ok(()) => {}
        }
    }
    sync_folder(&folder)?;
    // Its log belongs to the damaged file and to no other.
    remove(home, ["vault.db-wal", "vault.db-shm"]);
    std::fs::rename(home.join(NEW), home.join(FILE))?;
    sync_folder(home)?;
    Ok(folder)
}

/// Moves a damaged vault with everything that belongs to it into a folder of its own beside it, its key last.
pub(super) fn set_aside(home: &Path) -> std::io::Result<PathBuf> {
    let folder = new_folder_aside(home)?;
    for name in BELONGINGS {
        match std::fs::rename(home.join(name), folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(folder)
}

fn new_folder_aside(home: &Path) -> std::io::Result<PathBuf> {
    let folder = (1..=SET_ASIDE_MAX)
        .map(|number| home.join(format!("{ASIDE}{number}")))
        .find(|folder| !folder.exists())
        .ok_or(std::io::ErrorKind::AlreadyExists)?;
    make_folder(&folder)?;
    Ok(folder)
}

/// The folders in which damaged vaults were put.
pub(super) fn folders_aside(home: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(home)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

fn remove<const N: usize>(home: &Path, names: [&str; N]) {
    for name in names {
        let _ = std::fs::remove_file(home.join(name));
    }
}

/// A folder that only its owner may enter.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// An empty file that only its owner may read. SQLite gives its log the same rights.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Only one process at a time makes a vault in a home. The lock is the folder's, so that it leaves nothing behind.
pub(super) fn lock(home: &Path) -> std::io::Result<Option<File>> {
    if cfg!(not(unix)) {
        return Ok(None);
    }
    let folder = File::open(home)?;
    folder.lock()?;
    Ok(Some(folder))
}

/// A rename is on disk once its folder is.
fn sync_folder(home: &Path) -> std::io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    File::open(home)?.sync_all()
}
