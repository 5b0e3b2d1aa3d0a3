//! The page as the head seals it (001-§7, 23; requirements §7.3).
//!
//! Promises that a page is signed only once it was read back and every gate is open, and that what was sealed never changes.

use jasaq_model::ids::{Author, CaseId, PageHash, PatrolId};
use jasaq_model::limits::PAGE_PART_BYTES_MAX;
use jasaq_model::page::{
    CaseOnPage, Composed, GateState, NoticeLine, Openings, PAGE_BYTES_MAX, Page, PageBytes, PageChain,
    PageFacts, PhoneOnPage, Salt, compose, sealed_message,
};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::register::Cause;
use jasaq_model::sealing::{PagePart, PageSealed, PageSignature, Sealing};
use jasaq_model::statement::Body;
use jasaq_model::words::Note;
use jasaq_protocol::membership::SpaceKind;

use super::Fieldbook;
use super::reconciling::Reconciling;
use super::writing::Tap;
use crate::formats::pack;
use crate::refusal::FieldbookRefused;
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

    /// Seals what a changed program would, past every gate. For tests alone.
    #[cfg(feature = "fuzzing")]
    pub fn seal_altered(
        &mut self,
        patrol: PatrolId,
        alter: impl FnOnce(&mut Page),
    ) -> Result<PageHash, FieldbookRefused> {
        let reconciling = self.reconcile(patrol)?;
        let mut composed = self.composed(&reconciling, None)?;
        alter(&mut composed.page);
        let before = reconciling.page.as_ref().map(|(hash, _)| *hash);
        self.state_page(&reconciling.view, (&PageBytes::of(&composed.page), before), &composed)
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
    if reason.is_none() { Err(LogRefused::AmendmentReasonNeeded) } else { Ok(()) }
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
    let answered = notice.answers.first().map(|(stated, _)| stated.statement.clocks.recorded_at());
    let line = NoticeLine {
        by: [author.to_string(), key.to_string()],
        learned: learned.to_string(),
        told: told.map(|told| told.to_string()),
        confirmed: notice.is_voice_confirmed(),
        answered: answered.map(|answered| answered.to_string()),
        minutes: None,
    };
    NoticeLine { minutes: line.minutes_until_told(), ..line }
}
