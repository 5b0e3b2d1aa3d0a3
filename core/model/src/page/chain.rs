//! The pages of one patrol: which were sealed, countersigned, entered, and what came since.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::coded;
use crate::ids::{Author, PageHash};
use crate::patrol_log::PatrolLog;
use crate::sealing::{
    PageCountersigned, PageEntered, PageNumber, PagePart, PageReopened, PageSealed, Sealing,
};
use crate::stated::Stated;
use crate::statement::Body;

coded! {
    /// How far a page has come.
    pub enum PageState {
        /// The head sealed it.
        Sealed = "sealed",
        /// The subdivision countersigned and numbered it.
        Countersigned = "countersigned",
        /// It is entered into the book: only then the patrol is done (R22).
        Entered = "entered",
    }
}

/// A page of a patrol, with everything that was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPage<'a> {
    /// By which statement.
    pub stated: &'a Stated,
    /// What it says.
    pub sealed: &'a PageSealed,
    /// The subdivision's last word: one, unless two consoles gave it while apart.
    pub countersigned: Vec<(&'a Stated, &'a PageCountersigned)>,
    /// That it is in the book.
    pub entered: Vec<(&'a Stated, &'a PageEntered)>,
    /// That the patrol was opened again after it.
    pub reopened: Vec<(&'a Stated, &'a PageReopened)>,
}

impl SealedPage<'_> {
    /// How far it has come.
    #[must_use]
    pub const fn state(&self) -> PageState {
        if !self.entered.is_empty() {
            PageState::Entered
        } else if !self.countersigned.is_empty() {
            PageState::Countersigned
        } else {
            PageState::Sealed
        }
    }

    /// Its numbers: one, unless two consoles gave it while apart.
    pub fn numbers(&self) -> impl Iterator<Item = PageNumber> {
        let numbers: BTreeSet<_> = self.countersigned.iter().map(|(_, word)| word.number).collect();
        numbers.into_iter()
    }

    /// Its number: the least, if two consoles gave it while apart.
    #[must_use]
    pub fn number(&self) -> Option<PageNumber> {
        self.numbers().next()
    }
}

/// The pages of one patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageChain<'a> {
    /// Each page once, in the order in which they follow each other; of two that were sealed apart the one with the lesser hash
    /// first.
    pub pages: Vec<SealedPage<'a>>,
    /// The pages that no other follows: one, unless two were sealed apart and the subdivision countersigned neither.
    pub last: BTreeSet<PageHash>,
}

impl<'a> PageChain<'a> {
    /// The pages that a log holds.
    #[must_use]
    pub fn of(log: &'a PatrolLog) -> Self {
        let mut pages: BTreeMap<PageHash, SealedPage<'a>> = BTreeMap::new();
        for (stated, sealing) in said(log) {
            if let Sealing::Sealed(sealed) = sealing
                && log.may_have_sealed(sealed.page, stated.author)
            {
                pages.entry(sealed.page).or_insert(SealedPage {
                    stated,
                    sealed,
                    countersigned: Vec::new(),
                    entered: Vec::new(),
                    reopened: Vec::new(),
                });
            }
        }
        for (stated, sealing) in said(log) {
            match sealing {
                Sealing::Countersigned(word) => {
                    pages
                        .entry(word.page)
                        .and_modify(|page| page.countersigned.push((stated, word)));
                }
                Sealing::Entered(word) => {
                    pages.entry(word.page).and_modify(|page| page.entered.push((stated, word)));
                }
                Sealing::Reopened(word) => {
                    pages.entry(word.page).and_modify(|page| page.reopened.push((stated, word)));
                }
                Sealing::Sealed(_) | Sealing::Part(_) | Sealing::Openings(_) | Sealing::Report(_) => {}
            }
        }
        for page in pages.values_mut() {
            keep_last(&mut page.countersigned, |word| word.turn);
            keep_last(&mut page.entered, |word| word.turn);
        }
        let followed: BTreeSet<PageHash> = pages.values().filter_map(|page| page.sealed.before).collect();
        let ways = ways(&pages);
        let way_of = |hash: &PageHash| ways.get(hash).copied().unwrap_or_default();
        let tips = || pages.keys().copied().filter(|page| !followed.contains(page));
        let chosen: BTreeSet<PageHash> = tips().filter(|hash| way_of(hash).has_word).collect();
        let last = if chosen.is_empty() { tips().collect() } else { chosen };
        let mut ordered: Vec<(usize, PageHash)> =
            pages.keys().map(|hash| (way_of(hash).pages, *hash)).collect();
        ordered.sort_unstable();
        let pages = ordered.into_iter().filter_map(|(_, hash)| pages.remove(&hash)).collect();
        Self { pages, last }
    }

