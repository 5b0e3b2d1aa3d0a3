//! Server and driver of the district-day workload: `district server PORT DIR`, `district PHASE URL DATA WORK [ARGS]`.
//!
//! The contract is `../shared/bench/README.md`; every phase prints one line of JSON last. Promises that `server` becomes
//! the program's own relay in the same process, and that whatever goes wrong ends with another code than 0.

mod day;
mod history;
mod office;
mod online;
mod records;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use jasaq_benches::device::Device;
use jasaq_benches::territory;
use jasaq_benches::workload::Workload;
use jasaq_fieldbook::model::ids::PatrolId;
use serde_json::Value;

/// What a phase is called with.
struct Call {
    url: String,
    data: PathBuf,
    work: PathBuf,
    arguments: Vec<String>,
}

impl Call {
    /// An argument as a number.
    fn number(&self, index: usize) -> Option<usize> {
        self.arguments.get(index)?.parse().ok()
    }

    /// The day of as many squads as the first argument says; of all, if it says nothing.
    fn day(&self) -> Workload {
        Workload::read(&self.data, "day", self.number(0).unwrap_or(usize::MAX))
    }

    /// Where a device lives.
    fn home(&self, name: &str) -> PathBuf {
        self.work.join(name)
    }

    /// Opens a device, which reaches the relay over the phase's link.
    fn open(&self, name: &str) -> Device {
        Device::open(&self.home(name), &self.url)
    }

    /// Which patrol a document of the workload became.
    fn patrols(&self) -> BTreeMap<String, PatrolId> {
        let text = fs::read_to_string(self.work.join("manifest.json")).expect("an earlier phase made it");
        let named: BTreeMap<String, String> = serde_json::from_str(&text).expect("our own file");
        let read = |(name, id): (String, String)| (name, id.parse().expect("our own id"));
        named.into_iter().map(read).collect()
    }

    fn keep_patrols(&self, patrols: &BTreeMap<String, PatrolId>) {
        let named: BTreeMap<_, _> = patrols.iter().map(|(name, id)| (name, id.to_string())).collect();
        let text = serde_json::to_string(&named).expect("a map of texts");
        fs::write(self.work.join("manifest.json"), text).expect("a folder of ours");
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().unwrap_or_default();
    let (phase, url, data, work) = (next(), next(), next(), next());
    if phase == "server" {
        return serve(&url, Path::new(&data));
    }
    let arguments = arguments.collect();
    let call = Call { url, data: data.into(), work: work.into(), arguments };
    let Some(told) = run(&phase, &call) else {
        eprintln!("usage: district server PORT DIR | district PHASE URL DATADIR WORKDIR [ARGUMENTS]");
        return ExitCode::from(2);
    };
    println!("{told}");
    ExitCode::SUCCESS
}

fn run(phase: &str, call: &Call) -> Option<Value> {
    Some(match phase {
        "noop" => day::begin_and_end(call),
        "morning" => day::morning(call),
        "write" => day::write(call),
        "evening" => day::evening(call),
        "leader" => day::leaders_again(call),
        "council" => office::council(call),
        "verify" => day::verify(call),
        "ping" => online::ping(call),
        "seedhist" => history::seed(call),
        "cold" => history::cold(call),
        "resync" => history::resync(call),
        _ => return None,
    })
}

/// Becomes the program's relay, which trusts the bench's root. The process stays the same, so its CPU time and memory are
/// the relay's, and some milliseconds for the root.
fn serve(port: &str, folder: &Path) -> ExitCode {
    let own = std::env::current_exe().expect("this program runs");
    let mut relay = Command::new(own.with_file_name("jasaq"));
    relay.args(["relay", "--listen", &format!("127.0.0.1:{port}"), "--data"]);
    relay
        .arg(folder.join("relay.db"))
        .args(["--trust", &territory::root().to_string()]);
    let error = relay.exec();
    eprintln!("the relay did not start: {error}; build it with `cargo build --release`");
    ExitCode::FAILURE
}
