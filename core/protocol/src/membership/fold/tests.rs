//! The fold by strict rank.
//!
//! Invariants:
//! 1. The same set of operations gives the same membership in any order.
//! 2. Nobody is in whom no higher rank added; nothing a lower rank signs about a higher one counts.
//! 3. What explains an operation may come after it: waiting, then counted.

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::ids::{EnvelopeHash, ExchangeKey, JournalId, MemberId, OfficeId, Sequence};
use crate::membership::{Access, Join, Season, operation_id};
use crate::seal::{DeviceKeys, EpochKey};

fn keys(seed: u8) -> DeviceKeys {
    DeviceKeys::make(&mut ChaCha20Rng::from_seed([seed; 32]))
}

fn epoch(seed: u8) -> EpochKey {
    EpochKey::make(&mut ChaCha20Rng::from_seed([seed; 32]))
}

const OFFICE: OfficeId = OfficeId::from_bytes([70; 16]);
const OTHER_OFFICE: OfficeId = OfficeId::from_bytes([71; 16]);
const SQUAD: SpaceId = SpaceId::from_bytes([80; 16]);
const OTHER_SQUAD: SpaceId = SpaceId::from_bytes([81; 16]);
const PATROLS: SpaceId = SpaceId::from_bytes([90; 16]);
const ROOT: u8 = 1;
const TS: u8 = 2;
const SS: u8 = 3;
const HEAD: u8 = 4;
const VOL: u8 = 5;

/// Operations as they come, each from its signer in a roll.
#[derive(Default)]
struct Rolls(Vec<RollEntry>);

impl Rolls {
    fn sign(&mut self, signer: u8, roll: SpaceId, operation: Operation) -> OperationId {
        let count = u8::try_from(self.0.len()).unwrap();
        let id = operation_id(&EnvelopeHash::from_bytes([count; 32]), 0);
        let place =
            Place { space: roll, journal: JournalId::from_bytes([signer; 16]), sequence: Sequence::FIRST };
        self.0.push(RollEntry { id, place, signer: keys(signer).id(), operation });
        id
    }

    fn add(&mut self, signer: u8, roll: SpaceId, device: u8, role: Role) -> OperationId {
        let office = (!role.is_of_a_squad()).then_some(OFFICE);
        let (device, member) = (keys(device).public(), MemberId::from_bytes([device; 16]));
        self.sign(signer, roll, Operation::Add { device, member, role, office, invite: None })
    }

    fn space(&mut self, signer: u8, roll: SpaceId, space: SpaceId, kind: SpaceKind) -> OperationId {
        let epoch = (!kind.is_roll()).then(|| *epoch(9).public().key());
        self.sign(
            signer,
            roll,
            Operation::Space { space, kind, season: Season(2026), offices: vec![OFFICE], epoch },
        )
    }

    fn fold(&self) -> Membership {
        fold(keys(ROOT).id(), &self.0)
    }
}

fn territory() -> SpaceId {
    SpaceId::of_territory(&keys(ROOT).id())
}

/// A territory with a TS, an SS, one squad with its head and a volunteer, and a patrols space.
fn district() -> Rolls {
    let mut rolls = Rolls::default();
    rolls.sign(ROOT, territory(), Operation::Found { successor: keys(99).id() });
    rolls.add(ROOT, territory(), TS, Role::Ts);
    rolls.add(TS, territory(), SS, Role::Ss);
    rolls.space(SS, territory(), SQUAD, SpaceKind::SquadRoll);
    rolls.space(SS, SQUAD, PATROLS, SpaceKind::Patrols);
    rolls.add(SS, SQUAD, HEAD, Role::Head);
    rolls.add(HEAD, SQUAD, VOL, Role::Vol);
    rolls
}

#[test]
fn a_district_stands_and_everybody_reaches_what_is_his() {
    let membership = district().fold();
    assert!(membership.territory().is_some());
    let access = |device| membership.access(&keys(device).id(), &PATROLS);
    assert_eq!([SS, HEAD, VOL].map(access), [Access::ReadWrite; 3]);
    assert_eq!(access(TS), Access::None);
    assert!(membership.access(&keys(VOL).id(), &SQUAD).reads());
    assert!(!membership.access(&keys(VOL).id(), &SQUAD).writes());
    assert_eq!(membership.readers_of(&PATROLS).count(), 3);
}

#[test]
fn what_comes_before_its_explanation_waits_and_then_counts() {
    let rolls = district();
    let last = rolls.0.last().unwrap().id;
    let without_head = Rolls(rolls.0.iter().filter(|entry| entry.signer != keys(SS).id()).cloned().collect());
    assert_eq!(without_head.fold().standing(&last), Some(Standing::Waiting));
    assert_eq!(rolls.fold().standing(&last), Some(Standing::Counted));
}

