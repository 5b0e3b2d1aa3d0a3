//! Sections that were erased: taken out of what comes and of what is stored, and gone from the disk.
//!
//! Invariants:
//! 1. Hash, number, links, signature and running hash of an envelope are what they were; every sum is that of what is left.
//! 2. Nobody erases by sending less, and nothing comes back by being sent again.
//! 3. Wherever it is left off it goes on.

mod giving_way;

use std::path::PathBuf;

use jasaq_protocol::membership::{Operation, operation_id};
use jasaq_protocol::seal::WireEnvelope;
use jasaq_protocol::sync::Refusal;
use tempfile::TempDir;

use super::*;
use crate::keeping::{Copy, back_up, check, restore};
use crate::limits::ENVELOPES_CLEARED_AT_ONCE;
use crate::storage::{load_journal, load_stored, open_beside};
use crate::world::{
    Device, District, Envelope, PATROLS, Reply, SQUAD, chance, cut_to, erase, remove, statement, statements,
    sync,
};

/// Sections that one operation names.
const NAMED_AT_ONCE: usize = 38;

/// A squad's relay, in a file.
struct Kept {
    folder: TempDir,
    district: District,
}

impl Kept {
    fn new() -> Self {
        let mut kept = Self { folder: tempfile::tempdir().unwrap(), district: District::new() };
        let mut relay = kept.relay();
        kept.district.bring_rolls(&mut relay);
        relay.close().unwrap();
        kept
    }

