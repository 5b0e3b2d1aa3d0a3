//! Invariants of export:
//!
//! 1. What GPX holds of a track comes back the same: points, times, heights, breaks.
//! 2. What is written is GPX and GeoJSON, with coordinates only for what has them.

use jasaq_model::amendment::{AmendReason, Amendment};
use jasaq_model::entry::{Activity, BorderServiceKind, Count, EntryDraft};
use jasaq_model::ids::{Author, LegId, MemberId, PatrolId, RecordingId, StatementRef};
use jasaq_model::moment::{Clocks, Moment};
use jasaq_model::patrol::{ActivityMode, LegStart, Members, PatrolStart, Transport};
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::position::{Accuracy, Coordinates, Elevation, Origin, PlaceMarks, Position};
use jasaq_model::register::{Record, Withdrawn};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Statement};
use jasaq_model::track::{Track, TrackPoint, TrackSegment, Waypoint};
use jasaq_model::words::{Label, Language, Name, Text};
use proptest::prelude::*;

use super::*;

const LEG: LegId = LegId::from_bytes([5; 16]);

pub(super) fn stated(number: usize, body: Body) -> Stated {
    let moment: Moment = format!("2026-05-01T08:{number:02}:00+05:00").parse().unwrap();
    Stated {
        key: StatementRef::new(format!("k3f0a91c.{number}")).unwrap(),
        author: Author::from_bytes([9; 32]),
        member: Some(MemberId::from_bytes([8; 16])),
        role: None,
        statement: Statement::new(Clocks::new(moment, Some(moment.time()), None), body),
    }
}

fn entry(text: &str, position: Option<Position>) -> Body {
    let activity = Activity::BorderService { kind: BorderServiceKind::Round, mode: ActivityMode::Joint };
    Body::Entry(EntryDraft { position, ..EntryDraft::new(activity, text) }.check().unwrap())
}

pub(super) fn at(latitude: f64, longitude: f64) -> Option<Coordinates> {
    Coordinates::from_degrees(latitude, longitude).ok()
}

pub(super) fn track_point(latitude: f64, longitude: f64, seconds: u32) -> TrackPoint {
    TrackPoint {
        coordinates: at(latitude, longitude),
        time: format!("2026-05-01T03:{:02}:{:02}Z", seconds / 60, seconds % 60).parse().ok(),
        elevation: Some(Elevation::from_centimetres(61_234)),
    }
}

pub(super) fn log_of(track: &Track) -> PatrolLog {
    let good = Position {
        accuracy: Some(Accuracy::from_decimetres(60)),
        ..Position::new(at(45.0, 80.0).unwrap(), Origin::Measured)
    };
    let waypoint = |point| Waypoint {
        recording: RecordingId::from_bytes([6; 16]),
        name: None,
        comment: Some(Text::new("брод <жақсы> & «терең»").unwrap()),
        point,
        source: jasaq_model::source::Source::File,
    };
    let lost = TrackPoint { coordinates: None, time: None, elevation: None };
    let mut statements = vec![
        stated(0, Body::PatrolStarted(PatrolStart::new(ActivityMode::Joint))),
        stated(
            1,
            Body::LegStarted(LegStart {
                leg: LEG,
                transport: Transport::Horse,
                members: Members::default(),
                occurred_at: None,
            }),
        ),
        stated(2, entry("Тұман,\nкөріну \u{ffff} 50 м", Some(good))),
        stated(3, entry("орны жоқ", None)),
        stated(4, Body::Waypoint(waypoint(track_point(45.5, 80.5, 0)))),
        stated(5, Body::Waypoint(waypoint(lost))),
    ];
    for (index, mut chunk) in track.split(RecordingId::from_bytes([7; 16])).into_iter().enumerate() {
        chunk.leg = Some(LEG);
        statements.push(stated(6 + index, Body::Track(chunk)));
    }
    PatrolLog::from_statements(statements)
}

pub(super) fn broken_track() -> Track {
    let lost = TrackPoint { coordinates: None, ..track_point(1.0, 1.0, 25) };
    let segments = [
        vec![track_point(44.9, 80.0, 0), track_point(44.901, 80.0, 10), lost, track_point(44.902, 80.0, 30)],
        vec![track_point(44.903, 80.0, 40), track_point(44.904, 80.0, 50), track_point(44.905, 80.0, 500)],
    ];
    Track::new(segments.map(|points| TrackSegment::new(points).unwrap()).into()).unwrap()
}

