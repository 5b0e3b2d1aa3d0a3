//! Requests as a whole: repeated, cut, replayed, across restarts, and when storage fails.

use jasaq_protocol::ids::JournalId;
use jasaq_protocol::limits::REQUEST_BYTES_MAX;
use jasaq_protocol::membership::{Join, Operation, Role};
use jasaq_protocol::sync::{Cursor, Head, Refusal, RunningHash};
use proptest::prelude::*;

use super::*;
use crate::world::{
    Device, District, PATROLS, SQUAD, add, bring, chance, invite, join, request, statements, strangers_key,
    sync,
};

#[test]
fn a_push_that_is_repeated_is_stored_once_and_receipted_again() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 3);
    let first = sync(&mut relay, &mut district.vol, &entries);
    let again = sync(&mut relay, &mut district.vol, &entries);
    assert_eq!((first.stored, first.arrived.len()), (again.stored, 3 + 7 + 8));
    assert_eq!(again.arrived, []);
    let one = sync(&mut relay, &mut district.vol, &entries[..1]);
    assert_eq!(one.stored_to(&entries[0]), Some(3), "an answer was lost: one envelope asks for all receipts");
}

#[test]
fn an_older_head_and_another_with_the_same_counter_are_refused() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (_, first) = district.vol.request(&relay.id(), &[]);
    let (head, second) = district.vol.request(&relay.id(), &[]);
    relay.answer(&second).unwrap();
    let nowhere = Cursor { space: PATROLS, number: 0, hash: RunningHash::START.head() };
    let of_a_clone = Head::sign(district.vol.keys.signing(), &relay.id(), head.counter(), &[nowhere]);
    for replayed in [first, request(&of_a_clone, &[])] {
        assert!(matches!(relay.answer(&replayed), Err(SyncRefused::Replayed)));
    }
}

#[test]
fn what_a_link_sends_twice_is_answered_twice_and_the_second_answer_says_all() {
    let mut district = District::new();
    let mut relay = district.founded();
    for _ in 0..3 {
        let entries = statements(&mut district.vol, PATROLS, 4);
        let (head, push) = district.vol.request(&relay.id(), &entries);
        relay.answer(&push).unwrap();
        let again = relay.answer(&push).unwrap();
        assert_eq!((again.tally.stored, again.tally.known), (0, 4));
        let reply = district.vol.read(relay.id(), &head, &again.bytes);
        assert_eq!(reply.stored_to(&entries[3]), Some(entries[3].place.sequence.number()));
        let (head, pull) = district.head.request(&relay.id(), &[]);
        // Of the first only a part had come when it was repeated.
        let mut cut = relay.begin();
        cut.take(&pull[..pull.len() - 1]).unwrap();
        relay.commit(&mut cut).unwrap();
        let again = relay.answer(&pull).unwrap();
        district.head.read(relay.id(), &head, &again.bytes);
    }
    assert_eq!(district.head.holds(PATROLS), 12);
    let waiting = district.head.head(&relay.id());
    for _ in 0..2 {
        assert!(matches!(relay.watch(&waiting), Ok(Watch::Quiet(_))));
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (head, whole) = district.vol.request(&relay.id(), &[]);
    assert!(matches!(relay.answer(b"\x01\x00\x04page"), Err(SyncRefused::Garbage(_))));
    assert!(matches!(relay.answer(b"<!doctype html>"), Err(SyncRefused::Cut)));
    assert!(matches!(relay.answer(b""), Err(SyncRefused::Cut)));
    assert!(matches!(relay.answer(&whole[..whole.len() - 1]), Err(SyncRefused::Cut)));
    assert!(matches!(relay.answer(&[&whole[..], &whole[..]].concat()), Err(SyncRefused::Garbage(_))));
    let for_another = Head::sign(district.vol.keys.signing(), &strangers_key().relay_id(), 50, &[]);
    assert!(matches!(relay.answer(&request(&for_another, &[])), Err(SyncRefused::Garbage(_))));
    let mut endless = request(&head, &[]);
    endless.truncate(endless.len() - 4);
    endless.extend(std::iter::repeat_n([200, 0, 0], REQUEST_BYTES_MAX / 3).flatten());
    assert!(matches!(relay.answer(&endless), Err(SyncRefused::TooLong)));
}

#[test]
fn a_push_that_breaks_off_keeps_what_was_committed_and_a_retry_completes_it() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 5);
    let (_, request) = district.vol.request(&relay.id(), &entries);
    let mut taking = relay.begin();
    taking.take(&request[..request.len() * 3 / 5]).unwrap();
    assert!(taking.is_waiting());
    relay.commit(&mut taking).unwrap();
    assert!(matches!(relay.finish(taking), Err(SyncRefused::Cut)));
    let reply = sync(&mut relay, &mut district.vol, &entries[1..2]);
    let stored = reply.stored_to(&entries[0]).unwrap();
    assert!((2..5).contains(&stored), "some came and some did not: {stored}");
    assert_eq!(sync(&mut relay, &mut district.vol, &entries).stored_to(&entries[0]), Some(5));
    assert_eq!(district.vol.holds(PATROLS), 5);
}

