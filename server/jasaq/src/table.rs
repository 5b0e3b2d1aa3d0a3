//! Tables and the short forms that stand in them.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::planning::Window;
use jasaq_fieldbook::model::words::is_misleading;
use jasaq_fieldbook::surroundings::Reading;

use crate::program::surroundings;
use crate::words::{Message, Words};

/// How many digits of an id a person is shown: enough to tell the ids of one squad apart and to type one.
const DIGITS_SHOWN: usize = 8;

/// A terminal that says it is narrower than this does not know its width; words in columns of one letter help nobody.
const WIDTH_MIN: u16 = 60;

/// A longer word may be broken: a table of long words would leave out all of its columns.
const WORD_LETTERS_WHOLE: usize = 12;

/// What other commands take whole is never broken.
const WHOLE: &str = "column-key";

/// The blanks on both sides of what stands in a column.
const PADDING: usize = 2;

/// A table with headings in the person's language. It fits itself to the terminal, or to `COLUMNS` where that is set: what is too wide
/// is wrapped, and where words would be broken columns are left out, in the order in which the table spares them. `--json` has all.
#[derive(Debug)]
pub(crate) struct Columns {
    headings: Vec<(&'static str, String)>,
    rows: Vec<Vec<String>>,
    /// Which columns go first where there is no room.
    spared: &'static [&'static str],
    /// What is said of columns that went, up to their names.
    left_out: String,
    width: Option<u16>,
}

impl Columns {
    /// An empty table with these messages as headings.
    pub(crate) fn new(words: &Words, headings: &[&'static str]) -> Self {
        Self {
            headings: headings.iter().map(|id| (*id, words.say(*id))).collect(),
            rows: Vec::new(),
            spared: &[],
            left_out: words.say(Message::new("columns-left-out")),
            width: width(),
        }
    }

    /// The same, of which these columns go first where there is no room.
    pub(crate) fn sparing(self, spared: &'static [&'static str]) -> Self {
        Self { spared, ..self }
    }

    /// One row more. What somebody else's file brings commands no terminal and turns no line around.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| harmless(&cell)).collect());
    }

    /// The columns that stay, by their places.
    fn kept(&self) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..self.headings.len()).collect();
        let Some(width) = self.width.map(usize::from) else { return kept };
        for spared in self.spared {
            if self.least_width(&kept) <= width {
                break;
            }
            kept.retain(|place| self.headings.get(*place).is_none_or(|(id, _)| id != spared));
        }
        kept
    }

    /// How wide a table of these columns has to be, with the lines around them.
    fn least_width(&self, kept: &[usize]) -> usize {
        kept.iter().map(|place| self.width_of(*place) + PADDING + 1).sum::<usize>() + 1
    }

    /// How wide a column has to be, so that no word of it is broken that should not be.
    fn width_of(&self, place: usize) -> usize {
        let heading = self.headings.get(place).map(|(_, heading)| heading);
        let cells = self.rows.iter().filter_map(|row| row.get(place));
        let words = heading.into_iter().chain(cells).flat_map(|cell| cell.split_whitespace());
        let longest = words.map(|word| word.chars().count()).max().unwrap_or_default();
        if self.is_whole(place) { longest } else { longest.min(WORD_LETTERS_WHOLE) }
    }

    fn is_whole(&self, place: usize) -> bool {
        self.headings.get(place).is_some_and(|(id, _)| *id == WHOLE)
    }
}

/// How wide tables may be: as the terminal is, else as `COLUMNS` says; if neither is known, as they are.
#[expect(
    clippy::disallowed_methods,
    reason = "COLUMNS is how terminals say their width (POSIX), and no setting of ours"
)]
fn width() -> Option<u16> {
    let given = || std::env::var("COLUMNS").ok()?.parse::<u16>().ok();
    let known = Table::new().width().or_else(given);
    known.map(|width| width.max(WIDTH_MIN))
}

