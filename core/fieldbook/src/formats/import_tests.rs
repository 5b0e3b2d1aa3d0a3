//! Invariants of import:
//!
//! 1. Nothing that can be kept is refused, and whatever is kept with a note is counted.
//! 2. No bytes whatever break the reader.

use jasaq_model::position::{Coordinates, Elevation};
use jasaq_model::track::TrackPoint;
use proptest::prelude::*;

use super::*;

const GPX_11: &str = r#"version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1""#;
const GPX_10: &str = r#"version="1.0" creator="x" xmlns="http://www.topografix.com/GPX/1/0""#;
const GOOD: &str = r#"<trkpt lat="44.9" lon="80.0"><time>2026-05-01T08:00:00Z</time></trkpt>"#;

fn gpx(attributes: &str, inside: &str) -> String {
    format!("<?xml version=\"1.0\"?><gpx {attributes}>{inside}</gpx>")
}

fn one_segment(points: &str) -> String {
    gpx(GPX_11, &format!("<trk><trkseg>{GOOD}{points}</trkseg></trk>"))
}

fn read(text: &str) -> ImportedTracks {
    read_gpx(text.as_bytes()).unwrap()
}

fn points(imported: &ImportedTracks) -> Vec<TrackPoint> {
    imported.tracks.iter().flat_map(|track| track.track.points().copied()).collect()
}

#[test]
fn a_track_is_read_with_its_segments_times_and_heights() {
    let inside = format!(
        "<trk><name>Сарыбұлақ</name><trkseg>{GOOD}</trkseg><trkseg/><trkseg>{GOOD}\
         <trkpt lat='-1.5' lon='2'><ele>12.345</ele></trkpt></trkseg></trk><trk/>"
    );
    let imported = read(&gpx(GPX_11, &inside));
    let [track] = imported.tracks.as_slice() else { panic!("one track with points") };
    assert_eq!(track.name.as_ref().unwrap().as_str(), "Сарыбұлақ");
    let last = points(&imported)[2];
    assert_eq!(last.coordinates, Coordinates::from_degrees(-1.5, 2.0).ok());
    assert_eq!(last.elevation, Some(Elevation::from_centimetres(1_235)));
    let report =
        ImportReport { points: 3, segments: 2, tracks: 1, untimed_points: 1, ..ImportReport::default() };
    assert_eq!(imported.report, report);
}

#[test]
fn one_bad_point_does_not_cost_the_others() {
    let imported = read(&one_segment(
        "<trkpt lat='95' lon='80'/><trkpt lat='0' lon='0'/><trkpt lat='45,5' lon='80'/><trkpt lon='80'/>",
    ));
    assert_eq!(imported.report.points, 5);
    assert_eq!((imported.report.points_at_zero, imported.report.unreadable_coordinates), (1, 3));
    assert!(points(&imported).iter().skip(1).all(|point| point.coordinates.is_none()));
}

#[test]
fn an_unreadable_time_or_height_leaves_the_point() {
    let imported =
        read(&one_segment("<trkpt lat='45' lon='80'><time>yesterday</time><ele>high</ele></trkpt>"));
    let report = imported.report;
    assert_eq!((report.unreadable_times, report.untimed_points, report.unreadable_elevations), (1, 1, 1));
    assert!(points(&imported)[1].coordinates.is_some());
}

#[test]
fn a_clock_of_1901_with_seven_digits_is_kept_and_counted() {
    let imported =
        read(&one_segment("<trkpt lat='45' lon='80'><time>1901-12-13T20:45:52.2073437Z</time></trkpt>"));
    assert_eq!(imported.report.implausible_clocks, 1);
    assert_eq!(points(&imported)[1].time.unwrap().to_string(), "1901-12-13T20:45:52.207Z");
}

#[test]
fn gpx_1_0_and_a_file_without_a_version_are_read() {
    let inside = format!(
        "<time>2010-01-01T00:00:00Z</time><trk><trkseg>{GOOD}<trkpt lat='45' lon='80'><speed>1.2</speed>\
         <course>30</course><url>http://x</url></trkpt></trkseg></trk>"
    );
    assert_eq!(read(&gpx(GPX_10, &inside)).report.points, 2);
    assert_eq!(read(&gpx("", &inside)).report.points, 2);
}

