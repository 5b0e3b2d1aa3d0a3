//! The order of the Kazakh alphabet, as bytes that any index can keep.
//!
//! Promises a total order: letters of the alphabet first by their place in it and without regard to case, then exactly.
//! Blanks come before hyphens, those before other signs, then digits, Cyrillic, Latin, and every other script.
//!
//! ```text
//! key = weights of the mended text, 00, the text itself in composed letters
//! weight = 01 blanks | 02 hyphen | 03 sign (3 bytes) | 10+ digit | 20+ Cyrillic | 60+ Latin | F0 other (3 bytes)
//! ```

use std::cmp::Ordering;
use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::scripts::{is_latin, mended};

/// The alphabet of 42 letters.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

const BLANKS: u8 = 0x01;
const HYPHEN: u8 = 0x02;
const SIGN: u8 = 0x03;
const DIGITS: u8 = 0x10;
const CYRILLIC: u8 = 0x20;
const LATIN: u8 = 0x60;
const OTHER: u8 = 0xf0;

/// Where a text stands among others: keys are compared as bytes.
///
/// It holds the text itself at its end, so it is as private as the text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(Vec<u8>);

impl SortKey {
    /// The key of a text. Texts that are canonically the same, composed or not, have the same key; others never.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let (mended, _) = mended(written);
        let mut key = Vec::with_capacity(written.len() * 2 + 1);
        for letter in mended.trim().to_lowercase().nfc() {
            weigh(letter, &mut key);
        }
        key.push(0);
        key.extend(written.nfc().collect::<String>().bytes());
        Self(key)
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Says only how long it is: it holds a name.
impl fmt::Debug for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SortKey({} bytes)", self.0.len())
    }
}

/// Compares two texts; who sorts many makes their keys once.
#[must_use]
pub fn compare(one: &str, other: &str) -> Ordering {
    SortKey::new(one).cmp(&SortKey::new(other))
}

/// Adds the weight of a letter in lower case; accents that leave the letter what it is have none.
fn weigh(letter: char, key: &mut Vec<u8>) {
    if is_combining_mark(letter) {
        return;
    }
    if letter.is_whitespace() {
        // However many blanks somebody typed, they part two words once.
        if key.last() != Some(&BLANKS) {
            key.push(BLANKS);
        }
    } else if matches!(letter, '-' | '\u{2010}'..='\u{2015}') {
        key.push(HYPHEN);
    } else if let Some(digit) = letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
        key.push(DIGITS + digit);
    } else if let Some(place) = place_in_alphabet(letter) {
        key.push(CYRILLIC + place);
    } else if let Some(base) = latin_base(letter) {
        key.push(LATIN + (base - b'a'));
    } else {
        key.push(if letter.is_alphanumeric() { OTHER } else { SIGN });
        key.extend(u32::from(letter).to_be_bytes().into_iter().skip(1));
    }
}

/// Letters of neighbours stand with the letter they come from, and differ from it in the exact comparison only.
fn place_in_alphabet(letter: char) -> Option<u8> {
    let letter = match letter {
        'ґ' => 'г',
        'є' => 'е',
        'ї' => 'і',
        'ў' => 'у',
        letter => letter,
    };
    let place = ALPHABET.chars().position(|of_alphabet| of_alphabet == letter)?;
    u8::try_from(place).ok()
}

fn latin_base(letter: char) -> Option<u8> {
    let base = std::iter::once(letter).nfd().next().filter(|_| is_latin(letter))?;
    u8::try_from(base).ok().filter(u8::is_ascii_lowercase)
}
