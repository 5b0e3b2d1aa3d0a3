//! This device: its keys, and what it knows of the membership.

use crate::vault::{Connection, Transaction};
use jasaq_protocol::ids::{DeviceId, InviteKey, SpaceId};
use jasaq_protocol::membership::{Membership, Operation, Rank, Role, RollEntry, SpaceKind, fold};
use jasaq_protocol::seal::DeviceKeys;
use rand_core::CryptoRng;

use crate::vault::{Depth, Vault, VaultRefused};

/// Who this device is. The membership is a memory of the fold; the operations in the vault are the truth.
pub(crate) struct Device {
    pub(crate) keys: DeviceKeys,
    pub(crate) membership: Membership,
    /// Four random bytes per process start, so that two processes never write as one Automerge actor.
    pub(crate) process: [u8; 4],
    /// How many operations the membership was folded from; none if it must be folded again.
    operations_folded: Option<u64>,
}

impl Device {
    pub(crate) fn load(connection: &Connection, process: [u8; 4]) -> Result<Self, VaultRefused> {
        let keys = Vault::device_keys(connection)?;
        let membership = Membership::of_root(Vault::root(connection)?);
        let mut device = Self { keys, membership, process, operations_folded: None };
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
        let held = Vault::operation_count(connection)?;
        if self.operations_folded == Some(held) {
            return Ok(false);
        }
        let entries: Vec<RollEntry> = Vault::operations(connection)?
            .into_iter()
            .filter_map(|row| {
                let operation = Operation::decode(&row.body).ok()?;
                Some(RollEntry::new(row.id, row.place, row.signer, operation))
            })
            .collect();
        self.membership = fold(self.membership.root(), &entries);
        self.operations_folded = Some(held);
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
        self.operations_folded = None;
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
        if *device == self.membership.root() {
            return Some(Rank::Root);
        }
        self.membership.device(device).map(|enrolled| enrolled.role.rank())
    }

    pub(crate) fn id(&self) -> DeviceId {
        self.keys.id()
    }

    /// What this device may do, once it is in.
    pub(crate) fn role(&self) -> Option<Role> {
        self.membership.device(&self.id()).map(|enrolled| enrolled.role)
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

    /// The newest space of a kind that this device writes into, by season.
    pub(crate) fn space_of_kind(&self, kind: SpaceKind) -> Option<SpaceId> {
        let device = self.id();
        let mine = self.membership.spaces_of(&device).filter(|(_, access)| access.writes());
        let records = mine.filter_map(|(space, _)| Some((space, self.membership.space(&space)?)));
        let newest = records
            .filter(|(_, record)| record.kind == kind)
            .max_by_key(|(space, record)| (record.season, *space));
        newest.map(|(space, _)| space)
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

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Device(…)")
    }
}
