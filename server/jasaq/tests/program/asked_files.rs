//! Files that are asked for: what they may replace, and what they may not.

use crate::squad::{Device, Squad};

/// Asks for the keys of the book in a file.
fn keys(device: &Device, file: &std::path::Path) -> crate::squad::Done {
    device.run(&["book", "keys", "-o", file.to_str().unwrap()])
}

#[test]
fn no_file_that_is_asked_for_stands_in_a_fieldbooks_home() {
    let squad = Squad::found();
    let link = squad.place.path("link");
    #[cfg(unix)]
    std::os::unix::fs::symlink(squad.ss.home.join("vault.db"), &link).unwrap();
    let mut names = vec![squad.head.home.join("vault.key"), squad.ss.home.join("new.jasaq-keys")];
    names.extend(["vault.db", "vault.key"].map(|name| squad.ss.home.join(name)));
    names.extend(cfg!(unix).then_some(link));
    for file in names {
        let stood = file.exists();
        let done = keys(&squad.ss, &file);
        assert!(done.code == 5 && done.stderr.contains("in the folder of a fieldbook"), "{file:?}: {done:?}");
        assert_eq!(file.exists(), stood, "{file:?}");
    }
    let vault = squad.head.home.join("vault.db");
    let satchel = ["satchel", "export", vault.to_str().unwrap()];
    assert_eq!(squad.head.run(&satchel).code, 5);
    let picture = ["invite", "--role", "head", "--qr-png", vault.to_str().unwrap()];
    assert_eq!(squad.ss.run(&picture).code, 5);
    for device in [&squad.ss, &squad.head] {
        device.run(&["status"]).well();
    }
}

#[test]
fn a_file_that_was_there_is_replaced_and_the_answer_says_so() {
    let squad = Squad::found();
    let file = squad.place.path("2026.jasaq-keys");
    assert!(!keys(&squad.ss, &file).stderr.contains("was there already"));
    std::fs::write(&file, b"old").unwrap();
    let done = keys(&squad.ss, &file);
    assert!(done.code == 0 && done.stderr.contains("was there already, and was replaced"), "{done:?}");
    assert_ne!(std::fs::read(&file).unwrap(), b"old");
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_its_file_and_what_is_no_file_stays_what_it_is() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};

    let squad = Squad::found();
    let (file, plain) = (squad.place.path("real.jasaq-keys"), squad.place.path("plain.jasaq-keys"));
    keys(&squad.ss, &plain).well();
    let due = std::fs::read(&plain).unwrap();
    let link = squad.place.path("link");
    symlink("real.jasaq-keys", &link).unwrap();
    for _ in ["not there yet", "there"] {
        keys(&squad.ss, &link).well();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), due);
    }
    let pipe = squad.place.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Opened for both, so that no end waits for the other; what is written fits into a pipe.
    let mut reader = std::fs::OpenOptions::new().read(true).write(true).open(&pipe).unwrap();
    keys(&squad.ss, &pipe).well();
    assert!(pipe.symlink_metadata().unwrap().file_type().is_fifo());
    let mut read = vec![0; due.len()];
    std::io::Read::read_exact(&mut reader, &mut read).unwrap();
    assert_eq!(read, due);
}
