//! `device`: who is in, who waits, and where the relay is.

use jasaq_fieldbook::roles::office_of;
use jasaq_fieldbook::{DeviceView, Fieldbook, WaitingJoin};
use serde_json::{Value, json};

use crate::arguments::codes::short_code;
use crate::arguments::exchange::Reach;
use crate::carrier::HttpCarrier;
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::Message;

/// Everybody who is in, and everybody who waits.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let (devices, waiting) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.devices()?, fieldbook.waiting_joins()?)))?;
    let json = json!({
        "devices": devices.iter().map(device_json).collect::<Vec<_>>(),
        "waiting": waiting.iter().map(waiting_json).collect::<Vec<_>>(),
    });
    let words = &program.words;
    let mut columns = Columns::new(words, &["column-member", "column-role", "column-name", "column-device"]);
    for view in &devices {
        let own = if view.is_this { words.say("device-this") } else { String::new() };
        columns.row([
            short(&view.member.to_string()),
            view.role.word(words.language()).to_owned(),
            view.name.clone().unwrap_or_default(),
            format!("{} {own}", short(&view.device.to_string())),
        ]);
    }
    let mut text = columns.to_string();
    for join in &waiting {
        text.push('\n');
        text.push_str(&describe_waiting(program, join));
    }
    let reply = Reply::new(json).text(text);
    Ok(if waiting.is_empty() { reply } else { reply.note(words.say("device-confirm-next")) })
}

fn describe_waiting(program: &Program, join: &WaitingJoin) -> String {
    let words = &program.words;
    let waits = Message::new("device-waits")
        .with("role", office_of(join.role).word(words.language()))
        .with("words", join.words.to_string());
    let mut text = words.say(waits);
    if join.expired {
        text.push(' ');
        text.push_str(&words.say("device-expired"));
    }
    if join.rivals > 1 {
        text.push(' ');
        text.push_str(&words.say(Message::new("device-rivals").with("count", join.rivals)));
    }
    text
}

fn device_json(view: &DeviceView) -> Value {
    json!({
        "device": view.device.to_string(),
        "member": view.member.to_string(),
        "role": view.role.code(),
        "short_role": short_code(view.role),
        "name": view.name,
        "is_this": view.is_this,
    })
}

fn waiting_json(join: &WaitingJoin) -> Value {
    json!({
        "device": join.device.id.to_string(),
        "role": office_of(join.role).code(),
        "short_role": short_code(office_of(join.role)),
        "words": join.words.to_string(),
        "expired": join.expired,
        "rivals": join.rivals.saturating_sub(1),
    })
}

/// Lets a device in. If others wait with its invite, somebody else has seen the code: that needs a second thought.
pub(super) fn confirm(program: &Program, typed: &str, despite_rivals: bool) -> Result<Reply, Failure> {
    let (added, rivals) = program.with_fieldbook(|fieldbook| {
        let waiting = fieldbook.waiting_joins()?;
        let rivals = waiting.iter().find(|join| join.words.are(typed)).map_or(1, |join| join.rivals);
        if rivals > 1 && !despite_rivals {
            let sentence = Message::new("device-rivals-confirm").with("count", rivals);
            return Err(Failure::new(Class::Rule, sentence, &"several devices wait with one invite"));
        }
        Ok((fieldbook.confirm(typed)?, rivals))
    })?;
    let words = &program.words;
    let told = Message::new("device-confirmed")
        .with("role", added.role.word(words.language()))
        .with("member", short(&added.member.to_string()));
    let reply = Reply::new(json!({ "added": device_json(&added) })).text(words.say(told));
    let reply = if rivals > 1 { reply.note(words.say("device-rivals-left-out")) } else { reply };
    Ok(reply.note(words.say("device-confirmed-next")))
}

/// Keeps the relay's address.
pub(super) fn relay(program: &Program, address: &str, reach: Reach) -> Result<Reply, Failure> {
    reach.cleartext().check(address)?;
    let answers = program.with_fieldbook(|fieldbook| keep_relay(fieldbook, address, reach))?;
    let said = if answers { "relay-kept" } else { "relay-kept-unseen" };
    Ok(Reply::new(json!({ "relay": address, "answers": answers })).text(program.words.say(said)))
}

/// Keeps an address, and the identity of who answers there now. Says whether somebody does.
pub(super) fn keep_relay(fieldbook: &mut Fieldbook, address: &str, reach: Reach) -> Result<bool, Failure> {
    fieldbook.set_relay(address, None)?;
    Ok(meet_relay(fieldbook, reach))
}

/// Learns who the relay is, if it is not known yet and answers: invites can name no other.
pub(super) fn meet_relay(fieldbook: &mut Fieldbook, reach: Reach) -> bool {
    let met = fieldbook.meet_relay(&mut HttpCarrier::new(reach.cleartext()));
    met.inspect_err(|refused| tracing::info!(%refused, "the relay's identity is not known yet"))
        .is_ok()
}
