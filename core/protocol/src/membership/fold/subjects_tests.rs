//! What a higher rank says of a device.
//!
//! Invariants:
//! 1. What a removed device signed within the cut stands, what it signs beyond is held; also at places nobody had seen.
//! 2. Of two who speak at once any removal wins, the lowest role judges, and what counts is within all cuts.
//! 3. A word falls with the right to say it, and then what it took away is there again.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::ids::{EnvelopeHash, OperationId, Sequence};
use crate::membership::fold::world::*;
use crate::membership::fold::*;
use crate::membership::{Access, Cut, Parent, Placement};

const HEAD2: u64 = 14;
const SS2: u64 = 13;

/// The district with a second SS and a second head.
fn lively() -> Rolls {
    let mut rolls = district();
    rolls.bring(TS, territory(), SS2, Role::Ss);
    rolls.bring(SS, squad(), HEAD2, Role::Head);
    rolls
}

fn chance() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([7; 32])
}

fn is_in(rolls: &Rolls, device: u64) -> bool {
    rolls.fold().device(&keys(device).id()).is_some()
}

fn role_of(rolls: &Rolls, device: u64) -> Option<Role> {
    rolls.fold().device(&keys(device).id()).map(|enrolled| enrolled.role)
}

fn standing(rolls: &Rolls, id: OperationId) -> Standing {
    rolls.fold().standing(&id).unwrap()
}

fn refused(reason: NotCounted) -> Standing {
    Standing::NotCounted(reason)
}

#[test]
fn a_removed_device_is_out_and_what_it_signed_before_stands() {
    let mut rolls = lively();
    let before = rolls.bring(HEAD, squad(), 20, Role::Vol);
    assert!(is_in(&rolls, HEAD), "otherwise the rule is proved of nobody");
    let removal = rolls.remove(SS, squad(), HEAD);
    let after = rolls.bring(HEAD, squad(), 21, Role::Vol);
    let membership = rolls.fold();
    assert_eq!(membership.standing(&removal), Some(Standing::Counted));
    assert!(membership.is_removed(&keys(HEAD).id()) && !is_in(&rolls, HEAD));
    assert_eq!(membership.access(&keys(HEAD).id(), &patrols()), Access::None);
    assert_eq!(membership.former_access(&keys(HEAD).id(), &patrols()), Access::ReadWrite);
    assert_eq!([before, after].map(|id| standing(&rolls, id)), [Standing::Counted, Standing::Held]);
    assert!(is_in(&rolls, 20) && !is_in(&rolls, 21));
    assert!(membership.removed_devices().count() == 1);
}

#[test]
fn a_removal_takes_no_role_away_so_that_an_equal_may_not_remove_again() {
    let mut rolls = lively();
    rolls.change(SS, VOL, Role::Head);
    rolls.remove(SS, squad(), VOL);
    let device = keys(VOL).id();
    assert_eq!(rolls.fold().known_device(&device).unwrap().role, Role::Head);
    let again = Operation::Remove { device, cut: Cut::default(), replaces: Vec::new() };
    let again = rolls.sign(HEAD2, squad(), again);
    assert_eq!(standing(&rolls, again), refused(NotCounted::Rank));
}

#[test]
fn what_is_put_in_later_at_a_place_that_nobody_saw_is_held() {
    let mut rolls = lively();
    rolls.bring(HEAD, squad(), 20, Role::Vol);
    rolls.remove(SS, squad(), HEAD);
    // At the place of its first operation the removed device signs another.
    let first = rolls.0.iter().position(|entry| entry.signer == keys(HEAD).id()).unwrap();
    let (place, signer) = (rolls.0[first].place, rolls.0[first].signer);
    let (forged_id, hash) = (OperationId::from_bytes([66; 16]), EnvelopeHash::from_bytes([66; 32]));
    let forged = RollEntry::new(forged_id, (place, hash), signer, invite(77, Role::Vol));
    let mut links = rolls.links();
    links.note((place.journal, place.sequence), forged.hash, None);
    rolls.0.push(forged);
    let membership = fold(keys(ROOT).id(), &rolls.0, &links);
    assert_eq!(membership.standing(&forged_id), Some(Standing::Held));
    assert_eq!(membership.standing(&rolls.0[first].id), Some(Standing::Counted));
}

