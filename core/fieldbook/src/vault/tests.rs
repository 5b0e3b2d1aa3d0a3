//! What the vault promises about keys, damage, schemas, full disks and two processes.

use jasaq_protocol::seal::DeviceKeys;
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::*;
use crate::surroundings::Surroundings;

fn make(home: &Path) -> Result<Vault, VaultRefused> {
    let key = VaultKey::make(Surroundings::of_the_system(None).chance());
    Vault::create(home, &KeyHolder::File, &key, |_| Ok(())).map(|(vault, ())| vault)
}

fn made_by(holder: &KeyHolder) -> TempDir {
    let home = TempDir::new().unwrap();
    let key = VaultKey::make(Surroundings::of_the_system(None).chance());
    let (vault, ()) = Vault::create(home.path(), holder, &key, |transaction| {
        Vault::set_label(transaction, b"night's work", "night's work")
    })
    .unwrap();
    drop(vault);
    home
}

fn made() -> TempDir {
    made_by(&KeyHolder::File)
}

fn note(vault: &mut Vault, name: &str) -> Result<(), VaultRefused> {
    vault.write(|transaction| Vault::set_label(transaction, name.as_bytes(), name))
}

fn noted(vault: &Vault, name: &str) -> bool {
    Vault::label(vault.read(), name.as_bytes()).unwrap().is_some()
}

fn passphrase(words: &str) -> KeyHolder {
    KeyHolder::Passphrase(Passphrase::typed(words, &mut Surroundings::of_the_system(None)))
}

fn holds_its_work(home: &TempDir, holder: &KeyHolder) -> bool {
    Vault::open(home.path(), holder).is_ok_and(|vault| noted(&vault, "night's work"))
}

