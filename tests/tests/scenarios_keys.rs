//! Protocol §8, row 12: keys that do not open, of hostile members who may hand keys on, and hostile members who call every key
//! bad.
//!
//! A key that does not open is asked for, who gave it is refused, and another gives it; what is recorded meanwhile reaches
//! everybody.

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::{EpochId, OperationId, SpaceId};
use jasaq_fieldbook::protocol::limits::WRAPS_OF_ONE_MAX;
use jasaq_fieldbook::protocol::membership::{Cut, Operation, Parent};
use jasaq_fieldbook::protocol::seal::{EpochKey, Section};
use jasaq_fieldbook::{Custody, MissingKey, RefusedKey};
use jasaq_tests::{Field, Hand, Phone, inside};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

const SEED: u64 = 12;

/// A squad with two heads, one of them hostile, and the volunteers Aray and Bekzat, in the middle of a patrol.
struct Squad {
    field: Field,
    ss: Phone,
    head: Phone,
    hostile: Phone,
    aray: Phone,
    bekzat: Phone,
    patrol: PatrolId,
    space: SpaceId,
    roll: SpaceId,
    first: EpochKey,
    chance: ChaCha20Rng,
}

impl Squad {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let (ss, head) = (field.device("ss"), field.device("head"));
        let hostile = field.join_squad("hostile", ss, Role::SquadHead);
        let (aray, bekzat) = (field.phone("aray"), field.phone("bekzat"));
        let patrol = field.start_patrol(head);
        field.write(head, patrol, "бұрынғы");
        field.run_until_quiet();
        // A volunteer reads patrols and nothing else that is sealed.
        let (space, secret): ([u8; 16], [u8; 32]) = inside::vault_of(field.home(aray))
            .query_row("SELECT space, secret FROM epochs", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        let space = SpaceId::from_bytes(space);
        let (_, roll) = wraps(&field, aray).into_iter().find(|(wrap, _)| wrap.0 == space).unwrap();
        let (first, chance) = (EpochKey::from_secret_bytes(&secret), ChaCha20Rng::seed_from_u64(SEED));
        Self { field, ss, head, hostile, aray, bekzat, patrol, space, roll, first, chance }
    }

    /// From now on nobody runs our program with the hostile head's keys.
    fn turns_hostile(&mut self) {
        self.field.lose(self.hostile);
    }

    /// Whoever's keys these are signs operations in the squad's roll, which the head then holds and passes on.
    fn sign(&mut self, who: Phone, operations: &[Operation], seed: u64) {
        self.sign_to(self.head, (who, operations), seed);
    }

    fn sign_to(&mut self, to: Phone, (who, operations): (Phone, &[Operation]), seed: u64) {
        let territory = SpaceId::of_territory(&self.field.root());
        let mut hand = Hand::in_space(self.field.home(who), (territory, self.roll), seed);
        for operation in operations {
            hand.seal(&[Section::Operation(operation.encode())]);
        }
        self.field.book(to).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    }

    /// The key of an epoch, wrapped to a device; if it is a bad one, so that nobody but its giver opens it.
    fn wrap(&mut self, key: &EpochKey, to: Phone, by: Option<Phone>) -> Operation {
        let device = self.field.id(to);
        let sealed_to = by.unwrap_or(to);
        let keys = inside::device_keys_of(self.field.home(sealed_to));
        let sealed = key.wrap(self.space, &keys.public().exchange, &mut self.chance).unwrap();
        Operation::Wrap { space: self.space, epoch: key.public().id(), device, key: sealed }
    }

    /// A new epoch that carries the first; its key for it is good, or seals it to somebody else.
    fn rotate(&mut self, new: &EpochKey, carries_well: bool) -> Operation {
        let nobodys = EpochKey::make(&mut self.chance);
        let carrier = if carries_well { new } else { &nobodys };
        let sealed = self.first.wrap(self.space, carrier.public().key(), &mut self.chance).unwrap();
        let parents = vec![Parent { epoch: self.first.public().id(), key: sealed }];
        Operation::Rotate { space: self.space, epoch: *new.public().key(), parents }
    }

    fn missing(&mut self, phone: Phone) -> Vec<MissingKey> {
        self.field.book(phone).status().unwrap().missing_keys
    }

    fn refused(&mut self, phone: Phone) -> Vec<RefusedKey> {
        self.field.book(phone).status().unwrap().refused_keys
    }

