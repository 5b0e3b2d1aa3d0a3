//! The built program, run as people run it: a process for each command, a home folder for each device, a relay beside
//! them, and a gate before the relay.
//!
//! Nothing here waits by the clock: a command is waited for until it ends, a relay until it says that it listens, a
//! writer until it prints a key.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex};

use serde_json::Value;
use tempfile::TempDir;

use crate::gate::Gate;

/// The program, built from the sources as they are: cargo itself builds it only for tests of its own package.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let mut cargo = Command::new(env!("CARGO"));
    jasaq_ci::forget_package(&mut cargo);
    let built = cargo
        .args(["build", "--quiet", "--package", "jasaq", "--message-format", "json", "--profile", profile])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(built.status.success(), "the program does not compile");
    let messages = built.stdout.split(|byte| *byte == b'\n');
    let messages = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let mut executables = messages.filter_map(|message| Some(message.get("executable")?.as_str()?.into()));
    executables.next_back().expect("cargo says where it put the program")
});

/// The folder of one device.
#[derive(Debug, Clone)]
pub struct Home(PathBuf);

impl Home {
    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A command of this device, with JSON on standard output. It may be given to another program to run.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*PROGRAM);
        command.arg("--home").arg(&self.0).arg("--json").args(arguments);
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command that has to succeed, and returns what it says.
    pub fn run(&self, arguments: &[&str]) -> Value {
        let done = self.command(arguments).output().unwrap();
        let said = [&done.stdout, &done.stderr].map(|bytes| String::from_utf8_lossy(bytes));
        assert!(done.status.success(), "jasaq {arguments:?}: {}\n{}", done.status, said.concat());
        serde_json::from_slice(&done.stdout).unwrap_or_default()
    }
}

/// A process that is somebody else's to end, at any moment.
#[derive(Debug, Clone)]
pub struct Running(Arc<Mutex<Child>>);

impl Running {
    /// Starts it, and returns what it says beside it.
    pub fn start(command: &mut Command) -> (Self, BufReader<ChildStdout>) {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        (Self(Arc::new(Mutex::new(child))), said)
    }

    /// What the system calls it.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.lock().unwrap().id()
    }

    /// `kill -9`. It has ended when this returns.
    pub fn kill(&self) {
        let mut child = self.0.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Whether it has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.0.lock().unwrap().try_wait().unwrap().is_some()
    }

    /// Waits until it says nothing more, and ends. Others may kill it meanwhile.
    pub fn wait(&self, mut said: BufReader<ChildStdout>) -> bool {
        said.read_to_end(&mut Vec::new()).unwrap();
        self.0.lock().unwrap().wait().unwrap().success()
    }
}

/// A relay that runs.
#[derive(Debug)]
pub struct RelayProcess {
    running: Running,
    address: SocketAddr,
    stdin: Option<ChildStdin>,
    said: BufReader<ChildStdout>,
}

impl RelayProcess {
    /// Starts a relay and waits until it listens. It ends with this process, whatever happens.
    pub fn start(command: &mut Command) -> Self {
        let (running, mut said) = Running::start(command.stdin(Stdio::piped()));
        let stdin = running.0.lock().unwrap().stdin.take();
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("a relay says when it is ready");
        let address = ready["address"].as_str().unwrap().trim_start_matches("http://");
        Self { address: address.parse().unwrap(), running, stdin, said }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The process.
    #[must_use]
    pub fn running(&self) -> &Running {
        &self.running
    }

    /// Asks it to end, and waits for that. Says whether it ended well.
    pub fn end(mut self) -> bool {
        drop(self.stdin.take());
        self.running.wait(self.said)
    }
}

/// `entry add --each-line`: lines go in, keys of what is on disk come out.
#[derive(Debug)]
pub struct Writer {
    running: Running,
    stdin: Option<ChildStdin>,
    said: BufReader<ChildStdout>,
}

impl Writer {
    /// How a device is asked for one.
    pub const ARGUMENTS: [&str; 9] = [
        "entry",
        "add",
        "--each-line",
        "--activity",
        "border_service",
        "--kind",
        "round",
        "--mode",
        "independent",
    ];

    /// Starts one.
    #[must_use]
    pub fn start(home: &Home) -> Self {
        Self::of(&mut home.command(&Self::ARGUMENTS))
    }

    /// Starts one that another program runs.
    pub fn of(command: &mut Command) -> Self {
        let (running, said) = Running::start(command.stdin(Stdio::piped()));
        let stdin = running.0.lock().unwrap().stdin.take();
        Self { running, stdin, said }
    }

