//! `relay`: what storing an envelope costs beside checking its signature, and what a relay's memory depends on.

use std::path::Path;
use std::time::Duration;

use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use jasaq_benches::cpu;
use jasaq_benches::device::Device;
use jasaq_benches::relay::RelayProcess;
use jasaq_benches::squad::{SmallSquad, start_patrol, write_entry};
use jasaq_fieldbook::protocol::seal::{SigningKey, verify};

use super::folder_on_disk;

const ENVELOPES_A_REQUEST: i32 = 100;
const REQUESTS: i32 = 20;
/// About what an envelope's header is.
const SIGNED_BYTES: usize = 256;
const FEW_DOCUMENTS: i32 = 1_000;

/// CPU of the relay's process for requests of a hundred envelopes each, against as many bare checks; then its peak memory.
pub(crate) fn measure() {
    let folder = folder_on_disk();
    let mut squad = SmallSquad::enrol(folder.path());
    let patrol = start_patrol(&mut squad.head);
    squad.head.sync();
    let mut stored = Duration::ZERO;
    for request in 0..REQUESTS {
        for number in 0..ENVELOPES_A_REQUEST {
            write_entry(&mut squad.head, patrol, request * ENVELOPES_A_REQUEST + number);
            squad.head.book.flush().expect("a key to seal to");
        }
        let before = squad.relay.cpu_time();
        squad.head.sync();
        stored += squad.relay.cpu_time() - before;
    }
    let envelopes = (REQUESTS * ENVELOPES_A_REQUEST).cast_unsigned();
    let (stored, checked) = (stored / envelopes, time_of_check(envelopes));
    let [few, many] = [FEW_DOCUMENTS, 10 * FEW_DOCUMENTS].map(peak_with);
    println!(
        "| relay | {:.1} × ({stored:.1?} against {checked:.1?}); {:.2} × memory ({} KiB against {} KiB) | CPU per stored \
         envelope against its signature check, {ENVELOPES_A_REQUEST} in one request; peak memory after a push and a whole \
         pull of 10 × {FEW_DOCUMENTS} documents |",
        stored.div_duration_f64(checked),
        many as f64 / few as f64,
        many,
        few
    );
}

fn time_of_check(count: u32) -> Duration {
    let key = SigningKey::make(&mut UnwrapErr(SysRng));
    let message = [0x5a; SIGNED_BYTES];
    let signature = key.sign(&message);
    let check = || (0..count).all(|_| verify(&key.verifying_bytes(), &message, &signature).is_ok());
    let (time, all_fit) = cpu::of(check);
    assert!(all_fit, "a signature of ours fits");
    time / count
}

/// The peak memory of a relay that took so many documents and gave them out again.
fn peak_with(documents: i32) -> u64 {
    let folder = folder_on_disk();
    let SmallSquad { relay, mut head, volunteer } = SmallSquad::enrol(folder.path());
    volunteer.close();
    for number in 0..documents {
        let patrol = start_patrol(&mut head);
        write_entry(&mut head, patrol, number);
    }
    head.sync();
    drop(relay);
    let relay = RelayProcess::start(folder.path());
    pull_all(&folder.path().join("volunteer"), &relay.address);
    relay.peak_kib()
}

fn pull_all(home: &Path, address: &str) {
    let mut volunteer = Device::open(home, address);
    volunteer.sync();
    volunteer.close();
}
