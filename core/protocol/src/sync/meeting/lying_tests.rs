//! An end of a meeting that lies, floods and stalls: invariants 3 and 4 of `tests.rs`.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::channel::Channel;
use super::frame::MeetingFrame;
use super::session::proof_bytes;
use super::tests::{Device, TERRITORY, chance, journal, keys};
use super::*;
use crate::ids::{HeadHash, JournalId, Sequence, SpaceId};
use crate::seal::DeviceKeys;

/// An end that follows no rules but the channel's.
pub(super) struct Liar {
    channel: Channel,
    keys: DeviceKeys,
}

impl Liar {
    /// Meets `victim` as a member of its territory, up to where it may say anything.
    pub(super) fn meeting(victim: &mut Device) -> (Self, Meeting) {
        Self::greeting(victim, [3; 16])
    }

    /// The same, and says that this is the digest of what it holds.
    pub(super) fn greeting(victim: &mut Device, digest: [u8; 16]) -> (Self, Meeting) {
        let secret = MeetingSecret::make(&mut chance(1));
        let mut meeting = Meeting::listen(victim.own(), &secret, &mut chance(4)).unwrap();
        let (channel, hail) = Channel::call(&secret, &mut chance(5)).unwrap();
        let mut liar = Self { channel, keys: keys(66) };
        victim.take(&mut meeting, &hail).unwrap();
        liar.channel.take(&meeting.outgoing()).unwrap();
        let own = Own { device: liar.keys.id(), territory: TERRITORY };
        let said = proof_bytes(&own, true, liar.channel.binding());
        let signature = liar.keys.signing().sign(&said);
        let proof = MeetingFrame::Proof { device: own.device, territory: TERRITORY, signature };
        liar.say(victim, &mut meeting, &[proof, MeetingFrame::Turn { more: true }])
            .unwrap();
        let hello = MeetingFrame::Hello { knows: true, digest };
        liar.say(victim, &mut meeting, &[hello, MeetingFrame::Turn { more: true }])
            .unwrap();
        (liar, meeting)
    }

    pub(super) fn say(
        &mut self,
        victim: &mut Device,
        meeting: &mut Meeting,
        frames: &[MeetingFrame],
    ) -> Result<(), MeetingRefused> {
        let plain: Vec<u8> = frames.iter().flat_map(MeetingFrame::encode).collect();
        victim.take(meeting, &self.channel.seal(&plain).unwrap())
    }
}

fn told(key: JournalKey, sequence: u64) -> BTreeMap<JournalKey, Tips> {
    let tip = (Sequence::new(sequence).unwrap(), HeadHash::from_bytes([9; 8]));
    BTreeMap::from([(key, Tips::from([tip]))])
}

fn all() -> super::holdings::Range {
    super::holdings::Range::ALL
}

#[test]
fn an_envelope_that_was_not_announced_or_comes_again_ends_a_meeting_and_what_came_is_kept() {
    let line = journal(1, 3, 3);
    let key = JournalKey { space: line[0].place().space, journal: line[0].place().journal };
    let envelope = |index: usize| {
        [MeetingFrame::Run(line[index].place()), MeetingFrame::Envelope(line[index].to_wire(true).encode())]
    };
    let mut victim = Device::new(102, &[]);
    let (mut liar, mut meeting) = Liar::meeting(&mut victim);
    assert_eq!(liar.say(&mut victim, &mut meeting, &envelope(0)), Err(MeetingRefused::Unasked));
    assert_eq!(victim.count(), 0);

    let (mut liar, mut meeting) = Liar::meeting(&mut victim);
    let ask = MeetingFrame::Ask { range: all(), held: told(key, 3) };
    liar.say(&mut victim, &mut meeting, &[ask]).unwrap();
    let mut outcome = Ok(());
    for _ in 0..20 {
        outcome = outcome.and_then(|()| liar.say(&mut victim, &mut meeting, &envelope(0)));
    }
    assert_eq!(outcome, Err(MeetingRefused::Unasked));
    assert_eq!(victim.count(), 1, "the first was good");
    assert!(meeting.is_over());
}

