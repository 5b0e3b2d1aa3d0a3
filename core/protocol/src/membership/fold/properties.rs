//! What holds of the fold for any set of operations.
//!
//! Invariants:
//! 1. The same set of operations gives the same membership in any order.
//! 2. Nothing that a device signs changes what another of its rank enrolled or made.
//! 3. Nothing that lower ranks sign together changes what a higher rank enrolled or made.
//! 4. Of who is in, the adder stood higher.
//! 5. Another device of a member is added in whose name he was brought, or by a higher rank.
//! 6. Once a higher rank has removed a device with a cut before what it signed, it is as if it had signed nothing.
//!
//! A higher rank's roles, removals, decisions and ends are meant to change what lower ranks made: 2 and 3 leave them out.
//!
//! A hostile device draws from everything it can sign: what others signed, word for word and in any roll; ids, keys and
//! nonces that it has seen; and, since codes get photographed, the secret of every invite. It grinds ids.

use std::sync::LazyLock;

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::world::*;
use super::*;
use crate::ids::{ExchangeKey, MemberId};
use crate::membership::{Parent, Placement};
use crate::seal::SealedKey;

const TS2: u64 = 12;
const SS2: u64 = 13;
const HEAD2: u64 = 14;
/// Whose owner also asked the rival of his inviter, and gave that up.
const TORN: [(u64, u64, u64, Role); 3] =
    [(TS, TS2, 20, Role::Ss), (SS, SS2, 21, Role::Head), (HEAD, HEAD2, 22, Role::Vol)];
/// An invite of the rival's, and one that nobody used yet.
const RIVALS: u64 = 200_000;
const UNUSED: u64 = 300_000;
const DEVICES: [u64; 13] = [ROOT, TS, SS, HEAD, VOL, TS2, SS2, HEAD2, 20, 21, 22, 50, 51];

fn roll_of(role: Role) -> SpaceId {
    if role.is_of_a_squad() { squad() } else { territory() }
}

fn sealed(to: &ExchangeKey) -> SealedKey {
    epoch(9).wrap(patrols(), to, &mut ChaCha20Rng::seed_from_u64(7)).unwrap()
}

fn rotate(to: u64, parents: &[u64]) -> Operation {
    let (space, to) = (patrols(), *epoch(to).public().key());
    let parents = parents
        .iter()
        .map(|parent| Parent { epoch: epoch(*parent).public().id(), key: sealed(&to) });
    Operation::Rotate { space, epoch: to, parents: parents.collect() }
}

fn wrap(of: u64, device: u64) -> Operation {
    let public = keys(device).public();
    let (epoch, key) = (epoch(of).public().id(), sealed(&public.exchange));
    Operation::Wrap { space: patrols(), epoch, device: public.id, key }
}

/// A district in which every rank that operates has a rival, with rotations, wraps, and people who asked two of them.
static LIVELY: LazyLock<Rolls> = LazyLock::new(|| {
    let mut rolls = district();
    rolls.bring(ROOT, territory(), TS2, Role::Ts);
    rolls.bring(TS, territory(), SS2, Role::Ss);
    rolls.bring(SS, squad(), HEAD2, Role::Head);
    rolls.space(TS, territory(), 91, SpaceKind::Register);
    rolls.space(SS, squad(), 92, SpaceKind::Protected);
    for (inviter, rival, device, role) in TORN {
        rolls.sign(rival, roll_of(role), invite(RIVALS + device, role));
        rolls.sign(RIVALS + device, roll_of(role), join(RIVALS + device, rival, 0, device));
        rolls.sign(inviter, roll_of(role), invite(INVITE + device, role));
        rolls.sign(INVITE + device, roll_of(role), join(INVITE + device, inviter, 1, device));
        rolls.sign(inviter, roll_of(role), add(device, role, Some(INVITE + device)));
        rolls.sign(inviter, roll_of(role), invite(UNUSED + device, role));
    }
    rolls.sign(HEAD, squad(), rotate(10, &[9]));
    rolls.sign(SS, squad(), rotate(11, &[9, 10]));
    rolls.sign(SS, squad(), wrap(11, VOL));
    rolls.sign(HEAD, squad(), wrap(10, 22));
    rolls
});

/// Chance of one operation, as small numbers that shrink well.
type Drawn = [u8; 7];

