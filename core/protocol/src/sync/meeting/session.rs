//! The session: whose turn it is, and what follows from what the other side says.

use rand_core::CryptoRng;

use super::attachments::Attachments;
use super::channel::{Channel, ChannelRefused};
use super::code::{DeviceMark, MeetingCode, MeetingSecret};
use super::frame::Parting;
use super::holdings::{JournalKey, Tips};
use super::promises::Promises;
use super::round::{Next, Queue, Round};
use super::stage::{Progress, Stage};
use crate::attachment::{AttachmentName, Run as StepsRun};
use crate::bytes::{Malformed, Writer};
use crate::ids::{DeviceId, SpaceId};
use crate::limits::MEETING_FIRST_TURN_BYTES;
use crate::sync::contact::Arrived;
use crate::sync::frame::{Places, RawFrames};

/// Who meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// This device.
    pub device: DeviceId,
    /// The roll of its territory.
    pub territory: SpaceId,
}

/// What follows from bytes that came.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum MeetingEffect {
    /// The other device has proven that it is this one.
    Met(DeviceId),
    /// An envelope came. It was announced, and proves nothing yet.
    Arrived(Arrived),
    /// The other device holds these last places of a journal, and here others are held: what it lacks is to be queued.
    Differs(JournalKey, Tips),
    /// The other device owes the relay this attachment, and has all of it: whoever may carry it there asks for it.
    Owed(AttachmentName),
    /// The other device asks for an attachment, from this step on.
    Wanted(AttachmentName, u64),
    /// Steps of an attachment came: of this one, at this place.
    Steps(AttachmentName, StepsRun),
    /// It is this side's turn: what came is to be committed, and answered.
    Turn,
}

