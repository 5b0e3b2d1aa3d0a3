//! Restores that end between two of their steps: by a kill, or by what the disk says.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::copy::{keep_log, remove_log, settle};
use super::tests::Kept;
use super::*;
use crate::relay::Relay;
use crate::storage::open_beside;
use crate::world::{PATROLS, chance, statements, sync};

/// A database that was killed, with a log beside it, and how many envelopes it holds.
fn killed(kept: &mut Kept) -> (PathBuf, u64) {
    let mut relay = kept.relay();
    let later = statements(&mut kept.district.vol, PATROLS, 1);
    sync(&mut relay, &mut kept.district.vol, &later);
    for ending in ["", "-wal"] {
        std::fs::copy(kept.path(&format!("relay.db{ending}")), kept.path(&format!("killed.db{ending}")))
            .unwrap();
    }
    (kept.path("killed.db"), relay.stock().unwrap().envelopes)
}

/// Makes a killed database one of a newer program, or of this one again, and leaves its log as it would be.
fn set_version(data: &Path, version: u32) {
    let database = Connection::open(data).unwrap();
    database
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    database.pragma_update(None, "user_version", version).unwrap();
}

fn count(data: &Path) -> u64 {
    check(data, &mut |_| ()).unwrap().sound
}

fn start(kept: &Kept, data: &Path) -> Result<Relay, StorageError> {
    Relay::open(data, &[kept.district.root.id()], &mut chance(51))
}

fn restore_onto(kept: &Kept, data: &Path) -> Result<Copied, KeepingRefused> {
    let from = kept.path("backup.db");
    restore(Copy { from: &from, to: data, replace: true }, &mut |_| ())
}

#[test]
fn wherever_a_restore_is_killed_what_was_stored_has_one_name_and_nothing_new_is_made_under_the_old_one() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let (data, envelopes) = killed(&mut kept);
    let (log, aside) = (kept.path("killed.db-wal"), kept.path("killed.db-replaced-1"));
    assert!(std::fs::metadata(&log).unwrap().len() > 0, "otherwise nothing is proved");
    settle(&data).unwrap();
    assert!(!log.exists() && count(&data) == envelopes, "all of it is one file");
    std::fs::rename(&data, &aside).unwrap();
    let started = start(&kept, &data);
    assert!(matches!(started, Err(StorageError::SetAside(found)) if found == aside));
    assert!(!data.exists() && count(&aside) == envelopes);
    assert_eq!(restore_onto(&kept, &data).unwrap().set_aside, None);
    assert_eq!((count(&data), count(&aside)), (envelopes - 1, envelopes));
    start(&kept, &data).unwrap().close().unwrap();
}

#[test]
fn wherever_a_restore_over_what_cannot_be_settled_is_killed_the_log_is_beside_its_database() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let (data, envelopes) = killed(&mut kept);
    let aside = kept.path("killed.db-replaced-1");
    set_version(&data, 77);
    assert!(matches!(settle(&data), Err(StorageError::Newer { .. })));
    keep_log(&data, &aside).unwrap();
    assert!(matches!(start(&kept, &data), Err(StorageError::Newer { .. })), "which stands in its log");
    std::fs::rename(&data, &aside).unwrap();
    assert!(matches!(start(&kept, &data), Err(StorageError::Log)));
    assert!(matches!(restore_onto(&kept, &data), Err(KeepingRefused::Log)), "nobody says whose it is");
    remove_log(&data).unwrap();
    assert!(matches!(start(&kept, &data), Err(StorageError::SetAside(_))));
    restore_onto(&kept, &data).unwrap();
    assert_eq!(count(&data), envelopes - 1);
    set_version(&aside, 3);
    assert_eq!(count(&aside), envelopes);
}

#[cfg(unix)]
#[test]
fn a_copy_that_does_not_get_into_place_gives_the_name_and_the_log_back() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let (data, from) = (killed(&mut kept).0, kept.path("backup.db"));
    set_version(&data, 77);
    let bytes = || ["", "-wal"].map(|end| std::fs::read(kept.path(&format!("killed.db{end}"))).unwrap());
    let (before, names) = (bytes(), kept.names());
    let restored = restore(Copy { from: &from, to: &data, replace: true }, &mut |progress| {
        let copy = kept.names().into_iter().find(|name| name.starts_with(".relay-copy-"));
        if matches!(progress, Progress::Pages) {
            std::fs::remove_file(kept.path(&copy.unwrap())).unwrap();
        }
    });
    assert!(matches!(restored, Err(KeepingRefused::To(_))), "{restored:?}");
    assert!(bytes() == before);
    assert_eq!(kept.names().len(), names.len() + 1, "the lock is beside it now: {:?}", kept.names());
}

