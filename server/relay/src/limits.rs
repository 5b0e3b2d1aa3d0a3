//! Every bound of the relay beside the protocol's, each with its reason.

use jasaq_protocol::limits::{
    ANSWER_BYTES_MAX, COMMIT_BYTES, FRAME_BYTES_MAX, FRONTIER_JOURNALS_MAX, REQUEST_BYTES_MAX,
    SATCHEL_BYTES_MAX,
};

/// Most journals one request is answered for. What comes of further ones is passed over: nothing was said about it, so
/// its device sends it again. One receipt can name as many.
pub const PUSHED_JOURNALS_MAX: usize = FRONTIER_JOURNALS_MAX;

/// Most envelopes of one request that are told as stored without sections which came. With the next one its journal waits.
pub const LACKING_TOLD_MAX: usize = 512;

/// Bytes of a request that are taken apart at once. Frames are cut from the front, so long pieces cost their square.
pub const PIECE_BYTES: usize = 16 * 1_024;

/// Bytes that are read of a file with certificates or a key: a chain has three of 2 KiB.
pub const CERTIFICATE_FILE_BYTES_MAX: u64 = 64 * 1_024;

/// From so many days before its end on, it is said each day that the certificate ends: a renewal is usually made thirty
/// days before, so by now something keeps it from being made.
pub const CERTIFICATE_DAYS_WARNED: i64 = 14;

/// Requests of one device at once, and as many waits; for a further one its oldest is told to come back. A device asks for
/// one thing at a time; beside it there may be what a broken link left behind, or a proxy repeats. So it takes hundreds of
/// hostile members, not one, to keep the others out.
pub const DEVICE_REQUESTS_MAX: usize = 4;

/// Connections to the metrics at once: one or two programs ask, a few times a minute.
pub const METRICS_CONNECTIONS_MAX: usize = 8;

/// Envelopes of a removed device beyond its removal that the relay keeps, of all its journals in all spaces of the territory.
/// A phone that did not know of its removal has recorded meanwhile: weeks of entries, which the devices show as held and a
/// head or SS may admit. Whoever writes on because he was removed fills no more than a megabyte.
pub const LATE_ENVELOPES_MAX: u64 = 256;

/// Envelopes of a closed space that are deleted in one step, and envelopes that sections are erased of, so that nobody waits for
/// more than a few megabytes of disk. Each request takes a step, and so does the relay's thread when nobody asks.
pub const ENVELOPES_CLEARED_AT_ONCE: usize = 1_024;

/// Parts of attachments that are deleted in one step: as many bytes.
pub const PARTS_CLEARED_AT_ONCE: u64 = 64;

/// Erased attachments that one step looks for. Most are no longer there, since after a start all are looked for again.
pub const ATTACHMENTS_CLEARED_AT_ONCE: usize = 1_024;

/// Bytes that a database grows by at most for the rows of one envelope, beside the envelope itself: eleven trees may each
/// need another page or two.
pub const ROW_BYTES_MAX: u64 = 32 * 4_096;

/// Bytes of one frame that says why an envelope was not stored.
const REFUSED_FRAME_BYTES: usize = 3 + 16 + 16 + 8 + 1;

/// Bytes of a run frame, which may stand before any envelope, and of the end.
pub(crate) const RUN_FRAME_BYTES: usize = 3 + 16 + 16 + 8;
/// Bytes before any frame's payload.
pub(crate) const FRAME_HEAD_BYTES: usize = 3;
/// Bytes of the last frame.
pub(crate) const END_FRAME_BYTES: usize = 3 + 1;
/// Bytes of the frame that opens a space.
pub(crate) const SPACE_FRAME_BYTES: usize = 3 + 16 + 8;

/// What the relay keeps at most. A quota that is reached refuses envelopes visibly; it deletes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotas {
    /// Bytes of one space. If left unset, what the longest satchel holds: a season of a squad with its tracks.
    pub space_bytes_max: u64,
    /// Bytes of one device over all its journals. If left unset, half a space, so that one device cannot fill one.
    pub device_bytes_max: u64,
    /// Bytes of the attachments of one space. If left unset, 8 GiB: two thousand photos or two hundred long videos.
    pub space_attachment_bytes_max: u64,
    /// Bytes of the attachments that one device began to bring. If left unset, a quarter of a space.
    pub device_attachment_bytes_max: u64,
    /// Bytes of the database file, of which the last [`ROW_BYTES_MAX`] may stay free. If left unset, 64 GiB: a disk has other
    /// duties than to be filled.
    pub database_bytes_max: u64,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            space_bytes_max: SATCHEL_BYTES_MAX,
            device_bytes_max: SATCHEL_BYTES_MAX / 2,
            space_attachment_bytes_max: 8 * 1_024 * 1_024 * 1_024,
            device_attachment_bytes_max: 2 * 1_024 * 1_024 * 1_024,
            database_bytes_max: 64 * 1_024 * 1_024 * 1_024,
        }
    }
}

const _: () = assert!(
    (PUSHED_JOURNALS_MAX + LACKING_TOLD_MAX) * REFUSED_FRAME_BYTES + FRAME_BYTES_MAX + END_FRAME_BYTES
        < ANSWER_BYTES_MAX / 2,
    "whatever is pushed, half of the answer is left for what the device asks for"
);
const _: () = assert!(PIECE_BYTES < COMMIT_BYTES, "a step is worth several pieces");
const _: () = assert!(COMMIT_BYTES < REQUEST_BYTES_MAX, "a request may take several steps");
