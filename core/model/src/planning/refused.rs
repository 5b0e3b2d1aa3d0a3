//! Why an intention about a patrol is refused. What happened is never refused.

use super::{CrewRefused, WindowRefused};
use crate::codes::coded;

coded! {
    /// Why a plan, a crew or an answer is not recorded.
    pub enum PlanRefused {
        /// Nobody planned this patrol, or the plan was called off.
        NoPlan = "no_plan",
        /// The patrol went out already.
        Started = "started",
        /// Plans were made apart: one of them has to replace the others first.
        PlansApart = "plans_apart",
        /// It would be back before now.
        InThePast = "in_the_past",
        /// Of somebody who is named no card of the subdivision is here: nobody says that he may go (001-§22, R21).
        NoCard = "no_card",
        /// Somebody who is named may not go on patrol (001-§22, R21).
        NotEligible = "not_eligible",
        /// Whoever has this phone is not named for this patrol.
        NotNamed = "not_named",
        /// Whoever leads goes along.
        LeaderStaysAtHome = "leader_stays_at_home",
        /// More than one patrol takes.
        TooMany = "too_many",
        /// It would be over before it begins.
        EndNotAfterStart = "end_not_after_start",
        /// It would be out for weeks.
        TooLong = "too_long",
    }
}

impl From<CrewRefused> for PlanRefused {
    fn from(refused: CrewRefused) -> Self {
        match refused {
            CrewRefused::TooMany(_) => Self::TooMany,
            CrewRefused::LeaderStaysAtHome => Self::LeaderStaysAtHome,
        }
    }
}

impl From<WindowRefused> for PlanRefused {
    fn from(refused: WindowRefused) -> Self {
        match refused {
            WindowRefused::EndNotAfterStart => Self::EndNotAfterStart,
            WindowRefused::TooLong { .. } => Self::TooLong,
        }
    }
}
