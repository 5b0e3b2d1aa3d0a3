//! The budgets of `core/docs/architecture.md` §9 that are not a district's day, each measured in one run.
//!
//! `figures [ROW…]` measures all rows or the named ones and prints a line of a Markdown table for each; `figures tables
//! RESULTS.json…` prints the district's tables out of the bench's own results; `figures bad-link LINKPROXY DATA` needs the
//! bench's link emulator and its workload. Nothing here passes or fails by time.

mod bad_link;
mod idle;
mod opening;
mod page;
mod relay;
mod roster;
mod tables;
mod tap;

use std::path::Path;
use std::process::ExitCode;

use tempfile::TempDir;

const ROWS: [(&str, fn()); 6] = [
    ("tap", tap::measure),
    ("open", opening::measure),
    ("idle", idle::measure),
    ("relay", relay::measure),
    ("roster", roster::measure),
    ("page", page::measure),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let named: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match named.as_slice() {
        ["tables", results @ ..] => tables::print(results),
        ["bad-link", linkproxy, data] => bad_link::measure(linkproxy, data),
        ["roster-of", persons] if persons.parse::<usize>().is_ok() => {
            roster::measure_of(persons.parse().unwrap_or_default(), folder_on_disk().path());
        }
        // What `open` measures from outside.
        ["list", home] => opening::list(Path::new(home)),
        rows if rows.iter().all(|row| ROWS.iter().any(|(name, _)| name == row)) => {
            println!("| row | measured | definition |\n|---|---|---|");
            for (name, measure) in ROWS {
                if rows.is_empty() || rows.contains(&name) {
                    measure();
                }
            }
        }
        _ => {
            eprintln!(
                "usage: figures [tap|open|idle|relay|roster|page]… | bad-link LINKPROXY DATA | tables RESULTS.json…"
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// A folder on the disk that the program itself was built on.
fn folder_on_disk() -> TempDir {
    let own = std::env::current_exe().expect("this program runs");
    tempfile::tempdir_in(own.parent().expect("it is in a folder")).expect("a folder that can be written")
}
