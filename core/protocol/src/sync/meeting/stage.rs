//! The stages of a meeting, as a person sees them.

use super::frame::Parting;
use crate::ids::DeviceId;

/// How far an exchange has come: in envelopes, and in bytes of attachments. They are counted once the other side holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// To be sent, as far as is known.
    pub to_send: u64,
    /// Of these, held by the other device.
    pub sent: u64,
    /// To be received, as far as the other device has said.
    pub to_receive: u64,
    /// Of these, those that have come.
    pub received: u64,
    /// Bytes of attachments to be sent, as far as the other device has asked.
    pub bytes_to_send: u64,
    /// Of these, held by the other device.
    pub bytes_sent: u64,
    /// Bytes of attachments to be received, as far as the other device has said.
    pub bytes_to_receive: u64,
    /// Of these, those that have come.
    pub bytes_received: u64,
}

impl Progress {
    pub(super) fn is_sent(&self) -> bool {
        self.sent == self.to_send && self.bytes_sent == self.bytes_to_send
    }

    pub(super) fn is_received(&self) -> bool {
        self.received >= self.to_receive && self.bytes_received >= self.bytes_to_receive
    }
}

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// *No phones nearby*: nobody who has the code has answered yet.
    Looking,
    /// *A phone found*: it has the code, and is proving itself or comparing what both hold.
    Found {
        /// Which device, once it has proven itself.
        peer: Option<DeviceId>,
    },
    /// *Sending 3 of 7*.
    Exchanging(Progress),
    /// *Done here, waiting for the other*.
    Waiting {
        /// What was exchanged so far.
        progress: Progress,
        /// Whether a person has to confirm the other device, or this one, first.
        for_a_person: bool,
    },
    /// *All have everything*.
    Even(Progress),
    /// The meeting ended otherwise. What was exchanged stands.
    Parted {
        /// Why.
        parting: Parting,
        /// Whether this device left.
        by_us: bool,
        /// What was exchanged.
        progress: Progress,
    },
}
