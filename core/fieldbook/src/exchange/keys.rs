//! Learning epoch keys from wraps and rotations, and opening what waited for them.

use crate::vault::Transaction;
use jasaq_protocol::ids::{EpochId, SpaceId};
use jasaq_protocol::seal::{EpochKey, WireEnvelope};

use super::device::Device;
use super::merging::open_and_merge;
use crate::vault::{EnvelopeState, Vault, VaultRefused};

/// Keeps every epoch key that the membership gives this device, then opens what waited. Says how many envelopes opened.
pub(super) fn learn(
    transaction: &Transaction<'_>,
    device: &Device,
    now_ms: i64,
) -> Result<usize, VaultRefused> {
    let spaces: Vec<SpaceId> = device.membership.spaces_of(&device.id()).map(|(space, _)| space).collect();
    let mut opened = 0;
    for space in spaces {
        keep_wrapped(transaction, device, &space)?;
        keep_parents(transaction, device, &space)?;
        opened += open_waiting(transaction, device, &space, now_ms)?;
    }
    Ok(opened)
}

/// A wrap that does not open, or not to the key of its epoch, is passed over: another may.
fn keep_wrapped(transaction: &Transaction<'_>, device: &Device, space: &SpaceId) -> Result<(), VaultRefused> {
    for (epoch, sealed) in device.membership.wraps(space, &device.id()) {
        if Vault::epoch(transaction, space, epoch)?.is_none()
            && let Ok(key) = EpochKey::unwrap_for_device(sealed, *space, epoch, &device.keys)
        {
            Vault::keep_epoch(transaction, space, &key)?;
        }
    }
    Ok(())
}

/// A rotation carries every epoch before it, so one step from each key held is enough.
fn keep_parents(transaction: &Transaction<'_>, device: &Device, space: &SpaceId) -> Result<(), VaultRefused> {
    let Some(record) = device.membership.space(space) else { return Ok(()) };
    for (epoch, of) in &record.epochs {
        let Some(key) = Vault::epoch(transaction, space, *epoch)? else { continue };
        for (parent, sealed) in &of.parents {
            keep_parent(transaction, space, (&key, *parent), sealed)?;
        }
    }
    Ok(())
}

fn keep_parent(
    transaction: &Transaction<'_>,
    space: &SpaceId,
    (key, parent): (&EpochKey, EpochId),
    sealed: &jasaq_protocol::seal::SealedKey,
) -> Result<(), VaultRefused> {
    if Vault::epoch(transaction, space, parent)?.is_none()
        && let Ok(parent) = key.unwrap_parent(sealed, *space, parent)
    {
        Vault::keep_epoch(transaction, space, &parent)?;
    }
    Ok(())
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
