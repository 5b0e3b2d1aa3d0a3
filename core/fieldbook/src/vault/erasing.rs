//! What was erased: taken out of the envelopes that are held, deleted with all that was read out of them, and overwritten.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{DocumentId, EnvelopeHash, OperationId, Place, SpaceId};
use jasaq_protocol::membership::{Placement, SectionPlace};
use jasaq_protocol::seal::{SectionSet, VerifiedEnvelope, WireEnvelope};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::rows::{has_table, id, number, sequence};
use super::{Vault, VaultRefused};

/// By the flags in a wire form's first byte: something in it is sealed; sections of it are missing.
pub(super) const IS_SEALED: &str = "substr(hex(substr(wire, 1, 1)), 2, 1) IN ('1', '3', '5', '7')";
const LACKS_SECTIONS: &str = "substr(hex(substr(wire, 1, 1)), 2, 1) IN ('5', '7')";

/// Something of an erased document that no operation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LateSection {
    pub(crate) space: SpaceId,
    pub(crate) document: DocumentId,
    pub(crate) at: SectionPlace,
}

impl Vault {
    /// From here to the end of the transaction, what is deleted is overwritten in the file.
    pub(crate) fn overwrite_what_is_deleted(
        transaction: &Transaction<'_>,
        is_on: bool,
    ) -> Result<(), VaultRefused> {
        Ok(transaction.pragma_update(None, "secure_delete", is_on)?)
    }

