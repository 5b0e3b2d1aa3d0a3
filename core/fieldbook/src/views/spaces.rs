//! The space in which a record stands.
//!
//! Promises that what is said under a record's id in a space of another kind moves nothing: whoever writes there may write into any
//! document, and a sealed patrol stands in the protected space too, with what opens its pages.

use jasaq_model::ids::{CaseId, PatrolId};
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// The space whose statements make a patrol: where this device holds something of it.
pub(crate) fn space_of_patrol(
    connection: &Connection,
    device: &Device,
    patrol: PatrolId,
) -> Result<Option<SpaceId>, VaultRefused> {
    let document = DocumentId::from_bytes(*patrol.as_bytes());
    space_of_record(connection, device, (SpaceKind::Patrols, &document))
}

/// The space in which this device holds something of a case.
pub(crate) fn space_of_case(
    connection: &Connection,
    device: &Device,
    case: CaseId,
) -> Result<Option<SpaceId>, VaultRefused> {
    let document = DocumentId::from_bytes(*case.as_bytes());
    space_of_record(connection, device, (SpaceKind::Protected, &document))
}

/// Of the spaces of a record's own kind that hold something of it the one with its earliest statement.
fn space_of_record(
    connection: &Connection,
    device: &Device,
    (kind, document): (SpaceKind, &DocumentId),
) -> Result<Option<SpaceId>, VaultRefused> {
    let mut spaces = Vault::spaces_of_document(connection, document)?;
    // What was recorded before this device was let in stands in no space that it knows.
    spaces.retain(|space| device.membership.space(space).is_none_or(|record| record.kind == kind));
    if let [space] = spaces[..] {
        return Ok(Some(space));
    }
    let mut firsts = Vec::with_capacity(spaces.len());
    for space in spaces {
        firsts.push((Vault::first_in(connection, (&space, document))?, space));
    }
    Ok(firsts.into_iter().min().map(|(_, space)| space))
}

/// The spaces whose statements make a patrol: where something of it is held first, and the same squad's other seasons, where
/// what came too late for the first was said again. Another squad's word about it is another patrol.
pub(super) fn spaces_of_patrol(
    connection: &Connection,
    device: &Device,
    patrol: PatrolId,
) -> Result<Vec<SpaceId>, VaultRefused> {
    let Some(first) = space_of_patrol(connection, device, patrol)? else { return Ok(Vec::new()) };
    let Some(record) = device.membership.space(&first) else { return Ok(vec![first]) };
    let of_squad = device
        .membership
        .spaces()
        .filter(|(space, other)| **space != first && other.roll == record.roll && other.kind == record.kind);
    Ok([first].into_iter().chain(of_squad.map(|(space, _)| *space)).collect())
}