fn pick<T: Copy>(from: &[T], number: u8) -> T {
    from[usize::from(number) % from.len()]
}

/// Every invite key there is or may be, used or not; the last ones are made up.
fn invites() -> Vec<u64> {
    let given = TORN
        .iter()
        .flat_map(|(_, _, device, _)| [INVITE, RIVALS, UNUSED].map(|of| of + device));
    given
        .chain([SS, HEAD, VOL, TS2, SS2, HEAD2, 50].map(|device| INVITE + device))
        .collect()
}

/// The roles that a device may enrol, so that most of what is drawn is more than noise.
fn enrols(by: u64) -> Vec<Role> {
    let membership = LIVELY.fold();
    let own = membership.device(&keys(by).id()).map(|enrolled| enrolled.role);
    let may = |role: &Role| may_operate(own, Act::Enrol(*role));
    let roles: Vec<Role> = Role::ALL.into_iter().filter(may).collect();
    if roles.is_empty() { Role::ALL.to_vec() } else { roles }
}

/// What one draw signs, by whom: mostly one operation, sometimes an invite, a join of an own device, and an add.
fn operations(drawn: Drawn, by: u64) -> (Role, Vec<(u64, Operation)>) {
    let [what, _, key, device, role, number, other] = drawn;
    let key = pick(&invites(), key);
    let role = if role < 192 { pick(&enrols(by), role) } else { pick(&Role::ALL, role) };
    let epochs = [9, 10, 11, 40 + u64::from(number % 3)];
    let (own, anybody) = (pick(&[50, 51], device), pick(&DEVICES, device));
    // For others it can only repeat what they signed: its own devices ask, with any key, whomever.
    let ask = |whom| join(key, whom, u32::from(number % 4), own);
    let operation = match what % 9 {
        0 => LIVELY.0[usize::from(number) % LIVELY.0.len()].operation.clone(),
        1 => space(pick(&[80, 90, 91, 92, 93], number), pick(&SpaceKind::ALL, other)),
        2 => return (role, vec![(key, ask(pick(&DEVICES[1..8], other)))]),
        3 => add(anybody, role, None),
        4 => add(anybody, role, Some(key)),
        5 => {
            let mut added = add(if number < 128 { own } else { anybody }, role, Some(key));
            // As another device of somebody's, whoever brought him.
            if let (true, Operation::Add { nonce, head, .. }) = (number < 128, &mut added) {
                *nonce = nonce_of(pick(&DEVICES, other));
                *head = pick(&heads(), number).filter(|_| role.is_of_a_squad());
            }
            return (role, vec![(by, invite(key, role)), (key, ask(by)), (by, added)]);
        }
        6 => rotate(pick(&epochs, number), &[pick(&epochs, other), pick(&epochs, device)]),
        7 => lack(pick(&epochs, number), LIVELY.0[usize::from(other) % LIVELY.0.len()].id),
        _ => wrap(pick(&epochs, number), anybody),
    };
    (role, vec![(by, operation)])
}

fn lack(number: u64, operation: OperationId) -> Operation {
    Operation::Lack { space: patrols(), epoch: epoch(number).public().id(), operations: vec![operation] }
}

/// The heads, by member, in whose name somebody may say that he adds; and none.
fn heads() -> Vec<Option<MemberId>> {
    let membership = LIVELY.fold();
    let head = |device: u64| membership.device(&keys(device).id()).map(|enrolled| enrolled.member);
    [HEAD, HEAD2, 21].map(head).into_iter().chain([None]).collect()
}

/// What one draw says of a device or ends: to any cut, replacing anything.
fn word(drawn: Drawn) -> (Role, Operation) {
    let [what, low, key, device, role, number, other] = drawn;
    let (of, role) = (pick(&DEVICES, device), pick(&Role::ALL, role));
    let (id, known) = (keys(of).id(), &LIVELY.0);
    let some = |number: u8| &known[usize::from(number) % known.len()];
    let replaces: Vec<OperationId> = [key, low].map(|number| some(number).id).to_vec();
    let mut cut = LIVELY.cut_here(of);
    cut.heads.truncate(usize::from(low % 3));
    cut.parts.extend((low % 2 == 0).then(|| some(other).id));
    let space = pick(&[patrols(), squad(), SpaceId::derive(&squad(), &keys(SS).id(), &[92; 16])], other);
    let RollEntry { place: Place { journal, sequence, .. }, hash, .. } = *some(number);
    let place = Placement { space, journal, sequence, hash };
    let operation = match what % 6 {
        0 => Operation::Role { device: id, role, cut, replaces },
        1 | 2 => Operation::Remove { device: id, cut, replaces },
        3 => Operation::Heads { device: id, heads: cut.heads },
        4 => Operation::Admit { device: id, place, keys: Vec::new(), is_admitted: low < 128, replaces },
        _ => Operation::Close { space },
    };
    let of_whom = LIVELY.fold().device(&id).map_or(Role::Vol, |enrolled| enrolled.role);
    (of_whom, operation)
}

