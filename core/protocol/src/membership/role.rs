//! Roles, ranks, kinds of space, and the two tables about them.
//!
//! These are capabilities of *devices* on the wire. What a *person* is by law follows from statements and lives in the
//! domain model; screens show when the two differ.

use minicbor::{Decode, Encode};

/// What a device may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Console of a territorial subdivision of the Border Service.
    #[n(1)]
    Ts,
    /// Console of a structural subdivision.
    #[n(2)]
    Ss,
    /// Console of a local executive body (akimat).
    #[n(3)]
    Leb,
    /// Console of a coordination council.
    #[n(4)]
    Cc,
    /// Phone of a squad's head.
    #[n(5)]
    Head,
    /// Phone of a volunteer.
    #[n(6)]
    Vol,
    /// Phone of a non-staff employee.
    #[n(7)]
    Nse,
}

impl Role {
    /// Every role, highest rank first.
    pub const ALL: [Self; 7] = [Self::Ts, Self::Ss, Self::Leb, Self::Cc, Self::Head, Self::Vol, Self::Nse];

    /// Its number in an operation and in an invite's code.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Ts => 1,
            Self::Ss => 2,
            Self::Leb => 3,
            Self::Cc => 4,
            Self::Head => 5,
            Self::Vol => 6,
            Self::Nse => 7,
        }
    }

    /// The role with this number. None for one of a newer program.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.number() == number)
    }

    /// The rank that the role stands at.
    #[must_use]
    pub const fn rank(self) -> Rank {
        match self {
            Self::Ts => Rank::Territory,
            Self::Ss | Self::Leb | Self::Cc => Rank::Office,
            Self::Head => Rank::Head,
            Self::Vol | Self::Nse => Rank::Member,
        }
    }

    /// Whether a device of this role belongs to a squad's roll, not to the territory's.
    #[must_use]
    pub const fn is_of_a_squad(self) -> bool {
        matches!(self, Self::Head | Self::Vol | Self::Nse)
    }
}

/// Strict rank, highest first. Only a strictly higher rank acts on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The root key, which is offline.
    Root,
    /// TS.
    Territory,
    /// SS, LEB, CC.
    Office,
    /// HEAD.
    Head,
    /// VOL, NSE.
    Member,
}

impl Rank {
    /// The ranks that can operate on others, in the order in which the fold asks them.
    pub const OPERATING: [Self; 4] = [Self::Root, Self::Territory, Self::Office, Self::Head];
}

/// What a space is for. Readers and writers follow from this and the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum SpaceKind {
    /// The territory's roll: offices and their devices, and the territory's spaces.
    #[n(0)]
    TerritoryRoll,
    /// A squad's roll: its phones, and the squad's spaces.
    #[n(1)]
    SquadRoll,
    /// General register, per territory.
    #[n(2)]
    Register,
    /// Registrations, training, strike-offs, per SS.
    #[n(3)]
    Subdivision,
    /// Squad lists with identity-card copies, per district.
    #[n(4)]
    Submission,
    /// Squads, decisions, names on and off the roster, per district.
    #[n(5)]
    Council,
    /// Plans, patrols, pages, squad cards, per squad and season.
    #[n(6)]
    Patrols,
    /// Persons detained, use of force, hand-over acts, per squad and season.
    #[n(7)]
    Protected,
    /// Observations, urgent notices, wish to leave, per SS.
    #[n(8)]
    ToSubdivision,
}

impl SpaceKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::TerritoryRoll,
        Self::SquadRoll,
        Self::Register,
        Self::Subdivision,
        Self::Submission,
        Self::Council,
        Self::Patrols,
        Self::Protected,
        Self::ToSubdivision,
    ];

    /// Whether the space holds operations only, readable by the relay.
    #[must_use]
    pub const fn is_roll(self) -> bool {
        matches!(self, Self::TerritoryRoll | Self::SquadRoll)
    }

    /// Whether the space belongs to one squad: its roll is the squad's.
    #[must_use]
    pub const fn is_of_a_squad(self) -> bool {
        matches!(self, Self::Patrols | Self::Protected)
    }
}

/// A season: a number that rises, by custom the year. Keys of a closed season are destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Season(#[n(0)] pub u16);

