//! The record that somebody had before he was listed anew: whether he was struck off or excluded, as far as this office reads it.
//!
//! Promises that no ground is told: grounds are kept apart (`person show --sensitive`).

use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::records::PersonRecord;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, PersonView};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::table::short;
use crate::words::{Message, Words};

/// The one before a person's record, if that names one which is read here.
pub(super) fn before(fieldbook: &mut Fieldbook, view: &PersonView) -> Result<Option<PersonView>, Failure> {
    let Some(before) = view.record.identity().and_then(|identity| identity.before) else { return Ok(None) };
    match fieldbook.person(before) {
        Ok(view) => Ok(Some(view)),
        Err(FieldbookRefused::Erased | FieldbookRefused::Register(_)) => Ok(None),
        Err(refused) => Err(refused.into()),
    }
}

/// For people.
pub(super) fn sentence(words: &Words, before: &PersonView) -> String {
    let record = &before.record;
    let day = |day: jasaq_fieldbook::model::moment::Day| day.to_string();
    let told = if let Some(strike_off) = record.strike_offs.first() {
        Message::new("list-before-struck-off").with("day", day(strike_off.what.day))
    } else if let Some(notice) = record.exclusions.first() {
        Message::new("list-before-excluded").with("day", day(notice.what.day))
    } else {
        Message::new("list-before").with("state", record.state().word(words.language()))
    };
    words.say(told.with("id", short(&record.person.to_string())))
}

/// For programs.
pub(super) fn to_json(person: PersonId, before: Option<&PersonView>) -> Value {
    let record = before.map(|before| &before.record);
    let struck_off = record.and_then(|record| record.strike_offs.first()).map(|said| said.what.day);
    let excluded = record.and_then(|record| record.exclusions.first()).map(|said| said.what.day);
    json!({
        "before": person, "state": record.map(PersonRecord::state),
        "struck_off": struck_off, "excluded": excluded,
    })
}
