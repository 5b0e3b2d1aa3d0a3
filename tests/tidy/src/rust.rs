//! A Rust file as rules see it: its tokens, which of them are tests, and the functions and paths they spell.
//!
//! ```text
//! text ──tokens──► [fn][seal][(]…[{]…[}]  ──► code()       what runs in the product
//!                  # [cfg(test)] mod tests {…}   all(), test_lines(), functions()
//! ```

pub mod paths;
pub mod tokens;

use std::ops::Range;

use crate::File;
use tokens::{Token, close_of, spells};

/// A Rust file, read.
#[derive(Clone, Debug)]
pub struct RustFile {
    /// Relative to the root of the repository.
    pub path: String,
    /// All of it, comments too.
    pub text: String,
    tokens: Vec<Token>,
    /// Token ranges of items under `#[cfg(test)]`.
    tests: Vec<Range<usize>>,
    is_test: bool,
}

/// A function with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Without path or parameters.
    pub name: String,
    /// Where `fn` stands.
    pub line: usize,
    /// From `fn` to the closing brace.
    pub lines: usize,
}

/// Reads the Rust files among these files, and tells code from tests.
///
/// # Panics
///
/// If a file is not made of Rust tokens; the message names it.
#[must_use]
#[expect(clippy::panic, reason = "rustc would refuse the file with a better message; only tests call this")]
pub fn read(files: &[File]) -> Vec<RustFile> {
    let sources = files.iter().filter(|file| file.has_extension(&["rs"]));
    let mut read: Vec<RustFile> = sources
        .map(|file| match tokens::read(&file.text) {
            Ok(tokens) => RustFile::new(file, tokens),
            Err(complaint) => panic!("{} is not Rust: {complaint}", file.path),
        })
        .collect();
    let declared: Vec<String> = read.iter().flat_map(RustFile::declared_tests).collect();
    for file in &mut read {
        file.is_test |= declared
            .iter()
            .any(|stem| file.path == format!("{stem}.rs") || crate::is_under(&file.path, stem));
    }
    read
}

impl RustFile {
    fn new(file: &File, tokens: Vec<Token>) -> Self {
        let tests = test_items(&tokens);
        let folders = ["tests/", "/tests/", "/benches/"];
        let is_test =
            file.path.starts_with(folders[0]) || folders.iter().any(|folder| file.path.contains(folder));
        Self { path: file.path.clone(), text: file.text.clone(), tokens, tests, is_test }
    }

    /// Whether the file is in this folder, at any depth, or is the file that opens it.
    #[must_use]
    pub fn is_in(&self, room: &str) -> bool {
        crate::is_under(&self.path, room) || self.path.strip_suffix(".rs") == Some(room)
    }

    /// Whether nothing of the file runs in the product.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.is_test
    }

    /// Every token, of tests too.
    #[must_use]
    pub fn all(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens that run in the product.
    #[must_use]
    pub fn code(&self) -> Vec<Token> {
        let of_product = |&(index, _): &(usize, &Token)| {
            !self.is_test && !self.tests.iter().any(|range| range.contains(&index))
        };
        self.tokens
            .iter()
            .enumerate()
            .filter(of_product)
            .map(|(_, token)| token.clone())
            .collect()
    }

    /// How many lines the tests at the bottom take.
    #[must_use]
    pub fn test_lines(&self) -> usize {
        let lines = |range: &Range<usize>| {
            let items = self.tokens.get(range.clone())?;
            Some(items.last()?.line - items.first()?.line + 1)
        };
        self.tests.iter().filter_map(lines).sum()
    }

    /// Every function that has a body, tests too.
    #[must_use]
    pub fn functions(&self) -> Vec<Function> {
        functions_of(&self.tokens)
    }

    /// Where the files of `#[cfg(test)] mod name;` are, without `.rs`.
    fn declared_tests(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs");
        let folder = match stem.rsplit_once('/') {
            Some((folder, "lib" | "main")) => folder,
            _ => stem,
        };
        let named = |range: &Range<usize>| match self.tokens.get(range.clone())? {
            [.., module, name, end] if module.is("mod") && end.is(";") => {
                Some(format!("{folder}/{}", name.text))
            }
            _ => None,
        };
        self.tests.iter().filter_map(named).collect()
    }
}

fn test_items(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for start in 0..tokens.len() {
        let is_nested = ranges.last().is_some_and(|range| range.contains(&start));
        if is_nested || !spells(tokens, start, &["#", "["]) {
            continue;
        }
        let Some(end) = close_of(tokens, start + 1) else { continue };
        let attribute = tokens.get(start + 2..end).unwrap_or_default();
        let says = |word: &str| attribute.iter().any(|token| token.is(word));
        if spells(attribute, 0, &["cfg", "("]) && says("test") && !says("not") {
            ranges.push(start..end_of_item(tokens, end + 1));
        }
    }
    ranges
}

