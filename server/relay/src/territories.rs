//! Who may do what, as far as the relay knows: one fold per trusted root, over the rolls that are stored.
//!
//! Promises: the same stored rolls give the same answer after a restart; a space belongs to the territory that first
//! wrote into it, whoever names it later. Refuses: to open rolls that do not verify any more.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{DeviceId, EnvelopeHash, InviteKey, JournalId, Place, SpaceId};
use jasaq_protocol::journal::{Neighbours, Placed, place};
use jasaq_protocol::membership::{Access, Links, Membership, Operation, RollEntry, fold, operation_id};
use jasaq_protocol::seal::{Link, SectionKind, VerifiedEnvelope, WireEnvelope};
use jasaq_protocol::sync::Refusal;
use rusqlite::Connection;

use crate::storage::{StorageError, StoredEnvelope, load_envelopes_after, load_space, load_territories};

/// What the right to write rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// A device or the root in a roll that it may write.
    Roll,
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
    pub(crate) space: SpaceId,
}

#[derive(Debug)]
struct Territory {
    entries: Vec<RollEntry>,
    /// How the envelopes of its rolls follow one another.
    links: Links,
    membership: Membership,
    /// Entries came after the fold. A fold that is a few entries old may be asked for a yes, never for a no.
    stale: bool,
}

impl Territory {
    fn refold(&mut self) {
        if self.stale {
            self.membership = fold(self.membership.root(), &self.entries, &self.links);
            self.stale = false;
        }
    }

    fn take(&mut self, envelope: &VerifiedEnvelope) {
        let Place { journal, sequence, .. } = envelope.place();
        let previous = match envelope.header().link() {
            Link::First(_) => None,
            Link::After(hash) => Some(hash),
        };
        self.links.note((journal, sequence), envelope.hash(), previous);
        self.entries.extend(roll_entries(envelope));
        self.stale = true;
    }

    fn right(&self, wish: &Wish) -> Result<Right, Refusal> {
        let (membership, key) = (&self.membership, InviteKey::from_bytes(*wish.signer.as_bytes()));
        let knows = |device: &DeviceId| *device == membership.root() || membership.device(device).is_some();
        if membership.access(&wish.signer, &wish.space).writes() {
            return match membership.space(&wish.space) {
                Some(record) if record.kind.is_roll() => Ok(Right::Roll),
                _ if knows(&wish.pusher) => Ok(Right::Space),
                _ => Err(Refusal::NotYet),
            };
        }
        // Who copies an invite's key makes an invite of his own, which takes nothing from the first.
        let mut rolls = membership.invites_of(&key).map(|invited| invited.roll).peekable();
        if knows(&wish.signer) {
            Err(Refusal::MayNot)
        } else if rolls.peek().is_none() {
            Err(Refusal::NotYet)
        } else if rolls.any(|roll| roll == wish.space) {
            Ok(Right::Join(key))
        } else {
            Err(Refusal::MayNot)
        }
    }
}

