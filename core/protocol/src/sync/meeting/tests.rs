//! Two ends of a meeting in one process, with a pipe that cuts, and with an end that lies.
//!
//! 1. After a meeting both sides hold what either held.
//! 2. A cut anywhere loses nothing that came; enough meetings over a pipe that always breaks bring everything.
//! 3. Whoever does not have the code's secret learns nothing and gets nothing.
//! 4. Whatever the other side says, what is taken from it is bounded.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::attachment_tests::Shelf;
use super::*;
use crate::ids::{JournalId, Place, Sequence, SpaceId};
use crate::journal::{Head, Neighbours, Placed, place};
use crate::seal::{
    DeviceKeys, EnvelopeDraft, Link, NextPlace, Section, VerifiedEnvelope, WireEnvelope, seal,
};

pub(super) const TERRITORY: SpaceId = SpaceId::from_bytes([7; 16]);

pub(super) fn chance(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(super) fn keys(seed: u64) -> DeviceKeys {
    DeviceKeys::make(&mut chance(seed))
}

/// A journal of a device in a space, so long.
pub(super) fn journal(seed: u64, space: u8, length: usize) -> Vec<VerifiedEnvelope> {
    let keys = keys(seed);
    let journal = JournalId::of_device(&keys.id(), [space; 8]);
    let space = SpaceId::from_bytes([space; 16]);
    let mut envelopes: Vec<VerifiedEnvelope> = Vec::new();
    for _ in 0..length {
        let next = match envelopes.last() {
            None => NextPlace {
                place: Place { space, journal, sequence: Sequence::FIRST },
                link: Link::First(keys.id()),
            },
            Some(last) => NextPlace {
                place: Place { space, journal, sequence: last.place().sequence.next() },
                link: Link::After(last.hash()),
            },
        };
        let sections = [Section::Ack(vec![b'x'; 200])];
        let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
        envelopes.push(seal(&draft, &keys, &mut chance(1)).unwrap());
    }
    envelopes
}

/// One device: what it holds, and its end of a meeting.
pub(super) struct Device {
    keys: DeviceKeys,
    holds: BTreeMap<JournalKey, Vec<VerifiedEnvelope>>,
    knows: bool,
    pub(super) shelf: Shelf,
}

impl Device {
    pub(super) fn new(seed: u64, journals: &[Vec<VerifiedEnvelope>]) -> Self {
        let mut device =
            Self { keys: keys(seed), holds: BTreeMap::new(), knows: true, shelf: Shelf::default() };
        for envelope in journals.iter().flatten() {
            let key = JournalKey { space: envelope.place().space, journal: envelope.place().journal };
            device.holds.entry(key).or_default().push(envelope.clone());
        }
        device
    }

    pub(super) fn own(&self) -> Own {
        Own { device: self.keys.id(), territory: TERRITORY }
    }

    pub(super) fn count(&self) -> usize {
        self.holds.values().map(Vec::len).sum()
    }

    pub(super) fn holdings(&self) -> Holdings {
        let mut holdings = Holdings::new();
        for (key, line) in &self.holds {
            let last = line.last().unwrap();
            let tip = Head { sequence: last.place().sequence, hash: last.hash().head() };
            holdings.note(*key, tip, self.knows);
        }
        holdings
    }

    fn keep(&mut self, arrived: &crate::sync::Arrived) {
        let key = JournalKey { space: arrived.place.space, journal: arrived.place.journal };
        let line = self.holds.entry(key).or_default();
        let at = usize::try_from(arrived.place.sequence.number()).unwrap();
        let held = Neighbours {
            signer: line.first().map(VerifiedEnvelope::signer),
            previous: at.checked_sub(2).and_then(|index| line.get(index)).map(VerifiedEnvelope::hash),
            here: line.get(at - 1).map(VerifiedEnvelope::hash),
        };
        let wire = WireEnvelope::decode(&arrived.wire).unwrap();
        if let Ok(Placed::New(envelope)) = place(wire, arrived.place, &held) {
            line.push(envelope);
        }
        self.holds.retain(|_, line| !line.is_empty());
    }

    /// What follows from bytes, as every driver does it.
    pub(super) fn take(&mut self, meeting: &mut Meeting, bytes: &[u8]) -> Result<(), MeetingRefused> {
        let (effects, outcome) = meeting.take(bytes);
        let mut is_our_turn = false;
        for effect in effects {
            match effect {
                MeetingEffect::Met(_) => {}
                MeetingEffect::Arrived(arrived) => self.keep(&arrived),
                MeetingEffect::Differs(key, theirs) => {
                    let from = theirs.last().map_or(Sequence::FIRST, |(last, _)| last.next());
                    let until = self
                        .holds
                        .get(&key)
                        .and_then(|line| line.last())
                        .map(|last| last.place().sequence);
                    if let Some(until) = until {
                        meeting.queue(Run { key, turn: 0, what: Stretch::Line(from, until) });
                    }
                }
                MeetingEffect::Turn => is_our_turn = true,
                of_attachment => self.shelf.follow(of_attachment, meeting),
            }
        }
        outcome?;
        if is_our_turn { self.speak(meeting) } else { Ok(()) }
    }

    fn speak(&self, meeting: &mut Meeting) -> Result<(), MeetingRefused> {
        if meeting.must_prove() {
            meeting.prove(self.keys.signing());
        }
        if meeting.must_greet() {
            meeting.greet(self.knows, self.holdings(), self.shelf.wishes());
        }
        while let Some(next) = meeting.next_envelope() {
            let key = JournalKey { space: next.place.space, journal: next.place.journal };
            let index = usize::try_from(next.place.sequence.number()).unwrap() - 1;
            let wire = self.holds[&key][index].to_wire(next.with_link).encode();
            meeting.put(next, Some(&wire));
        }
        while let Some(next) = meeting.next_steps() {
            let stream = self.shelf.stream(&next);
            meeting.put_steps(&next, stream);
        }
        if meeting.is_over() { Ok(()) } else { meeting.end_turn() }
    }
}

/// What crossed a pipe, and how it ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossed {
    pub(super) bytes: usize,
    pub(super) stages: [Stage; 2],
}

