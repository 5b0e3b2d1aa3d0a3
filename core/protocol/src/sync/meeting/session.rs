//! The session: whose turn it is, and what follows from what the other side says.

use std::collections::BTreeMap;

use rand_core::CryptoRng;

use super::channel::{Channel, ChannelRefused};
use super::code::{DeviceMark, MeetingCode, MeetingSecret};
use super::frame::{MeetingFrame, Parting};
use super::holdings::{Holdings, JournalKey, Range, Tips};
use super::promises::Promises;
use super::round::{Hello, Next, Queue, Round, Run};
use super::stage::{Progress, Stage};
use crate::bytes::{Malformed, Writer};
use crate::ids::{DeviceId, SpaceId};
use crate::limits::{
    ENVELOPE_BYTES_MAX, FRAME_BYTES_MAX, MEETING_FIRST_TURN_BYTES, MEETING_IDLE_TURNS_MAX,
    MEETING_ROUNDS_MAX, MEETING_TELLING_BYTES, MEETING_TOLD_MAX, MEETING_TURN_BYTES_MAX,
};
use crate::seal::{SigningKey, verify};
use crate::sync::contact::Arrived;
use crate::sync::frame::{Places, RawFrames};

/// What the frames around an envelope take at most.
const ENVELOPE_FRAME_BYTES: usize = 64;

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
    /// An envelope came that was not announced, or came before.
    #[error("the other device sent what it had not announced")]
    Unasked,
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
enum State {
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
    own: Own,
    is_caller: bool,
    expects: Option<DeviceMark>,
    channel: Channel,
    frames: RawFrames,
    places: Places,
    state: State,
    peer: Option<DeviceId>,
    has_proven: bool,
    round: Round,
    rounds: usize,
    last_moved: bool,
    promises: Promises,
    queue: Queue,
    /// What this side says in its present turn.
    speech: Vec<u8>,
    writes: Option<Next>,
    outgoing: Vec<u8>,
    progress: Progress,
    in_flight: u64,
    /// How long this side's next turn may be.
    room: usize,
    told: usize,
    turn_bytes: usize,
    is_idle_turn: bool,
    idle_turns: usize,
    is_paused: bool,
}

impl Meeting {
    /// Calls the device whose code was read.
    pub fn call(own: Own, code: &MeetingCode, chance: &mut impl CryptoRng) -> Result<Self, MeetingRefused> {
        let (channel, hail) = Channel::call(&code.secret, chance)?;
        let mut meeting = Self::new(own, channel, true);
        meeting.expects = Some(code.listener);
        meeting.outgoing = hail;
        Ok(meeting)
    }

    /// Waits to be called by who has the secret.
    pub fn listen(
        own: Own,
        secret: &MeetingSecret,
        chance: &mut impl CryptoRng,
    ) -> Result<Self, MeetingRefused> {
        Ok(Self::new(own, Channel::listen(secret, chance)?, false))
    }

    fn new(own: Own, channel: Channel, is_caller: bool) -> Self {
        Self {
            own,
            is_caller,
            expects: None,
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
            speech: Vec::new(),
            writes: None,
            outgoing: Vec::new(),
            progress: Progress::default(),
            in_flight: 0,
            room: MEETING_FIRST_TURN_BYTES,
            told: 0,
            turn_bytes: 0,
            is_idle_turn: true,
            idle_turns: 0,
            is_paused: false,
        }
    }

    /// Whether this side called, and so has read from the other's screen which device it is to find.
    #[must_use]
    pub fn is_caller(&self) -> bool {
        self.is_caller
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
        let is_sent = progress.sent == progress.to_send;
        match self.state {
            State::Parted { parting: Parting::Even, .. } => Stage::Even(progress),
            State::Parted { parting, by_us } => Stage::Parted { parting, by_us, progress },
            State::Broken => Stage::Parted { parting: Parting::Broken, by_us: true, progress },
            _ if self.is_paused => Stage::Waiting { progress, for_a_person: true },
            _ if !self.channel.is_open() => Stage::Looking,
            _ if progress.to_send == 0 && progress.to_receive == 0 => Stage::Found { peer: self.peer },
            _ if is_sent && progress.received < progress.to_receive => {
                Stage::Waiting { progress, for_a_person: false }
            }
            _ => Stage::Exchanging(progress),
        }
    }

