//! The way to the relay: HTTP over TLS, one blocking request at a time.
//!
//! Promises: an answer is handed on as it comes and never gathered whole; every wait and every size is bounded; nothing
//! goes in clear text beyond this machine unless that was asked for. Redirects are not followed: whoever redirects is a
//! captive portal, not a relay. Which relay answers is not decided here: its receipt shows it.

mod trust;

use std::io::Read as _;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use jasaq_fieldbook::protocol::ids::{InviteKey, RelayId};
use jasaq_fieldbook::{Carrier, CarrierFailed, PartsRequest, RelayWay, is_cleartext};
use ureq::config::Config;
use ureq::http::{Response, StatusCode, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};

use crate::failure::Failure;
use crate::limits::{
    ANSWER_BYTES_A_SECOND_MIN, ANSWER_BYTES_READ_MAX, CONNECT_TIME_MAX, CONTACT_TIME_MAX, HEALTH_BYTES_MAX,
    HEALTH_TIME_MAX, INVITE_BYTES_MAX, PARTS_BYTES_READ_MAX, PAUSE_TIME_MAX, PIECE_BYTES,
};
use crate::words::Message;

pub(crate) use trust::Authority;

const BYTES: &str = "application/octet-stream";

/// The header with the signed head of a request for parts.
const PART_HEAD: &str = "jasaq-part";

/// Where clear text may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cleartext {
    /// To this machine only.
    Loopback,
    /// Anywhere: somebody said so.
    Anywhere,
}

impl Cleartext {
    /// Checks an address before it is kept or used.
    pub(crate) fn check(self, address: &str) -> Result<(), Failure> {
        let uri: Uri = address.parse().map_err(|_| not_an_address())?;
        let host = uri.host().ok_or_else(not_an_address)?;
        // Nothing but a host and a port: a name and a password would stand in everything that shows the address.
        let port = uri.port_u16().filter(|port| *port > 0).map(|port| format!(":{port}"));
        let is_plain = uri
            .authority()
            .is_some_and(|whole| *whole == format!("{host}{}", port.unwrap_or_default()));
        let ends_there = uri.query().is_none() && !address.contains('#');
        match uri.scheme_str() {
            _ if !(is_plain && ends_there) => Err(not_an_address()),
            Some("https") => Ok(()),
            Some("http") if self == Self::Anywhere || !is_cleartext(address) => Ok(()),
            Some("http") => Err(Failure::usage("relay-cleartext")),
            _ => Err(not_an_address()),
        }
    }
}

fn not_an_address() -> Failure {
    Failure::usage(Message::new("relay-not-an-address"))
}

/// How the relay may be reached.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) cleartext: Cleartext,
    /// The authority that alone is trusted. If left unset, those of the system are.
    pub(crate) authority: Option<Authority>,
}

impl Way {
    /// To a relay on this machine, in clear text.
    pub(crate) const LOOPBACK: Self = Self { cleartext: Cleartext::Loopback, authority: None };

    /// The way that a person gave or had remembered. An authority that cannot be read any more is none: nobody is trusted in
    /// its place.
    pub(crate) fn of(way: &RelayWay) -> Self {
        let cleartext = if way.cleartext { Cleartext::Anywhere } else { Cleartext::Loopback };
        let authority = way.authority.as_deref();
        Self { cleartext, authority: authority.map(|pem| Authority::from_pem(pem).unwrap_or_default()) }
    }
}

/// Carries over HTTP.
#[derive(Debug)]
pub(crate) struct HttpCarrier {
    way: Way,
    agent: Option<Agent>,
    pause_time_max: Duration,
    progress: ProgressBar,
}

impl HttpCarrier {
    /// A carrier with connections of its own.
    pub(crate) fn new(way: Way) -> Self {
        Self { way, agent: None, pause_time_max: PAUSE_TIME_MAX, progress: ProgressBar::hidden() }
    }

    /// The same carrier, which moves a bar on by the bytes that go and come.
    pub(crate) fn drawing(self, progress: ProgressBar) -> Self {
        Self { progress, ..self }
    }

    /// The agent, which looks for the system's authorities only where somebody shows a certificate.
    fn agent(&mut self, address: &str) -> &Agent {
        let (way, pause) = (&self.way, self.pause_time_max);
        self.agent.get_or_insert_with(|| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .proxy(None)
                .timeout_resolve(Some(CONNECT_TIME_MAX))
                .timeout_connect(Some(CONNECT_TIME_MAX))
                .timeout_per_read(Some(pause))
                .timeout_per_write(Some(pause))
                .timeout_global(Some(CONTACT_TIME_MAX))
                // An idle contact is mostly headers, and which program asks is nobody's business.
                .user_agent("")
                .accept("");
            let config = if address.starts_with("https:") {
                config.tls_config(trust::tls_config(way.authority.as_ref()))
            } else {
                config
            };
            Agent::with_parts(config.build(), DefaultConnector::default(), Names::default())
        })
    }

    /// The full address of a route, if clear text may go there.
    fn route(&self, address: &str, route: &str) -> Result<String, CarrierFailed> {
        self.way.cleartext.check(address).map_err(|_| CarrierFailed::Unreachable)?;
        Ok(format!("{}{route}", address.trim_end_matches('/')))
    }
}

/// Looks names up as the system does. Whatever it says when it finds none, a person is told that the name is not known: each
/// system has other words for it.
#[derive(Debug, Default)]
struct Names(DefaultResolver);

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        self.0.resolve(uri, config, timeout).map_err(|error| match error {
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            error => error,
        })
    }
}

