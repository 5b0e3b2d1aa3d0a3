//! Certificates of annexes 1 and 2 (001-§18, 20, 21).
//!
//! A certificate has no term (R18): none is written on the form, and none can be said here.

use std::fmt;
use std::str::FromStr;

use crate::codes::coded;
use crate::ids::PersonId;
use crate::limits::CERTIFICATE_NUMBER_BYTES_MAX;
use crate::moment::Day;
use crate::words::{Name, WordsRefused};

coded! {
    /// Which form it has.
    pub enum CertificateKind {
        /// Annex 1.
        NonStaffEmployee = "non_staff_employee",
        /// Annex 2.
        SquadMember = "squad_member",
    }
}

/// The number of a certificate: unique in its territory (001-§21), as the territorial subdivision writes it.
///
/// Numbers that look alike are the same: `0117`, ` 0117` and `№ 0117` are one, and so are `ТС–5` in Cyrillic letters and
/// `tc-5` in Latin ones. There is one writing of each, whichever keyboard it came from: capitals, and letters that both
/// alphabets have are Cyrillic beside a letter that only Cyrillic has, otherwise Latin. Which letters there are is written
/// here and not left to a version of Unicode.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNumber(String);

/// Why something is no number of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberRefused {
    /// Words that cannot be.
    #[error(transparent)]
    Words(#[from] WordsRefused),
    /// Not a digit in it, or something that is no Kazakh, Russian or Latin letter, digit, dash, slash or dot.
    #[error(
        "a certificate's number has digits, and beside them Kazakh, Russian or Latin letters, dashes, slashes and dots alone"
    )]
    NotANumber,
}

impl CertificateNumber {
    /// As it is printed behind `№`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether two numbers would be taken for one another on paper: but for zeros in front, and a letter O beside a nought.
    #[must_use]
    pub fn reads_as(&self, other: &Self) -> bool {
        let read = |number: &Self| {
            let noughts = number.0.replace(['O', 'О'], "0");
            noughts.trim_start_matches('0').to_owned()
        };
        read(self) == read(other)
    }

    /// The next number of the same writing: `0117` before `0118`. None if it does not end in digits, or all of them are nines.
    #[must_use]
    pub fn next(&self) -> Option<Self> {
        let head = self.0.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let digits = self.0.strip_prefix(head).filter(|digits| !digits.is_empty())?;
        let number: u64 = digits.parse().ok()?;
        let written = format!("{head}{:0width$}", number.checked_add(1)?, width = digits.len());
        (written.len() == self.0.len()).then_some(Self(written))
    }
}

impl FromStr for CertificateNumber {
    type Err = NumberRefused;

    fn from_str(written: &str) -> Result<Self, NumberRefused> {
        let written = written.trim().trim_start_matches('№').trim();
        if written.is_empty() {
            return Err(WordsRefused::Blank.into());
        }
        let written = canonical(written).ok_or(NumberRefused::NotANumber)?;
        if written.len() > CERTIFICATE_NUMBER_BYTES_MAX {
            let bytes_max = CERTIFICATE_NUMBER_BYTES_MAX;
            return Err(WordsRefused::TooLong { bytes_max, bytes: written.len() }.into());
        }
        Ok(Self(written))
    }
}

/// The Cyrillic capitals that look like Latin ones, with these.
const DOUBLES: [(char, char); 13] = [
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('І', 'I'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Ү', 'Y'),
    ('Х', 'X'),
];

/// The Kazakh and Russian capitals that look like no Latin one.
const CYRILLIC_ALONE: &str = "БГДЁЖЗИЙЛПУФЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҺ";

/// The one writing of a number; none if something stands in it that no number has, or no digit.
fn canonical(written: &str) -> Option<String> {
    let letters: Vec<char> = written.chars().map(capital).collect();
    let is_cyrillic = letters.iter().any(|letter| CYRILLIC_ALONE.contains(*letter));
    let one_way = |letter: &char| {
        let double = DOUBLES.iter().find(|(cyrillic, latin)| letter == cyrillic || letter == latin);
        match double {
            Some((cyrillic, _)) if is_cyrillic => Some(*cyrillic),
            Some((_, latin)) => Some(*latin),
            None => Some(*letter).filter(|letter| {
                letter.is_ascii_digit()
                    || letter.is_ascii_uppercase()
                    || matches!(letter, '-' | '/' | '.')
                    || CYRILLIC_ALONE.contains(*letter)
            }),
        }
    };
    let letters: String = letters.iter().map(one_way).collect::<Option<_>>()?;
    letters.contains(|letter: char| letter.is_ascii_digit()).then_some(letters)
}

/// The capital of a letter, and the plain dash of those that keyboards and word processors put in its place.
fn capital(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (letter, capitals.next(), capitals.next()) {
        ('\u{2010}'..='\u{2014}' | '\u{2212}', ..) => '-',
        (_, Some(capital), None) => capital,
        _ => letter,
    }
}

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateNumber(…)")
    }
}

