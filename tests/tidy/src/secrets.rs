//! Secrets: what is wiped when it is dropped does not print itself before.
//!
//! `Zeroizing` prints what it holds, so a type with one inside derives no `Debug` but writes its own, with a `…` in it. The same
//! holds for a field that is named as a secret and is bare bytes or text.

use std::ops::Range;

use crate::Finding;
use crate::rust::RustFile;
use crate::rust::tokens::{Token, close_of, spells};

/// Names of fields that hold what nobody else may have.
const SECRET_NAMES: [&str; 5] = ["code", "passphrase", "private", "secret", "seed"];
/// Types that print what they hold.
const BARE: [&str; 2] = ["String", "u8"];

/// No type with a secret in it derives `Debug`.
#[must_use]
pub fn printed(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let code = file.code();
        for derive in 0..code.len() {
            let Some(body) = body_of_derived_debug(&code, derive) else { continue };
            let line = code.get(derive).map_or(1, |token| token.line);
            let body = code.get(body).unwrap_or_default();
            if holds_secret(body) {
                let advice = "holds a secret and prints it: write `Debug` by hand, with `…` for the secret";
                findings.push(Finding::new(&file.path, line, advice));
            }
        }
    }
    findings
}

/// Where the fields stand of the type whose `#[derive(…, Debug, …)]` begins here.
fn body_of_derived_debug(code: &[Token], start: usize) -> Option<Range<usize>> {
    if !spells(code, start, &["#", "[", "derive", "("]) {
        return None;
    }
    let end = close_of(code, start + 1)?;
    let derived = code.get(start..end)?;
    if !derived.iter().any(|token| token.is("Debug")) {
        return None;
    }
    let rest = code.get(end..)?;
    let opening = rest.iter().position(|token| token.is("struct") || token.is("enum"))?;
    let after = rest.get(opening..)?;
    let bracket = after
        .iter()
        .position(|token| ["{", "(", ";"].iter().any(|mark| token.is(mark)))?;
    let body = end + opening + bracket;
    // A type without fields has no bracket to close.
    (!code.get(body)?.is(";")).then_some(body..close_of(code, body)?)
}

fn holds_secret(body: &[Token]) -> bool {
    let is_wiped = body.iter().any(|token| token.is("Zeroizing"));
    is_wiped || (0..body.len()).any(|at| is_bare_secret(body, at))
}

/// Whether a field of a secret's name begins here, whose type prints what it holds.
fn is_bare_secret(body: &[Token], at: usize) -> bool {
    let is_named = SECRET_NAMES.iter().any(|name| spells(body, at, &[name, ":"]));
    let of_field = body.get(at + 2..).unwrap_or_default().iter().take_while(|token| !token.is(","));
    is_named && of_field.into_iter().any(|token| BARE.iter().any(|bare| token.is(bare)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::files;

    fn found(text: &str) -> usize {
        printed(&crate::rust::read(&files(&[("core/protocol/src/seal.rs", text)]))).len()
    }

    #[test]
    fn a_type_with_a_secret_that_prints_itself_is_found() {
        for text in [
            "#[derive(Debug)] struct A(Zeroizing<[u8; 32]>);",
            "#[derive(Clone, Debug)] pub struct A { pub code: zeroize::Zeroizing<String> }",
            "#[derive(Debug)] enum A { File, Passphrase(Zeroizing<String>) }",
            "#[derive(Debug, Args)] #[command(x = 1)] struct A { name: u8, code: String }",
            "#[derive(Debug)] struct A { seed: [u8; 32] }",
        ] {
            assert_eq!(found(text), 1, "{text}");
        }
    }

    #[test]
    fn a_type_that_guards_its_secret_or_has_none_is_not() {
        for text in [
            "struct A(Zeroizing<[u8; 32]>); impl Debug for A { }",
            "#[derive(Clone)] struct A(Zeroizing<[u8; 32]>);",
            "#[derive(Debug)] struct A { secret: SigningKey }",
            "#[derive(Debug)] struct A { code: u16, name: String }",
            "#[derive(Debug)] struct A; struct B(Zeroizing<[u8; 32]>);",
            "#[cfg(test)] mod tests { #[derive(Debug)] struct A(Zeroizing<u8>); }",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
    }
}