#[test]
fn what_is_not_yet_linked_to_the_cut_waits_and_then_counts() {
    let mut rolls = lively();
    let added = rolls.bring(HEAD, squad(), 20, Role::Vol);
    rolls.sign(HEAD, squad(), invite(78, Role::Vol));
    rolls.remove(SS, squad(), HEAD);
    let mut without_last = rolls.clone();
    without_last
        .0
        .retain(|entry| !matches!(entry.operation, Operation::Invite { key, .. } if key == invite_key(78)));
    assert_eq!(standing(&without_last, added), Standing::Waiting);
    assert_eq!(standing(&rolls, added), Standing::Counted);
}

#[test]
fn a_journal_that_no_cut_lists_is_wholly_beyond_unless_a_part_does() {
    let mut rolls = lively();
    let added = rolls.bring(HEAD, squad(), 20, Role::Vol);
    let (cut, device) = (rolls.cut_here(HEAD), keys(HEAD).id());
    let replaces = rolls.fold().unreplaced(&device);
    let nothing = Operation::Remove { device, cut: Cut::default(), replaces: replaces.clone() };
    let first = rolls.sign(SS, squad(), nothing);
    assert_eq!(standing(&rolls, added), Standing::Held);
    // Another head holds more of it, and the SS makes his word its own.
    let heads = Operation::Heads { device, heads: cut.heads };
    let part = rolls.sign(HEAD2, squad(), heads.clone());
    assert_eq!(standing(&rolls, added), Standing::Held, "nobody has named it");
    let cut = Cut { heads: Vec::new(), parts: vec![part] };
    let again = Operation::Remove { device, cut, replaces: vec![first] };
    rolls.sign(SS, squad(), again);
    assert_eq!(standing(&rolls, added), Standing::Counted);
    rolls.0.retain(|entry| entry.operation != heads);
    assert_eq!(standing(&rolls, added), Standing::Waiting, "the part has not come");
}

#[test]
fn two_officers_who_change_one_member_at_once_agree_everywhere() {
    let mut rolls = lively();
    let (device, replaces) = (keys(VOL).id(), rolls.fold().unreplaced(&keys(VOL).id()));
    let role = |role| Operation::Role { device, role, cut: Cut::default(), replaces: replaces.clone() };
    rolls.sign(SS, squad(), role(Role::Head));
    assert_eq!(role_of(&rolls, VOL), Some(Role::Head));
    rolls.sign(SS2, squad(), role(Role::Nse));
    assert_eq!(role_of(&rolls, VOL), Some(Role::Nse), "the lowest judges");
    rolls.sign(SS2, squad(), Operation::Remove { device, cut: Cut::default(), replaces: Vec::new() });
    assert_eq!(role_of(&rolls, VOL), None, "any removal wins");
    let names_all = rolls.fold().unreplaced(&device);
    rolls.sign(
        SS,
        squad(),
        Operation::Role { device, role: Role::Head, cut: Cut::default(), replaces: names_all },
    );
    assert_eq!(role_of(&rolls, VOL), None, "only a removal replaces a removal");
}

#[test]
fn of_two_removals_what_is_within_both_cuts_counts_and_one_may_replace_the_other() {
    let mut rolls = lively();
    let early = rolls.bring(HEAD, squad(), 20, Role::Vol);
    let replaces = rolls.fold().unreplaced(&keys(HEAD).id());
    let (low, device) = (rolls.cut_here(HEAD), keys(HEAD).id());
    let late = rolls.bring(HEAD, squad(), 21, Role::Vol);
    let high = rolls.cut_here(HEAD);
    let one = Operation::Remove { device, cut: high.clone(), replaces: replaces.clone() };
    let one = rolls.sign(SS, squad(), one);
    assert_eq!(standing(&rolls, late), Standing::Counted);
    let other = rolls.sign(SS2, squad(), Operation::Remove { device, cut: low, replaces });
    assert_eq!([early, late].map(|id| standing(&rolls, id)), [Standing::Counted, Standing::Held]);
    rolls.sign(SS, squad(), Operation::Remove { device, cut: high, replaces: vec![one, other] });
    assert_eq!(standing(&rolls, late), Standing::Counted);
}

#[test]
fn what_a_lower_rank_replaces_of_a_higher_one_stands() {
    let mut rolls = lively();
    rolls.bring(HEAD, squad(), 20, Role::Vol);
    let by_ss = rolls.remove(SS, squad(), 20);
    let device = keys(20).id();
    let all = Cut { heads: Vec::new(), parts: vec![OperationId::from_bytes([9; 16])] };
    rolls.sign(HEAD, squad(), Operation::Remove { device, cut: all, replaces: vec![by_ss] });
    let at = (journal(20, squad()), EnvelopeHash::from_bytes([5; 32]));
    let place = Standpoint { journal: &at.0, sequence: Sequence::FIRST, hash: &at.1 };
    assert_eq!(rolls.fold().judge(&device, place, &rolls.links()), Judged::Held);
}

