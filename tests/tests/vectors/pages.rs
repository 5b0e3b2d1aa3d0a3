//! The pages of golden vectors, one file each, in the order of the page about the wire format.

use jasaq_fieldbook::protocol::ids::{HeadHash, JournalId, Place};
use jasaq_fieldbook::protocol::membership::{
    InviteCode, InviteSeed, InviteTerms, Operation, SheetDay, operation_id, split_into_sheets,
};
use jasaq_fieldbook::protocol::seal::{DeviceKeys, SigningKey, VerifiedEnvelope};
use jasaq_fieldbook::protocol::sync::{
    Cursor, Frame, FrameWriter, Head, Receipt, Refusal, RunningHash, SatchelWriter,
};
use rand_core::Rng as _;

use super::attached;
use super::book::Page;
use super::by_hand;
use super::certificates;
use super::changes;
use super::erased;
use super::field;
use super::meetings;
use super::parts;
use super::patrols::{ONE, OTHER, PATROL, Patrols, frontier_of, key_of};
use super::planning;
use super::refused;
use super::register;
use super::season::{self, Season};
use super::world::{Journal, World, chance};

/// The counter of the vectors' request.
pub const COUNTER: u64 = 42;

/// Every page.
pub fn all(world: &World, patrols: &Patrols) -> Vec<Page> {
    let season = Season::new(world);
    vec![
        keys(world),
        operations(world, &season),
        rolls(world),
        season::page(world, &season),
        changes(world, patrols),
        register::page(world),
        planning::page(world),
        field::page(world),
        envelopes(world, patrols),
        exchange(world, patrols),
        invites(world),
        meetings::page(world, patrols),
        attached::page(world),
        certificates::page(world),
        refused::page(world, patrols, &season),
    ]
}

fn keys(world: &World) -> Page {
    let mut page = Page::new(
        "keys.txt",
        "Keys and ids. Every secret is one byte repeated. Chance is a ChaCha20 keystream (zero nonce) whose key is one byte\n\
         repeated; the comments name that byte.",
    );
    let signers: [(&str, &SigningKey); 6] = [
        ("root", &world.root),
        ("successor", &world.successor),
        ("relay", &world.relay),
        ("invite_ss", &world.invites[0]),
        ("invite_head", &world.invites[1]),
        ("invite_vol", &world.invites[2]),
    ];
    for (name, key) in signers {
        page.note(&format!("{name}.secret"), key.to_secret_bytes().as_slice(), "Ed25519 seed");
        page.note(&format!("{name}.id"), key.verifying_bytes(), "Ed25519 verifying key");
    }
    let devices: [(&str, &DeviceKeys); 4] =
        [("ts", &world.ts), ("ss", &world.ss), ("head", &world.head), ("vol", &world.vol)];
    for (name, keys) in devices {
        page.note(
            &format!("{name}.secret"),
            keys.to_secret_bytes().as_slice(),
            "Ed25519 seed, then X25519 secret",
        );
        page.note(&format!("{name}.id"), keys.id().as_bytes(), "Ed25519 verifying key: the device's name");
        page.note(&format!("{name}.exchange"), keys.public().exchange.as_bytes(), "X25519 public key");
    }
    let epochs = [("epoch_1", &world.first_epoch), ("epoch_2", &world.epoch), ("epoch_3", &world.last_epoch)];
    for (name, epoch) in epochs {
        page.note(&format!("{name}.secret"), epoch.secret_bytes(), "X25519 secret");
        page.note(&format!("{name}.public"), epoch.public().key().as_bytes(), "X25519 public key");
        page.note(&format!("{name}.id"), epoch.public().id().as_bytes(), "epoch id");
    }
    page.note("territory.space", world.territory.as_bytes(), "the territory's roll: of the root's key");
    page.note(
        "squad.space",
        world.squad.as_bytes(),
        "the squad's roll: of territory.space, ss.id, nonce 81…",
    );
    page.note(
        "patrols.space",
        world.patrols.as_bytes(),
        "the squad's patrols: of squad.space, ss.id, nonce 82…",
    );
    let journal = JournalId::of_device(&world.head.id(), [0xa8; 8]);
    page.note("head.journal", journal.as_bytes(), "a journal: of head.id, nonce a8…");
    page.note("head.statement_key", key_of(&journal, 1), "text: the key of that journal's first statement");
    let mut drawn = [0; 32];
    chance(0xc1).fill_bytes(&mut drawn);
    page.note("first.chance", drawn, "the first 32 bytes of the chance c1…: ikm of HPKE's DeriveKeyPair");
    page
}

