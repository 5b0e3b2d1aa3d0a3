//! The session hears: what follows from each frame of the other side.

use std::collections::BTreeMap;

use super::code::DeviceMark;
use super::frame::{MeetingFrame, Parting};
use super::holdings::{JournalKey, Range, Tips};
use super::round::{Hello, Round};
use super::session::{Meeting, MeetingEffect, MeetingRefused, Own, Pace, State, proof_bytes};
use crate::limits::{
    FRAME_BYTES_MAX, MEETING_IDLE_TURNS_MAX, MEETING_ROUNDS_MAX, MEETING_TOLD_MAX, MEETING_TURN_BYTES_MAX,
};
use crate::seal::verify;
use crate::sync::contact::Arrived;

impl Meeting {
    pub(super) fn take_bytes(
        &mut self,
        bytes: &[u8],
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        let was_open = self.channel.is_open();
        let (plain, answer) = self.channel.take(bytes)?;
        self.outgoing.extend(answer);
        if self.is_caller() && !was_open && self.channel.is_open() {
            self.state = State::Ours;
            effects.push(MeetingEffect::Turn);
        }
        self.pace.turn_bytes += plain.len();
        self.frames.push(&plain);
        while let Some((kind, payload)) = self.frames.next()? {
            let frame = MeetingFrame::decode(kind, payload)?;
            self.take_frame(frame, effects)?;
            if self.is_over() {
                return Ok(());
            }
        }
        if self.pace.turn_bytes > MEETING_TURN_BYTES_MAX + FRAME_BYTES_MAX {
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
                self.count_sent();
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
            _ => self.pace.has_brought = true,
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
            MeetingFrame::Attachments(frame) => self.take_of_attachment(frame, effects),
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
        let said = proof_bytes(&theirs, !self.is_caller(), self.channel.binding());
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
        let is_idle = more && !self.pace.has_brought;
        let idle_turns = if is_idle { self.pace.idle_turns + 1 } else { 0 };
        if idle_turns > MEETING_IDLE_TURNS_MAX {
            return Err(MeetingRefused::Idle);
        }
        if self.in_flight > 0 || self.attachments.in_flight > 0 {
            self.room = (self.room + self.room / 4).min(MEETING_TURN_BYTES_MAX);
        }
        self.count_sent();
        self.round.has_answered = !more;
        self.pace = Pace { told: self.pace.told, idle_turns, ..Pace::default() };
        self.is_paused = false;
        self.state = State::Ours;
        effects.push(MeetingEffect::Turn);
        Ok(())
    }

    /// The other side commits before it answers.
    fn count_sent(&mut self) {
        self.progress.sent += std::mem::take(&mut self.in_flight);
        self.progress.bytes_sent += std::mem::take(&mut self.attachments.in_flight);
    }

    pub(super) fn count_told(&mut self, count: usize) -> Result<(), MeetingRefused> {
        self.pace.told += count;
        if self.pace.told > MEETING_TOLD_MAX { Err(MeetingRefused::Flood) } else { Ok(()) }
    }

    pub(super) fn next_round(&mut self) -> Result<(), MeetingRefused> {
        self.rounds += 1;
        self.last_moved = self.round.moved;
        self.round = Round::default();
        if self.rounds > MEETING_ROUNDS_MAX { Err(MeetingRefused::Flood) } else { Ok(()) }
    }
}
