//! The roster's index: one row a person, in the order of the Kazakh alphabet, with the terms by which he is found.
//!
//! Promises that no row outlives what it was made of without being due: the schema itself notes every document in which a
//! statement came, went or stands otherwise now. What a row says is made above, where the register's statements are understood;
//! here it is kept, ordered and found. All of it can be made again.
//!
//! A rank is a number between those of its neighbours, with gaps. Where a gap is used up, all ranks are spread again.

mod asking;

use std::collections::BTreeMap;

pub(crate) use asking::RosterAsk;
pub use asking::{NotACursor, RosterCursor};
use jasaq_model::ids::{ListId, PersonId, SquadId};
use jasaq_protocol::ids::DocumentId;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::rows::{damaged, has_table, id};
use super::settings::{get, set};
use super::{Vault, VaultRefused};

/// How far apart ranks are at first: room for eight million persons, and for forty between any two.
const RANK_STEP: i64 = 1 << 40;

/// The setting that says by which tables the index was made, and how often its ranks were spread.
const MADE: &str = "roster";

/// A person as the index keeps him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RosterRow {
    pub(crate) person: PersonId,
    pub(crate) name: Option<String>,
    pub(crate) state: String,
    pub(crate) certificate: Option<String>,
    pub(crate) ended: Option<String>,
    pub(crate) outlook: Vec<u8>,
    pub(crate) squads: Vec<SquadId>,
}

/// A person as he is put into the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewRosterRow {
    pub(crate) row: RosterRow,
    /// What the order goes by. No two persons have one place.
    pub(crate) place: Vec<u8>,
    /// What he is searched by: words with one blank between them.
    pub(crate) folded: String,
}

const COLUMNS: &str = "rank, person, name, state, certificate, ended, outlook, squads";

fn read(row: &Row<'_>) -> rusqlite::Result<(i64, RosterRow)> {
    let person = PersonId::from_slice(row.get_ref(1)?.as_blob()?).map_err(|_| damaged(1))?;
    let squads = squads_of(row.get_ref(7)?.as_blob()?);
    let read = RosterRow {
        person,
        name: row.get(2)?,
        state: row.get(3)?,
        certificate: row.get(4)?,
        ended: row.get(5)?,
        outlook: row.get(6)?,
        squads: squads.collect(),
    };
    Ok((row.get(0)?, read))
}

fn squads_of(bytes: &[u8]) -> impl Iterator<Item = SquadId> {
    bytes.as_chunks().0.iter().map(|squad| SquadId::from_bytes(*squad))
}

