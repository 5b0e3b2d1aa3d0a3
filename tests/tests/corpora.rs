//! Strangers' bytes, replayed: every kept input of every target, and every seed, fed again without libFuzzer.
//!
//! An input that ever broke something is kept with what mended it. What is found new is found by `cargo hostile`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jasaq_tests::hex::to_hex;
use jasaq_tests::hostile::{TARGETS, Target, kept};

/// The inputs that break a property, in hex.
fn breaking(target: &Target) -> Vec<String> {
    let mut inputs = kept(target.name).unwrap();
    inputs.extend((target.seeds)());
    assert!(!inputs.is_empty(), "{} is fed nothing", target.name);
    let breaks = |input: &&Vec<u8>| catch_unwind(AssertUnwindSafe(|| (target.feed)(input))).is_err();
    inputs
        .iter()
        .filter(breaks)
        .map(|input| format!("{}: {}", target.name, to_hex(input)))
        .collect()
}

#[test]
fn what_strangers_sent_once_breaks_nothing() {
    let found: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = TARGETS.iter().map(|target| scope.spawn(|| breaking(target))).collect();
        running.into_iter().flat_map(|target| target.join().unwrap()).collect()
    });
    assert!(found.is_empty(), "{} inputs break a property:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_target_that_breaks_is_noticed() {
    let always = Target { feed: |_| panic!("always"), ..TARGETS[0] };
    assert!(!breaking(&always).is_empty());
}
