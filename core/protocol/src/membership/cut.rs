//! Cuts: up to where what a device said stands as before.
//!
//! A cut names the last envelope of each journal, by sequence and hash. A place is within it if the chain that ends there
//! goes through it; so nothing can be put in later at a place that nobody has seen. No clock decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use minicbor::{Decode, Encode};

use crate::ids::{EnvelopeHash, JournalId, OperationId, Sequence};
use crate::limits::{CUT_HEADS_MAX, CUT_PARTS_MAX};

/// The last envelope of one journal that is within a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct CutHead {
    /// The journal.
    #[n(0)]
    pub journal: JournalId,
    /// Its sequence, from 1.
    #[n(1)]
    pub sequence: Sequence,
    /// Its hash, whole: of a part of it somebody could prepare two, and show one and keep the other for later.
    #[n(2)]
    pub hash: EnvelopeHash,
}

/// A cut as it is signed: heads, and operations of kind `heads` that belong to it. A journal that neither lists is wholly
/// beyond it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct Cut {
    /// The last envelope of each journal.
    #[n(0)]
    pub heads: Vec<CutHead>,
    /// Further heads: operations of whomever, which the signer of the cut makes his own by naming them.
    #[n(1)]
    pub parts: Vec<OperationId>,
}

impl Cut {
    pub(super) fn is_bounded(&self) -> bool {
        self.heads.len() <= CUT_HEADS_MAX && self.parts.len() <= CUT_PARTS_MAX
    }
}

/// Where a place stands to a cut, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// The chain that ends in the cut goes through it.
    Within,
    /// That chain has not come yet.
    NotYet,
    /// It is later, on another chain, or in a journal that the cut does not list.
    Beyond,
}

/// The heads that somebody lists, by journal.
pub(super) type Heads = BTreeMap<JournalId, Vec<CutHead>>;

pub(super) fn by_journal(heads: &[CutHead]) -> Heads {
    let mut all = Heads::new();
    for head in heads {
        all.entry(head.journal).or_default().push(*head);
    }
    all
}

/// A cut with its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct WholeCut {
    heads: Heads,
    /// Those that have come. Thousands of cuts may name the same long ones, so they are shared.
    parts: BTreeMap<OperationId, Arc<Heads>>,
    /// A part that it names has not come: of a journal that is not listed nothing can be said yet.
    is_partial: bool,
}

impl WholeCut {
    pub(super) fn new(cut: &Cut, part: impl Fn(&OperationId) -> Option<Arc<Heads>>) -> Self {
        let parts: BTreeMap<_, _> = cut.parts.iter().filter_map(|id| Some((*id, part(id)?))).collect();
        let is_partial = !cut.parts.iter().all(|id| parts.contains_key(id));
        Self { heads: by_journal(&cut.heads), parts, is_partial }
    }

    /// What it and its parts list.
    fn listed(&self) -> impl Iterator<Item = &Heads> {
        [&self.heads].into_iter().chain(self.parts.values().map(Arc::as_ref))
    }

    fn of_journal(&self, journal: &JournalId) -> impl Iterator<Item = &CutHead> {
        self.listed().filter_map(|heads| heads.get(journal)).flatten()
    }

    pub(super) fn names(&self, part: &OperationId) -> bool {
        self.parts.contains_key(part)
    }

    pub(super) fn journals(&self) -> impl Iterator<Item = &JournalId> {
        self.listed().flat_map(Heads::keys)
    }

    /// The highest sequence within the cut, of a journal that it lists.
    pub(super) fn last(&self, journal: &JournalId) -> Option<Sequence> {
        self.of_journal(journal).map(|head| head.sequence).max()
    }

    /// Of several heads of one journal any will do.
    pub(super) fn reach(
        &self,
        (journal, at, hash): (&JournalId, Sequence, &EnvelopeHash),
        links: &Links,
    ) -> Reach {
        let reach = |head: &CutHead| match links.hash_below(head, at) {
            _ if head.sequence < at => Reach::Beyond,
            None => Reach::NotYet,
            Some(linked) if linked == *hash => Reach::Within,
            Some(_) => Reach::Beyond,
        };
        let nearest = self.of_journal(journal).map(reach).min();
        nearest.unwrap_or(if self.is_partial { Reach::NotYet } else { Reach::Beyond })
    }
}

/// How envelopes follow one another, of the journals that cuts name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    journals: BTreeMap<JournalId, Vec<Chain>>,
}

/// Envelopes of one journal each of which follows the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chain {
    hashes: BTreeMap<Sequence, EnvelopeHash>,
    /// The chain that its first envelope continues, if it is a branch of another.
    parent: Option<usize>,
}

