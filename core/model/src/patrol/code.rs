//! The code that a head shows so that other phones record into his patrol before anything was exchanged.
//!
//! ```text
//! "jasaq-patrol:" then hexadecimal of
//! version                1
//! patrol                16
//! mark of the squad      8    a hash of its id: another squad's phone is told that it is not its patrol
//! checksum               4
//! ```
//!
//! Promises that it tells nothing: no name, no place, no time, and no secret. Who holds it without a phone of the squad can do
//! nothing with it.

use sha2::{Digest as _, Sha256};

use crate::codes::coded;
use crate::ids::{PatrolId, SquadId, hexadecimal, read_hexadecimal};

const PREFIX: &str = "jasaq-patrol:";
const VERSION: u8 = 1;
const BYTES: usize = 29;
/// Of a text that is longer nothing is looked at; what a camera or a finger puts between digits has room.
const CHARACTERS_MAX: usize = 300;

coded! {
    /// Why a text is not the code of a patrol.
    pub enum PatrolCodeRefused {
        /// Not the form of one.
        Form = "form",
        /// The form of one, but mistyped or cut.
        Damaged = "damaged",
        /// Of a newer program.
        Newer = "newer",
    }
}

/// Which patrol to record into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatrolCode {
    /// The patrol.
    pub patrol: PatrolId,
    squad: [u8; 8],
}

impl PatrolCode {
    /// The code of a squad's patrol.
    #[must_use]
    pub fn of(patrol: PatrolId, squad: SquadId) -> Self {
        Self { patrol, squad: mark(squad) }
    }

    /// Whether it is of this squad.
    #[must_use]
    pub fn is_of(&self, squad: SquadId) -> bool {
        self.squad == mark(squad)
    }

    /// The code as text.
    #[must_use]
    pub fn to_text(self) -> String {
        let body = [&[VERSION], self.patrol.as_bytes().as_slice(), &self.squad].concat();
        format!("{PREFIX}{}", hexadecimal(&[body.as_slice(), &checksum(&body)].concat()))
    }

    /// Reads a code; spaces, hyphens, line breaks and the size of letters do not matter.
    pub fn from_text(text: &str) -> Result<Self, PatrolCodeRefused> {
        let text = text.trim();
        let (start, digits) = text.split_at_checked(PREFIX.len()).ok_or(PatrolCodeRefused::Form)?;
        if !start.eq_ignore_ascii_case(PREFIX) || text.len() > CHARACTERS_MAX {
            return Err(PatrolCodeRefused::Form);
        }
        let written = digits.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
        let written: String = written.map(|letter| letter.to_ascii_lowercase()).collect();
        let version = written.get(..2).and_then(|digits| read_hexadecimal(digits).ok());
        if version.is_some_and(|[version]: [u8; 1]| version > VERSION) {
            return Err(PatrolCodeRefused::Newer);
        }
        let bytes: [u8; BYTES] = read_hexadecimal(&written).map_err(|_| PatrolCodeRefused::Damaged)?;
        Self::from_bytes(&bytes).ok_or(PatrolCodeRefused::Damaged)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<4>()?;
        let (version, ids) = body.split_first()?;
        let (patrol, squad) = ids.split_last_chunk::<8>()?;
        let is_whole = *version == VERSION && *sum == checksum(body);
        let patrol = PatrolId::from_slice(patrol).ok().filter(|_| is_whole)?;
        Some(Self { patrol, squad: *squad })
    }
}

fn mark(squad: SquadId) -> [u8; 8] {
    first_bytes(b"jasaq 1 patrol code squad", squad.as_bytes())
}

fn checksum(body: &[u8]) -> [u8; 4] {
    first_bytes(b"jasaq 1 patrol code checksum", body)
}

/// The first bytes of a hash, of what is hashed for one purpose.
fn first_bytes<const N: usize>(purpose: &[u8], bytes: &[u8]) -> [u8; N] {
    let hash: [u8; 32] = Sha256::new().chain_update(purpose).chain_update(bytes).finalize().into();
    std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_is_read_as_it_was_shown_or_typed_and_no_other_digit_passes(
            patrol in any::<[u8; 16]>(), squad in any::<[u8; 16]>(), at in 0..58_usize, other in 1..16_u32,
        ) {
            let (patrol, squad) = (PatrolId::from_bytes(patrol), SquadId::from_bytes(squad));
            let code = PatrolCode::of(patrol, squad);
            let text = code.to_text();
            prop_assert_eq!(PatrolCode::from_text(&text), Ok(code));
            prop_assert!(code.is_of(squad));
            let typed = format!(" {} {}-{}\n", &text[..20], &text[20..30], text[30..].to_uppercase());
            prop_assert_eq!(PatrolCode::from_text(&typed), Ok(code));

            let digit = PREFIX.len() + at;
            let was = text[digit..=digit].chars().next().and_then(|letter| letter.to_digit(16)).unwrap_or_default();
            let put = char::from_digit((was + other) % 16, 16).unwrap_or_default();
            let damaged = format!("{}{put}{}", &text[..digit], &text[digit + 1..]);
            prop_assert!(PatrolCode::from_text(&damaged).is_err());
        }

        #[test]
        fn any_text_is_read_or_refused(text in "(jasaq-patrol:)?\\PC{0,80}") {
            prop_assert!(PatrolCode::from_text(&text).is_err());
        }
    }

    #[test]
    fn what_is_no_code_of_a_patrol_is_told_from_one_that_is_cut_and_from_a_newer_one() {
        let text = PatrolCode::of(PatrolId::from_bytes([7; 16]), SquadId::from_bytes([9; 16])).to_text();
        assert_eq!(PatrolCode::from_text("jasaq-meet:00abc"), Err(PatrolCodeRefused::Form));
        assert_eq!(PatrolCode::from_text("Сарысу"), Err(PatrolCodeRefused::Form));
        assert_eq!(PatrolCode::from_text(&text[..text.len() - 1]), Err(PatrolCodeRefused::Damaged));
        assert_eq!(PatrolCode::from_text(&text[..text.len() - 2]), Err(PatrolCodeRefused::Damaged));
        assert_eq!(PatrolCode::from_text(&text.replace(":01", ":02")), Err(PatrolCodeRefused::Newer));
        assert_eq!(PatrolCode::from_text(&text.replace(":01", ":00")), Err(PatrolCodeRefused::Damaged));
    }
}
