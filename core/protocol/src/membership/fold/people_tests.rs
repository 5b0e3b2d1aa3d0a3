//! Whose second device it is.
//!
//! Invariants:
//! 1. Another device of a member is added in whose name the member was brought, or by an SS of the squad for its head.
//! 2. Who signs the same nonce in another name brings somebody else, whatever came first and whatever became of the first.

use crate::ids::MemberId;
use crate::membership::fold::world::*;
use crate::membership::fold::*;

const SS2: u64 = 13;
const HEAD2: u64 = 14;
/// The console of a neighbouring office, which serves the squad too.
const NEIGHBOUR: u64 = 30;
/// Aidos, whom HEAD brought.
const AIDOS: u64 = VOL;

/// A squad that two offices share, with two consoles of the one, one of the other, and two heads.
fn shared_squad() -> Rolls {
    let mut rolls = Rolls::default();
    rolls.sign(ROOT, territory(), found(99));
    rolls.bring(ROOT, territory(), TS, Role::Ts);
    for console in [SS, SS2, NEIGHBOUR] {
        rolls.bring(TS, territory(), console, Role::Ss);
    }
    rolls.give_office(NEIGHBOUR, OTHER_OFFICE);
    let mut roll = space(80, SpaceKind::SquadRoll);
    if let Operation::Space { offices, .. } = &mut roll {
        offices.push(OTHER_OFFICE);
    }
    rolls.sign(SS, territory(), roll);
    rolls.space(SS, squad(), 90, SpaceKind::Patrols);
    rolls.bring(SS, squad(), HEAD, Role::Head);
    rolls.bring(SS, squad(), HEAD2, Role::Head);
    rolls.bring(HEAD, squad(), AIDOS, Role::Vol);
    rolls
}

fn member_of(rolls: &Rolls, device: u64) -> MemberId {
    rolls.fold().known_device(&keys(device).id()).unwrap().member
}

/// Whether the device that somebody adds beside another's is the same person's; none if it is not added.
fn is_beside(rolls: &Rolls, device: u64, whom: u64) -> Option<bool> {
    let membership = rolls.fold();
    let added = membership.device(&keys(device).id())?;
    Some(added.member == member_of(rolls, whom))
}

#[test]
fn an_equal_who_repeats_what_aidos_is_named_with_brings_somebody_else() {
    let mut rolls = shared_squad();
    for (equal, device) in [(HEAD2, 40), (NEIGHBOUR, 41), (SS, 42)] {
        rolls.bring_beside((equal, squad()), (device, Role::Vol), (AIDOS, None));
        assert_eq!(is_beside(&rolls, device, AIDOS), Some(false), "{equal}");
    }
    let of_head = Some(member_of(&rolls, HEAD));
    let in_his_name = rolls.bring_beside((HEAD2, squad()), (43, Role::Vol), (AIDOS, of_head));
    assert_eq!(rolls.fold().standing(&in_his_name), Some(Standing::NotCounted(NotCounted::Rank)));
    assert_eq!(is_beside(&rolls, 43, AIDOS), None);
}

#[test]
fn who_brought_aidos_and_every_console_above_him_adds_his_second_phone() {
    let mut rolls = shared_squad();
    let of_head = Some(member_of(&rolls, HEAD));
    rolls.bring_beside((HEAD, squad()), (40, Role::Vol), (AIDOS, None));
    for (console, device) in [(SS, 41), (SS2, 42), (NEIGHBOUR, 43)] {
        rolls.bring_beside((console, squad()), (device, Role::Vol), (AIDOS, of_head));
    }
    assert_eq!([40, 41, 42, 43].map(|device| is_beside(&rolls, device, AIDOS)), [Some(true); 4]);
    let added = rolls.fold();
    assert_eq!(added.device(&keys(41).id()).unwrap().added_by, keys(SS).id(), "who added it is seen");
}

