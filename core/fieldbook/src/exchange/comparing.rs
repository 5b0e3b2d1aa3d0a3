//! Whether devices that hold the same have the same in it.
//!
//! An ack names, beside the heads that are new, a digest of all its device holds of a space, and one of the documents it
//! could open there. Whoever holds exactly the same and has other documents has met a defect, of either program, or an
//! older program beside a newer one: an alarm, which stays until both agree again. Nothing is decided by it.

use jasaq_protocol::membership::Membership;

use super::device::Device;
use super::flush::{documents_digest, frontier_digest};
use crate::vault::{AccountRow, Transaction, Vault, VaultRefused};

/// Compares with every device whose word could not be compared before. Worth its while once an exchange came to an end:
/// in the middle of one hardly anybody holds the same.
pub(super) fn compare(transaction: &Transaction<'_>, device: &Device) -> Result<(), VaultRefused> {
    for told in Vault::accounts_due(transaction)? {
        let is_ours = told.device == device.id();
        let reads = device.membership.access(&device.id(), &told.space).reads();
        if is_ours || !reads || !device.hears(&told.device, &told.space) {
            continue;
        }
        if let Some(differs) = differs(transaction, &device.membership, &told)? {
            Vault::note_compared(transaction, (&told.device, &told.space), differs)?;
        }
    }
    Ok(())
}

/// Whether a device that holds the same has other things in it. Nothing if it does not hold the same: then nobody reads all
/// changes of a season for nothing, contact after contact.
fn differs(
    transaction: &Transaction<'_>,
    membership: &Membership,
    told: &AccountRow,
) -> Result<Option<bool>, VaultRefused> {
    if frontier_digest(transaction, (membership, &told.space), &told.device)? != told.frontier {
        return Ok(None);
    }
    Ok(Some(documents_digest(transaction, (membership, &told.space), &told.device)? != told.documents))
}

#[cfg(test)]
mod tests {
    use jasaq_protocol::ids::{DeviceId, SpaceId};

    use super::*;
    use crate::KeyHolder;
    use crate::surroundings::Surroundings;
    use crate::vault::VaultKey;

    #[test]
    fn the_documents_are_looked_at_only_for_who_holds_the_same() {
        let home = tempfile::tempdir().unwrap();
        let key = VaultKey::make(Surroundings::of_the_system(None).chance());
        let created = Vault::create(home.path(), &KeyHolder::File, &key, |transaction| {
            let (device, space) = (DeviceId::from_bytes([9; 32]), SpaceId::from_bytes([9; 16]));
            let nobody = Membership::of_root(device);
            let frontier = frontier_digest(transaction, (&nobody, &space), &device)?;
            let documents = documents_digest(transaction, (&nobody, &space), &device)?;
            let alike = AccountRow { device, space, frontier, documents };
            assert_eq!(differs(transaction, &nobody, &alike)?, Some(false));
            assert_eq!(
                differs(transaction, &nobody, &AccountRow { documents: [8; 16], ..alike })?,
                Some(true)
            );
            // Whoever looks at documents now is refused.
            transaction.execute_batch("ALTER TABLE changes RENAME TO unreadable").unwrap();
            assert!(differs(transaction, &nobody, &alike).is_err(), "otherwise nothing is proved");
            assert_eq!(differs(transaction, &nobody, &AccountRow { frontier: [8; 16], ..alike })?, None);
            Ok::<_, VaultRefused>(())
        });
        created.unwrap();
    }
}
