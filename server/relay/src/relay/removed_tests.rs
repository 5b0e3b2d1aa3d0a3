//! Devices that were removed or given another role: what of theirs is stored, and what they are told.

use jasaq_protocol::ids::HeadHash;
use jasaq_protocol::membership::{Cut, Role, SpaceKind};
use jasaq_protocol::sync::{Cursor, Head, Refusal};

use super::*;
use crate::limits::LATE_ENVELOPES_MAX;
use crate::world::{
    Device, District, Envelope, PATROLS, PROTECTED, REGISTER, SQUAD, add, bring, chance, cut_to, invite,
    remove, request, role, space, statements, sync,
};

const LATE: usize = 256;
const _: () = assert!(LATE as u64 == LATE_ENVELOPES_MAX, "the bound that is tested is the relay's");

/// The volunteer's entries up to its removal, and the head's envelope with it.
fn removal(district: &mut District, entries: usize) -> (Vec<Envelope>, Envelope) {
    let before = statements(&mut district.vol, PATROLS, entries);
    let cut = cut_to(&district.vol, &[PATROLS]);
    let word = remove(&district.vol, cut);
    (before, district.head.operate(SQUAD, &word))
}

/// How many of these envelopes are stored there.
fn stored(relay: &Relay, envelopes: &[Envelope]) -> usize {
    let connection = relay.storage.connection();
    let is_stored = |at: &&Envelope| crate::storage::load_number(connection, &at.place).unwrap().is_some();
    envelopes.iter().filter(is_stored).count()
}

fn places(reply: &crate::world::Reply, space: SpaceId) -> usize {
    reply.arrived.iter().filter(|place| place.space == space).count()
}

#[test]
fn a_wiped_relay_is_given_again_what_a_removed_device_wrote_before_by_whoever_holds_it() {
    let mut district = District::new();
    let (before, removed) = removal(&mut district, LATE + 40);
    for by_itself in [true, false] {
        let mut wiped = district.founded();
        sync(&mut wiped, &mut district.head, std::slice::from_ref(&removed));
        let carrier = if by_itself { &mut district.vol } else { &mut district.ts };
        let (head, pushed) = carrier.request(&wiped.id(), &before);
        let answer = wiped.answer(&pushed).unwrap();
        assert_eq!(answer.tally.refused, [].into());
        assert_eq!((head.device(), stored(&wiped, &before)), (carrier.id(), before.len()));
    }
}

#[test]
fn what_a_removed_device_wrote_beyond_is_stored_up_to_a_bound_in_however_many_journals() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (before, removed) = removal(&mut district, 3);
    sync(&mut relay, &mut district.vol, &before);
    sync(&mut relay, &mut district.head, &[removed]);
    let mut late = statements(&mut district.vol, PATROLS, 10);
    for name in 1..=1_000 {
        let space = if name % 2 == 0 { PATROLS } else { PROTECTED };
        district.vol.begin_journal(space, name);
        late.extend(statements(&mut district.vol, space, 1));
    }
    let (_, pushed) = district.vol.request(&relay.id(), &late);
    let answer = relay.answer(&pushed).unwrap();
    let refused = u64::try_from(late.len() - LATE).unwrap();
    assert_eq!(answer.tally.refused, [(Refusal::Quota, refused)].into());
    assert_eq!((stored(&relay, &late), stored(&relay, &late[..LATE])), (LATE, LATE));
    let (_, again) = district.vol.request(&relay.id(), &late[LATE - 5..LATE + 5]);
    let answer = relay.answer(&again).unwrap();
    assert_eq!((answer.tally.known, answer.tally.stored), (5, 0), "what is stored is said to be");
}

