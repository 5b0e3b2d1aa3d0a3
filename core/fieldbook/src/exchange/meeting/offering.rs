//! Who may be told of what, and be given it, in a meeting.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{DeviceId, OperationId, Place};

use crate::exchange::device::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// What another device may be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// Everything that is held: it is sealed for its readers, and any member carries any other's.
    Everything,
    /// The rolls and this device's own request to be let in: what explains this device to who does not know it yet.
    Rolls,
    /// What removed it: of each journal in which its removal stands, all up to there.
    ItsRemoval,
    /// Nothing.
    Nothing,
}

/// The one place that decides it. A member of the territory may carry everything, as with a satchel. A device that was removed
/// learns that it was, and nothing else; what it brings is taken, and held.
///
/// Somebody who is not known yet is shown this device's rolls only if this device has read from his screen which device he is:
/// then he holds the code's secret and that device's key. Who only calls has to show himself first.
pub(super) fn what_may_be_offered(device: &Device, peer: &DeviceId, is_caller: bool) -> Offer {
    match device.membership.device(peer) {
        Some(_) => Offer::Everything,
        None if device.membership.is_removed(peer) => Offer::ItsRemoval,
        None if is_caller => Offer::Rolls,
        None => Offer::Nothing,
    }
}

/// Where the removals of a device stand that count.
pub(super) fn removals_of(
    connection: &Connection,
    device: &Device,
    peer: &DeviceId,
) -> Result<Vec<Place>, VaultRefused> {
    let removals: BTreeSet<&OperationId> = device.membership.removals_of(peer).collect();
    let operations = Vault::operations(connection)?.into_iter();
    Ok(operations
        .filter(|row| removals.contains(&row.id))
        .map(|row| row.place)
        .collect())
}

/// A request to be let in, of a device that is not in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request {
    /// Whether its invite was not used for another device.
    pub(super) is_open: bool,
}

/// The request of a device that asked to be let in with an invite that counts.
pub(super) fn request_of(device: &Device, peer: &DeviceId) -> Option<Request> {
    let mut invites = device.membership.invites();
    let asked = invites.find(|(_, invited)| invited.joins.values().any(|join| join.device.id == *peer));
    asked.map(|(_, invited)| Request { is_open: invited.device.is_none() })
}
