//! Rescue: what can still be read of a damaged vault goes, row by row, into a new one under the same key.
//!
//! A damaged page takes its rows with it and nothing else: statements that were never sealed, keys and operations come
//! along. The damaged vault is copied aside first and never deleted. What is missing afterwards comes from the relay or by
//! satchel, because the new vault asks for everything again; what this device had said and nobody has is sealed again.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Transaction, params_from_iter};

use super::erasing::IS_SEALED;
use super::making;
use super::{FILE, KeyHolder, Vault, VaultKey, VaultRefused};

/// What a rescue brought into the new vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// Rows that could be read.
    pub rows: usize,
    /// Tables of which some rows could not.
    pub damaged_tables: usize,
    /// Where the damaged vault lies now.
    pub set_aside: PathBuf,
}

/// After a damaged row this many row numbers are passed over, twice as many after every further one.
const SKIP_MAX: i64 = 1 << 40;

impl Vault {
    /// Makes a new vault in place of a damaged one.
    pub(crate) fn rescue(home: &Path, holder: &KeyHolder) -> Result<Rescued, VaultRefused> {
        let key = holder.fetch(home)?;
        super::check_not_empty(&home.join(FILE))?;
        check_alone(&home.join(FILE), &key)?;
        let _alone = making::lock(home).map_err(VaultRefused::Folder)?;
        let damaged = Damaged { file: home.join(FILE), key: &key };
        let (mut rows, mut damaged_tables) = (0, 0);
        making::make_new(home, &key, |transaction| {
            for table in tables(transaction)? {
                let (read, is_whole) = damaged.copy(transaction, &table)?;
                rows += read;
                damaged_tables += usize::from(!is_whole);
            }
            Self::device_keys(transaction)?;
            mend(transaction)
        })?;
        let set_aside = making::put_in_place_of(home).map_err(VaultRefused::Folder)?;
        Ok(Rescued { rows, damaged_tables, set_aside })
    }
}

/// Whoever has the vault open keeps a lock on it. Then nothing is moved away under him.
fn check_alone(file: &Path, key: &VaultKey) -> Result<(), VaultRefused> {
    let vault = Vault::connect(file, key, OpenFlags::empty())?;
    vault.connection.busy_timeout(std::time::Duration::ZERO)?;
    let alone = vault
        .connection
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK;");
    match alone.map_err(VaultRefused::from) {
        Err(refused) if refused.is_of_the_surroundings() => Err(refused),
        // Damage is what this is about.
        _ => Ok(()),
    }
}

/// A table of ours, and how it is read from its other end.
struct Table {
    name: String,
    columns: Vec<String>,
    key: Vec<String>,
    has_row_numbers: bool,
}

fn tables(connection: &Connection) -> Result<Vec<Table>, VaultRefused> {
    let mut names = connection.prepare(
        "SELECT name, sql NOT LIKE '%WITHOUT ROWID%' FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'roster%'",
    )?;
    let names = names.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let names: Vec<(String, bool)> = names.collect::<rusqlite::Result<_>>()?;
    let mut tables = Vec::new();
    for (name, has_row_numbers) in names {
        let mut info = connection.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY pk")?;
        let info = info.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let info: Vec<(String, i64)> = info.collect::<rusqlite::Result<_>>()?;
        let key = info
            .iter()
            .filter(|(_, pk)| *pk > 0)
            .map(|(column, _)| column.clone())
            .collect();
        let columns = info.into_iter().map(|(column, _)| column).collect();
        tables.push(Table { name, columns, key, has_row_numbers });
    }
    Ok(tables)
}

/// Why the reading of a damaged vault ended early.
enum Stopped {
    Reading(VaultRefused),
    Keeping(VaultRefused),
}

impl From<rusqlite::Error> for Stopped {
    fn from(error: rusqlite::Error) -> Self {
        Self::Reading(error.into())
    }
}

/// A damaged vault. After a damaged page SQLCipher lets a connection do nothing more, so each attempt has its own.
struct Damaged<'a> {
    file: PathBuf,
    key: &'a VaultKey,
}

