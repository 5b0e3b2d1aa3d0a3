//! Spaces that were closed: nothing of them is taken or told, and what is stored is dropped, wherever that ends between.

use std::path::PathBuf;

use jasaq_protocol::membership::Operation;
use jasaq_protocol::sync::Refusal;
use tempfile::TempDir;

use super::*;
use crate::keeping::{CheckReport, Copy, back_up, check, restore};
use crate::limits::ENVELOPES_CLEARED_AT_ONCE;
use crate::world::{
    Device, District, Envelope, PATROLS, PROTECTED, SQUAD, chance, close, cut_to, remove, statements, sync,
};

/// More than is dropped at once.
const ENTRIES: usize = ENVELOPES_CLEARED_AT_ONCE + 100;

/// A relay's file with a squad's season in it.
struct Season {
    folder: TempDir,
    district: District,
    protected: Vec<Envelope>,
}

impl Season {
    fn new(entries: usize) -> Self {
        let (folder, district) = (tempfile::tempdir().unwrap(), District::new());
        let mut season = Self { folder, district, protected: Vec::new() };
        let mut relay = season.relay();
        season.district.bring_rolls(&mut relay);
        let District { vol, head, .. } = &mut season.district;
        let patrols =
            [statements(vol, PATROLS, entries / 2), statements(head, PATROLS, entries - entries / 2)];
        for part in patrols.concat().chunks(500) {
            relay.answer(&vol.request(&relay.id(), part).1).unwrap();
        }
        season.protected = statements(vol, PROTECTED, 5);
        relay.answer(&vol.request(&relay.id(), &season.protected).1).unwrap();
        relay.close().unwrap();
        season
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn relay(&self) -> Relay {
        Relay::open(&self.path("relay.db"), &[self.district.root.id()], &mut chance(50)).unwrap()
    }

    fn check(&self, name: &str) -> CheckReport {
        let report = check(&self.path(name), &mut |_| ()).unwrap();
        assert_eq!(report.defects, [].into(), "{name}");
        assert_eq!(report.sound, report.stock.envelopes);
        report
    }

    /// The SS ends the patrols' space.
    fn close(&mut self, relay: &mut Relay) -> Envelope {
        let closed = self.district.ss.operate(SQUAD, &close(PATROLS));
        self.push(relay, &closed);
        closed
    }

    /// Brings one envelope, and reads no answer.
    fn push(&mut self, relay: &mut Relay, envelope: &Envelope) {
        let (_, pushed) = self.district.ss.request(&relay.id(), std::slice::from_ref(envelope));
        assert_eq!(relay.answer(&pushed).unwrap().tally.refused, [].into());
    }
}

fn space_is_stored(relay: &Relay, space: &SpaceId) -> bool {
    crate::storage::load_space(relay.storage.connection(), space).unwrap().is_some()
}

#[test]
fn of_a_closed_space_nothing_is_taken_and_nothing_told() {
    let mut season = Season::new(10);
    let mut relay = season.relay();
    let kept = |relay: &Relay| relay.stock().unwrap().envelopes;
    sync(&mut relay, &mut season.district.head, &[]);
    assert_eq!((season.district.head.holds(PATROLS), kept(&relay)), (10, 15 + 15));
    season.close(&mut relay);
    assert_eq!(kept(&relay), 15 + 5 + 1, "the rolls stay, and other spaces");
    let late = statements(&mut season.district.head, PATROLS, 1);
    let reply = sync(&mut relay, &mut season.district.head, &late);
    assert_eq!((reply.reasons(), reply.rewound), (vec![Refusal::MayNot], vec![]));
    assert_eq!(reply.arrived.iter().filter(|place| place.space == PATROLS).count(), 0);
    let reply = sync(&mut relay, &mut season.district.ss, &[]);
    assert_eq!(reply.arrived.iter().filter(|place| place.space == PATROLS).count(), 0);
    let waiting = season.district.head.head(&relay.id());
    assert!(matches!(relay.watch(&waiting), Ok(Watch::Quiet(spaces)) if !spaces.contains(&PATROLS)));
    let reply = sync(&mut relay, &mut Device::new(60), &[]);
    assert_eq!(reply.rewound, []);
    relay.close().unwrap();
    season.check("relay.db");
}

#[test]
fn a_closed_space_is_dropped_step_by_step_wherever_the_relay_is_killed() {
    let mut season = Season::new(ENTRIES);
    let mut relay = season.relay();
    let all = relay.stock().unwrap().envelopes;
    season.close(&mut relay);
    assert_eq!(relay.stock().unwrap().envelopes, all + 1 - ENVELOPES_CLEARED_AT_ONCE as u64);
    // Killed: what is on the disk is all there is.
    for ending in ["", "-wal"] {
        let [from, to] = ["relay.db", "killed.db"].map(|name| season.path(&format!("{name}{ending}")));
        std::fs::copy(from, to).unwrap();
    }
    relay.close().unwrap();
    assert_eq!(season.check("killed.db").stock.envelopes, all + 1 - ENVELOPES_CLEARED_AT_ONCE as u64);
    let root = season.district.root.id();
    let mut again = Relay::open(&season.path("killed.db"), &[root], &mut chance(51)).unwrap();
    assert!(space_is_stored(&again, &PATROLS));
    let reply = sync(&mut again, &mut season.district.head, &[]);
    assert_eq!((season.district.head.holds(PATROLS), reply.rewound), (0, vec![]));
    assert!(!space_is_stored(&again, &PATROLS));
    again.close().unwrap();
    assert_eq!(season.check("killed.db").stock.envelopes, all + 1 - ENTRIES as u64);
    let bytes = std::fs::read(season.path("killed.db")).unwrap();
    let wire = &season.protected[0].wire;
    assert!(bytes.windows(wire.len()).any(|window| window == wire), "otherwise nothing is proved");
}

#[test]
fn what_was_dropped_does_not_stay_behind_in_the_file() {
    let mut season = Season::new(0);
    let entry = statements(&mut season.district.vol, PATROLS, 1);
    let mut relay = season.relay();
    let (_, pushed) = season.district.vol.request(&relay.id(), &entry);
    relay.answer(&pushed).unwrap();
    relay.close().unwrap();
    let holds = |season: &Season| {
        let bytes = std::fs::read(season.path("relay.db")).unwrap();
        bytes.windows(entry[0].wire.len()).any(|window| window == entry[0].wire)
    };
    assert!(holds(&season), "otherwise nothing is proved");
    let mut relay = season.relay();
    season.close(&mut relay);
    relay.close().unwrap();
    assert!(!holds(&season));
}

#[test]
fn a_backup_brings_no_closed_space_back() {
    let mut season = Season::new(ENTRIES);
    let copy = |season: &Season, (from, to): (&str, &str)| (season.path(from), season.path(to));
    let (from, before) = copy(&season, ("relay.db", "before.db"));
    back_up(Copy { from: &from, to: &before, replace: false }, 1, &mut |_| ()).unwrap();
    let mut relay = season.relay();
    let closed = season.close(&mut relay);
    let between = season.path("between.db");
    back_up(Copy { from: &from, to: &between, replace: false }, 2, &mut |_| ()).unwrap();
    season.check("between.db");
    sync(&mut relay, &mut season.district.head, &[]);
    assert!(!space_is_stored(&relay, &PATROLS));
    relay.close().unwrap();
    for backup in [between, before] {
        restore(Copy { from: &backup, to: &from, replace: true }, &mut |_| ()).unwrap();
        let mut relay = season.relay();
        assert!(space_is_stored(&relay, &PATROLS));
        // The backup of before learns of the end as a relay that lost its past learns everything.
        season.push(&mut relay, &closed);
        season.push(&mut relay, &closed);
        assert!(!space_is_stored(&relay, &PATROLS));
        relay.close().unwrap();
        season.check("relay.db");
    }
}

#[test]
fn a_space_whose_closing_falls_is_dropped_to_its_end_and_filled_again_by_who_holds_it() {
    let mut season = Season::new(ENTRIES);
    let mut relay = season.relay();
    let territory = season.district.territory();
    let District { ss, head, .. } = &mut season.district;
    for _ in 0..3 {
        sync(&mut relay, head, &[]);
    }
    assert_eq!(head.holds(PATROLS), ENTRIES);
    let good = cut_to(ss, &[territory, SQUAD]);
    season.close(&mut relay);
    let word: Operation = remove(&season.district.ss, good);
    let falls = season.district.ts.operate(territory, &word);
    let early = statements(&mut season.district.vol, PATROLS, 1);
    let (_, pushed) = season.district.ts.request(&relay.id(), &[&[falls], &early[..]].concat());
    let answer = relay.answer(&pushed).unwrap();
    assert_eq!(answer.tally.refused, [(Refusal::NotYet, 1)].into(), "what was begun is ended first");
    assert!(!space_is_stored(&relay, &PATROLS));
    let reply = sync(&mut relay, &mut season.district.head, &[]);
    let told: Vec<_> = reply.rewound.iter().map(|(space, held)| (*space, held.len())).collect();
    assert_eq!(told, [(PATROLS, 0)], "who holds it brings it again");
    // What the volunteer wrote first, byte for byte: a device of this world is its seed.
    let entries = statements(&mut Device::new(5), PATROLS, 3);
    let (_, pushed) = season.district.head.request(&relay.id(), &entries);
    assert_eq!(relay.answer(&pushed).unwrap().tally.refused, [].into());
    relay.close().unwrap();
    season.check("relay.db");
}

#[test]
fn a_space_whose_closing_falls_before_its_turn_comes_loses_nothing() {
    let mut season = Season::new(5);
    let mut relay = season.relay();
    let territory = season.district.territory();
    let word: Operation = remove(&season.district.ss, cut_to(&season.district.ss, &[territory, SQUAD]));
    let falls = season.district.ts.operate(territory, &word);
    let kept = relay.stock().unwrap().envelopes;
    let closed = [PATROLS, PROTECTED].map(|space| season.district.ss.operate(SQUAD, &close(space)));
    let (_, pushed) = season.district.ss.request(&relay.id(), &closed);
    relay.answer(&pushed).unwrap();
    assert_eq!(
        (relay.count_due(), space_is_stored(&relay, &PATROLS.min(PROTECTED))),
        (2, false),
        "one after the other"
    );
    season.push(&mut relay, &falls);
    assert_eq!((relay.count_due(), relay.stock().unwrap().envelopes), (0, kept - 5 + 3));
}
