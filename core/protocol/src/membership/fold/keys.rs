//! Rotations, wraps, and who says that one of them does not open for him.
//!
//! All only ever add: a second rotation to one epoch, or a second wrap of one key, takes nothing of the first away.

use super::{RollEntry, Signer, Undecided, Verdict};
use crate::ids::SpaceId;
use crate::membership::members::Membership;
use crate::membership::operation::{Operation, epoch_of};
use crate::membership::role::{Act, SpaceKind};
use crate::membership::roster::{Epoch, NotCounted};

impl Membership {
    /// Who speaks of a key must read the space himself, and does so in the roll that the space was made in.
    fn check_reading(
        &self,
        entry: &RollEntry,
        signer: &Signer,
        (space, act): (&SpaceId, fn(SpaceKind) -> Act),
    ) -> Verdict {
        let record = self.spaces.get(space).ok_or(Undecided::Waiting)?;
        signer.may(act(record.kind))?;
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
        self.check_reading(entry, signer, (space, Act::Key))?;
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
            let carried = epoch.parents.entry(parent.epoch).or_default();
            carried.insert((entry.id, parent.key.clone()));
        }
        self.keys.givers.insert(entry.id, entry.signer);
        Ok(())
    }

    pub(super) fn take_wrap(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Wrap { space, epoch, device, key } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_reading(entry, signer, (space, Act::Key))?;
        if !self.devices.contains_key(device) && !self.is_root(device) {
            return Err(Undecided::Waiting);
        }
        // Who was removed since has the key all the same: that he does is what makes the epoch unclean.
        if !self.is_root(device) && !self.former_access(device, space).reads() {
            return Err(NotCounted::Scope.into());
        }
        let wraps = self.keys.wraps.entry((*space, *device)).or_default();
        wraps.insert((*epoch, entry.id, key.clone()));
        self.keys.givers.insert(entry.id, entry.signer);
        Ok(())
    }

    /// What a lack names need not have come: who says that something does not open says so of its name.
    pub(super) fn take_lack(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Lack { space, epoch, operations } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_reading(entry, signer, (space, Act::Lack))?;
        let lacks = self.keys.lacks.entry((*space, entry.signer)).or_default();
        lacks.entry(*epoch).or_default().extend(operations);
        Ok(())
    }
}
