//! What is left in memory after the lock, looked for in the memory itself.
//!
//! Run in a process of its own: what other tests hold is not this one's business.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use zeroize::{Zeroize as _, Zeroizing};

use super::tests::{Turned, founded};
use super::{Fieldbook, KeyHolder, Surroundings};

/// Bytes to look for that do not stand in memory themselves.
struct Sought {
    what: &'static str,
    masked: Vec<u8>,
}

const MASK: u8 = 0xa5;

impl Sought {
    fn new(what: &'static str, bytes: &[u8]) -> Self {
        Self { what, masked: bytes.iter().map(|byte| byte ^ MASK).collect() }
    }

    fn count_in(&self, memory: &[u8]) -> usize {
        let first = self.masked[0] ^ MASK;
        let begins = memory.iter().enumerate().filter(|(_, byte)| **byte == first);
        let stands = |at: usize| {
            let place = memory.get(at..at + self.masked.len());
            place.is_some_and(|place| {
                place.iter().zip(&self.masked).all(|(byte, masked)| byte ^ MASK == *masked)
            })
        };
        begins.filter(|(at, _)| stands(*at)).count()
    }
}

/// How often each stands in the writable memory of this process.
fn count(sought: &[Sought]) -> Vec<(&'static str, usize)> {
    const PIECE: u64 = 1 << 20;
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let memory = File::open("/proc/self/mem").unwrap();
    let mut counts = vec![0; sought.len()];
    // What is read is a copy, and would be found again: it is wiped before the next piece is read.
    let mut piece = Zeroizing::new(vec![0; usize::try_from(PIECE).unwrap() + 64]);
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [from, to] = [from, to].map(|address| u64::from_str_radix(address, 16).unwrap());
        for at in (from..to).step_by(usize::try_from(PIECE).unwrap()) {
            piece.as_mut_slice().zeroize();
            let length = usize::try_from((to - at).min(PIECE)).unwrap();
            if memory.read_exact_at(&mut piece[..length], at).is_ok() {
                for (count, sought) in counts.iter_mut().zip(sought) {
                    *count += sought.count_in(&piece[..length]);
                }
            }
        }
    }
    sought.iter().map(|sought| sought.what).zip(counts).collect()
}

/// What must not be left, out of a home's own files and a device's own keys. In a function of its own, whose stack is left behind.
#[inline(never)]
fn sought(book: &Fieldbook) -> Vec<Sought> {
    let line = Zeroizing::new(std::fs::read_to_string(book.home().join("vault.key")).unwrap());
    let hex = line.trim_end().rsplit(' ').next().unwrap();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    let raw: Zeroizing<Vec<u8>> = Zeroizing::new(hex.as_bytes().chunks(2).map(byte).collect());
    let secret = book.device.keys.to_secret_bytes();
    let (signing, exchange) = secret.split_at(32);
    vec![
        Sought::new("vault key", &raw),
        Sought::new("vault key in hex", hex.as_bytes()),
        Sought::new("signing key", signing),
        Sought::new("exchange key", exchange),
        Sought::new("name", NAME.as_bytes()),
    ]
}

const NAME: &str = "Қарақұрттың қонысы";

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn locks_and_looks_into_its_memory() {
    // The child's home is where it was started.
    let surroundings = Surroundings::of_the_system(None);
    Fieldbook::guard_memory().unwrap();
    let mut book = Fieldbook::open(Path::new("."), &KeyHolder::File, surroundings).unwrap();
    let sought = sought(&book);
    book.create_council(&[NAME], 2026).unwrap();
    book.flush().unwrap();
    let open = count(&sought);
    for what in ["signing key", "exchange key", "name"] {
        assert!(
            open.iter().any(|(found, times)| *found == what && *times > 0),
            "it finds what is there: {open:?}"
        );
    }
    for _ in 0..2 {
        book.lock().unwrap();
        let left: Vec<_> = count(&sought).into_iter().filter(|(_, times)| *times > 0).collect();
        assert_eq!(left, [], "{open:?} when it was open");
        book.unlock(&KeyHolder::File).unwrap();
    }
}

#[test]
fn after_the_lock_neither_key_nor_name_stands_in_memory() {
    let home = TempDir::new().unwrap();
    founded(home.path(), &Turned::default()).close().unwrap();
    let mut itself = Command::new(std::env::current_exe().unwrap());
    let name = "fieldbook::locking::memory::locks_and_looks_into_its_memory";
    let child = itself
        .args(["--exact", name, "--ignored", "--nocapture"])
        .current_dir(home.path());
    let ended = child.output().unwrap();
    let said = [&ended.stdout, &ended.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(ended.status.success(), "{}", said.concat());
}
