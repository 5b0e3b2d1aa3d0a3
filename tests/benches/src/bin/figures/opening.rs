//! `open`: from the start of a process to the first fifty patrols, with many documents and with few.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use jasaq_benches::device::Device;
use jasaq_benches::spread::quantile;
use jasaq_benches::squad::{SmallSquad, start_patrol, write_entry};

use super::folder_on_disk;

const FEW: i32 = 10;
const MANY: i32 = 10_000;
const LISTED: usize = 50;
const STARTS: usize = 40;

/// Starts by turns over both homes, after one start of each that is not counted.
pub(crate) fn measure() {
    let folder = folder_on_disk();
    let SmallSquad { head, volunteer, relay } = SmallSquad::enrol(folder.path());
    drop(relay);
    // The patrols that nobody took along are each device's own: the same program, two homes.
    let homes = [fill(head, FEW), fill(volunteer, MANY)];
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for start in 0..=STARTS {
        let [of_few, of_many] = [&homes[0], &homes[1]].map(|home| start_and_list(home));
        if start > 0 {
            few.push(of_few);
            many.push(of_many);
        }
    }
    let [few, many] = [few, many].map(|times| quantile(&times, 0.5));
    println!(
        "| open | {:.2} × ({many:.1?} against {few:.1?}) | process start to {LISTED} patrols listed, {MANY} documents \
         against {FEW}, warm, median of {STARTS} |",
        many.div_duration_f64(few)
    );
}

fn fill(mut device: Device, documents: i32) -> std::path::PathBuf {
    for number in 0..documents {
        let patrol = start_patrol(&mut device);
        write_entry(&mut device, patrol, number);
    }
    device.book.flush().expect("a key to seal to");
    let home = device.book.home().to_owned();
    device.close();
    home
}

fn start_and_list(home: &Path) -> Duration {
    let own = std::env::current_exe().expect("this program runs");
    let began = Instant::now();
    let listed = Command::new(own).arg("list").arg(home).status().expect("this program");
    assert!(listed.success(), "the patrols could not be listed");
    began.elapsed()
}

/// What the measured process does.
pub(crate) fn list(home: &Path) {
    let mut device = Device::open(home, "");
    let patrols = device.book.patrols(LISTED).expect("an open fieldbook");
    assert!(!patrols.is_empty(), "there are patrols");
}