pub(super) fn with_export<T>(log: &PatrolLog, write: impl FnOnce(&Export<'_>) -> T) -> T {
    let title = Name::new("Сарыбұлақ 1").unwrap();
    write(&Export { patrol: PatrolId::from_bytes([1; 16]), title: &title, log, language: Language::Kk })
}

fn read(written: &[u8]) -> ImportedTracks {
    read_gpx(written).unwrap()
}

pub(super) fn points(imported: &ImportedTracks) -> Vec<TrackPoint> {
    imported.tracks.iter().flat_map(|track| track.track.points().copied()).collect()
}

#[test]
fn a_track_written_as_gpx_is_read_back_and_broken_at_every_gap() {
    let track = broken_track();
    let log = log_of(&track);
    let imported = read_gpx(&with_export(&log, write_gpx)).unwrap();
    let placed: Vec<_> = track.points().filter(|point| point.coordinates.is_some()).copied().collect();
    assert_eq!(points(&imported), placed);
    let lengths: Vec<_> = imported.tracks[0]
        .track
        .segments()
        .iter()
        .map(|segment| segment.points().len())
        .collect();
    assert_eq!(lengths, [2, 1, 2, 1]);
    assert_eq!(imported.tracks[0].name.as_ref().unwrap().as_str(), "Сарыбұлақ 1 · кезең 1");
}

#[test]
fn an_entry_without_a_position_gets_no_coordinates_in_gpx() {
    let written = String::from_utf8(with_export(&log_of(&broken_track()), write_gpx)).unwrap();
    assert!(!written.contains("орны жоқ"), "{written}");
    assert!(written.contains("<jasaq:unplaced>2</jasaq:unplaced>"), "{written}");
    let imported = read(written.as_bytes());
    assert_eq!(imported.waypoints.len(), 2);
    assert_eq!(imported.report, ImportReport { waypoints: 2, ..plain(&imported) });
}

/// The report of a file in which nothing was wrong.
fn plain(imported: &ImportedTracks) -> ImportReport {
    let ImportReport { points, segments, tracks, .. } = imported.report;
    ImportReport { points, segments, tracks, ..ImportReport::default() }
}

#[test]
fn gpx_says_who_wrote_what_and_how_accurately() {
    let written = String::from_utf8(with_export(&log_of(&broken_track()), write_gpx)).unwrap();
    for part in [
        r#"xmlns="http://www.topografix.com/GPX/1/1" xmlns:jasaq="urn:jasaq:gpx:1""#,
        "<jasaq:accuracy_m>6</jasaq:accuracy_m>",
        "<jasaq:entry>k3f0a91c.2</jasaq:entry>",
        "<jasaq:recorded_at>2026-05-01T08:02:00+05:00</jasaq:recorded_at>",
        "<time>2026-05-01T03:02:00Z</time>",
        "<name>қызмет атқаруға қатысу</name>",
        "<desc>Тұман,\nкөріну \u{fffd} 50 м</desc>",
        "<desc>трек, атпен</desc>",
        "брод &lt;жақсы&gt; &amp; «терең»",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
    let of_other_readers = gpx::read(written.as_bytes());
    assert_eq!(of_other_readers.unwrap().tracks.len(), 1);
}

#[test]
fn geojson_has_stable_ids_and_no_coordinates_for_what_has_none() {
    let written = String::from_utf8(with_export(&log_of(&broken_track()), write_geojson)).unwrap();
    let read: serde_json::Value = serde_json::from_str(&written).unwrap();
    let features = read["features"].as_array().unwrap();
    let ids: Vec<_> = features.iter().map(|feature| feature["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        ["k3f0a91c.2", "k3f0a91c.3", "k3f0a91c.4", "k3f0a91c.5", "k3f0a91c.6", "k3f0a91c.6/points"]
    );
    assert_eq!(features[0]["geometry"]["coordinates"].to_string(), "[80.0,45.0]", "always a decimal point");
    assert!(features[1]["geometry"].is_null() && features[3]["geometry"].is_null());
    assert_eq!(features[0]["properties"]["activity_subkind"], "round");
    assert!(written.parse::<geojson::GeoJson>().is_ok());
}

#[test]
fn geojson_draws_lines_only_where_something_was_recorded() {
    let log = log_of(&broken_track());
    let read: serde_json::Value = serde_json::from_slice(&with_export(&log, write_geojson)).unwrap();
    let (lines, lone) = (&read["features"][4], &read["features"][5]);
    assert_eq!(lines["geometry"]["type"], "MultiLineString");
    let lengths: Vec<_> = lines["geometry"]["coordinates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.as_array().unwrap().len())
        .collect();
    assert_eq!(lengths, [2, 2]);
    assert_eq!(lines["properties"]["coordTimes"][0][1], "2026-05-01T03:00:10Z");
    assert_eq!(lone["geometry"]["coordinates"].as_array().unwrap().len(), 2);
}

/// An entry amended once, one amended apart by two phones, one taken back, and one that knows its place by a marker alone.
fn log_of_second_thoughts() -> PatrolLog {
    let position = Some(Position::new(at(45.0, 80.0).unwrap(), Origin::Measured));
    let marked = |text: &str, count| {
        let activity = Activity::BorderService { kind: BorderServiceKind::Round, mode: ActivityMode::Joint };
        let marks =
            PlaceMarks { marker: Label::new("12/3").ok(), landmark: Label::new("Жалғыз тал").ok() };
        EntryDraft { marks, counted: Count::new(count), ..EntryDraft::new(activity, text) }
    };
    let amending = |of: &Stated, draft: EntryDraft| {
        let entry = draft.check().unwrap();
        Body::Amended(Amendment { of: of.cause(), entry, why: AmendReason::Slip, note: None })
    };
    let firsts = [
        stated(0, entry("3 адам", position)),
        stated(1, entry("екі рет", position)),
        stated(2, entry("қате жазылды", position)),
        stated(3, Body::Entry(marked("тұман", 2).check().unwrap())),
    ];
    let withdrawn = Withdrawn {
        author: firsts[2].author,
        key: firsts[2].key.clone(),
        reason: Text::new("қате").unwrap(),
    };
    let later = [
        stated(4, amending(&firsts[0], EntryDraft { position, ..marked("4 адам", 4) })),
        stated(5, amending(&firsts[1], EntryDraft { position, ..marked("бір", 1) })),
        stated(6, amending(&firsts[1], EntryDraft { position, ..marked("екі адам", 2) })),
        stated(7, Body::Register(Record::Withdrawn(withdrawn))),
    ];
    PatrolLog::from_statements(firsts.into_iter().chain(later))
}

#[test]
fn what_stands_goes_out_and_what_was_amended_or_taken_back_does_not() {
    let log = log_of_second_thoughts();
    for write in [write_gpx, write_geojson, write_kml] {
        let written = String::from_utf8(with_export(&log, write)).unwrap();
        for told in ["4 адам", "бір", "екі адам", "k3f0a91c.4"] {
            assert!(written.contains(told), "{told} in {written}");
        }
        for untold in ["3 адам", "екі рет", "қате жазылды"] {
            assert!(!written.contains(untold), "{untold} in {written}");
        }
        // Beside the time at which it was first said.
        assert!(written.contains("2026-05-01T08:00:00+05:00"), "{written}");
    }
}

#[test]
fn ids_stay_when_an_entry_is_amended_and_differ_where_it_was_amended_apart() {
    let written = with_export(&log_of_second_thoughts(), write_geojson);
    let read: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let features = read["features"].as_array().unwrap();
    let ids: Vec<_> = features.iter().map(|feature| feature["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["k3f0a91c.0", "k3f0a91c.1/k3f0a91c.5", "k3f0a91c.1/k3f0a91c.6", "k3f0a91c.3"]);
    assert_eq!(features[0]["properties"]["amended_by"], "k3f0a91c.4");
}

#[test]
fn marker_landmark_count_and_grid_reference_go_out_too() {
    let log = log_of_second_thoughts();
    let [gpx, geojson, kml] = [write_gpx, write_geojson, write_kml]
        .map(|write| String::from_utf8(with_export(&log, write)).unwrap());
    let comment = "шекара белгісі: 12/3; бағдар: Жалғыз тал; саны: 4";
    for part in ["<name>қызмет атқаруға қатысу · 12/3</name>", comment, "44TMQ 21184 83436"]
    {
        assert!(gpx.contains(part) && kml.contains(part), "{part} in {gpx}{kml}");
    }
    for part in ["<jasaq:marker>12/3</", "<jasaq:landmark>Жалғыз тал</", "<jasaq:count>4</"] {
        assert!(gpx.contains(part), "{part} in {gpx}");
    }
    let read: serde_json::Value = serde_json::from_str(&geojson).unwrap();
    let last = &read["features"][3];
    assert!(last["geometry"].is_null(), "a marker is not a position");
    let properties = &last["properties"];
    assert_eq!((&properties["marker"], &properties["count"]), (&"12/3".into(), &2.into()));
    assert_eq!(
        (&properties["landmark"], &properties["mgrs"]),
        (&"Жалғыз тал".into(), &serde_json::Value::Null)
    );
    assert!(gpx.contains("<jasaq:unplaced>1</jasaq:unplaced>"), "{gpx}");
}

pub(super) fn walked() -> impl Strategy<Value = Vec<TrackPoint>> {
    let point =
        (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000_i32, prop_oneof![Just(0), any::<i32>()])
            .prop_filter_map("0,0", |(latitude, longitude, centimetres)| {
                let coordinates = Some(Coordinates::from_e7(latitude, longitude).ok()?);
                let elevation = Some(Elevation::from_centimetres(centimetres));
                Some(TrackPoint { coordinates, time: None, elevation })
            });
    proptest::collection::vec(point, 1..40)
}
