//! What the relay does beside checking a signature: a hundred envelopes stored, and handed out. Nothing passes or fails by
//! time.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use jasaq_benches::cpu;
use jasaq_benches::squad::{SmallSquad, start_patrol, write_entry};
use jasaq_fieldbook::protocol::seal::{SigningKey, verify};

const ENVELOPES: i32 = 100;
/// About what an envelope's header is.
const SIGNED_BYTES: usize = 256;

/// CPU of the relay's process, so that neither the device nor the disk counts.
fn storing(criterion: &mut Criterion) {
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder in memory");
    let mut squad = SmallSquad::enrol(folder.path());
    let mut group = criterion.benchmark_group("relay, 100 envelopes");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(ENVELOPES.unsigned_abs().into()));
    group.bench_function("stored: CPU of its process", |bencher| {
        bencher.iter_custom(|count| {
            let mut took = Duration::ZERO;
            for _ in 0..count {
                let patrol = start_patrol(&mut squad.head);
                for number in 0..ENVELOPES {
                    write_entry(&mut squad.head, patrol, number);
                    squad.head.book.flush().expect("a key to seal to");
                }
                let before = squad.relay.cpu_time();
                squad.head.sync();
                took += squad.relay.cpu_time() - before;
            }
            took
        });
    });
    group.bench_function("signatures alone: CPU", |bencher| {
        let key = SigningKey::make(&mut UnwrapErr(SysRng));
        let message = [0x5a; SIGNED_BYTES];
        let signature = key.sign(&message);
        bencher.iter_custom(|count| {
            let check = || verify(&key.verifying_bytes(), &message, &signature).is_ok();
            let (took, all_fit) =
                cpu::of(|| (0..count * u64::from(ENVELOPES.unsigned_abs())).all(|_| check()));
            assert!(all_fit, "signatures of ours fit");
            took
        });
    });
    group.finish();
}

criterion_group!(benches, storing);
criterion_main!(benches);
