//! Cuts: up to where what a device said stands as before.
//!
//! A cut names the last envelope of each journal, by sequence and hash. A place is within it if the chain that ends there
//! goes through it; so nothing can be put in later at a place that nobody has seen. No clock decides.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use crate::ids::{EnvelopeHash, HeadHash, JournalId, OperationId, Sequence};
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
    /// The first bytes of its hash.
    #[n(2)]
    pub hash: HeadHash,
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

/// Where a place stands to a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The chain that ends in the cut goes through it.
    Within,
    /// That chain has not come yet.
    NotYet,
    /// It is later, on another chain, or in a journal that the cut does not list.
    Beyond,
}

/// A cut with its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct WholeCut {
    heads: BTreeMap<JournalId, Vec<CutHead>>,
    parts: BTreeSet<OperationId>,
    /// A part that it names has not come: of a journal that is not listed nothing can be said yet.
    is_partial: bool,
}

impl WholeCut {
    pub(super) fn new<'a>(cut: &Cut, part: impl Fn(&OperationId) -> Option<&'a [CutHead]>) -> Self {
        let mut whole = Self { parts: cut.parts.iter().copied().collect(), ..Self::default() };
        cut.heads.iter().for_each(|head| whole.note(*head));
        for id in &cut.parts {
            match part(id) {
                Some(heads) => heads.iter().for_each(|head| whole.note(*head)),
                None => whole.is_partial = true,
            }
        }
        whole
    }

    fn note(&mut self, head: CutHead) {
        self.heads.entry(head.journal).or_default().push(head);
    }

    pub(super) fn names(&self, part: &OperationId) -> bool {
        self.parts.contains(part)
    }

    pub(super) fn journals(&self) -> impl Iterator<Item = &JournalId> {
        self.heads.keys()
    }

    /// The highest sequence within the cut, of a journal that it lists.
    pub(super) fn last(&self, journal: &JournalId) -> Option<Sequence> {
        self.heads.get(journal)?.iter().map(|head| head.sequence).max()
    }

    pub(super) fn reach(
        &self,
        (journal, at, hash): (&JournalId, Sequence, &EnvelopeHash),
        links: &Links,
    ) -> Reach {
        let Some(heads) = self.heads.get(journal) else {
            return if self.is_partial { Reach::NotYet } else { Reach::Beyond };
        };
        let reaches = heads.iter().flat_map(|head| {
            if head.sequence < at { vec![Reach::Beyond] } else { links.reaches(head, (at, hash)) }
        });
        // Of several heads of one journal any will do, and of several chains that one head ends: hashes that begin alike can
        // be made, and which came first must decide nothing.
        let mut best = Reach::Beyond;
        for reach in reaches {
            match reach {
                Reach::Within => return Reach::Within,
                Reach::NotYet => best = Reach::NotYet,
                Reach::Beyond => {}
            }
        }
        best
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

    /// Where a place stands to each chain that ends in a head: not yet anywhere if none is held.
    fn reaches(&self, head: &CutHead, (at, hash): (Sequence, &EnvelopeHash)) -> Vec<Reach> {
        let chains = self.journals.get(&head.journal).into_iter().flatten();
        let ends =
            |chain: &&Chain| chain.hashes.get(&head.sequence).is_some_and(|hash| hash.head() == head.hash);
        let reaches = chains
            .filter(ends)
            .map(|chain| match self.hash_below(chain, (&head.journal, at)) {
                None => Reach::NotYet,
                Some(linked) if linked == *hash => Reach::Within,
                Some(_) => Reach::Beyond,
            });
        let reaches: Vec<Reach> = reaches.collect();
        if reaches.is_empty() { vec![Reach::NotYet] } else { reaches }
    }

    /// The hash at a place on a chain, or on those that it continues. None where it is not held so far down.
    fn hash_below(&self, end: &Chain, (journal, at): (&JournalId, Sequence)) -> Option<EnvelopeHash> {
        let chains = self.journals.get(journal)?;
        let mut chain = end;
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
        let head = CutHead { journal: JOURNAL, sequence: at(number), hash: hash(byte).head() };
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
    fn of_two_branches_whose_last_hashes_begin_alike_either_is_within_whichever_came_first() {
        let alike = |last: u8| {
            let mut bytes = [4; 32];
            bytes[31] = last;
            EnvelopeHash::from_bytes(bytes)
        };
        let (one, other) = (((JOURNAL, at(2)), alike(1)), ((JOURNAL, at(2)), alike(2)));
        for order in [[one, other], [other, one]] {
            let mut links = Links::default();
            links.note((JOURNAL, at(1)), hash(1), None);
            for (place, last) in order {
                links.note(place, last, Some(hash(1)));
            }
            for last in [alike(1), alike(2)] {
                assert_eq!(cut(2, 4).reach((&JOURNAL, at(2), &last), &links), Reach::Within);
            }
        }
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