    /// The page that no other follows, if there is one alone.
    #[must_use]
    pub fn last(&self) -> Option<&SealedPage<'a>> {
        match self.last.iter().collect::<Vec<_>>().as_slice() {
            [only] => self.pages.iter().find(|page| page.sealed.page == **only),
            _ => None,
        }
    }

    /// A page by its hash.
    #[must_use]
    pub fn page(&self, hash: PageHash) -> Option<&SealedPage<'a>> {
        self.pages.iter().find(|page| page.sealed.page == hash)
    }

    /// The pages on the way to this one that have no countersignature, it included, in their order: none if one of them is not here.
    #[must_use]
    pub fn not_countersigned_up_to(&self, page: PageHash) -> Option<Vec<&SealedPage<'a>>> {
        let (mut way, mut before) = (Vec::new(), Some(page));
        while let Some(hash) = before {
            let sealed = self.page(hash)?;
            if !sealed.countersigned.is_empty() || way.len() == self.pages.len() {
                break;
            }
            way.push(sealed);
            before = sealed.sealed.before;
        }
        way.reverse();
        Some(way)
    }

    /// The pages that were countersigned, in their order.
    pub fn countersigned(&self) -> impl Iterator<Item = &SealedPage<'a>> {
        self.pages.iter().filter(|page| !page.countersigned.is_empty())
    }

    /// Whether pages were sealed apart, by two heads or on two devices of one: the subdivision says which goes on.
    #[must_use]
    pub fn is_forked(&self) -> bool {
        self.last.len() > 1
    }

    /// Whether a page stands that was not opened again.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        match self.last() {
            Some(page) => page.reopened.is_empty(),
            None => !self.pages.is_empty(),
        }
    }
}

/// Keeps what was said in the greatest turn.
fn keep_last<T>(words: &mut Vec<(&Stated, &T)>, turn_of: impl Fn(&T) -> u16) {
    let last = words.iter().map(|(_, word)| turn_of(word)).max();
    words.retain(|(_, word)| Some(turn_of(word)) == last);
}

/// How far a page leads back, and whether a page on that way was countersigned, itself included.
#[derive(Clone, Copy, Default)]
struct Way {
    pages: usize,
    has_word: bool,
}

/// The way of each page, from those that are known already: whoever states seals can state thousands of them, and in a circle too.
fn ways(pages: &BTreeMap<PageHash, SealedPage<'_>>) -> BTreeMap<PageHash, Way> {
    let has_word = |hash: &PageHash| pages.get(hash).is_some_and(|page| !page.countersigned.is_empty());
    let mut ways: BTreeMap<PageHash, Way> = BTreeMap::new();
    for hash in pages.keys() {
        let (mut passed, mut places, mut next) = (Vec::new(), BTreeMap::new(), Some(*hash));
        while let Some(hash) = next.filter(|hash| !ways.contains_key(hash) && !places.contains_key(hash)) {
            places.insert(hash, passed.len());
            passed.push(hash);
            next = pages.get(&hash).and_then(|page| page.sealed.before);
        }
        let begins = next.and_then(|hash| places.get(&hash).copied());
        // The pages of a circle lead to each other and no further.
        let circle = passed.split_off(begins.unwrap_or(passed.len()));
        let mut way = match next.and_then(|hash| ways.get(&hash).copied()) {
            Some(known) => known,
            None => Way { pages: circle.len(), has_word: circle.iter().any(has_word) },
        };
        ways.extend(circle.into_iter().map(|hash| (hash, way)));
        for hash in passed.into_iter().rev() {
            way = Way { pages: way.pages + 1, has_word: way.has_word || has_word(&hash) };
            ways.insert(hash, way);
        }
    }
    ways
}