#[test]
fn a_promoted_volunteer_operates_from_the_cut_on_and_a_demoted_head_up_to_it() {
    let mut rolls = lively();
    let early = rolls.sign(VOL, squad(), invite(70, Role::Vol));
    rolls.change(SS, VOL, Role::Head);
    let added = rolls.bring(VOL, squad(), 20, Role::Vol);
    assert_eq!([early, added].map(|id| standing(&rolls, id)), [refused(NotCounted::Rank), Standing::Counted]);
    rolls.change(SS, VOL, Role::Vol);
    let late = rolls.bring(VOL, squad(), 21, Role::Vol);
    assert_eq!([added, late].map(|id| standing(&rolls, id)), [Standing::Counted, refused(NotCounted::Rank)]);
    assert_eq!(role_of(&rolls, VOL), Some(Role::Vol));
}

#[test]
fn who_a_promoted_volunteer_brought_may_be_promoted_and_removed_in_turn() {
    let mut rolls = lively();
    rolls.change(SS, VOL, Role::Head);
    rolls.bring(VOL, squad(), 20, Role::Vol);
    rolls.change(SS, 20, Role::Head);
    rolls.bring(20, squad(), 21, Role::Nse);
    assert_eq!([20, 21].map(|device| role_of(&rolls, device)), [Some(Role::Head), Some(Role::Nse)]);
    let by_equal = rolls.remove(VOL, squad(), 20);
    assert_eq!(standing(&rolls, by_equal), refused(NotCounted::Rank), "20 is a head by now");
    rolls.remove(20, squad(), 21);
    assert!(!is_in(&rolls, 21));
    let cut = Cut::default();
    rolls.sign(SS2, squad(), Operation::Remove { device: keys(VOL).id(), cut, replaces: Vec::new() });
    assert!(
        ![20, 21].into_iter().any(|device| is_in(&rolls, device)),
        "what a removed head added beyond his cut falls"
    );
}

#[test]
fn an_officers_removals_fall_with_him_and_who_he_removed_is_back() {
    let mut rolls = lively();
    let cut = rolls.cut_here(SS2);
    let hostile = rolls.remove(SS2, squad(), HEAD);
    assert!(!is_in(&rolls, HEAD));
    let (device, replaces) = (keys(SS2).id(), rolls.fold().unreplaced(&keys(SS2).id()));
    rolls.sign(TS, territory(), Operation::Remove { device, cut, replaces });
    assert_eq!(standing(&rolls, hostile), Standing::Held);
    assert!(is_in(&rolls, HEAD) && is_in(&rolls, VOL));
}

#[test]
fn nobody_removes_himself_an_equal_a_higher_one_or_whom_another_squad_has() {
    let mut rolls = lively();
    let mut others = space(81, SpaceKind::SquadRoll);
    if let Operation::Space { offices, .. } = &mut others {
        *offices = vec![OFFICE, OTHER_OFFICE];
    }
    rolls.sign(SS, territory(), others);
    let other_squad = SpaceId::derive(&territory(), &keys(SS).id(), &[81; 16]);
    rolls.bring(SS, other_squad, 30, Role::Vol);
    let tried = [
        (rolls.remove(SS, squad(), SS), NotCounted::Oneself),
        (rolls.remove(SS2, territory(), SS), NotCounted::Rank),
        (rolls.remove(HEAD, squad(), HEAD2), NotCounted::Rank),
        (rolls.remove(HEAD, squad(), SS), NotCounted::Roll),
        (rolls.remove(VOL, squad(), HEAD), NotCounted::Rank),
        (rolls.remove(HEAD, other_squad, 30), NotCounted::Scope),
        (rolls.remove(HEAD, squad(), 30), NotCounted::Roll),
        (rolls.remove(TS, territory(), HEAD), NotCounted::Roll),
        (rolls.change(HEAD, VOL, Role::Nse), NotCounted::Rank),
    ];
    for (number, (id, reason)) in tried.into_iter().enumerate() {
        assert_eq!(standing(&rolls, id), refused(reason), "{number}");
    }
    assert!([SS, SS2, HEAD, HEAD2, VOL, 30].into_iter().all(|device| is_in(&rolls, device)));
}

