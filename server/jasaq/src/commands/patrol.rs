//! `patrol`: start, legs, end, and what is shown of them and of their plans.

mod audit;

pub(super) use audit::audit;

use std::collections::BTreeMap;

use jasaq_fieldbook::model::ids::{MemberId, PatrolId, StatementRef};
use jasaq_fieldbook::model::mark::{Mark, MarkKind};
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::patrol::{LegEnd, Members, PatrolEnd, PatrolStart, Transport};
use jasaq_fieldbook::model::patrol_log::{Flag, Flagged, PatrolPhase, PlannedPatrol};
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::{Fieldbook, PatrolSummary, PlanView};
use serde_json::{Value, json};

use super::{planning, when};
use crate::arguments::codes::ClockTime;
use crate::arguments::patrol::{LegArguments, MarkArguments, StartArguments};
use crate::failure::Failure;
use crate::limits::PATROLS_MAX;
use crate::log;
use crate::output::{Reply, with_fields};
use crate::program::{Program, find_leg, find_member, find_open_patrol, find_patrol, surroundings};
use crate::table::{Columns, day_and_time, short, span};
use crate::words::{Message, Words};

/// A patrol goes out: as it was planned, if a planned one is named, else without a plan.
pub(super) fn start(program: &Program, arguments: &StartArguments) -> Result<Reply, Failure> {
    let occurred_at = when::moment(program, arguments.at.as_ref())?;
    let (patrol, card, others) = program.with_fieldbook(|fieldbook| {
        let card = fieldbook.own_card()?;
        let under_way = fieldbook.patrols(PATROLS_MAX)?.into_iter();
        let under_way = under_way.filter(|other| other.is_own && !other.is_over);
        let others: Vec<PatrolId> = under_way.map(|other| other.patrol).collect();
        let leader = arguments.leader.as_deref();
        let leader = leader.map(|prefix| find_member(fieldbook, prefix)).transpose()?;
        let patrol = match (&arguments.patrol, arguments.mode) {
            (Some(prefix), _) => {
                let patrol = find_patrol(program, fieldbook, Some(prefix))?;
                fieldbook
                    .start_planned(patrol, |start| say_of_start(start, (arguments, occurred_at), leader))?;
                patrol
            }
            (None, Some(mode)) => {
                let mut start = PatrolStart::new(mode);
                say_of_start(&mut start, (arguments, occurred_at), leader);
                fieldbook.start_patrol(start)?
            }
            (None, None) => {
                let missing = Message::new("usage-argument-missing").with("arguments", "--mode");
                return Err(Failure::usage(missing.with("help", "jasaq patrol start --help")));
            }
        };
        Ok((patrol, card, others))
    })?;
    let json = json!({
        "patrol": patrol, "eligible": card.as_ref().map(|card| card.eligible), "under_way": others,
    });
    let reply = Reply::new(json).text(patrol.to_string());
    let odd = occurred_at.and_then(when::ahead);
    let mut reply = when::odd(program, reply, odd.as_slice()).note(program.words.say("patrol-started"));
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

/// What was said on the line goes before what the plan says.
fn say_of_start(
    start: &mut PatrolStart,
    (arguments, occurred_at): (&StartArguments, Option<Moment>),
    leader: Option<MemberId>,
) {
    start.mode = arguments.mode.unwrap_or(start.mode);
    start.controlling_representative =
        arguments.controller.clone().or_else(|| start.controlling_representative.take());
    start.area_component = arguments.area.or(start.area_component);
    start.leader = leader.or(start.leader);
    start.task = arguments.task.clone().or_else(|| start.task.take());
    start.occurred_at = occurred_at;
}

/// A leg begins or is over.
pub(super) fn leg(program: &Program, arguments: &LegArguments) -> Result<Reply, Failure> {
    let occurred_at = when::moment(program, arguments.at.as_ref())?;
    program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        if let Some(prefix) = &arguments.end {
            let leg = find_leg(&fieldbook.patrol(patrol)?, prefix)?;
            let key = fieldbook.end_leg(patrol, LegEnd { leg, occurred_at })?;
            let odd = odd(fieldbook, patrol, &key)?;
            let json = json!({ "patrol": patrol, "leg": leg, "key": key, "flags": odd });
            return Ok(when::odd(program, Reply::new(json).text(program.words.say("leg-ended")), &odd));
        }
        let members = members_of(fieldbook, &arguments.members)?;
        let transport = arguments.transport.unwrap_or(Transport::Other);
        let before = flagged(fieldbook, patrol)?;
        let leg = fieldbook.start_leg(patrol, (transport, members), occurred_at)?;
        let odd = odd_since(fieldbook, patrol, &before)?;
        let reply = Reply::new(json!({ "patrol": patrol, "leg": leg, "flags": odd })).text(leg.to_string());
        Ok(when::odd(program, reply, &odd).note(program.words.say("leg-started")))
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
pub(super) fn end(program: &Program, prefix: Option<&str>, at: Option<&ClockTime>) -> Result<Reply, Failure> {
    let occurred_at = when::moment(program, at)?;
    let (patrol, key, odd) = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, prefix)?;
        let before = flagged(fieldbook, patrol)?;
        let key = fieldbook.end_patrol(patrol, PatrolEnd { occurred_at })?;
        let odd = odd_since(fieldbook, patrol, &before)?;
        Ok((patrol, key, odd))
    })?;
    let told = Message::new("patrol-ended").with("patrol", short(&patrol.to_string()));
    let reply =
        Reply::new(json!({ "patrol": patrol, "key": key, "flags": odd })).text(program.words.say(told));
    Ok(when::odd(program, reply, &odd))
}

