//! `device`: who is in, who waits, and where the relay is.

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::roles::office_of;
use jasaq_fieldbook::{
    Carrier as _, CarrierFailed, CertificateFlaw, DeviceView, ExchangeRefused, Fieldbook, FieldbookRefused,
    RelayWay, WaitingJoin,
};
use serde_json::{Value, json};

use crate::arguments::codes::short_code;
use crate::arguments::exchange::Reach;
use crate::arguments::membership::RelayPlaceArguments;
use crate::carrier::{HttpCarrier, Way};
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::Message;

/// Everybody who is in, and everybody who waits.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let (devices, waiting) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.devices()?, fieldbook.waiting_joins()?)))?;
    let people = devices.chunk_by(|one, next| one.member == next.member);
    let json = json!({
        "devices": devices.iter().map(device_json).collect::<Vec<_>>(),
        "people": people.clone().map(person_json).collect::<Vec<_>>(),
        "waiting": waiting.iter().map(waiting_json).collect::<Vec<_>>(),
    });
    let words = &program.words;
    let mut columns = Columns::new(words, &["column-member", "column-role", "column-name", "column-device"]);
    for person in people {
        for (at, view) in person.iter().enumerate() {
            let member = if at == 0 { short(&view.member.to_string()) } else { "+".to_owned() };
            columns.row([
                member,
                view.role.word(words.language()).to_owned(),
                view.name.clone().unwrap_or_default(),
                format!("{} {}", short(&view.device.to_string()), marks_of(program, view, person.len() > 1)),
            ]);
        }
    }
    let mut text = columns.to_string();
    for join in &waiting {
        text.push('\n');
        text.push_str(&describe_waiting(program, join));
    }
    let reply = Reply::new(json).text(text);
    Ok(if waiting.is_empty() { reply } else { reply.note(words.say("device-confirm-next")) })
}

/// What there is to say of a device: of several of one person also who added each.
fn marks_of(program: &Program, view: &DeviceView, has_sisters: bool) -> String {
    let mark = mark_of(program, view);
    if !has_sisters {
        return mark;
    }
    let added = Message::new("device-added-by").with("device", short(&view.added_by.to_string()));
    format!("{} {mark}", program.words.say(added))
}

fn mark_of(program: &Program, view: &DeviceView) -> String {
    let words = &program.words;
    match view {
        DeviceView { is_this: true, .. } => words.say("device-this"),
        DeviceView { is_removed: true, witnesses: 0, .. } => words.say("device-is-removed"),
        DeviceView { is_removed: true, witnesses, .. } => {
            words.say(Message::new("device-is-removed-witnesses").with("count", *witnesses))
        }
        DeviceView { .. } => String::new(),
    }
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

/// One person's devices; several are listed one below the other.
fn person_json(devices: &[DeviceView]) -> Value {
    json!({
        "member": devices.first().map(|view| view.member.to_string()),
        "name": devices.first().and_then(|view| view.name.clone()),
        "devices": devices.iter().map(|view| view.device.to_string()).collect::<Vec<_>>(),
    })
}

pub(super) fn device_json(view: &DeviceView) -> Value {
    json!({
        "device": view.device.to_string(),
        "member": view.member.to_string(),
        "role": view.role.code(),
        "short_role": short_code(view.role),
        "name": view.name,
        "added_by": view.added_by.to_string(),
        "is_this": view.is_this,
        "is_removed": view.is_removed,
        "witnesses": view.witnesses,
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

/// Keeps where the relay is, and who it is.
pub(super) fn relay(program: &Program, arguments: &RelayPlaceArguments) -> Result<Reply, Failure> {
    let RelayPlaceArguments { url, id, reach } = arguments;
    let kept = program.with_fieldbook(|fieldbook| {
        let known = fieldbook.status()?.relay;
        let is_same = known.is_some_and(|known| known == url.trim_end_matches('/'));
        let remembered = fieldbook.relay_way()?;
        // Clear text was allowed to the address that was named with it. An authority may vouch for the next address too.
        let way =
            reach.or_remembered(RelayWay { cleartext: remembered.cleartext && is_same, ..remembered })?;
        Way::of(&way).cleartext.check(url)?;
        let way = way_that_opens(url, way, reach.or_remembered(RelayWay::default())?);
        keep_relay(fieldbook, url, (*id, &way))
    })?;
    let is_wrong = kept.as_ref().is_err_and(is_no_relay);
    let reply = Reply::new(json!({ "relay": url, "answers": kept.is_ok() }));
    let told = tell_kept(program, kept);
    Ok(if is_wrong { reply.note(told).falling_short(Class::Unreachable) } else { reply.text(told) })
}

/// The remembered way, or the given one if only that leads through: a relay that moved may show a certificate of another
/// authority, and who mistypes an address does not lose the authority's file.
fn way_that_opens(url: &str, remembered: RelayWay, given: RelayWay) -> RelayWay {
    let unknown = Err(CarrierFailed::Certificate(CertificateFlaw::UnknownAuthority));
    let try_to = |way: &RelayWay| HttpCarrier::new(Way::of(way)).fetch_identity(url);
    if remembered != given && try_to(&remembered) == unknown && try_to(&given).is_ok() {
        given
    } else {
        remembered
    }
}

/// Whether somebody answers there who is not the relay. Where nobody does, there may be no network yet, or the relay starts.
const fn is_no_relay(failed: &CarrierFailed) -> bool {
    match failed {
        CarrierFailed::Status(code) => !matches!(code, 408 | 429 | 500..),
        CarrierFailed::Certificate(_) | CarrierFailed::NotARelay => true,
        CarrierFailed::Unreachable | CarrierFailed::NoSuchHost | CarrierFailed::Broken => false,
    }
}

/// What to tell about an address that was kept.
pub(super) fn tell_kept(program: &Program, kept: Result<(), CarrierFailed>) -> String {
    match kept {
        Ok(()) => program.words.say("relay-kept"),
        Err(failed) => {
            let why = FieldbookRefused::from(ExchangeRefused::from(failed));
            let why = why.sentence(program.words.language());
            format!("{} {why}", program.words.say("relay-kept-unseen"))
        }
    }
}

/// Keeps an address and the way to it, unless another relay than the one that is meant answers there now. Says whether one
/// answers.
pub(super) fn keep_relay(
    fieldbook: &mut Fieldbook,
    address: &str,
    (id, way): (Option<RelayId>, &RelayWay),
) -> Result<Result<(), CarrierFailed>, Failure> {
    let meant = match id {
        Some(id) => Some(id),
        None => fieldbook.status()?.relay_id,
    };
    let answering = HttpCarrier::new(Way::of(way)).fetch_identity(address);
    if let (Ok(answering), Some(meant)) = (&answering, meant)
        && *answering != meant
    {
        if id.is_some() {
            return Err(Failure::new(
                Class::Unreachable,
                "relay-id-differs",
                &"the typed identity is another one",
            ));
        }
        return Err(FieldbookRefused::from(ExchangeRefused::OtherRelay).into());
    }
    fieldbook.set_relay_by(address, meant.or(answering.clone().ok()), way)?;
    Ok(answering.map(drop))
}

/// Learns who the relay is, if it is not known yet and answers: invites can name no other.
pub(super) fn meet_relay(fieldbook: &mut Fieldbook, reach: &Reach) -> Result<(), Failure> {
    let way = reach.or_remembered(fieldbook.relay_way()?)?;
    let met = fieldbook.meet_relay(&mut HttpCarrier::new(Way::of(&way)));
    drop(met.inspect_err(|refused| tracing::info!(%refused, "the relay's identity is not known yet")));
    Ok(())
}
