//! Who a person is by his papers. It stands in lists and applications alone, which TS and whoever sent them read.

use std::fmt;
use std::str::FromStr;

use crate::codes::coded;
use crate::ids::PersonId;
use crate::moment::Day;
use crate::words::{Name, Text};

coded! {
    /// What a copy was handed in of (001-§16, 19).
    pub enum IdDocumentKind {
        /// An identity card.
        IdentityCard = "identity_card",
        /// A passport.
        Passport = "passport",
    }
}

/// An identity document, by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdDocument {
    /// Which.
    pub kind: IdDocumentKind,
    /// Its number, as it is printed.
    pub number: Name,
}

/// Who a person is by his papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The engagement that begins with this.
    pub id: PersonId,
    /// As his identity document has it; not everybody has a patronymic.
    pub full_name: Name,
    /// ИИН/ЖСН. If left unset, it was not given: the text does not ask for it.
    pub iin: Option<Iin>,
    /// Born on. If left unset, it was not given.
    pub born: Option<Day>,
    /// The document of which a copy goes along. If left unset, it was not given.
    pub id_document: Option<IdDocument>,
    /// Where he lives (001-§15(3)), in words. If left unset, it was not given.
    pub residence: Option<Text>,
    /// The engagement of the same person that ended before, never this one. If left unset, there was none.
    pub before: Option<PersonId>,
}

/// An individual identification number (ИИН, ЖСН): twelve digits, the last of which checks the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iin([u8; 12]);

/// Why digits are no individual identification number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IinRefused {
    /// Not twelve digits.
    #[error("an individual identification number has twelve digits")]
    NotTwelveDigits,
    /// The last digit does not fit the others: one of them is mistyped.
    #[error("the check digit of the individual identification number does not fit")]
    CheckDigit,
}

impl Iin {
    const FIRST: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const SECOND: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    /// The twelve digits.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.iter().map(|digit| char::from(b'0' + digit)).collect()
    }

    /// The digit that the first eleven ask for; none if no number can begin with them.
    fn check_digit(digits: &[u8; 12]) -> Option<u32> {
        [Self::FIRST, Self::SECOND].into_iter().find_map(|weights| {
            let sum: u32 = digits
                .iter()
                .zip(weights)
                .map(|(digit, weight)| u32::from(*digit) * weight)
                .sum();
            Some(sum % 11).filter(|rest| *rest < 10)
        })
    }
}

impl FromStr for Iin {
    type Err = IinRefused;

    fn from_str(written: &str) -> Result<Self, IinRefused> {
        let digits: Vec<u8> = written
            .chars()
            .map(|letter| letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()
            .ok_or(IinRefused::NotTwelveDigits)?;
        let digits: [u8; 12] = digits.try_into().map_err(|_| IinRefused::NotTwelveDigits)?;
        let [.., last] = digits;
        if Self::check_digit(&digits) == Some(u32::from(last)) {
            Ok(Self(digits))
        } else {
            Err(IinRefused::CheckDigit)
        }
    }
}

/// Prints nothing of it: it names a person.
impl fmt::Debug for Iin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iin(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_whose_digits_check_each_other_is_taken_and_a_mistyped_one_refused() {
        // The second weights are asked when the first leave ten.
        for good in ["900101300017", "040310550013"] {
            let digits: Vec<u8> = good.bytes().map(|byte| byte - b'0').collect();
            let due = Iin::check_digit(&digits.try_into().unwrap());
            let good = format!("{}{}", &good[..11], due.unwrap());
            let iin: Iin = good.parse().unwrap();
            assert_eq!(iin.digits(), good);
            // The eleventh digit weighs eleven of eleven in the first pass: nothing but its owner checks it.
            for at in (0..10).chain([11]) {
                let mut wrong = good.clone().into_bytes();
                wrong[at] = b'0' + (wrong[at] - b'0' + 1) % 10;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(wrong.parse::<Iin>(), Err(IinRefused::CheckDigit), "digit {at}");
            }
        }
        assert_eq!("12345".parse::<Iin>(), Err(IinRefused::NotTwelveDigits));
        assert_eq!("90010130001а".parse::<Iin>(), Err(IinRefused::NotTwelveDigits));
    }

    #[test]
    fn it_prints_nothing_of_itself() {
        let digits: [u8; 12] = [9, 0, 0, 1, 0, 1, 3, 0, 0, 0, 1, 0];
        assert_eq!(format!("{:?}", Iin(digits)), "Iin(…)");
    }
}
