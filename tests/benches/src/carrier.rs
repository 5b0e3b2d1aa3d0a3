//! The way to the relay: HTTP over a socket, as the program carries it, and the long wait of a device that is online.

use std::fmt::Write as _;
use std::io::Read as _;
use std::time::Duration;

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{Carrier, CarrierFailed};
use ureq::Agent;

const BYTES: &str = "application/octet-stream";
/// The bytes that the program hands on at once.
const PIECE_BYTES: usize = 16 * 1_024;
/// Longer than any link of the bench takes for one answer.
const TIME_MAX: Duration = Duration::from_mins(30);

/// Carries over connections of its own: a new carrier is a new connection, one that is kept goes on using it.
#[derive(Debug)]
pub struct HttpCarrier {
    agent: Agent,
    /// Where the link to the relay begins.
    link: String,
}

impl HttpCarrier {
    /// With no connection yet. The bench puts links of its own before a relay, so whatever address a device knows, it is
    /// this one that is called.
    pub fn over(link: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(TIME_MAX))
            // As the program has it: both lines are left out.
            .user_agent("")
            .accept("")
            .build();
        Self { agent: config.new_agent(), link: link.to_owned() }
    }

    /// Waits until the relay has news for whoever signed the head that opens this request. Says whether it has.
    pub fn wait(&self, request: &[u8]) -> bool {
        let (start, rest) = request.split_at(3);
        let length = usize::from(u16::from_be_bytes([start[1], start[2]]));
        let mut head = String::new();
        for byte in &rest[..length] {
            write!(head, "{byte:02x}").expect("a text takes everything");
        }
        let asked = self
            .agent
            .get(format!("{}/v1/wait", self.link))
            .header("jasaq-head", head)
            .call();
        asked.expect("the relay lets this device wait").status() == 200
    }
}

impl Carrier for HttpCarrier {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        let asked = self.agent.get(format!("{}/v1/health", self.link)).call();
        let mut response = asked.map_err(|_| CarrierFailed::Unreachable)?;
        let text = response.body_mut().read_to_string().map_err(|_| CarrierFailed::Broken)?;
        let health: serde_json::Value = serde_json::from_str(&text).map_err(|_| CarrierFailed::NotARelay)?;
        let relay = health["relay"].as_str().and_then(|relay| relay.parse().ok());
        relay.ok_or(CarrierFailed::NotARelay)
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        let sent = self
            .agent
            .post(format!("{}/v1/sync", self.link))
            .content_type(BYTES)
            .send(request);
        let mut response = sent.map_err(|_| CarrierFailed::Broken)?;
        if response.status() != 200 {
            return Err(CarrierFailed::Status(response.status().as_u16()));
        }
        let mut body = response.body_mut().as_reader();
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match body.read(&mut piece).map_err(|_| CarrierFailed::Broken)? {
                0 => return Ok(()),
                length => answer(&piece[..length]),
            }
        }
    }
}
