//! What follows from the counted operations: devices, spaces, invites, wrapped keys, and why others did not count.

use std::collections::{BTreeMap, BTreeSet};

use super::invite::Join;
use super::role::{Access, Role, Season, SpaceKind, access};
use crate::ids::{
    DeviceId, EpochId, ExchangeKey, InviteKey, MemberId, OfficeId, OperationId, Place, SpaceId,
};
use crate::seal::{DevicePublic, EpochPublic, SealedKey};

/// The territory, once its founding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Territory {
    /// The key that may take the root's place.
    pub successor: DeviceId,
}

/// A device that is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// What it may do.
    pub role: Role,
    /// Whom it belongs to.
    pub member: MemberId,
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
}

/// One epoch of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epoch {
    /// What is sealed to.
    pub public: EpochPublic,
    /// Earlier epochs, with their keys sealed to this one. Several of one key, if several rotations name this epoch: a
    /// stranger's adds to the author's and takes nothing away.
    pub parents: BTreeMap<EpochId, BTreeSet<SealedKey>>,
}

impl SpaceRecord {
    /// The epochs that no other carries as its parent. Several, if rotations were made apart; all, if somebody named them
    /// in a circle.
    #[must_use]
    pub fn leaf_epochs(&self) -> Vec<EpochPublic> {
        let parents_of = |(id, epoch): (&EpochId, &Epoch)| {
            let others = epoch.parents.keys().filter(|parent| *parent != id);
            others.copied().collect::<Vec<_>>()
        };
        let carried: BTreeSet<EpochId> = self.epochs.iter().flat_map(parents_of).collect();
        let is_circle = self.epochs.keys().all(|id| carried.contains(id));
        let leaves = self.epochs.iter().filter(|(id, _)| is_circle || !carried.contains(id));
        leaves.map(|(_, epoch)| epoch.public).collect()
    }

    /// The epoch to seal to: of several leaves, the one with most parents.
    #[must_use]
    pub fn newest_epoch(&self) -> Option<EpochPublic> {
        self.newest_epoch_of(|_| true)
    }

    /// The same among the leaves that `may` allows.
    pub fn newest_epoch_of(&self, may: impl Fn(&EpochId) -> bool) -> Option<EpochPublic> {
        let known_parents = |id: &EpochId| {
            let parents = self.epochs.get(id).into_iter().flat_map(|epoch| epoch.parents.keys());
            parents.filter(|parent| self.epochs.contains_key(parent)).count()
        };
        let leaves = self.leaf_epochs().into_iter().filter(|leaf| may(&leaf.id()));
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
}

/// What the fold says of one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counted,
    /// What would explain it has not come: its signer, space, invite, join or device is not known.
    Waiting,
    /// It does not count, and why.
    NotCounted(NotCounted),
}

/// Who is in, as what, with which keys: a pure function of a set of operations and the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub(super) root: DeviceId,
    pub(super) territory: Option<Territory>,
    pub(super) devices: BTreeMap<DeviceId, Enrolled>,
    pub(super) spaces: BTreeMap<SpaceId, SpaceRecord>,
    /// By key and inviter: who copies a key makes an invite of his own.
    pub(super) invites: BTreeMap<(InviteKey, DeviceId), Invited>,
    pub(super) wraps: BTreeMap<(SpaceId, DeviceId), BTreeMap<EpochId, BTreeSet<SealedKey>>>,
    pub(super) standings: BTreeMap<OperationId, Standing>,
}

impl Membership {
    /// A territory of which only the root is known.
    #[must_use]
    pub fn of_root(root: DeviceId) -> Self {
        let roll = SpaceRecord {
            kind: SpaceKind::TerritoryRoll,
            roll: SpaceId::of_territory(&root),
            season: Season(0),
            maker: root,
            offices: BTreeSet::new(),
            epochs: BTreeMap::new(),
        };
        Self {
            root,
            territory: None,
            devices: BTreeMap::new(),
            spaces: BTreeMap::from([(SpaceId::of_territory(&root), roll)]),
            invites: BTreeMap::new(),
            wraps: BTreeMap::new(),
            standings: BTreeMap::new(),
        }
    }

    /// The root's key.
    #[must_use]
    pub fn root(&self) -> DeviceId {
        self.root
    }

    /// The territory's roll.
    #[must_use]
    pub fn territory_roll(&self) -> SpaceId {
        SpaceId::of_territory(&self.root)
    }

