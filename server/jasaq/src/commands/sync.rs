//! `sync`: exchanges with the relay until there is nothing more.

use indicatif::{ProgressBar, ProgressStyle};
use jasaq_fieldbook::ContactReport;
use serde_json::json;

use crate::arguments::exchange::SyncArguments;
use crate::carrier::HttpCarrier;
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::Program;
use crate::table::Columns;
use crate::words::Message;

/// Exchanges with the relay. What went before a failure stands, and is told.
pub(super) fn sync(program: &Program, arguments: &SyncArguments) -> Result<Reply, Failure> {
    let cleartext = arguments.reach.cleartext();
    program.with_fieldbook(|fieldbook| {
        if let Some(address) = fieldbook.status()?.relay {
            cleartext.check(&address)?;
        }
        let bar = progress(program);
        let mut carrier = HttpCarrier::new(cleartext).drawing(bar.clone());
        let mut report = ContactReport::default();
        let outcome = fieldbook.sync(&mut carrier, &mut report);
        bar.finish_and_clear();
        let joins = fieldbook.waiting_joins().map_or(0, |waiting| waiting.len());
        let words = fieldbook.status()?.join_words;
        let reply = reply_of(program, &report);
        match outcome {
            Ok(()) if joins > 0 => {
                Ok(reply.note(program.words.say(Message::new("sync-joins-wait").with("count", joins))))
            }
            Ok(()) => Ok(match words {
                Some(words) => {
                    reply.note(program.words.say(Message::new("status-joining").with("words", words)))
                }
                None => reply,
            }),
            // Without an answer nobody knows what arrived.
            Err(refused) if report.bytes_down == 0 => Err(refused.into()),
            Err(refused) => Err(Failure::from(refused).after(reply)),
        }
    })
}

fn progress(program: &Program) -> ProgressBar {
    if !program.output.is_watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message(program.words.say("sync-under-way"));
    let style = ProgressStyle::with_template("{spinner} {msg} {bytes} · {elapsed}");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

fn reply_of(program: &Program, report: &ContactReport) -> Reply {
    let words = &program.words;
    let refused: usize = report.refused.values().sum();
    let reasons = report
        .refused
        .iter()
        .map(|(reason, count)| (format!("{reason:?}"), json!(count)));
    let json = json!({
        "requests": report.requests,
        "bytes_up": report.bytes_up,
        "bytes_down": report.bytes_down,
        "pushed": report.pushed,
        "received": report.received,
        "known": report.known,
        "not_kept": report.not_kept,
        "refused": reasons.collect::<serde_json::Map<_, _>>(),
        "rewound": report.rewound,
        "more": report.more,
    });
    let mut columns = Columns::new(words, &["column-what", "column-up", "column-down"]);
    let both = |id: &'static str, up: String, down: String| [words.say(id), up, down];
    columns.row(both("sync-envelopes", report.pushed.to_string(), report.received.to_string()));
    columns.row(both("sync-bytes", report.bytes_up.to_string(), report.bytes_down.to_string()));
    columns.row(both("sync-requests", report.requests.to_string(), String::new()));
    let mut reply = Reply::new(json).text(columns.to_string());
    let odd =
        [("sync-refused", refused), ("sync-not-kept", report.not_kept), ("sync-rewound", report.rewound)];
    for (id, count) in odd.into_iter().filter(|(_, count)| *count > 0) {
        reply = reply.note(words.say(Message::new(id).with("count", count)));
    }
    if refused > 0 { reply.falling_short(Class::Rule) } else { reply }
}
