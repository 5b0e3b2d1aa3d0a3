//! `sync`: exchanges with the relay until there is nothing more.

use indicatif::{ProgressBar, ProgressStyle};
use jasaq_fieldbook::protocol::sync::Refusal;
use jasaq_fieldbook::{AttachmentsReport, ContactReport, Fieldbook, FieldbookRefused};
use serde_json::json;

use super::attachment;
use super::card;
use super::inviting;
use super::telling;
use crate::arguments::exchange::{Reach, SyncArguments};
use crate::carrier::{HttpCarrier, Way};
use crate::failure::{Class, Failure};
use crate::limits::{PAUSE_TIME_MAX, STROKE_TIME};
use crate::output::Reply;
use crate::program::Program;
use crate::table::Columns;
use crate::words::Message;

/// Exchanges with the relay. What went before a failure stands, and is told.
pub(super) fn sync(program: &Program, arguments: &SyncArguments) -> Result<Reply, Failure> {
    card::watched(program, |fieldbook| {
        let way = Way::of(&arguments.reach.or_remembered(fieldbook.relay_way()?)?);
        if let Some(address) = fieldbook.status()?.relay {
            way.cleartext.check(&address)?;
        }
        let bar = progress(program);
        let mut carrier = HttpCarrier::new(way).drawing(bar.clone());
        let mut report = ContactReport::default();
        let mut attached = AttachmentsReport::default();
        let outcome = exchange(fieldbook, &mut carrier, (&mut report, &mut attached));
        bar.finish_and_clear();
        let both = (&report, &attached);
        match outcome {
            Ok(()) => {
                let reply = tell_what_waits(program, fieldbook, both)?;
                Ok(attachment::tell(&program.words, &attached, reply))
            }
            // Without an answer nobody knows what arrived.
            Err(refused) if report.bytes_down == 0 => Err(refused.into()),
            Err(refused) => {
                let reply = attachment::tell(&program.words, &attached, reply_of(program, both));
                Err(Failure::from(refused).after(reply))
            }
        }
    })
}

/// The same of what was said alone, for whoever only tries: nothing is told of it here.
pub(super) fn try_quietly(fieldbook: &mut Fieldbook, reach: &Reach) -> Result<(), Failure> {
    let way = Way::of(&reach.or_remembered(fieldbook.relay_way()?)?);
    if let Some(address) = fieldbook.status()?.relay {
        way.cleartext.check(&address)?;
    }
    Ok(fieldbook.sync(&mut HttpCarrier::new(way), &mut ContactReport::default())?)
}

/// What was said first, photos and the like behind it; and then what there is to say of these.
fn exchange(
    fieldbook: &mut Fieldbook,
    carrier: &mut HttpCarrier,
    (report, attached): (&mut ContactReport, &mut AttachmentsReport),
) -> Result<(), FieldbookRefused> {
    fieldbook.sync(carrier, report)?;
    fieldbook.carry_attachments(carrier, attached)?;
    if attached.fetched > 0 { fieldbook.sync(carrier, report) } else { Ok(()) }
}

/// What is left to do after an exchange that went through.
fn tell_what_waits(
    program: &Program,
    fieldbook: &mut Fieldbook,
    both: (&ContactReport, &AttachmentsReport),
) -> Result<Reply, Failure> {
    let report = both.0;
    let words = &program.words;
    let (status, joins) = (fieldbook.status()?, fieldbook.waiting_joins()?.len());
    let mut reply = reply_of(program, both);
    if status.is_removed {
        reply = reply.note(words.say("status-removed"));
    }
    if let Some(four_words) = status.join_words.clone() {
        reply = reply.note(words.say(Message::new("status-joining").with("words", four_words)));
    }
    if joins > 0 {
        reply = reply.note(words.say(Message::new("sync-joins-wait").with("count", joins)));
    }
    if let Some(open) = telling::open_notices(fieldbook, &status)?.filter(|open| *open > 0) {
        reply = reply.note(words.say(Message::new("notices-open").with("count", open)));
    }
    if let Some(warning) = inviting::warning(program, &fieldbook.invites()?) {
        reply = reply.note(warning);
    }
    if status.refused == 0 {
        return Ok(if report.more { left_over(program, reply) } else { reply });
    }
    if status.role.is_none() {
        return Ok(reply.note(words.say("sync-invite-unknown")).falling_short(Class::Rule));
    }
    reply = reply.note(words.say(Message::new("sync-refused").with("count", status.refused)));
    // How many for which reason is in the JSON: these were told in every request of this exchange, some of them twice.
    for reason in report.refused.keys() {
        reply = reply.note(format!("  {}", words.say(why_refused(*reason))));
    }
    let next = match report.refused.keys().next() {
        _ if is_unknown_there(report) => "sync-other-territory",
        Some(Refusal::Quota) => "sync-quota-next",
        _ => "sync-refused-next",
    };
    Ok(reply.note(words.say(next)).falling_short(Class::Rule))
}

