//! Attachments in a meeting: who wants what gets it behind every cut, and who lies about them is left.

use std::collections::{BTreeMap, BTreeSet};

use super::attachment_frame::AttachmentFrame;
use super::frame::MeetingFrame;
use super::holdings::Range;
use super::lying_tests::Liar;
use super::tests::{Device, journal, meet};
use super::*;
use crate::attachment::{AttachmentKey, AttachmentName, Run as StepsRun, SealedAttachment, seal_attachment};
use crate::limits::{FRAME_STEPS, PART_BYTES, PART_STEPS};

/// The attachments of one device: what is held of each, and what it has to say.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    held: BTreeMap<AttachmentName, Vec<u8>>,
    proofs: BTreeMap<(AttachmentName, u64), Vec<u8>>,
    owed: BTreeSet<AttachmentName>,
    wanted: BTreeSet<AttachmentName>,
    /// Of which something came, in this order.
    came: Vec<AttachmentName>,
    /// Whether it takes what others owe.
    carries: bool,
}

impl Shelf {
    fn put(&mut self, sealed: &SealedAttachment) {
        for (number, part) in (0..).zip(&sealed.parts) {
            self.proofs.insert((sealed.name, number), part.proof.clone());
            self.held.entry(sealed.name).or_default().extend(&part.bytes);
        }
    }

    fn bytes(&self, name: &AttachmentName) -> u64 {
        self.held.get(name).map_or(0, Vec::len) as u64
    }

    fn lacks(&self, name: &AttachmentName) -> bool {
        self.bytes(name) < name.bytes()
    }

    fn first_lacking(&self, name: &AttachmentName) -> (AttachmentName, u64) {
        (*name, name.step_after(self.bytes(name)))
    }

    pub(super) fn wishes(&self) -> Wishes {
        let wanted = self.wanted.iter().filter(|name| self.lacks(name));
        Wishes {
            owed: self.owed.iter().copied().collect(),
            wanted: wanted.map(|name| self.first_lacking(name)).collect(),
        }
    }

    pub(super) fn follow(&mut self, effect: MeetingEffect, meeting: &mut Meeting) {
        match effect {
            MeetingEffect::Owed(name) if self.carries && self.lacks(&name) => {
                let (name, from) = self.first_lacking(&name);
                meeting.want(name, from);
            }
            MeetingEffect::Wanted(name, from) => meeting.give(name, from..name.step_after(self.bytes(&name))),
            MeetingEffect::Steps(name, StepsRun { first, proof, bytes }) => {
                assert_eq!(name.bytes_before(first), self.bytes(&name), "it goes on where it ended");
                self.came.push(name);
                self.proofs.insert((name, first / PART_STEPS), proof);
                self.held.entry(name).or_default().extend(bytes);
            }
            _ => {}
        }
    }

    pub(super) fn stream(&self, next: &NextSteps) -> Option<(Vec<u8>, u64)> {
        let part = next.steps.start / PART_STEPS;
        let until = next.steps.end.min(next.name.steps_of(part).end);
        let at = |step| usize::try_from(next.name.bytes_before(step)).unwrap();
        let bytes = self.held.get(&next.name)?.get(at(next.steps.start)..at(until))?;
        Some(([self.proofs[&(next.name, part)].as_slice(), bytes].concat(), until))
    }
}

fn sealed(seed: u8, bytes: usize) -> SealedAttachment {
    let key = AttachmentKey::from_secret_bytes([seed; 32]);
    seal_attachment(&key, &vec![seed; bytes]).unwrap()
}

/// One that holds these, and one that wants all of them; both hold the same journals.
fn giver_and_taker(attachments: &[SealedAttachment]) -> (Device, Device) {
    let journals: Vec<_> = (1..=3).map(|seed| journal(seed, 3, 2)).collect();
    let (mut giver, mut taker) = (Device::new(101, &journals), Device::new(102, &journals));
    for attachment in attachments {
        giver.shelf.put(attachment);
        taker.shelf.wanted.insert(attachment.name);
    }
    (giver, taker)
}

