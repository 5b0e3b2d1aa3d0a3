//! The day: the morning's logs, what every phone writes offline, the evening's contacts, and whether all of it arrived.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jasaq_benches::device::Device;
use jasaq_benches::spread::{milliseconds, report};
use jasaq_benches::territory::{self, Territory};
use jasaq_benches::workload::{Squad, Workload};
use jasaq_fieldbook::model::ids::PatrolId;
use serde_json::{Value, json};

use super::records::{Told, Walks, start_log, write_event};
use super::{Call, office};

/// Most patrols of one squad that are looked at.
const PATROLS_MAX: usize = 10_000;

/// What every phase does beside its work: a process, a fieldbook.
pub(crate) fn begin_and_end(call: &Call) -> Value {
    let (device, _) = territory::found(&call.home("noop"), &call.url);
    device.close();
    json!({})
}

/// Enrols everybody and states the rosters; then each leader makes the logs and pushes them, and the others pull.
pub(crate) fn morning(call: &Call) -> Value {
    let day = call.day();
    let began = Instant::now();
    let mut territory = Territory::establish(&call.work, &call.url, office::CONSOLES);
    for squad in &day.squads {
        territory.enrol_squad(&squad.sq, &squad.phones);
    }
    office::write_rosters(call, &mut territory.akimat, &day);
    territory.close();
    for phone in day.squads.iter().flat_map(|squad| &squad.phones) {
        contact(call, phone);
    }
    let enrolled = began.elapsed();
    let (mut patrols, mut created, mut pulled) = (BTreeMap::new(), Vec::new(), Vec::new());
    for squad in &day.squads {
        let (leader, others) = squad.phones.split_first().expect("a squad has a leader");
        created.push(make_logs(call, (squad, leader), &mut patrols));
        pulled.extend(others.iter().map(|phone| contact(call, phone).synced));
    }
    call.keep_patrols(&patrols);
    json!({
        "enrolment_ms": milliseconds(enrolled),
        "leader_create": report(&created),
        "pull": report(&pulled),
    })
}

fn make_logs(
    call: &Call,
    (squad, leader): (&Squad, &str),
    patrols: &mut BTreeMap<String, PatrolId>,
) -> Duration {
    let mut device = call.open(leader);
    for patrol in &squad.patrols {
        patrols.insert(patrol.doc.clone(), start_log(&mut device));
    }
    let began = Instant::now();
    device.sync();
    let took = began.elapsed();
    device.close();
    took
}

/// What one contact took.
struct Contacted {
    synced: Duration,
    opened: Duration,
    /// How often the link broke.
    breaks: usize,
}

/// One device opens its store, contacts the relay until nothing moves, and closes.
fn contact(call: &Call, phone: &str) -> Contacted {
    let began = Instant::now();
    let mut device = call.open(phone);
    let opened = began.elapsed();
    let began = Instant::now();
    let breaks = device.sync_in_spite_of_breaks();
    let synced = began.elapsed();
    device.close();
    Contacted { synced, opened, breaks }
}

/// Offline: every phone writes what its owner does, each event in a transaction of its own.
pub(crate) fn write(call: &Call) -> Value {
    let (day, patrols) = (call.day(), call.patrols());
    let (began, mut each) = (Instant::now(), Vec::new());
    for phone in day.squads.iter().flat_map(|squad| &squad.phones) {
        let mut device = call.open(phone);
        let mut walks = Walks::of(&call.home(phone), day.of_phone(phone));
        for event in day.of_phone(phone).filter(|event| !event.is_edit()) {
            let tap = Instant::now();
            write_event(&mut device, &mut walks, patrols[&event.doc], event);
            each.push(tap.elapsed());
        }
        device.close();
    }
    let statements = office::write_edits(call, &day, &mut each);
    json!({
        "changes": each.len(),
        "statements_of_the_akimat": statements,
        "wall_ms": milliseconds(began.elapsed()),
        "per_change": report(&each),
    })
}

/// Every phone contacts the relay once, and the akimat's console.
pub(crate) fn evening(call: &Call) -> Value {
    let day = call.day();
    let phones = day.squads.iter().flat_map(|squad| &squad.phones).map(String::as_str);
    meet(call, phones.chain([office::AKIMAT]))
}

/// The leaders contact it once more.
pub(crate) fn leaders_again(call: &Call) -> Value {
    let day = call.day();
    meet(call, day.squads.iter().filter_map(|squad| squad.phones.first()).map(String::as_str))
}

fn meet<'a>(call: &Call, who: impl Iterator<Item = &'a str>) -> Value {
    let contacts: Vec<Contacted> = who.map(|name| contact(call, name)).collect();
    let synced: Vec<_> = contacts.iter().map(|contact| contact.synced).collect();
    let opened: Vec<_> = contacts.iter().map(|contact| contact.opened).collect();
    let breaks: usize = contacts.iter().map(|contact| contact.breaks).sum();
    json!({ "sync": report(&synced), "local_load": report(&opened), "breaks": breaks })
}

/// Whether the leaders' stores tell every entry and every point as it was written.
pub(crate) fn verify(call: &Call) -> Value {
    let (day, patrols) = (call.day(), call.patrols());
    let (mut documents, mut bad) = (0, 0);
    for squad in &day.squads {
        let mut device = call.open(&squad.phones[0]);
        documents += squad.patrols.len();
        bad += count_bad(&mut device, (squad, &day), &patrols);
        device.close();
    }
    json!({ "docs": documents, "bad": bad })
}

/// How many of a squad's logs do not tell what its phones wrote.
pub(crate) fn count_bad(
    device: &mut Device,
    (squad, workload): (&Squad, &Workload),
    patrols: &BTreeMap<String, PatrolId>,
) -> usize {
    let held = device.book.patrols(PATROLS_MAX).expect("an open fieldbook");
    let is_bad = |name: &&String| {
        let written = Told::of_events(workload.events.iter().filter(|event| event.doc == **name));
        let Some(patrol) = held.iter().find(|held| held.patrol == patrols[*name]) else { return true };
        let view = device.book.patrol(patrol.patrol).expect("it is listed");
        let told = Told::of_log(&view);
        if told != written {
            eprintln!("{name}: {:?} are told of {:?}", told.count(), written.count());
        }
        told != written
    };
    squad.patrols.iter().map(|patrol| &patrol.doc).filter(is_bad).count()
}
