//! Invariants of KMZ in, and of telling the formats apart:
//!
//! 1. No archive makes us hold more than the limit, whatever it says of itself.
//! 2. A file is read as what it holds, whatever it is called.
//! 3. No bytes whatever break the reader.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

const KML: &str =
    "<kml><Placemark><name>бекет</name><Point><coordinates>80,45</coordinates></Point></Placemark></kml>";
const OTHER: &str =
    "<kml><Placemark><name>x</name><Point><coordinates>81,45</coordinates></Point></Placemark></kml>";

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed(files, CompressionMethod::Deflated)
}

fn packed(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive
            .start_file(*name, SimpleFileOptions::default().compression_method(method))
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn name_of(bytes: &[u8]) -> String {
    read_kmz(bytes).unwrap().waypoints[0].name.as_ref().unwrap().to_string()
}

#[test]
fn of_an_archive_the_main_file_is_read_and_the_rest_passed_over() {
    let photo = vec![0xff; 1_000];
    let files: [(&str, &[u8]); 3] =
        [("files/other.kml", OTHER.as_bytes()), ("photo.jpg", &photo), ("doc.kml", KML.as_bytes())];
    assert_eq!(name_of(&archive(&files)), "бекет");
    assert_eq!(name_of(&packed(&files, CompressionMethod::Stored)), "бекет");
    assert_eq!(name_of(&archive(&files[..2])), "x");
    for name in ["Map.KML", "../../etc/doc.kml", "/doc.kml", "C:\\doc.kml"] {
        assert_eq!(name_of(&archive(&[(name, KML.as_bytes())])), "бекет", "a name decides nothing: {name}");
    }
}

#[test]
fn archives_without_a_map_or_that_cannot_be_opened_are_refused() {
    let whole = archive(&[("doc.kml", KML.as_bytes())]);
    for bytes in
        [archive(&[]), archive(&[("a.txt", b"x")]), b"PK".to_vec(), whole[..whole.len() - 30].to_vec()]
    {
        assert_eq!(read_kmz(&bytes), Err(ImportRefused::Archive));
    }
    assert_eq!(read_kmz(KML.as_bytes()), Err(ImportRefused::OtherFormat(ImportFormat::Kmz)));
    let gpx = archive(&[("doc.kml", b"<gpx/>")]);
    assert_eq!(read_kmz(&gpx), Err(ImportRefused::OtherFormat(ImportFormat::Kml)));
}

#[test]
fn what_stands_before_the_damage_is_kept() {
    let mut damaged = packed(&[("doc.kml", KML.as_bytes())], CompressionMethod::Stored);
    let at = damaged.windows(4).position(|window| window == b"</Po").unwrap();
    damaged[at + 2] = b'Q';
    let imported = read_kmz(&damaged).unwrap();
    assert!(imported.report.breaks_off);
    assert_eq!(imported.waypoints.len(), 1);
}

#[test]
fn a_bomb_is_refused_once_it_is_larger_than_the_limit() {
    let mut huge = KML.as_bytes().to_vec();
    huge.resize(2 * IMPORT_BYTES_MAX, b' ');
    let bomb = archive(&[("doc.kml", &huge)]);
    assert!(bomb.len() < 1 << 20, "otherwise it is no bomb");
    assert_eq!(read_kmz(&bomb), Err(ImportRefused::UnpacksTooLarge));
    // It says that it unpacks to a hundred bytes: in the head of the file and in the directory.
    let mut liar = bomb.clone();
    let truth = u32::try_from(huge.len()).unwrap().to_le_bytes();
    let places: Vec<_> = liar
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == truth)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        liar[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let report = read_kmz(&liar).map(|imported| imported.report);
    assert!(matches!(report, Err(_) | Ok(ImportReport { breaks_off: true, .. })), "{report:?}");
    assert_eq!(
        read_kmz(&vec![b'P'; IMPORT_BYTES_MAX + 1]),
        Err(ImportRefused::TooLarge { bytes: IMPORT_BYTES_MAX + 1 })
    );
}

#[test]
fn an_archive_of_too_many_entries_or_of_the_long_form_is_not_opened() {
    let names: Vec<String> = (0..=KMZ_ENTRIES_MAX).map(|number| format!("{number}.kml")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), KML.as_bytes())).collect();
    assert_eq!(read_kmz(&archive(&files)), Err(ImportRefused::TooManyEntries));
    assert!(read_kmz(&archive(&files[1..])).is_ok());
    let mut long = archive(&files[..1]);
    let end = long.len() - 22;
    long.splice(end..end, *b"PK\x06\x07\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    assert_eq!(read_kmz(&long), Err(ImportRefused::Archive));
}

#[test]
fn formats_are_told_by_what_a_file_holds() {
    let kmz = archive(&[("doc.kml", KML.as_bytes())]);
    let utf16: Vec<u8> = KML.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let commented = format!("\u{feff}<?xml version='1.0'?>\n<!-- <gpx> -->\n{KML}");
    for (bytes, format) in [
        (kmz.as_slice(), Some(ImportFormat::Kmz)),
        (KML.as_bytes(), Some(ImportFormat::Kml)),
        (&utf16, Some(ImportFormat::Kml)),
        (commented.as_bytes(), Some(ImportFormat::Kml)),
        (b"<x:gpx xmlns:x='y'/>", Some(ImportFormat::Gpx)),
        (b"\n {\"type\":\"Feature\"}", Some(ImportFormat::GeoJson)),
        (b"<html/>", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ] {
        assert_eq!(ImportFormat::of(bytes), format, "{:?}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(read_tracks(b"%PDF-1.7", None), Err(ImportRefused::UnknownFormat));
    assert_eq!(
        read_tracks(KML.as_bytes(), Some(ImportFormat::Gpx)),
        Err(ImportRefused::OtherFormat(ImportFormat::Gpx))
    );
    assert_eq!(read_tracks(&kmz, None).unwrap().waypoints.len(), 1);
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(
        cut in any::<prop::sample::Index>(),
        with in proptest::collection::vec(any::<u8>(), 0..8),
        start in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut bytes = archive(&[("doc.kml", KML.as_bytes()), ("a.kml", OTHER.as_bytes())]);
        let at = cut.index(bytes.len());
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at..end, with);
        let _ = read_kmz(&bytes);
        let _ = read_kmz(&bytes[..at.min(bytes.len())]);
        let _ = read_tracks(&start, None);
    }
}
