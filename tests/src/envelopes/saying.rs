//! What our reader says of an envelope, in the words of `core/docs/wire-format.md`, as JSON.
//!
//! It goes through the public doors alone, so that it follows them wherever they go.

use jasaq_fieldbook::protocol::bytes::Malformed;
use jasaq_fieldbook::protocol::ids::InviteKey;
use jasaq_fieldbook::protocol::journal::{Placed, Waiting, place};
use jasaq_fieldbook::protocol::membership::{Operation, OperationRefused, operation_id};
use jasaq_fieldbook::protocol::seal::{
    EnvelopeRefused, EpochKey, InflateRefused, Link, OpenRefused, SectionKind, VerifiedEnvelope, WireEnvelope,
};
use jasaq_fieldbook::protocol::sync::Ack;
use minicbor::data::Type;
use serde_json::{Value, json};

use super::Case;
use crate::hex::to_hex;

/// One line for the other reader: what it is told, and what we say.
#[must_use]
pub fn say(number: u64, case: &Case) -> Value {
    let Case { made, place, wire, held, secret } = case;
    json!({
        "n": number,
        "made": made,
        "space": to_hex(place.space.as_bytes()),
        "journal": to_hex(place.journal.as_bytes()),
        "sequence": place.sequence.number(),
        "wire": to_hex(wire),
        "held": {
            "device": held.signer.map(|device| to_hex(device.as_bytes())),
            "before": held.previous.map(|hash| to_hex(hash.as_bytes())),
            "here": held.here.map(|hash| to_hex(hash.as_bytes())),
        },
        "secret": secret.map(|secret| to_hex(&secret)),
        "says": verdict(case),
    })
}

fn verdict(case: &Case) -> Value {
    let wire = match WireEnvelope::decode(&case.wire) {
        Ok(wire) => wire,
        Err(Malformed::Newer) => return json!({ "verdict": "of a newer version" }),
        Err(_) => return json!({ "verdict": "not an envelope" }),
    };
    let (word, envelope) = match place(wire, case.place, &case.held) {
        Err(EnvelopeRefused::Malformed(_)) => ("not an envelope", None),
        Err(EnvelopeRefused::Journal) => ("another device's journal", None),
        Err(EnvelopeRefused::Signature(_)) => ("bad signature", None),
        Ok(Placed::Waiting(Waiting::First)) => ("waits for the first", None),
        Ok(Placed::Waiting(Waiting::Previous)) => ("waits for the one before", None),
        Ok(Placed::Known) => ("known", None),
        Ok(Placed::New(envelope)) => ("continues", Some(envelope)),
        Ok(Placed::Fork(envelope)) => ("fork", Some(envelope)),
    };
    let mut said = json!({ "verdict": word });
    if let Some(envelope) = envelope {
        describe(&mut said, &envelope, case.secret);
    }
    said
}

fn describe(said: &mut Value, envelope: &VerifiedEnvelope, secret: Option<[u8; 32]>) {
    let header = envelope.header();
    let link = match header.link() {
        Link::First(device) => to_hex(device.as_bytes()),
        Link::After(hash) => to_hex(hash.as_bytes()),
    };
    said["hash"] = to_hex(envelope.hash().as_bytes()).into();
    said["signer"] = to_hex(envelope.signer().as_bytes()).into();
    said["link"] = link.into();
    said["epoch"] = header.epoch().map(|epoch| to_hex(epoch.as_bytes())).into();
    let mut sections: Vec<Value> = header.kinds().map(|kind| json!({ "kind": kind.byte() })).collect();
    let (mut operations, mut acks) = (Vec::new(), Vec::new());
    for (index, kind, content) in envelope.readable() {
        sections[index]["content"] = to_hex(content).into();
        match kind {
            SectionKind::Operation => operations.push(operation(envelope, index, content)),
            SectionKind::Ack => acks.push(json!({ "index": index, "ack": ack(content) })),
            _ => {}
        }
    }
    said["sections"] = sections.into();
    said["operations"] = operations.into();
    said["acks"] = acks.into();
    if let Some(secret) = secret {
        said["opened"] = opened(envelope, &EpochKey::from_secret_bytes(secret));
    }
}

fn operation(envelope: &VerifiedEnvelope, index: usize, content: &[u8]) -> Value {
    let id = to_hex(operation_id(&envelope.hash(), index).as_bytes());
    let read = Operation::decode(content);
    let reading = match &read {
        Ok(_) => "known",
        Err(OperationRefused::Unknown) => "unknown",
        Err(OperationRefused::Form(_) | OperationRefused::Field) => "refused",
    };
    let mut said = json!({ "index": index, "id": id, "reading": reading });
    if let Ok(operation) = &read {
        said["operation"] = item(&mut minicbor::Decoder::new(&operation.encode()));
    }
    if let Ok(Operation::Join(join)) = &read {
        let key = InviteKey::from_bytes(*envelope.signer().as_bytes());
        said["proven"] = join.check(&key).is_ok().into();
        said["words"] = join.words(&key).to_string().into();
    }
    said
}

/// One CBOR item of our own writing as JSON.
fn item(decoder: &mut minicbor::Decoder<'_>) -> Value {
    match decoder.datatype().unwrap() {
        Type::Array => {
            let count = decoder.array().unwrap().expect("our arrays have definite lengths");
            (0..count).map(|_| item(decoder)).collect()
        }
        Type::Bytes => to_hex(decoder.bytes().unwrap()).into(),
        Type::Null => {
            decoder.null().unwrap();
            Value::Null
        }
        _ => decoder.i64().unwrap().into(),
    }
}

fn ack(content: &[u8]) -> Option<Value> {
    let Ack { heads, frontier, documents } = Ack::decode(content).ok()?;
    let heads: Vec<Value> = heads
        .iter()
        .map(|(journal, head)| {
            json!([to_hex(journal.as_bytes()), head.sequence.number(), to_hex(head.hash.as_bytes())])
        })
        .collect();
    Some(json!({ "frontier": to_hex(&frontier), "documents": to_hex(&documents), "heads": heads }))
}

fn opened(envelope: &VerifiedEnvelope, key: &EpochKey) -> Value {
    let verdict = match envelope.header().epoch() {
        None => "nothing sealed",
        Some(epoch) if epoch != key.public().id() => "another key",
        Some(_) => match envelope.open(key) {
            Ok(changes) => {
                let changes: Vec<Value> = changes
                    .iter()
                    .map(|change| {
                        let document = to_hex(change.document.as_bytes());
                        json!({ "index": change.index, "document": document, "change": to_hex(&change.change) })
                    })
                    .collect();
                return json!({ "verdict": "opened", "changes": changes });
            }
            Err(OpenRefused::Content(InflateRefused::Method)) => "newer",
            Err(OpenRefused::Key(_) | OpenRefused::Content(_)) => "refused",
        },
    };
    json!({ "verdict": verdict })
}
