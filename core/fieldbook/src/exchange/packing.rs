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
use jasaq_protocol::seal::Section;

use super::flush::FlushRefused;
use crate::documents::{Actor, WrittenChange, write_change};
use crate::vault::{StatementRow, Vault};

/// How far an envelope is filled, in bytes of its sections: two of them, with the heads of HTTP and ours, pass a link that
/// breaks every 8,000 bytes.
const FILLED_BYTES_MAX: usize = 3_300 - ENVELOPE_OVERHEAD_BYTES - SECTION_OVERHEAD_BYTES;

const _: () = assert!(FILLED_BYTES_MAX < SECTION_BYTES_MAX, "what is filled on purpose fits");

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

    /// Whether so many statements in one section may go into an envelope. One of them may fill it; of several so many as
    /// leave room for another envelope on a weak link.
    fn fits_alone(&self, statements: usize) -> bool {
        let bytes_max = if statements > 1 { FILLED_BYTES_MAX } else { SECTION_BYTES_MAX };
        self.bytes <= bytes_max + SECTION_OVERHEAD_BYTES
    }
}

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
        let mut own = Vault::journal_changes(connection, (space, &document), journal)?;
        let mut rest = rows;
        while !rest.is_empty() {
            let (change, taken) = pack_change(&own, &actor, document, rest)?;
            own.extend(change.change.iter().map(|change| change.written.bytes.clone()));
            packed.push(change);
            rest = rest.get(taken..).unwrap_or_default();
        }
    }
    Ok(packed)
}

/// As many of the rows as one section holds, at least one; and how many.
fn pack_change(
    own: &[Vec<u8>],
    actor: &Actor,
    document: DocumentId,
    rows: &[StatementRow],
) -> Result<(Packed, usize), FlushRefused> {
    let mut count = rows.len();
    loop {
        let taken = rows.get(..count).unwrap_or(rows);
        let statements: Vec<(StatementRef, Fields)> =
            taken.iter().map(|row| (row.key.clone(), row.fields.clone())).collect();
        let written = write_change(own, actor, &statements);
        let packed = written
            .map(|written| Packed::change(document, written, taken.iter().map(|row| row.row).collect()));
        match packed {
            Ok(packed) if packed.fits_alone(count) => return Ok((packed, count)),
            Err(refused) if count == 1 || !refused.is_too_much() => return Err(refused.into()),
            Ok(_) if count == 1 => return Err(FlushRefused::TooLong),
            _ => count = count.div_ceil(2),
        }
    }
}

/// Puts sections into envelopes, in order.
pub(super) fn pack_envelopes(sections: Vec<Packed>) -> Vec<Vec<Packed>> {
    let mut envelopes: Vec<Vec<Packed>> = Vec::new();
    let mut bytes = 0;
    for section in sections {
        let fits = bytes + section.bytes <= FILLED_BYTES_MAX + SECTION_OVERHEAD_BYTES;
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
