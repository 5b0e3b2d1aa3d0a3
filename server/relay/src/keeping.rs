//! Keeping a relay: who it is, its backups, their restoring, and whether everything in a database is as it came.
//!
//! ```text
//! database ──back_up──► backup ──restore──► database        both: made beside, on the disk, then put into place at once
//!     └──────── check ────┴─── every page, number, hash, link and signature
//! ```
//!
//! Promises: a running relay is not held up; what is under a file's name is whole or is not there; nothing is overwritten
//! unless asked for, and a database that another takes the place of stays beside it, also if all ends in between. Refuses:
//! to restore what does not check, or under a relay that runs.
//!
//! A restored relay is older than its devices remember. They notice by the running hash and bring what it lacks.

mod check;
mod copy;

use std::path::Path;

use jasaq_protocol::ids::RelayId;
use jasaq_protocol::seal::SigningKey;

use crate::storage::{StorageError, load_identity, open_beside};

pub use check::{CheckReport, Defect, check};
pub use copy::{Copied, Copy, KeepingRefused, back_up, restore};

/// How far a long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// SQLite reads every page by itself, and does not say how far it is.
    Pages,
    /// So many envelopes of all were looked at.
    Envelopes {
        /// Looked at.
        done: u64,
        /// All of them.
        all: u64,
    },
    /// So many pages of all were copied.
    Copied {
        /// Copied.
        done: u64,
        /// All of them.
        all: u64,
    },
}

/// Hears how far it is.
pub type Watcher<'a> = &'a mut dyn FnMut(Progress);

/// Who the relay of this database is.
pub fn read_identity(data: &Path) -> Result<RelayId, StorageError> {
    let secret = load_identity(&open_beside(data)?)?;
    let secret = secret.ok_or(StorageError::Damaged("the relay's identity is missing"))?;
    Ok(SigningKey::from_secret_bytes(&secret).relay_id())
}

#[cfg(test)]
mod killed_tests;
#[cfg(test)]
mod tests;
