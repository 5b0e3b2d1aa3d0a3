//! Where the Rules say what they say, and since when they say it in these words.
//!
//! The identifiers are those of the requirements: letters (`001-§7a`) are ours, for places that the Rules number as one.

use crate::codes::coded;
use crate::moment::Day;

/// A decree of the Government that gave words to the Rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Decree {
    /// Its number.
    pub number: u16,
    /// The day it was made. The day of its publication, from which it took force, is not in our sources.
    pub day: Day,
}

const fn decree(number: u16, year: i16, month: i8, day_of_month: i8) -> Decree {
    Decree { number, day: Day::constant(year, month, day_of_month) }
}

impl Decree {
    /// The one that approved the Rules: what no other changed stands as it wrote it.
    pub const RULES: Self = decree(866, 2013, 8, 27);

    /// Those that changed the Rules since, in order.
    pub const AMENDMENTS: [Self; 4] = [
        decree(104, 2019, 3, 12),
        decree(259, 2020, 4, 29),
        decree(46, 2021, 2, 9),
        decree(405, 2023, 5, 26),
    ];

    /// How long after its first official publication each of them takes force, in calendar days.
    pub const DAYS_TO_FORCE: u16 = 10;

    /// The first day on which it can have been in force: it cannot have been published before it was made. It may have
    /// been a later one.
    #[must_use]
    pub fn in_force_at_the_earliest(self) -> Day {
        self.day.plus_days(Self::DAYS_TO_FORCE)
    }
}

/// Where a provision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A point of the decree itself.
    Decree {
        /// Its number.
        point: u8,
    },
    /// A paragraph of the Rules.
    Paragraph {
        /// Its number.
        number: u8,
    },
    /// A numbered item of a paragraph of the Rules.
    Item {
        /// The paragraph's number.
        paragraph: u8,
        /// The item's.
        number: u8,
    },
    /// An annex to the Rules.
    Annex {
        /// Its number.
        number: u8,
    },
}

const fn paragraph(number: u8) -> Place {
    Place::Paragraph { number }
}

const fn item(paragraph: u8, number: u8) -> Place {
    Place::Item { paragraph, number }
}

