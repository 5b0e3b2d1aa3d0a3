//! `status`: what one looks at before putting the phone away.

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::squad::SquadCard;
use jasaq_fieldbook::{Custody, CustodyCounts, Status, TwinView};
use serde_json::{Value, json};

use super::{keys, telling};
use crate::arguments::codes::short_code;
use crate::failure::Failure;
use crate::limits::DRILL_DAYS_MAX;
use crate::log::custody_word;
use crate::output::{Reply, with_fields};
use crate::program::{Program, surroundings};
use crate::table::{day_and_time, moment_of, short};
use crate::words::{Message, Words};

/// How this device stands.
pub(super) fn status(program: &Program) -> Result<Reply, Failure> {
    let (status, card, open) = program.with_fieldbook(|fieldbook| {
        let status = fieldbook.status()?;
        let open = telling::open_notices(fieldbook, &status)?;
        Ok((status, fieldbook.own_card()?, open))
    })?;
    let card = card.map(|card| (card.sentence(program.words.language()), card));
    let mut lines: Vec<String> = card.iter().map(|(sentence, _)| sentence.clone()).collect();
    lines.push(to_text(&status, &program.words));
    let waiting = open
        .filter(|open| *open > 0)
        .map(|open| Message::new("notices-open").with("count", open));
    lines.extend(waiting.map(|told| program.words.say(told)));
    let json = with_fields(to_json(&status, card.as_ref()), json!({ "notices_open": open }));
    Ok(Reply::new(json).text(lines.join("\n")))
}

fn to_json(status: &Status, card: Option<&(String, SquadCard)>) -> Value {
    json!({
        "role": status.role,
        "card": card.map(|(sentence, card)| {
            json!({ "eligible": card.eligible, "as_of": card.as_of.to_string(), "sentence": sentence })
        }),
        "short_role": status.role.map(short_code),
        "join_words": status.join_words,
        "waits_in_vain": status.waits_in_vain,
        "root_drilled_at": status.root_drilled_at_ms.map(|ms| moment_of(ms).to_string()),
        "successor_drilled_at": status.successor_drilled_at_ms.map(|ms| moment_of(ms).to_string()),
        "relay": status.relay,
        "relay_id": status.relay_id.map(|relay| relay.to_string()),
        "own_entries": counts_json(&status.own_entries),
        "entries": counts_json(&status.entries),
        "is_removed": status.is_removed,
        "pending": status.pending,
        "waits_for_key": status.waits_for_key,
        "missing_keys": status.missing_keys.iter().map(keys::missing_json).collect::<Vec<_>>(),
        "refused_keys": status.refused_keys.iter().map(keys::refused_json).collect::<Vec<_>>(),
        "outbox": { "envelopes": status.outbox_envelopes, "bytes": status.outbox_bytes },
        "refused": status.refused,
        "waiting": status.waiting,
        "held": status.held,
        "not_counted": status.not_counted,
        "differing": status.differing,
        "missing": status.missing,
        "twins": status.twins.iter().map(twin_json).collect::<Vec<_>>(),
        "attachments": attachments_json(status),
        "attachments_refused": status.attachments_refused,
        "attachments_wanted": status.attachments_wanted,
    })
}

fn twin_json(twin: &TwinView) -> Value {
    json!({
        "device": twin.device.device.to_string(),
        "member": twin.device.member.to_string(),
        "name": twin.device.name,
        "is_this": twin.device.is_this,
        "since": twin.since_ms.map(|ms| moment_of(ms).to_string()),
        "said_twice": twin.said_twice,
        "envelopes": twin.envelopes,
    })
}

fn counts_json(counts: &CustodyCounts) -> Value {
    json!({
        "total": counts.total(),
        "on_this_phone": counts.on_this_phone,
        "at_relay": counts.at_relay,
        "with_head": counts.with_head,
        "with_ss": counts.with_ss,
    })
}

/// By their steps, and how many are with their authors alone.
fn attachments_json(status: &Status) -> Value {
    let with_author = status.attachments_with_author;
    let total = status.attachments.total() + with_author;
    with_fields(counts_json(&status.attachments), json!({ "total": total, "with_author": with_author }))
}

