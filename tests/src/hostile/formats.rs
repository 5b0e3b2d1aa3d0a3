//! Packed track points, and files with tracks of others.

use std::io::{Cursor, Write as _};

use jasaq_fieldbook::formats::{
    ImportRefused, ImportedTracks, read_geojson, read_gpx, read_kml, read_kmz, read_tracks,
};
use jasaq_fieldbook::model::ids::RecordingId;
use jasaq_fieldbook::model::limits::{
    NAME_BYTES_MAX, TEXT_BYTES_MAX, TRACK_CHUNK_BYTES_MAX, TRACK_POINTS_MAX,
};
use jasaq_fieldbook::model::track::{PackedTrack, Track};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::draw::Draw;

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

/// A GPX file.
pub(super) fn feed_gpx(input: &[u8]) {
    check_import(read_gpx(input).as_ref());
}

/// A KML file.
pub(super) fn feed_kml(input: &[u8]) {
    check_import(read_kml(input).as_ref());
}

/// A GeoJSON file, which is told from the others without being asked for.
pub(super) fn feed_geojson(input: &[u8]) {
    let imported = read_geojson(input);
    check_import(imported.as_ref());
    if let Ok(imported) = imported {
        assert_eq!(read_tracks(input, None), Ok(imported), "what it is, is seen");
    }
}

/// First byte: even an archive, odd files that are put into one, each with its name, packed or not.
pub(super) fn feed_kmz(input: &[u8]) {
    let mut draw = Draw::new(input);
    if draw.byte() & 1 == 0 {
        return check_import(read_kmz(draw.rest()).as_ref());
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    while !draw.is_empty() {
        let packing = draw.pick(&[CompressionMethod::Stored, CompressionMethod::Deflated]);
        let name = String::from_utf8_lossy(draw.piece());
        let options = SimpleFileOptions::default().compression_method(packing);
        if archive.start_file(name, options).is_ok() {
            archive.write_all(draw.piece()).expect("memory takes it");
        }
    }
    let archive = archive.finish().expect("memory takes it").into_inner();
    check_import(read_kmz(&archive).as_ref());
}

fn check_import(imported: Result<&ImportedTracks, &ImportRefused>) {
    let Ok(imported) = imported else { return };
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
