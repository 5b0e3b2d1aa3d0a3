//! Patrols that a head made parts of others, and the documents in which one patrol goes on.

use jasaq_model::ids::{Author, PatrolId};
use jasaq_model::settling::{PatrolAttached, Settling};
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::{DocumentId, SpaceId};

use super::patrol::{documents_of, rows_of_kind};
use super::undoing::Withdrawals;
use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// The first document of the patrol in whose documents this one stands: its own, unless it continues another.
pub(super) fn first_document(
    connection: &Connection,
    (space, document): (&SpaceId, DocumentId),
) -> Result<PatrolId, VaultRefused> {
    let as_patrol = |document: DocumentId| PatrolId::from_bytes(*document.as_bytes());
    for kind in [Kind::PatrolStarted, Kind::PatrolPlanned] {
        if Vault::first_of_kind(connection, (space, &document), kind.code())?.is_some() {
            return Ok(as_patrol(document));
        }
    }
    for kind in [Kind::PatrolStarted, Kind::PatrolPlanned, Kind::Mark] {
        for (_, first) in Vault::newest_documents(connection, kind.code(), usize::MAX)? {
            if documents_of(as_patrol(first)).any(|further| further == document) {
                return Ok(as_patrol(first));
            }
        }
    }
    Ok(as_patrol(document))
}

/// Which patrol a head made a part of which: of several words about one the first by its key.
pub(super) fn attached_patrols(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<(PatrolId, PatrolId)>, VaultRefused> {
    let mut attached = Vec::new();
    let said = rows_of_kind(connection, Kind::PatrolAttached)?;
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let withdrawals = Withdrawals::of(connection)?;
    for (row, statement) in said {
        let Body::Settling(Settling::Attached(PatrolAttached { to })) = statement.body else { continue };
        let author = Author::from_bytes(*row.device.as_bytes());
        if !withdrawals.take_back(device, (row.space, author, &row.key)) {
            let part = first_document(connection, (&row.space, row.document))?;
            attached.push((row.key, part, to));
        }
    }
    attached.sort();
    let mut firsts: Vec<(PatrolId, PatrolId)> = Vec::new();
    for (_, part, to) in attached {
        if firsts.iter().all(|(known, _)| *known != part) {
            firsts.push((part, to));
        }
    }
    Ok(firsts)
}

/// The parts of a patrol, and theirs. Of a ring each is a part of the others.
pub(super) fn parts_of(patrol: PatrolId, attached: &[(PatrolId, PatrolId)]) -> Vec<PatrolId> {
    let (mut parts, mut ahead) = (Vec::new(), vec![patrol]);
    while let Some(whole) = ahead.pop() {
        for (part, _) in attached.iter().filter(|(_, to)| *to == whole) {
            if *part != patrol && !parts.contains(part) {
                parts.push(*part);
                ahead.push(*part);
            }
        }
    }
    parts.sort_unstable();
    parts
}