    /// The founding, once it is known.
    #[must_use]
    pub fn territory(&self) -> Option<Territory> {
        self.territory
    }

    /// A device that is in.
    #[must_use]
    pub fn device(&self, device: &DeviceId) -> Option<&Enrolled> {
        self.devices.get(device)
    }

    /// Every device that is in.
    pub fn devices(&self) -> impl Iterator<Item = (&DeviceId, &Enrolled)> {
        self.devices.iter()
    }

    /// The role that judges what a device wrote at a place. Cuts of removals and role changes will be asked here.
    #[must_use]
    pub fn role_at(&self, device: &DeviceId, _place: &Place) -> Option<Role> {
        self.devices.get(device).map(|enrolled| enrolled.role)
    }

    /// A space that exists.
    #[must_use]
    pub fn space(&self, space: &SpaceId) -> Option<&SpaceRecord> {
        self.spaces.get(space)
    }

    /// Every space that exists.
    pub fn spaces(&self) -> impl Iterator<Item = (&SpaceId, &SpaceRecord)> {
        self.spaces.iter()
    }

    /// What a device may do in a space now: its role's row, if office or squad fit.
    #[must_use]
    pub fn access(&self, device: &DeviceId, space: &SpaceId) -> Access {
        if *device == self.root && *space == self.territory_roll() {
            return Access::ReadWrite;
        }
        let (Some(enrolled), Some(record)) = (self.devices.get(device), self.spaces.get(space)) else {
            return Access::None;
        };
        if self.is_in_scope(enrolled, space, record) {
            access(enrolled.role, record.kind)
        } else {
            Access::None
        }
    }

    /// Whether a device's office, squad or territory is the space's.
    pub(super) fn is_in_scope(&self, enrolled: &Enrolled, id: &SpaceId, space: &SpaceRecord) -> bool {
        let is_own_squad = |roll: &SpaceId| enrolled.roll == *roll;
        match (enrolled.role, space.kind) {
            (_, SpaceKind::TerritoryRoll) | (Role::Ts, _) => true,
            (Role::Ss | Role::Leb | Role::Cc, _) => {
                enrolled.office.is_some_and(|office| space.offices.contains(&office))
            }
            (_, SpaceKind::SquadRoll) => is_own_squad(id),
            (_, SpaceKind::ToSubdivision) => self
                .spaces
                .get(&enrolled.roll)
                .is_some_and(|squad| !squad.offices.is_disjoint(&space.offices)),
            _ => is_own_squad(&space.roll),
        }
    }

    /// The spaces a device has any access to.
    pub fn spaces_of(&self, device: &DeviceId) -> impl Iterator<Item = (SpaceId, Access)> {
        self.spaces.keys().filter_map(move |space| match self.access(device, space) {
            Access::None => None,
            access => Some((*space, access)),
        })
    }

    /// The devices that read a space.
    pub fn readers_of(&self, space: &SpaceId) -> impl Iterator<Item = (&DeviceId, &Enrolled)> {
        self.devices
            .iter()
            .filter(move |(device, _)| self.access(device, space).reads())
    }

    /// An invite that counts, by its key and who signed it.
    #[must_use]
    pub fn invite(&self, key: &InviteKey, inviter: &DeviceId) -> Option<&Invited> {
        self.invites.get(&(*key, *inviter))
    }

    /// The invites that name a key: one, unless somebody copied it.
    pub fn invites_of(&self, key: &InviteKey) -> impl Iterator<Item = &Invited> {
        let [first, last] = [[0; 32], [u8::MAX; 32]].map(|inviter| (*key, DeviceId::from_bytes(inviter)));
        self.invites.range(first..=last).map(|(_, invited)| invited)
    }

    /// Every invite that counts.
    pub fn invites(&self) -> impl Iterator<Item = (&InviteKey, &Invited)> {
        self.invites.iter().map(|((key, _), invited)| (key, invited))
    }

    /// The keys of a space that were wrapped to a device. Several for one epoch, if several wrapped it.
    pub fn wraps(&self, space: &SpaceId, device: &DeviceId) -> impl Iterator<Item = (EpochId, &SealedKey)> {
        let wraps = self.wraps.get(&(*space, *device)).into_iter().flatten();
        wraps.flat_map(|(epoch, keys)| keys.iter().map(|key| (*epoch, key)))
    }

    /// What was said of an operation; nothing of one that was not in the set.
    #[must_use]
    pub fn standing(&self, operation: &OperationId) -> Option<Standing> {
        self.standings.get(operation).copied()
    }
}
