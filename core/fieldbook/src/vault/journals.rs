//! Journals and their envelopes: what is held, and what this install writes next.

use jasaq_protocol::ids::{DeviceId, EnvelopeHash, JournalId, Place, Sequence, SpaceId};
use jasaq_protocol::journal::{Frontier, Head, Neighbours};
use jasaq_protocol::seal::{Link, NextPlace, SectionKind, VerifiedEnvelope};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::rows::{id, number, sequence};
use super::{Vault, VaultRefused};

/// Whether an envelope's sealed sections were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EnvelopeState {
    /// Opened, or nothing in it is sealed.
    Open,
    /// Sealed to a key that is not held, or after one that is.
    Sealed,
    /// Opened, and what was inside is refused by everybody alike.
    Refused,
}

impl EnvelopeState {
    const fn code(self) -> i64 {
        match self {
            Self::Open => 0,
            Self::Sealed => 1,
            Self::Refused => 2,
        }
    }
}

/// An envelope as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct EnvelopeRow {
    pub(crate) place: Place,
    pub(crate) signer: DeviceId,
    pub(crate) link: Link,
    pub(crate) wire: Vec<u8>,
}

pub(super) fn place_of(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { space: id(row, 0)?, journal: id(row, 1)?, sequence: sequence(row, 2)? })
}

impl Vault {
    /// What is held around a place, to check an arriving envelope against.
    pub(crate) fn neighbours(connection: &Connection, place: &Place) -> Result<Neighbours, VaultRefused> {
        let mut journal =
            connection.prepare_cached("SELECT signer FROM journals WHERE journal = ?1 AND space = ?2")?;
        let signer = journal
            .query_row(params![place.journal.as_bytes(), place.space.as_bytes()], |row| id(row, 0))
            .optional()?;
        let hash = |sequence: Option<Sequence>| Self::envelope_hash(connection, place.journal, sequence);
        Ok(Neighbours { signer, previous: hash(place.sequence.before())?, here: hash(Some(place.sequence))? })
    }

