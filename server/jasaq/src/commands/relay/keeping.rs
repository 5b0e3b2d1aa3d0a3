//! `relay identity|backup|restore|check`: what an operator does beside running the relay.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use jasaq_relay::StorageError;
use jasaq_relay::keeping::{
    CheckReport, Copied, Copy, KeepingRefused, Progress, back_up, check, read_identity, restore,
};
use jasaq_relay::limits::Quotas;
use serde_json::{Map, Value, json};

use super::storage_failure;
use crate::arguments::relay::RelayCommand;
use crate::failure::{Class, Failure};
use crate::limits::STROKE_TIME;
use crate::output::Reply;
use crate::program::{Program, since_1970};
use crate::words::{Message, Words};

/// Does what was asked for.
pub(super) fn run(program: &Program, command: &RelayCommand) -> Result<Reply, Failure> {
    match command {
        RelayCommand::Identity { data } => tell_identity(data),
        RelayCommand::Backup { data, to, replace } => {
            let backup = Copy { from: data, to, replace: *replace };
            let now_s = since_1970().as_secs();
            let copied = watched(program, |watcher| back_up(backup, now_s, watcher));
            copied
                .map(|copied| tell_backup(program, &copied))
                .map_err(|refused| copy_failure(refused, (data, "--data"), (to, "--to")))
        }
        RelayCommand::Restore { from, data, replace } => {
            let restoring = Copy { from, to: data, replace: *replace };
            let copied = watched(program, |watcher| restore(restoring, watcher));
            copied
                .map(|copied| tell_restored(program, &copied))
                .map_err(|refused| copy_failure(refused, (from, "--from"), (data, "--data")))
        }
        RelayCommand::Check { data, quotas } => {
            let report = watched(program, |watcher| check(data, watcher));
            let report = report.map_err(|error| storage_failure(&error, (data, "--data")))?;
            Ok(tell_check(&program.words, &report, &Quotas::from(*quotas)))
        }
    }
}

fn tell_identity(data: &Path) -> Result<Reply, Failure> {
    let relay = read_identity(data).map_err(|error| storage_failure(&error, (data, "--data")))?;
    Ok(Reply::new(json!({ "relay": relay.to_string() })).text(relay.to_string()))
}

fn tell_backup(program: &Program, copied: &Copied) -> Reply {
    let told = Message::new("relay-backed-up").with("bytes", copied.bytes);
    Reply::new(json!({ "bytes": copied.bytes })).text(program.words.say(told))
}

fn tell_restored(program: &Program, copied: &Copied) -> Reply {
    let (words, checked) = (&program.words, copied.checked.as_ref());
    let envelopes = checked.map_or(0, |report| report.sound);
    let relay = checked.and_then(|report| report.relay).map(|relay| relay.to_string());
    let set_aside = copied.set_aside.as_ref().map(|file| file.display().to_string());
    let json =
        json!({ "relay": relay, "envelopes": envelopes, "bytes": copied.bytes, "set_aside": set_aside });
    let mut lines = vec![words.say(Message::new("relay-restored").with("envelopes", envelopes))];
    lines.extend(set_aside.map(|file| words.say(Message::new("relay-set-aside").with("file", file))));
    Reply::new(json).text(lines.join("\n")).note(words.say("relay-restored-next"))
}

fn tell_check(words: &Words, report: &CheckReport, quotas: &Quotas) -> Reply {
    let looked = Message::new("relay-checked")
        .with("envelopes", report.sound)
        .with("journals", report.journals)
        .with("spaces", report.spaces);
    let mut lines = vec![words.say(looked)];
    let fullness = [
        ("relay-full-database", report.stock.database_bytes, quotas.database_bytes_max),
        ("relay-full-space", report.stock.fullest_space_bytes, quotas.space_bytes_max),
        ("relay-full-device", report.stock.fullest_device_bytes, quotas.device_bytes_max),
    ];
    lines.extend(fullness.map(|(id, bytes, most)| {
        words.say(Message::new(id).with("bytes", bytes).with("percent", percent(bytes, most)))
    }));
    let defects: Vec<String> = report
        .defects
        .iter()
        .map(|(defect, count)| format!("{} ({count})", defect.code()))
        .collect();
    if !report.is_sound() {
        lines.push(words.say(Message::new("relay-unsound").with("defects", defects.join(", "))));
    }
    let reply = Reply::new(check_json(report, quotas)).text(lines.join("\n"));
    if report.is_sound() { reply } else { reply.falling_short(Class::Storage) }
}

