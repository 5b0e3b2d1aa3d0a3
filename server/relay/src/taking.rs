//! One request, as far as it has come: who asks, what waits to be stored, what was said about it.
//!
//! ```text
//! bytes ──take──► frames held back ──Relay::commit──► stored, refused ──Relay::finish──► answer
//!                 at most a step                      every few pieces                   once
//! ```
//!
//! It holds no lock and touches no storage, so a slow sender holds up nobody.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::ids::{JournalId, Place, RelayId};
use jasaq_protocol::journal;
use jasaq_protocol::limits::{COMMIT_BYTES, REQUEST_BYTES_MAX};
use jasaq_protocol::sync::{Head, Refusal, RequestEffect, RequestReader};

use crate::admission::Admitted;
use crate::limits::{LACKING_TOLD_MAX, PIECE_BYTES, PUSHED_JOURNALS_MAX};
use crate::storage::StorageError;

/// Why a request is not answered. What was committed of it stays.
#[derive(Debug, thiserror::Error)]
pub enum SyncRefused {
    /// It is not a request, or its head is not signed for this relay.
    #[error("not a request, or its head is not signed for this relay: {0}")]
    Garbage(#[from] Malformed),
    /// It ended before its end.
    #[error("the request broke off before its end")]
    Cut,
    /// It is longer than a request may be.
    #[error("the request is longer than {REQUEST_BYTES_MAX} bytes")]
    TooLong,
    /// The device has sent a later counter before, or this one in another head.
    #[error("the head's counter was used before; a new request needs a new one")]
    Replayed,
    /// The relay could not store or read.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What happened in one request: numbers only, for the trace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Bytes of the request.
    pub bytes_in: usize,
    /// Bytes of the answer.
    pub bytes_out: usize,
    /// Envelopes that came and were looked at.
    pub pushed: u64,
    /// Of these, stored now.
    pub stored: u64,
    /// Of these, stored before.
    pub known: u64,
    /// Of these, refused, by reason.
    pub refused: BTreeMap<Refusal, u64>,
    /// Envelopes that were handed out.
    pub sent: u64,
    /// Spaces whose past the device knows and the relay does not.
    pub rewound: u64,
}

/// What is to be said about a journal that was pushed.
#[derive(Debug, Default)]
pub(crate) struct Pushed {
    /// The last envelope of the push that is stored.
    pub(crate) accepted: Option<journal::Head>,
    /// The first refusal. What follows it in the journal is not looked at.
    pub(crate) refused: Option<(Place, Refusal)>,
    /// Whether some of the push is stored without sections that came. What follows it is looked at all the same.
    pub(crate) lacks: bool,
}

/// One request, as far as it has come.
#[derive(Debug)]
#[must_use]
pub struct Taking {
    reader: RequestReader,
    pub(crate) head: Option<Head>,
    /// Whether the head was noted.
    pub(crate) admitted: bool,
    waiting: Vec<(Place, Vec<u8>)>,
    waiting_bytes: usize,
    journals: BTreeMap<JournalId, Pushed>,
    accepted: BTreeSet<Place>,
    lacking: BTreeSet<Place>,
    /// How long the answer had better be at most.
    room: Option<usize>,
    ended: bool,
    tally: Tally,
}

/// A request that was taken to its end: what there is to answer.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) head: Head,
    pub(crate) journals: BTreeMap<JournalId, Pushed>,
    /// What the pusher brought to the byte as it is stored: that is not sent back.
    pub(crate) accepted: BTreeSet<Place>,
    /// What is stored without sections that the pusher brought: each is told as not stored, though the receipt may reach further.
    pub(crate) lacking: BTreeSet<Place>,
    /// How long the device wishes the answer to be at most. If left unset, as long as an answer may be.
    pub(crate) room: Option<usize>,
    pub(crate) tally: Tally,
}

