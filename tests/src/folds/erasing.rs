//! Erasures of a district: what members name in them, and what our fold makes of it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::protocol::ids::{DocumentId, EnvelopeHash, OperationId, RootHash, Sequence, SpaceId};
use jasaq_fieldbook::protocol::limits::SECTIONS_MAX;
use jasaq_fieldbook::protocol::membership::{Membership, Operation, Placement, RollEntry, SectionPlace};
use jasaq_fieldbook::protocol::seal::SectionSet;
use serde_json::{Value, json};

use super::district::District;
use super::saying::{all_devices, envelope};
use crate::chance::Chance;
use crate::hex::to_hex;

/// An erasure in a space: of one of a few documents or of none, with sections of envelopes there, and attachments.
pub(super) fn erase(district: &mut District, chance: &mut Chance, space: SpaceId) -> Operation {
    let document = chance.happens(80).then(|| DocumentId::from_bytes([chance.pick(&[1, 2]); 16]));
    let count = chance.pick(&[0, 1, 2, 4]);
    let sections = (0..count).map(|_| section(district, chance, space)).collect();
    let count = chance.pick(&[0, 0, 1, 2]);
    let attachments = (0..count)
        .map(|_| RootHash::from_bytes([chance.pick(&[3, 4, 5]); 32]))
        .collect();
    Operation::Erase { space, document, sections, attachments }
}

/// What somebody says that he obeyed: some of what erases, or something else, or what has not come.
pub(super) fn obey(district: &District, chance: &mut Chance) -> Operation {
    let is_erasure = |entry: &&RollEntry| matches!(entry.operation, Operation::Erase { .. });
    let erasures: Vec<&RollEntry> = district.entries.iter().filter(is_erasure).collect();
    let count = chance.below(3);
    let operations = (0..=count).map(|_| match chance.below(8) {
        0 => OperationId::from_bytes([chance.pick(&[1, 2]); 16]),
        1..6 if !erasures.is_empty() => erasures[chance.below(erasures.len())].id,
        _ => district.entries[chance.below(district.entries.len())].id,
    });
    Operation::Erased { operations: operations.collect() }
}

/// Mostly of an envelope that stands there; now and then of one elsewhere, or of none that anybody has.
fn section(district: &mut District, chance: &mut Chance, space: SpaceId) -> SectionPlace {
    let there: Vec<_> = district.stands.iter().filter(|stand| stand.place.space == space).collect();
    let stand = match chance.below(10) {
        0..8 if !there.is_empty() => *there[chance.below(there.len())],
        _ => district.stands[chance.below(district.stands.len())],
    };
    if stand.place.space != space {
        district.made.push("a section of another space");
    }
    let index = chance.pick(&[0, 1, 1, 2, 15]);
    let mut at = SectionPlace {
        journal: stand.place.journal,
        sequence: stand.place.sequence,
        hash: stand.hash,
        index,
    };
    match chance.below(20) {
        0 => {
            district.made.push("a section of an envelope that nobody has");
            at.hash = EnvelopeHash::from_bytes([chance.pick(&[6, 7]); 32]);
        }
        1 => {
            district.made.push("a section at another sequence");
            at.sequence = Sequence::FIRST.next();
        }
        _ => {}
    }
    at
}

/// What is erased: documents and attachments with who says so, sections by their envelopes.
pub(super) fn erased(membership: &Membership, entries: &[RollEntry]) -> Value {
    let erasures = membership.erasures();
    let documents = erasures
        .documents()
        .map(|((space, document), by)| named(space, document.as_bytes(), by));
    let sections = erasures.sections().map(|(at, sections)| by_envelope(at, sections));
    let attachments = erasures
        .attachments()
        .map(|((space, root), by)| named(space, root.as_bytes(), by));
    json!({
        "documents": documents.collect::<Vec<_>>(),
        "sections": sections.collect::<Vec<_>>(),
        "attachments": attachments.collect::<Vec<_>>(),
        "obeyed": obeyed(membership, entries),
    })
}

/// Of every operation of which anybody says that he obeyed it: who says so and is heard.
fn obeyed(membership: &Membership, entries: &[RollEntry]) -> Vec<Value> {
    let named = entries.iter().filter_map(|entry| match &entry.operation {
        Operation::Erased { operations } => Some(operations),
        _ => None,
    });
    let named: BTreeSet<OperationId> = named.flatten().copied().collect();
    let says = |operation: OperationId| {
        let devices = all_devices().into_iter();
        let devices: Vec<String> = devices
            .filter(|device| membership.erasures().is_obeyed_by(device, &operation))
            .map(|device| to_hex(device.as_bytes()))
            .collect();
        (!devices.is_empty()).then(|| json!([to_hex(operation.as_bytes()), devices]))
    };
    named.into_iter().filter_map(says).collect()
}

/// What is named in a space, and the operations that say so.
fn named(space: &SpaceId, of: &[u8], by: &BTreeSet<OperationId>) -> Value {
    let by: Vec<String> = by.iter().map(|operation| to_hex(operation.as_bytes())).collect();
    json!([to_hex(space.as_bytes()), to_hex(of), by])
}

fn by_envelope(at: &Placement, sections: SectionSet) -> Value {
    json!([envelope(at), sections.iter().collect::<Vec<_>>()])
}

/// Of all that any erasure names, counted or not: the documents that may be gone, and the sections that may be missing.
pub(super) fn explained(membership: &Membership, entries: &[RollEntry]) -> Value {
    let (mut spaces, mut envelopes) = (BTreeSet::new(), BTreeMap::new());
    for entry in entries {
        let Operation::Erase { space, sections, .. } = &entry.operation else { continue };
        spaces.insert(*space);
        for section in sections {
            let at = section.envelope(*space);
            let one = |index: &usize| membership.explains_erased(&at, [*index].into_iter().collect());
            envelopes.insert(at, (0..SECTIONS_MAX).filter(one).collect::<SectionSet>());
        }
    }
    let gone = spaces.iter().flat_map(|space| {
        let gone = membership.documents_that_may_be_gone(space).into_iter();
        gone.map(|document| json!([to_hex(space.as_bytes()), to_hex(document.as_bytes())]))
    });
    let missing = envelopes.iter().filter(|(_, sections)| !sections.is_empty());
    json!({
        "documents": gone.collect::<Vec<_>>(),
        "sections": missing.map(|(at, sections)| by_envelope(at, *sections)).collect::<Vec<_>>(),
    })
}