impl serde::Serialize for CertificateNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Who signs a certificate: the head of the territorial subdivision (001-§21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Position, as it is printed.
    pub position: Name,
    /// Military rank.
    pub rank: Name,
    /// Surname, given name, patronymic.
    pub full_name: Name,
}

/// A certificate was issued (001-§18, 20, 21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// To whom.
    pub person: PersonId,
    /// In which form.
    pub kind: CertificateKind,
    /// Under which number.
    pub number: CertificateNumber,
    /// The holder's name as it is printed on it.
    pub full_name: Name,
    /// The territorial subdivision's name as it is printed on it.
    pub subdivision: Name,
    /// When it was issued.
    pub day: Day,
    /// Who signs it.
    pub signer: Signer,
}

/// A certificate is lost: what is shown under its number is not it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateLost {
    /// Whose.
    pub person: PersonId,
    /// Its number.
    pub number: CertificateNumber,
    /// Which print of it: 1 for the first; none has 0.
    pub print: u16,
    /// When that became known.
    pub day: Day,
}

coded! {
    /// Why a certificate is printed anew.
    pub enum ReprintCause {
        /// The one before is lost.
        Lost = "lost",
        /// The one before is damaged.
        Damaged = "damaged",
        /// What is printed on it changed or was wrong.
        Changed = "changed",
    }
}

/// A certificate was printed anew under its number: the prints before no longer count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateReprinted {
    /// Whose.
    pub person: PersonId,
    /// Its number.
    pub number: CertificateNumber,
    /// Which print this is, from 2 on: 2 for the first reprint.
    pub print: u16,
    /// Why.
    pub cause: ReprintCause,
    /// The holder's name as it is printed now.
    pub full_name: Name,
    /// When.
    pub day: Day,
    /// Who signs it.
    pub signer: Signer,
}

/// A number was given, by whichever certificate: so that it is not given again after its holder was erased with all his
/// certificates, whose papers may exist (001-§21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberGiven {
    /// Which.
    pub number: CertificateNumber,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(written: &str) -> CertificateNumber {
        written.parse().unwrap()
    }

    #[test]
    fn numbers_that_are_written_alike_are_one() {
        assert_eq!(number("0117"), number(" № 0117 "));
        assert_eq!(number("жс-12/а"), number("ЖС-12/А"));
        assert_ne!(number("117"), number("0117"), "a leading zero is printed, and so it counts");
    }

    #[test]
    fn numbers_that_would_be_taken_for_one_another_read_alike() {
        for (one, other) in [("0117", "117"), ("O119", "0119"), ("А-0о7", "A-007"), ("0117", "0117")] {
            assert!(number(one).reads_as(&number(other)), "{one} and {other}");
        }
        for (one, other) in [("0117", "1170"), ("A-1", "1"), ("117", "118")] {
            assert!(!number(one).reads_as(&number(other)), "{one} and {other}");
        }
    }

    #[test]
    fn numbers_that_look_alike_are_one_whichever_keyboard_they_came_from() {
        let (cyrillic, latin) = ("ТС-5", "TC-5");
        assert_ne!(cyrillic, latin, "otherwise nothing is proved");
        assert_eq!(number(cyrillic), number(latin));
        assert_eq!(number("TC–5").as_str(), "TC-5", "a word processor's dash");
        assert_eq!(number("ЖC-5").as_str(), "ЖС-5", "Latin C beside a letter that only Cyrillic has");
        assert_eq!(number("КZ-5").as_str(), "KZ-5", "Cyrillic К beside a letter that only Latin has");
        for (cyrillic, latin) in DOUBLES {
            assert_eq!(number(&format!("{cyrillic}1")), number(&format!("{latin}1")));
        }
    }

    #[test]
    fn a_number_written_once_is_read_back_to_the_letter() {
        for written in ["ᾳ1", "ŉ1", "ß1", "١٢", "1\u{301}", "ı1", "\u{212a}1"] {
            let read = written.parse::<CertificateNumber>();
            assert!(read.is_err() || read.unwrap().as_str() == "I1", "{written}");
        }
        let wide = format!("{}Ж1", "A".repeat(CERTIFICATE_NUMBER_BYTES_MAX - 3));
        assert!(wide.parse::<CertificateNumber>().is_err(), "as it is recorded, it is too long");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!("ЖС".parse::<CertificateNumber>(), Err(NumberRefused::NotANumber));
        assert_eq!("12 13".parse::<CertificateNumber>(), Err(NumberRefused::NotANumber));
        assert_eq!("№".parse::<CertificateNumber>(), Err(NumberRefused::Words(WordsRefused::Blank)));
        assert!(
            "1".repeat(CERTIFICATE_NUMBER_BYTES_MAX + 1)
                .parse::<CertificateNumber>()
                .is_err()
        );
    }

    #[test]
    fn the_next_number_is_written_like_the_one_before() {
        assert_eq!(number("0117").next(), Some(number("0118")));
        assert_eq!(number("ЖС-0999").next(), Some(number("ЖС-1000")));
        assert_eq!(number("99").next(), None, "whoever numbers with two digits has to say what comes then");
        assert_eq!(number("7-А").next(), None);
    }
}