impl Taking {
    pub(crate) fn new(relay: RelayId) -> Self {
        Self {
            reader: RequestReader::new(relay),
            head: None,
            admitted: false,
            waiting: Vec::new(),
            waiting_bytes: 0,
            journals: BTreeMap::new(),
            accepted: BTreeSet::new(),
            lacking: BTreeSet::new(),
            room: None,
            ended: false,
            tally: Tally::default(),
        }
    }

    /// Takes bytes of the request, as many as came.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), SyncRefused> {
        self.tally.bytes_in += bytes.len();
        if self.tally.bytes_in > REQUEST_BYTES_MAX {
            return Err(SyncRefused::TooLong);
        }
        for piece in bytes.chunks(PIECE_BYTES) {
            for effect in self.reader.take(piece)? {
                self.note(effect)?;
            }
        }
        Ok(())
    }

    /// Whether its signed head has come.
    pub(crate) fn has_head(&self) -> bool {
        self.head.is_some()
    }

    /// Whether envelopes wait to be stored: [`crate::Relay::commit`] is due when no more bytes are there at once.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether so much waits that [`crate::Relay::commit`] is due whatever comes.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.waiting_bytes >= COMMIT_BYTES
    }

    /// Numbers about the request so far.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Goes back to what was counted before a step that failed.
    pub(crate) fn set_tally(&mut self, before: Tally) {
        self.tally = before;
    }

    fn note(&mut self, effect: RequestEffect) -> Result<(), Malformed> {
        match effect {
            _ if self.ended => return Err(Malformed::TooLong),
            RequestEffect::Head(head) => self.head = Some(head),
            RequestEffect::Room(bytes) => self.room = bytes.try_into().ok(),
            RequestEffect::Pushed(place, wire) => {
                // What it takes in memory, however short it is on the wire.
                self.waiting_bytes += size_of::<(Place, Vec<u8>)>() + wire.len();
                self.waiting.push((place, wire));
            }
            RequestEffect::Ended => self.ended = true,
        }
        Ok(())
    }

    /// Ends it, once nothing waits any more and its end has come.
    pub(crate) fn end(self) -> Result<Taken, SyncRefused> {
        assert!(self.waiting.is_empty(), "a request is committed before it is answered");
        let head = self.head.filter(|_| self.ended).ok_or(SyncRefused::Cut)?;
        let Self { journals, accepted, lacking, room, tally, .. } = self;
        Ok(Taken { head, journals, accepted, lacking, room, tally })
    }

    /// What waits, to be looked at now.
    pub(crate) fn take_waiting(&mut self) -> Vec<(Place, Vec<u8>)> {
        self.waiting_bytes = 0;
        std::mem::take(&mut self.waiting)
    }

    /// Whether anything is still to be said about the journal: none of its envelopes was refused, and there are not more
    /// journals than are answered for.
    pub(crate) fn is_open(&self, journal: JournalId) -> bool {
        match self.journals.get(&journal) {
            Some(pushed) => pushed.refused.is_none(),
            None => self.journals.len() < PUSHED_JOURNALS_MAX,
        }
    }

    /// Notes what became of an envelope.
    pub(crate) fn note_outcome(&mut self, place: Place, outcome: Result<Admitted, Refusal>) {
        let pushed = self.journals.entry(place.journal).or_default();
        self.tally.pushed += 1;
        match outcome {
            Ok(Admitted { lacks: true, .. }) => {
                if self.lacking.len() < LACKING_TOLD_MAX {
                    pushed.lacks = true;
                    self.lacking.insert(place);
                } else {
                    pushed.refused = Some((place, Refusal::NotYet));
                }
                *self.tally.refused.entry(Refusal::NotYet).or_default() += 1;
            }
            Ok(admitted) => {
                pushed.accepted =
                    Some(journal::Head { sequence: place.sequence, hash: admitted.hash.head() });
                if admitted.alike {
                    self.accepted.insert(place);
                }
                let count = if admitted.new { &mut self.tally.stored } else { &mut self.tally.known };
                *count += 1;
            }
            Err(reason) => {
                pushed.refused = Some((place, reason));
                *self.tally.refused.entry(reason).or_default() += 1;
            }
        }
    }
}
