//! What a lock promises: nothing recorded is lost, nothing is answered, nothing of the key stays, and it comes by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jasaq_model::ids::{LegId, MemberId, PatrolId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::patrol::{LegEnd, PatrolEnd};
use jasaq_model::roles::Role;
use jasaq_model::words::{Language, Name};
use tempfile::TempDir;

use super::*;
use crate::surroundings::{Clock, Reading};
use crate::vault::{KeyRefused, Passphrase, VaultRefused};
use crate::{Card, Carrier, CarrierFailed, ContactReport, Exported, Membering, RelayWay, RootSheets, Ticket};

const MINUTE: i64 = 60_000;

/// A clock that the test turns, in ms.
#[derive(Clone, Default)]
pub(super) struct Turned(Arc<AtomicI64>);

impl Clock for Turned {
    fn read(&self) -> Reading {
        Reading { unix_ms: self.0.load(Ordering::SeqCst), offset_minutes: 300, elapsed_ms: None }
    }
}

impl Turned {
    fn set(&self, unix_ms: i64) {
        self.0.store(unix_ms, Ordering::SeqCst);
    }

    fn surroundings(&self) -> Surroundings {
        let chance = <rand_chacha::ChaCha20Rng as rand_chacha::rand_core::SeedableRng>::seed_from_u64(7);
        Surroundings::new(Box::new(self.clone()), Box::new(chance), None)
    }
}

fn passphrase(text: &str) -> KeyHolder {
    KeyHolder::Passphrase(Passphrase::typed(text, &mut Surroundings::of_the_system(None)))
}

pub(super) fn founded(home: &Path, clock: &Turned) -> Fieldbook {
    let handed_over = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
    Fieldbook::found(home, &KeyHolder::File, clock.surroundings(), handed_over)
        .unwrap()
        .0
}

/// Nobody answers.
struct Nobody;

impl Carrier for Nobody {
    fn fetch_identity(&mut self, _: &str) -> Result<jasaq_protocol::ids::RelayId, CarrierFailed> {
        Err(CarrierFailed::Unreachable)
    }

    fn carry(&mut self, _: &str, _: &[u8], _: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        Err(CarrierFailed::Unreachable)
    }
}

/// Every door of the façade, each with what it says.
fn knock(book: &mut Fieldbook) -> Vec<(&'static str, Result<(), FieldbookRefused>)> {
    let patrol = PatrolId::from_bytes([1; 16]);
    let device = jasaq_protocol::ids::DeviceId::from_bytes([4; 32]);
    let name = || Name::new("Сарысу").unwrap();
    let day: Day = "2026-05-01".parse().unwrap();
    let end = LegEnd { leg: LegId::from_bytes([2; 16]), occurred_at: None };
    let card = Card {
        member: MemberId::from_bytes([3; 16]),
        full_name: name(),
        certificate_number: None,
        eligible: true,
        as_of: day,
    };
    let report = &mut ContactReport::default();
    vec![
        ("patrols", book.patrols(9).map(drop)),
        ("patrol", book.patrol(patrol).map(drop)),
        ("patrol_digest", book.patrol_digest(patrol).map(drop)),
        ("roster", book.roster().map(drop)),
        ("squad_cards", book.squad_cards().map(drop)),
        ("status", book.status().map(drop)),
        ("export_patrol", book.export_patrol(patrol, Exported::Gpx, Language::Kk).map(drop)),
        ("export_documents", book.export_documents(patrol).map(drop)),
        ("doctor", book.doctor().map(drop)),
        ("decide_squad", book.decide_squad((name(), name()), (name(), day)).map(drop)),
        ("end_leg", book.end_leg(patrol, end).map(drop)),
        ("end_patrol", book.end_patrol(patrol, PatrolEnd { occurred_at: None }).map(drop)),
        ("create_squad", book.create_squad(&name(), 2026)),
        ("create_council", book.create_council(&["Council"], 2026)),
        (
            "invite",
            book.invite(Membering::Office { role: Role::StructuralSubdivision, office: "1" })
                .map(drop),
        ),
        ("waiting_joins", book.waiting_joins().map(drop)),
        ("confirm", book.confirm("базук-лугам-нишут-пофик").map(drop)),
        ("rotate_patrols_key", book.rotate_patrols_key()),
        ("devices", book.devices().map(drop)),
        ("squads", book.squads().map(drop)),
        ("write_card", book.write_card(card)),
        ("remove_device", book.remove_device(&device, false).map(drop)),
        ("change_device_role", book.change_device_role(&device, Role::Volunteer)),
        ("held", book.held().map(drop)),
        ("decide_held", book.decide_held(&[StatementRef::new("AAAAAAAA.1".to_owned()).unwrap()], true)),
        ("flush", book.flush().map(drop)),
        ("meet_relay", book.meet_relay(&mut Nobody)),
        ("prepare_contact", book.prepare_contact().map(drop)),
        ("open_answer", book.open_answer(Ticket::from_number(1)).map(drop)),
        ("contact", book.contact(&mut Nobody, report)),
        ("sync", book.sync(&mut Nobody, report)),
        ("export_satchel", book.export_satchel(&mut Vec::new()).map(drop)),
        ("set_relay", book.set_relay("https://relay.example", None)),
        ("relay_way", book.relay_way().map(drop)),
        ("set_relay_way", book.set_relay_way(&RelayWay::default())),
        ("lock_minutes", book.lock_minutes().map(drop)),
        ("set_lock_minutes", book.set_lock_minutes(5)),
    ]
}

