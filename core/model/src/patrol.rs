//! A patrol: its start, its legs and its end.
//!
//! Promises that a patrol can always be started: without a plan, without a leader named, even without a
//! controlling representative of the structural subdivision. The last is what 001-§10 asks for (R06), so its
//! absence is flagged where the patrol is shown; it is not refused here, because the squad is already on its
//! way.

mod code;

use std::collections::BTreeSet;

pub use code::{PatrolCode, PatrolCodeRefused};

use crate::codes::coded;
use crate::ids::{LegId, MemberId, StatementRef};
use crate::limits::MEMBERS_MAX;
use crate::moment::Moment;
use crate::words::{Name, Text};

coded! {
    /// How an activity of 001-§10(1)-(2) is carried out ("independently and/or jointly", R09).
    pub enum ActivityMode {
        /// On their own.
        Independent = "independent",
        /// With representatives of the structural subdivision.
        Joint = "joint",
        /// Partly so, partly so.
        Both = "both",
    }
}

coded! {
    /// A part of the border space (001-§3(1), list E9).
    pub enum AreaComponent {
        /// The State Border itself.
        StateBorder = "state_border",
        /// The adjoining territory up to the outer limits of the border zone.
        BorderZone = "border_zone",
        /// Internal waters.
        InternalWaters = "internal_waters",
        /// Territorial waters.
        TerritorialWaters = "territorial_waters",
        /// The territory of a crossing point.
        CrossingPoint = "crossing_point",
        /// Another place where crossing takes place.
        OtherCrossingPlace = "other_crossing_place",
        /// The fishing zone.
        FishingZone = "fishing_zone",
        /// The continental shelf.
        ContinentalShelf = "continental_shelf",
        /// The airspace above them.
        Airspace = "airspace",
    }
}

coded! {
    /// How the members of a leg move; not from the law.
    pub enum Transport {
        /// On foot.
        OnFoot = "on_foot",
        /// On horseback.
        Horse = "horse",
        /// By car, motorcycle or tractor.
        Vehicle = "vehicle",
        /// By boat.
        Boat = "boat",
        /// On skis.
        Ski = "ski",
        /// In another way.
        Other = "other",
    }
}

/// A patrol went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatrolStart {
    /// On their own, jointly, or both.
    pub mode: ActivityMode,
    /// The representative of the structural subdivision under whose control they go (R06). If left unset,
    /// flagged.
    pub controlling_representative: Option<Name>,
    /// The part of the border space their sector lies in. If left unset, not known.
    pub area_component: Option<AreaComponent>,
    /// The member who leads. If left unset, nobody was named.
    pub leader: Option<MemberId>,
    /// What they are to do. If left unset, nothing was written.
    pub task: Option<Text>,
    /// The plan it follows. If left unset, flagged.
    pub plan: Option<StatementRef>,
    /// When it went out. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
}

impl PatrolStart {
    /// A bare start in this mode.
    #[must_use]
    pub const fn new(mode: ActivityMode) -> Self {
        Self {
            mode,
            controlling_representative: None,
            area_component: None,
            leader: None,
            task: None,
            plan: None,
            occurred_at: None,
        }
    }
}

/// More members than a leg may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{members} members are more than the {MEMBERS_MAX} of one leg")]
pub struct TooManyMembers {
    /// Those given.
    pub members: usize,
}

/// The members of a leg: each once, in no order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members(BTreeSet<MemberId>);

impl Members {
    /// These members; a member named twice is there once.
    pub fn new(members: impl IntoIterator<Item = MemberId>) -> Result<Self, TooManyMembers> {
        let mut set = BTreeSet::new();
        for member in members {
            set.insert(member);
            if set.len() > MEMBERS_MAX {
                return Err(TooManyMembers { members: set.len() });
            }
        }
        Ok(Self(set))
    }

    /// The members, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = MemberId> {
        self.0.iter().copied()
    }

    /// Whether this member is among them.
    #[must_use]
    pub fn contains(&self, member: MemberId) -> bool {
        self.0.contains(&member)
    }

    /// How many they are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// A leg of a patrol began: from here on these members move in this way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegStart {
    /// Which leg.
    pub leg: LegId,
    /// How they move.
    pub transport: Transport,
    /// Who they are.
    pub members: Members,
    /// When it began. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
}

/// A leg of a patrol is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegEnd {
    /// Which leg.
    pub leg: LegId,
    /// When it ended. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
}

/// A patrol is back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PatrolEnd {
    /// When it came back. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(number: u8) -> MemberId {
        MemberId::from_bytes([number; 16])
    }

    #[test]
    fn a_member_named_twice_is_there_once() {
        let members = Members::new([member(2), member(1), member(2)]).unwrap();
        assert_eq!(members.count(), 2);
        assert!(members.contains(member(1)) && !members.contains(member(3)));
        assert_eq!(members, Members::new([member(1), member(2)]).unwrap());
    }

    #[test]
    fn a_leg_has_at_most_thirty_two_members() {
        assert!(Members::new((0..32).map(member)).is_ok());
        assert_eq!(Members::new((0..40).map(member)), Err(TooManyMembers { members: 33 }));
    }
}
