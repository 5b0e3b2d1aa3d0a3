//! How the workload's events are said in the product's statements, and told again from them.
//!
//! | workload | here |
//! |---|---|
//! | patrol log | a patrol, started by the leader |
//! | entry: id, by | the statement's key, the device that signs it |
//! | entry: at | the device's clock, and the satellites' |
//! | entry: kind, text, lat, lon | activity, text, measured position |
//! | track batch | ten points in the walk's GPX file, synced; with the last batch the file is imported |
//! | roster, roster edit | no phone's business: see `office` |

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jasaq_benches::device::Device;
use jasaq_benches::workload::{Deed, Entry, Event, Point};
use jasaq_fieldbook::PatrolView;
use jasaq_fieldbook::model::entry::{
    Activity, BorderServiceKind, EntryDraft, InspectionKind, ProtectedObject, ReceiverKind,
};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolStart};
use jasaq_fieldbook::model::position::{Coordinates, Origin, Position};
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::track::TrackPoint;

const GPX_BEGINS: &str =
    r#"<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>"#;
const GPX_ENDS: &str = "</trkseg></trk></gpx>";

/// A new, empty log.
pub(crate) fn start_log(device: &mut Device) -> PatrolId {
    device
        .book
        .start_patrol(PatrolStart::new(ActivityMode::Independent))
        .expect("a phone may")
}

/// The walks of a phone, whose receiver writes each batch of points into the walk's file and has it synced, so that a flat
/// battery takes none. With the last batch the file is imported: the only door for points that the façade has.
pub(crate) struct Walks {
    folder: PathBuf,
    batches_left: BTreeMap<String, usize>,
}

impl Walks {
    /// The walks of these events, whose files lie beside a phone's home.
    pub(crate) fn of<'a>(home: &Path, events: impl Iterator<Item = &'a Event>) -> Self {
        let mut batches_left = BTreeMap::new();
        for event in events.filter(|event| matches!(event.deed, Deed::Track(_))) {
            *batches_left.entry(event.doc.clone()).or_default() += 1;
        }
        let folder = home.with_extension("walks");
        fs::create_dir_all(&folder).expect("a folder of ours");
        Self { folder, batches_left }
    }

    fn record(&mut self, device: &mut Device, log: PatrolId, (doc, points): (&str, &[Point])) {
        device.clock.turn_to(points.last().expect("a batch has points").t);
        let path = self.folder.join(doc).with_extension("gpx");
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .expect("a folder of ours");
        file.write_all(gpx_of(points).as_bytes()).expect("there is room");
        file.sync_data().expect("there is a disk");
        let left = self.batches_left.get_mut(doc).expect("it was counted");
        *left -= 1;
        if *left == 0 {
            let walked = fs::read_to_string(&path).expect("it was just written");
            let whole = format!("{GPX_BEGINS}{walked}{GPX_ENDS}");
            device.book.import_gpx(log, None, whole.as_bytes()).expect("a file of ours");
            fs::remove_file(&path).expect("a file of ours");
        }
    }
}

/// Says on its author's phone what an event says.
pub(crate) fn write_event(device: &mut Device, walks: &mut Walks, log: PatrolId, event: &Event) {
    match &event.deed {
        Deed::Entry(entry) => write_entry(device, log, entry),
        Deed::Track(points) => walks.record(device, log, (&event.doc, points)),
        Deed::RosterSet(_) => unreachable!("rosters are the offices'"),
    }
}

/// Writes an entry at the time it tells.
pub(crate) fn write_entry(device: &mut Device, log: PatrolId, entry: &Entry) {
    device.clock.turn_to(entry.at);
    let draft = EntryDraft {
        position: Some(Position::new(place_of(entry.lat, entry.lon), Origin::Measured)),
        ..EntryDraft::new(activity_of(&entry.kind), entry.text.clone())
    };
    device
        .book
        .write_entry(log, draft, Some(time_of(entry.at)))
        .expect("a phone may");
}

