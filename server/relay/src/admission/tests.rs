//! What is stored, and what is refused with which reason.

use jasaq_protocol::ids::{EpochId, JournalId, OperationId, SpaceId};
use jasaq_protocol::limits::{READERS_ERASED_MAX, READERS_LACKS_MAX, SIGNER_JOURNALS_MAX};
use jasaq_protocol::membership::{Role, SpaceKind};
use jasaq_protocol::seal::Section;

use super::*;
use crate::relay::Relay;
use crate::world::{
    Device, District, Envelope, PATROLS, PROTECTED, SQUAD, add, bring, chance, invite, join, made_by, space,
    statement, statements, sync,
};

#[test]
fn one_bad_envelope_does_not_block_other_journals() {
    let mut district = District::new();
    let mut relay = district.founded();
    let mut bad = statements(&mut district.vol, PATROLS, 2);
    bad[0].wire[20] ^= 1;
    let garbage = Envelope {
        place: Place { journal: JournalId::from_bytes([8; 16]), ..bad[0].place },
        wire: vec![0x1f; 40],
    };
    district.vol.begin_journal(PATROLS, 1);
    let good = statements(&mut district.vol, PATROLS, 2);
    let pushes = [&bad[..], &[garbage], &good[..]].concat();
    let reply = sync(&mut relay, &mut district.vol, &pushes);
    assert_eq!(reply.reasons(), [Refusal::Invalid; 2]);
    assert_eq!(reply.stored_to(&good[1]), Some(2));
}

#[test]
fn an_envelope_of_a_newer_program_is_told_from_one_that_is_none() {
    let mut district = District::new();
    let mut relay = district.founded();
    let mut entries = statements(&mut district.vol, PATROLS, 3);
    entries[1].wire[0] += 0x10;
    let reply = sync(&mut relay, &mut district.vol, &entries);
    assert_eq!(reply.refused, [(entries[1].place, Refusal::Newer)]);
    assert_eq!(reply.stored_to(&entries[0]), Some(1), "what follows in its journal is not stored either");
}

#[test]
fn a_journal_stays_in_its_space() {
    let mut district = District::new();
    let mut relay = district.founded();
    let mut entries = statements(&mut district.vol, PATROLS, 2);
    sync(&mut relay, &mut district.vol, &entries[..1]);
    entries[1].place.space = PROTECTED;
    let reply = sync(&mut relay, &mut district.vol, &entries[1..]);
    assert_eq!(reply.reasons(), [Refusal::Invalid]);
}

#[test]
fn who_is_not_known_yet_is_told_to_try_again_and_is_stored_then() {
    let mut district = District::new();
    let mut relay = district.founded();
    let mut new = Device::new(20);
    let entries = statements(&mut new, PATROLS, 2);
    let carried = sync(&mut relay, &mut district.vol, &entries);
    assert_eq!((carried.reasons(), carried.stored), (vec![Refusal::NotYet], None));
    let added = bring(&mut district.head, SQUAD, &new, Role::Vol);
    sync(&mut relay, &mut district.head, &added);
    assert_eq!(sync(&mut relay, &mut new, &entries).stored_to(&entries[1]), Some(2));
}

#[test]
fn what_explains_an_envelope_may_come_just_before_it() {
    let mut district = District::new();
    let mut relay = district.relay();
    let entries = statements(&mut district.vol, PATROLS, 2);
    let pushes = [&district.rolls[..], &entries[..]].concat();
    let reply = sync(&mut relay, &mut district.vol, &pushes);
    assert_eq!((reply.reasons(), reply.stored_to(&entries[1])), (vec![], Some(2)));
    assert_eq!(district.vol.holds(PATROLS), 2);
}

#[test]
fn a_space_nobody_made_is_not_there_yet() {
    let mut district = District::new();
    let mut relay = district.founded();
    let nowhere = SpaceId::from_bytes([0xee; 16]);
    let entries = statements(&mut district.ss, nowhere, 1);
    assert_eq!(sync(&mut relay, &mut district.ss, &entries).reasons(), [Refusal::NotYet]);
}

