//! Where time and chance enter: nowhere else in the core does a clock or a random number appear.
//!
//! The edges hand a [`Surroundings`] to the fieldbook; it travels down as an argument. Tests hand in a clock that they
//! turn and a generator with a seed, so that a run repeats itself exactly.

use jasaq_model::moment::{Clocks, Moment, UtcTime};
use jasaq_protocol::ids::{DeviceId, JournalId};
use rand_core::CryptoRng;

/// What a device's clocks say at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The device's clock, in ms since 1970. It may say anything.
    pub unix_ms: i64,
    /// How far local time is ahead of UTC, in minutes.
    pub offset_minutes: i16,
    /// Time since the device started, in ms, if it can be known.
    pub elapsed_ms: Option<u64>,
}

impl Reading {
    /// The clocks of a statement that is made now. `gps_time` is the time of a fix, if there was one.
    #[must_use]
    pub fn clocks(&self, gps_time: Option<UtcTime>) -> Clocks {
        Clocks::new(self.moment(), gps_time, self.elapsed_ms)
    }

    /// The device's clock as a moment; an offset that cannot be is brought to the nearest that can.
    #[must_use]
    #[expect(clippy::expect_used, reason = "an offset within 18 hours is always a moment's")]
    pub fn moment(&self) -> Moment {
        let time = UtcTime::saturating_from_unix_ms(self.unix_ms);
        let offset_minutes = self.offset_minutes.clamp(-18 * 60, 18 * 60);
        Moment::new(time, offset_minutes).expect("the offset was brought within 18 hours")
    }
}

/// A source of time.
pub trait Clock: Send {
    /// What the clocks say now.
    fn read(&self) -> Reading;
}

/// Names one start of the operating system: after a power cut it is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BootId(pub [u8; 16]);

/// Names one install: kept outside every backup, so that a restored or cloned home finds another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstallId(pub [u8; 16]);

/// Time, chance, and which start of the machine and which install this is.
pub struct Surroundings {
    clock: Box<dyn Clock>,
    chance: Box<dyn CryptoRng + Send>,
    boot: Option<BootId>,
    install: Option<InstallId>,
}

impl Surroundings {
    /// What the edge or the test gives. Without a boot id a start after a power cut is not noticed.
    #[must_use]
    pub fn new(clock: Box<dyn Clock>, chance: Box<dyn CryptoRng + Send>, boot: Option<BootId>) -> Self {
        Self { clock, chance, boot, install: None }
    }

    /// The same in a named install. Where the host names none, the file system tells a file from its copies.
    #[must_use]
    pub fn in_install(self, install: InstallId) -> Self {
        Self { install: Some(install), ..self }
    }

    /// The system's clock, in local time, and its random numbers.
    #[must_use]
    pub fn of_the_system(boot: Option<BootId>) -> Self {
        Self::new(Box::new(SystemClock), Box::new(SystemChance), boot)
    }

    /// What the clocks say now.
    #[must_use]
    pub fn now(&self) -> Reading {
        self.clock.read()
    }

    /// The random numbers.
    pub fn chance(&mut self) -> &mut Box<dyn CryptoRng + Send> {
        &mut self.chance
    }

    /// The id of a new journal of this device.
    pub(crate) fn make_journal(&mut self, device: &DeviceId) -> JournalId {
        let mut nonce = [0; 8];
        nonce.copy_from_slice(self.make_id().split_at(8).0);
        JournalId::of_device(device, nonce)
    }

    /// An id of 16 random bytes.
    pub fn make_id(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.chance.fill_bytes(&mut bytes);
        bytes
    }

    /// Which start of the machine this is.
    #[must_use]
    pub fn boot(&self) -> Option<BootId> {
        self.boot
    }

    /// Which install this is, if the host knows.
    #[must_use]
    pub fn install(&self) -> Option<InstallId> {
        self.install
    }
}

impl std::fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Surroundings(…)")
    }
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the clock is read")]
    fn read(&self) -> Reading {
        let now = jiff::Zoned::now();
        Reading {
            unix_ms: now.timestamp().as_millisecond(),
            offset_minutes: i16::try_from(now.offset().seconds() / 60).unwrap_or_default(),
            elapsed_ms: None,
        }
    }
}

/// The operating system's random numbers. A system that has none cannot make keys, so it stops.
struct SystemChance;

impl rand_core::TryRng for SystemChance {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    #[expect(
        clippy::expect_used,
        reason = "without random numbers no key may be made: stopping is the only safe answer"
    )]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where the system is asked for chance"
    )]
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        getrandom::fill(bytes).expect("the operating system gives random numbers");
        Ok(())
    }
}

impl rand_core::TryCryptoRng for SystemChance {}
