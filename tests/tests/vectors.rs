//! Golden vectors: the bytes of `core/docs/wire-format.md`, made from written seeds and compared with `tests/vectors/*.txt`.
//!
//! Promises that what this program writes today is what the files say, to the byte, and that what the files say is read,
//! opened and shown by a real fieldbook. When the format changes on purpose, the files are written anew with
//! `JASAQ_WRITE_VECTORS=1 cargo test -p jasaq-tests --test vectors the_seeds`, and the difference is read before it is committed.

#[path = "vectors/attached.rs"]
mod attached;
#[path = "vectors/book.rs"]
mod book;
#[path = "vectors/by_hand.rs"]
mod by_hand;
#[path = "vectors/certificates.rs"]
mod certificates;
#[path = "vectors/changes.rs"]
mod changes;
#[path = "vectors/doors.rs"]
mod doors;
#[path = "vectors/erased.rs"]
mod erased;
#[path = "vectors/field.rs"]
mod field;
#[path = "vectors/field_kinds.rs"]
mod field_kinds;
#[path = "vectors/meetings.rs"]
mod meetings;
#[path = "vectors/pages.rs"]
mod pages;
#[path = "vectors/parts.rs"]
mod parts;
#[path = "vectors/patrols.rs"]
mod patrols;
#[path = "vectors/planning.rs"]
mod planning;
#[path = "vectors/refused.rs"]
mod refused;
#[path = "vectors/refused_field.rs"]
mod refused_field;
#[path = "vectors/refused_statements.rs"]
mod refused_statements;
#[path = "vectors/refused_words.rs"]
mod refused_words;
#[path = "vectors/register.rs"]
mod register;
#[path = "vectors/season.rs"]
mod season;
#[path = "vectors/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jasaq_fieldbook::formats::certificates::{TrustList, verify_certificate};
use jasaq_fieldbook::fuzzing::read_change;
use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::limits::STATEMENT_REF_BYTES_MAX;
use jasaq_fieldbook::model::statement::{Kind, Statement};
use jasaq_fieldbook::protocol::ids::{DeviceId, DocumentId, HeadHash};
use jasaq_fieldbook::protocol::journal::{Neighbours, Placed, place};
use jasaq_fieldbook::protocol::limits::ENVELOPE_BYTES_MAX;
use jasaq_fieldbook::protocol::membership::{Operation, Role};
use jasaq_fieldbook::protocol::seal::{Section, SectionKind, VerifiedEnvelope, WireEnvelope};
use jasaq_fieldbook::protocol::sync::{
    Contact, Cursor, Effect, Event, Frame, FrameReader, FrameWriter, Head, RunningHash, SatchelEffect,
    SatchelReader, SatchelWriter,
};
use jasaq_fieldbook::surroundings::{InstallId, Surroundings};
use jasaq_fieldbook::{Fieldbook, KeyHolder};
use jasaq_relay::Relay;
use jasaq_tests::TurnableClock;
use rand_core::Rng as _;

use patrols::{PATROL, Patrols};
use world::{Journal, World};

/// The variable that has the files written instead of compared. Not set where the whole is checked.
const WRITE: &str = "JASAQ_WRITE_VECTORS";

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test that may write its files is asked to by its environment"
)]
fn the_seeds_give_what_the_files_say() {
    let world = World::new();
    let pages = pages::all(&world, &Patrols::new(&world));
    if std::env::var_os(WRITE).is_some_and(|write| write == "1") {
        pages.iter().for_each(book::Page::write);
    }
    let differences: Vec<String> = pages.iter().flat_map(book::Page::differences).collect();
    assert!(differences.is_empty(), "{} differ:\n  {}\n", differences.len(), differences.join("\n  "));
}

