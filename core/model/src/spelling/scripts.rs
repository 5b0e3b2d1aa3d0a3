//! Words that mix Latin and Cyrillic letters, and which script they belong to.
//!
//! Promises that a word is put right only where every foreign letter has one letter of the word's own script that is
//! drawn like it. Refuses to guess: a word with a Latin `r` and a Cyrillic `ж` stays as it was and is called doubtful.

use unicode_normalization::UnicodeNormalization as _;

/// Drawn the same in both scripts: Latin, Cyrillic. `Y` is the straight Ү and `y` the bent у, as they are drawn.
const TWINS: [(char, char); 28] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'Ү'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'һ'),
    ('i', 'і'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('Ə', 'Ә'),
    ('ə', 'ә'),
    ('Ɵ', 'Ө'),
    ('ɵ', 'ө'),
    ('Ŋ', 'Ң'),
    ('ŋ', 'ң'),
];

/// Typed for one another inside a Cyrillic word, though an eye could tell them apart.
const STAND_INS: [(char, char); 4] = [('k', 'к'), ('m', 'м'), ('t', 'т'), ('F', 'Ғ')];

/// What [`unmixed`] found.
#[derive(Clone, PartialEq, Eq)]
pub enum Unmixed {
    /// No word mixes scripts: nothing is changed.
    AsItWas,
    /// Put right.
    Mended(String),
    /// A word has letters that only Latin has and letters that only Cyrillic has: nobody but a person can say what
    /// was meant.
    Doubtful,
}

/// Says what was found and not in which words: they are names.
impl std::fmt::Debug for Unmixed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::AsItWas => "AsItWas",
            Self::Mended(_) => "Mended(…)",
            Self::Doubtful => "Doubtful",
        })
    }
}

/// Puts words right that mix Latin and Cyrillic letters which are drawn alike.
///
/// A word all of such Latin letters counts as Cyrillic in the company of Cyrillic words (`CEPIK Асан`); alone it stays
/// Latin, as do Roman numbers.
#[must_use]
pub fn unmixed(written: &str) -> Unmixed {
    let (mended, is_doubtful) = mended(written);
    if is_doubtful {
        Unmixed::Doubtful
    } else if mended.chars().eq(written.nfc()) {
        Unmixed::AsItWas
    } else {
        Unmixed::Mended(mended)
    }
}

/// Whether letters of both scripts stand in a text, be it in one word or in several.
#[must_use]
pub fn is_of_two_scripts(written: &str) -> bool {
    written.chars().any(is_latin) && written.chars().any(is_cyrillic)
}

/// Whether every letter of a text is a Latin one that is drawn like a Cyrillic one: `ABEHOB ACKAP`. Nobody but a person can say
/// which was meant.
#[must_use]
pub fn is_of_twins(written: &str) -> bool {
    let mut letters = written.chars().filter(|letter| letter.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|letter| is_twin(letter.to_ascii_uppercase()) || is_twin(letter))
}

/// The text in composed letters with each mixed word put right where it can be, and whether one could not.
pub(super) fn mended(written: &str) -> (String, bool) {
    let composed: String = written.nfc().collect();
    let has_cyrillic_company = composed.chars().any(is_cyrillic);
    let mut mended = String::with_capacity(composed.len());
    let mut is_doubtful = false;
    let mut rest = composed.as_str();
    while let Some(first) = rest.chars().next() {
        let is_of_word = first.is_alphanumeric();
        let end = rest
            .find(|letter: char| letter.is_alphanumeric() != is_of_word)
            .unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        let due = script_due(run, has_cyrillic_company);
        is_doubtful |= matches!(due, Some(Due::Nobody));
        mended.extend(run.chars().map(|letter| {
            let twin = match due {
                Some(Due::Cyrillic) => to_cyrillic(letter),
                Some(Due::Latin) => to_latin(letter),
                Some(Due::Nobody) | None => None,
            };
            twin.unwrap_or(letter)
        }));
        rest = behind;
    }
    (mended, is_doubtful)
}

enum Due {
    Cyrillic,
    Latin,
    Nobody,
}

/// Which script a word has to be put into; nothing if it is all of one.
fn script_due(word: &str, has_cyrillic_company: bool) -> Option<Due> {
    let any = |test: fn(char) -> bool| word.chars().any(test);
    let is_only_latin = |letter| is_latin(letter) && to_cyrillic(letter).is_none();
    let is_only_cyrillic = |letter| is_cyrillic(letter) && to_latin(letter).is_none();
    if !any(is_latin) {
        None
    } else if !any(is_cyrillic) {
        let is_roman = word.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
        let looks_cyrillic = word.chars().all(|letter| !is_latin(letter) || is_twin(letter));
        (has_cyrillic_company && looks_cyrillic && !is_roman).then_some(Due::Cyrillic)
    } else {
        Some(match (any(is_only_latin), any(is_only_cyrillic)) {
            (true, true) => Due::Nobody,
            (true, false) => Due::Latin,
            (false, _) => Due::Cyrillic,
        })
    }
}

pub(super) const fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{0400}'..='\u{0481}' | '\u{048a}'..='\u{052f}')
}

pub(super) fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || (matches!(letter, '\u{00c0}'..='\u{02af}' | '\u{1e00}'..='\u{1eff}') && letter.is_alphabetic())
}

fn is_twin(latin: char) -> bool {
    TWINS.iter().any(|&(twin, _)| twin == latin)
}

fn to_cyrillic(latin: char) -> Option<char> {
    let mut pairs = TWINS.iter().chain(&STAND_INS);
    pairs.find(|&&(twin, _)| twin == latin).map(|&(_, cyrillic)| cyrillic)
}

fn to_latin(cyrillic: char) -> Option<char> {
    TWINS.iter().find(|&&(_, twin)| twin == cyrillic).map(|&(latin, _)| latin)
}