impl Vault {
    /// Whether the index says what the statements say: it was made by these tables, and nothing is due.
    pub(crate) fn is_roster_current(connection: &Connection, tables: u32) -> Result<bool, VaultRefused> {
        if !has_table(connection, "roster_due")? || made(connection)?.is_none_or(|(by, _)| by != tables) {
            return Ok(false);
        }
        let mut due = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM roster_due)")?;
        Ok(!due.query_row([], |row| row.get::<_, bool>(0))?)
    }

    /// Empties an index that was made by other tables: everything is due then.
    pub(crate) fn begin_roster(transaction: &Transaction<'_>, tables: u32) -> Result<(), VaultRefused> {
        match made(transaction)? {
            Some((by, _)) if by == tables => Ok(()),
            other => {
                Self::forget_roster(transaction)?;
                note_made(transaction, (tables, other.map_or(0, |(_, spread)| spread.wrapping_add(1))))
            }
        }
    }

    /// Empties the index: every document that may say something of a person is due.
    pub(crate) fn forget_roster(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
        Ok(transaction.execute_batch(
            "DELETE FROM roster; DELETE FROM roster_terms; DELETE FROM roster_sources; DELETE FROM roster_lists;
             INSERT OR IGNORE INTO roster_due SELECT DISTINCT document FROM statements
                 WHERE kind NOT IN ('entry', 'track') AND kind NOT IN ('patrol_started', 'patrol_ended', 'leg_started',
                     'leg_ended', 'waypoint', 'attachment', 'attachment_held', 'squad_card');",
        )?)
    }

    /// Some of the documents that are due.
    pub(crate) fn roster_due(connection: &Connection, limit: usize) -> Result<Vec<DocumentId>, VaultRefused> {
        let mut statement = connection.prepare_cached("SELECT document FROM roster_due LIMIT ?1")?;
        let rows = statement.query_map([limit], |row| id(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The index says again what this document says.
    pub(crate) fn settle_roster_due(
        transaction: &Transaction<'_>,
        document: &DocumentId,
    ) -> Result<(), VaultRefused> {
        let mut settle = transaction.prepare_cached("DELETE FROM roster_due WHERE document = ?1")?;
        settle.execute([document.as_bytes()])?;
        Ok(())
    }

    /// The persons whose rows are made of a document: his whose first it is, if he is anybody, and whose first it continues.
    pub(crate) fn persons_of_document(
        connection: &Connection,
        document: &DocumentId,
    ) -> Result<Vec<PersonId>, VaultRefused> {
        let mut statement =
            connection.prepare_cached("SELECT person FROM roster_sources WHERE source = ?1")?;
        let mut persons = vec![PersonId::from_bytes(*document.as_bytes())];
        for person in statement.query_map([document.as_bytes()], |row| row.get(0))? {
            persons.push(PersonId::from_bytes(person?));
        }
        Ok(persons)
    }

    /// Notes of what else than his first document a person's row is made: documents that continue it, lists that name him.
    pub(crate) fn note_roster_sources<'a>(
        transaction: &Transaction<'_>,
        person: PersonId,
        sources: impl IntoIterator<Item = &'a [u8; 16]>,
    ) -> Result<(), VaultRefused> {
        let mut note = transaction.prepare_cached("INSERT OR IGNORE INTO roster_sources VALUES (?1, ?2)")?;
        for source in sources {
            note.execute(params![source, person.as_bytes()])?;
        }
        Ok(())
    }

    /// Brings lists up to how they stand now, by any number that tells: whom one of them names is due if that changed.
    pub(crate) fn restate_roster_lists(
        transaction: &Transaction<'_>,
        now: &BTreeMap<ListId, i64>,
    ) -> Result<(), VaultRefused> {
        let mut statement = transaction.prepare_cached("SELECT list, stands FROM roster_lists")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows = rows.map(|row| row.map(|(list, stands)| (ListId::from_bytes(list), stands)));
        let before: BTreeMap<ListId, i64> = rows.collect::<rusqlite::Result<_>>()?;
        let came = now.iter().filter(|(list, stands)| before.get(list) != Some(stands));
        let went = before.keys().filter(|list| !now.contains_key(list));
        for list in came.map(|(list, _)| list).chain(went) {
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO roster_due SELECT person FROM roster_sources WHERE source = ?1",
                )?
                .execute([list.as_bytes()])?;
            transaction
                .prepare_cached("DELETE FROM roster_lists WHERE list = ?1")?
                .execute([list.as_bytes()])?;
            if let Some(stands) = now.get(list) {
                transaction
                    .prepare_cached("INSERT INTO roster_lists VALUES (?1, ?2)")?
                    .execute(params![list.as_bytes(), stands])?;
            }
        }
        Ok(())
    }

    /// Puts a person into the index, in place of what it said of him.
    pub(crate) fn put_on_roster(
        transaction: &Transaction<'_>,
        new: &NewRosterRow,
    ) -> Result<(), VaultRefused> {
        let NewRosterRow { row, place, folded } = new;
        let held = Self::take_off_roster(transaction, row.person)?;
        let rank = match held {
            Some((rank, before)) if before == *place => rank,
            _ => rank_at(transaction, place)?,
        };
        let squads: Vec<u8> = row.squads.iter().flat_map(|squad| *squad.as_bytes()).collect();
        let mut insert = transaction.prepare_cached(
            "INSERT INTO roster (rank, person, place, name, folded, state, certificate, ended, outlook, squads)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        insert.execute(params![
            rank,
            row.person.as_bytes(),
            place,
            row.name,
            // So that what begins a word stands behind a blank.
            format!(" {folded}"),
            row.state,
            row.certificate,
            row.ended,
            row.outlook,
            squads,
        ])?;
        let mut term = transaction.prepare_cached("INSERT OR IGNORE INTO roster_terms VALUES (?1, ?2)")?;
        for of_person in terms(folded, &row.state, &row.squads) {
            term.execute(params![of_person, rank])?;
        }
        Ok(())
    }

    /// Takes a person out of the index. Says where he stood.
    pub(crate) fn take_off_roster(
        transaction: &Transaction<'_>,
        person: PersonId,
    ) -> Result<Option<(i64, Vec<u8>)>, VaultRefused> {
        let mut held = transaction
            .prepare_cached("SELECT rank, place, folded, state, squads FROM roster WHERE person = ?1")?;
        let held = held.query_row([person.as_bytes()], |row| {
            let (folded, state): (String, String) = (row.get(2)?, row.get(3)?);
            let squads: Vec<SquadId> = squads_of(row.get_ref(4)?.as_blob()?).collect();
            Ok((row.get(0)?, row.get(1)?, terms(&folded, &state, &squads).collect::<Vec<_>>()))
        });
        let Some((rank, place, terms)) = held.optional()? else { return Ok(None) };
        let mut term =
            transaction.prepare_cached("DELETE FROM roster_terms WHERE term = ?1 AND rank = ?2")?;
        for of_person in terms {
            term.execute(params![of_person, rank])?;
        }
        transaction
            .prepare_cached("DELETE FROM roster WHERE rank = ?1")?
            .execute([rank])?;
        Ok(Some((rank, place)))
    }

    /// A document is erased: nothing that was made of it stays. Of what is left of its person a row is made again.
    pub(super) fn erase_from_roster(
        transaction: &Transaction<'_>,
        document: &DocumentId,
    ) -> Result<(), VaultRefused> {
        for person in Self::persons_of_document(transaction, document)? {
            if Self::take_off_roster(transaction, person)?.is_some() {
                transaction.execute("DELETE FROM roster_sources WHERE person = ?1", [person.as_bytes()])?;
                transaction.execute("INSERT OR IGNORE INTO roster_due VALUES (?1)", [person.as_bytes()])?;
            }
        }
        Ok(())
    }
}