fn operations(world: &World, season: &Season) -> Page {
    let mut page = Page::new("operations.txt", "Each kind of operation as CBOR, as a section carries it.");
    for (name, operation) in world.operations.iter().chain(&season.operations) {
        let bytes = operation.encode();
        page.note_parts(name, &bytes, (comment_of(operation), parts::of_operation(&bytes)));
    }
    page
}

fn comment_of(operation: &Operation) -> &'static str {
    match operation {
        Operation::Found { .. } => "[0, [[successor, exchange], recovery]]",
        Operation::Space { .. } => "[1, [nonce, kind, season, [office], epoch unless a roll]]",
        Operation::Invite { .. } => "[2, [key, role, office or null, expires]]",
        Operation::Join(_) => "[3, [[[id, exchange], inviter, attempt, proof]]]",
        Operation::Add { .. } => {
            "[4, [[id, exchange], nonce, role, office or null, invite unless by the root, head]]"
        }
        Operation::Rotate { .. } => "[5, [space, epoch, [[parent, sealed key]]]]; chance b1",
        Operation::Wrap { .. } => "[6, [space, epoch, device, sealed key]]; chance b0",
        Operation::Role { .. } => "[7, [device, role, [[[journal, sequence, hash]], [part]], [replaced]]]",
        Operation::Remove { .. } => "[8, [device, [[[journal, sequence, hash]], [part]], [replaced]]]",
        Operation::Admit { .. } => {
            "[9, [device, [space, journal, sequence, hash], [key], admitted, [replaced]]]"
        }
        Operation::Erase { .. } => {
            "[10, [space, document or null, [[journal, sequence, hash, index]], [attachment]]]"
        }
        Operation::Close { .. } => "[11, [space]]",
        Operation::Erased { .. } => "[14, [[operation]]]",
        Operation::Heads { .. } => "[12, [device, [[journal, sequence, hash]]]]",
        Operation::Lack { .. } => "[13, [space, epoch, [operation]]]",
    }
}

pub fn note_envelope(page: &mut Page, name: &str, envelope: &VerifiedEnvelope) {
    let Place { space, journal, sequence } = envelope.place();
    page.note(&format!("{name}.space"), space.as_bytes(), "where it stands: the space");
    page.note(&format!("{name}.journal"), journal.as_bytes(), "the journal");
    page.note(&format!("{name}.sequence"), sequence.number().to_be_bytes(), "the sequence");
    let (short, linked) = (envelope.to_wire(false).encode(), envelope.to_wire(true).encode());
    let of_short = ("the short form: sequence 1 carries its link", parts::of_envelope(&short));
    page.note_parts(&format!("{name}.wire"), &short, of_short);
    let of_linked = ("the form with its link", parts::of_envelope(&linked));
    page.note_parts(&format!("{name}.wire_linked"), &linked, of_linked);
    page.note(&format!("{name}.hash"), envelope.hash().as_bytes(), "the envelope's hash");
}

fn rolls(world: &World) -> Page {
    let mut page = Page::new(
        "rolls.txt",
        "Two rolls: a territory is founded, a squad is made and its head is added. None of it is sealed.",
    );
    let names = ["root", "ts", "invite_ss", "ss", "ss_in_squad", "invite_head"];
    for (name, journal) in names.iter().zip(&world.rolls) {
        for (number, envelope) in (1..).zip(&journal.envelopes) {
            note_envelope(&mut page, &format!("{name}.{number}"), envelope);
        }
    }
    let founding = world.rolls[0].envelopes[0].hash();
    page.note("operation_id.0", operation_id(&founding, 0).as_bytes(), "of the first section of root.1");
    page.note("operation_id.1", operation_id(&founding, 1).as_bytes(), "of its second");
    page
}