/// The exchange ended before its end, with nothing refused: the next one goes on.
fn left_over(program: &Program, reply: Reply) -> Reply {
    reply.note(program.words.say("sync-more")).falling_short(Class::Unreachable)
}

const fn why_refused(reason: Refusal) -> &'static str {
    match reason {
        Refusal::NotYet => "refusal-not-yet",
        Refusal::MayNot => "refusal-may-not",
        Refusal::Quota => "refusal-quota",
        Refusal::Invalid => "refusal-invalid",
        Refusal::Gap => "refusal-gap",
        Refusal::Fork => "refusal-fork",
        Refusal::Newer => "refusal-newer",
        Refusal::Other => "refusal-other",
    }
}

/// Whether the relay refused whatever it refused for not knowing who wrote it, and had nothing to give: it is new to this
/// territory, or of another one.
fn is_unknown_there(report: &ContactReport) -> bool {
    let is_unexplained = |reason: &Refusal| *reason == Refusal::NotYet;
    let has_refused = !report.refused.is_empty() && report.refused.keys().all(is_unexplained);
    has_refused && report.received + report.known == 0
}

fn progress(program: &Program) -> ProgressBar {
    if !program.output.is_watched() {
        return ProgressBar::hidden();
    }
    let under_way = Message::new("sync-under-way").with("seconds", PAUSE_TIME_MAX.as_secs());
    let bar = ProgressBar::new_spinner().with_message(program.words.say(under_way));
    // Without it nothing moves while the relay is silent.
    bar.enable_steady_tick(STROKE_TIME);
    let style = ProgressStyle::with_template("{spinner} {msg} {bytes} · {elapsed}");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

fn reply_of(program: &Program, (report, attached): (&ContactReport, &AttachmentsReport)) -> Reply {
    let words = &program.words;
    let reasons = report
        .refused
        .iter()
        .map(|(reason, count)| (format!("{reason:?}"), json!(count)));
    let json = json!({
        "requests": report.requests,
        "bytes_up": report.bytes_up,
        "bytes_down": report.bytes_down,
        "pushed": report.pushed,
        "stored": report.stored,
        "received": report.received,
        "known": report.known,
        "not_kept": report.not_kept,
        "newer": report.newer,
        "refused": reasons.collect::<serde_json::Map<_, _>>(),
        "rewound": report.rewound,
        "more": report.more,
        "attachments": attachment::report_json(attached),
    });
    let mut columns = Columns::new(words, &["column-what", "column-up", "column-down"]);
    let both = |id: &'static str, up: String, down: String| [words.say(id), up, down];
    columns.row(both("sync-envelopes", report.stored.to_string(), report.received.to_string()));
    columns.row(both("sync-bytes", report.bytes_up.to_string(), report.bytes_down.to_string()));
    columns.row(both("sync-requests", report.requests.to_string(), String::new()));
    let mut reply = Reply::new(json).text(columns.to_string());
    let odd =
        [("sync-not-kept", report.not_kept), ("sync-newer", report.newer), ("sync-rewound", report.rewound)];
    for (id, count) in odd.into_iter().filter(|(_, count)| *count > 0) {
        reply = reply.note(words.say(Message::new(id).with("count", count)));
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_that_knows_nobody_perhaps_serves_another_territory() {
        let of = |received, refused: &[(Refusal, usize)]| ContactReport {
            received,
            refused: refused.iter().copied().collect(),
            ..ContactReport::default()
        };
        assert!(is_unknown_there(&of(0, &[(Refusal::NotYet, 3)])));
        assert!(!is_unknown_there(&of(2, &[(Refusal::NotYet, 3)])), "it had something of this territory");
        assert!(!is_unknown_there(&of(0, &[(Refusal::NotYet, 2), (Refusal::Quota, 1)])));
        assert!(!is_unknown_there(&of(0, &[])));
    }
}
