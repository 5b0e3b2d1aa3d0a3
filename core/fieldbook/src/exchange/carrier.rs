//! A carrier: whoever takes a request to the relay and brings its answer. The core opens no socket.

use core::net::IpAddr;

use jasaq_protocol::attachment::PartHead;
use jasaq_protocol::ids::RelayId;

/// Why a carrier brought no answer, or not a whole one. Nothing is lost by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarrierFailed {
    /// Nobody answers at the address, or nobody does any more.
    #[error("nobody answers at the relay's address")]
    Unreachable,
    /// The address has a name that nobody knows here.
    #[error("the relay's name is not known here")]
    NoSuchHost,
    /// Who answers shows a certificate that does not hold. The request was not sent.
    #[error("the relay's certificate does not hold: {0}")]
    Certificate(CertificateFlaw),
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

/// Why a certificate does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFlaw {
    /// By this device's clock it has expired.
    #[error("it has expired")]
    Expired,
    /// By this device's clock it is not valid yet: most often the clock stands at its first day.
    #[error("it is not valid yet")]
    NotYetValid,
    /// It is of another host.
    #[error("it is of another host")]
    OtherHost,
    /// Nobody who is trusted here vouches for it.
    #[error("its authority is not known here")]
    UnknownAuthority,
    /// It is none, was revoked, or the two programs find no common way to speak.
    #[error("it cannot be used")]
    Unusable,
}

impl CertificateFlaw {
    /// Every flaw.
    pub const ALL: [Self; 5] =
        [Self::Expired, Self::NotYetValid, Self::OtherHost, Self::UnknownAuthority, Self::Unusable];
}

/// Whether a carrier would take requests to this address in clear text beyond this machine. Names but `localhost` may lead
/// anywhere, and an address that two programs may read in two ways is none of this machine's.
#[must_use]
pub fn is_cleartext(address: &str) -> bool {
    let has_scheme = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
    let is_odd = |character: char| character.is_control() || character.is_whitespace();
    if !has_scheme {
        return address.contains(is_odd);
    }
    let rest = address.get(5..).and_then(|rest| rest.strip_prefix("//")).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next(),
        None => authority.split(':').next(),
    };
    let is_loopback =
        |host: &str| host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    authority.contains(['@', '\\']) || !host.is_some_and(is_loopback)
}

/// A request about parts of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsRequest {
    /// The route, behind the relay's address.
    pub route: String,
    /// Who asks for what, signed.
    pub head: PartHead,
    /// The same in hex, for the header `jasaq-part`.
    pub hex: String,
    /// What is put there. If left unset, something is got from there.
    pub body: Option<Vec<u8>>,
}

/// Takes bytes to a relay and brings bytes back.
pub trait Carrier {
    /// Whether a person said, for this time, that requests may go in clear text beyond this machine.
    fn goes_in_clear(&self) -> bool {
        false
    }

    /// Asks who the relay at `address` is.
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed>;

    /// Posts `request` to the relay's `/v1/sync` and hands over the answer's bytes as they come, in pieces of any size.
    fn carry(
        &mut self,
        address: &str,
        request: &[u8],
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed>;

    /// Puts or gets parts of an attachment, and hands over the answer's bytes as they come. A carrier that takes none
    /// answers as a relay of an older program would.
    fn carry_parts(
        &mut self,
        address: &str,
        request: &PartsRequest,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        let (_, _, _) = (address, request, answer);
        Err(CarrierFailed::Status(404))
    }
}
