//! What is odd about an engagement, for a person to look at.

use std::collections::BTreeSet;

use super::{CertificateRecord, PersonRecord};
use crate::codes::coded;
use crate::register::{CheckKind, NoticeAbout};

coded! {
    /// What is odd about a record: to be looked at by a person, decided by none of our clocks.
    pub enum RecordFlag {
        /// Excluded, and registered all the same: exclusion stands.
        ExcludedAndRegistered = "excluded_and_registered",
        /// Excluded, and still on the roster (001-§19).
        ExcludedOnRoster = "excluded_on_roster",
        /// Registered without the three checks (001-§19).
        RegisteredUnchecked = "registered_unchecked",
        /// Registered, and off every roster.
        RegisteredOffRoster = "registered_off_roster",
        /// Registered more than once.
        RegisteredTwice = "registered_twice",
        /// An application that was decided both ways: one of the decisions is to be taken back (001-§17).
        DecidedBothWays = "decided_both_ways",
        /// A register that said both that there is nothing and that there is something: the latter stands (001-§17, 19).
        ChecksDisagree = "checks_disagree",
        /// A certificate before the registration (001-§20).
        CertificateBeforeRegistration = "certificate_before_registration",
        /// More than one certificate.
        CertificatesSeveral = "certificates_several",
        /// The newest print of a certificate was made twice: two papers that look alike (001-§21).
        PrintTwice = "print_twice",
        /// A circumstance of 001-§15 is known, and the strike-off has not followed (001-§22).
        NotStruckOff = "not_struck_off",
        /// Struck off, and not told (001-§22).
        NotTold = "not_told",
        /// His are the phones of several members at once.
        PhonesSeveral = "phones_several",
        /// Struck off, and still on the roster.
        StruckOffOnRoster = "struck_off_on_roster",
    }
}

impl PersonRecord {
    /// What is odd about it.
    #[must_use]
    pub fn flags(&self) -> Vec<RecordFlag> {
        let is_registered = !self.registrations.is_empty();
        let is_on = self.squads().next().is_some();
        let is_struck_off = !self.strike_offs.is_empty();
        // Who reads no papers reads no checks either.
        let reads_checks = self.identity().is_some();
        let dead = self.strike_offs.iter().any(|said| said.what.is_death);
        let odd = [
            (RecordFlag::ExcludedAndRegistered, is_registered && !self.exclusions.is_empty()),
            (RecordFlag::ExcludedOnRoster, is_on && !self.exclusions.is_empty()),
            (RecordFlag::RegisteredUnchecked, is_registered && reads_checks && !self.is_checked()),
            (RecordFlag::RegisteredOffRoster, is_registered && self.is_off_roster() && !is_struck_off),
            (RecordFlag::RegisteredTwice, self.registrations.len() > 1),
            (RecordFlag::DecidedBothWays, !self.decisions.is_empty() && self.decision().is_none()),
            (RecordFlag::ChecksDisagree, self.checks_disagree()),
            (RecordFlag::CertificateBeforeRegistration, !is_registered && !self.certificates.is_empty()),
            (RecordFlag::CertificatesSeveral, self.certificates.len() > 1),
            (RecordFlag::PrintTwice, self.certificates.iter().any(CertificateRecord::is_newest_print_twice)),
            (RecordFlag::NotStruckOff, !self.circumstances.is_empty() && !is_struck_off),
            (RecordFlag::NotTold, is_struck_off && !dead && !self.was_told(NoticeAbout::StrikeOff)),
            (RecordFlag::PhonesSeveral, self.members.len() > 1 && !is_struck_off),
            (RecordFlag::StruckOffOnRoster, is_struck_off && is_on),
        ];
        odd.into_iter().filter(|(_, is_so)| *is_so).map(|(flag, _)| flag).collect()
    }

    fn checks_disagree(&self) -> bool {
        let differs = |kind: &CheckKind| {
            let of_kind = self.checks.iter().filter(|said| said.what.kind == *kind);
            of_kind.map(|said| said.what.finding).collect::<BTreeSet<_>>().len() > 1
        };
        CheckKind::ALL.iter().any(differs)
    }
}