/// What a device may do in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Nothing.
    None,
    /// Drop something in, and not read it back.
    Write,
    /// Read only.
    Read,
    /// Both.
    ReadWrite,
}

impl Access {
    /// Whether it includes reading.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(self, Self::Read | Self::ReadWrite)
    }

    /// Whether it includes writing.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::Write | Self::ReadWrite)
    }
}

/// Readers and writers by role: architecture §4. Scope (which office, which squad) is checked by the fold.
#[must_use]
#[expect(clippy::unnested_or_patterns, reason = "one row a space, as in the table")]
pub const fn access(role: Role, space: SpaceKind) -> Access {
    use Access::{None, Read, ReadWrite, Write};
    match (space, role) {
        (SpaceKind::TerritoryRoll, Role::Ts | Role::Ss)
        | (SpaceKind::SquadRoll, Role::Ss | Role::Head)
        | (SpaceKind::Register, Role::Ts)
        | (SpaceKind::Subdivision, Role::Ss | Role::Ts)
        | (SpaceKind::Submission, Role::Leb | Role::Ts)
        | (SpaceKind::Council, Role::Cc | Role::Leb | Role::Ss | Role::Ts)
        | (SpaceKind::Patrols, Role::Head | Role::Vol | Role::Nse | Role::Ss)
        | (SpaceKind::Protected, Role::Head | Role::Ss)
        | (SpaceKind::ToSubdivision, Role::Ss) => ReadWrite,
        (SpaceKind::TerritoryRoll, _) | (SpaceKind::SquadRoll, Role::Ts | Role::Vol | Role::Nse) => Read,
        (SpaceKind::Protected, Role::Vol | Role::Nse)
        | (SpaceKind::ToSubdivision, Role::Head | Role::Vol | Role::Nse) => Write,
        _ => None,
    }
}

/// Whether a device of `rank` may enrol one of `subject`: strictly below, and in its own line of command.
const fn may_enrol(rank: Rank, signer: Option<Role>, subject: Role) -> bool {
    match (rank, signer) {
        (Rank::Root, _) => matches!(subject, Role::Ts),
        (Rank::Territory, _) => matches!(subject, Role::Ss | Role::Leb | Role::Cc),
        (Rank::Office, Some(Role::Ss)) => matches!(subject, Role::Head | Role::Vol | Role::Nse),
        (Rank::Head, _) => matches!(subject, Role::Vol | Role::Nse),
        _ => false,
    }
}

/// Whether a device of role `signer` may make spaces of a kind.
const fn may_make_space(signer: Role, kind: SpaceKind) -> bool {
    match signer {
        Role::Ts => {
            matches!(
                kind,
                SpaceKind::Register | SpaceKind::Subdivision | SpaceKind::Submission | SpaceKind::Council
            )
        }
        Role::Ss => {
            matches!(
                kind,
                SpaceKind::SquadRoll | SpaceKind::Patrols | SpaceKind::Protected | SpaceKind::ToSubdivision
            )
        }
        _ => false,
    }
}

/// Whether a device of `rank` may remove one of `subject`: whoever may enrol it may, and an SS whatever is in its squads.
const fn may_remove(rank: Rank, signer: Option<Role>, subject: Role) -> bool {
    may_enrol(rank, signer, subject)
}

