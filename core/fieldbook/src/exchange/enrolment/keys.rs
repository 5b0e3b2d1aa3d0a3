//! Handing on the keys of spaces, and renewing them.
//!
//! A space has one newest epoch, or several that were made apart: the *leaves*, which no other carries. Every reader is
//! given every leaf of those whose keys are held here; older keys come with them, and what does not come with them is given to
//! who asks for it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{DeviceId, EpochId, SpaceId};
use jasaq_protocol::limits::{OFFICES_MAX, WRAPS_OF_ONE_MAX};
use jasaq_protocol::membership::{Act, Epoch, Operation, Parent, SpaceRecord, may_operate};
use jasaq_protocol::seal::{DevicePublic, EpochKey, EpochPublic};

use super::{EnrolRefused, check};
use crate::exchange::device::Device;
use crate::exchange::flush::seal_operations;
use crate::surroundings::Surroundings;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// A key that a device should have.
struct Due {
    space: SpaceId,
    roll: SpaceId,
    epoch: EpochId,
}

/// The epochs whose keys are held here, of the spaces whose keys this device may hand on.
type Held = BTreeMap<SpaceId, BTreeSet<EpochId>>;

/// Gives a new device every leaf of every space that it reads and whose key is held here, whoever else claims to have.
pub(super) fn wrap_for(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    to: &DevicePublic,
) -> Result<(), EnrolRefused> {
    let due = due_to(device, &held_to_hand_on(transaction, device)?, to);
    wrap(transaction, device, surroundings, (to, &due))?;
    Ok(())
}

/// Gives keys to devices that read a space and have none of one of its leaves, as far as anybody told: whoever opens the
/// fieldbook of one who may, heals it. Says how many devices were given any.
///
/// Of one key a device is given [`WRAPS_OF_ONE_MAX`] from here at the most: one that calls every key bad is not served for ever.
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
    let held = held_to_hand_on(transaction, device)?;
    let mut healed = 0;
    for to in &others {
        let mut due = due_to(device, &held, to);
        due.retain(|due| is_to_be_given(device, due, to));
        healed += usize::from(wrap(transaction, device, surroundings, (to, &due))?);
    }
    Ok(healed)
}

fn is_to_be_given(device: &Device, due: &Due, to: &DevicePublic) -> bool {
    let membership = &device.membership;
    let own = device.id();
    let given_from_here = membership
        .wraps(&due.space, &to.id)
        .filter(|wrapped| wrapped.epoch == due.epoch && membership.giver(&wrapped.operation) == Some(&own));
    given_from_here.count() < WRAPS_OF_ONE_MAX && !membership.is_given(&due.space, &to.id, &due.epoch)
}

/// What every key is wrapped to besides: root and successor, so that sheets bring back what no device has any more.
fn roots(device: &Device) -> Vec<DevicePublic> {
    let root = device.membership.root();
    let founded = device.membership.territory();
    let both =
        founded.map(|founded| [DevicePublic { id: root, exchange: founded.recovery }, founded.successor]);
    both.into_iter().flatten().collect()
}

/// Whether this device hands on and renews the keys of a space.
pub(crate) fn hands_on(device: &Device, space: &SpaceId) -> bool {
    hands_on_as(device, &device.id(), space)
}

/// Whether a device does: it may, it reads the space, and what it signs about it is stored in the space's roll.
pub(crate) fn hands_on_as(device: &Device, who: &DeviceId, space: &SpaceId) -> bool {
    let membership = &device.membership;
    let (Some(enrolled), Some(record)) = (membership.device(who), membership.space(space)) else {
        return false;
    };
    may_operate(Some(enrolled.role), Act::Key(record.kind))
        && !record.is_closed
        && membership.access(who, space).reads()
        && membership.access(who, &record.roll).writes()
}

fn held_to_hand_on(connection: &Connection, device: &Device) -> Result<Held, VaultRefused> {
    let spaces = device.membership.spaces().map(|(space, _)| *space);
    let held = |space| Ok((space, Vault::epochs_held(connection, &space)?));
    spaces.filter(|space| hands_on(device, space)).map(held).collect()
}

/// The keys that a device should have and that are held here: the leaves of what is held, so that an epoch which somebody
/// published and gave to nobody hides nothing, and what the device asked for besides.
fn due_to(device: &Device, held: &Held, to: &DevicePublic) -> Vec<Due> {
    let membership = &device.membership;
    let mut all = Vec::new();
    for (space, held) in held {
        let is_to_read = membership.is_root(&to.id) || membership.access(&to.id, space).reads();
        let Some(record) = membership.space(space).filter(|_| is_to_read) else { continue };
        let mut epochs: BTreeSet<EpochId> = record
            .leaves_among(|epoch| held.contains(epoch))
            .iter()
            .map(EpochPublic::id)
            .collect();
        let asked_for = membership.epochs_asked_for(space, &to.id);
        epochs.extend(asked_for.filter(|epoch| held.contains(epoch)));
        let due = |epoch| Due { space: *space, roll: record.roll, epoch };
        all.extend(epochs.into_iter().map(due));
    }
    all
}

/// Seals to a device the keys that are held here. Says whether there were any.
fn wrap(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (to, due): (&DevicePublic, &[Due]),
) -> Result<bool, EnrolRefused> {
    if due.is_empty() {
        return Ok(false);
    }
    let mut wraps: Vec<(SpaceId, Operation)> = Vec::new();
    for Due { space, roll, epoch } in due {
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

/// Renews the keys of the spaces that this device reads and of which it has no key that only readers have. Says of how many.
///
/// A key that may still be on its way is waited for: it has to be asked for first.
pub(crate) fn renew_unclean(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<usize, EnrolRefused> {
    let mut unclean: Vec<SpaceId> = Vec::new();
    for (space, held) in held_to_hand_on(transaction, device)? {
        let own = device.id();
        let is_clean = |epoch: &EpochId| device.membership.is_clean(&space, epoch);
        let is_awaited = |epoch: &EpochId| !device.membership.lacks(&space, &own, epoch);
        let Some(record) = device.membership.space(&space) else { continue };
        let leaves: Vec<EpochId> = record.leaf_epochs().iter().map(EpochPublic::id).collect();
        // One that is held, and that all the same nobody gave whom this device does not refuse, looks to others as if it were
        // lacked: who gave it might seal them to one of his alone.
        let has_one = held.iter().any(|epoch| is_clean(epoch) && is_awaited(epoch))
            || leaves
                .iter()
                .any(|leaf| !held.contains(leaf) && is_clean(leaf) && is_awaited(leaf));
        if !has_one {
            unclean.push(space);
        }
    }
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
