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
/// What names a later day does not count yet, but for a strike-off: nobody records a day to come, so that such a day is a wrong
/// clock's, and the engagement is over whatever it says. A non-staff employee stands on no roster, so he cannot be off one;
/// and of who is registered no roster ends anything: a strike-off alone does.
#[must_use]
pub fn eligibility(record: &PersonRecord, on: Day) -> Eligibility {
    let is_registered = record.registrations.iter().any(|said| said.what.day <= on);
    let is_certified = record
        .certificates
        .iter()
        .any(|certificate| certificate.issued.what.day <= on && has_print(certificate, on));
    let is_trained = record.training.iter().any(|said| said.what.day <= on);
    let holds = [
        (Ineligible::StruckOff, !record.strike_offs.is_empty()),
        (Ineligible::Circumstance, record.circumstances.iter().any(|said| said.what.day <= on)),
        (Ineligible::NotRegistered, !is_registered),
        (Ineligible::OffRoster, record.ends_with_roster()),
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

/// The same for every day at once, for whoever keeps an answer beyond the day on which it was asked for: the day passes, and
/// what was kept still tells who may go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook(Vec<(u32, u8)>);

impl Outlook {
    /// Of this engagement.
    #[must_use]
    pub fn of(record: &PersonRecord) -> Self {
        let mut days = days_named(record);
        days.push(Day::FIRST);
        days.sort_unstable();
        days.dedup();
        let mut steps: Vec<(u32, u8)> = days
            .into_iter()
            .map(|day| (number_of(day), bits_of(&eligibility(record, day).reasons)))
            .collect();
        steps.dedup_by_key(|(_, reasons)| *reasons);
        Self(steps)
    }

    /// Whether the person may go on patrol on a day, as [`eligibility`] says.
    #[must_use]
    pub fn on(&self, day: Day) -> Eligibility {
        let number = number_of(day);
        let step = self.0.iter().rev().find(|(from, _)| *from <= number);
        let bits = step.map_or(u8::MAX, |(_, bits)| *bits);
        let reasons = (0..).zip(Ineligible::ALL).filter(|(place, _)| bits & (1 << place) != 0);
        Eligibility { on: day, reasons: reasons.map(|(_, reason)| *reason).collect() }
    }

    /// As an index keeps it: for each day from which the answer is another, four bytes of the day and one of reasons.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0
            .iter()
            .flat_map(|(from, bits)| from.to_be_bytes().into_iter().chain([*bits]))
            .collect()
    }

    /// What [`Outlook::to_bytes`] gave; none for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (steps, rest) = bytes.as_chunks::<5>();
        let step = |[a, b, c, d, bits]: &[u8; 5]| (u32::from_be_bytes([*a, *b, *c, *d]), *bits);
        rest.is_empty().then(|| Self(steps.iter().map(step).collect()))
    }
}

/// Every day on which the answer may become another one.
fn days_named(record: &PersonRecord) -> Vec<Day> {
    let mut days: Vec<Day> = record.registrations.iter().map(|said| said.what.day).collect();
    days.extend(record.training.iter().map(|said| said.what.day));
    days.extend(record.circumstances.iter().map(|said| said.what.day));
    for certificate in &record.certificates {
        days.push(certificate.issued.what.day);
        days.extend(certificate.reprints.iter().map(|said| said.what.day));
        days.extend(certificate.lost.iter().map(|said| said.what.day));
    }
    days
}

fn number_of(day: Day) -> u32 {
    u32::try_from(Day::FIRST.days_until(day)).unwrap_or_default()
}

/// A bit for each reason, by its place among all.
fn bits_of(reasons: &[Ineligible]) -> u8 {
    let places = (0..).zip(Ineligible::ALL);
    places
        .filter(|(_, reason)| reasons.contains(reason))
        .fold(0, |bits, (place, _)| bits | 1 << place)
}

const _: () =
    assert!(Ineligible::ALL.len() < 8, "the reasons fit into a byte, and all of its bits is none of ours");

#[cfg(test)]
mod tests;
