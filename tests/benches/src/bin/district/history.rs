//! Ninety days of one squad: a new phone gets all of it, and comes back when there is nothing new.
//!
//! A phone cannot ask for a part of what its squad's space holds, so the shorter history that the contract pulls over a slow
//! link is a second squad's. New phones are let in while the history is made: that is not a phone's business with its past.

use std::collections::BTreeMap;
use std::time::Instant;

use jasaq_benches::device::Device;
use jasaq_benches::spread::milliseconds;
use jasaq_benches::territory::Territory;
use jasaq_benches::workload::{Event, Squad, Workload};
use jasaq_fieldbook::model::ids::PatrolId;
use serde_json::{Value, json};

use super::Call;
use super::day::count_bad;
use super::records::{Walks, start_log, write_event};

/// The phones that the contract calls n1 to n3 pull the whole history, n4 the short one.
const NEW_PHONES: [&str; 3] = ["cold-n1", "cold-n2", "cold-n3"];
const NEW_PHONE_OF_SHORT: &str = "cold-n4";
/// What the second squad and its documents are called by.
const SHORT: &str = "short-";

/// Two squads live through their days, each phone contacting the relay every evening; then the new phones are let in.
pub(crate) fn seed(call: &Call) -> Value {
    let history = Workload::read(&call.data, "hist", 1);
    let days = call.number(0).expect("the contract says how many days");
    let began = Instant::now();
    let mut territory = Territory::establish(&call.work, &call.url, 0);
    let whole = first_days(&history, days, "");
    let short = first_days(&history, short_days(days), SHORT);
    let mut patrols = BTreeMap::new();
    let halves = [(whole, NEW_PHONES.as_slice()), (short, &[NEW_PHONE_OF_SHORT])];
    for (half, new_phones) in &halves {
        let squad = &half.squads[0];
        territory.enrol_squad(&squad.sq, &squad.phones);
        live(call, half, &mut patrols);
        let leader = call.open(&squad.phones[0]);
        let new_phones: Vec<String> = new_phones.iter().map(|phone| (*phone).to_owned()).collect();
        territory.invite_into_squad(leader, &new_phones);
    }
    territory.close();
    call.keep_patrols(&patrols);
    let documents: Vec<usize> = halves.iter().map(|(half, _)| half.squads[0].patrols.len()).collect();
    json!({ "author_and_push_ms": milliseconds(began.elapsed()), "docs": documents[0], "docs_of_short": documents[1] })
}

fn short_days(days: usize) -> usize {
    (days / 10).max(1)
}

/// The first days of a history, as another squad's if there is a prefix.
fn first_days(history: &Workload, days: usize, prefix: &str) -> Workload {
    let named = |name: &str| format!("{prefix}{name}");
    let mut squad = history.squads[0].clone();
    squad.sq = named(&squad.sq);
    squad.phones.iter_mut().for_each(|phone| *phone = named(phone));
    squad.patrols.retain(|patrol| patrol.day < days);
    squad.patrols.iter_mut().for_each(|patrol| patrol.doc = named(&patrol.doc));
    let mut events = history.events.clone();
    for event in &mut events {
        event.ph = named(&event.ph);
        event.doc = named(&event.doc);
    }
    // Rosters are the offices': no phone pulls one.
    events.retain(|event| squad.patrols.iter().any(|patrol| patrol.doc == event.doc));
    Workload { squads: vec![squad], events }
}

/// Every day the leader starts the logs and tells of them; every phone writes its share and contacts the relay.
fn live(call: &Call, half: &Workload, patrols: &mut BTreeMap<String, PatrolId>) {
    let squad = &half.squads[0];
    let mut phones: Vec<Device> = squad.phones.iter().map(|phone| call.open(phone)).collect();
    phones.iter_mut().for_each(Device::sync);
    let days = squad.patrols.iter().map(|patrol| patrol.day).max().unwrap_or_default();
    for day in 0..=days {
        let leader = &mut phones[0];
        for patrol in squad.patrols.iter().filter(|patrol| patrol.day == day) {
            patrols.insert(patrol.doc.clone(), start_log(leader));
        }
        leader.sync();
        for (device, phone) in phones.iter_mut().zip(&squad.phones) {
            device.sync();
            let of_today = || half.of_phone(phone).filter(|event| is_of_day(squad, event, day));
            let mut walks = Walks::of(&call.home(phone), of_today());
            for event in of_today() {
                write_event(device, &mut walks, patrols[&event.doc], event);
            }
            device.sync();
        }
    }
    phones.into_iter().for_each(Device::close);
}

fn is_of_day(squad: &Squad, event: &Event, day: usize) -> bool {
    squad.patrols.iter().any(|patrol| patrol.doc == event.doc && patrol.day == day)
}

/// A new phone pulls everything, and shows every entry and every point of it.
pub(crate) fn cold(call: &Call) -> Value {
    let history = Workload::read(&call.data, "hist", 1);
    let days = call.number(0).expect("the contract says how many days");
    let name = new_phone(call);
    let mut device = call.open(&name);
    let began = Instant::now();
    device.sync();
    let took = began.elapsed();
    let half = first_days(&history, days, if name == NEW_PHONE_OF_SHORT { SHORT } else { "" });
    let bad = count_bad(&mut device, (&half.squads[0], &half), &call.patrols());
    assert!(bad == 0, "{bad} logs do not tell what was written");
    let requests = device.traffic.requests;
    device.close();
    json!({ "docs": half.squads[0].patrols.len(), "sync_ms": milliseconds(took), "requests": requests })
}

/// The same phone comes back, and there is nothing new.
pub(crate) fn resync(call: &Call) -> Value {
    let began = Instant::now();
    let mut device = call.open(&new_phone(call));
    let opened = began.elapsed();
    let began = Instant::now();
    device.sync();
    let took = began.elapsed();
    device.close();
    json!({ "sync_ms": milliseconds(took), "local_load_ms": milliseconds(opened) })
}

fn new_phone(call: &Call) -> String {
    format!("cold-{}", call.arguments.get(1).expect("the contract names the phone"))
}
