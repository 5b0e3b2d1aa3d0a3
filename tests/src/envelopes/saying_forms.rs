//! What our readers say of what is no envelope: heads, receipts, satchels, invites and statements.

use jasaq_fieldbook::model::roles::may;
use jasaq_fieldbook::model::statement::{Fields, Kind, Scalar, Statement};
use jasaq_fieldbook::protocol::bytes::Malformed;
use jasaq_fieldbook::protocol::membership::{InviteCode, InviteRefused, Role, SpaceKind};
use jasaq_fieldbook::protocol::sync::{Head, Receipt, SatchelEffect, SatchelReader, SatchelRefused};
use jasaq_fieldbook::roles::{compartment_of, office_of};
use serde_json::{Value, json};

use super::saying::{Reasons, lines};
use super::{Packed, Spoken};
use crate::hex::to_hex;

pub(super) fn told_to_a_relay(spoken: &Spoken) -> Value {
    json!({ "bytes": to_hex(&spoken.bytes), "relay": to_hex(spoken.relay.as_bytes()) })
}

pub(super) fn told_to_a_device(spoken: &Spoken) -> Value {
    json!({
        "bytes": to_hex(&spoken.bytes),
        "relay": to_hex(spoken.relay.as_bytes()),
        "device": to_hex(spoken.device.as_bytes()),
        "counter": spoken.counter,
    })
}

pub(super) fn head(spoken: &Spoken, reasons: &mut Reasons) -> Value {
    let decoded = Head::decode(&spoken.bytes).inspect_err(|refused| reasons.note("head", refused));
    let head = match decoded {
        Ok(head) => head,
        Err(Malformed::Newer) => return json!({ "verdict": "of a newer version" }),
        Err(_) => return json!({ "verdict": "malformed" }),
    };
    let verified = head.verify(&spoken.relay).inspect_err(|refused| reasons.note("head", refused));
    if verified.is_err() {
        return json!({ "verdict": "malformed" });
    }
    let spaces = head.cursors().iter().map(|cursor| {
        json!([to_hex(cursor.space.as_bytes()), cursor.number, to_hex(cursor.hash.as_bytes())])
    });
    let spaces: Vec<Value> = spaces.collect();
    let device = to_hex(head.device().as_bytes());
    json!({ "verdict": "read", "device": device, "counter": head.counter(), "spaces": spaces })
}

pub(super) fn receipt(spoken: &Spoken, reasons: &mut Reasons) -> Value {
    let decoded = Receipt::decode(&spoken.bytes).inspect_err(|refused| reasons.note("receipt", refused));
    let receipt = match decoded {
        Ok(receipt) => receipt,
        Err(Malformed::Newer) => return json!({ "verdict": "of a newer version" }),
        Err(_) => return json!({ "verdict": "malformed" }),
    };
    let verified = receipt
        .verify(&spoken.relay, &spoken.device, spoken.counter)
        .inspect_err(|refused| reasons.note("receipt", refused));
    match verified {
        Ok(stored) => json!({ "verdict": "read", "heads": lines(stored) }),
        Err(_) => json!({ "verdict": "refused" }),
    }
}

pub(super) fn satchel(packed: &Packed, reasons: &mut Reasons) -> Value {
    let mut reader = SatchelReader::new(packed.roll);
    let (effects, outcome) = reader.take(&packed.bytes);
    let outcome = outcome.inspect_err(|refused| reasons.note("satchel", refused));
    let verdict = match outcome {
        Err(SatchelRefused::Newer) => "of a newer version",
        Err(SatchelRefused::Foreign) => "foreign",
        Err(SatchelRefused::Damaged(_)) => "damaged",
        Err(SatchelRefused::NotOne) => "not a satchel",
        Ok(()) if !reader.is_open() => "not a satchel",
        Ok(()) if effects.contains(&SatchelEffect::Ended) => "whole",
        Ok(()) => "cut",
    };
    let envelopes: Vec<Value> = effects
        .iter()
        .filter_map(|effect| match effect {
            SatchelEffect::Arrived(arrived) => {
                let (place, wire) = (arrived.place, to_hex(&arrived.wire));
                let (space, journal) = (to_hex(place.space.as_bytes()), to_hex(place.journal.as_bytes()));
                Some(json!([space, journal, place.sequence.number(), wire]))
            }
            SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
        })
        .collect();
    json!({ "verdict": verdict, "envelopes": envelopes })
}

pub(super) fn invite(code: &str, reasons: &mut Reasons) -> Value {
    let read = InviteCode::from_text(code).inspect_err(|refused| reasons.note("invite", refused));
    let code = match read {
        Ok(code) => code,
        Err(InviteRefused::Form) => return json!({ "verdict": "not an invite" }),
        Err(InviteRefused::Damaged) => return json!({ "verdict": "a mistake" }),
        Err(InviteRefused::Newer) => return json!({ "verdict": "of a newer version" }),
        Err(of_words) => return json!({ "verdict": of_words.to_string() }),
    };
    let relay = code.relay.as_ref();
    json!({
        "verdict": "read",
        "root": to_hex(code.root.as_bytes()),
        "roll": to_hex(code.roll.as_bytes()),
        "inviter": to_hex(code.inviter.as_bytes()),
        "secret": to_hex(code.secret.to_secret_bytes().as_ref()),
        "role": code.role.number(),
        "relay": relay.map(|(_, relay)| to_hex(relay.as_bytes())),
        "address": relay.map(|(address, _)| address),
    })
}

/// Fields, each with its sort.
pub(super) fn fields(fields: &Fields) -> Value {
    let sorted = fields.iter().map(|(key, value)| {
        let value = match value {
            Scalar::Text(text) => json!(["text", text]),
            Scalar::Int(int) => json!(["int", int]),
            Scalar::Bytes(bytes) => json!(["bytes", to_hex(bytes)]),
            Scalar::Flag(flag) => json!(["flag", flag]),
        };
        (key.to_owned(), value)
    });
    Value::Object(sorted.collect())
}

pub(super) fn statement(fields: &Fields, reasons: &mut Reasons) -> Value {
    let read = Statement::from_fields(fields).inspect_err(|refused| reasons.note("statement", refused));
    match read {
        Ok(statement) => json!({ "verdict": "shown", "makers": makers(statement.kind()) }),
        Err(_) => json!({ "verdict": "set aside" }),
    }
}

/// In which kinds of spaces this kind may be made, and by which roles there, by their numbers.
fn makers(kind: Kind) -> Vec<[u64; 2]> {
    let mut makers = Vec::new();
    for (space, compartment) in (0..).zip(SpaceKind::ALL.map(compartment_of)) {
        let Some(compartment) = compartment else { continue };
        let may = Role::ALL
            .into_iter()
            .filter(|role| may(office_of(*role), kind, compartment).is_ok());
        makers.extend(may.map(|role| [space, role.number().into()]));
    }
    makers
}