fn changes(world: &World, patrols: &Patrols) -> Page {
    let mut page =
        Page::new("changes.txt", "Automerge changes, as they stand in a section behind their document's id.");
    page.note("card.change", &patrols.card, "one statement of the SS, in the document named as the space is");
    for (number, change) in (1..).zip(&patrols.changes) {
        page.note(
            &format!("head.{number}.change"),
            change,
            "each after the one before it; the first states two things",
        );
        page.note(&format!("head.{number}.hash"), changes::hash_of(change), "SHA-256, by Automerge");
    }
    for (number, (key, fields)) in (1..).zip(&patrols.said) {
        page.note(&format!("head.statement.{number}"), key, &changes::shown(fields));
    }
    page.note("digest", patrols.ack.documents, "of the change card alone, as an ack has it");
    for (number, change) in (1..).zip(changes::with_one_key_twice(&again(world).id)) {
        page.note(&format!("again.{number}.change"), change, "in again.journal: both stand, under one key");
    }
    page.note("again.journal", again(world).id.as_bytes(), "a journal that uses a key in two changes");
    let journal = JournalId::of_device(&world.head.id(), [0xaa; 8]);
    let actor = changes::actor(&journal, 2);
    let every_kind = changes::every_kind();
    for (number, (kind, fields)) in (1..).zip(&every_kind) {
        let said = [(key_of(&journal, number), fields.clone())];
        let change = changes::write(&[], &actor, &said);
        page.note(&format!("kind.{kind}"), change, &changes::shown(fields));
    }
    for (kind, fields) in &every_kind {
        if let Some(jasaq_fieldbook::model::statement::Scalar::Bytes(points)) = fields.get("points") {
            page.note(
                &format!("{kind}.points"),
                points,
                "packed: four timed points, a break, one, one lost, one untimed",
            );
        }
    }
    page
}

/// The journal that says two things under one key.
pub fn again(world: &World) -> Journal {
    Journal::new(world.patrols, world.head.signing(), 0xae)
}

/// The envelopes of the patrols' space.
pub fn envelopes(world: &World, patrols: &Patrols) -> Page {
    let mut page = Page::new(
        "envelopes.txt",
        "Envelopes of the patrols' space, sealed to epoch_2. Chance c0 for card, c1, c2, c3 for first, second, third, c4 for\n\
         stored, c6, c7 for several.1, several.2. What is opened is document id, then change. All but stored are packed by zstd;\n\
         other packers may pack otherwise, and must open these. dictionary_1.blake3 is of the file that the packed ones need. Of\n\
         several.1 and several.2 there are also forms of which sections were erased, by their indexes: one envelope, with one\n\
         hash. longest.2 is as long as an envelope may be in both forms; what it holds is no operation, which takes nothing from\n\
         the envelope.",
    );
    let head = &patrols.head.envelopes;
    let (card, stored) = (&patrols.ss.envelopes[0], &patrols.stored.envelopes[0]);
    let several = &patrols.several.envelopes;
    let named = [
        ("card", card),
        ("first", &head[0]),
        ("second", &head[1]),
        ("third", &head[2]),
        ("stored", stored),
        ("several.1", &several[0]),
        ("several.2", &several[1]),
    ];
    for (name, envelope) in named {
        note_envelope(&mut page, name, envelope);
        for section in envelope.open(&world.epoch).unwrap() {
            let opened = [section.document.as_bytes().as_slice(), &section.change].concat();
            page.note(&format!("{name}.opened.{}", section.index), opened, "document id 16, change");
        }
        for (index, kind, content) in envelope.readable() {
            page.note(&format!("{name}.readable.{index}"), content, &format!("{kind:?}"));
        }
    }
    erased::note(&mut page, patrols);
    for (number, envelope) in (1..).zip(&patrols.longest.envelopes) {
        note_envelope(&mut page, &format!("longest.{number}"), envelope);
    }
    let dictionary = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/protocol/src/seal/dictionary_1.bin");
    let dictionary = blake3::hash(&std::fs::read(dictionary).unwrap());
    page.note("dictionary_1.blake3", dictionary.as_bytes(), "core/protocol/src/seal/dictionary_1.bin");
    page.note("document", PATROL.as_bytes(), "the patrol's id");
    for (name, nonce) in [("change", 0xa9), ("open", 0xac)] {
        let journal = JournalId::of_device(&world.head.id(), [nonce; 8]);
        page.note(
            &format!("{name}.journal"),
            journal.as_bytes(),
            "where refused.txt has its lines of that name stand",
        );
    }
    page
}

