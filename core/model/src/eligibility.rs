//! Whether a person may go on patrol: one function, with its reasons and their paragraphs.
//!
//! Promises that consoles of the TS and of the SS which hold the same statements say the same, in whatever order these came:
//! it asks nothing but rosters, registrations, certificates, training, circumstances and strike-offs, which both read. Phones
//! do not compute it; they show what the SS's signed card says, and of which day.
//!
//! Refuses an override: there is no argument that turns a *no* into a *yes* (K-4).

use crate::codes::coded;
use crate::law::Paragraph;
use crate::moment::Day;
use crate::records::{CertificateRecord, PersonRecord};

coded! {
    /// Why somebody may not go on patrol, in the order in which it is said.
    pub enum Ineligible {
        /// He was struck off.
        StruckOff = "struck_off",
        /// A circumstance excludes him.
        Circumstance = "circumstance",
        /// He is not registered.
        NotRegistered = "not_registered",
        /// He is off the roster of every squad.
        OffRoster = "off_roster",
        /// He has no certificate to show.
        NoCertificate = "no_certificate",
        /// No legal training is recorded.
        NotTrained = "not_trained",
    }
}

impl Ineligible {
    /// What it rests on.
    #[must_use]
    pub const fn paragraphs(self) -> &'static [Paragraph] {
        match self {
            Self::StruckOff => &[Paragraph::P22A],
            Self::Circumstance => &[Paragraph::P15],
            Self::NotRegistered => &[Paragraph::P18, Paragraph::P19B],
            Self::OffRoster => &[Paragraph::P19C],
            Self::NoCertificate => &[Paragraph::P12_2, Paragraph::P20],
            Self::NotTrained => &[Paragraph::P11],
        }
    }
}

/// Whether somebody may go on patrol on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    /// Of which day this is so.
    pub on: Day,
    /// Why not; if empty, he may.
    pub reasons: Vec<Ineligible>,
}

impl Eligibility {
    /// Whether he may.
    #[must_use]
    pub const fn is_eligible(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// Whether this person may go on patrol on this day: registered (001-§18, 19), with a certificate to show (001-§12(2), 20),
/// trained (001-§11), and neither struck off (001-§22) nor under a circumstance of 001-§15.
///
/// What names a later day does not count yet. A non-staff employee stands on no roster, so he cannot be off one.
#[must_use]
pub fn eligibility(record: &PersonRecord, on: Day) -> Eligibility {
    let is_registered = record.registrations.iter().any(|said| said.what.day <= on);
    let is_certified = record
        .certificates
        .iter()
        .any(|certificate| certificate.issued.what.day <= on && has_print(certificate, on));
    let is_trained = record.training.iter().any(|said| said.what.day <= on);
    let is_off_roster = !record.rosters.is_empty() && record.squads().next().is_none();
    let holds = [
        (Ineligible::StruckOff, record.strike_offs.iter().any(|said| said.what.day <= on)),
        (Ineligible::Circumstance, record.circumstances.iter().any(|said| said.what.day <= on)),
        (Ineligible::NotRegistered, !is_registered),
        (Ineligible::OffRoster, is_off_roster),
        (Ineligible::NoCertificate, !is_certified),
        (Ineligible::NotTrained, !is_trained),
    ];
    let reasons = holds.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason);
    Eligibility { on, reasons: reasons.collect() }
}

/// Whether a print that was made by then was not known to be lost then. A strike-off is a reason of its own.
fn has_print(certificate: &CertificateRecord, on: Day) -> bool {
    let made = certificate.reprints.iter().filter(|reprint| reprint.what.day <= on);
    let newest = made.map(|reprint| reprint.what.print).max().unwrap_or(1);
    !certificate
        .lost
        .iter()
        .any(|lost| lost.what.print == newest && lost.what.day <= on)
}

#[cfg(test)]
mod tests;
