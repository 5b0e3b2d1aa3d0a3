//! What each device is handed out, and in which order.

use jasaq_protocol::ids::{DocumentId, HeadHash, Sequence};
use jasaq_protocol::limits::SPACES_MAX;
use jasaq_protocol::seal::Section;
use jasaq_protocol::sync::{Cursor, Head};

use super::*;
use crate::world::{
    Device, District, PATROLS, PROTECTED, REGISTER, SQUAD, chance, request, statements, sync,
};

#[test]
fn a_territory_is_founded_and_everybody_reads_what_is_his() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 3);
    let reply = sync(&mut relay, &mut district.vol, &entries);
    assert_eq!((reply.stored_to(&entries[2]), reply.refused.len()), (Some(3), 0));
    for (device, patrols) in
        [(&mut district.ts, 0), (&mut district.ss, 3), (&mut district.head, 3), (&mut district.vol, 3)]
    {
        sync(&mut relay, device, &[]);
        assert_eq!(device.holds(PATROLS), patrols);
        assert_eq!(device.holds(SQUAD), 8);
    }
}

#[test]
fn operations_come_before_what_they_explain() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 2);
    sync(&mut relay, &mut district.vol, &entries);
    let reply = sync(&mut relay, &mut district.ss, &[]);
    let mut spaces: Vec<_> = reply.arrived.iter().map(|place| place.space).collect();
    spaces.dedup();
    assert_eq!(spaces, [district.territory(), SQUAD, PATROLS]);
}

#[test]
fn who_may_write_where_it_cannot_read_gets_a_receipt_and_nothing_back() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PROTECTED, 1);
    assert_eq!(sync(&mut relay, &mut district.vol, &entries).stored_to(&entries[0]), Some(1));
    assert_eq!(district.vol.holds(PROTECTED), 0);
    sync(&mut relay, &mut district.head, &[]);
    assert_eq!(district.head.holds(PROTECTED), 1);
}

#[test]
fn who_asks_for_a_space_it_does_not_read_is_not_told_that_it_exists() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PROTECTED, 1);
    sync(&mut relay, &mut district.vol, &entries);
    for number in [0, 1, 7] {
        let hash = HeadHash::from_bytes([0; 8]);
        let cursors = [PROTECTED, REGISTER].map(|space| Cursor { space, number, hash });
        let head = Head::sign(district.vol.keys.signing(), &relay.id(), 100 + number, &cursors);
        let answer = relay.answer(&request(&head, &[])).unwrap();
        let mut fresh = Device::new(5);
        let reply = fresh.read(relay.id(), &head, &answer.bytes);
        assert_eq!((fresh.holds(PROTECTED), reply.rewound), (0, vec![]));
    }
}

#[test]
fn a_device_whose_past_is_not_the_relays_is_told_and_fills_it_again() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 3);
    sync(&mut relay, &mut district.vol, &entries);
    let mut rolled_back = district.founded();
    sync(&mut rolled_back, &mut district.ss, &[]);
    sync(&mut rolled_back, &mut district.vol, &entries[..1]);
    let reply = sync(&mut rolled_back, &mut district.vol, &[]);
    let (space, held) = &reply.rewound[0];
    assert_eq!((*space, held.get(&entries[0].place.journal).unwrap().sequence), (PATROLS, Sequence::FIRST));
    assert_eq!((reply.rewound.len(), reply.arrived.len()), (1, 0), "the rolls' past is the same");
    let reply = sync(&mut rolled_back, &mut district.vol, &entries[1..]);
    assert_eq!(reply.stored_to(&entries[2]), Some(3));
}

#[test]
fn any_member_restores_a_relay_that_was_wiped() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 3);
    sync(&mut relay, &mut district.vol, &entries);
    let mut wiped = district.relay();
    let reply = sync(&mut wiped, &mut district.vol, &[]);
    let spaces: Vec<_> = reply.rewound.iter().map(|(space, held)| (*space, held.len())).collect();
    assert_eq!(spaces.len(), 3, "whoever it is, it was given a past that this relay does not have");
    assert!(spaces.iter().all(|(_, held)| *held == 0));
    district.vol.cursors.clear();
    district.vol.held.clear();
    let pushes = [&district.rolls[..], &entries[..]].concat();
    assert_eq!(sync(&mut wiped, &mut district.vol, &pushes).refused, []);
    sync(&mut wiped, &mut district.ss, &[]);
    assert_eq!(district.ss.holds(PATROLS), 3);
}

