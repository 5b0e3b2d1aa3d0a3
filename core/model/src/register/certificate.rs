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
/// Numbers that are written alike are the same: `0117`, ` 0117` and `№ 0117` are one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNumber(String);

/// Why something is no number of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberRefused {
    /// Words that cannot be.
    #[error(transparent)]
    Words(#[from] WordsRefused),
    /// Not a digit in it, or something that is no letter, digit, dash, slash or dot.
    #[error("a certificate's number has digits, and beside them letters, dashes, slashes and dots alone")]
    NotANumber,
}

impl CertificateNumber {
    /// As it is printed behind `№`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
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
        if written.len() > CERTIFICATE_NUMBER_BYTES_MAX {
            let bytes_max = CERTIFICATE_NUMBER_BYTES_MAX;
            return Err(WordsRefused::TooLong { bytes_max, bytes: written.len() }.into());
        }
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '/' | '.');
        if written.chars().all(fits) && written.chars().any(|letter| letter.is_ascii_digit()) {
            Ok(Self(written.to_uppercase()))
        } else {
            Err(NumberRefused::NotANumber)
        }
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
    /// Which print of it: 1 for the first.
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
    /// Which print this is: 2 for the first reprint.
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