fn whole(device: &Device, attachments: &[SealedAttachment]) -> bool {
    attachments.iter().all(|sealed| !device.shelf.lacks(&sealed.name))
}

#[test]
fn who_wants_something_gets_it_whoever_called_and_the_shortest_first() {
    let all = [sealed(1, 3 * PART_BYTES), sealed(2, 10), sealed(3, 70_000)];
    for taker_calls in [false, true] {
        let (mut giver, mut taker) = giver_and_taker(&all);
        let (caller, listener) =
            if taker_calls { (&mut taker, &mut giver) } else { (&mut giver, &mut taker) };
        let crossed = meet(caller, listener, usize::MAX);
        assert!(matches!(crossed.stages, [Stage::Even(_), Stage::Even(_)]), "{crossed:?}");
        assert!(whole(&taker, &all));
        let mut came = taker.shelf.came.clone();
        came.dedup();
        assert_eq!(came, [all[1].name, all[2].name, all[0].name]);
        let Stage::Even(progress) = crossed.stages[usize::from(taker_calls)] else { unreachable!() };
        let bytes: u64 = all.iter().map(|sealed| sealed.name.bytes()).sum();
        assert_eq!((progress.bytes_to_send, progress.bytes_sent), (bytes, bytes));
    }
}

#[test]
fn what_is_owed_is_taken_by_who_carries_and_by_nobody_else() {
    let all = [sealed(1, 100_000)];
    for carries in [false, true] {
        let (mut giver, mut taker) = giver_and_taker(&all);
        taker.shelf.wanted.clear();
        taker.shelf.carries = carries;
        giver.shelf.owed.insert(all[0].name);
        for _ in 0..2 {
            let crossed = meet(&mut giver, &mut taker, usize::MAX);
            assert!(matches!(crossed.stages, [Stage::Even(_), Stage::Even(_)]), "{crossed:?}");
        }
        assert_eq!(whole(&taker, &all), carries);
    }
}

#[test]
fn both_give_at_once_behind_envelopes_that_one_of_them_lacked() {
    let [mine, theirs] = [sealed(1, 200_000), sealed(2, 150_000)];
    let (mut left, mut right) = (Device::new(101, &[journal(1, 3, 4)]), Device::new(102, &[]));
    for (device, has, wants) in [(&mut left, &mine, &theirs), (&mut right, &theirs, &mine)] {
        device.shelf.put(has);
        device.shelf.wanted.insert(wants.name);
    }
    meet(&mut left, &mut right, usize::MAX);
    assert!(!left.shelf.lacks(&theirs.name) && !right.shelf.lacks(&mine.name));
    assert_eq!(right.count(), 4);
}

#[test]
fn a_pipe_that_always_breaks_brings_all_of_it_and_no_step_twice() {
    let all = [sealed(1, 300_000)];
    let (mut giver, mut taker) = giver_and_taker(&all);
    let mut tries = 0;
    while !whole(&taker, &all) {
        let before = taker.shelf.bytes(&all[0].name);
        meet(&mut taker, &mut giver, 7_900 + 31 * tries);
        assert!(taker.shelf.bytes(&all[0].name) > before, "every try brings something");
        tries += 1;
    }
    assert!(tries > 5, "otherwise nothing was proved");
}

#[test]
fn who_wants_what_the_other_does_not_hold_is_not_kept_waiting() {
    let (mut giver, mut taker) = giver_and_taker(&[]);
    taker.shelf.wanted.insert(sealed(1, 10).name);
    let crossed = meet(&mut taker, &mut giver, usize::MAX);
    assert!(matches!(crossed.stages, [Stage::Even(_), Stage::Even(_)]), "{crossed:?}");
    assert!(crossed.bytes < 700, "{}", crossed.bytes);
}

