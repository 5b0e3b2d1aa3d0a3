//! Figures from sealed pages, and from nothing else: hours, activities, days and months (001-§10, 23; requirements §8, §10).
//!
//! ```text
//! pages of each patrol ──► the one that is in the book ──► what it says, on the day its patrol went out ──► figures
//!                └──► every other page: apart, with the reason
//! ```
//!
//! Promises that of each patrol one page counts at most, the last that was entered into the book, so that an amendment is never
//! counted beside what it amends; that the same pages give the same figures, in whatever order and however often they are given;
//! that the figures of days add up to those of the month; and that what a page does not say is counted as not said, and nothing is
//! put in its place.
//!
//! Refuses by having no field for it: a score, a rank, a comparison of persons. Whoever shows persons shows them by name.

mod figures;
pub mod historical;

pub use figures::{ActivityPart, Attended, Done, Figures};

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::coded;
use crate::ids::{PageHash, PatrolId};
use crate::moment::{Day, Moment};
use crate::page::{Page, PageChain, PageState, SealedPage};
use crate::sealing::PageNumber;

coded! {
    /// Why a page, or a patrol without one, is in no sum.
    pub enum Apart {
        /// A patrol of which no page was sealed.
        Unsealed = "unsealed",
        /// Pieces of the page have not come.
        Incomplete = "incomplete",
        /// The subdivision has not countersigned it.
        NotCountersigned = "not_countersigned",
        /// It is not entered into the book (R22).
        NotEntered = "not_entered",
        /// The subdivision opened its patrol again.
        Reopened = "reopened",
        /// A later page of its patrol stands in its place, or the subdivision chose another.
        Replaced = "replaced",
        /// Another was sealed beside it, and which of them stands is not said.
        Forked = "forked",
        /// Its patrol is a part of another, whose page tells the same.
        PartOfAnother = "part_of_another",
        /// It does not say when its patrol went out.
        Undated = "undated",
    }
}

/// A page, with how it stands among those of its patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageToCount {
    /// Of which patrol.
    pub patrol: PatrolId,
    /// Which.
    pub hash: PageHash,
    /// The page of this patrol before it.
    pub before: Option<PageHash>,
    /// How far it has come.
    pub state: PageState,
    /// Its number, once the subdivision gave it one.
    pub number: Option<PageNumber>,
    /// Whether the subdivision opened its patrol again after it.
    pub is_reopened: bool,
    /// Whether no other follows it, as far as the subdivision has not chosen another.
    pub is_last: bool,
    /// What it says. If left unset, pieces of it have not come.
    pub page: Option<Page>,
}

impl PageToCount {
    /// The pages of a patrol, each with what `read` gives of it.
    pub fn of_chain(
        patrol: PatrolId,
        chain: &PageChain<'_>,
        read: impl Fn(PageHash) -> Option<Page>,
    ) -> Vec<Self> {
        let of = |sealed: &SealedPage<'_>| Self {
            patrol,
            hash: sealed.sealed.page,
            before: sealed.sealed.before,
            state: sealed.state(),
            number: sealed.number(),
            is_reopened: !sealed.reopened.is_empty(),
            is_last: chain.last.contains(&sealed.sealed.page),
            page: read(sealed.sealed.page),
        };
        chain.pages.iter().map(of).collect()
    }

    fn day(&self) -> Option<Day> {
        went_out_on(self.page.as_ref()?)
    }
}

fn told_at(page: &Page) -> Vec<Moment> {
    let told = page.notices.iter().filter_map(|notice| notice.told.as_deref()?.parse().ok());
    told.collect()
}

/// The day on which a page's patrol went out, for those who went.
#[must_use]
pub fn went_out_on(page: &Page) -> Option<Day> {
    let start = page.header.iter().find(|line| line.field == "start")?;
    let start: Moment = start.value.as_deref()?.parse().ok()?;
    Some(start.day())
}

/// A patrol without a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsealed {
    /// Which.
    pub patrol: PatrolId,
    /// When it went out, if that is known.
    pub day: Option<Day>,
}

