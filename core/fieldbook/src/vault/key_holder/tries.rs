//! Wrong passphrases are counted beside the vault, and each costs a longer wait.
//!
//! ```text
//! vault.tries:  jasaq vault tries 1 COUNT MS        how many since the last right one, and when the last was
//! ```
//!
//! A try is counted on disk **before** it is looked at, so that killing the process saves nobody the count; the right one
//! takes the file away. Nothing waits here: whoever asks too early is told how long. A clock that was set back begins the
//! wait anew, once, so it neither helps nor locks anybody out for ever.
//!
//! This slows whoever sits at the keyboard. Whoever has a copy of the files counts nothing: against him stand argon2 and
//! the length of the passphrase alone.

use std::path::Path;

use super::KeyRefused;
use super::files::{read_private, write_private};
use crate::limits::{TRIES_FREE, TRY_WAIT_FIRST_MS, TRY_WAIT_MAX_MS};

pub(crate) const TRIES_FILE: &str = "vault.tries";
const HEADER: &str = "jasaq vault tries 1 ";

/// The tries since the last right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tries {
    pub(super) count: u32,
    /// When the last one was, by the device's clock, in ms since 1970.
    last_ms: i64,
}

impl Tries {
    /// What stands beside the vault. A file that cannot be understood is as one of a clock far ahead: it costs one wait.
    pub(super) fn read(home: &Path) -> Result<Self, KeyRefused> {
        match read_private(&home.join(TRIES_FILE)) {
            Ok(text) => Ok(parse(&text).unwrap_or(Self { count: TRIES_FREE, last_ms: i64::MAX })),
            Err(KeyRefused::Missing) => Ok(Self::default()),
            Err(KeyRefused::File(error)) => Err(KeyRefused::File(error)),
            Err(_) => Ok(Self { count: TRIES_FREE, last_ms: i64::MAX }),
        }
    }

    /// How long whoever tries now has to wait first, in ms.
    pub(super) fn wait_ms(self, now_ms: i64) -> u64 {
        let Some(beyond) = self.count.checked_sub(TRIES_FREE) else { return 0 };
        let wait = TRY_WAIT_FIRST_MS
            .saturating_mul(1_u64.checked_shl(beyond).unwrap_or(u64::MAX))
            .min(TRY_WAIT_MAX_MS);
        wait.saturating_sub(u64::try_from(now_ms.saturating_sub(self.last_ms)).unwrap_or_default())
    }

    /// Counts a try that is about to be made, or says that it comes too early. The home's lock is the caller's.
    pub(super) fn count(mut self, home: &Path, now_ms: i64) -> Result<(), KeyRefused> {
        if now_ms < self.last_ms {
            // Were the old time kept, one try under a clock of the year 2100 would lock the vault for a lifetime.
            self.last_ms = now_ms;
            self.write(home)?;
        }
        match self.wait_ms(now_ms) {
            0 => Self { count: self.count.saturating_add(1), last_ms: now_ms }.write(home),
            wait_ms => Err(KeyRefused::TryAgainIn { wait_ms }),
        }
    }

    /// A disk that takes nothing more lets the try through uncounted: that the owner can read a night's work on a full disk
    /// weighs more than slowing somebody who could as well carry the files away.
    fn write(self, home: &Path) -> Result<(), KeyRefused> {
        let line = format!("{HEADER}{} {}\n", self.count, self.last_ms);
        match write_private(home, TRIES_FILE, line.as_bytes()) {
            Err(KeyRefused::File(error)) if takes_nothing(error.kind()) => Ok(()),
            written => written,
        }
    }

    /// The right one came.
    pub(super) fn forget(home: &Path) {
        // If it stays, the next wait is longer than it need be, and nothing else.
        let _ = std::fs::remove_file(home.join(TRIES_FILE));
    }
}

fn takes_nothing(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(kind, StorageFull | QuotaExceeded | ReadOnlyFilesystem)
}

fn parse(text: &str) -> Option<Tries> {
    let (count, last_ms) = text.trim_end().strip_prefix(HEADER)?.split_once(' ')?;
    Some(Tries { count: count.parse().ok()?, last_ms: last_ms.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    const SECOND: i64 = 1_000;

    fn tries(home: &TempDir) -> Tries {
        Tries::read(home.path()).unwrap()
    }

    fn try_at(home: &TempDir, now_ms: i64) -> Result<(), KeyRefused> {
        tries(home).count(home.path(), now_ms)
    }

    fn wait(outcome: Result<(), KeyRefused>) -> u64 {
        match outcome {
            Err(KeyRefused::TryAgainIn { wait_ms }) => wait_ms,
            other => panic!("{other:?}"),
        }
    }

    fn after_the_free_ones(home: &TempDir, now_ms: i64) {
        for _ in 0..TRIES_FREE {
            try_at(home, now_ms).unwrap();
        }
    }

    #[test]
    fn the_first_tries_are_free_and_each_further_one_costs_twice_as_long_up_to_a_bound() {
        let home = TempDir::new().unwrap();
        after_the_free_ones(&home, 0);
        let (mut now, mut waits) = (0, Vec::new());
        for _ in 0..12 {
            let wait_ms = wait(try_at(&home, now));
            waits.push(wait_ms);
            assert_eq!(wait(try_at(&home, now + 1)), wait_ms - 1, "asking costs nothing");
            now += i64::try_from(wait_ms).unwrap();
            try_at(&home, now).unwrap();
        }
        let [first, second, ..] = waits.as_slice() else { unreachable!() };
        assert_eq!((*first, *second), (TRY_WAIT_FIRST_MS, 2 * TRY_WAIT_FIRST_MS));
        assert_eq!(waits.last(), Some(&TRY_WAIT_MAX_MS));
    }

    #[test]
    fn a_clock_that_was_set_back_neither_helps_nor_locks_out_for_ever() {
        let home = TempDir::new().unwrap();
        let year_2100 = 4_102_444_800 * SECOND;
        after_the_free_ones(&home, year_2100);
        let today = 1_800_000_000 * SECOND;
        assert_eq!(wait(try_at(&home, today)), TRY_WAIT_FIRST_MS, "the whole wait, and no more than it");
        assert_eq!(wait(try_at(&home, today + SECOND)), TRY_WAIT_FIRST_MS - 1_000);
        assert_eq!(wait(try_at(&home, today - 1)), TRY_WAIT_FIRST_MS, "back again, and it begins again");
        try_at(&home, today + 60 * SECOND).unwrap();
    }

    #[test]
    fn a_file_that_cannot_be_understood_costs_one_wait() {
        let home = TempDir::new().unwrap();
        for odd in [b"jasaq vault tries 1 many now\n".as_slice(), b"\xff\xfe", b""] {
            write_private(home.path(), TRIES_FILE, odd).unwrap();
            assert_eq!(wait(try_at(&home, 0)), TRY_WAIT_FIRST_MS);
            try_at(&home, 60 * SECOND).unwrap();
        }
    }

    #[test]
    fn a_count_of_a_lifetime_overflows_nothing() {
        let home = TempDir::new().unwrap();
        Tries { count: u32::MAX, last_ms: i64::MIN }.write(home.path()).unwrap();
        assert_eq!(tries(&home).wait_ms(i64::MAX), 0);
        try_at(&home, 0).unwrap();
        assert_eq!(tries(&home).count, u32::MAX);
        assert_eq!(wait(try_at(&home, 0)), TRY_WAIT_MAX_MS);
    }
}
