//! When something was, and how long that is ago.

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::limits::CLOCK_TRUSTED_MS;
use jasaq_fieldbook::model::moment::{Moment, UtcTime};
use jasaq_fieldbook::model::patrol_log::Flag;

use crate::arguments::codes::ClockTime;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, surroundings};
use crate::table::day_and_time;
use crate::words::{Message, Words};

/// The moment that is given, by the clock on the wall here where it names none. A time without a day that is yet to come today was
/// yesterday's, which is said: whoever meant today has typed something else.
pub(super) fn moment(program: &Program, given: Option<&ClockTime>) -> Result<Option<Moment>, Failure> {
    let now = surroundings().now().moment();
    let Some(time) = given else { return Ok(None) };
    let moment = time.moment(now).map_err(FieldbookRefused::from)?;
    if time.is_without_day() && moment.day() != now.day() {
        let told = Message::new("time-yesterday").with("time", day_and_time(moment));
        program.output.hint(&program.words.say(told));
    }
    Ok(Some(moment))
}

/// What was recorded as it was given although it cannot have been so: said to whoever typed it.
pub(super) fn odd(program: &Program, reply: Reply, flags: &[Flag]) -> Reply {
    let language = program.words.language();
    flags.iter().fold(reply, |reply, flag| {
        reply.note(
            program
                .words
                .say(Message::new("recorded-odd").with("what", flag.word(language))),
        )
    })
}

/// That a moment is yet to come, by more than clocks are trusted with. The clock here may be the one that is wrong, so whatever is
/// said to have happened then is recorded.
pub(super) fn ahead(at: Moment) -> Option<Flag> {
    let ahead_ms = at.time().unix_ms().saturating_sub(now().time().unix_ms());
    (ahead_ms > CLOCK_TRUSTED_MS).then_some(Flag::HappenedAfterRecorded)
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