#[test]
fn the_bound_is_counted_from_what_is_stored_so_a_restart_begins_no_new_one() {
    let mut district = District::new();
    let folder = tempfile::tempdir().unwrap();
    let open = |root| Relay::open(&folder.path().join("relay.db"), &[root], &mut chance(50)).unwrap();
    let mut relay = open(district.root.id());
    district.bring_rolls(&mut relay);
    let (before, removed) = removal(&mut district, 3);
    sync(&mut relay, &mut district.head, &[&before[..], &[removed]].concat());
    let late = statements(&mut district.vol, PATROLS, LATE + 10);
    for part in late.chunks(LATE / 2) {
        let (_, pushed) = district.vol.request(&relay.id(), part);
        relay.answer(&pushed).unwrap();
        relay.close().unwrap();
        relay = open(district.root.id());
    }
    assert_eq!(stored(&relay, &late), LATE);
}

#[test]
fn a_removal_counts_from_the_next_envelope_on_also_within_one_push() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (before, removed) = removal(&mut district, 3);
    let late = statements(&mut district.vol, PATROLS, LATE + 10);
    let pushes = [&before[..], &[removed], &late[..]].concat();
    let (_, pushed) = district.vol.request(&relay.id(), &pushes);
    relay.answer(&pushed).unwrap();
    assert_eq!((stored(&relay, &before), stored(&relay, &late)), (3, LATE));
}

#[test]
fn a_removed_officers_operations_beyond_the_cut_come_from_whomever_and_let_nobody_in() {
    let mut district = District::new();
    let mut relay = district.founded();
    let word = remove(&district.head, cut_to(&district.head, &[SQUAD]));
    let removed = district.ss.operate(SQUAD, &word);
    sync(&mut relay, &mut district.ss, &[removed]);
    let mut friend = Device::new(20);
    let mut beyond = bring(&mut district.head, SQUAD, &friend, Role::Vol).to_vec();
    beyond.remove(1);
    for seed in 0..=u8::MAX {
        let word = invite(&Device::new(seed), Role::Vol);
        beyond.push(district.head.operate(SQUAD, &word));
    }
    let reply = sync(&mut relay, &mut district.vol, &beyond);
    assert_eq!((reply.reasons(), stored(&relay, &beyond)), (vec![Refusal::Quota], LATE));
    let entries = statements(&mut friend, PATROLS, 1);
    assert_eq!(sync(&mut relay, &mut friend, &entries).reasons(), [Refusal::NotYet]);
    assert_eq!(friend.holds(SQUAD), 0);
}

#[test]
fn a_removed_device_brings_what_others_wrote() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (_, removed) = removal(&mut district, 1);
    sync(&mut relay, &mut district.head, &[removed]);
    let others = statements(&mut district.head, PATROLS, LATE + 1);
    let (_, pushed) = district.vol.request(&relay.id(), &others);
    assert_eq!(relay.answer(&pushed).unwrap().tally.refused, [].into());
    assert_eq!(stored(&relay, &others), others.len(), "they prove themselves");
}

#[test]
fn whose_role_fell_has_what_it_wrote_in_the_former_one_stored_without_a_bound() {
    let mut district = District::new();
    let mut relay = district.founded();
    let word = role(&district.head, Role::Vol, Cut::default());
    let lowered = district.ss.operate(SQUAD, &word);
    sync(&mut relay, &mut district.ss, &[lowered]);
    let operations: Vec<_> = (0..=LATE)
        .map(|_| {
            let word = invite(&Device::new(30), Role::Vol);
            district.head.operate(SQUAD, &word)
        })
        .collect();
    assert_eq!(sync(&mut relay, &mut district.head, &operations).reasons(), []);
    let elsewhere = district.head.operate(district.territory(), &space(SpaceKind::Register));
    assert_eq!(
        sync(&mut relay, &mut district.head, &[elsewhere]).reasons(),
        [Refusal::MayNot],
        "it never might"
    );
}

