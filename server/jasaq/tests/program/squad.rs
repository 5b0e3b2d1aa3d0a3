//! Devices and squads made by commands alone, for the rules beside this file.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program with a clean environment: nothing of whoever runs the tests is heard.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jasaq"));
    let ours = ["JASAQ_HOME", "JASAQ_ALLOW_CLEARTEXT", "JASAQ_TLS_CA"];
    for name in ours.into_iter().chain(["LC_ALL", "LC_MESSAGES"]) {
        command.env_remove(name);
    }
    command.env("LANG", "en_US.UTF-8");
    command
}

/// What a command came to.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Done {
    /// Standard output, of a command that did what it was asked.
    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.stdout.trim_end().to_owned()
    }

    /// The error in the one object of a command that failed with `--json`: on standard output if there is something to show.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let said: Value =
            serde_json::from_str((self.stdout.clone() + &self.stderr).trim()).expect("one object");
        said["error"].clone()
    }
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command, stdin: &[u8]) -> Done {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who does not read his input may have ended before it was written.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    Done {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A device: a home folder.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) home: PathBuf,
}

impl Device {
    /// The program on this device.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.arg("--home").arg(&self.home).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        finish(&mut self.command(arguments), b"")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &str) -> Done {
        finish(&mut self.command(arguments), stdin.as_bytes())
    }

    /// What a command says with `--json`.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let done = self.run(&[arguments, &["--json"]].concat()).well();
        serde_json::from_str(&done).expect("one object on standard output")
    }

    #[track_caller]
    pub(crate) fn sync(&self) {
        self.run(&["sync"]).well();
    }

    /// Writes an entry and returns its key.
    #[track_caller]
    pub(crate) fn write(&self, text: &str) -> String {
        self.run(&["entry", "add", "--activity", "force", "--text", text]).well()
    }

    /// How many own entries stand on a step of the custody ladder.
    #[track_caller]
    pub(crate) fn own_entries(&self, step: &str) -> u64 {
        self.json(&["status"])["own_entries"][step].as_u64().unwrap()
    }
}

/// A folder for everything a test makes.
#[derive(Debug)]
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Self {
        Self(TempDir::with_prefix("jasaq-test-").unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn device(&self, name: &str) -> Device {
        Device { home: self.path(name) }
    }

    /// Writes a file and returns its name as an argument.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A territory's first console, and the root key.
    pub(crate) fn found(&self) -> (Device, String) {
        let ts = self.device("ts");
        let sheets = self.path("sheets");
        let root = ts.run(&["init", "--sheets", sheets.to_str().unwrap()]).well();
        (ts, root)
    }

    /// A phone with a patrol under way, which waits to be let in: all that recording needs.
    pub(crate) fn phone(&self) -> Device {
        let (ts, _) = self.found();
        let code = ts.run(&["invite", "--role", "ss", "--office", "2034"]).well();
        let phone = self.device("phone");
        phone.run(&["join", &code]).well();
        phone.run(&["patrol", "start", "--mode", "joint"]).well();
        phone
    }
}

/// A relay in a process of its own; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct RelayProcess {
    pub(crate) child: Child,
    pub(crate) stdin: Option<ChildStdin>,
    pub(crate) address: String,
    pub(crate) identity: String,
}

impl RelayProcess {
    pub(crate) fn start(data: &Path, roots: &[&str]) -> Self {
        Self::start_on("127.0.0.1:0", data, roots)
    }

    pub(crate) fn start_on(listen: &str, data: &Path, roots: &[&str]) -> Self {
        let mut command = program();
        command.args(["relay", "--listen", listen]);
        for root in roots {
            command.args(["--trust", root]);
        }
        Self::spawn(&mut command, data)
    }

    /// A relay of nobody's territory, with options of its own.
    pub(crate) fn start_with(data: &Path, options: &[&str]) -> Self {
        let mut command = program();
        command.args(["relay", "--trust", &"ab".repeat(32)]).args(options);
        Self::spawn(&mut command, data)
    }

    fn spawn(command: &mut Command, data: &Path) -> Self {
        command.args(["--json", "--until-stdin-ends", "--data"]).arg(data);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = piped.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().unwrap());
        let mut line = String::new();
        BufReader::new(stdout.take(4_096)).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("a relay says where it listens");
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        Self { child, stdin, address: text("address"), identity: text("relay") }
    }
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

/// A squad with a relay: TS, SS, head and one volunteer, all in and all up to date.
#[derive(Debug)]
pub(crate) struct Squad {
    pub(crate) place: Place,
    pub(crate) relay: RelayProcess,
    pub(crate) root: String,
    pub(crate) ss: Device,
    pub(crate) head: Device,
    pub(crate) volunteer: Device,
}

impl Squad {
    pub(crate) fn found() -> Self {
        let place = Place::new();
        let (ts, root) = place.found();
        let relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
        ts.run(&["device", "relay", &relay.address]).well();
        ts.sync();
        let ss = bring_in(&place, &ts, "ss", &["--role", "ss", "--office", "2034"]);
        ss.run(&["squad", "create", "Сарысу", "--season", "2026"]).well();
        let head = bring_in(&place, &ss, "head", &["--role", "head", "--squad", "Сарысу"]);
        let volunteer = bring_in(&place, &head, "volunteer", &["--role", "vol"]);
        ss.sync();
        Self { place, relay, root, ss, head, volunteer }
    }

    /// Everybody syncs, as often as acks need.
    pub(crate) fn meet(&self) {
        for _ in 0..3 {
            [&self.volunteer, &self.head, &self.ss].into_iter().for_each(Device::sync);
        }
    }
}

/// Invite, join, four words, confirm, with the syncs that carry them.
#[track_caller]
pub(crate) fn bring_in(place: &Place, inviter: &Device, name: &str, role: &[&str]) -> Device {
    let code = inviter.run(&[&["invite"], role].concat()).well();
    inviter.sync();
    let device = place.device(name);
    let words = device.run_with(&["join", "-"], &code).well();
    device.sync();
    inviter.sync();
    inviter.run(&["device", "confirm", &words]).well();
    inviter.sync();
    device.sync();
    device
}
