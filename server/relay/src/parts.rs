//! Parts of attachments: taken as they come, step by step, and handed out again.
//!
//! ```text
//! PUT ──head──► right of the device ─► closed, erased? ─► room ─► steps, each checked against the name ─► stored behind the last
//! GET ──head──► right of the device ─► closed, erased? ─► what is held from the step that was asked for
//! ```
//!
//! Promises: what is stored is what the name says, whoever brought it; what came whole of a request that broke off stays,
//! and any device of the space goes on from there. The relay learns how long an attachment is and who brings and fetches
//! it; it has no key, no type and no name of a file. Refuses: who may neither read nor write the space, what was erased,
//! what does not fit in.

use jasaq_protocol::attachment::{PartAnswer, PartHead, PartStanding, PartVerb, PartsReader, Run};
use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::limits::{COMMIT_BYTES, PART_STEPS, PARTS_BYTES_MAX};
use jasaq_protocol::sync::Refusal;
use rusqlite::Connection;

use crate::limits::{Quotas, ROW_BYTES_MAX};
use crate::relay::{Relay, WatchRefused};
use crate::storage::{
    AttachmentRow, StorageError, append_to_part, load_attachment, load_attachment_sums, load_database_bytes,
    load_part, make_attachment,
};
use crate::taking::SyncRefused;

/// One request that brings parts, as far as it has come. It touches no storage, so that a slow sender holds up nobody.
#[derive(Debug)]
pub struct Bringing {
    head: PartHead,
    reader: PartsReader,
    /// What waits to be stored.
    waiting: Vec<Run>,
    standing: PartStanding,
    bytes_in: usize,
    stored: u64,
}

impl Bringing {
    fn new(head: PartHead, standing: PartStanding) -> Self {
        let reader = PartsReader::new(head.name(), head.from());
        Self { head, reader, waiting: Vec::new(), standing, bytes_in: 0, stored: 0 }
    }

    /// Whether more of it is wanted.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.standing == PartStanding::Open
    }

    /// Whether something waits to be stored.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Bytes that came, and steps that were stored now.
    #[must_use]
    pub fn tally(&self) -> (usize, u64) {
        (self.bytes_in, self.stored)
    }

    /// Takes bytes; whoever has long ones gives them in pieces, and stores in between.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), SyncRefused> {
        self.bytes_in += bytes.len();
        if self.bytes_in > PARTS_BYTES_MAX {
            return Err(SyncRefused::TooLong);
        }
        let (came, outcome) = self.reader.take(bytes);
        self.waiting.extend(came);
        if outcome.is_err() {
            self.standing = PartStanding::Wrong;
        }
        Ok(())
    }

    /// Whether what waits should be stored before more is taken.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.waiting.iter().map(|run| run.bytes.len()).sum::<usize>() >= COMMIT_BYTES
    }
}

/// What is handed out: the signed answer and the steps behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The whole body.
    pub bytes: Vec<u8>,
    /// Steps in it.
    pub steps: u64,
}

impl Relay {
    /// The device that signed a head for this relay, if it is in here now: who was removed brings and is given nothing.
    pub(crate) fn part_device(&mut self, head: &PartHead) -> Result<DeviceId, WatchRefused> {
        let bad_head = |_| SyncRefused::Garbage(Malformed::Value);
        head.verify(&self.id()).map_err(bad_head)?;
        self.forget_what_was_not_stored().map_err(SyncRefused::Storage)?;
        self.territories.refold();
        match head.device() {
            device if self.territories.has_in(&device) => Ok(device),
            device if self.territories.knows(&device) => Err(WatchRefused::Removed),
            _ => Err(WatchRefused::Unknown),
        }
    }

    /// Begins to take parts, if they may be brought and there is room for all that is missing.
    pub fn begin_parts(&mut self, head: PartHead) -> Result<Bringing, WatchRefused> {
        self.part_device(&head)?;
        let standing = self.standing_of(&head).map_err(SyncRefused::Storage)?;
        Ok(Bringing::new(head, standing))
    }

