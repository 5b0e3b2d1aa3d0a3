//! A terminal that the test holds the other end of: passphrases typed by hand are asked for and never shown, and who watches long
//! work sees that it goes on.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

use crate::squad::{Done, Place};

const OLD: &str = "жеті рет өлше, бір рет кес";
const NEW: &str = "тау мен тасты су бұзар";

/// A terminal with a command on it.
struct Terminal {
    ours: File,
    child: Child,
    shown: Vec<u8>,
}

impl Terminal {
    fn run(command: &mut Command) -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let theirs = || ioctl_tiocgptpeer(&ours, OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        command.stdin(theirs()).stderr(theirs()).stdout(Stdio::piped());
        let child = command.spawn().unwrap();
        // Their ends are the child's alone now, so that the terminal ends with it.
        command.stdin(Stdio::null()).stderr(Stdio::null());
        Self { ours: ours.into(), child, shown: Vec::new() }
    }

    /// Waits for a question, then for the terminal to hide what is typed, and types.
    fn answer(&mut self, question: &str, text: &str) {
        while !String::from_utf8_lossy(&self.shown).contains(question) {
            let mut byte = [0; 1];
            self.ours.read_exact(&mut byte).unwrap();
            self.shown.extend(byte);
        }
        while tcgetattr(&self.ours).unwrap().local_modes.contains(LocalModes::ECHO) {
            assert!(
                self.child.try_wait().unwrap().is_none(),
                "it ended: {}",
                String::from_utf8_lossy(&self.shown)
            );
            std::thread::yield_now();
        }
        self.ours.write_all(format!("{text}\n").as_bytes()).unwrap();
    }

    /// What it came to, and everything that the terminal showed.
    fn end(mut self) -> Done {
        // Linux tells the end of a terminal as an error.
        let _ = self.ours.read_to_end(&mut self.shown);
        let output = self.child.wait_with_output().unwrap();
        Done {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8_lossy(&self.shown).into_owned(),
        }
    }
}

#[test]
fn a_passphrase_is_asked_for_and_never_shown() {
    let place = Place::new();
    let phone = place.phone();
    let mut terminal = Terminal::run(&mut phone.command(&["lock", "set"]));
    terminal.answer("New passphrase", OLD);
    terminal.answer("once more", OLD);
    let done = terminal.end();
    assert!(done.code == 0 && !done.stderr.contains("жеті"), "{done:?}");

    let mut terminal = Terminal::run(&mut phone.command(&["lock", "change"]));
    terminal.answer("Passphrase of this", OLD);
    terminal.answer("New passphrase", NEW);
    terminal.answer("once more", NEW);
    let done = terminal.end();
    assert!(done.code == 0 && !done.stderr.contains("жеті") && !done.stderr.contains("тау"), "{done:?}");

    let mut terminal = Terminal::run(&mut phone.command(&["status", "--json"]));
    terminal.answer("Passphrase of this", NEW);
    let done = terminal.end();
    assert!(done.code == 0 && done.stdout.starts_with('{'), "{done:?}");
}

#[test]
fn a_new_passphrase_that_was_typed_in_two_ways_changes_nothing() {
    let place = Place::new();
    let phone = place.phone();
    let mut terminal = Terminal::run(&mut phone.command(&["lock", "set"]));
    terminal.answer("New passphrase", OLD);
    terminal.answer("once more", NEW);
    let done = terminal.end();
    assert!(done.code == 5 && done.stderr.contains("not the same"), "{done:?}");
    assert_eq!(phone.json(&["lock", "status"])["kept_by"], "file");
    let mut terminal = Terminal::run(&mut phone.command(&["lock", "set"]));
    terminal.answer("New passphrase", "");
    assert_eq!(terminal.end().code, 5);
}

#[test]
fn who_watches_sees_that_sheets_are_being_made_and_a_program_does_not() {
    let place = Place::new();
    let phone = place.phone();
    phone.run(&["patrol", "end"]).well();
    let file = place.path("sheet.pdf");
    let print = ["print", "sheet", "-o", file.to_str().unwrap()];
    let done = Terminal::run(&mut phone.command(&print)).end();
    assert!(done.code == 0 && done.stderr.contains("Putting the sheets together"), "{done:?}");
    let done = Terminal::run(&mut phone.command(&[&print[..], &["--json"]].concat())).end();
    assert!(done.code == 0 && !done.stderr.contains("Putting"), "{done:?}");
}
