//! The vault: one encrypted SQLite file, the only module of the core that touches a disk.
//!
//! Promises: what a `write` returned is on disk (WAL, `synchronous=FULL`) and whole or not there at all; functions that
//! write take a [`Transaction`], functions that read a [`Connection`], so that the compiler guards atomicity; two
//! processes may have one vault open. Refuses a key that is not the vault's and a newer schema, both without touching
//! the file. A damaged file is set aside under another name and reported, never deleted: it may hold the only copy of a
//! night's work.

mod attachments;
mod branches;
mod carried;
mod changes;
mod closing;
mod custody;
mod documents;
mod drafts;
mod erasing;
mod journals;
mod key_holder;
mod locking;
mod making;
mod meeting;
mod outbox;
mod rescue;
mod rewinding;
mod rolls;
mod roster;
mod rows;
mod settings;
mod standings;
mod statements;
mod tickets;

use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) use branches::TwinSigns;
pub(crate) use carried::CarriedJournal;
pub(crate) use changes::ChangeRow;
pub(crate) use custody::{AccountRow, CursorRow};
/// For reading, and for writing: what stands above names them by the vault, which alone knows the database.
pub(crate) use drafts::DraftRow;
pub(crate) use erasing::LateSection;
pub(crate) use journals::{EnvelopeRow, EnvelopeState};
pub(crate) use key_holder::VaultKey;
pub use key_holder::{HostKeys, HostRefused, KeptBy, KeyHolder, KeyRefused, Passphrase, PassphraseRefused};
pub(crate) use meeting::{HeldJournal, OnBranch, branch_tips};
pub(crate) use outbox::{Depth, OutboxOrder, Outgoing};
pub use rescue::Rescued;
pub(crate) use rolls::OperationRow;
pub(crate) use roster::{NewRosterRow, RosterAsk, RosterRow};
pub use roster::{NotACursor, RosterCursor};
pub(crate) use rusqlite::{Connection, Transaction};
use rusqlite::{OpenFlags, TransactionBehavior};
pub(crate) use settings::KnownRelay;
pub use settings::RelayWay;
pub(crate) use statements::{NewStatement, Standing, StatementRow};
pub(crate) use tickets::{Asked, TicketRow};
use zeroize::Zeroizing;

/// The schemas, in order. A vault's `user_version` is how many of them it went through.
const SCHEMAS: [&str; 6] = [
    include_str!("vault/schema/0001.sql"),
    include_str!("vault/schema/0002.sql"),
    include_str!("vault/schema/0003.sql"),
    include_str!("vault/schema/0004.sql"),
    include_str!("vault/schema/0005.sql"),
    include_str!("vault/schema/0006.sql"),
];

/// How long one process waits for another one's transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

const FILE: &str = "vault.db";

/// "JQV2": the first whose envelopes are of wire version 1. What was made before bears another, or none, and cannot be read any more.
const APPLICATION_ID: i32 = 0x4a51_5632;

/// SQLCipher's page.
const PAGE_BYTES: u64 = 4_096;

