//! Crashes at the write points of a vault: the disk holds what was committed by one of them, and nothing later.
//!
//! ```text
//! work ─ commit ─ commit ─ request ─ commit ─ commit ─ done          the write-ahead log grows by one commit each
//!        └────────┴── one of these is the last on the disk, or a later one is there in part
//! ```
//!
//! The production code knows nothing of it. What is on the disk after a commit is what the log holds up to its end, so a
//! crash is the same log cut there, and what the relay heard must have come after what is left.

use std::path::Path;

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{Carrier, CarrierFailed, Fieldbook};
use rand_core::Rng as _;

use super::{Field, Phone};
use crate::link::Link;
use crate::recording::{LOG, commits_within, salts, written};

/// What the disk of a device held, as far as a crash needs it.
struct Disk {
    file: Vec<u8>,
    log: Vec<u8>,
}

impl Disk {
    fn of(home: &Path) -> Self {
        let read = |name| std::fs::read(home.join(name)).unwrap_or_default();
        Self { file: read("vault.db"), log: read(LOG) }
    }
}

/// A link that notes how much of the log was written when the request left; or dies before it does.
struct WatchedLink<'a, 'b> {
    link: &'a mut Link<'b>,
    home: &'a Path,
    dies_before_sending: bool,
    log_when_sent: Option<usize>,
}

impl Carrier for WatchedLink<'_, '_> {
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed> {
        self.link.fetch_identity(address)
    }

    fn carry(
        &mut self,
        to: &str,
        request: &[u8],
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        // Asked again with another counter, it has sent already.
        if self.log_when_sent.is_none() || !self.dies_before_sending {
            self.log_when_sent = Some(written(&Disk::of(self.home).log));
        }
        if self.dies_before_sending {
            return Err(CarrierFailed::Unreachable);
        }
        self.link.carry(to, request, answer)
    }
}

impl Field {
    /// A device does something and dies on the way, at one of its commits or within one. Says whether all of it was on the
    /// disk; if not, nobody may count on it. The next use opens what is left.
    pub fn die_within<T>(
        &mut self,
        phone: Phone,
        work: impl FnOnce(&mut Fieldbook, &mut dyn Carrier) -> T,
    ) -> (T, bool) {
        self.book(phone);
        let home = self.home(phone).to_owned();
        let before = Disk::of(&home);
        let dies_before_sending = self.chance.next_u32().is_multiple_of(2);
        let (done, sent) = self.over_link(phone, |book, link| {
            let mut link = WatchedLink { link, home: &home, dies_before_sending, log_when_sent: None };
            (work(book, &mut link), link.log_when_sent)
        });
        let after = Disk::of(&home);
        let end = written(&after.log);
        let (floor, ceiling) = match sent {
            Some(sent) if dies_before_sending => (written(&before.log), sent),
            Some(sent) => (sent, end),
            None => (written(&before.log), end),
        };
        let is_folded =
            after.file != before.file || (!before.log.is_empty() && salts(&before.log) != salts(&after.log));
        let cut =
            if is_folded || ceiling < floor { end } else { self.cut_between(&after.log, floor, ceiling) };
        self.devices[phone.0].fieldbook = None;
        std::fs::write(home.join("vault.db"), if is_folded { &after.file } else { &before.file }).unwrap();
        std::fs::write(home.join(LOG), &after.log[..cut]).unwrap();
        // The memory that processes share over a vault dies with them.
        drop(std::fs::remove_file(home.join("vault.db-shm")));
        let is_whole = cut >= end;
        self.tally.note(match (sent, is_whole) {
            (_, true) => "died after the last commit",
            (None, false) => "died within a write",
            (Some(_), false) if dies_before_sending => "died before it sent",
            (Some(_), false) => "died after it sent",
        });
        (done, is_whole)
    }

    /// The end of a commit between two lengths of the log, or a little behind one.
    fn cut_between(&mut self, log: &[u8], floor: usize, ceiling: usize) -> usize {
        let mut ends = vec![floor];
        ends.extend(commits_within(log, floor, ceiling));
        let number = usize::try_from(self.chance.next_u64()).unwrap() % ends.len();
        let (end, next) = (ends[number], ends.get(number + 1).copied());
        let torn = next.map_or(0, |next| next - end - 1);
        if torn > 0 && self.chance.next_u32().is_multiple_of(2) {
            self.tally.note("died while a commit was being written");
            return end + usize::try_from(self.chance.next_u64()).unwrap() % torn;
        }
        end
    }
}