#[test]
fn the_files_alone_are_verified_and_opened() {
    let world = World::new();
    let patrols = Patrols::new(&world);
    let file = pages::envelopes(&world, &patrols).read();
    let signer = Some(world.head.id());
    let (mut previous, mut opened) = (None, Vec::new());
    for (name, at) in ["first", "second", "third"].iter().zip(&patrols.head.envelopes) {
        for form in ["wire", "wire_linked"] {
            let wire = WireEnvelope::decode(&file[&format!("{name}.{form}")]).unwrap();
            let held = Neighbours { signer, previous, here: None };
            let placed = place(wire, at.place(), &held).unwrap();
            let Placed::New(envelope) = placed else { panic!("{name} does not follow") };
            assert_eq!(envelope.hash().as_bytes().as_slice(), file[&format!("{name}.hash")]);
            opened.push(envelope.open(&world.epoch).unwrap());
        }
        previous = Some(at.hash());
    }
    let longest = |form: &str| file[&format!("longest.2.{form}")].clone();
    assert_eq!((longest("wire").len(), longest("wire_linked").len()), (4_064, 4_096));
    assert!(
        [longest("wire"), longest("wire_linked")]
            .iter()
            .all(|wire| WireEnvelope::decode(wire).is_ok())
    );
    for (pair, change) in opened.chunks(2).zip(&patrols.changes) {
        assert_eq!(pair[0], pair[1], "the link says nothing about the content");
        let [section] = pair[0].as_slice() else { panic!("one change each") };
        assert_eq!((section.document, &section.change), (PATROL, change));
    }
}

#[test]
fn what_is_left_of_erased_envelopes_verifies_and_opens() {
    let world = World::new();
    let patrols = Patrols::new(&world);
    let file = pages::envelopes(&world, &patrols).read();
    let [first, second] = patrols.several.envelopes.as_slice() else { panic!("two envelopes") };
    for (name, sections, left) in erased::all(&patrols) {
        let (whole, previous) =
            if name.starts_with("several.1") { (first, None) } else { (second, Some(first.hash())) };
        let held = Neighbours { signer: Some(world.head.id()), previous, here: None };
        for form in ["", "_linked"] {
            let bytes = &file[&format!("{name}{form}")];
            let wire = WireEnvelope::decode(bytes).unwrap();
            let Placed::New(read) = place(wire.clone(), whole.place(), &held).unwrap() else {
                panic!("{name} does not follow")
            };
            assert_eq!((&read, read.hash(), read.erased()), (&left, whole.hash(), sections));
            let known = Neighbours { here: Some(whole.hash()), ..held };
            let placed = place(wire, whole.place(), &known);
            assert!(matches!(placed, Ok(Placed::Known(_))), "whole and erased are one");
            let short = whole.to_wire(false).encode();
            assert_eq!(WireEnvelope::running_digest(bytes), *blake3::hash(&short).as_bytes());
            let mut opened = whole.open(&world.epoch).unwrap();
            opened.retain(|section| !sections.contains(section.index));
            assert_eq!(read.open(&world.epoch).unwrap(), opened, "the others open as before");
        }
    }
}

#[test]
fn what_the_files_refuse_is_refused_for_that_reason() {
    let world = World::new();
    let patrols = Patrols::new(&world);
    let file = refused::page(&world, &patrols, &season::Season::new(&world)).read();
    assert!(!file.is_empty(), "otherwise nothing is proved");
    for (name, bytes) in &file {
        doors::check(&world, &patrols, name, bytes);
    }
}

#[test]
fn every_kind_of_statement_has_a_vector_and_is_read_as_it_was_written() {
    let world = World::new();
    let [register, planning, field] =
        [register::page(&world), planning::page(&world), field::page(&world)].map(|page| page.read());
    let mut kinds: BTreeSet<&str> = changes::every_kind().into_iter().map(|(kind, _)| kind).collect();
    for (page, journal) in [
        (&register, register::journal(&world)),
        (&planning, planning::journal(&world)),
        (&field, field::journal(&world)),
    ] {
        for (name, bytes) in page.iter().filter(|(name, _)| !name.ends_with(".journal")) {
            let stated = read_change(bytes, &journal).unwrap();
            let [(_, fields)] = stated.as_slice() else { panic!("{name} states one thing") };
            let statement =
                Statement::from_fields(fields).unwrap_or_else(|refused| panic!("{name}: {refused}"));
            assert_eq!(statement.to_fields(), *fields, "{name}");
            kinds.insert(statement.kind().code());
        }
    }
    let all: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(kinds, all);
    for group in ["whole", "least"] {
        let counted =
            |page: &BTreeMap<String, Vec<u8>>| page.keys().filter(|name| name.starts_with(group)).count();
        assert!(counted(&register) >= 26, "every record of the register");
        assert_eq!(counted(&planning), 5, "everything that is said of plans");
        assert_eq!(counted(&field), 26, "an entry, and everything that is said beside it");
    }
}