/// A meeting over a pipe that breaks after so many bytes.
pub(super) fn meet(caller: &mut Device, listener: &mut Device, breaks_after: usize) -> Crossed {
    meet_seen(caller, listener, breaks_after, &mut Vec::new())
}

fn meet_seen(
    caller: &mut Device,
    listener: &mut Device,
    breaks_after: usize,
    seen: &mut Vec<Stage>,
) -> Crossed {
    let secret = MeetingSecret::make(&mut chance(9));
    let mark = DeviceMark::of(&listener.keys.id());
    let code = MeetingCode { secret: secret.clone(), listener: mark, addresses: Vec::new() };
    let mut calling = Meeting::call(caller.own(), &code, &mut chance(10)).unwrap();
    let mut listening = Meeting::listen(listener.own(), &secret, &mut chance(11)).unwrap();
    let mut bytes = 0;
    loop {
        let up = calling.outgoing();
        let fits = up.len().min(breaks_after - bytes);
        bytes += fits;
        for piece in up[..fits].chunks(300) {
            listener.take(&mut listening, piece).unwrap();
            seen.push(listening.stage());
        }
        let down = listening.outgoing();
        let fits_down = down.len().min(breaks_after - bytes);
        bytes += fits_down;
        for piece in down[..fits_down].chunks(300) {
            caller.take(&mut calling, piece).unwrap();
            seen.push(calling.stage());
        }
        let is_cut = fits < up.len() || fits_down < down.len();
        if is_cut || up.is_empty() && down.is_empty() {
            return Crossed { bytes, stages: [calling.stage(), listening.stage()] };
        }
    }
}

fn two_with(left: &[Vec<VerifiedEnvelope>], right: &[Vec<VerifiedEnvelope>]) -> (Device, Device) {
    (Device::new(101, left), Device::new(102, right))
}

