//! Keys that do not open: who says so, whom he refuses by it, and what it changes for nobody else.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::world::*;
use super::*;
use crate::ids::EpochId;
use crate::membership::Parent;
use crate::seal::SealedKey;

/// Of the squad too; a second head.
const HEAD2: u64 = 8;

/// A key that opens for nobody whom it is given to here: whether it opens is not the fold's to know.
fn sealed() -> SealedKey {
    let to = keys(ROOT).public().exchange;
    epoch(9).wrap(patrols(), &to, &mut ChaCha20Rng::from_seed([7; 32])).unwrap()
}

fn id_of(number: u64) -> EpochId {
    epoch(number).public().id()
}

fn wrap(number: u64, device: u64) -> Operation {
    Operation::Wrap { space: patrols(), epoch: id_of(number), device: keys(device).id(), key: sealed() }
}

fn rotate(number: u64, parents: &[u64]) -> Operation {
    let parents = parents.iter().map(|parent| Parent { epoch: id_of(*parent), key: sealed() });
    let parents = parents.collect();
    Operation::Rotate { space: patrols(), epoch: *epoch(number).public().key(), parents }
}

fn lack(number: u64, operations: &[OperationId]) -> Operation {
    Operation::Lack { space: patrols(), epoch: id_of(number), operations: operations.to_vec() }
}

/// A district with a second head.
fn with_heads() -> Rolls {
    let mut rolls = district();
    rolls.bring(SS, squad(), HEAD2, Role::Head);
    rolls
}

fn is_given(rolls: &Rolls, device: u64, number: u64) -> bool {
    rolls.fold().is_given(&patrols(), &keys(device).id(), &id_of(number))
}

fn lacks(rolls: &Rolls, device: u64, number: u64) -> bool {
    rolls.fold().lacks(&patrols(), &keys(device).id(), &id_of(number))
}

#[test]
fn a_volunteer_says_that_a_key_does_not_open_and_refuses_who_gave_it_from_then_on() {
    let mut rolls = with_heads();
    let bad = rolls.sign(HEAD2, squad(), wrap(9, VOL));
    assert!(is_given(&rolls, VOL, 9) && !lacks(&rolls, VOL, 9), "until he says otherwise");
    let said = rolls.sign(VOL, squad(), lack(9, &[bad]));
    assert_eq!(rolls.fold().standing(&said), Some(Standing::Counted));
    assert!(!is_given(&rolls, VOL, 9) && lacks(&rolls, VOL, 9));
    // Who is refused may flood: nothing more need be said.
    rolls.sign(HEAD2, squad(), wrap(9, VOL));
    rolls.sign(HEAD2, squad(), rotate(10, &[9]));
    rolls.sign(HEAD2, squad(), wrap(10, VOL));
    assert!(lacks(&rolls, VOL, 9) && lacks(&rolls, VOL, 10));
    // Another gives it, and it is his word alone that changed anything.
    rolls.sign(HEAD, squad(), wrap(9, VOL));
    assert!(is_given(&rolls, VOL, 9) && !lacks(&rolls, VOL, 9));
    rolls.sign(HEAD2, squad(), wrap(9, HEAD));
    assert!(is_given(&rolls, HEAD, 9));
}

#[test]
fn what_a_lack_names_may_come_after_it() {
    let mut rolls = with_heads();
    let bad = OperationId::from_bytes([5; 16]);
    let said = rolls.sign(VOL, squad(), lack(9, &[bad]));
    assert_eq!(rolls.fold().standing(&said), Some(Standing::Counted));
    rolls.sign_as(bad, (HEAD2, squad()), wrap(9, VOL));
    assert!(!is_given(&rolls, VOL, 9));
}

#[test]
fn a_rotation_whose_parents_do_not_open_is_refused_as_a_wrap_is() {
    let mut rolls = with_heads();
    let rotation = rolls.sign(HEAD2, squad(), rotate(10, &[9]));
    let said = rolls.sign(VOL, squad(), lack(9, &[rotation]));
    let membership = rolls.fold();
    assert_eq!(membership.standing(&said), Some(Standing::Counted));
    let asked: Vec<_> = membership.epochs_asked_for(&patrols(), &keys(VOL).id()).copied().collect();
    assert_eq!(asked, [id_of(9)]);
    assert_eq!(membership.refused_by(&patrols(), &keys(VOL).id()), BTreeSet::from([keys(HEAD2).id()]));
    assert!(membership.refused_by(&patrols(), &keys(HEAD).id()).is_empty(), "by him alone");
}

