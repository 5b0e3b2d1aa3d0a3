//! What people type for one another is made alike: for searching, and for asking whether two names are one.
//!
//! Promises one plain Cyrillic form of a name, whichever keyboard it was typed on. Nobody is shown it. Two names of one
//! form may be two people's: the form finds and asks, it does not decide.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::scripts::{is_cyrillic, is_latin, mended};

/// What ө is written as where there is no ө: Russian spelling, and with it many passports, has У (`Утегенов`, `Utegenov`), most
/// have О.
#[derive(Clone, Copy)]
enum Rounded {
    O,
    U,
}

/// The plain form of a text, in words with one blank between them.
///
/// - Case, accents, apostrophes and what cannot be seen are left out; every other sign parts words.
/// - ә ғ қ ң ө ұ ү һ become the Russian letters that stand for them where there is no Kazakh keyboard; ё and э become е.
/// - і, ы and й become и: Russian spelling writes them for one another, and Latin ones have `i` and `y` for all three
///   (`Ybyrai`). ю and я become their two sounds, ц and щ too; ь and ъ fall away.
/// - Latin words are spelled in Cyrillic, as passports and keyboards without Cyrillic spell them: `Zhunisbekov`.
/// - A doubled letter is one: `Ғабдуллин`, `Gabdulin`.
#[must_use]
pub fn folded(written: &str) -> String {
    folded_with(written, Rounded::O)
}

/// What a text is found by: its plain form, and behind it the other spelling of each word that has two, as `Өтегенов` has. A name
/// that was recorded as `Утегенов` has one: nobody can say that it was an Ө.
#[must_use]
pub fn searchable(written: &str) -> String {
    let (plain, other) = (folded(written), folded_with(written, Rounded::U));
    let others = plain.split(' ').zip(other.split(' ')).filter(|(plain, other)| plain != other);
    others.fold(plain.clone(), |all, (_, other)| all + " " + other)
}

/// Whether somebody who typed this may have meant exactly this name: the same plain form, in either spelling of ө.
#[must_use]
pub fn is_called(name: &str, typed: &str) -> bool {
    let typed = folded(typed);
    [Rounded::O, Rounded::U]
        .map(|rounded| folded_with(name, rounded))
        .contains(&typed)
}

