//! A satchel: a file of envelopes, for a cable, a memory card or a messenger.
//!
//! ```text
//! tag "JQS" and version  4
//! territory roll        16    so that a satchel of another territory is noticed before anything is read
//! frames                      runs and envelopes with their links, rolls first, perhaps steps of attachments, then End
//! ```
//!
//! Everything in it is sealed and signed anyway, so anybody may carry it. A satchel without its End was cut on the way:
//! what arrived whole is kept.

use super::contact::Arrived;
use super::frame::{Frame, FrameReader, FrameWriter, Places};
use crate::attachment::AttachmentName;
use crate::bytes::{Malformed, Reader, Writer};
use crate::ids::{Place, SpaceId};

const TAG: &[u8; 3] = b"JQS";
const OPENING: usize = TAG.len() + 1 + SpaceId::LENGTH;

/// Why a file is not read as a satchel, or not further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SatchelRefused {
    /// Not a satchel.
    #[error("not a satchel")]
    NotOne,
    /// A satchel of a newer program.
    #[error("a satchel of a newer version")]
    Newer,
    /// A satchel of another territory.
    #[error("a satchel of another territory")]
    Foreign,
    /// Damaged from here on.
    #[error("the satchel is damaged: {0}")]
    Damaged(#[from] Malformed),
}

/// Packs a satchel.
#[derive(Debug)]
pub struct SatchelWriter {
    frames: FrameWriter,
    opening: Option<Vec<u8>>,
}

impl SatchelWriter {
    /// An empty satchel of the territory with this roll.
    #[must_use]
    pub fn new(territory_roll: SpaceId) -> Self {
        let mut opening = Writer::new();
        opening.tag(TAG).raw(territory_roll.as_bytes());
        Self { frames: FrameWriter::new(), opening: Some(opening.finish()) }
    }

    /// Adds an envelope; its wire form carries its link.
    pub fn envelope(&mut self, place: Place, wire: &[u8]) {
        self.frames.envelope(place, wire);
    }

    /// Adds steps of an attachment, within one part and behind its proof. Its envelopes come before.
    pub fn steps(&mut self, name: AttachmentName, from: u64, bytes: Vec<u8>) {
        self.frames.frame(&Frame::Steps { name, from, bytes });
    }

    /// What was packed since the last call.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        let mut bytes = self.opening.take().unwrap_or_default();
        bytes.extend_from_slice(&self.frames.take());
        bytes
    }

    /// The last bytes.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.frames.frame(&Frame::End { more: false });
        self.take()
    }
}

/// What comes out of a satchel.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum SatchelEffect {
    /// An envelope.
    Arrived(Arrived),
    /// Steps of an attachment; nothing is proven yet.
    Steps {
        /// Which attachment they are said to be of.
        name: AttachmentName,
        /// The number of the first.
        from: u64,
        /// A stream of parts.
        bytes: Vec<u8>,
    },
    /// The whole satchel was read.
    Ended,
}

/// Unpacks a satchel from bytes that come in pieces.
#[derive(Debug)]
pub struct SatchelReader {
    territory_roll: SpaceId,
    opening: Option<Vec<u8>>,
    frames: FrameReader,
    places: Places,
}

impl SatchelReader {
    /// Reads satchels of the territory with this roll only.
    #[must_use]
    pub fn new(territory_roll: SpaceId) -> Self {
        Self {
            territory_roll,
            opening: Some(Vec::new()),
            frames: FrameReader::new(),
            places: Places::default(),
        }
    }

