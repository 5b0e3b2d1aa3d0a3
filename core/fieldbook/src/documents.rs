//! Statements as Automerge documents: what is written, what is read back, and what a whole document is.
//!
//! ```text
//! ROOT ─ "k3f0a91c.17" ─ { kind: "entry", at: 1 790 …, text: "…" }     one map a statement, scalars only
//!      └ "k3f0a91c.18" ─ { … }
//!
//! journal a   change ◄── change ◄── change        a change depends on its own journal's previous one in this document,
//! journal b   change ◄── change                   and on nothing else: what is missing of one hides nothing of others
//! ```
//!
//! Promises, each tested under its number:
//! 1. what is written is read back alike, from the change alone and from the document;
//! 2. the same changes in any order are the same document, with the same heads and the same [`digest`];
//! 3. a change depends on its own journal's previous one and on nothing else, also when two processes write by turns;
//! 4. a missing change hides nothing of other journals;
//! 5. devices that begin the same document apart are merged without a conflict;
//! 6. a saved document is a file that any Automerge tool opens, and it opens whatever others have sent;
//! 7. bytes from others make a refusal or a change, never a panic, and never more work than their length allows.
//!
//! Refuses, alike on every device: a forged actor, a foreign object, an overwriting, a deletion, lists, texts and nested
//! maps, and every other encoding of the same change than Automerge's own.

mod chain;
mod chunk;
mod document;
mod read;
mod write;

#[cfg(test)]
mod dictionary;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;

pub(crate) use chain::ChainEnd;
pub(crate) use document::Document;
pub(crate) use read::{ReadChange, read_change};
pub(crate) use write::{DocumentRefused, WrittenChange, write_change};

use jasaq_protocol::ids::{DocumentId, JournalId};

/// SHA-256 of a change, as Automerge computes it.
pub(crate) type ChangeHash = [u8; 32];

/// Who wrote a change, as Automerge knows him: a journal, and four random bytes of one start of its process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Actor {
    journal: JournalId,
    start: [u8; 4],
}

impl Actor {
    const BYTES: usize = JournalId::LENGTH + 4;

    /// The actor of this start of the process that keeps a journal.
    pub(crate) const fn new(journal: JournalId, start: [u8; 4]) -> Self {
        Self { journal, start }
    }

    /// The journal he writes to.
    pub(crate) const fn journal(&self) -> &JournalId {
        &self.journal
    }

    /// What Automerge sees.
    pub(crate) fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let given = self.journal.as_bytes().iter().chain(&self.start);
        bytes.iter_mut().zip(given).for_each(|(byte, given)| *byte = *given);
        bytes
    }

    fn from_automerge(actor: &automerge::ActorId) -> Option<Self> {
        let (journal, start) = actor.to_bytes().split_at_checked(JournalId::LENGTH)?;
        Some(Self { journal: journal.try_into().ok()?, start: start.try_into().ok()? })
    }
}

/// What a set of changes has in common with the same set elsewhere, in whatever order they are given.
pub(crate) fn digest(changes: impl Iterator<Item = ChangeHash>) -> [u8; 16] {
    let mut hashes: Vec<ChangeHash> = changes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut hasher = blake3::Hasher::new_derive_key("jasaq 1 documents");
    for hash in &hashes {
        hasher.update(hash);
    }
    let mut digest = [0; 16];
    hasher.finalize_xof().fill(&mut digest);
    digest
}

/// The document that goes on where `first` is full. Number 0 is `first` itself.
pub(crate) fn continuation(first: DocumentId, number: u8) -> DocumentId {
    if number == 0 {
        return first;
    }
    let mut hasher = blake3::Hasher::new_derive_key("jasaq 1 continuation");
    hasher.update(first.as_bytes()).update(&[number]);
    let mut id = [0; DocumentId::LENGTH];
    hasher.finalize_xof().fill(&mut id);
    DocumentId::from_bytes(id)
}