#[test]
fn thousands_of_names_are_told_in_turns_of_a_bounded_size() {
    let all: Vec<_> = (0..400_usize).map(|number| sealed(7, 10 + number)).collect();
    let (mut giver, mut taker) = giver_and_taker(&all);
    meet(&mut giver, &mut taker, usize::MAX);
    assert!(whole(&taker, &all));
}

/// Meets a victim that wants an attachment, up to where both know that they hold the same.
fn liar_who_is_asked(sealed: &SealedAttachment) -> (Liar, Device, Meeting) {
    let mut victim = Device::new(102, &[]);
    victim.shelf.wanted.insert(sealed.name);
    let (liar, meeting) = Liar::greeting(&mut victim, Holdings::new().digest(Range::ALL));
    (liar, victim, meeting)
}

fn given(sealed: &SealedAttachment, until: u64) -> MeetingFrame {
    MeetingFrame::Attachments(AttachmentFrame::Given(BTreeMap::from([(sealed.name, until)])))
}

/// Some steps of the first part.
fn steps(sealed: &SealedAttachment, steps: std::ops::Range<u64>) -> MeetingFrame {
    let at = |step| usize::try_from(sealed.name.bytes_before(step)).unwrap();
    let part = &sealed.parts[0];
    let bytes = [part.proof.as_slice(), &part.bytes[at(steps.start)..at(steps.end)]].concat();
    MeetingFrame::Attachments(AttachmentFrame::Steps { name: sealed.name, from: steps.start, bytes })
}

fn spoilt(frame: MeetingFrame) -> MeetingFrame {
    let MeetingFrame::Attachments(AttachmentFrame::Steps { name, from, mut bytes }) = frame else {
        unreachable!()
    };
    *bytes.last_mut().unwrap() ^= 1;
    MeetingFrame::Attachments(AttachmentFrame::Steps { name, from, bytes })
}

type Expected = Box<dyn Fn(MeetingRefused) -> bool>;

#[test]
fn steps_that_were_not_given_or_are_not_the_names_end_a_meeting_and_those_before_them_stay() {
    let (asked, other) = (sealed(1, 2 * PART_BYTES), sealed(2, 9_000));
    let longer = MeetingFrame::Attachments(AttachmentFrame::Steps {
        name: asked.name,
        from: 0,
        bytes: [asked.parts[0].proof.as_slice(), &asked.parts[0].bytes[..4_097]].concat(),
    });
    let malformed = |refused| matches!(refused, MeetingRefused::Malformed(_));
    let is = |expected| move |refused| refused == expected;
    let cases: Vec<(&str, Vec<MeetingFrame>, u64, Expected)> = vec![
        ("not given", vec![steps(&asked, 0..1)], 0, Box::new(is(MeetingRefused::Unasked))),
        ("another's", vec![given(&other, 1)], 0, Box::new(is(MeetingRefused::Unasked))),
        ("given twice", vec![given(&asked, 3), given(&asked, 5)], 0, Box::new(is(MeetingRefused::Unasked))),
        ("a gap", vec![given(&asked, 9), steps(&asked, 1..2)], 0, Box::new(is(MeetingRefused::Unasked))),
        (
            "again",
            vec![given(&asked, 9), steps(&asked, 0..2), steps(&asked, 0..2)],
            2,
            Box::new(is(MeetingRefused::Unasked)),
        ),
        ("too many", vec![given(&asked, 1), steps(&asked, 0..2)], 2, Box::new(is(MeetingRefused::Unasked))),
        (
            "spoilt",
            vec![given(&asked, 9), spoilt(steps(&asked, 0..3))],
            2,
            Box::new(is(MeetingRefused::Spoilt)),
        ),
        ("a rest", vec![given(&asked, 9), longer], 1, Box::new(malformed)),
        (
            "too long",
            vec![given(&asked, 16), steps(&asked, 0..FRAME_STEPS + 1)],
            FRAME_STEPS + 1,
            Box::new(malformed),
        ),
        ("nothing", vec![given(&asked, 9), steps(&asked, 0..0)], 0, Box::new(malformed)),
    ];
    for (what, frames, kept, is_expected) in cases {
        let (mut liar, mut victim, mut meeting) = liar_who_is_asked(&asked);
        let refused = liar.say(&mut victim, &mut meeting, &frames).unwrap_err();
        assert!(is_expected(refused), "{what}: {refused:?}");
        assert!(meeting.is_over(), "{what}");
        assert_eq!(victim.shelf.bytes(&asked.name), kept * 4_096, "{what}: what was the name's stays");
    }
}

