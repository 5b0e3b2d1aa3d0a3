//! Who erases what is not his: with keys that allow him something, and with a pen.

use std::path::Path;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::{DeviceId, DocumentId, EnvelopeHash, JournalId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::limits::{ERASED_SIGNED_MAX, REPLACES_MAX};
use jasaq_fieldbook::protocol::membership::{Operation, OperationKind, Parent, SectionPlace};
use jasaq_fieldbook::protocol::seal::{EpochKey, Section, WireEnvelope};
use jasaq_tests::{Field, Hand, Phone, inside, name};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

const SEED: u64 = 77;

/// Where everything stands that was read of a space.
fn sections_in(home: &Path, space: SpaceId) -> Vec<SectionPlace> {
    let vault = inside::vault_of(home);
    let mut select = vault
        .prepare(
            "SELECT c.journal, c.sequence, e.hash, c.section FROM changes c
             JOIN envelopes e ON e.journal = c.journal AND e.sequence = c.sequence WHERE c.space = ?1",
        )
        .unwrap();
    let rows = select.query_map([space.as_bytes()], |row| {
        let (journal, sequence, hash): ([u8; 16], i64, [u8; 32]) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(SectionPlace {
            journal: JournalId::from_bytes(journal),
            sequence: Sequence::new(sequence.cast_unsigned()).unwrap(),
            hash: EnvelopeHash::from_bytes(hash),
            index: row.get(3)?,
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// The spaces whose keys a device has.
fn spaces(home: &Path) -> Vec<SpaceId> {
    let vault = inside::vault_of(home);
    let spaces = inside::hashes(&vault, "SELECT DISTINCT space FROM epochs").into_iter();
    spaces.map(|space| SpaceId::from_bytes(space.try_into().unwrap())).collect()
}

/// The roll of the squad that a phone is in.
fn squad_roll(home: &Path, territory: SpaceId) -> SpaceId {
    let rolls = inside::hashes(&inside::vault_of(home), "SELECT DISTINCT roll FROM operations").into_iter();
    let mut rolls = rolls.map(|roll| SpaceId::from_bytes(roll.try_into().unwrap()));
    rolls.find(|roll| *roll != territory).unwrap()
}

/// Envelopes of which something was taken out.
fn erased(home: &Path) -> usize {
    let vault = inside::vault_of(home);
    let mut select = vault.prepare("SELECT wire FROM envelopes").unwrap();
    let wires = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    wires
        .map(|wire| WireEnvelope::decode(&wire.unwrap()).unwrap())
        .filter(|wire| !wire.erased().is_empty())
        .count()
}

#[test]
fn who_may_erase_in_one_space_takes_nothing_out_of_another() {
    let mut field = Field::new(SEED);
    let [ss, head] = ["ss", "head"].map(|name| field.device(name));
    let aray = field.phone("aray");
    let other = field.join_office("ss2", Role::StructuralSubdivision, "SS 2");
    let patrol = field.start_patrol(aray);
    field.write(aray, patrol, "тұман");
    field.run_until_quiet();
    let (roll, of_squad) = (SpaceId::of_territory(&field.root()), spaces(field.home(aray))[0]);
    let own = spaces(field.home(other));
    assert!(!own.contains(&of_squad) && !own.is_empty(), "it reads another space, and not this one");
    let sections = sections_in(field.home(aray), of_squad);
    assert!(!sections.is_empty());
    for (number, space) in own.into_iter().enumerate() {
        let (document, attachments) = (Some(DocumentId::from_bytes([9; 16])), Vec::new());
        let erase = Operation::Erase { space, document, sections: sections.clone(), attachments };
        let mut hand = Hand::in_roll(field.home(other), roll, SEED + number as u64);
        hand.seal(&[Section::Operation(erase.encode())]);
        field.book(other).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    }
    field.run_until_quiet();
    assert!(!field.book(other).erasures().unwrap().is_empty(), "it counts, in its own space");
    for phone in [aray, head, ss] {
        assert_eq!(erased(field.home(phone)), 0, "{phone:?}");
        assert_eq!(field.texts(phone, patrol), ["тұман"]);
    }
    field.wipe_relay();
    field.run_until_quiet();
    let late = field.phone("late");
    field.run_until_quiet();
    assert_eq!(field.texts(late, patrol), ["тұман"]);
}

/// A stolen console erases; one device has obeyed when the console is removed with a cut before that.
struct Fallen {
    field: Field,
    ss: Phone,
    head: Phone,
    aray: Phone,
    bekzat: Phone,
    patrol: PatrolId,
    other: PatrolId,
}

impl Fallen {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [ts, ss, head] = ["ts", "ss", "head"].map(|name| field.device(name));
        let (aray, bekzat) = (field.phone("aray"), field.phone("bekzat"));
        let patrol = field.start_patrol(head);
        field.write(head, patrol, "бірінші");
        let other = field.start_patrol(head);
        field.run_until_quiet();
        let id = field.id(ss);
        field.book(ss).erase(patrol).unwrap();
        field.carry_satchel(ss, aray);
        field.book(ts).remove_device(&id, true).unwrap();
        field.contact(ts);
        field.contact(head);
        field.contact(ss);
        for phone in [aray, bekzat, head, aray, bekzat, head] {
            field.contact(phone);
        }
        Self { field, ss, head, aray, bekzat, patrol, other }
    }
}

#[test]
fn who_obeyed_an_erasure_that_fell_goes_on_with_everything_else() {
    let Fallen { mut field, head, aray, bekzat, patrol, other, .. } = Fallen::new();
    field.write(head, patrol, "екінші");
    field.write(head, other, "басқа");
    for phone in [head, aray, bekzat, head, aray, bekzat] {
        field.contact(phone);
    }
    assert_eq!(field.texts(bekzat, patrol), ["бірінші", "екінші"], "who had not heard has lost nothing");
    for phone in [aray, bekzat] {
        assert_eq!(field.texts(phone, other), ["басқа"], "{phone:?}");
        let vault = inside::vault_of(field.home(phone));
        assert_eq!(inside::number(&vault, "SELECT count(*) FROM envelopes WHERE state = 2"), 0);
    }
}

#[test]
fn what_was_erased_by_an_operation_that_fell_is_there_again_where_it_comes_whole() {
    let Fallen { mut field, head, aray, patrol, other, .. } = Fallen::new();
    assert!(field.book(aray).patrol(patrol).is_err() && erased(field.home(aray)) > 0);
    field.write(head, other, "басқа");
    field.write(head, patrol, "екінші");
    field.carry_satchel(head, aray);
    assert_eq!(erased(field.home(aray)), 0);
    assert_eq!(field.texts(aray, patrol), ["бірінші", "екінші"]);
    assert_eq!(field.texts(aray, other), ["басқа"]);
    field.run_until_quiet();
    assert!(field.show_alike(&[head, aray], patrol) && field.show_alike(&[head, aray], other));
    assert_eq!(field.book(aray).doctor().unwrap().defects, 0);
}

#[test]
fn an_erasure_that_is_signed_after_its_signers_removal_keeps_nothing_away_for_good() {
    let Fallen { mut field, ss, head, patrol, .. } = Fallen::new();
    let (territory, of_squad) = (SpaceId::of_territory(&field.root()), spaces(field.home(head))[0]);
    let sections = sections_in(field.home(head), of_squad);
    let erase = Operation::Erase {
        space: of_squad,
        document: Some(DocumentId::from_bytes([1; 16])),
        sections,
        attachments: Vec::new(),
    };
    let mut hand = Hand::in_space(field.home(ss), (territory, squad_roll(field.home(head), territory)), 5);
    hand.seal(&[Section::Operation(erase.encode())]);
    let dana = field.phone("dana");
    field.book(dana).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    field.run_until_quiet();
    assert_eq!(erased(field.home(dana)), 0, "it is held, and nobody obeys it");
    assert_eq!(field.texts(dana, patrol), ["бірінші"]);
}

#[test]
fn a_record_is_erased_in_the_squad_where_it_is_shown_and_not_under_the_same_id_in_another() {
    let mut field = Field::new(SEED);
    let [ss, head] = ["ss", "head"].map(|name| field.device(name));
    let aray = field.phone("aray");
    field.book(ss).create_squad(&name("екінші"), 2026).unwrap();
    field.contact(ss);
    let evil = field.join_named_squad("evil", ss, (Role::SquadHead, "екінші"));
    field.run_until_quiet();
    let patrol = field.start_patrol(aray);
    field.write(aray, patrol, "шын");
    field.run_until_quiet();
    // A member of the other squad knows the id, and writes under it as if it were earlier.
    let mut hand = Hand::in_patrols(field.home(evil), SpaceId::of_territory(&field.root()), 3);
    let started = [
        ("kind", "patrol_started".into()),
        ("at", 1_000_000_000_000_i64.into()),
        ("tz", 0_i64.into()),
        ("mode", "independent".into()),
    ];
    let key = jasaq_tests::key(&hand.journal(), 1);
    let change = jasaq_tests::change(&hand.journal(), &[(key.as_str(), &started)]);
    hand.seal(&[Section::Change { document: DocumentId::from_bytes(*patrol.as_bytes()), change }]);
    field.book(evil).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    field.run_until_quiet();
    assert!(field.texts(ss, patrol).is_empty(), "the SS is shown the other squad's");
    assert_eq!(field.book(ss).erase(patrol).unwrap().statements, 1);
    field.run_until_quiet();
    for phone in [aray, head, ss] {
        assert_eq!(field.texts(phone, patrol), ["шын"]);
    }
}

/// How much a device said of one kind, as far as somebody holds it.
fn said_by(signer: &Path, held_in: &Path, kind: OperationKind) -> usize {
    let signer = inside::device_keys_of(signer).id();
    let vault = inside::vault_of(held_in);
    let mut select = vault.prepare("SELECT body FROM operations WHERE signer = ?1").unwrap();
    let bodies = select.query_map([signer.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let operations = bodies.map(|body| Operation::decode(&body.unwrap()).unwrap());
    operations.filter(|operation| operation.kind() == kind).count()
}

/// An operation that erases nothing that there is.
fn erasure(space: SpaceId, number: usize) -> Section {
    let document = Some(DocumentId::from_bytes((number as u128).to_be_bytes()));
    Section::Operation(Operation::Erase { space, document, sections: vec![], attachments: vec![] }.encode())
}

/// A new key of a space, and that key wrapped to somebody so that it does not open.
fn bad_key(space: SpaceId, to: DeviceId, before: &EpochKey) -> [Section; 2] {
    let chance = &mut ChaCha20Rng::seed_from_u64(SEED);
    let (new, nobodys) = (EpochKey::make(chance), EpochKey::make(chance));
    let carried = before.wrap(space, new.public().key(), chance).unwrap();
    let parents = vec![Parent { epoch: before.public().id(), key: carried }];
    let key = new.wrap(space, nobodys.public().key(), chance).unwrap();
    let rotate = Operation::Rotate { space, epoch: *new.public().key(), parents };
    let wrap = Operation::Wrap { space, epoch: new.public().id(), device: to, key };
    [rotate, wrap].map(|operation| Section::Operation(operation.encode()))
}

#[test]
fn who_erases_without_end_makes_nobody_answer_without_end_and_silences_no_word_about_keys() {
    const AT_ONCE: usize = 16;
    let mut field = Field::new(SEED);
    let [ss, head] = ["ss", "head"].map(|name| field.device(name));
    let (aray, bekzat) = (field.phone("aray"), field.phone("bekzat"));
    field.run_until_quiet();
    let (territory, space) = (SpaceId::of_territory(&field.root()), spaces(field.home(aray))[0]);
    let roll = squad_roll(field.home(aray), territory);
    let mut hand = Hand::in_space(field.home(ss), (territory, roll), SEED);
    // One answer more than a device signs, if all were answered.
    for first in (0..(ERASED_SIGNED_MAX + 1) * REPLACES_MAX).step_by(AT_ONCE) {
        let some: Vec<_> = (first..first + AT_ONCE).map(|number| erasure(space, number)).collect();
        hand.seal(&some);
    }
    field.book(head).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    field.run_until_quiet();
    for phone in [aray, bekzat] {
        let said = said_by(field.home(phone), field.home(head), OperationKind::Erased);
        assert_eq!(said, ERASED_SIGNED_MAX, "the relay passed on all that {phone:?} said");
    }

    let before = inside::vault_of(field.home(aray))
        .query_row("SELECT secret FROM epochs", [], |row| row.get::<_, [u8; 32]>(0))
        .unwrap();
    let to = inside::device_keys_of(field.home(aray)).id();
    hand.seal(&bad_key(space, to, &EpochKey::from_secret_bytes(&before)));
    field.book(head).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    field.run_until_quiet();
    assert!(said_by(field.home(aray), field.home(head), OperationKind::Lack) > 0, "he is heard");
}
