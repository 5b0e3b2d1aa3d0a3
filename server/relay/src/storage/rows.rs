//! The rows: what an envelope, a journal, a space and a signer are in the database.

use jasaq_protocol::ids::{DeviceId, EnvelopeHash, HeadHash, JournalId, Place, Sequence, SpaceId};
use jasaq_protocol::journal::{Frontier, Head};
use jasaq_protocol::limits::FRONTIER_JOURNALS_MAX;
use jasaq_protocol::sync::RunningHash;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::StorageError;

/// A space that something was stored in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpaceRow {
    pub(crate) id: i64,
    pub(crate) space: SpaceId,
    pub(crate) number: u64,
    pub(crate) hash: RunningHash,
    pub(crate) bytes: u64,
}

/// A journal that something was stored of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JournalRow {
    pub(crate) id: i64,
    pub(crate) space: SpaceId,
    pub(crate) signer: DeviceId,
    pub(crate) head: Sequence,
    pub(crate) hash: EnvelopeHash,
}

impl JournalRow {
    /// What a frontier says of it.
    pub(crate) fn frontier_head(&self) -> Head {
        Head { sequence: self.head, hash: self.hash.head() }
    }
}

/// How much is stored of one signer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SignerRow {
    pub(crate) envelopes: u64,
    pub(crate) bytes: u64,
}

/// An envelope as it is handed out.
#[derive(Debug, Clone)]
pub(crate) struct StoredEnvelope {
    pub(crate) place: Place,
    pub(crate) hash: EnvelopeHash,
    pub(crate) signer: DeviceId,
    pub(crate) wire: Vec<u8>,
}

/// An envelope that was admitted.
#[derive(Debug)]
pub(crate) struct NewEnvelope<'a> {
    pub(crate) place: Place,
    pub(crate) signer: DeviceId,
    pub(crate) hash: EnvelopeHash,
    /// The roll of the space's territory.
    pub(crate) territory: SpaceId,
    pub(crate) wire: &'a [u8],
}

pub(super) fn sequence(number: i64) -> Result<Sequence, StorageError> {
    Sequence::new(number.cast_unsigned()).map_err(|_| StorageError::Damaged("a sequence is not one"))
}

/// A space, if something was stored in it.
pub(crate) fn load_space(connection: &Connection, space: &SpaceId) -> Result<Option<SpaceRow>, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT id, number, running_hash, bytes FROM spaces WHERE space = ?1")?;
    let row = statement.query_row([space.as_bytes()], |row| {
        Ok(SpaceRow {
            id: row.get(0)?,
            space: *space,
            number: row.get::<_, i64>(1)?.cast_unsigned(),
            hash: RunningHash::from_bytes(row.get(2)?),
            bytes: row.get::<_, i64>(3)?.cast_unsigned(),
        })
    });
    Ok(row.optional()?)
}

/// Every space that something was stored in, with the roll of its territory.
pub(crate) fn load_territories(connection: &Connection) -> Result<Vec<(SpaceId, SpaceId)>, StorageError> {
    let mut statement = connection.prepare("SELECT space, territory FROM spaces")?;
    let rows = statement
        .query_map([], |row| Ok((SpaceId::from_bytes(row.get(0)?), SpaceId::from_bytes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A journal, if something was stored of it.
pub(crate) fn load_journal(
    connection: &Connection,
    journal: &JournalId,
) -> Result<Option<JournalRow>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT journals.id, spaces.space, signers.signer, head_sequence, head_hash
         FROM journals JOIN spaces ON spaces.id = journals.space JOIN signers ON signers.id = journals.signer
         WHERE journal = ?1",
    )?;
    let row = statement.query_row([journal.as_bytes()], |row| {
        let (id, space, signer) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((id, SpaceId::from_bytes(space), DeviceId::from_bytes(signer), row.get(3)?, row.get(4)?))
    });
    let Some((id, space, signer, head, hash)) = row.optional()? else { return Ok(None) };
    let (head, hash) = (sequence(head)?, EnvelopeHash::from_bytes(hash));
    Ok(Some(JournalRow { id, space, signer, head, hash }))
}

/// How many journals of a signer are stored in a space.
pub(crate) fn count_journals(
    connection: &Connection,
    (space, signer): (&SpaceId, &DeviceId),
) -> Result<u64, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM journals WHERE space = (SELECT id FROM spaces WHERE space = ?1)
             AND signer = (SELECT id FROM signers WHERE signer = ?2)",
    )?;
    let count: i64 = statement.query_row(params![space.as_bytes(), signer.as_bytes()], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// How far each journal of a signer in a territory is stored, given to `take` until it has had enough (`false`).
pub(crate) fn load_journal_heads(
    connection: &Connection,
    (territory, signer): (&SpaceId, &DeviceId),
    mut take: impl FnMut(JournalId, Sequence) -> bool,
) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT journal, head_sequence FROM journals JOIN spaces ON spaces.id = journals.space
         WHERE signer = (SELECT id FROM signers WHERE signer = ?2) AND territory = ?1",
    )?;
    let mut rows = statement.query(params![territory.as_bytes(), signer.as_bytes()])?;
    while let Some(row) = rows.next()? {
        if !take(JournalId::from_bytes(row.get(0)?), sequence(row.get(1)?)?) {
            break;
        }
    }
    Ok(())
}

