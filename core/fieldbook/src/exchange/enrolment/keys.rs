//! Handing on the keys of spaces, and renewing them.
//!
//! A space has one newest epoch, or several that were made apart: the *leaves*, which no other carries. Every reader is
//! given every leaf; older keys come with them.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{EpochId, SpaceId};
use jasaq_protocol::limits::OFFICES_MAX;
use jasaq_protocol::membership::{Act, Epoch, Operation, Parent, SpaceRecord, may_operate};
use jasaq_protocol::seal::{DevicePublic, EpochKey};

use super::{EnrolRefused, check};
use crate::exchange::device::Device;
use crate::exchange::flush::seal_operations;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault, VaultRefused};

/// A leaf of a space that a device reads.
struct Leaf {
    space: SpaceId,
    roll: SpaceId,
    epoch: EpochId,
    /// Whether somebody gave it to the device, or the device made it.
    is_given: bool,
}

/// Gives a new device every leaf of every space that it reads and whose key is held here, whoever else claims to have.
pub(super) fn wrap_for(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    to: &DevicePublic,
) -> Result<(), EnrolRefused> {
    let leaves = leaves_for(device, to);
    wrap(transaction, device, surroundings, (to, &leaves))?;
    Ok(())
}

/// Gives keys to devices that read a space and were never given one of its leaves: whoever opens the fieldbook of one who
/// may, heals it. Says how many devices were given any.
pub(crate) fn heal_wraps(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<usize, EnrolRefused> {
    let others = device.membership.devices().filter(|(id, _)| **id != device.id());
    let mut others: Vec<DevicePublic> = others
        .map(|(id, enrolled)| DevicePublic { id: *id, exchange: enrolled.exchange })
        .collect();
    others.extend(roots(device));
    let mut healed = 0;
    for to in &others {
        let mut leaves = leaves_for(device, to);
        leaves.retain(|leaf| !leaf.is_given);
        healed += usize::from(wrap(transaction, device, surroundings, (to, &leaves))?);
    }
    Ok(healed)
}

/// What every key is wrapped to besides: root and successor, so that sheets bring back what no device has any more.
fn roots(device: &Device) -> Vec<DevicePublic> {
    let root = device.membership.root();
    let founded = device.membership.territory();
    let both =
        founded.map(|founded| [DevicePublic { id: root, exchange: founded.recovery }, founded.successor]);
    both.into_iter().flatten().collect()
}

/// The leaves that a device reads and whose keys this one may hand on.
fn leaves_for(device: &Device, to: &DevicePublic) -> Vec<Leaf> {
    let membership = &device.membership;
    let (own, role) = (device.id(), device.role());
    let is_to_read = |space: &SpaceId| membership.is_root(&to.id) || membership.access(&to.id, space).reads();
    let spaces: Vec<SpaceId> = membership.spaces().map(|(space, _)| *space).filter(is_to_read).collect();
    let mut leaves = Vec::new();
    for space in spaces {
        let may =
            |record: &&SpaceRecord| role.is_some_and(|role| may_operate(Some(role), Act::Key(record.kind)));
        let Some(record) = membership.space(&space).filter(may) else { continue };
        if !membership.access(&own, &space).reads() {
            continue;
        }
        let given: BTreeSet<EpochId> = membership.wraps(&space, &to.id).map(|(epoch, _)| epoch).collect();
        // Whoever made a space holds its first key without a wrap.
        let has_first = record.maker == to.id && record.epochs.len() == 1;
        leaves.extend(record.leaf_epochs().iter().map(|leaf| Leaf {
            space,
            roll: record.roll,
            epoch: leaf.id(),
            is_given: has_first || given.contains(&leaf.id()),
        }));
    }
    leaves
}

/// Seals to a device the keys that are held here. Says whether there were any.
fn wrap(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (to, leaves): (&DevicePublic, &[Leaf]),
) -> Result<bool, EnrolRefused> {
    if leaves.is_empty() {
        return Ok(false);
    }
    let mut wraps: Vec<(SpaceId, Operation)> = Vec::new();
    for Leaf { space, roll, epoch, .. } in leaves {
        // Who named a key that nothing can be sealed to gets none, and blocks nobody.
        if let Some(key) = Vault::epoch(transaction, space, *epoch)?
            && let Ok(key) = key.wrap(*space, &to.exchange, surroundings.chance())
        {
            wraps.push((*roll, Operation::Wrap { space: *space, epoch: *epoch, device: to.id, key }));
        }
    }
    wraps.sort_by_key(|(roll, _)| *roll);
    for wraps in wraps.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((roll, _)) = wraps.first() else { continue };
        let operations: Vec<Operation> = wraps.iter().map(|(_, operation)| operation.clone()).collect();
        seal_operations(transaction, device, surroundings, (roll, &operations))?;
    }
    device.refresh(transaction)?;
    Ok(!wraps.is_empty())
}

