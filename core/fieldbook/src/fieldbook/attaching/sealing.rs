//! From a file to an attachment that is sealed and not yet said: what it tells beside what is to be seen is taken out.

use jasaq_model::attachment::{Attachment, AttachmentSecret, SealedContent};
use jasaq_model::ids::AttachmentRoot;
use jasaq_protocol::attachment::{AttachmentKey, SealedAttachment, seal_attachment};
use jasaq_protocol::limits::THUMBNAIL_BYTES_MAX;

use super::NewAttachment;
use crate::formats::{media_of, strip_metadata};
use crate::limits::ATTACHMENTS_HELD_BYTES_MAX;
use crate::refusal::{AttachRefused, FieldbookRefused};
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault};

/// A file that is sealed, and what is to be said of it.
pub(in crate::fieldbook) struct SealedFile {
    pub(in crate::fieldbook) attachment: Attachment,
    sealed: SealedAttachment,
    thumbnail: Option<SealedAttachment>,
}

impl SealedFile {
    /// Seals it. Refuses what is empty, too long, or whose metadata cannot be taken out.
    pub(in crate::fieldbook) fn of(
        new: &NewAttachment<'_>,
        surroundings: &mut Surroundings,
    ) -> Result<Self, FieldbookRefused> {
        let (content, sealed) = seal(new.file, new.keeps_metadata, surroundings)?;
        let thumbnail = match new.thumbnail {
            Some(picture) if picture.len() > THUMBNAIL_BYTES_MAX => {
                return Err(AttachRefused::Thumbnail.into());
            }
            Some(picture) => Some(seal(picture, false, surroundings)?),
            None => None,
        };
        let attachment = Attachment {
            entry: new.entry.clone(),
            media: media_of(new.file),
            content,
            thumbnail: thumbnail.as_ref().map(|(content, _)| *content),
            caption: new.caption.clone(),
            keeps_metadata: new.keeps_metadata,
        };
        Ok(Self { attachment, sealed, thumbnail: thumbnail.map(|(_, sealed)| sealed) })
    }

    /// Keeps what was sealed, in the transaction in which it is said. Refuses where the device holds too much already.
    pub(in crate::fieldbook) fn keep(&self, transaction: &Transaction<'_>) -> Result<(), FieldbookRefused> {
        let held = Vault::attachment_bytes(transaction)?;
        if held.saturating_add(self.sealed.name.bytes()) > ATTACHMENTS_HELD_BYTES_MAX {
            return Err(AttachRefused::NoRoom.into());
        }
        for sealed in std::iter::once(&self.sealed).chain(&self.thumbnail) {
            Vault::keep_sealed(transaction, sealed)?;
        }
        Ok(())
    }
}

fn seal(
    file: &[u8],
    keeps_metadata: bool,
    surroundings: &mut Surroundings,
) -> Result<(SealedContent, SealedAttachment), FieldbookRefused> {
    let stripped = if keeps_metadata { file.into() } else { strip_metadata(file)? };
    let key = AttachmentKey::make(surroundings.chance());
    let sealed = seal_attachment(&key, &stripped).map_err(AttachRefused::from)?;
    let content = SealedContent {
        root: AttachmentRoot::from_bytes(*sealed.name.root().as_bytes()),
        bytes: sealed.name.bytes(),
        secret: AttachmentSecret::from_bytes(*key.to_secret_bytes()),
    };
    Ok((content, sealed))
}
