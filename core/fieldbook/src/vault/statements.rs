//! Statement rows: what views read.
//!
//! A row holds every field as it came, so that what a newer program wrote is carried; `kind`, `happened_ms` and
//! `standing` are an index over it. A row without a journal is *pending*: recorded, safe on this device, not sealed yet.

use jasaq_model::ids::StatementRef;
use jasaq_model::statement::{Fields, Scalar};
use jasaq_protocol::ids::{DeviceId, DocumentId, JournalId, Place, SpaceId};
use minicbor::data::Type;
use rusqlite::{Connection, Row, Transaction, params};

use super::rows::{damaged, id, number, sequence};
use super::{Vault, VaultRefused};

/// Whether a statement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Its author's role may make it there.
    Counts,
    /// What would explain its author has not come.
    Waiting,
    /// Beyond a cut.
    Held,
    /// Its author's role may not make it there, or it cannot be read by this program.
    NotCounted,
}

impl Standing {
    pub(crate) const fn code(self) -> i64 {
        match self {
            Self::Counts => 0,
            Self::Waiting => 1,
            Self::Held => 2,
            Self::NotCounted => 3,
        }
    }

    pub(super) const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Counts),
            1 => Some(Self::Waiting),
            2 => Some(Self::Held),
            3 => Some(Self::NotCounted),
            _ => None,
        }
    }
}

/// A statement to be stored.
#[derive(Debug)]
pub(crate) struct NewStatement<'a> {
    pub(crate) space: SpaceId,
    pub(crate) document: DocumentId,
    pub(crate) device: DeviceId,
    pub(crate) key: &'a StatementRef,
    pub(crate) kind: &'a str,
    pub(crate) happened_ms: i64,
    /// Where its envelope stands; none while it is pending.
    pub(crate) place: Option<Place>,
    /// When it reached this device; none for its own.
    pub(crate) received_ms: Option<i64>,
    pub(crate) standing: Standing,
    pub(crate) fields: &'a Fields,
}

/// A statement as stored.
#[derive(Debug, Clone)]
pub(crate) struct StatementRow {
    pub(crate) row: i64,
    pub(crate) space: SpaceId,
    pub(crate) document: DocumentId,
    pub(crate) device: DeviceId,
    pub(crate) key: StatementRef,
    pub(crate) place: Option<Place>,
    pub(crate) received_ms: Option<i64>,
    pub(crate) standing: Standing,
    pub(crate) fields: Fields,
    /// Tells it from what else was said under the same key.
    pub(crate) digest: [u8; 16],
}

type RowKey = (Vec<u8>, Vec<u8>, Vec<u8>, String, Vec<u8>);
type RowContent = (String, i64, (Vec<u8>, i64, Option<i64>), i64);
/// A sealed row: what names it, and everything else.
pub(crate) type SealedRow = (RowKey, RowContent);

pub(super) const COLUMNS: &str =
    "row, space, document, device, key, journal, sequence, received_ms, standing, fields, digest";

/// Said of kinds that are not entries or tracks, so that SQLite takes the index of those.
pub(super) const LISTED: &str = "AND kind NOT IN ('entry', 'track')";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<StatementRow> {
    let space = id(row, 1)?;
    let place = match row.get_ref(5)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(Place { space, journal: id(row, 5)?, sequence: sequence(row, 6)? }),
    };
    Ok(StatementRow {
        row: row.get(0)?,
        space,
        document: id(row, 2)?,
        device: id(row, 3)?,
        key: StatementRef::new(row.get::<_, String>(4)?).map_err(|_| damaged(4))?,
        place,
        received_ms: row.get(7)?,
        standing: Standing::from_code(row.get(8)?).ok_or_else(|| damaged(8))?,
        fields: fields_from_cbor(row.get_ref(9)?.as_blob()?).ok_or_else(|| damaged(9))?,
        digest: row.get(10)?,
    })
}

impl Vault {
    /// Where the rows of statements beside a journal's line are said to stand: behind every real place, so that the same
    /// statement in an envelope of a line comes first.
    pub(crate) const BESIDE: JournalId = JournalId::from_bytes([0xff; 16]);

