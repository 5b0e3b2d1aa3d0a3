//! The way back when devices are lost: what whoever holds two sheets does with the root's key, or its successor's.
//!
//! The key is there for the length of a call and kept nowhere. It signs in journals of one envelope each, since nothing of
//! it stays that could go on in one.

use std::collections::BTreeMap;

use jasaq_protocol::ids::{DeviceId, EpochId, OfficeId, SpaceId};
use jasaq_protocol::membership::{Act, Operation, Role, Wrapped, may_operate};
use jasaq_protocol::seal::{DeviceKeys, EpochKey, SigningKey};

use super::EnrolRefused;
use super::founding::seal_first_envelope;
use crate::exchange::device::Device;
use crate::exchange::judging::{JudgeRefused, cut_here};
use crate::exchange::keys;
use crate::exchange::lacking::lacks_of_root;
use crate::exchange::packing::pack_operations;
use crate::exchange::standing::restate;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault};

/// What was brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Spaces whose key the sheets opened.
    pub spaces: usize,
    /// Keys that were given to devices which read the spaces and had not been given them.
    pub given: usize,
    /// Keys that were given to the sheets' key and do not open for it. They were asked for again.
    pub unopened: usize,
}

/// Makes this a new TS console of a territory of which none is left.
pub(crate) fn recover(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    (root, key): (DeviceId, &SigningKey),
) -> Result<(), EnrolRefused> {
    let device = DeviceKeys::make(surroundings.chance());
    let nonce = surroundings.make_id();
    let office = Some(OfficeId::from_bytes(surroundings.make_id()));
    let add =
        Operation::Add { device: device.public(), nonce, role: Role::Ts, office, invite: None, head: None };
    seal_first_envelope(transaction, surroundings, (SpaceId::of_territory(&root), key), &[add])?;
    Vault::set_device_keys(transaction, &device)?;
    Ok(Vault::set_root(transaction, &root)?)
}

/// Opens every key that was wrapped to the root, and gives each to whoever reads its space and was not given it.
pub(crate) fn recover_keys(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    key: &SigningKey,
) -> Result<Recovered, EnrolRefused> {
    let root = DeviceKeys::of_root(key);
    let mut recovered = Recovered { unopened: unopened(device, key), ..Recovered::default() };
    let spaces: Vec<SpaceId> = device.membership.spaces().map(|(space, _)| *space).collect();
    let mut signed: Vec<(SpaceId, Operation)> = Vec::new();
    for space in spaces {
        let opened = opened_by(device, &space, &root);
        recovered.spaces += usize::from(!opened.is_empty());
        for (epoch, key) in opened {
            signed.extend(wraps_of(device, surroundings, (&space, epoch, &key)));
        }
    }
    recovered.given = signed.len();
    signed.extend(lacks_of(device, &root));
    signed.sort_by_key(|(roll, _)| *roll);
    for signed in signed.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((roll, _)) = signed.first() else { continue };
        let operations: Vec<Operation> = signed.iter().map(|(_, operation)| operation.clone()).collect();
        sign_as_root(transaction, surroundings, (*roll, key), &operations)?;
    }
    device.refresh(transaction)?;
    keys::learn(transaction, device, surroundings.now().unix_ms)?;
    restate(transaction, device)?;
    Ok(recovered)
}

/// Removes a TS console with the root's key: what is held here of it stands.
pub(crate) fn remove_as_root(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (key, subject): (&SigningKey, &DeviceId),
) -> Result<(), EnrolRefused> {
    let known = device.membership.known_device(subject).cloned();
    let enrolled = known.ok_or(JudgeRefused::NoDevice)?;
    if !may_operate(None, Act::Remove(enrolled.role)) {
        return Err(EnrolRefused::MayNot);
    }
    let (cut, _) = cut_here(transaction, device, surroundings, (subject, &enrolled))?;
    let replaces = device.membership.unreplaced(subject);
    let removal = Operation::Remove { device: *subject, cut, replaces };
    sign_as_root(transaction, surroundings, (enrolled.roll, key), &[removal])?;
    device.refresh(transaction)?;
    restate(transaction, device)?;
    if device.membership.is_removed(subject) { Ok(()) } else { Err(EnrolRefused::MayNot) }
}

/// How many keys were given to the root and do not open for it.
pub(super) fn unopened(device: &Device, key: &SigningKey) -> usize {
    let (membership, root) = (&device.membership, DeviceKeys::of_root(key));
    membership
        .spaces()
        .map(|(space, _)| lacks_of_root(membership, space, &root).len())
        .sum()
}

/// What asks for these, of what was not named yet.
fn lacks_of(device: &Device, root: &DeviceKeys) -> Vec<(SpaceId, Operation)> {
    let mut lacks = Vec::new();
    for (space, record) in device.membership.spaces() {
        for (epoch, operations) in lacks_of_root(&device.membership, space, root) {
            if !operations.is_empty() {
                lacks.push((record.roll, Operation::Lack { space: *space, epoch, operations }));
            }
        }
    }
    lacks
}

/// The newest of the keys of a space that were wrapped to the root and open.
fn opened_by(device: &Device, space: &SpaceId, root: &DeviceKeys) -> Vec<(EpochId, EpochKey)> {
    let Some(record) = device.membership.space(space) else { return Vec::new() };
    let own = root.id();
    let open = |wrapped: Wrapped<'_>| {
        let key = EpochKey::unwrap_for_device(wrapped.key, *space, wrapped.epoch, root);
        key.ok().map(|key| (wrapped.epoch, key))
    };
    let mut opened: BTreeMap<EpochId, EpochKey> =
        device.membership.wraps(space, &own).filter_map(open).collect();
    let leaves = record.leaves_among(|epoch| opened.contains_key(epoch));
    leaves.iter().filter_map(|leaf| opened.remove_entry(&leaf.id())).collect()
}

/// What gives a key to everybody who reads its space and was not given it.
fn wraps_of(
    device: &Device,
    surroundings: &mut Surroundings,
    (space, epoch, key): (&SpaceId, EpochId, &EpochKey),
) -> Vec<(SpaceId, Operation)> {
    let membership = &device.membership;
    let Some(record) = membership.space(space) else { return Vec::new() };
    let mut wraps = Vec::new();
    for (reader, enrolled) in membership.readers_of(space) {
        if !membership.is_given(space, reader, &epoch)
            && let Ok(key) = key.wrap(*space, &enrolled.exchange, surroundings.chance())
        {
            wraps.push((record.roll, Operation::Wrap { space: *space, epoch, device: *reader, key }));
        }
    }
    wraps
}

fn sign_as_root(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    (roll, key): (SpaceId, &SigningKey),
    operations: &[Operation],
) -> Result<(), EnrolRefused> {
    for operations in pack_operations(operations) {
        seal_first_envelope(transaction, surroundings, (roll, key), operations)?;
    }
    Ok(())
}
