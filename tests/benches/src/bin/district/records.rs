//! How the workload's events are said in the product's statements, and told again from them.
//!
//! | workload | here |
//! |---|---|
//! | patrol log | a patrol, started by the leader |
//! | entry: id, by | the statement's key, the device that signs it |
//! | entry: at | the device's clock, and the satellites' |
//! | entry: kind, text, lat, lon | activity, text, measured position |
//! | track batch | a GPX file of its points, imported: the only door for points that the façade has |
//! | roster of a squad, for its phones | an entry a member in a patrol of its own, its text the fields as JSON |
//! | roster edit, for its phones | an entry there, its text the edit as JSON |

use std::fmt::Write as _;

use jasaq_benches::device::Device;
use jasaq_benches::workload::{Deed, Entry, Event, Member, Point, RosterEdit, Squad};
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
use serde_json::json;

/// The name of a squad's roster among its patrols.
pub(crate) fn roster_name(squad: &Squad) -> String {
    format!("{}-roster", squad.sq)
}

/// A new, empty log.
pub(crate) fn start_log(device: &mut Device) -> PatrolId {
    device
        .book
        .start_patrol(PatrolStart::new(ActivityMode::Independent))
        .expect("a phone may")
}

/// The roster as the squad's phones have it.
pub(crate) fn write_roster(device: &mut Device, roster: PatrolId, members: &[Member]) {
    for member in members {
        let Member { id, name, form, status, joined, checked, valid_to, cert } = member;
        let text = json!([id, name, form, status, joined, checked, valid_to, cert]).to_string();
        note(device, roster, text);
    }
}

/// Says on its author's phone what an event says.
pub(crate) fn write_event(device: &mut Device, log: PatrolId, event: &Event) {
    match &event.deed {
        Deed::Entry(entry) => write_entry(device, log, entry),
        Deed::Track(points) => {
            device.clock.turn_to(points.last().expect("a batch has points").t);
            device.book.import_gpx(log, None, &gpx_of(points)).expect("a file of ours");
        }
        Deed::RosterSet(RosterEdit { m, f, x }) => note(device, log, json!([m, f, x]).to_string()),
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

fn note(device: &mut Device, log: PatrolId, text: String) {
    let draft = EntryDraft::new(Activity::Prevention { protected_object: None }, text);
    device.book.write_entry(log, draft, None).expect("a phone may");
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

fn gpx_of(points: &[Point]) -> Vec<u8> {
    let mut file =
        r#"<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>"#
            .to_owned();
    for Point { t, lat, lon } in points {
        let time = time_of(*t);
        write!(file, r#"<trkpt lat="{lat}" lon="{lon}"><time>{time}</time></trkpt>"#)
            .expect("a text takes everything");
    }
    file += "</trkseg></trk></gpx>";
    file.into_bytes()
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
