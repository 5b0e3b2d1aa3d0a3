//! What comes back to a device that let go of it: cases that it wrote when it did not read them, and reads now.
//!
//! Promises that nothing is said to be back before it is: a case is away until all that is held of its space could be opened and who was
//! detained, or which force was used, stands in it.

use std::collections::BTreeSet;

use jasaq_model::statement::Kind;
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::SpaceKind;
use jasaq_protocol::seal::WireEnvelope;

use super::device::Device;
use super::merging::merge_again;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// Reads again, out of the envelopes that are held, what this device let go of in spaces that it reads now.
pub(crate) fn take_up_again(
    transaction: &Transaction<'_>,
    device: &Device,
    now_ms: i64,
) -> Result<(), VaultRefused> {
    for (space, documents) in away(transaction, device)? {
        let is_whole = read_again(transaction, device, (&space, &documents), now_ms)?;
        for document in &documents {
            let is_back = is_whole && says_what_began(transaction, (&space, document))?;
            if is_back || device.is_erased(&space, document) {
                Vault::forget_let_go(transaction, document)?;
            }
        }
    }
    Ok(())
}

/// Whether something that this device let go of may come back to it.
pub(crate) fn is_anything_away(connection: &Connection, device: &Device) -> Result<bool, VaultRefused> {
    Ok(!away(connection, device)?.is_empty())
}

/// What this device let go of, by the spaces that it reads and in which it may stand.
fn away(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<(SpaceId, BTreeSet<DocumentId>)>, VaultRefused> {
    let let_go = Vault::let_go(connection)?;
    if let_go.is_empty() {
        return Ok(Vec::new());
    }
    let protected = device
        .membership
        .spaces()
        .filter(|(_, record)| record.kind == SpaceKind::Protected);
    let read = protected.map(|(space, _)| *space).filter(|space| device.reads(space));
    Ok(read.map(|space| (space, let_go.clone())).collect())
}

/// Says whether everything that is held of the space could be opened, but for what waits to be opened at all.
fn read_again(
    transaction: &Transaction<'_>,
    device: &Device,
    (space, documents): (&SpaceId, &BTreeSet<DocumentId>),
    now_ms: i64,
) -> Result<bool, VaultRefused> {
    let mut is_whole = true;
    for row in Vault::opened_envelopes(transaction, space)? {
        let Ok(wire) = WireEnvelope::decode(&row.wire) else { continue };
        let Ok(envelope) = wire.at(row.place, row.link).verify(&row.signer) else { continue };
        is_whole &= merge_again(transaction, device, (&envelope, documents), now_ms)?;
    }
    Ok(is_whole)
}

fn says_what_began(connection: &Connection, at: (&SpaceId, &DocumentId)) -> Result<bool, VaultRefused> {
    let began = [Kind::Detained, Kind::ForceUsed].map(Kind::code);
    Ok(Vault::kinds_of(connection, at)?
        .iter()
        .any(|(kind, _)| began.contains(&kind.as_str())))
}
