//! The fold's answer: who is in, as what, with which keys, and what judges whom where.

use std::collections::{BTreeMap, BTreeSet};

use super::bringer::Bringer;
use super::cut::Links;
use super::erasures::Erasures;
use super::history::{History, Judged, Standpoint};
use super::keys::KeyWords;
use super::operation::Placement;
use super::role::{Access, Rank, Role, Season, SpaceKind, access};
use super::roster::{Enrolled, Invited, SpaceRecord, Standing, Territory};
use crate::ids::{DeviceId, DocumentId, InviteKey, JournalId, MemberId, OperationId, Sequence, SpaceId};
use crate::seal::SectionSet;

/// A decision about held statements of one envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) id: OperationId,
    pub(super) rank: Rank,
    pub(super) keys: BTreeSet<String>,
    pub(super) is_admitted: bool,
    pub(super) replaces: BTreeSet<OperationId>,
}

/// Who is in, as what, with which keys: a pure function of a set of operations and the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub(super) root: DeviceId,
    pub(super) territory: Option<Territory>,
    /// Everybody who is or was in.
    pub(super) devices: BTreeMap<DeviceId, Enrolled>,
    pub(super) histories: BTreeMap<DeviceId, History>,
    pub(super) spaces: BTreeMap<SpaceId, SpaceRecord>,
    /// By key and inviter: who copies a key makes an invite of his own.
    pub(super) invites: BTreeMap<(InviteKey, DeviceId), Invited>,
    pub(super) keys: KeyWords,
    /// The operations that say how far their signers hold a device's journals.
    pub(super) witnesses: BTreeMap<DeviceId, BTreeSet<(DeviceId, OperationId)>>,
    pub(super) decisions: BTreeMap<Placement, Vec<Decision>>,
    pub(super) erasures: Erasures,
    /// By operations that are held: they were obeyed by who has not heard why they are.
    pub(super) held_erasures: Erasures,
    pub(super) standings: BTreeMap<OperationId, Standing>,
}

impl Membership {
    /// A territory of which only the root is known.
    #[must_use]
    pub fn of_root(root: DeviceId) -> Self {
        let roll = SpaceRecord {
            kind: SpaceKind::TerritoryRoll,
            roll: SpaceId::of_territory(&root),
            season: Season(0),
            maker: root,
            offices: BTreeSet::new(),
            epochs: BTreeMap::new(),
            is_closed: false,
        };
        Self {
            root,
            territory: None,
            devices: BTreeMap::new(),
            histories: BTreeMap::new(),
            spaces: BTreeMap::from([(SpaceId::of_territory(&root), roll)]),
            invites: BTreeMap::new(),
            keys: KeyWords::default(),
            witnesses: BTreeMap::new(),
            decisions: BTreeMap::new(),
            erasures: Erasures::default(),
            held_erasures: Erasures::default(),
            standings: BTreeMap::new(),
        }
    }

    /// The root's key.
    #[must_use]
    pub fn root(&self) -> DeviceId {
        self.root
    }

    /// Whether a key stands at the root's rank: the root itself, or the successor that its founding names.
    #[must_use]
    pub fn is_root(&self, key: &DeviceId) -> bool {
        *key == self.root || self.territory.is_some_and(|territory| territory.successor.id == *key)
    }

    /// The territory's roll.
    #[must_use]
    pub fn territory_roll(&self) -> SpaceId {
        SpaceId::of_territory(&self.root)
    }

    /// The founding, once it is known.
    #[must_use]
    pub fn territory(&self) -> Option<Territory> {
        self.territory
    }

    /// A device that is in, and not removed.
    #[must_use]
    pub fn device(&self, device: &DeviceId) -> Option<&Enrolled> {
        self.devices.get(device).filter(|_| !self.is_removed(device))
    }

    /// A device that is or was in.
    #[must_use]
    pub fn known_device(&self, device: &DeviceId) -> Option<&Enrolled> {
        self.devices.get(device)
    }

    /// Whether a device was in and is removed.
    #[must_use]
    pub fn is_removed(&self, device: &DeviceId) -> bool {
        self.histories.get(device).is_some_and(History::is_removed)
    }

    /// Every device that is in, and not removed.
    pub fn devices(&self) -> impl Iterator<Item = (&DeviceId, &Enrolled)> {
        self.devices.iter().filter(|(device, _)| !self.is_removed(device))
    }

    /// Every device that was in and is removed.
    pub fn removed_devices(&self) -> impl Iterator<Item = (&DeviceId, &Enrolled)> {
        self.devices.iter().filter(|(device, _)| self.is_removed(device))
    }

    /// What judges what a device wrote at a place. `links` must hold the device's journals that cuts name: [`Self::cut_journals`].
    #[must_use]
    pub fn judge(&self, device: &DeviceId, at: Standpoint<'_>, links: &Links) -> Judged {
        match self.histories.get(device) {
            Some(history) => history.judge(at, links),
            None => Judged::Unknown,
        }
    }

