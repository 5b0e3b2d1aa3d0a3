//! The subdivision's part in a page: it countersigns and numbers it, enters it, opens it again (001-§7, 23; requirements §7.3).
//!
//! Promises that a number is given to one patrol, once and for ever, as far as consoles hear of each other; that of two that were apart
//! the page that is named gets another; and that a signature counts by the device that made it.

use jasaq_model::ids::{Author, PageHash, PatrolId, StatementRef, hexadecimal};
use jasaq_model::moment::{Day, Moment};
use jasaq_model::page::{PageChain, PageState, SealedPage, countersigned_message, sealed_message};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::sealing::{
    PageCountersigned, PageEntered, PageNumber, PageReopened, PageSignature, Sealing,
};
use jasaq_model::statement::Body;
use jasaq_model::words::{Name, Note};
use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::seal::{Signature, verify};

use super::Fieldbook;
use super::checking::beside_log;
use super::writing::Tap;
use crate::exchange::Device;
use crate::refusal::FieldbookRefused;
use crate::vault::Connection;
use crate::views::{self, PatrolView};

impl Fieldbook {
    /// Countersigns a page and gives it its number. SS only. The page has to be here whole, sealed by a head of the squad, and the last
    /// of its patrol; of several that were sealed apart the one that is named goes on. A page that it amends and that has no number yet
    /// is countersigned with it, for no book holds an amendment of what it does not hold. Each is held against the subdivision's own
    /// log before: a page that says something else is not countersigned.
    pub fn countersign_page(&mut self, page: (PatrolId, PageHash)) -> Result<PageNumber, FieldbookRefused> {
        self.state_numbers(page, |connection, device, seen, page| {
            let words = countersignatures(connection, device, (seen, page), None)?;
            for word in &words {
                if let Some(refused) = beside_log((connection, device), seen.0, word.page)?.refusal() {
                    return Err(refused.into());
                }
            }
            Ok(words)
        })
    }

    /// The same of a page that says something else than the log here, rests on what has not come, or was sealed past a gate: whoever
    /// countersigns has made sure in another way, and says how. SS only.
    pub fn countersign_page_anyway(
        &mut self,
        page: (PatrolId, PageHash),
        why: &Note,
    ) -> Result<PageNumber, FieldbookRefused> {
        self.state_numbers(page, |connection, device, seen, page| {
            countersignatures(connection, device, (seen, page), Some(why))
        })
    }

    /// Gives the countersigned pages of a patrol other numbers: where two consoles that were apart gave one number to two patrols, or
    /// several to one page. SS only. What was printed and entered before stands under the old ones.
    pub fn renumber_page(&mut self, page: (PatrolId, PageHash)) -> Result<PageNumber, FieldbookRefused> {
        self.state_numbers(page, renumbered)
    }

