//! Who may do what, as far as the relay knows: one fold per trusted root, over the rolls that are stored.
//!
//! Promises: the same stored rolls give the same answer after a restart; a space belongs to the territory that first
//! wrote into it, whoever names it later. Refuses: to open rolls that do not verify any more.

mod closing;
mod erasing;
mod loading;
mod removed;

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{DeviceId, InviteKey, Place, SpaceId};
use jasaq_protocol::membership::{
    Access, InviteTerms, Invited, Links, Membership, Operation, OperationKind, RollEntry, fold,
};
use jasaq_protocol::seal::{Link, VerifiedEnvelope};
use jasaq_protocol::sync::Refusal;
use rusqlite::Connection;

use crate::storage::{StorageError, load_dropping, load_territories};
use erasing::Due;
use loading::roll_entries;

pub(crate) use loading::verify_again;
pub(crate) use removed::Removal;

/// What the right to write rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// A device or the root in a roll that it may write.
    Roll,
    /// A device in a roll that it only reads: it may speak of itself, and of nothing else.
    Reader,
    /// A device in another space that it may write.
    Space,
    /// An invite's key in the roll that the invite leads to.
    Join(InviteKey),
}

/// Who wants to store what of whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    /// The device that asks.
    pub(crate) pusher: DeviceId,
    /// The device that signed.
    pub(crate) signer: DeviceId,
    /// Where.
    pub(crate) place: Place,
}

#[derive(Debug)]
struct Territory {
    entries: Vec<RollEntry>,
    /// How the envelopes of its rolls follow one another.
    links: Links,
    membership: Membership,
    /// Entries came after the fold. A fold that is a few entries old may be asked for a yes, never for a no.
    stale: bool,
    /// Among them one that takes rights away: then a yes is as old as a no.
    takes_away: bool,
    due: Due,
}

impl Territory {
    fn refold(&mut self) {
        if self.stale {
            let folded = fold(self.membership.root(), &self.entries, &self.links);
            self.due.note(&self.membership, &folded);
            self.membership = folded;
            (self.stale, self.takes_away) = (false, false);
        }
    }

    fn take(&mut self, envelope: &VerifiedEnvelope) {
        let Place { journal, sequence, .. } = envelope.place();
        let previous = match envelope.header().link() {
            Link::First(_) => None,
            Link::After(hash) => Some(hash),
        };
        self.links.note((journal, sequence), envelope.hash(), previous);
        let known = self.entries.len();
        self.entries.extend(roll_entries(envelope));
        let came = self.entries.iter().skip(known);
        self.takes_away |= came.map(|entry| &entry.operation).any(takes_away);
        self.stale = true;
    }

    /// Whether a device is or was in, or is the root or its successor.
    fn knows(&self, device: &DeviceId) -> bool {
        self.membership.is_root(device) || self.membership.known_device(device).is_some()
    }

    /// What one of a device's roles let it write may be stored whoever it is now: else a relay that lost it could not be filled
    /// again.
    fn right(&self, wish: &Wish) -> Result<Right, Refusal> {
        let (membership, signer, space) = (&self.membership, &wish.signer, &wish.place.space);
        let may_write = membership.access(signer, space).writes();
        if !may_write && !membership.former_access(signer, space).writes() {
            return if self.reads_roll(wish) { Ok(Right::Reader) } else { self.right_to_join(wish) };
        }
        match membership.space(space) {
            Some(record) if record.kind.is_roll() => Ok(Right::Roll),
            _ if self.knows(&wish.pusher) => Ok(Right::Space),
            _ => Err(Refusal::NotYet),
        }
    }

    /// Whether the signer reads the roll that he writes into, or did in one of his roles.
    fn reads_roll(&self, Wish { signer, place: Place { space, .. }, .. }: &Wish) -> bool {
        let membership = &self.membership;
        membership.space(space).is_some_and(|record| record.kind.is_roll())
            && (membership.access(signer, space).reads() || membership.former_access(signer, space).reads())
    }