#[test]
fn a_locked_fieldbook_answers_nothing_and_says_that_it_is_locked() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path(), &Turned::default());
    book.lock().unwrap();
    for (door, outcome) in knock(&mut book) {
        let is_locked = matches!(outcome, Err(FieldbookRefused::Vault(VaultRefused::Locked)));
        assert!(is_locked, "{door}: {outcome:?}");
    }
    book.unlock(&KeyHolder::File).unwrap();
    for (door, outcome) in knock(&mut book) {
        let is_locked = matches!(outcome, Err(FieldbookRefused::Vault(VaultRefused::Locked)));
        assert!(!is_locked, "otherwise the rule is proved of nobody: {door}");
    }
}

#[test]
fn what_was_recorded_before_the_lock_is_there_after_it() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path(), &Turned::default());
    book.create_council(&["Council"], 2026).unwrap();
    let (before, id) = (book.status().unwrap(), book.device.id());
    for _ in 0..2 {
        book.lock().unwrap();
        assert!(book.is_locked());
        assert_ne!(book.device.id(), id, "the device's own keys were put away too");
    }
    book.unlock(&KeyHolder::File).unwrap();
    assert_eq!(book.device.id(), id);
    assert_eq!(format!("{before:?}"), format!("{:?}", book.status().unwrap()));
    book.lock().unwrap();
    book.close().unwrap();
}

#[test]
fn whoever_does_not_have_the_key_unlocks_nothing() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path(), &Turned::default());
    Fieldbook::hand_key_over(home.path(), &KeyHolder::File, &passphrase("жеті рет өлше, бір рет кес"))
        .unwrap();
    book.status().unwrap();
    book.lock().unwrap();
    let refused = |outcome| match outcome {
        Err(FieldbookRefused::Vault(VaultRefused::Key(refused))) => refused,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused(book.unlock(&KeyHolder::File)), KeyRefused::OtherHolder));
    assert!(matches!(refused(book.unlock(&passphrase("жеті рет кес, бір рет өлше"))), KeyRefused::Wrong));
    assert!(book.is_locked() && book.status().is_err());
    book.unlock(&passphrase("жеті рет өлше, бір рет кес")).unwrap();
    book.status().unwrap();
}

#[test]
fn it_locks_itself_once_nobody_used_it_for_as_long_as_was_set() {
    let home = TempDir::new().unwrap();
    let clock = Turned::default();
    let mut book = founded(home.path(), &clock);
    assert_eq!(book.lock_minutes().unwrap(), LOCK_MINUTES);
    book.set_lock_minutes(5).unwrap();
    clock.set(4 * MINUTE);
    book.note_use();
    clock.set(9 * MINUTE - 1);
    assert!(!book.lock_if_idle().unwrap());
    book.flush().unwrap();
    clock.set(9 * MINUTE);
    assert!(book.lock_if_idle().unwrap(), "what the program does by itself is no use");
    assert!(book.lock_if_idle().unwrap(), "and it stays so");
    book.unlock(&KeyHolder::File).unwrap();
    assert!(!book.lock_if_idle().unwrap(), "to unlock is to use it");
    assert_eq!(book.lock_minutes().unwrap(), 5, "what was set is kept in the vault");
}

#[test]
fn a_clock_that_was_set_back_puts_the_lock_off_once_and_not_by_what_it_was_set_back() {
    let home = TempDir::new().unwrap();
    let clock = Turned::default();
    clock.set(1_000_000 * MINUTE);
    let mut book = founded(home.path(), &clock);
    clock.set(0);
    assert!(!book.lock_if_idle().unwrap());
    clock.set(i64::from(LOCK_MINUTES) * MINUTE);
    assert!(book.lock_if_idle().unwrap());
}

#[test]
fn there_is_no_lock_that_never_comes() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path(), &Turned::default());
    for minutes in [0, LOCK_MINUTES_MAX + 1, u16::MAX] {
        let refused = book.set_lock_minutes(minutes);
        assert!(matches!(refused, Err(FieldbookRefused::LockMinutes { .. })), "{minutes}");
    }
    book.set_lock_minutes(LOCK_MINUTES_MAX).unwrap();
}