#[test]
fn whose_role_may_not_write_there_is_refused() {
    let mut district = District::new();
    let mut relay = district.founded();
    let in_roll = district.vol.operate(SQUAD, &add(&Device::new(21), Role::Vol, None));
    let in_territory = district.head.operate(district.territory(), &space(SpaceKind::Register));
    let in_patrols = district.ts.state(PATROLS, "the TS reads no patrols");
    let by_root = district.root.state(PATROLS, "nor does the root");
    for (device, envelope) in [
        (&mut district.vol, in_roll),
        (&mut district.head, in_territory),
        (&mut district.ts, in_patrols),
        (&mut district.root, by_root),
    ] {
        assert_eq!(sync(&mut relay, device, &[envelope]).reasons(), [Refusal::MayNot]);
    }
}

#[test]
fn nothing_sealed_goes_into_a_roll() {
    let mut district = District::new();
    let mut relay = district.founded();
    let sealed = district.ss.state(SQUAD, "an entry in the wrong place");
    assert_eq!(sync(&mut relay, &mut district.ss, &[sealed]).reasons(), [Refusal::MayNot]);
}

#[test]
fn an_operation_that_does_not_count_is_stored_for_the_devices_to_see() {
    let mut district = District::new();
    let mut relay = district.founded();
    let adds_a_head = district.head.operate(SQUAD, &add(&Device::new(22), Role::Head, None));
    let of_a_newer_program = district.head.write(SQUAD, &[Section::Operation(vec![0x82, 0x18, 0x63, 0x80])]);
    let pushes = [adds_a_head, of_a_newer_program];
    assert_eq!(sync(&mut relay, &mut district.head, &pushes).stored_to(&pushes[1]), Some(4));
}

#[test]
fn a_member_carries_what_others_wrote_and_a_stranger_does_not() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 2);
    let mut stranger = Device::new(30);
    let reply = sync(&mut relay, &mut stranger, &entries);
    assert_eq!((reply.reasons(), reply.stored, reply.arrived), (vec![Refusal::NotYet], None, vec![]));
    let reply = sync(&mut relay, &mut district.ts, &entries);
    assert_eq!(reply.stored_to(&entries[1]), Some(2), "the TS reads no patrols, but may carry them");
}

#[test]
fn a_joiner_is_heard_twice_and_told_nothing() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (mut key, mut joiner) = (Device::new(40), Device::new(41));
    let invited = district.head.operate(SQUAD, &invite(&key, Role::Vol));
    sync(&mut relay, &mut district.head, &[invited]);
    let asked = key.operate(SQUAD, &join(&key, &district.head, &joiner));
    let reply = sync(&mut relay, &mut joiner, std::slice::from_ref(&asked));
    assert_eq!((reply.stored_to(&asked), reply.arrived), (Some(1), vec![]));
    key.begin_journal(SQUAD, 1);
    let others = [42, 43]
        .map(Device::new)
        .map(|other| key.operate(SQUAD, &join(&key, &district.head, &other)));
    let reply = sync(&mut relay, &mut joiner, &others);
    assert_eq!((reply.stored_to(&others[0]), reply.reasons()), (Some(1), vec![Refusal::Quota]));
    sync(&mut relay, &mut district.head, &[]);
    assert!(district.head.held.contains_key(&asked.place));
    let added = district.head.operate(SQUAD, &add(&joiner, Role::Vol, Some(&key)));
    sync(&mut relay, &mut district.head, &[added]);
    sync(&mut relay, &mut joiner, &[]);
    assert_eq!(joiner.holds(SQUAD), 8 + 1 + 2 + 1);
}

