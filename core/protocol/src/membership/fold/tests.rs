//! The fold by strict rank.
//!
//! Invariants:
//! 1. Nobody is in whom no higher rank added; nothing a lower rank signs about a higher one counts.
//! 2. Nobody is in who did not ask his inviter for it, and whom that inviter did not add.
//! 3. What explains an operation may come after it: waiting, then counted.
//!
//! What holds for any set of operations stands in `properties.rs`.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::world::*;
use super::*;
use crate::membership::{Access, Join, Parent, Wrapped};
use crate::seal::EpochKey;

#[test]
fn a_district_stands_and_everybody_reaches_what_is_his() {
    let membership = district().fold();
    assert!(membership.territory().is_some());
    let access = |device| membership.access(&keys(device).id(), &patrols());
    assert_eq!([SS, HEAD, VOL].map(access), [Access::ReadWrite; 3]);
    assert_eq!(access(TS), Access::None);
    assert!(membership.access(&keys(VOL).id(), &squad()).reads());
    assert!(!membership.access(&keys(VOL).id(), &squad()).writes());
    assert_eq!(membership.readers_of(&patrols()).count(), 3);
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
    let by_volunteer = rolls.bring(VOL, squad(), 20, Role::Vol);
    let by_head = rolls.bring(HEAD, squad(), 21, Role::Head);
    let membership = rolls.fold();
    for id in [by_head, by_volunteer] {
        assert_eq!(membership.standing(&id), Some(Standing::NotCounted(NotCounted::Rank)));
    }
    assert!(membership.device(&keys(20).id()).is_none() && membership.device(&keys(21).id()).is_none());
}

#[test]
fn nobody_reaches_into_another_squad_or_office() {
    let mut rolls = district();
    rolls.bring(TS, territory(), 30, Role::Ss);
    rolls.give_office(30, OTHER_OFFICE);
    let mut other_squads = space(81, SpaceKind::SquadRoll);
    if let Operation::Space { offices, .. } = &mut other_squads {
        *offices = vec![OTHER_OFFICE];
    }
    rolls.sign(30, territory(), other_squads);
    let other_squad = SpaceId::derive(&territory(), &keys(30).id(), &[81; 16]);
    let head_there = rolls.bring(HEAD, other_squad, 31, Role::Vol);
    let ss_here = rolls.bring(30, squad(), 32, Role::Vol);
    let membership = rolls.fold();
    for id in [head_there, ss_here] {
        assert_eq!(membership.standing(&id), Some(Standing::NotCounted(NotCounted::Scope)));
    }
    assert_eq!(membership.access(&keys(30).id(), &patrols()), Access::None);
    assert!(
        membership.access(&keys(30).id(), &other_squad).writes(),
        "otherwise the rule is proved of nobody"
    );
}

#[test]
fn an_operation_in_the_wrong_roll_does_not_count() {
    let mut rolls = district();
    let in_territory = rolls.bring(SS, territory(), 40, Role::Vol);
    let in_squad = rolls.space(SS, squad(), 82, SpaceKind::SquadRoll);
    let membership = rolls.fold();
    for id in [in_territory, in_squad] {
        assert_eq!(membership.standing(&id), Some(Standing::NotCounted(NotCounted::Roll)));
    }
}

#[test]
fn a_device_added_twice_keeps_the_lower_role() {
    let mut rolls = district();
    for (key, role) in [(51, Role::Head), (52, Role::Vol)] {
        rolls.sign(SS, squad(), invite(key, role));
        rolls.sign(key, squad(), join(key, SS, 0, 50));
        rolls.sign(SS, squad(), add(50, role, Some(key)));
    }
    assert_eq!(rolls.fold().device(&keys(50).id()).unwrap().role, Role::Vol);
}

#[test]
fn a_device_that_asked_two_inviters_is_where_it_asked_last() {
    let mut rolls = district();
    rolls.bring(SS, squad(), 8, Role::Head);
    for (inviter, key, attempt) in [(HEAD, 51, 3), (8, 52, 4)] {
        rolls.sign(inviter, squad(), invite(key, Role::Vol));
        rolls.sign(key, squad(), join(key, inviter, attempt, 50));
        rolls.sign(inviter, squad(), add(50, Role::Vol, Some(key)));
    }
    assert_eq!(rolls.fold().device(&keys(50).id()).unwrap().added_by, keys(8).id());
    rolls.sign(51, squad(), join(51, HEAD, 5, 50));
    assert_eq!(rolls.fold().device(&keys(50).id()).unwrap().added_by, keys(HEAD).id());
}

