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

use jasaq_fieldbook::{Carrier, CarrierFailed, Fieldbook};
use rand_core::Rng as _;

use super::{Field, Phone};
use crate::recording::{LOG, commits_within, salts, written};
use crate::through::Through;

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
        // How much of the log was written when the request left.
        let mut sent = None;
        let done = self.over_link(phone, |book, link| {
            let identity = link.fetch_identity("");
            let carry = |request: &[u8], answer: &mut dyn FnMut(&[u8])| {
                // Asked again with another counter, it has sent already.
                if sent.is_none() || !dies_before_sending {
                    sent = Some(written(&Disk::of(&home).log));
                }
                if dies_before_sending {
                    Err(CarrierFailed::Unreachable)
                } else {
                    link.carry("", request, answer)
                }
            };
            work(book, &mut Through { identity, carry })
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