#[test]
fn who_holds_the_same_parts_after_a_few_hundred_bytes() {
    let journals: Vec<_> = (1..=40).map(|seed| journal(seed, 3, 2)).collect();
    let (mut left, mut right) = two_with(&journals, &journals);
    let crossed = meet(&mut left, &mut right, usize::MAX);
    assert!(matches!(crossed.stages, [Stage::Even(_), Stage::Even(_)]), "{crossed:?}");
    assert!(crossed.bytes < 600, "{}", crossed.bytes);
}

#[test]
fn one_new_envelope_among_a_thousand_journals_costs_a_few_kilobytes() {
    let journals: Vec<_> = (1..=1_000).map(|seed| journal(seed, 3, 1)).collect();
    let (mut left, mut right) = two_with(&journals, &journals[1..]);
    let crossed = meet(&mut left, &mut right, usize::MAX);
    assert_eq!((left.count(), right.count()), (1_000, 1_000));
    assert!(crossed.bytes < 6_000, "{}", crossed.bytes);
}

#[test]
fn a_meeting_shows_the_five_stages() {
    let (mut left, mut right) = two_with(&[journal(1, 3, 400)], &[journal(2, 3, 2)]);
    let mut seen = vec![Stage::Looking];
    meet_seen(&mut left, &mut right, usize::MAX, &mut seen);
    let has = |is: fn(&Stage) -> bool| seen.iter().any(is);
    assert!(has(|stage| matches!(stage, Stage::Looking)));
    assert!(has(|stage| matches!(stage, Stage::Found { peer: Some(_) })));
    assert!(has(|stage| matches!(stage, Stage::Exchanging(progress) if progress.sent < progress.to_send)));
    assert!(has(|stage| matches!(stage, Stage::Waiting { for_a_person: false, .. })));
    let even = seen.iter().find_map(|stage| match stage {
        Stage::Even(progress) => Some(*progress),
        _ => None,
    });
    let even = even.expect("it ends even");
    assert_eq!((even.sent, even.received), (even.to_send, even.to_receive));
}

#[test]
fn who_has_another_code_gets_no_channel() {
    let (left, mut right) = two_with(&[journal(1, 3, 4)], &[]);
    let mark = DeviceMark::of(&right.keys.id());
    let [ours, theirs] = [1, 2].map(|seed| MeetingSecret::make(&mut chance(seed)));
    let code = MeetingCode { secret: theirs, listener: mark, addresses: Vec::new() };
    let mut calling = Meeting::call(left.own(), &code, &mut chance(3)).unwrap();
    let mut listening = Meeting::listen(right.own(), &ours, &mut chance(4)).unwrap();
    let outcome = right.take(&mut listening, &calling.outgoing());
    assert_eq!(outcome, Err(ChannelRefused::NotSealed.into()));
    assert!(listening.outgoing().is_empty(), "not even who listens is told");
}

#[test]
fn what_is_no_meeting_and_what_is_newer_are_told_apart() {
    let secret = MeetingSecret::make(&mut chance(1));
    for (bytes, refused) in [
        (&b"GET / HTTP/1.1\r\n"[..], ChannelRefused::NotOne),
        (b"JQM\x0f", ChannelRefused::Newer),
        (b"JQM\x01\xff\xff", ChannelRefused::NotSealed),
    ] {
        let mut listening = Meeting::listen(Device::new(1, &[]).own(), &secret, &mut chance(4)).unwrap();
        assert_eq!(listening.take(bytes).1, Err(refused.into()));
        assert!(listening.is_over());
    }
}

#[test]
fn another_device_than_the_one_whose_code_was_read_is_refused() {
    let (mut left, mut right) = two_with(&[], &[]);
    let secret = MeetingSecret::make(&mut chance(1));
    let listener = DeviceMark::of(&keys(99).id());
    let code = MeetingCode { secret: secret.clone(), listener, addresses: Vec::new() };
    let mut calling = Meeting::call(left.own(), &code, &mut chance(3)).unwrap();
    let mut listening = Meeting::listen(right.own(), &secret, &mut chance(4)).unwrap();
    right.take(&mut listening, &calling.outgoing()).unwrap();
    left.take(&mut calling, &listening.outgoing()).unwrap();
    right.take(&mut listening, &calling.outgoing()).unwrap();
    assert_eq!(left.take(&mut calling, &listening.outgoing()), Err(MeetingRefused::NotProven));
}