#[test]
fn a_space_is_its_makers_alone() {
    let mut rolls = district();
    rolls.bring(TS, territory(), 7, Role::Ss);
    let before = rolls.fold();
    let copy = rolls.space(7, squad(), 90, SpaceKind::Protected);
    let membership = rolls.fold();
    assert_eq!(membership.standing(&copy), Some(Standing::Counted));
    assert_eq!(membership.space(&patrols()), before.space(&patrols()));
    let copied = SpaceId::derive(&squad(), &keys(7).id(), &[90; 16]);
    assert_eq!(membership.space(&copied).map(|record| record.maker), Some(keys(7).id()));
    let again = rolls.space(SS, squad(), 90, SpaceKind::Protected);
    let standings = [copy, again].map(|id| rolls.fold().standing(&id).unwrap());
    assert!(standings.contains(&Standing::Counted), "of what a maker says twice, the order of ids decides");
}

#[test]
fn nobody_is_added_without_an_invite_that_fits_and_a_join_of_his_own() {
    let mut rolls = district();
    rolls.bring(SS, squad(), 8, Role::Head);
    for (key, role) in [(61, Role::Vol), (62, Role::Nse), (63, Role::Vol)] {
        rolls.sign(HEAD, squad(), invite(key, role));
    }
    rolls.sign(61, squad(), join(61, HEAD, 0, 20));
    rolls.sign(62, squad(), join(62, HEAD, 0, 21));
    let uninvited = rolls.sign(HEAD, squad(), add(20, Role::Vol, None));
    let as_another = rolls.sign(HEAD, squad(), add(21, Role::Vol, Some(62)));
    let by_another = rolls.sign(8, squad(), add(20, Role::Vol, Some(61)));
    let unasked = rolls.sign(HEAD, squad(), add(22, Role::Vol, Some(61)));
    let early = rolls.sign(HEAD, squad(), add(23, Role::Vol, Some(63)));
    let not_invited = Some(Standing::NotCounted(NotCounted::NotInvited));
    let membership = rolls.fold();
    assert_eq!([uninvited, as_another].map(|id| membership.standing(&id)), [not_invited; 2]);
    assert_eq!([by_another, unasked, early].map(|id| membership.standing(&id)), [Some(Standing::Waiting); 3]);
    assert!((20..24).all(|device| membership.device(&keys(device).id()).is_none()));
    rolls.sign(63, squad(), join(63, HEAD, 0, 23));
    assert_eq!(rolls.fold().standing(&early), Some(Standing::Counted));
}

#[test]
fn another_exchange_key_than_the_device_proved_is_not_wrapped_to() {
    let mut rolls = district();
    rolls.sign(HEAD, squad(), invite(61, Role::Vol));
    rolls.sign(61, squad(), join(61, HEAD, 0, 20));
    let mut forged = add(20, Role::Vol, Some(61));
    if let Operation::Add { device, .. } = &mut forged {
        device.exchange = keys(HEAD).public().exchange;
    }
    let forged = rolls.sign(HEAD, squad(), forged);
    assert_eq!(rolls.fold().standing(&forged), Some(Standing::Waiting));
}

#[test]
fn an_invite_whose_key_another_copies_stays_its_inviters() {
    let mut rolls = district();
    rolls.bring(SS, squad(), 8, Role::Head);
    let before = rolls.fold();
    let lowest = OperationId::from_bytes([0; 16]);
    rolls.sign_as(lowest, (8, squad()), invite(INVITE + VOL, Role::Nse));
    let seen = rolls.sign(INVITE + VOL, squad(), join(INVITE + VOL, 8, 9, 40));
    let stolen = rolls.sign(8, squad(), add(VOL, Role::Nse, Some(INVITE + VOL)));
    let membership = rolls.fold();
    assert_eq!(membership.device(&keys(VOL).id()), before.device(&keys(VOL).id()));
    assert_eq!(
        membership.standing(&seen),
        Some(Standing::Counted),
        "a stranger who saw the code asks the thief"
    );
    assert_eq!(membership.standing(&stolen), Some(Standing::Waiting), "he never asked the thief");
    assert_eq!(membership.invites_of(&invite_key(INVITE + VOL)).count(), 2);
}

