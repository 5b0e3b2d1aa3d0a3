//! The fields of attachments.
//!
//! ```text
//! attachment       entry · type · root, size (bytes of the sealed parts), key · root1, size1, key1 (its thumbnail)
//!                  · text (caption) · meta (true if metadata were kept on purpose)
//! attachment_held  root
//! ```

use super::StatementRefused;
use super::fields::{Fields, Scalar, needed};
use crate::attachment::{Attachment, AttachmentHeld, AttachmentSecret, MediaType, SealedContent};
use crate::ids::{AttachmentRoot, IdRefused, StatementRef};
use crate::words::Text;

const CONTENT: [&str; 3] = ["root", "size", "key"];
const THUMBNAIL: [&str; 3] = ["root1", "size1", "key1"];

pub(super) fn put_attachment(fields: &mut Fields, attachment: &Attachment) {
    fields.put_text_if("entry", attachment.entry.as_ref().map(StatementRef::as_str));
    fields.put_text("type", attachment.media.code());
    put_content(fields, CONTENT, &attachment.content);
    if let Some(thumbnail) = &attachment.thumbnail {
        put_content(fields, THUMBNAIL, thumbnail);
    }
    fields.put_text_if("text", attachment.caption.as_ref().map(Text::as_str));
    if attachment.keeps_metadata {
        fields.insert("meta", Scalar::Flag(true));
    }
}

pub(super) fn read_attachment(fields: &Fields) -> Result<Attachment, StatementRefused> {
    Ok(Attachment {
        entry: fields.reference("entry")?,
        media: needed("type", fields.code("type", MediaType::from_code)?)?,
        content: needed("root", read_content(fields, CONTENT)?)?,
        thumbnail: read_content(fields, THUMBNAIL)?,
        caption: fields.words("text")?,
        keeps_metadata: fields.flag("meta")?.unwrap_or(false),
    })
}

fn put_content(fields: &mut Fields, [root, size, key]: [&'static str; 3], content: &SealedContent) {
    fields.put_bytes(root, content.root.as_bytes());
    fields.put_int(size, i64::try_from(content.bytes).unwrap_or(i64::MAX));
    fields.put_bytes(key, content.secret.secret_bytes());
}

fn read_content(
    fields: &Fields,
    [root, size, key]: [&'static str; 3],
) -> Result<Option<SealedContent>, StatementRefused> {
    let Some(named) = fields.id(root, AttachmentRoot::from_slice)? else { return Ok(None) };
    Ok(Some(SealedContent {
        root: named,
        bytes: needed(size, fields.int_as(size)?)?,
        secret: needed(key, fields.id(key, read_secret)?)?,
    }))
}

fn read_secret(bytes: &[u8]) -> Result<AttachmentSecret, IdRefused> {
    let bytes = bytes
        .try_into()
        .map_err(|_| IdRefused::Length { length_due: 32, length: bytes.len() })?;
    Ok(AttachmentSecret::from_bytes(bytes))
}

pub(super) fn put_held(fields: &mut Fields, held: &AttachmentHeld) {
    fields.put_bytes("root", held.root.as_bytes());
}

pub(super) fn read_held(fields: &Fields) -> Result<AttachmentHeld, StatementRefused> {
    Ok(AttachmentHeld { root: needed("root", fields.id("root", AttachmentRoot::from_slice)?)? })
}
