//! The disk under the database: files for its owner alone, where it lies, and why nothing can be written there.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::StorageError;

/// Bytes that SQLite wants beside a database before it reads the first row: the index of the log and its beginning.
const BYTES_BESIDE: usize = 64 * 1_024;

/// Databases that are kept beside the one that took their place. Who restores this often has to look at them first.
const SET_ASIDE_MAX: u32 = 99;

/// How a file is made that only its owner may read: it holds the relay's identity.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The folder that a file lies in.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The database itself, by whatever link it was named, also while there is nothing behind the link.
pub(crate) fn behind(data: &Path) -> PathBuf {
    let target = || Ok(folder_of(data).join(data.read_link()?));
    let found = data.canonicalize().or_else(|_: io::Error| target());
    found.unwrap_or_else(|_: io::Error| data.to_owned())
}

/// A name beside the database itself.
pub(crate) fn beside(data: &Path, ending: &str) -> PathBuf {
    let mut name = behind(data).into_os_string();
    name.push(ending);
    name.into()
}

/// The names, in their order, under which a restore keeps what it takes the place of.
pub(crate) fn names_aside(data: &Path) -> impl DoubleEndedIterator<Item = PathBuf> {
    (1..=SET_ASIDE_MAX).map(|count| beside(data, &format!("-replaced-{count}")))
}

/// Whether anything stands in a log beside the name: SQLite takes it for that of whatever file has the name next.
pub(crate) fn has_log(data: &Path) -> bool {
    let length = |ending| std::fs::metadata(beside(data, ending)).map_or(0, |log| log.len());
    ["-wal", "-journal"].into_iter().any(|ending| length(ending) > 0)
}

/// Whether a database was open under this name and not closed: of a quiet relay's log only the file is there, and nothing in it.
fn was_left_open(data: &Path) -> bool {
    ["-wal", "-shm", "-journal"]
        .into_iter()
        .any(|ending| beside(data, ending).exists())
}

/// Refuses to make a database where there was one, and is to be one again.
pub(super) fn check_vacancy(path: &Path) -> Result<(), StorageError> {
    if path.exists() {
        return Ok(());
    }
    // SQLite would throw the log away, and with it what a database that was moved still lacks.
    if was_left_open(path) {
        return Err(StorageError::Log);
    }
    // A restore was ended between the two names that it gives, or what it put there was moved.
    let aside = names_aside(path).rev().find(|name| name.exists());
    aside.map_or(Ok(()), |aside| Err(StorageError::SetAside(aside)))
}

/// Gives a file that root made to the folder's owner: else the service, which is not root, could not open it.
pub(crate) fn give_to_owner(file: &File, folder: &Path) {
    #[cfg(unix)]
    if let Err(error) = give(file, folder) {
        tracing::warn!(%error, "the file stays root's: the owner of its folder may not be able to open it");
    }
    #[cfg(not(unix))]
    let _ = (file, folder);
}

#[cfg(unix)]
fn give(file: &File, folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let (made, owner) = (file.metadata()?, std::fs::metadata(folder)?);
    if made.uid() == 0 && owner.uid() != 0 {
        fchown(file, Some(owner.uid()), Some(owner.gid()))?;
    }
    Ok(())
}

/// Where SQLite only says that it failed, the system is asked whether beside the database there is room for its log.
pub(super) fn explain(error: StorageError, data: &Path) -> StorageError {
    if !matches!(error, StorageError::Failing(_)) {
        return error;
    }
    let data = behind(data);
    let tried = tempfile::Builder::new().prefix(".relay-room-").tempfile_in(folder_of(&data));
    match tried.and_then(|mut file| file.write_all(&vec![0; BYTES_BESIDE])) {
        Ok(()) => error,
        Err(cause) => cause.into(),
    }
}

/// Which file a database was when it was opened, to notice that its name leads elsewhere.
#[derive(Debug)]
pub(super) struct Whereabouts {
    path: PathBuf,
    file: (u64, u64),
}

impl Whereabouts {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), file: identify(path)? })
    }

    /// Whether there is no file of that name.
    pub(super) fn is_empty(&self) -> bool {
        !self.path.exists()
    }

    /// Checks that the name still leads to the file. One look costs a microsecond, a commit a thousand.
    pub(super) fn check(&self) -> Result<(), StorageError> {
        match identify(&self.path) {
            Ok(found) if found == self.file => Ok(()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Err(StorageError::Lost),
        }
    }
}

/// The number of a file that is open is nobody else's. Other systems than unix let nobody replace what is open.
fn identify(path: &Path) -> io::Result<(u64, u64)> {
    std::fs::metadata(path).map(|file| number_of(&file))
}

#[cfg(unix)]
fn number_of(file: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
const fn number_of(_: &std::fs::Metadata) -> (u64, u64) {
    (0, 0)
}
