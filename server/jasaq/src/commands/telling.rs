//! `observe` and `notice`: what the structural subdivision is told at once, and what it answers.
//!
//! Promises that what is told is on disk before an exchange is tried, and that a relay that is not reached is no failure: it is
//! said that it waits here, and to tell it by voice.

mod listed;

use std::collections::BTreeSet;

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::notice::{Channel, NoticeReply, Observation, Told, UrgentNotice};
use jasaq_fieldbook::model::patrol_log::{Flag, LogRefused};
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::{Label, Note};
use jasaq_fieldbook::{Custody, Fieldbook, FieldbookRefused, Status};
use serde_json::json;

use super::{place, said, sync, when};
use crate::arguments::codes::ClockTime;
use crate::arguments::telling::{NoticeCommand, ObserveArguments, SendArguments};
use crate::failure::Failure;
use crate::limits::PATROLS_MAX;
use crate::output::Reply;
use crate::program::{Program, find_patrol, only_one};
use crate::words::Message;

/// Tells, says that it was told, lists or answers.
pub(super) fn run(program: &Program, command: &NoticeCommand) -> Result<Reply, Failure> {
    match command {
        NoticeCommand::Send(arguments) => send(program, arguments),
        NoticeCommand::Told { key, at, channel, whom } => {
            was_told(program, key, (at.as_ref(), *channel, whom.as_ref()))
        }
        NoticeCommand::List => listed::list(program),
        NoticeCommand::Answer { key, reply, word } => answer(program, key, (*reply, word.as_ref())),
    }
}

/// What violates one of the seven protected objects was seen outside a patrol.
pub(super) fn observe(program: &Program, arguments: &ObserveArguments) -> Result<Reply, Failure> {
    let observation = Observation {
        protected_object: arguments.object,
        text: arguments.text.clone(),
        place: place::place(&arguments.place)?,
        occurred_at: when::moment(program, arguments.at.as_ref())?,
    };
    let key = program.with_fieldbook(|fieldbook| Ok(fieldbook.observe(observation)?))?;
    let reply = Reply::new(json!({ "key": key })).text(key.to_string());
    Ok(reply.note(program.words.say("observed")))
}

/// It is recorded, and then an exchange is tried.
fn send(program: &Program, arguments: &SendArguments) -> Result<Reply, Failure> {
    let told_at = when::moment(program, arguments.told_at.as_ref())?;
    let told = told_at.zip(arguments.channel);
    let told = told.map(|(at, channel)| Told { at, channel, whom: arguments.whom.clone() });
    let is_told = told.is_some();
    let notice = UrgentNotice {
        text: arguments.text.clone(),
        protected_object: arguments.object,
        place: place::place(&arguments.place)?,
        patrol: None,
        occurred_at: when::moment(program, arguments.at.as_ref())?,
        told,
    };
    program.with_fieldbook(|fieldbook| {
        let patrol = patrol_of(program, fieldbook, arguments.patrol.as_deref())?;
        let key = fieldbook.notify(UrgentNotice { patrol, ..notice })?;
        if !arguments.offline {
            program.output.hint(&program.words.say("notice-under-way"));
            if let Err(failure) = sync::try_quietly(fieldbook, &arguments.reach) {
                tracing::info!(cause = failure.trace(), "a notice waits on this device");
            }
        }
        let custody = custody_of(fieldbook, &key)?;
        let odd = odd(fieldbook, &key)?;
        let is_sent = custody != Custody::OnThisPhone;
        let json = json!({
            "key": key, "patrol": patrol, "custody": custody, "sent": is_sent, "told": is_told,
            "flags": odd,
        });
        let note = match (is_sent, is_told) {
            (true, _) => Message::new("notice-sent"),
            (false, true) => Message::new("notice-waits"),
            (false, false) => Message::new("notice-tell-by-voice").with("key", key.to_string()),
        };
        let reply = when::odd(program, Reply::new(json).text(key.to_string()), &odd);
        Ok(reply.note(program.words.say(note)))
    })
}