    /// The device that a journal's first envelope names.
    pub(crate) fn signer(
        connection: &Connection,
        journal: &JournalId,
    ) -> Result<Option<DeviceId>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT signer FROM journals WHERE journal = ?1")?;
        Ok(statement.query_row([journal.as_bytes()], |row| id(row, 0)).optional()?)
    }

    /// The wire form that is held at a place.
    pub(crate) fn wire(connection: &Connection, at: &Place) -> Result<Option<Vec<u8>>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT wire FROM envelopes WHERE journal = ?1 AND sequence = ?2")?;
        let key = params![at.journal.as_bytes(), number(at.sequence)];
        Ok(statement.query_row(key, |row| row.get(0)).optional()?)
    }

    /// How many envelopes of each signer are held.
    pub(crate) fn held_by_signer(connection: &Connection) -> Result<Vec<(DeviceId, u64)>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT signer, sum(sequence) FROM journals GROUP BY signer")?;
        let rows = statement.query_map([], |row| Ok((id(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn envelope_hash(
        connection: &Connection,
        journal: JournalId,
        at: Option<Sequence>,
    ) -> Result<Option<EnvelopeHash>, VaultRefused> {
        let Some(at) = at else { return Ok(None) };
        let mut statement =
            connection.prepare_cached("SELECT hash FROM envelopes WHERE journal = ?1 AND sequence = ?2")?;
        Ok(statement
            .query_row(params![journal.as_bytes(), number(at)], |row| id(row, 0))
            .optional()?)
    }

    /// Appends an envelope that continues its journal. The caller holds the proof that it does.
    pub(crate) fn append(
        transaction: &Transaction<'_>,
        envelope: &VerifiedEnvelope,
        state: EnvelopeState,
        at_relay: bool,
    ) -> Result<(), VaultRefused> {
        let place = envelope.place();
        let acks_only = envelope.header().kinds().all(|kind| kind == SectionKind::Ack);
        let mut insert = transaction.prepare_cached(
            "INSERT INTO envelopes (journal, sequence, space, hash, acks_only, state, at_relay, wire)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        insert.execute(params![
            place.journal.as_bytes(),
            number(place.sequence),
            place.space.as_bytes(),
            envelope.hash().as_bytes(),
            acks_only,
            state.code(),
            at_relay,
            envelope.to_wire(false).encode(),
        ])?;
        let mut journal = transaction.prepare_cached(
            "INSERT INTO journals (journal, space, signer, sequence, hash) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (journal) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
             WHERE excluded.sequence > journals.sequence",
        )?;
        journal.execute(params![
            place.journal.as_bytes(),
            place.space.as_bytes(),
            envelope.signer().as_bytes(),
            number(place.sequence),
            envelope.hash().as_bytes(),
        ])?;
        Ok(())
    }

    pub(crate) fn set_envelope_state(
        transaction: &Transaction<'_>,
        place: &Place,
        state: EnvelopeState,
    ) -> Result<(), VaultRefused> {
        let mut update = transaction
            .prepare_cached("UPDATE envelopes SET state = ?3 WHERE journal = ?1 AND sequence = ?2")?;
        update.execute(params![place.journal.as_bytes(), number(place.sequence), state.code()])?;
        Ok(())
    }

    /// An envelope came that was missing: what stands behind it in its journal and was refused may be read now. Says
    /// whether anything does.
    pub(crate) fn try_again_behind(
        transaction: &Transaction<'_>,
        place: &Place,
    ) -> Result<bool, VaultRefused> {
        let behind = params![place.journal.as_bytes(), number(place.sequence)];
        let mut update = transaction.prepare_cached(
            "UPDATE envelopes SET state = 1 WHERE journal = ?1 AND sequence > ?2 AND state = 2",
        )?;
        update.execute(behind)?;
        let mut waits = transaction.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM envelopes WHERE journal = ?1 AND sequence > ?2 AND state = 1)",
        )?;
        Ok(waits.query_row(behind, |row| row.get(0))?)
    }

    /// Envelopes whose content was refused wait again to be opened.
    pub(crate) fn try_refused_again(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
        transaction.execute("UPDATE envelopes SET state = 1 WHERE state = 2", [])?;
        Ok(())
    }

    /// Whether an earlier envelope of the journal is still sealed: then a later one waits too, so that changes of one
    /// journal are always taken in its order.
    pub(crate) fn is_sealed_before(connection: &Connection, place: &Place) -> Result<bool, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM envelopes WHERE space = ?1 AND journal = ?2 AND sequence < ?3 AND state = 1)",
        )?;
        let key = params![place.space.as_bytes(), place.journal.as_bytes(), number(place.sequence)];
        Ok(statement.query_row(key, |row| row.get(0))?)
    }

    /// The envelopes of a space that are still sealed, in the order of their journals; but those before which a rescue left
    /// a hole, which cannot be placed until it is filled.
    pub(crate) fn sealed_envelopes(
        connection: &Connection,
        space: &SpaceId,
    ) -> Result<Vec<EnvelopeRow>, VaultRefused> {
        Self::envelopes_in(connection, space, EnvelopeState::Sealed)
    }

    /// The same of those that are sealed no more, or were sealed here.
    pub(crate) fn opened_envelopes(
        connection: &Connection,
        space: &SpaceId,
    ) -> Result<Vec<EnvelopeRow>, VaultRefused> {
        Self::envelopes_in(connection, space, EnvelopeState::Open)
    }

    fn envelopes_in(
        connection: &Connection,
        space: &SpaceId,
        state: EnvelopeState,
    ) -> Result<Vec<EnvelopeRow>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT e.space, e.journal, e.sequence, j.signer, e.wire, p.hash FROM envelopes e
             JOIN journals j ON j.journal = e.journal
             LEFT JOIN envelopes p ON p.journal = e.journal AND p.sequence = e.sequence - 1
             WHERE e.space = ?1 AND e.state = ?2 AND (e.sequence = 1 OR p.hash IS NOT NULL)
             ORDER BY e.journal, e.sequence",
        )?;
        let rows = statement.query_map(params![space.as_bytes(), state.code()], |row| {
            let (place, signer): (Place, DeviceId) = (place_of(row)?, id(row, 3)?);
            let link = match place.sequence.before() {
                None => Link::First(signer),
                Some(_) => Link::After(id(row, 5)?),
            };
            Ok(EnvelopeRow { place, signer, link, wire: row.get(4)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The journal this install writes in a space, made with `make` if there is none yet.
    pub(crate) fn own_journal(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        make: impl FnOnce() -> JournalId,
    ) -> Result<JournalId, VaultRefused> {
        let mut select = transaction.prepare_cached("SELECT journal FROM own_journals WHERE space = ?1")?;
        if let Some(journal) = select.query_row([space.as_bytes()], |row| id(row, 0)).optional()? {
            return Ok(journal);
        }
        let journal = make();
        let mut insert = transaction
            .prepare_cached("INSERT INTO own_journals (space, journal, counter) VALUES (?1, ?2, 0)")?;
        insert.execute(params![space.as_bytes(), journal.as_bytes()])?;
        Ok(journal)
    }

    /// The next envelopes of a space open a new journal: another install writes the present one too, or it has said what
    /// is to be said once more.
    pub(crate) fn leave_own_journal(
        transaction: &Transaction<'_>,
        space: &SpaceId,
    ) -> Result<(), VaultRefused> {
        transaction.execute("DELETE FROM own_journals WHERE space = ?1", [space.as_bytes()])?;
        Ok(())
    }

    /// How many journals of a signer are held.
    pub(crate) fn journals_of(connection: &Connection, signer: &DeviceId) -> Result<u64, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT count(*) FROM journals WHERE signer = ?1")?;
        Ok(statement.query_row([signer.as_bytes()], |row| row.get(0))?)
    }

    /// How many journals of a signer are held in a space.
    pub(crate) fn journals_in(
        connection: &Connection,
        (space, signer): (&SpaceId, &DeviceId),
    ) -> Result<u64, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT count(*) FROM journals WHERE space = ?1 AND signer = ?2")?;
        Ok(statement.query_row(params![space.as_bytes(), signer.as_bytes()], |row| row.get(0))?)
    }

    /// Forgets which journals this install was writing, so that the next envelopes open new ones. Nothing is lost.
    pub(crate) fn leave_own_journals(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
        transaction.execute("DELETE FROM own_journals", [])?;
        Ok(())
    }

    /// The next statement's number under a journal.
    pub(crate) fn next_statement_number(
        transaction: &Transaction<'_>,
        journal: &JournalId,
    ) -> Result<u64, VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE own_journals SET counter = counter + 1 WHERE journal = ?1 RETURNING counter",
        )?;
        Ok(update.query_row([journal.as_bytes()], |row| row.get(0))?)
    }

    /// Where a device's own journal goes on: from the database, never from memory.
    pub(crate) fn own_next(
        transaction: &Transaction<'_>,
        space: &SpaceId,
        journal: &JournalId,
        device: &DeviceId,
    ) -> Result<NextPlace, VaultRefused> {
        let mut statement =
            transaction.prepare_cached("SELECT sequence, hash FROM journals WHERE journal = ?1")?;
        let head: Option<(Sequence, EnvelopeHash)> = statement
            .query_row([journal.as_bytes()], |row| Ok((sequence(row, 0)?, id(row, 1)?)))
            .optional()?;
        let (sequence, link) = match head {
            None => (Sequence::FIRST, Link::First(*device)),
            Some((last, hash)) => (last.next(), Link::After(hash)),
        };
        let place = Place { space: *space, journal: *journal, sequence };
        Ok(NextPlace { place, link })
    }

    /// Everything held, for a satchel: the spaces in `first` before all others, in its order, each in the order in which it was kept here, with the links that the wire form
    /// leaves out.
    pub(crate) fn each_envelope(
        connection: &Connection,
        first: &[SpaceId],
        mut take: impl FnMut(EnvelopeRow) -> Result<(), VaultRefused>,
    ) -> Result<(), VaultRefused> {
        let mut spaces = connection.prepare_cached("SELECT DISTINCT space FROM journals ORDER BY space")?;
        let mut all: Vec<SpaceId> =
            spaces.query_map([], |row| id(row, 0))?.collect::<rusqlite::Result<_>>()?;
        all.sort_by_key(|space| first.iter().position(|known| known == space).unwrap_or(usize::MAX));
        let mut statement = connection.prepare_cached(
            "SELECT e.space, e.journal, e.sequence, j.signer, e.wire, p.hash FROM envelopes e
             JOIN journals j ON j.journal = e.journal
             LEFT JOIN envelopes p ON p.journal = e.journal AND p.sequence = e.sequence - 1
             WHERE e.space = ?1 AND (e.sequence = 1 OR p.hash IS NOT NULL) ORDER BY e.row",
        )?;
        for space in all {
            let mut rows = statement.query([space.as_bytes()])?;
            while let Some(row) = rows.next()? {
                let (place, signer): (Place, DeviceId) = (place_of(row)?, id(row, 3)?);
                let link = match place.sequence.before() {
                    None => Link::First(signer),
                    Some(_) => Link::After(id(row, 5)?),
                };
                take(EnvelopeRow { place, signer, link, wire: row.get(4)? })?;
            }
        }
        Ok(())
    }

    /// What is held and opened of a space, with the journals of `without` and envelopes of acks alone left out: each journal
    /// up to the first envelope that is still sealed. A journal with a hole in it is not held.
    pub(crate) fn frontier(
        connection: &Connection,
        space: &SpaceId,
        without: &DeviceId,
    ) -> Result<Frontier, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "WITH whole AS (
                 SELECT journal FROM envelopes WHERE space = ?1 GROUP BY journal HAVING count(*) = max(sequence))
             SELECT e.journal, max(e.sequence), e.hash FROM envelopes e JOIN journals j ON j.journal = e.journal
             WHERE e.space = ?1 AND j.signer <> ?2 AND e.acks_only = 0 AND e.journal IN whole
                 AND NOT EXISTS (SELECT 1 FROM envelopes s WHERE s.space = ?1 AND s.journal = e.journal
                     AND s.state = 1 AND s.sequence <= e.sequence)
             GROUP BY e.journal",
        )?;
        let heads = statement.query_map(params![space.as_bytes(), without.as_bytes()], |row| {
            let hash: EnvelopeHash = id(row, 2)?;
            Ok((id(row, 0)?, Head { sequence: sequence(row, 1)?, hash: hash.head() }))
        })?;
        Ok(heads.collect::<rusqlite::Result<_>>()?)
    }
}
