//! Invariants:
//!
//! 1. What is written names the square that holds the point; what is read back lies within a metre of it.
//! 2. No text whatever breaks the reader.

use proptest::prelude::*;

use super::*;

fn at(latitude: f64, longitude: f64) -> Coordinates {
    Coordinates::from_degrees(latitude, longitude).unwrap()
}

/// Points of IBM's `coordconvert` (developerWorks, Salkosuo 2007, listing 7), a page that many libraries are tested against,
/// and of NGA's GEOTRANS.
const PUBLISHED: [(f64, f64, &str); 13] = [
    (0.13, -0.2324, "30NZF 08084 14385"),
    (-45.6456, 23.3545, "34GFQ 83473 42631"),
    (-12.765, -33.8765, "25LDF 04859 88691"),
    (23.4578, -135.4545, "08QML 53580 94272"),
    (77.345, 156.9876, "57XVF 50793 86116"),
    (48.8583, 2.2945, "31UDQ 48251 11943"),
    (38.8977, -77.0365, "18SUJ 23394 07395"),
    (-22.9519, -43.2106, "23KPQ 83466 60687"),
    (-1.0, -1.0, "30MYD 22561 89402"),
    (60.39135, 5.3249, "32VKN 97508 00645"),
    (78.22, 15.65, "33XWG 14813 83004"),
    (56.1, 8.5, "32VMH 68896 17322"),
    (-45.5734, -72.0682, "18GYQ 28752 49167"),
];

/// Points of Kazakhstan as `GeographicLib`'s `GeoConvert` names them, by its translation `geoconvert` 1.0.2.
const KAZAKHSTAN: [(f64, f64, &str); 8] = [
    (43.238_949, 76.889_709, "43TFH 53430 89083"),
    (44.165_7, 80.000_1, "44TMP 20057 90763"),
    (51.169_392, 71.449_074, "42UXB 71212 71513"),
    (47.116_667, 51.883_333, "39TWN 67009 18507"),
    (45.0, 80.0, "44TMQ 21184 83436"),
    (44.999, 79.999, "44TMQ 21104 83326"),
    (49.9, 87.3, "45UWR 21544 27555"),
    (40.6, 68.5, "42TVK 57695 94474"),
];

#[test]
fn published_points_are_named_and_read_as_published() {
    for (latitude, longitude, reference) in PUBLISHED.into_iter().chain(KAZAKHSTAN) {
        let point = at(latitude, longitude);
        assert_eq!(point.to_mgrs().as_deref(), Ok(reference));
        assert!(Coordinates::from_mgrs(reference).unwrap().metres_to(point) < 0.8, "{reference}");
    }
    // Geodesy's documentation gives the corner: 48°51′29.50″N, 2°17′40.16″E.
    let corner = at(48.858_194, 2.294_489);
    assert!(Coordinates::from_mgrs("31U DQ 48251 11932").unwrap().metres_to(corner) < 1.5);
}

#[test]
fn blanks_and_small_letters_say_the_same() {
    let read = Coordinates::from_mgrs("44TMQ 21184 83436");
    assert!(read.is_ok());
    for written in
        ["44TMQ2118483436", " 44t mq 21184 83436 ", "44T\u{a0}MQ\u{2009}2118483436", "4 4TMQ211848 3436"]
    {
        assert_eq!(Coordinates::from_mgrs(written), read, "{written}");
    }
}

#[test]
fn fewer_digits_name_a_larger_square_around_its_middle() {
    let point = at(45.0, 80.0);
    for (written, side_m) in
        [("44TMQ 28", 10_000), ("44TMQ 21 83", 1_000), ("44TMQ 211 834", 100), ("44TMQ 2118 8343", 10)]
    {
        let square = MgrsSquare::read(written).unwrap();
        assert_eq!(square.side_m(), side_m);
        assert!(square.middle().metres_to(point) < f64::from(side_m) * 0.72, "{written}");
    }
}

#[test]
fn the_poles_are_refused_by_name() {
    for latitude in [84.000_1, 90.0, -80.000_1, -90.0] {
        assert_eq!(at(latitude, 10.0).to_mgrs(), Err(MgrsRefused::Polar));
    }
    for written in ["ZAG 52065 46829", "BAN 00000 00000", "a1", "Y"] {
        assert_eq!(Coordinates::from_mgrs(written), Err(MgrsRefused::Polar), "{written}");
    }
    assert!(at(84.0, 10.0).to_mgrs().unwrap().starts_with("33X"));
    assert!(at(-80.0, 10.0).to_mgrs().unwrap().starts_with("32C"));
}

