//! What becomes of a space that was ended.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{DeviceId, EpochId, JournalId, Place, Sequence, SpaceId};
use jasaq_protocol::seal::WireEnvelope;
use rusqlite::{Connection, Transaction, params};

use super::journals::place_of;
use super::rows::{damaged, number};
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

    /// Where a device sealed something in a space, and to which epoch.
    pub(crate) fn own_sealed(
        connection: &Connection,
        (space, device): (&SpaceId, &DeviceId),
    ) -> Result<Vec<(Place, EpochId)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT e.space, e.journal, e.sequence, e.wire FROM envelopes e JOIN journals j ON j.journal = e.journal
             WHERE j.space = ?1 AND j.signer = ?2",
        )?;
        let rows = statement.query_map(params![space.as_bytes(), device.as_bytes()], |row| {
            let wire: Vec<u8> = row.get(3)?;
            let wire = WireEnvelope::decode(&wire).map_err(|_| damaged(3))?;
            Ok((place_of(row)?, wire.epoch()))
        })?;
        let sealed = |row: rusqlite::Result<(Place, Option<EpochId>)>| match row {
            Ok((place, epoch)) => epoch.map(|epoch| Ok((place, epoch))),
            Err(error) => Some(Err(error)),
        };
        Ok(rows.filter_map(sealed).collect::<rusqlite::Result<_>>()?)
    }

    /// Holds a journal as one whose key is lacking, from an envelope on: what was in it is said elsewhere.
    pub(crate) fn leave_sealed(
        transaction: &Transaction<'_>,
        journal: &JournalId,
        from: Sequence,
    ) -> Result<(), VaultRefused> {
        let behind = params![journal.as_bytes(), number(from)];
        transaction.execute("DELETE FROM changes WHERE journal = ?1 AND sequence >= ?2", behind)?;
        let seal = "UPDATE envelopes SET state = 1 WHERE journal = ?1 AND sequence >= ?2 AND acks_only = 0";
        transaction.execute(seal, behind)?;
        Ok(())
    }

    /// Forgets keys of a space.
    pub(crate) fn forget_epochs(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        epochs: &BTreeSet<EpochId>,
    ) -> Result<(), VaultRefused> {
        let mut forget = transaction.prepare_cached("DELETE FROM epochs WHERE space = ?1 AND epoch = ?2")?;
        for epoch in epochs {
            forget.execute([space.as_bytes().as_slice(), epoch.as_bytes()])?;
        }
        Ok(())
    }

    /// Lets a statement of this device be said again, in another space or another journal.
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
