//! # Tidy: the rules of STYLE.md that a machine can check
//!
//! An ordinary test (`tests/tidy.rs`), one per rule. A rule is a pure function from files to findings, so each is itself
//! shown to fail by an example that breaks it. A finding names file and line and says what to do.
//!
//! Rules about code look at tokens (`proc-macro2`), not at lines: a word in a string or a comment is not a call, and a brace
//! in a character literal closes nothing. Rules about words of any kind look at the text.
//!
//! Refuses to be argued with in place: there are no exceptions in comments. Where a rule has one, its table says so and why.
//! What clippy or rustc can check is in `.clippy.toml` and `[workspace.lints]`; it is here again only where it must not be
//! silenced with an attribute.

pub mod layers;
pub mod repository;
pub mod rooms;
pub mod rust;
pub mod secrets;
pub mod shapes;
pub mod texts;
pub mod words;

use std::fmt;

/// A text file of the repository; its path is relative to the root, with slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// For example `core/model/src/lib.rs`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl File {
    /// Whether the file is in this folder, at any depth.
    #[must_use]
    pub fn is_under(&self, folder: &str) -> bool {
        is_under(&self.path, folder)
    }

    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

/// A place that breaks a rule, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    path: String,
    line: usize,
    advice: String,
}

impl Finding {
    fn new(path: &str, line: usize, advice: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, advice: advice.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.advice)
    }
}

/// Asserts that a rule holds everywhere.
///
/// # Panics
///
/// If there are findings; the message lists them.
#[track_caller]
pub fn assert_none(findings: &[Finding]) {
    let listing: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(findings.is_empty(), "{} to mend:\n  {}\n", findings.len(), listing.join("\n  "));
}

fn is_under(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod examples {
    use super::{File, Finding};

    /// Files for a rule to look at.
    pub(crate) fn files(contents: &[(&str, &str)]) -> Vec<File> {
        let file = |&(path, text): &(&str, &str)| File { path: path.to_owned(), text: text.to_owned() };
        contents.iter().map(file).collect()
    }

    /// Where a rule found something, as `path:line`.
    pub(crate) fn places(findings: &[Finding]) -> Vec<String> {
        findings
            .iter()
            .map(|finding| format!("{}:{}", finding.path, finding.line))
            .collect()
    }
}
