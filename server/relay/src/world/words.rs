//! What higher ranks say about devices, spaces and what stands in them.

use jasaq_protocol::ids::{DocumentId, Place, RootHash, SpaceId};
use jasaq_protocol::membership::{Cut, CutHead, Operation, Role, SectionPlace};
use jasaq_protocol::seal::Link;

use super::{Device, Envelope};

/// A cut behind everything that a device has written so far into these spaces.
pub(crate) fn cut_to(device: &Device, spaces: &[SpaceId]) -> Cut {
    let head = |space| {
        let next = device.journals.get(space)?;
        let Link::After(hash) = next.link else { return None };
        let sequence = next.place.sequence.before()?;
        Some(CutHead { journal: next.place.journal, sequence, hash })
    };
    Cut { heads: spaces.iter().filter_map(head).collect(), parts: Vec::new() }
}

pub(crate) fn remove(device: &Device, cut: Cut) -> Operation {
    Operation::Remove { device: device.id(), cut, replaces: Vec::new() }
}

pub(crate) fn role(device: &Device, role: Role, cut: Cut) -> Operation {
    Operation::Role { device: device.id(), role, cut, replaces: Vec::new() }
}

pub(crate) fn close(space: SpaceId) -> Operation {
    Operation::Close { space }
}

/// That these sections of what a device wrote are erased.
pub(crate) fn erase(by: &Device, sections: &[(&Envelope, u8)]) -> Operation {
    let space = sections[0].0.place.space;
    let section = |(envelope, index): &(&Envelope, u8)| {
        let Place { journal, sequence, .. } = envelope.place;
        SectionPlace { journal, sequence, hash: by.sealed[&envelope.place].hash(), index: *index }
    };
    let document = Some(DocumentId::from_bytes([3; 16]));
    let sections = sections.iter().map(section).collect();
    Operation::Erase { space, document, sections, attachments: Vec::new() }
}

/// That these attachments of a space are erased.
pub(crate) fn erase_attachments(space: SpaceId, attachments: &[RootHash]) -> Operation {
    Operation::Erase { space, document: None, sections: Vec::new(), attachments: attachments.to_vec() }
}
