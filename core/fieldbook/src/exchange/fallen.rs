//! Keys that fell: a head's phone renewed a key, was removed with a cut before that, and what others had sealed to the key
//! meanwhile nobody opens but who was given it. Its author says it again, in a new journal and under a key that stands.
//!
//! Promises: a journal is left for good and said again once, from the first envelope that is sealed to such a key: what stands
//! behind it is held back everywhere else, and from then on here too, where the key is forgotten. Who keeps it has the same
//! statements twice, and they are one. If the key stands again one day, it comes as any key does.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{EpochId, JournalId, OperationId, Place, Sequence, SpaceId};
use jasaq_protocol::membership::{Operation, Standing as Refused};
use jasaq_protocol::seal::EpochPublic;

use super::device::Device;
use super::flush::epoch_to_seal_to;
use crate::vault::{Standing, Transaction, Vault, VaultRefused};

/// Lets this device say again what it had sealed to keys that no operation that counts makes any more.
pub(crate) fn say_fallen_ones_again(
    transaction: &Transaction<'_>,
    device: &mut Device,
) -> Result<(), VaultRefused> {
    // A key that this very transaction made stands, too.
    device.refresh(transaction)?;
    let device = &*device;
    let open = device.membership.spaces().filter(|(_, record)| !record.is_closed);
    for (space, record) in open {
        let held = Vault::epochs_held(transaction, space)?.into_iter();
        let unknown: BTreeSet<EpochId> = held.filter(|epoch| !record.epochs.contains_key(epoch)).collect();
        if unknown.is_empty() {
            continue;
        }
        let fallen: BTreeSet<EpochId> =
            unknown.intersection(&refused(transaction, device)?).copied().collect();
        // Not before it can be sealed at once: what is pending has no place in a document, and this has one.
        let may_say = !fallen.is_empty() && !device.is_removed() && device.may_write(space);
        if may_say && epoch_to_seal_to(transaction, device, space)?.is_some() {
            say_again(transaction, device, (space, &fallen))?;
            Vault::forget_epochs(transaction, space, &fallen)?;
        }
    }
    Ok(())
}

/// The epochs of rotations that are held here and do not count. One that waits, or that nobody here has heard of, as in a vault
/// of which a part was lost, did not fall.
fn refused(transaction: &Transaction<'_>, device: &Device) -> Result<BTreeSet<EpochId>, VaultRefused> {
    let rows = Vault::operations(transaction)?.into_iter();
    let fell = |id: &OperationId| {
        matches!(device.membership.standing(id), Some(Refused::Held | Refused::NotCounted(_)))
    };
    let made = rows
        .filter(|row| fell(&row.id))
        .filter_map(|row| match Operation::decode(&row.body) {
            Ok(Operation::Rotate { epoch, .. }) => Some(EpochPublic::new(epoch).id()),
            _ => None,
        });
    Ok(made.collect())
}

fn say_again(
    transaction: &Transaction<'_>,
    device: &Device,
    (space, fallen): (&SpaceId, &BTreeSet<EpochId>),
) -> Result<(), VaultRefused> {
    let mut from: BTreeMap<JournalId, Sequence> = BTreeMap::new();
    for (place, epoch) in Vault::own_sealed(transaction, (space, &device.id()))? {
        if fallen.contains(&epoch) {
            let first = from.entry(place.journal).or_insert(place.sequence);
            *first = place.sequence.min(*first);
        }
    }
    if from.is_empty() {
        return Ok(());
    }
    for row in Vault::said_in(transaction, (space, &device.id()))? {
        let place = row.place.filter(|_| row.standing != Standing::NotCounted);
        let is_behind = |place: Place| from.get(&place.journal).is_some_and(|first| *first <= place.sequence);
        if place.is_some_and(is_behind) {
            Vault::say_again_in(transaction, row.row, space)?;
        }
    }
    for (journal, first) in &from {
        Vault::leave_sealed(transaction, journal, *first)?;
    }
    Vault::leave_own_journal(transaction, space)
}
