//! The link between a device and the relay, with the faults of the field.

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{Carrier, CarrierFailed};
use jasaq_relay::{Relay, SyncRefused};
use rand_chacha::ChaCha20Rng;
use rand_core::Rng as _;

/// How often what happens on a link, in percent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// The request never arrives.
    pub drop_request: u32,
    /// The request breaks off somewhere; the relay keeps what came whole.
    pub cut_request: u32,
    /// The relay does its work and the answer never arrives.
    pub drop_answer: u32,
    /// The answer breaks off somewhere.
    pub cut_answer: u32,
    /// The request arrives once more, at once.
    pub repeat_request: u32,
    /// The request arrives after later ones, when nobody waits for its answer any more.
    pub late_request: u32,
}

impl Faults {
    /// A link in the mountains.
    #[must_use]
    pub const fn storm() -> Self {
        Self {
            drop_request: 10,
            cut_request: 20,
            drop_answer: 15,
            cut_answer: 25,
            repeat_request: 15,
            late_request: 10,
        }
    }
}

/// One contact's link to a relay.
pub struct Link<'a> {
    /// The relay at the other end; none if it is down.
    pub relay: Option<&'a mut Relay>,
    /// What may go wrong.
    pub faults: Faults,
    /// Requests that are under way still.
    pub late: &'a mut Vec<Vec<u8>>,
    /// From what it is decided.
    pub chance: &'a mut ChaCha20Rng,
}

impl Link<'_> {
    fn happens(&mut self, percent: u32) -> bool {
        self.chance.next_u32() % 100 < percent
    }

    fn cut(&mut self, length: usize) -> usize {
        usize::try_from(self.chance.next_u64() % (length as u64 + 1)).unwrap()
    }
}

/// What the relay makes of a request that arrived so far: its answer, or why there is none.
fn serve(relay: &mut Relay, request: &[u8]) -> Result<Vec<u8>, CarrierFailed> {
    take(relay, request).map_err(|refused| match refused {
        SyncRefused::Replayed => CarrierFailed::Status(409),
        _ => CarrierFailed::Broken,
    })
}

fn take(relay: &mut Relay, request: &[u8]) -> Result<Vec<u8>, SyncRefused> {
    let mut taking = relay.begin();
    for piece in request.chunks(1_000) {
        taking.take(piece)?;
        if taking.is_full() {
            relay.commit(&mut taking)?;
        }
    }
    relay.commit(&mut taking)?;
    relay.finish(taking).map(|answer| answer.bytes)
}

impl Carrier for Link<'_> {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        self.relay.as_ref().map(|relay| relay.id()).ok_or(CarrierFailed::Unreachable)
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        let Faults { drop_request, cut_request, drop_answer, cut_answer, repeat_request, late_request } =
            self.faults;
        if self.happens(late_request) {
            self.late.push(request.to_owned());
            return Err(CarrierFailed::Unreachable);
        }
        if self.relay.is_none() || self.happens(drop_request) {
            return Err(CarrierFailed::Unreachable);
        }
        let sent = if self.happens(cut_request) { self.cut(request.len()) } else { request.len() };
        let repeated = self.happens(repeat_request);
        let relay = self.relay.as_mut().unwrap();
        let answered = serve(relay, &request[..sent]);
        if repeated {
            drop(serve(relay, request));
        }
        for late in self.late.drain(..) {
            drop(serve(relay, &late));
        }
        let bytes = answered?;
        if self.happens(drop_answer) {
            return Err(CarrierFailed::Broken);
        }
        let arrives = if self.happens(cut_answer) { self.cut(bytes.len()) } else { bytes.len() };
        for piece in bytes[..arrives].chunks(1_000) {
            answer(piece);
        }
        if arrives < bytes.len() { Err(CarrierFailed::Broken) } else { Ok(()) }
    }
}
