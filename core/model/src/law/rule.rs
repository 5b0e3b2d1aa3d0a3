//! What a program can check, with the paragraphs it rests on. The sentences stand in `locales/*/law.ftl`.
//!
//! The numbers are those of the requirements. R23 to R30 come from other acts and are not here.

use super::Paragraph;
use crate::codes::coded;

coded! {
    /// A rule that a program can check.
    pub enum Rule {
        /// Only citizens.
        R01 = "R01",
        /// Nothing covert.
        R02 = "R02",
        /// A squad by decision.
        R03 = "R03",
        /// A head from the squad, by decision.
        R04 = "R04",
        /// The end of an appointment.
        R05 = "R05",
        /// Supervision and control.
        R06 = "R06",
        /// Inside the border space; declared, not computed.
        R07 = "R07",
        /// One of seven protected objects.
        R08 = "R08",
        /// One of five types, with a mode.
        R09 = "R09",
        /// Training first.
        R10 = "R10",
        /// Force as the last resort.
        R11 = "R11",
        /// What belongs to a detention.
        R12 = "R12",
        /// Notice without delay.
        R13 = "R13",
        /// The decision on a non-staff employee.
        R14 = "R14",
        /// The list of a squad.
        R15 = "R15",
        /// The notice to the akimat.
        R16 = "R16",
        /// Registration, number and signature of a certificate.
        R17 = "R17",
        /// No expiry of a certificate.
        R18 = "R18",
        /// The ground and notice of a strike-off.
        R19 = "R19",
        /// Repeated offences.
        R20 = "R20",
        /// No assignment of who is struck off or not registered.
        R21 = "R21",
        /// A patrol is open until its results are in the book.
        R22 = "R22",
    }
}

coded! {
    /// Whether the Rules say it.
    pub enum Basis {
        /// The Rules say it in these words.
        Text = "T",
        /// It follows from what they say; that the program checks it is ours.
        Derived = "D",
        /// The Rules say a part of it, the rest is ours.
        Both = "T/D",
    }
}

impl Rule {
    /// The paragraphs it rests on.
    #[must_use]
    pub const fn paragraphs(self) -> &'static [Paragraph] {
        use Paragraph as P;
        match self {
            Self::R01 => &[P::P1],
            Self::R02 => &[P::P2, P::P4, P::P6],
            Self::R03 => &[P::P7A],
            Self::R04 => &[P::P7A, P::P7B],
            Self::R05 => &[P::P7B],
            Self::R06 => &[P::P3_2, P::P7C, P::P10],
            Self::R07 => &[P::P3_1, P::P10, P::P15_3],
            Self::R08 => &[P::P9],
            Self::R09 => &[P::P10],
            Self::R10 => &[P::P11],
            Self::R11 => &[P::P10_4],
            Self::R12 => &[P::P10_5, P::P12_1, P::P12_3],
            Self::R13 => &[P::P12_1],
            Self::R14 => &[P::P17],
            Self::R15 => &[P::P19A],
            Self::R16 => &[P::P19C],
            Self::R17 => &[P::P20, P::P21A, P::P21B],
            Self::R18 => &[P::An1, P::An2],
            Self::R19 => &[P::P15, P::P22A, P::P22B],
            Self::R20 => &[P::P15_2],
            Self::R21 => &[P::P15, P::P22A],
            Self::R22 => &[P::P23A],
        }
    }

    /// Whether the Rules say it or it is ours.
    ///
    /// Ours is: that the head is of *that* squad (R04), that an activity names its controlling representative (R06),
    /// who declares a place (R07), that an observation names an object (R08), the statement of necessity (R11), the
    /// release (R12), both times (R13), that a number is used once (R17), that death needs no notice (R19), that the
    /// year rolls (R20), what becomes of a concurrent assignment (R21), and when a patrol is open (R22).
    #[must_use]
    pub const fn basis(self) -> Basis {
        match self {
            Self::R01
            | Self::R03
            | Self::R05
            | Self::R09
            | Self::R10
            | Self::R14
            | Self::R15
            | Self::R16
            | Self::R18 => Basis::Text,
            Self::R02 | Self::R07 | Self::R22 => Basis::Derived,
            Self::R04
            | Self::R06
            | Self::R08
            | Self::R11
            | Self::R12
            | Self::R13
            | Self::R17
            | Self::R19
            | Self::R20
            | Self::R21 => Basis::Both,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Decree;

    #[test]
    fn every_rule_rests_on_a_paragraph() {
        for rule in Rule::ALL {
            assert!(!rule.paragraphs().is_empty(), "{rule}");
        }
        let of_the_check = Rule::R14.paragraphs().iter().map(|paragraph| paragraph.worded_by());
        assert!(of_the_check.eq([Decree::AMENDMENTS[1]]));
    }
}
