//! Who erases what is not his: with keys that allow him something, and with a pen.

use std::path::Path;

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::{DocumentId, EnvelopeHash, JournalId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::membership::{Operation, SectionPlace};
use jasaq_fieldbook::protocol::seal::{Section, WireEnvelope};
use jasaq_tests::{Field, Hand, inside};

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
