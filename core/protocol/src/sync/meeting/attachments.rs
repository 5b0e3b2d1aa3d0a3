//! Attachments in a meeting, once both sides hold the same envelopes.
//!
//! ```text
//! owed {names} ──►                          whole here, and at no relay
//!              ◄── wanted {name, from}      also without having been owed
//! given {name, until}, steps … ──►
//! ```
//!
//! Promises: of an attachment comes only what was wanted and given, each step where the one before it ended, and proven to be
//! the name's before the driver sees it. Nothing is told, wanted or given twice in one meeting. Refuses all else that comes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use super::attachment_frame::AttachmentFrame;
use super::session::{Meeting, MeetingEffect, MeetingRefused};
use crate::attachment::{AttachmentName, PartsReader};
use crate::bytes::Malformed;
use crate::limits::{FRAME_STEPS, MEETING_NAMES_MAX, STEP_BYTES, STEPS_FRAME_BYTES};

/// What a device has to say about attachments as a round begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wishes {
    /// What it has whole and owes the relay, if the other device may carry it there.
    pub owed: Vec<AttachmentName>,
    /// What it wants, from which step on, in the order in which it is to be asked for.
    pub wanted: Vec<(AttachmentName, u64)>,
}

/// Steps of an attachment that are to be sent next: as many from the first on as one part has and the turn has room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextSteps {
    /// Which attachment.
    pub name: AttachmentName,
    /// Which steps, at most.
    pub steps: Range<u64>,
}

/// What was said about attachments in a meeting, by both sides.
#[derive(Debug, Default)]
pub(super) struct Attachments {
    owed: VecDeque<AttachmentName>,
    wanted: VecDeque<(AttachmentName, u64)>,
    /// What this side will give and has not said yet, up to which step; the shortest attachment first.
    to_give: BTreeMap<(u64, AttachmentName), Range<u64>>,
    /// What of that was said: these steps are due.
    giving: BTreeMap<(u64, AttachmentName), Range<u64>>,
    /// What the other side will give, and has not given yet.
    promised: BTreeMap<AttachmentName, Range<u64>>,
    told: BTreeSet<AttachmentName>,
    /// What was asked for in this meeting, and from which step on, until the other side gave it.
    asked: BTreeMap<AttachmentName, Option<u64>>,
    asked_by_them: BTreeSet<AttachmentName>,
    /// Bytes that were said and that the other side has not answered.
    pub(super) in_flight: u64,
    /// Whether steps were said in this turn.
    pub(super) has_put: bool,
}

impl Attachments {
    /// Notes what is to be said in this round, but for what was said in an earlier one.
    pub(super) fn wish(&mut self, wishes: Wishes) {
        self.owed = wishes.owed.into_iter().filter(|name| !self.told.contains(name)).collect();
        self.wanted.clear();
        wishes.wanted.into_iter().for_each(|(name, from)| self.want(name, from));
    }

    fn want(&mut self, name: AttachmentName, from: u64) {
        if from < name.steps() && !self.asked.contains_key(&name) {
            self.wanted.push_back((name, from));
        }
    }

    /// Whether something is to be told or asked.
    pub(super) fn has_wishes(&self) -> bool {
        !(self.owed.is_empty() && self.wanted.is_empty())
    }

    /// Whether nothing is to be said.
    pub(super) fn is_silent(&self) -> bool {
        !self.has_wishes() && self.to_give.is_empty() && self.giving.is_empty()
    }

    /// Bytes that the other side has said will come, and that have not come.
    pub(super) fn open_bytes(&self) -> u64 {
        self.promised.iter().map(|(name, steps)| bytes_of(name, steps)).sum()
    }

    /// The next frame of what is to be told: what is given first, since its steps wait for it.
    pub(super) fn next_telling(&mut self) -> Option<AttachmentFrame> {
        if !self.to_give.is_empty() {
            let mut said = BTreeMap::new();
            while said.len() < MEETING_NAMES_MAX
                && let Some((key, steps)) = self.to_give.pop_first()
            {
                said.insert(key.1, steps.end);
                self.giving.insert(key, steps);
            }
            return Some(AttachmentFrame::Given(said));
        }
        if !self.wanted.is_empty() {
            let count = self.wanted.len().min(MEETING_NAMES_MAX);
            let said: BTreeMap<_, _> = self.wanted.drain(..count).collect();
            self.asked.extend(said.iter().map(|(name, from)| (*name, Some(*from))));
            return Some(AttachmentFrame::Wanted(said));
        }
        let count = self.owed.len().min(MEETING_NAMES_MAX);
        let said: BTreeSet<_> = self.owed.drain(..count).collect();
        self.told.extend(&said);
        (count > 0).then_some(AttachmentFrame::Owed(said))
    }
}

fn bytes_of(name: &AttachmentName, steps: &Range<u64>) -> u64 {
    name.bytes_before(steps.end) - name.bytes_before(steps.start)
}

