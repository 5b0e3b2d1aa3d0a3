//! Bytes as words that are spoken and typed: proquints (arXiv:0901.4016) in letters that Kazakh and Russian share.
//!
//! Sixteen bits are one word of five letters, consonant and vowel in turn, so there is no list of words to ship, to learn
//! or to translate. What is typed from paper goes in *lines*: four words of content and a fifth that checks them and
//! the line that they follow. So a mistake is told by its line, lines in another order or of another paper are told too,
//! and of one wrong letter the word that was meant can be said.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use crate::bytes::first_bytes;

const CONSONANTS: [char; 16] =
    ['б', 'в', 'г', 'д', 'ж', 'з', 'к', 'л', 'м', 'н', 'п', 'р', 'с', 'т', 'ф', 'ш'];
const VOWELS: [char; 4] = ['а', 'и', 'о', 'у'];
/// Letters of a word.
const LETTERS: usize = 5;
/// Words of a line, the last of which checks the others.
pub(super) const LINE_WORDS: usize = 5;
/// Bytes of content in a line.
pub(super) const LINE_BYTES: usize = 8;

/// Why words do not give the bytes that were written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misheard {
    /// Too few words, or too many.
    #[error("{found} words where {due} are due")]
    Count {
        /// How many there were.
        found: usize,
        /// How many there should be.
        due: usize,
    },
    /// A line with too few words, or too many.
    #[error("line {line} has {found} words where five are due")]
    LineCount {
        /// Which line, from 1.
        line: usize,
        /// How many words it has.
        found: usize,
    },
    /// A line that its last word does not fit.
    #[error("there is a mistake in line {line}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What was meant, if one wrong letter explains the mistake.
        meant: Option<MeantWord>,
    },
}

/// The word that was meant in the place of a mistyped one. It may be a part of a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct MeantWord {
    /// Which word of its line, from 1.
    pub place: usize,
    /// The word.
    pub word: Zeroizing<String>,
}

impl std::fmt::Debug for MeantWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MeantWord({}, …)", self.place)
    }
}

/// Sixteen bits as a word.
pub(super) fn word_of(bits: u16) -> String {
    let consonant = |shift: u16| CONSONANTS.get(usize::from(bits >> shift & 15));
    let vowel = |shift: u16| VOWELS.get(usize::from(bits >> shift & 3));
    [consonant(12), vowel(10), consonant(6), vowel(4), consonant(0)]
        .into_iter()
        .flatten()
        .collect()
}

fn bits_of(word: &[char]) -> Option<u16> {
    let position = |letters: &[char], letter: &char| {
        let found = letters.iter().position(|known| known == letter)?;
        u16::try_from(found).ok()
    };
    let [first, second, third, fourth, fifth] = word else { return None };
    let consonants = [first, third, fifth].map(|letter| position(&CONSONANTS, letter));
    let vowels = [second, fourth].map(|letter| position(&VOWELS, letter));
    match (consonants, vowels) {
        ([Some(first), Some(third), Some(fifth)], [Some(second), Some(fourth)]) => {
            Some(first << 12 | second << 10 | third << 6 | fourth << 4 | fifth)
        }
        _ => None,
    }
}

/// Lines of one paper: what they check is bound to what they are for.
pub(super) struct Lines {
    /// The domain of the check words.
    pub(super) tag: &'static str,
    /// How many there are.
    pub(super) count: usize,
}

type Word = Zeroizing<Vec<char>>;

