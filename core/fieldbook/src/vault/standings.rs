//! How statements stand, by author and one by one.

use jasaq_model::ids::StatementRef;
use jasaq_protocol::ids::{DeviceId, EnvelopeHash, JournalId, Place, SpaceId};
use rusqlite::{Connection, Transaction, params};

use super::rows::{damaged, id, sequence};
use super::statements::{COLUMNS, Standing, StatementRow, read};
use super::{Vault, VaultRefused};

/// A statement, as far as its standing asks.
#[derive(Debug, Clone)]
pub(crate) struct SaidRow {
    pub(crate) row: i64,
    pub(crate) space: SpaceId,
    pub(crate) kind: String,
    pub(crate) key: String,
    pub(crate) standing: Standing,
    /// Where its envelope stands; none while it is pending. One beside a journal's line has nobody's hash.
    pub(crate) at: Option<(Place, EnvelopeHash)>,
}

impl Vault {
    /// Which authors made which kinds in which spaces, with their present standing.
    pub(crate) fn authorships(
        connection: &Connection,
    ) -> Result<Vec<(SpaceId, DeviceId, String, i64)>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT DISTINCT space, device, kind, standing FROM statements")?;
        let rows = statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?, row.get(2)?, row.get(3)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn set_standing(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        device: &DeviceId,
        kind: &str,
        standing: Standing,
    ) -> Result<(), VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE statements SET standing = ?4 WHERE space = ?1 AND device = ?2 AND kind = ?3",
        )?;
        update.execute(params![space.as_bytes(), device.as_bytes(), kind, standing.code()])?;
        Ok(())
    }

    /// What one device said, each with where its envelope stands.
    pub(crate) fn said_by(connection: &Connection, author: &DeviceId) -> Result<Vec<SaidRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT s.row, s.space, s.kind, s.key, s.standing, s.journal, s.sequence, e.hash FROM statements s
             LEFT JOIN envelopes e ON e.journal = s.journal AND e.sequence = s.sequence WHERE s.device = ?1",
        )?;
        let rows = statement.query_map([author.as_bytes()], |row| {
            let space = id(row, 1)?;
            let at = match row.get::<_, Option<[u8; 16]>>(5)? {
                None => None,
                Some(journal) => {
                    let journal = JournalId::from_bytes(journal);
                    let hash: Option<[u8; 32]> = row.get(7)?;
                    let hash = EnvelopeHash::from_bytes(hash.unwrap_or_default());
                    Some((Place { space, journal, sequence: sequence(row, 6)? }, hash))
                }
            };
            let standing = Standing::from_code(row.get(4)?).ok_or_else(|| damaged(4))?;
            Ok(SaidRow { row: row.get(0)?, space, kind: row.get(2)?, key: row.get(3)?, standing, at })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn set_standing_of(
        transaction: &Transaction<'_>,
        row: i64,
        standing: Standing,
    ) -> Result<(), VaultRefused> {
        let mut update = transaction.prepare_cached("UPDATE statements SET standing = ?2 WHERE row = ?1")?;
        update.execute(params![row, standing.code()])?;
        Ok(())
    }

    /// Every held statement, with when it happened, by its author's clock; the earliest first.
    pub(crate) fn held_statements(connection: &Connection) -> Result<Vec<(i64, StatementRow)>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, happened_ms FROM statements WHERE standing = 2 ORDER BY happened_ms, key, digest"
        ))?;
        let rows = statement.query_map([], |row| Ok((row.get("happened_ms")?, read(row)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every statement under a key: several, if a clone said something else under it.
    pub(crate) fn statements_of_key(
        connection: &Connection,
        key: &StatementRef,
    ) -> Result<Vec<StatementRow>, VaultRefused> {
        let mut statement =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM statements WHERE key = ?1"))?;
        let rows = statement.query_map([key.as_str()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many statements stand how.
    pub(crate) fn standings(connection: &Connection) -> Result<Vec<(Standing, u64)>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT standing, count(*) FROM statements GROUP BY standing")?;
        let rows = statement.query_map([], |row| {
            let standing = Standing::from_code(row.get(0)?).ok_or_else(|| damaged(0))?;
            Ok((standing, row.get(1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