/// The number of a stored envelope in its space.
pub(crate) fn load_number(connection: &Connection, place: &Place) -> Result<Option<u64>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT number FROM envelopes WHERE journal = (SELECT id FROM journals WHERE journal = ?1) AND sequence = ?2",
    )?;
    let sequence = place.sequence.number().cast_signed();
    let number: Option<i64> = statement
        .query_row(params![place.journal.as_bytes(), sequence], |row| row.get(0))
        .optional()?;
    Ok(number.map(i64::cast_unsigned))
}

/// How much is stored of a signer.
pub(crate) fn load_signer(connection: &Connection, signer: &DeviceId) -> Result<SignerRow, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT envelopes, bytes FROM signers WHERE signer = ?1")?;
    let row = statement.query_row([signer.as_bytes()], |row| {
        let (envelopes, bytes): (i64, i64) = (row.get(0)?, row.get(1)?);
        Ok(SignerRow { envelopes: envelopes.cast_unsigned(), bytes: bytes.cast_unsigned() })
    });
    Ok(row.optional()?.unwrap_or_default())
}

/// Hash and wire form of the envelope at a place of a journal.
pub(crate) fn load_stored(
    connection: &Connection,
    journal: &JournalRow,
    at: Sequence,
) -> Result<Option<(EnvelopeHash, Vec<u8>)>, StorageError> {
    let mut statement =
        connection.prepare_cached("SELECT hash, wire FROM envelopes WHERE journal = ?1 AND sequence = ?2")?;
    let row = statement.query_row(params![journal.id, at.number().cast_signed()], |row| {
        Ok((EnvelopeHash::from_bytes(row.get(0)?), row.get(1)?))
    });
    Ok(row.optional()?)
}

/// What a cursor at this number of the space must name.
pub(crate) fn load_running_head(
    connection: &Connection,
    space: &SpaceRow,
    number: u64,
) -> Result<Option<HeadHash>, StorageError> {
    if number == space.number {
        return Ok(Some(space.hash.head()));
    }
    let mut statement =
        connection.prepare_cached("SELECT running_head FROM envelopes WHERE space = ?1 AND number = ?2")?;
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    let row = statement.query_row(params![space.id, number], |row| Ok(HeadHash::from_bytes(row.get(0)?)));
    Ok(row.optional()?)
}

