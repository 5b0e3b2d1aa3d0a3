//! Invariants of KML in:
//!
//! 1. Nothing that can be kept is refused, and whatever is kept with a note is counted.
//! 2. Nothing is made of what is not there: no height of 0, no point of half a tuple.
//! 3. No bytes whatever break the reader.

use jasaq_model::position::{Coordinates, Elevation};
use jasaq_model::track::TrackPoint;
use proptest::prelude::*;

use super::export_tests::points;
use super::*;

const NAMESPACES: &str =
    r#"xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2""#;

fn kml(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?><kml {NAMESPACES}><Document>{inside}</Document></kml>")
}

fn line(inside: &str) -> String {
    kml(&format!("<Placemark><LineString>{inside}</LineString></Placemark>"))
}

fn read(text: &str) -> ImportedTracks {
    read_kml(text.as_bytes()).unwrap()
}

fn at(latitude: f64, longitude: f64) -> Option<Coordinates> {
    Coordinates::from_degrees(latitude, longitude).ok()
}

fn heights(imported: &ImportedTracks) -> Vec<Option<Elevation>> {
    points(imported).iter().map(|point| point.elevation).collect()
}

#[test]
fn placemarks_are_found_in_folders_of_any_depth() {
    let imported = read(&kml(
        "<name>map</name><Folder><Folder><Placemark><name>Бекет №7</name><description>су бар</description>\
         <TimeStamp><when>2026-05-01T08:00:00+05:00</when></TimeStamp>\
         <Point><coordinates>80.0,45.0,612.5</coordinates></Point></Placemark></Folder>\
         <Placemark><name>жол</name><LineString><coordinates>\n 80,45 80.1,45.1,700\n</coordinates></LineString>\
         </Placemark></Folder>",
    ));
    let [place] = imported.waypoints.as_slice() else { panic!("one place") };
    assert_eq!(place.name.as_ref().unwrap().as_str(), "Бекет №7");
    assert_eq!(place.comment.as_ref().unwrap().as_str(), "су бар");
    assert_eq!(place.point.coordinates, at(45.0, 80.0));
    assert_eq!(place.point.time.unwrap().to_string(), "2026-05-01T03:00:00Z");
    assert_eq!(place.point.elevation, Some(Elevation::from_centimetres(61_250)));
    assert_eq!(imported.tracks[0].name.as_ref().unwrap().as_str(), "жол");
    assert_eq!(points(&imported)[1].coordinates, at(45.1, 80.1));
    let report = ImportReport {
        points: 2,
        segments: 1,
        tracks: 1,
        waypoints: 1,
        untimed_points: 2,
        ..ImportReport::default()
    };
    assert_eq!(imported.report, report);
}

#[test]
fn googles_tracks_have_a_time_for_each_point() {
    let trail = "<gx:Track><altitudeMode>absolute</altitudeMode>\
        <when>2026-05-01T08:00:00Z</when><when>2026-05-01T08:00:10Z</when><when>late</when><when/>\
        <gx:coord>80.0 45.0 0</gx:coord><gx:coord/><gx:coord>80.2 45.2 650</gx:coord></gx:Track>";
    let imported = read(&kml(&format!(
        "<Placemark><name>t</name><gx:MultiTrack>{trail}{trail}</gx:MultiTrack></Placemark>"
    )));
    let walked = points(&imported);
    assert_eq!((imported.tracks.len(), imported.report.segments, walked.len()), (1, 2, 8));
    assert_eq!(walked[0].time.unwrap().to_string(), "2026-05-01T08:00:00Z");
    assert_eq!((walked[1].coordinates, walked[1].time.is_some()), (None, true), "the fix was lost");
    assert_eq!((walked[2].coordinates, walked[2].time), (at(45.2, 80.2), None));
    assert_eq!(walked[3], TrackPoint { coordinates: None, time: None, elevation: None });
    assert_eq!(
        heights(&imported)[..3],
        [Some(0), None, Some(65_000)].map(|cm| cm.map(Elevation::from_centimetres))
    );
    assert_eq!((imported.report.unreadable_times, imported.report.unreadable_coordinates), (2, 0));
}

