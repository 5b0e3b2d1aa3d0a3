//! The link of a mountain valley, over real TCP with the built program: 64 kbit/s, 600 ms there and back, and every
//! connection breaks after a few kilobytes.
//!
//! Whatever is written arrives, and nothing starts over: counted in bytes sent into the link and in connections. The same
//! amount goes over the same link without cuts first, to compare with.

use jasaq_tests::{Carried, District, Home, LinkEmulator, LinkQuality, Writer};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

/// Delay and rate scale alike, so that as much is in the air at once as in the valley and the test is quick.
const HASTE: f64 = 120.0;

/// Entries of an evening.
const ENTRIES: usize = 240;

/// Random numbers in each, of eight bytes.
const ENTRY_NUMBERS: usize = 50;

/// More tries than a link that lets anything pass can need.
const TRIES_MAX: usize = 400;

struct Valley {
    district: District,
    link: LinkEmulator,
    written: usize,
    chance: ChaCha20Rng,
}

impl Valley {
    fn new() -> Self {
        let district = District::found();
        let relay = district.relay().address();
        let link = LinkEmulator::open(relay, LinkQuality::valley(HASTE, None)).unwrap();
        district.gate.lead_to(link.address());
        Self { district, link, written: 0, chance: ChaCha20Rng::seed_from_u64(14) }
    }

    /// The phone's evening: as many entries each time, in words that cannot be made much shorter.
    fn write_an_evening(&mut self) {
        let mut writer = Writer::start(&self.district.home("phone"));
        let lines: Vec<String> = (0..ENTRIES).map(|_| self.line()).collect();
        writer.feed(&lines);
        for _ in &lines {
            writer.key().expect("it was recorded");
        }
        writer.kill();
        self.written += ENTRIES;
    }

    fn line(&mut self) -> String {
        let numbers: Vec<String> =
            (0..ENTRY_NUMBERS).map(|_| format!("{:016x}", self.chance.next_u64())).collect();
        numbers.concat()
    }

    /// Syncs a home until it succeeds, and counts what that took.
    fn sync(&self, home: &Home, cut_after: Option<u64>) -> Carried {
        self.link.becomes(LinkQuality::valley(HASTE, cut_after));
        let before = self.link.carried();
        for _ in 0..TRIES_MAX {
            if home.command(&["sync"]).output().unwrap().status.success() {
                return self.link.carried().since(&before);
            }
        }
        panic!("after {TRIES_MAX} tries nothing more passes: {:?}", self.link.carried().since(&before));
    }

    /// An evening goes up from the phone and down to the head, over a whole link and over one that breaks.
    fn evening(&mut self, cut_after: Option<u64>) -> [Carried; 2] {
        self.write_an_evening();
        let (phone, head) = (self.district.home("phone"), self.district.home("head"));
        [self.sync(&phone, cut_after), self.sync(&head, cut_after)]
    }

    fn shown_by_head(&self) -> u64 {
        let shown = self.district.home("head").run(&["patrol", "show", &self.district.patrol]);
        shown["entries"].as_u64().unwrap()
    }
}

/// Bytes at most so many percent of those of the whole link, connections at most those bytes by half a connection's, and three.
fn passes(cut_after: u64, percent_max: u64) {
    let mut valley = Valley::new();
    valley.evening(None);
    let whole = valley.evening(None);
    let cut = valley.evening(Some(cut_after));
    for (what, whole, cut) in [("up", whole[0], cut[0]), ("down", whole[1], cut[1])] {
        let connections_max = whole.bytes() / (cut_after / 2) + 3;
        println!(
            "{what}, cut every {cut_after}: {} bytes of {} ({} %), {} connections of at most {connections_max}",
            cut.bytes(),
            whole.bytes(),
            cut.bytes() * 100 / whole.bytes(),
            cut.connections,
        );
        println!("  whole {whole:?}\n  cut   {cut:?}");
    }
    assert_eq!(valley.shown_by_head(), valley.written as u64, "everything arrived");
    for (whole, cut) in whole.iter().zip(&cut) {
        assert!(cut.cuts > 0, "otherwise nothing was proved");
        assert!(cut.bytes() * 100 <= whole.bytes() * percent_max, "it started over");
        assert!(cut.connections <= whole.bytes() / (cut_after / 2) + 3, "too many connections");
    }
}

/// The budget of architecture §9.
#[test]
fn scenario_14_a_link_that_breaks_every_8000_bytes_lets_an_evening_pass() {
    passes(8_000, 150);
}

/// One envelope a connection passes, and no more. The first break costs a fifth of the evening, which is what is in the air;
/// heads, questions and receipts over so many connections cost a quarter; the rest are tries of two envelopes.
#[test]
fn scenario_14_a_link_that_breaks_every_4500_bytes_lets_an_evening_pass() {
    passes(4_500, 200);
}
