//! `--profile 000`: the times of the joint order of 2002, which was repealed in 2015. They are shown as history, and nobody is late by
//! them: the law in force knows *immediately* alone (001-§12(1)).

use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::report::Reckoning;
use jasaq_fieldbook::model::report::historical::{DAILY_HOURS, daily_on, monthly_window, written_by};
use serde_json::{Value, json};

use crate::arguments::report::Profile;
use crate::grid::{Grid, text, text_or_none};
use crate::words::{Message, Words};

/// When the information of a day was given.
pub(super) fn of_day(words: &Words, (day, profile): (Day, Option<Profile>)) -> (Vec<String>, Value) {
    let Some(Profile::Historical) = profile else { return (Vec::new(), Value::Null) };
    let (day, (from, to)) = (daily_on(day), DAILY_HOURS);
    let told = Message::new("report-historical-daily")
        .with("day", day.to_string())
        .with("from", format!("{from:02}:00"))
        .with("to", format!("{to:02}:00"));
    let json = json!({
        "source": "000", "is_repealed": true, "paragraph": "000-§5(2)",
        "daily": { "day": day, "from": format!("{from:02}:00"), "to": format!("{to:02}:00") },
    });
    (vec![words.say("report-historical"), words.say(told)], json)
}

/// When the information of a month was sent.
pub(super) fn of_month(words: &Words, (month, profile): (Day, Option<Profile>)) -> (Vec<String>, Value) {
    let Some(Profile::Historical) = profile else { return (Vec::new(), Value::Null) };
    let (from, to) = monthly_window(month);
    let told = Message::new("report-historical-monthly")
        .with("from", from.to_string())
        .with("to", to.to_string());
    let json = json!({
        "source": "000", "is_repealed": true, "paragraph": "000-§5(3)",
        "monthly": { "from": from, "to": to },
    });
    (vec![words.say("report-historical"), words.say(told)], json)
}

/// By when each oral message was confirmed in writing.
pub(super) fn told_grid(reckoning: &Reckoning) -> Grid {
    let mut grid = Grid::new("report-sheet-told", &["column-page", "column-told", "column-written-by"]);
    for counted in reckoning.counted() {
        for told in &counted.told_at {
            let due = written_by(*told).ok();
            grid.row([text_or_none(counted.number), text(told), text_or_none(due)]);
        }
    }
    grid
}
