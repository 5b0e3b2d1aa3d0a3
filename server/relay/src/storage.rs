//! What the relay keeps: one SQLite file, one connection, one writer.
//!
//! Promises: what a committed transaction stored survives a power cut (WAL, `synchronous=FULL`); an envelope's number in
//! its space has no gaps; a file that this program does not understand is left as it is. Refuses: a file of a newer
//! schema, a file that is not a relay's, a file that another relay runs on.
//!
//! Functions that write take a [`Transaction`], those that read a [`Connection`], so that the compiler sees what is atomic.

mod disk;
mod dropping;
mod erasing;
mod lock;
mod parts;
mod rows;
mod stock;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

use disk::{Whereabouts, check_vacancy, explain, private};

pub(crate) use disk::{behind, beside, folder_of, give_to_owner, has_log, names_aside};
pub(crate) use dropping::{drop_envelopes, load_dropping};
pub(crate) use erasing::replace_wire;
pub(crate) use lock::Lock;
pub(crate) use parts::{
    AttachmentRow, append_to_part, drop_parts, load_attachment, load_attachment_sums, load_attachments,
    load_part, make_attachment,
};
pub(crate) use rows::{
    JournalRow, NewEnvelope, SpaceRow, StoredEnvelope, count_journals, frontier_of_space, insert_envelope,
    load_envelopes_after, load_journal, load_journal_heads, load_number, load_running_head, load_signer,
    load_space, load_stored, load_territories,
};
pub use stock::Stock;
pub(crate) use stock::{
    Numbered, count_wrong_heads, count_wrong_sums, load_database_bytes, load_spaces, load_stock,
    store_last_backup, walk_space,
};

/// "JQR1": says in the file's header whose it is, and that its envelopes are of wire version 1.
const APPLICATION_ID: i32 = 0x4a51_5231;

/// Numbered steps, never edited; a database's `user_version` is how many it has taken.
const MIGRATIONS: &[&str] = &[
    include_str!("storage/001.sql"),
    include_str!("storage/002.sql"),
    include_str!("storage/003.sql"),
    include_str!("storage/004.sql"),
    include_str!("storage/005.sql"),
    include_str!("storage/006.sql"),
];

/// How long to wait while `jasaq relay backup` or `check` reads the same file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The write-ahead log is cut back to this many bytes after a checkpoint.
const WAL_BYTES_KEPT: i64 = 64 * 1_024 * 1_024;

/// Statements kept prepared: all that the relay has.
const STATEMENTS_KEPT: usize = 32;

/// Why the database did not do what it was asked. What was committed before stands.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A later program made the file.
    #[error(
        "the database has schema {found}, this program knows {known}: it was left untouched, use the newer program"
    )]
    Newer {
        /// The file's schema.
        found: i64,
        /// The newest schema this program knows.
        known: usize,
    },
    /// The file belongs to another program, or its first page is not what it was.
    #[error("the file is not a relay's database; it was left untouched")]
    Foreign,
    /// Another process has the database.
    #[error("a relay runs on this database already")]
    InUse,
    /// The log of a database lies there, and the database does not: it was moved or deleted.
    #[error("the log of a database lies there, and the database does not")]
    Log,
    /// What a restore set aside lies there, and the database does not.
    #[error("a database that a restore set aside lies there, and none in its place")]
    SetAside(PathBuf),
    /// While it was open, the file was deleted, moved or replaced.
    #[error(
        "the database was deleted, moved or replaced while the relay ran; nothing of this step was stored"
    )]
    Lost,
    /// The file or its folder cannot be used at all.
    #[error("the file cannot be used: {0}")]
    Unusable(#[source] io::Error),
    /// The disk is full.
    #[error("the disk is full; nothing of this step was stored")]
    Full,
    /// The database has as many bytes as [`Quotas::database_bytes_max`](crate::limits::Quotas) allows.
    #[error("the database has as many bytes as --database-bytes allows; nothing of this step was stored")]
    AtBound,
    /// The file cannot be written.
    #[error("the database is read-only; nothing of this step was stored")]
    ReadOnly,
    /// Reading or writing failed below the database, or another program holds it.
    #[error("the storage is failing: {0}")]
    Failing(#[source] rusqlite::Error),
    /// The content contradicts itself.
    #[error(
        "the database is damaged ({0}); it was left untouched, restore a backup or let the devices fill a new one"
    )]
    Damaged(&'static str),
    /// Anything else the database says.
    #[error("the database refused: {0}")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked,
            ) => Self::Failing(error),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged("SQLite cannot read it"),
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<io::Error> for StorageError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Unusable(error),
        }
    }
}

/// What SQLite counted: it knows no unsigned numbers.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The open database, which nobody else runs a relay on.
#[derive(Debug)]
pub(crate) struct Storage {
    connection: Connection,
    /// If left unset, the database is in memory.
    file: Option<OpenFile>,
}

/// What is held of a database's file. Dropped after the connection: until then the file is ours.
#[derive(Debug)]
struct OpenFile {
    whereabouts: Whereabouts,
    _lock: Lock,
}

