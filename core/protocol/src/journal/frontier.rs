//! A frontier: of each journal, how far it is held and with which hash there.

use std::collections::{BTreeMap, BTreeSet};

use crate::bytes::{Malformed, Reader, Writer, first_bytes};
use crate::ids::{DocumentId, HeadHash, JournalId, Sequence};

/// The last place held of a journal, and the hash there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last sequence held.
    pub sequence: Sequence,
    /// The first bytes of the hash of the envelope there.
    pub hash: HeadHash,
}

/// What is held of many journals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier(BTreeMap<JournalId, Head>);

impl Frontier {
    /// Nothing held.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes the head of a journal; a lower one than noted before changes nothing.
    pub fn note(&mut self, journal: JournalId, head: Head) {
        let noted = self.0.entry(journal).or_insert(head);
        if noted.sequence < head.sequence {
            *noted = head;
        }
    }

    /// The head of a journal.
    #[must_use]
    pub fn get(&self, journal: &JournalId) -> Option<Head> {
        self.0.get(journal).copied()
    }

    /// How many journals.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The journals and their heads, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (JournalId, Head)> + '_ {
        self.0.iter().map(|(journal, head)| (*journal, *head))
    }

    /// One hash over the whole frontier: equal hashes, equal holdings. Nobody bounds how many journals a space has, so it
    /// takes any number of them: the count is left out, and each takes as many bytes.
    #[must_use]
    pub fn digest(&self) -> [u8; 16] {
        self.digest_without(&BTreeSet::new())
    }

    /// The same of who has heard that documents may be gone: with others of these two hold the same in what is left.
    #[must_use]
    pub fn digest_without(&self, gone: &BTreeSet<DocumentId>) -> [u8; 16] {
        let mut writer = Writer::new();
        self.write_heads(&mut writer);
        for document in gone {
            writer.raw(document.as_bytes());
        }
        if !gone.is_empty() {
            writer.u64(gone.len() as u64);
        }
        first_bytes(blake3::derive_key("jasaq 1 frontier", &writer.finish()))
    }

    /// Writes count, then journal, sequence and hash of each. Callers hold a limit.
    pub fn write(&self, writer: &mut Writer) {
        writer.count(self.0.len());
        self.write_heads(writer);
    }

    fn write_heads(&self, writer: &mut Writer) {
        for (journal, head) in &self.0 {
            writer
                .raw(journal.as_bytes())
                .u64(head.sequence.number())
                .raw(head.hash.as_bytes());
        }
    }

    /// Reads what [`Frontier::write`] wrote: at most `max` journals, in strictly rising order.
    pub fn read(reader: &mut Reader<'_>, max: usize) -> Result<Self, Malformed> {
        let mut heads = BTreeMap::new();
        for _ in 0..reader.count(max)? {
            let journal = JournalId::from_bytes(reader.array()?);
            let head =
                Head { sequence: Sequence::new(reader.u64()?)?, hash: HeadHash::from_bytes(reader.array()?) };
            if heads.last_key_value().is_some_and(|(last, _)| *last >= journal) {
                return Err(Malformed::Value);
            }
            heads.insert(journal, head);
        }
        Ok(Self(heads))
    }
}

impl FromIterator<(JournalId, Head)> for Frontier {
    fn from_iter<T: IntoIterator<Item = (JournalId, Head)>>(heads: T) -> Self {
        let mut frontier = Self::new();
        for (journal, head) in heads {
            frontier.note(journal, head);
        }
        frontier
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frontiers() -> impl Strategy<Value = Frontier> {
        prop::collection::vec((any::<[u8; 16]>(), 1..1_000_u64, any::<[u8; 8]>()), 0..20).prop_map(|heads| {
            heads
                .into_iter()
                .map(|(journal, sequence, hash)| {
                    let sequence = Sequence::new(sequence).unwrap();
                    (JournalId::from_bytes(journal), Head { sequence, hash: HeadHash::from_bytes(hash) })
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_frontier_reads_back_and_has_one_encoding(frontier in frontiers()) {
            let mut writer = Writer::new();
            frontier.write(&mut writer);
            let bytes = writer.finish();
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!(Frontier::read(&mut reader, 20), Ok(frontier));
            prop_assert_eq!(reader.finish(), Ok(()));
        }
    }

    #[test]
    fn a_digest_is_of_any_number_of_journals() {
        let head = Head { sequence: Sequence::FIRST, hash: HeadHash::from_bytes([0; 8]) };
        let all = (0..70_000_u128).map(|journal| (JournalId::from_bytes(journal.to_be_bytes()), head));
        let all: Frontier = all.collect();
        let but_one: Frontier = all.iter().skip(1).collect();
        assert_ne!(all.digest(), but_one.digest());
    }

    #[test]
    fn a_frontier_never_steps_back_by_itself() {
        let journal = JournalId::from_bytes([1; 16]);
        let head =
            |number| Head { sequence: Sequence::new(number).unwrap(), hash: HeadHash::from_bytes([0; 8]) };
        let mut frontier = Frontier::new();
        frontier.note(journal, head(5));
        frontier.note(journal, head(3));
        assert_eq!(frontier.get(&journal), Some(head(5)));
    }
}