fn time_of(unix_ms: i64) -> UtcTime {
    UtcTime::from_unix_ms(unix_ms).expect("a time of the workload")
}

fn place_of(latitude: f64, longitude: f64) -> Coordinates {
    Coordinates::from_degrees(latitude, longitude).expect("a place of the workload")
}

/// One activity for each kind of the workload, so that nothing is lost.
fn activity_of(kind: &str) -> Activity {
    let mode = ActivityMode::Independent;
    let service = |kind| Activity::BorderService { kind, mode };
    let inspection = |kind| Activity::Inspection { kind, mode };
    match kind {
        "обход" => service(BorderServiceKind::Round),
        "задержание" => service(BorderServiceKind::Detention),
        "след" => service(BorderServiceKind::Tracking),
        "погода" => service(BorderServiceKind::Service),
        "связь" => service(BorderServiceKind::Search),
        "брод" => service(BorderServiceKind::CoverCrossingPlace),
        "проверка_документов" => inspection(InspectionKind::DocumentCheck),
        "опрос_жителей" => inspection(InspectionKind::TalkWithResidents),
        "транспорт" => inspection(InspectionKind::Vehicle),
        "скот" => inspection(InspectionKind::Place),
        "нарушение_режима" => {
            Activity::Prevention { protected_object: Some(ProtectedObject::BorderRegime) }
        }
        "передача_пограничникам" => {
            Activity::DetainDeliver { receiver_kind: Some(ReceiverKind::BorderUnit) }
        }
        other => panic!("the workload has no kind {other}"),
    }
}

fn gpx_of(points: &[Point]) -> String {
    let mut text = String::new();
    for Point { t, lat, lon } in points {
        let time = time_of(*t);
        write!(text, r#"<trkpt lat="{lat}" lon="{lon}"><time>{time}</time></trkpt>"#)
            .expect("a text takes everything");
    }
    text
}

type EntryTold = (i64, String, Activity, Coordinates);
type PointTold = (i64, Coordinates);

/// Everything that a log says, in an order that the same always has.
#[derive(Debug, PartialEq)]
pub(crate) struct Told {
    entries: Vec<EntryTold>,
    points: Vec<PointTold>,
}

impl Told {
    fn new(mut entries: Vec<EntryTold>, mut points: Vec<PointTold>) -> Self {
        entries.sort_by(|one, other| (one.0, &one.1, one.3).cmp(&(other.0, &other.1, other.3)));
        points.sort_unstable();
        Self { entries, points }
    }

    /// What a log must hold of these events.
    pub(crate) fn of_events<'a>(events: impl Iterator<Item = &'a Event>) -> Self {
        let (mut entries, mut points) = (Vec::new(), Vec::new());
        for event in events {
            match &event.deed {
                Deed::Entry(Entry { at, kind, text, lat, lon }) => {
                    entries.push((*at, text.clone(), activity_of(kind), place_of(*lat, *lon)));
                }
                Deed::Track(batch) => {
                    points.extend(batch.iter().map(|point| (point.t, place_of(point.lat, point.lon))));
                }
                Deed::RosterSet(_) => {}
            }
        }
        Self::new(entries, points)
    }

    /// What a log holds.
    pub(crate) fn of_log(view: &PatrolView) -> Self {
        let entry = |(stated, entry): (&Stated, &jasaq_fieldbook::model::entry::Entry)| {
            let at = stated.statement.happened_at().time().unix_ms();
            Some((at, entry.text().as_str().to_owned(), entry.activity(), entry.position()?.coordinates))
        };
        let point = |point: &TrackPoint| Some((point.time?.unix_ms(), point.coordinates?));
        let points = view
            .log
            .tracks()
            .iter()
            .flat_map(|logged| logged.track.points().filter_map(point));
        Self::new(view.log.entries().filter_map(entry).collect(), points.collect())
    }

    /// How many entries and points.
    pub(crate) fn count(&self) -> (usize, usize) {
        (self.entries.len(), self.points.len())
    }
}
