//! Why something is not attached or not opened, in English.

use jasaq_protocol::limits::{ATTACHMENT_CONTENT_BYTES_MAX, THUMBNAIL_BYTES_MAX};

use super::super::AttachRefused;
use super::megabytes;
use crate::formats::MetadataRefused;

pub(super) fn sentence(refused: AttachRefused) -> String {
    let sentence = match refused {
        AttachRefused::Empty => "The file is empty: nothing was attached. Choose another file.",
        AttachRefused::TooLong => {
            let megabytes = usize::try_from(ATTACHMENT_CONTENT_BYTES_MAX).map_or(0, megabytes);
            return format!(
                "The file is larger than {megabytes} MB: it was NOT attached. Shorten the recording, or make \
                 several of it."
            );
        }
        AttachRefused::Metadata(MetadataRefused::Format) => {
            "From a file of this kind the place and the device cannot be taken out, so it was NOT \
                 attached. Attach a JPEG, PNG or WebP picture, an MP4, M4A or Opus recording; or say that \
                 these may stay in it, then every reader sees them."
        }
        AttachRefused::Metadata(MetadataRefused::Damaged) => {
            "The file is damaged: it does not go on as it begins, so it was NOT attached. Open it in \
                 another program and save it anew."
        }
        AttachRefused::Thumbnail => {
            let kilobytes = THUMBNAIL_BYTES_MAX / 1_024;
            return format!(
                "The small picture has more than {kilobytes} KB: nothing was attached. Make it smaller, or \
                 attach without it."
            );
        }
        AttachRefused::NoEntry => {
            "The patrol has no such entry on this device: nothing was attached. Choose the entry from the \
                 list; if it is on another device, exchange first."
        }
        AttachRefused::NoAttachment => {
            "There is no such attachment on this device. Choose it from the list; if it was made on \
                 another device, exchange first."
        }
        AttachRefused::NotHere => {
            "The attachment has not come whole yet. Ask for it and exchange with the relay; what has come \
                 stays, and it goes on from there."
        }
        AttachRefused::NowhereElse => {
            "This attachment is nowhere else, as far as is known here, so it was not erased. Exchange or meet \
                 first; if it is to be gone for good, say so."
        }
        AttachRefused::Erased => "The attachment was erased and does not come back.",
        AttachRefused::NoRoom => {
            "Attachments take all the room that they may have on this device: nothing was attached, \
                 everything recorded before stays. Exchange, then erase old attachments here."
        }
        AttachRefused::Key => {
            "What came is sealed with another key than its entry names, so it cannot be opened. Ask \
                 whoever attached it to attach it again."
        }
    };
    sentence.to_owned()
}
