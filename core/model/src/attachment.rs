//! An attachment of a patrol: a photo, a voice note, a scan. It travels beside the log; here is what the log says of it.
//!
//! Promises that who reads the statement can fetch and open the attachment, and nobody else: its key stands here alone.
//! Keys are never printed. What an attachment may not tell, where it was made and with what, is taken out before it is
//! sealed, unless somebody kept it on purpose, and then the statement says so.

use std::fmt;

use crate::codes::coded;
use crate::ids::{AttachmentRoot, StatementRef};
use crate::words::Text;

coded! {
    /// What an attachment is, as other programs call it.
    pub enum MediaType {
        /// A photo.
        Jpeg = "image/jpeg",
        /// A picture or a scan.
        Png = "image/png",
        /// A picture.
        Webp = "image/webp",
        /// A photo of some phones.
        Heic = "image/heic",
        /// A film.
        Mp4 = "video/mp4",
        /// A voice note.
        M4a = "audio/mp4",
        /// A voice note.
        Ogg = "audio/ogg",
        /// A scanned document.
        Pdf = "application/pdf",
        /// Anything else.
        Other = "application/octet-stream",
    }
}

/// The key that opens an attachment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AttachmentSecret([u8; 32]);

impl AttachmentSecret {
    /// The key with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes, for whoever opens the attachment.
    #[must_use]
    pub const fn secret_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for AttachmentSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AttachmentSecret(…)")
    }
}

/// Something sealed in parts: its name, and what opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedContent {
    /// The root of its parts.
    pub root: AttachmentRoot,
    /// Bytes of its parts, sealed.
    pub bytes: u64,
    /// What opens it.
    pub secret: AttachmentSecret,
}

/// Somebody attached something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The entry it belongs to. If left unset, the patrol as a whole.
    pub entry: Option<StatementRef>,
    /// What it is.
    pub media: MediaType,
    /// The whole of it.
    pub content: SealedContent,
    /// A small picture of it, which everybody fetches. If left unset, there is none.
    pub thumbnail: Option<SealedContent>,
    /// What is to be seen or heard.
    pub caption: Option<Text>,
    /// Whether place, device and the like were left in it on purpose.
    pub keeps_metadata: bool,
}

/// The device that says this has all of an attachment: from then on it does not hang on whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttachmentHeld {
    /// Which.
    pub root: AttachmentRoot,
}