/// Why the vault did not do what it was asked. Nothing that was promised before is lost by any of these.
#[derive(Debug, thiserror::Error)]
pub enum VaultRefused {
    /// There is no vault in the home folder.
    #[error("there is no fieldbook here")]
    None,
    /// There is one already.
    #[error("there is a fieldbook here already")]
    Exists,
    /// The key could not be had.
    #[error(transparent)]
    Key(#[from] KeyRefused),
    /// The vault is open here and locked: its key was put away.
    #[error("the vault is locked")]
    Locked,
    /// The vault is of a program from before the first release; it was left as it is.
    #[error("the vault is of a program from before the first release")]
    Older,
    /// The vault is of a newer program; it was left as it is.
    #[error("the vault has schema {found}, newer than {known}")]
    Newer {
        /// The vault's schema.
        found: i64,
        /// The newest that this program knows.
        known: usize,
    },
    /// The vault is damaged. If `set_aside` says so, it lies there now.
    #[error("the vault is damaged")]
    Damaged {
        /// The folder it was moved to.
        set_aside: Option<PathBuf>,
    },
    /// The vault was damaged; what could be read of it is in a new one, which opens next time.
    #[error("the vault was damaged and rescued")]
    Rescued {
        /// The folder with the damaged one.
        set_aside: PathBuf,
    },
    /// The disk is full. What was recorded before stays.
    #[error("the disk is full")]
    Full,
    /// The disk or file cannot be written.
    #[error("the vault cannot be written")]
    ReadOnly,
    /// Another program kept the vault too long.
    #[error("another program keeps the vault busy")]
    Busy,
    /// Anything else that the disk or SQLite may do.
    #[error("the vault failed: {0}")]
    Other(#[source] rusqlite::Error),
    /// The file system refused.
    #[error("the home folder cannot be used: {0}")]
    Folder(#[source] std::io::Error),
}

impl From<rusqlite::Error> for VaultRefused {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::Full,
            _ if shared_memory_code(&error) == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => Self::Full,
            Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => Self::ReadOnly,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            // Nobody but `Vault::lock` forbids anything.
            Some(Code::AuthorizationForStatementDenied) => Self::Locked,
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => Self::Damaged { set_aside: None },
            _ => match error {
                rusqlite::Error::FromSqlConversionFailure(..) => Self::Damaged { set_aside: None },
                other => Self::Other(other),
            },
        }
    }
}

impl VaultRefused {
    /// Whether this says nothing about the vault itself, but about the disk, the system or another program. Whoever meets
    /// it leaves the vault where it is.
    fn is_of_the_surroundings(&self) -> bool {
        match self {
            Self::Full | Self::ReadOnly | Self::Busy | Self::Locked | Self::Folder(_) | Self::Key(_) => true,
            Self::Other(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure),
            _ => false,
        }
    }

    /// Whether the memory that the processes of one vault share could not be had: for want of room or for another reason.
    fn is_of_shared_memory(&self) -> bool {
        match self {
            Self::Full => true,
            Self::Other(error) => shared_memory_code(error).is_some(),
            _ => false,
        }
    }
}

/// What went wrong with the file of memory that the processes of one vault share: SQLite has no plainer word for it.
fn shared_memory_code(error: &rusqlite::Error) -> Option<i32> {
    let shared = [rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_SHMMAP];
    let code = error.sqlite_error()?.extended_code;
    shared.contains(&code).then_some(code)
}

/// An open vault.
pub(crate) struct Vault {
    connection: Connection,
    /// Set while this process alone has the vault open: what it takes to open it for others too.
    alone: Option<(PathBuf, VaultKey)>,
    /// Whether it still has an earlier schema, because the disk let nobody write the newest.
    is_behind: bool,
}

impl Vault {
    /// Opens the vault in `home`. A damaged one is set aside, and what can be read of it goes into a new one; a wrong key
    /// and a newer schema leave it as it is.
    pub(crate) fn open(home: &Path, holder: &KeyHolder) -> Result<Self, VaultRefused> {
        let file = home.join(FILE);
        if !file.exists() {
            return Err(VaultRefused::None);
        }
        let key = holder.fetch(home)?;
        match Self::open_whole(&file, &key) {
            Err(VaultRefused::Damaged { .. }) => Err(Self::rescued(home, holder)),
            outcome => outcome,
        }
    }

    /// Rescues a vault that was found damaged, and says what became of it.
    pub(crate) fn rescued(home: &Path, holder: &KeyHolder) -> VaultRefused {
        match Self::rescue(home, holder) {
            Ok(rescued) => VaultRefused::Rescued { set_aside: rescued.set_aside },
            Err(refused) if refused.is_of_the_surroundings() => refused,
            Err(_) => VaultRefused::Damaged { set_aside: making::set_aside(home).ok() },
        }
    }

    fn open_whole(file: &Path, key: &VaultKey) -> Result<Self, VaultRefused> {
        check_not_empty(file)?;
        let mut vault = Self::connect(file, key, OpenFlags::empty())?;
        vault.check_length(file)?;
        if Self::version(vault.read())? == 0 {
            return Err(VaultRefused::Damaged { set_aside: None });
        }
        let application: i32 = vault.read().query_row("PRAGMA application_id", [], |row| row.get(0))?;
        if application != APPLICATION_ID {
            return Err(VaultRefused::Older);
        }
        vault.upgrade_or_stay_behind()?;
        Ok(vault)
    }