impl Damaged<'_> {
    /// Copies what can be read of a table. Says how many rows, and whether that was all.
    fn copy(&self, into: &Transaction<'_>, table: &Table) -> Result<(usize, bool), VaultRefused> {
        let name = &table.name;
        let (columns, is_told) = self.columns_of(table)?;
        if columns.is_empty() {
            // An earlier schema has not every table.
            return Ok((0, is_told));
        }
        let marks = vec!["?"; columns.len()].join(", ");
        let columns = columns.join(", ");
        let mut insert =
            into.prepare(&format!("INSERT OR IGNORE INTO {name} ({columns}) VALUES ({marks})"))?;
        let mut copied = 0;
        let mut keep = |row: Vec<Value>| -> Result<(), VaultRefused> {
            copied += insert.execute(params_from_iter(row))?;
            Ok(())
        };
        let descending = if table.has_row_numbers {
            "rowid DESC".to_owned()
        } else {
            let keys = table.key.iter().map(|column| format!("{column} DESC"));
            keys.collect::<Vec<_>>().join(", ")
        };
        let is_whole = if table.has_row_numbers {
            self.read_on_behind_damage(&format!("SELECT rowid, {columns} FROM {name}"), &mut keep)?
        } else {
            self.read(&format!("SELECT {columns} FROM {name}"), &mut keep)?
        };
        if !is_whole {
            self.read(&format!("SELECT {columns} FROM {name} ORDER BY {descending}"), &mut keep)?;
        }
        Ok((copied, is_whole))
    }

    /// The columns that the damaged vault has of a table, an earlier schema had fewer; and whether it could be asked.
    fn columns_of<'a>(&self, table: &'a Table) -> Result<(Vec<&'a str>, bool), VaultRefused> {
        let mut had = Vec::new();
        let names = format!("SELECT name FROM pragma_table_info('{}')", table.name);
        let is_told = self.read(&names, &mut |row| {
            had.extend(row);
            Ok(())
        })?;
        let had = |column: &&str| had.contains(&Value::Text((*column).to_owned()));
        Ok((table.columns.iter().map(String::as_str).filter(had).collect(), is_told))
    }

    /// Reads until the end, or until a damaged page. Says which. A disk or another program that lets nothing be read is no
    /// damage, and what lies behind it is not given up.
    fn read(
        &self,
        sql: &str,
        keep: &mut impl FnMut(Vec<Value>) -> Result<(), VaultRefused>,
    ) -> Result<bool, VaultRefused> {
        match self.read_all(sql, keep) {
            Ok(()) => Ok(true),
            Err(Stopped::Reading(refused)) if !refused.is_of_the_surroundings() => Ok(false),
            Err(Stopped::Reading(refused) | Stopped::Keeping(refused)) => Err(refused),
        }
    }

    fn read_all(
        &self,
        sql: &str,
        keep: &mut impl FnMut(Vec<Value>) -> Result<(), VaultRefused>,
    ) -> Result<(), Stopped> {
        let vault = Vault::connect(&self.file, self.key, OpenFlags::empty()).map_err(Stopped::Reading)?;
        let mut statement = vault.connection.prepare(sql)?;
        let count = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = (0..count).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
            keep(row).map_err(Stopped::Keeping)?;
        }
        Ok(())
    }

    /// The same over a table with row numbers, going on behind each damaged page.
    fn read_on_behind_damage(
        &self,
        sql: &str,
        keep: &mut impl FnMut(Vec<Value>) -> Result<(), VaultRefused>,
    ) -> Result<bool, VaultRefused> {
        let (mut after, mut skip, mut is_whole) = (i64::MIN, 1, true);
        loop {
            let mut last = None;
            let sql = format!("{sql} WHERE rowid > {after} ORDER BY rowid");
            let ended = self.read(&sql, &mut |mut row: Vec<Value>| {
                last = match row.remove(0) {
                    Value::Integer(number) => Some(number),
                    _ => last,
                };
                keep(row)
            })?;
            if ended {
                return Ok(is_whole);
            }
            is_whole = false;
            skip = if last.is_some() { 1 } else { skip * 2 };
            if skip > SKIP_MAX {
                return Ok(false);
            }
            after = last.unwrap_or(after.max(0)).saturating_add(skip);
        }
    }
}

/// Makes what is left consistent: nothing claims what is not there.
fn mend(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
    Ok(transaction.execute_batch(&format!(
        "-- Whoever signed a journal stands in its row: without it its envelopes cannot be placed. They are kept beside.
         INSERT OR IGNORE INTO branches (journal, sequence, hash, wire)
             SELECT journal, sequence, hash, wire FROM envelopes
             WHERE journal NOT IN (SELECT journal FROM journals);
         DELETE FROM envelopes WHERE journal NOT IN (SELECT journal FROM journals);
         DELETE FROM journals WHERE journal NOT IN (SELECT journal FROM envelopes);
         UPDATE journals SET (sequence, hash) = (SELECT sequence, hash FROM envelopes
             WHERE envelopes.journal = journals.journal ORDER BY sequence DESC LIMIT 1);
         -- What was said here and stands in no envelope, or in one that cannot go up because one before it is gone, is
         -- said again. If its envelope comes back after all, it is one statement.
         CREATE TEMP TABLE broken AS SELECT journal FROM envelopes GROUP BY journal HAVING count(*) < max(sequence);
         UPDATE statements SET journal = NULL, sequence = NULL
             WHERE received_ms IS NULL AND journal IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM envelopes e WHERE e.journal = statements.journal AND e.sequence = statements.sequence
                     AND (e.at_relay = 1 OR e.journal NOT IN (SELECT journal FROM broken)));
         DROP TABLE broken;
         -- Documents are put together again from the envelopes, and everything is asked for again.
         DELETE FROM changes;
         UPDATE envelopes SET passed = 0, number = NULL, state = CASE WHEN {IS_SEALED} THEN 1 ELSE 0 END;
         DELETE FROM own_journals;
         -- Of an attachment what lies behind a gap comes again from the relay, or goes up again as far as it is whole.
         DELETE FROM parts WHERE part > (SELECT count(*) FROM parts AS before WHERE before.root = parts.root
             AND before.bytes = parts.bytes AND before.part < parts.part);
         UPDATE attachments SET at_relay = 0, standing = 0;
         DELETE FROM cursors;
         -- The roster's index was not brought along: it is made again.
         DELETE FROM settings WHERE name IN ('program', 'roster');"
    ))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_disk_does_not_give_is_not_told_as_a_damaged_table() {
        let home = tempfile::TempDir::new().unwrap();
        let key = VaultKey::make(crate::surroundings::Surroundings::of_the_system(None).chance());
        let damaged = Damaged { file: home.path().join("gone"), key: &key };
        let read = damaged.read("SELECT name FROM labels", &mut |_| Ok(()));
        assert!(matches!(read, Err(VaultRefused::ReadOnly)), "{read:?}");
    }
}
