//! Writes random districts, one JSON object each, with what the Rust fold says of it, for another reader to agree on.
//!
//! ```text
//! random-folds --count 3000 --seed 1 | python3 tests/decoder/check.py --random -
//! random-folds --seeds 7,23,90                         districts of just these seeds
//! ```
//!
//! District n of seed S is of the seed S + n. What the keys of a line mean stands in `tests/decoder/random-envelopes.md`, what
//! is made in `jasaq_tests::folds`.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use jasaq_tests::folds;

const USAGE: &str = "random-folds --count N --seed S | random-folds --seeds S,S,…";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(seeds) = read(&words) else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    match write(&seeds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(words: &[&str]) -> Option<Vec<u64>> {
    match words {
        ["--count", count, "--seed", seed] => {
            let (count, seed): (u64, u64) = (count.parse().ok()?, seed.parse().ok()?);
            Some((seed..seed.checked_add(count)?).collect())
        }
        ["--seeds", seeds] => seeds.split(',').map(|seed| seed.trim().parse().ok()).collect(),
        _ => None,
    }
}

fn write(seeds: &[u64]) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for seed in seeds {
        writeln!(output, "{}", folds::line(*seed))?;
    }
    output.flush()
}
