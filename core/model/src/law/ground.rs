//! The circumstances that exclude a citizen from taking part (001-§15): exactly five, and none of ours.

use super::Paragraph;
use crate::codes::coded;

coded! {
    /// A circumstance that excludes participation. Its code is for SS and TS; nobody else is told more than that the
    /// person is not eligible.
    pub enum ExclusionGround {
        /// Brought to criminal liability.
        CriminalLiability = "criminal_liability",
        /// Two or more intentional administrative offences within one year.
        RepeatAdminOffences = "repeat_admin_offences",
        /// Left the border space to live elsewhere for good.
        MovedOut = "moved_out",
        /// A disorder or dangerous disease, or death; which of them is not recorded but for death.
        HealthOrDeath = "health_or_death",
        /// Does not wish to go on.
        OwnWish = "own_wish",
    }
}

impl ExclusionGround {
    /// The item of 001-§15 that has it.
    #[must_use]
    pub const fn paragraph(self) -> Paragraph {
        match self {
            Self::CriminalLiability => Paragraph::P15_1,
            Self::RepeatAdminOffences => Paragraph::P15_2,
            Self::MovedOut => Paragraph::P15_3,
            Self::HealthOrDeath => Paragraph::P15_4,
            Self::OwnWish => Paragraph::P15_5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Place;

    #[test]
    fn the_grounds_are_the_five_items_of_paragraph_15() {
        let items = ExclusionGround::ALL.iter().map(|ground| ground.paragraph().place());
        assert!(items.eq((1..=5).map(|number| Place::Item { paragraph: 15, number })));
    }
}