fn folded_with(written: &str, rounded: Rounded) -> String {
    let (mended, _) = mended(written);
    let lower = mended.to_lowercase();
    let plain = lower.chars().flat_map(without_accent);
    let plain: Vec<char> = plain.map(|letter| rounded.letter(letter)).collect();
    let mut folded = String::with_capacity(lower.len());
    let mut rest = plain.as_slice();
    while let Some((&letter, behind)) = rest.split_first() {
        rest = behind;
        if is_latin(letter) {
            let (sounds, taken) = cyrillic_of(letter, behind.first().copied());
            rest = behind.get(taken..).unwrap_or_default();
            push(&mut folded, sounds, letter);
        } else if is_cyrillic(letter) {
            push(&mut folded, plain_of(letter), letter);
        } else if letter.is_alphanumeric() {
            folded.push(letter);
        } else if !is_unseen(letter) && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

impl Rounded {
    /// Any letter, with ө, or the letter that Latin alphabets have for it, written so.
    const fn letter(self, letter: char) -> char {
        match (letter, self) {
            ('ө' | 'ɵ' | 'ø' | 'ö', Self::O) => 'о',
            ('ө' | 'ɵ' | 'ø' | 'ö', Self::U) => 'у',
            _ => letter,
        }
    }
}

/// Adds the sounds of a letter, or itself if no name here has it; a doubled letter is one.
fn push(folded: &mut String, sounds: &str, letter: char) {
    let itself = (sounds.is_empty() && !is_unseen(letter)).then_some(letter);
    for sound in sounds.chars().chain(itself) {
        if !folded.ends_with(sound) {
            folded.push(sound);
        }
    }
}

/// A Latin letter without its accents, but for those that make another sound of it; й and ё are letters of their own.
fn without_accent(letter: char) -> impl Iterator<Item = char> {
    let kept = !is_latin(letter) || matches!(letter, 'ş' | 'š' | 'ç' | 'č' | 'ž' | 'ö' | 'ø');
    let whole = kept.then_some(letter).into_iter();
    let parts = (!kept).then_some(letter).into_iter().nfd();
    whole.chain(parts).filter(|&part| !is_combining_mark(part))
}

/// Apostrophes, the two signs that have no sound, and what has no width.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | 'ь' | 'ъ' | '\u{00ad}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// The plain letters of a Cyrillic one; nothing for the two signs and for letters that no name here has.
const fn plain_of(letter: char) -> &'static str {
    match letter {
        'а' | 'ә' => "а",
        'б' => "б",
        'в' => "в",
        'г' | 'ғ' | 'ґ' => "г",
        'д' => "д",
        'е' | 'ё' | 'э' | 'є' => "е",
        'ж' => "ж",
        'з' => "з",
        'и' | 'й' | 'і' | 'ї' | 'ы' => "и",
        'к' | 'қ' => "к",
        'л' => "л",
        'м' => "м",
        'н' | 'ң' => "н",
        'о' => "о",
        'п' => "п",
        'р' => "р",
        'с' => "с",
        'т' => "т",
        'у' | 'ұ' | 'ү' | 'ў' => "у",
        'ф' => "ф",
        'х' | 'һ' => "х",
        'ц' => "тс",
        'ч' => "ч",
        'ш' => "ш",
        'щ' => "шч",
        'ю' => "иу",
        'я' => "иа",
        _ => "",
    }
}

/// The plain Cyrillic letters of a Latin one, and how many letters behind it are part of it.
fn cyrillic_of(letter: char, next: Option<char>) -> (&'static str, usize) {
    let pair = match (letter, next) {
        ('s', Some('h')) => "ш",
        ('z', Some('h')) => "ж",
        ('k', Some('h')) => "х",
        ('g', Some('h')) => "г",
        ('c', Some('h')) => "ч",
        ('y', Some('e' | 'o')) => "е",
        _ => "",
    };
    if pair.is_empty() { (sound_of(letter), 0) } else { (pair, 1) }
}

fn sound_of(letter: char) -> &'static str {
    match letter {
        'a' | 'ə' | 'æ' => "а",
        'b' => "б",
        'c' | 'k' | 'q' => "к",
        'd' => "д",
        'e' => "е",
        'f' => "ф",
        'g' | 'ɣ' => "г",
        'h' => "х",
        'i' | 'y' | 'ı' => "и",
        'j' | 'ž' => "ж",
        'l' => "л",
        'm' => "м",
        'n' | 'ŋ' => "н",
        'o' => "о",
        'p' => "п",
        'r' => "р",
        's' | 'ß' => "с",
        't' => "т",
        'u' | 'w' => "у",
        'v' => "в",
        'x' => "кс",
        'z' => "з",
        'ş' | 'š' => "ш",
        'ç' | 'č' => "ч",
        _ => "",
    }
}

/// What somebody typed to find names by: each word in its one spelling or two.
#[derive(Clone, PartialEq, Eq)]
pub struct Query(Vec<Vec<String>>);

impl Query {
    /// The words that were typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let (plain, other) = (folded(typed), folded_with(typed, Rounded::U));
        let words = plain.split(' ').zip(other.split(' ')).filter(|(word, _)| !word.is_empty());
        let spellings = words.map(|(plain, other)| {
            let other = (plain != other).then_some(other);
            [plain].into_iter().chain(other).map(str::to_owned).collect()
        });
        Self(spellings.collect())
    }

    /// Its words, folded, each in its spellings: for an index of the words of [`searchable`] texts, which is asked for what
    /// begins so.
    #[must_use]
    pub fn words(&self) -> &[Vec<String>] {
        &self.0
    }

    /// Whether each of its words begins a word of a text that was made [`searchable`], in any order; no words find everything.
    #[must_use]
    pub fn finds(&self, searchable_text: &str) -> bool {
        let begins = |typed: &String| searchable_text.split(' ').any(|word| word.starts_with(typed));
        self.0.iter().all(|spellings| spellings.iter().any(begins))
    }
}

/// Says how many words, and not which: they are names.
impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Query({} words)", self.0.len())
    }
}
