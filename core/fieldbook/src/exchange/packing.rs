//! Packing pending statements into as few changes and envelopes as fit.
//!
//! A change takes as many statements of one document as one section holds; an envelope as many sections as it holds.
//! Both bounds are the protocol's. Statements keep their order within a document.

use crate::vault::Connection;
use jasaq_model::ids::StatementRef;
use jasaq_model::statement::Fields;
use jasaq_protocol::ids::{DocumentId, JournalId, SpaceId};
use jasaq_protocol::limits::{
    ENVELOPE_OVERHEAD_BYTES, SECTION_BYTES_MAX, SECTION_OVERHEAD_BYTES, SECTIONS_MAX,
};
use jasaq_protocol::membership::Operation;
use jasaq_protocol::seal::Section;

use super::flush::FlushRefused;
use crate::documents::{Actor, DocumentRefused, WrittenChange, write_change};
use crate::vault::{StatementRow, Vault};

/// How far an envelope is filled, in bytes of its sections: two of them, with the heads of HTTP and ours, pass a link that
/// breaks every 8,000 bytes.
const FILLED_BYTES_MAX: usize = 3_300 - ENVELOPE_OVERHEAD_BYTES;

/// How long the section of a single statement may be: it may fill the envelope alone.
const ALONE_BYTES_MAX: usize = SECTION_BYTES_MAX + SECTION_OVERHEAD_BYTES;

const _: () = assert!(FILLED_BYTES_MAX < ALONE_BYTES_MAX, "what is filled on purpose fits");

/// A section, and the pending rows that it seals.
pub(super) struct Packed {
    pub(super) section: Section,
    pub(super) change: Option<PackedChange>,
    bytes: usize,
}

/// The change inside a packed section.
pub(super) struct PackedChange {
    pub(super) document: DocumentId,
    pub(super) written: WrittenChange,
    pub(super) rows: Vec<i64>,
}

impl Packed {
    pub(super) fn ack(bytes: Vec<u8>) -> Self {
        let section = Section::Ack(bytes);
        let bytes = section.wire_bytes();
        Self { section, change: None, bytes }
    }

    pub(super) fn operation(bytes: Vec<u8>) -> Self {
        let section = Section::Operation(bytes);
        let bytes = section.wire_bytes();
        Self { section, change: None, bytes }
    }

    fn change(document: DocumentId, written: WrittenChange, rows: Vec<i64>) -> Self {
        let section = Section::Change { document, change: written.bytes.clone() };
        let bytes = section.wire_bytes();
        Self { section, change: Some(PackedChange { document, written, rows }), bytes }
    }
}

/// After so many tries what fits is taken, though a little more might: the guesses come close in two or three.
const TRIES_MAX: usize = 5;

/// Packs the pending rows of a space, which come sorted by document.
pub(super) fn pack_statements(
    connection: &Connection,
    (space, journal): (&SpaceId, &JournalId),
    process: [u8; 4],
    pending: &[StatementRow],
) -> Result<Vec<Packed>, FlushRefused> {
    let actor = Actor::new(*journal, process);
    let mut packed = Vec::new();
    for rows in pending.chunk_by(|one, other| one.document == other.document) {
        let Some(document) = rows.first().map(|row| row.document) else { continue };
        let own = Vault::journal_changes(connection, (space, &document), journal)?;
        let mut writing = Writing { own, actor, document };
        let (mut rest, mut guess) = (rows, rows.len());
        while !rest.is_empty() {
            let (change, taken) = writing.pack(rest, guess)?;
            writing
                .own
                .extend(change.change.iter().map(|change| change.written.bytes.clone()));
            packed.push(change);
            // What follows is much like what went before.
            (rest, guess) = (rest.get(taken..).unwrap_or_default(), taken);
        }
    }
    Ok(packed)
}

/// A journal's place in one document.
struct Writing {
    own: Vec<Vec<u8>>,
    actor: Actor,
    document: DocumentId,
}

impl Writing {
    /// As many of the rows as one section holds, at least one; and how many. `guess` is how many may fit.
    ///
    /// How long a change gets is known once it is written and packed. So the next count is guessed from the last one's
    /// length, between the most that fit and the fewest that did not.
    fn pack(&self, rows: &[StatementRow], guess: usize) -> Result<(Packed, usize), FlushRefused> {
        let (mut best, mut fewest_misfit) = (None, rows.len() + 1);
        let mut count = guess.clamp(1, rows.len());
        for tried in 1.. {
            let bytes = match self.write(rows.get(..count).unwrap_or(rows)) {
                Ok(packed) if count == 1 && packed.bytes > ALONE_BYTES_MAX => break,
                Ok(packed) => {
                    let bytes = packed.bytes;
                    if bytes <= FILLED_BYTES_MAX || count == 1 {
                        best = Some((packed, count));
                    } else {
                        fewest_misfit = count;
                    }
                    bytes
                }
                Err(refused) if count == 1 || !refused.is_too_much() => return Err(refused.into()),
                Err(_) => {
                    fewest_misfit = count;
                    2 * FILLED_BYTES_MAX
                }
            };
            let most = best.as_ref().map_or(0, |(_, most)| *most);
            let likely = count * FILLED_BYTES_MAX / bytes;
            if most + 1 == fewest_misfit || (most > 0 && (likely <= most || tried >= TRIES_MAX)) {
                break;
            }
            count = likely.clamp(most + 1, fewest_misfit - 1);
        }
        best.ok_or(FlushRefused::TooLong)
    }

    fn write(&self, rows: &[StatementRow]) -> Result<Packed, DocumentRefused> {
        let statements: Vec<(StatementRef, Fields)> =
            rows.iter().map(|row| (row.key.clone(), row.fields.clone())).collect();
        let written = write_change(&self.own, &self.actor, &statements)?;
        Ok(Packed::change(self.document, written, rows.iter().map(|row| row.row).collect()))
    }
}

/// Operations in parts that fit into one envelope each.
pub(super) fn pack_operations(operations: &[Operation]) -> Vec<&[Operation]> {
    let sections = operations
        .iter()
        .map(|operation| Packed::operation(operation.encode()))
        .collect();
    let mut rest = operations;
    let mut parts = Vec::new();
    for envelope in pack_envelopes(sections) {
        let (part, others) = rest.split_at(envelope.len());
        parts.push(part);
        rest = others;
    }
    parts
}

/// Puts sections into envelopes, in order.
pub(super) fn pack_envelopes(sections: Vec<Packed>) -> Vec<Vec<Packed>> {
    let mut envelopes: Vec<Vec<Packed>> = Vec::new();
    let mut bytes = 0;
    for section in sections {
        let fits = bytes + section.bytes <= FILLED_BYTES_MAX;
        match envelopes.last_mut() {
            Some(envelope) if fits && envelope.len() < SECTIONS_MAX => {
                bytes += section.bytes;
                envelope.push(section);
            }
            _ => {
                bytes = section.bytes;
                envelopes.push(vec![section]);
            }
        }
    }
    envelopes
}