#[test]
fn the_join_that_an_add_names_is_stored_however_many_strangers_were_faster() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (mut key, mut joiner) = (Device::new(40), Device::new(41));
    let invited = district.head.operate(SQUAD, &invite(&key, Role::Vol));
    sync(&mut relay, &mut district.head, &[invited]);
    let [one, other, right, again] = [(1, 51), (2, 52), (3, 41), (4, 41)].map(|(journal, seed)| {
        key.begin_journal(SQUAD, journal);
        key.operate(SQUAD, &join(&key, &district.head, &Device::new(seed)))
    });
    let strangers = [one, other];
    sync(&mut relay, &mut joiner, &strangers);
    let reply = sync(&mut relay, &mut joiner, std::slice::from_ref(&right));
    assert_eq!(reply.reasons(), [Refusal::Quota]);
    // The inviter had it by satchel and compared the words.
    let added = district.head.operate(SQUAD, &add(&joiner, Role::Vol, Some(&key)));
    let reply = sync(&mut relay, &mut district.head, &[right, added]);
    assert_eq!(reply.reasons(), [Refusal::Quota], "in this order once more");
    let reply = sync(&mut relay, &mut joiner, &[again]);
    assert_eq!(reply.reasons(), []);
    assert!(joiner.holds(SQUAD) > 0, "it is in");
}

#[test]
fn an_invites_key_may_join_and_nothing_else() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (mut key, mut joiner) = (Device::new(40), Device::new(41));
    let before = key.operate(SQUAD, &join(&key, &district.head, &joiner));
    assert_eq!(sync(&mut relay, &mut joiner, &[before]).reasons(), [Refusal::NotYet]);
    let invited = district.head.operate(SQUAD, &invite(&key, Role::Vol));
    sync(&mut relay, &mut district.head, &[invited]);
    let ask = Section::Operation(join(&key, &district.head, &joiner).encode());
    let refused: [(u16, SpaceId, Vec<Section>, Refusal); 5] = [
        (1, SQUAD, vec![Section::Operation(add(&joiner, Role::Vol, Some(&key)).encode())], Refusal::MayNot),
        (2, SQUAD, vec![ask.clone(), ask.clone()], Refusal::MayNot),
        (3, SQUAD, vec![statement("an entry")], Refusal::MayNot),
        (
            4,
            SQUAD,
            vec![Section::Operation(join(&Device::new(44), &district.head, &joiner).encode())],
            Refusal::Invalid,
        ),
        (5, district.territory(), vec![ask], Refusal::MayNot),
    ];
    for (journal, space, sections, reason) in refused {
        key.begin_journal(space, journal);
        let envelope = key.write(space, &sections);
        assert_eq!(sync(&mut relay, &mut joiner, &[envelope]).reasons(), [reason], "journal {journal}");
    }
}

#[test]
fn a_quota_refuses_visibly_and_keeps_what_is_there() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 6);
    let length = u64::try_from(entries[1].wire.len()).unwrap();
    let quotas = Quotas { device_bytes_max: 3 * length + 40, ..Quotas::default() };
    relay = relay.with_quotas(quotas);
    let reply = sync(&mut relay, &mut district.vol, &entries);
    assert_eq!(reply.refused, [(entries[3].place, Refusal::Quota)]);
    assert_eq!((reply.stored_to(&entries[2]), district.vol.holds(PATROLS)), (Some(3), 3));
}

#[test]
fn a_member_opens_only_so_many_journals_in_a_space() {
    let mut district = District::new();
    let mut relay = district.founded();
    let most = u16::try_from(SIGNER_JOURNALS_MAX).unwrap();
    let mut opened = Vec::new();
    for name in 1..=most {
        district.vol.begin_journal(PATROLS, name);
        opened.push(district.vol.state(PATROLS, "one more"));
    }
    assert_eq!(sync(&mut relay, &mut district.vol, &opened).reasons(), []);
    let goes_on = district.vol.state(PATROLS, "in a journal that is there");
    district.vol.begin_journal(PATROLS, most + 1);
    let too_many = district.vol.state(PATROLS, "one too many");
    let reply = sync(&mut relay, &mut district.vol, &[goes_on, too_many.clone()]);
    assert_eq!(reply.refused, [(too_many.place, Refusal::Quota)]);
}

