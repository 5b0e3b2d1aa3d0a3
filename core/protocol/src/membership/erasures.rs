//! What was erased: documents with the sections that were named of them, and attachments.

use std::collections::{BTreeMap, BTreeSet};

use super::operation::{Operation, Placement};
use crate::ids::{DeviceId, DocumentId, OperationId, RootHash, SpaceId};
use crate::seal::SectionSet;

/// What some operations erase.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erasures {
    documents: BTreeMap<(SpaceId, DocumentId), BTreeSet<OperationId>>,
    sections: BTreeMap<Placement, SectionSet>,
    /// By operation: the envelopes that it names.
    named: BTreeMap<OperationId, BTreeSet<Placement>>,
    attachments: BTreeMap<(SpaceId, RootHash), BTreeSet<OperationId>>,
    /// By operation, which need not have come: who said that he obeyed it.
    obeyed: BTreeMap<OperationId, BTreeSet<DeviceId>>,
}

impl Erasures {
    pub(super) fn note(&mut self, id: OperationId, operation: &Operation) {
        let Operation::Erase { space, document, sections, attachments } = operation else { return };
        if let Some(document) = document {
            self.documents.entry((*space, *document)).or_default().insert(id);
        }
        for section in sections {
            let erased = self.sections.entry(section.envelope(*space)).or_default();
            erased.insert(usize::from(section.index));
            self.named.entry(id).or_default().insert(section.envelope(*space));
        }
        for attachment in attachments {
            self.attachments.entry((*space, *attachment)).or_default().insert(id);
        }
    }

    pub(super) fn note_obeyed(&mut self, device: DeviceId, operations: &[OperationId]) {
        for operation in operations {
            self.obeyed.entry(*operation).or_default().insert(device);
        }
    }

    /// Whether a device said that it obeyed an operation.
    #[must_use]
    pub fn is_obeyed_by(&self, device: &DeviceId, operation: &OperationId) -> bool {
        self.obeyed.get(operation).is_some_and(|devices| devices.contains(device))
    }

    /// The operations that erase a document, if any does.
    #[must_use]
    pub fn document(&self, space: &SpaceId, document: &DocumentId) -> Option<&BTreeSet<OperationId>> {
        self.documents.get(&(*space, *document))
    }

    /// Every document that is erased, with the operations that say so.
    pub fn documents(&self) -> impl Iterator<Item = ((&SpaceId, &DocumentId), &BTreeSet<OperationId>)> {
        self.documents
            .iter()
            .map(|((space, document), operations)| ((space, document), operations))
    }

    /// The sections of an envelope that are erased.
    #[must_use]
    pub fn of(&self, at: &Placement) -> SectionSet {
        self.sections.get(at).copied().unwrap_or_default()
    }

    /// The envelopes of which an operation erases sections.
    pub fn named_by(&self, operation: &OperationId) -> impl Iterator<Item = &Placement> {
        self.named.get(operation).into_iter().flatten()
    }

    /// Every operation that erases anything.
    #[must_use]
    pub fn operations(&self) -> BTreeSet<OperationId> {
        self.documents
            .values()
            .chain(self.attachments.values())
            .flatten()
            .copied()
            .collect()
    }

    /// Every envelope of which sections are erased.
    pub fn sections(&self) -> impl Iterator<Item = (&Placement, SectionSet)> {
        self.sections.iter().map(|(at, sections)| (at, *sections))
    }

    /// The operations that erase an attachment, if any does.
    #[must_use]
    pub fn attachment(&self, space: &SpaceId, root: &RootHash) -> Option<&BTreeSet<OperationId>> {
        self.attachments.get(&(*space, *root))
    }

    /// Every attachment that is erased, with the operations that say so.
    pub fn attachments(&self) -> impl Iterator<Item = ((&SpaceId, &RootHash), &BTreeSet<OperationId>)> {
        self.attachments
            .iter()
            .map(|((space, root), operations)| ((space, root), operations))
    }
}