/// What a person is found by. No word has the signs before the others.
fn terms(folded: &str, state: &str, squads: &[SquadId]) -> impl Iterator<Item = String> {
    let words = folded.split_whitespace().map(str::to_owned);
    words.chain([term_of_state(state)]).chain(squads.iter().map(term_of_squad))
}

fn term_of_state(state: &str) -> String {
    format!("={state}")
}

fn term_of_squad(squad: &SquadId) -> String {
    format!("@{squad}")
}

/// By which tables the index was made, and how often its ranks were spread; none if it never was.
fn made(connection: &Connection) -> Result<Option<(u32, u32)>, VaultRefused> {
    let value: Option<[u8; 8]> = get(connection, MADE)?.and_then(|value| value.try_into().ok());
    Ok(value
        .map(|[a, b, c, d, e, f, g, h]| (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))))
}

fn note_made(transaction: &Transaction<'_>, (tables, spread): (u32, u32)) -> Result<(), VaultRefused> {
    set(transaction, MADE, &[tables.to_be_bytes(), spread.to_be_bytes()].concat())
}

/// A rank between the neighbours of a place.
fn rank_at(transaction: &Transaction<'_>, place: &[u8]) -> Result<i64, VaultRefused> {
    if let Some(rank) = free_rank(transaction, place)? {
        return Ok(rank);
    }
    spread(transaction)?;
    // Nobody has as many persons as there are numbers.
    free_rank(transaction, place)?.ok_or(VaultRefused::Full)
}

fn free_rank(transaction: &Transaction<'_>, place: &[u8]) -> Result<Option<i64>, VaultRefused> {
    let neighbour = |sql: &str| -> Result<Option<i64>, VaultRefused> {
        Ok(transaction
            .prepare_cached(sql)?
            .query_row([place], |row| row.get(0))
            .optional()?)
    };
    let before = neighbour("SELECT rank FROM roster WHERE place < ?1 ORDER BY place DESC LIMIT 1")?;
    let after = neighbour("SELECT rank FROM roster WHERE place > ?1 ORDER BY place LIMIT 1")?;
    Ok(match (before, after) {
        (None, None) => Some(0),
        (Some(before), None) => before.checked_add(RANK_STEP),
        (None, Some(after)) => after.checked_sub(RANK_STEP),
        (Some(before), Some(after)) => {
            let between = before.midpoint(after);
            (before < between && between < after).then_some(between)
        }
    })
}

/// Gives all ranks anew, as far apart as at first. Cursors of before are told by the number of spreads.
fn spread(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
    transaction.execute_batch(&format!(
        "CREATE TEMP TABLE spread AS SELECT rank AS old, row_number() OVER (ORDER BY rank) * {RANK_STEP} AS new FROM roster;
         CREATE TEMP TABLE rows_before AS SELECT new, roster.* FROM roster JOIN spread ON old = rank;
         CREATE TEMP TABLE terms_before AS SELECT term, new FROM roster_terms JOIN spread ON old = rank;
         DELETE FROM roster; DELETE FROM roster_terms;
         INSERT INTO roster SELECT new, person, place, name, folded, state, certificate, ended, outlook, squads
             FROM rows_before ORDER BY new;
         INSERT INTO roster_terms SELECT term, new FROM terms_before ORDER BY term, new;
         DROP TABLE spread; DROP TABLE rows_before; DROP TABLE terms_before;"
    ))?;
    let (tables, spreads) = made(transaction)?.unwrap_or_default();
    note_made(transaction, (tables, spreads.wrapping_add(1)))
}

#[cfg(test)]
mod tests;
