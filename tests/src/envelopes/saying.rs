//! What our reader says of an envelope, in the words of `core/docs/wire-format.md`, as JSON.
//!
//! It goes through the public doors alone, so that it follows them wherever they go.

use jasaq_fieldbook::protocol::bytes::Malformed;
use jasaq_fieldbook::protocol::ids::{InviteKey, JournalId};
use jasaq_fieldbook::protocol::journal::{Frontier, Head, Placed, Waiting, place};
use jasaq_fieldbook::protocol::membership::{Operation, OperationRefused, operation_id};
use jasaq_fieldbook::protocol::seal::{
    EnvelopeRefused, EpochKey, InflateRefused, Link, OpenRefused, SectionKind, VerifiedEnvelope, WireEnvelope,
};
use jasaq_fieldbook::protocol::sync::Ack;
use serde_json::{Value, json};

use super::item::Item;
use super::{Case, Form, Line, saying_forms};
use crate::hex::to_hex;

/// One line for the other reader: what it is told, what we say, and why.
#[must_use]
pub fn say(number: u64, line: &Line) -> Value {
    let mut reasons = Reasons::default();
    let (form, mut told, says) = match &line.form {
        Form::Envelope(case) => ("envelope", told(case), verdict(case, &mut reasons)),
        Form::Head(spoken) => {
            ("head", saying_forms::told_to_a_relay(spoken), saying_forms::head(spoken, &mut reasons))
        }
        Form::Receipt(spoken) => {
            ("receipt", saying_forms::told_to_a_device(spoken), saying_forms::receipt(spoken, &mut reasons))
        }
        Form::Satchel(packed) => {
            let told = json!({ "bytes": to_hex(&packed.bytes), "roll": to_hex(packed.roll.as_bytes()) });
            ("satchel", told, saying_forms::satchel(packed, &mut reasons))
        }
        Form::Invite(code) => ("invite", json!({ "code": code }), saying_forms::invite(code, &mut reasons)),
        Form::Statement(fields) => {
            let told = json!({ "fields": saying_forms::fields(fields) });
            ("statement", told, saying_forms::statement(fields, &mut reasons))
        }
    };
    told["n"] = number.into();
    told["form"] = form.into();
    told["made"] = line.made.clone().into();
    told["says"] = says;
    told["reasons"] = reasons.0.into();
    told
}

/// Why our reader did not take something: the door, and the names of its refusal.
#[derive(Default)]
pub(super) struct Reasons(Vec<String>);

impl Reasons {
    /// Of a refusal the names alone, without the fields and numbers in it.
    pub(super) fn note(&mut self, door: &str, refused: &impl std::fmt::Debug) {
        let text = format!("{refused:?}");
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        let names: Vec<&str> = words.filter(|word| word.starts_with(char::is_uppercase)).collect();
        self.0.push(format!("{door}: {}", names.join(" ")));
    }
}

fn told(case: &Case) -> Value {
    let Case { made: _, place, wire, held, secret } = case;
    json!({
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
    })
}

fn verdict(case: &Case, reasons: &mut Reasons) -> Value {
    let decoded = WireEnvelope::decode(&case.wire).inspect_err(|refused| reasons.note("envelope", refused));
    let digest = to_hex(&WireEnvelope::running_digest(&case.wire));
    let wire = match decoded {
        Ok(wire) => wire,
        Err(Malformed::Newer) => return json!({ "verdict": "of a newer version", "digest": digest }),
        Err(_) => return json!({ "verdict": "not an envelope", "digest": digest }),
    };
    let placed = place(wire, case.place, &case.held).inspect_err(|refused| reasons.note("place", refused));
    let (word, envelope) = match placed {
        Err(EnvelopeRefused::Malformed(_)) => ("not an envelope", None),
        Err(EnvelopeRefused::Journal) => ("another device's journal", None),
        Err(EnvelopeRefused::Signature(_)) => ("bad signature", None),
        Ok(Placed::Waiting(Waiting::First)) => ("waits for the first", None),
        Ok(Placed::Waiting(Waiting::Previous)) => ("waits for the one before", None),
        Ok(Placed::Known(_)) => ("known", None),
        Ok(Placed::New(envelope)) => ("continues", Some(envelope)),
        Ok(Placed::Fork(envelope)) => ("fork", Some(envelope)),
    };
    let mut said = json!({ "verdict": word, "digest": digest });
    if let Some(envelope) = envelope {
        describe(&mut said, &envelope, case.secret, reasons);
    }
    said
}

fn describe(said: &mut Value, envelope: &VerifiedEnvelope, secret: Option<[u8; 32]>, reasons: &mut Reasons) {
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
    for index in envelope.erased().iter() {
        sections[index]["erased"] = true.into();
    }
    let (mut operations, mut acks) = (Vec::new(), Vec::new());
    for (index, kind, content) in envelope.readable() {
        sections[index]["content"] = to_hex(content).into();
        match kind {
            SectionKind::Operation => operations.push(operation(envelope, (index, content), reasons)),
            SectionKind::Ack => acks.push(json!({ "index": index, "ack": ack(content, reasons) })),
            _ => {}
        }
    }
    said["sections"] = sections.into();
    said["operations"] = operations.into();
    said["acks"] = acks.into();
    if let Some(secret) = secret {
        said["opened"] = opened(envelope, &EpochKey::from_secret_bytes(&secret), reasons);
    }
}

fn operation(envelope: &VerifiedEnvelope, (index, content): (usize, &[u8]), reasons: &mut Reasons) -> Value {
    let id = to_hex(operation_id(&envelope.hash(), index).as_bytes());
    let read = Operation::decode(content).inspect_err(|refused| reasons.note("operation", refused));
    let reading = match &read {
        Ok(_) => "known",
        Err(OperationRefused::Unknown) => "unknown",
        Err(OperationRefused::Form(_) | OperationRefused::Field) => "refused",
    };
    let mut said = json!({ "index": index, "id": id, "reading": reading });
    if let Ok(operation) = &read {
        said["operation"] = Item::of(&operation.encode()).to_json();
    }
    if let Ok(Operation::Join(join)) = &read {
        let key = InviteKey::from_bytes(*envelope.signer().as_bytes());
        let proven = join.check(&key).inspect_err(|refused| reasons.note("join", refused));
        said["proven"] = proven.is_ok().into();
        said["words"] = join.words(&key).to_string().into();
    }
    said
}

fn ack(content: &[u8], reasons: &mut Reasons) -> Option<Value> {
    let decoded = Ack::decode(content).inspect_err(|refused| reasons.note("ack", refused));
    let Ack { heads, frontier, documents } = decoded.ok()?;
    let heads = lines(&heads);
    Some(json!({ "frontier": to_hex(&frontier), "documents": to_hex(&documents), "heads": heads }))
}

/// A frontier, a line for each journal.
pub(super) fn lines(frontier: &Frontier) -> Vec<Value> {
    let line = |(journal, head): (JournalId, Head)| {
        json!([to_hex(journal.as_bytes()), head.sequence.number(), to_hex(head.hash.as_bytes())])
    };
    frontier.iter().map(line).collect()
}

fn opened(envelope: &VerifiedEnvelope, key: &EpochKey, reasons: &mut Reasons) -> Value {
    let verdict = match envelope.header().epoch() {
        None => "nothing sealed",
        Some(epoch) if epoch != key.public().id() => "another key",
        Some(_) => match envelope.open(key).inspect_err(|refused| reasons.note("open", refused)) {
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