    /// With entries of the volunteer, each of two sections.
    fn with_entries(count: usize) -> (Self, Vec<Envelope>) {
        let mut kept = Self::new();
        let entries: Vec<_> = (0..count).map(|number| entry(&mut kept.district.vol, number)).collect();
        let mut relay = kept.relay();
        for part in entries.chunks(500) {
            let (_, pushed) = kept.district.vol.request(&relay.id(), part);
            assert_eq!(relay.answer(&pushed).unwrap().tally.refused, [].into());
        }
        relay.close().unwrap();
        (kept, entries)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn relay(&self) -> Relay {
        self.relay_of("relay.db")
    }

    fn relay_of(&self, name: &str) -> Relay {
        Relay::open(&self.path(name), &[self.district.root.id()], &mut chance(50)).unwrap()
    }

    /// The SS erases the second section of each.
    fn erase(&mut self, relay: &mut Relay, entries: &[Envelope]) -> Vec<Envelope> {
        let words = erasing(&mut self.district, entries);
        let reply = sync(relay, &mut self.district.ss, &words);
        assert_eq!(reply.refused, []);
        words
    }

    /// What is on the disk is all there is.
    fn copy_as_killed(&self) {
        for ending in ["", "-wal"] {
            let [from, to] = ["relay.db", "killed.db"].map(|name| self.path(&format!("{name}{ending}")));
            std::fs::copy(from, to).unwrap();
        }
    }

    /// Everything in a database fits, and as many envelopes are in it as were.
    fn check(&self, name: &str) {
        let report = check(&self.path(name), &mut |_| ()).unwrap();
        assert_eq!(report.defects, [].into(), "{name}");
        assert_eq!(report.sound, report.stock.envelopes);
    }

    /// Whether bytes stand anywhere in the file, or in its log.
    fn is_on_disk(&self, bytes: &[u8]) -> bool {
        self.is_in("relay.db", bytes)
    }

    fn is_in(&self, name: &str, bytes: &[u8]) -> bool {
        ["", "-wal"].into_iter().any(|ending| {
            let file = std::fs::read(self.path(&format!("{name}{ending}"))).unwrap_or_default();
            file.windows(bytes.len()).any(|window| window == bytes)
        })
    }
}

fn entry(device: &mut Device, number: usize) -> Envelope {
    let text = |what| statement(&format!("{what} {number}: {}", "by the ford, and further on ".repeat(4)));
    device.write(PATROLS, &[text("footprints"), text("a person")])
}

fn erasing(district: &mut District, entries: &[Envelope]) -> Vec<Envelope> {
    let mut words = Vec::new();
    for named in entries.chunks(NAMED_AT_ONCE) {
        let named: Vec<_> = named.iter().map(|entry| (entry, 1)).collect();
        let word = erase(&district.vol, &named);
        words.push(district.ss.operate(SQUAD, &word));
    }
    words
}

/// Without its second section, as who obeyed passes it on.
fn without(device: &Device, entry: &Envelope) -> Envelope {
    let erased = device.sealed[&entry.place].clone().erase([1].into_iter().collect());
    Envelope { wire: erased.to_wire(false).encode(), ..entry.clone() }
}

/// The end of the last section.
fn end(entry: &Envelope) -> &[u8] {
    entry.wire.last_chunk::<80>().unwrap()
}

fn stored(relay: &Relay, entry: &Envelope) -> Vec<u8> {
    let connection = relay.storage.connection();
    let journal = load_journal(connection, &entry.place.journal).unwrap().unwrap();
    load_stored(connection, &journal, entry.place.sequence).unwrap().unwrap().1
}

fn count_erased(relay: &Relay, entries: &[Envelope]) -> usize {
    let is_erased =
        |entry: &&Envelope| !WireEnvelope::decode(&stored(relay, entry)).unwrap().erased().is_empty();
    entries.iter().filter(is_erased).count()
}

fn arrived(reply: &Reply) -> usize {
    reply.arrived.iter().filter(|place| place.space == PATROLS).count()
}

#[test]
fn what_comes_after_it_was_erased_is_stored_without_it() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry = entry(&mut kept.district.vol, 1);
    kept.erase(&mut relay, std::slice::from_ref(&entry));
    let late = without(&kept.district.vol, &entry);
    let (_, pushed) = kept.district.vol.request(&relay.id(), std::slice::from_ref(&entry));
    let answer = relay.answer(&pushed).unwrap();
    assert_eq!((answer.tally.stored, answer.tally.refused), (1, [].into()));
    assert_eq!(stored(&relay, &entry), late.wire);
    let shows = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(shows(&answer.bytes, &late.wire), "what is stored is not what was brought, so it goes back");
    assert!(!kept.is_on_disk(end(&entry)));
    let head = &mut kept.district.head;
    let reply = sync(&mut relay, head, &[entry.clone(), late]);
    assert_eq!((reply.refused.clone(), arrived(&reply)), (vec![], 1), "either form is known");
    assert_eq!(count_erased(&relay, &[entry]), 1);
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn one_that_lacks_what_nobody_erased_waits_until_somebody_did() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry = entry(&mut kept.district.vol, 1);
    let less = without(&kept.district.vol, &entry);
    let reply = sync(&mut relay, &mut kept.district.head, std::slice::from_ref(&less));
    assert_eq!(reply.reasons(), [Refusal::NotYet]);
    let word = erasing(&mut kept.district, std::slice::from_ref(&entry));
    let both = [&word[..], &[less]].concat();
    let reply = sync(&mut relay, &mut kept.district.ss, &both);
    assert_eq!(reply.refused, [], "it is asked again once what came before it was folded");
    assert_eq!(count_erased(&relay, &[entry]), 1);
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn who_may_not_erase_explains_nothing_that_is_missing() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry = entry(&mut kept.district.vol, 1);
    let less = without(&kept.district.vol, &entry);
    let word = erase(&kept.district.vol, &[(&entry, 1)]);
    let word = kept.district.head.operate(SQUAD, &word);
    let reply = sync(&mut relay, &mut kept.district.head, &[word, less.clone()]);
    assert_eq!(reply.reasons(), [Refusal::NotYet]);
    sync(&mut relay, &mut kept.district.vol, std::slice::from_ref(&entry));
    let reply = sync(&mut relay, &mut kept.district.head, &[less]);
    assert_eq!((reply.refused, stored(&relay, &entry)), (vec![], entry.wire), "known, and kept whole");
}

