//! Saying that a key does not open, or that nobody gave it, so that another gives it.
//!
//! Said in the roll of the space, where who may hand keys on reads it, and only once of each: who signed what does not open is
//! refused from then on, whatever else he wraps. See `enrolment/keys.rs` for what becomes of it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{EpochId, OperationId, SpaceId};
use jasaq_protocol::limits::{LACK_OPERATIONS_MAX, WRAPS_OF_ONE_MAX};
use jasaq_protocol::membership::{Membership, Operation, SpaceRecord, Wrapped};
use jasaq_protocol::seal::{DeviceKeys, EpochKey, EpochPublic};

use super::device::Device;
use super::enrolment::{EnrolRefused, hands_on};
use super::flush::seal_operations;
use crate::surroundings::Surroundings;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// Says of every key that this device should have and cannot open that it has none. Says of how many keys.
pub(crate) fn say_lacks(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<usize, EnrolRefused> {
    let own = device.id();
    let read = device.membership.spaces_of(&own).filter(|(_, access)| access.reads());
    let spaces: Vec<SpaceId> = read.map(|(space, _)| space).collect();
    let mut said = 0;
    for space in spaces {
        let Some(record) = device.membership.space(&space).filter(|record| !record.is_closed) else {
            continue;
        };
        if missing_epochs(transaction, device, (&space, record))?.is_empty() {
            Vault::forget_lacking_since(transaction, &space)?;
        }
        let lacks = lacks_in(transaction, device, (&space, record))?;
        if lacks.is_empty() {
            continue;
        }
        let lack = |(epoch, operations)| Operation::Lack { space, epoch, operations };
        let roll = record.roll;
        let lacks: Vec<Operation> = lacks.into_iter().map(lack).collect();
        said += lacks.len();
        seal_operations(transaction, device, surroundings, (&roll, &lacks))?;
        Vault::note_lacking_since(transaction, &space, surroundings.now().unix_ms)?;
    }
    if said > 0 {
        device.refresh(transaction)?;
    }
    Ok(said)
}

/// The epochs whose keys were given to this device or asked for, and do not open here, if that matters: something waits for a
/// key, or may be sealed to this one.
pub(crate) fn missing_epochs(
    connection: &Connection,
    device: &Device,
    (space, record): (&SpaceId, &SpaceRecord),
) -> Result<Vec<EpochId>, VaultRefused> {
    let (own, membership) = (device.id(), &device.membership);
    let held = Vault::epochs_held(connection, space)?;
    let is_waited_for = Vault::sealed_count(connection, space)? > 0;
    let wrapped = membership.wraps(space, &own).map(|wrapped| wrapped.epoch);
    let told: BTreeSet<EpochId> = wrapped.chain(membership.epochs_asked_for(space, &own).copied()).collect();
    let missing = told.into_iter().filter(|epoch| {
        let is_known = !record.is_closed && record.epochs.contains_key(epoch) && !held.contains(epoch);
        is_known && (is_waited_for || membership.is_clean(space, epoch))
    });
    Ok(missing.collect())
}

/// What is to be said of a space: epochs, each with what does not open.
fn lacks_in(
    connection: &Connection,
    device: &Device,
    (space, record): (&SpaceId, &SpaceRecord),
) -> Result<Vec<(EpochId, Vec<OperationId>)>, VaultRefused> {
    let (own, membership) = (device.id(), &device.membership);
    let held = Vault::epochs_held(connection, space)?;
    let said: BTreeSet<EpochId> = membership.epochs_asked_for(space, &own).copied().collect();
    let mut named = membership.operations_refused_by(space, &own);
    let leaves: BTreeSet<EpochId> = record.leaf_epochs().iter().map(EpochPublic::id).collect();
    let mut lacks = Vec::new();
    for epoch in record.epochs.keys().filter(|epoch| !held.contains(*epoch)) {
        let mut wraps = membership
            .wraps(space, &own)
            .filter(|wrapped| wrapped.epoch == *epoch)
            .peekable();
        let is_left_out = wraps.peek().is_none()
            && leaves.contains(epoch)
            && !held.is_empty()
            && hands_on(device, space)
            && membership.is_clean(space, epoch);
        let closed =
            wraps.filter(|wrap| EpochKey::unwrap_for_device(wrap.key, *space, *epoch, &device.keys).is_err());
        let carried = carried_badly(connection, (space, record), *epoch)?;
        let is_to_ask_for = !said.contains(epoch) && (is_left_out || !carried.is_empty());
        let new = not_named_yet(membership, &mut named, closed.map(|wrap| wrap.operation).chain(carried));
        if is_to_ask_for || !new.is_empty() {
            lacks.push((*epoch, new));
        }
    }
    Ok(lacks)
}

/// The same for the root or its successor, whose key is there while sheets are: epochs that were wrapped to it and of which no
/// wrap opens.
pub(super) fn lacks_of_root(
    membership: &Membership,
    space: &SpaceId,
    root: &DeviceKeys,
) -> Vec<(EpochId, Vec<OperationId>)> {
    let own = root.id();
    let mut named = membership.operations_refused_by(space, &own);
    let opens = |wrap: &Wrapped<'_>| EpochKey::unwrap_for_device(wrap.key, *space, wrap.epoch, root).is_ok();
    let (open, closed): (Vec<_>, Vec<_>) = membership.wraps(space, &own).partition(opens);
    let opened: BTreeSet<EpochId> = open.into_iter().map(|wrap| wrap.epoch).collect();
    let mut lacked: BTreeMap<EpochId, Vec<OperationId>> = BTreeMap::new();
    for wrap in closed.into_iter().filter(|wrap| !opened.contains(&wrap.epoch)) {
        let new = not_named_yet(membership, &mut named, std::iter::once(wrap.operation));
        lacked.entry(wrap.epoch).or_default().extend(new);
    }
    lacked.into_iter().collect()
}

/// The rotations that carry an epoch to one whose key is held here, and whose sealed keys do not open.
fn carried_badly(
    connection: &Connection,
    (space, record): (&SpaceId, &SpaceRecord),
    epoch: EpochId,
) -> Result<Vec<OperationId>, VaultRefused> {
    let mut bad = Vec::new();
    for (carrier, of) in &record.epochs {
        let Some(sealed) = of.parents.get(&epoch) else { continue };
        let Some(key) = Vault::epoch(connection, space, *carrier)? else { continue };
        let closed = sealed
            .iter()
            .filter(|(_, sealed)| key.unwrap_parent(sealed, *space, epoch).is_err());
        bad.extend(closed.map(|(rotation, _)| *rotation));
    }
    Ok(bad)
}

/// Of each signer one that does not open, so that another gives the key, and if need be one more: then nothing of his does.
fn not_named_yet(
    membership: &Membership,
    named: &mut BTreeSet<OperationId>,
    operations: impl Iterator<Item = OperationId>,
) -> Vec<OperationId> {
    let mut new = Vec::new();
    for operation in operations.filter(|operation| membership.giver(operation).is_some()) {
        let of_the_same = |other: &&OperationId| membership.giver(other) == membership.giver(&operation);
        if new.len() < LACK_OPERATIONS_MAX
            && named.iter().filter(of_the_same).count() < WRAPS_OF_ONE_MAX
            && named.insert(operation)
        {
            new.push(operation);
        }
    }
    new
}