impl Meeting {
    /// Asks for an attachment that the other side owes the relay, from a step on.
    pub fn want(&mut self, name: AttachmentName, from: u64) {
        self.attachments.want(name, from);
    }

    /// Gives steps that the other side wants.
    pub fn give(&mut self, name: AttachmentName, steps: Range<u64>) {
        if steps.is_empty() {
            return;
        }
        self.progress.bytes_to_send += bytes_of(&name, &steps);
        self.attachments.to_give.insert((name.bytes(), name), steps);
    }

    /// The steps that this turn has room for, once no envelope waits. After them [`Meeting::put_steps`] is due.
    pub fn next_steps(&mut self) -> Option<NextSteps> {
        if !self.speaks_of_attachments() {
            return None;
        }
        self.tell();
        let room = self.room.saturating_sub(self.speech.len() + STEPS_FRAME_BYTES) / STEP_BYTES;
        // One passes in any case, also behind what was told.
        let count = FRAME_STEPS.min(room as u64).max(u64::from(!self.attachments.has_put));
        let (key, steps) = self.attachments.giving.first_key_value().filter(|_| count > 0)?;
        let until = steps.start.saturating_add(count).min(steps.end);
        Some(NextSteps { name: key.1, steps: steps.start..until })
    }

    /// Sends steps, a stream of one part from the first that is due up to the one behind the last of them; or gives no more
    /// of the attachment, because it is not held any more.
    pub fn put_steps(&mut self, next: &NextSteps, stream: Option<(Vec<u8>, u64)>) {
        let key = (next.name.bytes(), next.name);
        let Some(due) = self.attachments.giving.remove(&key) else { return };
        let Some((bytes, until)) = stream else {
            let left = bytes_of(&next.name, &due);
            self.progress.bytes_to_send = self.progress.bytes_to_send.saturating_sub(left);
            return;
        };
        self.attachments.in_flight += bytes_of(&next.name, &(due.start..until));
        self.say_of_attachment(AttachmentFrame::Steps { name: next.name, from: due.start, bytes });
        if until < due.end {
            self.attachments.giving.insert(key, until..due.end);
        }
        self.attachments.has_put = true;
        self.round.moved = true;
    }

    pub(super) fn take_of_attachment(
        &mut self,
        frame: AttachmentFrame,
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        if !self.round.is_level() {
            return Err(MeetingRefused::OutOfTurn);
        }
        match frame {
            AttachmentFrame::Owed(names) => {
                self.count_told(names.len())?;
                effects.extend(names.into_iter().map(MeetingEffect::Owed));
                Ok(())
            }
            AttachmentFrame::Wanted(wanted) => {
                self.count_told(wanted.len())?;
                let new = wanted
                    .into_iter()
                    .filter(|(name, _)| self.attachments.asked_by_them.insert(*name));
                effects.extend(new.map(|(name, from)| MeetingEffect::Wanted(name, from)));
                Ok(())
            }
            AttachmentFrame::Given(given) => self.take_given(given),
            AttachmentFrame::Steps { name, from, bytes } => self.take_steps((name, from), &bytes, effects),
        }
    }

    fn take_given(&mut self, given: BTreeMap<AttachmentName, u64>) -> Result<(), MeetingRefused> {
        self.count_told(given.len())?;
        for (name, until) in given {
            let asked = self.attachments.asked.get_mut(&name).and_then(Option::take);
            let from = asked.filter(|from| *from < until).ok_or(MeetingRefused::Unasked)?;
            self.attachments.promised.insert(name, from..until);
        }
        Ok(())
    }

    fn take_steps(
        &mut self,
        (name, from): (AttachmentName, u64),
        bytes: &[u8],
        effects: &mut Vec<MeetingEffect>,
    ) -> Result<(), MeetingRefused> {
        let promised = self.attachments.promised.remove(&name);
        let promised = promised.filter(|steps| steps.start == from).ok_or(MeetingRefused::Unasked)?;
        let mut reader = PartsReader::new(name, from);
        let (runs, outcome) = reader.take(bytes);
        let (next, mut whole) = (reader.next_step(), 0);
        let is_one_part = runs.len() == 1;
        for run in runs {
            self.progress.bytes_received += run.bytes.len() as u64;
            whole += run.proof.len() + run.bytes.len();
            effects.push(MeetingEffect::Steps(name, run));
        }
        outcome.map_err(|_| MeetingRefused::Spoilt)?;
        if next > promised.end {
            return Err(MeetingRefused::Unasked);
        }
        if !is_one_part || whole != bytes.len() || next > from + FRAME_STEPS {
            return Err(Malformed::Value.into());
        }
        if next < promised.end {
            self.attachments.promised.insert(name, next..promised.end);
        }
        self.round.moved = true;
        Ok(())
    }
}
