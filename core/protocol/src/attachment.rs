//! Attachments: what is too large for an envelope, a photo or a voice note, travels beside the journals, in sealed parts.
//!
//! ```text
//! content ──64 KiB less a tag each──► sealed parts ──BLAKE3 over all of them──► name: root and length
//!                                         └─ 4 KiB steps, each checked against the root as it comes
//! ```
//!
//! A statement names the attachment and holds its key. Whoever has the name can check every step, and so carry parts for
//! others; whoever has the key opens them. The key of each part follows from the attachment's key, its length and the
//! part's number, so that parts cannot be swapped, left out or put elsewhere.
//!
//! Promises: a [`Run`] holds bytes of exactly this attachment, at exactly this place; what was cut goes on behind
//! the last step that came. Refuses: a step that is not the name's, before anything of it is kept.

mod asking;
mod name;
mod sealing;
mod stream;
mod tree;

pub use asking::{PartAnswer, PartHead, PartStanding, PartVerb};
pub use name::AttachmentName;
pub use sealing::{
    AttachmentKey, AttachmentRefused, SealedAttachment, SealedPart, open_part, seal_attachment,
};
pub use stream::{NotOfThisName, PartsReader, Run};

#[cfg(test)]
mod tests;