    /// A disk that cannot be written keeps nobody from reading: what reads asks for nothing that a schema after the first
    /// added. Whoever writes waits for the upgrade.
    fn upgrade_or_stay_behind(&mut self) -> Result<(), VaultRefused> {
        match self.upgrade() {
            Err(VaultRefused::Full | VaultRefused::ReadOnly) => {
                self.is_behind = true;
                Ok(())
            }
            outcome => outcome,
        }
    }

    /// Opens the file, so that other processes may have it open too; where the memory that they would share cannot be had,
    /// on a full disk above all, alone. Then everything can be read, what was sealed carried away, and the next write opens it for
    /// the others again.
    fn connect(file: &Path, key: &VaultKey, flags: OpenFlags) -> Result<Self, VaultRefused> {
        match Self::connect_in(file, key, (flags, "NORMAL")) {
            Err(refused) if refused.is_of_shared_memory() => Self::connect_alone(file, key, flags),
            outcome => outcome,
        }
    }

    fn connect_alone(file: &Path, key: &VaultKey, flags: OpenFlags) -> Result<Self, VaultRefused> {
        let mut vault = Self::connect_in(file, key, (flags, "EXCLUSIVE"))?;
        vault.alone = Some((file.to_owned(), key.clone()));
        Ok(vault)
    }

    /// Opens the file anew for others too, where it is open for this process alone: SQLite lets a connection that keeps the
    /// index of its log to itself share it no more. If that fails, the vault reads nothing until a later write succeeds.
    fn share_again(&mut self) -> Result<(), VaultRefused> {
        let Some((file, key)) = &self.alone else { return Ok(()) };
        // Its lock must go before anybody can open the file.
        drop(std::mem::replace(&mut self.connection, Connection::open_in_memory()?));
        let Self { connection, alone, .. } = Self::connect(file, key, OpenFlags::empty())?;
        (self.connection, self.alone) = (connection, alone);
        Ok(())
    }

