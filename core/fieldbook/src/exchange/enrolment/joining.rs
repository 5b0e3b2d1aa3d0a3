//! Asking to be let in with an invite, and asking again.

use jasaq_protocol::membership::{FourWords, InviteCode, Join, Operation};
use jasaq_protocol::seal::DeviceKeys;

use super::EnrolRefused;
use super::founding::seal_first_envelope;
use crate::exchange::device::Device;
use crate::surroundings::Surroundings;
use crate::vault::{KnownRelay, Transaction, Vault, VaultRefused};

/// Asks to be added with an invite: keys are made here and signed with the invite's one-time key, which is then gone.
pub(crate) fn join(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    code: &InviteCode,
) -> Result<FourWords, EnrolRefused> {
    let device = DeviceKeys::make(surroundings.chance());
    Vault::set_device_keys(transaction, &device)?;
    Vault::set_root(transaction, &code.root)?;
    ask_to_join(transaction, surroundings, &device, code)
}

/// Asks once more with another invite, because the first was used or had expired: the same keys, the same records.
pub(crate) fn join_again(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    code: &InviteCode,
) -> Result<FourWords, EnrolRefused> {
    if device.role().is_some() {
        return Err(EnrolRefused::AlreadyIn);
    }
    if code.root != device.membership.root() {
        return Err(EnrolRefused::OtherTerritory);
    }
    forget_join_requests(transaction, device)?;
    ask_to_join(transaction, surroundings, &device.keys, code)
}

/// Takes back own requests to join that never left this device: another took their place, or none is needed any more.
pub(crate) fn forget_join_requests(
    transaction: &Transaction<'_>,
    device: &Device,
) -> Result<(), VaultRefused> {
    for row in Vault::operations(transaction)? {
        let own = matches!(Operation::decode(&row.body), Ok(Operation::Join(join)) if join.device.id == device.id());
        if own && !Vault::is_at_relay(transaction, &row.place)? {
            Vault::forget_journal(transaction, &row.place.journal)?;
        }
    }
    Ok(())
}

fn ask_to_join(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    device: &DeviceKeys,
    code: &InviteCode,
) -> Result<FourWords, EnrolRefused> {
    let invite = code.secret.invite_key();
    let join = Join::make(invite, device);
    seal_first_envelope(transaction, surroundings, (code.roll, &code.secret), &[Operation::Join(join)])?;
    let words = join.words(&invite);
    Vault::set_join_words(transaction, &words.to_string())?;
    if let Some((address, relay)) = &code.relay {
        let known = KnownRelay { address: address.clone(), relay: Some(*relay) };
        Vault::set_relay(transaction, &known)?;
    }
    Ok(words)
}
