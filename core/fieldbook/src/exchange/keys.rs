//! Learning epoch keys from wraps and rotations, and opening what waited for them.

use std::collections::BTreeSet;

use crate::vault::Transaction;
use jasaq_protocol::ids::{EpochId, OperationId, SpaceId};
use jasaq_protocol::membership::Wrapped;
use jasaq_protocol::seal::{EpochKey, SealedKey, WireEnvelope};

use super::device::Device;
use super::merging::{open_and_merge, show_branches};
use super::returning::take_up_again;
use crate::vault::{EnvelopeState, Vault, VaultRefused};

/// Keeps every epoch key that the membership gives this device, then opens what waited. Says how many envelopes opened.
pub(super) fn learn(
    transaction: &Transaction<'_>,
    device: &Device,
    now_ms: i64,
) -> Result<usize, VaultRefused> {
    let is_open = |space: &SpaceId| device.membership.space(space).is_some_and(|record| !record.is_closed);
    let own = device.id();
    let read = device.membership.spaces_of(&own).map(|(space, _)| space);
    let spaces: Vec<SpaceId> = read.filter(is_open).collect();
    let mut opened = 0;
    for space in spaces {
        keep_wrapped(transaction, device, &space)?;
        keep_parents(transaction, device, &space)?;
        opened += open_waiting(transaction, device, &space, now_ms)?;
    }
    show_branches(transaction, device)?;
    take_up_again(transaction, device, now_ms)?;
    Ok(opened)
}

/// A wrap that does not open, or not to the key of its epoch, is passed over: another may.
fn keep_wrapped(transaction: &Transaction<'_>, device: &Device, space: &SpaceId) -> Result<(), VaultRefused> {
    for Wrapped { epoch, key, .. } in device.membership.wraps(space, &device.id()) {
        if Vault::epoch(transaction, space, epoch)?.is_none()
            && let Ok(key) = EpochKey::unwrap_for_device(key, *space, epoch, &device.keys)
        {
            Vault::keep_epoch(transaction, space, &key)?;
        }
    }
    Ok(())
}

/// A rotation carries the epochs before it, up to a number: what it left out, the ones that it carries do.
fn keep_parents(transaction: &Transaction<'_>, device: &Device, space: &SpaceId) -> Result<(), VaultRefused> {
    let Some(record) = device.membership.space(space) else { return Ok(()) };
    let mut due: Vec<EpochId> = record.epochs.keys().copied().collect();
    while let Some(epoch) = due.pop() {
        let (Some(of), Some(key)) = (record.epochs.get(&epoch), Vault::epoch(transaction, space, epoch)?)
        else {
            continue;
        };
        for (parent, sealed) in &of.parents {
            if keep_parent(transaction, space, (&key, *parent), sealed)? {
                due.push(*parent);
            }
        }
    }
    Ok(())
}

/// Says whether the key is new here. What does not open is passed over: another rotation may carry it too.
fn keep_parent(
    transaction: &Transaction<'_>,
    space: &SpaceId,
    (key, parent): (&EpochKey, EpochId),
    sealed: &BTreeSet<(OperationId, SealedKey)>,
) -> Result<bool, VaultRefused> {
    if Vault::epoch(transaction, space, parent)?.is_some() {
        return Ok(false);
    }
    let mut opened = sealed
        .iter()
        .filter_map(|(_, sealed)| key.unwrap_parent(sealed, *space, parent).ok());
    match opened.next() {
        Some(parent) => Vault::keep_epoch(transaction, space, &parent).map(|()| true),
        None => Ok(false),
    }
}

fn open_waiting(
    transaction: &Transaction<'_>,
    device: &Device,
    space: &SpaceId,
    now_ms: i64,
) -> Result<usize, VaultRefused> {
    let mut opened = 0;
    for row in Vault::sealed_envelopes(transaction, space)? {
        let Ok(wire) = WireEnvelope::decode(&row.wire) else { continue };
        let Ok(verified) = wire.at(row.place, row.link).verify(&row.signer) else { continue };
        let state = open_and_merge(transaction, device, &verified, now_ms)?;
        if state != EnvelopeState::Sealed {
            Vault::set_envelope_state(transaction, &row.place, state)?;
            if row.signer != device.id() {
                Vault::note_ack_due(transaction, &row.place)?;
            }
            opened += 1;
        }
    }
    Ok(opened)
}
