//! What the rolls say is to go, taken away step by step: sections and attachments that were erased, and closed spaces.
//!
//! Promises: each step is one transaction of a bounded size, so that nobody waits long for it; wherever it is left off it goes on,
//! after a kill, and in a backup that was restored; nothing of it stays in the file, or in its log, but what
//! [`Storage::cut_log`](crate::storage::Storage::cut_log) and SQLite's own order of pages leave behind.

use jasaq_protocol::ids::Place;
use jasaq_protocol::membership::Placement;
use jasaq_protocol::seal::{SectionSet, WireEnvelope};
use rusqlite::Transaction;

use crate::limits::{ATTACHMENTS_CLEARED_AT_ONCE, ENVELOPES_CLEARED_AT_ONCE, PARTS_CLEARED_AT_ONCE};
use crate::relay::Relay;
use crate::storage::{
    StorageError, StoredEnvelope, drop_envelopes, drop_parts, load_journal, load_stored, replace_wire,
};
use crate::territories::verify_again;

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
        let (mut erased, mut damaged) = (0_u64, 0_u64);
        for at in &due {
            match erase_stored(&transaction, at, self.territories.erased_of(at)) {
                Ok(is_new) => erased += u64::from(is_new),
                // What is not what it was stays as it is, and is in no other's way.
                Err(StorageError::Damaged(_)) => damaged += 1,
                Err(error) => return Err(error),
            }
        }
        transaction.commit()?;
        self.territories.note_erased(&due);
        if erased > 0 {
            tracing::info!(erased, "envelopes lost the sections that were erased of them");
        }
        if damaged > 0 {
            let sentence = "envelopes are damaged, and what is erased of them stays: see `jasaq relay check`";
            tracing::error!(damaged, "{sentence}");
        }
        Ok(())
    }

    fn clear_attachments(&mut self) -> Result<(), StorageError> {
        let due = self.territories.due_attachments(ATTACHMENTS_CLEARED_AT_ONCE);
        if due.is_empty() {
            return Ok(());
        }
        let transaction = self.storage.begin()?;
        let (mut parts_left, mut gone) = (PARTS_CLEARED_AT_ONCE, Vec::new());
        for attachment in due {
            parts_left = drop_parts(&transaction, (&attachment.0, Some(&attachment.1)), parts_left)?;
            if parts_left == 0 {
                break;
            }
            gone.push(attachment);
        }
        transaction.commit()?;
        self.territories.note_gone(&gone);
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
pub(super) fn erase_stored(
    transaction: &Transaction<'_>,
    at: &Placement,
    sections: SectionSet,
) -> Result<bool, StorageError> {
    let place = Place { space: at.space, journal: at.journal, sequence: at.sequence };
    // Who may erase in one space names nothing of another.
    let journal = load_journal(transaction, &place.journal)?.filter(|journal| journal.space == place.space);
    let Some(journal) = journal else { return Ok(false) };
    let load = |sequence| load_stored(transaction, &journal, sequence);
    let Some((hash, wire)) = load(place.sequence)?.filter(|(hash, _)| *hash == at.hash) else {
        return Ok(false);
    };
    if WireEnvelope::decode(&wire).is_ok_and(|wire| sections.is_within(wire.erased())) {
        return Ok(false);
    }
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
