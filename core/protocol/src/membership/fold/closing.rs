//! Decisions about what is held, erasures, and the end of spaces.

use super::{RollEntry, Signer, Undecided, Verdict};
use crate::ids::SpaceId;
use crate::membership::members::{Decision, Membership};
use crate::membership::operation::Operation;
use crate::membership::role::{Act, may_operate};
use crate::membership::roster::{Enrolled, NotCounted, SpaceRecord};

impl Membership {
    /// A space that the signer reads, whose roll the operation stands in.
    fn check_space(
        &self,
        entry: &RollEntry,
        signer: &Signer,
        space: &SpaceId,
    ) -> Result<&SpaceRecord, Undecided> {
        let record = self.spaces.get(space).ok_or(Undecided::Waiting)?;
        if record.roll != entry.place.space {
            return Err(NotCounted::Roll.into());
        }
        match signer {
            Signer::Device(enrolled) if self.access_as(enrolled, enrolled.role, space).reads() => Ok(record),
            Signer::Device(_) => Err(NotCounted::Scope.into()),
            Signer::Root => Err(NotCounted::Rank.into()),
        }
    }

    pub(super) fn take_admit(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Admit { device, place, keys, is_admitted, replaces } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        let kind = self.check_space(entry, signer, &place.space)?.kind;
        let subject = self.known_device(device).ok_or(Undecided::Waiting)?;
        signer.may(Act::Admit(subject.role, kind))?;
        let decision = Decision {
            id: entry.id,
            rank: signer.rank(),
            keys: keys.iter().cloned().collect(),
            is_admitted: *is_admitted,
            replaces: replaces.iter().copied().collect(),
        };
        let decisions = self.decisions.entry(*place).or_default();
        decisions.push(decision);
        decisions.sort_by_key(|decision| decision.id);
        Ok(())
    }

    pub(super) fn take_erase(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Erase { space, .. } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        let kind = self.check_space(entry, signer, space)?.kind;
        signer.may(Act::Erase(kind))?;
        self.erasures.note(entry.id, &entry.operation);
        Ok(())
    }

    /// Notes an erasure that is held, if its signer might have signed it in one of his roles: who had not heard yet what holds
    /// it obeyed.
    pub(super) fn note_held_erase(&mut self, entry: &RollEntry) {
        let Operation::Erase { space, .. } = &entry.operation else { return };
        let Some(enrolled) = self.known_device(&entry.signer) else { return };
        let might = self.roles_of(&entry.signer).any(|role| {
            let signer = Signer::Device(Enrolled { role, ..enrolled.clone() });
            let record = self.check_space(entry, &signer, space);
            record.is_ok_and(|record| may_operate(Some(role), Act::Erase(record.kind)))
        });
        if might {
            self.held_erasures.note(entry.id, &entry.operation);
        }
    }

    pub(super) fn take_close(&mut self, entry: &RollEntry, signer: &Signer, space: &SpaceId) -> Verdict {
        let kind = self.check_space(entry, signer, space)?.kind;
        signer.may(Act::Close(kind))?;
        if let Some(record) = self.spaces.get_mut(space) {
            record.is_closed = true;
        }
        Ok(())
    }
}