#[test]
fn another_territorys_device_is_told_so() {
    let (mut left, mut right) = two_with(&[], &[]);
    let secret = MeetingSecret::make(&mut chance(1));
    let listener = DeviceMark::of(&right.keys.id());
    let code = MeetingCode { secret: secret.clone(), listener, addresses: Vec::new() };
    let foreign = Own { territory: SpaceId::from_bytes([8; 16]), ..left.own() };
    let mut calling = Meeting::call(foreign, &code, &mut chance(3)).unwrap();
    let mut listening = Meeting::listen(right.own(), &secret, &mut chance(4)).unwrap();
    for _ in 0..3 {
        right.take(&mut listening, &calling.outgoing()).unwrap();
        left.take(&mut calling, &listening.outgoing()).unwrap();
    }
    for (meeting, left_first) in [(&calling, false), (&listening, true)] {
        assert!(
            matches!(meeting.stage(), Stage::Parted { parting: Parting::Foreign, by_us, .. } if by_us == left_first)
        );
    }
}

#[test]
fn who_is_not_known_is_told_nothing_and_shows_what_it_may() {
    let (mut left, mut right) = two_with(&[journal(1, 3, 4)], &[journal(2, 3, 4)]);
    right.knows = false;
    let crossed = meet(&mut left, &mut right, usize::MAX);
    assert_eq!((left.count(), right.count()), (4, 8), "the one that is known shows, the other says nothing");
    assert!(matches!(crossed.stages[1], Stage::Parted { parting: Parting::Unknown, by_us: true, .. }));
}

/// Journals of up to so many devices in three spaces, each as long as drawn.
fn worlds() -> impl Strategy<Value = Vec<(u64, u8, usize)>> {
    prop::collection::btree_map((0..30_u64, 1..4_u8), 1..12_usize, 0..60)
        .prop_map(|world| world.into_iter().map(|((seed, space), length)| (seed, space, length)).collect())
}

/// Of each journal a side holds a beginning.
fn beginnings(world: &[(u64, u8, usize)], cuts: &[usize]) -> Vec<Vec<VerifiedEnvelope>> {
    let with_cut = world.iter().zip(cuts.iter().cycle());
    with_cut
        .map(|((seed, space, length), cut)| journal(*seed, *space, (*length).min(*cut)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn both_sides_hold_what_either_held(
        world in worlds(),
        left in prop::collection::vec(0..13_usize, 1..20),
        right in prop::collection::vec(0..13_usize, 1..20),
    ) {
        let (mut left, mut right) = two_with(&beginnings(&world, &left), &beginnings(&world, &right));
        let mut union = left.holds.clone();
        for (key, line) in &right.holds {
            let held = union.entry(*key).or_default();
            if held.len() < line.len() {
                held.clone_from(line);
            }
        }
        let crossed = meet(&mut left, &mut right, usize::MAX);
        prop_assert!(matches!(crossed.stages, [Stage::Even(_), Stage::Even(_)]), "{:?}", crossed);
        prop_assert!(left.holds == union && right.holds == union);
    }

    #[test]
    fn a_pipe_that_always_breaks_brings_everything_in_the_end(
        world in worlds(),
        breaks_after in 6_000..9_000_usize,
    ) {
        let (mut left, mut right) = two_with(&beginnings(&world, &[12]), &[]);
        let all = left.count();
        let mut tries = 0;
        while right.count() < all {
            let before = right.count();
            meet(&mut left, &mut right, breaks_after);
            prop_assert!(right.count() > before, "every try brings something");
            tries += 1;
        }
        prop_assert!(tries <= all + 1);
    }
}