#[test]
fn who_was_removed_is_told_that_and_by_whom_and_nothing_else() {
    let mut district = District::new();
    let mut relay = district.founded();
    sync(&mut relay, &mut district.vol, &[]);
    let (before, removed) = removal(&mut district, 2);
    sync(&mut relay, &mut district.vol, &before);
    sync(&mut relay, &mut district.head, std::slice::from_ref(&removed));
    let other = Device::new(20);
    let after = bring(&mut district.head, SQUAD, &other, Role::Vol);
    let later = district.ts.operate(district.territory(), &space(SpaceKind::Council));
    let entries = statements(&mut district.head, PATROLS, 3);
    sync(&mut relay, &mut district.head, &[&after[..], &[later], &entries[..]].concat());
    let reply = sync(&mut relay, &mut district.vol, &[]);
    assert_eq!((&reply.arrived[..], reply.rewound), (&[removed.place][..], vec![]));
    let late = statements(&mut district.vol, PROTECTED, 1);
    let reply = sync(&mut relay, &mut district.vol, &late);
    assert_eq!((reply.stored_to(&late[0]), reply.arrived), (Some(1), vec![]), "a receipt, and that is all");
}

#[test]
fn who_was_removed_before_it_heard_anything_is_told_what_shows_that() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (_, removed) = removal(&mut district, 0);
    let later = district.ts.operate(district.territory(), &space(SpaceKind::Council));
    let after = bring(&mut district.head, SQUAD, &Device::new(20), Role::Vol);
    sync(&mut relay, &mut district.head, &[&[removed.clone(), later][..], &after].concat());
    let reply = sync(&mut relay, &mut district.vol, &[]);
    assert_eq!(reply.arrived.last(), Some(&removed.place));
    // The founding, the TS, the SS with its invite and request, and the squad's roll; not the council's space.
    let space_of_register = 1;
    assert_eq!(places(&reply, district.territory()), 1 + 1 + 3 + space_of_register + 1);
    assert_eq!(places(&reply, SQUAD), 8 + 1);
    assert_eq!(reply.arrived.len(), 7 + 9);
}

#[test]
fn of_what_it_once_read_a_removed_device_is_told_that_the_relay_lost_it_and_never_what_it_has() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (before, removed) = removal(&mut district, 2);
    sync(&mut relay, &mut district.vol, &before);
    sync(&mut relay, &mut district.head, std::slice::from_ref(&removed));
    sync(&mut relay, &mut district.vol, &[]);
    let mut wiped = district.founded();
    sync(&mut wiped, &mut district.head, &[removed]);
    let entries = statements(&mut district.head, PATROLS, 3);
    sync(&mut wiped, &mut district.head, &entries);
    let hash = HeadHash::from_bytes([9; 8]);
    let listed = |spaces: &[SpaceId], number| {
        let mut cursors: Vec<_> = spaces.iter().map(|space| Cursor { space: *space, number, hash }).collect();
        cursors.sort_by_key(|cursor| cursor.space);
        cursors
    };
    let mut counter = 1_000;
    let mut ask = |cursors: &[Cursor]| {
        counter += 1;
        let head = Head::sign(district.vol.keys.signing(), &wiped.id(), counter, cursors);
        let answer = wiped.answer(&request(&head, &[])).unwrap();
        Device::new(5).read(wiped.id(), &head, &answer.bytes)
    };
    let reply = ask(&listed(&[district.territory(), SQUAD, PATROLS], 2));
    let told: Vec<_> = reply.rewound.iter().map(|(space, held)| (*space, held.len())).collect();
    assert_eq!(told, [(district.territory(), 0), (SQUAD, 0), (PATROLS, 0)]);
    let reply = ask(&listed(&[PROTECTED, REGISTER], 2));
    assert_eq!(reply.rewound, [], "it never read these");
    let reply = ask(&listed(&[PATROLS], 0));
    assert_eq!((places(&reply, PATROLS), reply.rewound), (0, vec![]), "from the start it is given nothing");
}

