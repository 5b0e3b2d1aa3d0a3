//! What the rolls say is to go, taken away step by step: sections and attachments that were erased, and closed spaces.
//!
//! Promises: each step is one transaction of a bounded size, so that nobody waits long for it; wherever it is left off it goes on,
//! after a kill, and in a backup that was restored; nothing of it stays in the file, or in its log, but what
//! [`Storage::cut_log`](crate::storage::Storage::cut_log) and SQLite's own order of pages leave behind.

use jasaq_protocol::ids::Place;
use jasaq_protocol::membership::Placement;
use jasaq_protocol::seal::SectionSet;
use rusqlite::Transaction;

use crate::limits::{ENVELOPES_CLEARED_AT_ONCE, PARTS_CLEARED_AT_ONCE};
use crate::relay::Relay;
use crate::storage::{
    StorageError, StoredEnvelope, drop_envelopes, drop_parts, load_journal, load_stored, replace_wire,
};
use crate::territories::verify_again;

/// What one step did: numbers alone, for the trace.
#[derive(Debug, Default)]
struct Cleared {
    erased: u64,
    /// Envelopes that are not what they were, so that what is erased of them cannot be told from the rest.
    damaged: u64,
}

impl Relay {
    /// Takes away some of what is to go. Says whether there is more, which the next step would take.
    pub(crate) fn clear(&mut self) -> bool {
        self.try_to_clear().unwrap_or_else(|error| {
            // It keeps nobody from what is stored. The next request tries again.
            tracing::warn!(%error, "what was erased or closed could not be taken away");
            false
        })
    }

    /// How much is still to go: envelopes, attachments and spaces, and the log with what went.
    pub(crate) fn count_due(&self) -> usize {
        self.territories.count_due() + usize::from(self.is_log_due)
    }

    fn try_to_clear(&mut self) -> Result<bool, StorageError> {
        self.forget_what_was_not_stored()?;
        self.territories.refold();
        if self.territories.count_due() > 0 {
            self.storage.check_whereabouts()?;
            self.is_log_due = true;
            self.clear_sections()?;
            self.clear_attachments()?;
            self.clear_closed()?;
        }
        if self.territories.count_due() > 0 {
            return Ok(true);
        }
        if self.is_log_due {
            // While a backup is made or a check runs, it stays due.
            self.is_log_due = !self.storage.cut_log()?;
        }
        Ok(false)
    }

    fn clear_sections(&mut self) -> Result<(), StorageError> {
        let due = self.territories.due_sections(ENVELOPES_CLEARED_AT_ONCE);
        if due.is_empty() {
            return Ok(());
        }
        let transaction = self.storage.begin()?;
        let mut cleared = Cleared::default();
        for at in &due {
            match erase_stored(&transaction, at, self.territories.erased_of(at)) {
                Ok(is_new) => cleared.erased += u64::from(is_new),
                // What cannot be read stays as it is, and is in no other's way.
                Err(StorageError::Damaged(_)) => cleared.damaged += 1,
                Err(error) => return Err(error),
            }
        }
        transaction.commit()?;
        self.territories.note_erased(&due);
        let Cleared { erased, damaged } = cleared;
        if damaged > 0 {
            tracing::error!(
                damaged,
                "envelopes are damaged, and what is erased of them stays: restore a backup"
            );
        }
        tracing::debug!(erased, "sections were erased");
        Ok(())
    }

    fn clear_attachments(&mut self) -> Result<(), StorageError> {
        let mut left = PARTS_CLEARED_AT_ONCE;
        while let Some(due) = self.territories.due_attachment().filter(|_| left > 0) {
            let transaction = self.storage.begin()?;
            let parts_left = drop_parts(&transaction, (&due.0, Some(&due.1)), left)?;
            transaction.commit()?;
            if parts_left > 0 {
                self.territories.note_gone(&due);
            }
            // To find that nothing is stored takes time as well.
            left = parts_left.saturating_sub(1);
        }
        Ok(())
    }

    /// What was begun of a closed space is ended also if it is open again meanwhile.
    fn clear_closed(&mut self) -> Result<(), StorageError> {
        let Some(space) = self.territories.next_to_drop() else { return Ok(()) };
        let transaction = self.storage.begin()?;
        let is_empty = drop_envelopes(&transaction, &space, ENVELOPES_CLEARED_AT_ONCE)?;
        let parts_left = drop_parts(&transaction, (&space, None), PARTS_CLEARED_AT_ONCE)?;
        transaction.commit()?;
        self.territories.note_dropped(&space, is_empty && parts_left > 0);
        Ok(())
    }
}

/// Takes sections out of an envelope, if it is stored and they are in it. Says whether they were.
fn erase_stored(
    transaction: &Transaction<'_>,
    at: &Placement,
    sections: SectionSet,
) -> Result<bool, StorageError> {
    let place = Place { space: at.space, journal: at.journal, sequence: at.sequence };
    let Some(journal) = load_journal(transaction, &place.journal)? else { return Ok(false) };
    let load = |sequence| load_stored(transaction, &journal, sequence);
    let Some((hash, wire)) = load(place.sequence)?.filter(|(hash, _)| *hash == at.hash) else {
        return Ok(false);
    };
    let before = place.sequence.before().map(load).transpose()?.flatten();
    let stored = StoredEnvelope { place, hash, signer: journal.signer, wire };
    let erased = verify_again(&stored, before.map(|(hash, _)| hash))?.erase(sections);
    let wire = erased.to_wire(false).encode();
    let is_new = wire != stored.wire;
    if is_new {
        replace_wire(transaction, &journal, place.sequence, &wire)?;
    }
    Ok(is_new)
}
