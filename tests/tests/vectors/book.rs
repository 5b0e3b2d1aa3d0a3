//! The files of golden vectors: what was computed is noted here, then compared with the files, or written into them.
//!
//! A line is `name = hex  # what it is`. Lines that begin with `#` are for people: below a value they name its fields, each
//! with where it begins, its length and its bytes, or the first of them. Refuses a name twice in one file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::parts::Part;

/// One value, as a line of a file.
struct Line {
    name: String,
    bytes: Vec<u8>,
    comment: String,
    parts: Vec<Part>,
}

/// One file of vectors.
pub struct Page {
    file: &'static str,
    about: &'static str,
    lines: Vec<Line>,
}

impl Page {
    /// An empty page of this file.
    pub fn new(file: &'static str, about: &'static str) -> Self {
        Self { file, about, lines: Vec::new() }
    }

    /// Notes a value under a name, with a few words for whoever reads the file.
    pub fn note(&mut self, name: &str, bytes: impl AsRef<[u8]>, comment: &str) {
        assert!(self.lines.iter().all(|line| line.name != name), "{name} is noted twice in {}", self.file);
        let (bytes, comment) = (bytes.as_ref().to_vec(), comment.to_owned());
        self.lines
            .push(Line { name: name.to_owned(), bytes, comment, parts: Vec::new() });
    }

    /// The same with what stands where in it.
    pub fn note_parts(&mut self, name: &str, bytes: impl AsRef<[u8]>, (comment, parts): (&str, Vec<Part>)) {
        let length: usize = parts.iter().map(|(length, _)| length).sum();
        assert_eq!(length, bytes.as_ref().len(), "the fields of {name} fill it");
        self.note(name, bytes, comment);
        self.lines.last_mut().unwrap().parts = parts;
    }

    fn path(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(self.file)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for line in self.about.lines() {
            writeln!(text, "# {line}").unwrap();
        }
        for Line { name, bytes, comment, parts } in &self.lines {
            writeln!(text, "{name} = {}  # {comment}", to_hex(bytes)).unwrap();
            let mut at = 0;
            for (length, what) in parts {
                let (shown, more) = if *length > 16 { (8, "…") } else { (*length, "") };
                let shown = to_hex(&bytes[at..at + shown]);
                writeln!(text, "#   {at:5} +{length:<5} {what}: {shown}{more}").unwrap();
                at += length;
            }
        }
        text
    }

    /// The values of the file, by name.
    pub fn read(&self) -> BTreeMap<String, Vec<u8>> {
        let path = self.path();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", self.file));
        text.lines().filter_map(|line| read_line(self.file, line)).collect()
    }

    /// What is said of the values whose names end so, by name.
    pub fn comments(&self, end: &str) -> BTreeMap<String, String> {
        let ends = self.lines.iter().filter(|line| line.name.ends_with(&format!(".{end}")));
        ends.map(|line| (line.name.clone(), line.comment.clone())).collect()
    }

    /// Writes the file anew.
    pub fn write(&self) {
        std::fs::write(self.path(), self.text()).unwrap();
    }

    /// What differs between the file and what was computed, by name.
    pub fn differences(&self) -> Vec<String> {
        let mut read = self.read();
        let mut differences = Vec::new();
        for Line { name, bytes, .. } in &self.lines {
            match read.remove(name) {
                None => differences.push(format!("{}: {name} is not in the file", self.file)),
                Some(held) if held != *bytes => {
                    let at = held.iter().zip(bytes).take_while(|(held, computed)| held == computed).count();
                    differences.push(format!("{}: {name} differs from byte {at} on", self.file));
                }
                Some(_) => {}
            }
        }
        differences.extend(read.keys().map(|name| format!("{}: {name} is computed by nobody", self.file)));
        differences
    }
}

fn read_line(file: &str, line: &str) -> Option<(String, Vec<u8>)> {
    let value = line.split('#').next().unwrap_or_default().trim();
    let (name, hex) = value.split_once('=')?;
    let bytes = from_hex(hex.trim()).unwrap_or_else(|| panic!("{file}: {name} is not hex"));
    Some((name.trim().to_owned(), bytes))
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?, 16).ok()
        })
        .collect()
}
