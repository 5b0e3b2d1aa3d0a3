//! What was erased, and what of it stands where.

use jasaq_model::ids::Author;
use jasaq_model::moment::UtcTime;
use jasaq_protocol::ids::{DeviceId, DocumentId, OperationId, SpaceId};

use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// A document that was erased, in one space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureView {
    /// The document: of a patrol the patrol's id, or that of its continuation.
    pub document: DocumentId,
    /// The devices that erased it. More than one, or more than once, if something of it came late.
    pub by: Vec<Author>,
    /// When it was first erased on this device, by its clock.
    pub erased_at: Option<UtcTime>,
    /// Sections of it that came late and that nobody has named yet: shown to nobody, and still in their envelopes.
    pub late: usize,
    /// Whether this device may erase there: then the next exchange erases what came late.
    pub may_erase: bool,
}

/// Every document that was erased, as far as this device's rolls tell.
pub(crate) fn erasures(connection: &Connection, device: &Device) -> Result<Vec<ErasureView>, VaultRefused> {
    let late = Vault::late_sections(connection)?;
    let mut views = Vec::new();
    for ((space, document), operations) in device.membership.erasures().documents() {
        let mut at_ms: Vec<i64> = Vec::new();
        for operation in operations {
            at_ms.extend(Vault::obeyed_at(connection, operation)?);
        }
        let is_of_it = |of: &(SpaceId, DocumentId)| *of == (*space, *document);
        let at = at_ms.into_iter().min();
        views.push(ErasureView {
            document: *document,
            by: signers(connection, operations.iter())?,
            erased_at: at.and_then(|at| UtcTime::from_unix_ms(at).ok()),
            late: late.iter().filter(|late| is_of_it(&(late.space, late.document))).count(),
            may_erase: device.may_erase(space),
        });
    }
    views.sort_by_key(|view| (view.erased_at, view.document));
    Ok(views)
}

fn signers<'a>(
    connection: &Connection,
    operations: impl Iterator<Item = &'a OperationId>,
) -> Result<Vec<Author>, VaultRefused> {
    let mut signers: Vec<DeviceId> = Vec::new();
    for operation in operations {
        signers.extend(Vault::signer_of(connection, operation)?);
    }
    signers.sort_unstable();
    signers.dedup();
    Ok(signers.iter().map(|signer| Author::from_bytes(*signer.as_bytes())).collect())
}