#[test]
fn only_who_reads_the_space_says_so_in_its_roll() {
    let mut rolls = with_heads();
    rolls.bring(TS, territory(), 30, Role::Cc);
    let by_the_council = rolls.sign(30, territory(), lack(9, &[]));
    let elsewhere = rolls.sign(SS, territory(), lack(9, &[]));
    let by_who_reads_no_patrols = rolls.sign(TS, squad(), lack(9, &[]));
    let of_a_roll = Operation::Lack { space: squad(), epoch: id_of(9), operations: Vec::new() };
    let of_a_roll = rolls.sign(VOL, squad(), of_a_roll);
    let nowhere = Operation::Lack { space: territory_of(77), epoch: id_of(9), operations: Vec::new() };
    let nowhere = rolls.sign(VOL, squad(), nowhere);
    let by_a_stranger = rolls.sign(60, squad(), lack(9, &[]));
    let by_the_root = rolls.sign(ROOT, squad(), lack(9, &[]));
    let membership = rolls.fold();
    let standing = |id: OperationId| membership.standing(&id).unwrap();
    for id in [by_the_council, by_who_reads_no_patrols, of_a_roll] {
        assert_eq!(standing(id), Standing::NotCounted(NotCounted::Rank));
    }
    assert_eq!(standing(elsewhere), Standing::NotCounted(NotCounted::Roll));
    assert_eq!([nowhere, by_a_stranger].map(standing), [Standing::Waiting; 2]);
    assert_eq!(standing(by_the_root), Standing::Counted, "whoever holds the sheets has tried its keys");
}

fn territory_of(root: u64) -> SpaceId {
    SpaceId::of_territory(&keys(root).id())
}

#[test]
fn a_lack_of_who_was_removed_since_is_held_beyond_the_cut() {
    let mut rolls = with_heads();
    let bad = rolls.sign(HEAD2, squad(), wrap(9, VOL));
    let first = rolls.sign(VOL, squad(), lack(9, &[]));
    rolls.remove(HEAD, squad(), VOL);
    let late = rolls.sign(VOL, squad(), lack(9, &[bad]));
    let membership = rolls.fold();
    assert_eq!(membership.standing(&first), Some(Standing::Counted));
    assert_eq!(membership.standing(&late), Some(Standing::Held));
    assert!(membership.refused_by(&patrols(), &keys(VOL).id()).is_empty());
}

#[test]
fn who_refuses_a_key_is_taken_to_hold_it_all_the_same() {
    let mut rolls = with_heads();
    rolls.sign(HEAD, squad(), rotate(10, &[9]));
    let given = rolls.sign(HEAD, squad(), wrap(10, VOL));
    rolls.sign(VOL, squad(), lack(10, &[given]));
    assert!(rolls.fold().is_clean(&patrols(), &id_of(10)));
    rolls.remove(HEAD, squad(), VOL);
    assert!(!rolls.fold().is_clean(&patrols(), &id_of(10)), "he may have lied");
}

#[test]
fn who_published_an_epoch_has_it_unless_he_says_that_it_is_lost() {
    let mut rolls = with_heads();
    rolls.sign(HEAD, squad(), rotate(10, &[9]));
    assert!(is_given(&rolls, HEAD, 10) && !is_given(&rolls, HEAD2, 10));
    assert!(!lacks(&rolls, HEAD2, 10), "nobody told anything of him yet");
    rolls.sign(HEAD, squad(), lack(10, &[]));
    assert!(lacks(&rolls, HEAD, 10));
}

/// What who has no key of the space seals to.
fn newest(rolls: &Rolls) -> Option<EpochId> {
    let membership = rolls.fold();
    let clean = membership.newest_for_others(&patrols(), |epoch| membership.is_clean(&patrols(), epoch));
    clean.map(|epoch| epoch.id())
}

