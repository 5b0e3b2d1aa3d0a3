//! After the program was renewed: what an older one could not read or keep is tried again.
//!
//! Nothing that a newer program wrote is refused for good: its envelopes and changes are held as they came, and spaces
//! whose envelopes could not even be held are asked for again from their start.

use jasaq_protocol::seal::WireEnvelope;

use super::device::Device;
use super::keys::learn;
use super::merging::{rebuild_document, show_branches, take_readable};
use super::standing::restate;
use crate::vault::{Transaction, Vault, VaultRefused};

/// The program that is running. Another one may read more, or less.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Tries again what another program left, once for each program.
pub(crate) fn take_again(
    transaction: &Transaction<'_>,
    device: &mut Device,
    now_ms: i64,
) -> Result<(), VaultRefused> {
    if Vault::program(transaction)?.as_deref() == Some(PROGRAM) {
        return Ok(());
    }
    Vault::ask_again_for_what_was_left_out(transaction)?;
    Vault::try_refused_again(transaction)?;
    take_what_everybody_reads(transaction)?;
    device.forget_fold();
    device.refresh(transaction)?;
    learn(transaction, device, now_ms)?;
    for (space, document) in Vault::documents_not_read(transaction)? {
        let again = Vault::within(transaction, || {
            Vault::forget_sealed_of(transaction, (&space, &document))?;
            rebuild_document(transaction, device, (&space, &document))
        });
        match again {
            // This program reads less than the one before: what stands there stays.
            Ok(_) | Err(VaultRefused::Damaged { .. }) => {}
            Err(refused) => return Err(refused),
        }
    }
    show_branches(transaction, device)?;
    restate(transaction, device)?;
    Vault::set_program(transaction, PROGRAM)
}

fn take_what_everybody_reads(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
    Vault::each_envelope(transaction, &[], |row| {
        let Ok(wire) = WireEnvelope::decode(&row.wire) else { return Ok(()) };
        match wire.at(row.place, row.link).verify(&row.signer) {
            Ok(verified) => take_readable(transaction, &verified),
            Err(_) => Ok(()),
        }
    })
}
