//! What shows others whose the keys of the territorial subdivision are: the root's words about its consoles.

use jasaq_protocol::ids::InviteKey;
use jasaq_protocol::membership::{Operation, OperationKind};
use jasaq_protocol::seal::{Link, WireEnvelope};

use super::device::Device;
use crate::formats::certificates::Proof;
use crate::vault::{Connection, OperationRow, Vault, VaultRefused};

/// The envelopes of the territory's roll in which the root, or its successor, founded, enrolled and removed.
pub(crate) fn proofs_of_consoles(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<Proof>, VaultRefused> {
    let mut proofs = Vec::new();
    for row in Vault::operations(connection)? {
        if is_of_root(device, &row) {
            proofs.extend(proof(connection, &row)?);
        }
    }
    Ok(proofs)
}

fn is_of_root(device: &Device, row: &OperationRow) -> bool {
    let membership = &device.membership;
    let is_rooted = row.place.space == membership.territory_roll() && {
        let key = InviteKey::from_bytes(*row.signer.as_bytes());
        let mut invites = membership.invites_of(&key);
        membership.is_root(&row.signer) || invites.any(|invited| membership.is_root(&invited.inviter))
    };
    let is_about_consoles = |operation: Operation| {
        use OperationKind::{Add, Found, Invite, Join, Remove};
        matches!(operation.kind(), Found | Invite | Join | Add | Remove)
    };
    is_rooted && Operation::decode(&row.body).is_ok_and(is_about_consoles)
}

/// An envelope with its link, so that it can be checked alone.
fn proof(connection: &Connection, row: &OperationRow) -> Result<Option<Proof>, VaultRefused> {
    let place = row.place;
    let wire = Vault::wire(connection, &place)?.and_then(|wire| WireEnvelope::decode(&wire).ok());
    let before = Vault::envelope_hash(connection, place.journal, place.sequence.before())?;
    let link = before.map_or(Link::First(row.signer), Link::After);
    Ok(wire.map(|wire| Proof {
        journal: place.journal,
        sequence: place.sequence,
        signer: row.signer,
        wire: wire.with_link(link).encode(),
    }))
}