#[test]
fn another_console_of_the_office_stands_in_for_the_lost_one_and_a_neighbours_does_not() {
    let mut rolls = shared_squad();
    rolls.remove(TS, territory(), SS);
    rolls.bring_beside((SS2, squad()), (40, Role::Head), (HEAD, None));
    rolls.bring_beside((NEIGHBOUR, squad()), (41, Role::Head), (HEAD, None));
    assert_eq!([40, 41].map(|device| is_beside(&rolls, device, HEAD)), [Some(true), Some(false)]);
}

#[test]
fn a_head_goes_on_with_his_people_on_his_new_phone() {
    let mut rolls = shared_squad();
    rolls.remove(SS, squad(), HEAD);
    rolls.bring_beside((SS, squad()), (40, Role::Head), (HEAD, None));
    rolls.bring_beside((40, squad()), (41, Role::Vol), (AIDOS, None));
    assert_eq!(is_beside(&rolls, 41, AIDOS), Some(true));
    rolls.remove(SS, squad(), AIDOS);
    rolls.bring_beside((40, squad()), (42, Role::Vol), (AIDOS, None));
    assert_eq!(is_beside(&rolls, 42, AIDOS), Some(true), "he returns, though none of his phones is in");
}

#[test]
fn a_new_console_of_the_ts_goes_on_with_the_offices_of_the_lost_one() {
    let mut rolls = shared_squad();
    rolls.bring(ROOT, territory(), 50, Role::Ts);
    rolls.give_office(50, OTHER_OFFICE);
    rolls.remove(ROOT, territory(), TS);
    rolls.bring_beside((50, territory()), (51, Role::Ss), (SS, None));
    rolls.bring_beside((99, territory()), (52, Role::Ts), (TS, None));
    rolls.bring_beside((50, territory()), (53, Role::Ss), (TS, None));
    let stands = [(51, SS), (52, TS), (53, TS)].map(|(device, whom)| is_beside(&rolls, device, whom));
    assert_eq!(stands, [Some(true), Some(true), Some(false)], "the root's successor goes on for the root");
}

#[test]
fn what_an_add_carries_to_be_beside_somebody_is_what_counts_beside_him() {
    let rolls = shared_squad();
    let membership = rolls.fold();
    let naming = |by: u64, whom: u64| membership.naming(&member_of(&rolls, whom), &keys(by).id());
    let of_head = Some(member_of(&rolls, HEAD));
    assert_eq!(naming(HEAD, AIDOS), Some((nonce_of(AIDOS), None)));
    assert_eq!([SS, NEIGHBOUR].map(|by| naming(by, AIDOS)), [Some((nonce_of(AIDOS), of_head)); 2]);
    assert_eq!([HEAD2, AIDOS, TS].map(|by| naming(by, AIDOS)), [None; 3]);
    assert_eq!([SS2, NEIGHBOUR, HEAD].map(|by| naming(by, HEAD).is_some()), [true, false, false]);
}

#[test]
fn a_member_of_one_roll_is_nobodys_in_another() {
    let mut rolls = shared_squad();
    rolls.space(SS, territory(), 81, SpaceKind::SquadRoll);
    let elsewhere = SpaceId::derive(&territory(), &keys(SS).id(), &[81; 16]);
    let of_head = Some(member_of(&rolls, HEAD));
    rolls.bring_beside((SS, elsewhere), (40, Role::Vol), (AIDOS, of_head));
    assert_eq!(is_beside(&rolls, 40, AIDOS), Some(false));
}

#[test]
fn a_volunteer_who_became_a_head_returns_as_one() {
    let mut rolls = shared_squad();
    let of_head = Some(member_of(&rolls, HEAD));
    rolls.change(SS, AIDOS, Role::Head);
    rolls.remove(SS, squad(), AIDOS);
    rolls.bring_beside((SS, squad()), (40, Role::Head), (AIDOS, of_head));
    assert_eq!(is_beside(&rolls, 40, AIDOS), Some(true));
}