    /// Who copies an invite's key makes an invite of his own, which takes nothing from the first.
    fn right_to_join(&self, wish: &Wish) -> Result<Right, Refusal> {
        let key = InviteKey::from_bytes(*wish.signer.as_bytes());
        let mut rolls = self.membership.invites_of(&key).map(|invited| invited.roll).peekable();
        if self.knows(&wish.signer) {
            Err(Refusal::MayNot)
        } else if rolls.peek().is_none() {
            Err(Refusal::NotYet)
        } else if rolls.any(|roll| roll == wish.place.space) {
            Ok(Right::Join(key))
        } else {
            Err(Refusal::MayNot)
        }
    }
}

/// Whether an operation may leave somebody fewer rights than he had.
fn takes_away(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Role { .. } | Operation::Remove { .. } | Operation::Heads { .. } | Operation::Close { .. }
    )
}

/// Every territory whose root the operator trusts.
#[derive(Debug)]
pub(crate) struct Territories {
    all: Vec<Territory>,
    /// Spaces that something is stored in, with the roll of the territory they belong to.
    pinned: BTreeMap<SpaceId, SpaceId>,
    /// Closed spaces of whose envelopes some are deleted and some are not yet.
    dropping: BTreeSet<SpaceId>,
    /// How often the present step may still fold again for what nothing explains.
    refolds_left: u32,
}

/// Most folds for one step of a request: as deep as one rank explains the next, some times over. What needs more comes
/// with the next contact.
const REFOLDS_MAX: u32 = 16;

impl Territories {
    /// Reads the rolls under these roots.
    pub(crate) fn load(connection: &Connection, roots: &BTreeSet<DeviceId>) -> Result<Self, StorageError> {
        let pinned: BTreeMap<_, _> = load_territories(connection)?.into_iter().collect();
        let mut territories = Vec::new();
        for root in roots {
            let membership = Membership::of_root(*root);
            let (entries, links) = (Vec::new(), Links::default());
            let (stale, takes_away, due) = (false, false, Due::default());
            let mut territory = Territory { entries, links, membership, stale, takes_away, due };
            territory.load_rolls(connection, &pinned)?;
            territories.push(territory);
        }
        let dropping = load_dropping(connection)?;
        Ok(Self { all: territories, pinned, dropping, refolds_left: REFOLDS_MAX })
    }

    /// The roots they stand on.
    pub(crate) fn roots(&self) -> BTreeSet<DeviceId> {
        self.all.iter().map(|territory| territory.membership.root()).collect()
    }

    /// Whether and as what something may be stored. A space or signer that nothing explains yet is `NotYet`.
    pub(crate) fn right(&mut self, wish: &Wish) -> Result<(SpaceId, Right), Refusal> {
        self.ask(|territories| {
            let territory = territories.of_space(&wish.place.space).ok_or(Refusal::NotYet)?;
            Ok((territory.membership.territory_roll(), territory.right(wish)?))
        })
    }

    /// Asks, and once more after a fold if what was noted since the last one may make the answer another.
    fn ask<T>(&mut self, question: impl Fn(&Self) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let answer = question(self);
        let is_old = |territory: &Territory| territory.stale && (answer.is_err() || territory.takes_away);
        if !self.all.iter().any(is_old) || self.refolds_left == 0 {
            return answer;
        }
        self.refolds_left -= 1;
        self.refold();
        question(self)
    }

    /// Whether an `add` names this device and the invite it came with: then its join is worth more than who was faster.
    pub(crate) fn awaits(&self, territory: &SpaceId, key: &InviteKey, device: &DeviceId) -> bool {
        let entries = self.of_roll(territory).into_iter().flat_map(|territory| &territory.entries);
        entries.into_iter().any(|entry| match &entry.operation {
            Operation::Add { device: added, invite, .. } => added.id == *device && *invite == Some(*key),
            _ => false,
        })
    }

    /// How many operations of one kind are stored of a device that only reads a roll.
    pub(crate) fn count_of_reader(&self, territory: &SpaceId, wish: &Wish, kind: OperationKind) -> usize {
        let entries = self.of_roll(territory).into_iter().flat_map(|territory| &territory.entries);
        let is_such = |entry: &&RollEntry| {
            entry.signer == wish.signer
                && entry.place.space == wish.place.space
                && entry.operation.kind() == kind
        };
        entries.filter(is_such).count()
    }