impl Storage {
    /// Opens the file, or makes it.
    pub(crate) fn open(path: &Path) -> Result<Self, StorageError> {
        Self::open_or_make(path).map_err(|error| explain(error, path))
    }

    fn open_or_make(path: &Path) -> Result<Self, StorageError> {
        let mut lock = Lock::take(path)?;
        check_vacancy(path)?;
        // What stands in the way stands in SQLite's way too, which says so when it opens the file.
        if let Ok(made) = private().create_new(true).open(path) {
            give_to_owner(&made, folder_of(path));
        }
        lock.cover(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let whereabouts = Whereabouts::of(path)?;
        let connection = Connection::open_with_flags(path, flags)?;
        Self::prepare(Some(OpenFile { whereabouts, _lock: lock }), connection)
    }

    /// A database that is gone when it is closed.
    pub(crate) fn open_in_memory() -> Result<Self, StorageError> {
        Self::prepare(None, Connection::open_in_memory()?)
    }

    /// The connection comes last, so that it is dropped first.
    fn prepare(file: Option<OpenFile>, connection: Connection) -> Result<Self, StorageError> {
        // What is refused keeps its log, too, as it is.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        check_owner(&connection)?;
        if connection.is_readonly("main")? {
            return Err(StorageError::ReadOnly);
        }
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        // What was deleted or erased does not stay behind in the file, nor go on into backups.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "journal_size_limit", WAL_BYTES_KEPT)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        let mut storage = Self { connection, file };
        storage.migrate()?;
        Ok(storage)
    }

    fn migrate(&mut self) -> Result<(), StorageError> {
        let transaction = self.begin()?;
        let taken = usize::try_from(user_version(&transaction)?).unwrap_or(0);
        if taken < MIGRATIONS.len() {
            for step in MIGRATIONS.iter().skip(taken) {
                transaction.execute_batch(step)?;
            }
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// For reading.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// For writing. What is not committed did not happen.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>, StorageError> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Checks that the file is still what its name leads to: what is stored in another one is lost.
    pub(crate) fn check_whereabouts(&self) -> Result<(), StorageError> {
        self.file.as_ref().map_or(Ok(()), |file| file.whereabouts.check())
    }

    /// Writes the log back into the file and closes it. If there is no file of that name any more, the log stays beside where
    /// it was: whoever starts a relay there then is not given a new and empty one, with another identity, without a word.
    pub(crate) fn close(self) -> Result<(), StorageError> {
        // Until the connection is closed, the file is ours.
        let Self { file, connection } = self;
        let is_gone = file.as_ref().is_some_and(|file| file.whereabouts.is_empty());
        let mode = if is_gone { "PASSIVE" } else { "TRUNCATE" };
        connection.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error.into())
    }

    /// Keeps the secret half of the relay's key, which never changes.
    pub(crate) fn store_identity(&mut self, secret: &[u8; 32]) -> Result<(), StorageError> {
        let transaction = self.begin()?;
        transaction.execute("INSERT INTO relay (one, identity) VALUES (1, ?1)", [secret])?;
        transaction.commit()?;
        Ok(())
    }
}

/// A second connection to a file that must be there: to look at it, or to copy it, also while a relay runs on it.
pub(crate) fn open_beside(path: &Path) -> Result<Connection, StorageError> {
    try_open_beside(path).map_err(|error| explain(error, path))
}

fn try_open_beside(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // SQLite only says that it cannot; the system says why.
    std::fs::metadata(path)?;
    // Who looks at a database that was killed leaves its log as it is. Without a log there is nothing to keep, and the
    // one that SQLite makes for looking goes again.
    let has_log = has_log(path);
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    check_owner(&connection)?;
    if user_version(&connection)? == 0 {
        return Err(StorageError::Foreign);
    }
    Ok(connection)
}

/// Files of earlier schemas, which are looked at as they are, lack some.
fn has_table(connection: &Connection, name: &str) -> Result<bool, StorageError> {
    let tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    let found: i64 = connection.query_row(tables, [name], |row| row.get(0))?;
    Ok(found > 0)
}

fn user_version(connection: &Connection) -> Result<i64, StorageError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Before anything is written: is it ours, and do we know it?
fn check_owner(connection: &Connection) -> Result<(), StorageError> {
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if owner != APPLICATION_ID && (owner != 0 || tables > 0) {
        return Err(StorageError::Foreign);
    }
    let found = user_version(connection)?;
    if usize::try_from(found).is_ok_and(|found| found <= MIGRATIONS.len()) {
        Ok(())
    } else {
        Err(StorageError::Newer { found, known: MIGRATIONS.len() })
    }
}

/// The secret half of the relay's key, once there is one.
pub(crate) fn load_identity(connection: &Connection) -> Result<Option<Zeroizing<[u8; 32]>>, StorageError> {
    let identity = connection.query_row("SELECT identity FROM relay", [], |row| row.get(0));
    Ok(identity.optional()?.map(Zeroizing::new))
}

#[cfg(test)]
mod tests;