#[test]
fn a_long_answer_comes_in_parts_and_nothing_is_lost_or_twice() {
    let mut district = District::new();
    let mut relay = district.founded();
    let text: String = (0..3_000_u32)
        .map(|number| char::from(b'a' + (number * number % 23) as u8))
        .collect();
    let mut noise = chance(3);
    for part in 0..4_u8 {
        district.vol.begin_journal(PATROLS, u16::from(part));
        let entries: Vec<_> = (0..60)
            .map(|_| {
                let mut salt = [0; 1_500];
                rand_core::Rng::fill_bytes(&mut noise, &mut salt);
                let change = [text.as_bytes(), &salt].concat();
                let document = DocumentId::from_bytes([part; 16]);
                district.vol.write(PATROLS, &[Section::Change { document, change }])
            })
            .collect();
        sync(&mut relay, &mut district.head, &entries);
    }
    let mut contacts = 0;
    loop {
        let (head, request) = district.ss.request(&relay.id(), &[]);
        let answer = relay.answer(&request).unwrap();
        assert!(answer.bytes.len() <= ANSWER_BYTES_MAX);
        contacts += 1;
        if !district.ss.read(relay.id(), &head, &answer.bytes).more {
            break;
        }
        assert!(answer.bytes.len() > ANSWER_BYTES_MAX - 5_000, "an answer that is cut is full");
    }
    assert!(contacts > 1, "otherwise nothing was cut");
    assert_eq!(district.ss.holds(PATROLS), 240);
}

#[test]
fn a_head_that_is_full_says_nothing_of_what_it_leaves_out() {
    let mut district = District::new();
    let mut relay = district.founded();
    let hash = HeadHash::from_bytes([0; 8]);
    let cursors: Vec<_> = (0..SPACES_MAX)
        .map(|number| {
            let bytes = u128::try_from(number).unwrap().to_be_bytes();
            Cursor { space: SpaceId::from_bytes(bytes), number: 0, hash }
        })
        .collect();
    let head = Head::sign(district.vol.keys.signing(), &relay.id(), 1, &cursors);
    let answer = relay.answer(&request(&head, &[])).unwrap();
    assert_eq!(district.vol.read(relay.id(), &head, &answer.bytes).arrived, []);
}

#[test]
fn an_idle_answer_is_a_receipt_of_nothing_and_an_end() {
    let mut district = District::new();
    let mut relay = district.founded();
    sync(&mut relay, &mut district.vol, &[]);
    let (_, request) = district.vol.request(&relay.id(), &[]);
    assert_eq!(relay.answer(&request).unwrap().bytes.len(), (3 + 4 + 32 + 8 + 2 + 64) + 4);
}

#[test]
fn a_weak_link_is_told_of_a_lost_past_within_what_it_bears() {
    let mut district = District::new();
    let mut relay = district.founded();
    for journal in 1..=40 {
        district.vol.begin_journal(PATROLS, journal);
        let entries = statements(&mut district.vol, PATROLS, 1);
        assert_eq!(sync(&mut relay, &mut district.vol, &entries).refused, []);
    }
    sync(&mut relay, &mut district.vol, &[]);
    district.vol.cursors.get_mut(&PATROLS).unwrap().0 = 99;
    let mut told = |room| {
        let head = district.vol.head(&relay.id());
        let mut writer = FrameWriter::new();
        writer.frame(&Frame::Head(head.clone()));
        writer.frame(&Frame::Room(room));
        writer.frame(&Frame::End { more: false });
        let answer = relay.answer(&writer.take()).unwrap();
        let reply = Device::new(5).read(relay.id(), &head, &answer.bytes);
        let held = reply
            .rewound
            .iter()
            .find(|(space, _)| *space == PATROLS)
            .map(|(_, held)| held.len());
        (answer.bytes.len(), held.unwrap())
    };
    let (whole, all) = told(1_000_000);
    let (short, some) = told(1_024);
    assert_eq!(all, 40);
    assert!(whole > 1_024 && short <= 1_024 && some > 10 && some < 40, "{whole} {short} {some}");
    assert_eq!(told(0).1, 0);
}

#[test]
fn nothing_stands_for_what_a_carrier_did_not_bring() {
    let mut district = District::new();
    let mut relay = district.founded();
    let entries = statements(&mut district.vol, PATROLS, 2);
    sync(&mut relay, &mut district.vol, &entries[..1]);
    let mut empty = |pusher: &Device| {
        let head = Head::sign(pusher.keys.signing(), &relay.id(), 1_000, &[]);
        let answer = relay.answer(&request(&head, &entries[1..])).unwrap();
        let (effects, _) = jasaq_protocol::sync::Contact::new(relay.id(), &head)
            .handle(jasaq_protocol::sync::Event::Bytes(&answer.bytes));
        let arrived = effects.iter().filter_map(|effect| match effect {
            jasaq_protocol::sync::Effect::Arrived(arrived) if arrived.place.space == PATROLS => {
                Some(arrived.wire.is_empty())
            }
            _ => None,
        });
        arrived.collect::<Vec<_>>()
    };
    let (carried, own) = (empty(&district.head), empty(&district.vol));
    assert_eq!(carried, [false, true], "another signature of the first may be what the carrier holds");
    assert_eq!(own, [true, true], "of its own it holds all that stands before");
}
