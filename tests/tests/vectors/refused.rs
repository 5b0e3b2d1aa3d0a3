//! What must be refused, and why: one flaw each, in bytes that are otherwise good.
//!
//! A name begins with the door at which it is refused: `wire` at reading an envelope, `place` at putting it into its
//! journal, `open` at opening it, `change`, `operation`, `join`, `ack`, `frames`, `head`, `receipt`, `code`, `sheet`,
//! `satchel`.

use automerge::ExpandedChange;
use jasaq_fieldbook::protocol::bytes::Malformed;
use jasaq_fieldbook::protocol::ids::{EpochId, InviteKey, Place};
use jasaq_fieldbook::protocol::journal::{Neighbours, Placed, place};
use jasaq_fieldbook::protocol::membership::{
    InviteCode, InviteRefused, Operation, OperationRefused, Sheet, SheetRefused, split_into_sheets,
};
use jasaq_fieldbook::protocol::seal::{EnvelopeRefused, EpochKey, OpenRefused, WireEnvelope};
use jasaq_fieldbook::protocol::sync::{Ack, Contact, Event, Head, Receipt, SatchelReader, SatchelRefused};

use super::book::Page;
use super::by_hand;
use super::changes::{actor, altered, deflated, entry, hash_of, write};
use super::pages;
use super::patrols::{PATROL, Patrols, key_of};
use super::world::{Journal, World, chance};

/// The journal that the refused changes stand in.
pub fn journal(world: &World) -> Journal {
    Journal::new(world.patrols, world.head.signing(), 0xa9)
}

/// The change of that journal to which nothing was done.
pub fn honest(world: &World) -> Vec<u8> {
    let journal = journal(world);
    write(&[], &actor(&journal.id, 1), &[(key_of(&journal.id, 1), entry("тұман", 2))])
}

/// Everything that must be refused.
pub fn page(world: &World, patrols: &Patrols) -> Page {
    let mut page = Page::new(
        "refused.txt",
        "What a reader must refuse. The part of a name before the dot is the door at which it is refused.\n\
         `place` stands where `first` of envelopes.txt does, `open` at sequence 1 of open.journal, `change` in change.journal.",
    );
    envelopes(&mut page, patrols);
    sealed(&mut page, world, patrols);
    changes(&mut page, world);
    operations(&mut page, world);
    exchange(&mut page, world, patrols);
    texts(&mut page, world);
    page
}

/// The bytes with one of them changed.
fn with(bytes: &[u8], at: usize, byte: u8) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    changed[at] = byte;
    changed
}

fn longer(bytes: &[u8]) -> Vec<u8> {
    [bytes, &[0]].concat()
}

fn envelopes(page: &mut Page, patrols: &Patrols) {
    let wire = patrols.head.envelopes[0].to_wire(true).encode();
    // Flags 1, signature 64, link 32, epoch 8, encapsulation 32: the count stands at 137.
    page.note("wire.version", with(&wire, 0, wire[0] | 0x10), "version 1");
    page.note("wire.flag", with(&wire, 0, wire[0] | 4), "a flag that is not known");
    page.note("wire.not_sealed", with(&wire, 0, wire[0] & !1), "a sealed section, and not flagged as sealed");
    page.note("wire.no_sections", with(&wire, 137, 0), "no section");
    page.note("wire.many_sections", with(&wire, 137, 17), "17 sections");
    page.note("wire.cut", &wire[..wire.len() - 1], "the last byte is missing");
    page.note("wire.longer", longer(&wire), "a byte behind the last section");
    page.note(
        "wire.too_long",
        [[2].as_slice(), &[0; 96], &[1, 2, 0x0f, 0x9c], &[0; 3_996]].concat(),
        "4,097 bytes, the link among them",
    );
    page.note(
        "wire.no_room_for_link",
        [[0].as_slice(), &[0; 64], &[1, 2, 0x0f, 0x9c], &[0; 3_996]].concat(),
        "4,065 bytes without the link: too long with it",
    );
    let last = wire.len() - 1;
    page.note("place.signature", with(&wire, 1, wire[1] ^ 1), "first, with another signature");
    page.note(
        "place.content",
        with(&wire, last, wire[last] ^ 1),
        "first, with another byte in its last section",
    );
    page.note(
        "place.section_kind",
        with(&wire, 138, 0x03),
        "first, its ack named as a section of an unknown kind",
    );
    let without_link = [&[wire[0] & !2], &wire[1..65], &wire[97..]].concat();
    page.note("place.no_link", without_link, "first, without its link");
    page.note("place.stranger", with(&wire, 65, wire[65] ^ 1), "first, naming another device");
}

