//! `patrol`: start, legs, end, and what is shown of them.

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::patrol::{LegEnd, Members, PatrolEnd, PatrolStart, Transport};
use jasaq_fieldbook::{Fieldbook, PatrolSummary};
use serde_json::json;

use crate::arguments::patrol::{LegArguments, StartArguments};
use crate::failure::Failure;
use crate::limits::PATROLS_MAX;
use crate::log;
use crate::output::Reply;
use crate::program::{Program, find_leg, find_member, find_open_patrol, find_patrol};
use crate::table::{Columns, day_and_time, short};
use crate::words::Message;

/// A patrol goes out.
pub(super) fn start(program: &Program, arguments: &StartArguments) -> Result<Reply, Failure> {
    let (controlling_representative, task) = (arguments.controller.clone(), arguments.task.clone());
    let (patrol, card, others) = program.with_fieldbook(|fieldbook| {
        let card = fieldbook.own_card()?;
        let under_way = fieldbook.patrols(PATROLS_MAX)?.into_iter();
        let under_way = under_way.filter(|other| other.is_own && !other.is_over);
        let others: Vec<PatrolId> = under_way.map(|other| other.patrol).collect();
        let leader = arguments.leader.as_deref();
        let leader = leader.map(|prefix| find_member(fieldbook, prefix)).transpose()?;
        let patrol = fieldbook.start_patrol(PatrolStart {
            controlling_representative,
            area_component: arguments.area,
            leader,
            task,
            occurred_at: arguments.at,
            ..PatrolStart::new(arguments.mode)
        })?;
        Ok((patrol, card, others))
    })?;
    let json = json!({
        "patrol": patrol, "eligible": card.as_ref().map(|card| card.eligible), "under_way": others,
    });
    let mut reply = Reply::new(json)
        .text(patrol.to_string())
        .note(program.words.say("patrol-started"));
    for other in others {
        let told = Message::new("patrol-also-under-way").with("patrol", short(&other.to_string()));
        reply = reply.note(program.words.say(told));
    }
    // A fact is recorded, and whoever makes it is told.
    Ok(match card.filter(|card| !card.eligible) {
        None => reply,
        Some(card) => {
            let sentence = card.sentence(program.words.language());
            reply.note(program.words.say(Message::new("patrol-not-eligible").with("card", sentence)))
        }
    })
}

/// A leg begins or is over.
pub(super) fn leg(program: &Program, arguments: &LegArguments) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        if let Some(prefix) = &arguments.end {
            let leg = find_leg(&fieldbook.patrol(patrol)?, prefix)?;
            let key = fieldbook.end_leg(patrol, LegEnd { leg, occurred_at: arguments.at })?;
            let json = json!({ "patrol": patrol, "leg": leg, "key": key });
            return Ok(Reply::new(json).text(program.words.say("leg-ended")));
        }
        let members = members_of(fieldbook, &arguments.members)?;
        let transport = arguments.transport.unwrap_or(Transport::Other);
        let leg = fieldbook.start_leg(patrol, (transport, members))?;
        let reply = Reply::new(json!({ "patrol": patrol, "leg": leg })).text(leg.to_string());
        Ok(reply.note(program.words.say("leg-started")))
    })
}

fn members_of(fieldbook: &mut Fieldbook, prefixes: &[String]) -> Result<Members, Failure> {
    let found: Result<Vec<_>, Failure> =
        prefixes.iter().map(|prefix| find_member(fieldbook, prefix)).collect();
    Members::new(found?).map_err(|too_many| {
        Failure::usage(Message::new("leg-too-many-members").with("members", too_many.members))
    })
}

/// A patrol is back.
pub(super) fn end(program: &Program, prefix: Option<&str>, at: Option<Moment>) -> Result<Reply, Failure> {
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, prefix)?;
        Ok((patrol, fieldbook.end_patrol(patrol, PatrolEnd { occurred_at: at })?))
    })?;
    let told = Message::new("patrol-ended").with("patrol", short(&patrol.to_string()));
    Ok(Reply::new(json!({ "patrol": patrol, "key": key })).text(program.words.say(told)))
}

/// The log of a patrol.
pub(super) fn show(program: &Program, prefix: Option<&str>) -> Result<Reply, Failure> {
    let (view, digest) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, prefix)?;
        Ok((fieldbook.patrol(patrol)?, fieldbook.patrol_digest(patrol)?))
    })?;
    let json = log::to_json(&view, digest, program.words.language());
    Ok(Reply::new(json).text(log::to_text(&view, &program.words)))
}

/// The patrols, newest first.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let patrols = program.with_fieldbook(|fieldbook| Ok(fieldbook.patrols(PATROLS_MAX)?))?;
    let words = &program.words;
    let columns = ["column-patrol", "column-started", "column-entries", "column-state"];
    let mut columns = Columns::new(words, &columns);
    for summary in &patrols {
        columns.row([
            short(&summary.patrol.to_string()),
            summary.started_at.map(day_and_time).unwrap_or_default(),
            summary.entries.to_string(),
            words.say(if summary.is_over { "patrol-is-over" } else { "patrol-is-under-way" }),
        ]);
    }
    let listed = patrols.iter().map(|summary| {
        let PatrolSummary { patrol, started_at, recorded_at, is_over, entries, is_own } = summary;
        json!({
            "patrol": patrol,
            "started_at": started_at,
            "recorded_at": recorded_at,
            "is_over": is_over,
            "entries": entries,
            "is_own": is_own,
        })
    });
    let json = json!({ "patrols": listed.collect::<Vec<_>>() });
    let text = if patrols.is_empty() { words.say("patrol-none") } else { columns.to_string() };
    Ok(Reply::new(json).text(text))
}
