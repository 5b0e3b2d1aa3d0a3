//! One device: a fieldbook in its own folder, and a clock that the workload turns.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use jasaq_fieldbook::surroundings::{BootId, Clock, Reading, Surroundings};
use jasaq_fieldbook::{ContactReport, Fieldbook, KeyHolder};
use rand_core::CryptoRng;

use crate::carrier::HttpCarrier;

/// Midnight of the workload's first day, 1 January 2026 in UTC, in ms since 1970.
pub const DAY_ZERO_MS: i64 = 1_767_225_600_000;

/// A link on which a contact breaks more often lets nothing pass.
const BREAKS_MAX: usize = 10_000;

const OFFSET_MINUTES: i16 = 300;

/// A clock that says what it was turned to.
#[derive(Debug, Clone)]
pub struct WorkloadClock(Arc<AtomicI64>);

impl Default for WorkloadClock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(DAY_ZERO_MS)))
    }
}

impl WorkloadClock {
    /// Turns it to this time, in ms since 1970.
    pub fn turn_to(&self, unix_ms: i64) {
        self.0.store(unix_ms, Ordering::Relaxed);
    }

    /// The surroundings of a device with this clock, the system's chance, and no power cut.
    pub fn surroundings(&self) -> Surroundings {
        self.surroundings_with(Box::new(UnwrapErr(SysRng)))
    }

    /// The same with another chance.
    pub fn surroundings_with(&self, chance: Box<dyn CryptoRng + Send>) -> Surroundings {
        Surroundings::new(Box::new(self.clone()), chance, Some(BootId([1; 16])))
    }
}

impl Clock for WorkloadClock {
    fn read(&self) -> Reading {
        let unix_ms = self.0.load(Ordering::Relaxed);
        Reading { unix_ms, offset_minutes: OFFSET_MINUTES, elapsed_ms: None }
    }
}

/// A running device.
#[derive(Debug)]
pub struct Device {
    /// Its fieldbook.
    pub book: Fieldbook,
    /// Its clock.
    pub clock: WorkloadClock,
    /// What its contacts came to.
    pub traffic: ContactReport,
    /// Where its link to the relay begins.
    link: String,
}

impl Device {
    /// Over a fieldbook that was just founded or joined.
    pub fn new(book: Fieldbook, clock: WorkloadClock, link: &str) -> Self {
        Self { book, clock, traffic: ContactReport::default(), link: link.to_owned() }
    }

    /// Opens the fieldbook in a folder, as the program does at every start.
    pub fn open(home: &Path, link: &str) -> Self {
        let clock = WorkloadClock::default();
        let opened = Fieldbook::open(home, &KeyHolder::File, clock.surroundings());
        Self::new(opened.unwrap_or_else(|refused| panic!("{}: {refused}", home.display())), clock, link)
    }

    /// Contacts until nothing moves, over one fresh connection.
    pub fn sync(&mut self) {
        let mut carrier = self.carrier();
        self.sync_over(&mut carrier);
    }

    /// The same over a connection that is kept.
    pub fn sync_over(&mut self, carrier: &mut HttpCarrier) {
        self.book.sync(carrier, &mut self.traffic).expect("the relay is there");
    }

    /// Contacts until nothing moves, going on after every break over a fresh connection. Says how often it broke.
    pub fn sync_in_spite_of_breaks(&mut self) -> usize {
        let mut breaks = 0;
        while let Err(refused) = self.book.sync(&mut HttpCarrier::over(&self.link), &mut self.traffic) {
            assert!(breaks < BREAKS_MAX, "nothing passes: {refused}");
            breaks += 1;
        }
        breaks
    }

    /// A way to the relay without a connection yet.
    pub fn carrier(&self) -> HttpCarrier {
        HttpCarrier::over(&self.link)
    }

    /// Closes it cleanly.
    pub fn close(self) {
        self.book.close().expect("a clean close");
    }
}