    /// Stores a statement and says whether it changed anything.
    ///
    /// One author may say one thing under one key twice: a device whose disk lost what it had sent says it again. So that
    /// all devices keep the same row whatever came first, the lesser place stays; a pending one that comes back sealed is
    /// sealed, but not by an envelope beside a line. Two things said under one key, by a device and its clone, are two rows: neither is ever lost.
    pub(crate) fn add_statement(
        transaction: &Transaction<'_>,
        new: &NewStatement<'_>,
    ) -> Result<bool, VaultRefused> {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO statements
                 (space, document, device, key, kind, happened_ms, journal, sequence, received_ms, standing, fields,
                  digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (document, space, device, key, digest) DO UPDATE SET
                 journal = excluded.journal, sequence = excluded.sequence, received_ms = excluded.received_ms,
                 standing = excluded.standing
             WHERE excluded.journal IS NOT NULL
                AND (statements.journal IS NULL AND excluded.journal <> ?13
                     OR (excluded.journal, excluded.sequence) < (statements.journal, statements.sequence))",
        )?;
        let fields = fields_to_cbor(new.fields);
        let changed = insert.execute(params![
            new.space.as_bytes(),
            new.document.as_bytes(),
            new.device.as_bytes(),
            new.key.as_str(),
            new.kind,
            new.happened_ms,
            new.place.map(|place| *place.journal.as_bytes()),
            new.place.map(|place| number(place.sequence)),
            new.received_ms,
            new.standing.code(),
            fields,
            digest(&fields),
            Self::BESIDE.as_bytes(),
        ])?;
        Ok(changed == 1)
    }

