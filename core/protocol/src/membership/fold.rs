//! The fold: from a set of operations to [`Membership`], rank by rank.
//!
//! Only a strictly higher rank acts on a device, so when a rank's operations are taken, who belongs to that rank is
//! settled. Within a rank operations are taken by kind, then by id: an order that depends on the set alone. What comes
//! twice is decided by that order too: the first counts, the others exist already.

use std::collections::BTreeMap;

use super::operation::{Operation, OperationKind, epoch_of};
use super::role::{Act, Rank, Role, SpaceKind, may_operate};
use super::roster::{Enrolled, Epoch, Invited, Membership, NotCounted, SpaceRecord, Standing, Territory};
use crate::ids::{DeviceId, InviteKey, OperationId, Place, SpaceId};

/// One operation as it stands in a roll, out of a verified envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollEntry {
    /// Its name.
    pub id: OperationId,
    /// Where its envelope stands; the space is the roll.
    pub place: Place,
    /// Who signed the envelope: a device, the root, or an invite key.
    pub signer: DeviceId,
    /// What it says.
    pub operation: Operation,
}

type Verdict = Result<(), Undecided>;

/// Why an operation is not counted now.
enum Undecided {
    Waiting,
    Never(NotCounted),
}

impl From<NotCounted> for Undecided {
    fn from(reason: NotCounted) -> Self {
        Self::Never(reason)
    }
}

/// Folds the operations of all rolls under one root. The same set gives the same answer in any order.
#[must_use]
pub fn fold(root: DeviceId, entries: &[RollEntry]) -> Membership {
    let mut membership = Membership::of_root(root);
    let mut ordered: BTreeMap<_, &RollEntry> = BTreeMap::new();
    for entry in entries {
        ordered.insert((entry.operation.kind(), tie(&entry.operation), entry.id), entry);
    }
    // Who is in is settled before keys are handed on: a higher rank may wrap for whom a lower one added.
    let is_about_keys = |entry: &RollEntry| entry.operation.kind() >= OperationKind::Rotate;
    for keys in [false, true] {
        for rank in Rank::OPERATING {
            for entry in ordered.values().filter(|entry| is_about_keys(entry) == keys) {
                let signer = Signer::of(&membership, entry).filter(|signer| signer.rank() == rank);
                let Some(signer) = signer.filter(|_| entry.operation.kind() != OperationKind::Join) else {
                    continue;
                };
                let verdict = membership.take(entry, &signer);
                membership.note(entry, &verdict);
            }
        }
    }
    for entry in ordered.values() {
        if let Operation::Join(join) = &entry.operation {
            let verdict = membership.take_join(entry, *join);
            membership.note(entry, &verdict);
        }
        let of_a_member = Signer::of(&membership, entry).is_some();
        let otherwise = if of_a_member { Standing::NotCounted(NotCounted::Rank) } else { Standing::Waiting };
        membership.standings.entry(entry.id).or_insert(otherwise);
    }
    membership
}

/// Decides between two operations on one subject before their ids do: among adds, the lowest role.
fn tie(operation: &Operation) -> u8 {
    match operation {
        Operation::Add { role, .. } => u8::MAX - *role as u8,
        _ => 0,
    }
}

/// Who signs, as the fold has settled so far.
enum Signer {
    Root,
    Device(Enrolled),
}

impl Signer {
    fn of(membership: &Membership, entry: &RollEntry) -> Option<Self> {
        if entry.signer == membership.root {
            return Some(Self::Root);
        }
        membership.role_at(&entry.signer, &entry.place)?;
        membership.device(&entry.signer).cloned().map(Self::Device)
    }

    fn role(&self) -> Option<Role> {
        match self {
            Self::Root => None,
            Self::Device(enrolled) => Some(enrolled.role),
        }
    }

    fn rank(&self) -> Rank {
        self.role().map_or(Rank::Root, Role::rank)
    }

    fn may(&self, act: Act) -> Result<(), NotCounted> {
        if may_operate(self.role(), act) { Ok(()) } else { Err(NotCounted::Rank) }
    }
}

impl Membership {
    fn note(&mut self, entry: &RollEntry, verdict: &Verdict) {
        let standing = match verdict {
            Ok(()) => Standing::Counted,
            Err(Undecided::Waiting) => Standing::Waiting,
            Err(Undecided::Never(reason)) => Standing::NotCounted(*reason),
        };
        self.standings.insert(entry.id, standing);
    }

    fn take(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        match &entry.operation {
            Operation::Found { successor } => {
                signer.may(Act::Found)?;
                self.check_territory_roll(entry.place.space)?;
                if self.territory.is_some() {
                    return Err(NotCounted::Exists.into());
                }
                self.territory = Some(Territory { successor: *successor });
                Ok(())
            }
            Operation::Space { .. } => self.take_space(entry, signer),
            Operation::Invite { .. } => self.take_invite(entry, signer),
            Operation::Add { .. } => self.take_add(entry, signer),
            Operation::Rotate { .. } => self.take_rotate(entry, signer),
            Operation::Wrap { .. } => self.take_wrap(entry, signer),
            Operation::Join(_) => Err(NotCounted::Rank.into()),
        }
    }

    fn check_territory_roll(&self, roll: SpaceId) -> Result<(), NotCounted> {
        if roll == self.territory_roll() { Ok(()) } else { Err(NotCounted::Roll) }
    }

