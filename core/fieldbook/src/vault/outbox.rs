//! The outbox: what no receipt covers, and what receipts and refusals say about it.

use std::collections::BTreeMap;

use jasaq_protocol::ids::{DeviceId, JournalId, Place, SpaceId};
use jasaq_protocol::journal::Frontier;
use jasaq_protocol::membership::Rank;
use jasaq_protocol::sync::Refusal;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::journals::place_of;
use super::rows::{id, number};
use super::{Vault, VaultRefused};

/// An envelope to be carried.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) place: Place,
    pub(crate) wire: Vec<u8>,
}

/// What the frames around an envelope take at most: its own, and the run it may open.
const OUTGOING_OVERHEAD_BYTES: usize = 64;

/// Most doubtful journals of which a request asks: junk must not eat a weak link.
const DOUBTFUL_JOURNALS_MAX: usize = 8;

/// How deep in the membership a signer stands: what he says is explained by what was said less deep, and by nothing else,
/// because only a strictly higher rank lets anybody in. Who asks to be let in stands right behind the rank of his inviter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Depth {
    pub(crate) rank: Rank,
    pub(crate) asks: bool,
}

/// When a journal's envelopes go up. What the relay has a reason to refuse goes last, and never much of it at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Operations of members: they explain everything else, and each other in this order, so that a relay that knows nothing
    /// takes them in one request.
    Explains(Depth),
    /// What the subdivision has to be told at once, whoever wrote it.
    Urgent,
    /// What this device wrote.
    Own,
    /// What it carries for others.
    Carried,
    /// The relay refused some of it for good when last told, or nothing here explains its signer, so that the relay may refuse it:
    /// one envelope of the journal goes up, to ask.
    Doubtful,
}

/// Whose envelopes stand how in the order of the outbox.
pub(crate) struct OutboxOrder<'a> {
    /// The rolls, the territory's first.
    pub(crate) rolls: &'a [SpaceId],
    /// The spaces of what is told to subdivisions.
    pub(crate) urgent: &'a [SpaceId],
    /// This device.
    pub(crate) device: DeviceId,
    /// How deep a signer stands; none if nothing here explains him.
    pub(crate) depth_of: &'a dyn Fn(&DeviceId) -> Option<Depth>,
    /// Moves on with every request, and with it which of the doubtful journals are asked about.
    pub(crate) counter: u64,
    /// Whether only the first envelope of each journal goes up: one is enough to be told how far the relay has it.
    pub(crate) is_question: bool,
}

impl OutboxOrder<'_> {
    fn position(&self, space: &SpaceId) -> usize {
        self.rolls.iter().position(|roll| roll == space).unwrap_or(usize::MAX)
    }

    fn turn(&self, space: &SpaceId, signer: &DeviceId, refused: bool) -> Turn {
        match (self.depth_of)(signer) {
            _ if refused => Turn::Doubtful,
            Some(depth) if self.rolls.contains(space) => Turn::Explains(depth),
            Some(_) if self.urgent.contains(space) => Turn::Urgent,
            _ if *signer == self.device => Turn::Own,
            Some(_) => Turn::Carried,
            None => Turn::Doubtful,
        }
    }
}

