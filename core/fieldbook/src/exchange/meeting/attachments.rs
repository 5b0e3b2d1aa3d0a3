//! Attachments in a meeting: what this device owes the relay, what it wants, what it may give, and what came.
//!
//! ```text
//! thumbnails, and what somebody here asked for        wanted of everybody
//! what the other side owes the relay                  wanted above plain members: they carry it up
//! what is asked for by who reads its space            given, as far as it is held
//! ```
//!
//! Promises: nothing is kept that no statement here names, that was erased, or for which there is no room; what came stays,
//! and the next meeting asks for what is behind it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::attachment::{AttachmentName, PartStanding, PartVerb, Run};
use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::sync::meeting::{Meeting, MeetingEffect, NextSteps, Wishes};

use super::MeetingReport;
use crate::exchange::attachments::{attached, errands, holders, keep_runs, steps_of};
use crate::exchange::device::Device;
use crate::limits::ATTACHMENTS_HELD_BYTES_MAX;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// What the other side said and sent about attachments, until it is kept and answered.
#[derive(Debug, Default)]
pub(super) struct Parcels {
    steps: Vec<(AttachmentName, Run)>,
    wanted: Vec<(AttachmentName, u64)>,
    owed: Vec<AttachmentName>,
    /// What was not asked for, because there is no room for it here.
    no_room: BTreeSet<AttachmentName>,
}

impl Parcels {
    /// Notes what a meeting said of attachments.
    pub(super) fn note(&mut self, effect: MeetingEffect) {
        match effect {
            MeetingEffect::Steps(name, run) => self.steps.push((name, run)),
            MeetingEffect::Wanted(name, from) => self.wanted.push((name, from)),
            MeetingEffect::Owed(name) => self.owed.push(name),
            _ => {}
        }
    }

    /// Whether something came that is not kept yet.
    pub(super) fn has_steps(&self) -> bool {
        !self.steps.is_empty()
    }

    /// Keeps steps that came: they were proven to be of their attachments, and go behind what is held of them.
    pub(super) fn keep(
        &mut self,
        transaction: &Transaction<'_>,
        report: &mut MeetingReport,
    ) -> Result<(), VaultRefused> {
        for (name, run) in std::mem::take(&mut self.steps) {
            let new = keep_runs(transaction, &name, vec![run])?;
            let is_whole = Vault::attachment(transaction, &name)?.held == name.bytes();
            report.attachments += usize::from(new > 0 && is_whole);
            report.attachment_bytes_in += new;
        }
        Ok(())
    }

    /// What this device has to say as a round begins.
    pub(super) fn wishes(
        &mut self,
        connection: &Connection,
        (device, peer): (&Device, &DeviceId),
    ) -> Result<Wishes, VaultRefused> {
        let mut room = Room::of(connection)?;
        let mut wishes = Wishes { owed: owed(connection, device, peer)?, ..Wishes::default() };
        let wanted = errands(connection, device)?.into_iter();
        for errand in wanted.filter(|errand| errand.verb == PartVerb::Get) {
            match room.ask(connection, &errand.name)? {
                Some(from) => wishes.wanted.push((errand.name, from)),
                None => drop(self.no_room.insert(errand.name)),
            }
        }
        wishes.wanted.sort_by_key(|(name, _)| name.bytes());
        Ok(wishes)
    }

    /// Answers what the other side owes and wants.
    pub(super) fn answer(
        &mut self,
        connection: &Connection,
        (device, peer): (&Device, &DeviceId),
        session: &mut Meeting,
    ) -> Result<(), VaultRefused> {
        let (owed, wanted) = (std::mem::take(&mut self.owed), std::mem::take(&mut self.wanted));
        if owed.is_empty() && wanted.is_empty() {
            return Ok(());
        }
        let spaces = Spaces::load(connection)?;
        let mut room = Room::of(connection)?;
        for name in owed {
            let state = Vault::attachment(connection, &name)?;
            let carries = spaces.of(&name).any(|space| device.acks(space)) && !state.is_erased;
            if !carries || state.held == name.bytes() {
                continue;
            }
            match room.ask(connection, &name)? {
                Some(from) => session.want(name, from),
                None => drop(self.no_room.insert(name)),
            }
        }
        for (name, from) in wanted {
            let state = Vault::attachment(connection, &name)?;
            let may_have = spaces.of(&name).any(|space| device.membership.access(peer, space).reads());
            if may_have && !state.is_erased {
                session.give(name, from..name.step_after(state.held));
            }
        }
        Ok(())
    }

    pub(super) fn no_room(&self) -> usize {
        self.no_room.len()
    }
}

/// Steps to send, a stream of one part, and the step behind them; none if they are not held any more.
pub(super) fn stream_of(
    connection: &Connection,
    next: &NextSteps,
) -> Result<Option<(Vec<u8>, u64)>, VaultRefused> {
    let state = Vault::attachment(connection, &next.name)?;
    let is_held = !state.is_erased && next.steps.end <= next.name.step_after(state.held);
    let steps = (next.steps.start, next.steps.end);
    is_held.then(|| steps_of(connection, &next.name, steps)).transpose()
}

/// What is whole here and at no relay as far as is known, if the other device reads it, may carry it up, and has not said
/// that it holds it.
fn owed(
    connection: &Connection,
    device: &Device,
    peer: &DeviceId,
) -> Result<Vec<AttachmentName>, VaultRefused> {
    let holders = holders(connection)?;
    let mut owed = BTreeSet::new();
    for attached in attached(connection)? {
        let name = attached.name;
        let held = holders.get(&(attached.space, *name.root()));
        let has_said = held.is_some_and(|holders| holders.contains(peer));
        let carries = device.hears(peer, &attached.space) && !has_said;
        if carries && is_owed(connection, &name)? {
            owed.insert((name.bytes(), name));
        }
    }
    Ok(owed.into_iter().map(|(_, name)| name).collect())
}

fn is_owed(connection: &Connection, name: &AttachmentName) -> Result<bool, VaultRefused> {
    let state = Vault::attachment(connection, name)?;
    let is_here = state.held == name.bytes() && !state.is_erased;
    Ok(is_here && state.at_relay < name.steps() && state.standing != PartStanding::Erased)
}

/// In which spaces statements name which attachments and thumbnails.
struct Spaces(BTreeMap<AttachmentName, BTreeSet<SpaceId>>);

impl Spaces {
    fn load(connection: &Connection) -> Result<Self, VaultRefused> {
        let mut spaces: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for attached in attached(connection)? {
            for name in [Some(attached.name), attached.thumbnail].into_iter().flatten() {
                spaces.entry(name).or_default().insert(attached.space);
            }
        }
        Ok(Self(spaces))
    }

    fn of(&self, name: &AttachmentName) -> impl Iterator<Item = &SpaceId> {
        self.0.get(name).into_iter().flatten()
    }
}

/// How much room is left for attachments.
struct Room(u64);

impl Room {
    fn of(connection: &Connection) -> Result<Self, VaultRefused> {
        let held = Vault::attachment_bytes(connection)?;
        Ok(Self(ATTACHMENTS_HELD_BYTES_MAX.saturating_sub(held)))
    }

    /// The first step of an attachment that is lacking, if there is room for the rest of it.
    fn ask(&mut self, connection: &Connection, name: &AttachmentName) -> Result<Option<u64>, VaultRefused> {
        let held = Vault::attachment(connection, name)?.held;
        let left = self.0.checked_sub(name.bytes().saturating_sub(held));
        Ok(left.map(|left| {
            self.0 = left;
            name.step_after(held)
        }))
    }
}