    /// When an operation that erases was obeyed here, in ms since 1970, if it was.
    pub(crate) fn obeyed_at(
        connection: &Connection,
        operation: &OperationId,
    ) -> Result<Option<i64>, VaultRefused> {
        if !has_table(connection, "erased")? {
            return Ok(None);
        }
        let mut statement = connection.prepare_cached("SELECT at_ms FROM erased WHERE what = ?1")?;
        Ok(statement.query_row([operation.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// The operations that erase and were obeyed here.
    pub(crate) fn obeyed(connection: &Connection) -> Result<BTreeSet<OperationId>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT what FROM erased WHERE length(what) = 16")?;
        let rows = statement.query_map([], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Forgets that an operation was obeyed: it counts no more.
    pub(crate) fn forget_obeyed(
        transaction: &Transaction<'_>,
        operation: &OperationId,
    ) -> Result<(), VaultRefused> {
        transaction.execute("DELETE FROM erased WHERE what = ?1", [operation.as_bytes()])?;
        Ok(())
    }

    /// Notes that an operation that erases was obeyed here, or that nothing is taken again of an attachment.
    pub(crate) fn note_erased(
        transaction: &Transaction<'_>,
        what: &[u8],
        now_ms: i64,
    ) -> Result<(), VaultRefused> {
        let mut insert =
            transaction.prepare_cached("INSERT OR IGNORE INTO erased (what, at_ms) VALUES (?1, ?2)")?;
        insert.execute(params![what, now_ms])?;
        Ok(())
    }

    /// Takes sections out of an envelope that is held in this space, on its journal's line or beside it. Who may erase in one
    /// space names nothing of another.
    pub(crate) fn erase_sections(
        transaction: &Transaction<'_>,
        at: &Placement,
        sections: SectionSet,
    ) -> Result<(), VaultRefused> {
        for section in sections.iter() {
            transaction
                .prepare_cached(
                    "DELETE FROM late_sections
                     WHERE journal = ?1 AND sequence = ?2 AND hash = ?3 AND space = ?4 AND section = ?5",
                )?
                .execute(params![
                    at.journal.as_bytes(),
                    number(at.sequence),
                    at.hash.as_bytes(),
                    at.space.as_bytes(),
                    section
                ])?;
        }
        let key =
            params![at.journal.as_bytes(), number(at.sequence), at.hash.as_bytes(), at.space.as_bytes()];
        let on_line =
            "SELECT wire FROM envelopes WHERE journal = ?1 AND sequence = ?2 AND hash = ?3 AND space = ?4";
        let held: Option<Vec<u8>> = transaction
            .prepare_cached(on_line)?
            .query_row(key, |row| row.get(0))
            .optional()?;
        if let Some(left) = without(held, sections)? {
            let mut update = transaction.prepare_cached(
                "UPDATE envelopes SET wire = ?4 WHERE journal = ?1 AND sequence = ?2 AND hash = ?3",
            )?;
            update.execute(params![
                at.journal.as_bytes(),
                number(at.sequence),
                at.hash.as_bytes(),
                left.encode()
            ])?;
        }
        let beside = "SELECT b.wire FROM branches b JOIN journals j ON j.journal = b.journal
             WHERE b.journal = ?1 AND b.sequence = ?2 AND b.hash = ?3 AND j.space = ?4";
        let held: Option<Vec<u8>> = transaction
            .prepare_cached(beside)?
            .query_row(key, |row| row.get(0))
            .optional()?;
        let link = held
            .as_deref()
            .and_then(|wire| WireEnvelope::decode(wire).ok()?.link_at(at.sequence));
        let short =
            held.map(|wire| WireEnvelope::decode(&wire).map(|wire| wire.without_link(at.sequence).encode()));
        let short = short.transpose().map_err(|_| damaged())?;
        if let (Some(left), Some(link)) = (without(short, sections)?, link) {
            let mut update = transaction.prepare_cached(
                "UPDATE branches SET wire = ?4 WHERE journal = ?1 AND sequence = ?2 AND hash = ?3",
            )?;
            let left = left.with_link(link).encode();
            update.execute(params![at.journal.as_bytes(), number(at.sequence), at.hash.as_bytes(), left])?;
        }
        Ok(())
    }

    /// The sections that are missing in what is held at a place, if any are.
    pub(crate) fn missing_at(
        connection: &Connection,
        at: &Place,
    ) -> Result<Option<SectionSet>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT wire FROM envelopes WHERE journal = ?1 AND sequence = ?2 AND {LACKS_SECTIONS}"
        ))?;
        let wire: Option<Vec<u8>> = statement
            .query_row(params![at.journal.as_bytes(), number(at.sequence)], |row| row.get(0))
            .optional()?;
        Ok(wire.and_then(|wire| WireEnvelope::decode(&wire).ok()).map(|wire| wire.erased()))
    }

    /// Whether sections are missing in a journal before a place: what builds on them has no ground.
    pub(crate) fn is_erased_before(connection: &Connection, at: &Place) -> Result<bool, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM envelopes WHERE journal = ?1 AND sequence <= ?2 AND {LACKS_SECTIONS})"
        ))?;
        Ok(statement.query_row(params![at.journal.as_bytes(), number(at.sequence)], |row| row.get(0))?)
    }

    /// Puts an envelope that came whole into the place of the form that lacks sections. It and what follows it in its journal is
    /// to be read again.
    pub(crate) fn put_whole(
        transaction: &Transaction<'_>,
        envelope: &VerifiedEnvelope,
    ) -> Result<(), VaultRefused> {
        let place = envelope.place();
        let from = params![place.journal.as_bytes(), number(place.sequence)];
        transaction
            .prepare_cached("UPDATE envelopes SET wire = ?3 WHERE journal = ?1 AND sequence = ?2")?
            .execute(params![
                place.journal.as_bytes(),
                number(place.sequence),
                envelope.to_wire(false).encode()
            ])?;
        transaction
            .prepare_cached("DELETE FROM changes WHERE journal = ?1 AND sequence >= ?2")?
            .execute(from)?;
        transaction
            .prepare_cached(&format!(
                "UPDATE envelopes SET state = 1 WHERE journal = ?1 AND sequence >= ?2 AND {IS_SEALED}"
            ))?
            .execute(from)?;
        Ok(())
    }

    /// Where the changes of a document stand.
    pub(crate) fn sections_of(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
    ) -> Result<Vec<SectionPlace>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT c.journal, c.sequence, e.hash, c.section FROM changes c
             JOIN envelopes e ON e.journal = c.journal AND e.sequence = c.sequence
             WHERE c.space = ?1 AND c.document = ?2 ORDER BY c.journal, c.sequence, c.section",
        )?;
        let rows = statement.query_map(params![space.as_bytes(), document.as_bytes()], section_of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Deletes all that was read or recorded of a document, also what waits for a flush.
    pub(crate) fn delete_document(
        transaction: &Transaction<'_>,
        (space, document): (&SpaceId, &DocumentId),
    ) -> Result<(), VaultRefused> {
        for table in ["changes", "statements"] {
            transaction.execute(
                &format!("DELETE FROM {table} WHERE space = ?1 AND document = ?2"),
                params![space.as_bytes(), document.as_bytes()],
            )?;
        }
        Self::erase_from_roster(transaction, document)
    }

    /// Notes where something of an erased document stands.
    pub(crate) fn note_late(transaction: &Transaction<'_>, late: &LateSection) -> Result<(), VaultRefused> {
        let LateSection { space, document, at } = late;
        let mut insert = transaction.prepare_cached(
            "INSERT OR IGNORE INTO late_sections (journal, sequence, hash, section, space, document)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        insert.execute(params![
            at.journal.as_bytes(),
            number(at.sequence),
            at.hash.as_bytes(),
            at.index,
            space.as_bytes(),
            document.as_bytes(),
        ])?;
        Ok(())
    }

    /// What is held of erased documents and no operation names. None in a vault of an earlier schema that nobody could upgrade.
    pub(crate) fn late_sections(connection: &Connection) -> Result<Vec<LateSection>, VaultRefused> {
        if !has_table(connection, "late_sections")? {
            return Ok(Vec::new());
        }
        let mut statement = connection.prepare_cached(
            "SELECT journal, sequence, hash, section, space, document FROM late_sections
             ORDER BY space, document, journal, sequence, section",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(LateSection { at: section_of(row)?, space: id(row, 4)?, document: id(row, 5)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn section_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<SectionPlace> {
    let hash: EnvelopeHash = id(row, 2)?;
    Ok(SectionPlace { journal: id(row, 0)?, sequence: sequence(row, 1)?, hash, index: row.get(3)? })
}

fn damaged() -> VaultRefused {
    VaultRefused::Damaged { set_aside: None }
}

/// What is left of a relay's form without some sections; none if nothing of them was left before.
fn without(held: Option<Vec<u8>>, sections: SectionSet) -> Result<Option<WireEnvelope>, VaultRefused> {
    let Some(held) = held else { return Ok(None) };
    let wire = WireEnvelope::decode(&held).map_err(|_| damaged())?;
    Ok((!sections.is_within(wire.erased())).then(|| wire.erase(sections)))
}