/// What looks wrong in what was just said: whoever typed it looks again.
pub(super) fn odd(
    fieldbook: &mut Fieldbook,
    patrol: PatrolId,
    key: &StatementRef,
) -> Result<Vec<Flag>, Failure> {
    let about = flagged(fieldbook, patrol)?.into_iter().filter(|flagged| flagged.about == *key);
    Ok(about.map(|flagged| flagged.flag).collect())
}

/// What has come to look wrong since, in what was just said or by it in what was said before; each once.
fn odd_since(fieldbook: &mut Fieldbook, patrol: PatrolId, before: &[Flagged]) -> Result<Vec<Flag>, Failure> {
    let now = flagged(fieldbook, patrol)?.into_iter();
    let mut odd: Vec<Flag> = now
        .filter(|flagged| !before.contains(flagged))
        .map(|flagged| flagged.flag)
        .collect();
    odd.dedup();
    Ok(odd)
}

fn flagged(fieldbook: &mut Fieldbook, patrol: PatrolId) -> Result<Vec<Flagged>, Failure> {
    Ok(fieldbook.patrol(patrol)?.log.flags().to_vec())
}

/// A certificate was shown, the patrol rests, there is no track for a while.
pub(super) fn mark(program: &Program, arguments: &MarkArguments) -> Result<Reply, Failure> {
    if arguments.cause.is_some() && arguments.what != MarkKind::TrackGap {
        return Err(Failure::usage("mark-cause-of-gap"));
    }
    let mark = Mark {
        kind: arguments.what,
        occurred_at: when::moment(program, arguments.at.as_ref())?,
        until: when::moment(program, arguments.until.as_ref())?,
        cause: arguments.cause,
        note: arguments.word.clone(),
    };
    let (patrol, key, odd) = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let key = fieldbook.mark(patrol, mark)?;
        let odd = odd(fieldbook, patrol, &key)?;
        Ok((patrol, key, odd))
    })?;
    let json = json!({ "patrol": patrol, "key": key, "flags": odd });
    let reply = when::odd(program, Reply::new(json).text(key.to_string()), &odd);
    Ok(reply.note(program.words.say("mark-written")))
}

/// What was recorded apart becomes a part of another patrol.
pub(super) fn attach(program: &Program, (part, to): (&str, &str)) -> Result<Reply, Failure> {
    let (part, to, key) = program.with_fieldbook(|fieldbook| {
        let part = find_patrol(program, fieldbook, Some(part))?;
        let to = find_patrol(program, fieldbook, Some(to))?;
        Ok((part, to, fieldbook.attach_patrol(part, to)?))
    })?;
    let told = Message::new("patrol-attached")
        .with("part", short(&part.to_string()))
        .with("patrol", short(&to.to_string()));
    let reply = Reply::new(json!({ "part": part, "to": to, "key": key })).text(key.to_string());
    Ok(reply.note(program.words.say(told)))
}