    /// Hands it lines; it may be writing earlier ones.
    pub fn feed(&mut self, lines: &[String]) {
        let text = lines.join("\n") + "\n";
        self.stdin.as_ref().unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// Hands it lines one by one, each once the key of the one before was read, until it stops; says which keys it gave.
    pub fn feed_until_refused(&mut self, lines: &[String]) -> Vec<String> {
        let mut keys = Vec::new();
        for line in lines {
            let mut stdin = self.stdin.as_ref().unwrap();
            // It may have ended already.
            if stdin.write_all(format!("{line}\n").as_bytes()).is_err() {
                break;
            }
            let Some(key) = self.key() else { break };
            keys.push(key);
        }
        keys
    }

    /// There will be no more lines.
    pub fn close(&mut self) {
        drop(self.stdin.take());
    }

    /// Waits for the next key.
    pub fn key(&mut self) -> Option<String> {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(line.strip_suffix('\n')?).unwrap();
        said["key"].as_str().map(ToOwned::to_owned)
    }

    /// `kill -9`. Returns the keys that it had printed and nobody had read.
    pub fn kill(mut self) -> Vec<String> {
        self.running.kill();
        std::iter::from_fn(|| self.key()).collect()
    }

    /// Lets it finish. Says whether it ended well.
    pub fn end(mut self) -> bool {
        self.close();
        self.running.wait(self.said)
    }
}

/// A territory with a TS console, an SS console, a squad's head and one phone of the squad, and their relay.
#[derive(Debug)]
pub struct District {
    folder: TempDir,
    root: String,
    relay: Option<RelayProcess>,
    /// The way to the relay: every device knows this address and no other.
    pub gate: Gate,
    /// The patrol that the phone keeps a log of.
    pub patrol: String,
}

impl District {
    /// Everybody is in, on a disk; the phone is on patrol and nobody else has heard of it.
    #[must_use]
    pub fn found() -> Self {
        let folder = TempDir::new().unwrap();
        let sheets = folder.path().join("sheets");
        let ts = Home(folder.path().join("ts"));
        let founded = ts.run(&["init", "--sheets", sheets.to_str().unwrap()]);
        let root = founded["root_key"].as_str().unwrap().to_owned();
        let mut district =
            Self { folder, root, relay: None, gate: Gate::open().unwrap(), patrol: String::new() };
        district.start_relay();
        ts.run(&["device", "relay", &format!("http://{}", district.gate.address())]);
        ts.run(&["sync"]);
        let ss = district.join("ss", &ts, &["--role", "ss", "--office", "unit 2034"]);
        ss.run(&["squad", "create", "Sarysu", "--season", "2026"]);
        let head = district.join("head", &ss, &["--role", "head"]);
        let phone = district.join("phone", &head, &["--role", "vol"]);
        let started = phone.run(&["patrol", "start", "--mode", "independent"]);
        started["patrol"].as_str().unwrap().clone_into(&mut district.patrol);
        district
    }

    fn join(&self, name: &str, inviter: &Home, seat: &[&str]) -> Home {
        let home = self.home(name);
        let invite = inviter.run(&[&["invite"], seat].concat());
        inviter.run(&["sync"]);
        let joining = home.run(&["join", invite["code"].as_str().unwrap()]);
        home.run(&["sync"]);
        inviter.run(&["sync"]);
        inviter.run(&["device", "confirm", joining["words"].as_str().unwrap()]);
        inviter.run(&["sync"]);
        home.run(&["sync"]);
        home
    }

    /// The home of a device: `ts`, `ss`, `head` or `phone`.
    #[must_use]
    pub fn home(&self, name: &str) -> Home {
        Home(self.folder.path().join(name))
    }

    /// Every home.
    #[must_use]
    pub fn homes(&self) -> [Home; 4] {
        ["ts", "ss", "head", "phone"].map(|name| self.home(name))
    }

    /// The relay's file.
    #[must_use]
    pub fn relay_file(&self) -> PathBuf {
        self.folder.path().join("relay.db")
    }

    /// The command that runs the relay, on a port that is free.
    #[must_use]
    pub fn relay_command(&self) -> Command {
        let mut command = Command::new(&*PROGRAM);
        command.args(["relay", "--json", "--until-stdin-ends", "--listen", "127.0.0.1:0"]);
        command.arg("--data").arg(self.relay_file()).args(["--trust", &self.root]);
        command
    }

    /// Starts the relay, the same as before if there was one, and leads the gate there.
    pub fn start_relay(&mut self) {
        self.start_relay_by(&mut self.relay_command());
    }

    /// The same with a command of one's own.
    pub fn start_relay_by(&mut self, command: &mut Command) {
        let relay = RelayProcess::start(command);
        self.gate.lead_to(relay.address);
        self.relay = Some(relay);
    }

    /// The relay that runs.
    #[must_use]
    pub fn relay(&self) -> &RelayProcess {
        self.relay.as_ref().expect("a relay runs")
    }

    /// Asks the relay to end, and waits for that. Says whether it ended well.
    pub fn end_relay(&mut self) -> bool {
        self.relay.take().expect("a relay runs").end()
    }
}

/// The same command where no file may be written beyond so many kilobytes, and trying is an error and no signal.
#[cfg(unix)]
#[must_use]
pub fn where_files_end(kilobytes: u32, command: &Command) -> Command {
    let mut limited = Command::new("sh");
    let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kilobytes * 2);
    limited.args(["-c", &limit]);
    limited.arg(command.get_program()).args(command.get_args());
    limited
}