#[test]
fn more_journals_than_one_receipt_names_are_passed_over_until_the_next_contact() {
    let mut district = District::new();
    let mut relay = district.founded();
    let pushes: Vec<_> = (0..crate::limits::PUSHED_JOURNALS_MAX + 20)
        .map(|number| {
            let mut envelope = district.rolls[0].clone();
            let bytes = (1 + u128::try_from(number).unwrap()).to_be_bytes();
            envelope.place.journal = JournalId::from_bytes(bytes);
            envelope
        })
        .collect();
    let reply = sync(&mut relay, &mut district.vol, &pushes);
    assert_eq!(reply.refused.len(), crate::limits::PUSHED_JOURNALS_MAX);
}

#[test]
fn a_restart_keeps_everything() {
    let mut district = District::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let open = |seed| Relay::open(&file, &[district.root.id()], &mut chance(seed)).unwrap();
    let identity = open(51).id();
    let mut relay = open(50);
    assert_eq!(relay.id(), identity, "the key is made once");
    district.bring_rolls(&mut relay);
    let entries = statements(&mut district.vol, PATROLS, 3);
    sync(&mut relay, &mut district.vol, &entries);
    let before = district.vol.cursor(PATROLS);
    relay.close().unwrap();
    let mut relay = Relay::open(&file, &[district.root.id()], &mut chance(52)).unwrap();
    assert_eq!(relay.id(), identity);
    let reply = sync(&mut relay, &mut district.vol, &entries);
    assert_eq!((reply.stored_to(&entries[2]), reply.arrived.len(), reply.rewound.len()), (Some(3), 0, 0));
    sync(&mut relay, &mut district.head, &[]);
    assert_eq!(district.head.cursor(PATROLS), before, "a fresh reader reaches the same running hash");
    let more = statements(&mut district.vol, PATROLS, 1);
    assert_eq!(sync(&mut relay, &mut district.vol, &more).stored_to(&more[0]), Some(4));
}

#[test]
fn a_device_that_waits_is_told_what_would_be_news() {
    let mut district = District::new();
    let mut relay = district.founded();
    let head = district.vol.head(&relay.id());
    assert_eq!(relay.watch(&head).unwrap(), Watch::News);
    sync(&mut relay, &mut district.vol, &[]);
    assert!(matches!(relay.watch(&head), Err(WatchRefused::Sync(SyncRefused::Replayed))));
    let head = district.vol.head(&relay.id());
    let quiet = BTreeSet::from([district.territory(), SQUAD, PATROLS]);
    assert_eq!(relay.watch(&head).unwrap(), Watch::Quiet(quiet));
    relay.take_changed();
    let entries = statements(&mut district.head, PATROLS, 1);
    sync(&mut relay, &mut district.head, &entries);
    assert_eq!(relay.take_changed(), BTreeSet::from([PATROLS]));
    let head = Device::new(90).head(&relay.id());
    assert!(matches!(relay.watch(&head), Err(WatchRefused::Unknown)));
    let for_another = Head::sign(district.vol.keys.signing(), &strangers_key().relay_id(), 50, &[]);
    assert!(matches!(relay.watch(&for_another), Err(WatchRefused::Sync(SyncRefused::Garbage(_)))));
}

