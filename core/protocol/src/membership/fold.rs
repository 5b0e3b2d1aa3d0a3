//! The fold: from a set of operations to [`Membership`], rank by rank.
//!
//! Only a strictly higher rank acts on a device, so when a rank's operations are taken, who belongs to that rank is
//! settled. Within a rank operations are taken by kind, then by id: an order that depends on the set alone.
//!
//! Ids can be ground, so nothing rests on them between two devices of one rank. What a device makes bears its name: a
//! space by derivation, an invite by its inviter. And nobody adds a device that did not ask *him*, with its own signature;
//! if it asked several, where it asked last. What is left to the order of ids is what one signer says twice.

mod enrolling;
mod keys;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::operation::{Operation, OperationKind, epoch_of};
use super::role::{Act, Rank, Role, SpaceKind, may_operate};
use super::roster::{Enrolled, Epoch, Membership, NotCounted, SpaceRecord, Standing, Territory};
use crate::ids::{DeviceId, InviteKey, OperationId, Place, SpaceId};
use crate::seal::DevicePublic;

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
    /// Whether it is a request to join whose device proves its keys.
    is_proven_join: bool,
}

impl RollEntry {
    /// An operation as it stands there. The proof of a request to join is checked here and once: folds are many.
    #[must_use]
    pub fn new(id: OperationId, place: Place, signer: DeviceId, operation: Operation) -> Self {
        let key = InviteKey::from_bytes(*signer.as_bytes());
        let is_proven_join = matches!(&operation, Operation::Join(join) if join.check(&key).is_ok());
        Self { id, place, signer, operation, is_proven_join }
    }
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
    let requests = Requests::of(entries);
    let ordered: BTreeMap<_, &RollEntry> =
        entries.iter().map(|entry| (requests.order(entry), entry)).collect();
    // Who is in is settled before keys are handed on: a higher rank may wrap for whom a lower one added.
    let is_about_keys = |entry: &RollEntry| entry.operation.kind() >= OperationKind::Rotate;
    for keys in [false, true] {
        for rank in Rank::OPERATING {
            for entry in ordered.values().filter(|entry| is_about_keys(entry) == keys) {
                membership.take_of_rank(entry, rank, &requests);
            }
        }
    }
    for entry in ordered.values() {
        let of_a_member = Signer::of(&membership, entry).is_some();
        let otherwise = if of_a_member { Standing::NotCounted(NotCounted::Rank) } else { Standing::Waiting };
        membership.standings.entry(entry.id).or_insert(otherwise);
    }
    membership
}

/// The requests to join whose devices prove their keys.
struct Requests {
    proven: BTreeSet<OperationId>,
    /// By invite, inviter and device: how many times the device had asked before, at its last request.
    attempts: BTreeMap<(InviteKey, DeviceId, DevicePublic), u32>,
}

impl Requests {
    fn of(entries: &[RollEntry]) -> Self {
        let mut requests = Self { proven: BTreeSet::new(), attempts: BTreeMap::new() };
        for entry in entries {
            let Operation::Join(join) = &entry.operation else { continue };
            let key = InviteKey::from_bytes(*entry.signer.as_bytes());
            if entry.is_proven_join {
                requests.proven.insert(entry.id);
                let last = requests.attempts.entry((key, join.inviter, join.device)).or_default();
                *last = join.attempt.max(*last);
            }
        }
        requests
    }

    /// The order within a rank: by kind; of adds, first where the device asked last, then the lowest role; then by id.
    fn order(&self, entry: &RollEntry) -> (OperationKind, Reverse<u32>, u8, OperationId) {
        let (attempt, role) = match &entry.operation {
            Operation::Add { device, role, invite, .. } => {
                let request = invite.map(|key| (key, entry.signer, *device));
                let attempt = request.and_then(|request| self.attempts.get(&request));
                (attempt.copied().unwrap_or_default(), u8::MAX - *role as u8)
            }
            _ => (0, 0),
        };
        (entry.operation.kind(), Reverse(attempt), role, entry.id)
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

    /// Takes an operation if its signer stands at this rank. A join has no rank: it is taken as soon as its invite is.
    fn take_of_rank(&mut self, entry: &RollEntry, rank: Rank, requests: &Requests) {
        if let Operation::Join(join) = &entry.operation {
            if self.standing(&entry.id).is_none_or(|standing| standing == Standing::Waiting) {
                let verdict = self.take_join(entry, *join, requests);
                self.note(entry, &verdict);
            }
            return;
        }
        let signer = Signer::of(self, entry).filter(|signer| signer.rank() == rank);
        if let Some(signer) = signer {
            let verdict = self.take(entry, &signer);
            self.note(entry, &verdict);
        }
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
        let Operation::Space { nonce, kind, season, offices, epoch } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        signer.may(Act::MakeSpace(*kind))?;
        if !kind.is_of_a_squad() {
            self.check_territory_roll(entry.place.space)?;
        }
        if self.check_roll(entry, signer)? == SpaceKind::TerritoryRoll && kind.is_of_a_squad() {
            return Err(NotCounted::Roll.into());
        }
        let serves = match signer {
            Signer::Device(Enrolled { role: Role::Ss, office: Some(office), .. }) => offices.contains(office),
            _ => true,
        };
        if !serves {
            return Err(NotCounted::Scope.into());
        }
        let space = SpaceId::derive(&entry.place.space, &entry.signer, nonce);
        if self.spaces.contains_key(&space) {
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
        self.spaces.insert(space, record);
        Ok(())
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod world;
