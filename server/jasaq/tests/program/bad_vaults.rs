//! Vaults that do not open, and keys that lie open: told, set aside at worst, never deleted.

use std::fs;

use std::process::Command;

use crate::squad::{Place, Squad, finish};

#[test]
fn a_key_file_that_others_may_read_opens_nothing() {
    let place = Place::new();
    let phone = place.phone();
    let key = phone.home.join("vault.key");
    #[cfg(unix)]
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let refused = phone.run(&["status"]);
    assert!(refused.code == 4 && refused.stderr.contains("chmod 600"), "{refused:?}");
    #[cfg(unix)]
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    phone.run(&["status"]).well();
}

#[test]
fn the_key_of_another_vault_is_told_from_damage_and_the_vault_stays() {
    let place = Place::new();
    let phone = place.phone();
    phone.write("бірінші");
    let key = phone.home.join("vault.key");
    let own = fs::read(&key).unwrap();
    fs::write(&key, fs::read(place.path("ts").join("vault.key")).unwrap()).unwrap();
    let refused = phone.run(&["status", "--json"]);
    assert_eq!((refused.code, refused.error()["class"].as_str()), (4, Some("storage")));
    assert!(phone.home.join("vault.db").exists());
    fs::write(&key, own).unwrap();
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 1);
    fs::remove_file(&key).unwrap();
    assert_eq!(phone.run(&["status"]).code, 4);
}

#[test]
fn a_truncated_vault_is_set_aside_and_told_of_until_somebody_begins_again() {
    let place = Place::new();
    let phone = place.phone();
    phone.write("бірінші");
    let vault = phone.home.join("vault.db");
    let bytes = fs::read(&vault).unwrap();
    fs::write(&vault, &bytes[..bytes.len() / 2]).unwrap();
    let refused = phone.run(&["status"]);
    assert!(refused.code == 4 && refused.stderr.contains("set-aside-1"), "{refused:?}");
    let aside = phone.home.join("set-aside-1");
    assert_eq!(fs::read(aside.join("vault.db")).unwrap().len(), bytes.len() / 2);
    assert!(aside.join("vault.key").exists());
    let later = phone.run(&["status"]);
    assert!(later.code == 4 && later.stderr.contains("set-aside-1"), "{later:?}");

    let code = place.device("ts").run(&["invite", "--role", "ss", "--office", "2034"]).well();
    phone.run(&["join", &code]).well();
    let report = phone.json(&["doctor"]);
    assert_eq!(report["set_aside"].as_array().unwrap().len(), 1);
    assert_eq!(report["is_whole"], true);
}

#[cfg(unix)]
#[test]
fn a_passphrase_that_others_may_read_is_none() {
    let place = Place::new();
    let ts = place.device("ts");
    let file = place.file("passphrase", "жеті рет өлше, бір рет кес\n".as_bytes());
    assert_eq!(ts.run(&["--passphrase-file", &file, "init"]).code, 4, "others may read it");
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    ts.run(&["--passphrase-file", &file, "init"]).well();
}

#[cfg(unix)]
#[test]
fn a_home_that_is_closed_to_this_user_is_not_told_as_an_empty_one() {
    let place = Place::new();
    let phone = place.phone();
    let open_to = |mode| fs::set_permissions(&phone.home, std::os::unix::fs::PermissionsExt::from_mode(mode));
    open_to(0o000).unwrap();
    // Nothing is closed to the system's administrator, who has no such trouble either.
    let is_closed = fs::read_dir(&phone.home).is_err();
    let told = phone.run(&["status"]);
    open_to(0o700).unwrap();
    assert!(!is_closed || (told.code == 4 && told.stderr.contains("Allow this user")), "{told:?}");
}

#[test]
fn a_refused_key_is_told_without_taking_a_passphrase_for_granted() {
    let place = Place::new();
    let phone = place.phone();
    let other = fs::read(place.path("ts").join("vault.key")).unwrap();
    fs::write(phone.home.join("vault.key"), other).unwrap();
    let refused = phone.run(&["status"]);
    assert!(refused.code == 4 && refused.stderr.contains("put the vault's own key back"), "{refused:?}");
}