/// The journal that a section is moved to.
fn elsewhere(world: &World) -> Place {
    let journal = Journal::new(world.patrols, world.head.signing(), 0xac);
    journal.next().place
}

/// The first envelope's wire form with a signature that is good in another journal: whoever copies sections can sign them.
fn moved(world: &World, patrols: &Patrols) -> Vec<u8> {
    let wire = patrols.head.envelopes[0].to_wire(true).encode();
    by_hand::sign(&elsewhere(world), world.head.signing(), &wire)
}

/// Envelopes that verify and do not open.
fn sealed(page: &mut Page, world: &World, patrols: &Patrols) {
    page.note("open.moved", moved(world, patrols), "the sections of first, signed again in another journal");
    let (at, epoch, signer) = (elsewhere(world), world.epoch.public(), world.head.signing());
    let content = [PATROL.as_bytes().as_slice(), &honest(world)].concat();
    let mut note =
        |name, content: &[u8], comment| page.note(name, by_hand::seal(&at, &epoch, signer, content), comment);
    note("open.method", &[&[9], content.as_slice()].concat(), "compressed by method 9, of a newer program");
    note("open.nothing", &[], "a content without its method");
    note("open.no_document", &[&[0], &content[..15]].concat(), "15 bytes, where a document's id has 16");
    let frame = |content: &[u8]| zstd::bulk::compress(content, 19).unwrap().split_off(4);
    note("open.bomb", &[&[1], frame(&vec![0; 32_769]).as_slice()].concat(), "inflates to 32,769 bytes");
    let one = frame(&content);
    let two = [&[1], one.as_slice(), &[0x28, 0xb5, 0x2f, 0xfd], &one].concat();
    note("open.two_frames", &two, "two zstd frames, one behind the other");
    note("open.behind_frame", &[&[1], one.as_slice(), &[0]].concat(), "a byte behind the zstd frame");
    note("open.cut_frame", &[&[1], &one[..one.len() - 1]].concat(), "the zstd frame lacks its last byte");
    note(
        "open.with_magic",
        &[&[1, 0x28, 0xb5, 0x2f, 0xfd], one.as_slice()].concat(),
        "a zstd frame with its magic number",
    );
    let length = u16::try_from(content.len() << 3 | 1).unwrap().to_le_bytes();
    let wide = [&[1, 0, 0x69], length.as_slice(), &[0], &content].concat();
    note("open.window", &wide, "a zstd frame of one raw block whose window is 9 MiB");
    let broken = by_hand::seal_with_broken_tag(&at, &epoch, signer, &[&[0], content.as_slice()].concat());
    page.note("open.tag", broken, "the tag of the sealed section is another; all else is signed and good");
}

fn changes(page: &mut Page, world: &World) {
    let (good, journal) = (honest(world), journal(world));
    let mut note =
        |name: &str, bytes: Vec<u8>, comment: &str| page.note(&format!("change.{name}"), bytes, comment);
    note("deflated", deflated_long(&journal), "a chunk of type 2");
    note("longer", longer(&good), "a byte behind the chunk");
    note("checksum", with(&good, 4, good[4] ^ 1), "the checksum is another");
    note("empty", Vec::new(), "no chunk at all");
    let alter = |alter: fn(&mut ExpandedChange)| altered(&good, alter);
    note("message", alter(|change| change.message = Some("fog".into())), "a message");
    note("time", alter(|change| change.time = 1), "a time that is not 0");
    note("extra", alter(|change| change.extra_bytes = vec![1]), "bytes behind the columns");
    note("sequence", alter(|change| change.seq = 2), "numbered second where it is the first");
    note("nothing", alter(|change| change.operations.clear()), "no operation");
    note("insert", alter(|change| change.operations[0].insert = true), "an insertion");
    note("repeated", alter(|change| change.operations[2] = change.operations[1].clone()), "a field twice");
    let dependent = |change: &mut ExpandedChange| change.deps = vec![automerge::ChangeHash([7; 32])];
    note("gap", altered(&good, dependent), "depends on a change that was not before it");
    let two = |change: &mut ExpandedChange| {
        change.deps = [7, 8].map(|byte| automerge::ChangeHash([byte; 32])).to_vec();
    };
    note("dependencies", altered(&good, two), "depends on two changes");
    let other = actor(&Journal::new(world.patrols, world.ss.signing(), 0xa9).id, 1);
    note(
        "actor",
        write(&[], &other, &[(key_of(&journal.id, 1), entry("тұман", 2))]),
        "another journal's actor",
    );
    note(
        "key",
        write(&[], &actor(&journal.id, 1), &[("a b".to_owned(), entry("тұман", 2))]),
        "a key with a space",
    );
    let name = |change: &mut ExpandedChange| {
        change.operations[1].key = automerge::legacy::Key::Map("k".repeat(65).into());
    };
    note("field_key", altered(&good, name), "a field's key of 65 bytes");
    assert_eq!(hash_of(&good)[..4], good[4..8], "the checksum is the beginning of the hash");
}

