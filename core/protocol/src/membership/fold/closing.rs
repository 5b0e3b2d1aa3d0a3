//! Decisions about what is held, erasures, and the end of spaces.

use super::{RollEntry, Signer, Undecided, Verdict};
use crate::ids::SpaceId;
use crate::membership::members::{Decision, Membership};
use crate::membership::operation::Operation;
use crate::membership::role::Act;
use crate::membership::roster::{NotCounted, SpaceRecord};

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
        let Operation::Erase { space, document, sections, attachments } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        let kind = self.check_space(entry, signer, space)?.kind;
        signer.may(Act::Erase(kind))?;
        let erasure = self.erasures.entry((*space, *document)).or_default();
        erasure.sections.extend(sections);
        erasure.attachments.extend(attachments);
        Ok(())
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
