//! Two built programs meet over the link of a mountain valley: 64 kbit/s, 600 ms there and back, and every connection breaks
//! after a few kilobytes. Counted in bytes and connections; nothing is asserted about time.

use std::io::BufRead as _;

use jasaq_fieldbook::protocol::sync::meeting::MeetingCode;
use jasaq_tests::{Carried, District, LinkEmulator, LinkQuality, Running, Writer};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use serde_json::Value;

/// Delay and rate scale alike, so that as much is in the air at once as in the valley and the test is quick.
const HASTE: f64 = 120.0;

/// Entries of an evening, each of so many random numbers of eight bytes.
const ENTRIES: usize = 120;
const ENTRY_NUMBERS: usize = 50;

/// The phone writes an evening, in words that cannot be made much shorter.
fn write_an_evening(district: &District, chance: &mut ChaCha20Rng) {
    let mut writer = Writer::start(&district.home("phone"));
    let line = |chance: &mut ChaCha20Rng| -> String {
        let numbers: Vec<String> =
            (0..ENTRY_NUMBERS).map(|_| format!("{:016x}", chance.next_u64())).collect();
        numbers.concat()
    };
    let lines: Vec<String> = (0..ENTRIES).map(|_| line(chance)).collect();
    writer.feed(&lines);
    for _ in &lines {
        writer.key().expect("it was recorded");
    }
    writer.kill();
}

/// The head waits, the phone calls; between them is the link.
fn meet(district: &District, quality: LinkQuality) -> Carried {
    let mut command = district.home("head").command(&["meet", "listen", "--listen", "127.0.0.1:0"]);
    let (listening, mut said) = Running::start(&mut command);
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let shown: Value = serde_json::from_str(&line).unwrap();
    let mut code = MeetingCode::from_text(shown["code"].as_str().unwrap()).unwrap();
    let link = LinkEmulator::open(code.addresses[0], quality).unwrap();
    code.addresses = vec![link.address()];
    let ended = district.home("phone").run(&["meet", &code.to_text()]);
    assert_eq!(ended["even"], true, "{ended}");
    assert!(listening.wait(said), "the head says so too");
    link.carried()
}

/// Bytes at most so many percent of those of the whole link.
fn passes(cut_after: u64, percent_max: u64) {
    let (district, mut chance) = (District::found(), ChaCha20Rng::seed_from_u64(14));
    write_an_evening(&district, &mut chance);
    let whole = meet(&district, LinkQuality::valley(HASTE, None));
    write_an_evening(&district, &mut chance);
    let cut = meet(&district, LinkQuality::valley(HASTE, Some(cut_after)));
    println!(
        "cut every {cut_after}: {} % of the bytes\n  whole {whole:?}\n  cut   {cut:?}",
        cut.bytes() * 100 / whole.bytes()
    );
    let shown = district.home("head").run(&["patrol", "show", &district.patrol]);
    assert_eq!(shown["entries"].as_u64().unwrap(), 2 * ENTRIES as u64, "everything arrived");
    assert!(cut.cuts > 0, "otherwise nothing was proved");
    assert!(cut.bytes() * 100 <= whole.bytes() * percent_max, "it started over");
}

#[test]
fn a_photo_of_three_megabytes_goes_over_a_link_that_breaks_every_200_000_bytes() {
    let (district, mut chance) = (District::found(), ChaCha20Rng::seed_from_u64(15));
    let mut photo = vec![0; 3_000_000];
    chance.fill_bytes(&mut photo);
    let elsewhere = tempfile::tempdir().unwrap();
    let [file, copy] = ["photo.bin", "copy.bin"].map(|name| elsewhere.path().join(name));
    std::fs::write(&file, &photo).unwrap();
    let attached = district
        .home("phone")
        .run(&["attach", file.to_str().unwrap(), "--keep-metadata"]);
    // Ten times as much is in the air at once as in the valley: so a photo goes from phone to phone.
    let met = meet(
        &district,
        LinkQuality { bytes_per_second: 10_000_000.0, ..LinkQuality::valley(HASTE, Some(200_000)) },
    );
    assert!(met.cuts > 10, "otherwise nothing was proved: {met:?}");
    assert!(met.bytes() < 6_000_000, "it started over: {met:?}");
    let key = attached["key"].as_str().unwrap();
    district
        .home("head")
        .run(&["attachment", "save", key, "-o", copy.to_str().unwrap()]);
    assert!(std::fs::read(&copy).unwrap() == photo, "the head took it up, to carry it to the relay");
}

#[test]
fn scenario_14_two_devices_meet_over_a_link_that_breaks_every_8000_bytes() {
    passes(8_000, 350);
}