    /// The roll an operation stands in must exist and be the signer's.
    fn check_roll(&self, entry: &RollEntry, signer: &Signer) -> Result<SpaceKind, Undecided> {
        let roll = self.spaces.get(&entry.place.space).ok_or(Undecided::Waiting)?;
        if !roll.kind.is_roll() {
            return Err(NotCounted::Roll.into());
        }
        match signer {
            Signer::Device(enrolled) if !self.is_in_scope(enrolled, &entry.place.space, roll) => {
                Err(NotCounted::Scope.into())
            }
            _ => Ok(roll.kind),
        }
    }

    fn take_space(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Space { space, kind, season, offices, epoch } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        signer.may(Act::MakeSpace(*kind))?;
        let roll = self.check_roll(entry, signer)?;
        if kind.is_of_a_squad() != (roll == SpaceKind::SquadRoll) {
            return Err(NotCounted::Roll.into());
        }
        let serves = match signer {
            Signer::Device(Enrolled { role: Role::Ss, office: Some(office), .. }) => offices.contains(office),
            _ => true,
        };
        if !serves {
            return Err(NotCounted::Scope.into());
        }
        if self.spaces.contains_key(space) {
            return Err(NotCounted::Exists.into());
        }
        let epochs = epoch
            .iter()
            .map(epoch_of)
            .map(|public| (public.id(), Epoch { public, parents: BTreeMap::new() }));
        let record = SpaceRecord {
            kind: *kind,
            roll: entry.place.space,
            season: *season,
            maker: entry.signer,
            offices: offices.iter().copied().collect(),
            epochs: epochs.collect(),
        };
        self.spaces.insert(*space, record);
        Ok(())
    }

    /// Devices of a squad stand in its roll, devices of offices in the territory's.
    fn check_enrolment(&self, entry: &RollEntry, signer: &Signer, role: Role) -> Verdict {
        signer.may(Act::Enrol(role))?;
        let roll = self.check_roll(entry, signer)?;
        if role.is_of_a_squad() == (roll == SpaceKind::SquadRoll) {
            Ok(())
        } else {
            Err(NotCounted::Roll.into())
        }
    }

    fn take_invite(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Invite { key, role, office, expires_at_ms } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_enrolment(entry, signer, *role)?;
        if self.invites.contains_key(key) {
            return Err(NotCounted::Exists.into());
        }
        let invited = Invited {
            roll: entry.place.space,
            role: *role,
            office: *office,
            expires_at_ms: *expires_at_ms,
            inviter: entry.signer,
            joins: std::collections::BTreeSet::new(),
        };
        self.invites.insert(*key, invited);
        Ok(())
    }

    fn take_add(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Add { device, member, role, office, invite } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_enrolment(entry, signer, *role)?;
        if self.devices.contains_key(&device.id) || device.id == self.root {
            return Err(NotCounted::Exists.into());
        }
        if invite.is_some_and(|key| self.device_of_invite(&key).is_some()) {
            return Err(NotCounted::InviteUsed.into());
        }
        let enrolled = Enrolled {
            role: *role,
            member: *member,
            office: *office,
            roll: entry.place.space,
            exchange: device.exchange,
            added_by: entry.signer,
            invite: *invite,
        };
        self.devices.insert(device.id, enrolled);
        Ok(())
    }

    /// Who renews or hands on a key must read the space himself, in the roll that the space was made in.
    fn check_key(&self, entry: &RollEntry, signer: &Signer, space: &SpaceId) -> Verdict {
        let record = self.spaces.get(space).ok_or(Undecided::Waiting)?;
        signer.may(Act::Key(record.kind))?;
        if record.roll != entry.place.space {
            return Err(NotCounted::Roll.into());
        }
        if self.access(&entry.signer, space).reads() { Ok(()) } else { Err(NotCounted::Scope.into()) }
    }

    fn take_rotate(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Rotate { space, epoch, parents } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_key(entry, signer, space)?;
        let public = epoch_of(epoch);
        let record = self.spaces.get_mut(space).ok_or(Undecided::Waiting)?;
        if record.epochs.contains_key(&public.id()) {
            return Err(NotCounted::Exists.into());
        }
        let parents = parents.iter().map(|parent| (parent.epoch, parent.key.clone())).collect();
        record.epochs.insert(public.id(), Epoch { public, parents });
        Ok(())
    }

    fn take_wrap(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Wrap { space, epoch, device, key } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_key(entry, signer, space)?;
        if !self.devices.contains_key(device) {
            return Err(Undecided::Waiting);
        }
        if !self.access(device, space).reads() {
            return Err(NotCounted::Scope.into());
        }
        self.wraps
            .entry((*space, *device))
            .or_default()
            .entry(*epoch)
            .or_default()
            .insert(key.clone());
        Ok(())
    }

    fn take_join(&mut self, entry: &RollEntry, join: super::invite::Join) -> Verdict {
        let key = InviteKey::from_bytes(*entry.signer.as_bytes());
        let invited = self.invites.get_mut(&key).ok_or(Undecided::Waiting)?;
        if invited.roll != entry.place.space {
            return Err(NotCounted::Roll.into());
        }
        join.check(&key).map_err(|_| NotCounted::Proof)?;
        invited.joins.insert(join);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