    /// What was exchanged, and what is still to be.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let to_receive = self.progress.received.saturating_add(self.promises.open());
        Progress { to_receive, ..self.progress }
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

    fn take_bytes(&mut self, bytes: &[u8], effects: &mut Vec<MeetingEffect>) -> Result<(), MeetingRefused> {
        let was_open = self.channel.is_open();
        let (plain, answer) = self.channel.take(bytes)?;
        self.outgoing.extend(answer);
        if self.is_caller && !was_open && self.channel.is_open() {
            self.state = State::Ours;
            effects.push(MeetingEffect::Turn);
        }
        self.turn_bytes += plain.len();
        self.frames.push(&plain);
        while let Some((kind, payload)) = self.frames.next()? {
            let frame = MeetingFrame::decode(kind, payload)?;
            self.take_frame(frame, effects)?;
            if self.is_over() {
                return Ok(());
            }
        }
        if self.turn_bytes > MEETING_TURN_BYTES_MAX + FRAME_BYTES_MAX {
            Err(MeetingRefused::Flood)
        } else {
            Ok(())
        }
    }

    fn take_frame(
        &mut self,
        frame: MeetingFrame,
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        match frame {
            MeetingFrame::Leave(parting) => {
                self.state = State::Parted { parting, by_us: false };
                self.progress.sent += std::mem::take(&mut self.in_flight);
                return Ok(());
            }
            MeetingFrame::Unknown => return Ok(()),
            _ if self.state != State::Theirs => return Err(MeetingRefused::OutOfTurn),
            MeetingFrame::Proof { .. } if self.peer.is_none() => return self.take_proof(&frame, effects),
            _ if self.peer.is_none() => return Err(MeetingRefused::NotProven),
            MeetingFrame::Pause => {
                self.is_paused = true;
                return Ok(());
            }
            MeetingFrame::Turn { more } => return self.take_turn(more, effects),
            _ => self.is_idle_turn = false,
        }
        match frame {
            MeetingFrame::Hello { knows, digest } => self.take_hello(Hello { knows, digest }),
            MeetingFrame::Parts { from, parts } => self.take_parts(from, &parts),
            MeetingFrame::Ask { range, held } => self.take_ask(range, &held, effects),
            MeetingFrame::Answer { held } => self.take_answer(held, effects),
            MeetingFrame::Run(place) => {
                self.places.run(place);
                Ok(())
            }
            MeetingFrame::Envelope(wire) => self.take_envelope(wire, effects),
            _ => Err(MeetingRefused::OutOfTurn),
        }
    }

    fn take_proof(
        &mut self,
        frame: &MeetingFrame,
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        let MeetingFrame::Proof { device, territory, signature } = frame else {
            return Err(MeetingRefused::NotProven);
        };
        let is_expected = self.expects.is_none_or(|mark| mark == DeviceMark::of(device));
        let theirs = Own { device: *device, territory: *territory };
        let said = proof_bytes(&theirs, !self.is_caller, self.channel.binding());
        if !is_expected || verify(device.as_bytes(), &said, signature).is_err() {
            return Err(MeetingRefused::NotProven);
        }
        if *territory != self.own.territory {
            self.leave(Parting::Foreign);
            return Ok(());
        }
        self.peer = Some(*device);
        effects.push(MeetingEffect::Met(*device));
        Ok(())
    }

    fn take_hello(&mut self, hello: Hello) -> Result<(), MeetingRefused> {
        if self.round.heard.is_some() {
            self.next_round()?;
        }
        self.round.heard = Some(hello);
        if self.round.greeted.is_some() && !self.round.is_open() {
            self.round.introduce();
        }
        Ok(())
    }

    fn take_parts(
        &mut self,
        mut from: JournalKey,
        parts: &[(JournalKey, [u8; 8])],
    ) -> Result<(), MeetingRefused> {
        self.count_told(parts.len())?;
        if !self.round.is_open() {
            return Err(MeetingRefused::OutOfTurn);
        }
        for (until, digest) in parts {
            let range = Range { from, until: *until };
            if self.round.holdings.digest::<8>(range) != *digest {
                self.round.divide(range);
            }
            from = *until;
        }
        Ok(())
    }