#[test]
fn a_gap_is_refused_and_names_what_is_there() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 4);
    let reply = sync(&mut relay, &mut district.vol, &entries[1..]);
    assert_eq!(reply.refused, [(entries[1].place, Refusal::Gap)]);
    assert_eq!(reply.stored, None);
    sync(&mut relay, &mut district.vol, &entries[..1]);
    let reply = sync(&mut relay, &mut district.vol, &entries[2..]);
    assert_eq!((reply.reasons(), reply.stored_to(&entries[2])), (vec![Refusal::Gap], Some(1)));
    let reply = sync(&mut relay, &mut district.vol, &entries[1..]);
    assert_eq!((reply.reasons(), reply.stored_to(&entries[3])), (vec![], Some(4)));
}

#[test]
fn a_clones_second_branch_is_refused_as_a_fork_and_not_receipted() {
    let mut district = District::new();
    let mut relay = district.founded();
    let first = district.vol.state(PATROLS, "before the clone");
    let (clones, _) = district.vol.draft(PATROLS, &[statement("the clone's")]);
    let own = district.vol.state(PATROLS, "the phone's");
    sync(&mut relay, &mut district.vol, &[first.clone(), own]);
    let reply = sync(&mut relay, &mut district.vol, &[first, clones.clone()]);
    assert_eq!(reply.refused, [(clones.place, Refusal::Fork)]);
    assert_eq!(reply.stored_to(&clones), Some(1), "the branch point is stored, the clone's envelope is not");
    let reply = sync(&mut relay, &mut district.vol, std::slice::from_ref(&clones));
    assert_eq!((reply.reasons(), reply.stored), (vec![Refusal::Fork], None));
}

#[test]
fn territories_share_a_relay_and_nothing_else() {
    let mut district = District::new();
    let (mut root, mut ts) = (Device::new(70), Device::new(71));
    let mut relay = Relay::open_in_memory(&[district.root.id(), root.id()], &mut chance(50)).unwrap();
    district.bring_rolls(&mut relay);
    let entries = statements(&mut district.vol, PATROLS, 1);
    sync(&mut relay, &mut district.vol, &entries);
    let roll = SpaceId::of_territory(&root.id());
    let added = root.operate(roll, &add(&ts, Role::Ts, None));
    let claims = ts.operate(roll, &space(SpaceKind::Register));
    assert_eq!(sync(&mut relay, &mut root, &[added, claims]).refused, []);
    let squats = ts.state(PATROLS, "into another's space");
    assert_eq!(sync(&mut relay, &mut ts, &[squats]).reasons(), [Refusal::NotYet]);
    let own = made_by(&ts, roll, SpaceKind::Register);
    let entries = statements(&mut ts, own, 1);
    assert_eq!(sync(&mut relay, &mut ts, &entries).stored_to(&entries[0]), Some(1));
    assert_eq!((ts.holds(PATROLS), ts.holds(SQUAD), ts.holds(district.territory())), (0, 0, 0));
    let carried = statements(&mut district.vol, PATROLS, 1);
    assert_eq!(sync(&mut relay, &mut ts, &carried).reasons(), [Refusal::NotYet]);
}

#[test]
fn who_carries_anothers_journal_is_told_what_it_brought_and_the_author_how_far_it_is_stored() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 5);
    sync(&mut relay, &mut district.vol, &entries);
    assert_eq!(sync(&mut relay, &mut district.ts, &entries[..2]).stored_to(&entries[0]), Some(2));
    assert_eq!(sync(&mut relay, &mut district.vol, &entries[..2]).stored_to(&entries[0]), Some(5));
}

#[test]
fn anybody_brings_operations_since_they_prove_themselves() {
    let mut district = District::new();
    let mut relay = district.founded();
    let territory = district.territory();
    district.root.begin_journal(territory, 1);
    let added = district.root.operate(territory, &add(&Device::new(23), Role::Ts, None));
    let mut stranger = Device::new(31);
    let reply = sync(&mut relay, &mut stranger, std::slice::from_ref(&added));
    assert_eq!(
        (reply.stored_to(&added), reply.arrived),
        (Some(1), vec![]),
        "anybody brings what proves itself"
    );
}