    /// States words that give numbers to pages of a patrol, by what nobody else changes meanwhile; says that of this page.
    fn state_numbers(
        &mut self,
        (patrol, page): (PatrolId, PageHash),
        words_for: impl FnOnce(
            &Connection,
            &Device,
            (&PatrolView, &SpaceId),
            PageHash,
        ) -> Result<Vec<PageCountersigned>, FieldbookRefused>,
    ) -> Result<PageNumber, FieldbookRefused> {
        self.check_may_state(jasaq_model::statement::Kind::PageCountersigned)?;
        let view = self.patrol(patrol)?;
        let space = self.space_of(patrol)?;
        self.write_to_seen(&view, |transaction, device, surroundings| {
            let words = words_for(transaction, device, (&view, &space), page)?;
            let number = words.iter().find(|word| word.page == page).map(|word| word.number);
            for word in words {
                Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()))
                    .state(Body::Sealing(Sealing::Countersigned(word)), None)?;
            }
            Ok(number.ok_or(LogRefused::NoPage)?)
        })
    }

    /// Says that a page was entered into the border service book, in which section and on which day (R22). SS only.
    pub fn enter_page(
        &mut self,
        page: (PatrolId, PageHash),
        entry: (Name, Day),
    ) -> Result<StatementRef, FieldbookRefused> {
        self.state_entry(page, entry, false)
    }

    /// Puts right in which section or on which day it was entered: both words stay, and the last counts. SS only.
    pub fn put_entry_right(
        &mut self,
        page: (PatrolId, PageHash),
        entry: (Name, Day),
    ) -> Result<StatementRef, FieldbookRefused> {
        self.state_entry(page, entry, true)
    }

    fn state_entry(
        &mut self,
        (patrol, page): (PatrolId, PageHash),
        (section, day): (Name, Day),
        puts_right: bool,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.check_may_state(jasaq_model::statement::Kind::PageEntered)?;
        let view = self.patrol(patrol)?;
        let space = self.space_of(patrol)?;
        let chain = PageChain::of(&view.log);
        let sealed = chain.page(page).ok_or(LogRefused::NoPage)?;
        let turns = sealed.entered.iter().map(|(_, word)| word.turn);
        let turn = match (sealed.state(), puts_right) {
            (PageState::Sealed, _) => return Err(LogRefused::NotCountersigned.into()),
            (PageState::Countersigned, true) => return Err(LogRefused::NotEntered.into()),
            (PageState::Entered, false) => return Err(LogRefused::Entered.into()),
            (PageState::Countersigned, false) => 0,
            (PageState::Entered, true) => {
                turns.max().and_then(|turn| turn.checked_add(1)).ok_or(LogRefused::Entered)?
            }
        };
        if views::numbers_given(self.vault.read(), &self.device)?.is_taken(&space, page) {
            return Err(LogRefused::NumberTwice.into());
        }
        let went_out_on = view.log.starts().map(|(stated, _)| stated.statement.happened_at().day()).min();
        if day > self.surroundings.now().moment().day() || went_out_on.is_some_and(|out| day < out) {
            return Err(LogRefused::EnteredDay.into());
        }
        let word = PageEntered { page, section, day, turn };
        self.state_of_seen(&view, Body::Sealing(Sealing::Entered(word)))
    }

    /// Opens a sealed patrol again, with a reason: its head may decide anew and seal another page. SS only.
    pub fn reopen_patrol(
        &mut self,
        patrol: PatrolId,
        reason: Note,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.check_may_state(jasaq_model::statement::Kind::PageReopened)?;
        let view = self.patrol(patrol)?;
        let chain = PageChain::of(&view.log);
        if chain.is_forked() {
            return Err(LogRefused::NotTheLastPage.into());
        }
        let last = chain.last().ok_or(LogRefused::NoPage)?;
        if !last.reopened.is_empty() {
            return Err(LogRefused::AlreadySo.into());
        }
        let word = PageReopened { page: last.sealed.page, reason };
        self.state_of_seen(&view, Body::Sealing(Sealing::Reopened(word)))
    }
}

/// The words by which a page and those before it that have none are countersigned, in their order. Nobody else writes meanwhile.
fn countersignatures(
    connection: &Connection,
    device: &Device,
    ((view, space), page): ((&PatrolView, &SpaceId), PageHash),
    anyway: Option<&Note>,
) -> Result<Vec<PageCountersigned>, FieldbookRefused> {
    let chain = PageChain::of(&view.log);
    let meant = chain.page(page).ok_or(LogRefused::NoPage)?;
    if !meant.countersigned.is_empty() {
        return Err(LogRefused::Countersigned.into());
    }
    if !meant.reopened.is_empty() {
        return Err(LogRefused::Reopened.into());
    }
    if !chain.last.contains(&page) {
        return Err(LogRefused::NotTheLastPage.into());
    }
    let due = chain.not_countersigned_up_to(page).ok_or(LogRefused::PageIncomplete)?;
    for sealed in &due {
        check_to_countersign(device, view, (&chain, sealed))?;
    }
    let mut number = next_number(connection, device, (view, space), &chain)?;
    let mut words = Vec::with_capacity(due.len());
    for sealed in &due {
        words.push(countersignature(device, (sealed.sealed.page, number), (0, anyway)));
        number = number.amended().ok_or(LogRefused::NumberTaken)?;
    }
    Ok(words)
}

fn countersignature(
    device: &Device,
    (page, number): (PageHash, PageNumber),
    (turn, anyway): (u16, Option<&Note>),
) -> PageCountersigned {
    let signature = device.keys.signing().sign(&countersigned_message(page, number));
    let signature = PageSignature::from_bytes(*signature.as_bytes());
    PageCountersigned { page, number, signature, turn, anyway: anyway.cloned() }
}

