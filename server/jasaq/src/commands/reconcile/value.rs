//! What a head writes of a field: in the forms that every other command takes, and refused with what is taken there.

use jasaq_fieldbook::model::entry::ActivityType;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::reconcile::FieldValue;
use jasaq_fieldbook::model::settling::SettledField;
use jasaq_fieldbook::model::words::{Label, Name, Note, WordsRefused};
use jasaq_fieldbook::{Fieldbook, FieldbookRefused};

use crate::arguments::codes;
use crate::commands::when;
use crate::failure::Failure;
use crate::program::{find_member, read_prefix};
use crate::words::Message;

/// The value as a decision states it: a time with its offset, a member by the whole of his id.
pub(super) fn stated(
    fieldbook: &mut Fieldbook,
    field: SettledField,
    written: &Note,
) -> Result<Note, Failure> {
    let text = written.as_str().trim();
    let value = match field {
        SettledField::Time | SettledField::Start | SettledField::End => time(text)?,
        SettledField::Leader => {
            read_prefix(text).map_err(|_| Failure::usage("reconcile-value-member"))?;
            find_member(fieldbook, text)?.to_string()
        }
        _ => text.to_owned(),
    };
    let value = Note::new(value).map_err(FieldbookRefused::from)?;
    match FieldValue::read(field, &value) {
        Ok(_) => Ok(value),
        Err(_) => Err(untaken(field, text)),
    }
}

/// With its day: the last time that the clock here showed so need not be of the patrol's day.
fn time(text: &str) -> Result<String, Failure> {
    let time = codes::wall_time(text).map_err(|_| Failure::usage("reconcile-value-time"))?;
    let moment = time.moment(when::now().offset_minutes()).map_err(FieldbookRefused::from)?;
    Ok(moment.to_string())
}

/// What would have been taken.
fn untaken(field: SettledField, text: &str) -> Failure {
    let values = |codes: Vec<&str>| Message::new("reconcile-value-list").with("values", codes.join(", "));
    let message = match field {
        SettledField::Mode => values(ActivityMode::ALL.iter().map(|mode| mode.code()).collect()),
        SettledField::Area => values(AreaComponent::ALL.iter().map(|area| area.code()).collect()),
        SettledField::Activity => {
            let types: Vec<&str> = ActivityType::ALL.iter().map(|of| of.code()).collect();
            Message::new("reconcile-value-activity").with("values", types.join(", "))
        }
        SettledField::Count => Message::new("reconcile-value-count"),
        SettledField::Place => Message::new("reconcile-value-place"),
        SettledField::Representative => return refused(Name::new(text).err()),
        _ => return refused(Label::new(text).err()),
    };
    Failure::usage(message)
}

/// What the type of words says of them; of a value that no other is named for, that there is none.
fn refused(refused: Option<WordsRefused>) -> Failure {
    let none = || FieldbookRefused::from(LogRefused::NoValue);
    refused.map_or_else(none, FieldbookRefused::from).into()
}