#[test]
fn the_largest_statement_of_each_kind_fits_into_one_section_however_badly_it_packs() {
    let world = World::new();
    let document = DocumentId::from_bytes([0x9e; 16]);
    for (number, (kind, fields)) in (1..).zip(field::largest()) {
        let journal = field::journal(&world);
        let key = StatementRef::new("k".repeat(STATEMENT_REF_BYTES_MAX)).unwrap();
        let statement = Statement::from_fields(&fields).unwrap_or_else(|refused| panic!("{kind}: {refused}"));
        assert!(fields.bytes_all() <= statement.kind().bytes_max(), "{kind}");
        let said = [(key.as_str().to_owned(), fields)];
        let written = changes::write(&[], &changes::actor(&journal, 1), &said);
        // As many bytes by chance: no packer makes them shorter.
        let mut change = vec![0; written.len()];
        world::chance(0xd5).fill_bytes(&mut change);
        let mut journal = Journal::new(world.patrols, world.head.signing(), number);
        let section = Section::Change { document, change: change.clone() };
        let envelope = journal.seal(&[section], Some(&world.epoch.public()), 0xd6);
        assert!(envelope.to_wire(true).encode().len() <= ENVELOPE_BYTES_MAX, "{kind}");
        let opened = envelope.open(&world.epoch).unwrap();
        assert!(matches!(opened.as_slice(), [only] if only.change == change), "{kind}");
    }
}

#[test]
fn what_is_sealed_opens_with_no_other_key_and_at_no_other_place() {
    let world = World::new();
    doors::check_keys(&world, &Patrols::new(&world));
}

/// A request of the head's phone for this relay: these envelopes, and this cursor in the patrols' space.
fn request(
    world: &World,
    relay: &Relay,
    envelopes: &[&VerifiedEnvelope],
    (counter, cursor): (u64, Cursor),
) -> Vec<u8> {
    let mut frames = FrameWriter::new();
    frames.frame(&Frame::Head(Head::sign(world.head.signing(), &relay.id(), counter, &[cursor])));
    for envelope in envelopes {
        frames.envelope(envelope.place(), &envelope.to_wire(false).encode());
    }
    frames.frame(&Frame::End { more: false });
    frames.take()
}

fn effects_of(relay: &mut Relay, request: &[u8], head: &DeviceId) -> Vec<Effect> {
    let mut frames = FrameReader::new();
    frames.push(request);
    let Some(Frame::Head(asked)) = frames.read().unwrap() else { panic!("a request begins with its head") };
    assert_eq!(asked.device(), *head);
    let answer = relay.answer(request).unwrap();
    let (effects, outcome) = Contact::new(relay.id(), &asked).handle(Event::Bytes(&answer.bytes));
    outcome.unwrap();
    effects
}

