//! What stands inside the files, read past the programs that wrote them.

use std::collections::BTreeSet;
use std::path::Path;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::protocol::seal::DeviceKeys;
use rusqlite::{Connection, OpenFlags};

/// The hash of an envelope.
pub type Hash = Vec<u8>;

/// A device's vault, opened with the key that lies beside it.
#[must_use]
pub fn vault_of(home: &Path) -> Connection {
    let key = std::fs::read_to_string(home.join("vault.key")).unwrap();
    let vault = Connection::open(home.join("vault.db")).unwrap();
    let key = key.split_whitespace().last().unwrap();
    vault.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
    vault
}

/// The keys of whoever lives here.
#[must_use]
pub fn device_keys_of(home: &Path) -> DeviceKeys {
    let read = "SELECT value FROM settings WHERE name = 'device'";
    DeviceKeys::from_secret_bytes(&vault_of(home).query_row(read, [], |row| row.get(0)).unwrap())
}

/// The relay's database, for reading.
#[must_use]
pub fn relay_of(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// The hashes that a query gives.
#[must_use]
pub fn hashes(database: &Connection, select: &str) -> BTreeSet<Hash> {
    let mut statement = database.prepare(select).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// A number that a query gives.
#[must_use]
pub fn number(database: &Connection, select: &str) -> i64 {
    database.query_row(select, [], |row| row.get(0)).unwrap()
}

/// Whether a device counts anything that was said of a patrol.
#[must_use]
pub fn counts_anything(home: &Path, patrol: PatrolId) -> bool {
    let count = "SELECT EXISTS (SELECT 1 FROM statements WHERE standing = 0 AND document = ?1)";
    vault_of(home).query_row(count, [patrol.as_bytes()], |row| row.get(0)).unwrap()
}
