//! The page: the head seals it, the subdivision countersigns, numbers and enters it (001-§7, 23; requirements §7.3).
//!
//! Promises that a page is signed only once it was read back and every gate is open; that what was sealed never changes; and that a
//! signature counts by the device that made it: of a page that another signed nothing is countersigned.

use jasaq_model::ids::hexadecimal;
use jasaq_model::ids::{Author, CaseId, PageHash, PatrolId, StatementRef};
use jasaq_model::limits::PAGE_PART_BYTES_MAX;
use jasaq_model::moment::Day;
use jasaq_model::page::{
    CaseOnPage, Composed, GateState, NoticeLine, Openings, PAGE_BYTES_MAX, Page, PageBytes, PageChain,
    PageFacts, PageState, PhoneOnPage, Salt, SealedPage, compose, countersigned_message, sealed_message,
};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::register::Cause;
use jasaq_model::sealing::{
    PageCountersigned, PageEntered, PageNumber, PagePart, PageReopened, PageSealed, PageSignature, Sealing,
};
use jasaq_model::statement::Body;
use jasaq_model::words::{Name, Note};
use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::membership::SpaceKind;
use jasaq_protocol::seal::{Signature, verify};

use super::Fieldbook;
use super::reconciling::Reconciling;
use super::writing::Tap;
use crate::exchange::Device;
use crate::formats::pack;
use crate::refusal::FieldbookRefused;
use crate::surroundings::Surroundings;
use crate::vault::Connection;
use crate::views::{self, NoticeView, PageView, PatrolView};

/// What is in a page before it is sealed: the head looks at it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePreview {
    /// The page as it would be.
    pub page: Page,
    /// What opens its commitments.
    pub openings: Openings,
}

impl Fieldbook {
    /// The page as it would be sealed now, whatever stands before its seal.
    pub fn preview_page(
        &mut self,
        patrol: PatrolId,
        reason: Option<&Note>,
    ) -> Result<PagePreview, FieldbookRefused> {
        let reconciling = self.reconcile(patrol)?;
        let composed = self.composed(&reconciling, reason)?;
        let openings = composed.of_cases.into_values().flat_map(|openings| openings.openings);
        let openings = composed.of_members.openings.into_iter().chain(openings).collect();
        Ok(PagePreview { page: composed.page, openings: Openings { openings } })
    }

    /// Seals the page of a patrol. HEAD only; every gate has to let through. Of a patrol that is sealed already this makes an
    /// amendment, with a reason, if something came since.
    pub fn seal_page(
        &mut self,
        patrol: PatrolId,
        reason: Option<&Note>,
    ) -> Result<PageHash, FieldbookRefused> {
        self.check_may_state(jasaq_model::statement::Kind::PageSealed)?;
        let reconciling = self.reconcile(patrol)?;
        self.check_on_squad(&reconciling)?;
        check_may_seal(&reconciling, reason)?;
        let composed = self.composed(&reconciling, reason)?;
        let bytes = PageBytes::of(&composed.page);
        if bytes.as_bytes().len() > PAGE_BYTES_MAX {
            return Err(LogRefused::PageTooLong.into());
        }
        let (read, page) = PageBytes::read(bytes.as_bytes())
            .map_err(|refused| FieldbookRefused::Defect(refused.to_string()))?;
        if page != composed.page || read.hash() != bytes.hash() {
            return Err(FieldbookRefused::Defect("a page that is read otherwise than it was written".into()));
        }
        let before = reconciling.page.as_ref().map(|(hash, _)| *hash);
        self.state_page(&reconciling.view, (&bytes, before), &composed)
    }

