//! Writes random lines, one JSON object each, with what the Rust reader says of it, for another reader to agree on.
//!
//! ```text
//! random-envelopes --count 10000 --seed 1 | python3 tests/decoder/check.py --random -
//! random-envelopes --count 10000 --seed 1 --tally      counts what was made, and what our reader refused and why
//! ```
//!
//! The same seed writes the same lines. What the keys of a line mean stands in `tests/decoder/random-envelopes.md`, the shapes
//! that are made in `jasaq_tests::envelopes`. About half are as they should be, half are spoiled.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use jasaq_tests::envelopes::{Counts, Maker, say};

const USAGE: &str = "random-envelopes --count N --seed S [--tally]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some((count, seed, tallies)) = read(&words) else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    match write(count, seed, tallies) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(words: &[&str]) -> Option<(u64, u64, bool)> {
    let (words, tallies) = match words {
        [words @ .., "--tally"] => (words, true),
        words => (words, false),
    };
    let ["--count", count, "--seed", seed] = words else { return None };
    Some((count.parse().ok()?, seed.parse().ok()?, tallies))
}

fn write(count: u64, seed: u64, tallies: bool) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let (mut maker, mut counts) = (Maker::of_seed(seed), Counts::default());
    for number in 0..count {
        let said = say(number, &maker.make());
        if tallies {
            counts.count(&said);
        } else {
            writeln!(output, "{said}")?;
        }
    }
    if tallies {
        write!(output, "{counts}")?;
    }
    output.flush()
}