#[test]
fn of_two_envelopes_for_one_place_only_the_one_that_is_named_loses_anything() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry = entry(&mut kept.district.vol, 1);
    sync(&mut relay, &mut kept.district.vol, std::slice::from_ref(&entry));
    // What a clone of the volunteer's phone wrote for the same place.
    let mut clone = Device::new(5);
    let other = clone.write(PATROLS, &[statement("something else"), statement("somebody else")]);
    assert_eq!(other.place, entry.place);
    let word = erase(&clone, &[(&other, 1)]);
    let word = kept.district.ss.operate(SQUAD, &word);
    assert_eq!(sync(&mut relay, &mut kept.district.ss, &[word]).refused, []);
    assert_eq!((stored(&relay, &entry), relay.count_due()), (entry.wire, 0));
}

#[test]
fn what_is_stored_loses_what_is_erased_within_the_request_that_says_so() {
    let (mut kept, entries) = Kept::with_entries(3);
    assert!(kept.is_on_disk(end(&entries[1])), "otherwise nothing is proved");
    let mut relay = kept.relay();
    let before = relay.stock().unwrap();
    kept.erase(&mut relay, &entries[1..2]);
    assert_eq!(stored(&relay, &entries[1]), without(&kept.district.vol, &entries[1]).wire);
    assert!(!kept.is_on_disk(end(&entries[1])), "neither in the file nor in the log");
    assert!(kept.is_on_disk(end(&entries[0])) && kept.is_on_disk(end(&entries[2])), "others stay");
    let part = &entries[1].wire[entries[1].wire.len() / 2 - 60..][..40];
    assert!(kept.is_on_disk(part), "and so does the other section");
    assert_eq!(relay.count_due(), 0);
    let after = relay.stock().unwrap();
    assert_eq!(after.envelopes, before.envelopes + 1, "it keeps its number");
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn whoever_stands_before_or_behind_what_was_erased_goes_on_from_where_he_is() {
    let (mut kept, entries) = Kept::with_entries(3);
    let mut relay = kept.relay();
    sync(&mut relay, &mut kept.district.head, &[]);
    kept.erase(&mut relay, &entries[..2]);
    let later = [entry(&mut kept.district.vol, 4)];
    let District { vol, head, ss, .. } = &mut kept.district;
    let reply = sync(&mut relay, vol, &later);
    assert_eq!((reply.rewound.clone(), arrived(&reply)), (vec![], 4), "he wrote all, and read no answer");
    let reply = sync(&mut relay, head, &[]);
    assert_eq!((reply.rewound.clone(), arrived(&reply)), (vec![], 1), "he stood behind it");
    let reply = sync(&mut relay, ss, &[]);
    assert_eq!((reply.rewound.clone(), ss.holds(PATROLS)), (vec![], 4), "and she before it");
    let cursors = [vol.cursor(PATROLS), head.cursor(PATROLS), ss.cursor(PATROLS)];
    assert!(cursors.iter().all(|cursor| *cursor == cursors[0]));
    for device in [vol, head, ss] {
        let reply = sync(&mut relay, device, &[]);
        assert_eq!((reply.rewound.clone(), arrived(&reply)), (vec![], 0));
    }
}

#[test]
fn a_false_word_about_the_form_before_is_counted_alike_by_who_wrote_the_envelope() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry_of = |number| entry(&mut kept.district.vol, number);
    let [first, second] = [1, 2].map(entry_of);
    kept.erase(&mut relay, std::slice::from_ref(&first));
    let mut lie = without(&kept.district.vol, &first);
    // Behind flags, signature, link, epoch and encapsulation.
    lie.wire[1 + 64 + 32 + 40] ^= 1;
    let reply = sync(&mut relay, &mut kept.district.head, std::slice::from_ref(&lie));
    assert_eq!((reply.refused, stored(&relay, &first)), (vec![], lie.wire));
    for pushed in [&[first.clone(), second][..], &[]] {
        let reply = sync(&mut relay, &mut kept.district.vol, pushed);
        assert_eq!((reply.refused, reply.rewound), (vec![], vec![]));
    }
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn it_goes_on_step_by_step_wherever_the_relay_is_killed() {
    let (mut kept, entries) = Kept::with_entries(ENVELOPES_CLEARED_AT_ONCE + 100);
    let mut relay = kept.relay();
    kept.erase(&mut relay, &entries);
    assert_eq!(count_erased(&relay, &entries), ENVELOPES_CLEARED_AT_ONCE);
    kept.copy_as_killed();
    relay.close().unwrap();
    kept.check("killed.db");
    let mut again = kept.relay_of("killed.db");
    assert_eq!(count_erased(&again, &entries), ENVELOPES_CLEARED_AT_ONCE);
    // As the relay's thread does when nobody asks.
    let steps = std::iter::repeat_with(|| again.clear())
        .take_while(|has_more| *has_more)
        .count();
    assert!(steps <= 1, "it looks for all of them again, as many at once");
    assert_eq!((count_erased(&again, &entries), again.count_due()), (entries.len(), 0));
    again.close().unwrap();
    kept.check("killed.db");
}

#[test]
fn a_backup_brings_nothing_back() {
    let (mut kept, entries) = Kept::with_entries(2);
    let (data, backup) = (kept.path("relay.db"), kept.path("backup.db"));
    let put_back = |from: &PathBuf| {
        restore(Copy { from, to: &data, replace: true }, &mut |_| ()).unwrap();
    };
    back_up(Copy { from: &data, to: &backup, replace: false }, 1, &mut |_| ()).unwrap();
    let mut relay = kept.relay();
    let words = kept.erase(&mut relay, &entries);
    relay.close().unwrap();
    put_back(&backup);
    let mut relay = kept.relay();
    assert_eq!(count_erased(&relay, &entries), 0, "otherwise nothing is proved");
    // It learns of it as a relay that lost its past learns everything.
    let reply = sync(&mut relay, &mut kept.district.head, &words);
    assert_eq!(reply.refused, []);
    assert_eq!(count_erased(&relay, &entries), 2);
    assert!(!kept.is_on_disk(end(&entries[0])));
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn a_backup_that_knows_of_it_obeys_before_anybody_asks() {
    let (mut kept, entries) = Kept::with_entries(ENVELOPES_CLEARED_AT_ONCE + 1);
    let (data, backup) = (kept.path("relay.db"), kept.path("backup.db"));
    let mut relay = kept.relay();
    kept.erase(&mut relay, &entries);
    back_up(Copy { from: &data, to: &backup, replace: false }, 1, &mut |_| ()).unwrap();
    kept.check("backup.db");
    relay.close().unwrap();
    restore(Copy { from: &backup, to: &data, replace: true }, &mut |_| ()).unwrap();
    let mut relay = kept.relay();
    assert_eq!(count_erased(&relay, &entries), ENVELOPES_CLEARED_AT_ONCE);
    while relay.clear() {}
    assert_eq!(count_erased(&relay, &entries), entries.len());
}

#[test]
fn as_long_as_another_program_reads_the_log_it_stays_due() {
    let (mut kept, entries) = Kept::with_entries(1);
    let late = entry(&mut kept.district.vol, 2);
    let mut relay = kept.relay();
    sync(&mut relay, &mut kept.district.vol, std::slice::from_ref(&late));
    let reader = open_beside(&kept.path("relay.db")).unwrap();
    let snapshot = reader.unchecked_transaction().unwrap();
    let envelopes = "SELECT count(*) FROM envelopes";
    snapshot.query_row(envelopes, [], |row| row.get::<_, i64>(0)).unwrap();
    kept.erase(&mut relay, &[&entries[..], std::slice::from_ref(&late)].concat());
    assert_eq!((count_erased(&relay, &entries), relay.count_due()), (1, 1));
    assert!(kept.is_on_disk(end(&late)), "otherwise nothing is proved");
    kept.copy_as_killed();
    snapshot.finish().unwrap();
    assert!(!relay.clear());
    let mut again = kept.relay_of("killed.db");
    assert!(kept.is_in("killed.db", end(&late)), "otherwise nothing is proved");
    assert!(!again.clear(), "what is due at the start is the log, too");
    assert_eq!([relay.count_due(), again.count_due()], [0, 0]);
    for (name, entry) in ["relay.db", "killed.db"].into_iter().zip([&late, &entries[0]]) {
        assert!(!kept.is_in(name, end(entry)) && !kept.is_in(name, end(&late)));
    }
}

#[test]
fn of_an_erasure_that_falls_nothing_comes_back_until_somebody_brings_it_and_it_may_stand_again() {
    let (mut kept, entries) = Kept::with_entries(1);
    let late = entry(&mut kept.district.vol, 2);
    let (mut relay, territory) = (kept.relay(), kept.district.territory());
    let District { ss, ts, .. } = &mut kept.district;
    let before = cut_to(ss, &[territory, SQUAD]);
    let falls = remove(ss, before);
    let falls = ts.operate(territory, &falls);
    let words = kept.erase(&mut relay, &[entries[0].clone(), late.clone()]);
    assert_eq!((words.len(), count_erased(&relay, &entries)), (1, 1));
    // Of the squad's roll only its own line of command speaks about the SS: it is in the territory's.
    assert_eq!(sync(&mut relay, &mut kept.district.ts, std::slice::from_ref(&falls)).refused, []);
    assert_eq!(relay.count_due(), 0);
    assert_eq!(count_erased(&relay, &entries), 1, "nobody here has it any more");
    let less = without(&kept.district.vol, &late);
    let District { head, vol, .. } = &mut kept.district;
    assert_eq!(sync(&mut relay, head, &[]).refused, []);
    assert_eq!(sync(&mut relay, vol, std::slice::from_ref(&late)).refused, []);
    assert_eq!(stored(&relay, &late), late.wire, "it erases nothing any more");
    let other = Kept::new();
    let mut lost = other.relay();
    let all = [&words[..], std::slice::from_ref(&falls), &entries[..], &[less]].concat();
    assert_eq!(sync(&mut lost, head, &all).refused, [], "and explains who obeyed it");
    let District { ss, ts, .. } = &mut kept.district;
    let replaces = vec![operation_id(&ts.sealed[&falls.place].hash(), 0)];
    let stands = match remove(ss, cut_to(ss, &[territory, SQUAD])) {
        Operation::Remove { device, cut, .. } => Operation::Remove { device, cut, replaces },
        _ => unreachable!(),
    };
    let stands = ts.operate(territory, &stands);
    assert_eq!(sync(&mut relay, ts, &[stands]).refused, []);
    assert_eq!(stored(&relay, &late), without(&kept.district.vol, &late).wire);
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn an_envelope_that_is_damaged_is_in_no_others_way() {
    let (mut kept, entries) = Kept::with_entries(3);
    let damage = "UPDATE envelopes SET wire = zeroblob(length(wire)) WHERE sequence = 1 AND space =
        (SELECT id FROM spaces WHERE space = ?1)";
    let database = rusqlite::Connection::open(kept.path("relay.db")).unwrap();
    assert_eq!(database.execute(damage, [PATROLS.as_bytes()]).unwrap(), 1);
    database.close().unwrap();
    let mut relay = kept.relay();
    let words = erasing(&mut kept.district, &entries);
    let (_, pushed) = kept.district.ts.request(&relay.id(), &words);
    relay.answer(&pushed).unwrap();
    assert_eq!((count_erased(&relay, &entries[1..]), relay.count_due()), (2, 0));
}

#[test]
fn every_other_entry_of_a_season_is_gone_from_the_disk() {
    let (mut kept, mut entries) = Kept::with_entries(150);
    let short = statements(&mut kept.district.head, PATROLS, 50);
    let mut relay = kept.relay();
    sync(&mut relay, &mut kept.district.head, &short);
    let erased: Vec<_> = entries.iter().step_by(2).cloned().collect();
    entries.retain(|entry| !erased.iter().any(|other| other.place == entry.place));
    kept.erase(&mut relay, &erased);
    assert!(erased.iter().all(|entry| !kept.is_on_disk(end(entry))));
    relay.close().unwrap();
    assert!(entries.iter().all(|entry| kept.is_on_disk(end(entry))));
    kept.check("relay.db");
}