#[test]
fn who_gives_and_brings_nothing_is_left_and_wants_without_an_end_are_too() {
    let asked = sealed(1, 100_000);
    let (mut liar, mut victim, mut meeting) = liar_who_is_asked(&asked);
    liar.say(&mut victim, &mut meeting, &[given(&asked, 9), MeetingFrame::Turn { more: true }])
        .unwrap();
    let mut outcome = Ok(());
    for _ in 0..10 {
        outcome =
            outcome.and_then(|()| liar.say(&mut victim, &mut meeting, &[MeetingFrame::Turn { more: true }]));
    }
    assert_eq!(outcome, Err(MeetingRefused::Idle));

    let (mut liar, mut victim, mut meeting) = liar_who_is_asked(&asked);
    let mut outcome = Ok(());
    let name = |number: u64| {
        let root = blake3::hash(&number.to_be_bytes());
        AttachmentName::new(crate::ids::RootHash::from_bytes(*root.as_bytes()), 100).unwrap()
    };
    for batch in 0..3_000 {
        let names: BTreeMap<_, _> = (0..32).map(|number| (name(batch * 32 + number), 0)).collect();
        let frame = MeetingFrame::Attachments(AttachmentFrame::Wanted(names));
        outcome = outcome.and_then(|()| liar.say(&mut victim, &mut meeting, &[frame]));
    }
    assert_eq!(outcome, Err(MeetingRefused::Flood));
}

#[test]
fn before_both_hold_the_same_nothing_is_taken_of_attachments() {
    let asked = sealed(1, 9_000);
    let owed = MeetingFrame::Attachments(AttachmentFrame::Owed(BTreeSet::from([asked.name])));
    for frame in [given(&asked, 1), steps(&asked, 0..1), owed] {
        let mut victim = Device::new(102, &[journal(2, 3, 4)]);
        victim.shelf.wanted.insert(asked.name);
        let (mut liar, mut meeting) = Liar::meeting(&mut victim);
        assert_eq!(liar.say(&mut victim, &mut meeting, &[frame]), Err(MeetingRefused::OutOfTurn));
    }
}

#[test]
fn a_frame_of_names_has_one_encoding() {
    let (first, second) = (sealed(1, 10).name, sealed(2, 10).name);
    let names = BTreeMap::from([(first, 0), (second, 0)]);
    let frame = AttachmentFrame::Wanted(names);
    let mut writer = crate::bytes::Writer::new();
    let kind = frame.write(&mut writer);
    let payload = writer.finish();
    assert_eq!(AttachmentFrame::read(kind, &payload), Ok(Some(frame)));
    let turned = [&payload[..1], &payload[49..], &payload[1..49]].concat();
    let beyond = [&payload[..48], &[1_u8][..], &payload[49..]].concat();
    let none = vec![0];
    let longer = [payload.as_slice(), &[0]].concat();
    for wrong in [turned, beyond, none, longer, payload[..40].to_vec()] {
        assert!(AttachmentFrame::read(kind, &wrong).is_err(), "{wrong:?}");
    }
    assert_eq!(AttachmentFrame::read(44, &payload), Ok(None), "of a newer program");
}