/// One past the item that begins here: its closing brace, or the semicolon if it has none.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let mut index = start;
    while let Some(token) = tokens.get(index) {
        match token.text.as_str() {
            ";" => return index + 1,
            "{" => return close_of(tokens, index).map_or(tokens.len(), |close| close + 1),
            "(" | "[" => index = close_of(tokens, index).unwrap_or(tokens.len()),
            ")" | "]" | "}" => return index,
            _ => {}
        }
        index += 1;
    }
    tokens.len()
}

fn functions_of(tokens: &[Token]) -> Vec<Function> {
    let function = |start: usize| {
        let (keyword, name) = (tokens.get(start)?, tokens.get(start + 1)?);
        if !keyword.is("fn") || !name.is_word() {
            return None;
        }
        let last = tokens.get(end_of_item(tokens, start).checked_sub(1)?)?;
        let has_body = last.is("}");
        has_body.then(|| Function {
            name: name.text.clone(),
            line: keyword.line,
            lines: last.line - keyword.line + 1,
        })
    };
    (0..tokens.len()).filter_map(function).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::files;

    fn one(path: &str, text: &str) -> RustFile {
        read(&files(&[(path, text)])).remove(0)
    }

    fn code(text: &str) -> String {
        let tokens = one("core/model/src/entry.rs", text).code();
        tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_under_cfg_test_is_no_code_of_the_product() {
        assert_eq!(
            code("fn a() {} #[cfg(test)] mod tests { fn b() {} } fn c() {}"),
            "fn a ( ) { } fn c ( ) { }"
        );
        assert_eq!(code("#[cfg(test)] use a::b; use c;"), "use c ;");
        assert_eq!(code("#[cfg(test)] #[path = \"x.rs\"] fn a(n: [u8; 3]) {} use c;"), "use c ;");
        assert_eq!(code("#[cfg(all(test, unix))] mod t; use c;"), "use c ;");
        assert_eq!(code("#[cfg(not(test))] use c;"), "# [ cfg ( not ( test ) ) ] use c ;");
        assert_eq!(code("struct A { #[cfg(test)] a: u8 } use c;"), "struct A { } use c ;");
    }

    #[test]
    fn a_file_that_only_tests_see_is_a_test() {
        let read = read(&files(&[
            ("core/model/src/lib.rs", "mod entry; #[cfg(test)] mod strategies;"),
            ("core/model/src/entry.rs", "#[cfg(test)] mod tests;"),
            ("core/model/src/entry/tests.rs", ""),
            ("core/model/src/strategies.rs", ""),
            ("core/model/src/strategies/night.rs", ""),
            ("core/model/tests/law.rs", ""),
            ("tests/src/lib.rs", ""),
        ]));
        let code: Vec<&str> = read
            .iter()
            .filter(|file| !file.is_test())
            .map(|file| file.path.as_str())
            .collect();
        assert_eq!(code, ["core/model/src/lib.rs", "core/model/src/entry.rs"]);
    }

    #[test]
    fn tests_at_the_bottom_are_counted_from_their_attribute_to_their_brace() {
        let file = one("a.rs", "fn a() {}\n\n#[cfg(test)]\nmod tests {\n    // one\n\n}\n");
        assert_eq!(file.test_lines(), 5);
    }

    #[test]
    fn functions_are_measured_by_their_own_braces() {
        let text = "trait A {\n  fn no_body(&self);\n}\nfn long(a: fn(u8) -> u8) -> char {\n  // }\n  let s = \"}\";\n  '}'\n}\n";
        let long = Function { name: "long".to_owned(), line: 4, lines: 5 };
        assert_eq!(one("a.rs", text).functions(), [long]);
    }

    #[test]
    fn a_room_is_a_folder_with_the_file_that_opens_it() {
        let is_in_vault = |path| one(path, "").is_in("core/fieldbook/src/vault");
        assert!(
            is_in_vault("core/fieldbook/src/vault.rs") && is_in_vault("core/fieldbook/src/vault/schema.rs")
        );
        assert!(!is_in_vault("core/fieldbook/src/vaults.rs") && !is_in_vault("core/fieldbook/src/views.rs"));
    }

    #[test]
    #[should_panic(expected = "a.rs is not Rust")]
    fn a_file_that_is_not_rust_is_named() {
        let _ = one("a.rs", "fn a() {");
    }
}
