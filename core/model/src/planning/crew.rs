//! Who goes on a patrol, and who of them leads.

use crate::ids::MemberId;
use crate::patrol::{Members, TooManyMembers};

/// Why these people are nobody's patrol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CrewRefused {
    /// Too many.
    #[error(transparent)]
    TooMany(#[from] TooManyMembers),
    /// Whoever leads a patrol goes along.
    #[error("the leader is none of the members")]
    LeaderStaysAtHome,
}

/// Who goes on a patrol, and who of them leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crew {
    members: Members,
    leader: MemberId,
}

impl Crew {
    /// These members, of whom one leads.
    pub fn new(members: impl IntoIterator<Item = MemberId>, leader: MemberId) -> Result<Self, CrewRefused> {
        let members = Members::new(members)?;
        if members.contains(leader) {
            Ok(Self { members, leader })
        } else {
            Err(CrewRefused::LeaderStaysAtHome)
        }
    }

    /// All of them.
    #[must_use]
    pub const fn members(&self) -> &Members {
        &self.members
    }

    /// Who leads.
    #[must_use]
    pub const fn leader(&self) -> MemberId {
        self.leader
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_leads_goes_along() {
        let [one, other] = [1, 2].map(|number| MemberId::from_bytes([number; 16]));
        assert_eq!(Crew::new([one], other), Err(CrewRefused::LeaderStaysAtHome));
        assert_eq!(Crew::new([], one), Err(CrewRefused::LeaderStaysAtHome), "a patrol of nobody");
        let crew = Crew::new([one, other, one], other).unwrap();
        assert_eq!((crew.members().count(), crew.leader()), (2, other));
        let many = (0..40).map(|number| MemberId::from_bytes([number; 16]));
        assert!(matches!(Crew::new(many, one), Err(CrewRefused::TooMany(_))));
    }
}
