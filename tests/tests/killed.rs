//! `kill -9`, at any moment: of a writing device, of a device in contact, of the relay.
//!
//! In every round a phone writes entries while the same phone, in a second process, is in contact with the relay; then
//! something is killed. When is decided by events: so many keys were read, so many bytes passed on the way to the relay.
//! Checked after every round and once all is over:
//!
//! 1. A key that was printed is the key of an entry that can be read, with the words that were written.
//! 2. Nothing is half, and nothing is there that nobody wrote or that is there twice.
//! 3. In the end everything acknowledged is shown by the head and by the SS, and all three show alike.
//! 4. No vault was set aside, every vault is whole, and so is the relay's file.
//!
//! More rounds, another seed: `JASAQ_KILLS=500 JASAQ_SEED=7 cargo test -p jasaq-tests --test killed`.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_tests::{District, Home, Running, Way, Writer};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use rusqlite::Connection;

/// Seeds that once failed, and why.
const SEEDS_KEPT: &[u64] = &[];

const ROUNDS: u64 = 8;

/// Entries of one round.
const LINES_MAX: usize = 24;

/// Who is killed while a device is in contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Victim {
    Relay,
    Device,
    /// Before it has said anything to anybody.
    DeviceAtOnce,
}

struct Siege {
    district: District,
    phone: Home,
    chance: ChaCha20Rng,
    written: BTreeSet<String>,
    /// The words of each key that was printed.
    acknowledged: BTreeMap<String, String>,
    kills: BTreeMap<Victim, usize>,
}

impl Siege {
    fn new(seed: u64) -> Self {
        let district = District::found();
        let phone = district.home("phone");
        Self {
            district,
            phone,
            chance: ChaCha20Rng::seed_from_u64(seed),
            written: BTreeSet::new(),
            acknowledged: BTreeMap::new(),
            kills: BTreeMap::new(),
        }
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.chance.next_u64() % bound as u64).unwrap()
    }

    fn round(&mut self, number: u64) {
        let count = 1 + self.below(LINES_MAX);
        let lines: Vec<String> = (0..count).map(|line| format!("айналым {number}, жол {line}")).collect();
        self.written.extend(lines.iter().cloned());
        let read_before_contact = self.below(count + 1);
        let mut writer = Writer::start(&self.phone);
        writer.feed(&lines);
        let mut keys: Vec<String> = (0..read_before_contact).map(|_| writer.key().unwrap()).collect();
        let victim =
            [Victim::Relay, Victim::Device, Victim::DeviceAtOnce][usize::try_from(number % 3).unwrap()];
        // Wider with every round, then from the beginning: the first bytes of a request always pass.
        let bytes = self.below(32 << (number % 8));
        self.contact_and_kill(victim, bytes);
        if self.below(4) == 0 {
            // It closes its vault while it is killed.
            writer.close();
        }
        keys.extend((0..self.below(count - read_before_contact + 1)).map(|_| writer.key().unwrap()));
        keys.extend(writer.kill());
        assert!(keys.len() <= count);
        self.acknowledged.extend(keys.into_iter().zip(lines));
        self.check(&self.phone);
    }

    /// The phone is in contact in a process of its own, and somebody is killed once so many bytes went some way.
    fn contact_and_kill(&mut self, victim: Victim, bytes: usize) {
        let way = [Way::Up, Way::Down][self.below(2)];
        let (device, said) = Running::start(&mut self.phone.command(&["sync"]));
        let relay = self.district.relay().running().clone();
        match victim {
            Victim::DeviceAtOnce => device.kill(),
            Victim::Device => {
                let device = device.clone();
                self.district.gate.act_after(bytes, way, move || device.kill());
            }
            Victim::Relay => self.district.gate.act_after(bytes, way, move || relay.kill()),
        }
        device.wait(said);
        if victim == Victim::DeviceAtOnce || !self.district.gate.call_off() {
            *self.kills.entry(victim).or_default() += 1;
        }
        if self.district.relay().running().has_ended() {
            self.district.start_relay();
        }
    }

    /// Every key that was printed is shown with its words, and nothing else than what was written, once.
    fn check(&self, home: &Home) {
        let shown = entries(home, &self.district.patrol);
        for (key, words) in &self.acknowledged {
            assert_eq!(shown.get(key), Some(words), "{key} was acknowledged; {}", home.path().display());
        }
        let words: BTreeSet<String> = shown.values().cloned().collect();
        assert_eq!(words.len(), shown.len(), "nothing is there twice");
        assert!(words.is_subset(&self.written), "nothing is there that nobody wrote");
    }

    fn end(self) {
        let [_, ss, head, phone] = self.district.homes();
        for home in [&phone, &head, &ss, &head, &ss, &phone] {
            home.run(&["sync"]);
        }
        let show = |home: &Home| home.run(&["patrol", "show", &self.district.patrol])["digest"].clone();
        assert_eq!([show(&head), show(&ss)], [show(&phone), show(&phone)], "they show alike");
        for home in self.district.homes() {
            let doctor = home.run(&["doctor"]);
            assert_eq!(doctor["is_whole"], true, "{doctor}");
            assert_eq!(doctor["set_aside"], serde_json::json!([]), "{doctor}");
            for count in ["conflicts", "defects", "rows_rebuilt"] {
                assert_eq!(doctor[count], 0, "{doctor}");
            }
        }
        for home in [&phone, &head, &ss] {
            self.check(home);
        }
        let custody = phone.run(&["status"])["own_entries"].clone();
        assert_eq!(custody["with_ss"], custody["total"], "{custody}");
        self.district.relay().running().kill();
        let relay = Connection::open(self.district.relay_file()).unwrap();
        let verdict: String = relay.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(verdict, "ok");
        println!("{} acknowledged of {} written", self.acknowledged.len(), self.written.len());
        println!("killed in contact: {:?}; and a writer in every round", self.kills);
        assert!(self.kills.contains_key(&Victim::Relay) && self.kills.contains_key(&Victim::Device));
    }
}

/// The words of every entry that a device shows, by key.
fn entries(home: &Home, patrol: &str) -> BTreeMap<String, String> {
    let shown = home.run(&["patrol", "show", patrol]);
    let log = shown["log"].as_array().unwrap().iter();
    let entries = log.filter(|stated| stated["kind"] == "entry");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    entries
        .map(|stated| (text(&stated["key"]), text(&stated["said"]["text"])))
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "how long to search, and where, is for whoever searches")]
fn number_from(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn no_acknowledged_entry_is_lost_whoever_is_killed() {
    let rounds = number_from("JASAQ_KILLS").unwrap_or(ROUNDS);
    for seed in SEEDS_KEPT.iter().copied().chain([number_from("JASAQ_SEED").unwrap_or(1)]) {
        println!("seed {seed}, {rounds} rounds");
        let mut siege = Siege::new(seed);
        (0..rounds).for_each(|number| siege.round(number));
        siege.end();
    }
}
