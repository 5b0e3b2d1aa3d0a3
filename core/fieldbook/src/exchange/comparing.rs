//! Whether devices that hold the same have the same in it.
//!
//! An ack names, beside the heads that are new, a digest of all its device holds of a space, and one of the documents it
//! could open there. Whoever holds exactly the same and has other documents has met a defect, of either program, or an
//! older program beside a newer one: an alarm, which stays until both agree again. Nothing is decided by it.

use super::device::Device;
use super::flush::{documents_digest, frontier_digest};
use crate::vault::{Transaction, Vault, VaultRefused};

/// Compares with every device whose word could not be compared before. Worth its while once an exchange came to an end:
/// in the middle of one hardly anybody holds the same.
pub(super) fn compare(transaction: &Transaction<'_>, device: &Device) -> Result<(), VaultRefused> {
    for told in Vault::accounts_due(transaction)? {
        let is_ours = told.device == device.id();
        let reads = device.membership.access(&device.id(), &told.space).reads();
        if is_ours || !reads || !device.hears(&told.device, &told.space) {
            continue;
        }
        if frontier_digest(transaction, &told.space, &told.device)? == told.frontier {
            let differs = documents_digest(transaction, &told.space, &told.device)? != told.documents;
            Vault::note_compared(transaction, (&told.device, &told.space), differs)?;
        }
    }
    Ok(())
}
