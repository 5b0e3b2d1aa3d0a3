//! Names out of capitals: `  ЖҮНІСБЕКОВ ӨМІРБЕК ` is Жүнісбеков Өмірбек.
//!
//! Promises to change the case of letters and the number of blanks, nothing else, and to leave alone whatever word is
//! written in both cases already: its author meant it so.

use unicode_normalization::UnicodeNormalization as _;

/// "Son of" and "daughter of" where they stand as a word of their own, in Kazakh and as Russian papers have them.
const PARTICLES: [&str; 9] = ["ұлы", "қызы", "улы", "кызы", "оғлы", "оглы", "огли", "угли", "гызы"];

/// Without blanks around it, with one between words, in composed letters.
#[must_use]
pub fn trimmed(written: &str) -> String {
    let composed: String = written.nfc().collect();
    let words: Vec<&str> = composed.split_whitespace().collect();
    words.join(" ")
}

/// A name with a capital at the head of each word and of each part of a double surname; `ұлы` and `қызы` apart are
/// small. Words in both cases stay as they are, and so do initials.
#[must_use]
pub fn titled(written: &str) -> String {
    let words = trimmed(written);
    let mut titled = String::with_capacity(words.len());
    let mut start = 0;
    for (at, sign) in words.char_indices().filter(|&(_, sign)| matches!(sign, ' ' | '-' | '.')) {
        titled.push_str(&titled_part(words.get(start..at).unwrap_or_default(), start == 0));
        titled.push(sign);
        start = at + sign.len_utf8();
    }
    titled.push_str(&titled_part(words.get(start..).unwrap_or_default(), start == 0));
    titled
}

fn titled_part(part: &str, is_first: bool) -> String {
    let lower = part.to_lowercase();
    let is_mixed = part.chars().skip(1).any(char::is_lowercase) && part.chars().any(char::is_uppercase);
    if !is_first && PARTICLES.contains(&lower.as_str()) {
        lower
    } else if is_mixed {
        part.to_owned()
    } else {
        let mut letters = lower.chars();
        let head = letters.next().map(capital);
        head.into_iter().chain(letters).collect()
    }
}

/// The capital of a letter; ligatures that would become two letters have none.
fn capital(letter: char) -> char {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(capital), None) => capital,
        _ => letter,
    }
}
