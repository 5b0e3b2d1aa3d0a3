//! `cargo ci`: everything that has to hold before a change is taken, in one command, the same here as in CI.
//!
//! It installs the tools that are missing where it may, runs the steps of [`steps::STEPS`] in order, goes on after a step
//! that failed, and closes with one line, `N passed, M failed`: every test counts as one, every other step as one. It
//! repeats nothing and waits for nothing: what fails once has failed.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the terminal is what this program writes to")]

mod call;
mod outcome;
mod steps;
mod tally;
mod tools;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use outcome::Outcome;
use steps::{Request, STEPS, Step};

const USAGE: &str = "\
Runs what CI runs, and closes with `N passed, M failed`.

    cargo ci                every step
    cargo ci fmt clippy     these steps only
    cargo ci --list         the steps, and what each of them checks
    cargo ci --help         this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match steps::read_request(&arguments) {
        Ok(Request::Help) => print!("{USAGE}"),
        Ok(Request::List) => STEPS.iter().for_each(|step| println!("{:<9} {}", step.name, step.checks)),
        Ok(Request::Run(chosen)) => return run_all(&chosen),
        Err(unknown) => {
            eprintln!("{unknown}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn run_all(chosen: &[&Step]) -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if let Err(error) = std::env::set_current_dir(&root) {
        eprintln!("cannot enter {}: {error}", root.display());
        return ExitCode::FAILURE;
    }
    let missing = tools::set_up(chosen);
    let outcomes: Vec<(&str, Outcome)> =
        chosen.iter().map(|step| (step.name, run_timed(step, &missing))).collect();
    close(&outcomes)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a person wants to know how long a step took; nothing depends on it"
)]
fn run_timed(step: &Step, missing: &[tools::Tool]) -> Outcome {
    println!("\n== {}: {}", step.name, step.checks);
    let start = Instant::now();
    let outcome = step.run(missing);
    println!("== {}: {} in {:.1} s", step.name, outcome.verdict(), start.elapsed().as_secs_f64());
    outcome
}

/// Says once more what failed, and last the one line that scripts read.
fn close(outcomes: &[(&str, Outcome)]) -> ExitCode {
    let (passed, failed) = outcome::sum(outcomes.iter().map(|(_, outcome)| outcome));
    println!();
    for (name, outcome) in outcomes {
        outcome
            .complaints
            .iter()
            .for_each(|complaint| println!("FAILED {name}: {complaint}"));
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