    fn texts(&mut self, phone: Phone) -> Vec<String> {
        self.field.texts(phone, self.patrol)
    }

    fn everybody_reads(&mut self, texts: &[&str]) {
        for phone in [self.ss, self.head, self.aray, self.bekzat] {
            assert_eq!(self.texts(phone), texts, "{phone:?}");
        }
    }
}

/// The space of a wrap, and its epoch and name.
type Wrap = (SpaceId, EpochId, OperationId);

/// Every wrap to a device that a head holds, with the roll that it stands in.
fn wraps(field: &Field, of: Phone) -> Vec<(Wrap, SpaceId)> {
    let own = inside::device_keys_of(field.home(of)).id();
    let vault = inside::vault_of(field.home(field.device("head")));
    let mut statement = vault.prepare("SELECT id, roll, body FROM operations").unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let (id, roll): ([u8; 16], [u8; 16]) = (row.get(0)?, row.get(1)?);
        Ok((OperationId::from_bytes(id), SpaceId::from_bytes(roll), row.get::<_, Vec<u8>>(2)?))
    };
    let rows = statement.query_map([], read).unwrap().map(Result::unwrap);
    rows.filter_map(|(id, roll, body)| match Operation::decode(&body) {
        Ok(Operation::Wrap { space, epoch, device, .. }) if device == own => Some(((space, epoch, id), roll)),
        _ => None,
    })
    .collect()
}

#[test]
fn scenario_12_a_key_that_does_not_open_is_asked_for_and_another_gives_it() {
    let mut squad = Squad::new();
    squad.turns_hostile();
    let (ss, head, hostile, aray, bekzat) = (squad.ss, squad.head, squad.hostile, squad.aray, squad.bekzat);
    let (new, other) = (EpochKey::make(&mut squad.chance), EpochKey::make(&mut squad.chance));
    // The hostile head renews the key and gives it to everybody; Aray gets one that opens for nobody, Bekzat's is another's.
    let mut signed = vec![squad.rotate(&new, true), squad.wrap(&new, ss, None), squad.wrap(&new, head, None)];
    signed.push(squad.wrap(&new, aray, Some(hostile)));
    let mut wrong = squad.wrap(&other, bekzat, None);
    if let Operation::Wrap { epoch, .. } = &mut wrong {
        *epoch = new.public().id();
    }
    signed.push(wrong);
    squad.sign(hostile, &signed, 1);
    squad.field.write(head, squad.patrol, "жаңа кілтпен");
    squad.field.contact(head);

    squad.field.contact(aray);
    let [missing] = squad.missing(aray).try_into().unwrap();
    assert_eq!((missing.has_another, missing.sealed), (true, 1), "what the head wrote waits here");
    squad.field.contact(aray);
    let (devices, [missing]) =
        ([ss, head].map(|phone| squad.field.id(phone)), squad.missing(aray).try_into().unwrap());
    assert!(missing.since_ms.is_some());
    assert_eq!(missing.refused.iter().map(|view| view.device).collect::<Vec<_>>(), [squad.field.id(hostile)]);
    let mut asked: Vec<_> = missing.asked.iter().map(|view| view.device).collect();
    asked.sort_by_key(|device| devices.iter().position(|other| other == device));
    assert_eq!(asked, devices);

    squad.field.write(aray, squad.patrol, "кілтсіз жазылды");
    squad.field.run_until_quiet();
    squad.everybody_reads(&["бұрынғы", "жаңа кілтпен", "кілтсіз жазылды"]);
    for phone in [aray, bekzat] {
        assert_eq!(squad.missing(phone), [], "and nothing is missing any more");
    }
    let hostile = squad.field.id(hostile);
    for console in [ss, head] {
        let refused = squad.refused(console);
        assert_eq!(refused.len(), 2, "Aray and Bekzat");
        assert!(refused.iter().all(|told| told.is_given_again && told.from[0].device == hostile));
    }
    assert!(squad.refused(bekzat).is_empty(), "it is no volunteer's business");
    squad.field.book(ss).remove_device(&hostile, false).unwrap();
    squad.field.run_until_quiet();
    assert_eq!(squad.refused(head), [], "told until somebody did something about it");
}

