//! Statements become one change, after the changes that their journal made in the document before.
//!
//! Promises that the change depends on the journal's previous one and on nothing else, that it can be read back (it is,
//! before it is returned), and that it is small: all maps come first and then the fields one after the other, `at` of all
//! statements, `kind` of all statements, because columns hold repetitions in two bytes.
//!
//! Refuses a key that was written before: nothing is overwritten.

use std::collections::BTreeSet;

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ObjId, ObjType, PatchLog, ROOT, ReadDoc, ScalarValue,
};
use jasaq_model::ids::StatementRef;
use jasaq_model::statement::{Fields, Scalar};

use super::chain::{Chain, ChainBroken};
use super::read::{ChangeRefused, decode_change, read_change};
use super::{Actor, ChangeHash};
use crate::limits::STATEMENTS_MAX;

/// A change that was written and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenChange {
    /// Its name.
    pub(crate) hash: ChangeHash,
    /// It, uncompressed.
    pub(crate) bytes: Vec<u8>,
    /// Its number among the actor's changes in the document.
    pub(crate) seq: u64,
    /// The counter of its last operation.
    pub(crate) max_op: u64,
}

/// Why nothing was written, or no document put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DocumentRefused {
    /// An earlier change of our own cannot be read.
    #[error("an own earlier change: {0}")]
    OwnChange(ChangeRefused),
    /// Earlier changes of our own are incomplete or out of order.
    #[error("own earlier changes: {0}")]
    OwnChain(#[from] ChainBroken),
    /// A statement is written once.
    #[error("statement {statement} was written before")]
    WrittenBefore {
        /// Which.
        statement: StatementRef,
    },
    /// More of something than one change may have; write fewer statements.
    #[error("the new change: {0}")]
    NewChange(ChangeRefused),
    /// This journal alone fills the document.
    #[error("the document is full: {statements} statements of this journal")]
    Full {
        /// How many it would have.
        statements: usize,
    },
    /// Automerge would not, for a reason that we should have refused before.
    #[error("automerge: {reason}")]
    Automerge {
        /// What it said: it names ids and counters only.
        reason: String,
    },
}

impl DocumentRefused {
    /// Whether another journal could write it.
    pub(crate) fn is_of_this_journal(&self) -> bool {
        matches!(
            self,
            Self::OwnChange(_) | Self::OwnChain(_) | Self::WrittenBefore { .. } | Self::Full { .. }
        )
    }

    /// Whether fewer statements at once could be written.
    pub(crate) fn is_too_much(&self) -> bool {
        matches!(
            self,
            Self::NewChange(
                ChangeRefused::TooLong { .. }
                    | ChangeRefused::TooManyOperations
                    | ChangeRefused::TooManyStatements
            )
        )
    }
}

impl From<AutomergeError> for DocumentRefused {
    fn from(error: AutomergeError) -> Self {
        Self::Automerge { reason: error.to_string() }
    }
}

/// Writes statements after `own`: the changes that this journal made in the document before, in order.
pub(crate) fn write_change(
    own: &[impl AsRef<[u8]>],
    actor: &Actor,
    statements: &[(StatementRef, Fields)],
) -> Result<WrittenChange, DocumentRefused> {
    let (mut automerge, previous) = load_own(own, actor, statements)?;
    let heads = automerge.get_heads();
    // At the heads, because a plain transaction of an actor who did not write last would depend on his own last one too.
    let mut transaction = automerge
        .transaction_at(PatchLog::inactive(), &heads)
        .map_err(AutomergeError::from)?;
    put_statements(&mut transaction, statements)?;
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
    let change = hash.and_then(|hash| automerge.get_change_by_hash(&hash));
    let change = change.ok_or(DocumentRefused::NewChange(ChangeRefused::Nothing))?;
    let bytes = change.raw_bytes().to_vec();
    let read = read_change(&bytes, actor.journal()).map_err(DocumentRefused::NewChange)?;
    assert_eq!(read.previous, previous, "a change depends on its journal's previous one only");
    assert!(read.statements == statements, "what is written reads back");
    Ok(WrittenChange { hash: read.hash, bytes, seq: read.seq, max_op: read.max_op })
}

/// A document of the own changes alone, and the last of them.
fn load_own(
    own: &[impl AsRef<[u8]>],
    actor: &Actor,
    statements: &[(StatementRef, Fields)],
) -> Result<(Automerge, Option<ChangeHash>), DocumentRefused> {
    let mut chain = Chain::default();
    let mut changes: Vec<Change> = Vec::with_capacity(own.len());
    let mut written = BTreeSet::new();
    for bytes in own {
        let (read, change) = decode_change(bytes.as_ref()).map_err(DocumentRefused::OwnChange)?;
        if read.actor.journal() != actor.journal() {
            return Err(DocumentRefused::OwnChange(ChangeRefused::ForgedActor));
        }
        chain.extend(&read)?;
        changes.push(change);
        written.extend(read.into_references());
    }
    for (statement, _) in statements {
        if !written.insert(statement.clone()) {
            return Err(DocumentRefused::WrittenBefore { statement: statement.clone() });
        }
    }
    if written.len() > STATEMENTS_MAX {
        return Err(DocumentRefused::Full { statements: written.len() });
    }
    let mut automerge = Automerge::new().with_actor(ActorId::from(actor.to_bytes()));
    automerge.apply_changes(changes)?;
    Ok((automerge, chain.last()))
}

fn put_statements(
    transaction: &mut Transaction<'_>,
    statements: &[(StatementRef, Fields)],
) -> Result<(), AutomergeError> {
    let mut maps: Vec<(ObjId, &Fields)> = Vec::with_capacity(statements.len());
    for (statement, fields) in statements {
        maps.push((transaction.put_object(ROOT, statement.as_str(), ObjType::Map)?, fields));
    }
    let keys: BTreeSet<&str> =
        maps.iter().flat_map(|(_, fields)| fields.iter()).map(|(key, _)| key).collect();
    for key in keys {
        for (map, fields) in &maps {
            if let Some(scalar) = fields.get(key) {
                transaction.put(map, key, value_of(scalar))?;
            }
        }
    }
    Ok(())
}

fn value_of(scalar: &Scalar) -> ScalarValue {
    match scalar {
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
        Scalar::Int(int) => ScalarValue::Int(*int),
        Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
        Scalar::Flag(flag) => ScalarValue::Boolean(*flag),
    }
}
