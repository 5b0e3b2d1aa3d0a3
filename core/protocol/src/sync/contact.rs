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
            Frame::Unknown(_) => None,
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
                Frame::Envelope(wire) if self.headed => {
                    effects.push(RequestEffect::Pushed(self.places.next()?, wire));
                }
                Frame::End { .. } if self.headed => effects.push(RequestEffect::Ended),
                Frame::Unknown(_) if self.headed => {}
                _ => return Err(Malformed::Value),
            }
        }
        Ok(effects)
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::ids::{HeadHash, JournalId, Sequence};
    use crate::journal::Head as JournalHead;
    use crate::seal::SigningKey;
    use crate::sync::{Cursor, FrameWriter, Receipt};

    fn key(seed: u64) -> SigningKey {
        SigningKey::make(&mut ChaCha20Rng::seed_from_u64(seed))
    }

    fn head(relay: &SigningKey) -> Head {
        let cursor =
            Cursor { space: SpaceId::from_bytes([5; 16]), number: 7, hash: HeadHash::from_bytes([1; 8]) };
        Head::sign(&key(1), &relay.relay_id(), 42, &[cursor])
    }

    fn stored() -> Frontier {
        let head = JournalHead { sequence: Sequence::FIRST, hash: HeadHash::from_bytes([3; 8]) };
        Frontier::from_iter([(JournalId::from_bytes([2; 16]), head)])
    }

    fn place() -> Place {
        let space = SpaceId::from_bytes([5; 16]);
        Place { space, journal: JournalId::from_bytes([2; 16]), sequence: Sequence::FIRST }
    }

    fn receipt(signed_by: &SigningKey, counter: u64) -> Frame {
        Frame::Receipt(Receipt::sign(signed_by, key(1).device_id(), counter, stored()))
    }

    fn answer(signed_by: &SigningKey, counter: u64) -> Vec<u8> {
        let mut writer = FrameWriter::new();
        writer.frame(&receipt(signed_by, counter));
        writer.frame(&Frame::Space { space: place().space, after: 7 });
        writer.envelope(place(), b"one");
        writer.frame(&Frame::End { more: false });
        writer.take()
    }

    #[test]
    fn an_answer_gives_receipt_then_numbered_envelopes_then_its_end() {
        let relay = key(2);
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        let (effects, outcome) = contact.handle(Event::Bytes(&answer(&relay, 42)));
        assert_eq!(outcome, Ok(()));
        let arrived = Arrived { place: place(), number: Some((place().space, 8)), wire: b"one".to_vec() };
        assert_eq!(
            effects,
            [Effect::Stored(stored()), Effect::Arrived(arrived), Effect::Ended { more: false }]
        );
        assert_eq!(contact.handle(Event::Closed).1, Ok(()));
    }

    #[test]
    fn the_numbers_of_one_space_count_no_envelope_of_another() {
        let relay = key(2);
        let mut writer = FrameWriter::new();
        writer.frame(&receipt(&relay, 42));
        writer.frame(&Frame::Space { space: SpaceId::from_bytes([6; 16]), after: 7 });
        writer.envelope(place(), b"one");
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        let (effects, outcome) = contact.handle(Event::Bytes(&writer.take()));
        assert_eq!((effects, outcome), (vec![Effect::Stored(stored())], Err(Malformed::Value.into())));
    }

    #[test]
    fn nothing_is_believed_before_the_receipt() {
        let relay = key(2);
        let told = [
            Frame::Space { space: place().space, after: 7 },
            Frame::Run(place()),
            Frame::Envelope(b"one".to_vec()),
            Frame::Refused { place: place(), reason: Refusal::Gap },
            Frame::Rewound { space: place().space, held: Frontier::new() },
            Frame::End { more: false },
        ];
        for frame in told {
            let mut writer = FrameWriter::new();
            // What a newer relay sends first is passed over.
            writer.frame(&Frame::Unknown(99));
            writer.frame(&frame);
            writer.frame(&receipt(&relay, 42));
            let mut contact = Contact::new(relay.relay_id(), &head(&relay));
            let (effects, outcome) = contact.handle(Event::Bytes(&writer.take()));
            assert_eq!((effects, outcome), (vec![], Err(ContactBroken::Receipt)), "{frame:?}");
        }
    }

    #[test]
    fn a_receipt_of_a_newer_version_is_told_from_garbage() {
        let relay = key(2);
        let mut newer = answer(&relay, 42);
        newer[6] += 1;
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        assert_eq!(contact.handle(Event::Bytes(&newer)), (vec![], Err(ContactBroken::Newer)));
    }

    #[test]
    fn a_receipt_of_another_relay_or_another_request_is_refused() {
        let (relay, stranger) = (key(2), key(3));
        for answer in [answer(&stranger, 42), answer(&relay, 41)] {
            let mut contact = Contact::new(relay.relay_id(), &head(&relay));
            assert_eq!(contact.handle(Event::Bytes(&answer)), (vec![], Err(ContactBroken::Receipt)));
        }
    }

    #[test]
    fn an_answer_that_breaks_off_keeps_what_came() {
        let relay = key(2);
        let whole = answer(&relay, 42);
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        let (effects, outcome) = contact.handle(Event::Bytes(&whole[..whole.len() - 5]));
        assert_eq!((effects.len(), outcome), (1, Ok(())));
        assert_eq!(contact.handle(Event::Closed).1, Err(ContactBroken::Cut));
    }

    #[test]
    fn nothing_follows_the_end_and_what_came_before_it_stands() {
        let relay = key(2);
        let twice = [answer(&relay, 42), answer(&relay, 42)].concat();
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        let (effects, outcome) = contact.handle(Event::Bytes(&twice));
        assert_eq!((effects.len(), outcome), (3, Err(Malformed::TooLong.into())));
        let mut request = FrameWriter::new();
        request.frame(&Frame::Head(head(&relay)));
        request.frame(&Frame::End { more: false });
        let mut reader = RequestReader::new(relay.relay_id());
        let request = request.take();
        assert_eq!(reader.take(&request).map(|read| read.len()), Ok(2));
        assert_eq!(reader.take(&[0]), Err(Malformed::TooLong));
    }

    #[test]
    fn an_answer_of_a_newer_relay_is_told_from_garbage() {
        let relay = key(2);
        let mut newer = answer(&relay, 42);
        newer[3 + 3] = 1;
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        assert_eq!(contact.handle(Event::Bytes(&newer)), (vec![], Err(ContactBroken::Newer)));
    }

    #[test]
    fn a_page_instead_of_an_answer_is_garbage() {
        let relay = key(2);
        let mut contact = Contact::new(relay.relay_id(), &head(&relay));
        let (_, outcome) =
            contact.handle(Event::Bytes(b"<!doctype html><title>Sign in to the network</title>"));
        let closed = contact.handle(Event::Closed).1;
        assert!(outcome.is_err() || closed == Err(ContactBroken::Cut));
    }

    #[test]
    fn a_request_begins_with_a_head_signed_for_this_relay() {
        let (relay, stranger) = (key(2), key(3));
        let mut request = FrameWriter::new();
        request.frame(&Frame::Head(head(&relay)));
        request.envelope(place(), b"one");
        request.frame(&Frame::End { more: false });
        let bytes = request.take();
        let read = RequestReader::new(relay.relay_id()).take(&bytes).unwrap();
        let pushed = RequestEffect::Pushed(place(), b"one".to_vec());
        assert_eq!(read, [RequestEffect::Head(head(&relay)), pushed, RequestEffect::Ended]);
        assert!(RequestReader::new(stranger.relay_id()).take(&bytes).is_err());
        let mut headless = FrameWriter::new();
        headless.envelope(place(), b"one");
        assert!(RequestReader::new(relay.relay_id()).take(&headless.take()).is_err());
    }
}