#[test]
fn scenario_12_what_a_rotation_carries_badly_is_given_by_itself() {
    let mut squad = Squad::new();
    squad.turns_hostile();
    let (ss, head, hostile) = (squad.ss, squad.head, squad.hostile);
    let new = EpochKey::make(&mut squad.chance);
    let mut signed = vec![squad.rotate(&new, false)];
    for phone in [ss, head, squad.aray, squad.bekzat] {
        signed.push(squad.wrap(&new, phone, None));
    }
    squad.sign(hostile, &signed, 1);
    squad.field.run_until_quiet();
    // Who had the first key goes on; who comes now is given the second, and cannot reach the first through it.
    squad.field.write(squad.aray, squad.patrol, "екінші кілтпен");
    let dana = squad.field.phone("dana");
    squad.field.run_until_quiet();
    assert_eq!(squad.texts(dana), ["бұрынғы", "екінші кілтпен"]);
    assert_eq!(squad.missing(dana), []);
    let [told] = squad.refused(ss).try_into().unwrap();
    assert_eq!((told.device.device, told.is_given_again), (squad.field.id(dana), true));
    assert_eq!(told.from[0].device, squad.field.id(hostile));
}

#[test]
fn scenario_12_an_admin_whose_own_key_did_not_open_tries_once_more() {
    let mut squad = Squad::new();
    let (ss, head, hostile, aray) = (squad.ss, squad.head, squad.hostile, squad.aray);
    let new = EpochKey::make(&mut squad.chance);
    // With the SS console's own keys: something went wrong there, once.
    let good = [head, ss, squad.bekzat].map(|phone| squad.wrap(&new, phone, None));
    let mut signed = vec![squad.rotate(&new, true)];
    signed.extend(good);
    signed.push(squad.wrap(&new, aray, Some(ss)));
    squad.sign(ss, &signed, 1);
    squad.field.contact(head);
    squad.field.contact(ss);
    squad.field.write(ss, squad.patrol, "жаңа кілтпен");
    squad.field.contact(ss);
    for phone in [head, hostile] {
        squad.field.lose(phone);
    }
    squad.field.run_until_quiet();
    assert_eq!(squad.texts(aray), ["бұрынғы", "жаңа кілтпен"]);
    assert_eq!(squad.missing(aray), []);
    let [told] = squad.refused(ss).try_into().unwrap();
    assert!(
        told.is_given_again && told.from[0].device == squad.field.id(ss),
        "and it is told what went wrong"
    );
}

#[test]
fn scenario_12_nobody_seals_to_a_key_that_he_cannot_open_while_he_has_a_good_one() {
    let mut squad = Squad::new();
    squad.turns_hostile();
    let (hostile, aray) = (squad.hostile, squad.aray);
    let new = EpochKey::make(&mut squad.chance);
    // By satchel, so that nobody else has said anything about it yet.
    let rotation = squad.rotate(&new, true);
    squad.sign_to(aray, (hostile, &[rotation]), 1);
    squad.field.write(aray, squad.patrol, "бірінші кілтпен");
    squad.field.run_until_quiet();
    squad.everybody_reads(&["бірінші кілтпен", "бұрынғы"]);
}

#[test]
fn scenario_12_a_key_that_the_sheets_do_not_open_is_found_by_a_drill_and_given_again() {
    let mut squad = Squad::new();
    squad.turns_hostile();
    let (ss, ts, hostile) = (squad.ss, squad.field.device("ts"), squad.hostile);
    let new = EpochKey::make(&mut squad.chance);
    let mut for_the_root = squad.wrap(&new, ss, Some(hostile));
    if let Operation::Wrap { device, .. } = &mut for_the_root {
        *device = squad.field.root();
    }
    let mut signed = vec![squad.rotate(&new, true), for_the_root];
    signed.extend([ss, squad.head].map(|phone| squad.wrap(&new, phone, None)));
    squad.sign(hostile, &signed, 1);
    squad.field.run_until_quiet();
    let sheets = squad.field.sheets().root;
    let two = [sheets[0].as_str(), &sheets[1]];
    assert_eq!(squad.field.book(ts).drill_recovery(&two).unwrap().unopened, 1);
    assert_eq!(squad.field.book(ts).recover_keys(&two).unwrap().unopened, 1);
    squad.field.run_until_quiet();
    assert_eq!(squad.field.book(ts).drill_recovery(&two).unwrap().unopened, 0);
}

