//! `bad-link`: one squad's evening at 64 kbit/s and 300 ms, whole and cut every 8,000 bytes.
//!
//! The link is the bench's own `linkproxy`, and the evening is that of `district`, in a process of its own.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jasaq_benches::relay::RelayProcess;
use serde_json::Value;

use super::folder_on_disk;

const CUT_AFTER_BYTES: u64 = 8_000;
const BYTES_A_SECOND: f64 = 8_000.0;
const SECONDS_A_CONNECTION: f64 = 1.2;

/// What an evening over a link took.
struct Evening {
    bytes: u64,
    connections: u64,
    time: Duration,
    bad: u64,
}

/// Both evenings, of squads that wrote the same.
pub(crate) fn measure(linkproxy: &str, data: &str) {
    let [whole, cut] = [None, Some(CUT_AFTER_BYTES)].map(|cut_after| live(linkproxy, data, cut_after));
    let connections_max = whole.bytes / (CUT_AFTER_BYTES / 2) + 3;
    let needed = cut.bytes as f64 / BYTES_A_SECOND + cut.connections as f64 * SECONDS_A_CONNECTION;
    println!(
        "| bad link | {} bad; {:.2} × bytes ({} against {}); {} connections of {connections_max} allowed; {:.2} × time ({:.0?} \
         against {needed:.0} s) | evening's upload and download of one squad at 64 kbit/s, 300 ms one way, cut every \
         {CUT_AFTER_BYTES} B; against uncut, and against bytes / rate + {SECONDS_A_CONNECTION} s a connection |",
        cut.bad,
        cut.bytes as f64 / whole.bytes as f64,
        cut.bytes,
        whole.bytes,
        cut.connections,
        cut.time.as_secs_f64() / needed,
        cut.time,
    );
}

fn live(linkproxy: &str, data: &str, cut_after: Option<u64>) -> Evening {
    let folder = folder_on_disk();
    let relay = RelayProcess::start(folder.path());
    for phase in ["morning", "write"] {
        run_phase(phase, (&relay.address, data), folder.path());
    }
    let link = Link::open(linkproxy, &relay.address, cut_after);
    let began = Instant::now();
    for phase in ["evening", "leader"] {
        run_phase(phase, (&link.address, data), folder.path());
    }
    let time = began.elapsed();
    let [bytes, connections] = link.counts();
    let bad = run_phase("verify", (&relay.address, data), folder.path())["bad"].as_u64();
    Evening { bytes, connections, time, bad: bad.expect("a count") }
}

fn run_phase(phase: &str, (url, data): (&str, &str), work: &Path) -> Value {
    let own = std::env::current_exe().expect("this program runs");
    let mut district = Command::new(own.with_file_name("district"));
    let done = district
        .args([phase, url, data])
        .arg(work)
        .arg("1")
        .stderr(Stdio::inherit())
        .output();
    let done = done.expect("`district` is built beside this program");
    assert!(done.status.success(), "the {phase} did not end well");
    serde_json::from_slice(&done.stdout).expect("a line of JSON")
}

/// The bench's link emulator, running.
struct Link {
    child: Child,
    address: String,
    control: String,
}

impl Link {
    fn open(linkproxy: &str, relay: &str, cut_after: Option<u64>) -> Self {
        let [listen, control] = [free_address(), free_address()];
        let mut command = Command::new(linkproxy);
        command.args(["--listen", &listen, "--to", relay.trim_start_matches("http://"), "--ctl", &control]);
        command.args(["--delay-ms", "300", "--kbit", "64"]);
        if let Some(bytes) = cut_after {
            command.args(["--cut-after", &bytes.to_string()]);
        }
        let child = command.spawn().expect("the bench's linkproxy is built");
        while TcpStream::connect(&control).is_err() {
            std::thread::yield_now();
        }
        Self { child, address: format!("http://{listen}"), control }
    }

    /// Bytes both ways, and connections.
    fn counts(&self) -> [u64; 2] {
        let mut told = String::new();
        let mut control = TcpStream::connect(&self.control).expect("it runs");
        control.write_all(b"\n").expect("it reads");
        control.read_to_string(&mut told).expect("it answers and closes");
        let told: Value = serde_json::from_str(&told).expect("a line of JSON");
        let count = |name: &str| told[name].as_u64().expect("a count");
        [count("up") + count("down"), count("conns")]
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it listens").to_string()
}
