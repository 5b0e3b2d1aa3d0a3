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
    /// The subdivision's word: one, unless two consoles gave it while apart.
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

    /// Its number: the least, if two consoles gave it while apart.
    #[must_use]
    pub fn number(&self) -> Option<PageNumber> {
        self.countersigned.iter().map(|(_, countersigned)| countersigned.number).min()
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
            if let Sealing::Sealed(sealed) = sealing {
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
        let followed: BTreeSet<PageHash> = pages.values().filter_map(|page| page.sealed.before).collect();
        let way_back = |hash: PageHash| {
            let (mut way, mut before) = (Vec::new(), Some(hash));
            while let Some(hash) = before.filter(|hash| !way.contains(hash)) {
                way.push(hash);
                before = pages.get(&hash).and_then(|page| page.sealed.before);
            }
            way
        };
        let has_word = |hash: &PageHash| {
            let way = way_back(*hash).into_iter();
            way.filter_map(|hash| pages.get(&hash))
                .any(|page| !page.countersigned.is_empty())
        };
        let tips = || pages.keys().copied().filter(|page| !followed.contains(page));
        let chosen: BTreeSet<PageHash> = tips().filter(has_word).collect();
        let last = if chosen.is_empty() { tips().collect() } else { chosen };
        let mut ordered: Vec<(usize, PageHash)> =
            pages.keys().map(|hash| (way_back(*hash).len(), *hash)).collect();
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

fn said(log: &PatrolLog) -> impl Iterator<Item = (&Stated, &Sealing)> {
    log.stated().iter().filter_map(|stated| match &stated.statement.body {
        Body::Sealing(sealing) => Some((stated, sealing)),
        _ => None,
    })
}

impl PatrolLog {
    /// The packed bytes of a page, if all of its pieces have come from the device that sealed it. What another calls a piece of it is
    /// none.
    #[must_use]
    pub fn packed_page(&self, page: PageHash) -> Option<Vec<u8>> {
        let sealers: BTreeSet<Author> = said(self)
            .filter_map(|(stated, sealing)| match sealing {
                Sealing::Sealed(sealed) if sealed.page == page => Some(stated.author),
                _ => None,
            })
            .collect();
        sealers.into_iter().find_map(|author| {
            let parts = said(self).filter_map(|(stated, sealing)| match sealing {
                Sealing::Part(part) if part.page() == page && stated.author == author => Some(part),
                _ => None,
            });
            PagePart::join(parts)
        })
    }
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
