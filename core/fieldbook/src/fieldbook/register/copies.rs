//! Copies of identity cards and other papers: they go with a list or an application, and are deleted after the check unless
//! somebody keeps them on purpose (001-§16, 19; requirements §8).

use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{ListId, PersonId, StatementRef};
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::SpaceKind;

use super::{Desk, Fieldbook};
use crate::fieldbook::NewAttachment;
use crate::fieldbook::attaching::SealedFile;
use crate::refusal::FieldbookRefused;
use crate::views::AttachmentView;

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
        let copies = self.copies_of(person)?;
        let mut deleted = 0;
        for copy in copies.iter().filter(|copy| !copy.is_erased) {
            self.erase_attachment_for_all(&copy.key)?;
            deleted += 1;
        }
        Ok(deleted)
    }
}

impl Desk<'_> {
    /// Where papers about somebody belong: where he stands already.
    fn space_for_papers(&self, person: PersonId) -> Result<SpaceId, FieldbookRefused> {
        self.check_office(Kind::Attachment)?;
        for kind in [SpaceKind::Submission, SpaceKind::Register] {
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
