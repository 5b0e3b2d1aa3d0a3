//! Tables and the short forms that stand in them.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::surroundings::Reading;

use crate::program::surroundings;
use crate::words::Words;

/// How many digits of an id a person is shown: enough to tell the ids of one squad apart and to type one.
const DIGITS_SHOWN: usize = 8;

/// A terminal that says it is narrower than this does not know its width; words in columns of one letter help nobody.
const WIDTH_MIN: u16 = 60;

/// A table with headings in the person's language; it fits itself to the terminal.
#[derive(Debug)]
pub(crate) struct Columns(Table);

impl Columns {
    /// An empty table with these messages as headings.
    pub(crate) fn new(words: &Words, headings: &[&'static str]) -> Self {
        let mut table = Table::new();
        table
            .load_style(UTF8_FULL_CONDENSED)
            .set_content_arrangement(ContentArrangement::Dynamic);
        if table.width().is_some_and(|width| width < WIDTH_MIN) {
            table.set_width(WIDTH_MIN);
        }
        table.set_header(headings.iter().map(|id| words.say(*id)));
        Self(table)
    }

    /// One row more.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.add_row(cells);
    }
}

impl std::fmt::Display for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The first digits of an id.
pub(crate) fn short(id: &str) -> String {
    id.chars().take(DIGITS_SHOWN).collect()
}

/// Bytes as ids and digests are written.
pub(crate) fn digits_of(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

/// What the clock on the wall says at a time.
pub(crate) fn moment_of(unix_ms: i64) -> Moment {
    let offset_minutes = surroundings().now().offset_minutes;
    Reading { unix_ms, offset_minutes, elapsed_ms: None }.moment()
}

/// `2026-05-01 08:10`, as it was on the clock of who saw it.
pub(crate) fn day_and_time(moment: Moment) -> String {
    format!("{} {}", moment.day(), time_of_day(moment))
}

/// `08:10`, as it was on the clock of who saw it.
pub(crate) fn time_of_day(moment: Moment) -> String {
    let written = moment.to_string();
    let time = written.split_once('T').map_or("", |(_, time)| time);
    time.chars().take("08:10".len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_as_it_was_on_the_clock_of_who_saw_it() {
        let moment: Moment = "2026-05-01T23:10:42+05:00".parse().unwrap();
        assert_eq!(day_and_time(moment), "2026-05-01 23:10");
        assert_eq!(time_of_day("1901-12-13T20:45:52.2Z".parse().unwrap()), "20:45");
    }
}