#[test]
fn a_database_at_its_bound_is_said_and_loses_nothing() {
    let mut district = District::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let mut relay = Relay::open(&file, &[district.root.id()], &mut chance(50)).unwrap();
    district.bring_rolls(&mut relay);
    let entries = statements(&mut district.vol, PATROLS, 2);
    sync(&mut relay, &mut district.vol, &entries);
    relay = relay.with_quotas(Quotas { database_bytes_max: 4_096, ..Quotas::default() });
    let more = statements(&mut district.vol, PATROLS, 200);
    let (_, request) = district.vol.request(&relay.id(), &more);
    assert!(matches!(relay.answer(&request), Err(SyncRefused::Storage(StorageError::AtBound))));
    sync(&mut relay, &mut district.head, &[]);
    assert_eq!(district.head.holds(PATROLS), 2, "what is stored is still handed out");
    relay = relay.with_quotas(Quotas::default());
    let reply = sync(&mut relay, &mut district.vol, &more);
    assert_eq!((reply.stored_to(&more[0]), reply.refused.len()), (Some(202), 0));
}

#[test]
fn a_database_never_gets_larger_than_its_bound_and_what_it_holds_is_receipted_all_the_same() {
    let mut district = District::new();
    let mut relay = district.founded();
    let bound = relay.stock().unwrap().database_bytes + 3 * crate::limits::ROW_BYTES_MAX;
    relay = relay.with_quotas(Quotas { database_bytes_max: bound, ..Quotas::default() });
    let entries = statements(&mut district.vol, PATROLS, 2_000);
    let mut stored = 0;
    for step in entries.chunks(50) {
        let (_, request) = district.vol.request(&relay.id(), step);
        match relay.answer(&request) {
            Ok(_) => stored += step.len(),
            Err(SyncRefused::Storage(StorageError::AtBound)) => break,
            Err(other) => panic!("{other}"),
        }
        assert!(relay.stock().unwrap().database_bytes <= bound);
    }
    assert!((50..2_000).contains(&stored), "some had room, and some had not: {stored}");
    let before = relay.stock().unwrap();
    let reply = sync(&mut relay, &mut district.vol, &entries[..50]);
    assert_eq!(reply.stored_to(&entries[0]), Some(stored as u64), "what is known needs no room");
    assert_eq!(relay.stock().unwrap(), before);
}

#[test]
fn only_what_was_committed_is_counted() {
    let mut district = District::new();
    let mut relay = district.founded();
    let bound = relay.stock().unwrap().database_bytes + 2 * crate::limits::ROW_BYTES_MAX;
    relay = relay.with_quotas(Quotas { database_bytes_max: bound, ..Quotas::default() });
    let before = relay.stock().unwrap().envelopes;
    let entries = statements(&mut district.vol, PATROLS, 1_000);
    let mut taking = relay.begin();
    let refused = district.vol.request(&relay.id(), &entries).1.chunks(9_000).find_map(|piece| {
        taking.take(piece).unwrap();
        relay.commit(&mut taking).err()
    });
    assert!(matches!(refused, Some(SyncRefused::Storage(StorageError::AtBound))));
    let stored = relay.stock().unwrap().envelopes - before;
    assert!((1..1_000).contains(&stored), "some steps had room: {stored}");
    assert_eq!((taking.tally().pushed, taking.tally().stored), (stored, stored));
}

#[test]
fn a_read_only_database_is_said_and_what_a_failed_step_taught_is_forgotten() {
    let mut district = District::new();
    let mut relay = district.founded();
    let mut new = Device::new(20);
    let [invited, asked, added] = bring(&mut district.head, SQUAD, &new, Role::Vol);
    sync(&mut relay, &mut district.head, &[invited, asked]);
    relay.storage.connection().pragma_update(None, "query_only", true).unwrap();
    let (_, push) = district.head.request(&relay.id(), std::slice::from_ref(&added));
    assert!(matches!(relay.answer(&push), Err(SyncRefused::Storage(StorageError::ReadOnly))));
    relay.storage.connection().pragma_update(None, "query_only", false).unwrap();
    assert_eq!(sync(&mut relay, &mut new, &[]).arrived, [], "nobody added it");
    sync(&mut relay, &mut district.head, &[added]);
    assert!(sync(&mut relay, &mut new, &[]).arrived.len() > 5);
}