#[test]
fn a_removal_that_falls_gives_everything_back() {
    let mut district = District::new();
    let mut relay = district.founded();
    let good = cut_to(&district.ss, &[district.territory(), SQUAD]);
    let word = remove(&district.head, cut_to(&district.head, &[SQUAD]));
    let hostile = district.ss.operate(SQUAD, &word);
    sync(&mut relay, &mut district.ss, &[hostile]);
    let entries = statements(&mut district.vol, PATROLS, 3);
    sync(&mut relay, &mut district.vol, &entries);
    assert_eq!(places(&sync(&mut relay, &mut district.head, &[]), PATROLS), 0);
    let late = statements(&mut district.head, PATROLS, LATE + 5);
    let reply = sync(&mut relay, &mut district.head, &late);
    assert_eq!(reply.reasons(), [Refusal::Quota]);
    let word = remove(&district.ss, good);
    let removed = district.ts.operate(district.territory(), &word);
    sync(&mut relay, &mut district.ts, &[removed]);
    let reply = sync(&mut relay, &mut district.head, &late);
    assert_eq!((reply.reasons(), stored(&relay, &late)), (vec![], late.len()));
    assert_eq!(district.head.holds(PATROLS), 3 + late.len());
    assert_eq!(places(&sync(&mut relay, &mut district.ss, &[]), PATROLS), 0, "now he is out");
}

#[test]
fn whoever_is_removed_while_its_request_comes_is_answered_as_one_who_is() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.head, PATROLS, 2);
    sync(&mut relay, &mut district.head, &entries);
    let (head, asked) = district.vol.request(&relay.id(), &[]);
    let (most, rest) = asked.split_at(asked.len() - 1);
    let mut taking = relay.begin();
    taking.take(most).unwrap();
    let (_, removed) = removal(&mut district, 0);
    sync(&mut relay, &mut district.head, &[removed]);
    taking.take(rest).unwrap();
    let answer = relay.finish(taking).unwrap();
    let reply = district.vol.read(relay.id(), &head, &answer.bytes);
    assert_eq!((places(&reply, SQUAD), places(&reply, PATROLS)), (9, 0));
}

#[test]
fn the_root_and_its_successor_are_given_the_rolls_and_let_a_new_ts_in() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 2);
    sync(&mut relay, &mut district.vol, &entries);
    let territory = district.territory();
    let mut successor = Device::new(99);
    let mut ts = Device::new(40);
    let reply = sync(&mut relay, &mut successor, &[]);
    assert_eq!((places(&reply, territory), places(&reply, SQUAD), reply.arrived.len()), (7, 8, 15));
    let added = successor.operate(territory, &add(&ts, Role::Ts, None));
    assert_eq!(sync(&mut relay, &mut successor, std::slice::from_ref(&added)).reasons(), []);
    assert_eq!(places(&sync(&mut relay, &mut ts, &[]), territory), 8, "it is in");
    let sealed = successor.state(PATROLS, "it writes no entries");
    assert_eq!(sync(&mut relay, &mut successor, &[sealed]).reasons(), [Refusal::MayNot]);
    let mut root = Device::new(1);
    let reply = sync(&mut relay, &mut root, &[]);
    assert_eq!((places(&reply, territory), places(&reply, SQUAD), reply.arrived.len()), (8, 8, 16));
    let waiting = root.head(&relay.id());
    assert!(matches!(relay.watch(&waiting), Ok(Watch::Quiet(spaces)) if spaces == [territory, SQUAD].into()));
}

#[test]
fn who_was_removed_has_news_once_and_then_nothing_to_wait_for() {
    let mut district = District::new();
    let mut relay = district.founded();
    sync(&mut relay, &mut district.vol, &[]);
    let waiting = district.vol.head(&relay.id());
    let Ok(Watch::Quiet(spaces)) = relay.watch(&waiting) else { panic!("it has everything") };
    let (_, removed) = removal(&mut district, 0);
    relay.take_changed();
    sync(&mut relay, &mut district.head, &[removed]);
    assert!(!relay.take_changed().is_disjoint(&spaces), "the one that waits is woken");
    let waiting = district.vol.head(&relay.id());
    assert!(matches!(relay.watch(&waiting), Ok(Watch::News)));
    sync(&mut relay, &mut district.vol, &[]);
    let waiting = district.vol.head(&relay.id());
    assert!(matches!(relay.watch(&waiting), Err(WatchRefused::Removed)));
}
