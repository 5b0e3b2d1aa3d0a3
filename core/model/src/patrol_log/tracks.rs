//! The recordings of a patrol, joined from the chunks that came.
//!
//! Promises that chunks of two devices never mix, even under one recording's id, and that a recording with
//! missing chunks is shown as far as it came, and flagged.

use std::collections::BTreeMap;

use super::flags::{Flag, Flagged};
use crate::ids::{Author, LegId, RecordingId, StatementRef};
use crate::source::Source;
use crate::stated::Stated;
use crate::statement::Body;
use crate::track::{Track, TrackChunk};
use crate::words::Name;

/// A recording as far as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedTrack {
    /// The statement with its first chunk among those that came.
    pub key: StatementRef,
    /// The device that recorded or imported it.
    pub author: Author,
    /// Which recording.
    pub recording: RecordingId,
    /// The leg on which it was recorded, if it says so.
    pub leg: Option<LegId>,
    /// What it was called, if imported under a name.
    pub name: Option<Name>,
    /// Recorded on the phone or imported from a file.
    pub source: Source,
    /// How many of its chunks have not come.
    pub chunks_missing: u16,
    /// Where they walked.
    pub track: Track,
}

/// Joins all recordings and flags them.
pub(super) fn join<'a>(stated: impl Iterator<Item = &'a Stated>) -> (Vec<LoggedTrack>, Vec<Flagged>) {
    let mut recordings: BTreeMap<(Author, RecordingId), Vec<(&Stated, &TrackChunk)>> = BTreeMap::new();
    for stated in stated {
        if let Body::Track(chunk) = &stated.statement.body {
            recordings
                .entry((stated.author, chunk.recording))
                .or_default()
                .push((stated, chunk));
        }
    }
    let mut tracks = Vec::new();
    let mut flags = Vec::new();
    for mut chunks in recordings.into_values() {
        chunks.sort_by_key(|(_, chunk)| chunk.number.number());
        chunks.dedup_by_key(|(_, chunk)| chunk.number.number());
        if let Some((first, rest)) = chunks.split_first() {
            join_one(*first, rest, &mut tracks, &mut flags);
        }
    }
    tracks.sort_by(|one, other| one.key.cmp(&other.key));
    (tracks, flags)
}

fn join_one(
    (stated, first): (&Stated, &TrackChunk),
    rest: &[(&Stated, &TrackChunk)],
    tracks: &mut Vec<LoggedTrack>,
    flags: &mut Vec<Flagged>,
) {
    let chunks = std::iter::once(first).chain(rest.iter().map(|(_, chunk)| *chunk));
    let joined = Track::join(chunks);
    let came = u16::try_from(rest.len()).unwrap_or(u16::MAX).saturating_add(1);
    let chunks_missing = first.number.of().saturating_sub(came);
    let points = || joined.iter().flat_map(Track::points);
    let found = [
        (Flag::TrackIncomplete, chunks_missing > 0 || joined.is_err()),
        (Flag::TrackUntimed, points().any(|point| point.time.is_none())),
        (Flag::FixLost, points().any(|point| point.coordinates.is_none())),
        (Flag::ClockImplausible, points().filter_map(|point| point.time).any(|time| !time.is_plausible())),
    ];
    flags.extend(
        found
            .into_iter()
            .filter(|(_, looks_wrong)| *looks_wrong)
            .map(|(flag, _)| Flagged { flag, about: stated.key.clone() }),
    );
    tracks.extend(joined.ok().map(|track| LoggedTrack {
        key: stated.key.clone(),
        author: stated.author,
        recording: first.recording,
        leg: first.leg,
        name: first.name.clone(),
        source: first.source,
        chunks_missing,
        track,
    }));
}
