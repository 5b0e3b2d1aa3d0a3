//! Asking to be let in with an invite, and asking again.

use jasaq_protocol::ids::{DeviceId, InviteKey, Place};
use jasaq_protocol::membership::{FourWords, InviteCode, Join, Operation};
use jasaq_protocol::seal::DeviceKeys;
use jasaq_protocol::sync::Refusal;

use super::EnrolRefused;
use super::founding::seal_first_envelope;
use crate::exchange::device::Device;
use crate::surroundings::Surroundings;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// Asks to be added with an invite: keys are made here and signed with the invite's one-time key, which is then gone.
pub(crate) fn join(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    code: &InviteCode,
) -> Result<FourWords, EnrolRefused> {
    let device = DeviceKeys::make(surroundings.chance());
    Vault::set_device_keys(transaction, &device)?;
    Vault::set_root(transaction, &code.root)?;
    ask_to_join(transaction, surroundings, &device, (code, 0))
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
    if device.is_removed() {
        return Err(EnrolRefused::Removed);
    }
    if code.root != device.membership.root() {
        return Err(EnrolRefused::OtherTerritory);
    }
    let asked = own_requests(transaction, device)?.into_iter().map(|request| request.attempt);
    let attempt = asked.max().map_or(0, |last| last.saturating_add(1));
    forget_join_requests(transaction, device)?;
    ask_to_join(transaction, surroundings, &device.keys, (code, attempt))
}

/// Takes back own requests to join that never left this device: another took their place, or none is needed any more.
/// The one that this device was added with stays, since the `add` counts by it.
pub(crate) fn forget_join_requests(
    transaction: &Transaction<'_>,
    device: &Device,
) -> Result<(), VaultRefused> {
    let came_with = device.membership.device(&device.id()).and_then(|enrolled| enrolled.invite);
    for request in own_requests(transaction, device)? {
        if came_with != Some(request.invite) && !Vault::is_at_relay(transaction, &request.place)? {
            Vault::forget_journal(transaction, &request.place.journal)?;
        }
    }
    Ok(())
}

/// A request of this device's to be let in.
pub(in crate::exchange) struct OwnRequest {
    pub(in crate::exchange) place: Place,
    invite: InviteKey,
    inviter: DeviceId,
    attempt: u32,
}

/// This device's own requests to be let in, to whomever.
pub(in crate::exchange) fn own_requests(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<OwnRequest>, VaultRefused> {
    let operations = Vault::operations(connection)?.into_iter();
    let requests = operations.filter_map(|row| match Operation::decode(&row.body) {
        Ok(Operation::Join(join)) if join.device.id == device.id() => {
            let invite = InviteKey::from_bytes(*row.signer.as_bytes());
            Some(OwnRequest { place: row.place, invite, inviter: join.inviter, attempt: join.attempt })
        }
        _ => None,
    });
    Ok(requests.collect())
}

/// Whether this device waits in vain: with the invite of its last request another was let in, as its own rolls or the relay
/// tell, or so many asked with it that the relay takes no further request.
pub(crate) fn is_in_vain(connection: &Connection, device: &Device) -> Result<bool, VaultRefused> {
    if device.role().is_some() || device.is_removed() {
        return Ok(false);
    }
    let requests = own_requests(connection, device)?;
    let Some(last) = requests.iter().max_by_key(|request| request.attempt) else { return Ok(false) };
    let invited = device.membership.invite(&last.invite, &last.inviter);
    let is_used = invited.is_some_and(|invited| invited.device.is_some_and(|added| added != device.id()));
    let told = Vault::refusal_at(connection, &last.place)?;
    let is_refused = [Refusal::MayNot, Refusal::Quota]
        .map(|reason| Some(reason as i64))
        .contains(&told);
    Ok(is_used || is_refused)
}

fn ask_to_join(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    device: &DeviceKeys,
    (code, attempt): (&InviteCode, u32),
) -> Result<FourWords, EnrolRefused> {
    let invite = code.secret.invite_key();
    let join = Join::make(invite, code.inviter, attempt, device);
    seal_first_envelope(transaction, surroundings, (code.roll, &code.secret), &[Operation::Join(join)])?;
    let words = join.words(&invite);
    Vault::set_join_words(transaction, &words.to_string())?;
    if let Some((address, relay)) = &code.relay {
        Vault::set_relay(transaction, address, Some(*relay))?;
    }
    Ok(words)
}
