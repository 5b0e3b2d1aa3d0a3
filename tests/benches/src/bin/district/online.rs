//! Two phones are online: one writes an entry, the other is woken by the relay and shows it.

use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use jasaq_benches::device::Device;
use jasaq_benches::spread::report;
use jasaq_benches::workload::{Deed, Entry, Workload};
use jasaq_fieldbook::model::ids::PatrolId;
use serde_json::{Value, json};

use super::Call;
use super::records::write_entry;

/// Between two entries both phones come to rest, as the contract asks.
const REST_MIN: Duration = Duration::from_millis(150);

/// How long an entry takes from the tap on one phone to the log on another.
pub(crate) fn ping(call: &Call) -> Value {
    let day = Workload::read(&call.data, "day", usize::MAX);
    let squad = &day.squads[0];
    let of_others = day.events.iter().filter(|event| event.sq != squad.sq);
    let entries =
        of_others.filter_map(|event| if let Deed::Entry(entry) = &event.deed { Some(entry) } else { None });
    let entries: Vec<&Entry> = entries.take(call.number(1).unwrap_or(30)).collect();
    let log = call.patrols()[&squad.patrols[0].doc];
    let [from, to] = [0, 1].map(|writer| call.open(&squad.patrols[0].writers[writer]));
    let count = entries.len();
    let (times, shown) = thread::scope(|scope| {
        let (seen, news) = channel();
        let reader = scope.spawn(move || {
            show(to, log, count, |entries| {
                // Whoever wrote is gone only when this run is over.
                let _ = seen.send(entries);
            })
        });
        let times = say(from, log, &entries, &news);
        (times, reader.join().expect("the reader does not stop early"))
    });
    json!({ "entries_in_doc": shown, "latency": report(&times) })
}

/// Writes entry after entry, each once the one before is shown on the other phone.
fn say(mut device: Device, log: PatrolId, entries: &[&Entry], news: &Receiver<usize>) -> Vec<Duration> {
    let mut carrier = device.carrier();
    device.sync_over(&mut carrier);
    let mut shown = news.recv().expect("the other phone is online");
    let mut times = Vec::new();
    for entry in entries {
        let began = Instant::now();
        write_entry(&mut device, log, entry);
        device.sync_over(&mut carrier);
        while let Ok(now) = news.recv() {
            if now > shown {
                shown = now;
                break;
            }
        }
        times.push(began.elapsed());
        thread::sleep(began.elapsed().mul_f64(1.5).max(REST_MIN));
    }
    device.close();
    times
}

/// Waits for news, fetches it, and tells how many entries the log shows, until so many more are there.
fn show(mut device: Device, log: PatrolId, count: usize, tell: impl Fn(usize)) -> usize {
    let mut carrier = device.carrier();
    device.sync_over(&mut carrier);
    let first = count_entries(&mut device, log);
    let mut shown = first;
    tell(shown);
    while shown < first + count {
        let prepared = device.book.prepare_contact().expect("an open fieldbook");
        if carrier.wait(&prepared.request) {
            device.sync_over(&mut carrier);
            shown = count_entries(&mut device, log);
            tell(shown);
        }
    }
    device.close();
    shown
}

fn count_entries(device: &mut Device, log: PatrolId) -> usize {
    device.book.patrol(log).expect("it is here").log.entries().count()
}
