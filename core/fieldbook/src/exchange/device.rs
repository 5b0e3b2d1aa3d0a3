//! This device: its keys, and what it knows of the membership.

use std::collections::BTreeSet;

use crate::vault::{Connection, Transaction};
use jasaq_protocol::ids::{DeviceId, EnvelopeHash, InviteKey, JournalId, Place, SpaceId};
use jasaq_protocol::membership::{Membership, Operation, Rank, Role, RollEntry, SpaceKind, fold};
use jasaq_protocol::seal::{DeviceKeys, WireEnvelope};
use rand_core::CryptoRng;

use super::merging::operations_in;
use crate::vault::{Depth, OperationRow, Vault, VaultRefused};

/// Who this device is. The membership is a memory of the fold; the operations in the vault are the truth.
pub(crate) struct Device {
    pub(crate) keys: DeviceKeys,
    pub(crate) membership: Membership,
    /// Four random bytes per process start, so that two processes never write as one Automerge actor.
    pub(crate) process: [u8; 4],
    /// How many operations, and envelopes on branches, the membership was folded from; none if it must be folded again.
    folded_from: Option<(u64, usize)>,
}

impl Device {
    pub(crate) fn load(connection: &Connection, process: [u8; 4]) -> Result<Self, VaultRefused> {
        let keys = Vault::device_keys(connection)?;
        let membership = Membership::of_root(Vault::root(connection)?);
        let mut device = Self { keys, membership, process, folded_from: None };
        device.refresh(connection)?;
        Ok(device)
    }

    /// Forgets its keys and whom it knows: all that is left is a device that is nobody's. [`Device::load`] makes it anew.
    pub(crate) fn put_away(&mut self, chance: &mut impl CryptoRng) {
        self.keys = DeviceKeys::make(chance);
        self.membership = Membership::of_root(self.membership.root());
        self.forget_fold();
    }

    /// Folds again if operations came, from this process or another. Says whether it did.
    pub(crate) fn refresh(&mut self, connection: &Connection) -> Result<bool, VaultRefused> {
        let held = (Vault::operation_count(connection)?, Vault::branch_count(connection)?);
        if self.folded_from == Some(held) {
            return Ok(false);
        }
        let mut entries = operations_on_branches(connection)?;
        for row in Vault::operations(connection)? {
            // The hash of its envelope is asked for below, where a cut names its journal.
            entries.extend(entry(&row, EnvelopeHash::from_bytes([0; 32])));
        }
        let journals = cut_journals(&entries);
        for entry in entries.iter_mut().filter(|entry| journals.contains(&entry.place.journal)) {
            let Place { journal, sequence, .. } = entry.place;
            if entry.hash == EnvelopeHash::from_bytes([0; 32])
                && let Some(hash) = Vault::envelope_hash(connection, journal, Some(sequence))?
            {
                entry.hash = hash;
            }
        }
        let links = Vault::links(connection, journals)?;
        self.membership = fold(self.membership.root(), &entries, &links);
        self.folded_from = Some(held);
        Ok(true)
    }