#[test]
fn a_database_that_another_program_has_open_is_neither_replaced_nor_parted_from_its_log() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let (data, envelopes) = killed(&mut kept);
    let bytes = || [&data, &kept.path("killed.db-wal")].map(|file| std::fs::read(file).unwrap());
    let reading = open_beside(&data).unwrap();
    let before = bytes();
    assert!(matches!(restore_onto(&kept, &data), Err(KeepingRefused::Unsettled(StorageError::Failing(_)))));
    assert!(bytes() == before && !kept.path("killed.db-replaced-1").exists());
    reading.close().unwrap();
    let aside = restore_onto(&kept, &data).unwrap().set_aside.unwrap();
    assert_eq!(check(&aside, &mut |_| ()).unwrap().sound, envelopes);
}

#[test]
fn a_database_that_cannot_be_read_is_set_aside_to_the_byte_with_its_log() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let (data, _) = killed(&mut kept);
    let mut bytes = std::fs::read(&data).unwrap();
    bytes[..100].fill(0xa5);
    std::fs::write(&data, &bytes).unwrap();
    let log = std::fs::read(kept.path("killed.db-wal")).unwrap();
    assert!(matches!(settle(&data), Err(StorageError::Foreign)));
    let copied = restore_onto(&kept, &data).unwrap();
    assert_eq!(std::fs::read(copied.set_aside.unwrap()).unwrap(), bytes);
    assert_eq!(std::fs::read(kept.path("killed.db-replaced-1-wal")).unwrap(), log);
    assert!(!kept.path("killed.db-wal").exists(), "a log of another one is not mixed under it");
    assert!(check(&data, &mut |_| ()).unwrap().is_sound());
}

#[test]
fn a_log_that_a_killed_restore_has_copied_is_not_overwritten_by_the_next() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let (data, _) = killed(&mut kept);
    std::fs::write(&data, "no database, and yet not to be lost").unwrap();
    let (log, left) = (kept.path("killed.db-wal"), kept.path("killed.db-replaced-1-wal"));
    let bytes = std::fs::read(&log).unwrap();
    std::fs::write(&left, "of another one").unwrap();
    let copied = restore_onto(&kept, &data).unwrap();
    assert_eq!(copied.set_aside, Some(kept.path("killed.db-replaced-2")));
    assert_eq!(std::fs::read(&left).unwrap(), b"of another one");
    assert_eq!(std::fs::read(kept.path("killed.db-replaced-2-wal")).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn a_link_whose_database_a_killed_restore_set_aside_leads_to_no_new_one() {
    let kept = Kept::new();
    kept.back_up().unwrap();
    std::fs::create_dir(kept.path("links")).unwrap();
    let (data, link) = (kept.path("relay.db"), kept.path("links").join("link.db"));
    std::os::unix::fs::symlink("../relay.db", &link).unwrap();
    std::fs::rename(&data, kept.path("relay.db-replaced-1")).unwrap();
    assert!(matches!(start(&kept, &link), Err(StorageError::SetAside(_))));
    assert!(!data.exists());
    restore_onto(&kept, &link).unwrap();
    assert!(link.is_symlink() && !data.is_symlink());
    start(&kept, &link).unwrap();
}

#[test]
fn of_a_quiet_relay_whose_database_vanished_the_empty_log_is_enough_to_make_no_new_identity() {
    let kept = Kept::new();
    let data = kept.path("relay.db");
    drop(kept.relay());
    std::fs::rename(&data, kept.path("moved.db")).unwrap();
    std::fs::write(kept.path("relay.db-wal"), b"").unwrap();
    assert!(matches!(start(&kept, &data), Err(StorageError::Log)));
    std::fs::rename(kept.path("moved.db"), &data).unwrap();
    start(&kept, &data).unwrap().close().unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_killed_backup_left_is_removed_by_the_next_and_what_another_still_writes_is_not() {
    let kept = Kept::new();
    let (abandoned, written) = (kept.path(".relay-copy-abandoned"), kept.path(".relay-copy-written"));
    std::fs::write(&abandoned, b"half a copy").unwrap();
    let writer = std::fs::File::create(&written).unwrap();
    writer.lock().unwrap();
    kept.back_up().unwrap();
    assert!(!abandoned.exists() && written.exists());
}
