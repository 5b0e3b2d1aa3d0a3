//! libFuzzer's way into the targets of `jasaq_tests::hostile`.
//!
//! One program for all of them, chosen by `JASAQ_HOSTILE`: the library is the same, and linking it seventeen times with
//! SQLCipher and OpenSSL in it takes longer than running each for a while. `cargo hostile` builds, chooses and runs.
#![no_main]

use std::sync::LazyLock;

use jasaq_tests::hostile::{Target, target_named};
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<&'static Target> = LazyLock::new(|| {
    let name = std::env::var("JASAQ_HOSTILE").expect("JASAQ_HOSTILE names a target");
    target_named(&name).expect("JASAQ_HOSTILE names a target of jasaq_tests::hostile")
});

fuzz_target!(|input: &[u8]| (TARGET.feed)(input));