    /// Notes what was stored in a space of a territory.
    pub(crate) fn note(&mut self, territory: &SpaceId, envelope: &VerifiedEnvelope) {
        let space = envelope.place().space;
        let pinned = *self.pinned.entry(space).or_insert(*territory);
        let of_roll = |of: &&mut Territory| of.membership.territory_roll() == pinned;
        let Some(territory) = self.all.iter_mut().find(of_roll) else { return };
        if territory.membership.space(&space).is_some_and(|record| record.kind.is_roll()) {
            territory.take(envelope);
        }
    }

    /// A new step of a request begins.
    pub(crate) fn begin_step(&mut self) {
        self.refolds_left = REFOLDS_MAX;
    }

    /// Folds what was noted since the last time.
    pub(crate) fn refold(&mut self) {
        self.all.iter_mut().for_each(Territory::refold);
    }

    /// Whether a device is or was in anywhere, or stands at a root's rank.
    pub(crate) fn knows(&self, device: &DeviceId) -> bool {
        self.all.iter().any(|territory| territory.knows(device))
    }

    /// Whether a device is in anywhere now, or stands at a root's rank.
    pub(crate) fn has_in(&self, device: &DeviceId) -> bool {
        let is_in = |of: &Membership| of.is_root(device) || of.device(device).is_some();
        self.all.iter().any(|territory| is_in(&territory.membership))
    }

    /// Where a device last asked to join, if the invite that it asked with was used for another: it would wait for ever.
    pub(crate) fn vain_join(&self, device: &DeviceId) -> Option<Place> {
        let asked = self.all.iter().flat_map(|territory| {
            territory.entries.iter().filter_map(move |entry| match &entry.operation {
                Operation::Join(join) if join.device.id == *device => Some((territory, entry, join)),
                _ => None,
            })
        });
        let (territory, entry, join) = asked.max_by_key(|(_, _, join)| join.attempt)?;
        let key = InviteKey::from_bytes(*entry.signer.as_bytes());
        let invited = territory.membership.invite(&key, &join.inviter)?;
        invited.device.is_some_and(|added| added != *device).then_some(entry.place)
    }

    /// What the invites of a key lead to, for who heard of one by voice.
    pub(crate) fn terms_of(&self, key: &InviteKey) -> Vec<InviteTerms> {
        let of = |territory: &Territory| {
            let root = territory.membership.root();
            let invites = territory.membership.invites_of(key);
            let terms = |invited: &Invited| {
                let Invited { roll, inviter, role, .. } = *invited;
                InviteTerms { root, roll, inviter, role }
            };
            invites.map(terms).collect::<Vec<_>>()
        };
        self.all.iter().flat_map(of).collect()
    }

    /// What a device may do in a space; none if the space is not known.
    pub(crate) fn access(&self, device: &DeviceId, space: &SpaceId) -> Option<Access> {
        let territory = self.of_space(space)?;
        territory.membership.space(space)?;
        Some(territory.membership.access(device, space))
    }

    /// Whether a space exists in any territory.
    pub(crate) fn has_space(&self, space: &SpaceId) -> bool {
        self.of_space(space).is_some()
    }

    /// The spaces a device reads: territory rolls, then squad rolls, then the others, so that keys and members come
    /// before what needs them.
    pub(crate) fn readable(&self, device: &DeviceId) -> Vec<SpaceId> {
        let mut spaces = BTreeSet::new();
        for territory in &self.all {
            let (membership, roll) = (&territory.membership, territory.membership.territory_roll());
            for (space, access) in membership.spaces_of(device) {
                let is_elsewhere = self.pinned.get(&space).is_some_and(|pinned| *pinned != roll);
                if access.reads() && !is_elsewhere && !self.is_closed(&space) {
                    let is_roll = membership.space(&space).is_some_and(|record| record.kind.is_roll());
                    spaces.insert((space != roll, !is_roll, space));
                }
            }
        }
        spaces.into_iter().map(|(_, _, space)| space).collect()
    }

    fn of_roll(&self, territory: &SpaceId) -> Option<&Territory> {
        self.all.iter().find(|all| all.membership.territory_roll() == *territory)
    }

    fn of_space(&self, space: &SpaceId) -> Option<&Territory> {
        let pinned = self.pinned.get(space);
        self.all.iter().find(|territory| match pinned {
            Some(roll) => territory.membership.territory_roll() == *roll,
            None => territory.membership.space(space).is_some(),
        })
    }
}
