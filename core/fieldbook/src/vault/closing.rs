//! What becomes of a space that was ended.

use jasaq_protocol::ids::{DeviceId, SpaceId};
use rusqlite::{Connection, Transaction, params};

use super::statements::{COLUMNS, StatementRow, read};
use super::{Vault, VaultRefused};

impl Vault {
    /// Whether anything of a space is here that its end destroys: keys, and where it is no archive whatever they opened.
    pub(crate) fn has_to_end(
        connection: &Connection,
        space: &SpaceId,
        is_archive: bool,
    ) -> Result<bool, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM epochs WHERE space = ?1) OR NOT ?2 AND (
                 EXISTS (SELECT 1 FROM statements WHERE space = ?1) OR EXISTS (SELECT 1 FROM journals WHERE space = ?1))",
        )?;
        Ok(statement.query_row(params![space.as_bytes(), is_archive], |row| row.get(0))?)
    }

    /// What a device said in a space.
    pub(crate) fn said_in(
        connection: &Connection,
        (space, device): (&SpaceId, &DeviceId),
    ) -> Result<Vec<StatementRow>, VaultRefused> {
        let mut statement = connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM statements WHERE space = ?1 AND device = ?2"))?;
        let rows = statement.query_map(params![space.as_bytes(), device.as_bytes()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Lets a statement of this device be said again, in another space.
    pub(crate) fn say_again_in(
        transaction: &Transaction<'_>,
        row: i64,
        space: &SpaceId,
    ) -> Result<(), VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE statements SET space = ?2, journal = NULL, sequence = NULL, received_ms = NULL WHERE row = ?1",
        )?;
        update.execute(params![row, space.as_bytes()])?;
        Ok(())
    }

    /// Destroys the keys of a space, and what was sealed to them stays nowhere to be sent. Of an archive what they opened
    /// stays; elsewhere it goes too.
    pub(crate) fn end_space(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        is_archive: bool,
    ) -> Result<(), VaultRefused> {
        let of_space = [space.as_bytes()];
        for table in ["epochs", "own_journals", "cursors", "acks_due"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE space = ?1"), of_space)?;
        }
        if is_archive {
            transaction
                .execute("UPDATE envelopes SET at_relay = 1, passed = 1 WHERE space = ?1", of_space)?;
            return Ok(());
        }
        transaction.execute(
            "DELETE FROM branches WHERE journal IN (SELECT journal FROM journals WHERE space = ?1)",
            of_space,
        )?;
        for table in ["changes", "statements", "envelopes", "journals", "acks", "accounts"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE space = ?1"), of_space)?;
        }
        Ok(())
    }
}
