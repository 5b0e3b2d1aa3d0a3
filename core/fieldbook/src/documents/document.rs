//! A whole document, put together from the changes of all its journals.
//!
//! Promises the same document from the same changes in whatever order; that a missing change keeps back only what its own
//! journal wrote after it; and a file that opens, because a change that would spoil it (a number used twice, a second
//! change after the same one) is left out and named among the defects. The vault lets none of these in; this does not
//! rely on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::{Automerge, Change, ObjId, ROOT, ReadDoc};
use jasaq_model::ids::StatementRef;
use jasaq_model::statement::Fields;
use jasaq_protocol::ids::JournalId;

use super::chain::{Chain, ChainBroken};
use super::read::{ChangeRefused, ReadChange, decode_change, scalar_of};
use super::write::DocumentRefused;
use super::{Actor, ChangeHash};

/// The statements of many journals, merged.
#[derive(Debug)]
pub(crate) struct Document {
    automerge: Automerge,
    waiting: BTreeSet<ChangeHash>,
    missing: BTreeSet<ChangeHash>,
    defects: Vec<Defect>,
}

/// Why a change that was given is not in the document, and never can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Defect {
    /// It is no change of a document.
    #[error("change {index} of those given: {refused}")]
    Refused {
        /// Which of those given, from 0.
        index: usize,
        /// Why not.
        refused: ChangeRefused,
    },
    /// Another stands in its place.
    #[error("a change of journal {journal}: {broken}")]
    OutOfChain {
        /// Whose.
        journal: JournalId,
        /// Which.
        change: ChangeHash,
        /// Why not.
        broken: ChainBroken,
    },
}

impl Document {
    /// Puts a document together from its changes, in any order.
    pub(crate) fn from_changes(
        changes: impl IntoIterator<Item = impl AsRef<[u8]>>,
    ) -> Result<Self, DocumentRefused> {
        let mut given = BTreeMap::new();
        let mut defects = Vec::new();
        for (index, bytes) in changes.into_iter().enumerate() {
            match decode_change(bytes.as_ref()) {
                Ok((read, change)) => drop(given.insert((read.start_op, read.hash), (read, change))),
                Err(refused) => defects.push(Defect::Refused { index, refused }),
            }
        }
        let mut document =
            Self { automerge: Automerge::new(), waiting: BTreeSet::new(), missing: BTreeSet::new(), defects };
        let follow = document.chain(given);
        document.automerge.apply_changes(follow)?;
        Ok(document)
    }

    /// The changes that can be applied. They come by the number of their first operation, so each after those it follows.
    fn chain(&mut self, given: BTreeMap<(u64, ChangeHash), (ReadChange, Change)>) -> Vec<Change> {
        let hashes: BTreeSet<ChangeHash> = given.keys().map(|(_, hash)| *hash).collect();
        let mut chains: HashMap<JournalId, Chain> = HashMap::new();
        let mut follow = Vec::with_capacity(given.len());
        for (read, change) in given.into_values() {
            let journal = *read.actor.journal();
            let Err(broken) = chains.entry(journal).or_default().extend(&read) else {
                follow.push(change);
                continue;
            };
            let absent = read.previous.filter(|previous| !hashes.contains(previous));
            self.missing.extend(absent);
            if absent.is_some() || read.previous.is_some_and(|previous| self.waiting.contains(&previous)) {
                self.waiting.insert(read.hash);
            } else {
                self.defects.push(Defect::OutOfChain { journal, change: read.hash, broken });
            }
        }
        follow
    }

    /// Every statement with who wrote it, by key; of a key in [`Self::conflicts`] every one that was written. Statements
    /// with scalars that we do not have are in the document but not here.
    pub(crate) fn statements(&self) -> Vec<(StatementRef, Fields, Actor)> {
        let keys = self.automerge.keys(ROOT);
        let maps = keys.flat_map(|key| self.maps(&key).into_iter().map(move |map| (key.clone(), map)));
        let mut statements: Vec<_> = maps
            .filter_map(|(key, map)| {
                let ObjId::Id(_, actor, _) = &map else { return None };
                Some((StatementRef::new(key).ok()?, self.fields(&map)?, Actor::from_automerge(actor)?))
            })
            .collect();
        statements.sort_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
        statements
    }

    /// The keys that were written more than once: by a defect, or by a device that used another's keys.
    pub(crate) fn conflicts(&self) -> Vec<StatementRef> {
        let keys = self.automerge.keys(ROOT).filter(|key| self.maps(key).len() > 1);
        keys.filter_map(|key| StatementRef::new(key).ok()).collect()
    }

    /// An Automerge file with everything but what waits.
    pub(crate) fn save(&self) -> Vec<u8> {
        self.automerge.save()
    }

    /// The changes that no other follows, sorted.
    pub(crate) fn heads(&self) -> Vec<ChangeHash> {
        let mut heads: Vec<ChangeHash> = self.automerge.get_heads().iter().map(|head| head.0).collect();
        heads.sort_unstable();
        heads
    }

    /// The changes that were not given though others follow them.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &ChangeHash> {
        self.missing.iter()
    }

    /// The changes that were given but follow, near or far, one that is missing.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &ChangeHash> {
        self.waiting.iter()
    }

    /// What was given and left out for good.
    pub(crate) fn defects(&self) -> &[Defect] {
        &self.defects
    }

    #[expect(clippy::expect_used, reason = "a loss that nobody notices would be worse")]
    fn maps(&self, key: &str) -> Vec<ObjId> {
        let values = self.automerge.get_all(ROOT, key).expect("the root of every document is a map");
        values.into_iter().map(|(_, map)| map).collect()
    }

    fn fields(&self, map: &ObjId) -> Option<Fields> {
        let mut fields = Fields::new();
        for field in self.automerge.map_range(map, ..) {
            let value = field.value.into_value();
            fields.insert(field.key, scalar_of(value.as_scalar()?)?);
        }
        Some(fields)
    }
}
