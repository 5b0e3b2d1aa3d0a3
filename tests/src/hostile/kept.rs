//! The kept inputs, in text files of an input a line, in hex.
//!
//! `tests/fuzz/found/NAME.txt` holds those that broke a property once, each with a sentence before it: nothing takes them out.
//! `tests/fuzz/corpus/NAME.txt` holds the smallest that cover what was ever covered, short ones first, and is written by
//! `cargo hostile --keep`. A file and not a folder of hundreds: a change of it reads as lines that came and went.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::hex::{from_hex, to_hex};

/// Most inputs that are kept of one target, and most bytes of them together, so that the repository stays small.
const INPUTS_MAX: usize = 300;
const BYTES_MAX: usize = 40_000;

fn path(folder: &str, target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz")
        .join(folder)
        .join(format!("{target}.txt"))
}

/// The kept inputs of a target: first what broke something. None if there are no files yet.
pub fn kept(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let mut inputs = Vec::new();
    for folder in ["found", "corpus"] {
        let text = match std::fs::read_to_string(path(folder, target)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let refused = || io::Error::other(format!("a line of {folder}/{target}.txt is not hex"));
            inputs.push(from_hex(line).ok_or_else(refused)?);
        }
    }
    Ok(inputs)
}

/// Keeps an input that broke a property, for good.
pub fn keep_found(target: &str, input: &[u8], why: &str) -> io::Result<()> {
    let path = path("found", target);
    std::fs::create_dir_all(path.with_file_name(""))?;
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    writeln!(file, "# {why}\n{}", to_hex(input))
}

/// Writes the inputs that cover most anew: the shortest, as far as there is room. Says how many.
pub fn keep(target: &str, inputs: impl IntoIterator<Item = Vec<u8>>) -> io::Result<usize> {
    let sorted: BTreeSet<(usize, Vec<u8>)> = inputs.into_iter().map(|input| (input.len(), input)).collect();
    let mut room = BYTES_MAX;
    let chosen: Vec<Vec<u8>> = sorted
        .into_iter()
        .take(INPUTS_MAX)
        .map_while(|(length, input)| {
            room = room.checked_sub(length)?;
            Some(input)
        })
        .collect();
    let lines: Vec<String> = chosen.iter().map(|input| to_hex(input) + "\n").collect();
    let path = path("corpus", target);
    std::fs::create_dir_all(path.with_file_name(""))?;
    std::fs::write(path, lines.concat())?;
    Ok(chosen.len())
}
