//! Frames: one byte of kind, two of length, the payload.
//!
//! A frame of a kind that this program does not know is passed over, so that a newer program may send more. An envelope
//! frame carries its bytes undecoded: one that cannot be read must not end the stream.

use crate::attachment::AttachmentName;
use crate::bytes::{Malformed, Reader, Writer};
use crate::ids::{JournalId, Place, Sequence, SpaceId};
use crate::journal::Frontier;
use crate::limits::{ERASED_BYTES_MAX, FRAME_BYTES_MAX, FRONTIER_JOURNALS_MAX};

use super::head::Head;
use super::receipt::Receipt;

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Who asks, and from where. First in a request.
    Head(Head),
    /// The envelopes that follow are of this journal, from this sequence on.
    Run(Place),
    /// One envelope in its wire form. In an answer an empty one stands for the envelope that the request itself brought to
    /// this place: it has its number, and its bytes need not come back.
    Envelope(Vec<u8>),
    /// The runs that follow are of this space, in the relay's numbers, from the one after this on.
    Space {
        /// The space.
        space: SpaceId,
        /// The number before the first envelope that follows.
        after: u64,
    },
    /// What was stored.
    Receipt(Receipt),
    /// An envelope that was not stored, and why. What follows it in its journal was not either.
    Refused {
        /// Its place.
        place: Place,
        /// Why.
        reason: Refusal,
    },
    /// The relay does not have the past that the head named: it was wiped, rolled back or replaced. What it holds.
    Rewound {
        /// The space.
        space: SpaceId,
        /// What the relay holds of it.
        held: Frontier,
    },
    /// How long an answer this link bears, in bytes: a wish, in a request. 0: receipts only; else one envelope may
    /// come in any case.
    Room(u64),
    /// Steps of an attachment behind the proof of their part: in a satchel. Whose attachment it is, a statement says.
    Steps {
        /// Which attachment.
        name: AttachmentName,
        /// The number of the first step.
        from: u64,
        /// A stream of parts, within one part.
        bytes: Vec<u8>,
    },
    /// The last frame.
    End {
        /// Whether there is more to ask for.
        more: bool,
    },
    /// A kind of a newer program.
    Unknown(u8),
}

/// Why the relay did not store an envelope. A state that is shown, not an error that blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// The signer or the space is not known yet: what explains it has not come.
    #[error("what explains it has not reached the relay yet")]
    NotYet,
    /// The signer's role may not write there.
    #[error("the signer may not write there")]
    MayNot,
    /// A quota is reached.
    #[error("a quota is reached")]
    Quota,
    /// It is not an envelope, or its signature does not fit.
    #[error("not a valid envelope")]
    Invalid,
    /// The envelope before it is missing at the relay.
    #[error("the envelope before it is missing at the relay")]
    Gap,
    /// Another envelope stands at its place.
    #[error("another envelope stands at its place")]
    Fork,
    /// A reason of a newer program.
    #[error("refused for a reason that this program does not know")]
    Other,
    /// It is of a version that the relay does not know yet. It stays in the outbox until the relay is renewed.
    #[error("the relay does not know its version yet")]
    Newer,
}

impl Refusal {
    const fn byte(self) -> u8 {
        match self {
            Self::NotYet => 1,
            Self::MayNot => 2,
            Self::Quota => 3,
            Self::Invalid => 4,
            Self::Gap => 5,
            Self::Fork => 6,
            Self::Newer => 7,
            Self::Other => 0,
        }
    }

    const fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::NotYet,
            2 => Self::MayNot,
            3 => Self::Quota,
            4 => Self::Invalid,
            5 => Self::Gap,
            6 => Self::Fork,
            7 => Self::Newer,
            _ => Self::Other,
        }
    }
}

pub(super) mod kind {
    pub(super) const HEAD: u8 = 1;
    pub(in crate::sync) const RUN: u8 = 2;
    pub(in crate::sync) const ENVELOPE: u8 = 3;
    pub(super) const SPACE: u8 = 4;
    pub(super) const RECEIPT: u8 = 5;
    pub(super) const REFUSED: u8 = 6;
    pub(super) const REWOUND: u8 = 7;
    pub(super) const END: u8 = 8;
    pub(super) const ROOM: u8 = 9;
    pub(in crate::sync) const STEPS: u8 = 16;
}

pub(super) fn write_place(writer: &mut Writer, place: &Place) {
    writer
        .raw(place.space.as_bytes())
        .raw(place.journal.as_bytes())
        .u64(place.sequence.number());
}

