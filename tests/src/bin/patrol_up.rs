//! How many bytes a patrol costs on its way up (architecture, budgets): each phone's share of each patrol log of the
//! generated district's day, recorded by a real fieldbook, pushed in one contact, less an idle contact; against `zstd -19`
//! of the same share as JSON lines, without a dictionary.
//!
//! ```sh
//! python3 ../shared/bench/gen/gen.py target/day --seed 2
//! cargo run --release -p jasaq-tests --bin patrol_up -- target/day
//! ```
//!
//! Bytes are those of request bodies: the lines around them are the same in both contacts. `--clocks` gives every entry the
//! time of its fix beside the phone's own clock, which the day's lines do not have; `--every=8` looks at every eighth share.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use jasaq_fieldbook::model::entry::{
    Activity, BorderServiceKind, EntryDraft, InspectionKind, ProtectedObject,
};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::patrol::ActivityMode::Independent;
use jasaq_fieldbook::model::position::{Coordinates, Origin, Position};
use jasaq_tests::{Field, Phone};
use serde_json::Value;

/// The day is 1 January 2026; the field's phones were started in May.
const LATER_MS: i64 = 200 * 24 * 60 * 60 * 1_000;

/// One phone's part of one patrol's log: its lines, in their order.
type Share = Vec<(String, Value)>;

/// What one share costs.
struct Cost {
    entries: usize,
    points: usize,
    json: usize,
    packed_json: usize,
    up: u64,
    down: u64,
}

impl Cost {
    fn ratio(&self) -> f64 {
        // Counts of bytes, far below 2^52.
        #[expect(clippy::cast_precision_loss, reason = "counts of bytes")]
        let ratio = self.up as f64 / self.packed_json as f64;
        ratio
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has_clocks = arguments.iter().any(|argument| argument == "--clocks");
    let every = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix("--every=")?.parse().ok())
        .unwrap_or(1);
    let Some(day) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: patrol_up DAY [--clocks] [--every=N]      DAY is what gen.py --seed 2 has written");
        return ExitCode::from(2);
    };
    let Ok(lines) = std::fs::read_to_string(Path::new(day).join("day/events.jsonl")) else {
        println!(
            "There is no day/events.jsonl in {day}: nothing was measured. Have gen.py --seed 2 write one."
        );
        return ExitCode::SUCCESS;
    };
    let mut costs = measure(&shares(&lines), (every, has_clocks));
    costs.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
    print!("{}", report(&costs));
    ExitCode::SUCCESS
}

/// The shares of the day, by patrol and phone. Rosters are no patrol logs.
fn shares(lines: &str) -> BTreeMap<(String, String), Share> {
    let mut shares: BTreeMap<_, Share> = BTreeMap::new();
    for line in lines.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| event[name].as_str().unwrap().to_owned();
        if event["op"] != "roster_set" {
            let share = shares.entry((text("doc"), text("ph"))).or_default();
            share.push((line.to_owned(), event["v"].clone()));
        }
    }
    shares
}

fn measure(shares: &BTreeMap<(String, String), Share>, (every, has_clocks): (usize, bool)) -> Vec<Cost> {
    let mut field = Field::new(2);
    let phone = field.phone("aray");
    shares
        .values()
        .step_by(every)
        .map(|share| {
            let patrol = field.start_patrol(phone);
            // The start goes up, and its echo comes down: the third contact has nothing to say.
            field.contact(phone);
            field.contact(phone);
            let idle = field.contact(phone);
            record(&mut field, (phone, patrol), share, has_clocks);
            let pushed = field.contact(phone);
            let lines: Vec<&str> = share.iter().flat_map(|(line, _)| [line.as_str(), "\n"]).collect();
            let lines = lines.concat();
            let points = share.iter().filter_map(|(_, value)| value.as_array()).map(Vec::len);
            Cost {
                entries: share.iter().filter(|(_, value)| value.is_object()).count(),
                points: points.sum(),
                json: lines.len(),
                packed_json: zstd::bulk::compress(lines.as_bytes(), 19).unwrap().len(),
                up: pushed.bytes_up - idle.bytes_up,
                down: pushed.bytes_down.saturating_sub(idle.bytes_down),
            }
        })
        .collect()
}

