//! What a meeting did, for whoever shows it.

use crate::exchange::arrival::Accepted;

/// What a meeting did. Counts, no contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MeetingReport {
    /// Envelopes that came and were new here.
    pub new: usize,
    /// Envelopes that were held already.
    pub known: usize,
    /// Envelopes beside which another one is held, by a device and its clone: both are kept.
    pub forks: usize,
    /// Envelopes of a newer program. They are passed by.
    pub newer: usize,
    /// Envelopes that could not be kept: what is before them has not come, or they are none.
    pub not_kept: usize,
    /// Envelopes that the other device holds now and did not hold before.
    pub sent: u64,
    /// Envelopes that the other device said it holds, and that have not come.
    pub missing: u64,
    /// Attachments and thumbnails of which this device has everything now, and had not before.
    pub attachments: usize,
    /// Bytes of attachments that came and were kept.
    pub attachment_bytes_in: u64,
    /// Bytes of attachments that the other device holds now and did not hold before.
    pub attachment_bytes_out: u64,
    /// Bytes of attachments that the other device said it would give, and that have not come.
    pub attachment_bytes_missing: u64,
    /// Attachments for which there is no room on this device.
    pub no_room: usize,
    /// Bytes that came.
    pub bytes_in: u64,
    /// Bytes that went.
    pub bytes_out: u64,
    /// Whether both hold the same now.
    pub even: bool,
    /// Whether one of the two asked to be let in and has to wait for a person.
    pub waits: bool,
}

impl MeetingReport {
    pub(super) fn count(&mut self, accepted: Accepted) {
        *match accepted {
            Accepted::New => &mut self.new,
            Accepted::Known => &mut self.known,
            Accepted::Fork => &mut self.forks,
            Accepted::Newer => &mut self.newer,
            Accepted::Waiting | Accepted::Refused => &mut self.not_kept,
        } += 1;
    }

    /// Adds what a further meeting did; how it ended is the last one's to say.
    pub fn add(&mut self, other: &Self) {
        self.new += other.new;
        self.known += other.known;
        self.forks += other.forks;
        self.newer += other.newer;
        self.not_kept += other.not_kept;
        self.sent += other.sent;
        self.attachments += other.attachments;
        self.attachment_bytes_in += other.attachment_bytes_in;
        self.attachment_bytes_out += other.attachment_bytes_out;
        (self.attachment_bytes_missing, self.no_room) = (other.attachment_bytes_missing, other.no_room);
        self.bytes_in += other.bytes_in;
        self.bytes_out += other.bytes_out;
        (self.missing, self.even, self.waits) = (other.missing, other.even, other.waits);
    }
}