    /// One transaction with this device in it. If it fails, what it taught the fold was not kept: the fold is forgotten.
    pub(crate) fn write<T, E: From<VaultRefused>>(
        &mut self,
        vault: &mut Vault,
        work: impl FnOnce(&Transaction<'_>, &mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let outcome = vault.write(|transaction| {
            self.refresh(transaction)?;
            work(transaction, self)
        });
        if outcome.is_err() {
            self.forget_fold();
        }
        outcome
    }

    /// Folds again at the next chance, whatever the number of operations.
    pub(crate) fn forget_fold(&mut self) {
        self.folded_from = None;
    }

    /// Whether an operation explains this signer: an enrolled device, or the root.
    pub(crate) fn explains(&self, signer: &DeviceId) -> bool {
        self.rank_of(signer).is_some()
    }

    /// Whether the relay may place what this signer wrote: one who is explained, or an invite's key, whose join explains a
    /// device.
    pub(crate) fn may_be_placed(&self, signer: &DeviceId) -> bool {
        self.depth_of(signer).is_some()
    }

    /// How deep in the membership a signer stands, if anything explains him.
    pub(crate) fn depth_of(&self, signer: &DeviceId) -> Option<Depth> {
        if let Some(rank) = self.rank_of(signer) {
            return Some(Depth { rank, asks: false });
        }
        let key = InviteKey::from_bytes(*signer.as_bytes());
        let invites = self.membership.invites_of(&key);
        let ranks = invites.filter_map(|invited| self.rank_of(&invited.inviter));
        ranks.min().map(|rank| Depth { rank, asks: true })
    }

    fn rank_of(&self, device: &DeviceId) -> Option<Rank> {
        if self.membership.is_root(device) {
            return Some(Rank::Root);
        }
        // Also one that was removed: what it said before has to be brought to a relay that lost it.
        self.membership.known_device(device).map(|enrolled| enrolled.role.rank())
    }

    /// Whether two devices are, or were before they were removed, of one office: what the one said is the other's to take back. The
    /// territorial subdivision is one office however its consoles came in, by an invite or by the root's sheets; of a squad
    /// everybody answers for himself.
    pub(crate) fn are_of_one_office(&self, one: &DeviceId, other: &DeviceId) -> bool {
        let known = |id| self.membership.known_device(id);
        known(one).zip(known(other)).is_some_and(|(one, other)| {
            match (one.office, other.office) {
                // Whatever his phones became since.
                (None, None) => one.member == other.member,
                (Some(_), Some(_)) if one.role == Role::Ts => other.role == Role::Ts,
                (office, of_other) => office == of_other && one.role == other.role,
            }
        })
    }

    pub(crate) fn id(&self) -> DeviceId {
        self.keys.id()
    }

    /// What this device may do, once it is in.
    pub(crate) fn role(&self) -> Option<Role> {
        self.membership.device(&self.id()).map(|enrolled| enrolled.role)
    }

    /// Whether a space was ended: nothing of it is asked for, given or taken any more.
    pub(crate) fn is_closed(&self, space: &SpaceId) -> bool {
        self.membership.space(space).is_some_and(|record| record.is_closed)
    }

    /// Whether this device was in and is removed: what it records is kept, and held.
    pub(crate) fn is_removed(&self) -> bool {
        self.membership.is_removed(&self.id())
    }

    /// Whether this device reads a space now.
    pub(crate) fn reads(&self, space: &SpaceId) -> bool {
        self.membership.access(&self.id(), space).reads()
    }

    /// Whether it reads a space, or did in a role that it had.
    pub(crate) fn reads_or_read(&self, space: &SpaceId) -> bool {
        self.reads(space) || self.membership.former_access(&self.id(), space).reads()
    }

    /// The rolls this device reads, the territory's first.
    pub(crate) fn rolls(&self) -> Vec<SpaceId> {
        let territory = self.membership.territory_roll();
        let squads = self
            .membership
            .spaces()
            .filter(|(_, record)| record.kind == SpaceKind::SquadRoll);
        [territory].into_iter().chain(squads.map(|(space, _)| *space)).collect()
    }

    /// The spaces of what the subdivision has to be told at once (001-§12(1)): they go before everything but what explains them.
    pub(crate) fn urgent_spaces(&self) -> Vec<SpaceId> {
        let spaces = self
            .membership
            .spaces()
            .filter(|(_, record)| record.kind == SpaceKind::ToSubdivision);
        spaces.map(|(space, _)| *space).collect()
    }

    /// The order in which a file carries spaces: what explains the rest, what is urgent, the others.
    pub(crate) fn spaces_first(&self) -> Vec<SpaceId> {
        [self.rolls(), self.urgent_spaces()].concat()
    }

    /// The newest space of a kind that this device writes into, by season.
    pub(crate) fn space_of_kind(&self, kind: SpaceKind) -> Option<SpaceId> {
        let open = self
            .membership
            .spaces()
            .filter(|(space, record)| record.kind == kind && !record.is_closed && self.may_write(space));
        let newest = open.max_by_key(|(space, record)| (record.season, **space));
        newest.map(|(space, _)| *space)
    }

    /// The newest patrols space of a squad, by the roll of its phones, as far as this device writes it.
    pub(crate) fn newest_patrols_of(&self, roll: &SpaceId) -> Option<SpaceId> {
        let spaces = self.membership.spaces().filter(|(space, record)| {
            record.kind == SpaceKind::Patrols
                && record.roll == *roll
                && !record.is_closed
                && self.may_write(space)
        });
        spaces
            .max_by_key(|(space, record)| (record.season, **space))
            .map(|(space, _)| *space)
    }

    /// Whether this device writes a space. A removed one goes on with what it could: what it says is held, and not lost.
    pub(crate) fn may_write(&self, space: &SpaceId) -> bool {
        let own = self.id();
        self.membership.access(&own, space).writes()
            || self.is_removed() && self.membership.former_access(&own, space).writes()
    }

    /// Whether this device's word moves the custody ladder in a space.
    pub(crate) fn acks(&self, space: &SpaceId) -> bool {
        self.hears(&self.id(), space)
    }

    /// Whether a device's word of what it holds in a space counts: who reads it and stands above a plain member. Anybody
    /// may sign an ack, and nobody else may raise an alarm with one.
    pub(crate) fn hears(&self, signer: &DeviceId, space: &SpaceId) -> bool {
        let enrolled = self.membership.device(signer);
        let above_members = enrolled.is_some_and(|enrolled| enrolled.role.rank() < Rank::Member);
        let is_roll = self.membership.space(space).is_none_or(|record| record.kind.is_roll());
        above_members && !is_roll && self.membership.access(signer, space).reads()
    }
}

/// The journals of rolls that cuts name, whether or not they count: of these the links decide.
fn cut_journals(entries: &[RollEntry]) -> BTreeSet<JournalId> {
    let heads = entries.iter().flat_map(|entry| match &entry.operation {
        Operation::Role { cut, .. } | Operation::Remove { cut, .. } => cut.heads.as_slice(),
        Operation::Heads { heads, .. } => heads.as_slice(),
        _ => &[],
    });
    let named: BTreeSet<JournalId> = heads.map(|head| head.journal).collect();
    let in_rolls = entries.iter().map(|entry| entry.place.journal);
    in_rolls.filter(|journal| named.contains(journal)).collect()
}

/// What was signed in rolls beside the line that is held: whoever signs two things for one place has said both.
fn operations_on_branches(connection: &Connection) -> Result<Vec<RollEntry>, VaultRefused> {
    let mut entries = Vec::new();
    for (row, _) in Vault::branches(connection)? {
        let Ok(wire) = WireEnvelope::decode(&row.wire) else { continue };
        let Ok(envelope) = wire.at(row.place, row.link).verify(&row.signer) else { continue };
        entries.extend(operations_in(&envelope).filter_map(|row| entry(&row, envelope.hash())));
    }
    Ok(entries)
}

/// An operation as the fold takes it, unless it is one of a newer program.
fn entry(row: &OperationRow, hash: EnvelopeHash) -> Option<RollEntry> {
    let operation = Operation::decode(&row.body).ok()?;
    Some(RollEntry::new(row.id, (row.place, hash), row.signer, operation))
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Device(…)")
    }
}