    fn take_ask(
        &mut self,
        range: Range,
        held: &BTreeMap<JournalKey, Tips>,
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        if self.round.greeted.is_none() {
            return Err(MeetingRefused::OutOfTurn);
        }
        let differing = self.round.answer(range, held);
        self.count_told(1 + held.len() + differing.len())?;
        for (key, ours) in differing {
            let theirs = held.get(&key).cloned().unwrap_or_default();
            self.note_differing(key, theirs, &ours, effects);
        }
        Ok(())
    }

    fn take_answer(
        &mut self,
        held: BTreeMap<JournalKey, Tips>,
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        self.count_told(1 + held.len())?;
        if self.round.greeted.is_none() {
            return Err(MeetingRefused::OutOfTurn);
        }
        for (key, theirs) in held {
            let ours = self.round.holdings.tips(&key);
            self.note_differing(key, theirs, &ours, effects);
        }
        Ok(())
    }

    fn note_differing(
        &mut self,
        key: JournalKey,
        theirs: Tips,
        ours: &Tips,
        effects: &mut Vec<MeetingEffect>,
    ) {
        self.promises.note(&key, &theirs, ours);
        if self.round.holdings.offers(&key) {
            effects.push(MeetingEffect::Differs(key, theirs));
        }
    }

    fn take_envelope(
        &mut self,
        wire: Vec<u8>,
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        let place = self.places.next()?;
        if !self.promises.take(&place) {
            return Err(MeetingRefused::Unasked);
        }
        self.progress.received += 1;
        self.round.moved = true;
        effects.push(MeetingEffect::Arrived(Arrived { place, number: None, wire }));
        Ok(())
    }

    fn take_turn(&mut self, more: bool, effects: &mut Vec<MeetingEffect>) -> Result<(), MeetingRefused> {
        self.idle_turns = if self.is_idle_turn && more { self.idle_turns + 1 } else { 0 };
        if self.idle_turns > MEETING_IDLE_TURNS_MAX {
            return Err(MeetingRefused::Idle);
        }
        if self.in_flight > 0 {
            self.room = (self.room + self.room / 4).min(MEETING_TURN_BYTES_MAX);
        }
        // The other side commits before it answers.
        self.progress.sent += std::mem::take(&mut self.in_flight);
        self.round.has_answered = !more;
        (self.turn_bytes, self.is_idle_turn, self.is_paused) = (0, true, false);
        self.state = State::Ours;
        effects.push(MeetingEffect::Turn);
        Ok(())
    }

    fn count_told(&mut self, count: usize) -> Result<(), MeetingRefused> {
        self.told += count;
        if self.told > MEETING_TOLD_MAX { Err(MeetingRefused::Flood) } else { Ok(()) }
    }

    fn next_round(&mut self) -> Result<(), MeetingRefused> {
        self.rounds += 1;
        self.last_moved = self.round.moved;
        self.round = Round::default();
        if self.rounds > MEETING_ROUNDS_MAX { Err(MeetingRefused::Flood) } else { Ok(()) }
    }

    /// Whether this side has to prove itself first.
    #[must_use]
    pub fn must_prove(&self) -> bool {
        self.state == State::Ours && !self.has_proven
    }

    /// Signs this channel.
    pub fn prove(&mut self, key: &SigningKey) {
        let Own { device, territory } = self.own;
        let signature = key.sign(&proof_bytes(&self.own, self.is_caller, self.channel.binding()));
        self.say(&MeetingFrame::Proof { device, territory, signature });
        self.has_proven = true;
    }

    /// Whether a round begins on this side: what is held has to be told to [`Meeting::greet`].
    #[must_use]
    pub fn must_greet(&mut self) -> bool {
        if self.state != State::Ours || self.peer.is_none() {
            return false;
        }
        if self.round.is_over() && self.queue.is_empty() && self.next_round().is_err() {
            self.leave(Parting::Apart);
            return false;
        }
        self.round.greeted.is_none()
    }