impl Lines {
    /// The lines of as many times eight bytes.
    pub(super) fn speak(&self, bytes: &[u8]) -> Vec<Zeroizing<String>> {
        assert_eq!(bytes.len(), self.count * LINE_BYTES, "a whole number of lines");
        let (mut lines, mut before): (_, &[u8]) = (Vec::new(), &[]);
        for content in bytes.chunks(LINE_BYTES) {
            let check = self.check(before, content);
            let pairs = content.chunks(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
            let words = pairs.map(u16::from_be_bytes).chain([check]).map(word_of);
            lines.push(Zeroizing::new(words.collect::<Vec<_>>().join(" ")));
            before = content;
        }
        lines
    }

    /// The bytes of lines, however the words stand apart and however large the letters are. If the text has as many lines
    /// as there should be, the words of each are counted.
    pub(super) fn hear(&self, text: &str) -> Result<Zeroizing<Vec<u8>>, Misheard> {
        let lines: Vec<Vec<Word>> = text.lines().map(words_in).filter(|words| !words.is_empty()).collect();
        let found: usize = lines.iter().map(Vec::len).sum();
        if lines.len() == self.count {
            let odd = lines.iter().position(|line| line.len() != LINE_WORDS);
            if let Some((at, line)) = odd.and_then(|at| Some((at, lines.get(at)?))) {
                return Err(Misheard::LineCount { line: at + 1, found: line.len() });
            }
        } else if found != self.count * LINE_WORDS {
            return Err(Misheard::Count { found, due: self.count * LINE_WORDS });
        }
        let words: Vec<Word> = lines.into_iter().flatten().collect();
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.count * LINE_BYTES));
        let mut before = Zeroizing::new(Vec::new());
        for (at, line) in words.chunks(LINE_WORDS).enumerate() {
            let bits: Vec<Option<u16>> = line.iter().map(|word| bits_of(word)).collect();
            let content = self.fits(&before, &bits).ok_or_else(|| {
                let meant = self.meant(&before, (line, &bits));
                Misheard::Line { line: at + 1, meant }
            })?;
            bytes.extend_from_slice(&content);
            before = content;
        }
        Ok(bytes)
    }

    /// The content of a line, if its last word fits.
    fn fits(&self, before: &[u8], bits: &[Option<u16>]) -> Option<Zeroizing<Vec<u8>>> {
        let (check, content) = bits.split_last()?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(LINE_BYTES));
        for word in content {
            bytes.extend_from_slice(&(*word)?.to_be_bytes());
        }
        (Some(self.check(before, &bytes)) == *check).then_some(bytes)
    }

    /// The only word that one slip of the finger made of another one. If several could be meant, none is.
    fn meant(&self, before: &[u8], (line, bits): (&[Word], &[Option<u16>])) -> Option<MeantWord> {
        let mut meant = None;
        for (at, word) in line.iter().enumerate() {
            for candidate in near(word) {
                let mut tried = Zeroizing::new(bits.to_vec());
                *tried.get_mut(at)? = Some(candidate);
                if self.fits(before, &tried).is_some() && meant.replace((at, candidate)).is_some() {
                    return None;
                }
            }
        }
        meant.map(|(at, bits)| MeantWord { place: at + 1, word: Zeroizing::new(word_of(bits)) })
    }

    fn check(&self, before: &[u8], content: &[u8]) -> u16 {
        let both = Zeroizing::new([before, content].concat());
        u16::from_be_bytes(first_bytes(blake3::derive_key(self.tag, &both)))
    }
}

/// The words of a line of text, in small letters. A Latin letter that looks like one of ours is taken for it.
fn words_in(line: &str) -> Vec<Word> {
    let words = line
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty());
    words
        .map(|word| Zeroizing::new(word.chars().flat_map(char::to_lowercase).map(as_cyrillic).collect()))
        .collect()
}

const fn as_cyrillic(letter: char) -> char {
    match letter {
        'a' => 'а',
        'c' => 'с',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'y' => 'у',
        other => other,
    }
}