/// Gives each envelope of a space after a number to `take`, in their order, until it has had enough (`false`).
pub(crate) fn load_envelopes_after(
    connection: &Connection,
    space: &SpaceRow,
    after: u64,
    mut take: impl FnMut(StoredEnvelope) -> Result<bool, StorageError>,
) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT journals.journal, sequence, hash, signers.signer, wire
         FROM envelopes JOIN journals ON journals.id = envelopes.journal JOIN signers ON signers.id = journals.signer
         WHERE envelopes.space = ?1 AND number > ?2 ORDER BY number",
    )?;
    let mut rows = statement.query(params![space.id, i64::try_from(after).unwrap_or(i64::MAX)])?;
    while let Some(row) = rows.next()? {
        let journal = JournalId::from_bytes(row.get(0)?);
        let envelope = StoredEnvelope {
            place: Place { space: space.space, journal, sequence: sequence(row.get(1)?)? },
            hash: EnvelopeHash::from_bytes(row.get(2)?),
            signer: DeviceId::from_bytes(row.get(3)?),
            wire: row.get(4)?,
        };
        if !take(envelope)? {
            break;
        }
    }
    Ok(())
}

/// What is held of a space. Of more journals than a frontier may have, those that moved last.
pub(crate) fn frontier_of_space(connection: &Connection, space: &SpaceRow) -> Result<Frontier, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT journal, head_sequence, head_hash FROM journals WHERE space = ?1 ORDER BY head_number DESC LIMIT ?2",
    )?;
    let most = i64::try_from(FRONTIER_JOURNALS_MAX).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![space.id, most])?;
    let mut frontier = Frontier::new();
    while let Some(row) = rows.next()? {
        let hash = EnvelopeHash::from_bytes(row.get(2)?).head();
        frontier.note(JournalId::from_bytes(row.get(0)?), Head { sequence: sequence(row.get(1)?)?, hash });
    }
    Ok(frontier)
}

/// Stores an envelope at the head of its journal, under the next number of its space.
pub(crate) fn insert_envelope(
    transaction: &Transaction<'_>,
    envelope: &NewEnvelope<'_>,
) -> Result<(), StorageError> {
    let bytes = i64::try_from(envelope.wire.len()).unwrap_or(i64::MAX);
    let (space, number, running_head) = advance_space(transaction, envelope, bytes)?;
    let signer: i64 = transaction
        .prepare_cached(
            "INSERT INTO signers (signer, envelopes, bytes) VALUES (?1, 1, ?2)
             ON CONFLICT (signer) DO UPDATE SET envelopes = envelopes + 1, bytes = bytes + excluded.bytes RETURNING id",
        )?
        .query_row(params![envelope.signer.as_bytes(), bytes], |row| row.get(0))?;
    let (sequence, hash) = (envelope.place.sequence.number().cast_signed(), envelope.hash.as_bytes());
    let journal: i64 = transaction
        .prepare_cached(
            "INSERT INTO journals (journal, space, signer, head_sequence, head_hash, head_number)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (journal) DO UPDATE SET
                 head_sequence = excluded.head_sequence, head_hash = excluded.head_hash, head_number = excluded.head_number
             RETURNING id",
        )?
        .query_row(params![envelope.place.journal.as_bytes(), space, signer, sequence, hash, number], |row| {
            row.get(0)
        })?;
    transaction
        .prepare_cached(
            "INSERT INTO envelopes (space, number, running_head, journal, sequence, hash, wire)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![space, number, running_head.as_bytes(), journal, sequence, hash, envelope.wire])?;
    Ok(())
}

/// Takes the space's next number: the space's row, the number, and the running hash there.
fn advance_space(
    transaction: &Transaction<'_>,
    envelope: &NewEnvelope<'_>,
    bytes: i64,
) -> Result<(i64, i64, HeadHash), StorageError> {
    let held = load_space(transaction, &envelope.place.space)?;
    let (number, hash) = held.map_or((0, RunningHash::START), |row| (row.number, row.hash));
    let number = number + 1;
    let hash = hash.then(number, envelope.wire);
    let id = transaction
        .prepare_cached(
            "INSERT INTO spaces (space, territory, number, running_hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (space) DO UPDATE SET
                 number = excluded.number, running_hash = excluded.running_hash, bytes = bytes + excluded.bytes
             RETURNING id",
        )?
        .query_row(
            params![
                envelope.place.space.as_bytes(),
                envelope.territory.as_bytes(),
                number.cast_signed(),
                hash.as_bytes(),
                bytes
            ],
            |row| row.get(0),
        )?;
    Ok((id, number.cast_signed(), hash.head()))
}
