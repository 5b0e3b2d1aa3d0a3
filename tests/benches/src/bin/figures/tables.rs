//! The district's tables, out of the results that the bench's `common/run.py` leaves.
//!
//! One column a peer; of several results the median is taken, value by value, and how many there were stands behind it.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

/// A line of the table: what it says, and how it is had from one result.
type Line = (&'static str, fn(&Value) -> Option<f64>);

/// The phases that count: the morning makes what peers without a common root need first.
const COUNTED: [&str; 3] = ["evening", "leader", "council"];

const LINES: [Line; 23] = [
    ("day: up, kB", |all| Some(sum(all, "up")? / 1e3)),
    ("day: down, kB", |all| Some(sum(all, "down")? / 1e3)),
    ("day: connections", |all| sum(all, "conns")),
    ("day: turns", |all| sum(all, "turns")),
    ("day: server CPU, s", |all| sum(all, "server_cpu_s")),
    ("day: server CPU with the morning, s", |all| at(all, "/day/server_total/cpu_s")),
    ("day: server peak, MiB", |all| at(all, "/day/server_total/hwm_mib")),
    ("day: server disk, kB", |all| Some(at(all, "/day/server_total/disk/bytes")? / 1e3)),
    ("day: phones' disk, kB", |all| Some(at(all, "/day/phones_disk/bytes")? / 1e3)),
    ("day: phones' CPU, write and evening, s", |all| {
        Some(at(all, "/day/write/driver_cpu_s")? + at(all, "/day/evening/driver_cpu_s")?)
    }),
    ("day: evening of one phone, p50 ms", |all| at(all, "/day/evening/out/sync/p50_ms")),
    ("day: bad documents", |all| at(all, "/day/verify/out/bad")),
    ("300 ms, 64 kbit/s: evening of one phone, p50 s", |all| {
        Some(at(all, "/link_300ms_64k/evening/out/sync/p50_ms")? / 1e3)
    }),
    ("300 ms, 64 kbit/s: evening of a squad, up and down, kB", |all| both(all, "/link_300ms_64k/evening")),
    ("300 ms: one entry to another phone, p50 ms", |all| at(all, "/link_300ms/ping/out/latency/p50_ms")),
    ("broken every 20 kB: a head's pull, up and down, kB", |all| both(all, "/cut/leader")),
    ("broken every 20 kB: connections", |all| at(all, "/cut/leader/conns")),
    ("broken every 20 kB: until all is there, s", |all| at(all, "/cut/leader/wall_s")),
    ("one entry to another phone, p50 ms", |all| at(all, "/ping/n100/out/latency/p50_ms")),
    ("90 days: down, kB", |all| Some(at(all, "/hist/cold/down")? / 1e3)),
    ("90 days: a new phone, s", |all| Some(at(all, "/hist/cold/out/sync_ms")? / 1e3)),
    ("90 days: its CPU, s", |all| at(all, "/hist/cold/driver_cpu_s")),
    ("90 days: nothing new, up and down, kB", |all| both(all, "/hist/nothing_new")),
];

fn at(result: &Value, pointer: &str) -> Option<f64> {
    result.pointer(pointer)?.as_f64()
}

/// Bytes of a phase both ways, in kB.
fn both(result: &Value, phase: &str) -> Option<f64> {
    Some((at(result, &format!("{phase}/up"))? + at(result, &format!("{phase}/down"))?) / 1e3)
}

fn sum(result: &Value, what: &str) -> Option<f64> {
    COUNTED.iter().map(|phase| at(result, &format!("/day/{phase}/{what}"))).sum()
}

/// Prints the table.
pub(crate) fn print(files: &[&str]) {
    let mut of_peer: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let result: Value = serde_json::from_str(&text).expect("what run.py leaves");
        let peer = result["peer"].as_str().expect("it names the peer").to_owned();
        of_peer.entry(peer).or_default().push(result);
    }
    let names: Vec<&str> = of_peer.keys().map(String::as_str).collect();
    println!("| | {} |", names.join(" | "));
    println!("|---|{}", "--:|".repeat(names.len()));
    for (what, read) in LINES {
        let cells: Vec<String> = of_peer
            .values()
            .map(|runs| cell(runs.iter().filter_map(read).collect()))
            .collect();
        println!("| {what} | {} |", cells.join(" | "));
    }
}

fn cell(mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    match values.get(values.len().saturating_sub(1) / 2) {
        None => "-".to_owned(),
        Some(value) if *value >= 100.0 => format!("{value:.0} ({})", values.len()),
        Some(value) => format!("{value:.2} ({})", values.len()),
    }
}