    /// Countersigns a page and gives it its number. SS only. The page has to be here whole, sealed by a head of the squad, and the last
    /// of its patrol; of several that were sealed apart the one that is named goes on. A page that it amends and that has no number yet
    /// is countersigned with it, for no book holds an amendment of what it does not hold.
    pub fn countersign_page(
        &mut self,
        (patrol, page): (PatrolId, PageHash),
    ) -> Result<PageNumber, FieldbookRefused> {
        self.check_may_state(jasaq_model::statement::Kind::PageCountersigned)?;
        let view = self.patrol(patrol)?;
        let space = self.space_of(patrol)?;
        self.write_to_seen(&view, |transaction, device, surroundings| {
            let words = countersignatures(transaction, device, (&view, &space), (page, surroundings))?;
            let last = words.last().map(|word| word.number).ok_or(LogRefused::NoPage)?;
            for word in words {
                Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()))
                    .state(Body::Sealing(Sealing::Countersigned(word)), None)?;
            }
            Ok(last)
        })
    }

    /// Says that a page was entered into the border service book, in which section and on which day (R22). SS only.
    pub fn enter_page(
        &mut self,
        (patrol, page): (PatrolId, PageHash),
        (section, day): (Name, Day),
    ) -> Result<StatementRef, FieldbookRefused> {
        self.check_may_state(jasaq_model::statement::Kind::PageEntered)?;
        let view = self.patrol(patrol)?;
        let chain = PageChain::of(&view.log);
        match chain.page(page).ok_or(LogRefused::NoPage)?.state() {
            PageState::Sealed => return Err(LogRefused::NotCountersigned.into()),
            PageState::Entered => return Err(LogRefused::Entered.into()),
            PageState::Countersigned => {}
        }
        let went_out_on = view.log.starts().map(|(stated, _)| stated.statement.happened_at().day()).min();
        if day > self.surroundings.now().moment().day() || went_out_on.is_some_and(|out| day < out) {
            return Err(LogRefused::EnteredDay.into());
        }
        let word = PageEntered { page, section, day };
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
        let last = chain.last().ok_or(LogRefused::NoPage)?;
        if !last.reopened.is_empty() {
            return Err(LogRefused::AlreadySo.into());
        }
        let word = PageReopened { page: last.sealed.page, reason };
        self.state_of_seen(&view, Body::Sealing(Sealing::Reopened(word)))
    }

    /// Every page that was sealed, with its patrol, the one with the newest word first.
    pub fn pages(&mut self) -> Result<Vec<PageView>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::pages(self.vault.read(), &self.device)?)
    }

    /// A strike-off that this phone has heard of ends the head's part in the squad (001-§22), whether or not his phone was removed.
    fn check_on_squad(&mut self, reconciling: &Reconciling) -> Result<(), FieldbookRefused> {
        let today = self.surroundings.now().moment().day();
        let own = self.own_member().and_then(|own| reconciling.cards.get(&own));
        let has_ended = own.and_then(|card| card.ended).is_some_and(|ended| ended <= today);
        if has_ended { Err(LogRefused::SealerEnded.into()) } else { Ok(()) }
    }

    fn composed(
        &mut self,
        reconciling: &Reconciling,
        reason: Option<&Note>,
    ) -> Result<Composed, FieldbookRefused> {
        let own = self.own_member().ok_or(FieldbookRefused::MayNotState { paragraph: "001-§7" })?;
        let squad = self.device.membership.device(&self.device.id()).map(|enrolled| enrolled.roll);
        let view = &reconciling.view;
        let before = reconciling.page.as_ref().map(|(hash, page)| (*hash, page.covered()));
        let facts = PageFacts {
            territory: *self.device.membership.root().as_bytes(),
            squad: squad.map(|roll| *roll.as_bytes()).unwrap_or_default(),
            patrol: view.patrol,
            parts: &view.parts,
            before,
            reason: reason.map(ToString::to_string),
            sealed_at: self.surroundings.now().moment(),
            sealed_by: Author::from_bytes(*self.device.id().as_bytes()),
            sealed_by_member: own,
            cards: reconciling.cards.clone(),
            phones: reconciling
                .phones
                .iter()
                .map(|tile| PhoneOnPage { device: tile.device, member: tile.member, state: tile.state })
                .collect(),
            cases: reconciling
                .cases
                .iter()
                .map(|case| CaseOnPage { case: case.case, record: case.record() })
                .collect(),
            notices: reconciling.notices.iter().map(notice_line).collect(),
            beside: reconciling.beside(),
        };
        let surroundings = &mut self.surroundings;
        let mut salt = || {
            let mut bytes = [0; 32];
            let (one, other) = (surroundings.make_id(), surroundings.make_id());
            bytes[..16].copy_from_slice(&one);
            bytes[16..].copy_from_slice(&other);
            Salt::from_bytes(bytes)
        };
        Ok(compose((&view.log, &reconciling.reconciled()), &facts, &mut salt))
    }

    /// Pieces, openings and seal in one transaction.
    fn state_page(
        &mut self,
        seen: &PatrolView,
        (bytes, before): (&PageBytes, Option<PageHash>),
        composed: &Composed,
    ) -> Result<PageHash, FieldbookRefused> {
        let patrol = seen.patrol;
        let space = self.space_of(patrol)?;
        // Without a place for its openings nobody could ever open what the page commits to.
        let protected = self.device.space_of_kind(SpaceKind::Protected);
        let protected = protected.ok_or(FieldbookRefused::MayNotState { paragraph: "001-§10(5)" })?;
        let page = bytes.hash();
        let signature = self.device.keys.signing().sign(&sealed_message(page));
        let signature = PageSignature::from_bytes(*signature.as_bytes());
        let parts = parts_of(page, bytes.as_bytes())?;
        let mut openings: Vec<(CaseId, Vec<PagePart>)> =
            vec![(CaseId::from_bytes(*patrol.as_bytes()), parts_of(page, &composed.of_members.to_bytes())?)];
        for (case, of_case) in &composed.of_cases {
            openings.push((*case, parts_of(page, &of_case.to_bytes())?));
        }
        self.write_to_seen(seen, |transaction, device, surroundings| {
            for part in parts {
                Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()))
                    .state(Body::Sealing(Sealing::Part(part)), None)?;
            }
            for (about, part) in openings
                .into_iter()
                .flat_map(|(about, parts)| parts.into_iter().map(move |part| (about, part)))
            {
                Tap::at(transaction, device, surroundings, (protected, about.as_bytes()))
                    .state(Body::Sealing(Sealing::Openings(part)), None)?;
            }
            let sealed = Sealing::Sealed(PageSealed { page, before, signature });
            Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()))
                .state(Body::Sealing(sealed), None)?;
            Ok(page)
        })
    }
}

