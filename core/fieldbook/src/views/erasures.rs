//! What was erased, and what of it stands where.

use std::collections::BTreeSet;

use jasaq_model::ids::Author;
use jasaq_model::moment::UtcTime;
use jasaq_protocol::ids::{DeviceId, DocumentId, OperationId, SpaceId};

use jasaq_protocol::membership::Access;

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
    /// The devices that read or write there: of each, whether it said that it has obeyed all of these.
    pub devices: Vec<(DeviceId, bool)>,
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
        let by = signers(connection, operations.iter())?;
        views.push(ErasureView {
            document: *document,
            devices: answers(connection, device, (space, operations))?,
            by,
            erased_at: at.and_then(|at| UtcTime::from_unix_ms(at).ok()),
            late: late.iter().filter(|late| is_of_it(&(late.space, late.document))).count(),
            may_erase: device.may_erase(space),
        });
    }
    views.sort_by_key(|view| (view.erased_at, view.document));
    Ok(views)
}

/// Who has a part in a space, and whether he said that he obeyed. Whoever signed an operation obeyed it.
fn answers(
    connection: &Connection,
    device: &Device,
    (space, operations): (&SpaceId, &BTreeSet<OperationId>),
) -> Result<Vec<(DeviceId, bool)>, VaultRefused> {
    let membership = &device.membership;
    let has_a_part = |id: &DeviceId| membership.access(id, space) != Access::None;
    let mut answers = Vec::new();
    for (id, _) in membership.devices().filter(|(id, _)| has_a_part(id)) {
        let mut has_obeyed = true;
        for operation in operations {
            let said = membership.erasures().is_obeyed_by(id, operation);
            has_obeyed &= said || Vault::signer_of(connection, operation)? == Some(*id);
        }
        answers.push((*id, has_obeyed));
    }
    Ok(answers)
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
