//! The numbers of pages: which were given to which, by every countersignature that is here.
//!
//! Promises that a number that was ever given stays known: also where its page has not come, was given another, or was erased.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::PageHash;
use jasaq_model::sealing::{PageCountersigned, PageNumber, Sealing};
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::SpaceId;

use super::patrol::counted_of_kind;
use crate::exchange::{Device, erased_pages};
use crate::vault::{Connection, VaultRefused};

/// One word of the subdivision.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// The word.
    pub(crate) word: PageCountersigned,
    /// Whether it says that its page was erased.
    pub(crate) is_erased: bool,
}

/// What was given in each squad, by the roll of its phones.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    squads: BTreeMap<SpaceId, Vec<Given>>,
    rolls: BTreeMap<SpaceId, SpaceId>,
}

/// Every number that was given, as far as countersignatures are here.
pub(crate) fn numbers_given(connection: &Connection, device: &Device) -> Result<Numbers, VaultRefused> {
    let mut numbers = Numbers::default();
    let spaces = device.membership.spaces();
    numbers.rolls = spaces.map(|(space, record)| (*space, record.roll)).collect();
    for (row, stated) in counted_of_kind(connection, device, Kind::PageCountersigned)? {
        let Body::Sealing(Sealing::Countersigned(word)) = stated.statement.body else { continue };
        let Some(roll) = numbers.rolls.get(&row.space) else { continue };
        let is_erased = row.document == erased_pages(roll);
        let given = Given { word, is_erased };
        numbers.squads.entry(*roll).or_default().push(given);
    }
    Ok(numbers)
}

impl Numbers {
    /// The squads, by their rolls, in which a number was given.
    pub(crate) fn squads(&self) -> impl Iterator<Item = &SpaceId> {
        self.squads.keys()
    }

    /// The greatest number of a year that was given in the squad of a space.
    pub(crate) fn last_of(&self, space: &SpaceId, year: u16) -> Option<u32> {
        let given = self.rolls.get(space).and_then(|roll| self.squads.get(roll));
        let numbers = given.into_iter().flatten().map(|given| given.word.number);
        numbers.filter(|number| number.year == year).map(|number| number.number).max()
    }

    /// The number of each page of a squad, and whether the page was erased: of the greatest turn, and of several in it the least.
    pub(crate) fn of_squad(&self, roll: &SpaceId) -> BTreeMap<PageHash, (PageNumber, bool)> {
        let mut turns: BTreeMap<PageHash, (u16, PageNumber, bool)> = BTreeMap::new();
        for Given { word, is_erased } in self.squads.get(roll).into_iter().flatten() {
            let said = (word.turn, word.number, *is_erased);
            let known = turns.entry(word.page).or_insert(said);
            let is_erased = known.2 || *is_erased;
            let is_later =
                (word.turn, std::cmp::Reverse(word.number)) > (known.0, std::cmp::Reverse(known.1));
            *known = if is_later { said } else { *known };
            known.2 = is_erased;
        }
        turns
            .into_iter()
            .map(|(page, (_, number, is_erased))| (page, (number, is_erased)))
            .collect()
    }

    /// Whether another page of the squad of a space has the number of this one.
    pub(crate) fn is_taken(&self, space: &SpaceId, page: PageHash) -> bool {
        self.rolls.get(space).is_some_and(|roll| self.taken_in(roll).contains(&page))
    }

    /// The pages of a squad that have a number which another has too.
    pub(crate) fn taken_in(&self, roll: &SpaceId) -> BTreeSet<PageHash> {
        let mut holders: BTreeMap<PageNumber, Vec<PageHash>> = BTreeMap::new();
        for (page, (number, _)) in self.of_squad(roll) {
            holders.entry(number).or_default().push(page);
        }
        holders.into_values().filter(|pages| pages.len() > 1).flatten().collect()
    }
}