/// Renews the key of a space: the new epoch carries the ones before, and every reader is given it.
pub(crate) fn rotate(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    space: SpaceId,
) -> Result<(), EnrolRefused> {
    let record = device.membership.space(&space).ok_or(EnrolRefused::MayNot)?;
    check(device, Act::Key(record.kind))?;
    let roll = record.roll;
    let new = EpochKey::make(surroundings.chance());
    let mut parents = Vec::new();
    for key in keys_to_carry(transaction, &space, record)? {
        let sealed = key
            .wrap(space, new.public().key(), surroundings.chance())
            .map_err(|_| EnrolRefused::Seal)?;
        parents.push(Parent { epoch: key.public().id(), key: sealed });
    }
    if parents.is_empty() {
        return Err(EnrolRefused::MayNot);
    }
    Vault::keep_epoch(transaction, &space, &new)?;
    let operation = Operation::Rotate { space, epoch: *new.public().key(), parents };
    seal_operations(transaction, device, surroundings, (&roll, &[operation]))?;
    device.refresh(transaction)?;
    let renewed = device.membership.space(&space);
    if !renewed.is_some_and(|record| record.epochs.contains_key(&new.public().id())) {
        return Err(EnrolRefused::MayNot);
    }
    heal_wraps(transaction, device, surroundings).map(drop)
}

/// Renews the keys of the spaces that this device reads and whose newest key is held by somebody who does not read them any
/// more. Says of how many.
pub(crate) fn renew_unclean(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<usize, EnrolRefused> {
    let own = device.id();
    let Some(role) = device.role() else { return Ok(0) };
    let is_unclean = |space: &SpaceId| {
        let record = device.membership.space(space)?;
        let may = may_operate(Some(role), Act::Key(record.kind)) && !record.is_closed;
        let is_clean = |epoch: &EpochId| device.membership.is_clean(space, epoch);
        (may && record.newest_epoch_of(is_clean).is_none()).then_some(*space)
    };
    let read = device.membership.spaces_of(&own).filter(|(_, access)| access.reads());
    let unclean: Vec<SpaceId> = read.filter_map(|(space, _)| is_unclean(&space)).collect();
    let mut renewed = 0;
    for space in unclean {
        // Who holds no key of it cannot renew it, and leaves it to who can.
        match rotate(transaction, device, surroundings, space) {
            Ok(()) => renewed += 1,
            Err(EnrolRefused::MayNot) => {}
            Err(refused) => return Err(refused),
        }
    }
    Ok(renewed)
}

/// The keys that a rotation carries, at most as many as one may name.
///
/// A rotation beyond that number is not refused: who must renew a key must be able to. No key is lost by what is left
/// out, because first come those that no other key held here carries: what they carry is reached through them. If even
/// those are too many, or a leaf's key is not held here, the rest stay leaves, and every reader is given each of them.
fn keys_to_carry(
    transaction: &Transaction<'_>,
    space: &SpaceId,
    record: &SpaceRecord,
) -> Result<Vec<EpochKey>, VaultRefused> {
    let mut held = Vec::new();
    for (id, epoch) in &record.epochs {
        if let Some(key) = Vault::epoch(transaction, space, *id)? {
            held.push((*id, epoch, key));
        }
    }
    let parents_of = |id: EpochId, of: &Epoch| -> Vec<EpochId> {
        of.parents.keys().copied().filter(|parent| *parent != id).collect()
    };
    let carried: BTreeSet<EpochId> = held.iter().flat_map(|(id, of, _)| parents_of(*id, of)).collect();
    held.sort_by_key(|(id, of, _)| (carried.contains(id), std::cmp::Reverse(of.parents.len())));
    Ok(held.into_iter().map(|(_, _, key)| key).take(OFFICES_MAX).collect())
}