#[test]
fn who_has_no_key_seals_to_what_fewest_readers_lack() {
    let mut rolls = with_heads();
    assert_eq!(newest(&rolls), Some(id_of(9)));
    // A head who gives his epoch to nobody would read alone what others drop in.
    rolls.sign(HEAD2, squad(), rotate(10, &[9]));
    assert_eq!(newest(&rolls), Some(id_of(10)));
    rolls.sign(HEAD, squad(), lack(10, &[]));
    assert_eq!(newest(&rolls), Some(id_of(9)), "although the other names it as its parent");
    rolls.sign(HEAD2, squad(), lack(9, &[]));
    rolls.sign(SS, squad(), lack(10, &[]));
    assert_eq!(newest(&rolls), Some(id_of(9)), "one who calls the good key bad is outvoted");
}

/// A space with two readers: one of them renews the key for himself alone, the other says so, and he calls the key before bad.
fn with_two_readers(liar: u64, other: u64) -> Rolls {
    let mut rolls = district();
    rolls.remove(HEAD, squad(), VOL);
    assert_eq!(rolls.fold().readers_of(&patrols()).count(), 2);
    rolls.sign(liar, squad(), rotate(10, &[9]));
    let bad = rolls.sign(liar, squad(), wrap(10, other));
    rolls.sign(other, squad(), lack(10, &[bad]));
    assert_eq!(newest(&rolls), Some(id_of(9)), "one word is against the new key, none against the old");
    rolls.sign(liar, squad(), lack(9, &[]));
    rolls
}

#[test]
fn of_two_readers_the_word_of_the_higher_rank_decides() {
    assert_eq!(newest(&with_two_readers(HEAD, SS)), Some(id_of(9)), "the head reads alone nothing");
    assert_eq!(newest(&with_two_readers(SS, HEAD)), Some(id_of(10)), "whom the head does not outvote");
}

#[test]
fn however_many_of_a_lower_rank_outvote_nobody_of_a_higher_one() {
    let mut rolls = with_heads();
    rolls.sign(HEAD2, squad(), rotate(10, &[9]));
    rolls.sign(SS, squad(), lack(10, &[]));
    for lower in [HEAD, HEAD2, VOL] {
        rolls.sign(lower, squad(), lack(9, &[]));
    }
    assert_eq!(newest(&rolls), Some(id_of(9)));
}

#[test]
fn between_equals_the_next_rank_decides_and_who_was_removed_has_no_word() {
    const SS2: u64 = 12;
    let mut rolls = district();
    rolls.bring(TS, territory(), SS2, Role::Ss);
    rolls.sign(SS2, squad(), rotate(10, &[9]));
    rolls.sign(SS2, squad(), lack(9, &[]));
    assert_eq!(newest(&rolls), Some(id_of(10)), "until somebody says otherwise");
    rolls.sign(SS, squad(), lack(10, &[]));
    assert_eq!(newest(&rolls), Some(id_of(10)), "one word against another: the newer");
    rolls.sign(HEAD, squad(), lack(10, &[]));
    assert_eq!(newest(&rolls), Some(id_of(9)));
    // A third console whose words go with it.
    rolls.bring(TS, territory(), 13, Role::Ss);
    rolls.sign(13, squad(), lack(9, &[]));
    assert_eq!(newest(&rolls), Some(id_of(10)));
    rolls.remove(TS, territory(), 13);
    assert_eq!(newest(&rolls), Some(id_of(9)));
}

#[test]
fn who_gave_all_keys_and_then_a_bad_one_reads_alone_until_the_higher_rank_renews() {
    let mut rolls = district();
    rolls.sign(HEAD, squad(), wrap(9, VOL));
    rolls.remove(HEAD, squad(), VOL);
    rolls.sign(HEAD, squad(), rotate(10, &[9]));
    rolls.sign(HEAD, squad(), wrap(10, SS));
    rolls.sign(HEAD, squad(), rotate(11, &[10]));
    let bad = rolls.sign(HEAD, squad(), wrap(11, SS));
    rolls.sign(SS, squad(), lack(11, &[bad]));
    rolls.sign(HEAD, squad(), lack(10, &[]));
    assert_eq!(newest(&rolls), Some(id_of(11)), "the console refuses who gave it either");
    rolls.sign(SS, squad(), rotate(12, &[10]));
    assert_eq!(newest(&rolls), Some(id_of(12)));
    rolls.sign(HEAD, squad(), lack(12, &[]));
    assert_eq!(newest(&rolls), Some(id_of(12)));
}