/// The words by which a page and those before it that have none are countersigned, in their order. Nobody else writes meanwhile.
fn countersignatures(
    connection: &Connection,
    device: &Device,
    (view, space): (&PatrolView, &SpaceId),
    (page, surroundings): (PageHash, &mut Surroundings),
) -> Result<Vec<PageCountersigned>, FieldbookRefused> {
    let chain = PageChain::of(&view.log);
    if !chain.page(page).ok_or(LogRefused::NoPage)?.countersigned.is_empty() {
        return Err(LogRefused::Countersigned.into());
    }
    if !chain.last.contains(&page) {
        return Err(LogRefused::NotTheLastPage.into());
    }
    let due = chain.not_countersigned_up_to(page).ok_or(LogRefused::PageIncomplete)?;
    for sealed in &due {
        check_to_countersign(device, view, (&chain, sealed))?;
    }
    let this_year = u16::try_from(surroundings.now().moment().day().year()).ok();
    let mut number = next_number(connection, device, (view, space), (&chain, this_year))?;
    let mut words = Vec::with_capacity(due.len());
    for sealed in &due {
        let page = sealed.sealed.page;
        let signature = device.keys.signing().sign(&countersigned_message(page, number));
        let signature = PageSignature::from_bytes(*signature.as_bytes());
        words.push(PageCountersigned { page, number, signature });
        number = number.amended().ok_or(LogRefused::NumberTaken)?;
    }
    Ok(words)
}

