//! Power loss, shown on the bytes that a disk would hold: the vault's log cut at every frame and at random bytes.
//!
//! By the time a tap returns or something is sent, the log is synced so far (`synced_before_sent.rs` watches it being
//! done). So if a power cut leaves so many bytes of the log, it came before the first moment that had more. From what is
//! left of a recorded day then:
//!
//! 1. The vault opens and is whole; index and documents agree.
//! 2. Every entry acknowledged by then can be read; of what came after there is a beginning in order, or nothing.
//! 3. The vault holds every envelope that the relay has from it; new journals begin; and the next contacts bring
//!    everything to relay and head without a fork.
//!
//! A disk that lied, and lost what it had said was safe, is another matter: then what the relay has comes back from there.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind, EntryDraft};
use jasaq_fieldbook::model::patrol::ActivityMode;
use jasaq_fieldbook::surroundings::{BootId, Surroundings};
use jasaq_fieldbook::{ContactReport, Fieldbook, KeyHolder};
use jasaq_relay::Relay;
use jasaq_tests::{
    FRAME_BYTES, Faults, Files, Folding, LOG, LOG_HEADER_BYTES, Link, Outside, RELAY, Recording, Tally, Tap,
    TurnableClock, write_folder,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use rusqlite::{Connection, Params};
use tempfile::TempDir;

const SEED: u64 = 24;
const RANDOM_CUTS: usize = 200;

/// What a disk writes at once, or not at all.
const SECTOR_BYTES: usize = 512;

static DAY: LazyLock<Recording> = LazyLock::new(|| Recording::of_a_day(SEED));
static ANEW: LazyLock<(Recording, Folding)> = LazyLock::new(|| Recording::over_an_older_log(SEED));

/// A device after the power came back.
struct Survivor {
    home: TempDir,
    book: Fieldbook,
    shown: BTreeSet<Tap>,
}

impl Survivor {
    /// Opens what a disk holds of the recorded home, and checks that nothing acknowledged is lost and nothing is half.
    fn of(recording: &Recording, (home, log): (&Files, &[u8]), acknowledged: usize) -> Self {
        let home = laid_out(home);
        std::fs::write(home.path().join(LOG), log).unwrap();
        let mut book = open(home.path(), SEED + 1);
        check(&mut book);
        let shown = shown(recording, &mut book);
        assert!(shown.len() >= acknowledged, "{} of {acknowledged} acknowledged entries", shown.len());
        let beginning = recording.taps.iter().take(shown.len()).cloned();
        assert_eq!(shown, beginning.collect(), "what is left is a beginning");
        Self { home, book, shown }
    }

    /// Records one entry more, and says whether it opened a new journal: a key begins with its journal.
    fn writes_into_a_new_journal(&mut self, recording: &Recording) -> bool {
        let activity =
            Activity::BorderService { kind: BorderServiceKind::Round, mode: ActivityMode::Independent };
        let draft = EntryDraft::new(activity, "после обрыва");
        let key = self.book.write_entry(recording.patrol, draft, None).unwrap();
        self.shown.insert((key.clone(), "после обрыва".to_owned()));
        let journal = |key: &str| key.split('.').next().map(ToOwned::to_owned);
        let mut before = recording.taps.iter().map(|(key, _)| journal(key.as_str()));
        before.all(|before| before != journal(key.as_str()))
    }

    /// Contacts with the relay and the head as they were, until nothing is left to say. Returns what the head shows.
    fn meet(&mut self, recording: &Recording, outside: &Outside) -> BTreeSet<Tap> {
        let (relay_folder, head_home) = (laid_out(&outside.relay), laid_out(&outside.head));
        let mut chance = ChaCha20Rng::seed_from_u64(SEED);
        let mut relay =
            Relay::open(&relay_folder.path().join(RELAY), &[recording.root], &mut chance).unwrap();
        let mut head = open(head_home.path(), SEED + 2);
        for _ in 0..3 {
            for book in [&mut self.book, &mut head] {
                let relay = Some(&mut relay);
                let (faults, late, tally) = (Faults::default(), &mut Vec::new(), &mut Tally::default());
                let mut link = Link { relay, faults, late, chance: &mut chance, tally, relay_died: false };
                let mut report = ContactReport::default();
                book.sync(&mut link, &mut report).unwrap();
                assert_eq!((report.not_kept, report.refused.len()), (0, 0), "a fork: {report:?}");
            }
        }
        let digests = [&mut self.book, &mut head].map(|book| {
            check(book);
            book.patrol_digest(recording.patrol).unwrap()
        });
        assert_eq!(digests[0], digests[1], "they show alike");
        shown(recording, &mut head)
    }

    /// Every envelope that is in the vault.
    fn envelopes(&self) -> BTreeSet<Envelope> {
        let key = std::fs::read_to_string(self.home.path().join("vault.key")).unwrap();
        let vault = Connection::open(self.home.path().join("vault.db")).unwrap();
        let key = key.split_whitespace().last().unwrap();
        vault.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
        rows(&vault, "SELECT journal, sequence, hash FROM envelopes", [])
    }
}

type Envelope = (Vec<u8>, i64, Vec<u8>);

/// The envelopes of the recorded device that the relay has.
fn envelopes_at_relay(recording: &Recording, outside: &Outside) -> BTreeSet<Envelope> {
    let folder = laid_out(&outside.relay);
    let relay = Connection::open(folder.path().join(RELAY)).unwrap();
    let select = "SELECT j.journal, e.sequence, e.hash FROM envelopes e JOIN journals j ON j.id = e.journal
                  JOIN signers s ON s.id = j.signer WHERE s.signer = ?1";
    rows(&relay, select, [recording.author.as_bytes()])
}

fn rows(database: &Connection, select: &str, given: impl Params) -> BTreeSet<Envelope> {
    let mut statement = database.prepare(select).unwrap();
    let rows = statement.query_map(given, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// The recorded device's entries as a fieldbook shows them.
fn shown(recording: &Recording, book: &mut Fieldbook) -> BTreeSet<Tap> {
    let view = book.patrol(recording.patrol).unwrap();
    let entries = view.log.entries();
    entries
        .map(|(stated, entry)| (stated.key.clone(), entry.text().as_str().to_owned()))
        .collect()
}

fn check(book: &mut Fieldbook) {
    let report = book.doctor().unwrap();
    assert!(report.is_whole, "{report:?}");
    assert_eq!((report.conflicts, report.defects, report.rows_rebuilt), (0, 0, 0), "{report:?}");
}

/// A fieldbook after the machine was started again.
fn open(home: &Path, seed: u64) -> Fieldbook {
    let (clock, chance) = (TurnableClock::at_morning(), ChaCha20Rng::seed_from_u64(seed));
    let surroundings = Surroundings::new(Box::new(clock), Box::new(chance), Some(BootId([0xb0; 16])));
    Fieldbook::open(home, &KeyHolder::File, surroundings).unwrap()
}

/// Files in a folder of their own, in memory where the system has it: what is on a disk when was recorded on one.
fn laid_out(files: &Files) -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
    write_folder(files, folder.path());
    folder
}

fn below(chance: &mut ChaCha20Rng, bound: usize) -> usize {
    usize::try_from(chance.next_u64() % bound as u64).unwrap()
}

/// What a disk may hold of a log of which so many bytes were written: cut off there, with garbage in the frame that was
/// being written, and with any sectors missing of what was not synced yet.
fn torn(recording: &Recording, length: usize, chance: &mut ChaCha20Rng) -> [Vec<u8>; 3] {
    let cut = recording.log_at(length);
    let mut garbled = cut.clone();
    let torn_frame = length.saturating_sub(LOG_HEADER_BYTES) % FRAME_BYTES;
    chance.fill_bytes(&mut garbled[length - torn_frame..length]);
    let mut scattered = cut.clone();
    let mut start = recording.last_mark_within(length).log_bytes;
    while start < length {
        let end = length.min((start / SECTOR_BYTES + 1) * SECTOR_BYTES);
        match below(chance, 4) {
            0 => scattered[start..end].fill(0),
            1 => chance.fill_bytes(&mut scattered[start..end]),
            _ => {}
        }
        start = end;
    }
    [cut, garbled, scattered]
}

fn cut_at(recording: &Recording, length: usize) -> Survivor {
    let acknowledged = recording.last_mark_within(length).acknowledged;
    Survivor::of(recording, (&recording.home, &recording.log_at(length)), acknowledged)
}

fn cut_at_every_frame(recording: &Recording) {
    let lengths: Vec<usize> = recording.frames().map(|(length, _)| length).collect();
    println!("{} frames", lengths.len());
    let shown = |length| cut_at(recording, length).shown.len();
    assert_eq!([0, LOG_HEADER_BYTES].map(shown), [recording.marks[0].acknowledged; 2]);
    let shown: Vec<usize> = lengths.into_iter().map(shown).collect();
    assert!(shown.is_sorted(), "{shown:?}");
    assert_eq!(shown.last(), Some(&recording.taps.len()));
}

/// The lengths of the log at which a commit is whole: every other cut leaves what one of these leaves.
fn commits(recording: &Recording) -> Vec<usize> {
    let ends = recording.frames().filter(|(_, ends_commit)| *ends_commit);
    let lengths: Vec<usize> = ends.map(|(length, _)| length).collect();
    println!("{} commits", lengths.len());
    lengths
}

fn tear_anywhere(recording: &Recording) {
    println!("seed {SEED}");
    let mut chance = ChaCha20Rng::seed_from_u64(SEED);
    for _ in 0..RANDOM_CUTS {
        let length = below(&mut chance, recording.log.len() + 1);
        let acknowledged = recording.last_mark_within(length).acknowledged;
        for log in torn(recording, length, &mut chance) {
            Survivor::of(recording, (&recording.home, &log), acknowledged);
        }
    }
}

#[test]
fn a_log_cut_at_any_frame_holds_every_entry_acknowledged_by_then() {
    cut_at_every_frame(&DAY);
}

#[test]
fn a_log_torn_anywhere_holds_every_entry_acknowledged_by_then() {
    tear_anywhere(&DAY);
}

#[test]
fn a_log_cut_at_any_frame_over_an_older_log_holds_every_entry_acknowledged_by_then() {
    cut_at_every_frame(&ANEW.0);
}

#[test]
fn a_log_torn_anywhere_over_an_older_log_holds_every_entry_acknowledged_by_then() {
    tear_anywhere(&ANEW.0);
}

#[test]
fn power_that_fails_while_the_log_is_folded_into_the_file_loses_nothing() {
    let (recording, folding) = &*ANEW;
    assert_ne!(folding.before, folding.after);
    println!("seed {SEED}");
    let mut chance = ChaCha20Rng::seed_from_u64(SEED);
    for _ in 0..RANDOM_CUTS / 4 {
        let grown = folding.after.len() - folding.before.len();
        let mut file = folding.after[..folding.before.len() + below(&mut chance, grown + 1)].to_vec();
        let (old, new) = file.split_at_mut(folding.before.len());
        for (sector, before) in old.chunks_mut(SECTOR_BYTES).zip(folding.before.chunks(SECTOR_BYTES)) {
            if below(&mut chance, 2) == 0 {
                sector.copy_from_slice(before);
            }
        }
        new.chunks_mut(SECTOR_BYTES)
            .filter(|_| below(&mut chance, 2) == 0)
            .for_each(|sector| sector.fill(0));
        let home = recording.home.iter().map(|(name, content)| match name.as_str() {
            "vault.db" => (name.clone(), file.clone()),
            _ => (name.clone(), content.clone()),
        });
        Survivor::of(recording, (&home.collect(), &folding.log), folding.acknowledged);
    }
}

#[test]
fn what_was_sent_before_the_power_failed_is_held_after_it_and_nothing_forks() {
    let mut sent = BTreeSet::new();
    for length in commits(&DAY) {
        let outside = &DAY.last_mark_within(length).outside;
        let mut survivor = cut_at(&DAY, length);
        let at_relay = envelopes_at_relay(&DAY, outside);
        assert!(at_relay.is_subset(&survivor.envelopes()));
        assert!(survivor.writes_into_a_new_journal(&DAY));
        assert_eq!(survivor.meet(&DAY, outside), survivor.shown);
        sent.insert(at_relay.len());
    }
    assert!(sent.len() > 3, "otherwise little was sent: {sent:?}");
}

#[test]
fn what_a_disk_lost_that_had_lied_comes_back_from_the_relay_and_nothing_forks() {
    let outside = &DAY.marks.last().unwrap().outside;
    for length in commits(&DAY) {
        let mut survivor = cut_at(&DAY, length);
        assert!(survivor.writes_into_a_new_journal(&DAY));
        let everything = DAY.taps.iter().cloned().chain(survivor.shown.clone()).collect();
        assert_eq!(survivor.meet(&DAY, outside), everything);
    }
}
