//! Copies of identity cards and other papers: they go with a list or an application, and are deleted after the check unless
//! somebody keeps them on purpose (001-§16, 19; requirements §8).

use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{ListId, PersonId, StatementRef};
use jasaq_model::statement::Kind;
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::SpaceKind;

use super::Fieldbook;
use crate::fieldbook::NewAttachment;
use crate::refusal::FieldbookRefused;
use crate::views::AttachmentView;

impl Fieldbook {
    /// Attaches a copy of a person's papers: the LEB to a line of its list, the TS to an application.
    pub fn attach_copy(
        &mut self,
        person: PersonId,
        new: &NewAttachment<'_>,
    ) -> Result<StatementRef, FieldbookRefused> {
        let space = self.space_for_papers(person.as_bytes())?;
        self.attach_at((space, *person.as_bytes()), new)
    }

    /// Attaches a file to a list as it is: the scan of the letter, a detached signature. LEB only.
    pub fn attach_to_list(
        &mut self,
        list: ListId,
        new: &NewAttachment<'_>,
    ) -> Result<StatementRef, FieldbookRefused> {
        let space = self.space_for_papers(list.as_bytes())?;
        self.attach_at((space, *list.as_bytes()), new)
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

    /// Where papers about somebody or a list belong: where it stands already.
    fn space_for_papers(&mut self, about: &[u8; 16]) -> Result<SpaceId, FieldbookRefused> {
        let kinds = [SpaceKind::Submission, SpaceKind::Register];
        self.desk(|desk| {
            desk.check_office(Kind::Attachment)?;
            for kind in kinds {
                if let Some(space) = desk.space_about(about, kind)?
                    && desk.device.may_write(&space)
                {
                    return Ok(space);
                }
            }
            Err(RegisterRefused::PersonUnknown.into())
        })
    }
}
