//! The answer to one request: one receipt, refusals, what the device has not got, the end.
//!
//! Promises: the receipt comes first and always, because nobody believes an answer before it; a device is given the spaces it
//! reads and no other; within a space envelopes come in number order without gaps, from the one after its cursor; an answer is
//! at most [`ANSWER_BYTES_MAX`] long, and `more` says whether it was cut.

mod comparing;

use std::collections::BTreeSet;

use jasaq_protocol::ids::{DeviceId, Place, SpaceId};
use jasaq_protocol::journal::Frontier;
use jasaq_protocol::limits::ANSWER_BYTES_MAX;
use jasaq_protocol::seal::{SigningKey, WireEnvelope};
use jasaq_protocol::sync::{Frame, FrameWriter, Receipt, Refusal};
use rusqlite::Connection;

use crate::limits::{END_FRAME_BYTES, FRAME_HEAD_BYTES, RUN_FRAME_BYTES, SPACE_FRAME_BYTES};
use crate::storage::{
    SpaceRow, StorageError, StoredEnvelope, frontier_of_space, load_envelopes_after, load_journal,
};
use crate::taking::{Taken, Tally};
use crate::territories::Territories;

pub(crate) use comparing::comparisons;
use comparing::{Comparison, Span};

/// An answer, and the numbers about it.
#[derive(Debug)]
pub struct Answer {
    /// The bytes to send.
    pub bytes: Vec<u8>,
    /// What happened.
    pub tally: Tally,
    /// Whether the device said that its link bears little: another request over the same connection would break it.
    pub is_over_a_weak_link: bool,
}

/// Bytes of one journal in a frame that says what is held.
const REWOUND_HEAD_BYTES: usize = 16 + 8 + 8;

/// Writes an answer within its bound.
#[derive(Debug)]
struct Answering<'a> {
    connection: &'a Connection,
    pusher: DeviceId,
    writer: FrameWriter,
    /// What the request brought to the byte as it is stored: an empty envelope stands for each of these.
    pushed: BTreeSet<Place>,
    /// From here on only what the device's link bears is sent.
    room: usize,
    is_over_a_weak_link: bool,
    tally: Tally,
    more: bool,
}

/// The whole answer to a request whose pushes are stored.
pub(crate) fn answer(
    connection: &Connection,
    territories: &Territories,
    identity: &SigningKey,
    taken: Taken,
) -> Result<Answer, StorageError> {
    let (stored, head) = (stored_of(connection, &taken)?, &taken.head);
    let mut writer = FrameWriter::new();
    let receipt = Receipt::sign(identity, head.device(), head.counter(), stored);
    writer.frame(&Frame::Receipt(receipt));
    for (place, reason) in taken.journals.values().filter_map(|pushed| pushed.refused) {
        writer.frame(&Frame::Refused { place, reason });
    }
    for place in taken.lacking {
        writer.frame(&Frame::Refused { place, reason: Refusal::NotYet });
    }
    if !territories.knows(&head.device())
        && let Some(place) = territories.vain_join(&head.device())
    {
        writer.frame(&Frame::Refused { place, reason: Refusal::MayNot });
    }
    let compared = comparisons(connection, territories, head)?;
    let is_over_a_weak_link = taken.room.is_some();
    let (pushed, tally, room) = (taken.accepted, taken.tally, taken.room.unwrap_or(ANSWER_BYTES_MAX));
    let mut answering = Answering {
        connection,
        pusher: head.device(),
        writer,
        pushed,
        room,
        is_over_a_weak_link,
        tally,
        more: false,
    };
    for (space, comparison) in compared {
        if answering.more {
            // What comes later may need what was cut off.
            break;
        }
        match comparison {
            Comparison::Equal => {}
            Comparison::Behind(row, span) => answering.send(&row, span)?,
            Comparison::Rewound(row) => answering.rewind(space, row.as_ref())?,
        }
    }
    Ok(answering.finish())
}

