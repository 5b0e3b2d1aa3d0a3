//! One contact with a relay, from both ends, as state machines without I/O.
//!
//! ```text
//! Contact (device)        waiting for the receipt ──receipt──► taking what it says ──End──► ended
//!                                     └──closed before End──► broken: what arrived is kept, the rest comes next time
//! RequestReader (relay)   waiting for the head ──head──► taking envelopes ──End──► ended
//! ```

use super::frame::{Frame, FrameReader, Places, Refusal};
use super::head::Head;
use crate::bytes::Malformed;
use crate::ids::{DeviceId, Place, RelayId, SpaceId};
use crate::journal::Frontier;

/// What happened to a contact.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// Bytes of the answer, as many as came.
    Bytes(&'a [u8]),
    /// Nothing more will come.
    Closed,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Effect {
    /// The relay has shown that it is the one we know, and says that it stored this. Comes before every other effect.
    Stored(Frontier),
    /// An envelope came. It proves nothing yet.
    Arrived(Arrived),
    /// The relay did not store the envelope at this place.
    Refused(Place, Refusal),
    /// The relay lost the past it had shown; it holds this.
    Rewound(SpaceId, Frontier),
    /// The answer is complete.
    Ended {
        /// Whether there is more to ask for.
        more: bool,
    },
}

/// An envelope as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Where it says it stands.
    pub place: Place,
    /// Its number at the relay, within the space whose numbers run.
    pub number: Option<(SpaceId, u64)>,
    /// Its wire form, undecoded.
    pub wire: Vec<u8>,
}

/// Why an answer cannot be read further. What came before counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContactBroken {
    /// It is not an answer of a relay, or damaged.
    #[error("the answer is not a relay's: {0}")]
    Garbage(Malformed),
    /// It ended before its end.
    #[error("the answer broke off")]
    Cut,
    /// It does not begin with a receipt that the relay we know signed for this request: somebody else answers.
    #[error("what answers does not show that it is the known relay")]
    Receipt,
    /// It is written in a version that this program does not know.
    #[error("the answer is of a newer version")]
    Newer,
}

impl From<Malformed> for ContactBroken {
    fn from(malformed: Malformed) -> Self {
        if malformed == Malformed::Newer { Self::Newer } else { Self::Garbage(malformed) }
    }
}

/// The device's end.
///
/// Believes nothing before the receipt: only the relay's identity key can have signed it for this device and counter.
#[derive(Debug)]
pub struct Contact {
    relay: RelayId,
    device: DeviceId,
    counter: u64,
    frames: FrameReader,
    places: Places,
    numbers: Option<(SpaceId, u64)>,
    proven: bool,
}

impl Contact {
    /// Waits for the answer to the request that `head` opened.
    #[must_use]
    pub fn new(relay: RelayId, head: &Head) -> Self {
        Self::of_request(relay, head.device(), head.counter())
    }

    /// Waits for the answer to the request that `device` sent with this counter, perhaps long ago.
    #[must_use]
    pub fn of_request(relay: RelayId, device: DeviceId, counter: u64) -> Self {
        Self {
            relay,
            device,
            counter,
            frames: FrameReader::new(),
            places: Places::default(),
            numbers: None,
            proven: false,
        }
    }

    /// Whether the relay's receipt has come. Before that, nothing shows that a relay answers at all.
    #[must_use]
    pub const fn is_proven(&self) -> bool {
        self.proven
    }

    /// One step. Effects that were returned stand, also if a later step says that the contact broke.
    pub fn handle(&mut self, event: Event<'_>) -> (Vec<Effect>, Result<(), ContactBroken>) {
        let mut effects = Vec::new();
        let outcome = match event {
            Event::Bytes(bytes) => {
                self.frames.push(bytes);
                self.read_frames(&mut effects)
            }
            Event::Closed if self.frames.is_ended() => Ok(()),
            Event::Closed => Err(ContactBroken::Cut),
        };
        (effects, outcome)
    }

    fn read_frames(&mut self, effects: &mut Vec<Effect>) -> Result<(), ContactBroken> {
        while let Some(frame) = self.frames.read()? {
            if let Some(effect) = self.take(frame)? {
                effects.push(effect);
            }
        }
        Ok(())
    }

    fn take(&mut self, frame: Frame) -> Result<Option<Effect>, ContactBroken> {
        Ok(match frame {
            // Steps travel in satchels; elsewhere they are as to a program that does not know them.
            Frame::Unknown(_) | Frame::Steps { .. } => None,
            Frame::Receipt(receipt) if !self.proven => {
                let stored = receipt.verify(&self.relay, &self.device, self.counter);
                let stored = stored.map_err(|_| ContactBroken::Receipt)?.clone();
                self.proven = true;
                Some(Effect::Stored(stored))
            }
            _ if !self.proven => return Err(ContactBroken::Receipt),
            Frame::Run(place) => {
                self.places.run(place);
                None
            }
            Frame::Envelope(wire) => {
                let place = self.places.next()?;
                if let Some((space, number)) = &mut self.numbers {
                    if *space != place.space {
                        return Err(Malformed::Value.into());
                    }
                    *number = number.checked_add(1).ok_or(Malformed::Value)?;
                }
                Some(Effect::Arrived(Arrived { place, number: self.numbers, wire }))
            }
            Frame::Space { space, after } => {
                self.numbers = Some((space, after));
                None
            }
            Frame::Refused { place, reason } => Some(Effect::Refused(place, reason)),
            Frame::Rewound { space, held } => Some(Effect::Rewound(space, held)),
            Frame::End { more } => Some(Effect::Ended { more }),
            Frame::Head(_) | Frame::Receipt(_) | Frame::Room(_) => return Err(Malformed::Value.into()),
        })
    }
}

/// What the relay reads out of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum RequestEffect {
    /// Who asks; its signature is checked.
    Head(Head),
    /// The answer had better be no longer than this, in bytes.
    Room(u64),
    /// An envelope was pushed. It proves nothing yet.
    Pushed(Place, Vec<u8>),
    /// The request is complete.
    Ended,
}

/// The relay's end.
#[derive(Debug)]
pub struct RequestReader {
    relay: RelayId,
    frames: FrameReader,
    places: Places,
    headed: bool,
}

impl RequestReader {
    /// Waits for a head that is signed for this relay.
    #[must_use]
    pub fn new(relay: RelayId) -> Self {
        Self { relay, frames: FrameReader::new(), places: Places::default(), headed: false }
    }

    /// Takes bytes of the request. The head comes first or nothing does.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<RequestEffect>, Malformed> {
        self.frames.push(bytes);
        let mut effects = Vec::new();
        while let Some(frame) = self.frames.read()? {
            match frame {
                Frame::Head(head) if !self.headed => {
                    head.verify(&self.relay).map_err(|_| Malformed::Value)?;
                    self.headed = true;
                    effects.push(RequestEffect::Head(head));
                }
                Frame::Room(bytes) if self.headed => effects.push(RequestEffect::Room(bytes)),
                Frame::Run(place) if self.headed => self.places.run(place),
                // An empty one stands for what a request brought, so it is of answers alone.
                Frame::Envelope(wire) if self.headed && !wire.is_empty() => {
                    effects.push(RequestEffect::Pushed(self.places.next()?, wire));
                }
                Frame::End { .. } if self.headed => effects.push(RequestEffect::Ended),
                Frame::Unknown(_) | Frame::Steps { .. } if self.headed => {}
                _ => return Err(Malformed::Value),
            }
        }
        Ok(effects)
    }
}

#[cfg(test)]
mod tests;
