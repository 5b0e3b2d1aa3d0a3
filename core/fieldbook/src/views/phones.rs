//! The phones of a patrol: what came from each, and what is known not to have come (screen L-1).
//!
//! Counts come from what others signed that they hold, and never from how long nothing came.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{Author, MemberId};
use jasaq_model::page::{AttendanceState, PhoneState, attendance};
use jasaq_model::settling::{PhoneExcused, Settling};
use jasaq_model::statement::Body;
use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use super::patrol::PatrolView;
use super::spaces::spaces_of_patrol;
use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// A phone of a patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneTile {
    /// Which device.
    pub device: Author,
    /// Whose; if left unset, not known here.
    pub member: Option<MemberId>,
    /// How many statements of the patrol came from it.
    pub statements: usize,
    /// How it stands.
    pub state: PhoneState,
    /// That it is not waited for, and why.
    pub excused: Option<PhoneExcused>,
    /// Whether it was removed.
    pub is_removed: bool,
}

/// The phones from which something of a patrol came, and one of everybody who was named for it or was there.
pub(crate) fn phones(
    connection: &Connection,
    device: &Device,
    view: &PatrolView,
) -> Result<Vec<PhoneTile>, VaultRefused> {
    let mut missing: BTreeMap<DeviceId, u32> = BTreeMap::new();
    let mut spaces = spaces_of_patrol(connection, device, view.patrol)?;
    spaces.extend(protected_beside(device, &spaces));
    for space in spaces {
        for (journal, held, known) in Vault::journals_behind(connection, &space)? {
            // A removed phone's words up to its removal count, so what of them has not come is missing too.
            let mut devices = device.membership.devices().chain(device.membership.removed_devices());
            let owner = devices.find(|(id, _)| journal.is_of(id)).map(|(id, _)| id);
            if let Some(owner) = owner {
                let more = u32::try_from(known.saturating_sub(held)).unwrap_or(u32::MAX);
                let so_far = missing.entry(*owner).or_default();
                *so_far = so_far.saturating_add(more);
            }
        }
    }
    let mut said: BTreeMap<Author, usize> = BTreeMap::new();
    for stated in view
        .log
        .stated()
        .iter()
        .filter(|stated| is_of_the_field(&stated.statement.body))
    {
        *said.entry(stated.author).or_default() += 1;
    }
    let there = attendance(&view.log);
    let member_of = |author: &Author| {
        let known = device.membership.known_device(&DeviceId::from_bytes(*author.as_bytes()));
        known.map(|enrolled| enrolled.member)
    };
    // Whoever has two phones takes one along: the other is waited for only if something of it is known.
    let heard: BTreeSet<_> = said.keys().filter_map(member_of).collect();
    for (id, enrolled) in device.membership.devices() {
        // Nor is somebody waited for who was not there.
        let state = there.get(&MemberId::from_bytes(*enrolled.member.as_bytes()));
        let is_named = state.is_some_and(|state| *state != AttendanceState::Absent);
        if is_named && (!heard.contains(&enrolled.member) || missing.contains_key(id)) {
            said.entry(Author::from_bytes(*id.as_bytes())).or_default();
        }
    }
    let excused = |author: Author| {
        view.log.standing().find_map(|by| match &by.statement.body {
            Body::Settling(Settling::Excused(excused)) if excused.device == author => Some(excused.clone()),
            _ => None,
        })
    };
    let tile = |(author, statements): (Author, usize)| {
        let id = DeviceId::from_bytes(*author.as_bytes());
        let enrolled = device.membership.known_device(&id);
        let state = match (missing.get(&id), statements) {
            (Some(missing), _) => PhoneState::Missing(*missing),
            (None, 0) => PhoneState::NeverSeen,
            (None, _) => PhoneState::Received,
        };
        PhoneTile {
            device: author,
            member: enrolled.map(|enrolled| MemberId::from_bytes(*enrolled.member.as_bytes())),
            statements,
            state: if id == device.id() { PhoneState::Received } else { state },
            excused: excused(author),
            is_removed: device.membership.is_removed(&id),
        }
    };
    Ok(said.into_iter().map(tile).collect())
}

/// Where cases of the same squads stand, as far as this device reads them: what has not come of them is missing, too. Where they are
/// not read they are of no use here.
fn protected_beside(device: &Device, spaces: &[SpaceId]) -> Vec<SpaceId> {
    let rolls: BTreeSet<_> = spaces
        .iter()
        .filter_map(|space| device.membership.space(space))
        .map(|record| record.roll)
        .collect();
    let all = device.membership.spaces();
    let beside = all.filter(|(space, record)| {
        record.kind == SpaceKind::Protected && rolls.contains(&record.roll) && device.reads(space)
    });
    beside.map(|(space, _)| *space).collect()
}

/// What is said on the way, and not at a desk before or after it.
pub(crate) const fn is_of_the_field(body: &Body) -> bool {
    !matches!(body, Body::Planning(_) | Body::Settling(_) | Body::Sealing(_) | Body::Telling(_))
}
