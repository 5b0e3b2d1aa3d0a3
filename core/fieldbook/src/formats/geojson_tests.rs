//! Invariants of GeoJSON in:
//!
//! 1. Nothing that can be kept is refused, and whatever is kept with a note is counted.
//! 2. No time is given to a point that it was not written for.
//! 3. No bytes whatever break the reader.

use jasaq_model::position::{Coordinates, Elevation};
use proptest::prelude::*;

use super::export_tests::points;
use super::*;

fn read(text: &str) -> ImportedTracks {
    read_geojson(text.as_bytes()).unwrap()
}

fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn at(latitude: f64, longitude: f64) -> Option<Coordinates> {
    Coordinates::from_degrees(latitude, longitude).ok()
}

fn times(imported: &ImportedTracks) -> Vec<Option<String>> {
    points(imported)
        .iter()
        .map(|point| point.time.map(|time| time.to_string()))
        .collect()
}

#[test]
fn features_geometries_and_collections_are_read() {
    let point =
        feature(r#"{"name":"Бекет","desc":"су бар","time":"2026-05-01T08:00:00Z"}"#, "Point", "[80.0,45,7]");
    let line = feature("null", "LineString", "[[80,45],[80,46]]");
    let lines = feature("{}", "MultiLineString", "[[[80,45],[80,46]],[],[[81,45]]]");
    let imported = read(&collection(&[point.clone(), line, lines]));
    let place = &imported.waypoints[0];
    assert_eq!(place.name.as_ref().unwrap().as_str(), "Бекет");
    assert_eq!(place.comment.as_ref().unwrap().as_str(), "су бар");
    assert_eq!(
        (place.point.coordinates, place.point.elevation),
        (at(45.0, 80.0), Some(Elevation::from_centimetres(700)))
    );
    assert_eq!(place.point.time.unwrap().to_string(), "2026-05-01T08:00:00Z");
    let report = ImportReport {
        points: 5,
        segments: 3,
        tracks: 2,
        waypoints: 1,
        untimed_points: 5,
        ..ImportReport::default()
    };
    assert_eq!(imported.report, report);
    assert_eq!(read(&point).waypoints.len(), 1);
    assert_eq!(read(r#"{"coordinates":[[80,45],[81,45]],"type":"MultiPoint"}"#).waypoints.len(), 2);
    let several = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[80,45]},
        {"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[80,45],[80,46]]}]}]}"#;
    assert_eq!((read(several).waypoints.len(), read(several).tracks.len()), (1, 1));
}

#[test]
fn times_are_read_as_common_programs_write_them() {
    let line = "[[80,45],[80,46]]";
    let [first, second] = ["2026-05-01T08:00:00Z", "2026-05-01T08:00:10Z"].map(|time| Some(time.to_owned()));
    for properties in [
        r#"{"coordTimes":["2026-05-01T08:00:00Z","2026-05-01T08:00:10Z"]}"#,
        r#"{"coordTimes":[["2026-05-01T08:00:00Z","2026-05-01T08:00:10Z"]]}"#,
        r#"{"coordinateProperties":{"times":["2026-05-01T13:00:00+05:00","2026-05-01T08:00:10Z"]}}"#,
        r#"{"times":[1777622400000,1777622410000.0]}"#,
        r#"{"times":["2026/05/01 08:00:00+00","2026/05/01 08:00:10+00"]}"#,
    ] {
        let imported = read(&feature(properties, "LineString", line));
        assert_eq!(times(&imported), [first.clone(), second.clone()], "{properties}");
        assert_eq!(imported.report.unreadable_times, 0, "{properties}");
    }
    let geometry_first = format!(
        r#"{{"geometry":{{"coordinates":{line},"type":"LineString"}},"type":"Feature",
        "properties":{{"times":["2026-05-01T08:00:00Z",null]}}}}"#
    );
    assert_eq!(times(&read(&geometry_first)), [first, None]);
}

#[test]
fn times_that_are_not_one_for_each_point_are_nobodys() {
    let line = "[[80,45],[80,46]]";
    for (properties, unreadable) in [
        (r#"{"coordTimes":["2026-05-01T08:00:00Z"]}"#, 1),
        (r#"{"times":["2026-05-01T08:00:00Z","2026-05-01T08:00:10Z",null,4]}"#, 3),
        (r#"{"times":["yesterday",1777622400]}"#, 2),
        (r#"{"time":"2026-05-01T08:00:00Z"}"#, 0),
    ] {
        let imported = read(&feature(properties, "LineString", line));
        assert_eq!(
            (times(&imported), imported.report.unreadable_times),
            (vec![None, None], unreadable),
            "{properties}"
        );
    }
}

#[test]
fn one_bad_point_does_not_cost_the_others() {
    let imported = read(&feature(
        "{}",
        "LineString",
        r#"[[80,45],[80,95],[0,0],[80],["80.5","45.5"],[null,45],[80,45,null,9],{"x":1},[80,46]]"#,
    ));
    let found: Vec<_> = points(&imported).iter().map(|point| point.coordinates).collect();
    assert_eq!(
        found,
        [at(45.0, 80.0), None, None, None, at(45.5, 80.5), None, at(45.0, 80.0), at(46.0, 80.0)]
    );
    assert_eq!((imported.report.points_at_zero, imported.report.unreadable_coordinates), (1, 3));
}

#[test]
fn areas_are_left_out_and_a_feature_without_a_place_is_kept() {
    let imported = read(&collection(&[
        feature("{}", "Polygon", "[[[80,45],[81,45],[81,46],[80,45]]]"),
        r#"{"type":"Feature","geometry":null,"properties":{"name":"белгі 12/3","text":"орны жоқ"}}"#
            .to_owned(),
        r#"{"type":"Feature","geometry":null,"properties":null}"#.to_owned(),
    ]));
    assert_eq!((imported.report.shapes_left_out, imported.waypoints.len()), (1, 1));
    assert_eq!(imported.waypoints[0].point.coordinates, None);
}

#[test]
fn a_file_cut_short_keeps_whole_points_and_no_half_one() {
    let whole = collection(&[
        feature("{}", "LineString", "[[80,45],[80,46]]"),
        feature("{}", "LineString", "[[80,47],[80,48.25]]"),
    ]);
    for (cut, count) in [(".25", 3), ("]]}}]}", 3), ("}}]}", 4), ("]}", 4), ("}", 4)] {
        let imported = read(&whole[..whole.rfind(cut).unwrap()]);
        assert_eq!((imported.report.points, imported.report.breaks_off), (count, true), "cut before {cut}");
    }
    assert!(read(&format!("{whole} x")).report.breaks_off);
}

#[test]
fn other_systems_of_coordinates_are_refused() {
    let with_crs = |name: &str| {
        let crs = format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#);
        let feature = feature("{}", "Point", "[80,45]");
        format!(r#"{{"type":"FeatureCollection","crs":{crs},"features":[{feature}]}}"#)
    };
    for name in ["urn:ogc:def:crs:EPSG::4284", "urn:ogc:def:crs:EPSG::3857", "EPSG:28413"] {
        assert_eq!(read_geojson(with_crs(name).as_bytes()), Err(ImportRefused::NotWgs84), "{name}");
    }
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"] {
        assert_eq!(read(&with_crs(name)).waypoints.len(), 1, "{name}");
    }
    let null =
        r#"{"type":"Feature","crs":null,"properties":{},"geometry":{"type":"Point","coordinates":[80,45]}}"#;
    assert_eq!(read(null).waypoints.len(), 1);
}

#[test]
fn marks_of_byte_order_and_other_encodings_are_read() {
    let text = feature(r#"{"name":"Пост №7"}"#, "Point", "[80,45]");
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes(), utf16] {
        assert_eq!(ImportFormat::of(&bytes), Some(ImportFormat::GeoJson));
        let imported = read_geojson(&bytes).unwrap();
        assert_eq!(imported.waypoints[0].name.as_ref().unwrap().as_str(), "Пост №7");
    }
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
    let imported = read_geojson(&bytes).unwrap();
    assert!(imported.report.not_utf8 && imported.waypoints.len() == 1);
}

#[test]
fn what_is_no_geojson_is_refused() {
    let topology = r#"{"type":"Topology","objects":{}}"#;
    for text in
        ["", "hello", "<gpx/>", "[]", "{}", "7", "null", "{\"type\":7}", topology, "{\"features\":[]}"]
    {
        assert_eq!(
            read_geojson(text.as_bytes()),
            Err(ImportRefused::OtherFormat(ImportFormat::GeoJson)),
            "{text}"
        );
    }
    assert_eq!(read_geojson(collection(&[]).as_bytes()), Err(ImportRefused::Empty));
}

#[test]
fn beyond_the_limits_is_refused() {
    let bytes = vec![b' '; IMPORT_BYTES_MAX + 1];
    assert_eq!(read_geojson(&bytes), Err(ImportRefused::TooLarge { bytes: IMPORT_BYTES_MAX + 1 }));
    let million = feature("{}", "LineString", &format!("[{}[80,45]]", "[80.1,45.1],".repeat(1_000_000)));
    assert_eq!(read_geojson(million.as_bytes()), Err(ImportRefused::TooManyPoints));
    let point = feature("{}", "Point", "[80,45]");
    let some =
        [feature("{}", "MultiPoint", &format!("[{}[80,45]]", "[8,4],".repeat(IMPORT_POINTS_MAX - 1))), point];
    assert_eq!(read_geojson(collection(&some).as_bytes()), Err(ImportRefused::TooManyPoints));
    let moments = format!("{{\"times\":[{}null]}}", "null,".repeat(IMPORT_POINTS_MAX));
    assert_eq!(
        read_geojson(feature(&moments, "Point", "[80,45]").as_bytes()),
        Err(ImportRefused::TooManyPoints)
    );
}

#[test]
fn what_is_nested_without_end_breaks_nothing() {
    let opened = r#"{"type":"GeometryCollection","geometries":["#;
    let deep = format!("{}{}", opened.repeat(IMPORT_DEPTH_MAX + 2), "]}".repeat(IMPORT_DEPTH_MAX + 2));
    assert_eq!(read_geojson(deep.as_bytes()), Err(ImportRefused::TooDeep));
    for endless in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert!(read_geojson(feature("{}", "Point", &endless).as_bytes()).is_err());
        assert!(read_geojson(feature(&endless, "Point", "[80,45]").as_bytes()).is_err());
        assert!(read_geojson(endless.as_bytes()).is_err());
        assert!(read_geojson(opened.repeat(100_000).as_bytes()).is_err());
        let passed_over = format!(r#"{{"type":"Point","coordinates":[80,45],"x":{endless}"#);
        assert_eq!(read_geojson(passed_over.as_bytes()).unwrap().waypoints.len(), 1);
    }
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(
        cut in any::<prop::sample::Index>(),
        with in proptest::collection::vec(any::<u8>(), 0..8),
    ) {
        let whole = collection(&[
            feature(r#"{"name":"a","times":["2026-05-01T08:00:00Z",1]}"#, "LineString", "[[80,45,1],[80,46]]"),
            feature(r#"{"time":1777622400000,"coordTimes":[[]]}"#, "MultiPoint", "[[80,45]]"),
        ]);
        let mut bytes = whole.into_bytes();
        let at = cut.index(bytes.len());
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at..end, with);
        let _ = read_geojson(&bytes);
        let _ = read_geojson(&bytes[..at.min(bytes.len())]);
    }
}