/// A page that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Of which patrol.
    pub patrol: PatrolId,
    /// Which.
    pub hash: PageHash,
    /// Its number.
    pub number: Option<PageNumber>,
    /// On which day its patrol went out; all that it says counts on this day, also of a night.
    pub day: Day,
    /// Of which squad, by the roll of its phones.
    pub squad: String,
    /// What it says, in numbers.
    pub figures: Figures,
    /// When the subdivision was told by voice of what was noticed, as far as it is said.
    pub told_at: Vec<Moment>,
    parts: Vec<String>,
}

/// A page that does not, or a patrol that has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotCounted {
    /// Of which patrol.
    pub patrol: PatrolId,
    /// Which page; none of a patrol that has none.
    pub hash: Option<PageHash>,
    /// On which day its patrol went out, if that is known.
    pub day: Option<Day>,
    /// Of which squad, if that is known.
    pub squad: Option<String>,
    /// Why not.
    pub why: Apart,
}

/// Of which days, and of which squad. If left unset, of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Period {
    /// From this day on.
    pub from: Option<Day>,
    /// Up to this day, it included.
    pub to: Option<Day>,
    /// Of the squad whose roll begins so.
    pub squad: Option<String>,
}

impl Period {
    /// What is not known to lie outside lies inside: nothing is left out because a day is missing.
    fn holds(&self, day: Option<Day>, squad: Option<&str>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
            && squad.is_none_or(|squad| self.squad.as_ref().is_none_or(|begin| squad.starts_with(begin)))
    }
}

/// What counts, and what is apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reckoning {
    counted: Vec<Counted>,
    apart: Vec<NotCounted>,
}

impl Reckoning {
    /// Sorts pages into those that count and those that do not.
    #[must_use]
    pub fn of(
        pages: impl IntoIterator<Item = PageToCount>,
        unsealed: impl IntoIterator<Item = Unsealed>,
    ) -> Self {
        let mut patrols: BTreeMap<PatrolId, BTreeMap<PageHash, PageToCount>> = BTreeMap::new();
        for page in pages {
            patrols.entry(page.patrol).or_default().entry(page.hash).or_insert(page);
        }
        let mut reckoning = Self::default();
        for unsealed in unsealed.into_iter().collect::<BTreeSet<_>>() {
            if !patrols.contains_key(&unsealed.patrol) {
                let Unsealed { patrol, day } = unsealed;
                let apart = NotCounted { patrol, hash: None, day, squad: None, why: Apart::Unsealed };
                reckoning.apart.push(apart);
            }
        }
        for chain in patrols.values() {
            let entered = last_entered(chain);
            for page in chain.values() {
                reckoning.put(page, standing_of(page, chain, &entered));
            }
        }
        reckoning.set_parts_apart();
        reckoning.counted.sort_by_key(|counted| (counted.day, counted.patrol));
        reckoning.apart.sort();
        reckoning
    }

    fn put(&mut self, page: &PageToCount, standing: Result<(), Apart>) {
        let day = page.day();
        let why = match (standing, day, &page.page) {
            (Ok(()), Some(day), Some(content)) => {
                self.counted.push(Counted {
                    patrol: page.patrol,
                    hash: page.hash,
                    number: page.number,
                    day,
                    squad: content.squad.clone(),
                    figures: Figures::of(content),
                    told_at: told_at(content),
                    parts: content.parts.clone(),
                });
                return;
            }
            (_, _, None) => Apart::Incomplete,
            (Ok(()), None, Some(_)) => Apart::Undated,
            (Err(why), _, _) => why,
        };
        let squad = page.page.as_ref().map(|content| content.squad.clone());
        self.apart
            .push(NotCounted { patrol: page.patrol, hash: Some(page.hash), day, squad, why });
    }

    /// A patrol that was recorded apart may have had a page of its own before its head made it a part.
    fn set_parts_apart(&mut self) {
        let parts: BTreeSet<String> =
            self.counted.iter().flat_map(|counted| counted.parts.iter().cloned()).collect();
        let (parted, counted): (Vec<_>, Vec<_>) = std::mem::take(&mut self.counted)
            .into_iter()
            .partition(|counted| parts.contains(&counted.patrol.to_string()));
        self.counted = counted;
        self.apart.extend(parted.into_iter().map(|counted| NotCounted {
            patrol: counted.patrol,
            hash: Some(counted.hash),
            day: Some(counted.day),
            squad: Some(counted.squad),
            why: Apart::PartOfAnother,
        }));
        // A part without a page of its own lacks none.
        self.apart
            .retain(|apart| apart.hash.is_some() || !parts.contains(&apart.patrol.to_string()));
    }

