//! `tap`: an entry against one bare blob, in the same SQLCipher with the same settings.

use std::path::Path;
use std::time::{Duration, Instant};

use jasaq_benches::cpu;
use jasaq_benches::spread::quantile;
use jasaq_benches::squad::{SmallSquad, start_patrol, write_entry};
use rusqlite::Connection;

use super::folder_on_disk;

const TAPS: i32 = 1_000;
const BLOB_BYTES: usize = 300;

/// Both, one after the other, a thousand times; first where a commit waits for the disk, then where it does not.
pub(crate) fn measure() {
    let on_disk = measure_in(folder_on_disk().path());
    let in_memory = measure_in(tempfile::tempdir_in("/dev/shm").expect("a folder in memory").path());
    let p50 =
        |times: &[(Duration, Duration)]| quantile(&times.iter().map(|time| time.0).collect::<Vec<_>>(), 0.5);
    let cpu = |times: &[(Duration, Duration)]| times.iter().map(|time| time.1).sum::<Duration>();
    let (tap, blob) = (p50(&on_disk.taps), p50(&on_disk.blobs));
    let (tap_cpu, blob_cpu) = (cpu(&in_memory.taps), cpu(&in_memory.blobs));
    println!(
        "| tap | {:.2} × on disk ({tap:.1?} against {blob:.1?}, p50); {:.2} × CPU ({:.1?} against {:.1?} each) | \
         `write_entry` against a {BLOB_BYTES}-byte blob in its own transaction, {TAPS} each by turns |",
        tap.div_duration_f64(blob),
        tap_cpu.div_duration_f64(blob_cpu),
        tap_cpu / TAPS.cast_unsigned(),
        blob_cpu / TAPS.cast_unsigned(),
    );
}

/// Wall and CPU time of each.
struct Measured {
    taps: Vec<(Duration, Duration)>,
    blobs: Vec<(Duration, Duration)>,
}

fn measure_in(folder: &Path) -> Measured {
    let mut squad = SmallSquad::enrol(folder);
    let patrol = start_patrol(&mut squad.head);
    let blobs = bare_database(folder);
    let blob = vec![0x5a; BLOB_BYTES];
    let mut measured = Measured { taps: Vec::new(), blobs: Vec::new() };
    for number in 0..TAPS {
        // A document holds a thousand statements; its start is one of them.
        measured.taps.push(timed(|| write_entry(&mut squad.head, patrol, number)));
        measured.blobs.push(timed(|| {
            let mut insert = blobs
                .prepare_cached("INSERT INTO blobs (value) VALUES (?1)")
                .expect("our table");
            insert.execute([&blob]).expect("a disk with room");
        }));
    }
    measured
}

fn timed(work: impl FnOnce()) -> (Duration, Duration) {
    let began = Instant::now();
    let (cpu, ()) = cpu::of(work);
    (began.elapsed(), cpu)
}

/// As the vault opens its own.
fn bare_database(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join("bare.db")).expect("a folder of ours");
    let key = "5a".repeat(32);
    let begun = connection.execute_batch(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE blobs (row INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;"
    ));
    begun.expect("the same build of SQLCipher");
    connection
}