#[test]
fn a_relay_stores_the_vectors_and_runs_the_hash_that_they_say() {
    let world = World::new();
    let patrols = Patrols::new(&world);
    let mut relay = Relay::open_in_memory(&[world.root.device_id()], &mut world::chance(0xd4)).unwrap();
    let journals = world.rolls.iter().chain([&patrols.ss, &patrols.head]);
    let envelopes: Vec<_> = journals.flat_map(|journal| &journal.envelopes).collect();
    let start = Cursor { space: world.patrols, number: 0, hash: RunningHash::START.head() };
    let pushed = request(&world, &relay, &envelopes, (1, start));
    let effects = effects_of(&mut relay, &pushed, &world.head.id());
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Refused(..) | Effect::Rewound(..)))
    );
    let ends =
        patrols::frontier_of(&world.rolls.iter().chain([&patrols.ss, &patrols.head]).collect::<Vec<_>>());
    assert!(effects.contains(&Effect::Stored(ends)));

    let file = pages::exchange(&world, &patrols).read();
    let hash = HeadHash::try_from(&file["running_hash.4"][..8]).unwrap();
    let asked = request(&world, &relay, &[], (2, Cursor { number: 4, hash, ..start }));
    let of_patrols = |effect: &Effect| match effect {
        Effect::Arrived(arrived) => arrived.place.space == world.patrols,
        Effect::Rewound(space, _) => *space == world.patrols,
        _ => false,
    };
    assert!(
        !effects_of(&mut relay, &asked, &world.head.id()).iter().any(of_patrols),
        "it has all, and is believed"
    );
    let other = Cursor { number: 4, hash: start.hash, ..start };
    let asked = request(&world, &relay, &[], (3, other));
    assert!(
        effects_of(&mut relay, &asked, &world.head.id()).iter().any(of_patrols),
        "otherwise nothing is proved"
    );
}

/// A volunteer's fieldbook that joined the territory of the vectors, and the journals that let it in.
struct Joined {
    fieldbook: Fieldbook,
    satchel: Vec<u8>,
    _home: tempfile::TempDir,
}

/// A fieldbook joins with the vectors' code; the vectors' SS adds it.
fn joined(world: &mut World) -> Joined {
    let home = tempfile::tempdir().unwrap();
    let clock = Box::new(TurnableClock::at_morning());
    let surroundings = Surroundings::new(clock, Box::new(world::chance(0xd0)), None);
    let surroundings = surroundings.in_install(InstallId([7; 16]));
    let code = world.code(None).to_text();
    let at: &Path = &home.path().join("vol");
    let (mut fieldbook, _) = Fieldbook::join(at, &KeyHolder::File, surroundings, &code).unwrap();
    let mut satchel = Vec::new();
    fieldbook.export_satchel(&mut satchel).unwrap();
    let joins = joins_in(world, &satchel);
    let [join] = joins.as_slice() else { panic!("one device asks") };
    let add = Operation::Add {
        device: join.device,
        nonce: [0x77; 16],
        role: Role::Vol,
        office: None,
        invite: Some(world.invites[2].invite_key()),
        head: None,
    };
    let epoch = world.epoch.public().id();
    let key = world
        .epoch
        .wrap(world.patrols, &join.device.exchange, &mut world::chance(0xd1))
        .unwrap();
    let wrap = Operation::Wrap { space: world.patrols, epoch, device: join.device.id, key };
    world.rolls[4].operate(&[add, wrap]);
    Joined { fieldbook, satchel, _home: home }
}

/// The requests to join in a satchel, whose envelopes are each the first of its journal.
fn joins_in(world: &World, satchel: &[u8]) -> Vec<jasaq_fieldbook::protocol::membership::Join> {
    let (effects, outcome) = SatchelReader::new(world.territory).take(satchel);
    outcome.unwrap();
    let arrived = effects.into_iter().filter_map(|effect| match effect {
        SatchelEffect::Arrived(arrived) => Some(arrived),
        SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
    });
    let envelopes = arrived.map(|arrived| {
        let wire = WireEnvelope::decode(&arrived.wire).unwrap();
        let Placed::New(envelope) = place(wire, arrived.place, &Neighbours::default()).unwrap() else {
            panic!("a first envelope needs nothing before it")
        };
        envelope
    });
    let operations = envelopes.flat_map(|envelope| {
        let readable = envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation);
        readable
            .map(|(_, _, bytes)| Operation::decode(bytes).unwrap())
            .collect::<Vec<_>>()
    });
    operations
        .filter_map(|operation| match operation {
            Operation::Join(join) => Some(join),
            _ => None,
        })
        .collect()
}

/// A satchel of these journals.
fn satchel_of<'a>(world: &World, journals: impl IntoIterator<Item = &'a Journal>) -> Vec<u8> {
    let mut satchel = SatchelWriter::new(world.territory);
    for envelope in journals.into_iter().flat_map(|journal| &journal.envelopes) {
        satchel.envelope(envelope.place(), &envelope.to_wire(true).encode());
    }
    satchel.finish()
}

