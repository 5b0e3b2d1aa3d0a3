//! Backups that can be restored, and databases that are not what they were.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::relay::Relay;
use crate::world::{District, PATROLS, chance, statements, sync};

/// A relay's file with the rolls and three entries.
pub(super) struct Kept {
    folder: TempDir,
    pub(super) district: District,
}

impl Kept {
    pub(super) fn new() -> Self {
        let (folder, mut district) = (tempfile::tempdir().unwrap(), District::new());
        let data = folder.path().join("relay.db");
        let mut relay = Relay::open(&data, &[district.root.id()], &mut chance(50)).unwrap();
        district.bring_rolls(&mut relay);
        let entries = statements(&mut district.vol, PATROLS, 3);
        sync(&mut relay, &mut district.vol, &entries);
        relay.close().unwrap();
        Self { folder, district }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn relay(&self) -> Relay {
        Relay::open(&self.path("relay.db"), &[self.district.root.id()], &mut chance(51)).unwrap()
    }

    pub(super) fn back_up(&self) -> Result<Copied, KeepingRefused> {
        let (from, to) = (self.path("relay.db"), self.path("backup.db"));
        back_up(Copy { from: &from, to: &to, replace: false }, 1_700_000_000, &mut |_| ())
    }

    fn restore(&self, replace: bool) -> Result<Copied, KeepingRefused> {
        let (from, to) = (self.path("backup.db"), self.path("relay.db"));
        restore(Copy { from: &from, to: &to, replace }, &mut |_| ())
    }

    fn check(&self) -> CheckReport {
        check(&self.path("relay.db"), &mut |_| ()).unwrap()
    }

    fn change(&self, sql: &str) {
        let changed = Connection::open(self.path("relay.db")).unwrap().execute_batch(sql);
        changed.unwrap();
    }

    pub(super) fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn a_database_as_the_relay_left_it_has_no_defect() {
    let kept = Kept::new();
    let report = kept.check();
    assert!(report.is_sound(), "{:?}", report.defects);
    assert_eq!(report.sound, report.stock.envelopes);
    assert_eq!(report.sound, kept.district.rolls.len() as u64 + 3);
    assert_eq!(report.relay, Some(read_identity(&kept.path("relay.db")).unwrap()));
    assert_eq!(kept.names(), ["relay.db", "relay.db-lock"], "looking leaves nothing behind");
}

#[test]
fn a_running_relay_is_copied_as_it_is_at_one_moment_and_goes_on() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let later = statements(&mut kept.district.vol, PATROLS, 1);
    let mut written = false;
    let (from, to) = (kept.path("relay.db"), kept.path("backup.db"));
    let copied = back_up(Copy { from: &from, to: &to, replace: false }, 1_700_000_000, &mut |_| {
        if !std::mem::replace(&mut written, true) {
            sync(&mut relay, &mut kept.district.vol, &later);
        }
    });
    assert_eq!(copied.unwrap().bytes, std::fs::metadata(&to).unwrap().len());
    let of_backup = check(&to, &mut |_| ()).unwrap();
    assert!(of_backup.is_sound() && written);
    assert_eq!(relay.stock().unwrap().envelopes, of_backup.stock.envelopes + 1);
    assert_eq!(relay.stock().unwrap().last_backup_s, Some(1_700_000_000));
    assert_eq!(read_identity(&to).unwrap(), relay.id());
    assert!(
        kept.names().contains(&"backup.db".to_owned())
            && !kept.names().iter().any(|name| name.starts_with('.'))
    );
}

#[cfg(unix)]
#[test]
fn a_copy_that_is_in_its_place_is_told_as_one_though_its_source_went_meanwhile() {
    let kept = Kept::new();
    let (from, to, gone) = (kept.path("relay.db"), kept.path("backup.db"), kept.path("gone.db"));
    std::fs::write(&to, "of yesterday").unwrap();
    back_up(Copy { from: &from, to: &to, replace: true }, 1, &mut |progress| {
        if matches!(progress, Progress::Pages) {
            std::fs::rename(&from, &gone).unwrap();
        }
    })
    .unwrap();
    assert!(check(&to, &mut |_| ()).unwrap().is_sound());
    assert_eq!(check(&gone, &mut |_| ()).unwrap().stock.last_backup_s, None);
}

#[cfg(unix)]
#[test]
fn a_backup_is_for_its_owner_alone() {
    let kept = Kept::new();
    kept.back_up().unwrap();
    let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(kept.path("backup.db")).unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_backup_overwrites_nothing_unless_told_and_never_its_own_source() {
    let kept = Kept::new();
    std::fs::write(kept.path("backup.db"), "somebody's only copy").unwrap();
    assert!(matches!(kept.back_up(), Err(KeepingRefused::Exists)));
    assert_eq!(std::fs::read(kept.path("backup.db")).unwrap(), b"somebody's only copy");
    let (from, to) = (kept.path("relay.db"), kept.path("backup.db"));
    back_up(Copy { from: &from, to: &to, replace: true }, 1, &mut |_| ()).unwrap();
    assert!(check(&to, &mut |_| ()).unwrap().is_sound());
    let onto_itself = back_up(Copy { from: &from, to: &from, replace: true }, 1, &mut |_| ());
    assert!(matches!(onto_itself, Err(KeepingRefused::Exists)));
}

#[test]
fn what_is_restored_is_the_relay_of_the_backup_and_what_it_replaced_is_kept() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let mut relay = kept.relay();
    let later = statements(&mut kept.district.vol, PATROLS, 2);
    sync(&mut relay, &mut kept.district.vol, &later);
    let (id, envelopes) = (relay.id(), relay.stock().unwrap().envelopes);
    assert!(matches!(kept.restore(true), Err(KeepingRefused::To(StorageError::InUse))), "it runs");
    relay.close().unwrap();
    assert!(matches!(kept.restore(false), Err(KeepingRefused::Exists)));
    let copied = kept.restore(true).unwrap();
    let aside = copied.set_aside.unwrap();
    assert_eq!(check(&aside, &mut |_| ()).unwrap().stock.envelopes, envelopes);
    let restored = kept.relay();
    assert_eq!((restored.id(), restored.stock().unwrap().envelopes), (id, envelopes - 2));
}

#[test]
fn a_database_that_was_killed_is_set_aside_with_its_log() {
    let mut kept = Kept::new();
    kept.back_up().unwrap();
    let mut relay = kept.relay();
    let later = statements(&mut kept.district.vol, PATROLS, 1);
    sync(&mut relay, &mut kept.district.vol, &later);
    let envelopes = relay.stock().unwrap().envelopes;
    for ending in ["", "-wal"] {
        let name = format!("relay.db{ending}");
        std::fs::copy(kept.path(&name), kept.path(&format!("killed-{name}"))).unwrap();
    }
    let (from, to) = (kept.path("backup.db"), kept.path("killed-relay.db"));
    let copied = restore(Copy { from: &from, to: &to, replace: true }, &mut |_| ()).unwrap();
    assert_eq!(check(&to, &mut |_| ()).unwrap().stock.envelopes, envelopes - 1);
    let aside = check(&copied.set_aside.unwrap(), &mut |_| ()).unwrap();
    assert_eq!(aside.stock.envelopes, envelopes, "its log is beside it, too");
}

#[cfg(unix)]
#[test]
fn behind_a_link_the_database_is_replaced_and_not_the_link() {
    let kept = Kept::new();
    kept.back_up().unwrap();
    let (from, link) = (kept.path("backup.db"), kept.path("link.db"));
    std::os::unix::fs::symlink(kept.path("relay.db"), &link).unwrap();
    let copied = restore(Copy { from: &from, to: &link, replace: true }, &mut |_| ()).unwrap();
    assert_eq!(copied.set_aside.unwrap().file_name(), Some("relay.db-replaced-1".as_ref()));
    assert!(link.is_symlink() && kept.check().is_sound());
}

#[test]
fn a_backup_replaces_no_database_that_a_relay_runs_on_or_that_was_killed() {
    let mut kept = Kept::new();
    let other = kept.path("other.db");
    std::fs::copy(kept.path("relay.db"), &other).unwrap();
    let mut relay = kept.relay();
    let onto = |to: &Path, replace| back_up(Copy { from: &other, to, replace }, 1, &mut |_| ());
    let data = kept.path("relay.db");
    assert!(matches!(onto(&data, true), Err(KeepingRefused::To(StorageError::InUse))));
    let later = statements(&mut kept.district.vol, PATROLS, 1);
    sync(&mut relay, &mut kept.district.vol, &later);
    let killed = kept.path("killed.db");
    for ending in ["", "-wal"] {
        std::fs::copy(kept.path(&format!("relay.db{ending}")), kept.path(&format!("killed.db{ending}")))
            .unwrap();
    }
    assert!(matches!(onto(&killed, true), Err(KeepingRefused::Log)));
    let before = [&killed, &kept.path("killed.db-wal")].map(|file| std::fs::read(file).unwrap());
    let envelopes = check(&killed, &mut |_| ()).unwrap().stock.envelopes;
    let after = [&killed, &kept.path("killed.db-wal")].map(|file| std::fs::read(file).unwrap());
    assert!(before == after, "looking changes nothing");
    assert_eq!(envelopes, relay.stock().unwrap().envelopes, "nothing of it is lost");
}

#[test]
fn a_log_without_its_database_is_not_mixed_under_a_copy() {
    let kept = Kept::new();
    kept.back_up().unwrap();
    for ending in ["-wal", "-journal"] {
        let (data, log) = (kept.path("new.db"), kept.path(&format!("new.db{ending}")));
        std::fs::write(&log, "of another one").unwrap();
        let from = kept.path("backup.db");
        for replace in [false, true] {
            let copy = Copy { from: &from, to: &data, replace };
            assert!(matches!(restore(copy, &mut |_| ()), Err(KeepingRefused::Log)));
            assert!(matches!(back_up(copy, 1, &mut |_| ()), Err(KeepingRefused::Log)));
        }
        assert!(!data.exists() && std::fs::read(&log).unwrap() == b"of another one");
        std::fs::remove_file(log).unwrap();
    }
}

#[test]
fn what_is_checked_is_what_is_restored() {
    let kept = Kept::new();
    kept.back_up().unwrap();
    let (from, to) = (kept.path("backup.db"), kept.path("new.db"));
    let mut copied = false;
    let restored = restore(Copy { from: &from, to: &to, replace: false }, &mut |progress| {
        assert!(
            copied || matches!(progress, Progress::Copied { .. }),
            "nothing is looked at before it is copied"
        );
        copied = true;
    });
    assert!(restored.unwrap().checked.unwrap().is_sound());
}

#[test]
fn a_second_relay_on_one_database_is_refused() {
    let kept = Kept::new();
    let first = kept.relay();
    let second = Relay::open(&kept.path("relay.db"), &[kept.district.root.id()], &mut chance(52));
    assert!(matches!(second, Err(StorageError::InUse)));
    first.close().unwrap();
    kept.relay();
}

#[cfg(target_os = "linux")]
#[test]
fn a_second_relay_is_refused_though_somebody_deleted_the_lock_file() {
    let kept = Kept::new();
    let _first = kept.relay();
    std::fs::remove_file(kept.path("relay.db-lock")).unwrap();
    let second = Relay::open(&kept.path("relay.db"), &[kept.district.root.id()], &mut chance(52));
    assert!(matches!(second, Err(StorageError::InUse)));
    std::fs::remove_file(kept.path("relay.db-lock")).unwrap();
    std::fs::copy(kept.path("relay.db"), kept.path("backup.db")).unwrap();
    assert!(matches!(kept.restore(true), Err(KeepingRefused::To(StorageError::InUse))));
}

#[test]
fn every_kind_of_damage_is_found() {
    let damages = [
        (Defect::Envelope, "UPDATE envelopes SET wire = zeroblob(length(wire)) WHERE rowid = 5"),
        (Defect::Envelope, "UPDATE envelopes SET hash = zeroblob(32) WHERE rowid = 5"),
        (Defect::RunningHash, "UPDATE envelopes SET running_head = zeroblob(8) WHERE rowid = 5"),
        (Defect::RunningHash, "UPDATE spaces SET running_hash = zeroblob(32) WHERE id = 1"),
        (Defect::Number, "DELETE FROM envelopes WHERE rowid = 2"),
        (Defect::Number, "UPDATE spaces SET number = number + 1 WHERE id = 1"),
        (Defect::JournalHead, "UPDATE journals SET head_sequence = head_sequence + 1 WHERE id = 1"),
        (Defect::Sum, "UPDATE signers SET bytes = bytes + 1 WHERE id = 1"),
        (Defect::Sum, "UPDATE spaces SET bytes = bytes + 1 WHERE id = 1"),
        (Defect::Identity, "DELETE FROM relay"),
    ];
    for (defect, sql) in damages {
        let kept = Kept::new();
        kept.change(sql);
        assert!(matches!(kept.back_up(), Err(KeepingRefused::From(StorageError::Damaged(_)))), "{sql}");
        assert!(!kept.path("backup.db").exists(), "{sql}");
        let report = kept.check();
        assert_eq!(report.stock.last_backup_s, None, "{sql}");
        assert!(report.defects.contains_key(&defect), "{sql}: {:?}", report.defects);
        std::fs::rename(kept.path("relay.db"), kept.path("backup.db")).unwrap();
        assert!(matches!(kept.restore(false), Err(KeepingRefused::Unsound(_))), "{sql}");
        assert!(!kept.path("relay.db").exists());
    }
}

#[test]
fn pages_that_cannot_be_read_are_found() {
    let kept = Kept::new();
    let file = kept.path("relay.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4_096].fill(0xa5);
    std::fs::write(&file, bytes).unwrap();
    let report = kept.check();
    assert_eq!(report.defects.keys().next(), Some(&Defect::Page), "{report:?}");
}

#[test]
fn what_is_not_there_or_not_a_relays_is_told_and_nothing_is_made() {
    let kept = Kept::new();
    let missing = kept.path("missing.db");
    assert!(matches!(check(&missing, &mut |_| ()), Err(StorageError::Unusable(_))));
    assert!(matches!(read_identity(&missing), Err(StorageError::Unusable(_))));
    let empty = kept.path("empty.db");
    std::fs::write(&empty, "").unwrap();
    assert!(matches!(check(&empty, &mut |_| ()), Err(StorageError::Foreign)));
    assert!(!missing.exists());
}

#[test]
fn a_database_of_the_first_schema_is_checked_copied_and_upgraded() {
    let kept = Kept::new();
    kept.change(
        "DROP TABLE backups; DROP TABLE dropping; DROP INDEX journals_of_writer; DROP TABLE parts;
         DROP TABLE attachments; PRAGMA user_version = 1",
    );
    assert!(kept.check().is_sound());
    kept.back_up().unwrap();
    assert_eq!(kept.check().stock.last_backup_s, None, "there is no place to keep it yet");
    kept.relay().close().unwrap();
    std::fs::remove_file(kept.path("backup.db")).unwrap();
    kept.back_up().unwrap();
    assert_eq!(kept.check().stock.last_backup_s, Some(1_700_000_000));
}