    /// Stores what waits, in one transaction. Steps that are held already are passed over, and what begins behind a gap is
    /// not taken: the answer says how far the relay is.
    pub fn store_parts(&mut self, bringing: &mut Bringing) -> Result<(), SyncRefused> {
        let waiting = std::mem::take(&mut bringing.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        // It may have been erased, or the space closed, since the head came.
        self.forget_what_was_not_stored()?;
        self.territories.refold();
        if let Some(refused) = self.refusal_of(&bringing.head) {
            bringing.standing = refused;
            return Ok(());
        }
        self.storage.check_whereabouts()?;
        let (head, name) = (&bringing.head, bringing.head.name());
        let transaction = self.storage.begin()?;
        let mut row = make_attachment(&transaction, (&head.space(), &name), &head.device())?;
        let held = row.held;
        for Run { first, proof, bytes } in &waiting {
            let known = row.held.checked_sub(name.bytes_before(*first));
            let new = known.and_then(|known| bytes.get(usize::try_from(known).ok()?..));
            if let Some(new) = new.filter(|new| !new.is_empty()) {
                append_to_part(&transaction, &mut row, proof, new)?;
            }
        }
        let grown = load_database_bytes(&transaction)?.saturating_add(ROW_BYTES_MAX);
        if row.held > held && grown > self.quotas.database_bytes_max {
            return Err(StorageError::AtBound.into());
        }
        if row.held > held {
            transaction.commit().map_err(StorageError::from)?;
            bringing.stored += name.step_after(row.held) - name.step_after(held);
        }
        Ok(())
    }

    /// Ends a request that brought parts: the signed word on how the attachment stands, and how much of it is stored.
    pub fn finish_parts(&mut self, mut bringing: Bringing) -> Result<Vec<u8>, SyncRefused> {
        self.store_parts(&mut bringing)?;
        let (head, standing) = (bringing.head, bringing.standing);
        let held = self.held_steps(&head)?;
        Ok(PartAnswer::sign(&self.identity, &head, standing, held).encode())
    }

    /// Hands out what is held from the step that was asked for, up to the longest answer.
    pub fn give_parts(&mut self, head: &PartHead) -> Result<Given, WatchRefused> {
        self.part_device(head)?;
        let standing = self.standing_of(head).map_err(SyncRefused::Storage)?;
        let held = self.held_steps(head)?;
        let mut bytes = PartAnswer::sign(&self.identity, head, standing, held).encode();
        let connection = self.storage.connection();
        let row = load_attachment(connection, (&head.space(), &head.name())).map_err(SyncRefused::Storage)?;
        let mut steps = 0;
        if let (Some(row), PartStanding::Open) = (row, standing) {
            steps =
                gather(connection, &row, (head.from(), held), &mut bytes).map_err(SyncRefused::Storage)?;
        }
        Ok(Given { bytes, steps })
    }

    fn held_steps(&self, head: &PartHead) -> Result<u64, SyncRefused> {
        let name = head.name();
        let row = load_attachment(self.storage.connection(), (&head.space(), &name))?;
        Ok(row.map_or(0, |row| name.step_after(row.held)))
    }

    fn standing_of(&mut self, head: &PartHead) -> Result<PartStanding, StorageError> {
        if let Some(refused) = self.refusal_of(head) {
            return Ok(refused);
        }
        let connection = self.storage.connection();
        let has_room = head.verb() == PartVerb::Get || has_room(connection, &self.quotas, head)?;
        Ok(if has_room { PartStanding::Open } else { PartStanding::Quota })
    }

    /// Who only writes a space brings parts there and gets none; who reads it also brings what a lost relay had.
    fn refusal_of(&mut self, head: &PartHead) -> Option<PartStanding> {
        let (territories, space) = (&mut self.territories, head.space());
        let Some(access) = territories.access(&head.device(), &space) else {
            return Some(PartStanding::NotYet);
        };
        let may = match head.verb() {
            PartVerb::Get => access.reads(),
            PartVerb::Put => access.reads() || access.writes(),
        };
        match territories.check_open(&space) {
            _ if !may => Some(PartStanding::MayNot),
            Err(Refusal::NotYet) => Some(PartStanding::NotYet),
            Err(_) => Some(PartStanding::MayNot),
            Ok(()) => territories
                .is_erased(&space, head.name().root())
                .then_some(PartStanding::Erased),
        }
    }
}

/// Whether everything that is missing of an attachment fits in. What is there whole takes no more room.
fn has_room(connection: &Connection, quotas: &Quotas, head: &PartHead) -> Result<bool, StorageError> {
    let (space, name) = (head.space(), head.name());
    let held = load_attachment(connection, (&space, &name))?.map_or(0, |row| row.held);
    let missing = name.bytes().saturating_sub(held);
    if missing == 0 {
        return Ok(true);
    }
    let (of_space, of_device) = load_attachment_sums(connection, (&space, &head.device()))?;
    let database = load_database_bytes(connection)?.saturating_add(ROW_BYTES_MAX);
    Ok(of_space.saturating_add(missing) <= quotas.space_attachment_bytes_max
        && of_device.saturating_add(missing) <= quotas.device_attachment_bytes_max
        && database.saturating_add(missing) <= quotas.database_bytes_max)
}

/// Adds steps with their proofs. Says how many.
fn gather(
    connection: &Connection,
    row: &AttachmentRow,
    (from, to): (u64, u64),
    bytes: &mut Vec<u8>,
) -> Result<u64, StorageError> {
    let (name, mut step) = (row.name, from);
    while step < to {
        let number = step / PART_STEPS;
        let part = load_part(connection, row, number)?.ok_or(StorageError::Damaged("a part is missing"))?;
        let steps = name.steps_of(number);
        let first = name.bytes_before(step) - name.bytes_before(steps.start);
        let rest = usize::try_from(first)
            .ok()
            .and_then(|first| part.bytes.get(first..))
            .unwrap_or_default();
        if bytes.len() + part.proof.len() + rest.len() > PARTS_BYTES_MAX {
            break;
        }
        bytes.extend_from_slice(&part.proof);
        bytes.extend_from_slice(rest);
        step = steps.end.min(to);
    }
    Ok(step.saturating_sub(from))
}

/// Whether what is stored of an attachment is what its name says, up to where it has come.
pub(crate) fn is_sound(connection: &Connection, row: &AttachmentRow) -> Result<bool, StorageError> {
    let (name, held) = (row.name, row.name.step_after(row.held));
    let mut reader = PartsReader::new(name, 0);
    for number in 0..held.div_ceil(PART_STEPS) {
        let Some(part) = load_part(connection, row, number)? else { return Ok(false) };
        let taken = [part.proof, part.bytes].map(|bytes| reader.take(&bytes).1);
        if taken.iter().any(Result::is_err) {
            return Ok(false);
        }
    }
    Ok(reader.next_step() == held && name.bytes_before(held) == row.held)
}

#[cfg(test)]
mod tests;
