//! Whose people a member belongs to: who coined the member id.
//!
//! A member id is derived from the roll, from who brings, and from a nonce. So nobody can sign an `add` for an id that an
//! equal's people bear: the same nonce in his mouth is another id. There is nothing to look up, to wait for, or to settle by
//! order, and it stays so when the device that brought the member is gone.

use super::role::{Rank, Role};
use super::roster::Enrolled;
use crate::bytes::first_bytes;
use crate::ids::{MemberId, OfficeId, SpaceId};

/// Who brings members: not a device, but in whose name it speaks. Its successor at the same desk, or the second phone of the
/// same head, speaks in the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bringer {
    /// The root, or its successor.
    Root,
    /// The TS, with whatever console.
    Territory,
    /// An office, with whatever console.
    Office(OfficeId),
    /// A head, with whatever phone.
    Head(MemberId),
}

impl Bringer {
    /// In whose name a device brings; none for one that brings nobody.
    #[must_use]
    pub fn of(enrolled: &Enrolled) -> Option<Self> {
        match enrolled.role {
            Role::Ts => Some(Self::Territory),
            Role::Ss => enrolled.office.map(Self::Office),
            Role::Head => Some(Self::Head(enrolled.member)),
            Role::Leb | Role::Cc | Role::Vol | Role::Nse => None,
        }
    }

    /// The rank that it stands at.
    #[must_use]
    pub const fn rank(&self) -> Rank {
        match self {
            Self::Root => Rank::Root,
            Self::Territory => Rank::Territory,
            Self::Office(_) => Rank::Office,
            Self::Head(_) => Rank::Head,
        }
    }

    /// The member that it brings into a roll with this nonce.
    #[must_use]
    pub fn member(&self, roll: &SpaceId, nonce: &[u8; 16]) -> MemberId {
        let name: &[u8] = match self {
            Self::Root | Self::Territory => &[],
            Self::Office(office) => office.as_bytes(),
            Self::Head(member) => member.as_bytes(),
        };
        let bytes = [roll.as_bytes().as_slice(), &[self.rank() as u8], name, nonce].concat();
        MemberId::from_bytes(first_bytes(blake3::derive_key("jasaq 1 member", &bytes)))
    }
}