#[test]
fn scenario_12_who_calls_every_key_bad_is_given_a_few_and_no_more() {
    let mut squad = Squad::new();
    let (ss, head, aray) = (squad.ss, squad.head, squad.aray);
    for round in 1..8 {
        let named = wraps(&squad.field, aray).into_iter().map(|((.., wrap), _)| wrap).collect();
        let (space, epoch) = (squad.space, squad.first.public().id());
        squad.sign(aray, &[Operation::Lack { space, epoch, operations: named }], round);
        squad.field.run_until_quiet();
    }
    let given = wraps(&squad.field, aray).len();
    let givers = [ss, head, squad.hostile].len();
    assert!(given > 1, "otherwise nothing is proved");
    assert!(given <= 1 + givers * WRAPS_OF_ONE_MAX, "{given}");
    for console in [ss, head] {
        let [told] = squad.refused(console).try_into().unwrap();
        assert!(!told.is_given_again, "it is for people to look at");
    }
    // Nobody else is held up by it, and who lies has the key as before.
    squad.field.write(head, squad.patrol, "кейінгі");
    squad.field.run_until_quiet();
    squad.everybody_reads(&["бұрынғы", "кейінгі"]);
}

#[test]
fn scenario_12_who_has_every_key_of_one_whom_he_refuses_renews_it_once() {
    let mut squad = Squad::new();
    squad.turns_hostile();
    let (ss, head) = (squad.ss, squad.head);
    let renewals = |squad: &Squad| {
        let own = inside::device_keys_of(squad.field.home(head)).id();
        let vault = inside::vault_of(squad.field.home(head));
        let mut select = vault.prepare("SELECT body FROM operations WHERE signer = ?1").unwrap();
        let bodies = select.query_map([own.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        let operations = bodies.map(|body| Operation::decode(&body.unwrap()).unwrap());
        operations
            .filter(|operation| matches!(operation, Operation::Rotate { .. }))
            .count()
    };
    assert_eq!(renewals(&squad), 0);
    let new = EpochKey::make(&mut squad.chance);
    let signed = [squad.rotate(&new, false), squad.wrap(&new, head, Some(ss))];
    squad.sign(ss, &signed, 1);
    squad.field.run_until_quiet();
    assert_eq!(renewals(&squad), 1, "else what others drop in would go to who gave him all");
    squad.field.write(head, squad.patrol, "жаңа кілтпен");
    squad.field.run_until_quiet();
    squad.everybody_reads(&["бұрынғы", "жаңа кілтпен"]);
    assert_eq!(renewals(&squad), 1);
}

#[test]
fn scenario_12_a_key_that_somebody_gives_to_nobody_stops_nobody() {
    let mut squad = Squad::new();
    squad.turns_hostile();
    let (ss, head, hostile, aray) = (squad.ss, squad.head, squad.hostile, squad.aray);
    let new = EpochKey::make(&mut squad.chance);
    let rotation = squad.rotate(&new, true);
    squad.sign(hostile, &[rotation], 1);
    squad.field.run_until_quiet();
    let entry = squad.field.write(aray, squad.patrol, "бірінші кілтпен");
    let dana = squad.field.phone("dana");
    squad.field.run_until_quiet();
    squad.everybody_reads(&["бірінші кілтпен", "бұрынғы"]);
    assert!(squad.field.can_read(dana, squad.patrol, &entry), "also who came in meanwhile");
    assert_eq!(squad.field.custody(aray, squad.patrol, &entry), Custody::WithSs);
    for console in [ss, head] {
        let [missing] = squad.missing(console).try_into().unwrap();
        assert!(missing.has_another && missing.refused.is_empty(), "it asked, and nobody has it");
    }
    // Now somebody leaves, so that the first key may not be used any more, and the hostile head's alone would be clean.
    let bekzat = squad.field.id(squad.bekzat);
    let removal =
        Operation::Remove { device: bekzat, cut: Cut { heads: vec![], parts: vec![] }, replaces: vec![] };
    squad.sign(hostile, &[removal], 2);
    squad.field.run_until_quiet();
    let after = squad.field.write(aray, squad.patrol, "үшінші кілтпен");
    squad.field.run_until_quiet();
    for phone in [ss, head, aray] {
        assert!(squad.field.can_read(phone, squad.patrol, &after), "{phone:?}: somebody renewed it");
    }
    assert!(!squad.field.can_read(squad.bekzat, squad.patrol, &after));
    assert!(!squad.field.book(aray).status().unwrap().waits_for_key);
}
