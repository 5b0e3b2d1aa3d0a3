//! Files of tracks through the façade: in by what they hold, out in every format, and in again.

use jasaq_model::patrol::ActivityMode;
use jasaq_model::roles::Role;
use jasaq_model::words::Language;
use tempfile::TempDir;

use super::*;
use crate::formats::ImportRefused;
use crate::{Exported, KeyHolder, Membering, RootSheets};

/// The book of a device that waits to be added: it records all the same.
fn book(homes: &TempDir) -> Fieldbook {
    let surroundings = || Surroundings::of_the_system(None);
    let handed_over = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
    let (ts, device) = (homes.path().join("ts"), homes.path().join("device"));
    let (mut ts, _) = Fieldbook::found(&ts, &KeyHolder::File, surroundings(), handed_over).unwrap();
    ts.set_relay("https://relay.example", None).unwrap();
    let membering = Membering::Office { role: Role::StructuralSubdivision, office: "1" };
    let invite = ts.invite(membering).unwrap();
    let (book, _) = Fieldbook::join(&device, &KeyHolder::File, surroundings(), &invite.code).unwrap();
    book
}

const GPX: &str = "<gpx><wpt lat='45' lon='80'><name>бекет</name></wpt><trk><name>жол</name><trkseg>\
    <trkpt lat='45' lon='80'><ele>612</ele></trkpt><trkpt lat='45.1' lon='80'><ele>613</ele></trkpt>\
    </trkseg></trk></gpx>";

#[test]
fn what_goes_out_in_any_format_comes_in_by_what_it_holds() {
    let homes = TempDir::new().unwrap();
    let mut book = book(&homes);
    let start = || PatrolStart::new(ActivityMode::Independent);
    let first = book.start_patrol(start()).unwrap();
    let came = book.import_tracks(first, None, None, GPX.as_bytes()).unwrap();
    assert_eq!((came.recordings.len(), came.statements), (1, 2));
    let walked = |book: &mut Fieldbook, patrol| {
        let log = book.patrol(patrol).unwrap().log;
        let tracks = log.tracks().iter().map(|logged| (logged.name.clone(), logged.track.clone()));
        tracks.collect::<Vec<_>>()
    };
    let walked_first = walked(&mut book, first);
    for format in [Exported::Gpx, Exported::GeoJson, Exported::Kml, Exported::Kmz] {
        let file = book.export_patrol(first, format, Language::Kk).unwrap();
        let again = book.start_patrol(start()).unwrap();
        let came = book.import_tracks(again, None, None, &file).unwrap();
        assert_eq!((came.report.points, came.report.waypoints), (2, 1), "{format:?}");
        assert_eq!(walked(&mut book, again), walked_first, "{format:?}");
    }
}

#[test]
fn of_a_file_that_is_refused_nothing_is_recorded() {
    let homes = TempDir::new().unwrap();
    let mut book = book(&homes);
    let patrol = book.start_patrol(PatrolStart::new(ActivityMode::Independent)).unwrap();
    let refused = book.import_tracks(patrol, None, None, b"%PDF-1.7");
    assert!(matches!(refused, Err(FieldbookRefused::Import(ImportRefused::UnknownFormat))));
    let refused = book.import_gpx(patrol, None, b"<kml/>");
    assert!(matches!(refused, Err(FieldbookRefused::Import(ImportRefused::OtherFormat(ImportFormat::Gpx)))));
    assert_eq!(book.patrol(patrol).unwrap().log.stated().len(), 1);
}
