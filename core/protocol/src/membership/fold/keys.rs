//! Rotations and wraps.
//!
//! Both only ever add: a second rotation to one epoch, or a second wrap of one key, takes nothing of the first away.

use super::{RollEntry, Signer, Undecided, Verdict};
use crate::ids::SpaceId;
use crate::membership::members::Membership;
use crate::membership::operation::{Operation, epoch_of};
use crate::membership::role::Act;
use crate::membership::roster::{Epoch, NotCounted};

impl Membership {
    /// Who renews or hands on a key must read the space himself, in the roll that the space was made in.
    fn check_key(&self, entry: &RollEntry, signer: &Signer, space: &SpaceId) -> Verdict {
        let record = self.spaces.get(space).ok_or(Undecided::Waiting)?;
        signer.may(Act::Key(record.kind))?;
        if record.roll != entry.place.space {
            return Err(NotCounted::Roll.into());
        }
        match signer {
            Signer::Device(enrolled) if !self.access_as(enrolled, enrolled.role, space).reads() => {
                Err(NotCounted::Scope.into())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn take_rotate(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Rotate { space, epoch, parents } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_key(entry, signer, space)?;
        let public = epoch_of(epoch);
        let record = self.spaces.get_mut(space).ok_or(Undecided::Waiting)?;
        let epoch = record
            .epochs
            .entry(public.id())
            .or_insert_with(|| Epoch::new(public, entry.signer));
        if epoch.public != public {
            return Err(NotCounted::Exists.into());
        }
        epoch.makers.insert(entry.signer);
        for parent in parents {
            epoch.parents.entry(parent.epoch).or_default().insert(parent.key.clone());
        }
        Ok(())
    }

    pub(super) fn take_wrap(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Wrap { space, epoch, device, key } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_key(entry, signer, space)?;
        if !self.devices.contains_key(device) && !self.is_root(device) {
            return Err(Undecided::Waiting);
        }
        // Who was removed since has the key all the same: that he does is what makes the epoch unclean.
        if !self.is_root(device) && !self.former_access(device, space).reads() {
            return Err(NotCounted::Scope.into());
        }
        self.wraps
            .entry((*space, *device))
            .or_default()
            .entry(*epoch)
            .or_default()
            .insert(key.clone());
        Ok(())
    }
}