#[test]
fn a_volunteer_adds_nobody_and_a_head_adds_no_head() {
    let mut rolls = district();
    let by_volunteer = rolls.add(VOL, SQUAD, 20, Role::Vol);
    let by_head = rolls.add(HEAD, SQUAD, 21, Role::Head);
    let membership = rolls.fold();
    for id in [by_head, by_volunteer] {
        assert_eq!(membership.standing(&id), Some(Standing::NotCounted(NotCounted::Rank)));
    }
    assert!(membership.device(&keys(20).id()).is_none() && membership.device(&keys(21).id()).is_none());
}

#[test]
fn nobody_reaches_into_another_squad_or_office() {
    let mut rolls = district();
    let office = Some(OTHER_OFFICE);
    let (device, member) = (keys(30).public(), MemberId::from_bytes([30; 16]));
    rolls.sign(TS, territory(), Operation::Add { device, member, role: Role::Ss, office, invite: None });
    rolls.sign(
        30,
        territory(),
        Operation::Space {
            space: OTHER_SQUAD,
            kind: SpaceKind::SquadRoll,
            season: Season(2026),
            offices: vec![OTHER_OFFICE],
            epoch: None,
        },
    );
    let head_there = rolls.add(HEAD, OTHER_SQUAD, 31, Role::Vol);
    let ss_here = rolls.add(30, SQUAD, 32, Role::Vol);
    let membership = rolls.fold();
    for id in [head_there, ss_here] {
        assert_eq!(membership.standing(&id), Some(Standing::NotCounted(NotCounted::Scope)));
    }
    assert_eq!(membership.access(&keys(30).id(), &PATROLS), Access::None);
}

#[test]
fn an_operation_in_the_wrong_roll_does_not_count() {
    let mut rolls = district();
    let in_territory = rolls.add(SS, territory(), 40, Role::Vol);
    let in_squad = rolls.space(SS, SQUAD, SpaceId::from_bytes([82; 16]), SpaceKind::SquadRoll);
    let membership = rolls.fold();
    for id in [in_territory, in_squad] {
        assert_eq!(membership.standing(&id), Some(Standing::NotCounted(NotCounted::Roll)));
    }
}

#[test]
fn a_device_added_twice_keeps_the_lower_role() {
    let mut rolls = district();
    rolls.add(SS, SQUAD, 50, Role::Head);
    rolls.add(SS, SQUAD, 50, Role::Vol);
    assert_eq!(rolls.fold().device(&keys(50).id()).unwrap().role, Role::Vol);
}

#[test]
fn an_invite_is_used_once_and_all_who_asked_are_seen() {
    let mut rolls = district();
    let invite = keys(60);
    let key = InviteKey::from_bytes(*invite.id().as_bytes());
    let operation = Operation::Invite { key, role: Role::Vol, office: None, expires_at_ms: 0 };
    rolls.sign(HEAD, SQUAD, operation);
    for joiner in [61, 62] {
        rolls.sign(60, SQUAD, Operation::Join(Join::make(key, &keys(joiner))));
    }
    let stolen =
        rolls.sign(60, SQUAD, Operation::Join(Join::make(InviteKey::from_bytes([1; 32]), &keys(63))));
    let mut added = Vec::new();
    for joiner in [61, 62] {
        let (device, member) = (keys(joiner).public(), MemberId::from_bytes([joiner; 16]));
        let add = Operation::Add { device, member, role: Role::Vol, office: None, invite: Some(key) };
        added.push(rolls.sign(HEAD, SQUAD, add));
    }
    let membership = rolls.fold();
    assert_eq!(membership.invite(&key).unwrap().joins.len(), 2);
    assert_eq!(membership.standing(&stolen), Some(Standing::NotCounted(NotCounted::Proof)));
    let counted = added
        .iter()
        .filter(|id| membership.standing(id) == Some(Standing::Counted))
        .count();
    assert_eq!(counted, 1);
    assert!(
        added
            .iter()
            .any(|id| membership.standing(id) == Some(Standing::NotCounted(NotCounted::InviteUsed)))
    );
}