impl Links {
    /// Notes an envelope and the one that it follows; none before the first. Of one journal the lower come before the higher,
    /// else it is not seen that they follow one another.
    pub fn note(
        &mut self,
        (journal, sequence): (JournalId, Sequence),
        hash: EnvelopeHash,
        previous: Option<EnvelopeHash>,
    ) {
        let chains = self.journals.entry(journal).or_default();
        if chains.iter().any(|chain| chain.hashes.get(&sequence) == Some(&hash)) {
            return;
        }
        let before = sequence.before().zip(previous);
        let follows = |chain: &Chain| before.is_some_and(|(at, hash)| chain.hashes.get(&at) == Some(&hash));
        let parent = chains.iter().position(follows);
        match parent.and_then(|parent| chains.get_mut(parent)) {
            Some(chain) if !chain.hashes.contains_key(&sequence) => {
                chain.hashes.insert(sequence, hash);
            }
            _ => chains.push(Chain { hashes: BTreeMap::from([(sequence, hash)]), parent }),
        }
    }

    /// The hash at a place on the chain that ends in a head. None where that chain is not held, or not so far down.
    fn hash_below(&self, head: &CutHead, at: Sequence) -> Option<EnvelopeHash> {
        let chains = self.journals.get(&head.journal)?;
        let mut chain = chains
            .iter()
            .find(|chain| chain.hashes.get(&head.sequence) == Some(&head.hash))?;
        loop {
            let (first, _) = chain.hashes.first_key_value()?;
            if *first <= at {
                return chain.hashes.get(&at).copied();
            }
            chain = chains.get(chain.parent?)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOURNAL: JournalId = JournalId::from_bytes([7; 16]);

    fn hash(byte: u8) -> EnvelopeHash {
        EnvelopeHash::from_bytes([byte; 32])
    }

    fn at(number: u64) -> Sequence {
        Sequence::new(number).unwrap()
    }

    /// Envelopes 1 to 5, and from 3 on another branch of which 4 is the last.
    fn forked() -> Links {
        let mut links = Links::default();
        for number in 1..=5 {
            let previous = (number > 1).then(|| hash(number - 1));
            links.note((JOURNAL, at(u64::from(number))), hash(number), previous);
        }
        links.note((JOURNAL, at(3)), hash(13), Some(hash(2)));
        links.note((JOURNAL, at(4)), hash(14), Some(hash(13)));
        links
    }

    fn cut(number: u64, byte: u8) -> WholeCut {
        let head = CutHead { journal: JOURNAL, sequence: at(number), hash: hash(byte) };
        WholeCut::new(&Cut { heads: vec![head], parts: Vec::new() }, |_| None)
    }

    fn reach(cut: &WholeCut, number: u64, byte: u8) -> Reach {
        cut.reach((&JOURNAL, at(number), &hash(byte)), &forked())
    }

    #[test]
    fn within_a_cut_is_what_its_last_envelope_follows_and_nothing_else() {
        let line = cut(4, 4);
        assert_eq!([1, 2, 3, 4].map(|number| reach(&line, number.into(), number)), [Reach::Within; 4]);
        assert_eq!(reach(&line, 5, 5), Reach::Beyond);
        assert_eq!([reach(&line, 3, 13), reach(&line, 4, 14)], [Reach::Beyond; 2]);
        let branch = cut(4, 14);
        assert_eq!([reach(&branch, 2, 2), reach(&branch, 3, 13)], [Reach::Within; 2]);
        assert_eq!([reach(&branch, 3, 3), reach(&branch, 4, 4)], [Reach::Beyond; 2]);
    }

    #[test]
    fn of_two_envelopes_whose_hashes_begin_alike_a_cut_names_one() {
        let alike = |last: u8| {
            let mut bytes = [4; 32];
            bytes[31] = last;
            EnvelopeHash::from_bytes(bytes)
        };
        let mut links = forked();
        for last in [1, 2] {
            links.note((JOURNAL, at(6)), alike(last), Some(hash(5)));
        }
        let head = CutHead { journal: JOURNAL, sequence: at(6), hash: alike(1) };
        let cut = WholeCut::new(&Cut { heads: vec![head], parts: Vec::new() }, |_| None);
        let reach = |last| cut.reach((&JOURNAL, at(6), &alike(last)), &links);
        assert_eq!([reach(1), reach(2)], [Reach::Within, Reach::Beyond]);
    }

    #[test]
    fn what_a_cut_is_not_yet_linked_to_waits() {
        let later = cut(9, 9);
        assert_eq!(reach(&later, 3, 3), Reach::NotYet);
        let other =
            WholeCut::new(&Cut { heads: Vec::new(), parts: vec![OperationId::from_bytes([1; 16])] }, |_| {
                None
            });
        assert_eq!(reach(&other, 3, 3), Reach::NotYet, "the part may list the journal");
        assert_eq!(reach(&WholeCut::default(), 3, 3), Reach::Beyond);
    }
}
