//! Roles and removals: what a higher rank says about a device.

use std::sync::Arc;

use super::{Folding, RollEntry, Signer, Undecided, Verdict};
use crate::ids::DeviceId;
use crate::membership::cut::{Cut, WholeCut};
use crate::membership::history::Change;
use crate::membership::members::Membership;
use crate::membership::operation::Operation;
use crate::membership::role::{Act, Role};
use crate::membership::roster::{Enrolled, NotCounted};

impl Membership {
    /// The device that is spoken about, if it is in the signer's scope and what is said stands in its roll.
    fn check_subject(
        &self,
        entry: &RollEntry,
        signer: &Signer,
        device: &DeviceId,
    ) -> Result<Enrolled, Undecided> {
        if entry.signer == *device {
            return Err(NotCounted::Oneself.into());
        }
        self.check_roll(entry, signer)?;
        let enrolled = self.known_device(device).ok_or(Undecided::Waiting)?;
        if enrolled.roll == entry.place.space { Ok(enrolled.clone()) } else { Err(NotCounted::Roll.into()) }
    }

    pub(super) fn take_heads(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        self.check_roll(entry, signer)?;
        if let Operation::Heads { device, .. } = &entry.operation {
            self.witnesses.entry(*device).or_default().insert((entry.signer, entry.id));
        }
        Ok(())
    }
}

impl Folding<'_> {
    pub(super) fn take_word(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let (device, role, cut, replaces) = match &entry.operation {
            Operation::Role { device, role, cut, replaces } => (device, Some(*role), cut, replaces),
            Operation::Remove { device, cut, replaces } => (device, None, cut, replaces),
            _ => return Err(NotCounted::Rank.into()),
        };
        let subject = self.membership.check_subject(entry, signer, device)?;
        signer.may(role.map_or(Act::Remove(subject.role), |to| Act::Change(subject.role, to)))?;
        let change = Change {
            id: entry.id,
            rank: signer.rank(),
            role,
            cut: self.whole(cut, device),
            replaces: replaces.iter().copied().collect(),
        };
        self.membership.note_change(device, change);
        Ok(())
    }

    fn whole(&self, cut: &Cut, device: &DeviceId) -> WholeCut {
        WholeCut::new(cut, |part| {
            let (of, heads) = self.parts.get(part)?;
            Some(if of == device { Arc::clone(heads) } else { Arc::default() })
        })
    }
}

impl Membership {
    fn note_change(&mut self, device: &DeviceId, change: Change) {
        let Some(history) = self.histories.get_mut(device) else { return };
        history.note(change);
        let role: Role = history.present_role();
        if let Some(enrolled) = self.devices.get_mut(device) {
            enrolled.role = role;
        }
    }
}
