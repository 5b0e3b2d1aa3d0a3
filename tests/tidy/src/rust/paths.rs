//! Paths as they are written, with the trees of `use` spread out: `use a::{b, c::d}` is `a::b` and `a::c::d`.
//!
//! A path of one word is a path too. Generic arguments end a path; what stands between the angles is a path of its own.

use super::tokens::{Token, spells};

/// A path and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Without the colons; a glob is `*`.
    pub segments: Vec<String>,
    /// Of the last segment.
    pub line: usize,
}

impl Path {
    /// Whether these segments stand in the path, one after the other.
    #[must_use]
    pub fn names(&self, segments: &[&str]) -> bool {
        self.segments.windows(segments.len()).any(|window| window == segments)
    }
}

/// Every path in these tokens, in order.
#[must_use]
pub fn paths(tokens: &[Token]) -> Vec<Path> {
    let mut reader = Reader { tokens, index: 0, paths: Vec::new() };
    while reader.index < tokens.len() {
        if reader.here().is_some_and(Token::is_word) {
            reader.read(&[]);
        } else {
            reader.index += 1;
        }
    }
    reader.paths
}

struct Reader<'a> {
    tokens: &'a [Token],
    index: usize,
    paths: Vec<Path>,
}

impl<'a> Reader<'a> {
    fn here(&self) -> Option<&'a Token> {
        self.tokens.get(self.index)
    }

    /// Reads one path that begins here, below `prefix`, and stops behind it.
    fn read(&mut self, prefix: &[String]) {
        let mut segments = prefix.to_vec();
        while let Some(token) = self.here() {
            if token.is("{") {
                return self.read_group(&segments);
            }
            if !token.is_word() && !token.is("*") {
                break;
            }
            segments.push(token.text.clone());
            self.index += 1;
            if !self.goes_on() {
                self.paths.push(Path { segments, line: token.line });
                return;
            }
            self.index += 2;
        }
        let line = self.tokens.get(self.index.saturating_sub(1)).map_or(0, |token| token.line);
        self.paths.push(Path { segments, line });
    }

    /// Whether two colons lead on to a segment, a group or a glob, rather than to generic arguments.
    fn goes_on(&self) -> bool {
        let next = self.tokens.get(self.index + 2);
        spells(self.tokens, self.index, &[":", ":"])
            && next.is_some_and(|token| token.is_word() || token.is("{") || token.is("*"))
    }

    /// Reads `{ a, b as c, d::{…} }`, each below `prefix`.
    fn read_group(&mut self, prefix: &[String]) {
        self.index += 1;
        while let Some(token) = self.here() {
            match token.text.as_str() {
                "}" => {
                    self.index += 1;
                    return;
                }
                "as" => self.index += 2,
                _ if token.is_word() || token.is("*") => self.read(prefix),
                _ => self.index += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::tokens;

    fn spelled(text: &str) -> Vec<String> {
        let paths = paths(&tokens::read(text).unwrap());
        paths.iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn the_tree_of_a_use_is_spread_out() {
        let expected = ["use", "a::b", "a::c::d", "a::c::self", "a::e::*"];
        assert_eq!(spelled("use a::{b as x, c::{d, self}, e::*};"), expected);
    }

    #[test]
    fn paths_in_code_and_in_macros_are_found() {
        assert_eq!(
            spelled("m!(x.y(crate::a::B::<c::D>::new()))"),
            ["m", "x", "y", "crate::a::B", "c::D", "new"]
        );
        assert_eq!(spelled("let a: ::std::fs::File = b;"), ["let", "a", "std::fs::File", "b"]);
    }

    #[test]
    fn a_path_knows_its_line_and_what_it_names() {
        let paths = paths(&tokens::read("use std::{\n    env::var,\n};").unwrap());
        let var = paths.last().unwrap();
        assert_eq!(var.line, 2);
        assert!(var.names(&["env", "var"]) && var.names(&["std", "env"]) && !var.names(&["std", "var"]));
    }
}