pub(super) fn read_place(reader: &mut Reader<'_>) -> Result<Place, Malformed> {
    let space = SpaceId::from_bytes(reader.array()?);
    let journal = JournalId::from_bytes(reader.array()?);
    Ok(Place { space, journal, sequence: Sequence::new(reader.u64()?)? })
}

impl Frame {
    fn kind_and_payload(&self) -> (u8, Vec<u8>) {
        let mut writer = Writer::new();
        let kind = match self {
            Self::Head(head) => return (kind::HEAD, head.encode()),
            Self::Receipt(receipt) => return (kind::RECEIPT, receipt.encode()),
            Self::Envelope(bytes) => return (kind::ENVELOPE, bytes.clone()),
            Self::Run(place) => {
                write_place(&mut writer, place);
                kind::RUN
            }
            Self::Space { space, after } => {
                writer.raw(space.as_bytes()).u64(*after);
                kind::SPACE
            }
            Self::Refused { place, reason } => {
                write_place(&mut writer, place);
                writer.u8(reason.byte());
                kind::REFUSED
            }
            Self::Rewound { space, held } => {
                writer.raw(space.as_bytes());
                held.write(&mut writer);
                kind::REWOUND
            }
            Self::Room(bytes) => {
                writer.u64(*bytes);
                kind::ROOM
            }
            Self::Steps { name, from, bytes } => {
                name.write(&mut writer);
                writer.u64(*from).raw(bytes);
                kind::STEPS
            }
            Self::End { more } => {
                writer.u8(u8::from(*more));
                kind::END
            }
            Self::Unknown(kind) => *kind,
        };
        (kind, writer.finish())
    }

    fn decode(kind: u8, payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        let frame = match kind {
            kind::HEAD => return Head::decode(payload).map(Self::Head),
            kind::RECEIPT => return Receipt::decode(payload).map(Self::Receipt),
            kind::ENVELOPE if payload.len() <= ERASED_BYTES_MAX => {
                return Ok(Self::Envelope(payload.to_vec()));
            }
            kind::ENVELOPE => return Err(Malformed::Limit),
            kind::RUN => Self::Run(read_place(&mut reader)?),
            kind::SPACE => Self::Space { space: SpaceId::from_bytes(reader.array()?), after: reader.u64()? },
            kind::REFUSED => {
                Self::Refused { place: read_place(&mut reader)?, reason: Refusal::from_byte(reader.u8()?) }
            }
            kind::REWOUND => {
                let space = SpaceId::from_bytes(reader.array()?);
                Self::Rewound { space, held: Frontier::read(&mut reader, FRONTIER_JOURNALS_MAX)? }
            }
            kind::ROOM => Self::Room(reader.u64()?),
            kind::STEPS => {
                let (name, from) = (AttachmentName::read(&mut reader)?, reader.u64()?);
                return Ok(Self::Steps { name, from, bytes: reader.rest().to_vec() });
            }
            kind::END => match reader.u8()? {
                0 => Self::End { more: false },
                1 => Self::End { more: true },
                _ => return Err(Malformed::Value),
            },
            newer => return Ok(Self::Unknown(newer)),
        };
        reader.finish()?;
        Ok(frame)
    }
}

/// Writes frames, and a run frame only where an envelope does not follow the one before it.
#[derive(Debug, Default)]
pub struct FrameWriter {
    bytes: Vec<u8>,
    next: Option<Place>,
}

impl FrameWriter {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many bytes were written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Appends a frame.
    pub fn frame(&mut self, frame: &Frame) {
        let (kind, payload) = frame.kind_and_payload();
        assert!(payload.len() <= FRAME_BYTES_MAX, "every frame's content is bounded below the frame's limit");
        let mut writer = Writer::new();
        writer.u8(kind).sized(&payload);
        self.bytes.extend_from_slice(&writer.finish());
    }

    /// Appends an envelope, and the run it opens if it does not continue the last one.
    pub fn envelope(&mut self, place: Place, wire: &[u8]) {
        if self.next != Some(place) {
            self.frame(&Frame::Run(place));
        }
        self.frame(&Frame::Envelope(wire.to_vec()));
        self.next = Some(Place { sequence: place.sequence.next(), ..place });
    }

    /// What was written since the last call, to be sent in pieces.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

/// Frames as they come, in pieces of any size: kind and payload, not read yet.
#[derive(Debug, Default)]
pub(super) struct RawFrames {
    held: Vec<u8>,
    /// How much of `held` was read already; forgotten when more is given.
    read: usize,
}

impl RawFrames {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.held.drain(..self.read);
        self.read = 0;
        self.held.extend_from_slice(bytes);
    }