/// Records a share: entries one by one as their times come, and the points as one recording at the end.
fn record(field: &mut Field, (phone, patrol): (Phone, PatrolId), share: &Share, has_clocks: bool) {
    let (mut points, mut kinds) = (String::new(), BTreeMap::new());
    for (_, value) in share {
        for point in value.as_array().into_iter().flatten() {
            let time = UtcTime::from_unix_ms(point["t"].as_i64().unwrap() + LATER_MS).unwrap();
            let (lat, lon) = (&point["lat"], &point["lon"]);
            writeln!(points, "<trkpt lat=\"{lat}\" lon=\"{lon}\"><time>{}</time></trkpt>", iso(time))
                .unwrap();
        }
        if value.is_object() {
            let at = value["at"].as_i64().unwrap() + LATER_MS;
            field.it_is(at);
            let count = kinds.len();
            let kind = *kinds.entry(value["kind"].as_str().unwrap()).or_insert(count);
            let mut draft = EntryDraft::new(activity(kind), value["text"].as_str().unwrap());
            draft.position = Some(position(value));
            let fix = has_clocks.then(|| UtcTime::from_unix_ms(at - 740 - at % 97).unwrap());
            field.book(phone).write_entry(patrol, draft, fix).unwrap();
        }
    }
    if !points.is_empty() {
        let gpx = format!(
            "<gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>{points}</trkseg></trk></gpx>"
        );
        field.book(phone).import_gpx(patrol, None, gpx.as_bytes()).unwrap();
    }
}

fn iso(time: UtcTime) -> String {
    jasaq_fieldbook::model::moment::Moment::new(time, 0).unwrap().to_string()
}

/// The day's twelve kinds are not the law's: each becomes one of them.
fn activity(kind: usize) -> Activity {
    let service = |kind| Activity::BorderService { kind, mode: Independent };
    let inspection = |kind| Activity::Inspection { kind, mode: Independent };
    match kind {
        0 => service(BorderServiceKind::Round),
        1 => service(BorderServiceKind::Search),
        2 => service(BorderServiceKind::Tracking),
        3 => service(BorderServiceKind::Detention),
        4 => service(BorderServiceKind::CoverCrossingPlace),
        5 => inspection(InspectionKind::Route),
        6 => inspection(InspectionKind::HidingPlace),
        7 => inspection(InspectionKind::Vehicle),
        8 => inspection(InspectionKind::TalkWithResidents),
        9 => inspection(InspectionKind::DocumentCheck),
        10 => Activity::Prevention { protected_object: Some(ProtectedObject::BorderRegime) },
        _ => Activity::Force,
    }
}

fn position(value: &Value) -> Position {
    #[expect(clippy::cast_possible_truncation, reason = "degrees times ten million fit")]
    let e7 = |name: &str| (value[name].as_f64().unwrap() * 1e7).round() as i32;
    let coordinates = Coordinates::from_e7(e7("lat"), e7("lon")).unwrap();
    Position { coordinates, accuracy: None, elevation: None, origin: Origin::Measured }
}

fn report(costs: &[Cost]) -> String {
    let mut text = String::from("entries  points   JSON  zstd -19     up   down  ratio\n");
    for cost in costs {
        let (Cost { entries, points, json, packed_json, up, down }, ratio) = (cost, cost.ratio());
        writeln!(text, "{entries:7} {points:7} {json:6} {packed_json:9} {up:6} {down:6}  {ratio:.3}")
            .unwrap();
    }
    let sum = |of: fn(&Cost) -> u64| costs.iter().map(of).sum::<u64>();
    let (up, json) = (sum(|cost| cost.up), sum(|cost| cost.packed_json as u64));
    if let (Some(median), Some(worst)) = (costs.get(costs.len() / 2), costs.last()) {
        let (median, worst) = (median.ratio(), worst.ratio());
        writeln!(
            text,
            "{} shares: median {median:.3}, worst {worst:.3}; up {up}, zstd -19 {json}",
            costs.len()
        )
        .unwrap();
    }
    text
}
