//! Who was removed, or given another role: what is still stored of him, and what he is still told.
//!
//! Promises: who was removed learns that he was, and by whom; of the rolls no more than that takes, and of other spaces
//! nothing but whether the relay has the past that he was given when he read them.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{DeviceId, InviteKey, JournalId, Place, Sequence, SpaceId};
use jasaq_protocol::membership::{Enrolled, Operation, Role, RollEntry, Standing};

use super::{Territories, Territory, Wish};

/// A removal that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Removal {
    /// Where it stands, in the roll of the device that it is about.
    pub(crate) place: Place,
    /// That device.
    device: DeviceId,
    /// Who removed it.
    signer: DeviceId,
}

impl Territories {
    /// Whether an envelope stands beyond the removal of its signer.
    pub(crate) fn is_late(&self, territory: &SpaceId, wish: &Wish) -> bool {
        let is_removed = |of: &Territory| of.membership.is_removed(&wish.signer);
        let last = || self.last_within(territory, (&wish.signer, &wish.place.journal));
        self.of_roll(territory).is_some_and(is_removed)
            && last().is_none_or(|last| last < wish.place.sequence)
    }

    /// The last sequence of a removed device's journal that its removal leaves standing.
    pub(crate) fn last_within(
        &self,
        territory: &SpaceId,
        (signer, journal): (&DeviceId, &JournalId),
    ) -> Option<Sequence> {
        self.of_roll(territory)?.membership.last_within(signer, journal)
    }

    /// Every removal of a device that counts.
    pub(crate) fn removals_of(&self, device: &DeviceId) -> Vec<Removal> {
        self.all.iter().flat_map(|territory| territory.removals_of(device)).collect()
    }

    /// Where it stands who the removed device is, who removed it, and who says so, up to the root.
    pub(crate) fn explain(&self, removal: &Removal) -> BTreeSet<Place> {
        let territory = self.of_space(&removal.place.space);
        territory.map(|territory| territory.explain(removal)).unwrap_or_default()
    }

    /// Whether a device could once read a space that it reads no more. It may be the one who can restore it.
    pub(crate) fn has_left(&self, device: &DeviceId, space: &SpaceId) -> bool {
        self.of_space(space).is_some_and(|territory| {
            let membership = &territory.membership;
            membership.former_access(device, space).reads() && !membership.access(device, space).reads()
        })
    }
}

impl Territory {
    fn removals_of(&self, device: &DeviceId) -> Vec<Removal> {
        if !self.membership.is_removed(device) {
            return Vec::new();
        }
        let removal = |entry: &RollEntry| match &entry.operation {
            Operation::Remove { device: removed, .. } if removed == device => {
                Some(Removal { place: entry.place, device: *device, signer: entry.signer })
            }
            _ => None,
        };
        self.counted().filter_map(removal).collect()
    }

    fn counted(&self) -> impl Iterator<Item = &RollEntry> {
        let counts = |entry: &&RollEntry| self.membership.standing(&entry.id) == Some(Standing::Counted);
        self.entries.iter().filter(counts)
    }

    fn explain(&self, removal: &Removal) -> BTreeSet<Place> {
        let mut devices = vec![removal.device, removal.signer];
        // A removal by a head counts if the device was no head any more: that may have reached the relay after it.
        let of_role = |entry: &&RollEntry| match &entry.operation {
            Operation::Role { device, .. } => *device == removal.device,
            _ => false,
        };
        let mut places: BTreeSet<Place> = self.counted().filter(of_role).map(|entry| entry.place).collect();
        let mut explained = BTreeSet::new();
        while let Some(device) = devices.pop() {
            let Some(enrolled) = self.membership.known_device(&device) else { continue };
            if explained.insert(device) {
                for entry in self.counted().filter(|entry| explains(entry, &device, enrolled)) {
                    places.insert(entry.place);
                    devices.push(entry.signer);
                }
            }
        }
        places
    }
}

/// Whether a device is in, in its role and in its roll, by this operation among others.
fn explains(entry: &RollEntry, device: &DeviceId, enrolled: &Enrolled) -> bool {
    match &entry.operation {
        Operation::Found { .. } => true,
        Operation::Space { nonce, .. } => {
            SpaceId::derive(&entry.place.space, &entry.signer, nonce) == enrolled.roll
        }
        Operation::Invite { key, .. } => enrolled.invite == Some(*key) && entry.signer == enrolled.added_by,
        Operation::Join(join) => {
            let key = InviteKey::from_bytes(*entry.signer.as_bytes());
            enrolled.invite == Some(key) && join.device.id == *device
        }
        Operation::Add { device: added, .. } => added.id == *device,
        // Of a squad only its head removes.
        Operation::Role { device: subject, role: Role::Head, .. } => subject == device,
        _ => false,
    }
}