/// Two people had one code. The second would wait for ever, so he is told, and the first is not.
#[test]
fn who_asked_with_an_invite_that_was_used_for_another_is_told_so_at_each_contact() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (mut key, mut first, mut second) = (Device::new(40), Device::new(41), Device::new(42));
    let invited = district.head.operate(SQUAD, &invite(&key, Role::Vol));
    sync(&mut relay, &mut district.head, &[invited]);
    let asked = key.operate(SQUAD, &join(&key, &district.head, &first));
    key.begin_journal(SQUAD, 1);
    let rival = key.operate(SQUAD, &join(&key, &district.head, &second));
    assert_eq!(sync(&mut relay, &mut second, &[asked, rival]).reasons(), [], "nobody is in yet");
    let added = district.head.operate(SQUAD, &add(&first, Role::Vol, Some(&key)));
    sync(&mut relay, &mut district.head, &[added]);
    for _ in 0..2 {
        let reply = sync(&mut relay, &mut second, &[]);
        assert_eq!((reply.reasons(), reply.arrived), (vec![Refusal::MayNot], vec![]));
    }
    assert_eq!(sync(&mut relay, &mut first, &[]).reasons(), []);
    let mut again = Device::new(43);
    let invited = district.head.operate(SQUAD, &invite(&again, Role::Vol));
    sync(&mut relay, &mut district.head, &[invited]);
    let asked = Operation::Join(Join::make(again.invite_key(), district.head.id(), 1, &second.keys));
    let asked = again.operate(SQUAD, &asked);
    assert_eq!(sync(&mut relay, &mut second, &[asked]).reasons(), [], "where it asked last counts");
}

#[test]
fn the_terms_of_an_invite_are_told_to_who_shows_its_key() {
    let mut district = District::new();
    let mut relay = district.founded();
    let key = Device::new(40);
    let of = |relay: &mut Relay, key: &Device| {
        let terms = relay.invite_terms(&key.invite_key()).unwrap();
        InviteTerms::read_all(&terms).unwrap()
    };
    assert_eq!(of(&mut relay, &key), []);
    let invited = district.head.operate(SQUAD, &invite(&key, Role::Vol));
    sync(&mut relay, &mut district.head, &[invited]);
    let (root, inviter) = (district.root.id(), district.head.id());
    assert_eq!(of(&mut relay, &key), [InviteTerms { root, roll: SQUAD, inviter, role: Role::Vol }]);
    assert_eq!(of(&mut relay, &Device::new(41)), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn however_a_request_is_cut_and_committed_the_same_is_stored_and_answered(
        cuts in prop::collection::vec((1..900_usize, any::<bool>()), 1..40),
    ) {
        let mut district = District::new();
        let (mut whole, mut cut) = (district.founded(), district.founded());
        let entries = statements(&mut district.vol, PATROLS, 12);
        let (_, request) = district.vol.request(&whole.id(), &entries);
        let mut taking = cut.begin();
        let mut rest = request.as_slice();
        for (length, commits) in cuts.iter().cycle() {
            let (piece, after) = rest.split_at((*length).min(rest.len()));
            taking.take(piece).unwrap();
            if *commits {
                cut.commit(&mut taking).unwrap();
            }
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        let (whole, cut) = (whole.answer(&request).unwrap(), cut.finish(taking).unwrap());
        prop_assert_eq!(whole.bytes, cut.bytes);
        prop_assert_eq!(whole.tally, cut.tally);
    }

    #[test]
    fn arbitrary_bytes_are_answered_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut district = District::new();
        let mut relay = district.relay();
        let _ = relay.answer(&bytes);
        let head = request(&district.vol.head(&relay.id()), &[]);
        let _ = relay.answer(&[&head[..head.len() - 4], &bytes].concat());
    }
}
