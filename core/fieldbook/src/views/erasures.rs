//! What was erased, and what of it stands where.

use core::fmt;
use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{Author, StatementRef};
use jasaq_model::moment::UtcTime;
use jasaq_protocol::ids::{DeviceId, DocumentId, OperationId, RootHash, SpaceId};

use jasaq_protocol::membership::Access;

use crate::exchange::{Attached, Device, attached};
use crate::vault::{Connection, LateSection, Vault, VaultRefused};

/// What an erasure took.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErasedThing {
    /// A record with its attachments, in whichever spaces: a patrol's, a case's or a person's id, or that of its continuation.
    Record(DocumentId),
    /// An attachment alone, with its thumbnail; the record that names it stays.
    Attachment {
        /// The hash by which every device and relay knows it.
        root: RootHash,
        /// The statement that names it. If left unset, it is not here.
        key: Option<StatementRef>,
    },
}

impl fmt::Display for ErasedThing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(document) => document.fmt(f),
            Self::Attachment { key: Some(key), .. } => key.fmt(f),
            Self::Attachment { root, key: None } => root.fmt(f),
        }
    }
}

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureView {
    /// What it was.
    pub what: ErasedThing,
    /// The devices that erased it. More than one, or more than once, if something of it came late.
    pub by: Vec<Author>,
    /// When it was first erased on this device, by its clock.
    pub erased_at: Option<UtcTime>,
    /// The devices that read or write there: of each, whether it said that it has obeyed all of these.
    pub devices: Vec<(DeviceId, bool)>,
    /// How many devices had a part there, were removed, and never said that they obeyed: they hear of no erasure any more.
    pub removed: usize,
    /// Sections of it that came late and that nobody has named yet: shown to nobody, and still in their envelopes.
    pub late: usize,
    /// Whether this device may erase everywhere there: then the next exchange erases what came late.
    pub may_erase: bool,
}

/// Everything that was erased, as far as this device's rolls tell.
pub(crate) fn erasures(connection: &Connection, device: &Device) -> Result<Vec<ErasureView>, VaultRefused> {
    let erasures = device.membership.erasures();
    let late = Vault::late_sections(connection)?;
    let mut views = Vec::new();
    let mut records: BTreeMap<DocumentId, Vec<Place<'_>>> = BTreeMap::new();
    for ((space, document), operations) in erasures.documents() {
        records.entry(*document).or_default().push((space, operations));
    }
    for (document, places) in records {
        let is_of_it = |of: &&LateSection| {
            of.document == document && places.iter().any(|(space, _)| **space == of.space)
        };
        let late = late.iter().filter(is_of_it).count();
        let view = view(connection, device, &places, ErasedThing::Record(document))?;
        views.push(ErasureView { late, ..view });
    }
    let of_documents: BTreeSet<&OperationId> = erasures.documents().flat_map(|(_, ids)| ids).collect();
    let known = attached(connection)?;
    for ((space, root), operations) in erasures.attachments() {
        let is_alone = operations.iter().all(|operation| !of_documents.contains(operation));
        let of_space = || known.iter().filter(|of| of.space == *space);
        if is_alone && !of_space().any(|of| is_thumbnail(of, root)) {
            let key = of_space().find(|of| of.name.root() == root).map(|of| of.key.clone());
            let what = ErasedThing::Attachment { root: *root, key };
            views.push(view(connection, device, &[(space, operations)], what)?);
        }
    }
    views.sort_by(|one, other| (one.erased_at, &one.what).cmp(&(other.erased_at, &other.what)));
    Ok(views)
}

fn is_thumbnail(of: &Attached, root: &RootHash) -> bool {
    of.thumbnail.is_some_and(|thumbnail| thumbnail.root() == root)
}

/// Where something was erased, and by which operations.
type Place<'a> = (&'a SpaceId, &'a BTreeSet<OperationId>);

fn view(
    connection: &Connection,
    device: &Device,
    places: &[Place<'_>],
    what: ErasedThing,
) -> Result<ErasureView, VaultRefused> {
    let operations: BTreeSet<OperationId> = places.iter().flat_map(|(_, of)| of.iter().copied()).collect();
    let mut at_ms: Vec<i64> = Vec::new();
    for operation in &operations {
        at_ms.extend(Vault::obeyed_at(connection, operation)?);
    }
    let at = at_ms.into_iter().min();
    let membership = &device.membership;
    let (mut devices, mut silent) = (BTreeMap::new(), BTreeSet::new());
    for (space, of) in places {
        let are_in = membership.devices().map(|(id, _)| *id);
        let are_in = are_in.filter(|id| membership.access(id, space) != Access::None);
        for (id, has_obeyed) in answers(connection, device, are_in, of)? {
            *devices.entry(id).or_insert(true) &= has_obeyed;
        }
        let are_out = membership.removed_devices().map(|(id, _)| *id);
        let are_out = are_out.filter(|id| membership.former_access(id, space) != Access::None);
        let answers = answers(connection, device, are_out, of)?.into_iter();
        silent.extend(answers.filter(|(_, has_obeyed)| !has_obeyed).map(|(id, _)| id));
    }
    Ok(ErasureView {
        what,
        by: signers(connection, operations.iter())?,
        erased_at: at.and_then(|at| UtcTime::from_unix_ms(at).ok()),
        devices: devices.into_iter().collect(),
        removed: silent.len(),
        late: 0,
        may_erase: places.iter().all(|(space, _)| device.may_erase(space)),
    })
}

/// Whether each of some devices said that it obeyed. Whoever signed an operation obeyed it.
fn answers(
    connection: &Connection,
    device: &Device,
    ids: impl Iterator<Item = DeviceId>,
    operations: &BTreeSet<OperationId>,
) -> Result<Vec<(DeviceId, bool)>, VaultRefused> {
    let mut answers = Vec::new();
    for id in ids {
        let mut has_obeyed = true;
        for operation in operations {
            let said = device.membership.erasures().is_obeyed_by(&id, operation);
            has_obeyed &= said || Vault::signer_of(connection, operation)? == Some(id);
        }
        answers.push((id, has_obeyed));
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
