//! Copies of a database: a backup, and a backup put back.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use tempfile::NamedTempFile;

use super::check::{CheckReport, check};
use super::{Progress, Watcher};
use crate::storage::{
    Lock, StorageError, beside, folder_of, give_to_owner, has_log, open_beside, private, store_last_backup,
};

/// Pages that are copied before the watcher hears of it: 4 MiB.
const PAGES_AT_ONCE: i32 = 1_024;

/// Databases that are kept beside the one that took their place. Who restores this often has to look at them first.
const SET_ASIDE_MAX: u32 = 99;

/// What may lie beside a database that was not closed.
const LOG: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What a copy is made of, and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct Copy<'a> {
    /// The database, or the backup.
    pub from: &'a Path,
    /// The file that is made.
    pub to: &'a Path,
    /// Whether a file that is there already may be replaced.
    pub replace: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Bytes of the copy.
    pub bytes: u64,
    /// The database that the copy took the place of, if there was one: it is kept.
    pub set_aside: Option<PathBuf>,
    /// What was found in a backup before it was restored.
    pub checked: Option<CheckReport>,
}

/// Why there is no copy. What was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum KeepingRefused {
    /// What should be copied cannot be read.
    #[error("what should be copied cannot be read: {0}")]
    From(#[source] StorageError),
    /// The copy cannot be written.
    #[error("the copy cannot be written: {0}")]
    To(#[source] StorageError),
    /// The database that it should take the place of is open elsewhere, or cannot be read at this moment.
    #[error("what should be replaced is in use, or cannot be read at this moment: {0}")]
    Unsettled(#[source] StorageError),
    /// There is a file already.
    #[error("there is a file of that name already")]
    Exists,
    /// The log of a database that was not closed lies where the copy would stand: it would be read as the copy's own.
    #[error("the log of a database that was not closed lies beside that name")]
    Log,
    /// The backup is not what a relay once stored.
    #[error("the backup has defects and was not restored")]
    Unsound(Box<CheckReport>),
}

fn from(error: impl Into<StorageError>) -> KeepingRefused {
    KeepingRefused::From(error.into())
}

fn to(error: impl Into<StorageError>) -> KeepingRefused {
    KeepingRefused::To(error.into())
}

/// Copies a database as it is at this moment, also while a relay runs on it. `now_s`, in seconds since 1970, is kept in
/// the database as the time of its last backup. The copy is checked before it has its name.
pub fn back_up(backup: Copy<'_>, now_s: u64, watcher: Watcher<'_>) -> Result<Copied, KeepingRefused> {
    if is_the_same(backup) || (!backup.replace && backup.to.exists()) {
        return Err(KeepingRefused::Exists);
    }
    // What is replaced may be a database that a relay runs on, or one that was killed.
    let _lock = backup.replace.then(|| Lock::take(backup.to)).transpose().map_err(to)?;
    if has_log(backup.to) {
        return Err(KeepingRefused::Log);
    }
    let made = make(backup, watcher)?;
    if !check(made.path(), watcher).map_err(to)?.is_sound() {
        // A damaged copy has no name, replaces no good one, and is not told as a backup of this day.
        return Err(from(StorageError::Damaged("its copy has defects")));
    }
    let bytes = made.as_file().metadata().map_err(to)?.len();
    put_into_place(made, backup)?;
    if let Err(error) = note(backup.from, now_s) {
        // The copy is there and whole; only what `check` and the metrics say of it is older than it should be.
        tracing::warn!(%error, "the time of the backup was not kept in the database");
    }
    Ok(Copied { bytes, set_aside: None, checked: None })
}

fn note(data: &Path, now_s: u64) -> Result<(), StorageError> {
    let mut connection = open_beside(data)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    store_last_backup(&transaction, now_s)?;
    Ok(transaction.commit()?)
}

/// Puts a backup into the place of a database that no relay runs on. It is checked before; what it replaces stays beside
/// it.
pub fn restore(restoring: Copy<'_>, watcher: Watcher<'_>) -> Result<Copied, KeepingRefused> {
    // Behind a link it is the database that is replaced, and not the link.
    let database = restoring.to.canonicalize().unwrap_or_else(|_| restoring.to.to_owned());
    let restoring = Copy { to: &database, ..restoring };
    let _lock = Lock::take(restoring.to).map_err(to)?;
    let is_there = restoring.to.exists();
    if is_the_same(restoring) || (is_there && !restoring.replace) {
        return Err(KeepingRefused::Exists);
    }
    if !is_there && has_log(restoring.to) {
        return Err(KeepingRefused::Log);
    }
    let made = make(restoring, watcher)?;
    // What is looked at is what takes the place: the backup may lie on a disk that reads differently twice.
    let checked = check(made.path(), watcher).map_err(from)?;
    if !checked.is_sound() {
        return Err(KeepingRefused::Unsound(Box::new(checked)));
    }
    let bytes = made.as_file().metadata().map_err(to)?.len();
    let set_aside = is_there.then(|| set_aside(restoring.to)).transpose()?;
    put_into_place(made, restoring)?;
    Ok(Copied { bytes, set_aside, checked: Some(checked) })
}

/// A file cannot be a copy of itself, by whatever name.
fn is_the_same(copy: Copy<'_>) -> bool {
    matches!((copy.from.canonicalize(), copy.to.canonicalize()), (Ok(from), Ok(to)) if from == to)
}

/// The whole copy, on the disk, under a name of its own. It is removed unless it is put into place.
fn make(copy: Copy<'_>, watcher: Watcher<'_>) -> Result<NamedTempFile, KeepingRefused> {
    let source = open_beside(copy.from).map_err(from)?;
    // One moment for the whole copy: pages that change meanwhile are copied as they were.
    let snapshot = source.unchecked_transaction().map_err(from)?;
    snapshot.query_row("SELECT count(*) FROM relay", [], |_| Ok(())).map_err(from)?;
    let made = tempfile::Builder::new()
        .prefix(".relay-copy-")
        .tempfile_in(folder_of(copy.to))
        .map_err(to)?;
    give_to_owner(made.as_file(), folder_of(copy.to));
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(made.path(), flags).map_err(to)?;
    copy_pages(&snapshot, &mut target, watcher).map_err(to)?;
    // One file alone: without a log of its own it can be read from a disk that nobody may write.
    target.pragma_update(None, "journal_mode", "DELETE").map_err(to)?;
    target.close().map_err(|(_, error)| to(error))?;
    made.as_file().sync_all().map_err(to)?;
    Ok(made)
}

fn copy_pages(
    source: &Connection,
    target: &mut Connection,
    watcher: Watcher<'_>,
) -> Result<(), StorageError> {
    let copying = Backup::new(source, target)?;
    loop {
        let step = copying.step(PAGES_AT_ONCE)?;
        let pages = copying.progress();
        let [all, left] = [pages.pagecount, pages.remaining].map(|count| u64::try_from(count).unwrap_or(0));
        watcher(Progress::Copied { done: all.saturating_sub(left), all });
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            // The source is held as it was, and nobody knows the target's name.
            _ => return Err(io::Error::from(io::ErrorKind::ResourceBusy).into()),
        }
    }
}

fn put_into_place(made: NamedTempFile, copy: Copy<'_>) -> Result<(), KeepingRefused> {
    let placed = if copy.replace { made.persist(copy.to) } else { made.persist_noclobber(copy.to) };
    placed.map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => KeepingRefused::Exists,
        _ => to(error.error),
    })?;
    sync_folder(copy.to).map_err(to)
}

