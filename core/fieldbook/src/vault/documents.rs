//! Documents as their statements' rows tell of them: which there are, in which space, and of what kinds.

use std::collections::BTreeSet;

use jasaq_model::statement::Fields;
use jasaq_protocol::ids::{DocumentId, SpaceId};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::rows::id;
use super::statements::{COLUMNS, LISTED, StatementRow, digest, fields_to_cbor, read};
use super::{Vault, VaultRefused};

impl Vault {
    /// The documents in which statements of a kind that is listed count in more than one space.
    pub(crate) fn documents_in_several_spaces(
        connection: &Connection,
        kind: &str,
    ) -> Result<Vec<DocumentId>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT document FROM statements WHERE kind = ?1 {LISTED} AND standing = 0
             GROUP BY document HAVING COUNT(DISTINCT space) > 1"
        ))?;
        let rows = statement.query_map([kind], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The newest documents that hold a statement of a kind that is listed, newest first, each once.
    pub(crate) fn newest_documents(
        connection: &Connection,
        kind: &str,
        limit: usize,
    ) -> Result<Vec<(SpaceId, DocumentId)>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT space, document FROM statements WHERE kind = ?1 {LISTED} AND standing = 0
             ORDER BY happened_ms DESC, document"
        ))?;
        let mut rows = statement.query([kind])?;
        let (mut newest, mut seen) = (Vec::new(), BTreeSet::new());
        while newest.len() < limit
            && let Some(row) = rows.next()?
        {
            let place = (id(row, 0)?, id(row, 1)?);
            if seen.insert(place) {
                newest.push(place);
            }
        }
        Ok(newest)
    }

    /// The spaces in which something of a document is held.
    pub(crate) fn spaces_of_document(
        connection: &Connection,
        document: &DocumentId,
    ) -> Result<Vec<SpaceId>, VaultRefused> {
        // Hardly ever more than two, and the index gives the next at once, however many statements stand before it.
        let mut next = connection.prepare_cached(
            "SELECT space FROM statements WHERE document = ?1 AND space > ?2 ORDER BY document, space LIMIT 1",
        )?;
        let mut spaces: Vec<SpaceId> = Vec::new();
        loop {
            let last = spaces.last().map_or(&[][..], |space| space.as_bytes());
            let found = next
                .query_row(params![document.as_bytes(), last], |row| id(row, 0))
                .optional()?;
            let Some(space) = found else { return Ok(spaces) };
            spaces.push(space);
        }
    }

    /// How the first statement of a document in a space stands, and when it happened: what counts comes before what does not.
    pub(crate) fn first_in(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
    ) -> Result<Option<(i64, i64)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT standing, happened_ms FROM statements WHERE document = ?1 AND space = ?2
             ORDER BY standing, happened_ms LIMIT 1",
        )?;
        let row = statement
            .query_row(params![document.as_bytes(), space.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(row.optional()?)
    }

    /// How many counted statements of each kind a document holds.
    pub(crate) fn kinds_of(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
    ) -> Result<Vec<(String, usize)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT kind, count(*) FROM statements WHERE space = ?1 AND document = ?2 AND standing = 0 GROUP BY kind",
        )?;
        let rows = statement.query_map(params![space.as_bytes(), document.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The earliest counted statement of a kind in a document.
    pub(crate) fn first_of_kind(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
        kind: &str,
    ) -> Result<Option<StatementRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM statements WHERE space = ?1 AND document = ?2 AND kind = ?3 AND standing = 0
             ORDER BY happened_ms, key LIMIT 1"
        ))?;
        let row = statement.query_row(params![space.as_bytes(), document.as_bytes(), kind], read);
        Ok(row.optional()?)
    }

    /// The documents of which a statement could not be read at all.
    pub(crate) fn documents_not_read(
        connection: &Connection,
    ) -> Result<Vec<(SpaceId, DocumentId)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT space, document FROM statements WHERE digest = ?1 AND journal IS NOT NULL",
        )?;
        let nothing = digest(&fields_to_cbor(&Fields::new()));
        let rows = statement.query_map([nothing], |row| Ok((id(row, 0)?, id(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