#[test]
fn a_height_of_nothing_is_no_height() {
    let of = |mode: &str| heights(&read(&line(&format!("{mode}<coordinates>80,45,0 80,46,5</coordinates>"))));
    let [zero, five] = [Some(Elevation::from_centimetres(0)), Some(Elevation::from_centimetres(500))];
    assert_eq!(of(""), [None, five]);
    assert_eq!(of("<altitudeMode>clampToGround</altitudeMode>"), [None, five]);
    assert_eq!(of("<altitudeMode>absolute</altitudeMode>"), [zero, five]);
    assert_eq!(of("<altitudeMode>relativeToGround</altitudeMode>"), [None, None]);
}

#[test]
fn one_bad_tuple_does_not_cost_the_others() {
    let imported =
        read(&line("<coordinates>80,45 80,95 0,0 x,45 80 80,45,high 80, 46, 7 45;80</coordinates>"));
    let found: Vec<_> = points(&imported).iter().map(|point| point.coordinates).collect();
    assert_eq!(found, [at(45.0, 80.0), None, None, None, None, at(45.0, 80.0), at(46.0, 80.0), None]);
    let report = imported.report;
    assert_eq!(
        (report.points_at_zero, report.unreadable_coordinates, report.unreadable_elevations),
        (1, 4, 1)
    );
}

#[test]
fn tuples_may_be_cut_by_comments_and_sections() {
    let imported =
        read(&line("<coordinates>80,4<!-- x -->5 80,<![CDATA[46 80,47]]> 8&#48;,48</coordinates>"));
    let found: Vec<_> = points(&imported).iter().map(|point| point.coordinates).collect();
    assert_eq!(found, [at(45.0, 80.0), at(46.0, 80.0), at(47.0, 80.0), at(48.0, 80.0)]);
}

#[test]
fn a_file_cut_short_keeps_whole_points_and_no_half_one() {
    let whole = line("<coordinates>80,45 80,46.25 80,47</coordinates>");
    for (cut, count) in
        [(".25", 1), (" 80,47", 1), ("</coordinates", 2), ("</LineString", 3), ("</Placemark", 3)]
    {
        let imported = read(&whole[..whole.find(cut).unwrap()]);
        assert_eq!((imported.report.points, imported.report.breaks_off), (count, true), "cut before {cut}");
    }
    let trail = kml("<Placemark><gx:Track><when>2026-05-01T08:00:00Z</when><gx:coord>80 45 0</gx:coord>\
        <when>2026-05-01T08:00:10Z</when><gx:coord>80 46 0</gx:coord></gx:Track></Placemark>");
    let imported = read(&trail[..trail.rfind(" 0</gx").unwrap()]);
    assert_eq!(
        points(&imported).iter().map(|point| point.coordinates).collect::<Vec<_>>(),
        [at(45.0, 80.0), None]
    );
}