    /// The next whole frame, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<(u8, &[u8])>, Malformed> {
        let mut reader = Reader::new(self.held.get(self.read..).unwrap_or_default());
        let (Ok(kind), Ok(length)) = (reader.u8(), reader.u16()) else { return Ok(None) };
        let length = usize::from(length);
        if length > FRAME_BYTES_MAX {
            return Err(Malformed::Limit);
        }
        let Ok(payload) = reader.raw(length) else { return Ok(None) };
        self.read += 3 + length;
        Ok(Some((kind, payload)))
    }

    /// Whether bytes are held that were not read.
    pub(super) fn has_rest(&self) -> bool {
        self.read < self.held.len()
    }
}

/// Reads frames from bytes that come in pieces of any size.
#[derive(Debug, Default)]
pub struct FrameReader {
    frames: RawFrames,
    /// Whether the last frame was read.
    ended: bool,
}

impl FrameReader {
    /// A reader that has read nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives it more bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.frames.push(bytes);
    }

    /// The next whole frame, if there is one. Nothing follows the end: a byte behind it is refused, and what came before
    /// stands.
    pub fn read(&mut self) -> Result<Option<Frame>, Malformed> {
        if self.ended {
            return if self.frames.has_rest() { Err(Malformed::TooLong) } else { Ok(None) };
        }
        let Some((kind, payload)) = self.frames.next()? else { return Ok(None) };
        let frame = Frame::decode(kind, payload)?;
        self.ended = matches!(frame, Frame::End { .. });
        Ok(Some(frame))
    }

    /// Whether the last frame was read.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// Whether bytes of an unfinished frame are held.
    #[must_use]
    pub fn is_inside_a_frame(&self) -> bool {
        self.frames.has_rest()
    }
}

/// Gives envelope frames their places from the run frames before them.
#[derive(Debug, Default)]
pub(super) struct Places {
    next: Option<Place>,
}

impl Places {
    pub(super) fn run(&mut self, place: Place) {
        self.next = Some(place);
    }

    pub(super) fn next(&mut self) -> Result<Place, Malformed> {
        let place = self.next.ok_or(Malformed::Value)?;
        // Behind the last place of a journal there is none.
        let after = Sequence::new(place.sequence.number() + 1);
        self.next = after.ok().map(|sequence| Place { sequence, ..place });
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::RootHash;

    fn place(sequence: u64) -> Place {
        Place {
            space: SpaceId::from_bytes([1; 16]),
            journal: JournalId::from_bytes([2; 16]),
            sequence: Sequence::new(sequence).unwrap(),
        }
    }

    fn frames() -> Vec<Frame> {
        vec![
            Frame::Run(place(3)),
            Frame::Envelope(vec![1, 2, 3]),
            Frame::Space { space: SpaceId::from_bytes([4; 16]), after: 9 },
            Frame::Refused { place: place(4), reason: Refusal::Quota },
            Frame::Rewound { space: SpaceId::from_bytes([4; 16]), held: Frontier::new() },
            Frame::Room(4_160),
            Frame::Steps {
                name: AttachmentName::new(RootHash::from_bytes([5; 32]), 70_000).unwrap(),
                from: 16,
                bytes: vec![6; 70],
            },
            Frame::Unknown(200),
            Frame::End { more: true },
        ]
    }

    #[test]
    fn a_run_is_written_once_for_envelopes_that_follow_each_other() {
        let mut writer = FrameWriter::new();
        for sequence in [3, 4, 5, 9] {
            writer.envelope(place(sequence), b"x");
        }
        assert_eq!(writer.len(), 2 * (3 + 40) + 4 * (3 + 1));
    }

    proptest! {
        #[test]
        fn frames_come_back_however_the_bytes_are_cut(cuts in prop::collection::vec(1..40_usize, 1..60)) {
            let mut writer = FrameWriter::new();
            for frame in &frames() {
                writer.frame(frame);
            }
            let bytes = writer.take();
            let (mut reader, mut read, mut rest) = (FrameReader::new(), Vec::new(), bytes.as_slice());
            for cut in cuts.iter().cycle() {
                let (piece, after) = rest.split_at((*cut).min(rest.len()));
                reader.push(piece);
                while let Some(frame) = reader.read().unwrap() {
                    read.push(frame);
                }
                rest = after;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(read, frames());
            prop_assert!(!reader.is_inside_a_frame());
        }

        #[test]
        fn garbage_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut reader = FrameReader::new();
            reader.push(&bytes);
            while let Ok(Some(_)) = reader.read() {}
        }
    }
}
