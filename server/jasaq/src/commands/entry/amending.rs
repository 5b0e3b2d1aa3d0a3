//! `entry amend` and `entry withdraw`: nothing is erased, and nobody amends what another said.

use jasaq_fieldbook::model::entry::EntryDraft;
use jasaq_fieldbook::model::patrol_log::{LogRefused, PatrolLog};
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::{Amended, FieldbookRefused};
use serde_json::json;

use super::{draft_of, told_by, words_of};
use crate::arguments::entry::AmendArguments;
use crate::commands::said;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::words::Message;

/// An entry is said anew: what stands of it, with what is given in its place.
pub(in crate::commands) fn amend(program: &Program, arguments: &AmendArguments) -> Result<Reply, Failure> {
    let options = &arguments.options;
    let text = words_of(options)?;
    let (patrol, of, amended) = program.with_fieldbook(|fieldbook| {
        let (view, cause) = said::find(program, fieldbook, (options.patrol.as_deref(), &arguments.key))?;
        let (of, before) = standing(&view.log, &cause)?;
        let draft = told_by(fieldbook, options, draft_of(program, options, Some(before))?)?;
        let draft = EntryDraft { text: text.unwrap_or_else(|| draft.text.clone()), ..draft };
        let why = (arguments.why, arguments.word.clone());
        Ok((view.patrol, cause, fieldbook.amend_entry((view.patrol, &of), draft, why)?))
    })?;
    let (key, is_in_place, note) = match amended {
        Amended::InPlace(key) => (key, true, "amended-in-place"),
        Amended::Beside(key) => (key, false, "amended-beside"),
    };
    let json = json!({ "patrol": patrol, "of": of.key, "key": key, "in_place": is_in_place });
    Ok(Reply::new(json).text(key.to_string()).note(program.words.say(note)))
}

/// What stands of the entry that is meant: by its own key, or by an amendment's.
fn standing(log: &PatrolLog, cause: &Cause) -> Result<(Cause, EntryDraft), Failure> {
    for logged in log.versions() {
        let of_amendment = logged.amendments.iter().find(|(stated, _)| stated.cause() == *cause);
        if let Some((_, amendment)) = of_amendment {
            return Ok((cause.clone(), EntryDraft::from(&amendment.entry)));
        }
        if logged.first.stated.cause() != *cause {
            continue;
        }
        return match logged.standing.as_slice() {
            [version] => Ok((version.stated.cause(), EntryDraft::from(version.entry))),
            // It was taken back, which the fieldbook says.
            [] => Ok((cause.clone(), EntryDraft::from(logged.first.entry))),
            versions => {
                let keys: Vec<String> =
                    versions.iter().map(|version| version.stated.key.to_string()).collect();
                Err(Failure::usage(Message::new("amend-which").with("keys", keys.join(", "))))
            }
        };
    }
    Err(FieldbookRefused::from(LogRefused::NotAnEntry).into())
}

/// What was said is taken back. It stays to be seen.
pub(in crate::commands) fn withdraw(
    program: &Program,
    (patrol, key): (Option<&str>, &str),
    reason: Text,
) -> Result<Reply, Failure> {
    let (patrol, of, key) = program.with_fieldbook(|fieldbook| {
        let (view, cause) = said::find(program, fieldbook, (patrol, key))?;
        let key = fieldbook.take_back_of_log((view.patrol, &cause), reason)?;
        Ok((view.patrol, cause, key))
    })?;
    let reply = Reply::new(json!({ "patrol": patrol, "of": of.key, "key": key })).text(key.to_string());
    Ok(reply.note(program.words.say("log-taken-back")))
}
