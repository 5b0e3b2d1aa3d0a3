//! Handing on the keys of spaces, and renewing them.

use jasaq_protocol::ids::{DeviceId, EpochId, SpaceId};
use jasaq_protocol::membership::{Act, Membership, Operation, may_operate};
use jasaq_protocol::seal::{DevicePublic, EpochKey};

use super::{EnrolRefused, check};
use crate::exchange::device::Device;
use crate::exchange::flush::seal_operations;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault, VaultRefused};

/// Gives a device the newest key of every space that it reads and whose key is held here. Rotations carry older ones.
pub(super) fn wrap_for(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    to: &DevicePublic,
) -> Result<(), EnrolRefused> {
    let mut wraps: Vec<(SpaceId, Operation)> = Vec::new();
    for (space, roll, epoch) in readable_epochs(&device.membership, &to.id) {
        let Some(record) = device.membership.space(&space) else { continue };
        let may = device.role().is_some_and(|role| may_operate(Some(role), Act::Key(record.kind)));
        let held = Vault::epoch(transaction, &space, epoch)?;
        // Who named a key that nothing can be sealed to gets none, and blocks nobody.
        if let (true, Some(key)) = (may, held)
            && let Ok(sealed) = key.wrap(space, &to.exchange, surroundings.chance())
        {
            wraps.push((roll, Operation::Wrap { space, epoch, device: to.id, key: sealed }));
        }
    }
    wraps.sort_by_key(|(roll, _)| *roll);
    for wraps in wraps.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((roll, _)) = wraps.first() else { continue };
        let operations: Vec<Operation> = wraps.iter().map(|(_, operation)| operation.clone()).collect();
        seal_operations(transaction, device, surroundings, (roll, &operations))?;
    }
    device.refresh(transaction)?;
    Ok(())
}

fn readable_epochs(membership: &Membership, device: &DeviceId) -> Vec<(SpaceId, SpaceId, EpochId)> {
    membership
        .spaces_of(device)
        .filter(|(_, access)| access.reads())
        .filter_map(|(space, _)| {
            let record = membership.space(&space)?;
            Some((space, record.roll, record.newest_epoch()?.id()))
        })
        .collect()
}

/// Gives keys to devices that read a space and were never given its newest key: whoever opens the fieldbook of one who
/// may, heals it. Says how many were given.
pub(crate) fn heal_wraps(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<usize, EnrolRefused> {
    let lacking: Vec<DevicePublic> = device
        .membership
        .devices()
        .filter(|(id, _)| **id != device.id())
        .filter(|(id, _)| lacks_a_key(transaction, device, id).unwrap_or(false))
        .map(|(id, enrolled)| DevicePublic { id: *id, exchange: enrolled.exchange })
        .collect();
    for to in &lacking {
        wrap_for(transaction, device, surroundings, to)?;
    }
    Ok(lacking.len())
}

fn lacks_a_key(
    transaction: &Transaction<'_>,
    device: &Device,
    other: &DeviceId,
) -> Result<bool, VaultRefused> {
    for (space, _, epoch) in readable_epochs(&device.membership, other) {
        let Some(record) = device.membership.space(&space) else { continue };
        let may = device.role().is_some_and(|role| may_operate(Some(role), Act::Key(record.kind)))
            && device.membership.access(&device.id(), &space).reads();
        let wrapped = device.membership.wraps(&space, other).any(|(wrapped, _)| wrapped == epoch);
        if may
            && !wrapped
            && Vault::epoch(transaction, &space, epoch)?.is_some()
            && !made_by(device, &space, other)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whoever made a space holds its first key without a wrap.
fn made_by(device: &Device, space: &SpaceId, other: &DeviceId) -> bool {
    let record = device.membership.space(space);
    record.is_some_and(|record| record.maker == *other && record.epochs.len() == 1)
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
    let (roll, epochs): (_, Vec<EpochId>) = (record.roll, record.epochs.keys().copied().collect());
    let new = EpochKey::make(surroundings.chance());
    let mut parents = Vec::new();
    for epoch in epochs {
        let key = Vault::epoch(transaction, &space, epoch)?.ok_or(EnrolRefused::MayNot)?;
        let sealed = key
            .wrap(space, new.public().key(), surroundings.chance())
            .map_err(|_| EnrolRefused::Seal)?;
        parents.push(jasaq_protocol::membership::Parent { epoch, key: sealed });
    }
    Vault::keep_epoch(transaction, &space, &new)?;
    let operation = Operation::Rotate { space, epoch: *new.public().key(), parents };
    seal_operations(transaction, device, surroundings, (&roll, &[operation]))?;
    device.refresh(transaction)?;
    heal_wraps(transaction, device, surroundings).map(drop)
}