    /// Begins this side's half of a round: whether the other device is known here, and what is held, each journal with whether
    /// the other may be told of it. The meeting may end here.
    pub fn greet(&mut self, knows: bool, holdings: Holdings) {
        let is_stuck = self.rounds > 0 && !self.last_moved;
        if is_stuck && !knows {
            return self.leave(Parting::Unknown);
        }
        let digest = if knows { holdings.digest(Range::ALL) } else { [0; 16] };
        self.round.holdings = holdings;
        self.round.greeted = Some(knows);
        let both = self.round.heard.filter(|heard| heard.knows && knows);
        if both.is_some_and(|heard| heard.digest == digest) {
            return self.leave(Parting::Even);
        }
        if is_stuck && both.is_some() {
            return self.leave(Parting::Apart);
        }
        self.say(&MeetingFrame::Hello { knows, digest });
        match self.round.heard {
            None => {}
            Some(heard) if heard.knows && knows => self.round.divide(Range::ALL),
            // One does not know the other: whoever may show something shows it.
            Some(_) => self.round.introduce(),
        }
    }

    /// Queues envelopes that the other device lacks.
    pub fn queue(&mut self, run: Run) {
        self.progress.to_send += self.queue.push(run);
    }

    /// The envelope that this turn has room for. After it [`Meeting::put`] is due.
    pub fn next_envelope(&mut self) -> Option<Next> {
        if self.state != State::Ours {
            return None;
        }
        self.tell();
        // One envelope passes in any case, also behind what was told.
        let is_first = self.writes.is_none();
        let has_room = is_first || self.speech.len() + ENVELOPE_BYTES_MAX + ENVELOPE_FRAME_BYTES <= self.room;
        if has_room { self.queue.pop() } else { None }
    }

    /// Says what is to be told, as much as a turn bears beside envelopes.
    fn tell(&mut self) {
        let mut bytes = 0;
        while bytes < MEETING_TELLING_BYTES && self.writes.is_none() {
            let Some(frame) = self.round.next_telling() else { break };
            let before = self.speech.len();
            self.say(&frame);
            bytes += self.speech.len() - before;
        }
    }

    /// Sends an envelope's wire form, or leaves it out because it is not held any more.
    pub fn put(&mut self, next: Next, wire: Option<&[u8]>) {
        let Some(wire) = wire else {
            // What follows it in its run has no place without it.
            self.writes = None;
            self.progress.to_send = self.progress.to_send.saturating_sub(1);
            return;
        };
        let follows = self.writes.is_some_and(|last| {
            last.place.journal == next.place.journal
                && last.place.sequence.next() == next.place.sequence
                && !next.with_link
        });
        if !follows {
            self.say(&MeetingFrame::Run(next.place));
        }
        self.say(&MeetingFrame::Envelope(wire.to_vec()));
        self.writes = Some(next);
        self.in_flight += 1;
        self.round.moved = true;
    }

    /// A person is asked; this side's turn goes on when he has answered.
    pub fn pause(&mut self) -> Result<(), MeetingRefused> {
        self.is_paused = true;
        self.say(&MeetingFrame::Pause);
        self.flush_speech()
    }

    /// Says what this turn was to say.
    pub fn end_turn(&mut self) -> Result<(), MeetingRefused> {
        self.is_paused = false;
        if self.state == State::Ours {
            self.tell();
            let more = !self.queue.is_empty() || !self.round.tellings.is_empty();
            self.round.said_done = !more;
            self.say(&MeetingFrame::Turn { more });
            self.state = State::Theirs;
        }
        self.flush_speech()
    }

    /// Leaves, and says why.
    pub fn leave(&mut self, parting: Parting) {
        self.say(&MeetingFrame::Leave(parting));
        self.state = State::Parted { parting, by_us: true };
        if self.flush_speech().is_err() {
            self.state = State::Broken;
        }
    }

    fn break_off(&mut self) {
        self.speech.clear();
        if self.channel.is_open() {
            self.leave(Parting::Broken);
        }
        self.state = State::Broken;
    }

    fn say(&mut self, frame: &MeetingFrame) {
        self.speech.extend(frame.encode());
    }

    fn flush_speech(&mut self) -> Result<(), MeetingRefused> {
        let speech = std::mem::take(&mut self.speech);
        self.writes = None;
        let sealed = self.channel.seal(&speech)?;
        self.outgoing.extend(sealed);
        Ok(())
    }
}

/// What a device signs: who it is, which end it is, and this channel.
pub(super) fn proof_bytes(own: &Own, is_caller: bool, binding: &[u8; 32]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.raw(b"jasaq 0 meeting proof").u8(u8::from(is_caller)).raw(binding);
    writer.raw(own.device.as_bytes()).raw(own.territory.as_bytes());
    writer.finish()
}
