//! Who was given which key, who says that it does not open, and who holds it all the same.
//!
//! ```text
//! wrap to a device          given, until the device refuses its signer
//! lack of a device          it refuses whoever signed what the lack names, in this space
//! lack, or such wraps alone it lacks the epoch until somebody gives it whom it does not refuse
//! ```
//!
//! Refusing takes nobody out of the holders: to whom a key was wrapped is taken to have it, whatever he says.

use std::collections::{BTreeMap, BTreeSet};

use super::members::Membership;
use super::role::Rank;
use super::roster::{Epoch, SpaceRecord};
use crate::ids::{DeviceId, EpochId, OperationId, SpaceId};
use crate::seal::{EpochPublic, SealedKey};

/// Keys as they were wrapped, each with its epoch and what gave it.
type Wraps = BTreeSet<(EpochId, OperationId, SealedKey)>;

/// What was said about keys and counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct KeyWords {
    pub(super) wraps: BTreeMap<(SpaceId, DeviceId), Wraps>,
    pub(super) lacks: BTreeMap<(SpaceId, DeviceId), BTreeMap<EpochId, BTreeSet<OperationId>>>,
    /// Who signed each wrap and rotation that counts.
    pub(super) givers: BTreeMap<OperationId, DeviceId>,
}

/// The key of an epoch, wrapped to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrapped<'a> {
    /// The epoch.
    pub epoch: EpochId,
    /// What gave it.
    pub operation: OperationId,
    /// The key, sealed to the device. Whether it opens, only the device knows.
    pub key: &'a SealedKey,
}

impl Membership {
    /// The keys of a space that were wrapped to a device. Several for one epoch, if several wrapped it.
    pub fn wraps(&self, space: &SpaceId, device: &DeviceId) -> impl Iterator<Item = Wrapped<'_>> {
        let wraps = self.keys.wraps.get(&(*space, *device)).into_iter().flatten();
        wraps.map(|(epoch, operation, key)| Wrapped { epoch: *epoch, operation: *operation, key })
    }

    /// Who signed a wrap or a rotation that counts.
    #[must_use]
    pub fn giver(&self, operation: &OperationId) -> Option<&DeviceId> {
        self.keys.givers.get(operation)
    }

    /// The epochs of a space of which a device said that it has no key, ever.
    pub fn epochs_asked_for(&self, space: &SpaceId, device: &DeviceId) -> impl Iterator<Item = &EpochId> {
        self.keys.lacks.get(&(*space, *device)).into_iter().flat_map(BTreeMap::keys)
    }

    /// The wraps and rotations of which a device said in a space that they do not open.
    #[must_use]
    pub fn operations_refused_by(&self, space: &SpaceId, device: &DeviceId) -> BTreeSet<OperationId> {
        let lacks = self.keys.lacks.get(&(*space, *device)).into_iter().flat_map(BTreeMap::values);
        lacks.flatten().copied().collect()
    }

    /// Who signed them.
    #[must_use]
    pub fn refused_by(&self, space: &SpaceId, device: &DeviceId) -> BTreeSet<DeviceId> {
        let lacks = self.keys.lacks.get(&(*space, *device)).into_iter().flat_map(BTreeMap::values);
        lacks.flatten().filter_map(|operation| self.giver(operation)).copied().collect()
    }

    /// Whether a device was given the key of an epoch, as far as it says: somebody wrapped it whom it does not refuse, or it
    /// published the epoch itself and does not say that it has no key.
    #[must_use]
    pub fn is_given(&self, space: &SpaceId, device: &DeviceId, epoch: &EpochId) -> bool {
        let refused = self.refused_by(space, device);
        let published = self.space(space).and_then(|record| record.epochs.get(epoch));
        let is_its_own = published.is_some_and(|epoch| epoch.makers.contains(device));
        self.wraps(space, device)
            .filter(|wrapped| wrapped.epoch == *epoch)
            .any(|wrapped| self.giver(&wrapped.operation).is_some_and(|giver| !refused.contains(giver)))
            || is_its_own && !self.epochs_asked_for(space, device).any(|asked| asked == epoch)
    }

    /// Whether a device has no key of an epoch, as far as it says: it asked for one, or all that it was given of it is of those
    /// whom it refuses.
    #[must_use]
    pub fn lacks(&self, space: &SpaceId, device: &DeviceId, epoch: &EpochId) -> bool {
        let is_told = self.epochs_asked_for(space, device).any(|asked| asked == epoch)
            || self.wraps(space, device).any(|wrapped| wrapped.epoch == *epoch);
        is_told && !self.is_given(space, device, epoch)
    }

    /// The epoch that who has no key of a space seals to: of those that `may` allows and that fewest readers of the highest rank
    /// lack, then fewest of the next, the newest. One who publishes an epoch and gives it to nobody, or badly, so gets nothing
    /// to read alone, and however many of a lower rank outvote nobody of a higher one.
    #[must_use]
    pub fn newest_for_others(&self, space: &SpaceId, may: impl Fn(&EpochId) -> bool) -> Option<EpochPublic> {
        let record = self.space(space)?;
        let mut readers: BTreeMap<Rank, Vec<&DeviceId>> = BTreeMap::new();
        for (reader, enrolled) in self.readers_of(space) {
            readers.entry(enrolled.role.rank()).or_default().push(reader);
        }
        let lacking = |epoch: &EpochId| -> Vec<usize> {
            let lack_it = |of_rank: &Vec<&DeviceId>| {
                of_rank.iter().filter(|reader| self.lacks(space, reader, epoch)).count()
            };
            readers.values().map(lack_it).collect()
        };
        let allowed = record.epochs.keys().filter(|epoch| may(epoch));
        let lacking: BTreeMap<EpochId, Vec<usize>> = allowed.map(|epoch| (*epoch, lacking(epoch))).collect();
        let fewest = lacking.values().min()?;
        record.newest_epoch_of(|epoch| lacking.get(epoch) == Some(fewest))
    }

    /// Whether the key of an epoch is held by nobody but readers: neither its makers nor anybody whom it, or one that carries
    /// it, was wrapped to was removed or lost the right to read. What is sealed to another may be read by who left.
    #[must_use]
    pub fn is_clean(&self, space: &SpaceId, epoch: &EpochId) -> bool {
        let Some(record) = self.space(space) else { return false };
        let carriers = carriers_of(record, *epoch);
        let makers = carriers
            .iter()
            .filter_map(|epoch| record.epochs.get(epoch))
            .flat_map(|epoch| &epoch.makers);
        let [first, last] = [[0; 32], [u8::MAX; 32]].map(|device| (*space, DeviceId::from_bytes(device)));
        let wrapped = self.keys.wraps.range(first..=last);
        let wrapped = wrapped.filter(|(_, keys)| keys.iter().any(|(epoch, ..)| carriers.contains(epoch)));
        let mut holders = makers.chain(wrapped.map(|((_, device), _)| device));
        holders.all(|holder| self.is_root(holder) || self.access(holder, space).reads())
    }
}

/// An epoch, and those of the space that carry it, at any remove.
fn carriers_of(record: &SpaceRecord, epoch: EpochId) -> BTreeSet<EpochId> {
    let mut due = vec![epoch];
    let mut seen = BTreeSet::new();
    while let Some(epoch) = due.pop() {
        if seen.insert(epoch) {
            let carries = |(_, of): &(&EpochId, &Epoch)| of.parents.contains_key(&epoch);
            due.extend(record.epochs.iter().filter(carries).map(|(id, _)| *id));
        }
    }
    seen
}
