//! What is carried away in files of a bounded size: journal by journal, each whole where it fits.

use jasaq_protocol::ids::{DeviceId, JournalId, Place, SpaceId};
use jasaq_protocol::seal::Link;
use rusqlite::{Connection, params};

use super::journals::{EnvelopeRow, place_of};
use super::rows::id;
use super::{Vault, VaultRefused};

/// A journal to be carried, and how many bytes its wire forms have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CarriedJournal {
    pub(crate) space: SpaceId,
    pub(crate) journal: JournalId,
    pub(crate) envelopes: u64,
    pub(crate) bytes: u64,
}

impl Vault {
    /// Every journal, those of the spaces in `first` before all others, in its order, each space in the order in which its journals were begun here.
    pub(crate) fn carried_journals(
        connection: &Connection,
        first: &[SpaceId],
    ) -> Result<Vec<CarriedJournal>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT space, journal, count(*), sum(length(wire)) FROM envelopes
             GROUP BY space, journal ORDER BY space, min(row)",
        )?;
        let rows = statement.query_map([], |row| {
            let space: SpaceId = id(row, 0)?;
            Ok((
                space,
                CarriedJournal { space, journal: id(row, 1)?, envelopes: row.get(2)?, bytes: row.get(3)? },
            ))
        })?;
        let mut journals: Vec<(SpaceId, CarriedJournal)> = rows.collect::<rusqlite::Result<_>>()?;
        journals
            .sort_by_key(|(space, _)| first.iter().position(|known| known == space).unwrap_or(usize::MAX));
        Ok(journals.into_iter().map(|(_, journal)| journal).collect())
    }

    /// The envelopes of a journal, but those before which a rescue left a hole.
    pub(crate) fn each_of_journal<E: From<VaultRefused>>(
        connection: &Connection,
        journal: &JournalId,
        mut take: impl FnMut(EnvelopeRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = connection
            .prepare_cached(
                "SELECT e.space, e.journal, e.sequence, j.signer, e.wire, p.hash FROM envelopes e
                 JOIN journals j ON j.journal = e.journal
                 LEFT JOIN envelopes p ON p.journal = e.journal AND p.sequence = e.sequence - 1
                 WHERE e.journal = ?1 AND (e.sequence = 1 OR p.hash IS NOT NULL) ORDER BY e.sequence",
            )
            .map_err(VaultRefused::from)?;
        let mut rows = statement.query(params![journal.as_bytes()]).map_err(VaultRefused::from)?;
        while let Some(row) = rows.next().map_err(VaultRefused::from)? {
            take(read_row(row).map_err(VaultRefused::from)?)?;
        }
        Ok(())
    }
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<EnvelopeRow> {
    let (place, signer): (Place, DeviceId) = (place_of(row)?, id(row, 3)?);
    let link = match place.sequence.before() {
        None => Link::First(signer),
        Some(_) => Link::After(id(row, 5)?),
    };
    Ok(EnvelopeRow { place, signer, link, wire: row.get(4)? })
}