/// What the hostile devices sign besides, with ids below or above all others; with words about others, or without.
fn with_drawn(drawn: &[Drawn], hostile: &[u64], with_words: bool) -> Rolls {
    let mut rolls = LIVELY.clone();
    let mut count = 0_u8;
    for drawn in drawn {
        let where_to = drawn[1];
        let by = pick(hostile, where_to / 16);
        let (role, operations) = if with_words && drawn[0] >= 128 {
            let (role, word) = word(*drawn);
            (role, vec![(by, word)])
        } else {
            operations(*drawn, by)
        };
        let roll =
            pick(&[roll_of(role), roll_of(role), squad(), pick(&[territory(), patrols()], count)], where_to);
        for (signer, operation) in operations {
            let mut id = if where_to & 8 == 0 { [0; 16] } else { [u8::MAX; 16] };
            id[15] = count;
            count += 1;
            rolls.sign_as(OperationId::from_bytes(id), (signer, roll), operation);
        }
    }
    rolls
}

/// That everything stands in `after` as it did before, if who enrolled, made or said it `is_safe`.
fn check_unchanged(after: &Membership, is_safe: impl Fn(&DeviceId) -> bool) -> Result<(), TestCaseError> {
    let before = LIVELY.fold();
    for (device, enrolled) in before.devices().filter(|(_, enrolled)| is_safe(&enrolled.added_by)) {
        prop_assert_eq!(after.device(device), Some(enrolled));
    }
    for (space, record) in before.spaces().filter(|(_, record)| is_safe(&record.maker)) {
        let mut now = after.space(space).unwrap().clone();
        for (id, epoch) in &record.epochs {
            let parents = &now.epochs[id].parents;
            prop_assert!(epoch.parents.iter().all(|(parent, keys)| keys.is_subset(&parents[parent])));
        }
        // Whoever reads a space may renew its key: that adds epochs, and nothing else.
        now.epochs.clone_from(&record.epochs);
        prop_assert_eq!(&now, record);
    }
    check_people(&before, after)?;
    // A key wrapped to a device stands and falls with the device.
    let is_about_safe = |operation: &Operation| match operation {
        Operation::Wrap { device, .. } => {
            before.device(device).is_some_and(|wrapped| is_safe(&wrapped.added_by))
        }
        _ => true,
    };
    let said = LIVELY
        .0
        .iter()
        .filter(|entry| is_safe(&entry.signer) && is_about_safe(&entry.operation));
    for entry in said {
        if before.standing(&entry.id) == Some(Standing::Counted) {
            prop_assert_eq!(after.standing(&entry.id), Some(Standing::Counted), "{:?}", entry);
        }
    }
    Ok(())
}

/// That whoever added another device of a member speaks in whose name the member was brought, or stands above him.
fn check_people(before: &Membership, after: &Membership) -> Result<(), TestCaseError> {
    for (_, known) in before.devices() {
        let beside = after.devices().filter(|(_, enrolled)| enrolled.member == known.member);
        for (_, enrolled) in beside {
            let adder = after.device(&enrolled.added_by);
            let name = adder.map_or(Some(Bringer::Root), Bringer::of);
            let may = |name: Bringer| name == known.brought_by || name.rank() < known.brought_by.rank();
            prop_assert!(name.is_some_and(may), "{:?} {:?}", enrolled, known);
        }
    }
    Ok(())
}

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    prop::collection::vec(any::<Drawn>(), 0..30)
}

