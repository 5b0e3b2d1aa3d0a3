//! Invariants of a journey out and back, for each format:
//!
//! 1. Points and heights of a track come back as they were, with its breaks and its name; times too, unless the format has none
//!    for single points.
//! 2. Entries and named places come back as places: name, words, where and when.
//! 3. What we write is what readers of others read.

use jasaq_model::moment::UtcTime;
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::track::{Track, TrackPoint, TrackSegment};
use proptest::prelude::*;

use super::export_tests::{broken_track, log_of, points, track_point, walked, with_export};
use super::*;

type Write = fn(&Export<'_>) -> Vec<u8>;

const FORMATS: [(ImportFormat, Write); 4] = [
    (ImportFormat::Gpx, write_gpx),
    (ImportFormat::Kml, write_kml),
    (ImportFormat::Kmz, write_kmz),
    (ImportFormat::GeoJson, write_geojson),
];

fn there_and_back(log: &PatrolLog, (format, write): (ImportFormat, Write)) -> ImportedTracks {
    let written = with_export(log, write);
    assert_eq!(ImportFormat::of(&written), Some(format));
    let imported = read_tracks(&written, None).unwrap();
    assert_eq!(read_tracks(&written, Some(format)).as_ref(), Ok(&imported));
    imported
}

/// Whether a format has a time for each point of a track.
fn has_times(format: ImportFormat) -> bool {
    matches!(format, ImportFormat::Gpx | ImportFormat::GeoJson)
}

/// Two segments without a point that stands alone: a line of KML or GeoJSON has two at least.
fn whole_track() -> Track {
    let segments = [
        vec![
            track_point(44.9, 80.0, 0),
            track_point(44.901, 80.000_000_1, 10),
            track_point(44.902, 80.0, 30),
        ],
        vec![track_point(44.903, 80.0, 40), track_point(-44.904, -80.0, 50)],
    ];
    Track::new(segments.map(|points| TrackSegment::new(points).unwrap()).into()).unwrap()
}

#[test]
fn a_track_comes_back_from_every_format() {
    let log = log_of(&whole_track());
    for (format, write) in FORMATS {
        let imported = there_and_back(&log, (format, write));
        let [track] = imported.tracks.as_slice() else { panic!("one track of {format:?}") };
        assert_eq!(track.name.as_ref().unwrap().as_str(), "Сарыбұлақ 1 · кезең 1", "{format:?}");
        let timed =
            |point: &TrackPoint| TrackPoint { time: point.time.filter(|_| has_times(format)), ..*point };
        let segments = whole_track()
            .segments()
            .iter()
            .map(|segment| TrackSegment::new(segment.points().iter().map(timed).collect()).unwrap())
            .collect();
        assert_eq!(track.track, Track::new(segments).unwrap(), "{format:?}");
        let report = imported.report;
        assert_eq!((report.points, report.unreadable_times, report.breaks_off), (5, 0, false), "{format:?}");
    }
}

#[test]
fn points_that_stand_alone_come_back_as_points_and_never_as_lines() {
    let log = log_of(&broken_track());
    let placed = broken_track().points().filter(|point| point.coordinates.is_some()).count();
    for (format, write) in FORMATS {
        let imported = there_and_back(&log, (format, write));
        let named = imported.waypoints.iter();
        let lone =
            named.filter(|place| place.name.as_ref().is_some_and(|name| name.as_str().contains("кезең")));
        assert_eq!(points(&imported).len() + lone.count(), placed, "{format:?}");
    }
}

#[test]
fn entries_and_named_places_come_back_as_places() {
    let log = log_of(&whole_track());
    let [entry_at, place_at]: [UtcTime; 2] =
        ["2026-05-01T03:02:00Z", "2026-05-01T03:00:00Z"].map(|time| time.parse().unwrap());
    for (format, write) in FORMATS {
        let imported = there_and_back(&log, (format, write));
        let placed: Vec<_> = imported
            .waypoints
            .iter()
            .filter(|place| place.point.coordinates.is_some())
            .collect();
        let [entry, place] = placed.as_slice() else { panic!("two places of {format:?}") };
        assert_eq!(entry.name.as_ref().unwrap().as_str(), "қызмет атқаруға қатысу", "{format:?}");
        assert!(entry.comment.as_ref().unwrap().as_str().contains("Тұман,\nкөріну"), "{format:?}");
        assert_eq!((entry.point.time, place.point.time), (Some(entry_at), Some(place_at)), "{format:?}");
        assert_eq!(place.comment.as_ref().unwrap().as_str(), "брод <жақсы> & «терең»", "{format:?}");
        assert_eq!(place.point, TrackPoint { time: Some(place_at), ..track_point(45.5, 80.5, 0) });
    }
}

#[test]
fn the_geojson_reader_of_others_reads_every_feature() {
    let written = with_export(&log_of(&broken_track()), write_geojson);
    let read: geojson::GeoJson = String::from_utf8(written).unwrap().parse().unwrap();
    let geojson::GeoJson::FeatureCollection(collection) = read else { panic!("a collection") };
    assert_eq!(collection.features.len(), 6);
    // What RFC 7946 asks of each: §3.1.1 at least two numbers, §3.1.4 lines of two points or more, §4 degrees.
    let check = |position: &geojson::Position| {
        let numbers = position.as_slice();
        assert!((2..=3).contains(&numbers.len()) && numbers[0].abs() <= 180.0 && numbers[1].abs() <= 90.0);
    };
    for geometry in collection.features.iter().filter_map(|feature| feature.geometry.as_ref()) {
        match &geometry.value {
            geojson::GeometryValue::Point { coordinates } => check(coordinates),
            geojson::GeometryValue::MultiPoint { coordinates } => coordinates.iter().for_each(check),
            geojson::GeometryValue::MultiLineString { coordinates } => {
                assert!(coordinates.iter().all(|line| line.len() >= 2));
                coordinates.iter().flatten().for_each(check);
            }
            other => panic!("we never write {}", other.type_name()),
        }
    }
}

#[test]
fn the_gpx_reader_of_others_reads_every_point() {
    let read = gpx::read(with_export(&log_of(&whole_track()), write_gpx).as_slice()).unwrap();
    let lengths: Vec<_> = read.tracks[0].segments.iter().map(|segment| segment.points.len()).collect();
    assert_eq!((lengths, read.waypoints.len()), (vec![3, 2], 2));
    assert_eq!(read.version, gpx::GpxVersion::Gpx11);
    let first = &read.tracks[0].segments[0].points[0];
    assert_eq!((first.point().y(), first.point().x(), first.elevation), (44.9, 80.0, Some(612.34)));
    assert!(first.time.is_some() && read.waypoints[0].name.is_some() && read.waypoints[0].comment.is_some());
}

#[test]
fn the_kml_reader_of_others_reads_every_placemark() {
    let written = String::from_utf8(with_export(&log_of(&broken_track()), write_kml)).unwrap();
    assert!(written.contains(r#"<kml xmlns="http://www.opengis.net/kml/2.2">"#), "{written}");
    let read: kml::Kml = written.parse().unwrap();
    let mut placemarks = Vec::new();
    collect_placemarks(&read, &mut placemarks);
    let lines = |placemark: &kml::types::Placemark| match &placemark.geometry {
        Some(kml::types::Geometry::MultiGeometry(several)) => several
            .geometries
            .iter()
            .map(|geometry| match geometry {
                kml::types::Geometry::LineString(line) => line.coords.len(),
                _ => 1,
            })
            .collect(),
        Some(kml::types::Geometry::Point(point)) => vec![usize::from(point.coord.x.abs() <= 180.0)],
        _ => vec![],
    };
    let drawn: Vec<_> = placemarks.iter().map(lines).collect();
    assert_eq!(drawn, [vec![1], vec![], vec![1], vec![], vec![2, 2], vec![1, 1]]);
    assert!(placemarks.iter().all(|placemark| placemark.name.is_some()));
}

fn collect_placemarks(kml: &kml::Kml, into: &mut Vec<kml::types::Placemark>) {
    match kml {
        kml::Kml::KmlDocument(document) => {
            document.elements.iter().for_each(|kml| collect_placemarks(kml, into));
        }
        kml::Kml::Document { elements, .. } => elements.iter().for_each(|kml| collect_placemarks(kml, into)),
        kml::Kml::Folder(folder) => folder.elements.iter().for_each(|kml| collect_placemarks(kml, into)),
        kml::Kml::Placemark(placemark) => into.push(placemark.clone()),
        _ => {}
    }
}

proptest! {
    #[test]
    fn points_come_back_as_they_were(points in walked()) {
        let lone = points.len() == 1;
        let track = Track::new(vec![TrackSegment::new(points).unwrap()]).unwrap();
        let log = log_of(&track);
        for (format, write) in FORMATS {
            let imported = there_and_back(&log, (format, write));
            if lone && format != ImportFormat::Gpx {
                continue;
            }
            prop_assert_eq!(&imported.tracks[0].track, &track, "{:?}", format);
        }
    }
}
