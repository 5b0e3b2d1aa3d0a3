//! How far a planned patrol has come, what stands of its plans, and who goes: for people and for programs.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::ids::MemberId;
use jasaq_fieldbook::model::patrol_log::{PatrolPhase, PlannedPatrol};
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::{NamedHolder, PatrolView};
use serde_json::{Value, json};

use crate::log;
use crate::output::with_fields;
use crate::table::span;
use crate::words::{Message, Words};

/// What stands of a patrol's plans, in few lines: each plan with the sector and the hours, and who goes.
pub(in crate::commands) fn head(words: &Words, (view, phase): (&PatrolView, PatrolPhase)) -> Vec<String> {
    let language = words.language();
    let planned = PlannedPatrol::of(&view.log);
    let mut lines = vec![phase.word(language).to_owned()];
    lines.extend(
        planned
            .plans
            .iter()
            .map(|(_, plan)| format!("{} · {}", span(&plan.window), plan.sector)),
    );
    let crew: Vec<String> = named(view, &planned)
        .into_iter()
        .map(|(member, who)| {
            let mut name = who.names.join(" / ");
            if is_leader(&planned, member) {
                name = format!("{name} ({})", words.say("plan-leads"));
            }
            let answer = planned.answer_of(member).map(|answer| answer.word(language).to_owned());
            format!("{name}: {}", answer.unwrap_or_else(|| words.say("plan-unanswered")))
        })
        .collect();
    if !crew.is_empty() {
        lines.push(words.say(Message::new("plan-who-goes").with("crew", crew.join("; "))));
    }
    lines.extend(planned.cancelled.iter().map(|(_, cancelled)| cancelled.reason.to_string()));
    lines
}

/// The same for programs.
pub(in crate::commands) fn planned_json(view: &PatrolView, phase: PatrolPhase) -> Value {
    let planned = PlannedPatrol::of(&view.log);
    let name = |stated: &Stated| json!({ "key": stated.key, "author": stated.author });
    let plans = planned
        .plans
        .iter()
        .map(|(stated, plan)| with_fields(log::plan_json(plan), name(stated)));
    let cancelled = planned
        .cancelled
        .iter()
        .map(|(stated, cancelled)| with_fields(json!({ "reason": cancelled.reason }), name(stated)));
    let crew = named(view, &planned).into_iter().map(|(member, who)| {
        let said = planned.answers.get(&member).map(|(_, said)| said);
        json!({
            "member": member,
            "name": who.names.join(" / "),
            "name_is_sure": who.is_sure,
            "leads": is_leader(&planned, member),
            "answer": said.map(|said| said.answer),
            "note": said.and_then(|said| said.note.as_ref()),
        })
    });
    json!({
        "phase": phase,
        "plans": plans.collect::<Vec<_>>(),
        "crew": crew.collect::<Vec<_>>(),
        "cancelled": cancelled.collect::<Vec<_>>(),
    })
}

/// Whoever is named, each once, as he is called where he is named.
fn named(view: &PatrolView, planned: &PlannedPatrol<'_>) -> Vec<(MemberId, NamedHolder)> {
    let mut seen = BTreeSet::new();
    let mut named = Vec::new();
    for (stated, assigned) in &planned.assigned {
        for member in assigned.crew.members().iter().filter(|member| seen.insert(*member)) {
            named.push((member, view.holder_in(stated, Some(member))));
        }
    }
    named
}

fn is_leader(planned: &PlannedPatrol<'_>, member: MemberId) -> bool {
    planned.assigned.iter().any(|(_, assigned)| assigned.crew.leader() == member)
}
