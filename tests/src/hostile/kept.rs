//! The kept inputs: one text file a target, `tests/fuzz/corpus/NAME.txt`, an input a line in hex, short ones first.
//!
//! One file and not a folder of hundreds: a change of it reads as lines that came and went.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::hex::{from_hex, to_hex};

/// Most inputs that are kept of one target, and most bytes of them together, so that the repository stays small.
const INPUTS_MAX: usize = 300;
const BYTES_MAX: usize = 40_000;

fn path(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(format!("{target}.txt"))
}

/// The kept inputs of a target; none if there is no file yet.
pub fn kept(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let text = match std::fs::read_to_string(path(target)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let inputs = lines.map(|line| from_hex(line).ok_or_else(|| io::Error::other("a line that is not hex")));
    inputs.collect()
}

/// Writes the kept inputs of a target anew: the shortest, as far as there is room. Says how many.
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
    let mut text =
        format!("# Kept inputs of the target `{target}`, one a line; `cargo hostile --keep` writes them.\n");
    for input in &chosen {
        text.push_str(&to_hex(input));
        text.push('\n');
    }
    std::fs::create_dir_all(path(target).with_file_name(""))?;
    std::fs::write(path(target), text)?;
    Ok(chosen.len())
}