/// What is stored of the journals that were pushed.
///
/// Who wrote a journal is told how far it is stored, which may be further than was pushed now: an answer may have been
/// lost, or a restored relay may have less than it said. Who carries it, or wrote two branches of it, is told what of this
/// push is stored: it may not hold the rest, and could not recognise it.
fn stored_of(connection: &Connection, taken: &Taken) -> Result<Frontier, StorageError> {
    let mut stored = Frontier::new();
    for (journal, pushed) in &taken.journals {
        let is_fork = matches!(pushed.refused, Some((_, Refusal::Fork)));
        let own =
            load_journal(connection, journal)?.filter(|row| row.signer == taken.head.device() && !is_fork);
        if pushed.lacks && pushed.accepted.is_none() {
            // It would be told as stored and then as not, with every contact.
            continue;
        }
        if let Some(head) = own.map(|row| row.frontier_head()).or(pushed.accepted) {
            stored.note(*journal, head);
        }
    }
    Ok(stored)
}

fn is_erased_form(wire: &[u8]) -> bool {
    WireEnvelope::decode(wire).is_ok_and(|wire| !wire.erased().is_empty())
}

/// Fewer journals of a frontier.
fn first_of(held: &Frontier, most: usize) -> Frontier {
    let mut fewer = Frontier::new();
    held.iter().take(most).for_each(|(journal, head)| fewer.note(journal, head));
    fewer
}

impl Answering<'_> {
    /// Whether the device holds what is stored there to the byte. A hash does not cover the signature, so of what others wrote
    /// only what was just brought; of its own journals all that stands before it, though it may not have heard of it yet.
    ///
    /// A form with erased sections is sent also of these: what it says of the form before is not signed, and that one counts
    /// in the running hash of both.
    fn is_held(&self, stored: &StoredEnvelope) -> bool {
        let place = &stored.place;
        let is_own = place.journal.is_of(&self.pusher);
        let from_here = self.pushed.range(place..).next();
        from_here.is_some_and(|next| {
            next == place
                || is_own
                    && (next.space, next.journal) == (place.space, place.journal)
                    && !is_erased_form(&stored.wire)
        })
    }

    fn has_room(&self, bytes: usize) -> bool {
        self.writer.len() + bytes + END_FRAME_BYTES <= ANSWER_BYTES_MAX
    }

    fn send(&mut self, row: &SpaceRow, Span { after, last }: Span) -> Result<(), StorageError> {
        let (mut opened, mut number) = (false, after);
        load_envelopes_after(self.connection, row, after, |stored| {
            if number == last {
                return Ok(false);
            }
            number += 1;
            let opening = if opened { 0 } else { SPACE_FRAME_BYTES };
            let is_held = self.is_held(&stored);
            let wire = if is_held { &[] } else { stored.wire.as_slice() };
            let bytes = opening + RUN_FRAME_BYTES + FRAME_HEAD_BYTES + wire.len();
            // One comes always where any is wished: a link too weak for it bears nothing.
            let is_wished = match self.tally.sent {
                0 => self.room > 0,
                _ => self.writer.len() + bytes <= self.room,
            };
            if !is_wished || !self.has_room(bytes) {
                self.more = true;
                return Ok(false);
            }
            if !opened {
                self.writer.frame(&Frame::Space { space: row.space, after });
                opened = true;
            }
            self.writer.envelope(stored.place, wire);
            self.tally.sent += 1;
            Ok(true)
        })
    }

    fn rewind(&mut self, space: SpaceId, row: Option<&SpaceRow>) -> Result<(), StorageError> {
        let held = row.map_or_else(|| Ok(Frontier::new()), |row| frontier_of_space(self.connection, row))?;
        let fixed = FRAME_HEAD_BYTES + SpaceId::LENGTH + 2;
        // A link that bears little is told of fewer journals: what is not named is brought again, which loses nothing.
        let bears =
            self.room.saturating_sub(self.writer.len() + fixed + END_FRAME_BYTES) / REWOUND_HEAD_BYTES;
        let held = if self.is_over_a_weak_link { first_of(&held, bears) } else { held };
        let bytes = fixed + held.len() * REWOUND_HEAD_BYTES;
        if self.has_room(bytes) {
            self.writer.frame(&Frame::Rewound { space, held });
            self.tally.rewound += 1;
        } else {
            self.more = true;
        }
        Ok(())
    }

    fn finish(mut self) -> Answer {
        self.writer.frame(&Frame::End { more: self.more });
        let bytes = self.writer.take();
        assert!(bytes.len() <= ANSWER_BYTES_MAX, "room was asked for before every frame");
        self.tally.bytes_out = bytes.len();
        Answer { bytes, tally: self.tally, is_over_a_weak_link: self.is_over_a_weak_link }
    }
}

#[cfg(test)]
mod tests;