/// The head's request.
pub fn head(world: &World) -> Head {
    let at = |space, number, hash| Cursor { space, number, hash };
    let start = RunningHash::START.head();
    let cursors = [
        at(world.territory, 0, start),
        at(world.squad, 7, HeadHash::from_bytes([0x5a; 8])),
        at(world.patrols, 1, start),
    ];
    Head::sign(world.head.signing(), &world.relay_id(), COUNTER, &cursors)
}

/// The relay's receipt for it.
pub fn receipt(world: &World, patrols: &Patrols) -> Receipt {
    Receipt::sign(&world.relay, world.head.id(), COUNTER, frontier_of(&[&patrols.head]))
}

/// Everything, as a file.
pub fn satchel(world: &World, patrols: &Patrols) -> Vec<u8> {
    let mut satchel = SatchelWriter::new(world.territory);
    let journals = world.rolls.iter().chain([&patrols.ss, &patrols.head]);
    for envelope in journals.flat_map(|journal| &journal.envelopes) {
        satchel.envelope(envelope.place(), &envelope.to_wire(true).encode());
    }
    satchel.finish()
}

fn request(world: &World, patrols: &Patrols) -> Vec<u8> {
    let mut frames = FrameWriter::new();
    frames.frame(&Frame::Head(head(world)));
    frames.frame(&Frame::Room(4_160));
    for envelope in &patrols.head.envelopes[..2] {
        frames.envelope(envelope.place(), &envelope.to_wire(false).encode());
    }
    frames.frame(&Frame::End { more: false });
    frames.take()
}

/// An answer with one frame of every kind that an answer may have, and one of a newer program.
fn answer(world: &World, patrols: &Patrols) -> Vec<u8> {
    let mut frames = FrameWriter::new();
    frames.frame(&Frame::Receipt(receipt(world, patrols)));
    let reason = Refusal::NotYet;
    frames.frame(&Frame::Refused { place: patrols.head.envelopes[2].place(), reason });
    frames.frame(&Frame::Rewound { space: world.squad, held: frontier_of(&[&world.rolls[4]]) });
    frames.frame(&Frame::Unknown(200));
    frames.frame(&Frame::Space { space: world.patrols, after: 0 });
    let card = &patrols.ss.envelopes[0];
    frames.envelope(card.place(), &card.to_wire(false).encode());
    // What the request itself brought comes back without its bytes.
    frames.envelope(patrols.head.envelopes[0].place(), &[]);
    frames.envelope(patrols.head.envelopes[1].place(), &[]);
    frames.frame(&Frame::End { more: true });
    frames.take()
}