    fn connect_in(
        file: &Path,
        key: &VaultKey,
        (flags, locking): (OpenFlags, &'static str),
    ) -> Result<Self, VaultRefused> {
        begin_sqlcipher();
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        let pragma: Zeroizing<String> = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", &*key.to_hex()));
        connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
        connection.execute_batch(&pragma)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.execute_batch(&format!("PRAGMA locking_mode = {locking};"))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;",
        )?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection, alone: None, is_behind: false })
    }

    /// A file shorter than its own header says was cut. Frames in the write-ahead log may lengthen it, never shorten it.
    fn check_length(&self, file: &Path) -> Result<(), VaultRefused> {
        // SQLCipher answers this one with a text.
        let page_bytes: String =
            self.connection.query_row("PRAGMA cipher_page_size", [], |row| row.get(0))?;
        let page_bytes: u64 = page_bytes.parse().map_err(|_| VaultRefused::Damaged { set_aside: None })?;
        let pages: u64 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        // In this order: a log that is empty now was folded into the file before, with every page counted above.
        let log = file.with_extension("db-wal");
        let log_length = std::fs::metadata(log).map_or(0, |metadata| metadata.len());
        let length = std::fs::metadata(file).map_err(VaultRefused::Folder)?.len();
        if length < page_bytes * pages && log_length == 0 {
            return Err(VaultRefused::Damaged { set_aside: None });
        }
        Ok(())
    }

    /// How many schemas it went through. Its making is one transaction, so 0 is a vault that was emptied or never made.
    fn version(connection: &Connection) -> rusqlite::Result<i64> {
        connection.query_row("PRAGMA user_version", [], |row| row.get(0))
    }

    fn upgrade(&mut self) -> Result<(), VaultRefused> {
        if usize::try_from(Self::version(&self.connection)?) == Ok(SCHEMAS.len()) {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = Self::version(&transaction)?;
        let done = usize::try_from(found).unwrap_or(usize::MAX);
        let Some(steps) = SCHEMAS.get(done..) else {
            return Err(VaultRefused::Newer { found, known: SCHEMAS.len() });
        };
        for step in steps {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMAS.len())?;
        Ok(transaction.commit()?)
    }

    /// For reading.
    pub(crate) fn read(&self) -> &Connection {
        &self.connection
    }

    /// Does `work` in one transaction: all of it is on disk when this returns, or none of it ever will be.
    ///
    /// The transaction takes the write lock at once, so what it reads cannot change under it.
    pub(crate) fn write<T, E: From<VaultRefused>>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.share_again()?;
        if self.is_behind {
            self.upgrade()?;
            self.is_behind = false;
        }
        let begin = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begin.map_err(VaultRefused::from)?;
        let outcome = work(&transaction)?;
        transaction.commit().map_err(VaultRefused::from)?;
        Ok(outcome)
    }

    /// Does `work` within a transaction so that a contradiction in it, two rows where one may be, undoes this work alone:
    /// then it gives nothing, and the rest of the transaction goes on.
    pub(crate) fn attempt<T>(
        transaction: &Transaction<'_>,
        work: impl FnOnce() -> Result<T, VaultRefused>,
    ) -> Result<Option<T>, VaultRefused> {
        match Self::within(transaction, work) {
            Ok(done) => Ok(Some(done)),
            Err(VaultRefused::Other(error))
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
            {
                Ok(None)
            }
            Err(refused) => Err(refused),
        }
    }

    /// Does `work` within a transaction so that, if it fails, it alone is undone.
    pub(crate) fn within<T, E: From<VaultRefused>>(
        transaction: &Transaction<'_>,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        transaction.execute_batch("SAVEPOINT attempt").map_err(VaultRefused::from)?;
        let outcome = work();
        let end = if outcome.is_ok() { "RELEASE attempt" } else { "ROLLBACK TO attempt; RELEASE attempt" };
        // A full disk undoes the whole transaction by itself, and its own error says more than this one.
        match (outcome, transaction.execute_batch(end)) {
            (Ok(_), Err(error)) => Err(VaultRefused::from(error).into()),
            (outcome, _) => outcome,
        }
    }

    /// Does `work` within a transaction and undoes it: what it gives is what it would come to.
    pub(crate) fn tried<T, E: From<VaultRefused>>(
        transaction: &Transaction<'_>,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        transaction.execute_batch("SAVEPOINT trial").map_err(VaultRefused::from)?;
        let outcome = work();
        match (outcome, transaction.execute_batch("ROLLBACK TO trial; RELEASE trial")) {
            (Ok(_), Err(error)) => Err(VaultRefused::from(error).into()),
            (outcome, _) => outcome,
        }
    }

    /// Reads every page and checks its code and SQLite's own structures. Returns whether the vault is whole.
    pub(crate) fn is_whole(&self) -> Result<bool, VaultRefused> {
        let mut pages = self.connection.prepare("PRAGMA cipher_integrity_check")?;
        let damaged_pages = pages.query_map([], |_| Ok(()))?.count();
        let verdict: String = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok(damaged_pages == 0 && verdict == "ok")
    }

    /// Folds the write-ahead log into the file and cuts it, so that the file alone may be copied. Says whether nobody else was in
    /// the way.
    pub(crate) fn checkpoint(&self) -> Result<bool, VaultRefused> {
        Ok(self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0))?)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// Lets SQLCipher begin before anybody opens a vault.
///
/// SQLite says that it is ready before it has begun SQLCipher (`SQLITE_EXTRA_INIT` runs after `isInit` is set and outside
/// the mutex), so of two threads that open their first vaults at once the second could find no cipher.
fn begin_sqlcipher() {
    static BEGUN: std::sync::Once = std::sync::Once::new();
    BEGUN.call_once(|| drop(Connection::open_in_memory()));
}

/// The first page of a vault is in its file from its making on. SQLite would take a shorter file for a new database and
/// write into it.
fn check_not_empty(file: &Path) -> Result<(), VaultRefused> {
    let length = std::fs::metadata(file).map_err(VaultRefused::Folder)?.len();
    if length < PAGE_BYTES { Err(VaultRefused::Damaged { set_aside: None }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
