//! Packed track points, and GPX files.

use jasaq_fieldbook::formats::read_gpx;
use jasaq_fieldbook::model::ids::RecordingId;
use jasaq_fieldbook::model::limits::{
    NAME_BYTES_MAX, TEXT_BYTES_MAX, TRACK_CHUNK_BYTES_MAX, TRACK_POINTS_MAX,
};
use jasaq_fieldbook::model::track::{PackedTrack, Track};

/// Packed points.
pub(super) fn feed_track(input: &[u8]) {
    let Ok(packed) = PackedTrack::unpack(input) else { return };
    assert!(input.len() <= TRACK_CHUNK_BYTES_MAX, "no longer than a chunk may be");
    assert_eq!(packed.bytes(), input, "the bytes are kept as they came");
    assert!(packed.track().points().count() < input.len(), "a point takes a byte");
    check_packing(packed.track());
}

/// What is packed is read alike, chunk by chunk and joined.
fn check_packing(track: &Track) {
    let recording = RecordingId::from_bytes([1; 16]);
    let chunks = track.split(recording);
    for chunk in &chunks {
        let bytes = chunk.packed.bytes();
        assert!(bytes.len() <= TRACK_CHUNK_BYTES_MAX, "no longer than a chunk may be");
        let read = PackedTrack::unpack(bytes);
        assert_eq!(read.as_ref().map(PackedTrack::track), Ok(chunk.packed.track()), "a chunk reads back");
        assert_eq!(read.as_ref(), Ok(&chunk.packed));
    }
    assert_eq!(Track::join(chunks.iter().rev()).as_ref(), Ok(track), "and joined they are the track");
}

/// A file.
pub(super) fn feed_gpx(input: &[u8]) {
    let Ok(imported) = read_gpx(input) else { return };
    let (tracks, report) = (&imported.tracks, &imported.report);
    let points: usize = tracks.iter().map(|track| track.track.points().count()).sum();
    let segments: usize = tracks.iter().map(|track| track.track.segments().len()).sum();
    assert_eq!((report.tracks, report.points), (tracks.len(), points), "what is kept is counted");
    assert_eq!((report.segments, report.waypoints), (segments, imported.waypoints.len()));
    assert!(points + imported.waypoints.len() <= TRACK_POINTS_MAX, "no more points than may be");
    assert!(points + imported.waypoints.len() > 0, "a file that holds nothing is refused");
    let names = tracks.iter().filter_map(|track| track.name.as_ref());
    for name in names.chain(imported.waypoints.iter().filter_map(|waypoint| waypoint.name.as_ref())) {
        assert!(name.as_str().len() <= NAME_BYTES_MAX, "a name fits into a statement");
    }
    for comment in imported.waypoints.iter().filter_map(|waypoint| waypoint.comment.as_ref()) {
        assert!(comment.as_str().len() <= TEXT_BYTES_MAX, "words fit into a statement");
    }
    for track in tracks {
        check_packing(&track.track);
    }
}
