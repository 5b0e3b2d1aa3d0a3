//! The carrier: the host's own network. The core opens no socket, and neither does this crate.

use std::sync::Arc;

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{
    Carrier as CoreCarrier, CarrierFailed as CoreFailed, CertificateFlaw, ContactReport, PartsRequest,
};

use crate::limits::{ANSWER_BYTES_READ_MAX, PARTS_BYTES_READ_MAX, PIECE_BYTES};

/// Takes bytes to a relay and brings bytes back. Written by the host over whatever it has: HTTPS, a proxy, a test.
#[uniffi::export(with_foreign)]
pub trait Carrier: Send + Sync {
    /// Asks `GET {address}/v1/health` and returns what stands there under `relay`.
    fn fetch_identity(&self, address: String) -> Result<String, CarrierFailed>;

    /// Posts the request to `{address}/v1/sync` and reads at most so many bytes of the answer. When the connection breaks
    /// midway, what came is returned and said not to be whole: then even a link that breaks every few kilobytes gets on.
    fn carry(
        &self,
        address: String,
        request: Vec<u8>,
        answer_bytes_max: u32,
    ) -> Result<NewAnswer, CarrierFailed>;

    /// Asks `{address}{route}` with the header `jasaq-part`, by PUT if there is a body and by GET if there is none, and reads at
    /// most so many bytes of the answer, as far as they come.
    fn carry_parts(
        &self,
        address: String,
        request: PartsRequestView,
        answer_bytes_max: u32,
    ) -> Result<NewAnswer, CarrierFailed>;
}

/// A request about parts of an attachment.
#[derive(uniffi::Record)]
pub struct PartsRequestView {
    /// The route, behind the relay's address.
    pub route: String,
    /// What stands in the header `jasaq-part`.
    pub part: String,
    /// What is put there. If left unset, something is got from there.
    pub body: Option<Vec<u8>>,
}

/// What a carrier brought.
#[derive(uniffi::Record)]
pub struct NewAnswer {
    /// The bytes, as far as they came.
    pub bytes: Vec<u8>,
    /// Whether the connection lasted until the answer's end.
    pub is_whole: bool,
}

/// Why a certificate does not hold. A phone whose clock stands at its first day finds every certificate not yet valid.
#[uniffi::remote(Enum)]
pub enum CertificateFlaw {
    /// By this device's clock it has expired.
    Expired,
    /// By this device's clock it is not valid yet.
    NotYetValid,
    /// It is of another host.
    OtherHost,
    /// Nobody who is trusted here vouches for it.
    UnknownAuthority,
    /// It is none, was revoked, or the two programs find no common way to speak.
    Unusable,
}

/// Why a carrier brought no answer. Nothing is lost by it.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum CarrierFailed {
    /// Nobody answers at the address.
    #[error("nobody answers at the relay's address")]
    Unreachable,
    /// The address has a name that nobody knows here.
    #[error("the relay's name is not known here")]
    NoSuchHost,
    /// Who answers shows a certificate that does not hold.
    #[error("the relay's certificate does not hold: {flaw}")]
    Certificate {
        /// Why not, as far as the host knows.
        flaw: CertificateFlaw,
    },
    /// Somebody answered with another HTTP status than 200.
    #[error("the relay answered with status {code}")]
    Status {
        /// The status.
        code: u16,
    },
    /// The connection broke before anything came. Also what becomes of an exception that the host did not expect.
    #[error("the connection broke")]
    Broken,
    /// What answered is not a relay: a captive portal, a proxy's page.
    #[error("what answers there is not a relay")]
    NotARelay,
}

/// An exception of the host's. Its text is not taken over: nobody knows what it holds.
impl From<uniffi::UnexpectedUniFFICallbackError> for CarrierFailed {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Broken
    }
}

impl From<CarrierFailed> for CoreFailed {
    fn from(failed: CarrierFailed) -> Self {
        match failed {
            CarrierFailed::Unreachable => Self::Unreachable,
            CarrierFailed::NoSuchHost => Self::NoSuchHost,
            CarrierFailed::Certificate { flaw } => Self::Certificate(flaw),
            CarrierFailed::Status { code } => Self::Status(code),
            CarrierFailed::Broken => Self::Broken,
            CarrierFailed::NotARelay => Self::NotARelay,
        }
    }
}

/// The host's carrier as the core knows one.
pub(crate) struct LentCarrier(pub(crate) Arc<dyn Carrier>);

impl CoreCarrier for LentCarrier {
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CoreFailed> {
        let identity = self.0.fetch_identity(address.to_owned())?;
        identity.parse().map_err(|_| CoreFailed::NotARelay)
    }

    fn carry(
        &mut self,
        address: &str,
        request: &[u8],
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CoreFailed> {
        hand_on(&self.0.carry(address.to_owned(), request.to_vec(), ANSWER_BYTES_READ_MAX)?, answer)
    }

    fn carry_parts(
        &mut self,
        address: &str,
        request: &PartsRequest,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CoreFailed> {
        let PartsRequest { route, hex, body, .. } = request.clone();
        let request = PartsRequestView { route, part: hex, body };
        hand_on(&self.0.carry_parts(address.to_owned(), request, PARTS_BYTES_READ_MAX)?, answer)
    }
}

fn hand_on(brought: &NewAnswer, answer: &mut dyn FnMut(&[u8])) -> Result<(), CoreFailed> {
    brought.bytes.chunks(PIECE_BYTES).for_each(answer);
    if brought.is_whole { Ok(()) } else { Err(CoreFailed::Broken) }
}

/// What a contact did. Counts, no contents.
#[derive(uniffi::Record)]
pub struct ContactView {
    /// Requests made.
    pub requests: u64,
    /// Bytes of the requests' bodies.
    pub bytes_up: u64,
    /// Bytes of the answers' bodies.
    pub bytes_down: u64,
    /// Envelopes pushed, whoever wrote them.
    pub pushed: u64,
    /// Envelopes that were new here.
    pub received: u64,
    /// Envelopes that were held already.
    pub known: u64,
    /// Envelopes that could not be kept.
    pub not_kept: u64,
    /// Envelopes of a newer program: they come again once this one is renewed.
    pub newer: u64,
    /// Envelopes that the relay did not store. They stay in the outbox.
    pub refused: u64,
    /// Spaces whose past the relay had lost; they go up again.
    pub rewound: u64,
    /// Whether there is more to fetch or to push.
    pub more: bool,
}

impl From<ContactReport> for ContactView {
    fn from(report: ContactReport) -> Self {
        Self {
            requests: report.requests as u64,
            bytes_up: report.bytes_up,
            bytes_down: report.bytes_down,
            pushed: report.pushed as u64,
            received: report.received as u64,
            known: report.known as u64,
            not_kept: report.not_kept as u64,
            newer: report.newer as u64,
            refused: report.refused.values().map(|count| *count as u64).sum(),
            rewound: report.rewound as u64,
            more: report.more,
        }
    }
}
