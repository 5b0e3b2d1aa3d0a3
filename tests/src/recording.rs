//! A device's work in a folder on a disk, recorded so that a power cut at any moment of it can be shown afterwards.
//!
//! At every moment at which the outside could have learnt something (a tap returned, the relay had a request) it is noted
//! how much of the vault's log was written, and what the relay and the head held. All of it is bytes: whoever holds a
//! recording can lay out any of its moments, and what a disk may hold of it, as folders.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::{Carrier as _, ContactReport};
use jasaq_relay::Relay;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use tempfile::TempDir;

use crate::field::{Field, Phone};
use crate::link::{Faults, Link};
use crate::tally::Tally;
use crate::through::Through;

/// The name of the vault's log.
pub const LOG: &str = "vault.db-wal";
/// The name of the relay's file.
pub const RELAY: &str = "relay.db";

/// A log is a header and then frames: a page each, behind a header of its own that repeats the log's salts and says
/// whether the frame ends a commit.
pub const LOG_HEADER_BYTES: usize = 32;
/// A frame with its header.
pub const FRAME_BYTES: usize = 24 + 4_096;

/// A folder's files by name.
pub type Files = Vec<(String, Vec<u8>)>;

/// An entry that was acknowledged: its key and its text.
pub type Tap = (StatementRef, String);

/// What the relay and the head held.
#[derive(Debug)]
pub struct Outside {
    /// The relay's folder.
    pub relay: Files,
    /// The head's home.
    pub head: Files,
}

/// A moment at which the outside could have learnt something.
#[derive(Debug)]
pub struct Mark {
    /// So much of the log was written.
    pub log_bytes: usize,
    /// So many taps had returned.
    pub acknowledged: usize,
    /// What others held then.
    pub outside: Arc<Outside>,
}

/// The vault's file before and after a log was folded into it, and that log.
#[derive(Debug)]
pub struct Folding {
    /// The file before.
    pub before: Vec<u8>,
    /// The file after.
    pub after: Vec<u8>,
    /// The log.
    pub log: Vec<u8>,
    /// So many taps had returned.
    pub acknowledged: usize,
}

/// A stretch of one device's work during which its log only grew.
#[derive(Debug)]
pub struct Recording {
    /// The territory's root.
    pub root: DeviceId,
    /// The device.
    pub author: DeviceId,
    /// The patrol that it writes into.
    pub patrol: PatrolId,
    /// Every tap, in order.
    pub taps: Vec<Tap>,
    /// The device's home without its log.
    pub home: Files,
    /// The log at the end.
    pub log: Vec<u8>,
    /// What lay where the log was written: nothing, or an older log.
    pub under: Vec<u8>,
    /// Every moment, in order; the first has nothing of the log.
    pub marks: Vec<Mark>,
}

impl Recording {
    /// Taps, flushes and contacts as they come, in a log that was begun on nothing.
    #[must_use]
    pub fn of_a_day(seed: u64) -> Self {
        let mut recorder = Recorder::new(seed);
        let before = recorder.home_file();
        for _ in 0..40 {
            match recorder.below(10) {
                0..6 => recorder.tap(),
                6 => drop(recorder.field.book(recorder.phone).flush().unwrap()),
                7 | 8 => recorder.contact(recorder.phone),
                _ => recorder.contact(recorder.field.device("head")),
            }
            recorder.watch.mark();
        }
        recorder.contact(recorder.phone);
        assert!(recorder.home_file() == before, "the log was not folded into the file on the way");
        recorder.finish(Vec::new())
    }

    /// So many taps that the log is folded into the file and begun anew over itself; recorded from there, with the folding.
    #[must_use]
    pub fn over_an_older_log(seed: u64) -> (Self, Folding) {
        let mut recorder = Recorder::new(seed);
        let mut folding = recorder.folding();
        loop {
            let next = recorder.folding();
            recorder.tap();
            if !next.log.is_empty() && salts(&recorder.watch.log()) != salts(&next.log) {
                folding = Folding { before: folding.after, ..next };
                break;
            }
            folding = next;
        }
        recorder.watch.marks[0].acknowledged = folding.acknowledged;
        for _ in 0..4 {
            recorder.watch.mark();
            recorder.tap();
        }
        recorder.watch.mark();
        recorder.contact(recorder.phone);
        assert!(recorder.home_file() == folding.after, "the new log was not folded into the file");
        (recorder.finish(folding.log.clone()), folding)
    }

    /// The last moment at which no more of the log was written than this.
    #[must_use]
    pub fn last_mark_within(&self, log_bytes: usize) -> &Mark {
        self.marks
            .iter()
            .rfind(|mark| mark.log_bytes <= log_bytes)
            .expect("the first has nothing")
    }

    /// The log's lengths at the end of each frame, and whether it ends a commit.
    pub fn frames(&self) -> impl Iterator<Item = (usize, bool)> {
        let frames = self.log[LOG_HEADER_BYTES..].chunks_exact(FRAME_BYTES).enumerate();
        frames.map(|(index, frame)| (LOG_HEADER_BYTES + (index + 1) * FRAME_BYTES, frame[4..8] != [0; 4]))
    }

    /// The log's file when so many bytes of it were written, and behind them what lay there before.
    #[must_use]
    pub fn log_at(&self, log_bytes: usize) -> Vec<u8> {
        [&self.log[..log_bytes], self.under.get(log_bytes..).unwrap_or_default()].concat()
    }
}

/// Notes what is on which disk.
struct Watch {
    home: PathBuf,
    relay: PathBuf,
    head: PathBuf,
    acknowledged: usize,
    outside: Arc<Outside>,
    marks: Vec<Mark>,
}

impl Watch {
    fn log(&self) -> Vec<u8> {
        std::fs::read(self.home.join(LOG)).unwrap_or_default()
    }

