//! What follows from the counted operations: devices, spaces, invites, wrapped keys, and why others did not count.

use std::collections::{BTreeMap, BTreeSet};

use super::bringer::Bringer;
use super::invite::Join;
use super::role::{Role, Season, SpaceKind};
use crate::ids::{DeviceId, EpochId, ExchangeKey, InviteKey, MemberId, OfficeId, OperationId, SpaceId};
use crate::seal::{DevicePublic, EpochPublic, SealedKey};

/// The territory, once its founding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Territory {
    /// The key that stands beside the root.
    pub successor: DevicePublic,
    /// What the keys of spaces are wrapped to for the root.
    pub recovery: ExchangeKey,
}

/// A device that is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// What it may do.
    pub role: Role,
    /// Whom it belongs to.
    pub member: MemberId,
    /// Who brought the member, which may be another than who added this device.
    pub brought_by: Bringer,
    /// What the member's id is derived from besides.
    pub nonce: [u8; 16],
    /// The body it belongs to, for offices.
    pub office: Option<OfficeId>,
    /// The roll it was added in.
    pub roll: SpaceId,
    /// What keys are wrapped to.
    pub exchange: ExchangeKey,
    /// Who added it: a device, or the root.
    pub added_by: DeviceId,
    /// The invite it came with.
    pub invite: Option<InviteKey>,
}

/// A space that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceRecord {
    /// What it is for.
    pub kind: SpaceKind,
    /// The roll it was made in, which names its devices.
    pub roll: SpaceId,
    /// Its season.
    pub season: Season,
    /// Who made it, and so holds its first key without a wrap.
    pub maker: DeviceId,
    /// The bodies whose consoles it serves.
    pub offices: BTreeSet<OfficeId>,
    /// Its epochs and, of each, the ones before it with their sealed keys.
    pub epochs: BTreeMap<EpochId, Epoch>,
    /// Whether it was ended: its keys are destroyed.
    pub is_closed: bool,
}

/// One epoch of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epoch {
    /// What is sealed to.
    pub public: EpochPublic,
    /// Earlier epochs, with their keys sealed to this one, and the rotations that carry them. Several of one key, if several
    /// rotations name this epoch: a stranger's adds to the author's and takes nothing away.
    pub parents: BTreeMap<EpochId, BTreeSet<(OperationId, SealedKey)>>,
    /// Who published it: the maker of the space, and whoever rotated to it.
    pub makers: BTreeSet<DeviceId>,
}

impl Epoch {
    pub(super) fn new(public: EpochPublic, maker: DeviceId) -> Self {
        Self { public, parents: BTreeMap::new(), makers: BTreeSet::from([maker]) }
    }
}

impl SpaceRecord {
    /// The epochs that no other carries as its parent. Several, if rotations were made apart; all, if somebody named them
    /// in a circle.
    #[must_use]
    pub fn leaf_epochs(&self) -> Vec<EpochPublic> {
        self.leaves_among(|_| true)
    }

    /// The same of some of the epochs, as if there were no others.
    #[must_use]
    pub fn leaves_among(&self, is_among: impl Fn(&EpochId) -> bool) -> Vec<EpochPublic> {
        let among: Vec<_> = self.epochs.iter().filter(|(id, _)| is_among(id)).collect();
        let parents_of = |(id, epoch): &(&EpochId, &Epoch)| {
            let others = epoch.parents.keys().filter(|parent| parent != id);
            others.copied().collect::<Vec<_>>()
        };
        let carried: BTreeSet<EpochId> = among.iter().flat_map(parents_of).collect();
        let is_circle = among.iter().all(|(id, _)| carried.contains(id));
        let leaves = among.iter().filter(|(id, _)| is_circle || !carried.contains(id));
        leaves.map(|(_, epoch)| epoch.public).collect()
    }

    /// The epoch to seal to: of several leaves, the one with most parents.
    #[must_use]
    pub fn newest_epoch(&self) -> Option<EpochPublic> {
        self.newest_epoch_of(|_| true)
    }

    /// The same of some of the epochs, as if there were no others.
    pub fn newest_epoch_of(&self, is_among: impl Fn(&EpochId) -> bool) -> Option<EpochPublic> {
        let known_parents = |id: &EpochId| {
            let parents = self.epochs.get(id).into_iter().flat_map(|epoch| epoch.parents.keys());
            parents.filter(|parent| self.epochs.contains_key(parent)).count()
        };
        let leaves = self.leaves_among(is_among).into_iter();
        leaves.max_by_key(|leaf| (known_parents(&leaf.id()), leaf.id()))
    }
}

/// An invite that counts, and who has asked to join with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The roll it leads to.
    pub roll: SpaceId,
    /// What the device will be.
    pub role: Role,
    /// The body it will belong to.
    pub office: Option<OfficeId>,
    /// When the inviter means to stop accepting it, by the inviter's clock.
    pub expires_at_ms: i64,
    /// Who invited.
    pub inviter: DeviceId,
    /// Who asked, each with its newest request. More than one: somebody else has seen the code.
    pub joins: BTreeMap<DevicePublic, Join>,
    /// The device that was added with it.
    pub device: Option<DeviceId>,
}

/// Why an operation does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NotCounted {
    /// The signer's role may not do that, or not to this subject.
    #[error("the signer's role may not do that")]
    Rank,
    /// The subject belongs to another squad, office or roll.
    #[error("the subject is out of the signer's scope")]
    Scope,
    /// It stands in a roll where it does not belong.
    #[error("it stands in the wrong roll")]
    Roll,
    /// Its subject exists already by another operation.
    #[error("its subject exists already")]
    Exists,
    /// It names no invite of its signer's, or one for another role, office or roll.
    #[error("its signer invited nobody to that")]
    NotInvited,
    /// The invite was used for another device.
    #[error("the invite was used already")]
    InviteUsed,
    /// A join whose device does not prove its keys.
    #[error("the joining device does not prove its keys")]
    Proof,
    /// A device removes itself or changes its own role.
    #[error("nobody removes or changes himself")]
    Oneself,
    /// The space was ended.
    #[error("the space was closed")]
    Closed,
}

/// What the fold says of one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counted,
    /// What would explain it has not come: its signer, space, invite, join or device is not known, or the chain that links
    /// it to a cut.
    Waiting,
    /// It stands beyond a cut of its signer's. Operations are not admitted; who may signs them again.
    Held,
    /// It does not count, and why.
    NotCounted(NotCounted),
}