#[test]
fn a_wrapped_key_reaches_its_device_and_a_rotation_carries_the_parents() {
    let mut rolls = district();
    let mut chance = ChaCha20Rng::from_seed([7; 32]);
    let (first, second) = (epoch(9), epoch(10));
    let (old, new) = (first.public().id(), second.public().id());
    let parent = first.wrap(PATROLS, second.public().key(), &mut chance).unwrap();
    let parents = vec![super::super::operation::Parent { epoch: old, key: parent }];
    rolls.sign(HEAD, SQUAD, Operation::Rotate { space: PATROLS, epoch: *second.public().key(), parents });
    let key = second.wrap(PATROLS, &keys(VOL).public().exchange, &mut chance).unwrap();
    rolls.sign(HEAD, SQUAD, Operation::Wrap { space: PATROLS, epoch: new, device: keys(VOL).id(), key });
    let membership = rolls.fold();
    let record = membership.space(&PATROLS).unwrap();
    assert_eq!(record.newest_epoch().map(|public| public.id()), Some(new));
    let (wrapped_epoch, sealed) = membership.wraps(&PATROLS, &keys(VOL).id()).next().unwrap();
    let opened = EpochKey::unwrap_for_device(sealed, PATROLS, wrapped_epoch, &keys(VOL)).unwrap();
    let parent = opened.unwrap_parent(&record.epochs[&new].parents[&old], PATROLS, old).unwrap();
    assert_eq!(parent.public(), first.public());
    assert!(EpochKey::unwrap_for_device(sealed, PATROLS, wrapped_epoch, &keys(HEAD)).is_err());
    assert!(EpochKey::unwrap_for_device(sealed, PATROLS, old, &keys(VOL)).is_err());
}

#[test]
fn a_key_wrapped_to_who_may_not_read_does_not_count() {
    let mut rolls = district();
    let key = epoch(9)
        .wrap(PATROLS, &keys(TS).public().exchange, &mut ChaCha20Rng::from_seed([7; 32]))
        .unwrap();
    let epoch = epoch(9).public().id();
    let wrap = rolls.sign(SS, SQUAD, Operation::Wrap { space: PATROLS, epoch, device: keys(TS).id(), key });
    assert_eq!(rolls.fold().standing(&wrap), Some(Standing::NotCounted(NotCounted::Scope)));
}

fn operations() -> impl Strategy<Value = Operation> {
    let roles = prop::sample::select(Role::ALL.to_vec());
    let kinds = prop::sample::select(SpaceKind::ALL.to_vec());
    let add = (1..12_u8, roles.clone()).prop_map(|(device, role)| Operation::Add {
        device: keys(device).public(),
        member: MemberId::from_bytes([device; 16]),
        role,
        office: (!role.is_of_a_squad()).then_some(OFFICE),
        invite: None,
    });
    let space = (80..84_u8, kinds).prop_map(|(space, kind)| Operation::Space {
        space: SpaceId::from_bytes([space; 16]),
        kind,
        season: Season(2026),
        offices: vec![OFFICE],
        epoch: (!kind.is_roll()).then_some(ExchangeKey::from_bytes([9; 32])),
    });
    let invite = (1..4_u8, roles).prop_map(|(key, role)| Operation::Invite {
        key: InviteKey::from_bytes([key; 32]),
        role,
        office: (!role.is_of_a_squad()).then_some(OFFICE),
        expires_at_ms: 0,
    });
    prop_oneof![add, space, invite]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_same_set_gives_the_same_membership_in_any_order(
        extra in prop::collection::vec((1..12_u8, prop::sample::select(vec![0, 80, 81, 82]), operations()), 0..30),
        seed: u64,
    ) {
        let mut rolls = district();
        for (signer, roll, operation) in extra {
            let roll = if roll == 0 { territory() } else { SpaceId::from_bytes([roll; 16]) };
            rolls.sign(signer, roll, operation);
        }
        let folded = rolls.fold();
        let mut shuffled = Rolls(rolls.0.clone());
        let mut chance = ChaCha20Rng::seed_from_u64(seed);
        for last in (1..shuffled.0.len()).rev() {
            let other = usize::try_from(rand_chacha::rand_core::Rng::next_u64(&mut chance)).unwrap() % (last + 1);
            shuffled.0.swap(last, other);
        }
        prop_assert_eq!(&shuffled.fold(), &folded);
        for (device, enrolled) in folded.devices() {
            let adder = folded.device(&enrolled.added_by).map(|adder| adder.role.rank());
            prop_assert!(*device != folded.root());
            prop_assert!(adder.unwrap_or(Rank::Root) < enrolled.role.rank());
        }
    }

    #[test]
    fn an_operation_reads_back_and_garbage_never_panics(operation in operations(), garbage in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(read) = Operation::decode(&operation.encode()) {
            prop_assert_eq!(read, operation);
        }
        let _ = Operation::decode(&garbage);
    }
}