#[test]
fn what_is_no_reference_is_refused() {
    let digits = "1".repeat(60);
    for written in [
        "",
        "44",
        "44T",
        "44TMQ",
        "44TMQ 1",
        "44TMQ 123",
        "44TMQ 123456 123456",
        "61TMQ 11",
        "00TMQ 11",
        "0",
        "444TMQ 11",
        "44IMQ 11",
        "44TIQ 11",
        "44TMO 11",
        "44TMW 11",
        "44TMQ 1x",
        "44TMQ +1+1",
        "44ТМQ 11",
        "44TMQ 1١",
        "🦀",
        "45.0, 80.0",
        &format!("44TMQ{digits}"),
    ] {
        assert_eq!(Coordinates::from_mgrs(written), Err(MgrsRefused::NotAReference), "{written}");
    }
}

#[test]
fn squares_that_are_not_in_their_zone_and_band_are_refused() {
    // A column of another zone's set; a row of another band; a column far beside the zone; a zone that Svalbard has not.
    for written in ["44TAQ 11", "44TMA 11", "44USQ 11", "43WAP 11", "34XDJ 11"] {
        assert_eq!(Coordinates::from_mgrs(written), Err(MgrsRefused::NoSuchSquare), "{written}");
    }
}

#[test]
fn a_square_that_spans_two_bands_is_read_by_either_name() {
    assert!(at(39.999_83, 116.419_52).to_mgrs().unwrap().starts_with("50SMK"));
    let by_either = ["50SMK 50450 27900", "50TMK 50450 27900"].map(Coordinates::from_mgrs);
    assert_eq!(by_either[0], by_either[1]);
    assert!(by_either[0].unwrap().metres_to(at(39.999_832_8, 116.419_518_5)) < 1.0);
}

#[test]
fn at_the_edges_of_the_world_every_point_comes_back() {
    for (latitude, longitude) in [
        (0.0, 0.5),
        (-0.000_000_1, 0.5),
        (10.0, 180.0),
        (10.0, -180.0),
        (0.0, 180.0),
        (83.9, 179.9),
        (-79.9, -179.9),
    ] {
        let point = at(latitude, longitude);
        let read = Coordinates::from_mgrs(&point.to_mgrs().unwrap()).unwrap();
        assert!(read.metres_to(point) < 1.0, "{latitude} {longitude} {}", point.to_mgrs().unwrap());
    }
}

/// Zones 39 to 45, and half a degree around.
fn in_kazakhstan() -> impl Strategy<Value = Coordinates> {
    (405_000_000..=555_000_000_i32, 464_000_000..=874_000_000_i32)
        .prop_map(|(latitude, longitude)| Coordinates::from_e7(latitude, longitude).unwrap())
}

fn anywhere() -> impl Strategy<Value = Coordinates> {
    (-800_000_000..=840_000_000_i32, -1_800_000_000..=1_800_000_000_i32)
        .prop_filter_map("0,0", |(latitude, longitude)| Coordinates::from_e7(latitude, longitude).ok())
}

proptest! {
    #[test]
    fn a_point_comes_back_within_a_metre(point in prop_oneof![in_kazakhstan(), anywhere()]) {
        let written = point.to_mgrs().unwrap();
        let square = MgrsSquare::read(&written).unwrap();
        prop_assert_eq!(square.side_m(), 1);
        prop_assert!(square.middle().metres_to(point) < 1.0, "{}", written);
    }

    #[test]
    fn a_square_keeps_its_name_in_its_own_zone(point in in_kazakhstan()) {
        let written = point.to_mgrs().unwrap();
        let middle = Coordinates::from_mgrs(&written).unwrap();
        let is_inside = |degrees: f64| (degrees + 180.0).rem_euclid(6.0) > 0.001 && (degrees + 180.0).rem_euclid(6.0) < 5.999;
        let is_in_band = (point.latitude() + 80.0).rem_euclid(8.0) > 0.001 && (point.latitude() + 80.0).rem_euclid(8.0) < 7.999;
        prop_assume!(is_inside(point.longitude()) && is_in_band);
        prop_assert_eq!(middle.to_mgrs().unwrap(), written);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,24}", digits in "[0-9]{1,2}[A-Za-z]{3}[0-9 ]{0,14}") {
        let _ = Coordinates::from_mgrs(&text);
        let _ = Coordinates::from_mgrs(&digits);
    }
}