impl Vault {
    /// Envelopes that no receipt covers, within a budget of bytes, whoever wrote them: what explains the rest first, from the
    /// root down, then this device's own, then what it carries, each space in the order in which it was kept here.
    pub(crate) fn outbox(
        connection: &Connection,
        order: &OutboxOrder<'_>,
        bytes_max: usize,
    ) -> Result<Vec<Outgoing>, VaultRefused> {
        let mut turns = Self::turns(connection, order)?;
        let mut statement = connection.prepare_cached(
            "SELECT space, journal, sequence, wire FROM envelopes INDEXED BY outbox
             WHERE at_relay = 0 AND space = ?1 ORDER BY row",
        )?;
        let (mut outbox, mut bytes) = (Vec::new(), 0);
        let mut rounds: Vec<_> = turns.values().copied().collect();
        rounds.sort_unstable();
        rounds.dedup();
        for (turn, position, space) in rounds {
            let mut rows = statement.query([space.as_bytes()])?;
            while let Some(row) = rows.next()? {
                let place = place_of(row)?;
                if turns.get(&place.journal) != Some(&(turn, position, space)) {
                    continue;
                }
                if order.is_question || turn == Turn::Doubtful {
                    turns.remove(&place.journal);
                }
                let outgoing = Outgoing { place, wire: row.get(3)? };
                bytes += outgoing.wire.len() + OUTGOING_OVERHEAD_BYTES;
                if bytes > bytes_max {
                    return Ok(outbox);
                }
                outbox.push(outgoing);
            }
        }
        Ok(outbox)
    }

