//! A patrol's log as it is shown: to people as lines, to programs as an object.
//!
//! Everybody in the squad's space shows the same log. What only this device knows (how far a statement has come, when
//! it reached this device) stands beside it, and is left out where logs are compared.

mod lines;
mod object;

pub(crate) use lines::{activity_words, place, shared_text, to_text};
pub(crate) use object::{body_json, cause_json, flag_json, place_json, plan_json, to_json, told_json};

use jasaq_fieldbook::model::patrol_log::PatrolLog;
use jasaq_fieldbook::model::register::{Record, Withdrawn};
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::{Custody, UnsettledReason};

use crate::words::Words;

/// A step of the custody ladder, in the words of the person whose entry it is.
pub(crate) fn custody_word(words: &Words, custody: Custody) -> String {
    match custody {
        Custody::OnThisPhone => words.say("custody-on-this-phone"),
        Custody::AtRelay => words.say("custody-at-relay"),
        Custody::WithHead => words.say("custody-with-head"),
        Custody::WithSs => words.say("custody-with-ss"),
    }
}

/// Why a statement that is here does not count.
pub(crate) fn reason_word(words: &Words, reason: UnsettledReason) -> String {
    match reason {
        UnsettledReason::Waiting => words.say("unsettled-waiting"),
        UnsettledReason::Held => words.say("unsettled-held"),
        UnsettledReason::NotCounted => words.say("unsettled-not-counted"),
        UnsettledReason::NotReadable => words.say("unsettled-not-readable"),
    }
}

/// By which statement another was taken back, if it was, and why.
fn withdrawal<'log>(log: &'log PatrolLog, stated: &Stated) -> Option<(&'log Stated, &'log Withdrawn)> {
    let by = log.withdrawn_by(stated)?;
    log.stated()
        .iter()
        .find(|other| other.cause() == *by)
        .and_then(|other| match &other.statement.body {
            Body::Register(Record::Withdrawn(withdrawn)) => Some((other, withdrawn)),
            _ => None,
        })
}
