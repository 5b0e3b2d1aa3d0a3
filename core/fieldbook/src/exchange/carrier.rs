//! A carrier: whoever takes a request to the relay and brings its answer. The core opens no socket.

use jasaq_protocol::ids::RelayId;

/// Why a carrier brought no answer, or not a whole one. Nothing is lost by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarrierFailed {
    /// Nobody answers at the address.
    #[error("nobody answers at the relay's address")]
    Unreachable,
    /// Somebody answered with this HTTP status instead of an answer.
    #[error("the relay answered with status {0}")]
    Status(u16),
    /// The connection broke. What came before was handed over.
    #[error("the connection broke")]
    Broken,
    /// What answered is not a relay: a captive portal, a proxy's page.
    #[error("what answers there is not a relay")]
    NotARelay,
}

/// Takes bytes to a relay and brings bytes back.
pub trait Carrier {
    /// Asks who the relay at `address` is.
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed>;

    /// Posts `request` to the relay's `/v1/sync` and hands over the answer's bytes as they come, in pieces of any size.
    fn carry(
        &mut self,
        address: &str,
        request: &[u8],
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed>;
}
