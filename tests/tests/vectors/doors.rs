//! The doors: each line of `refused.txt` is shown to the one that its name begins with, and must be refused there for its
//! reason.

use jasaq_fieldbook::fuzzing::read_change;
use jasaq_fieldbook::model::statement::{Scalar, Statement};
use jasaq_fieldbook::protocol::bytes::Malformed;
use jasaq_fieldbook::protocol::ids::{EpochId, InviteKey};
use jasaq_fieldbook::protocol::journal::{Neighbours, Placed, place};
use jasaq_fieldbook::protocol::membership::{
    InviteCode, InviteRefused, Misheard, Operation, OperationRefused, Sheet, SheetRefused,
};
use jasaq_fieldbook::protocol::seal::{EnvelopeRefused, EpochKey, OpenRefused, WireEnvelope};
use jasaq_fieldbook::protocol::sync::{
    Ack, Contact, ContactBroken, Event, Frame, FrameWriter, Head, Receipt, SatchelReader, SatchelRefused,
};

use super::pages;
use super::patrols::Patrols;
use super::refused::elsewhere;
use super::register;
use super::world::World;

/// Shows one line to its door, and looks for the refusal.
pub fn check(world: &World, patrols: &Patrols, name: &str, bytes: &[u8]) {
    let (door, flaw) = name.split_once('.').unwrap();
    let refused = match door {
        "wire" => {
            let refused = WireEnvelope::decode(bytes);
            refused.is_err_and(|refused| (refused == Malformed::Newer) == (flaw == "version"))
        }
        "place" => refused_at_its_place(patrols, flaw, bytes),
        "open" => does_not_open(world, flaw, bytes),
        "operation" => operation_refused(flaw, bytes),
        "join" => join_refused(world, bytes),
        "ack" => {
            Ack::decode(bytes).is_err_and(|refused| (refused == Malformed::Newer) == (flaw == "version"))
        }
        "head" => match Head::decode(bytes) {
            Err(refused) => refused == if flaw == "version" { Malformed::Newer } else { Malformed::Value },
            Ok(head) => head.verify(&world.relay_id()).is_err(),
        },
        "receipt" => match Receipt::decode(bytes) {
            Err(refused) => refused == Malformed::Newer,
            Ok(receipt) => receipt.verify(&world.relay_id(), &world.head.id(), pages::COUNTER).is_err(),
        },
        "frames" => {
            let mut contact = Contact::new(world.relay_id(), &pages::head(world));
            let mut receipt = FrameWriter::new();
            receipt.frame(&Frame::Receipt(pages::receipt(world, patrols)));
            assert_eq!(contact.handle(Event::Bytes(&receipt.take())).1, Ok(()), "an answer begins well");
            let (effects, outcome) = contact.handle(Event::Bytes(bytes));
            let came = effects.len() == 1 || flaw != "past_last";
            came && matches!(outcome, Err(ContactBroken::Garbage(_)))
        }
        "satchel" => {
            let refused = SatchelReader::new(world.territory).take(bytes).1.unwrap_err();
            let due = match flaw {
                "newer" => SatchelRefused::Newer,
                "foreign" => SatchelRefused::Foreign,
                "after_end" => SatchelRefused::Damaged(Malformed::TooLong),
                _ => SatchelRefused::NotOne,
            };
            refused == due
        }
        "code" => {
            let due = match flaw {
                "form" | "prefix" => InviteRefused::Form,
                "newer" | "newer_short" | "newer_role" => InviteRefused::Newer,
                _ => InviteRefused::Damaged,
            };
            InviteCode::from_text(std::str::from_utf8(bytes).unwrap()).err() == Some(due)
        }
        "sheet" => {
            let read = Sheet::from_text(std::str::from_utf8(bytes).unwrap()).unwrap_err();
            match flaw {
                "newer" | "purpose" => read == SheetRefused::Newer,
                "line" => matches!(read, SheetRefused::Words(Misheard::Line { line: 1, .. })),
                "lines_turned" => matches!(read, SheetRefused::Words(Misheard::Line { line: 5, .. })),
                "word_missing" => read == SheetRefused::Words(Misheard::LineCount { line: 6, found: 4 }),
                _ => read == SheetRefused::Damaged,
            }
        }
        "statement" => is_set_aside(world, flaw, bytes),
        // A fieldbook is asked about changes, in a test of its own.
        "change" => true,
        _ => false,
    };
    assert!(refused, "{name} was not refused, or not for its reason");
}