    /// The same of some days or one squad only. A patrol without a page is of no squad that could be told, and stays.
    #[must_use]
    pub fn within(mut self, period: &Period) -> Self {
        self.counted
            .retain(|counted| period.holds(Some(counted.day), Some(&counted.squad)));
        self.apart.retain(|apart| period.holds(apart.day, apart.squad.as_deref()));
        self
    }

    /// The pages that count, by the day on which their patrols went out.
    #[must_use]
    pub fn counted(&self) -> &[Counted] {
        &self.counted
    }

    /// The pages that do not, and the patrols without one.
    #[must_use]
    pub fn apart(&self) -> &[NotCounted] {
        &self.apart
    }

    /// How many are apart, by the reason.
    #[must_use]
    pub fn apart_by_reason(&self) -> BTreeMap<Apart, u32> {
        let mut reasons = BTreeMap::new();
        for apart in &self.apart {
            let so_far: &mut u32 = reasons.entry(apart.why).or_default();
            *so_far = so_far.saturating_add(1);
        }
        reasons
    }

    /// All that counts, added up.
    #[must_use]
    pub fn figures(&self) -> Figures {
        Figures::sum(self.counted.iter().map(|counted| &counted.figures))
    }

    /// The same, day by day: only the days on which a patrol went out whose page counts.
    #[must_use]
    pub fn by_day(&self) -> BTreeMap<Day, Figures> {
        let mut days: BTreeMap<Day, Figures> = BTreeMap::new();
        for counted in &self.counted {
            days.entry(counted.day).or_default().add(&counted.figures);
        }
        days
    }
}

type Chain = BTreeMap<PageHash, PageToCount>;

/// The pages before one, nearest first.
fn ancestors(chain: &Chain, hash: PageHash) -> BTreeSet<PageHash> {
    let mut found = BTreeSet::new();
    let mut before = chain.get(&hash).and_then(|page| page.before);
    while let Some(hash) = before.filter(|hash| found.insert(*hash)) {
        before = chain.get(&hash).and_then(|page| page.before);
    }
    found
}

/// The pages in the book that no other page in the book follows: one, unless two that were sealed apart were both entered.
fn last_entered(chain: &Chain) -> BTreeSet<PageHash> {
    let entered = || {
        chain
            .values()
            .filter(|page| page.state == PageState::Entered)
            .map(|page| page.hash)
    };
    let followed: BTreeSet<PageHash> = entered().flat_map(|hash| ancestors(chain, hash)).collect();
    entered().filter(|hash| !followed.contains(hash)).collect()
}

/// Whether a page counts. What is in the book stands there until its amendment does: a head alone takes nothing out of it.
fn standing_of(page: &PageToCount, chain: &Chain, entered: &BTreeSet<PageHash>) -> Result<(), Apart> {
    let is_followed_in_the_book = || entered.iter().any(|last| ancestors(chain, *last).contains(&page.hash));
    if entered.contains(&page.hash) {
        // The word names the last page there was then: an amendment, maybe, that is not in the book.
        let after = |other: &&PageToCount| ancestors(chain, other.hash).contains(&page.hash);
        let is_reopened = page.is_reopened || chain.values().any(|other| other.is_reopened && after(&other));
        return match (entered.len(), is_reopened) {
            (1, false) => Ok(()),
            (1, true) => Err(Apart::Reopened),
            _ => Err(Apart::Forked),
        };
    }
    let lasts = chain.values().filter(|other| other.is_last).count();
    Err(if !page.is_last || is_followed_in_the_book() {
        Apart::Replaced
    } else if lasts > 1 {
        Apart::Forked
    } else if page.is_reopened {
        Apart::Reopened
    } else if page.state == PageState::Sealed {
        Apart::NotCountersigned
    } else {
        Apart::NotEntered
    })
}

#[cfg(test)]
mod tests;
