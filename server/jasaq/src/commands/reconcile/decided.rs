//! What was decided and stands, with the key by which whoever decided it takes it back.

use jasaq_fieldbook::Reconciling;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::settling::{Choice, Resolution, Settling};
use jasaq_fieldbook::model::stated::Stated;
use serde_json::{Value, json};

use super::shown::{It, before_json, choice_code};
use crate::output::with_fields;
use crate::words::Message;

/// One line each; nothing where nothing is decided.
pub(super) fn to_text(it: &It<'_>) -> Vec<String> {
    let decisions = it.reconciling.view.log.decisions();
    if decisions.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("\n{}", it.words.say("reconcile-all-decided"))];
    lines.extend(decisions.into_iter().map(|decision| line(decision, it)));
    lines
}

fn line((by, settling): (&Stated, &Settling), it: &It<'_>) -> String {
    let holder = it.reconciling.view.holder_in(by, by.member);
    let mut parts = vec![format!("  {}  {}", by.key, what(settling, it)), holder.names.join(" / ")];
    let reason = match settling {
        Settling::SameEvent(same) => same.reason.as_ref(),
        Settling::Resolved(resolution) => resolution.reason.as_ref(),
        Settling::Excused(excused) => excused.note.as_ref(),
        Settling::Attended(attendance) => attendance.note.as_ref(),
        Settling::Attached(_) => None,
    };
    parts.extend(reason.map(|reason| {
        let reason = Message::new("reconcile-reason").with("reason", reason.to_string());
        it.words.say(reason)
    }));
    parts.join(" · ")
}

fn what(settling: &Settling, it: &It<'_>) -> String {
    let (words, language) = (it.words, it.words.language());
    match settling {
        Settling::SameEvent(same) => format!("{}: {}", same.is.word(language), keys(&same.entries)),
        Settling::Resolved(resolution) => {
            let field = resolution.field.word(language);
            format!("{field} ({}): {}", keys(&resolution.entries), chosen(resolution, it))
        }
        Settling::Excused(excused) => {
            let why = Message::new("reconcile-phone-excused").with("why", excused.why.word(language));
            format!("{}: {}", it.phone(excused.device), words.say(why))
        }
        Settling::Attended(attendance) => {
            let was = attendance.was.word(language);
            let told = Message::new("reconcile-attended").with("member", it.name(attendance.member));
            words.say(told.with("was", was))
        }
        Settling::Attached(_) => String::new(),
    }
}

fn chosen(resolution: &Resolution, it: &It<'_>) -> String {
    match &resolution.choice {
        Choice::Said(cause) => cause.key.to_string(),
        Choice::Another(value) => value.to_string(),
        Choice::Undecided => it.words.say("reconcile-decided-undecided"),
        Choice::LeftOut => it.words.say("reconcile-decided-left-out"),
    }
}

fn keys(entries: &Before) -> String {
    entries.iter().map(|cause| cause.key.to_string()).collect::<Vec<_>>().join(", ")
}

/// The same, in codes.
pub(super) fn to_json(reconciling: &Reconciling) -> Vec<Value> {
    let decisions = reconciling.view.log.decisions().into_iter();
    decisions.map(decision_json).collect()
}

fn decision_json((by, settling): (&Stated, &Settling)) -> Value {
    let what = match settling {
        Settling::SameEvent(same) => json!({
            "decision": "same_event", "is": same.is, "entries": before_json(&same.entries), "reason": same.reason,
        }),
        Settling::Resolved(resolution) => json!({
            "decision": "field", "field": resolution.field, "entries": before_json(&resolution.entries),
            "choice": choice_code(&resolution.choice), "reason": resolution.reason,
        }),
        Settling::Excused(excused) => json!({
            "decision": "excused", "device": excused.device, "why": excused.why, "note": excused.note,
        }),
        Settling::Attended(attendance) => json!({
            "decision": "attended", "member": attendance.member, "was": attendance.was, "note": attendance.note,
        }),
        Settling::Attached(attached) => json!({ "decision": "attached", "to": attached.to }),
    };
    let named = json!({
        "key": by.key,
        "author": by.author,
        "member": by.member,
        "at": by.statement.happened_at(),
    });
    with_fields(named, what)
}
