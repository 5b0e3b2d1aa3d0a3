//! Tokens in a row: words, marks, literals and brackets, each with its line. Comments are gone, and so is the tree.
//!
//! Marks are single characters (`::` is two), as `proc-macro2` gives them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A word, a mark, a bracket, or a literal with its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As written.
    pub text: String,
    /// Counted from one.
    pub line: usize,
}

impl Token {
    /// Whether it is written so.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether it is an identifier or a keyword.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && !self.text.ends_with(['"', '\''])
    }
}

/// The tokens of a file or of a few words of Rust.
///
/// # Errors
///
/// The lexer's own words, if the text is not made of Rust tokens or a bracket is not closed.
pub fn read(text: &str) -> Result<Vec<Token>, String> {
    let stream: TokenStream = text.parse().map_err(|error: proc_macro2::LexError| error.to_string())?;
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let TokenTree::Group(group) = tree else {
            tokens.push(Token { text: tree.to_string(), line: tree.span().start().line });
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            // Only macros make such groups; in a file there is none.
            Delimiter::None => ("", ""),
        };
        tokens.push(Token { text: open.to_owned(), line: group.span_open().start().line });
        flatten(group.stream(), tokens);
        tokens.push(Token { text: close.to_owned(), line: group.span_close().start().line });
    }
}

/// Whether these words stand here, one after the other.
#[must_use]
pub fn spells(tokens: &[Token], start: usize, words: &[&str]) -> bool {
    let here = tokens.iter().skip(start);
    here.zip(words).filter(|(token, word)| token.is(word)).count() == words.len()
}

/// Where the bracket that opens here is closed.
#[must_use]
pub fn close_of(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 1 => return Some(index),
            ")" | "]" | "}" => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        read(text).unwrap().into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_are_gone_and_strings_stay_one_token() {
        assert_eq!(texts("a /* b { */ (\"c }\") // d\n"), ["a", "(", "\"c }\"", ")"]);
    }

    #[test]
    fn lifetimes_and_characters_are_told_apart() {
        assert_eq!(texts("&'a x '{'"), ["&", "'", "a", "x", "'{'"]);
    }

    #[test]
    fn lines_are_counted_from_one() {
        let lines: Vec<usize> = read("a\n\n{ b\n}").unwrap().iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 3, 3, 4]);
    }

    #[test]
    fn words_are_words_and_nothing_else_is() {
        let words: Vec<String> = read("a _b r#type 1 b\"x\" 'y' :")
            .unwrap()
            .into_iter()
            .filter(Token::is_word)
            .map(|token| token.text)
            .collect();
        assert_eq!(words, ["a", "_b", "r#type"]);
    }

    #[test]
    fn a_bracket_is_closed_by_its_own_kind_of_depth() {
        let tokens = read("( [ ] { } ) x").unwrap();
        assert_eq!(close_of(&tokens, 0), Some(5));
        assert_eq!(close_of(&tokens, 6), None);
    }
}
