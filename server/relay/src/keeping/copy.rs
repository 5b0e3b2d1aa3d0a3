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
    Lock, StorageError, behind, beside, folder_of, give_to_owner, has_log, names_aside, open_beside,
    store_last_backup,
};

/// Pages that are copied before the watcher hears of it: 4 MiB.
const PAGES_AT_ONCE: i32 = 1_024;

/// What may lie beside a database that was not closed.
const LOG: [&str; 3] = ["-wal", "-shm", "-journal"];

/// How the names of copies begin that have none of their own yet.
const UNNAMED: &str = ".relay-copy-";

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
    let database = behind(restoring.to);
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
    let set_aside = if is_there {
        Some(replace(made, restoring)?)
    } else {
        put_into_place(made, Copy { replace: false, ..restoring })?;
        None
    };
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
    let made = make_file(folder_of(copy.to)).map_err(to)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(made.path(), flags).map_err(to)?;
    copy_pages(&snapshot, &mut target, watcher).map_err(to)?;
    // One file alone: without a log of its own it can be read from a disk that nobody may write.
    target.pragma_update(None, "journal_mode", "DELETE").map_err(to)?;
    target.close().map_err(|(_, error)| to(error))?;
    made.as_file().sync_all().map_err(to)?;
    Ok(made)
}

/// A file that is removed unless it is given its name. Those of who was killed over it are removed first: each is as large as
/// the database, and holds the relay's identity.
fn make_file(folder: &Path) -> io::Result<NamedTempFile> {
    #[cfg(target_os = "linux")]
    remove_abandoned(folder)?;
    let made = tempfile::Builder::new().prefix(UNNAMED).tempfile_in(folder)?;
    #[cfg(target_os = "linux")]
    made.as_file().lock()?;
    give_to_owner(made.as_file(), folder);
    Ok(made)
}

/// Whoever still writes his copy holds a lock on it, which ends with his process.
#[cfg(target_os = "linux")]
fn remove_abandoned(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_unnamed = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNNAMED));
        if is_unnamed && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
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

/// Gives the copy the name of a database, and returns that one's new name.
///
/// No file ever has two names, since SQLite finds a log by the name of its database. Killed between any two steps, what was
/// stored is whole, with its log, under the old name or under the new one. As long as nothing has the old name, a relay that
/// is started there makes itself no new identity: it finds the log alone, and then what was set aside.
fn replace(made: NamedTempFile, restoring: Copy<'_>) -> Result<PathBuf, KeepingRefused> {
    let data = restoring.to;
    match settle(data) {
        // Nothing can be written back into what is not, or no longer, a database that this program understands: its log is
        // kept as it is. Whatever else goes wrong may go well the next time, and the log is not touched.
        Err(StorageError::Damaged(_) | StorageError::Foreign | StorageError::Newer { .. }) => {}
        settled => settled.map_err(KeepingRefused::Unsettled)?,
    }
    let aside = name_aside(data).map_err(to)?;
    keep_log(data, &aside).map_err(to)?;
    let moved = move_aside(data, &aside).map_err(to);
    let placed = moved.and_then(|()| put_into_place(made, Copy { replace: false, ..restoring }));
    if placed.is_err() {
        put_back(data, &aside);
    }
    placed.map(|()| aside)
}

/// Writes the log of a database that was killed back into it, so that all of it is one file. Refused as long as any other
/// program has the database open: under it nothing is moved.
pub(super) fn settle(data: &Path) -> Result<(), StorageError> {
    let connection = open_beside(data)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.close().map_err(|(_, error)| error.into())
}

/// The first name that no database has, and no log that a killed restore has copied.
fn name_aside(data: &Path) -> io::Result<PathBuf> {
    let is_free = |name: &PathBuf| !name.exists() && LOG.iter().all(|ending| !beside(name, ending).exists());
    names_aside(data)
        .find(is_free)
        .ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}

/// Copies the log of a database that could not be settled, before that one is moved: without its log it would look whole.
pub(super) fn keep_log(data: &Path, aside: &Path) -> io::Result<()> {
    for ending in LOG.into_iter().filter(|ending| beside(data, ending).exists()) {
        let mut copy = make_file(folder_of(aside))?;
        io::copy(&mut File::open(beside(data, ending))?, copy.as_file_mut())?;
        copy.as_file().sync_all()?;
        copy.persist_noclobber(beside(aside, ending))?;
    }
    Ok(())
}

/// Moves a database, and takes away the log that it left, which would be mixed under the copy.
fn move_aside(data: &Path, aside: &Path) -> io::Result<()> {
    std::fs::rename(data, aside)?;
    sync_folder(data)?;
    remove_log(data)
}

pub(super) fn remove_log(data: &Path) -> io::Result<()> {
    for log in LOG.map(|ending| beside(data, ending)) {
        match std::fs::remove_file(log) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Gives a database its name back where no copy got it. The log goes first again.
fn put_back(data: &Path, aside: &Path) {
    if data.exists() {
        return;
    }
    let logs = LOG.into_iter().filter(|ending| beside(aside, ending).exists());
    let back = logs
        .chain([""])
        .try_for_each(|ending| std::fs::rename(beside(aside, ending), beside(data, ending)));
    if let Err(error) = back.and_then(|()| sync_folder(data)) {
        // Nothing is lost: the next start says where it is.
        tracing::error!(%error, "the database that should be replaced did not get its name back");
    }
}
