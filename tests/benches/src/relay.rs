//! The program's relay in a process of its own.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::territory;

/// The program, which is built beside whatever measures it.
pub fn program() -> PathBuf {
    let own = std::env::current_exe().expect("this program runs");
    // Criterion's benches stand one folder deeper.
    let folders = own.ancestors().skip(1).take(2);
    let mut beside = folders.map(|folder| folder.join("jasaq"));
    beside
        .find(|file| file.is_file())
        .expect("`cargo build --release` has made the program")
}

/// A running relay that trusts the bench's root. It ends when it is dropped.
#[derive(Debug)]
pub struct RelayProcess {
    child: Child,
    /// Where it listens.
    pub address: String,
}

impl RelayProcess {
    /// Starts it over a file in a folder, and waits until it listens.
    pub fn start(folder: &Path) -> Self {
        let mut command = Command::new(program());
        command.args(["--json", "relay", "--listen", "127.0.0.1:0", "--until-stdin-ends", "--data"]);
        command
            .arg(folder.join("relay.db"))
            .args(["--trust", &territory::root().to_string()]);
        let trace = File::create(folder.join("relay.log")).expect("a folder of ours");
        let mut child = command
            .stderr(trace)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut said = String::new();
        let stdout = child.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut said).expect("a line of text");
        let ready: serde_json::Value = serde_json::from_str(&said).expect("a relay says when it listens");
        let address = ready["address"].as_str().expect("and where").to_owned();
        Self { child, address }
    }

    /// CPU time that all its threads have taken.
    pub fn cpu_time(&self) -> Duration {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("it runs");
        let nanoseconds = threads.flatten().filter_map(|thread| {
            let line = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            line.split_ascii_whitespace().next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(nanoseconds.sum())
    }

    /// The most memory it ever had, in KiB.
    pub fn peak_kib(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_ascii_whitespace().next()?.parse().ok());
        number.expect("Linux says how much memory a process had")
    }
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
