//! Where they walked: recordings, their segments, and the points of these.
//!
//! Promises that a recording of any length splits into packed chunks of at most [`TRACK_CHUNK_BYTES_MAX`]
//! bytes which join again to exactly the same points, that every chunk can be read alone, and that a missing
//! chunk leaves a break, never a straight line over ground nobody walked. A point without coordinates is a
//! place where the fix was lost.
//!
//! Refuses recordings beyond the limits and packed bytes that are not exactly what a chunk may be.

mod packed;
mod points;

pub use packed::PackedTrack;

use crate::ids::{LegId, RecordingId};
use crate::limits::{TRACK_CHUNK_BYTES_MAX, TRACK_CHUNKS_MAX, TRACK_POINTS_MAX};
use crate::moment::UtcTime;
use crate::position::{Coordinates, Elevation};
use crate::source::Source;
use crate::words::{Name, Text};

/// Why a track was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrackRefused {
    /// No points at all.
    #[error("a track without points says nothing")]
    NoPoints,
    /// More points than a recording may have.
    #[error("{points} points are more than the {TRACK_POINTS_MAX} of one recording")]
    TooManyPoints {
        /// The points given.
        points: usize,
    },
    /// A chunk number that is not below the number of chunks, or too many chunks.
    #[error("chunk {number} of {of} cannot be, at most {TRACK_CHUNKS_MAX} make a recording")]
    NoSuchChunk {
        /// The number given.
        number: u16,
        /// The number of chunks given.
        of: u16,
    },
    /// Packed bytes beyond the limit.
    #[error("{bytes} packed bytes are more than the {TRACK_CHUNK_BYTES_MAX} of one chunk")]
    ChunkTooLong {
        /// The bytes given.
        bytes: usize,
    },
    /// Packed by a version we do not know.
    #[error("packed in version {version}, which is not known here")]
    UnknownVersion {
        /// The version given.
        version: u8,
    },
    /// The packed bytes end inside a point, or say what no point can be.
    #[error("the packed points cannot be read from byte {at_byte} on")]
    Unreadable {
        /// Where reading stopped.
        at_byte: usize,
    },
}

/// One point of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TrackPoint {
    /// Where; if left unset, the fix was lost here.
    pub coordinates: Option<Coordinates>,
    /// When, by the satellites; if left unset, the point is untimed.
    pub time: Option<UtcTime>,
    /// How high; if left unset, nobody knows.
    pub elevation: Option<Elevation>,
}

/// Points recorded without a pause: at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackSegment(Vec<TrackPoint>);

impl TrackSegment {
    /// Points in the order in which they were walked.
    pub fn new(points: Vec<TrackPoint>) -> Result<Self, TrackRefused> {
        if points.is_empty() { Err(TrackRefused::NoPoints) } else { Ok(Self(points)) }
    }

    /// The points, in the order in which they were walked.
    #[must_use]
    pub fn points(&self) -> &[TrackPoint] {
        &self.0
    }

    /// The parts that may be drawn as one line: points with coordinates, broken where the fix was lost or
    /// nothing was recorded for longer than this.
    #[must_use]
    pub fn unbroken(&self, gap_ms: i64) -> Vec<&[TrackPoint]> {
        self.0
            .split(|point| point.coordinates.is_none())
            .flat_map(|line| line.chunk_by(move |before, after| !is_gap(before.time, after.time, gap_ms)))
            .collect()
    }
}

fn is_gap(before: Option<UtcTime>, after: Option<UtcTime>, gap_ms: i64) -> bool {
    matches!((before, after), (Some(before), Some(after)) if after.unix_ms() - before.unix_ms() > gap_ms)
}

/// A time during which a recording has no point with coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last time before it.
    pub from: UtcTime,
    /// The first time after it.
    pub until: UtcTime,
}

/// A whole recording: its segments, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track(Vec<TrackSegment>);

impl Track {
    /// The segments in their order.
    pub fn new(segments: Vec<TrackSegment>) -> Result<Self, TrackRefused> {
        let points = segments.iter().map(|segment| segment.0.len()).sum();
        if points == 0 {
            return Err(TrackRefused::NoPoints);
        }
        if points > TRACK_POINTS_MAX {
            return Err(TrackRefused::TooManyPoints { points });
        }
        Ok(Self(segments))
    }

