//! What is said in a log beside entries, for programs: amendments, marks, answers, a head's decisions, pages.

use jasaq_fieldbook::model::amendment::Amendment;
use jasaq_fieldbook::model::ids::hexadecimal;
use jasaq_fieldbook::model::mark::Mark;
use jasaq_fieldbook::model::notice::{Telling, Told};
use jasaq_fieldbook::model::register::Withdrawn;
use jasaq_fieldbook::model::sealing::Sealing;
use jasaq_fieldbook::model::settling::{Choice, Settling};
use jasaq_fieldbook::model::stated::Stated;
use serde_json::{Value, json};

use super::{before_json, cause_json, entry_json, place_json};

/// The whole entry anew, with what it amends and why.
pub(super) fn amendment(amendment: &Amendment) -> Value {
    json!({
        "of": cause_json(&amendment.of),
        "why": amendment.why,
        "note": amendment.note,
        "entry": entry_json(&amendment.entry),
    })
}

pub(super) fn withdrawn((by, withdrawn): (&Stated, &Withdrawn)) -> Value {
    json!({ "by": cause_json(&by.cause()), "reason": withdrawn.reason })
}

pub(super) fn mark(mark: &Mark) -> Value {
    json!({ "what": mark.kind, "until": mark.until, "cause": mark.cause, "note": mark.note })
}

/// In a log stand answers, and that there was a notice; what it says stands where the subdivision reads it.
pub(super) fn telling(telling: &Telling) -> Value {
    match telling {
        Telling::Answered(said) => {
            json!({ "notice": cause_json(&said.notice), "reply": said.reply, "note": said.note })
        }
        Telling::Logged(said) => json!({
            "notice": cause_json(&said.notice),
            "told": said.told.map(|(at, channel)| json!({ "at": at, "channel": channel })),
        }),
        Telling::Told(said) => json!({ "notice": cause_json(&said.notice), "told": told(&said.told) }),
        Telling::Observed(said) => json!({
            "object": said.protected_object, "text": said.text, "place": place_json(&said.place),
        }),
        Telling::Urgent(said) => json!({
            "text": said.text,
            "object": said.protected_object,
            "place": place_json(&said.place),
            "patrol": said.patrol,
            "told": said.told.as_ref().map(told),
        }),
    }
}

/// That somebody was told by voice.
pub(crate) fn told(told: &Told) -> Value {
    json!({ "at": told.at, "channel": told.channel, "whom": told.whom })
}

pub(super) fn settling(settling: &Settling) -> Value {
    match settling {
        Settling::SameEvent(said) => json!({
            "entries": before_json(&said.entries),
            "is": said.is,
            "reason": said.reason,
            "replaces": before_json(&said.replaces),
        }),
        Settling::Resolved(said) => json!({
            "entries": before_json(&said.entries),
            "field": said.field,
            "choice": choice(&said.choice),
            "reason": said.reason,
            "replaces": before_json(&said.replaces),
        }),
        Settling::Excused(said) => json!({ "device": said.device, "why": said.why, "note": said.note }),
        Settling::Attended(said) => json!({
            "who": said.member,
            "was": said.was,
            "note": said.note,
            "replaces": before_json(&said.replaces),
        }),
        Settling::Attached(said) => json!({ "to": said.to }),
    }
}

fn choice(choice: &Choice) -> Value {
    match choice {
        Choice::Said(cause) => json!({ "said": cause_json(cause) }),
        Choice::Another(value) => json!({ "another": value }),
        Choice::Undecided => json!("undecided"),
        Choice::LeftOut => json!("left_out"),
    }
}

/// Of pieces of a page their places alone: the page itself has a command of its own.
pub(super) fn sealing(sealing: &Sealing) -> Value {
    match sealing {
        Sealing::Part(part) | Sealing::Openings(part) => {
            json!({ "page": part.page(), "part": part.number(), "parts": part.of() })
        }
        Sealing::Sealed(said) => json!({
            "page": said.page, "before": said.before, "signature": hexadecimal(said.signature.as_bytes()),
        }),
        Sealing::Countersigned(said) => json!({
            "page": said.page,
            "number": said.number.to_string(),
            "signature": hexadecimal(said.signature.as_bytes()),
        }),
        Sealing::Entered(said) => json!({ "page": said.page, "section": said.section, "day": said.day }),
        Sealing::Reopened(said) => json!({ "page": said.page, "reason": said.reason }),
        Sealing::Report(said) => json!({ "from": said.from, "until": said.to, "text": said.text }),
    }
}
