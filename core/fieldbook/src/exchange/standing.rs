//! Whether a statement counts: its author's role at its place may make that kind of statement there, or not.

use crate::vault::Transaction;
use jasaq_model::roles::may;
use jasaq_model::statement::Kind;
use jasaq_protocol::ids::{DeviceId, JournalId, Place, Sequence, SpaceId};
use jasaq_protocol::membership::Membership;

use super::device::Device;
use super::flush::UNPLACED;
use crate::roles::{compartment_of, office_of};
use crate::vault::{Standing, Vault, VaultRefused};

/// How a statement of `kind` by `author` stands in a space.
pub(crate) fn standing_of(
    membership: &Membership,
    space: &SpaceId,
    author: &DeviceId,
    kind: &str,
) -> Standing {
    let anywhere =
        Place { space: *space, journal: JournalId::from_bytes([0; 16]), sequence: Sequence::FIRST };
    let (Some(role), Some(record)) = (membership.role_at(author, &anywhere), membership.space(space)) else {
        return Standing::Waiting;
    };
    let (Some(kind), Some(compartment)) = (Kind::from_code(kind), compartment_of(record.kind)) else {
        return Standing::NotCounted;
    };
    let writes = membership.access(author, space).writes();
    if writes && may(office_of(role), kind, compartment).is_ok() {
        Standing::Counts
    } else {
        Standing::NotCounted
    }
}

/// Brings the standing of every row up to the present membership. Only what changed is written.
pub(super) fn restate(transaction: &Transaction<'_>, device: &Device) -> Result<(), VaultRefused> {
    for (space, author, kind, stored) in Vault::authorships(transaction)? {
        // What waits for its space to be known is this device's own, and is shown on it meanwhile.
        if space == UNPLACED {
            continue;
        }
        let standing = standing_of(&device.membership, &space, &author, &kind);
        if standing.code() != stored {
            Vault::set_standing(transaction, &space, &author, &kind, standing)?;
        }
    }
    Ok(())
}