#[test]
fn a_decision_counts_from_a_higher_rank_that_reads_the_space_and_may_be_taken_back() {
    let mut rolls = lively();
    rolls.remove(SS, squad(), VOL);
    let place = Placement {
        space: patrols(),
        journal: journal(VOL, patrols()),
        sequence: Sequence::FIRST,
        hash: EnvelopeHash::from_bytes([5; 32]),
    };
    let decide = |is_admitted, keys: &[&str], replaces: &[OperationId]| Operation::Admit {
        device: crate::membership::fold::world::keys(VOL).id(),
        place,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        is_admitted,
        replaces: replaces.to_vec(),
    };
    let by_volunteer = rolls.sign(VOL, squad(), decide(true, &[], &[]));
    let by_ts = rolls.sign(TS, squad(), decide(true, &[], &[]));
    assert_eq!(standing(&rolls, by_volunteer), Standing::Held);
    assert_eq!(standing(&rolls, by_ts), refused(NotCounted::Scope));
    assert_eq!(rolls.fold().decision(&place, "A.1"), None);
    let one = rolls.sign(SS, squad(), decide(true, &["A.1"], &[]));
    assert_eq!(["A.1", "A.2"].map(|key| rolls.fold().decision(&place, key)), [Some(true), None]);
    rolls.sign(HEAD, squad(), decide(false, &[], &[one]));
    assert_eq!(rolls.fold().decision(&place, "A.1"), Some(false), "side by side it stays held");
    let beside = rolls.fold().decisions_about(&place, "A.1");
    rolls.sign(SS, squad(), decide(true, &[], &beside));
    assert_eq!(["A.1", "A.2"].map(|key| rolls.fold().decision(&place, key)), [Some(true); 2]);
}

#[test]
fn an_epoch_that_who_left_holds_is_not_clean_and_neither_is_what_it_was_carried_into() {
    let mut rolls = lively();
    let wrap_to = |of: u64, device: u64| {
        let public = keys(device).public();
        let key = epoch(of).wrap(patrols(), &public.exchange, &mut chance()).unwrap();
        Operation::Wrap { space: patrols(), epoch: epoch(of).public().id(), device: public.id, key }
    };
    let rotate = |to: u64, parents: &[u64]| {
        let key = *epoch(to).public().key();
        let carry = |parent: &u64| Parent {
            epoch: epoch(*parent).public().id(),
            key: epoch(*parent).wrap(patrols(), &key, &mut chance()).unwrap(),
        };
        Operation::Rotate { space: patrols(), epoch: key, parents: parents.iter().map(carry).collect() }
    };
    let clean = |rolls: &Rolls| {
        let membership = rolls.fold();
        [9, 10, 11, 12].map(|seed| membership.is_clean(&patrols(), &epoch(seed).public().id()))
    };
    rolls.sign(SS, squad(), wrap_to(9, HEAD));
    rolls.sign(SS, squad(), wrap_to(9, VOL));
    rolls.bring(HEAD, squad(), 20, Role::Vol);
    rolls.sign(SS, squad(), wrap_to(9, 20));
    assert!(clean(&rolls)[0]);
    // Two officers, apart: one removes VOL and renews for all but him, the other removes 20 and renews for all but him.
    let mut other = rolls.clone();
    rolls.remove(SS, squad(), VOL);
    rolls.sign(SS, squad(), rotate(10, &[9]));
    rolls.sign(SS, squad(), wrap_to(10, 20));
    assert_eq!(clean(&rolls)[..2], [false, true]);
    let shared = other.0.len();
    other.remove(SS2, squad(), 20);
    other.sign(SS2, squad(), rotate(11, &[9]));
    other.sign(SS2, squad(), wrap_to(11, VOL));
    rolls.0.extend(other.0.into_iter().skip(shared).map(|entry| {
        let mut id = *entry.id.as_bytes();
        id[0] ^= 1;
        RollEntry { id: OperationId::from_bytes(id), ..entry }
    }));
    assert_eq!(clean(&rolls)[..3], [false, false, false], "each was wrapped to whom the other removed");
    rolls.sign(HEAD, squad(), rotate(12, &[9, 10, 11]));
    rolls.sign(HEAD, squad(), wrap_to(12, SS));
    assert_eq!(clean(&rolls), [false, false, false, true]);
    rolls.sign(HEAD, squad(), wrap_to(12, 20));
    assert!(!clean(&rolls)[3]);
}