    /// The statements that wait for a flush in a space, oldest first.
    pub(crate) fn pending(
        connection: &Connection,
        space: &SpaceId,
    ) -> Result<Vec<StatementRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM statements INDEXED BY statements_by_place
             WHERE space = ?1 AND journal IS NULL ORDER BY document, row"
        ))?;
        let rows = statement.query_map([space.as_bytes()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many statements wait for a flush.
    pub(crate) fn pending_count(connection: &Connection) -> Result<u64, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT count(*) FROM statements WHERE journal IS NULL")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    pub(crate) fn pending_spaces(connection: &Connection) -> Result<Vec<SpaceId>, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT DISTINCT space FROM statements WHERE journal IS NULL ORDER BY space")?;
        let rows = statement.query_map([], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Marks a pending statement as sealed at a place. From here on it cannot be edited, only amended.
    pub(crate) fn mark_sealed(
        transaction: &Transaction<'_>,
        row: i64,
        place: &Place,
    ) -> Result<(), VaultRefused> {
        let mut update =
            transaction.prepare_cached("UPDATE statements SET journal = ?2, sequence = ?3 WHERE row = ?1")?;
        update.execute(params![row, place.journal.as_bytes(), number(place.sequence)])?;
        Ok(())
    }

    /// Gives pending statements that were recorded before their space was known the space. Says how many.
    pub(crate) fn settle_pending(
        transaction: &Transaction<'_>,
        from: &SpaceId,
        to: &SpaceId,
    ) -> Result<usize, VaultRefused> {
        let settled = transaction.execute(
            "UPDATE statements SET space = ?2 WHERE space = ?1 AND journal IS NULL",
            params![from.as_bytes(), to.as_bytes()],
        )?;
        transaction.execute(
            "UPDATE OR IGNORE own_journals SET space = ?2 WHERE space = ?1",
            params![from.as_bytes(), to.as_bytes()],
        )?;
        Ok(settled)
    }

    /// Every statement of a document.
    pub(crate) fn statements_of(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
    ) -> Result<Vec<StatementRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM statements WHERE space = ?1 AND document = ?2"
        ))?;
        let rows = statement.query_map(params![space.as_bytes(), document.as_bytes()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every statement of a document, of all spaces.
    pub(crate) fn statements_about(
        connection: &Connection,
        document: &DocumentId,
    ) -> Result<Vec<StatementRow>, VaultRefused> {
        let mut statement =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM statements WHERE document = ?1"))?;
        let rows = statement.query_map(params![document.as_bytes()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The spaces in which something counted of a document is held.
    pub(crate) fn spaces_about(
        connection: &Connection,
        document: &DocumentId,
    ) -> Result<Vec<SpaceId>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT space FROM statements WHERE document = ?1 AND standing = 0 ORDER BY space",
        )?;
        let rows = statement.query_map(params![document.as_bytes()], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Where the counted statements of this name stand, and what kinds they are. More than one of a device and its clone, which
    /// said two things under one key.
    pub(crate) fn statements_named(
        connection: &Connection,
        (author, key): (&DeviceId, &StatementRef),
    ) -> Result<Vec<(SpaceId, DocumentId, String)>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT space, document, kind FROM statements WHERE device = ?1 AND key = ?2 AND standing = 0 {LISTED}"
        ))?;
        let rows = statement.query_map(params![author.as_bytes(), key.as_str()], |row| {
            Ok((id(row, 0)?, id(row, 1)?, row.get(2)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The devices that said something that counts under this key: more than one where an install writes twice.
    pub(crate) fn authors_of(
        connection: &Connection,
        key: &StatementRef,
    ) -> Result<Vec<DeviceId>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT DISTINCT device FROM statements WHERE key = ?1 AND standing = 0 {LISTED}"
        ))?;
        let rows = statement.query_map([key.as_str()], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The keys of everything that counts in a space.
    pub(crate) fn keys_in(
        connection: &Connection,
        space: &SpaceId,
    ) -> Result<Vec<StatementRef>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT key FROM statements WHERE space = ?1 AND standing = 0")?;
        let rows = statement.query_map([space.as_bytes()], |row| {
            StatementRef::new(row.get::<_, String>(0)?).map_err(|_| damaged(0))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every statement of a kind, of all spaces. Of entries and tracks there is no list to look into: all rows are.
    pub(crate) fn statements_of_kind(
        connection: &Connection,
        kind: &str,
    ) -> Result<Vec<StatementRow>, VaultRefused> {
        let listed = if matches!(kind, "entry" | "track") { "" } else { LISTED };
        let mut statement = connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM statements WHERE kind = ?1 {listed}"))?;
        let rows = statement.query_map([kind], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The same of those in whose fields a word stands as it is written: whoever asks reads which field it is.
    pub(crate) fn statements_of_kind_saying(
        connection: &Connection,
        (kind, word): (&str, &str),
    ) -> Result<Vec<StatementRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM statements WHERE kind = ?1 {LISTED} AND instr(fields, ?2) > 0"
        ))?;
        let rows = statement.query_map(params![kind, word.as_bytes()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many statements an author has in a document, sealed or pending.
    pub(crate) fn count_by(
        connection: &Connection,
        (space, document): (&SpaceId, &DocumentId),
        author: &DeviceId,
    ) -> Result<usize, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT count(*) FROM statements WHERE space = ?1 AND document = ?2 AND device = ?3",
        )?;
        let key = params![space.as_bytes(), document.as_bytes(), author.as_bytes()];
        Ok(statement.query_row(key, |row| row.get(0))?)
    }

    /// Every sealed row as it stands, by what names it: to compare an index with what it is rebuilt from.
    pub(crate) fn sealed_rows(connection: &Connection) -> Result<Vec<SealedRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT space, document, device, key, kind, happened_ms, journal, sequence, received_ms, standing, fields
             FROM statements WHERE journal IS NOT NULL",
        )?;
        let rows = statement.query_map([], |row| {
            let key = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(10)?);
            let place = (row.get(6)?, row.get(7)?, row.get(8)?);
            Ok((key, (row.get(4)?, row.get(5)?, place, row.get(9)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Forgets the rows of a document that can be had again from it.
    pub(crate) fn forget_sealed_of(
        transaction: &Transaction<'_>,
        (space, document): (&SpaceId, &DocumentId),
    ) -> Result<(), VaultRefused> {
        transaction.execute(
            "DELETE FROM statements WHERE space = ?1 AND document = ?2 AND journal IS NOT NULL",
            params![space.as_bytes(), document.as_bytes()],
        )?;
        Ok(())
    }

    /// Forgets every row that can be had again from the documents. Pending ones stay.
    pub(crate) fn forget_sealed_statements(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
        transaction.execute("DELETE FROM statements WHERE journal IS NOT NULL", [])?;
        Ok(())
    }
}

/// Tells what was said under one key apart.
pub(super) fn digest(fields: &[u8]) -> [u8; 16] {
    let (mut digest, hash) = ([0; 16], blake3::hash(fields));
    digest.copy_from_slice(hash.as_bytes().split_at(16).0);
    digest
}

#[expect(clippy::expect_used, reason = "writing to a vector cannot fail")]
pub(super) fn fields_to_cbor(fields: &Fields) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let mut write = || -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        encoder.map(u64::try_from(fields.iter().count()).unwrap_or(u64::MAX))?;
        for (key, scalar) in fields.iter() {
            encoder.str(key)?;
            match scalar {
                Scalar::Text(text) => encoder.str(text)?,
                Scalar::Int(int) => encoder.i64(*int)?,
                Scalar::Bytes(bytes) => encoder.bytes(bytes)?,
                Scalar::Flag(flag) => encoder.bool(*flag)?,
            };
        }
        Ok(())
    };
    write().expect("writing to a vector cannot fail");
    encoder.into_writer()
}

pub(super) fn fields_from_cbor(bytes: &[u8]) -> Option<Fields> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let mut fields = Fields::new();
    for _ in 0..decoder.map().ok()?? {
        let key = decoder.str().ok()?;
        let scalar = match decoder.datatype().ok()? {
            Type::String => Scalar::Text(decoder.str().ok()?.to_owned()),
            Type::Bytes => Scalar::Bytes(decoder.bytes().ok()?.to_vec()),
            Type::Bool => Scalar::Flag(decoder.bool().ok()?),
            _ => Scalar::Int(decoder.i64().ok()?),
        };
        fields.insert(key, scalar);
    }
    Some(fields)
}