/// A name is on the disk when its folder is.
fn sync_folder(file: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder_of(file))?.sync_all() } else { Ok(()) }
}

/// Gets a database out of the way in steps, each of which leaves everything there: killed between any two, what was stored
/// is under the old name or under both, and a relay that is started meanwhile finds it and makes itself no new identity.
fn set_aside(data: &Path) -> Result<PathBuf, KeepingRefused> {
    match settle(data) {
        // Nothing can be written back into what is not, or no longer, a database that this program understands: its log is
        // kept as it is. Whatever else goes wrong may go well the next time, and the log is not touched.
        Err(StorageError::Damaged(_) | StorageError::Foreign | StorageError::Newer { .. }) => {}
        settled => settled.map_err(KeepingRefused::Unsettled)?,
    }
    let aside = keep_aside(data).map_err(to)?;
    remove_log(data).map_err(to)?;
    Ok(aside)
}

/// Writes the log of a database that was killed back into it, so that all of it is one file. Refused as long as any other
/// program has the database open: under it nothing is moved.
pub(super) fn settle(data: &Path) -> Result<(), StorageError> {
    let connection = open_beside(data)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Gives a database and its log second names, and returns the one of the database.
pub(super) fn keep_aside(data: &Path) -> io::Result<PathBuf> {
    // A restore that was killed may have left a log of this name without its database.
    let is_free = |name: &PathBuf| !name.exists() && LOG.iter().all(|ending| !beside(name, ending).exists());
    let aside = (1..=SET_ASIDE_MAX)
        .map(|count| beside(data, &format!("-replaced-{count}")))
        .find(is_free)
        .ok_or(io::ErrorKind::AlreadyExists)?;
    // The log first: a database beside which its log is missing would look whole.
    for ending in LOG.into_iter().filter(|ending| beside(data, ending).exists()) {
        keep_as(&beside(data, ending), &beside(&aside, ending))?;
    }
    keep_as(data, &aside)?;
    sync_folder(data)?;
    Ok(aside)
}

/// A second name for a file; where a disk knows none, a copy. What has that name already may be the file itself.
fn keep_as(file: &Path, name: &Path) -> io::Result<()> {
    match std::fs::hard_link(file, name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            let (mut from, mut copy) = (File::open(file)?, private().create_new(true).open(name)?);
            give_to_owner(&copy, folder_of(name));
            io::copy(&mut from, &mut copy)?;
            copy.sync_all()
        }
        linked => linked,
    }
}

/// Takes away what would be mixed under the copy, once it is kept under another name.
pub(super) fn remove_log(data: &Path) -> io::Result<()> {
    for log in LOG.map(|ending| beside(data, ending)) {
        match std::fs::remove_file(log) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