    /// The segments in their order.
    #[must_use]
    pub fn segments(&self) -> &[TrackSegment] {
        &self.0
    }

    /// All points in their order.
    pub fn points(&self) -> impl Iterator<Item = &TrackPoint> {
        self.0.iter().flat_map(|segment| &segment.0)
    }

    /// The times longer than this without a point that has coordinates: fixes lost as well as a phone asleep.
    #[must_use]
    pub fn gaps(&self, gap_ms: i64) -> Vec<Gap> {
        let times: Vec<_> = self
            .points()
            .filter(|point| point.coordinates.is_some())
            .filter_map(|point| point.time)
            .collect();
        let neighbours = times.iter().zip(times.iter().skip(1));
        neighbours
            .filter(|(from, until)| is_gap(Some(**from), Some(**until), gap_ms))
            .map(|(from, until)| Gap { from: *from, until: *until })
            .collect()
    }

    /// Packs the recording into statements' worth of chunks, in their order.
    #[must_use]
    pub fn split(&self, recording: RecordingId) -> Vec<TrackChunk> {
        let packed = packed::pack(self);
        // The limits assert that as many points as a track may have never need more chunks than a u16 counts.
        let of = u16::try_from(packed.len()).unwrap_or(TRACK_CHUNKS_MAX);
        (0..of)
            .zip(packed)
            .map(|(number, packed)| TrackChunk {
                recording,
                number: ChunkNumber { number, of },
                packed,
                leg: None,
                name: None,
                source: Source::Phone,
            })
            .collect()
    }

    /// Joins the chunks of one recording, in whatever order they came; of two with one number the first
    /// counts.
    pub fn join<'a>(chunks: impl IntoIterator<Item = &'a TrackChunk>) -> Result<Self, TrackRefused> {
        let mut chunks: Vec<_> = chunks.into_iter().collect();
        chunks.sort_by_key(|chunk| chunk.number.number);
        chunks.dedup_by_key(|chunk| chunk.number.number);
        let points = chunks.iter().map(|chunk| chunk.packed.track().points().count()).sum();
        if points > TRACK_POINTS_MAX {
            return Err(TrackRefused::TooManyPoints { points });
        }

        let mut segments: Vec<TrackSegment> = Vec::new();
        let mut number_due = 0;
        for chunk in chunks {
            let continues = chunk.packed.continues() && chunk.number.number == number_due;
            let mut pieces = chunk.packed.track().segments().iter().cloned();
            if continues && let Some(last) = segments.last_mut() {
                last.0.extend(pieces.next().into_iter().flat_map(|piece| piece.0));
            }
            segments.extend(pieces);
            number_due = chunk.number.number.saturating_add(1);
        }
        Self::new(segments)
    }
}

/// Which chunk of how many: the first is number 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChunkNumber {
    number: u16,
    of: u16,
}

impl ChunkNumber {
    /// Chunk `number`, counted from 0, `of` so many.
    pub fn new(number: u16, of: u16) -> Result<Self, TrackRefused> {
        if number < of && of <= TRACK_CHUNKS_MAX {
            Ok(Self { number, of })
        } else {
            Err(TrackRefused::NoSuchChunk { number, of })
        }
    }

    /// Its number, counted from 0.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.number
    }

    /// How many there are.
    #[must_use]
    pub const fn of(self) -> u16 {
        self.of
    }
}

/// One packed piece of a recording, as a statement carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackChunk {
    /// Which recording.
    pub recording: RecordingId,
    /// Which piece of it.
    pub number: ChunkNumber,
    /// Its points.
    pub packed: PackedTrack,
    /// The leg on which it was recorded; if left unset, the patrol as a whole.
    pub leg: Option<LegId>,
    /// What an imported track was called; if left unset, nothing.
    pub name: Option<Name>,
    /// Recorded on the phone or imported from a file.
    pub source: Source,
}

/// A place with a name, brought in from a receiver or a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waypoint {
    /// The import it came with.
    pub recording: RecordingId,
    /// What it is called; if left unset, nothing.
    pub name: Option<Name>,
    /// What is written to it; if left unset, nothing.
    pub comment: Option<Text>,
    /// Where and when.
    pub point: TrackPoint,
    /// Noted on the phone or imported from a file.
    pub source: Source,
}

#[cfg(test)]
mod tests;