/// Every territory whose root the operator trusts.
#[derive(Debug)]
pub(crate) struct Territories {
    all: Vec<Territory>,
    /// Spaces that something is stored in, with the roll of the territory they belong to.
    pinned: BTreeMap<SpaceId, SpaceId>,
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
            let mut territory =
                Territory { entries: Vec::new(), links: Links::default(), membership, stale: false };
            territory.load_rolls(connection, &pinned)?;
            territories.push(territory);
        }
        Ok(Self { all: territories, pinned, refolds_left: REFOLDS_MAX })
    }

    /// The roots they stand on.
    pub(crate) fn roots(&self) -> BTreeSet<DeviceId> {
        self.all.iter().map(|territory| territory.membership.root()).collect()
    }

    /// Whether and as what something may be stored. A space or signer that nothing explains yet is `NotYet`.
    pub(crate) fn right(&mut self, wish: &Wish) -> Result<(SpaceId, Right), Refusal> {
        let ask = |territories: &Self| {
            let territory = territories.of_space(&wish.space).ok_or(Refusal::NotYet)?;
            Ok((territory.membership.territory_roll(), territory.right(wish)?))
        };
        let answer = ask(self);
        let is_stale = self.all.iter().any(|territory| territory.stale);
        if answer.is_ok() || !is_stale || self.refolds_left == 0 {
            return answer;
        }
        self.refolds_left -= 1;
        self.refold();
        ask(self)
    }

    /// Whether an `add` names this device and the invite it came with: then its join is worth more than who was faster.
    pub(crate) fn awaits(&self, territory: &SpaceId, key: &InviteKey, device: &DeviceId) -> bool {
        let of_here = self.all.iter().filter(|all| all.membership.territory_roll() == *territory);
        of_here
            .flat_map(|territory| &territory.entries)
            .any(|entry| match &entry.operation {
                Operation::Add { device: added, invite, .. } => added.id == *device && *invite == Some(*key),
                _ => false,
            })
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

    /// Whether a device is in anywhere, or a root.
    pub(crate) fn knows(&self, device: &DeviceId) -> bool {
        self.all.iter().any(|territory| {
            territory.membership.root() == *device || territory.membership.device(device).is_some()
        })
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
                if access.reads() && !is_elsewhere {
                    let is_roll = membership.space(&space).is_some_and(|record| record.kind.is_roll());
                    spaces.insert((space != roll, !is_roll, space));
                }
            }
        }
        spaces.into_iter().map(|(_, _, space)| space).collect()
    }

    fn of_space(&self, space: &SpaceId) -> Option<&Territory> {
        let pinned = self.pinned.get(space);
        self.all.iter().find(|territory| match pinned {
            Some(roll) => territory.membership.territory_roll() == *roll,
            None => territory.membership.space(space).is_some(),
        })
    }
}

impl Territory {
    /// The territory's roll names the squads' rolls: reads until no roll is new.
    fn load_rolls(
        &mut self,
        connection: &Connection,
        pinned: &BTreeMap<SpaceId, SpaceId>,
    ) -> Result<(), StorageError> {
        let roll = self.membership.territory_roll();
        let mut loaded = BTreeSet::new();
        loop {
            let rolls = self.membership.spaces().filter(|(_, record)| record.kind.is_roll());
            let of_here = rolls.map(|(space, _)| *space).filter(|space| pinned.get(space) == Some(&roll));
            let new: Vec<_> = of_here.filter(|space| !loaded.contains(space)).collect();
            if new.is_empty() {
                return Ok(());
            }
            for space in new {
                self.load_roll(connection, space)?;
                loaded.insert(space);
            }
            self.refold();
        }
    }

    /// The operations of one stored roll. Signatures are checked again: what is read back is proven as what was written.
    fn load_roll(&mut self, connection: &Connection, space: SpaceId) -> Result<(), StorageError> {
        let mut heads: BTreeMap<JournalId, EnvelopeHash> = BTreeMap::new();
        let Some(row) = load_space(connection, &space)? else { return Ok(()) };
        load_envelopes_after(connection, &row, 0, |stored| {
            let previous = heads.get(&stored.place.journal).copied();
            let verified = verify_again(&stored, previous)?;
            heads.insert(stored.place.journal, verified.hash());
            self.take(&verified);
            Ok(true)
        })
    }
}

/// Checks a stored envelope as it was checked when it came.
pub(crate) fn verify_again(
    stored: &StoredEnvelope,
    previous: Option<EnvelopeHash>,
) -> Result<VerifiedEnvelope, StorageError> {
    let damaged = StorageError::Damaged("an envelope of a roll does not verify");
    let held = Neighbours { signer: previous.map(|_| stored.signer), previous, here: None };
    let Ok(wire) = WireEnvelope::decode(&stored.wire) else { return Err(damaged) };
    match place(wire, stored.place, &held) {
        Ok(Placed::New(verified)) if verified.hash() == stored.hash => Ok(verified),
        _ => Err(damaged),
    }
}

/// The operations in an envelope that this program knows. Others are kept and carried, and do not count here.
fn roll_entries(envelope: &VerifiedEnvelope) -> impl Iterator<Item = RollEntry> {
    let (place, signer) = (envelope.place(), envelope.signer());
    let operations = envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation);
    operations.filter_map(move |(index, _, bytes)| {
        let operation = Operation::decode(bytes).ok()?;
        let hash = envelope.hash();
        Some(RollEntry::new(operation_id(&hash, index), (place, hash), signer, operation))
    })
}