/// The log of a patrol, below what stands of its plans.
pub(super) fn show(program: &Program, prefix: Option<&str>) -> Result<Reply, Failure> {
    let words = &program.words;
    let (view, digest) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, prefix)?;
        Ok((fieldbook.patrol(patrol)?, fieldbook.patrol_digest(patrol)?))
    })?;
    let phase = PlannedPatrol::of(&view.log).phase(&view.log, surroundings().now().moment().time());
    let is_planned = view
        .log
        .stated()
        .iter()
        .any(|stated| matches!(stated.statement.body, Body::Planning(_)));
    let planned = phase.filter(|_| is_planned);
    let json = log::to_json(&view, digest, words.language());
    let more = json!({
        "phase": phase, "planned": planned.map(|phase| planning::planned_json(&view, phase)),
    });
    let head = planned.map(|phase| planning::head(words, (&view, phase)).join("\n") + "\n\n");
    let text = head.unwrap_or_default() + &log::to_text(&view, words);
    Ok(Reply::new(with_fields(json, more)).text(text))
}

/// A patrol of the list: what is known of it without its log, and its plans if it has any.
struct Listed {
    summary: PatrolSummary,
    plan: Option<PlanView>,
}

impl Listed {
    fn phase(&self) -> PatrolPhase {
        match &self.plan {
            Some(plan) => plan.phase,
            None if self.summary.is_over => PatrolPhase::Ended,
            None => PatrolPhase::UnderWay,
        }
    }

    /// How far it has come, and of which other it is a part.
    fn state(&self, words: &Words) -> String {
        let state = self.phase().word(words.language());
        match self.summary.part_of {
            Some(whole) => words.say(
                Message::new("patrol-part-of")
                    .with("state", state)
                    .with("patrol", short(&whole.to_string())),
            ),
            None => state.to_owned(),
        }
    }

    fn planned_for(&self) -> String {
        let Some(PlanView { view, .. }) = &self.plan else { return String::new() };
        let planned = PlannedPatrol::of(&view.log);
        let mut plans: Vec<_> = planned.plans.iter().map(|(_, plan)| *plan).collect();
        if plans.is_empty() {
            plans = planned.called_off(&view.log);
        }
        plans.iter().map(|plan| span(&plan.window)).collect::<Vec<_>>().join(" / ")
    }

    fn to_json(&self) -> Value {
        let PatrolSummary { patrol, started_at, recorded_at, is_over, entries, is_own, part_of } =
            &self.summary;
        json!({
            "patrol": patrol,
            "started_at": started_at,
            "recorded_at": recorded_at,
            "is_over": is_over,
            "entries": entries,
            "is_own": is_own,
            "part_of": part_of,
            "phase": self.phase(),
            "planned": self.plan.as_ref().map(|plan| planning::planned_json(&plan.view, plan.phase)),
        })
    }
}

/// The patrols: those that have not gone out first, then newest first.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let (started, plans) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.patrols(PATROLS_MAX)?, fieldbook.plans()?)))?;
    let listed = listed(started, plans);
    let columns = ["column-patrol", "column-planned", "column-started", "column-entries", "column-state"];
    let mut columns = Columns::new(words, &columns).sparing(&["column-entries", "column-started"]);
    for one in &listed {
        columns.row([
            short(&one.summary.patrol.to_string()),
            one.planned_for(),
            one.summary.started_at.map(day_and_time).unwrap_or_default(),
            one.summary.entries.to_string(),
            one.state(words),
        ]);
    }
    let json = json!({ "patrols": listed.iter().map(Listed::to_json).collect::<Vec<_>>() });
    let text = if listed.is_empty() { words.say("patrol-none") } else { columns.to_string() };
    Ok(Reply::new(json).text(text))
}

fn listed(started: Vec<PatrolSummary>, plans: Vec<PlanView>) -> Vec<Listed> {
    let mut plans: BTreeMap<PatrolId, PlanView> =
        plans.into_iter().map(|plan| (plan.view.patrol, plan)).collect();
    let started: Vec<Listed> = started
        .into_iter()
        .map(|summary| Listed { plan: plans.remove(&summary.patrol), summary })
        .collect();
    let waiting = plans.into_values().map(|plan| {
        let (log, patrol) = (&plan.view.log, plan.view.patrol);
        let (is_over, entries) = (log.ends().next().is_some(), log.entries().count());
        let (started_at, recorded_at, part_of) = (None, None, plan.view.part_of);
        let summary =
            PatrolSummary { patrol, started_at, recorded_at, is_over, entries, is_own: false, part_of };
        Listed { summary, plan: Some(plan) }
    });
    let mut waiting: Vec<Listed> = waiting.collect();
    waiting.sort_by_key(|one| (one.phase() == PatrolPhase::Cancelled, one.planned_for()));
    waiting.into_iter().chain(started).collect()
}