/// The words that give the countersigned pages of a patrol other numbers.
fn renumbered(
    connection: &Connection,
    device: &Device,
    (view, space): (&PatrolView, &SpaceId),
    page: PageHash,
) -> Result<Vec<PageCountersigned>, FieldbookRefused> {
    let chain = PageChain::of(&view.log);
    if chain.page(page).ok_or(LogRefused::NoPage)?.countersigned.is_empty() {
        return Err(LogRefused::NotCountersigned.into());
    }
    let given = views::numbers_given(connection, device)?;
    let mut pages = chain.countersigned();
    if !pages.any(|page| page.numbers().count() > 1 || given.is_taken(space, page.sealed.page)) {
        return Err(LogRefused::NumberIsItsOwn.into());
    }
    let mut number = first_number(connection, device, (view, space), &chain)?;
    let mut words = Vec::new();
    for sealed in chain.countersigned() {
        let turns = sealed.countersigned.iter().map(|(_, word)| word.turn);
        let turn = turns.max().unwrap_or_default().checked_add(1).ok_or(LogRefused::NumberTaken)?;
        let anyway = sealed.countersigned.iter().find_map(|(_, word)| word.anyway.as_ref());
        words.push(countersignature(device, (sealed.sealed.page, number), (turn, anyway)));
        number = number.amended().ok_or(LogRefused::NumberTaken)?;
    }
    Ok(words)
}

/// The number after the greatest of this squad and year; of an amendment the patrol's own, with the next amendment.
fn next_number(
    connection: &Connection,
    device: &Device,
    (view, space): (&PatrolView, &SpaceId),
    chain: &PageChain<'_>,
) -> Result<PageNumber, FieldbookRefused> {
    match chain.countersigned().filter_map(SealedPage::number).max() {
        Some(number) => Ok(number.amended().ok_or(LogRefused::NumberTaken)?),
        None => first_number(connection, device, (view, space), chain),
    }
}

/// The number after the greatest of this squad and year, by every countersignature that is here, also of pages that are not.
fn first_number(
    connection: &Connection,
    device: &Device,
    (view, space): (&PatrolView, &SpaceId),
    chain: &PageChain<'_>,
) -> Result<PageNumber, FieldbookRefused> {
    let mut whole = chain
        .pages
        .iter()
        .filter_map(|sealed| views::page_of(&view.log, sealed.sealed.page));
    let (_, written) = whole.next().ok_or(LogRefused::PageIncomplete)?;
    // A page says its start, or else when it was sealed: neither is this console's clock.
    let start = written.header.iter().find(|line| line.field == "start");
    let start = start.and_then(|line| line.value.as_deref()).unwrap_or(&written.sealed_at);
    let year = start.parse::<Moment>().ok().map(|start| start.day().year());
    let year = year.and_then(|year| u16::try_from(year).ok()).ok_or(LogRefused::NoValue)?;
    let last = views::numbers_given(connection, device)?.last_of(space, year);
    let number = last.unwrap_or_default().checked_add(1).ok_or(LogRefused::NumberTaken)?;
    Ok(PageNumber { year, number, amendment: 0 })
}

/// Whether a page is here whole, sealed by whom it names for his own squad, and no other was countersigned in its place.
fn check_to_countersign(
    device: &Device,
    view: &PatrolView,
    (chain, sealed): (&PageChain<'_>, &SealedPage<'_>),
) -> Result<(), LogRefused> {
    let mut siblings = chain.pages.iter().filter(|other| other.sealed.before == sealed.sealed.before);
    if siblings.any(|other| !other.countersigned.is_empty()) {
        return Err(LogRefused::NotTheLastPage);
    }
    let page = sealed.sealed.page;
    let (_, written) = views::page_of(&view.log, page).ok_or(LogRefused::PageIncomplete)?;
    check_seal(sealed.stated.author, page, &sealed.sealed.signature)?;
    let sealer = DeviceId::from_bytes(*sealed.stated.author.as_bytes());
    let enrolled = device.membership.known_device(&sealer);
    // The page says by itself whose it is and what it amends; what stands beside it says no more.
    let is_own = written.patrol == view.patrol.to_string()
        && written.sealed_by == sealed.stated.author.to_string()
        && written.before == sealed.sealed.before.map(|before| before.to_string())
        && enrolled.is_some_and(|enrolled| {
            written.squad == hexadecimal(enrolled.roll.as_bytes())
                && written.sealed_by_member == hexadecimal(enrolled.member.as_bytes())
        })
        && written.territory == hexadecimal(device.membership.root().as_bytes());
    if is_own { Ok(()) } else { Err(LogRefused::SealBroken) }
}

/// Whether a device signed this page.
pub(crate) fn check_seal(by: Author, page: PageHash, signature: &PageSignature) -> Result<(), LogRefused> {
    let signature = Signature::from_bytes(*signature.as_bytes());
    verify(by.as_bytes(), &sealed_message(page), &signature).map_err(|_| LogRefused::SealBroken)
}