/// Why a meeting was broken off. What was taken before stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MeetingRefused {
    /// There is no channel, or none any more.
    #[error(transparent)]
    Channel(#[from] ChannelRefused),
    /// What came is no frame of a meeting.
    #[error("not a frame of a meeting: {0}")]
    Malformed(#[from] Malformed),
    /// The other side did not prove who it is, or is not the device whose code was read.
    #[error("the other side did not prove who it is")]
    NotProven,
    /// The other device spoke out of its turn, or said what has no place there.
    #[error("the other device spoke out of turn")]
    OutOfTurn,
    /// What came was not announced, or came before.
    #[error("the other device sent what it had not announced")]
    Unasked,
    /// Steps of an attachment came that are not what its name says.
    #[error("the other device sent what is not the attachment's")]
    Spoilt,
    /// The other device tells and tells, and comes to no end.
    #[error("the other device comes to no end")]
    Flood,
    /// The other device says that it has more, and brings nothing.
    #[error("the other device says that it has more, and brings nothing")]
    Idle,
    /// The other device sends what cannot be kept, again and again.
    #[error("the other device sends what cannot be kept")]
    Waste,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The other side speaks, or the handshake does.
    Theirs,
    Ours,
    Parted {
        parting: Parting,
        by_us: bool,
    },
    Broken,
}

/// One meeting, from one end.
#[derive(Debug)]
pub struct Meeting {
    pub(super) own: Own,
    /// The device whose code was read, by who calls.
    pub(super) expects: Option<DeviceMark>,
    pub(super) channel: Channel,
    pub(super) frames: RawFrames,
    pub(super) places: Places,
    pub(super) state: State,
    pub(super) peer: Option<DeviceId>,
    pub(super) has_proven: bool,
    pub(super) round: Round,
    pub(super) rounds: usize,
    pub(super) last_moved: bool,
    pub(super) promises: Promises,
    pub(super) queue: Queue,
    pub(super) attachments: Attachments,
    /// What this side says in its present turn.
    pub(super) speech: Vec<u8>,
    pub(super) writes: Option<Next>,
    pub(super) outgoing: Vec<u8>,
    pub(super) progress: Progress,
    pub(super) in_flight: u64,
    /// How long this side's next turn may be.
    pub(super) room: usize,
    pub(super) pace: Pace,
    pub(super) is_paused: bool,
}

/// What is bounded of what the other side says.
#[derive(Debug, Default)]
pub(super) struct Pace {
    pub(super) told: usize,
    pub(super) turn_bytes: usize,
    /// Whether its present turn has brought something.
    pub(super) has_brought: bool,
    pub(super) idle_turns: usize,
}

impl Meeting {
    /// Calls the device whose code was read.
    pub fn call(own: Own, code: &MeetingCode, chance: &mut impl CryptoRng) -> Result<Self, MeetingRefused> {
        let (channel, hail) = Channel::call(&code.secret, chance)?;
        let meeting = Self::new(own, channel, Some(code.listener));
        Ok(Self { outgoing: hail, ..meeting })
    }

    /// Waits to be called by who has the secret.
    pub fn listen(
        own: Own,
        secret: &MeetingSecret,
        chance: &mut impl CryptoRng,
    ) -> Result<Self, MeetingRefused> {
        Ok(Self::new(own, Channel::listen(secret, chance)?, None))
    }

    fn new(own: Own, channel: Channel, expects: Option<DeviceMark>) -> Self {
        Self {
            own,
            expects,
            channel,
            frames: RawFrames::default(),
            places: Places::default(),
            state: State::Theirs,
            peer: None,
            has_proven: false,
            round: Round::default(),
            rounds: 0,
            last_moved: true,
            promises: Promises::default(),
            queue: Queue::default(),
            attachments: Attachments::default(),
            speech: Vec::new(),
            writes: None,
            outgoing: Vec::new(),
            progress: Progress::default(),
            in_flight: 0,
            room: MEETING_FIRST_TURN_BYTES,
            pace: Pace::default(),
            is_paused: false,
        }
    }

    /// Whether this side called, and so has read from the other's screen which device it is to find.
    #[must_use]
    pub fn is_caller(&self) -> bool {
        self.expects.is_some()
    }

    /// The other device, once it has proven itself.
    #[must_use]
    pub fn peer(&self) -> Option<DeviceId> {
        self.peer
    }

    /// Whether nothing more will be said or taken.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Parted { .. } | State::Broken)
    }

    /// Where the meeting stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let progress = self.progress();
        let (is_sent, is_received) = (progress.is_sent(), progress.is_received());
        match self.state {
            State::Parted { parting: Parting::Even, .. } => Stage::Even(progress),
            State::Parted { parting, by_us } => Stage::Parted { parting, by_us, progress },
            State::Broken => Stage::Parted { parting: Parting::Broken, by_us: true, progress },
            _ if self.is_paused => Stage::Waiting { progress, for_a_person: true },
            _ if !self.channel.is_open() => Stage::Looking,
            _ if progress == Progress::default() => Stage::Found { peer: self.peer },
            _ if is_sent && !is_received => Stage::Waiting { progress, for_a_person: false },
            _ => Stage::Exchanging(progress),
        }
    }

    /// What was exchanged, and what is still to be.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let to_receive = self.progress.received.saturating_add(self.promises.open());
        let bytes_to_receive = self.progress.bytes_received + self.attachments.open_bytes();
        Progress { to_receive, bytes_to_receive, ..self.progress }
    }

    /// What is to be sent to the other side now.
    #[must_use]
    pub fn outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outgoing)
    }

    /// Takes bytes, in pieces of any size. Effects that are returned stand, also beside a refusal.
    pub fn take(&mut self, bytes: &[u8]) -> (Vec<MeetingEffect>, Result<(), MeetingRefused>) {
        let mut effects = Vec::new();
        if self.is_over() {
            return (effects, Ok(()));
        }
        let outcome = self.take_bytes(bytes, &mut effects);
        if outcome.is_err() {
            self.break_off();
        }
        (effects, outcome)
    }

    /// Whoever drives the meeting could not keep what came, again and again.
    pub fn refuse(&mut self) {
        self.break_off();
    }
}

/// What a device signs: who it is, which end it is, and this channel.
pub(super) fn proof_bytes(own: &Own, is_caller: bool, binding: &[u8; 32]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.raw(b"jasaq 1 meeting proof").u8(u8::from(is_caller)).raw(binding);
    writer.raw(own.device.as_bytes()).raw(own.territory.as_bytes());
    writer.finish()
}
