//! The packed form of track points: six to eight bytes for a step of a walk.
//!
//! ```text
//! chunk  = version (1 byte, 1) · units (1 byte) · points until the end, as in `points`
//! units  = two bits a channel, the exponent of ten by which every value of the chunk can be divided:
//!          bits 0-1 latitude, 2-3 longitude, 4-5 time, 6-7 elevation. Receivers give whole seconds and six
//!          decimals, whose zeros then need no bytes
//! ```
//!
//! Promises an exact round trip at 1e-7 degree, millisecond and centimetre, and that reading is total: bytes
//! are at most [`TRACK_CHUNK_BYTES_MAX`], every point takes at least one of them, and nothing is allocated on
//! their word.

use super::points::{Bytes, State, Units};
use super::{Track, TrackPoint, TrackRefused, TrackSegment};
use crate::limits::{TRACK_CHUNK_BYTES_MAX, TRACK_CHUNK_HEAD_BYTES, TRACK_POINT_BYTES_MAX};
const VERSION: u8 = 1;

/// Checked packed points: the bytes as they travel, and what they say.
#[derive(Clone, PartialEq, Eq)]
pub struct PackedTrack {
    bytes: Vec<u8>,
    track: Track,
    continues: bool,
}

impl PackedTrack {
    /// Reads packed points back.
    pub fn unpack(bytes: &[u8]) -> Result<Self, TrackRefused> {
        if bytes.len() > TRACK_CHUNK_BYTES_MAX {
            return Err(TrackRefused::ChunkTooLong { bytes: bytes.len() });
        }
        let mut source = Bytes::new(bytes);
        let version = source.next()?;
        if version != VERSION {
            return Err(TrackRefused::UnknownVersion { version });
        }
        let mut state = State::new(Units::from_byte(source.next()?));
        let mut segments: Vec<Vec<TrackPoint>> = Vec::new();
        let mut continues = false;
        while !source.is_empty() {
            let at_byte = source.position();
            let point = state.read_point(&mut source, at_byte)?;
            match segments.last_mut() {
                Some(last) if !state.starts_segment() => last.push(point),
                earlier => {
                    continues |= earlier.is_none() && !state.starts_segment();
                    segments.push(vec![point]);
                }
            }
        }
        let track = Track::new(segments.into_iter().map(TrackSegment).collect())?;
        Ok(Self { bytes: bytes.to_vec(), track, continues })
    }

    /// The bytes as they travel.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The points.
    #[must_use]
    pub fn track(&self) -> &Track {
        &self.track
    }

    /// Whether its first segment goes on from the chunk before.
    #[must_use]
    pub fn continues(&self) -> bool {
        self.continues
    }
}

/// Says how much it holds, not where.
impl std::fmt::Debug for PackedTrack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PackedTrack({} points in {} bytes)", self.track.points().count(), self.bytes.len())
    }
}

/// Packs a track into as few chunks as its points fill.
pub(super) fn pack(track: &Track) -> Vec<PackedTrack> {
    let units = Units::of(track);
    let mut chunks = Vec::new();
    let mut chunk = Chunk::new(units);
    for segment in track.segments() {
        for (index, point) in segment.points().iter().enumerate() {
            if !chunk.push(point, index == 0) {
                chunks.push(std::mem::replace(&mut chunk, Chunk::new(units)).finish());
                let fits = chunk.push(point, index == 0);
                assert!(fits, "one point fits into an empty chunk, as the limits say");
            }
        }
    }
    chunks.push(chunk.finish());
    chunks
}

const _: () = assert!(TRACK_CHUNK_HEAD_BYTES + TRACK_POINT_BYTES_MAX <= TRACK_CHUNK_BYTES_MAX);

/// A chunk being filled.
struct Chunk {
    bytes: Vec<u8>,
    state: State,
    segments: Vec<TrackSegment>,
    continues: bool,
}

impl Chunk {
    fn new(units: Units) -> Self {
        let bytes = vec![VERSION, units.to_byte()];
        Self { bytes, state: State::new(units), segments: Vec::new(), continues: false }
    }

    /// Adds a point; false if it does not fit any more.
    fn push(&mut self, point: &TrackPoint, starts_segment: bool) -> bool {
        let mut state = self.state.clone();
        let packed = state.pack_point(point, starts_segment);
        if self.bytes.len() + packed.len() > TRACK_CHUNK_BYTES_MAX {
            return false;
        }
        self.bytes.extend(packed);
        self.state = state;
        match self.segments.last_mut() {
            Some(last) if !starts_segment => last.0.push(*point),
            earlier => {
                self.continues |= earlier.is_none() && !starts_segment;
                self.segments.push(TrackSegment(vec![*point]));
            }
        }
        true
    }

    fn finish(self) -> PackedTrack {
        PackedTrack { bytes: self.bytes, track: Track(self.segments), continues: self.continues }
    }
}
