//! The fold: from a set of operations to [`Membership`], rank by rank.
//!
//! Only a strictly higher rank acts on a device, so when a rank's operations are taken, who belongs to that rank is
//! settled. Within a rank operations are taken by kind, then by id: an order that depends on the set alone.
//!
//! Ids can be ground, so nothing rests on them between two devices of one rank. What a device makes bears its name: a
//! space by derivation, an invite by its inviter. And nobody adds a device that did not ask *him*, with its own signature;
//! if it asked several, where it asked last. What is left to the order of ids is what one signer says twice.

mod closing;
mod enrolling;
mod keys;
mod subjects;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bringer::Bringer;
use super::cut::{Heads, Links, by_journal};
use super::history::{Judged, Standpoint};
use super::members::Membership;
use super::operation::{Operation, OperationKind, epoch_of};
use super::role::{Act, Rank, Role, SpaceKind, may_operate};
use super::roster::{Enrolled, Epoch, NotCounted, SpaceRecord, Standing, Territory};
use crate::ids::{DeviceId, EnvelopeHash, InviteKey, OperationId, Place, SpaceId};
use crate::seal::DevicePublic;

/// One operation as it stands in a roll, out of a verified envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollEntry {
    /// Its name.
    pub id: OperationId,
    /// Where its envelope stands; the space is the roll.
    pub place: Place,
    /// The hash of that envelope.
    pub hash: EnvelopeHash,
    /// Who signed the envelope: a device, the root, or an invite key.
    pub signer: DeviceId,
    /// What it says.
    pub operation: Operation,
    /// Whether it is a request to join whose device proves its keys.
    is_proven_join: bool,
}

impl RollEntry {
    /// An operation of the envelope at a place. The proof of a request to join is checked here and once: folds are many.
    #[must_use]
    pub fn new(
        id: OperationId,
        (place, hash): (Place, EnvelopeHash),
        signer: DeviceId,
        operation: Operation,
    ) -> Self {
        let key = InviteKey::from_bytes(*signer.as_bytes());
        let is_proven_join = matches!(&operation, Operation::Join(join) if join.check(&key).is_ok());
        Self { id, place, hash, signer, operation, is_proven_join }
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

/// Folds the operations of all rolls under one root. The same set gives the same answer in any order. `links` are those of
/// the rolls' journals that operations name in cuts.
#[must_use]
pub fn fold(root: DeviceId, entries: &[RollEntry], links: &Links) -> Membership {
    let requests = Requests::of(entries);
    let mut ordered: Vec<&RollEntry> = entries.iter().collect();
    ordered.sort_by_key(|entry| requests.order(entry));
    ordered.dedup_by_key(|entry| entry.id);
    let mut folding =
        Folding { membership: Membership::of_root(root), requests, parts: parts(entries), links };
    // Who is in is settled before keys are handed on: a higher rank may wrap for whom a lower one added.
    let of = |from: OperationKind, before: Option<OperationKind>| -> Vec<&RollEntry> {
        let kind = |entry: &&&RollEntry| entry.operation.kind();
        let of = ordered
            .iter()
            .filter(|entry| kind(entry) >= from && before.is_none_or(|end| kind(entry) < end));
        of.copied().collect()
    };
    let bringing = of(OperationKind::Found, Some(OperationKind::Role));
    let words = of(OperationKind::Role, Some(OperationKind::Rotate));
    let others = of(OperationKind::Rotate, Some(OperationKind::Lack));
    let of_readers = of(OperationKind::Lack, None);
    for rank in Rank::OPERATING {
        folding.settle(rank, &bringing, &words);
    }
    for rank in Rank::OPERATING {
        for entry in &others {
            folding.take_of_rank(entry, rank);
        }
    }
    // What whoever reads says of himself, of whatever rank, decides nothing about anybody else.
    for entry in &of_readers {
        folding.try_to_take(entry);
    }
    for entry in &ordered {
        folding.note_untaken(entry);
    }
    folding.membership
}

/// The heads that operations list for others' cuts.
fn parts(entries: &[RollEntry]) -> BTreeMap<OperationId, (DeviceId, Arc<Heads>)> {
    let heads = entries.iter().filter_map(|entry| match &entry.operation {
        Operation::Heads { device, heads } => Some((entry.id, (*device, Arc::new(by_journal(heads))))),
        _ => None,
    });
    heads.collect()
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
    /// As what it stood at the operation's place.
    Device(Enrolled),
}

impl Signer {
    fn role(&self) -> Option<Role> {
        match self {
            Self::Root => None,
            Self::Device(enrolled) => Some(enrolled.role),
        }
    }

    fn rank(&self) -> Rank {
        self.role().map_or(Rank::Root, Role::rank)
    }

    /// In whose name it brings members.
    fn bringer(&self) -> Option<Bringer> {
        match self {
            Self::Root => Some(Bringer::Root),
            Self::Device(enrolled) => Bringer::of(enrolled),
        }
    }

    fn may(&self, act: Act) -> Result<(), NotCounted> {
        if may_operate(self.role(), act) { Ok(()) } else { Err(NotCounted::Rank) }
    }
}

/// A fold under way.
struct Folding<'a> {
    membership: Membership,
    requests: Requests,
    parts: BTreeMap<OperationId, (DeviceId, Arc<Heads>)>,
    links: &'a Links,
}

impl Folding<'_> {
    fn signer(&self, entry: &RollEntry) -> Result<Signer, Judged> {
        if self.membership.is_root(&entry.signer) {
            return Ok(Signer::Root);
        }
        let at =
            Standpoint { journal: &entry.place.journal, sequence: entry.place.sequence, hash: &entry.hash };
        match self.membership.judge(&entry.signer, at, self.links) {
            Judged::Role(role) => {
                let enrolled = self.membership.known_device(&entry.signer).cloned();
                enrolled
                    .map(|enrolled| Signer::Device(Enrolled { role, ..enrolled }))
                    .ok_or(Judged::Unknown)
            }
            otherwise => Err(otherwise),
        }
    }

