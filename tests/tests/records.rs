//! Recording: facts are kept and flagged, intentions are refused, and two programs may write at once.

use jasaq_fieldbook::model::entry::{Activity, EntryDraft};
use jasaq_fieldbook::model::limits::TEXT_BYTES_MAX;
use jasaq_fieldbook::model::patrol::PatrolEnd;
use jasaq_fieldbook::model::patrol_log::Flag;
use jasaq_fieldbook::{Exported, RefusalClass};
use jasaq_tests::Field;

const SEED: u64 = 13;

#[test]
fn a_text_over_the_limit_is_refused_and_one_at_the_limit_travels() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    let too_long = EntryDraft::new(Activity::Force, "ә".repeat(TEXT_BYTES_MAX / 2 + 1));
    let refused = field.book(aray).write_entry(patrol, too_long, None).unwrap_err();
    assert_eq!(refused.class(), RefusalClass::Input);
    // Letters without pattern, so that no compression helps.
    let noise: String = (0_u32..)
        .map(|n| char::from_u32(0x430 + n.wrapping_mul(2_654_435_761) % 32).unwrap())
        .take(TEXT_BYTES_MAX / 2)
        .collect();
    let entry = field.write(aray, patrol, &noise);
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry));
}

#[test]
fn an_end_before_the_start_is_kept_and_flagged_alike_everywhere() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    let end = PatrolEnd { occurred_at: Some("2026-05-01T03:00:00+05:00".parse().unwrap()) };
    field.book(aray).end_patrol(patrol, end).unwrap();
    field.run_until_quiet();
    let flagged = field
        .shows(head, patrol)
        .log
        .flags()
        .iter()
        .any(|flagged| flagged.flag == Flag::EndBeforeStart);
    assert!(flagged && field.show_alike(&[head, aray], patrol));
}

#[test]
fn console_and_command_line_write_one_home_at_once() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    let mut second = field.second_process(aray);
    let mut written = Vec::new();
    for number in 0..20 {
        written.push(field.write(aray, patrol, &format!("бірінші {number}")));
        let draft = EntryDraft::new(Activity::Force, format!("второй {number}"));
        written.push(second.write_entry(patrol, draft, None).unwrap());
        if number % 3 == 0 {
            second.flush().unwrap();
        }
        if number % 5 == 0 {
            field.contact(aray);
        }
    }
    field.run_until_quiet();
    assert!(written.iter().all(|entry| field.can_read(head, patrol, entry)));
    let report = field.book(aray).doctor().unwrap();
    assert_eq!((report.conflicts, report.defects, report.rows_rebuilt), (0, 0, 0));
}

#[test]
fn after_a_battery_died_nothing_is_forked_and_everything_arrives() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    let mut written = vec![field.write(aray, patrol, "до")];
    field.contact(aray);
    written.push(field.write(aray, patrol, "перед самым"));
    field.power_cut(aray);
    written.push(field.write(aray, patrol, "кейін"));
    field.run_until_quiet();
    assert!(written.iter().all(|entry| field.can_read(head, patrol, entry)));
    assert!(field.show_alike(&[head, aray], patrol));
}

#[test]
fn the_index_is_rebuilt_from_the_documents_as_it_was() {
    let mut field = Field::new(SEED);
    let aray = field.phone("aray");
    let patrol = field.start_patrol(aray);
    for number in 0..30 {
        field.write(aray, patrol, &format!("{number}-жазба"));
    }
    field.run_until_quiet();
    for phone in field.readers() {
        let before = field.shows(phone, patrol);
        let report = field.book(phone).doctor().unwrap();
        assert!(report.documents > 0 && report.changes > 0);
        assert_eq!(report.rows_rebuilt, 0);
        assert_eq!(field.shows(phone, patrol), before, "also the third clock, when it was received");
    }
}

#[test]
fn a_patrol_is_an_ordinary_automerge_file() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    field.write(aray, patrol, "туман");
    field.run_until_quiet();
    let files = field.book(head).export_documents(patrol).unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(&files[0][..4], [0x85, 0x6f, 0x4a, 0x83], "Automerge's magic bytes");
}

#[test]
fn a_track_longer_than_one_document_goes_on_in_the_next() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    let points = 3_000;
    let file = gpx_of(points);
    let import = field.book(aray).import_gpx(patrol, None, file.as_bytes()).unwrap();
    assert!(import.statements > 3);
    for number in 0..1_100 {
        field.write(aray, patrol, &format!("{number}"));
    }
    field.run_until_quiet();
    let shown = field.shows(head, patrol);
    let arrived: usize = shown.log.tracks().iter().map(|track| track.track.points().count()).sum();
    assert_eq!((arrived, shown.log.entries().count()), (points, 1_100));
    assert!(field.show_alike(&[head, aray], patrol));
    let exported =
        field
            .book(head)
            .export_patrol(patrol, Exported::Gpx, jasaq_fieldbook::model::words::Language::Kk);
    assert!(String::from_utf8(exported.unwrap()).unwrap().matches("<trkpt").count() == points);
}

fn gpx_of(points: usize) -> String {
    use std::fmt::Write as _;
    let mut file = String::from("<gpx version='1.1' xmlns='http://www.topografix.com/GPX/1/1'><trk><trkseg>");
    for point in 0..points {
        let number = u32::try_from(point).unwrap();
        let (step, jitter) = (f64::from(number) * 1e-5, f64::from(number % 17) * 1e-6);
        let (minute, second) = (point / 60 % 60, point % 60);
        let hour = 3 + point / 3_600;
        write!(
            file,
            "<trkpt lat='{}' lon='{}'><time>2026-05-01T{hour:02}:{minute:02}:{second:02}Z</time></trkpt>",
            44.9 + step + jitter,
            80.0 + step - jitter
        )
        .unwrap();
    }
    file + "</trkseg></trk></gpx>"
}