fn deflated_long(journal: &Journal) -> Vec<u8> {
    let long = "жел күшейді; ".repeat(60);
    deflated(&write(&[], &actor(&journal.id, 1), &[(key_of(&journal.id, 1), entry(&long, 2))]))
}

fn operations(page: &mut Page, world: &World) {
    let encoded = |wanted: &str| {
        let found = world.operations.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, operation)| operation.encode()).unwrap()
    };
    let found = encoded("found");
    page.note("operation.longer", longer(&found), "a byte behind the operation");
    page.note("operation.cut", &found[..found.len() - 1], "the last byte is missing");
    let (long, found_fields) = (&[0x82, 0x18, 0x00], &found[2..]);
    page.note("operation.long_integer", [long, found_fields].concat(), "kind 0 in two bytes");
    let long = [&found[..3], &[0x59, 0, 32], &found[5..]].concat();
    page.note("operation.long_length", long, "the length 32 in two bytes");
    page.note(
        "operation.indefinite",
        [&[0x9f], &found[1..], &[0xff]].concat(),
        "an array of indefinite length",
    );
    let null = [&[0x82, 0x00, 0x82], &found[3..], &[0xf6]].concat();
    page.note("operation.null_at_end", null, "a last field that is null: it is left off");
    page.note("operation.map", [0x82, 0x17, 0xa0], "a map, of whatever kind");
    page.note("operation.kind", with(&found, 1, 0x17), "kind 23, of a newer program");
    page.note("operation.key", [&[0x82, 0x00, 0x81, 0x58, 0x1f], &found[6..]].concat(), "a key of 31 bytes");
    let invite = encoded("invite_squad");
    let role = invite.len() - 9 - 1 - 1;
    page.note("operation.seat", with(&invite, role, 0x02), "an SS console without an office");
    page.note("operation.role", with(&invite, role, 0x08), "role 8, of a newer program");
    let wrap = encoded("wrap");
    let length = wrap.len() - 80 - 1;
    let short = [&wrap[..length], &[79], &wrap[length + 1..wrap.len() - 1]].concat();
    page.note("operation.wrap", short, "a sealed key of 79 bytes");
    let join = encoded("join");
    page.note(
        "join.proof",
        with(&join, join.len() - 1, join[join.len() - 1] ^ 1),
        "another proof: reads, and does not count",
    );
}