#[test]
fn who_claims_what_does_not_exist_is_owed_nothing_and_waited_for_no_longer_than_a_meeting() {
    let mut victim = Device::new(102, &[journal(2, 3, 4)]);
    let (mut liar, mut meeting) = Liar::meeting(&mut victim);
    let key = JournalKey { space: SpaceId::from_bytes([5; 16]), journal: JournalId::from_bytes([6; 16]) };
    let ask = MeetingFrame::Ask { range: all(), held: told(key, u64::try_from(i64::MAX).unwrap()) };
    let turn = MeetingFrame::Turn { more: false };
    liar.say(&mut victim, &mut meeting, &[ask, turn]).unwrap();
    for _ in 0..40 {
        let hello = MeetingFrame::Hello { knows: true, digest: [3; 16] };
        let said = liar.say(&mut victim, &mut meeting, &[hello, MeetingFrame::Turn { more: false }]);
        if said.is_err() || meeting.is_over() {
            break;
        }
    }
    assert!(meeting.is_over(), "{:?}", meeting.stage());
    assert_eq!(victim.count(), 4);
}

#[test]
fn who_says_that_there_is_more_and_brings_nothing_is_left() {
    let mut victim = Device::new(102, &[journal(2, 3, 4)]);
    let (mut liar, mut meeting) = Liar::meeting(&mut victim);
    let mut outcome = Ok(());
    for _ in 0..10 {
        outcome =
            outcome.and_then(|()| liar.say(&mut victim, &mut meeting, &[MeetingFrame::Turn { more: true }]));
    }
    assert_eq!(outcome, Err(MeetingRefused::Idle));
}

#[test]
fn who_tells_without_an_end_is_left() {
    let mut victim = Device::new(102, &[journal(2, 3, 4)]);
    let (mut liar, mut meeting) = Liar::meeting(&mut victim);
    let mut outcome = Ok(());
    for _ in 0..10_000 {
        let ask = MeetingFrame::Ask { range: all(), held: BTreeMap::new() };
        outcome = outcome.and_then(|()| liar.say(&mut victim, &mut meeting, &[ask]));
    }
    assert_eq!(outcome, Err(MeetingRefused::Flood));
}

#[test]
fn nobody_is_told_anything_before_he_has_proven_himself() {
    let secret = MeetingSecret::make(&mut chance(1));
    let strange = keys(66);
    let hello = MeetingFrame::Hello { knows: true, digest: [3; 16] };
    let unsigned = MeetingFrame::Proof {
        device: strange.id(),
        territory: TERRITORY,
        signature: strange.signing().sign(b"another channel's"),
    };
    for frame in [hello, unsigned, MeetingFrame::Turn { more: false }] {
        let mut victim = Device::new(102, &[journal(2, 3, 4)]);
        let mut meeting = Meeting::listen(victim.own(), &secret, &mut chance(4)).unwrap();
        let (mut channel, hail) = Channel::call(&secret, &mut chance(5)).unwrap();
        victim.take(&mut meeting, &hail).unwrap();
        channel.take(&meeting.outgoing()).unwrap();
        let said = channel.seal(&frame.encode()).unwrap();
        assert_eq!(victim.take(&mut meeting, &said), Err(MeetingRefused::NotProven));
        let (told, _) = channel.take(&meeting.outgoing()).unwrap();
        assert_eq!(told, MeetingFrame::Leave(Parting::Broken).encode(), "and nothing else");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn garbage_in_a_channel_ends_it(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
        let mut victim = Device::new(102, &[]);
        let (mut liar, mut meeting) = Liar::meeting(&mut victim);
        let sealed = liar.channel.seal(&bytes).unwrap();
        let _ = victim.take(&mut meeting, &sealed);
        let mut unsealed = Device::new(102, &[]);
        let (_, mut meeting) = Liar::meeting(&mut unsealed);
        let _ = unsealed.take(&mut meeting, &bytes);
    }
}