/// The words that are one slip away: a letter wrong, missing or too many, or two in turned order.
fn near(word: &[char]) -> BTreeSet<u16> {
    if !(LETTERS - 1..=LETTERS + 1).contains(&word.len()) {
        return BTreeSet::new();
    }
    let letters = || CONSONANTS.iter().chain(&VOWELS).copied();
    let mut near: Vec<Word> = Vec::new();
    let mut with = |change: &dyn Fn(&mut Vec<char>)| {
        let mut changed = Zeroizing::new(word.to_vec());
        change(&mut changed);
        near.push(changed);
    };
    for at in 0..word.len() {
        with(&|word| {
            word.remove(at);
        });
        for letter in letters() {
            with(&|word| word.splice(at..=at, [letter]).for_each(drop));
            with(&|word| word.insert(at, letter));
        }
        if at > 0 {
            with(&|word| word.swap(at - 1, at));
        }
    }
    letters().for_each(|letter| with(&|word| word.push(letter)));
    near.iter()
        .filter(|near| near.as_slice() != word)
        .filter_map(|near| bits_of(near))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINES: Lines = Lines { tag: "jasaq 1 test line", count: 3 };

    fn spoken(bytes: &[u8; 24]) -> String {
        let lines = LINES.speak(bytes);
        lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn words_of_another_line_another_order_or_another_paper_are_told_by_line() {
        let text = spoken(&core::array::from_fn(|at| u8::try_from(at).unwrap()));
        let mut lines: Vec<&str> = text.lines().collect();
        lines.swap(1, 2);
        let turned = LINES.hear(&lines.join("\n")).unwrap_err();
        assert!(matches!(turned, Misheard::Line { line: 2 | 3, meant: None }), "{turned:?}");
        let other = Lines { tag: "jasaq 1 other line", count: 3 };
        assert!(matches!(other.hear(&text), Err(Misheard::Line { line: 1, meant: None })));
    }

    #[test]
    fn a_word_too_many_or_too_few_is_told_by_line_where_lines_are_kept() {
        let text = spoken(&[7; 24]);
        let more = text.replacen('\n', " базук\n", 1);
        assert_eq!(LINES.hear(&more), Err(Misheard::LineCount { line: 1, found: 6 }));
        assert_eq!(LINES.hear(&more.replace('\n', " ")), Err(Misheard::Count { found: 16, due: 15 }));
        assert_eq!(LINES.hear(""), Err(Misheard::Count { found: 0, due: 15 }));
    }

    proptest! {
        #[test]
        fn what_is_spoken_is_heard(bytes in prop::array::uniform24(any::<u8>())) {
            let text = spoken(&bytes);
            prop_assert_eq!(&**LINES.hear(&text).unwrap(), bytes.as_slice());
            let typed = text.to_uppercase().replace(' ', " - ").replace('\n', " ");
            prop_assert_eq!(&**LINES.hear(&typed).unwrap(), bytes.as_slice());
            let latin = text.replace('а', "a").replace('о', "o").replace('к', "k");
            prop_assert_eq!(&**LINES.hear(&latin).unwrap(), bytes.as_slice());
        }

        #[test]
        fn of_a_slip_the_line_is_told_and_the_word_if_any_is_the_right_one(
            bytes in prop::array::uniform24(any::<u8>()),
            at in 0..15_usize,
            letter in 0..5_usize,
            slip in 0..3_u8,
            other in 0..20_usize,
        ) {
            let text = spoken(&bytes);
            let mut words: Vec<Vec<char>> = text.split_whitespace().map(|word| word.chars().collect()).collect();
            let (right, other) = (words[at].clone(), *CONSONANTS.iter().chain(&VOWELS).nth(other).unwrap());
            match slip {
                0 => words[at][letter] = other,
                1 => drop(words[at].remove(letter)),
                _ => words[at].insert(letter, other),
            }
            prop_assume!(words[at] != right);
            let typed: Vec<String> = words.iter().map(|word| word.iter().collect()).collect();
            let typed = typed.chunks(5).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n");
            match LINES.hear(&typed) {
                Err(Misheard::Line { line, meant }) => {
                    prop_assert_eq!(line, at / 5 + 1);
                    // One in some hundreds of times two words would fit, and then none is named.
                    if let Some(meant) = meant {
                        prop_assert_eq!(meant.place, at % 5 + 1);
                        prop_assert_eq!(meant.word.chars().collect::<Vec<_>>(), right);
                    }
                }
                heard => prop_assert!(false, "{:?}", heard.map(drop)),
            }
        }

        #[test]
        fn any_text_is_heard_or_refused(text in ".{0,200}") {
            let _ = LINES.hear(&text);
        }
    }
}