fn exchange(page: &mut Page, world: &World, patrols: &Patrols) {
    let ack = patrols.ack.encode();
    page.note("ack.version", with(&ack, 0, 1), "version 1");
    page.note("ack.longer", longer(&ack), "a byte behind the last head");
    let twice = &ack[35..];
    page.note("ack.order", [&ack[..33], &[0, 2], twice, twice].concat(), "the same journal twice");
    let (head, receipt) = (pages::head(world).encode(), pages::receipt(world, patrols).encode());
    page.note("head.version", with(&head, 3, 1), "version 1");
    page.note("head.twice", twice_listed(&head), "its first space twice");
    page.note("head.unsorted", unsorted(&head), "its first two spaces the other way round");
    page.note("head.counter", with(&head, 43, head[43] ^ 1), "another counter than was signed");
    page.note("receipt.version", with(&receipt, 3, 1), "version 1");
    page.note("receipt.counter", with(&receipt, 43, receipt[43] ^ 1), "another counter than was asked with");
    page.note("frames.end", [8, 0, 1, 2], "an end that says neither yes nor no");
    page.note("frames.too_long", [200, 0xa0, 0x01], "40,961 bytes announced");
    page.note(
        "frames.envelope",
        [&[3, 0x10, 0x01], [0; 4_097].as_slice()].concat(),
        "an envelope of 4,097 bytes",
    );
    page.note("frames.sequence", [&[2, 0, 40], [0; 40].as_slice()].concat(), "a run from sequence 0 on");
    page.note("frames.after_end", [8, 0, 1, 0, 8, 0, 1, 0], "a second end");
    page.note("frames.no_run", [3, 0, 1, 0], "an envelope before any run");
    let satchel = pages::satchel(world, patrols);
    page.note("satchel.after_end", longer(&satchel), "a byte behind the end");
    page.note("satchel.newer", with(&satchel[..20], 3, 1), "version 1");
    page.note("satchel.foreign", with(&satchel[..20], 4, satchel[4] ^ 1), "another territory's");
    page.note("satchel.none", b"PK\x03\x04 a zip file, perhaps", "another file");
}

/// Where a head's spaces begin, and how long each is.
const CURSORS: (usize, usize) = (4 + 32 + 8 + 2, 16 + 8 + 8);

fn unsorted(head: &[u8]) -> Vec<u8> {
    let (before, rest) = head.split_at(CURSORS.0);
    let (first, rest) = rest.split_at(CURSORS.1);
    let (second, rest) = rest.split_at(CURSORS.1);
    [before, second, first, rest].concat()
}

fn twice_listed(head: &[u8]) -> Vec<u8> {
    let (before, rest) = head.split_at(CURSORS.0);
    let first = &rest[..CURSORS.1];
    [before, first, first, &rest[2 * CURSORS.1..]].concat()
}

fn texts(page: &mut Page, world: &World) {
    let code = world.code(None).to_text();
    let mistyped = code.replacen("jasaq:0", "jasaq:1", 1);
    page.note("code.mistyped", &mistyped, &mistyped);
    let cut = &code[..code.len() - 3];
    page.note("code.cut", cut, cut);
    let body = by_hand::body_of(&code);
    let mut note = |name: &str, code: &str| page.note(name, code, code);
    note("code.behind_role", &by_hand::code_of(&longer(&body)));
    note("code.newer", &by_hand::code_of(&with(&body, 0, 1)));
    note("code.newer_role", &by_hand::code_of(&with(&body, body.len() - 1, 8)));
    assert_eq!(by_hand::code_of(&body), *code);
    let (rest, last) = code.split_at(code.len() - 1);
    let bits = u8::try_from(last.chars().next().unwrap()).unwrap() + 1;
    note("code.bits", &format!("{rest}{}", char::from(bits)));
    note("code.letter_more", &format!("{}0", *code));
    page.note("code.form", "https://example.org", "https://example.org");
    let sheet = split_into_sheets(&world.root, &mut chance(0xe0))[0].to_text();
    let mistyped = sheet.replacen('a', "b", 1);
    page.note("sheet.mistyped", &mistyped, &mistyped);
}

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
            let head = pages::head(world);
            let mut contact = Contact::new(world.relay_id(), &head);
            contact.handle(Event::Bytes(bytes)).1.is_err()
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
                "form" => InviteRefused::Form,
                "newer" | "newer_role" => InviteRefused::Newer,
                _ => InviteRefused::Damaged,
            };
            InviteCode::from_text(std::str::from_utf8(bytes).unwrap()).err() == Some(due)
        }
        "sheet" => Sheet::from_text(std::str::from_utf8(bytes).unwrap()).err() == Some(SheetRefused::Form),
        // A fieldbook is asked about changes, in a test of its own.
        "change" => true,
        _ => false,
    };
    assert!(refused, "{name} was not refused, or not for its reason");
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
        "seat" | "wrap" => OperationRefused::Field,
        "kind" | "key" | "role" => OperationRefused::Unknown,
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