    fn mark(&mut self) {
        let (acknowledged, outside) = (self.acknowledged, Arc::clone(&self.outside));
        self.marks.push(Mark { log_bytes: written(&self.log()), acknowledged, outside });
    }

    fn mark_outside(&mut self) {
        self.outside = Arc::new(Outside { relay: read_folder(&self.relay), head: read_folder(&self.head) });
        self.mark();
    }
}

/// A squad of which one phone's fieldbook is on a disk, and the relay's file on another.
struct Recorder {
    field: Field,
    phone: Phone,
    patrol: PatrolId,
    relay: Relay,
    chance: ChaCha20Rng,
    taps: Vec<Tap>,
    watch: Watch,
    _disks: [TempDir; 2],
}

impl Recorder {
    fn new(seed: u64) -> Self {
        let disks = [TempDir::new().unwrap(), TempDir::new().unwrap()];
        let mut field = Field::new(seed);
        let head = field.device("head");
        std::os::unix::fs::symlink(disks[0].path(), field.home(head).with_file_name("aray")).unwrap();
        let phone = field.phone("aray");
        drop(field.take_relay());
        let file = disks[1].path().join(RELAY);
        field.restore_relay(Relay::open(&file, &[field.root()], &mut field.relay_chance()).unwrap());
        let patrol = field.start_patrol(phone);
        field.run_until_quiet();
        // What was written so far is folded into the file, so that the recording begins without a log.
        field.crash(phone);
        let mut watch = Watch {
            home: disks[0].path().to_owned(),
            relay: disks[1].path().to_owned(),
            head: field.home(head).to_owned(),
            acknowledged: 0,
            outside: Arc::new(Outside { relay: Files::new(), head: Files::new() }),
            marks: Vec::new(),
        };
        watch.mark_outside();
        let (relay, chance) = (field.take_relay(), ChaCha20Rng::seed_from_u64(seed));
        Self { field, phone, patrol, relay, chance, taps: Vec::new(), watch, _disks: disks }
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.chance.next_u64() % bound as u64).unwrap()
    }

    fn tap(&mut self) {
        let text = "тұман, көріну 50 м\n".repeat(1 + self.below(60));
        let key = self.field.write(self.phone, self.patrol, text.trim());
        self.taps.push((key, text.trim().to_owned()));
        self.watch.acknowledged += 1;
    }

    fn contact(&mut self, phone: Phone) {
        let (relay, chance) = (Some(&mut self.relay), &mut self.chance);
        let (late, tally) = (&mut Vec::new(), &mut Tally::default());
        let mut link = Link { relay, faults: Faults::default(), late, chance, tally, relay_died: false };
        let identity = link.fetch_identity("");
        // The relay has something, and the device has not heard of it.
        let carry = |request: &[u8], answer: &mut dyn FnMut(&[u8])| {
            let bytes = link.ask(request)?;
            self.watch.mark_outside();
            answer(&bytes);
            Ok(())
        };
        let book = self.field.book(phone);
        book.contact(&mut Through { identity, carry }, &mut ContactReport::default())
            .unwrap();
        self.watch.mark_outside();
    }

    fn home_file(&self) -> Vec<u8> {
        std::fs::read(self.watch.home.join("vault.db")).unwrap()
    }

    fn folding(&self) -> Folding {
        let acknowledged = self.watch.acknowledged;
        Folding { before: Vec::new(), after: self.home_file(), log: self.watch.log(), acknowledged }
    }

    fn finish(mut self, under: Vec<u8>) -> Recording {
        let mut home = read_folder(&self.watch.home);
        home.retain(|(name, _)| name != LOG);
        let mut log = self.watch.log();
        log.truncate(written(&log));
        let devices = self.field.book(self.phone).devices().unwrap();
        let author = devices.iter().find(|device| device.is_this).unwrap().device;
        let (root, patrol, taps) = (self.field.root(), self.patrol, self.taps);
        Recording { root, author, patrol, taps, home, log, under, marks: self.watch.marks }
    }
}

/// What the header of a log and every frame of it repeat, so that a log written over an older one is told from it.
pub(crate) fn salts(log: &[u8]) -> Option<&[u8]> {
    log.get(16..24)
}

/// The lengths of a log at the ends of its commits, from one length to another.
pub(crate) fn commits_within(log: &[u8], after: usize, until: usize) -> impl Iterator<Item = usize> {
    let frames = log.get(LOG_HEADER_BYTES..until).unwrap_or_default().chunks_exact(FRAME_BYTES);
    let ends = frames
        .enumerate()
        .filter(|(_, frame)| frame[4..8] != [0; 4])
        .map(|(index, _)| LOG_HEADER_BYTES + (index + 1) * FRAME_BYTES);
    ends.filter(move |end| *end > after)
}

/// How much of a log's file belongs to the log; behind it may lie an older one.
pub(crate) fn written(log: &[u8]) -> usize {
    let Some(frames) = log.get(LOG_HEADER_BYTES..) else { return 0 };
    let own = frames.chunks_exact(FRAME_BYTES).take_while(|frame| frame[8..16] == log[16..24]);
    LOG_HEADER_BYTES + own.count() * FRAME_BYTES
}

/// The files of a folder, but for the memory that processes share over a vault: no power cut leaves it.
fn read_folder(folder: &Path) -> Files {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap());
    names
        .filter(|name| !name.ends_with("-shm"))
        .map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap()))
        .collect()
}

/// Lays files out in a folder, for their owner only.
pub fn write_folder(files: &Files, folder: &Path) {
    for (name, content) in files {
        let file = folder.join(name);
        std::fs::write(&file, content).unwrap();
        std::fs::set_permissions(file, Permissions::from_mode(0o600)).unwrap();
    }
}