    /// The role that a device had at a place, also beyond the cut of a removal; none while that is not known. `links` as for
    /// [`Self::judge`].
    #[must_use]
    pub fn role_at(&self, device: &DeviceId, at: Standpoint<'_>, links: &Links) -> Option<Role> {
        self.histories.get(device)?.role_at(at, links)
    }

    /// What an `add` by a device carries so that the one it adds is this member's too: the nonce, and the head whom it stands in
    /// for. None if nothing that it may sign does.
    #[must_use]
    pub fn naming(&self, member: &MemberId, by: &DeviceId) -> Option<([u8; 16], Option<MemberId>)> {
        let own = Bringer::of(self.device(by)?)?;
        let known = self.devices.values().find(|enrolled| enrolled.member == *member)?;
        match (known.brought_by, own) {
            (brought_by, own) if brought_by == own => Some((known.nonce, None)),
            (Bringer::Head(head), Bringer::Office(_)) => Some((known.nonce, Some(head))),
            _ => None,
        }
    }

    /// Whether every word of a device is judged alike, wherever it stands.
    #[must_use]
    pub fn has_one_role(&self, device: &DeviceId) -> Option<Role> {
        self.histories.get(device)?.only_role()
    }

    /// Every role that a device ever had.
    pub fn roles_of(&self, device: &DeviceId) -> impl Iterator<Item = Role> {
        self.histories.get(device).into_iter().flat_map(History::roles)
    }

    /// The journals that cuts name, each with its device.
    pub fn cut_journals(&self) -> impl Iterator<Item = (&DeviceId, &JournalId)> {
        self.histories.iter().flat_map(|(device, history)| {
            let cuts = history.changes().map(|change| &change.cut);
            cuts.flat_map(move |cut| cut.journals().map(move |journal| (device, journal)))
        })
    }

    /// The last sequence that a removed device's journal may go to, by number alone; none if the removal leaves all of it out.
    #[must_use]
    pub fn last_within(&self, device: &DeviceId, journal: &JournalId) -> Option<Sequence> {
        self.histories.get(device)?.last_within(journal)
    }

    /// Who said how far he holds a device's journals, and where: what a cut may name as its parts.
    pub fn witnesses(&self, device: &DeviceId) -> impl Iterator<Item = (&DeviceId, &OperationId)> {
        self.witnesses
            .get(device)
            .into_iter()
            .flatten()
            .map(|(witness, operation)| (witness, operation))
    }

    /// The operations that removed a device, replaced or not.
    pub fn removals_of(&self, device: &DeviceId) -> impl Iterator<Item = &OperationId> {
        self.histories.get(device).into_iter().flat_map(History::removal_ids)
    }

    /// How many said of a removed device how far they hold it without its removal having made their word its own.
    #[must_use]
    pub fn unheard_witnesses(&self, device: &DeviceId) -> usize {
        let Some(history) = self.histories.get(device).filter(|history| history.is_removed()) else {
            return 0;
        };
        self.witnesses(device)
            .filter(|(_, operation)| !history.has_part(operation))
            .count()
    }

    /// Whether a removal that nothing replaces says anything of a journal.
    #[must_use]
    pub fn is_in_a_cut(&self, device: &DeviceId, journal: &JournalId) -> bool {
        self.last_within(device, journal).is_some()
    }

    /// What a new role or removal of a device must name as replaced.
    #[must_use]
    pub fn unreplaced(&self, device: &DeviceId) -> Vec<OperationId> {
        self.histories.get(device).map(History::unreplaced).unwrap_or_default()
    }

    /// A space that exists.
    #[must_use]
    pub fn space(&self, space: &SpaceId) -> Option<&SpaceRecord> {
        self.spaces.get(space)
    }

    /// Every space that exists.
    pub fn spaces(&self) -> impl Iterator<Item = (&SpaceId, &SpaceRecord)> {
        self.spaces.iter()
    }

    /// What a device may do in a space now: its role's row, if office or squad fit. A removed one nothing.
    #[must_use]
    pub fn access(&self, device: &DeviceId, space: &SpaceId) -> Access {
        let Some(record) = self.spaces.get(space) else { return Access::None };
        if self.is_root(device) && record.kind.is_roll() {
            return Access::ReadWrite;
        }
        match self.device(device) {
            Some(enrolled) => self.access_as(enrolled, enrolled.role, space),
            None => Access::None,
        }
    }

    /// What a device could do in a space in any of its roles, also if it was removed since.
    #[must_use]
    pub fn former_access(&self, device: &DeviceId, space: &SpaceId) -> Access {
        let Some(enrolled) = self.devices.get(device) else { return Access::None };
        let accesses = self.roles_of(device).map(|role| self.access_as(enrolled, role, space));
        accesses.max().unwrap_or(Access::None)
    }

