//! Writes random lines, one JSON object each, with what the Rust reader says of it, for another reader to agree on.
//!
//! ```text
//! random-envelopes --count 10000 --seed 1 | python3 tests/decoder/check.py --random -
//! random-envelopes --statements 20000 --seed 1         statements alone: of them there are the most kinds and fields
//! random-envelopes --count 10000 --seed 1 --tally      counts what was made, and what our reader refused and why
//! ```
//!
//! The same seed writes the same lines. What the keys of a line mean stands in `tests/decoder/random-envelopes.md`, the shapes
//! that are made in `jasaq_tests::envelopes`. About half are as they should be, half are spoiled.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use jasaq_tests::envelopes::{Counts, Maker, say};

const USAGE: &str = "random-envelopes --count N | --statements N --seed S [--tally]";

/// What is asked for.
struct Asked {
    count: u64,
    seed: u64,
    has_statements_alone: bool,
    tallies: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(asked) = read(&words) else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    match write(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(words: &[&str]) -> Option<Asked> {
    let (words, tallies) = match words {
        [words @ .., "--tally"] => (words, true),
        words => (words, false),
    };
    let (has_statements_alone, count, seed) = match words {
        ["--count", count, "--seed", seed] => (false, count, seed),
        ["--statements", count, "--seed", seed] => (true, count, seed),
        _ => return None,
    };
    Some(Asked { count: count.parse().ok()?, seed: seed.parse().ok()?, has_statements_alone, tallies })
}

fn write(asked: &Asked) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let (mut maker, mut counts) = (Maker::of_seed(asked.seed), Counts::default());
    for number in 0..asked.count {
        let line = if asked.has_statements_alone { maker.make_statement() } else { maker.make() };
        let said = say(number, &line);
        if asked.tallies {
            counts.count(&said);
        } else {
            writeln!(output, "{said}")?;
        }
    }
    if asked.tallies {
        write!(output, "{counts}")?;
    }
    output.flush()
}
