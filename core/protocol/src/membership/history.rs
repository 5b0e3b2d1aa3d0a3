//! What was said of one device: added, given roles, removed. And which of it judges what the device wrote at a place.
//!
//! A word of a higher or equal rank may replace another; only a removal replaces a removal. Of what stands unreplaced any
//! removal wins, what is within all cuts counts, and of roles the lowest judges. So two who speak at once about one device
//! never undo each other, and the order in which their words come decides nothing.

use std::collections::BTreeSet;

use super::cut::{Links, Reach, WholeCut};
use super::role::{Rank, Role};
use crate::ids::{EnvelopeHash, JournalId, OperationId, Sequence};

/// What judges a device's words at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// Nothing explains the device.
    Unknown,
    /// The chain that links the place to a cut has not come.
    Waiting,
    /// The place stands beyond the cut of a removal.
    Held,
    /// The device's role there.
    Role(Role),
}

/// One word about a device after it was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) id: OperationId,
    /// The rank of its signer.
    pub(super) rank: Rank,
    /// The role past the cut; none for a removal.
    pub(super) role: Option<Role>,
    pub(super) cut: WholeCut,
    pub(super) replaces: BTreeSet<OperationId>,
}

impl Change {
    fn may_replace(&self, id: OperationId, rank: Rank, is_removal: bool) -> bool {
        self.replaces.contains(&id) && self.rank <= rank && (!is_removal || self.role.is_none())
    }
}

/// Where something stands that is to be judged.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint<'a> {
    /// The journal.
    pub journal: &'a JournalId,
    /// The sequence in it.
    pub sequence: Sequence,
    /// The hash of the envelope there.
    pub hash: &'a EnvelopeHash,
}

/// All that was said of a device and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct History {
    pub(super) added: OperationId,
    pub(super) added_by: Rank,
    pub(super) role: Role,
    /// In the order of their ids.
    pub(super) changes: Vec<Change>,
}

impl History {
    pub(super) fn note(&mut self, change: Change) {
        self.changes.push(change);
        self.changes.sort_by_key(|change| change.id);
    }

    pub(super) fn is_removed(&self) -> bool {
        self.changes.iter().any(|change| change.role.is_none())
    }

    /// Every role that the device ever had.
    pub(super) fn roles(&self) -> impl Iterator<Item = Role> {
        [self.role]
            .into_iter()
            .chain(self.changes.iter().filter_map(|change| change.role))
    }

    /// The role past all cuts. A removal names what it replaces, and takes no role away by it: whom a lower rank may not
    /// remove it may not remove again either.
    pub(super) fn present_role(&self) -> Role {
        self.lowest(&self.changes.iter().filter(|change| change.role.is_some()).collect::<Vec<_>>())
    }

    /// What replaces nothing that stands: the names that a new word about the device must give.
    pub(super) fn unreplaced(&self) -> Vec<OperationId> {
        let is_replaced =
            |id, rank, is_removal| self.changes.iter().any(|other| other.may_replace(id, rank, is_removal));
        let changes = self
            .changes
            .iter()
            .filter(|change| !is_replaced(change.id, change.rank, change.role.is_none()))
            .map(|change| change.id);
        let added = (!is_replaced(self.added, self.added_by, false)).then_some(self.added);
        added.into_iter().chain(changes).collect()
    }

    pub(super) fn judge(&self, at: Standpoint<'_>, links: &Links) -> Judged {
        if self.changes.is_empty() {
            return Judged::Role(self.role);
        }
        let reach = |change: &Change| change.cut.reach((at.journal, at.sequence, at.hash), links);
        let mut waits = false;
        for removal in self.removals() {
            match reach(removal) {
                Reach::Within => {}
                Reach::NotYet => waits = true,
                Reach::Beyond => return Judged::Held,
            }
        }
        let mut speaking = Vec::new();
        for change in self.changes.iter().filter(|change| change.role.is_some()) {
            match reach(change) {
                Reach::Within => {}
                Reach::NotYet => waits = true,
                Reach::Beyond => speaking.push(change),
            }
        }
        if waits { Judged::Waiting } else { Judged::Role(self.lowest(&speaking)) }
    }

    /// The last sequence of a journal that no cut of a removal leaves out; none if one leaves out the whole journal.
    pub(super) fn last_within(&self, journal: &JournalId) -> Option<Sequence> {
        self.removals().map(|removal| removal.cut.last(journal)).min().flatten()
    }

    /// Every removal, replaced or not.
    pub(super) fn removal_ids(&self) -> impl Iterator<Item = &OperationId> {
        self.changes
            .iter()
            .filter(|change| change.role.is_none())
            .map(|change| &change.id)
    }

    /// Whether a removal that nothing replaces names this as a part of its cut.
    pub(super) fn has_part(&self, part: &OperationId) -> bool {
        self.removals().any(|removal| removal.cut.names(part))
    }

    /// The removals that no other replaces.
    fn removals(&self) -> impl Iterator<Item = &Change> {
        let removals = || self.changes.iter().filter(|change| change.role.is_none());
        removals().filter(move |one| !removals().any(|other| other.may_replace(one.id, one.rank, true)))
    }

    /// The lowest role among these words, and the one it was added with, that none of these words replaces.
    fn lowest(&self, speaking: &[&Change]) -> Role {
        let stands = |id, rank| !speaking.iter().any(|other| other.may_replace(id, rank, false));
        let added = stands(self.added, self.added_by).then_some(self.role);
        let changed = speaking.iter().filter(|change| stands(change.id, change.rank));
        let lowest = changed.filter_map(|change| change.role).chain(added).max();
        lowest.unwrap_or(self.role)
    }
}
