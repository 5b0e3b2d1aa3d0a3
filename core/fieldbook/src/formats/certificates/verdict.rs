//! What a certificate's code and a trust list say together.
//!
//! ```text
//! of another territory                                   other_territory
//! signed with a key that no evidence shows               strange_key
//! signature does not fit                                 forged
//! number or print not in the list                        unknown; with a removed console's key: strange_key
//! that print of the number says something else           not_as_registered; of an earlier print made with two words: reprinted
//! holder struck off                                      struck_off
//! the same number issued twice, or the last print made twice   contested
//! a later print exists                                   reprinted
//! reported lost                                          lost
//! otherwise                                              registered
//! ```
//!
//! No verdict makes a screen or a code the certificate: only the paper is, and only together with an identity document
//! (annexes 1 and 2 of source 001).

use std::num::NonZeroU8;

use jasaq_model::moment::{Moment, UtcTime};

use super::claims::CertificateClaims;
use super::cose::{Signed, Subject};
use super::qr_text::{CertificateUnread, message_of, read_message};
use super::trust_list::{RowStatus, TrustList, TrustRow};

/// What is to be thought of a certificate's code. Closed: nothing else comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Just this print of just this certificate stands in the register.
    Registered,
    /// An earlier print was shown.
    Reprinted {
        /// The number of the last one.
        last: NonZeroU8,
    },
    /// Its holder was struck off.
    StruckOff,
    /// It was reported lost or damaged.
    Lost,
    /// Two certificates bear the number; the register has to settle which stands.
    Contested,
    /// The list does not know the number, or this print of it.
    Unknown,
    /// A console's key signed it, and the register says something else of this print: a letter of the name, another holder.
    NotAsRegistered,
    /// The signature does not fit what is said: altered, or made up.
    Forged,
    /// Of another territory than the list.
    OtherTerritory,
    /// Signed with a key that is none of the territorial subdivision's, or that it removed before it signed this.
    StrangeKey,
}

impl Verdict {
    /// For programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Reprinted { .. } => "reprinted",
            Self::StruckOff => "struck_off",
            Self::Lost => "lost",
            Self::Contested => "contested",
            Self::Unknown => "unknown",
            Self::NotAsRegistered => "not_as_registered",
            Self::Forged => "forged",
            Self::OtherTerritory => "other_territory",
            Self::StrangeKey => "strange_key",
        }
    }
}

/// A verdict, and how much it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The verdict.
    pub verdict: Verdict,
    /// What the code says. Nobody vouches for it unless a console's signature fits: then it is there, else not.
    pub claims: Option<CertificateClaims>,
    /// When the list was made, by the clock of the console that made it.
    pub list_made_at: Moment,
    /// How many whole days ago that was. None if it lies ahead: this clock or that one is wrong.
    pub list_age_days: Option<u32>,
    /// Whether the code says that it was issued after the day of the list, which then cannot know it.
    pub is_list_older: bool,
}

/// Checks a certificate's code against a list, without anything else.
pub fn verify_certificate(
    text: &str,
    list: &TrustList,
    now: UtcTime,
) -> Result<Verification, CertificateUnread> {
    let message = message_of(text)?;
    let (signed, claims) = read_message(&message)?;
    let made_at = list.made_at();
    let (verdict, is_signed) = judge(&signed, &claims, list);
    // What nobody signed, or somebody elsewhere, says nothing about this list; a console may be newer than it.
    let is_about_this_list = is_signed || verdict == Verdict::StrangeKey;
    let is_list_older = is_about_this_list && claims.issued_on > made_at.day();
    Ok(Verification {
        verdict,
        claims: is_signed.then_some(claims),
        list_made_at: made_at,
        list_age_days: whole_days(made_at.time(), now),
        is_list_older,
    })
}

/// The verdict, and whether a console's signature fits.
fn judge(signed: &Signed<'_>, claims: &CertificateClaims, list: &TrustList) -> (Verdict, bool) {
    if claims.territory != list.territory() {
        return (Verdict::OtherTerritory, false);
    }
    let mut named = list.consoles_named(signed.key_id).peekable();
    if named.peek().is_none() {
        return (Verdict::StrangeKey, false);
    }
    let Some(signer) = named.find(|console| signed.is_by(&console.key, Subject::Certificate)) else {
        return (Verdict::Forged, false);
    };
    match judge_rows(claims, list.rows_of(&claims.number)) {
        // What a removed console signed stands if the register has it: only a row can say that it was signed before.
        Verdict::Unknown if signer.is_removed => (Verdict::StrangeKey, true),
        verdict => (verdict, true),
    }
}

fn judge_rows(claims: &CertificateClaims, rows: &[TrustRow]) -> Verdict {
    let hash = Some(claims.hash());
    let print_of = |row: &TrustRow| row.prints.get(usize::from(claims.print.get()) - 1).copied();
    // Of a print that was made with two words no row holds what it says. That a later one exists is true of both.
    let is_wordless =
        |row: &&TrustRow| print_of(row) == Some(None) && usize::from(claims.print.get()) < row.prints.len();
    let found = rows.iter().find(|row| print_of(row) == Some(hash));
    let Some(row) = found.or_else(|| rows.iter().find(is_wordless)) else {
        let is_known = rows.iter().any(|row| print_of(row).is_some());
        return if is_known { Verdict::NotAsRegistered } else { Verdict::Unknown };
    };
    let last = u8::try_from(row.prints.len()).ok().and_then(NonZeroU8::new);
    match (row.status, last) {
        (RowStatus::StruckOff, _) => Verdict::StruckOff,
        _ if rows.len() > 1 => Verdict::Contested,
        (_, Some(last)) if last > claims.print => Verdict::Reprinted { last },
        (RowStatus::Lost, _) => Verdict::Lost,
        (RowStatus::Issued, _) => Verdict::Registered,
    }
}

fn whole_days(from: UtcTime, until: UtcTime) -> Option<u32> {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    let elapsed_ms = until.unix_ms() - from.unix_ms();
    u32::try_from(elapsed_ms.div_euclid(DAY_MS)).ok()
}