/// The change is taken, and its statement is not.
fn is_set_aside(world: &World, flaw: &str, bytes: &[u8]) -> bool {
    let stated = read_change(bytes, &register::journal(world)).unwrap();
    let [(_, fields)] = stated.as_slice() else { panic!("one statement each") };
    let (kind, _) = flaw.split_once('.').unwrap();
    assert_eq!(fields.get("kind"), Some(&Scalar::Text(kind.to_owned())), "{flaw} is of its kind");
    Statement::from_fields(fields).is_err()
}

fn refused_at_its_place(patrols: &Patrols, flaw: &str, bytes: &[u8]) -> bool {
    let at = patrols.head.envelopes[0].place();
    let wire = WireEnvelope::decode(bytes).unwrap();
    let refused = place(wire, at, &Neighbours::default());
    let due = |refused: &EnvelopeRefused| match flaw {
        "no_link" => matches!(refused, EnvelopeRefused::Malformed(_)),
        "stranger" => matches!(refused, EnvelopeRefused::Journal),
        _ => matches!(refused, EnvelopeRefused::Signature(_)),
    };
    refused.as_ref().is_err_and(due)
}

fn does_not_open(world: &World, flaw: &str, bytes: &[u8]) -> bool {
    let wire = WireEnvelope::decode(bytes).unwrap();
    let Ok(Placed::New(envelope)) = place(wire, elsewhere(world), &Neighbours::default()) else {
        return false;
    };
    match envelope.open(&world.epoch) {
        Err(OpenRefused::Key(_)) => matches!(flaw, "moved" | "tag"),
        Err(OpenRefused::Content(refused)) => {
            // A device keeps the one for a renewed program, and never reads the others.
            !matches!(flaw, "moved" | "tag") && refused.to_string().contains("method") == (flaw == "method")
        }
        Ok(_) => false,
    }
}

fn operation_refused(flaw: &str, bytes: &[u8]) -> bool {
    let due = match flaw {
        "seat" | "head_of_office" | "territory" | "no_epoch" | "role_of_office" | "cut_heads"
        | "cut_parts" | "replaces" | "heads" | "lack" | "heads_journal" | "admit_journal" | "admit_keys"
        | "key_empty" | "key_long" | "sections" | "attachments" | "erase_no_document" | "erased_none"
        | "erased_many" | "index" => OperationRefused::Field,
        "index_unknown" | "kind" | "no_kind" | "three" | "no_field" | "short" | "role" | "wrap"
        | "season" | "unknown_first" => OperationRefused::Unknown,
        _ => return matches!(Operation::decode(bytes), Err(OperationRefused::Form(_))),
    };
    Operation::decode(bytes) == Err(due)
}

fn join_refused(world: &World, bytes: &[u8]) -> bool {
    let Ok(Operation::Join(join)) = Operation::decode(bytes) else { return false };
    join.check(&InviteKey::from_bytes(world.invites[1].verifying_bytes())).is_err()
}

/// What is sealed for one place or epoch opens with no other key, and nowhere else.
pub fn check_keys(world: &World, patrols: &Patrols) {
    let [first, ..] = patrols.head.envelopes.as_slice() else { return };
    assert!(matches!(first.open(&world.first_epoch), Err(OpenRefused::Key(_))));
    let joined = world.operations.iter().find_map(|(_, operation)| match operation {
        Operation::Wrap { key, .. } => Some(key),
        _ => None,
    });
    let (key, epoch) = (joined.unwrap(), world.first_epoch.public().id());
    assert!(EpochKey::unwrap_for_device(key, world.patrols, epoch, &world.head).is_ok());
    assert!(EpochKey::unwrap_for_device(key, world.squad, epoch, &world.head).is_err(), "another space");
    let other = EpochId::from_bytes([0; 8]);
    assert!(EpochKey::unwrap_for_device(key, world.patrols, other, &world.head).is_err(), "another epoch");
    assert!(EpochKey::unwrap_for_device(key, world.patrols, epoch, &world.ss).is_err(), "another device");
    let moved = place(first.to_wire(true), patrols.head.next().place, &Neighbours::default());
    assert!(!matches!(moved, Ok(Placed::New(_))), "another place");
}
