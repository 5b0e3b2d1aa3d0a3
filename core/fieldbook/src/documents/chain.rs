//! How the changes of one journal in one document hang together.
//!
//! Promises that a change which follows can be applied by Automerge beside all others: its operations are numbered after
//! those before it, and its actor's changes one by one. Refuses a second change after the same one, a gap and a number
//! used twice. A journal's envelopes stand in one order, so every device that holds them decides alike.

use std::collections::HashMap;

use super::read::ReadChange;
use super::{Actor, ChangeHash};

/// The end of a journal's chain in a document, as far as the next change must know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChainEnd {
    /// The last change.
    pub(crate) hash: ChangeHash,
    /// The counter of its last operation.
    pub(crate) max_op: u64,
    /// How many changes of the next one's actor are in the chain.
    pub(crate) actor_seq: u64,
}

/// Why a change does not follow the end of its journal's chain in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChainBroken {
    /// It follows another change, or none where there is one.
    #[error("the change does not follow its journal's last change in the document")]
    NotTheLast,
    /// Its operations or its sequence are not the next ones.
    #[error("the change is not numbered after its journal's last change in the document")]
    Numbering,
}

impl ReadChange {
    /// Checks that this is the next change of its journal in its document. If `end` is left unset, the first.
    pub(crate) fn check_follows(&self, end: Option<&ChainEnd>) -> Result<(), ChainBroken> {
        if self.previous != end.map(|end| end.hash) {
            return Err(ChainBroken::NotTheLast);
        }
        let (max_op, actor_seq) = end.map_or((0, 0), |end| (end.max_op, end.actor_seq));
        if self.start_op == max_op + 1 && self.seq == actor_seq + 1 {
            Ok(())
        } else {
            Err(ChainBroken::Numbering)
        }
    }
}

/// One journal's chain in one document, while it is put together.
#[derive(Debug, Default)]
pub(super) struct Chain {
    last: Option<(ChangeHash, u64)>,
    actor_seqs: HashMap<Actor, u64>,
}

impl Chain {
    pub(super) fn last(&self) -> Option<ChangeHash> {
        self.last.map(|(hash, _)| hash)
    }

    /// Takes the next change.
    pub(super) fn extend(&mut self, change: &ReadChange) -> Result<(), ChainBroken> {
        let actor_seq = self.actor_seqs.get(&change.actor).copied().unwrap_or(0);
        let end = self.last.map(|(hash, max_op)| ChainEnd { hash, max_op, actor_seq });
        change.check_follows(end.as_ref())?;
        self.last = Some((change.hash, change.max_op));
        self.actor_seqs.insert(change.actor, change.seq);
        Ok(())
    }
}