    /// What a device may do in a space in a role that it has or had.
    #[must_use]
    pub fn access_in(&self, device: &DeviceId, role: Role, space: &SpaceId) -> Access {
        let enrolled = self.devices.get(device);
        enrolled.map_or(Access::None, |enrolled| self.access_as(enrolled, role, space))
    }

    /// What a device may do in a space in one of its roles.
    pub(super) fn access_as(&self, enrolled: &Enrolled, role: Role, space: &SpaceId) -> Access {
        match self.spaces.get(space) {
            Some(record) if self.is_in_scope(&Enrolled { role, ..enrolled.clone() }, space, record) => {
                access(role, record.kind)
            }
            _ => Access::None,
        }
    }

    /// Whether a device's office, squad or territory is the space's.
    pub(super) fn is_in_scope(&self, enrolled: &Enrolled, id: &SpaceId, space: &SpaceRecord) -> bool {
        let is_own_squad = |roll: &SpaceId| enrolled.roll == *roll;
        match (enrolled.role, space.kind) {
            (_, SpaceKind::TerritoryRoll) | (Role::Ts, _) => true,
            (Role::Ss | Role::Leb | Role::Cc, _) => {
                enrolled.office.is_some_and(|office| space.offices.contains(&office))
            }
            (_, SpaceKind::SquadRoll) => is_own_squad(id),
            (_, SpaceKind::ToSubdivision) => self
                .spaces
                .get(&enrolled.roll)
                .is_some_and(|squad| !squad.offices.is_disjoint(&space.offices)),
            _ => is_own_squad(&space.roll),
        }
    }

    /// The spaces a device has any access to.
    pub fn spaces_of(&self, device: &DeviceId) -> impl Iterator<Item = (SpaceId, Access)> {
        self.spaces.keys().filter_map(move |space| match self.access(device, space) {
            Access::None => None,
            access => Some((*space, access)),
        })
    }

    /// The devices that read a space.
    pub fn readers_of(&self, space: &SpaceId) -> impl Iterator<Item = (&DeviceId, &Enrolled)> {
        self.devices().filter(move |(device, _)| self.access(device, space).reads())
    }

    /// What was decided about a held statement: that it counts after all, or that it was looked at and stays held. Of
    /// decisions that stand side by side, that it stays held.
    #[must_use]
    pub fn decision(&self, at: &Placement, key: &str) -> Option<bool> {
        let all = self.decisions.get(at)?;
        let replaces =
            |other: &Decision, one: &Decision| other.replaces.contains(&one.id) && other.rank <= one.rank;
        let standing = all.iter().filter(|one| !all.iter().any(|other| replaces(other, one)));
        let about = standing.filter(|one| one.keys.is_empty() || one.keys.contains(key));
        about.map(|one| one.is_admitted).min()
    }

    /// The decisions about a statement of an envelope, that a new one takes back.
    #[must_use]
    pub fn decisions_about(&self, at: &Placement, key: &str) -> Vec<OperationId> {
        let all = self.decisions.get(at).into_iter().flatten();
        let about = all.filter(|decision| decision.keys.is_empty() || decision.keys.contains(key));
        about.map(|decision| decision.id).collect()
    }

    /// What operations that count erase.
    #[must_use]
    pub fn erasures(&self) -> &Erasures {
        &self.erasures
    }

    /// Whether an envelope may come without some of its sections: an operation that counts, or that is held, erases each.
    #[must_use]
    pub fn explains_erased(&self, at: &Placement, sections: SectionSet) -> bool {
        sections.is_within(self.erasures.of(at).with(self.held_erasures.of(at)))
    }

    /// The documents of a space that may be gone: an operation that counts, or that is held, erases each.
    #[must_use]
    pub fn documents_that_may_be_gone(&self, space: &SpaceId) -> BTreeSet<DocumentId> {
        let all = self.erasures.documents().chain(self.held_erasures.documents());
        all.filter(|((of, _), _)| *of == space)
            .map(|((_, document), _)| *document)
            .collect()
    }

    /// An invite that counts, by its key and who signed it.
    #[must_use]
    pub fn invite(&self, key: &InviteKey, inviter: &DeviceId) -> Option<&Invited> {
        self.invites.get(&(*key, *inviter))
    }

    /// The invites that name a key: one, unless somebody copied it.
    pub fn invites_of(&self, key: &InviteKey) -> impl Iterator<Item = &Invited> {
        let [first, last] = [[0; 32], [u8::MAX; 32]].map(|inviter| (*key, DeviceId::from_bytes(inviter)));
        self.invites.range(first..=last).map(|(_, invited)| invited)
    }

    /// Every invite that counts.
    pub fn invites(&self) -> impl Iterator<Item = (&InviteKey, &Invited)> {
        self.invites.iter().map(|((key, _), invited)| (key, invited))
    }

    /// What was said of an operation; nothing of one that was not in the set.
    #[must_use]
    pub fn standing(&self, operation: &OperationId) -> Option<Standing> {
        self.standings.get(operation).copied()
    }
}