/// Heads, receipts, frames.
pub fn exchange(world: &World, patrols: &Patrols) -> Page {
    let mut page =
        Page::new("exchange.txt", "Heads, receipts, acks, frontiers, frames, running hashes and a satchel.");
    let mut note = |name: &str, bytes: Vec<u8>, comment: &str, parts: fn(&[u8]) -> Vec<parts::Part>| {
        let parts = parts(&bytes);
        page.note_parts(name, bytes, (comment, parts));
    };
    let of_head = "of the head's phone, for relay.id, counter 42";
    note("head", head(world).encode(), of_head, parts::of_head);
    note("receipt", receipt(world, patrols).encode(), "of the relay, for that head", parts::of_receipt);
    note("ack", patrols.ack.encode(), "as first carries it", parts::of_ack);
    note("request", request(world, patrols), "head, room, run, first, second, end", parts::of_frames);
    note("answer", answer(world, patrols), "one frame of every kind", parts::of_frames);
    let of_satchel = "everything, each envelope with its link";
    note("satchel", satchel(world, patrols), of_satchel, parts::of_satchel);
    page.note("frontier.digest", patrols.ack.frontier, "of the frontier in that ack");
    page.note(
        "frontier.digest_of_none",
        jasaq_fieldbook::protocol::journal::Frontier::new().digest(),
        "of no journal",
    );
    page.note(
        "frontier.digest_without",
        patrols.ack.heads.digest_without(&[ONE, OTHER].into()),
        "of the frontier in that ack, where two documents were erased: 96… and 97…",
    );
    let mut running = RunningHash::START;
    let wires = patrols
        .ss
        .envelopes
        .iter()
        .chain(&patrols.head.envelopes)
        .chain(&patrols.several.envelopes);
    for (number, envelope) in (1..).zip(wires) {
        running = running.then(number, &envelope.to_wire(false).encode());
        page.note(
            &format!("running_hash.{number}"),
            running.as_bytes(),
            "over card, first, second, third, several.1, several.2 in short form, whole or erased",
        );
    }
    page
}

fn invites(world: &World) -> Page {
    let mut page = Page::new(
        "invites.txt",
        "Invites, joins, words and sheets. Texts are UTF-8; the comments show them.",
    );
    for (name, relay) in [("code", None), ("code_with_relay", Some("http://127.0.0.1:7340"))] {
        let code = world.code(relay).to_text();
        page.note(name, code.as_str(), &format!("the SS invites a volunteer with invite_vol: {}", *code));
        let body = by_hand::body_of(&code);
        let parts = ("the same in bytes, without the checksum", parts::of_code(&body));
        page.note_parts(&format!("{name}.body"), &body, parts);
    }
    let (join, key) = (world.head_join(), world.invites[1].invite_key());
    page.note(
        "join",
        Operation::Join(join).encode(),
        "of the head, invited by the SS with invite_head, attempt 0",
    );
    let words = join.words(&key).to_string();
    page.note("words", &words, &words);
    let root = world.root.device_id();
    let key = world.offline_root();
    for sheet in split_into_sheets(&key, &root, SheetDay(20_000), &mut chance(0xe0)) {
        let (name, code) = (format!("sheet.{}", sheet.number()), sheet.to_code());
        page.note(&name, code.as_str(), &code);
        let lines = sheet.to_lines();
        let words = lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n");
        page.note(&format!("words.{name}"), words.as_str(), &words.replace('\n', " / "));
        let bytes = by_hand::bytes_of_code(&code);
        page.note_parts(&format!("bytes.{name}"), &bytes, ("the same in bytes", parts::of_sheet(&bytes)));
    }
    spoken(world, &mut page);
    page
}

/// An invite in ten words, and what a relay answers to its key.
fn spoken(world: &World, page: &mut Page) {
    let (seed, code) = (InviteSeed::make(&mut chance(0xe1)), world.code(None));
    let InviteCode { root, roll, inviter, role, .. } = code;
    let terms = InviteTerms { root, roll, inviter, role };
    let words = seed.to_words(&terms, &world.relay.relay_id());
    let told =
        format!("an invite on the same terms at the relay of keys.txt: {}", words.replace('\n', " / "));
    page.note("spoken", words.as_str(), &told);
    let key = seed.signing_key().invite_key();
    page.note("spoken.key", key.as_bytes(), "the invite key that its seed gives");
    page.note("terms", InviteTerms::write_all(&[terms]), "what a relay answers to that key");
}
