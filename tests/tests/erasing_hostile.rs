//! Who erases what is not his: with keys that allow him something, and with a pen.

use std::path::Path;

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::{DeviceId, DocumentId, EnvelopeHash, JournalId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::limits::{ERASED_SIGNED_MAX, REPLACES_MAX};
use jasaq_fieldbook::protocol::membership::{Operation, OperationKind, Parent, SectionPlace};
use jasaq_fieldbook::protocol::seal::{EpochKey, Section, WireEnvelope};
use jasaq_tests::{Field, Hand, inside};
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
    assert!(field.book(other).erasures().unwrap().len() > 0, "it counts, in its own space");
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

/// How much a device said of one kind, as far as somebody holds it.
fn said_by(signer: &Path, held_in: &Path, kind: OperationKind) -> usize {
    let signer = inside::device_keys_of(signer).id();
    let vault = inside::vault_of(held_in);
    let mut select = vault.prepare("SELECT body FROM operations WHERE signer = ?1").unwrap();
    let bodies = select.query_map([signer.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let operations = bodies.map(|body| Operation::decode(&body.unwrap()).unwrap());
    operations.filter(|operation| operation.kind() == kind).count()
}

/// The roll of the squad that a device is in.
fn roll_of_squad(home: &Path, territory: SpaceId) -> SpaceId {
    let vault = inside::vault_of(home);
    let rolls = inside::hashes(&vault, "SELECT DISTINCT roll FROM operations").into_iter();
    let mut rolls = rolls.map(|roll| SpaceId::from_bytes(roll.try_into().unwrap()));
    rolls.find(|roll| *roll != territory).unwrap()
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
    let roll = roll_of_squad(field.home(aray), territory);
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
