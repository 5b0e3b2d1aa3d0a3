//! What was said of one device: added, given roles, removed. And which of it judges what the device wrote at a place.
//!
//! A word of a higher or equal rank may replace another; only a removal replaces a removal. Of what stands unreplaced any
//! removal wins, what is within all cuts counts, and of roles the lowest judges. So two who speak at once about one device
//! never undo each other, and the order in which their words come decides nothing.

use std::collections::{BTreeMap, BTreeSet};

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
    fn reach(&self, at: Standpoint<'_>, links: &Links) -> Reach {
        self.cut.reach((at.journal, at.sequence, at.hash), links)
    }
}

/// What words replace: by name, the highest rank of a word that names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Replaced(BTreeMap<OperationId, Rank>);

impl Replaced {
    fn note(&mut self, change: &Change) {
        for name in &change.replaces {
            let by = self.0.entry(*name).or_insert(change.rank);
            *by = change.rank.min(*by);
        }
    }

    /// Whether a word of no lower rank replaces what is named.
    fn has(&self, name: &OperationId, rank: Rank) -> bool {
        self.0.get(name).is_some_and(|by| *by <= rank)
    }
}

/// Words of one sort, roles or removals. Somebody may sign thousands, so what stands among them is kept and not found anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Words {
    said: BTreeMap<OperationId, Change>,
    replaced: Replaced,
    /// Those that no other of their sort replaces, the lowest role last.
    standing: BTreeSet<(Option<Role>, OperationId)>,
}

impl Words {
    fn note(&mut self, change: Change) {
        self.replaced.note(&change);
        for name in &change.replaces {
            if let Some(other) = self.said.get(name).filter(|other| self.replaced.has(name, other.rank)) {
                self.standing.remove(&(other.role, *name));
            }
        }
        if !self.replaced.has(&change.id, change.rank) {
            self.standing.insert((change.role, change.id));
        }
        self.said.insert(change.id, change);
    }

    fn standing(&self) -> impl Iterator<Item = &Change> {
        self.standing.iter().filter_map(|(_, id)| self.said.get(id))
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
    added: OperationId,
    added_by: Rank,
    role: Role,
    roles: Words,
    removals: Words,
}

impl History {
    /// Of a device that was added, by which rank, with a role.
    pub(super) fn new(added: OperationId, added_by: Rank, role: Role) -> Self {
        Self { added, added_by, role, roles: Words::default(), removals: Words::default() }
    }

    pub(super) fn note(&mut self, change: Change) {
        let words = if change.role.is_some() { &mut self.roles } else { &mut self.removals };
        words.note(change);
    }

    /// Every word since the device was added.
    pub(super) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.roles.said.values().chain(self.removals.said.values())
    }

    /// The role that judges everything, if nothing was said since the device was added.
    pub(super) fn only_role(&self) -> Option<Role> {
        self.changes().next().is_none().then_some(self.role)
    }

    pub(super) fn is_removed(&self) -> bool {
        !self.removals.said.is_empty()
    }

    /// Every role that the device ever had.
    pub(super) fn roles(&self) -> impl Iterator<Item = Role> {
        [self.role]
            .into_iter()
            .chain(self.roles.said.values().filter_map(|change| change.role))
    }

    /// The role past all cuts. A removal names what it replaces, and takes no role away by it: whom a lower rank may not
    /// remove it may not remove again either.
    pub(super) fn present_role(&self) -> Role {
        let lowest = self.roles.standing.last().and_then(|(role, _)| *role);
        self.or_as_added(lowest, &self.roles.replaced)
    }

    /// What replaces nothing that stands: the names that a new word about the device must give.
    pub(super) fn unreplaced(&self) -> Vec<OperationId> {
        let stands = |id, rank| !self.roles.replaced.has(id, rank) && !self.removals.replaced.has(id, rank);
        let added = stands(&self.added, self.added_by).then_some(self.added);
        let roles = self.roles.standing().filter(|change| stands(&change.id, change.rank));
        added
            .into_iter()
            .chain(roles.chain(self.removals.standing()).map(|change| change.id))
            .collect()
    }

    pub(super) fn judge(&self, at: Standpoint<'_>, links: &Links) -> Judged {
        if let Some(role) = self.only_role() {
            return Judged::Role(role);
        }
        let mut waits = false;
        for removal in self.removals.standing() {
            match removal.reach(at, links) {
                Reach::Within => {}
                Reach::NotYet => waits = true,
                Reach::Beyond => return Judged::Held,
            }
        }
        match self.role_at(at, links) {
            Some(role) if !waits => Judged::Role(role),
            _ => Judged::Waiting,
        }
    }

    /// The role at a place, whatever removals leave out; none while the chain that links the place to a cut has not come.
    pub(super) fn role_at(&self, at: Standpoint<'_>, links: &Links) -> Option<Role> {
        let (mut speaking, mut replaced) = (Vec::new(), Replaced::default());
        let mut waits = false;
        for change in self.roles.said.values() {
            match change.reach(at, links) {
                Reach::Within => {}
                Reach::NotYet => waits = true,
                Reach::Beyond => {
                    speaking.push(change);
                    replaced.note(change);
                }
            }
        }
        if waits {
            return None;
        }
        let stand = speaking.iter().filter(|change| !replaced.has(&change.id, change.rank));
        Some(self.or_as_added(stand.filter_map(|change| change.role).max(), &replaced))
    }

    /// The last sequence of a journal that no cut of a removal leaves out; none if one leaves out the whole journal.
    pub(super) fn last_within(&self, journal: &JournalId) -> Option<Sequence> {
        let cuts = self.removals.standing().map(|removal| removal.cut.last(journal));
        cuts.min().flatten()
    }

    /// Every removal, replaced or not.
    pub(super) fn removal_ids(&self) -> impl Iterator<Item = &OperationId> {
        self.removals.said.keys()
    }

    /// Whether a removal that nothing replaces names this as a part of its cut.
    pub(super) fn has_part(&self, part: &OperationId) -> bool {
        self.removals.standing().any(|removal| removal.cut.names(part))
    }

    /// The lowest of some roles and, unless it is replaced, of the one that the device was added with.
    fn or_as_added(&self, lowest: Option<Role>, replaced: &Replaced) -> Role {
        let added = (!replaced.has(&self.added, self.added_by)).then_some(self.role);
        lowest.max(added).unwrap_or(self.role)
    }
}