/// The patrol that is named, else the newest that was started here and is not over; none is no failure.
fn patrol_of(
    program: &Program,
    fieldbook: &mut Fieldbook,
    prefix: Option<&str>,
) -> Result<Option<PatrolId>, Failure> {
    if prefix.is_some() {
        return find_patrol(program, fieldbook, prefix).map(Some);
    }
    let patrols = fieldbook.patrols(PATROLS_MAX)?.into_iter();
    let own = patrols.filter(|summary| summary.is_own && !summary.is_over);
    Ok(own.max_by_key(|summary| summary.recorded_at).map(|summary| summary.patrol))
}

fn custody_of(fieldbook: &mut Fieldbook, key: &StatementRef) -> Result<Custody, Failure> {
    let notices = fieldbook.notices()?;
    // Of several devices' equal keys this one's is the one that is here alone.
    let custody = notices
        .iter()
        .filter(|notice| notice.name.key == *key)
        .map(|notice| notice.custody);
    Ok(custody.min().unwrap_or(Custody::OnThisPhone))
}

/// Whether a notice is said to have been told before its fact was known.
fn odd(fieldbook: &mut Fieldbook, key: &StatementRef) -> Result<Vec<Flag>, Failure> {
    let notices = fieldbook.notices()?.into_iter();
    let told = notices.filter(|notice| notice.stated.key == *key);
    // Of several devices' equal keys each is asked.
    let flags: BTreeSet<Flag> = told.flat_map(|notice| notice.flags()).collect();
    Ok(flags.into_iter().collect())
}

/// A notice was told by voice, now or then.
fn was_told(
    program: &Program,
    key: &str,
    (at, channel, whom): (Option<&ClockTime>, Channel, Option<&Label>),
) -> Result<Reply, Failure> {
    let at: Moment = when::moment(program, at)?.unwrap_or_else(when::now);
    let told = Told { at, channel, whom: whom.cloned() };
    let (notice, key, odd) = program.with_fieldbook(|fieldbook| {
        let notice = find(fieldbook, key)?;
        let key = fieldbook.notice_was_told(&notice, told)?;
        let odd = odd(fieldbook, &notice.key)?;
        Ok((notice, key, odd))
    })?;
    let json = json!({ "notice": notice.key, "key": key, "at": at, "flags": odd });
    let reply = when::odd(program, Reply::new(json).text(key.to_string()), &odd);
    Ok(reply.note(program.words.say("notice-told")))
}

/// The subdivision answers.
fn answer(
    program: &Program,
    key: &str,
    (reply, note): (NoticeReply, Option<&Note>),
) -> Result<Reply, Failure> {
    let (notice, key) = program.with_fieldbook(|fieldbook| {
        let notice = find(fieldbook, key)?;
        let key = fieldbook.answer_notice(&notice, (reply, note.cloned()))?;
        Ok((notice, key))
    })?;
    let json = json!({ "notice": notice.key, "key": key, "reply": reply });
    Ok(Reply::new(json)
        .text(key.to_string())
        .note(program.words.say("notice-answered")))
}

/// The notice whose key begins so.
fn find(fieldbook: &mut Fieldbook, key: &str) -> Result<Cause, Failure> {
    let notices = fieldbook.notices()?.into_iter();
    let found = said::keyed(notices.map(|notice| notice.name), key);
    only_one(found, key, || FieldbookRefused::from(LogRefused::NoNotice).into())
}

/// How many immediate notices wait for an answer, on a console of the subdivision that answers them.
pub(super) fn open_notices(fieldbook: &mut Fieldbook, status: &Status) -> Result<Option<usize>, Failure> {
    if status.role != Some(Role::StructuralSubdivision) {
        return Ok(None);
    }
    let notices = fieldbook.notices()?;
    let open = notices.iter().filter(|notice| notice.is_urgent() && notice.is_open());
    Ok(Some(open.count()))
}