fn shown(fieldbook: &mut Fieldbook) -> Vec<(String, DeviceId)> {
    let view = fieldbook.patrol(PatrolId::from_bytes(*PATROL.as_bytes())).unwrap();
    let stated = view.log.stated().iter();
    stated
        .map(|stated| (stated.key.as_str().to_owned(), DeviceId::from_bytes(*stated.author.as_bytes())))
        .collect()
}

#[test]
fn a_fieldbook_shows_what_the_vectors_state() {
    let mut world = World::new();
    let patrols = Patrols::new(&world);
    let mut joined = joined(&mut world);
    assert!(!joined.satchel.is_empty());
    let journals = world.rolls.iter().chain([&patrols.ss, &patrols.head]);
    let satchel = satchel_of(&world, journals);
    let report = joined.fieldbook.import_satchel(&mut satchel.as_slice()).unwrap();
    assert_eq!((report.refused, report.waiting, report.cut), (0, 0, false));
    let due: Vec<_> = patrols.said.iter().map(|(key, _)| (key.clone(), world.head.id())).collect();
    assert_eq!(shown(&mut joined.fieldbook), due);
    assert_eq!(joined.fieldbook.squad_cards().unwrap().unwrap().len(), 1);
}

#[test]
fn a_fieldbook_takes_no_statement_from_a_refused_change() {
    let mut world = World::new();
    let patrols = Patrols::new(&world);
    let mut joined = joined(&mut world);
    let mut file = refused::page(&world, &patrols, &season::Season::new(&world)).read();
    file.retain(|name, _| name.starts_with("change."));
    assert!(file.len() > 5, "otherwise little is proved");
    // Each is refused with its envelope and leaves nothing behind, so the one that nothing was done to may follow them.
    let mut journal = refused::journal(&world);
    for change in file.into_values().chain([refused::honest(&world)]) {
        let section = Section::Change { document: PATROL, change };
        journal.seal(&[section], Some(&world.epoch.public()), 0xd2);
    }
    let satchel = satchel_of(&world, world.rolls.iter().chain([&journal]));
    joined.fieldbook.import_satchel(&mut satchel.as_slice()).unwrap();
    assert_eq!(shown(&mut joined.fieldbook), [(patrols::key_of(&journal.id, 1), world.head.id())]);
}

#[test]
fn a_journal_that_uses_a_key_in_two_changes_has_said_two_things() {
    let mut world = World::new();
    let mut joined = joined(&mut world);
    let mut journal = pages::again(&world);
    for change in changes::with_one_key_twice(&journal.id) {
        let section = Section::Change { document: PATROL, change };
        journal.seal(&[section], Some(&world.epoch.public()), 0xd3);
    }
    let satchel = satchel_of(&world, world.rolls.iter().chain([&journal]));
    joined.fieldbook.import_satchel(&mut satchel.as_slice()).unwrap();
    let shown = shown(&mut joined.fieldbook);
    assert_eq!(shown.len(), 2, "{shown:?}");
}

#[test]
fn the_list_alone_tells_what_each_code_is_worth() {
    let world = World::new();
    let page = certificates::page(&world);
    let (file, verdicts) = (page.read(), page.comments("text"));
    let list = TrustList::read(&file["list.file"], Some(&world.root.device_id())).unwrap();
    assert!(verdicts.len() > 10, "otherwise nothing was looked at");
    for (name, told) in verdicts {
        let text = std::str::from_utf8(&file[&name]).unwrap();
        let verified = verify_certificate(text, &list, list.made_at().time()).unwrap();
        let code = told.split([':', ',']).next();
        assert_eq!(Some(verified.verdict.code()), code, "{name}");
    }
    let refused: Vec<_> = file.iter().filter(|(name, _)| name.starts_with("refused.")).collect();
    assert!(refused.len() > 8, "otherwise nothing was looked at");
    for (name, text) in refused {
        let text = std::str::from_utf8(text).unwrap();
        assert!(verify_certificate(text, &list, list.made_at().time()).is_err(), "{name}");
    }
}