#[test]
fn areas_are_left_out_and_counted_and_what_has_no_shape_is_a_place_without_coordinates() {
    let ring = "<LinearRing><coordinates>80,45 81,45 81,46 80,45</coordinates></LinearRing>";
    let imported = read(&kml(&format!(
        "<Placemark><name>учаске</name><Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon></Placemark>\
         <Placemark><name>белгі 12/3</name></Placemark><Placemark/>\
         <Placemark><name>екеуі</name><MultiGeometry><Point><coordinates>80,45</coordinates></Point>\
         <MultiGeometry>{ring}<LineString><coordinates>80,45 80,46</coordinates></LineString></MultiGeometry>\
         </MultiGeometry></Placemark>\
         <NetworkLink><Link><href>http://example.org/x.kml</href></Link></NetworkLink>"
    )));
    let names: Vec<_> = imported
        .waypoints
        .iter()
        .map(|place| place.name.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(names, ["белгі 12/3", "екеуі"]);
    assert_eq!(imported.waypoints[0].point.coordinates, None);
    assert_eq!((imported.report.shapes_left_out, imported.report.points), (2, 2));
}

#[test]
fn older_namespaces_prefixes_and_encodings_are_read() {
    for namespace in ["http://earth.google.com/kml/2.0", "http://earth.google.com/kml/2.1", ""] {
        let text = format!(
            "<kml xmlns='{namespace}'><Placemark><GeometryCollection><Point><coordinates>80,45</coordinates></Point>\
             </GeometryCollection></Placemark></kml>"
        );
        assert_eq!(read(&text).report.waypoints, 1, "{namespace}");
    }
    let text = "<?xml version='1.0' encoding='windows-1251'?><k:kml xmlns:k='http://www.opengis.net/kml/2.2'>\
        <k:Placemark><k:name>Пост Ключ №7</k:name><x:name xmlns:x='urn:x'>other</x:name>\
        <k:Point><k:coordinates>80,45</k:coordinates></k:Point></k:Placemark></k:kml>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let imported = read_kml(&bytes).unwrap();
    assert_eq!(imported.waypoints[0].name.as_ref().unwrap().as_str(), "Пост Ключ №7");
    assert!(!imported.report.not_utf8);
}

#[test]
fn what_is_no_kml_is_refused() {
    for text in ["", "hello", "<gpx/>", "<html><kml/></html>", "{}", "<km"] {
        assert_eq!(read_kml(text.as_bytes()), Err(ImportRefused::OtherFormat(ImportFormat::Kml)), "{text}");
    }
    assert_eq!(read_kml(kml("<Placemark/>").as_bytes()), Err(ImportRefused::Empty));
    let bomb = format!("<!DOCTYPE kml [<!ENTITY a \"aaaa\">]>{}", line(""));
    assert_eq!(read_kml(bomb.as_bytes()), Err(ImportRefused::DocumentType));
}

#[test]
fn a_million_points_are_refused_and_as_many_as_a_recording_may_have_are_read() {
    let million = line(&format!("<coordinates>{}</coordinates>", "80.1,45.1 ".repeat(1_000_000)));
    assert!(million.len() < IMPORT_BYTES_MAX, "otherwise its size is what is proved");
    assert_eq!(read_kml(million.as_bytes()), Err(ImportRefused::TooManyPoints));
    let moments = kml(&format!(
        "<Placemark><gx:Track>{}</gx:Track></Placemark>",
        "<when/>".repeat(IMPORT_POINTS_MAX + 1)
    ));
    assert_eq!(read_kml(moments.as_bytes()), Err(ImportRefused::TooManyPoints));
    let as_many = line(&format!("<coordinates>{}</coordinates>", "80.1,45.1 ".repeat(IMPORT_POINTS_MAX)));
    assert_eq!(read(&as_many).report.points, IMPORT_POINTS_MAX);
}

#[test]
fn beyond_the_other_limits_is_refused() {
    let bytes = vec![b' '; IMPORT_BYTES_MAX + 1];
    assert_eq!(read_kml(&bytes), Err(ImportRefused::TooLarge { bytes: IMPORT_BYTES_MAX + 1 }));
    let deep = kml(&"<Folder>".repeat(IMPORT_DEPTH_MAX));
    assert_eq!(read_kml(deep.as_bytes()), Err(ImportRefused::TooDeep));
    let long = line(&format!("<coordinates>80,45 {} 80,46</coordinates>", "1".repeat(1 << 20)));
    let imported = read(&long);
    assert_eq!((imported.report.points, imported.report.unreadable_coordinates), (3, 1));
}

#[test]
fn many_places_of_one_placemark_share_a_name_and_do_not_multiply_its_words() {
    let point = "<Point><coordinates>80,45</coordinates></Point>";
    let words = "ә".repeat(1 << 20);
    let imported = read(&kml(&format!(
        "<Placemark><name>{words}</name><description>{words}</description>\
         <MultiGeometry>{}</MultiGeometry></Placemark>",
        point.repeat(100_000)
    )));
    assert_eq!((imported.waypoints.len(), imported.report.words_shortened), (100_000, 2));
    assert!(imported.waypoints.iter().all(|place| place.name.is_some()));
    assert_eq!(imported.waypoints.iter().filter(|place| place.comment.is_some()).count(), 1);
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(
        cut in any::<prop::sample::Index>(),
        with in proptest::collection::vec(any::<u8>(), 0..8),
    ) {
        let whole = kml("<Placemark><name>a</name><TimeStamp><when>2026-05-01</when></TimeStamp><MultiGeometry>\
            <LineString><altitudeMode>absolute</altitudeMode><coordinates>80,45,1 81,46</coordinates></LineString>\
            <gx:Track><when>2026-05-01T08:00:00Z</when><gx:coord>80 45 1</gx:coord></gx:Track></MultiGeometry></Placemark>");
        let mut bytes = whole.into_bytes();
        let at = cut.index(bytes.len());
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at..end, with);
        let _ = read_kml(&bytes);
        let _ = read_kml(&bytes[..at.min(bytes.len())]);
    }
}