#[test]
fn everything_counts_in_the_lively_district_but_what_was_given_up() {
    let membership = LIVELY.fold();
    for entry in &LIVELY.0 {
        assert_eq!(membership.standing(&entry.id), Some(Standing::Counted), "{entry:?}");
    }
    for (inviter, rival, device, role) in TORN {
        let mut rolls = LIVELY.clone();
        let id = OperationId::from_bytes([0; 16]);
        rolls.sign_as(id, (rival, roll_of(role)), add(device, role, Some(RIVALS + device)));
        assert_eq!(rolls.fold().device(&keys(device).id()).unwrap().added_by, keys(inviter).id());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_same_set_gives_the_same_membership_in_any_order(drawn in drawn(), seed: u64) {
        let rolls = with_drawn(&drawn, &[TS, TS2, SS, SS2, HEAD, HEAD2, VOL], true);
        let folded = rolls.fold();
        let mut shuffled = rolls;
        let mut chance = ChaCha20Rng::seed_from_u64(seed);
        for last in (1..shuffled.0.len()).rev() {
            let other = usize::try_from(chance.next_u64()).unwrap() % (last + 1);
            shuffled.0.swap(last, other);
        }
        prop_assert_eq!(&shuffled.fold(), &folded);
        for (device, enrolled) in folded.devices() {
            let adder = folded.roles_of(&enrolled.added_by).map(Role::rank).min();
            let first = folded.roles_of(device).next().map(Role::rank);
            prop_assert!(*device != folded.root());
            prop_assert!(adder.unwrap_or(Rank::Root) < first.unwrap());
        }
    }

    #[test]
    fn who_is_removed_with_a_cut_before_what_he_signed_might_as_well_have_signed_nothing(
        drawn in drawn(),
        (hostile, higher) in prop::sample::select(vec![(TS2, ROOT), (SS2, TS), (HEAD2, SS)]),
    ) {
        let device = keys(hostile).id();
        let (roll, replaces) = (if higher == SS { squad() } else { territory() }, LIVELY.fold().unreplaced(&device));
        let removal = Operation::Remove { device, cut: LIVELY.cut_here(hostile), replaces };
        let id = OperationId::from_bytes([77; 16]);
        let (mut before, mut after) = (LIVELY.clone(), with_drawn(&drawn, &[hostile], true));
        for rolls in [&mut before, &mut after] {
            rolls.sign_as(id, (higher, roll), removal.clone());
        }
        // Keys of invites and devices of its own making sign too: they are nobody's without what it signed.
        let (before, after) = (before.fold(), after.fold());
        prop_assert!(before.is_removed(&device));
        prop_assert_eq!(after.devices().collect::<Vec<_>>(), before.devices().collect::<Vec<_>>());
        prop_assert_eq!(after.spaces().collect::<Vec<_>>(), before.spaces().collect::<Vec<_>>());
        for (space, _) in before.spaces() {
            for (reader, _) in before.devices() {
                prop_assert!(after.wraps(space, reader).eq(before.wraps(space, reader)));
            }
        }
    }

    #[test]
    fn nothing_a_device_signs_changes_what_another_of_its_rank_enrolled_or_made(
        drawn in drawn(),
        hostile in prop::sample::select(vec![TS2, SS2, HEAD2]),
    ) {
        let hostile_id = keys(hostile).id();
        check_unchanged(&with_drawn(&drawn, &[hostile], false).fold(), |device| *device != hostile_id)?;
    }

    #[test]
    fn nothing_that_lower_ranks_sign_together_changes_what_a_higher_one_enrolled_or_made(
        drawn in drawn(),
        hostile in prop::sample::select(vec![vec![HEAD, HEAD2, VOL], vec![SS, SS2, HEAD, HEAD2, VOL]]),
    ) {
        let ids: BTreeSet<DeviceId> = hostile.iter().map(|device| keys(*device).id()).collect();
        // What a hostile device itself enrolled may change, and what is signed by whom it enrolled.
        let lowest_safe = if hostile.contains(&SS) { Rank::Territory } else { Rank::Office };
        let before = LIVELY.fold();
        let is_safe = |device: &DeviceId| {
            let rank = before.device(device).map_or(Rank::Root, |enrolled| enrolled.role.rank());
            rank <= lowest_safe && !ids.contains(device) && (*device == before.root() || before.device(device).is_some())
        };
        check_unchanged(&with_drawn(&drawn, &hostile, false).fold(), is_safe)?;
    }
}