#[test]
fn an_invite_is_used_once_and_all_who_asked_are_seen() {
    let mut rolls = district();
    rolls.sign(HEAD, squad(), invite(60, Role::Vol));
    for joiner in [61, 62, 62] {
        rolls.sign(60, squad(), join(60, HEAD, 0, joiner));
    }
    let of_another = Join::make(invite_key(1), keys(HEAD).id(), 0, &keys(63));
    let stolen = rolls.sign(60, squad(), Operation::Join(of_another));
    let added = [61, 62].map(|joiner| rolls.sign(HEAD, squad(), add(joiner, Role::Vol, Some(60))));
    let membership = rolls.fold();
    assert_eq!(membership.invite(&invite_key(60), &keys(HEAD).id()).unwrap().joins.len(), 2);
    assert_eq!(membership.standing(&stolen), Some(Standing::NotCounted(NotCounted::Proof)));
    let mut standings = added.map(|id| membership.standing(&id).unwrap());
    standings.sort_by_key(|standing| *standing != Standing::Counted);
    assert_eq!(standings, [Standing::Counted, Standing::NotCounted(NotCounted::InviteUsed)]);
}

#[test]
fn who_repeats_anothers_rotation_takes_no_parents_away() {
    let mut rolls = district();
    let (first, second) = (epoch(9), epoch(10));
    let key = first
        .wrap(patrols(), second.public().key(), &mut ChaCha20Rng::from_seed([7; 32]))
        .unwrap();
    let parents = vec![Parent { epoch: first.public().id(), key }];
    let rotate = |parents| Operation::Rotate { space: patrols(), epoch: *second.public().key(), parents };
    rolls.sign(HEAD, squad(), rotate(parents));
    let before = rolls.fold();
    rolls.sign_as(OperationId::from_bytes([0; 16]), (SS, squad()), rotate(Vec::new()));
    let parents = |membership: &Membership| {
        membership.space(&patrols()).unwrap().epochs[&second.public().id()]
            .parents
            .clone()
    };
    assert_eq!(parents(&rolls.fold()), parents(&before));
}

#[test]
fn ten_thousand_operations_are_folded_and_all_of_them_count() {
    let mut rolls = district();
    for device in 1_000..4_333 {
        rolls.bring(HEAD, squad(), device, Role::Vol);
    }
    let membership = rolls.fold();
    assert_eq!(membership.devices().count(), 4 + 3_333);
    assert!(
        rolls
            .0
            .iter()
            .all(|entry| membership.standing(&entry.id) == Some(Standing::Counted))
    );
}

#[test]
fn a_wrapped_key_reaches_its_device_and_a_rotation_carries_the_parents() {
    let mut rolls = district();
    let mut chance = ChaCha20Rng::from_seed([7; 32]);
    let (first, second) = (epoch(9), epoch(10));
    let (old, new) = (first.public().id(), second.public().id());
    let parent = first.wrap(patrols(), second.public().key(), &mut chance).unwrap();
    let parents = vec![Parent { epoch: old, key: parent }];
    rolls.sign(HEAD, squad(), Operation::Rotate { space: patrols(), epoch: *second.public().key(), parents });
    let key = second.wrap(patrols(), &keys(VOL).public().exchange, &mut chance).unwrap();
    rolls.sign(HEAD, squad(), Operation::Wrap { space: patrols(), epoch: new, device: keys(VOL).id(), key });
    let membership = rolls.fold();
    let record = membership.space(&patrols()).unwrap();
    assert_eq!(record.newest_epoch().map(|public| public.id()), Some(new));
    let Wrapped { epoch: wrapped_epoch, key: sealed, .. } =
        membership.wraps(&patrols(), &keys(VOL).id()).next().unwrap();
    let opened = EpochKey::unwrap_for_device(sealed, patrols(), wrapped_epoch, &keys(VOL)).unwrap();
    let parent = opened
        .unwrap_parent(&record.epochs[&new].parents[&old].first().unwrap().1, patrols(), old)
        .unwrap();
    assert_eq!(parent.public(), first.public());
    assert!(EpochKey::unwrap_for_device(sealed, patrols(), wrapped_epoch, &keys(HEAD)).is_err());
    assert!(EpochKey::unwrap_for_device(sealed, patrols(), old, &keys(VOL)).is_err());
}

#[test]
fn a_key_wrapped_to_who_may_not_read_does_not_count() {
    let mut rolls = district();
    let key = epoch(9)
        .wrap(patrols(), &keys(TS).public().exchange, &mut ChaCha20Rng::from_seed([7; 32]))
        .unwrap();
    let epoch = epoch(9).public().id();
    let wrap =
        rolls.sign(SS, squad(), Operation::Wrap { space: patrols(), epoch, device: keys(TS).id(), key });
    assert_eq!(rolls.fold().standing(&wrap), Some(Standing::NotCounted(NotCounted::Scope)));
}
