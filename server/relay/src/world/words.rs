//! What higher ranks say about devices and spaces.

use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::{Cut, CutHead, Operation, Role};
use jasaq_protocol::seal::Link;

use super::Device;

/// A cut behind everything that a device has written so far into these spaces.
pub(crate) fn cut_to(device: &Device, spaces: &[SpaceId]) -> Cut {
    let head = |space| {
        let next = device.journals.get(space)?;
        let Link::After(hash) = next.link else { return None };
        let sequence = next.place.sequence.before()?;
        Some(CutHead { journal: next.place.journal, sequence, hash: hash.head() })
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
