//! The way to the relay: HTTP, one blocking request at a time.
//!
//! Promises: an answer is handed on as it comes and never gathered whole; every wait and every size is bounded; nothing
//! goes in clear text beyond this machine unless that was asked for. Redirects are not followed: whoever redirects is a
//! captive portal, not a relay.

use std::io::Read as _;
use std::net::IpAddr;

use indicatif::ProgressBar;
use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{Carrier, CarrierFailed};
use ureq::http::{Response, StatusCode, Uri, header};
use ureq::{Agent, Body};

use crate::failure::Failure;
use crate::limits::{
    ANSWER_BYTES_READ_MAX, CONNECT_TIME_MAX, CONTACT_TIME_MAX, HEALTH_BYTES_MAX, HEALTH_TIME_MAX,
    PAUSE_TIME_MAX, PIECE_BYTES,
};
use crate::words::Message;

const BYTES: &str = "application/octet-stream";

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
        match uri.scheme_str() {
            Some("https") => Err(Failure::usage("relay-tls-later")),
            Some("http") if uri.query().is_some() => Err(not_an_address()),
            Some("http") if self == Self::Anywhere || is_loopback(host) => Ok(()),
            Some("http") => Err(Failure::usage("relay-cleartext")),
            _ => Err(not_an_address()),
        }
    }
}

fn not_an_address() -> Failure {
    Failure::usage(Message::new("relay-not-an-address"))
}

/// Whether a host is this machine, by its own words: names but `localhost` may lead anywhere.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Carries over HTTP.
#[derive(Debug)]
pub(crate) struct HttpCarrier {
    agent: Agent,
    cleartext: Cleartext,
    progress: ProgressBar,
}

impl HttpCarrier {
    /// A carrier with connections of its own.
    pub(crate) fn new(cleartext: Cleartext) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_resolve(Some(CONNECT_TIME_MAX))
            .timeout_connect(Some(CONNECT_TIME_MAX))
            .timeout_per_read(Some(PAUSE_TIME_MAX))
            .timeout_per_write(Some(PAUSE_TIME_MAX))
            .timeout_global(Some(CONTACT_TIME_MAX))
            .user_agent(concat!("jasaq/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.new_agent(), cleartext, progress: ProgressBar::hidden() }
    }

    /// The same carrier, which moves a bar on by the bytes that go and come.
    pub(crate) fn drawing(self, progress: ProgressBar) -> Self {
        Self { progress, ..self }
    }

    /// The full address of a route, if clear text may go there.
    fn route(&self, address: &str, route: &str) -> Result<String, CarrierFailed> {
        self.cleartext.check(address).map_err(|_| CarrierFailed::Unreachable)?;
        Ok(format!("{}{route}", address.trim_end_matches('/')))
    }
}

impl Carrier for HttpCarrier {
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed> {
        let route = self.route(address, "/v1/health")?;
        let asked = self
            .agent
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
        let sent = self.agent.post(route).content_type(BYTES).send(request);
        let mut response = sent.map_err(|error| why(&error))?;
        self.progress.inc(request.len() as u64);
        check_status(&response)?;
        let kind = response.headers().get(header::CONTENT_TYPE);
        if kind.is_none_or(|kind| !kind.as_bytes().starts_with(BYTES.as_bytes())) {
            return Err(CarrierFailed::NotARelay);
        }
        self.read_answer(&mut response, answer)
    }
}

impl HttpCarrier {
    fn read_answer(
        &self,
        response: &mut Response<Body>,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        let mut body = response.body_mut().as_reader();
        let mut piece = vec![0; PIECE_BYTES];
        let mut bytes_read = 0;
        loop {
            let length = body.read(&mut piece).map_err(|_| CarrierFailed::Broken)?;
            let Some(came) = piece.get(..length).filter(|came| !came.is_empty()) else { return Ok(()) };
            bytes_read += came.len();
            if bytes_read > ANSWER_BYTES_READ_MAX {
                return Err(CarrierFailed::NotARelay);
            }
            self.progress.inc(came.len() as u64);
            answer(came);
        }
    }
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
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
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
mod tests {
    use super::*;

    #[test]
    fn clear_text_stays_on_this_machine_unless_somebody_says_otherwise() {
        for address in ["http://127.0.0.1:7340", "http://localhost:7340", "http://[::1]:7340/"] {
            assert!(Cleartext::Loopback.check(address).is_ok(), "{address}");
        }
        for address in ["http://10.0.0.5:7340", "http://relay.example", "http://127.0.0.1.example"] {
            assert!(Cleartext::Loopback.check(address).is_err(), "{address}");
            assert!(Cleartext::Anywhere.check(address).is_ok(), "{address}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_relay_is_refused() {
        for address in
            ["", "127.0.0.1:7340", "https://relay.example", "ftp://127.0.0.1", "http://127.0.0.1/?a"]
        {
            assert!(Cleartext::Anywhere.check(address).is_err(), "{address}");
        }
    }

    #[test]
    fn an_identity_is_read_from_health_and_from_nothing_else() {
        let identity = "ab".repeat(32);
        let health = format!(r#"{{"status":"ok","relay":"{identity}"}}"#);
        assert_eq!(read_identity(&health).map(|relay| relay.to_string()), Some(identity));
        for other in ["", "<html>", "{}", r#"{"relay":"ab"}"#, r#"{"relay":7}"#] {
            assert_eq!(read_identity(other), None, "{other}");
        }
    }
}