fn to_text(status: &Status, words: &Words) -> String {
    let mut lines = Vec::new();
    match (status.role, &status.join_words) {
        (Some(role), _) => {
            lines.push(words.say(Message::new("status-role").with("role", role.word(words.language()))));
        }
        (None, _) if status.is_removed => lines.push(words.say("status-removed")),
        (None, Some(four_words)) => {
            lines.push(words.say(Message::new("status-joining").with("words", four_words.clone())));
            if status.waits_in_vain {
                lines.push(words.say("status-in-vain"));
            }
        }
        (None, None) => lines.push(words.say("status-not-in")),
    }
    lines.push(count_line(words, Message::new("status-own-entries"), &status.own_entries));
    if status.entries != status.own_entries {
        lines.push(count_line(words, Message::new("status-entries"), &status.entries));
    }
    lines.extend(attachments_line(status, words));
    let relay = status
        .relay
        .as_ref()
        .map(|relay| Message::new("status-relay").with("relay", relay.clone()));
    lines.push(words.say(relay.unwrap_or(Message::new("status-no-relay"))));
    if let Some(relay) = status.relay_id {
        lines.push(words.say(Message::new("status-relay-id").with("relay", relay.to_string())));
    }
    let outbox = [
        ("status-pending", status.pending),
        ("status-outbox", status.outbox_envelopes),
        ("status-refused", status.refused),
        ("status-attachments-refused", status.attachments_refused),
        ("status-attachments-wanted", status.attachments_wanted),
        ("status-waiting", status.waiting),
        ("status-held", status.held),
        ("status-not-counted", status.not_counted),
        ("status-missing", status.missing),
        ("status-differing", status.differing),
    ];
    let present = outbox.into_iter().filter(|(_, count)| *count > 0);
    lines.extend(present.map(|(id, count)| words.say(Message::new(id).with("count", count))));
    if status.waits_for_key {
        lines.push(words.say("status-waits-for-key"));
    }
    lines.extend(keys::lines(status, words));
    lines.extend(status.twins.iter().map(|twin| twin_text(twin, words)));
    lines.extend(drill_due(status, words));
    lines.join("\n")
}

/// What happened, since when, with which device, that nothing was lost, and what to do.
fn twin_text(twin: &TwinView, words: &Words) -> String {
    let view = &twin.device;
    let whose = [view.name.clone(), Some(view.role.word(words.language()).to_owned())];
    let since = twin.since_ms.map_or_else(|| "?".to_owned(), |ms| day_and_time(moment_of(ms)));
    let told = Message::new(if view.is_this { "status-twin-own" } else { "status-twin" })
        .with("whose", whose.into_iter().flatten().collect::<Vec<_>>().join(", "))
        .with("device", short(&view.device.to_string()))
        .with("since", since);
    words.say(told)
}

/// On a console that founds and recovers: whether the sheets have been tried, and not too long ago.
fn drill_due(status: &Status, words: &Words) -> Option<String> {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    if status.role != Some(Role::TerritorialSubdivision) {
        return None;
    }
    let now_ms = surroundings().now().unix_ms;
    let Some(last) = status
        .root_drilled_at_ms
        .into_iter()
        .chain(status.successor_drilled_at_ms)
        .min()
    else {
        return Some(words.say("status-never-drilled"));
    };
    let is_due = now_ms.saturating_sub(last) > DRILL_DAYS_MAX * DAY_MS;
    let told = Message::new(if is_due { "status-drill-due" } else { "status-drilled" });
    Some(words.say(told.with("day", moment_of(last).day().to_string())))
}

/// `7 entries: 5 SS has it, 2 on this phone`: the highest step first, steps on which nothing stands left out.
fn count_line(words: &Words, intro: Message, counts: &CustodyCounts) -> String {
    let intro = words.say(intro.with("count", counts.total()));
    let steps = steps_told(words, counts);
    if steps.is_empty() { intro } else { format!("{intro}\n  {}", steps.join("\n  ")) }
}

/// The same of attachments, of which some may be with their authors alone.
fn attachments_line(status: &Status, words: &Words) -> Option<String> {
    let with_author = status.attachments_with_author;
    let count = status.attachments.total() + with_author;
    let intro = words.say(Message::new("status-attachments").with("count", count));
    let mut lines = vec![intro];
    lines.extend(steps_told(words, &status.attachments));
    if with_author > 0 {
        lines.push(format!("{with_author} · {}", words.say("attachment-with-author")));
    }
    (count > 0).then(|| lines.join("\n  "))
}

fn steps_told(words: &Words, counts: &CustodyCounts) -> Vec<String> {
    let on_step = |custody| match custody {
        Custody::OnThisPhone => counts.on_this_phone,
        Custody::AtRelay => counts.at_relay,
        Custody::WithHead => counts.with_head,
        Custody::WithSs => counts.with_ss,
    };
    let steps = Custody::ALL.into_iter().rev().map(|custody| (custody, on_step(custody)));
    steps
        .filter(|(_, count)| *count > 0)
        .map(|(custody, count)| format!("{count} · {}", custody_word(words, custody)))
        .collect()
}