macro_rules! paragraphs {
    ($($variant:ident = $code:literal at $place:expr, $subject:literal;)+) => {
        coded! {
            /// A provision of the Rules, or of the decree that approved them (001-O).
            pub enum Paragraph {
                $(#[doc = $subject] $variant = $code,)+
            }
        }

        impl Paragraph {
            /// Where it stands.
            #[must_use]
            pub const fn place(self) -> Place {
                match self {
                    $(Self::$variant => $place,)+
                }
            }
        }
    };
}

paragraphs! {
    O1 = "001-O1" at Place::Decree { point: 1 }, "The Rules are approved.";
    O2 = "001-O2" at Place::Decree { point: 2 }, "When the decree takes force.";
    P1 = "001-§1" at paragraph(1), "Citizens of Kazakhstan are engaged.";
    P2 = "001-§2" at paragraph(2), "What the Rules do not apply to.";
    P3_1 = "001-§3(1)" at item(3, 1), "The border space.";
    P3_2 = "001-§3(2)" at item(3, 2), "The volunteer squad.";
    P3_3 = "001-§3(3)" at item(3, 3), "The volunteer.";
    P3_4 = "001-§3(4)" at item(3, 4), "The non-staff employee.";
    P3_5 = "001-§3(5)" at item(3, 5), "The border service book.";
    P4 = "001-§4" at paragraph(4), "Open and covert co-operation.";
    P5 = "001-§5" at paragraph(5), "Open co-operation goes by the Rules.";
    P6 = "001-§6" at paragraph(6), "Covert co-operation goes by other laws.";
    P7A = "001-§7a" at paragraph(7), "Councils create squads and appoint heads.";
    P7B = "001-§7b" at paragraph(7), "Heads come from the volunteers, until a circumstance of §15.";
    P7C = "001-§7c" at paragraph(7), "Heads report to the structural subdivision.";
    P7D = "001-§7d" at paragraph(7), "Heads plan with the structural subdivision.";
    P8_1 = "001-§8(1)" at item(8, 1), "As a non-staff employee.";
    P8_2 = "001-§8(2)" at item(8, 2), "Individually, as a volunteer.";
    P8_3 = "001-§8(3)" at item(8, 3), "Collectively, in a squad.";
    P9 = "001-§9" at paragraph(9), "Individual help, and the seven protected objects.";
    P10 = "001-§10" at paragraph(10), "Activities under control of the structural subdivision.";
    P10_1 = "001-§10(1)" at item(10, 1), "Border service.";
    P10_2 = "001-§10(2)" at item(10, 2), "Inspection.";
    P10_3 = "001-§10(3)" at item(10, 3), "Prevention.";
    P10_4 = "001-§10(4)" at item(10, 4), "Force.";
    P10_5 = "001-§10(5)" at item(10, 5), "Detention and delivery.";
    P11 = "001-§11" at paragraph(11), "Legal training comes first.";
    P12_1 = "001-§12(1)" at item(12, 1), "Facts are told immediately.";
    P12_2 = "001-§12(2)" at item(12, 2), "The certificate is shown.";
    P12_3 = "001-§12(3)" at item(12, 3), "Grounds of coercion are explained.";
    P13 = "001-§13" at paragraph(13), "Who controls the training.";
    P14 = "001-§14" at paragraph(14), "Participation is voluntary.";
    P15 = "001-§15" at paragraph(15), "Circumstances that exclude participation.";
    P15_1 = "001-§15(1)" at item(15, 1), "Criminal liability.";
    P15_2 = "001-§15(2)" at item(15, 2), "Repeated intentional administrative offences.";
    P15_3 = "001-§15(3)" at item(15, 3), "Moving out of the border space.";
    P15_4 = "001-§15(4)" at item(15, 4), "Circumstances that exclude further participation.";
    P15_5 = "001-§15(5)" at item(15, 5), "Not wishing to go on.";
    P16 = "001-§16" at paragraph(16), "The application of a non-staff employee.";
    P17 = "001-§17" at paragraph(17), "His check within thirty days, and the decision.";
    P18 = "001-§18" at paragraph(18), "His registration, notice and certificate.";
    P19A = "001-§19a" at paragraph(19), "The list of a squad's members and its check.";
    P19B = "001-§19b" at paragraph(19), "Registration in the books.";
    P19C = "001-§19c" at paragraph(19), "The notice for removal from a squad.";
    P20 = "001-§20" at paragraph(20), "The certificate of a squad's member.";
    P21A = "001-§21a" at paragraph(21), "Who signs certificates.";
    P21B = "001-§21b" at paragraph(21), "Who accounts for and issues certificates.";
    P22A = "001-§22a" at paragraph(22), "Strike-off.";
    P22B = "001-§22b" at paragraph(22), "The notice of it.";
    P23A = "001-§23a" at paragraph(23), "What is entered in the books.";
    P23B = "001-§23b" at paragraph(23), "The general register.";
    An1 = "001-An1" at Place::Annex { number: 1 }, "The certificate of a non-staff employee.";
    An2 = "001-An2" at Place::Annex { number: 2 }, "The certificate of a squad's member.";
}

/// Which wording of a paragraph was in force on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// The Rules did not exist yet.
    NoneYet,
    /// An earlier one, which is not in our sources; this decree replaced it.
    NotInSources(Decree),
    /// The one in our sources, given by this decree; unless its publication, of which our sources have no day, came so
    /// late that it had not taken force yet.
    InSources(Decree),
}

