//! The relay of the demo: this same program, in a process of its own.
//!
//! Its standard input is held open as long as it is needed: whatever becomes of this process, the relay sees the end of
//! its input and ends too.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use jasaq_fieldbook::protocol::ids::DeviceId;

use super::broken;
use crate::failure::Failure;
use crate::limits::HEALTH_BYTES_MAX;

/// A running relay.
pub(super) struct RelayProcess {
    child: Child,
    stdin: Option<ChildStdin>,
    /// Where it listens.
    pub(super) address: String,
    /// Its database.
    pub(super) data: PathBuf,
}

impl RelayProcess {
    /// Starts a relay that trusts this root, as talkative as this program, and waits until it listens.
    pub(super) fn start(folder: &Path, root: DeviceId, verbose: u8) -> Result<Self, Failure> {
        let data = folder.join("relay.db");
        let spawned = Self::spawn(&data, root, verbose);
        let (child, stdin, address) = spawned.map_err(|error| broken("demo-relay-not-started", &error))?;
        Ok(Self { child, stdin, address, data })
    }

    fn spawn(data: &Path, root: DeviceId, verbose: u8) -> io::Result<(Child, Option<ChildStdin>, String)> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--json", "relay", "--listen", "127.0.0.1:0", "--until-stdin-ends", "--trust"]);
        command.arg(root.to_string()).arg("--data").arg(data);
        command.args((0..verbose).map(|_| "--verbose"));
        let stderr = if verbose > 0 { Stdio::inherit() } else { Stdio::null() };
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(stderr);
        let mut child = command.spawn()?;
        let stdin = child.stdin.take();
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout.take(HEALTH_BYTES_MAX)).read_line(&mut line)?;
        }
        if let Some(address) = read_address(&line) {
            return Ok((child, stdin, address));
        }
        drop(stdin);
        let ended = child.wait()?;
        Err(io::Error::other(format!("the relay said no address: {ended}")))
    }

    /// Lets it finish, and says how large its database became.
    pub(super) fn stop(mut self) -> Result<u64, Failure> {
        drop(self.stdin.take());
        let not_ended = |error: io::Error| broken("demo-relay-not-ended", &error);
        let ended = self.child.wait().map_err(not_ended)?;
        if !ended.success() {
            return Err(not_ended(io::Error::other(ended.to_string())));
        }
        Ok(std::fs::metadata(&self.data).map_err(not_ended)?.len())
    }
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        drop(self.stdin.take());
        // It is ending by itself, or has ended; nothing is left to tell.
        let _ = self.child.wait();
    }
}

fn read_address(line: &str) -> Option<String> {
    let ready: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(ready.get("address")?.as_str()?.to_owned())
}