    /// The turn of every journal that has something in the outbox, and the place of its space within that turn.
    fn turns(
        connection: &Connection,
        order: &OutboxOrder<'_>,
    ) -> Result<BTreeMap<JournalId, (Turn, usize, SpaceId)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT e.space, e.journal, j.signer, max(e.refusal NOT IN (?1, ?2))
             FROM envelopes e INDEXED BY outbox JOIN journals j ON j.journal = e.journal
             WHERE e.at_relay = 0 GROUP BY e.space, e.journal",
        )?;
        // What goes up now may be what these waited for.
        let of_its_time = [Refusal::NotYet as i64, Refusal::Gap as i64];
        let rows = statement.query_map(of_its_time, |row| {
            let (space, journal): (SpaceId, JournalId) = (id(row, 0)?, id(row, 1)?);
            let refused: Option<bool> = row.get(3)?;
            let turn = order.turn(&space, &id(row, 2)?, refused.unwrap_or(false));
            Ok((journal, (turn, order.position(&space), space)))
        })?;
        let mut turns: BTreeMap<_, _> = rows.collect::<rusqlite::Result<_>>()?;
        let is_doubtful = |turn: &(Turn, usize, SpaceId)| turn.0 == Turn::Doubtful;
        let doubtful: Vec<JournalId> = turns
            .iter()
            .filter(|(_, turn)| is_doubtful(turn))
            .map(|(journal, _)| *journal)
            .collect();
        let windows = doubtful.chunks(DOUBTFUL_JOURNALS_MAX).count().max(1) as u64;
        let window = usize::try_from(order.counter % windows).unwrap_or_default();
        let asked = doubtful.chunks(DOUBTFUL_JOURNALS_MAX).nth(window).unwrap_or_default();
        turns.retain(|journal, turn| !is_doubtful(turn) || asked.contains(journal));
        Ok(turns)
    }

    /// Who signed what waits in these rolls and no refusal holds up.
    pub(crate) fn signers_waiting(
        connection: &Connection,
        rolls: &[SpaceId],
    ) -> Result<Vec<DeviceId>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT j.signer FROM envelopes e INDEXED BY outbox JOIN journals j ON j.journal = e.journal
             WHERE e.at_relay = 0 AND e.space = ?1 GROUP BY e.journal HAVING count(e.refusal) = 0",
        )?;
        let mut signers = Vec::new();
        for roll in rolls {
            let rows = statement.query_map([roll.as_bytes()], |row| id::<DeviceId>(row, 0))?;
            signers.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(signers)
    }

    /// Envelopes not at the relay: how many, and their bytes.
    pub(crate) fn outbox_size(connection: &Connection) -> Result<(u64, u64), VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT count(*), coalesce(sum(length(wire)), 0) FROM envelopes INDEXED BY outbox WHERE at_relay = 0",
        )?;
        Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Whether an envelope waits to go up in whose journal the relay has refused none, but for a gap that this device fills: of
    /// a journal it refuses one, and with it what follows.
    pub(crate) fn has_more_to_push(connection: &Connection) -> Result<bool, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM envelopes INDEXED BY outbox WHERE at_relay = 0
                 GROUP BY journal HAVING count(nullif(refusal, ?1)) = 0)",
        )?;
        Ok(statement.query_row([Refusal::Gap as i64], |row| row.get(0))?)
    }

    /// Notes why the relay did not store an envelope. It stays in the outbox, or comes back to it: what was stored there once
    /// is lost.
    pub(crate) fn note_refusal(
        transaction: &Transaction<'_>,
        place: &Place,
        reason: Refusal,
    ) -> Result<(), VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE envelopes SET refusal = ?3, at_relay = 0 WHERE journal = ?1 AND sequence = ?2",
        )?;
        update.execute(params![place.journal.as_bytes(), number(place.sequence), reason as i64])?;
        Ok(())
    }

    /// Why the relay refused the envelope at this place when last told.
    pub(crate) fn refusal_at(connection: &Connection, place: &Place) -> Result<Option<i64>, VaultRefused> {
        let mut statement = connection
            .prepare_cached("SELECT refusal FROM envelopes WHERE journal = ?1 AND sequence = ?2")?;
        let place = params![place.journal.as_bytes(), number(place.sequence)];
        Ok(statement.query_row(place, |row| row.get(0)).optional()?.flatten())
    }

    /// How many envelopes the relay refused when last told, by reason code.
    pub(crate) fn refusals(connection: &Connection) -> Result<Vec<(i64, u64)>, VaultRefused> {
        let mut statement = connection.prepare_cached(
            "SELECT refusal, count(*) FROM envelopes WHERE at_relay = 0 AND refusal IS NOT NULL GROUP BY refusal",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Marks what a frontier covers as stored at the relay, where the hash there is ours. Says of how many that is new.
    pub(crate) fn note_stored(
        transaction: &Transaction<'_>,
        stored: &Frontier,
    ) -> Result<usize, VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE envelopes SET at_relay = 1, refusal = NULL WHERE journal = ?1 AND sequence <= ?2 AND at_relay = 0",
        )?;
        let mut new = 0;
        for (journal, head) in stored.iter() {
            let ours = Self::envelope_hash(transaction, journal, Some(head.sequence))?;
            if ours.is_some_and(|hash| hash.head() == head.hash) {
                new += update.execute(params![journal.as_bytes(), number(head.sequence)])?;
            }
        }
        Ok(new)
    }

    /// Marks one envelope as stored at the relay: it came from there.
    pub(crate) fn note_at_relay(transaction: &Transaction<'_>, place: &Place) -> Result<(), VaultRefused> {
        let mut update = transaction.prepare_cached(
            "UPDATE envelopes SET at_relay = 1 WHERE journal = ?1 AND sequence = ?2 AND at_relay = 0",
        )?;
        update.execute(params![place.journal.as_bytes(), number(place.sequence)])?;
        Ok(())
    }

    /// What another relay holds says nothing about this one: everything goes up again, whoever wrote it, and every space
    /// is asked for from its start.
    pub(crate) fn note_replaced(transaction: &Transaction<'_>) -> Result<(), VaultRefused> {
        transaction
            .execute("UPDATE envelopes SET at_relay = 0, passed = 0, number = NULL, refusal = NULL", [])?;
        transaction.execute("DELETE FROM cursors", [])?;
        transaction.execute("DELETE FROM tickets", [])?;
        Self::forget_attachments_at_relay(transaction)
    }

    /// The relay lacks some of a journal that it had: all of it goes up again but what its receipt names. Says how many
    /// envelopes that is.
    pub(crate) fn note_lost(
        transaction: &Transaction<'_>,
        journal: JournalId,
    ) -> Result<usize, VaultRefused> {
        let lower = "UPDATE envelopes SET at_relay = 0 WHERE journal = ?1 AND at_relay = 1";
        Ok(transaction.execute(lower, [journal.as_bytes()])?)
    }
}
