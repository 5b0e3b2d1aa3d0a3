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
    skew_ms: i64,
}

impl TurnableClock {
    /// A clock that shows the morning of the day the tests live in.
    #[must_use]
    pub fn at_morning() -> Self {
        Self { unix_ms: Arc::new(AtomicI64::new(MORNING_MS)), skew_ms: 0 }
    }

    /// A device's clock that is wrong by so much, and turns with this one.
    #[must_use]
    pub fn skewed(&self, skew_ms: i64) -> Self {
        Self { unix_ms: Arc::clone(&self.unix_ms), skew_ms }
    }

    /// From now on it shows this time.
    pub fn turn_to_ms(&self, unix_ms: i64) {
        self.unix_ms.store(unix_ms, Ordering::Relaxed);
    }

    /// Time passes.
    pub fn turn_ms(&self, by_ms: i64) {
        self.unix_ms.fetch_add(by_ms, Ordering::Relaxed);
    }
}

impl Clock for TurnableClock {
    fn read(&self) -> Reading {
        let unix_ms = self.unix_ms.load(Ordering::Relaxed);
        let elapsed_ms = u64::try_from(unix_ms - MORNING_MS).ok();
        Reading { unix_ms: unix_ms.saturating_add(self.skew_ms), offset_minutes: 300, elapsed_ms }
    }
}