#[test]
fn who_only_reads_a_roll_says_there_which_keys_do_not_open_and_nothing_else_and_not_without_end() {
    let mut district = District::new();
    let mut relay = district.founded();
    let lack = || {
        let (epoch, operations) = (EpochId::from_bytes([7; 8]), vec![]);
        Section::Operation(Operation::Lack { space: PATROLS, epoch, operations }.encode())
    };
    let beside = district
        .vol
        .write(SQUAD, &[lack(), Section::Operation(add(&Device::new(24), Role::Vol, None).encode())]);
    assert_eq!(sync(&mut relay, &mut district.vol, &[beside]).reasons(), [Refusal::MayNot]);
    let elsewhere = Device::new(25).write(SQUAD, &[lack()]);
    assert_eq!(sync(&mut relay, &mut district.vol, &[elsewhere]).reasons(), [Refusal::NotYet]);

    district.vol.begin_journal(SQUAD, 1);
    let erased = Operation::Erased { operations: vec![OperationId::from_bytes([7; 16])] };
    let erased = || Section::Operation(erased.encode());
    let flood: Vec<_> = (0..READERS_ERASED_MAX / 8)
        .map(|_| district.vol.write(SQUAD, &[(); 8].map(|()| erased())))
        .collect();
    let reply = sync(&mut relay, &mut district.vol, &flood);
    assert_eq!((reply.reasons(), reply.stored_to(&flood[0])), (vec![], Some(flood.len() as u64)));
    // What he erased takes no word about keys from him, in whichever journal.
    let said: Vec<_> = (0..READERS_LACKS_MAX / 8)
        .map(|_| district.vol.write(SQUAD, &[(); 8].map(|()| lack())))
        .collect();
    let reply = sync(&mut relay, &mut district.vol, &said);
    let all = (flood.len() + said.len()) as u64;
    assert_eq!((reply.reasons(), reply.stored_to(&said[0])), (vec![], Some(all)));
    for (number, more) in [(2, vec![lack()]), (3, vec![erased()]), (4, vec![lack(), erased()])] {
        district.vol.begin_journal(SQUAD, number);
        let more = district.vol.write(SQUAD, &more);
        assert_eq!(sync(&mut relay, &mut district.vol, &[more]).reasons(), [Refusal::Quota]);
    }
    let lacks = || [(); 8].map(|()| lack());
    let of_who_writes: Vec<_> = (0..2).map(|_| district.head.write(SQUAD, &lacks())).collect();
    assert_eq!(
        sync(&mut relay, &mut district.head, &of_who_writes).reasons(),
        [],
        "his quota is that of the space"
    );
}

#[test]
fn what_a_reader_says_of_himself_in_a_roll_has_room_for_nothing_else() {
    let mut district = District::new();
    let mut relay = district.founded();
    let bare = Operation::Erased { operations: vec![OperationId::from_bytes([7; 16])] }.encode();
    // A field behind the one that is known, as a newer program may append one: two kilobytes of anything.
    let known = bare.strip_prefix(&[0x82, 0x0e, 0x81]).unwrap();
    let mut padded = [&[0x82, 0x0e, 0x82], known, &[0x59, 0x08, 0x00]].concat();
    padded.extend([b'x'; 0x0800]);
    assert_eq!(Operation::decode(&padded), Operation::decode(&bare), "otherwise nothing is proved");
    let [padded, bare] = [padded, bare].map(Section::Operation);
    let both = district.vol.write(SQUAD, &[bare.clone(), padded.clone()]);
    assert_eq!(sync(&mut relay, &mut district.vol, &[both]).reasons(), [Refusal::MayNot]);
    district.vol.begin_journal(SQUAD, 1);
    let said = district.vol.write(SQUAD, &[bare]);
    assert_eq!(sync(&mut relay, &mut district.vol, &[said]).reasons(), []);
    let of_who_writes = district.head.write(SQUAD, &[padded]);
    let reply = sync(&mut relay, &mut district.head, &[of_who_writes]);
    assert_eq!(reply.reasons(), [], "a newer program of his may say more");
}
