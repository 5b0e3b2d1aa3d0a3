//! What a device does, part by part: tap, flush, merge, opening. Nothing passes or fails by time.
//!
//! `figures` says how these stand to their budgets; this tells one commit from another: `cargo bench -p jasaq-benches`.
//! All of it is in memory, so that what is compared is the program and not the disk.

use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use jasaq_benches::device::Device;
use jasaq_benches::squad::{SmallSquad, start_patrol, write_entry};
use tempfile::TempDir;

/// What one phone writes into a patrol's log on a day.
const ENTRIES: i32 = 60;

fn squad_in_memory() -> (TempDir, SmallSquad) {
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder in memory");
    let squad = SmallSquad::enrol(folder.path());
    (folder, squad)
}

fn write_day(device: &mut Device) {
    let patrol = start_patrol(device);
    for number in 0..ENTRIES {
        write_entry(device, patrol, number);
    }
}

fn tap(criterion: &mut Criterion) {
    let (_folder, mut squad) = squad_in_memory();
    let (mut number, mut patrol) = (0, start_patrol(&mut squad.head));
    criterion.bench_function("tap: one entry", |bencher| {
        bencher.iter(|| {
            number += 1;
            if number % ENTRIES == 0 {
                patrol = start_patrol(&mut squad.head);
            }
            write_entry(&mut squad.head, patrol, number);
        });
    });
}

fn flush(criterion: &mut Criterion) {
    let (_folder, mut squad) = squad_in_memory();
    criterion.bench_function("flush: a log of 60 entries", |bencher| {
        bencher.iter_custom(|count| {
            let mut took = Duration::ZERO;
            for _ in 0..count {
                write_day(&mut squad.head);
                let began = Instant::now();
                squad.head.book.flush().expect("a key to seal to");
                took += began.elapsed();
            }
            took
        });
    });
}

fn merge(criterion: &mut Criterion) {
    let (_folder, mut squad) = squad_in_memory();
    criterion.bench_function("merge: a log of 60 entries, by the relay", |bencher| {
        bencher.iter_custom(|count| {
            let mut took = Duration::ZERO;
            for _ in 0..count {
                write_day(&mut squad.head);
                squad.head.sync();
                let began = Instant::now();
                squad.volunteer.sync();
                took += began.elapsed();
            }
            took
        });
    });
}

fn opening(criterion: &mut Criterion) {
    let (folder, mut squad) = squad_in_memory();
    (0..10).for_each(|_| write_day(&mut squad.head));
    squad.head.sync();
    let SmallSquad { head, volunteer, relay } = squad;
    head.close();
    volunteer.close();
    let home = folder.path().join("head");
    criterion.bench_function("opening: ten logs of 60 entries, listed", |bencher| {
        bencher.iter(|| {
            let mut device = Device::open(&home, &relay.address);
            black_box(device.book.patrols(50).expect("an open fieldbook"));
        });
    });
    let mut device = Device::open(&home, &relay.address);
    let patrol = device.book.patrols(1).expect("an open fieldbook").remove(0).patrol;
    criterion.bench_function("showing: one log of 60 entries", |bencher| {
        bencher.iter(|| black_box(device.book.patrol(patrol).expect("it is listed")));
    });
    criterion.bench_function("satchel: everything out", |bencher| {
        bencher.iter(|| device.book.export_satchel(&mut Cursor::new(Vec::new())).expect("memory"));
    });
}

criterion_group!(benches, tap, flush, merge, opening);
criterion_main!(benches);