fn files(home: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(home)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_written_is_there_when_the_vault_opens_again() {
    let home = made();
    assert!(holds_its_work(&home, &KeyHolder::File));
    assert!(matches!(make(home.path()), Err(VaultRefused::Exists)));
    assert!(holds_its_work(&home, &KeyHolder::File), "a second making changes nothing");
}

#[test]
fn of_two_that_make_a_vault_at_once_one_does_and_nothing_is_set_aside() {
    let home = TempDir::new().unwrap();
    let outcomes = std::thread::scope(|scope| {
        let makers = [(); 4].map(|()| scope.spawn(|| make(home.path()).is_ok()));
        makers.map(|maker| maker.join().unwrap())
    });
    assert_eq!(outcomes.iter().filter(|made| **made).count(), 1, "{outcomes:?}");
    assert!(Vault::open(home.path(), &KeyHolder::File).is_ok());
    assert!(!home.path().join("set-aside-1").exists());
}

#[test]
fn a_vault_whose_first_content_is_refused_leaves_the_home_free() {
    let home = TempDir::new().unwrap();
    let key = VaultKey::make(Surroundings::of_the_system(None).chance());
    let refused = Vault::create(home.path(), &KeyHolder::File, &key, |_| Err::<(), _>(VaultRefused::Busy));
    assert!(matches!(refused, Err(VaultRefused::Busy)));
    assert_eq!(files(home.path()), Vec::<String>::new());
    make(home.path()).unwrap();
}

#[test]
fn a_key_without_its_vault_is_never_written_over() {
    let home = made();
    let key = std::fs::read(home.path().join("vault.key")).unwrap();
    std::fs::remove_file(home.path().join(FILE)).unwrap();
    make(home.path()).unwrap();
    assert_eq!(std::fs::read(home.path().join("set-aside-1").join("vault.key")).unwrap(), key);
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_vault_and_its_log() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = made();
    let mut vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    note(&mut vault, "dawn").unwrap();
    for name in [FILE, "vault.db-wal", "vault.key", "vault.check"] {
        let mode = std::fs::metadata(home.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}

#[test]
fn the_file_shows_nothing_of_what_is_in_it() {
    let home = made();
    let bytes = std::fs::read(home.path().join(FILE)).unwrap();
    for known in [b"SQLite format 3".as_slice(), b"night's work", b"CREATE TABLE"] {
        assert!(!bytes.windows(known.len()).any(|window| window == known));
    }
}

#[test]
fn a_passphrase_opens_its_vault_and_another_does_not() {
    let home = made_by(&passphrase("жеті қара қарға"));
    assert!(holds_its_work(&home, &passphrase("жеті қара қарға")));
    let refused = Vault::open(home.path(), &passphrase("сегіз қара қарға"));
    assert!(matches!(refused, Err(VaultRefused::Key(KeyRefused::Wrong))));
    let refused = Vault::open(home.path(), &KeyHolder::File);
    assert!(matches!(refused, Err(VaultRefused::Key(KeyRefused::OtherHolder))));
    assert!(holds_its_work(&home, &passphrase("жеті қара қарға")), "wrong tries change nothing");
}

/// A host whose key is one byte.
struct Mask(u8);

impl HostKeys for Mask {
    fn wrap(&self, key: &[u8]) -> Result<Vec<u8>, HostRefused> {
        Ok(key.iter().map(|byte| byte ^ self.0).collect())
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, HostRefused> {
        self.wrap(wrapped).map(Zeroizing::new)
    }
}

#[test]
fn what_one_host_keeps_another_does_not_open() {
    let holder = |byte| KeyHolder::Host(Box::new(Mask(byte)));
    let home = made_by(&holder(1));
    assert!(matches!(Vault::open(home.path(), &holder(2)), Err(VaultRefused::Key(KeyRefused::Wrong))));
    assert!(holds_its_work(&home, &holder(1)));
}

#[test]
fn another_vaults_key_file_is_told_from_damage_and_nothing_is_moved() {
    let (home, other) = (made(), made());
    let own_key = std::fs::read(home.path().join("vault.key")).unwrap();
    std::fs::copy(other.path().join("vault.key"), home.path().join("vault.key")).unwrap();
    let refused = Vault::open(home.path(), &KeyHolder::File);
    assert!(matches!(refused, Err(VaultRefused::Key(KeyRefused::Wrong))));
    std::fs::write(home.path().join("vault.key"), own_key).unwrap();
    assert!(holds_its_work(&home, &KeyHolder::File));
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = made();
    let key = home.path().join("vault.key");
    let set = |mode| std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o644);
    assert!(matches!(Vault::open(home.path(), &KeyHolder::File), Err(VaultRefused::Key(KeyRefused::Open))));
    set(0o600);
    assert!(holds_its_work(&home, &KeyHolder::File));
}

#[test]
fn a_truncated_vault_is_set_aside_whole_and_the_home_is_free() {
    for keep in [0, 1, 10, 4_095, 4_096, 3 * 4_096 + 17] {
        let home = made();
        let file = std::fs::OpenOptions::new().write(true).open(home.path().join(FILE)).unwrap();
        file.set_len(keep).unwrap();
        let Err(VaultRefused::Damaged { set_aside: Some(folder) }) =
            Vault::open(home.path(), &KeyHolder::File)
        else {
            panic!("a vault cut to {keep} bytes was not set aside");
        };
        assert_eq!(std::fs::metadata(folder.join(FILE)).unwrap().len(), keep);
        assert_eq!(files(&folder), ["vault.check", "vault.db", "vault.key"], "its key goes with it");
        assert_eq!(files(home.path()), ["set-aside-1"]);
        assert!(matches!(Vault::open(home.path(), &KeyHolder::File), Err(VaultRefused::None)));
    }
}

#[test]
fn a_page_that_was_changed_is_found_by_the_doctors_check() {
    let home = made();
    let file = home.path().join(FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 2_000;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let whole = Vault::open(home.path(), &KeyHolder::File).and_then(|vault| vault.is_whole());
    assert!(!matches!(whole, Ok(true)));
    assert!(matches!(made_and_checked(), Ok(true)), "otherwise the rule is proved of nobody");
}

fn made_and_checked() -> Result<bool, VaultRefused> {
    let home = made();
    Vault::open(home.path(), &KeyHolder::File)?.is_whole()
}

#[test]
fn a_newer_vault_is_left_as_it_is() {
    let home = made();
    let vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    vault.read().pragma_update(None, "user_version", 99).unwrap();
    drop(vault);
    let before = std::fs::read(home.path().join(FILE)).unwrap();
    let refused = Vault::open(home.path(), &KeyHolder::File);
    assert!(matches!(refused, Err(VaultRefused::Newer { found: 99, known: 6 })));
    assert_eq!(std::fs::read(home.path().join(FILE)).unwrap(), before);
}

/// A vault as the first schema made it, with a device's keys and an envelope in it.
fn of_the_first_schema() -> TempDir {
    let home = TempDir::new().unwrap();
    let key = VaultKey::make(Surroundings::of_the_system(None).chance());
    KeyHolder::File.keep(home.path(), &key).unwrap();
    let create = OpenFlags::SQLITE_OPEN_CREATE;
    let mut vault = Vault::connect(&home.path().join(FILE), &key, create).unwrap();
    let keys = DeviceKeys::make(Surroundings::of_the_system(None).chance());
    vault.read().execute_batch(SCHEMAS[0]).unwrap();
    vault.read().pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    vault.read().pragma_update(None, "user_version", 1).unwrap();
    vault.write(|transaction| Vault::set_device_keys(transaction, &keys)).unwrap();
    note(&mut vault, "night's work").unwrap();
    let first = "
        INSERT INTO journals (journal, space, signer, sequence, hash) VALUES (x'01', x'02', x'03', 1, x'04');
        INSERT INTO envelopes (journal, sequence, space, hash, acks_only, state, at_relay, passed, wire)
            VALUES (x'01', 1, x'02', x'04', 0, 0, 1, 1, x'05');";
    vault.read().execute_batch(first).unwrap();
    home
}

#[test]
fn the_first_schema_is_as_it_was_released() {
    // Vaults of it lie on phones: an edit here would give new vaults what old ones never get.
    let hash = blake3::hash(SCHEMAS[0].as_bytes()).to_hex();
    assert_eq!(hash.as_str(), "f48f78bfbe3a831dbd7876569ad4f7e459df97a0f27b1049f9e26e5d1cbeb1e8");
}

#[test]
fn of_two_that_open_a_vault_of_the_first_schema_at_once_both_do() {
    let home = of_the_first_schema();
    let begun = std::sync::Barrier::new(2);
    let open = || {
        begun.wait();
        Vault::open(home.path(), &KeyHolder::File).map(|vault| Vault::version(vault.read()).unwrap())
    };
    let versions = std::thread::scope(|scope| {
        [(); 2]
            .map(|()| scope.spawn(open))
            .map(|opened| opened.join().unwrap().unwrap())
    });
    assert_eq!(versions, [6, 6]);
}

#[test]
fn a_vault_whose_schema_cannot_be_written_is_read_and_written_once_it_can() {
    let home = of_the_first_schema();
    let key = KeyHolder::File.fetch(home.path()).unwrap();
    let mut vault = Vault::connect(&home.path().join(FILE), &key, OpenFlags::empty()).unwrap();
    let closed =
        |vault: &Vault, closed: bool| vault.read().pragma_update(None, "query_only", closed).unwrap();
    closed(&vault, true);
    vault.upgrade_or_stay_behind().unwrap();
    assert!(noted(&vault, "night's work"));
    assert!(matches!(note(&mut vault, "dawn"), Err(VaultRefused::ReadOnly)));
    closed(&vault, false);
    note(&mut vault, "dawn").unwrap();
    assert!(noted(&vault, "dawn"));
    assert_eq!(Vault::version(vault.read()).unwrap(), 6, "nothing is written under the earlier schema");
}

#[test]
fn a_vault_that_was_opened_alone_is_open_to_others_after_a_write() {
    let home = made();
    let key = KeyHolder::File.fetch(home.path()).unwrap();
    let mut vault = Vault::connect_alone(&home.path().join(FILE), &key, OpenFlags::empty()).unwrap();
    assert!(noted(&vault, "night's work"));
    note(&mut vault, "dawn").unwrap();
    assert!(noted(&Vault::open(home.path(), &KeyHolder::File).unwrap(), "dawn"));
    assert!(noted(&vault, "dawn"));
}

#[test]
fn memory_that_cannot_be_shared_is_told_as_a_full_disk_only_for_want_of_room() {
    let refused = |code| {
        let error = rusqlite::ffi::Error::new(code);
        VaultRefused::from(rusqlite::Error::SqliteFailure(error, None))
    };
    let [room, map] = [rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_SHMMAP].map(refused);
    assert!(matches!((&room, &map), (VaultRefused::Full, VaultRefused::Other(_))), "{room:?} {map:?}");
    assert!(room.is_of_shared_memory() && map.is_of_shared_memory(), "the vault opens alone after either");
}

#[test]
fn a_damaged_vault_that_cannot_be_rescued_for_want_of_a_disk_stays_where_it_is() {
    let home = made();
    let vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    vault.read().pragma_update(None, "user_version", 0).unwrap();
    drop(vault);
    // In the way of the new vault, as a full disk would be.
    std::fs::create_dir(home.path().join("vault.new")).unwrap();
    let refused = Vault::open(home.path(), &KeyHolder::File);
    assert!(matches!(refused, Err(VaultRefused::Folder(_))), "{refused:?}");
    assert!(home.path().join(FILE).exists() && home.path().join("vault.key").exists());
}

fn schema(vault: &Vault) -> Vec<String> {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let mut statement = vault.read().prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn envelopes_without_number(vault: &Vault) -> i64 {
    let count = "SELECT count(*) FROM envelopes WHERE number IS NULL";
    vault.read().query_row(count, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_vault_of_the_first_schema_becomes_one_of_this_and_keeps_what_is_in_it() {
    let (home, fresh) = (of_the_first_schema(), made());
    let [vault, fresh] = [&home, &fresh].map(|home| Vault::open(home.path(), &KeyHolder::File).unwrap());
    assert_eq!(schema(&vault), schema(&fresh));
    assert_eq!(envelopes_without_number(&vault), 1);
    assert!(noted(&vault, "night's work"));
}

#[test]
fn what_is_rescued_of_a_vault_of_the_first_schema_is_all_of_it() {
    let home = of_the_first_schema();
    let rescued = Vault::rescue(home.path(), &KeyHolder::File).unwrap();
    assert_eq!(rescued.damaged_tables, 0, "{rescued:?}");
    assert_eq!(envelopes_without_number(&Vault::open(home.path(), &KeyHolder::File).unwrap()), 1);
}

#[test]
fn a_vault_from_before_the_first_release_is_left_as_it_is() {
    let home = made();
    let vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    vault.read().pragma_update(None, "application_id", 0).unwrap();
    drop(vault);
    let before = std::fs::read(home.path().join(FILE)).unwrap();
    assert!(matches!(Vault::open(home.path(), &KeyHolder::File), Err(VaultRefused::Older)));
    assert_eq!(std::fs::read(home.path().join(FILE)).unwrap(), before);
}

#[test]
fn a_full_disk_refuses_the_tap_and_keeps_what_was_acknowledged() {
    let home = made();
    let mut vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    let pages: i64 = vault.read().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    vault
        .read()
        .query_row(&format!("PRAGMA max_page_count = {}", pages + 2), [], |_| Ok(()))
        .unwrap();
    let long = "ұзақ жазба ".repeat(150);
    let mut acknowledged = Vec::new();
    let refused = (0..100).find_map(|number| {
        let name = format!("{number} {long}");
        let outcome = note(&mut vault, &name);
        acknowledged.extend(outcome.is_ok().then_some(name));
        outcome.err()
    });
    assert!(matches!(refused, Some(VaultRefused::Full)));
    assert!(!acknowledged.is_empty());
    drop(vault);
    let vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    assert!(acknowledged.iter().all(|name| noted(&vault, name)));
}

#[test]
fn two_processes_write_one_vault_by_turns() {
    let home = made();
    let open = || Vault::open(home.path(), &KeyHolder::File).unwrap();
    let (mut one, mut other) = (open(), open());
    for number in 0..20 {
        note(&mut one, &format!("one {number}")).unwrap();
        note(&mut other, &format!("other {number}")).unwrap();
    }
    assert!(
        (0..20)
            .all(|number| noted(&one, &format!("other {number}")) && noted(&other, &format!("one {number}")))
    );
}

#[test]
fn a_write_that_fails_leaves_nothing_behind() {
    let home = made();
    let mut vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    let refused: Result<(), VaultRefused> = vault.write(|transaction| {
        Vault::set_label(transaction, b"half", "half")?;
        Err(VaultRefused::None)
    });
    assert!(refused.is_err() && !noted(&vault, "half"));
}

#[test]
fn a_contradiction_undoes_itself_and_nothing_else() {
    let home = made();
    let mut vault = Vault::open(home.path(), &KeyHolder::File).unwrap();
    vault
        .write(|transaction| -> Result<(), VaultRefused> {
            Vault::set_label(transaction, b"before", "before")?;
            let contradiction = || -> Result<(), VaultRefused> {
                Vault::set_label(transaction, b"within", "within")?;
                for _ in 0..2 {
                    transaction.execute("INSERT INTO labels (id, name) VALUES (x'01', 'twice')", [])?;
                }
                Ok(())
            };
            assert!(Vault::attempt(transaction, contradiction)?.is_none());
            Vault::set_label(transaction, b"after", "after")
        })
        .unwrap();
    assert!(noted(&vault, "before") && noted(&vault, "after") && !noted(&vault, "within"));
}