#[test]
fn doctor_says_that_all_is_well_and_rebuilds_nothing_twice() {
    let place = Place::new();
    let phone = place.phone();
    phone.write("бірінші");
    for _ in 0..2 {
        let report = phone.json(&["doctor"]);
        assert_eq!((&report["is_whole"], &report["rows_rebuilt"]), (&true.into(), &0.into()));
    }
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 1);
}

#[test]
fn doctor_rescues_what_can_be_read_of_a_damaged_vault_and_the_phone_goes_on() {
    let place = Place::new();
    let phone = place.phone();
    for text in ["бір", "екі", "үш"] {
        phone.write(text);
    }
    phone.json(&["doctor"]);
    let vault = phone.home.join("vault.db");
    let mut bytes = std::fs::read(&vault).unwrap();
    let in_the_last_page = bytes.len() - 2_000;
    bytes[in_the_last_page] ^= 1;
    std::fs::write(&vault, bytes).unwrap();
    let found = phone.run(&["--json", "doctor"]);
    assert_eq!(found.code, 4, "{}{}", found.stdout, found.stderr);
    assert!(phone.home.join("set-aside-1").join("vault.db").exists());
    let report = phone.json(&["doctor"]);
    assert_eq!((report["is_whole"].as_bool(), report["rows_rescued"].is_null()), (Some(true), true));
    phone.write("төрт");
    assert!(phone.json(&["patrol", "show"])["entries"].as_u64().unwrap() >= 1);
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
fn what_lies_on_a_full_disk_is_read_and_carried_away_and_a_tap_is_told_of_it() {
    let Squad { place, head: phone, volunteer, .. } = &Squad::found();
    phone.run(&["patrol", "start", "--mode", "joint"]).well();
    phone.write("бірінші");
    // Only what was sealed before can be carried away: a full disk has no room to seal.
    let before = place.path("before.satchel").display().to_string();
    phone.run(&["satchel", "export", &before]).well();
    let (disk, home) = (place.path("disk"), phone.home.display().to_string());
    fs::create_dir(&disk).unwrap();
    let (disk, jasaq) = (disk.display(), env!("CARGO_BIN_EXE_jasaq"));
    let alone = |line: &str| {
        let line = format!("mount -t tmpfs -o size=2m none {disk} && {line}");
        let mut command = Command::new("unshare");
        command
            .args(["--mount", "--map-root-user", "sh", "-c", &line])
            .env("LANG", "en_US.UTF-8");
        finish(&mut command, b"")
    };
    if alone("true").code != 0 {
        println!("skipped: here nobody may mount a disk of his own");
        return;
    }
    let on_disk =
        format!("cp -a {home} {disk}/phone && {{ cat /dev/zero > {disk}/full 2>/dev/null; true; }}");
    let jasaq = format!("{jasaq} --home {disk}/phone");
    let shown = alone(&format!("{on_disk} && {jasaq} patrol show"));
    assert!(shown.code == 0 && shown.stdout.contains("бірінші"), "{shown:?}");
    let satchel = place.path("away.satchel").display().to_string();
    let carried = alone(&format!("{on_disk} && {jasaq} satchel export {satchel}"));
    assert_eq!(carried.code, 0, "{carried:?}");
    volunteer.run(&["satchel", "import", &satchel]).well();
    let arrived = volunteer.run(&["patrol", "show"]).well();
    assert!(arrived.contains("бірінші"), "{arrived}");
    phone.write("мөрсіз");
    let short = alone(&format!("{on_disk} && {jasaq} satchel export {satchel}"));
    assert!(short.code == 4 && short.stderr.contains("not in it"), "{short:?}");
    let tap = format!("{jasaq} entry add --activity force --text екінші");
    let refused = alone(&format!("{on_disk} && {tap}"));
    assert!(refused.code == 4 && refused.stderr.contains("The disk is full"), "{refused:?}");
    let again = alone(&format!("{on_disk}; {tap}; rm {disk}/full && {tap} && {jasaq} patrol show"));
    assert!(again.code == 0 && again.stdout.contains("екінші"), "{again:?}");
}