fn check_json(report: &CheckReport, quotas: &Quotas) -> Value {
    let defects = report
        .defects
        .iter()
        .map(|(defect, count)| (defect.code().to_owned(), json!(count)));
    let stock = &report.stock;
    json!({
        "is_sound": report.is_sound(),
        "relay": report.relay.map(|relay| relay.to_string()),
        "spaces": report.spaces,
        "journals": report.journals,
        "envelopes": report.sound,
        "defects": defects.collect::<Map<_, _>>(),
        "attachments": stock.attachments,
        "attachment_bytes": stock.attachment_bytes,
        "database_bytes": stock.database_bytes,
        "database_bytes_max": quotas.database_bytes_max,
        "fullest_space_bytes": stock.fullest_space_bytes,
        "space_bytes_max": quotas.space_bytes_max,
        "fullest_device_bytes": stock.fullest_device_bytes,
        "device_bytes_max": quotas.device_bytes_max,
        "last_backup_s": stock.last_backup_s,
    })
}

/// Rounded up, so that what is not empty does not look so.
fn percent(bytes: u64, most: u64) -> u64 {
    bytes.saturating_mul(100).div_ceil(most.max(1))
}

/// What is told of a copy that was not made, with the options that name what it was to be made of and where.
fn copy_failure(refused: KeepingRefused, from: (&Path, &'static str), to: (&Path, &'static str)) -> Failure {
    let trace = refused.to_string();
    match refused {
        KeepingRefused::From(error) => storage_failure(&error, from),
        // A running relay is told as such; whatever else keeps a copy from being written is a matter of its place.
        KeepingRefused::To(error @ (StorageError::InUse | StorageError::Full | StorageError::ReadOnly))
        | KeepingRefused::Unsettled(error @ (StorageError::Full | StorageError::ReadOnly)) => {
            storage_failure(&error, to)
        }
        KeepingRefused::To(_) => {
            let sentence = Message::new("relay-copy-unwritable").with("file", to.0.display().to_string());
            Failure::new(Class::Storage, sentence, &trace)
        }
        KeepingRefused::Unsettled(_) => {
            let sentence = Message::new("relay-copy-unsettled").with("file", to.0.display().to_string());
            Failure::new(Class::Storage, sentence, &trace)
        }
        KeepingRefused::Exists => {
            let sentence = Message::new("relay-copy-exists").with("file", to.0.display().to_string());
            Failure::usage(sentence)
        }
        KeepingRefused::Log => {
            let sentence = Message::new("relay-copy-log").with("file", to.0.display().to_string());
            Failure::usage(sentence)
        }
        KeepingRefused::Unsound(report) => {
            let defects: Vec<&str> = report.defects.keys().map(|defect| defect.code()).collect();
            let sentence = Message::new("relay-backup-unsound")
                .with("file", from.0.display().to_string())
                .with("defects", defects.join(", "));
            Failure::new(Class::Input, sentence, &trace)
        }
    }
}

/// Long work, with a bar if a person watches.
fn watched<T>(program: &Program, work: impl FnOnce(&mut dyn FnMut(Progress)) -> T) -> T {
    let bar = if program.output.is_watched() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    bar.enable_steady_tick(STROKE_TIME);
    let style = ProgressStyle::with_template("{spinner} {msg} {pos}/{len} · {elapsed}");
    let bar = style.map_or(bar.clone(), |style| bar.with_style(style));
    let done = work(&mut |progress| {
        let (message, at, all) = match progress {
            Progress::Pages => ("relay-checking-pages", 0, 0),
            Progress::Envelopes { done, all } => ("relay-checking-envelopes", done, all),
            Progress::Copied { done, all } => ("relay-copying", done, all),
        };
        bar.set_message(program.words.say(message));
        bar.set_length(all);
        bar.set_position(at);
    });
    bar.finish_and_clear();
    done
}
