//! When something was, and how long that is ago.

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::moment::{Moment, UtcTime};

use crate::arguments::codes::ClockTime;
use crate::failure::Failure;
use crate::program::surroundings;
use crate::words::{Message, Words};

/// The moment that is given, by the clock on the wall here where it names none.
pub(super) fn moment(given: Option<&ClockTime>) -> Result<Option<Moment>, Failure> {
    let now = surroundings().now().moment();
    let moment = given.map(|time| time.moment(now)).transpose();
    moment.map_err(|refused| FieldbookRefused::from(refused).into())
}

/// Now, by the clock on the wall here.
pub(super) fn now() -> Moment {
    surroundings().now().moment()
}

/// From then to then, in ms; nothing where clocks run against each other.
pub(super) fn ms_between(from: UtcTime, until: UtcTime) -> Option<u64> {
    u64::try_from(until.unix_ms().checked_sub(from.unix_ms())?).ok()
}

/// `8 min`, `2 h 5 min`, `3 d 4 h`.
pub(super) fn lasting(words: &Words, ms: u64) -> String {
    let minutes = ms / 60_000;
    let (hours, days) = (minutes / 60, minutes / (24 * 60));
    words.say(match (days, hours) {
        (0, 0) => Message::new("lasting-minutes").with("minutes", minutes),
        (0, _) => Message::new("lasting-hours").with("hours", hours).with("minutes", minutes % 60),
        _ => Message::new("lasting-days").with("days", days).with("hours", hours % 24),
    })
}
