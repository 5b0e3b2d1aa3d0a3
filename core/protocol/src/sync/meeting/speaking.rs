//! The session speaks: what is said in this side's turns, and when.

use super::attachment_frame::AttachmentFrame;
use super::attachments::Wishes;
use super::frame::{MeetingFrame, Parting};
use super::holdings::{Holdings, Range};
use super::round::{Hello, Next, Run};
use super::session::{Meeting, MeetingRefused, Own, State, proof_bytes};
use crate::limits::{ENVELOPE_BYTES_MAX, MEETING_TELLING_BYTES};
use crate::seal::SigningKey;

/// What the frames around an envelope take at most.
const ENVELOPE_FRAME_BYTES: usize = 64;

impl Meeting {
    /// Whether this side has to prove itself first.
    #[must_use]
    pub fn must_prove(&self) -> bool {
        self.state == State::Ours && !self.has_proven
    }

    /// Signs this channel.
    pub fn prove(&mut self, key: &SigningKey) {
        let Own { device, territory } = self.own;
        let signature = key.sign(&proof_bytes(&self.own, self.is_caller(), self.channel.binding()));
        self.say(&MeetingFrame::Proof { device, territory, signature });
        self.has_proven = true;
    }

    /// Whether a round begins on this side: what is held has to be told to [`Meeting::greet`].
    #[must_use]
    pub fn must_greet(&mut self) -> bool {
        if self.state != State::Ours || self.peer.is_none() {
            return false;
        }
        let speaks_on = self.round.is_level() && !self.attachments.is_silent();
        let is_over = self.round.is_over() && self.queue.is_empty() && !speaks_on;
        if is_over && self.round.is_level() && !self.round.moved {
            self.leave(Parting::Even);
            return false;
        }
        if is_over && self.next_round().is_err() {
            self.leave(Parting::Apart);
            return false;
        }
        self.round.greeted.is_none()
    }

    /// Begins this side's half of a round: whether the other device is known here, and what is held, each journal with whether
    /// the other may be told of it; and what there is to say about attachments. The meeting may end here.
    pub fn greet(&mut self, knows: bool, holdings: Holdings, wishes: Wishes) {
        let is_stuck = self.rounds > 0 && !self.last_moved;
        if is_stuck && !knows {
            return self.leave(Parting::Unknown);
        }
        let digest = if knows { holdings.digest(Range::ALL) } else { [0; 16] };
        self.round.holdings = holdings;
        self.round.greeted = Some(Hello { knows, digest });
        self.attachments.wish(if knows { wishes } else { Wishes::default() });
        let is_spoken_of = self.attachments.has_wishes() || !self.round.has_answered;
        if self.round.is_level() && (is_stuck || !is_spoken_of) {
            return self.leave(Parting::Even);
        }
        if is_stuck && self.round.is_open() {
            return self.leave(Parting::Apart);
        }
        self.say(&MeetingFrame::Hello { knows, digest });
        match self.round.heard {
            None => {}
            Some(_) if self.round.is_level() => {}
            Some(_) if self.round.is_open() => self.round.divide(Range::ALL),
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
    pub(super) fn tell(&mut self) {
        let mut bytes = 0;
        while bytes < MEETING_TELLING_BYTES && self.writes.is_none() && !self.attachments.has_put {
            let Some(frame) = self.next_telling() else { break };
            let before = self.speech.len();
            self.say(&frame);
            bytes += self.speech.len() - before;
        }
    }

    fn next_telling(&mut self) -> Option<MeetingFrame> {
        self.round.next_telling().or_else(|| {
            let speaks = self.speaks_of_attachments();
            let frame = speaks.then(|| self.attachments.next_telling()).flatten();
            frame.map(MeetingFrame::Attachments)
        })
    }

    /// Whether it is this side's turn, and attachments are spoken of in it.
    pub(super) fn speaks_of_attachments(&self) -> bool {
        self.state == State::Ours && self.round.is_level() && self.queue.is_empty()
    }

    pub(super) fn say_of_attachment(&mut self, frame: AttachmentFrame) {
        self.say(&MeetingFrame::Attachments(frame));
    }

    /// Whether this side has more to say, without being asked.
    fn has_more(&self) -> bool {
        let of_journals = !self.queue.is_empty() || !self.round.tellings.is_empty();
        // Who is first tells with its hello that it has attachments to speak of.
        let of_attachments = match self.round.heard {
            None => self.attachments.has_wishes(),
            Some(_) => self.round.is_level() && !self.attachments.is_silent(),
        };
        of_journals || of_attachments
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
            let more = self.has_more();
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

    pub(super) fn break_off(&mut self) {
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
        (self.writes, self.attachments.has_put) = (None, false);
        let sealed = self.channel.seal(&speech)?;
        self.outgoing.extend(sealed);
        Ok(())
    }
}