#[test]
fn a_file_cut_short_keeps_what_came_before() {
    let whole = one_segment(GOOD);
    for (cut, points) in [("<trkpt", 1), ("</trkseg", 2), ("</time>", 2)] {
        let end = whole.rfind(cut).unwrap();
        let imported = read(&format!("{}<trkpt lat='45' lo", &whole[..end]));
        assert_eq!((imported.report.points, imported.report.breaks_off), (points, true), "cut before {cut}");
    }
}

#[test]
fn a_time_cut_in_the_middle_is_no_time() {
    let whole = one_segment(GOOD);
    let imported = read(&whole[..whole.rfind("00:00Z").unwrap()]);
    assert_eq!(points(&imported)[1].time, None);
}

#[test]
fn waypoints_and_route_points_are_kept_as_named_places() {
    let imported = read(&gpx(
        GPX_11,
        "<wpt lat='45' lon='80'><name>Қайнар &amp; брод</name><cmt>a</cmt><desc>b</desc></wpt>\
         <wpt lat='0' lon='0'><name>x</name><cmt>same</cmt><desc>same</desc></wpt>\
         <rte><name>r</name><rtept lat='46' lon='80'/></rte>",
    ));
    assert_eq!((imported.report.waypoints, imported.report.route_points), (3, 1));
    let [first, second, third] = imported.waypoints.as_slice() else { panic!("three places") };
    assert_eq!(first.name.as_ref().unwrap().as_str(), "Қайнар & брод");
    assert_eq!(first.comment.as_ref().unwrap().as_str(), "a\nb");
    assert_eq!(second.comment.as_ref().unwrap().as_str(), "same");
    assert_eq!((second.point.coordinates, third.name.clone()), (None, None));
}

#[test]
fn a_makers_extensions_are_passed_over() {
    let imported = read(&one_segment(
        "<trkpt lat='45' lon='80'><extensions><x:time xmlns:x='urn:x'>1999-01-01T00:00:00Z</x:time>\
         <time>1999-01-01T00:00:00Z</time></extensions><x:ele xmlns:x='urn:x'>5</x:ele></trkpt>",
    ));
    assert_eq!((points(&imported)[1].time, points(&imported)[1].elevation), (None, None));
}

#[test]
fn words_too_long_or_with_control_characters_are_kept_as_far_as_they_can_be() {
    let long = "ә".repeat(150);
    let inside = format!("<wpt lat='45' lon='80'><name>{long}</name><desc>a&#7;b\nc</desc></wpt>");
    let imported = read(&gpx(GPX_11, &inside));
    assert_eq!(imported.waypoints[0].name.as_ref().unwrap().as_str(), "ә".repeat(100));
    assert_eq!(imported.waypoints[0].comment.as_ref().unwrap().as_str(), "a b\nc");
    assert_eq!(imported.report.words_shortened, 2);
}

#[test]
fn letters_that_are_not_utf8_do_not_cost_the_track() {
    let mut bytes = one_segment("").into_bytes();
    let name_at = bytes.windows(8).position(|window| window == b"<trkseg>").unwrap();
    bytes.splice(name_at..name_at, *b"<name>\xcf\xee\xf1\xf2</name>");
    let imported = read_gpx(&bytes).unwrap();
    assert!(imported.report.not_utf8);
    assert_eq!(imported.report.points, 1);
}