    /// Whether the opening was read, and is a satchel's of this territory.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.opening.is_none()
    }

    /// Takes bytes. Effects that were returned stand, also if a later step refuses.
    pub fn take(&mut self, bytes: &[u8]) -> (Vec<SatchelEffect>, Result<(), SatchelRefused>) {
        let mut effects = Vec::new();
        let outcome = self.open(bytes).and_then(|()| self.read_frames(&mut effects));
        (effects, outcome)
    }

    fn open(&mut self, bytes: &[u8]) -> Result<(), SatchelRefused> {
        let Some(opening) = &mut self.opening else {
            self.frames.push(bytes);
            return Ok(());
        };
        opening.extend_from_slice(bytes);
        if opening.len() < OPENING {
            let start = TAG.get(..opening.len().min(TAG.len())).unwrap_or_default();
            return if opening.starts_with(start) { Ok(()) } else { Err(SatchelRefused::NotOne) };
        }
        let (head, frames) = opening.split_at(OPENING);
        let mut head = Reader::new(head);
        match head.tag(TAG) {
            Ok(()) => {}
            Err(Malformed::Newer) => return Err(SatchelRefused::Newer),
            Err(_) => return Err(SatchelRefused::NotOne),
        }
        if head.array()? != *self.territory_roll.as_bytes() {
            return Err(SatchelRefused::Foreign);
        }
        self.frames.push(frames);
        self.opening = None;
        Ok(())
    }

    fn read_frames(&mut self, effects: &mut Vec<SatchelEffect>) -> Result<(), SatchelRefused> {
        while let Some(frame) = self.frames.read()? {
            match frame {
                Frame::Run(place) => self.places.run(place),
                Frame::Envelope(wire) => {
                    let place = self.places.next()?;
                    effects.push(SatchelEffect::Arrived(Arrived { place, number: None, wire }));
                }
                Frame::Steps { name, from, bytes } => {
                    effects.push(SatchelEffect::Steps { name, from, bytes });
                }
                Frame::End { .. } => effects.push(SatchelEffect::Ended),
                Frame::Unknown(_) => {}
                _ => return Err(Malformed::Value.into()),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{JournalId, Sequence};

    const HERE: SpaceId = SpaceId::from_bytes([7; 16]);

    fn satchel() -> Vec<u8> {
        let mut writer = SatchelWriter::new(HERE);
        for sequence in 1..=3 {
            let sequence = Sequence::new(sequence).unwrap();
            let place = Place { space: HERE, journal: JournalId::from_bytes([2; 16]), sequence };
            writer.envelope(place, b"envelope");
        }
        writer.finish()
    }

    fn read(bytes: &[u8], here: SpaceId) -> (usize, bool, Result<(), SatchelRefused>) {
        let mut reader = SatchelReader::new(here);
        let (mut arrived, mut ended) = (0, false);
        for piece in bytes.chunks(7) {
            let (effects, outcome) = reader.take(piece);
            ended |= effects.contains(&SatchelEffect::Ended);
            arrived += effects.len();
            if outcome.is_err() {
                return (arrived, ended, outcome);
            }
        }
        (arrived - usize::from(ended), ended, Ok(()))
    }

    #[test]
    fn a_satchel_gives_back_what_was_packed() {
        assert_eq!(read(&satchel(), HERE), (3, true, Ok(())));
    }

    #[test]
    fn a_satchel_cut_in_half_gives_what_is_whole_and_no_end() {
        let whole = satchel();
        assert_eq!(read(&whole[..whole.len() - 20], HERE), (1, false, Ok(())));
    }

    #[test]
    fn nothing_follows_the_end_of_a_satchel() {
        let longer = [satchel(), satchel()].concat();
        assert_eq!(read(&longer, HERE).2, Err(Malformed::TooLong.into()));
    }

    #[test]
    fn foreign_newer_and_other_files_are_told_apart() {
        let foreign = SpaceId::from_bytes([8; 16]);
        assert_eq!(read(&satchel(), foreign).2, Err(SatchelRefused::Foreign));
        assert_eq!(read(b"PK\x03\x04 a zip file, perhaps", HERE).2, Err(SatchelRefused::NotOne));
        let mut newer = satchel();
        newer[3] = 9;
        assert_eq!(read(&newer, HERE).2, Err(SatchelRefused::Newer));
    }
}
