//! One relay at a time: locks that the system takes away from a process that has ended.
//!
//! One is on a file of its own beside the database, so that it can be held where there is no database yet. That file stays;
//! that it is there says nothing. It can be deleted, so on Linux the database is locked too, by `flock`, which SQLite's own
//! locks there (`fcntl`) know nothing of. Elsewhere the two are in each other's way, and the file beside has to do.
//!
//! A process that closes any handle on a database loses SQLite's locks on it, so the handle here is kept until SQLite has
//! closed its own.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::StorageError;
use super::disk::{beside, folder_of, give_to_owner, private};

/// Held as long as the database is somebody's.
#[derive(Debug)]
pub(crate) struct Lock {
    _beside: File,
    database: Option<File>,
}

impl Lock {
    /// Takes the locks of the database at this path, whether it is there or not.
    pub(crate) fn take(data: &Path) -> Result<Self, StorageError> {
        if data.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
        }
        let name = beside(data, "-lock");
        let file = private().create(true).truncate(false).open(&name)?;
        give_to_owner(&file, folder_of(&name));
        let mut lock = Self { _beside: locked(file)?, database: None };
        lock.cover(data)?;
        Ok(lock)
    }

    /// Takes the lock of the database itself, once it is there.
    pub(super) fn cover(&mut self, data: &Path) -> Result<(), StorageError> {
        if cfg!(target_os = "linux") && self.database.is_none() {
            self.database = match private().open(data) {
                Ok(file) => Some(locked(file)?),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(error.into()),
            };
        }
        Ok(())
    }
}

fn locked(file: File) -> Result<File, StorageError> {
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StorageError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