#[test]
fn a_file_in_the_encoding_it_declares_loses_no_letter() {
    let inside = format!("<trk><name>Пост Ключ №7</name><trkseg>{GOOD}</trkseg></trk>");
    let declaring = |label: &str| {
        let declaration = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>");
        gpx(GPX_11, &inside).replace("<?xml version=\"1.0\"?>", &declaration)
    };
    let is_whole = |bytes: &[u8], label: &str| {
        let imported = read_gpx(bytes).unwrap();
        assert_eq!(imported.tracks[0].name.as_ref().unwrap().as_str(), "Пост Ключ №7", "{label}");
        assert!(!imported.report.not_utf8, "{label}");
    };
    for label in ["windows-1251", "KOI8-U", "ISO-8859-5", "utf-8"] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let text = declaring(label).replace('№', if label == "KOI8-U" { "&#8470;" } else { "№" });
        let (bytes, _, unmappable) = encoding.encode(&text);
        assert!(!unmappable, "otherwise {label} is not what is proved");
        is_whole(&bytes, label);
    }
    let text = declaring("UTF-16");
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for text in [text.clone(), format!("\u{feff}{text}")] {
        is_whole(&little(&text), "UTF-16LE");
        is_whole(&big(&text), "UTF-16BE");
    }
    is_whole(text.as_bytes(), "UTF-8 that says it were UTF-16");
    is_whole(declaring("windows-1251").as_bytes(), "UTF-8 that says it were windows-1251");
    is_whole(format!("\u{feff}{}", declaring("windows-1251")).as_bytes(), "the mark is believed");
    is_whole(declaring("x-unknown").as_bytes(), "an encoding that nobody knows");
}

#[test]
fn what_is_no_gpx_is_refused() {
    for text in ["", "hello", "<html><body/></html>", "PK\u{3}\u{4}", "{}", "<gp"] {
        assert_eq!(read_gpx(text.as_bytes()), Err(ImportRefused::OtherFormat(ImportFormat::Gpx)), "{text}");
    }
    assert_eq!(read_gpx(gpx(GPX_11, "<trk><trkseg/></trk>").as_bytes()), Err(ImportRefused::Empty));
}

#[test]
fn entities_that_grow_without_bound_are_refused() {
    let bomb = format!("<!DOCTYPE gpx [<!ENTITY a \"aaaa\">]>{}", gpx(GPX_11, GOOD));
    assert_eq!(read_gpx(bomb.as_bytes()), Err(ImportRefused::DocumentType));
    let imported = read(&gpx(GPX_11, "<wpt lat='45' lon='80'><name>a&b;</name></wpt>"));
    assert_eq!(imported.waypoints[0].name.as_ref().unwrap().as_str(), "a\u{fffd}");
}

#[test]
fn beyond_the_limits_is_refused() {
    let bytes = vec![b' '; IMPORT_BYTES_MAX + 1];
    assert_eq!(read_gpx(&bytes), Err(ImportRefused::TooLarge { bytes: IMPORT_BYTES_MAX + 1 }));
    let deep = gpx(GPX_11, &"<a>".repeat(IMPORT_DEPTH_MAX));
    assert_eq!(read_gpx(deep.as_bytes()), Err(ImportRefused::TooDeep));
    let many = gpx(GPX_11, &"<wpt lat='1' lon='1'/>".repeat(IMPORT_POINTS_MAX + 1));
    assert_eq!(read_gpx(many.as_bytes()), Err(ImportRefused::TooManyPoints));
}

#[test]
fn real_tracks_are_read_whole() {
    for (file, points, waypoints, implausible) in
        [("Mojstrovka.gpx", 184, 0, 184), ("cerknicko-jezero.gpx", 296, 7, 297)]
    {
        let path = format!("{}/../../server/jasaq/tracks/{file}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        let report = read_gpx(&bytes).unwrap().report;
        assert_eq!((report.points, report.waypoints), (points, waypoints), "{report:?}");
        assert_eq!(report.implausible_clocks, implausible, "{report:?}");
        assert!(!report.breaks_off && !report.not_utf8);
    }
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(
        cut in any::<prop::sample::Index>(),
        with in proptest::collection::vec(any::<u8>(), 0..8),
    ) {
        let mut bytes = one_segment(GOOD).into_bytes();
        let at = cut.index(bytes.len());
        bytes.splice(at..(at + with.len()).min(one_segment(GOOD).len()), with);
        let _ = read_gpx(&bytes);
        let _ = read_gpx(&bytes[..at]);
    }
}