    fn is_untaken(&self, entry: &RollEntry) -> bool {
        self.membership.standing(&entry.id).is_none()
    }

    fn is_waiting(&self, entry: &RollEntry) -> bool {
        self.membership.standing(&entry.id) == Some(Standing::Waiting)
    }

    /// Settles who is in of those on whom a rank acts. A higher rank may have spoken about a device that this rank brings: such
    /// a word is taken as soon as the device is in, and before anything that the device itself signed.
    fn settle(&mut self, rank: Rank, bringing: &[&RollEntry], words: &[&RollEntry]) {
        loop {
            for entry in bringing {
                self.take_of_rank(entry, rank);
            }
            let waiting: Vec<_> = words.iter().filter(|entry| self.is_waiting(entry)).collect();
            let mut moved = false;
            for entry in waiting {
                self.try_to_take(entry);
                moved |= !self.is_waiting(entry);
            }
            if !moved {
                break;
            }
        }
        for entry in words {
            self.take_of_rank(entry, rank);
        }
    }

    /// Takes an operation if its signer stands at this rank. A join has no rank: it is taken as soon as its invite is.
    fn take_of_rank(&mut self, entry: &RollEntry, rank: Rank) {
        if matches!(entry.operation, Operation::Join(_)) {
            if self.is_untaken(entry) || self.is_waiting(entry) {
                self.try_to_take(entry);
            }
        } else if self.is_untaken(entry) && self.signer(entry).is_ok_and(|signer| signer.rank() == rank) {
            self.try_to_take(entry);
        }
    }

    fn try_to_take(&mut self, entry: &RollEntry) {
        let verdict = match (&entry.operation, self.signer(entry)) {
            (Operation::Join(join), _) => self.membership.take_join(entry, *join, &self.requests),
            (_, Ok(signer)) => self.take(entry, &signer),
            (_, Err(_)) => return,
        };
        let standing = match verdict {
            Ok(()) => Standing::Counted,
            Err(Undecided::Waiting) => Standing::Waiting,
            Err(Undecided::Never(reason)) => Standing::NotCounted(reason),
        };
        self.membership.standings.insert(entry.id, standing);
    }

    /// Says of what was never taken why not.
    fn note_untaken(&mut self, entry: &RollEntry) {
        let standing = match self.signer(entry) {
            Ok(_) => Standing::NotCounted(NotCounted::Rank),
            Err(Judged::Held) => Standing::Held,
            Err(_) => Standing::Waiting,
        };
        if standing == Standing::Held && self.is_untaken(entry) {
            self.membership.note_held_erase(entry);
        }
        self.membership.standings.entry(entry.id).or_insert(standing);
    }

    fn take(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        match &entry.operation {
            Operation::Role { .. } | Operation::Remove { .. } => self.take_word(entry, signer),
            _ => self.membership.take(entry, signer),
        }
    }
}

impl Membership {
    fn take(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        match &entry.operation {
            Operation::Found { successor, recovery } => {
                signer.may(Act::Found)?;
                self.check_territory_roll(entry.place.space)?;
                if self.territory.is_some() {
                    return Err(NotCounted::Exists.into());
                }
                if entry.signer != self.root || successor.id == self.root {
                    return Err(NotCounted::Rank.into());
                }
                self.territory = Some(Territory { successor: *successor, recovery: *recovery });
                Ok(())
            }
            Operation::Space { .. } => self.take_space(entry, signer),
            Operation::Invite { .. } => self.take_invite(entry, signer),
            Operation::Add { .. } => self.take_add(entry, signer),
            Operation::Rotate { .. } => self.take_rotate(entry, signer),
            Operation::Wrap { .. } => self.take_wrap(entry, signer),
            Operation::Lack { .. } => self.take_lack(entry, signer),
            Operation::Heads { .. } => self.take_heads(entry, signer),
            Operation::Admit { .. } => self.take_admit(entry, signer),
            Operation::Erase { .. } => self.take_erase(entry, signer),
            Operation::Erased { operations } => {
                self.check_roll(entry, signer)?;
                self.erasures.note_obeyed(entry.signer, operations);
                Ok(())
            }
            Operation::Close { space } => self.take_close(entry, signer, space),
            Operation::Join(_) | Operation::Role { .. } | Operation::Remove { .. } => {
                Err(NotCounted::Rank.into())
            }
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
            .map(|public| (public.id(), Epoch::new(public, entry.signer)));
        let record = SpaceRecord {
            kind: *kind,
            roll: entry.place.space,
            season: *season,
            maker: entry.signer,
            offices: offices.iter().copied().collect(),
            epochs: epochs.collect(),
            is_closed: false,
        };
        self.spaces.insert(space, record);
        Ok(())
    }
}

#[cfg(test)]
mod erasing_tests;
#[cfg(test)]
mod lack_tests;
#[cfg(test)]
mod people_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod subjects_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod world;
