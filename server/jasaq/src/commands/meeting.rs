//! `meet`: two devices exchange what they hold over a network of their own.

mod asking;
mod driving;
mod listening;

use std::io::Read as _;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;

use jasaq_fieldbook::protocol::limits::MEETING_CODE_CHARACTERS_MAX;
use jasaq_fieldbook::protocol::sync::meeting::MeetingCode;
use jasaq_fieldbook::{ExchangeRefused, Fieldbook, FieldbookRefused, MeetingFailed, MeetingReport};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::card;
use crate::arguments::meeting::{MeetArguments, MeetCommand};
use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::{MEETING_CONNECT_TIME_MAX, MEETING_TRIES_MAX};
use crate::output::Reply;
use crate::program::Program;
use crate::table::Columns;
use crate::words::Message;

use self::driving::{Show, drive};

/// Waits for another device, or calls one.
pub(super) fn run(program: &Program, arguments: &MeetArguments) -> Result<Reply, Failure> {
    match (&arguments.command, &arguments.code) {
        (Some(MeetCommand::Listen { listen }), _) => {
            card::watched(program, |fieldbook| listening::listen(program, fieldbook, *listen))
        }
        (None, Some(code)) => {
            let code = read_code(code.text())?;
            card::watched(program, |fieldbook| call(program, fieldbook, &code))
        }
        (None, None) => Err(Failure::usage("meet-code-missing")),
    }
}

fn read_code(given: &str) -> Result<MeetingCode, Failure> {
    let text = if given == "-" {
        let mut text = Zeroizing::new(String::new());
        let mut stdin = std::io::stdin().lock().take(2 * MEETING_CODE_CHARACTERS_MAX as u64);
        let read = stdin.read_to_string(&mut text);
        read.map_err(|error| files::cannot_read(Path::new("-"), &error))?;
        text
    } else {
        Zeroizing::new(given.to_owned())
    };
    MeetingCode::from_text(&text).map_err(|refused| failed(refused.into()).into())
}

fn failed(why: MeetingFailed) -> FieldbookRefused {
    ExchangeRefused::from(why).into()
}

/// Calls the device that shows the code; again and again over a link that breaks, as long as each time brings something.
fn call(program: &Program, fieldbook: &mut Fieldbook, code: &MeetingCode) -> Result<Reply, Failure> {
    let mut report = MeetingReport::default();
    let show = Show::begin(program);
    let mut outcome = Err(failed(MeetingFailed::Nobody));
    for _ in 0..MEETING_TRIES_MAX {
        let Some(stream) = connect(&code.addresses) else { break };
        let moved = |report: &MeetingReport| {
            (report.new, report.sent, report.attachment_bytes_in, report.attachment_bytes_out)
        };
        let before = moved(&report);
        let meeting = fieldbook.call_to_meeting(code)?;
        let ended = drive(program, fieldbook, (meeting, &stream), (&show, &mut report))?;
        outcome = ended.outcome;
        let is_further = moved(&report) != before;
        if !(is_further && is_broken(outcome.as_ref().err())) {
            break;
        }
    }
    show.end();
    tell(program, fieldbook, &report, outcome)
}

/// The first of the addresses at which somebody answers.
fn connect(addresses: &[SocketAddr]) -> Option<TcpStream> {
    addresses.iter().find_map(|address| {
        let connected = TcpStream::connect_timeout(address, MEETING_CONNECT_TIME_MAX);
        if let Err(error) = &connected {
            tracing::debug!(kind = %error.kind(), "nobody answers at one of the code's addresses");
        }
        connected.ok()
    })
}

/// Whether the link broke, so that it is worth while to try again.
fn is_broken(refused: Option<&FieldbookRefused>) -> bool {
    let broken = [MeetingFailed::Cut, MeetingFailed::Stalled];
    matches!(refused, Some(FieldbookRefused::Exchange(ExchangeRefused::Meeting(why))) if broken.contains(why))
}

