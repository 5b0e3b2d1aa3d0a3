//! Writes random envelopes, one JSON object a line, with what the Rust reader says of each, for another reader to agree on.
//!
//! ```text
//! random-envelopes --count 10000 --seed 1 | python3 tests/decoder/check.py --random -
//! ```
//!
//! The same seed writes the same lines. What the keys of a line mean stands in `tests/decoder/random-envelopes.md`, the shapes
//! that are made in `jasaq_tests::envelopes`. About half are as they should be, half are spoiled.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use jasaq_tests::envelopes::{Maker, say};

const USAGE: &str = "random-envelopes --count N --seed S";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((count, seed)) = read(&arguments) else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    match write(count, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(arguments: &[String]) -> Option<(u64, u64)> {
    let [count_word, count, seed_word, seed] = arguments else { return None };
    let is_right = count_word == "--count" && seed_word == "--seed";
    is_right.then_some((count.parse().ok()?, seed.parse().ok()?))
}

fn write(count: u64, seed: u64) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut maker = Maker::of_seed(seed);
    for number in 0..count {
        writeln!(output, "{}", say(number, &maker.make()))?;
    }
    output.flush()
}