/// The number after the greatest of this squad and year, by every countersignature that is here, also of pages that are not; of an
/// amendment the patrol's own, with the next amendment.
fn next_number(
    connection: &Connection,
    device: &Device,
    (view, space): (&PatrolView, &SpaceId),
    (chain, this_year): (&PageChain<'_>, Option<u16>),
) -> Result<PageNumber, FieldbookRefused> {
    if let Some(number) = chain.pages.iter().filter_map(SealedPage::number).max() {
        return Ok(number.amended().ok_or(LogRefused::NumberTaken)?);
    }
    let mut whole = chain
        .pages
        .iter()
        .filter_map(|sealed| views::page_of(&view.log, sealed.sealed.page));
    let (_, written) = whole.next().ok_or(LogRefused::PageIncomplete)?;
    let start = written.header.iter().find(|line| line.field == "start");
    let start = start.and_then(|line| line.value.as_deref());
    let year = start.and_then(|start| start.get(..4)?.parse::<u16>().ok());
    let year = year.or(this_year).ok_or(LogRefused::NoValue)?;
    let taken = views::page_numbers(connection, device, space)?;
    let last = taken
        .into_iter()
        .filter(|number| number.year == year)
        .map(|number| number.number)
        .max();
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
    let roll = device.membership.known_device(&sealer).map(|enrolled| enrolled.roll);
    // The page says by itself whose it is and what it amends; what stands beside it says no more.
    let is_own = written.patrol == view.patrol.to_string()
        && written.sealed_by == sealed.stated.author.to_string()
        && written.before == sealed.sealed.before.map(|before| before.to_string())
        && roll.is_some_and(|roll| written.squad == hexadecimal(roll.as_bytes()))
        && written.territory == hexadecimal(device.membership.root().as_bytes());
    if is_own { Ok(()) } else { Err(LogRefused::SealBroken) }
}

fn check_may_seal(reconciling: &Reconciling, reason: Option<&Note>) -> Result<(), LogRefused> {
    let chain = PageChain::of(&reconciling.view.log);
    if chain.is_forked() {
        return Err(LogRefused::NotTheLastPage);
    }
    if reconciling.gates().iter().any(|gate| gate.state == GateState::Closed) {
        return Err(LogRefused::GatesClosed);
    }
    let Some(last) = chain.last() else { return Ok(()) };
    // The page before is needed to tell what is late.
    if reconciling.page.is_none() {
        return Err(LogRefused::PageIncomplete);
    }
    if last.reopened.is_empty() && reconciling.late().is_empty() {
        return Err(LogRefused::NothingNew);
    }
    if reason.is_none() { Err(LogRefused::ReasonNeeded) } else { Ok(()) }
}

/// Whether a device signed this page.
pub(crate) fn check_seal(by: Author, page: PageHash, signature: &PageSignature) -> Result<(), LogRefused> {
    let signature = Signature::from_bytes(*signature.as_bytes());
    verify(by.as_bytes(), &sealed_message(page), &signature).map_err(|_| LogRefused::SealBroken)
}

fn parts_of(page: PageHash, bytes: &[u8]) -> Result<Vec<PagePart>, FieldbookRefused> {
    let packed = pack(bytes);
    let chunks: Vec<&[u8]> = packed.chunks(PAGE_PART_BYTES_MAX).collect();
    let of = u16::try_from(chunks.len()).map_err(|_| FieldbookRefused::PatrolFull)?;
    (0..of)
        .zip(chunks)
        .map(|(number, chunk)| {
            PagePart::new(page, (number, of), chunk).map_err(|_| FieldbookRefused::PatrolFull)
        })
        .collect()
}

fn notice_line(notice: &NoticeView) -> NoticeLine {
    let Cause { author, key } = notice.name.clone();
    let (learned, told) = (notice.learned_at(), notice.told_at());
    let minutes = told.map(|told| (told.time().unix_ms() - learned.time().unix_ms()).div_euclid(60_000));
    let answered = notice.answers.first().map(|(stated, _)| stated.statement.clocks.recorded_at());
    NoticeLine {
        by: [author.to_string(), key.to_string()],
        learned: learned.to_string(),
        told: told.map(|told| told.to_string()),
        confirmed: notice.is_voice_confirmed(),
        answered: answered.map(|answered| answered.to_string()),
        minutes,
    }
}
