//! A clock that only a test turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jasaq_fieldbook::surroundings::{Clock, Reading};

/// 1 May 2026, 08:00 in Kazakhstan.
const MORNING_MS: i64 = 1_777_604_400_000;

/// A clock shared between a device and the test that turns it.
#[derive(Debug, Clone)]
pub struct TurnableClock {
    unix_ms: Arc<AtomicI64>,
    skew_ms: Arc<AtomicI64>,
    tick: Arc<AtomicI64>,
}

impl TurnableClock {
    /// A clock that shows the morning of the day the tests live in.
    #[must_use]
    pub fn at_morning() -> Self {
        Self { unix_ms: Arc::new(AtomicI64::new(MORNING_MS)), skew_ms: Arc::default(), tick: Arc::default() }
    }

    /// A device's clock that is wrong by so much, and turns with this one.
    #[must_use]
    pub fn skewed(&self, skew_ms: i64) -> Self {
        Self {
            unix_ms: Arc::clone(&self.unix_ms),
            skew_ms: Arc::new(AtomicI64::new(skew_ms)),
            tick: Arc::clone(&self.tick),
        }
    }

    /// From now on it shows this time.
    pub fn turn_to_ms(&self, unix_ms: i64) {
        self.unix_ms.store(unix_ms, Ordering::Relaxed);
    }

    /// Time passes.
    pub fn turn_ms(&self, by_ms: i64) {
        self.unix_ms.fetch_add(by_ms, Ordering::Relaxed);
    }

    /// From now on so much time passes whenever any device looks, as with real clocks.
    pub fn tick_ms(&self, by_ms: i64) {
        self.tick.store(by_ms, Ordering::Relaxed);
    }

    /// The device's clock jumps: from now on it is wrong by so much.
    pub fn jump_to_skew(&self, skew_ms: i64) {
        self.skew_ms.store(skew_ms, Ordering::Relaxed);
    }

    /// By how much the device's clock is wrong.
    #[must_use]
    pub fn skew_ms(&self) -> i64 {
        self.skew_ms.load(Ordering::Relaxed)
    }

    /// How wrong a clock is that has begun again at 1970.
    #[must_use]
    pub fn skew_to_1970(&self) -> i64 {
        -self.unix_ms.load(Ordering::Relaxed)
    }

    /// A clock of another world that shows the same now.
    #[must_use]
    pub fn apart(&self) -> Self {
        let unix_ms = self.unix_ms.load(Ordering::Relaxed);
        Self { unix_ms: Arc::new(AtomicI64::new(unix_ms)), skew_ms: Arc::default(), tick: Arc::default() }
    }
}

impl Clock for TurnableClock {
    fn read(&self) -> Reading {
        let unix_ms = self.unix_ms.fetch_add(self.tick.load(Ordering::Relaxed), Ordering::Relaxed);
        let elapsed_ms = u64::try_from(unix_ms - MORNING_MS).ok();
        Reading { unix_ms: unix_ms.saturating_add(self.skew_ms()), offset_minutes: 300, elapsed_ms }
    }
}
