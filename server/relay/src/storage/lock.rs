//! One relay at a time: a lock beside the database, which the system takes away from a process that has ended.
//!
//! It is a file of its own, since SQLite's locks on the database would go with any other handle on it that is closed. The
//! file stays; that it is there says nothing.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::{StorageError, private};

/// Held as long as the database is somebody's.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the database at this path.
    pub(crate) fn take(data: &Path) -> Result<Self, StorageError> {
        if data.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory).into());
        }
        let file = private().create(true).truncate(false).open(path_of(data))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StorageError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Beside the database itself, by whatever link it was named.
fn path_of(data: &Path) -> PathBuf {
    let data = data.canonicalize().unwrap_or_else(|_| data.to_owned());
    let mut name = data.into_os_string();
    name.push("-lock");
    name.into()
}
