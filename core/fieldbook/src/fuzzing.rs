//! Doors to what a fuzz target has to reach and nobody else: a change by itself, and documents put together from any.
//!
//! Through the façade a change is reached past a vault, a signature and a seal, a thousand times slower. Compiled for tests
//! alone, behind the feature `fuzzing`; adds no rule of its own.

use jasaq_model::ids::StatementRef;
use jasaq_model::statement::Fields;
use jasaq_protocol::ids::JournalId;

use crate::documents::{self, Document};
pub use crate::formats::certificates::by_hand;

/// What a change states, if it is one that may stand in this journal.
#[must_use]
pub fn read_change(bytes: &[u8], journal: &JournalId) -> Option<Vec<(StatementRef, Fields)>> {
    documents::read_change(bytes, journal).ok().map(|read| read.statements)
}

/// A document put together from changes.
#[derive(Debug, PartialEq, Eq)]
pub struct Merged {
    /// What it shows.
    pub statements: Vec<(StatementRef, Fields)>,
    /// The changes that no other follows.
    pub heads: Vec<[u8; 32]>,
    /// The changes that follow a missing one.
    pub waiting: Vec<[u8; 32]>,
    /// How many were left out for good.
    pub defects: usize,
    /// The Automerge file.
    pub saved: Vec<u8>,
}

/// Puts a document together. If left unset, Automerge would not.
#[must_use]
pub fn merge(changes: &[Vec<u8>]) -> Option<Merged> {
    let document = Document::from_changes(changes).ok()?;
    let statements = document.statements().into_iter().map(|(key, fields, _)| (key, fields));
    Some(Merged {
        statements: statements.collect(),
        heads: document.heads(),
        waiting: document.waiting().copied().collect(),
        defects: document.defects().len(),
        saved: document.save(),
    })
}
