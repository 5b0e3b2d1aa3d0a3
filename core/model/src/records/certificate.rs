//! A certificate, its prints, and what may be said of each of them (001-§20, 21).

use super::Said;
use crate::codes::coded;
use crate::moment::Day;
use crate::register::{Certificate, CertificateLost, CertificateReprinted};

coded! {
    /// What a print of a certificate is worth.
    pub enum CertificateStatus {
        /// It was issued, and its holder is on the register.
        Issued = "issued",
        /// It is lost.
        Lost = "lost",
        /// It was printed anew since.
        Reprinted = "reprinted",
        /// Its holder is not on the register: struck off, or his registration was taken back.
        StruckOff = "struck_off",
        /// It was taken back: it should not have been recorded. Its number is not given again, for its paper may exist.
        TakenBack = "taken_back",
    }
}

/// One print of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Which: 1 for the first.
    pub number: u16,
    /// What it is worth.
    pub status: CertificateStatus,
}

/// A certificate with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRecord {
    /// As it was issued.
    pub issued: Said<Certificate>,
    /// Its reprints, in the order of their numbers.
    pub reprints: Vec<Said<CertificateReprinted>>,
    /// Which prints are lost.
    pub lost: Vec<Said<CertificateLost>>,
    /// Whether its holder is not on the register: struck off, or not registered.
    pub is_struck_off: bool,
}

impl CertificateRecord {
    /// The newest print's number.
    #[must_use]
    pub fn last_print(&self) -> u16 {
        self.reprints.iter().map(|reprint| reprint.what.print).max().unwrap_or(1).max(1)
    }

    /// Whether the newest print was made twice, by two consoles that were apart: two papers that look alike. The next print ends both.
    #[must_use]
    pub fn is_newest_print_twice(&self) -> bool {
        let newest = self.last_print();
        self.reprints.iter().filter(|reprint| reprint.what.print == newest).count() > 1
    }

    /// The day of the newest print.
    #[must_use]
    pub fn newest_print_day(&self) -> Day {
        let newest = self.reprints.iter().max_by_key(|reprint| reprint.what.print);
        newest.map_or(self.issued.what.day, |reprint| reprint.what.day)
    }

    /// What a print is worth; none for one that was never made.
    #[must_use]
    pub fn status(&self, print: u16) -> Option<CertificateStatus> {
        let is_made = print == 1 || self.reprints.iter().any(|reprint| reprint.what.print == print);
        let is_lost = self.lost.iter().any(|lost| lost.what.print == print);
        is_made.then(|| {
            if self.is_struck_off {
                CertificateStatus::StruckOff
            } else if is_lost {
                CertificateStatus::Lost
            } else if print < self.last_print() {
                CertificateStatus::Reprinted
            } else {
                CertificateStatus::Issued
            }
        })
    }

    /// Every print that was made, in the order of their numbers.
    #[must_use]
    pub fn prints(&self) -> Vec<Print> {
        let mut numbers: Vec<u16> = self.reprints.iter().map(|reprint| reprint.what.print).collect();
        numbers.push(1);
        numbers.sort_unstable();
        numbers.dedup();
        let print = |number| self.status(number).map(|status| Print { number, status });
        numbers.into_iter().filter_map(print).collect()
    }

    /// Whether its holder has something to show: its newest print is not lost, and he is on the register.
    #[must_use]
    pub fn can_be_shown(&self) -> bool {
        self.status(self.last_print()) == Some(CertificateStatus::Issued)
    }
}