fn said(log: &PatrolLog) -> impl Iterator<Item = (&Stated, &Sealing)> {
    log.stated().iter().filter_map(|stated| match &stated.statement.body {
        Body::Sealing(sealing) => Some((stated, sealing)),
        _ => None,
    })
}

impl PatrolLog {
    /// The same log, in which a page that several devices say they sealed is that one's which the page itself names. `named` reads it
    /// out of packed bytes, if they are those of this page: the caller can unpack them.
    #[must_use]
    pub fn with_sealers(mut self, named: impl Fn(PageHash, &[u8]) -> Option<Author>) -> Self {
        let mut stated: BTreeMap<PageHash, BTreeSet<Author>> = BTreeMap::new();
        for (author, sealed) in seals(&self) {
            stated.entry(sealed.page).or_default().insert(author);
        }
        stated.retain(|_, authors| authors.len() > 1);
        let sealers = stated.into_iter().filter_map(|(page, authors)| {
            let mut packed = authors.iter().filter_map(|author| self.pieces_from(*author, page));
            let sealer = packed.find_map(|packed| named(page, &packed));
            sealer.filter(|sealer| authors.contains(sealer)).map(|sealer| (page, sealer))
        });
        self.sealers = sealers.collect();
        self
    }

    /// The packed bytes of a page, if all of its pieces have come from the device that sealed it. What another calls a piece of it is
    /// none.
    #[must_use]
    pub fn packed_page(&self, page: PageHash) -> Option<Vec<u8>> {
        let sealers: BTreeSet<Author> = seals(self)
            .filter(|(author, sealed)| sealed.page == page && self.may_have_sealed(page, *author))
            .map(|(author, _)| author)
            .collect();
        sealers.into_iter().find_map(|author| self.pieces_from(author, page))
    }

    fn pieces_from(&self, author: Author, page: PageHash) -> Option<Vec<u8>> {
        let parts = said(self).filter_map(|(stated, sealing)| match sealing {
            Sealing::Part(part) if part.page() == page && stated.author == author => Some(part),
            _ => None,
        });
        PagePart::join(parts)
    }

    /// Whether a page is not known to be another device's.
    fn may_have_sealed(&self, page: PageHash, author: Author) -> bool {
        self.sealers.get(&page).is_none_or(|sealer| *sealer == author)
    }
}

fn seals(log: &PatrolLog) -> impl Iterator<Item = (Author, &PageSealed)> {
    said(log).filter_map(|(stated, sealing)| match sealing {
        Sealing::Sealed(sealed) => Some((stated.author, sealed)),
        _ => None,
    })
}

