//! One round of a meeting: what is compared, told and queued until neither side has more.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::frame::MeetingFrame;
use super::holdings::{Holdings, JournalKey, Range, Tips};
use crate::ids::{EnvelopeHash, JournalId, Place, Sequence};
use crate::limits::MEETING_RANGE_JOURNALS;

/// What the other side said as it opened its half of a round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hello {
    pub(super) knows: bool,
    pub(super) digest: [u8; 16],
}

/// What is to be told in a later turn.
#[derive(Debug)]
pub(super) enum Telling {
    Digests(Vec<Range>),
    All(Range),
    Differing(BTreeMap<JournalKey, Tips>),
}

#[derive(Debug, Default)]
pub(super) struct Round {
    /// What they said.
    pub(super) heard: Option<Hello>,
    /// What this side said.
    pub(super) greeted: Option<Hello>,
    pub(super) holdings: Holdings,
    pub(super) tellings: VecDeque<Telling>,
    /// Whether this side's last turn said that it has no more.
    pub(super) said_done: bool,
    /// Whether the other's last turn said so.
    pub(super) has_answered: bool,
    /// Whether an envelope, or a step of an attachment, went either way.
    pub(super) moved: bool,
}

impl Round {
    /// Whether both sides know each other, so that all of what is offered is compared.
    pub(super) fn is_open(&self) -> bool {
        [self.greeted, self.heard]
            .iter()
            .all(|said| said.is_some_and(|hello| hello.knows))
    }

    /// Whether both know each other and hold the same envelopes, and now speak of attachments.
    pub(super) fn is_level(&self) -> bool {
        self.is_open() && self.greeted.map(|said| said.digest) == self.heard.map(|said| said.digest)
    }

    /// Whether both were heard, and neither has more to tell about journals.
    pub(super) fn is_over(&self) -> bool {
        self.said_done
            && self.has_answered
            && self.heard.is_some()
            && self.greeted.is_some()
            && self.tellings.is_empty()
    }

    /// A range differs: it is told journal by journal, or in parts.
    pub(super) fn divide(&mut self, range: Range) {
        if self.holdings.is_short(range) {
            self.tellings.push_back(Telling::All(range));
        } else {
            self.tellings.push_back(Telling::Digests(self.holdings.parts(range)));
        }
    }

    /// All that is offered is told to who does not know this device yet, and answers only about what it is told.
    pub(super) fn introduce(&mut self) {
        if self.holdings.offered(Range::ALL).next().is_none() {
            return;
        }
        let mut waiting = VecDeque::from([Range::ALL]);
        while let Some(range) = waiting.pop_front() {
            if self.holdings.is_short(range) {
                self.tellings.push_back(Telling::All(range));
            } else {
                waiting.extend(self.holdings.parts(range));
            }
        }
    }

    /// Queues what differs within a range that was told, and returns it. Where one does not know the other, what was told is
    /// not all that is held: only what was named is answered.
    pub(super) fn answer(
        &mut self,
        range: Range,
        theirs: &BTreeMap<JournalKey, Tips>,
    ) -> Vec<(JournalKey, Tips)> {
        let unnamed = self.is_open().then_some(range);
        let differing = self.holdings.differing(unnamed, theirs);
        for part in differing.chunks(MEETING_RANGE_JOURNALS) {
            self.tellings.push_back(Telling::Differing(part.iter().cloned().collect()));
        }
        differing
    }

    /// The next frame of what is to be told.
    pub(super) fn next_telling(&mut self) -> Option<MeetingFrame> {
        Some(match self.tellings.pop_front()? {
            Telling::Digests(parts) => {
                let from = parts.first()?.from;
                let digest = |part: &Range| (part.until, self.holdings.digest(*part));
                MeetingFrame::Parts { from, parts: parts.iter().map(digest).collect() }
            }
            Telling::All(range) => {
                let held = self.holdings.offered(range).map(|(key, tips)| (*key, tips.clone())).collect();
                MeetingFrame::Ask { range, held }
            }
            Telling::Differing(held) => MeetingFrame::Answer { held },
        })
    }
}

/// Envelopes of one journal that the other device lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The journal.
    pub key: JournalKey,
    /// In which order runs are sent, the lowest first: what explains the rest.
    pub turn: u32,
    /// Which of its envelopes.
    pub what: Stretch,
}

/// Which envelopes of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// Its line, from one place up to another.
    Line(Sequence, Sequence),
    /// A branch beside it, in order.
    Branch(Vec<(Sequence, EnvelopeHash)>),
}

/// The envelope that is to be sent next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Its place.
    pub place: Place,
    /// Its hash, if it stands on a branch beside the journal's line.
    pub branch: Option<EnvelopeHash>,
    /// Whether its wire form has to carry its link, because nothing was sent before it.
    pub with_link: bool,
}

/// What waits to be sent, and what was sent in this meeting: nothing is sent twice, whatever the other side says it lacks.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// In the order of their turns; of one turn, in the order in which they were queued.
    waiting: BTreeMap<(u32, u64), Waiting>,
    lines_sent: BTreeMap<JournalId, Sequence>,
    branches_sent: BTreeSet<EnvelopeHash>,
    queued: u64,
}

#[derive(Debug)]
struct Waiting {
    key: JournalKey,
    rest: VecDeque<(Sequence, Option<EnvelopeHash>)>,
    /// The rest of a line, which is not written out.
    line: Option<(Sequence, Sequence)>,
    is_begun: bool,
}

impl Waiting {
    fn next(&mut self) -> Option<(Sequence, Option<EnvelopeHash>)> {
        if let Some(next) = self.rest.pop_front() {
            return Some(next);
        }
        let (from, until) = self.line?;
        self.line = (from < until).then(|| (from.next(), until));
        Some((from, None))
    }

    fn is_empty(&self) -> bool {
        self.rest.is_empty() && self.line.is_none()
    }
}

impl Queue {
    /// Queues a run but for what was queued before. Returns how many envelopes that adds.
    pub(super) fn push(&mut self, run: Run) -> u64 {
        let mut waiting = Waiting { key: run.key, rest: VecDeque::new(), line: None, is_begun: false };
        let added = match run.what {
            Stretch::Line(from, until) => {
                let sent = self.lines_sent.get(&run.key.journal).copied();
                let from = sent.map_or(from, |sent| from.max(sent.next()));
                if from > until {
                    return 0;
                }
                self.lines_sent.insert(run.key.journal, until);
                waiting.line = Some((from, until));
                until.number() - from.number() + 1
            }
            Stretch::Branch(envelopes) => {
                let new = envelopes.into_iter().filter(|(_, hash)| self.branches_sent.insert(*hash));
                waiting.rest = new.map(|(sequence, hash)| (sequence, Some(hash))).collect();
                waiting.rest.len() as u64
            }
        };
        if added > 0 {
            self.queued += 1;
            self.waiting.insert((run.turn, self.queued), waiting);
        }
        added
    }

    pub(super) fn pop(&mut self) -> Option<Next> {
        let mut first = self.waiting.first_entry()?;
        let waiting = first.get_mut();
        let (sequence, branch) = waiting.next()?;
        let with_link = !std::mem::replace(&mut waiting.is_begun, true);
        let place = Place { space: waiting.key.space, journal: waiting.key.journal, sequence };
        if waiting.is_empty() {
            first.remove();
        }
        Some(Next { place, branch, with_link })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}