/// What a meeting did, also if it broke off.
fn tell(
    program: &Program,
    fieldbook: &mut Fieldbook,
    report: &MeetingReport,
    outcome: Result<(), FieldbookRefused>,
) -> Result<Reply, Failure> {
    let reply = reply_of(program, report);
    let words = &program.words;
    match outcome {
        Err(refused) if report.bytes_in == 0 => Err(refused.into()),
        Err(refused) => Err(Failure::from(refused).after(reply)),
        Ok(()) if report.even => {
            let own = fieldbook.status()?.own_entries;
            let told = Message::new("meet-even")
                .with("count", own.with_head + own.with_ss)
                .with("own", own.total());
            Ok(reply.note(words.say(told)))
        }
        Ok(()) if report.waits => {
            let four_words = fieldbook.status()?.join_words;
            let waits = match four_words {
                Some(four_words) => Message::new("meet-waits").with("words", four_words),
                None => Message::new("meet-let-in-later"),
            };
            Ok(reply.note(words.say(waits)))
        }
        Ok(()) => Ok(reply.note(words.say("meet-apart")).falling_short(Class::Unreachable)),
    }
}

fn reply_of(program: &Program, report: &MeetingReport) -> Reply {
    let words = &program.words;
    let mut columns = Columns::new(words, &["column-what", "column-up", "column-down"]);
    let row = |id: &'static str, up: u64, down: u64| [words.say(id), up.to_string(), down.to_string()];
    columns.row(row("sync-envelopes", report.sent, report.new as u64));
    if report.attachment_bytes_out + report.attachment_bytes_in > 0 {
        columns.row(row("meet-attachment-bytes", report.attachment_bytes_out, report.attachment_bytes_in));
    }
    columns.row(row("sync-bytes", report.bytes_out, report.bytes_in));
    let mut reply = Reply::new(to_json(report)).text(columns.to_string());
    for (id, count) in odd(report).into_iter().filter(|(_, count)| *count > 0) {
        reply = reply.note(words.say(Message::new(id).with("count", count)));
    }
    if report.attachments > 0 {
        reply = reply.note(words.say(Message::new("meet-attachments").with("count", report.attachments)));
    }
    if report.attachment_bytes_missing > 0 {
        reply = reply.note(words.say("meet-attachments-missing"));
    }
    reply
}

/// What a person has to do something about. What was named and did not come is of no matter to two who hold the same.
fn odd(report: &MeetingReport) -> [(&'static str, usize); 5] {
    let missing = if report.even { 0 } else { report.missing };
    [
        ("sync-not-kept", report.not_kept),
        ("satchel-forks", report.forks),
        ("meet-newer", report.newer),
        ("meet-missing", usize::try_from(missing).unwrap_or(usize::MAX)),
        ("sync-attachments-no-room", report.no_room),
    ]
}

fn to_json(report: &MeetingReport) -> Value {
    json!({
        "even": report.even,
        "waits": report.waits,
        "new": report.new,
        "known": report.known,
        "sent": report.sent,
        "missing": report.missing,
        "forks": report.forks,
        "newer": report.newer,
        "not_kept": report.not_kept,
        "attachments": report.attachments,
        "attachment_bytes_in": report.attachment_bytes_in,
        "attachment_bytes_out": report.attachment_bytes_out,
        "attachment_bytes_missing": report.attachment_bytes_missing,
        "no_room": report.no_room,
        "bytes_in": report.bytes_in,
        "bytes_out": report.bytes_out,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_who_holds_the_same_as_the_other_is_sent_to_meet_again() {
        let told = |even| {
            let report = MeetingReport { even, missing: 2, ..MeetingReport::default() };
            odd(&report).into_iter().find(|(_, count)| *count > 0)
        };
        assert_eq!(told(false), Some(("meet-missing", 2)));
        assert_eq!(told(true), None);
    }
}