impl std::fmt::Display for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kept = self.kept();
        let mut table = Table::new();
        table
            .load_style(UTF8_FULL_CONDENSED)
            .set_content_arrangement(ContentArrangement::Dynamic);
        if let Some(width) = self.width {
            table.set_width(width);
        }
        table.set_header(
            kept.iter()
                .filter_map(|place| self.headings.get(*place))
                .map(|(_, heading)| heading),
        );
        for row in &self.rows {
            table.add_row(kept.iter().filter_map(|place| row.get(*place)));
        }
        if let Some(width) = self.width.map(usize::from) {
            // Where not all words fit, others are broken before a key is.
            let do_all_fit = self.least_width(&kept) <= width;
            let bound = |place: &usize| do_all_fit || self.is_whole(*place);
            for (column, place) in table.column_iter_mut().zip(&kept).filter(|(_, place)| bound(place)) {
                let least = u16::try_from(self.width_of(*place) + PADDING).unwrap_or(u16::MAX);
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
        }
        table.fmt(f)?;
        let left_out = (0..self.headings.len()).filter(|place| !kept.contains(place));
        let left_out = left_out.filter_map(|place| self.headings.get(place));
        let left_out: Vec<&str> = left_out.map(|(_, heading)| heading.as_str()).collect();
        if left_out.is_empty() { Ok(()) } else { write!(f, "\n{} {}", self.left_out, left_out.join(", ")) }
    }
}

/// The same with a mark in place of each letter that a terminal would obey or that would hide others.
fn harmless(cell: &str) -> String {
    let is_obeyed = |letter: char| letter != '\n' && (letter.is_control() || is_misleading(letter));
    cell.replace(is_obeyed, "\u{fffd}")
}

/// The first digits of an id.
pub(crate) fn short(id: &str) -> String {
    id.chars().take(DIGITS_SHOWN).collect()
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

/// From when to when, by the clock of who said it; the day once where it is one.
pub(crate) fn span(window: &Window) -> String {
    let (from, until) = (window.starts_at(), window.ends_at());
    let until_shown = if from.day() == until.day() { time_of_day(until) } else { day_and_time(until) };
    format!("{} – {until_shown}", day_and_time(from))
}

#[cfg(test)]
mod tests {
    use jasaq_fieldbook::model::words::Language;

    use super::*;

    #[test]
    fn columns_go_in_the_order_in_which_the_table_spares_them_and_it_is_said_which_went() {
        let words = Words::of(Language::En);
        let headings = ["column-name", "column-what", "column-state", "column-key"];
        let shown = |width| {
            let mut columns = Columns::new(&words, &headings).sparing(&["column-what", "column-state"]);
            columns.width = Some(width);
            columns.row(["Бекова Арай", "куәлігі", "берілген", "AAAAAAAA.12"].map(str::to_owned));
            columns.to_string()
        };
        let (wide, narrow, narrower) = (shown(60), shown(40), shown(30));
        for table in [&wide, &narrow, &narrower] {
            assert!(table.contains("AAAAAAAA.12"), "{table}");
        }
        assert!(wide.contains("куәлігі") && !wide.contains("Left out"), "{wide}");
        assert!(!narrow.contains("куәлігі") && narrow.contains("берілген"), "{narrow}");
        assert!(narrower.ends_with("what, state"), "{narrower}");
    }

    #[test]
    fn a_cell_commands_no_terminal() {
        let words = Words::of(Language::En);
        let mut columns = Columns::new(&words, &["column-name"]);
        columns.row(["Ким\u{1b}[2J \u{202e}нелиВ".to_owned()]);
        let shown = columns.to_string();
        assert!(shown.contains("Ким\u{fffd}[2J \u{fffd}нелиВ"), "{shown}");
    }

    #[test]
    fn a_key_is_whole_also_where_no_column_is_spared_and_the_table_does_not_fit() {
        let words = Words::of(Language::En);
        let headings =
            ["column-day", "column-what", "column-name", "column-state", "column-who", "column-key"];
        let mut columns = Columns::new(&words, &headings);
        columns.width = Some(WIDTH_MIN);
        let long = "құқықтықоқыту әкімдікхабарламасы";
        columns.row(["2026-05-01", long, long, long, long, "AAAAAAAAAAAA.12"].map(str::to_owned));
        let shown = columns.to_string();
        assert!(shown.contains("AAAAAAAAAAAA.12"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= usize::from(WIDTH_MIN)), "{shown}");
    }

    #[test]
    fn a_moment_is_shown_as_it_was_on_the_clock_of_who_saw_it() {
        let moment: Moment = "2026-05-01T23:10:42+05:00".parse().unwrap();
        assert_eq!(day_and_time(moment), "2026-05-01 23:10");
        assert_eq!(time_of_day("1901-12-13T20:45:52.2Z".parse().unwrap()), "20:45");
    }
}