impl Paragraph {
    /// The decree that gave it its present wording, as the notes of the source say.
    ///
    /// The annexes were worded anew by No. 104 and changed by No. 259; so the latter.
    #[must_use]
    pub const fn worded_by(self) -> Decree {
        let [no_104, no_259, no_46, no_405] = Decree::AMENDMENTS;
        match self.place() {
            Place::Annex { .. } => no_259,
            Place::Decree { .. } => Decree::RULES,
            Place::Paragraph { number } | Place::Item { paragraph: number, .. } => match number {
                2 | 6 => no_104,
                3 | 7 | 9 => no_405,
                10 | 11 | 13 | 16..=23 => no_259,
                15 => no_46,
                _ => Decree::RULES,
            },
        }
    }

    /// Which wording of it was in force on this day, as far as the days in our sources tell.
    #[must_use]
    pub fn wording_in_force(self, on: Day) -> Wording {
        let worded_by = self.worded_by();
        if on < Decree::RULES.in_force_at_the_earliest() {
            Wording::NoneYet
        } else if on < worded_by.in_force_at_the_earliest() {
            Wording::NotInSources(worded_by)
        } else {
            Wording::InSources(worded_by)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> Day {
        written.parse().unwrap()
    }

    #[test]
    fn a_paragraph_is_called_after_its_place() {
        for paragraph in Paragraph::ALL {
            let place = match paragraph.place() {
                Place::Decree { point } => format!("001-O{point}"),
                Place::Paragraph { number } => format!("001-§{number}"),
                Place::Item { paragraph, number } => format!("001-§{paragraph}({number})"),
                Place::Annex { number } => format!("001-An{number}"),
            };
            let letter = paragraph.code().strip_prefix(&place);
            assert!(letter.is_some_and(|letter| ["", "a", "b", "c", "d"].contains(&letter)), "{paragraph}");
        }
    }

    #[test]
    fn every_paragraph_of_the_rules_is_there() {
        let numbers: std::collections::BTreeSet<u8> = Paragraph::ALL
            .iter()
            .filter_map(|paragraph| match paragraph.place() {
                Place::Paragraph { number } | Place::Item { paragraph: number, .. } => Some(number),
                _ => None,
            })
            .collect();
        assert!(numbers.into_iter().eq(1..=23));
    }

    #[test]
    fn before_an_amendment_can_have_taken_force_its_wording_is_not_claimed() {
        let (paragraph, no_46) = (Paragraph::P15_4, Decree::AMENDMENTS[2]);
        assert_eq!(paragraph.worded_by(), no_46);
        assert_eq!(paragraph.wording_in_force(day("2013-09-05")), Wording::NoneYet);
        assert_eq!(paragraph.wording_in_force(day("2013-09-06")), Wording::NotInSources(no_46));
        // Made on the 9th, it cannot have been in force before ten days had gone.
        assert_eq!(paragraph.wording_in_force(day("2021-02-09")), Wording::NotInSources(no_46));
        assert_eq!(paragraph.wording_in_force(day("2021-02-18")), Wording::NotInSources(no_46));
        assert_eq!(paragraph.wording_in_force(day("2021-02-19")), Wording::InSources(no_46));
    }

    #[test]
    fn what_nobody_amended_is_worded_by_the_first_edition() {
        for paragraph in [Paragraph::P1, Paragraph::P8_2, Paragraph::P12_3, Paragraph::P14] {
            assert_eq!(paragraph.worded_by(), Decree::RULES);
            let wording = paragraph.wording_in_force(day("2013-09-06"));
            assert_eq!(wording, Wording::InSources(Decree::RULES));
        }
    }

    #[test]
    fn json_holds_the_code_of_a_paragraph_and_number_and_day_of_a_decree() {
        let printed = serde_json::to_string(&(Paragraph::P19A, Paragraph::P19A.worded_by())).unwrap();
        assert_eq!(printed, r#"["001-§19a",{"number":259,"day":"2020-04-29"}]"#);
    }
}