/// `MAY_OPERATE`: whether a signer may make an operation on a subject. `None` as signer is the root key or its successor.
#[must_use]
pub const fn may_operate(signer: Option<Role>, act: Act) -> bool {
    let rank = match signer {
        None => Rank::Root,
        Some(role) => role.rank(),
    };
    match act {
        Act::Found => matches!(rank, Rank::Root),
        Act::Enrol(subject) => may_enrol(rank, signer, subject),
        Act::MakeSpace(kind) => match signer {
            None => false,
            Some(role) => may_make_space(role, kind),
        },
        // Whoever reads a space may hand its key to another reader, and renew it, if he may enrol at all. The root holds
        // what was wrapped for recovery.
        Act::Key(kind) => match signer {
            None => !kind.is_roll(),
            Some(role) => access(role, kind).reads() && !matches!(rank, Rank::Member) && !kind.is_roll(),
        },
        // Of whatever rank: only who reads a space knows that its key does not open.
        Act::Lack(kind) => match signer {
            None => !kind.is_roll(),
            Some(role) => access(role, kind).reads() && !kind.is_roll(),
        },
        // The SS, after the council's decision: the head's device is the head's from then on.
        Act::Change(subject, to) => {
            matches!(signer, Some(Role::Ss)) && subject.is_of_a_squad() && to.is_of_a_squad()
        }
        Act::Remove(subject) => may_remove(rank, signer, subject),
        Act::Admit(subject, kind) => match signer {
            None => false,
            Some(role) => {
                access(role, kind).reads() && (rank as u8) < (subject.rank() as u8) && !kind.is_roll()
            }
        },
        // What units share with the councils only the territory erases: nobody who folds a roll can tell whose people a sealed
        // document is about.
        Act::Erase(kind) => match signer {
            Some(Role::Ss) if matches!(kind, SpaceKind::Council) => false,
            Some(role @ (Role::Ts | Role::Ss)) => {
                matches!(access(role, kind), Access::ReadWrite) && !kind.is_roll()
            }
            _ => false,
        },
        Act::Close(kind) => match signer {
            None => false,
            Some(role) => may_make_space(role, kind) && !kind.is_roll(),
        },
    }
}

/// What [`may_operate`] is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Found the territory.
    Found,
    /// Invite or add a device of a role.
    Enrol(Role),
    /// Make a space of a kind.
    MakeSpace(SpaceKind),
    /// Rotate or wrap the key of a space of a kind.
    Key(SpaceKind),
    /// Say that the key of a space of a kind does not open.
    Lack(SpaceKind),
    /// Give a device of the first role the second.
    Change(Role, Role),
    /// Remove a device of a role.
    Remove(Role),
    /// Decide about held statements of a device of a role in a space of a kind.
    Admit(Role, SpaceKind),
    /// Erase a document in a space of a kind.
    Erase(SpaceKind),
    /// End a space of a kind.
    Close(SpaceKind),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_strictly_higher_rank_acts_on_a_device() {
        for subject in Role::ALL {
            for signer in Role::ALL {
                let changes = Role::ALL.map(|to| Act::Change(subject, to));
                let admits = SpaceKind::ALL.map(|kind| Act::Admit(subject, kind));
                let acts = changes
                    .into_iter()
                    .chain(admits)
                    .chain([Act::Enrol(subject), Act::Remove(subject)]);
                for act in acts.filter(|act| may_operate(Some(signer), *act)) {
                    assert!(signer.rank() < subject.rank(), "{signer:?}: {act:?}");
                }
            }
        }
        assert!(may_operate(None, Act::Enrol(Role::Ts)) && !may_operate(None, Act::Enrol(Role::Vol)));
    }

    #[test]
    fn who_may_write_into_a_roll_can_operate_in_it() {
        assert!(access(Role::Head, SpaceKind::SquadRoll).writes());
        assert!(!access(Role::Vol, SpaceKind::SquadRoll).writes());
        assert!(!access(Role::Head, SpaceKind::TerritoryRoll).writes());
    }

    #[test]
    fn what_units_share_with_councils_only_the_territory_erases() {
        let may = |role, kind| may_operate(Some(role), Act::Erase(kind));
        let who = |kind| Role::ALL.into_iter().filter(move |role| may(*role, kind)).collect::<Vec<_>>();
        assert_eq!(who(SpaceKind::Council), [Role::Ts]);
        assert_eq!(who(SpaceKind::Subdivision), [Role::Ts, Role::Ss]);
        assert_eq!(who(SpaceKind::Patrols), [Role::Ss]);
        assert_eq!(who(SpaceKind::TerritoryRoll), []);
    }

    #[test]
    fn the_council_reads_no_patrol_and_a_squad_reads_no_council() {
        assert_eq!(access(Role::Cc, SpaceKind::Patrols), Access::None);
        assert_eq!(access(Role::Leb, SpaceKind::Patrols), Access::None);
        assert_eq!(access(Role::Ts, SpaceKind::Patrols), Access::None);
        assert_eq!(access(Role::Head, SpaceKind::Council), Access::None);
        assert_eq!(access(Role::Vol, SpaceKind::Protected), Access::Write);
        for role in Role::ALL {
            let reads_register = access(role, SpaceKind::Register).reads();
            assert_eq!(reads_register, role == Role::Ts);
        }
    }
}