impl PagePart {
    /// The packed bytes of pieces, if all have come.
    #[must_use]
    pub fn join<'a>(parts: impl Iterator<Item = &'a Self>) -> Option<Vec<u8>> {
        let mut pieces: BTreeMap<u16, &[u8]> = BTreeMap::new();
        let mut of = 0;
        for part in parts {
            of = part.of();
            pieces.insert(part.number(), part.bytes());
        }
        let is_whole = of > 0 && (0..of).all(|number| pieces.contains_key(&number));
        is_whole.then(|| pieces.into_values().flatten().copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StatementRef;
    use crate::moment::{Clocks, Moment};
    use crate::sealing::PageSignature;
    use crate::statement::Statement;

    const HEAD: Author = Author::from_bytes([9; 32]);
    const OTHER_HEAD: Author = Author::from_bytes([8; 32]);
    const SIGNATURE: PageSignature = PageSignature::from_bytes([0; 64]);

    fn hash(page: u16) -> PageHash {
        let mut bytes = [0; 32];
        bytes[..2].copy_from_slice(&page.to_be_bytes());
        PageHash::from_bytes(bytes)
    }

    /// Said so many minutes past eight, by a phone whose clock says so.
    fn stated((author, minute): (Author, usize), key: usize, sealing: Sealing) -> Stated {
        let moment: Moment = format!("2026-05-01T08:{minute:02}:00+05:00").parse().unwrap();
        let statement =
            Statement::new(Clocks::new(moment, Some(moment.time()), None), Body::Sealing(sealing));
        let key = StatementRef::new(format!("k3f0a91c.{key}")).unwrap();
        Stated { key, author, member: None, role: None, statement }
    }

    fn sealed(page: u16, before: Option<u16>) -> Sealing {
        Sealing::Sealed(PageSealed { page: hash(page), before: before.map(hash), signature: SIGNATURE })
    }

    #[test]
    fn whoever_states_the_seal_of_anothers_page_earlier_does_not_get_it() {
        let piece = |bytes: &[u8]| Sealing::Part(PagePart::new(hash(2), (0, 1), bytes).unwrap());
        let log = PatrolLog::from_statements([
            stated((HEAD, 1), 1, sealed(1, None)),
            stated((HEAD, 20), 2, piece(b"by the head")),
            stated((HEAD, 20), 3, sealed(2, Some(1))),
            stated((OTHER_HEAD, 10), 4, piece(b"no page")),
            stated((OTHER_HEAD, 10), 5, sealed(2, None)),
        ]);
        let named = |page, packed: &[u8]| (page == hash(2) && packed == b"by the head").then_some(HEAD);
        let log = log.with_sealers(named);
        let chain = PageChain::of(&log);
        let page = chain.page(hash(2)).unwrap();
        assert_eq!((page.stated.author, page.sealed.before), (HEAD, Some(hash(1))));
        assert_eq!(log.packed_page(hash(2)), Some(b"by the head".to_vec()));
        assert_eq!((chain.pages.len(), chain.is_forked()), (2, false));
    }

    #[test]
    fn who_is_named_and_states_no_seal_takes_no_page_away() {
        let said = [HEAD, OTHER_HEAD].map(|author| stated((author, 1), 1, sealed(1, None)));
        let piece = Sealing::Part(PagePart::new(hash(1), (0, 1), *b"x").unwrap());
        let said = said.into_iter().chain([stated((HEAD, 1), 2, piece)]);
        let log = PatrolLog::from_statements(said).with_sealers(|_, _| Some(Author::from_bytes([7; 32])));
        assert_eq!(PageChain::of(&log).pages.len(), 1);
    }

    #[test]
    fn three_thousand_seals_hold_nobody_up_nor_does_a_circle() {
        let line = (0..3_000_u16).map(|page| (page, page.checked_sub(1)));
        let circle = (5_000..5_003).map(|page| (page, Some(if page == 5_000 { 5_002 } else { page - 1 })));
        let into_it = [(6_000, Some(5_001)), (6_001, Some(6_000))];
        let seals = line.chain(circle).chain(into_it).enumerate();
        let said = seals.map(|(key, (page, before))| stated((HEAD, 0), key, sealed(page, before)));
        let log = PatrolLog::from_statements(said);
        let chain = PageChain::of(&log);
        let order: Vec<PageHash> = chain.pages.iter().map(|page| page.sealed.page).collect();
        assert_eq!((order.len(), order[0], order[3_004]), (3_005, hash(0), hash(2_999)));
        // Those of the circle are three pages from its end each; what leads into it, four and five.
        assert_eq!(order[2..9].to_vec(), [2, 5_000, 5_001, 5_002, 3, 6_000, 4].map(hash).to_vec());
        assert_eq!(chain.last, BTreeSet::from([hash(2_999), hash(6_001)]));
    }
}