impl Carrier for HttpCarrier {
    fn goes_in_clear(&self) -> bool {
        self.way.cleartext == Cleartext::Anywhere
    }

    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed> {
        let route = self.route(address, "/v1/health")?;
        let asked = self
            .agent(address)
            .get(route)
            .config()
            .timeout_global(Some(HEALTH_TIME_MAX))
            .build()
            .call();
        let mut response = asked.map_err(|error| why(&error))?;
        check_status(&response)?;
        let mut text = String::new();
        let mut body = response.body_mut().as_reader().take(HEALTH_BYTES_MAX);
        body.read_to_string(&mut text).map_err(|_| CarrierFailed::NotARelay)?;
        read_identity(&text).ok_or(CarrierFailed::NotARelay)
    }

    fn carry(
        &mut self,
        address: &str,
        request: &[u8],
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        let route = self.route(address, "/v1/sync")?;
        let sent = self.agent(address).post(route).content_type(BYTES).send(request);
        let mut response = sent.map_err(|error| why(&error))?;
        self.progress.inc(request.len() as u64);
        self.read_answer(&mut response, ANSWER_BYTES_READ_MAX, answer)
    }

    fn carry_parts(
        &mut self,
        address: &str,
        request: &PartsRequest,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        let route = self.route(address, &request.route)?;
        let agent = self.agent(address);
        let asked = match &request.body {
            None => agent.get(route).header(PART_HEAD, &request.hex).call(),
            Some(body) => agent.put(route).header(PART_HEAD, &request.hex).content_type(BYTES).send(body),
        };
        let mut response = asked.map_err(|error| why(&error))?;
        self.progress.inc(request.body.as_ref().map_or(0, Vec::len) as u64);
        self.read_answer(&mut response, PARTS_BYTES_READ_MAX, answer)
    }
}

/// Whether what answers is a relay that gives what was asked for.
fn check_answer(response: &Response<Body>) -> Result<(), CarrierFailed> {
    check_status(response)?;
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_ours = kind.is_some_and(|kind| kind.as_bytes().starts_with(BYTES.as_bytes()));
    // No encoding was asked for: whoever gives one has changed the answer, or is no relay.
    let is_encoded = response.headers().contains_key(header::CONTENT_ENCODING);
    if is_ours && !is_encoded { Ok(()) } else { Err(CarrierFailed::NotARelay) }
}

impl HttpCarrier {
    /// What the relay at `address` knows of an invite's key, which stands in a header: addresses are written into logs.
    pub(crate) fn fetch_invite(&mut self, address: &str, key: &InviteKey) -> Result<Vec<u8>, CarrierFailed> {
        let route = self.route(address, "/v1/invite")?;
        let asked = self
            .agent(address)
            .get(route)
            .header("jasaq-invite", key.to_string())
            .config()
            .timeout_global(Some(HEALTH_TIME_MAX))
            .build()
            .call();
        let mut response = asked.map_err(|error| why(&error))?;
        check_status(&response)?;
        let mut terms = Vec::new();
        let mut body = response.body_mut().as_reader().take(INVITE_BYTES_MAX);
        body.read_to_end(&mut terms).map_err(|_| CarrierFailed::NotARelay)?;
        Ok(terms)
    }

    fn read_answer(
        &self,
        response: &mut Response<Body>,
        bytes_max: usize,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        check_answer(response)?;
        let mut body = response.body_mut().as_reader();
        let mut piece = vec![0; PIECE_BYTES];
        let mut bytes_read = 0;
        let began = now();
        loop {
            let length = body.read(&mut piece).map_err(|_| CarrierFailed::Broken)?;
            let Some(came) = piece.get(..length).filter(|came| !came.is_empty()) else { return Ok(()) };
            bytes_read += came.len();
            if bytes_read > bytes_max {
                return Err(CarrierFailed::NotARelay);
            }
            self.progress.inc(came.len() as u64);
            answer(came);
            let time_for_it = Duration::from_secs(bytes_read as u64 / ANSWER_BYTES_A_SECOND_MIN);
            if began.elapsed() > self.pause_time_max + time_for_it {
                return Err(CarrierFailed::Broken);
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge: the pace of a link is measured here")]
fn now() -> Instant {
    Instant::now()
}

fn check_status(response: &Response<Body>) -> Result<(), CarrierFailed> {
    match response.status() {
        StatusCode::OK => Ok(()),
        status if status.is_redirection() => Err(CarrierFailed::NotARelay),
        status => Err(CarrierFailed::Status(status.as_u16())),
    }
}

fn read_identity(text: &str) -> Option<RelayId> {
    let health: serde_json::Value = serde_json::from_str(text).ok()?;
    health.get("relay")?.as_str()?.parse().ok()
}

/// Which of the few things that a person can act on went wrong.
fn why(error: &ureq::Error) -> CarrierFailed {
    use std::io::ErrorKind as Kind;
    tracing::debug!(%error, "the carrier did not get through");
    if let Some(failed) = trust::why(error) {
        return failed;
    }
    match error {
        ureq::Error::HostNotFound => CarrierFailed::NoSuchHost,
        ureq::Error::ConnectionFailed
        | ureq::Error::BadUri(_)
        | ureq::Error::Http(_)
        | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => CarrierFailed::Unreachable,
        ureq::Error::Io(error) => match error.kind() {
            Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof => {
                CarrierFailed::Broken
            }
            Kind::InvalidData => CarrierFailed::NotARelay,
            _ => CarrierFailed::Unreachable,
        },
        ureq::Error::Protocol(_) => CarrierFailed::NotARelay,
        _ => CarrierFailed::Broken,
    }
}

#[cfg(test)]
mod tests;
