//! The link between a device and the relay, with the faults of the field.

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{Carrier, CarrierFailed, PartsRequest};
use jasaq_relay::{Relay, SyncRefused, Taking, WatchRefused};
use rand_chacha::ChaCha20Rng;
use rand_core::Rng as _;

use crate::lying::{Lie, told_otherwise};
use crate::tally::Tally;

/// Most requests that are under way at once: a network keeps no more.
const LATE_MAX: usize = 8;

/// How often what happens on a link, in percent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
    /// The relay dies somewhere in the request: before one of its commits, or after one.
    pub kill_relay: u32,
    /// The answer's bytes come twice.
    pub repeat_answer: u32,
    /// The relay lies in its answer, one way or another.
    pub lie: u32,
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
            kill_relay: 0,
            repeat_answer: 0,
            lie: 0,
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
    /// What went wrong.
    pub tally: &'a mut Tally,
    /// Whether the relay died in this contact: whoever keeps it starts it again from its file.
    pub relay_died: bool,
}

impl Link<'_> {
    fn happens(&mut self, percent: u32, what: &'static str) -> bool {
        let happens = self.chance.next_u32() % 100 < percent;
        if happens {
            self.tally.note(what);
        }
        happens
    }

    fn cut(&mut self, length: usize) -> usize {
        usize::try_from(self.chance.next_u64() % (length as u64 + 1)).unwrap()
    }

    /// The relay dies before the commit of this number, or after the one before, which comes to the same on its disk but
    /// not in what it had said.
    fn killed_at(&mut self) -> Option<u32> {
        self.happens(self.faults.kill_relay, "relay killed at a commit")
            .then(|| self.chance.next_u32() % 3)
    }
}

/// What the device hears of a refusal.
fn why_failed(refused: Option<&SyncRefused>, is_whole: bool) -> CarrierFailed {
    match refused {
        Some(SyncRefused::Replayed) => CarrierFailed::Status(409),
        Some(SyncRefused::Garbage(_)) if is_whole => CarrierFailed::Status(400),
        Some(SyncRefused::Storage(_)) => CarrierFailed::Status(507),
        _ => CarrierFailed::Broken,
    }
}

/// Takes a request as the server does: a commit whenever input would block. Refuses with nothing if it is killed there.
fn take(relay: &mut Relay, request: &[u8], mut lives: Option<u32>) -> Result<Vec<u8>, Option<SyncRefused>> {
    let mut commit = |relay: &mut Relay, taking: &mut Taking| {
        if lives == Some(0) {
            return Err(None);
        }
        lives = lives.map(|lives| lives - 1);
        relay.commit(taking).map_err(Some)
    };
    let mut taking = relay.begin();
    for piece in request.chunks(1_000) {
        taking.take(piece).map_err(Some)?;
        commit(relay, &mut taking)?;
    }
    commit(relay, &mut taking)?;
    relay.finish(taking).map(|answer| answer.bytes).map_err(Some)
}

impl Carrier for Link<'_> {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        self.relay.as_ref().map(|relay| relay.id()).ok_or(CarrierFailed::Unreachable)
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        let bytes = self.ask(request)?;
        if self.happens(self.faults.drop_answer, "answer lost after the relay's commit") {
            return Err(CarrierFailed::Broken);
        }
        let is_cut = self.happens(self.faults.cut_answer, "answer cut");
        let arrives = if is_cut { self.cut(bytes.len()) } else { bytes.len() };
        for piece in bytes[..arrives].chunks(1_000) {
            answer(piece);
        }
        if arrives < bytes.len() {
            return Err(CarrierFailed::Broken);
        }
        if self.happens(self.faults.repeat_answer, "answer came twice") {
            answer(&bytes);
        }
        Ok(())
    }

    fn carry_parts(
        &mut self,
        _: &str,
        request: &PartsRequest,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        if self.relay.is_none() || self.happens(self.faults.drop_request, "request for parts lost") {
            return Err(CarrierFailed::Unreachable);
        }
        let is_cut = self.happens(self.faults.cut_request, "parts cut on their way up");
        let bytes = match &request.body {
            Some(body) => {
                let sent = if is_cut { self.cut(body.len()) } else { body.len() };
                let brought = bring(self.relay.as_mut().unwrap(), request, &body[..sent]);
                if sent < body.len() {
                    return Err(CarrierFailed::Broken);
                }
                brought
            }
            None => self.relay.as_mut().unwrap().give_parts(&request.head).map(|given| given.bytes),
        };
        let bytes = bytes.map_err(|refused| why_not_given(&refused))?;
        if self.happens(self.faults.drop_answer, "answer about parts lost") {
            return Err(CarrierFailed::Broken);
        }
        let is_cut = self.happens(self.faults.cut_answer, "parts cut on their way down");
        let arrives = if is_cut { self.cut(bytes.len()) } else { bytes.len() };
        for piece in bytes[..arrives].chunks(5_000) {
            answer(piece);
        }
        if arrives < bytes.len() { Err(CarrierFailed::Broken) } else { Ok(()) }
    }
}

/// Takes parts as the server does: what came whole before a break is stored.
fn bring(relay: &mut Relay, request: &PartsRequest, body: &[u8]) -> Result<Vec<u8>, WatchRefused> {
    let mut bringing = relay.begin_parts(request.head.clone())?;
    for piece in body.chunks(5_000) {
        if bringing.is_open() {
            bringing.take(piece)?;
            relay.store_parts(&mut bringing)?;
        }
    }
    Ok(relay.finish_parts(bringing)?)
}

fn why_not_given(refused: &WatchRefused) -> CarrierFailed {
    match refused {
        WatchRefused::Unknown | WatchRefused::Removed => CarrierFailed::Status(403),
        WatchRefused::Sync(refused) => why_failed(Some(refused), true),
    }
}

impl Link<'_> {
    fn perhaps_lied(&mut self, answer: Vec<u8>) -> Vec<u8> {
        // No draw where nobody lies: kept seeds stay what they were.
        if self.faults.lie == 0 || self.chance.next_u32() % 100 >= self.faults.lie {
            return answer;
        }
        let (lie, what) = Lie::ALL[self.cut(Lie::ALL.len() - 1)];
        self.tally.note(what);
        told_otherwise(&answer, lie)
    }

    /// Brings a request to the relay, as far as it goes, and what the relay answers to it.
    pub fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>, CarrierFailed> {
        if self.late.len() < LATE_MAX && self.happens(self.faults.late_request, "request came late") {
            self.late.push(request.to_owned());
            return Err(CarrierFailed::Unreachable);
        }
        if self.relay.is_none() || self.happens(self.faults.drop_request, "request lost") {
            return Err(CarrierFailed::Unreachable);
        }
        let is_cut = self.happens(self.faults.cut_request, "request cut");
        let sent = if is_cut { self.cut(request.len()) } else { request.len() };
        let repeated = self.happens(self.faults.repeat_request, "request came twice");
        let killed_at = self.killed_at();
        let relay = self.relay.as_mut().unwrap();
        let answered = take(relay, &request[..sent], killed_at);
        if matches!(answered, Err(None)) {
            self.relay_died = true;
            return Err(CarrierFailed::Broken);
        }
        // What comes later is answered to nobody.
        if repeated {
            drop(take(relay, request, None));
        }
        for late in self.late.drain(..) {
            drop(take(relay, &late, None));
        }
        let answer = answered.map_err(|refused| why_failed(refused.as_ref(), sent == request.len()))?;
        Ok(self.perhaps_lied(answer))
    }
}
