//! Copies of identity cards and other papers: they go with a list or an application, and are deleted after the check unless
//! somebody keeps them on purpose (001-§16, 19; requirements §8).

use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{ListId, PersonId, StatementRef};
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::SpaceKind;

use super::withdrawing::erase_papers;
use super::{Desk, Fieldbook};
use crate::exchange::{Attached, EnrolRefused};
use crate::fieldbook::NewAttachment;
use crate::fieldbook::attaching::SealedFile;
use crate::refusal::FieldbookRefused;
use crate::views::AttachmentView;

/// What becomes of the copies of somebody's papers once his check ends (requirements §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// They are deleted for everybody.
    Delete,
    /// They stay, on purpose.
    Keep,
}

/// Where copies of somebody's papers stand: with a list, or with an application.
const PAPERS_IN: [SpaceKind; 2] = [SpaceKind::Submission, SpaceKind::Register];

impl Fieldbook {
    /// Attaches a copy of a person's papers: the LEB to a line of its list, the TS to an application.
    pub fn attach_copy(
        &mut self,
        person: PersonId,
        new: &NewAttachment<'_>,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.desk(|desk| {
            let space = desk.space_for_papers(person)?;
            desk.attach((space, person.as_bytes()), new)
        })
    }

    /// The copies of a person's papers.
    pub fn copies_of(&mut self, person: PersonId) -> Result<Vec<AttachmentView>, FieldbookRefused> {
        self.attachments_about(Some(*person.as_bytes()))
    }

    /// What is attached to a list as a whole.
    pub fn papers_of_list(&mut self, list: ListId) -> Result<Vec<AttachmentView>, FieldbookRefused> {
        self.attachments_about(Some(*list.as_bytes()))
    }

    /// Deletes the copies of a person's papers for everybody, here and with whoever sent them: the check is done. Says how many.
    /// TS only.
    pub fn delete_copies(&mut self, person: PersonId) -> Result<usize, FieldbookRefused> {
        self.ending_check(Copies::Delete, |desk| {
            let held = desk.copies_held(person)?;
            let are_ours = held.iter().all(|paper| desk.device.may_erase(&paper.space));
            if are_ours { Ok(held) } else { Err(EnrolRefused::MayNot.into()) }
        })
    }

    /// A step with which checks end, and the copies that are due then, in one transaction: no copy outlives a step that was cut off.
    /// Says how many were deleted.
    pub(super) fn ending_check(
        &mut self,
        copies: Copies,
        step: impl FnOnce(&mut Desk<'_>) -> Result<Vec<Attached>, FieldbookRefused>,
    ) -> Result<usize, FieldbookRefused> {
        self.write(|transaction, device, surroundings| {
            let today = surroundings.now().moment().day();
            let due = step(&mut Desk { transaction, device, surroundings, today })?;
            match copies {
                Copies::Keep => Ok(0),
                Copies::Delete => Ok(erase_papers(transaction, device, surroundings, &due)?),
            }
        })
    }
}

impl Desk<'_> {
    /// The copies of a person's papers that are not deleted yet.
    pub(super) fn copies_held(&self, person: PersonId) -> Result<Vec<Attached>, FieldbookRefused> {
        Ok(self.papers_held(&PAPERS_IN)?.about(person.as_bytes()).cloned().collect())
    }

    /// Where papers about somebody belong: where he stands already.
    fn space_for_papers(&self, person: PersonId) -> Result<SpaceId, FieldbookRefused> {
        self.check_office(Kind::Attachment)?;
        for kind in PAPERS_IN {
            if let Some(space) = self.space_about(person.as_bytes(), kind)?
                && self.device.may_write(&space)
            {
                return Ok(space);
            }
        }
        Err(RegisterRefused::PersonUnknown.into())
    }

    /// Attaches a paper in the transaction in which the rest is said.
    pub(super) fn attach(
        &mut self,
        place: (SpaceId, &[u8; 16]),
        new: &NewAttachment<'_>,
    ) -> Result<StatementRef, FieldbookRefused> {
        let file = SealedFile::of(new, self.surroundings)?;
        let key = self.state(place, Body::Attachment(file.attachment.clone()))?;
        file.keep(self.transaction)?;
        Ok(key)
    }
}
