//! A page held against what is here of its patrol (requirements §7.3): before the subdivision countersigns it, and whenever somebody
//! asks.
//!
//! Promises that a page which says something else than the statements on which it rests, as one that a changed program made, is told
//! apart from one that does not; and that nothing is compared while a statement is missing, for nobody could tell the two apart then.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{Author, MemberId, PageHash, PatrolId};
use jasaq_model::notice::Telling;
use jasaq_model::page::{
    CaseOnPage, NoticeLine, Page, PageFacts, PageSection, PhoneOnPage, PhoneState, Salt, compose,
};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::reconcile::Reconciled;
use jasaq_model::register::Cause;
use jasaq_model::stated::Stated;
use jasaq_model::statement::Body;

use super::Fieldbook;
use crate::exchange::Device;
use crate::refusal::FieldbookRefused;
use crate::vault::Connection;
use crate::views::{self, CaseView, NoticeView, PatrolView};

/// A page beside what is here of its patrol.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageBesideLog {
    /// Statements on which it rests and which are not here. While there are any nothing is compared.
    pub missing: Vec<Cause>,
    /// Statements which are here and on which it does not rest: an amendment takes them in.
    pub late: Vec<Cause>,
    /// Where it says something else than the statements on which it rests come to.
    pub differing: Vec<PageSection>,
}

impl PageBesideLog {
    /// Why nobody countersigns it unseen.
    pub(super) fn refusal(&self) -> Option<LogRefused> {
        if !self.missing.is_empty() {
            return Some(LogRefused::PageRestsOnMore);
        }
        (!self.differing.is_empty()).then_some(LogRefused::PageDiffers)
    }
}

impl Fieldbook {
    /// Holds a page against what is here of its patrol. Whoever reads no cases misses what it says of them.
    pub fn page_beside_log(
        &mut self,
        (patrol, page): (PatrolId, PageHash),
    ) -> Result<PageBesideLog, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        beside_log((self.vault.read(), &self.device), &view, page)
    }
}

/// The same, of a patrol that was read.
pub(super) fn beside_log(
    (connection, device): (&Connection, &Device),
    view: &PatrolView,
    page: PageHash,
) -> Result<PageBesideLog, FieldbookRefused> {
    let (_, page) = views::page_of(&view.log, page).ok_or(LogRefused::PageIncomplete)?;
    let notices = views::notices_of(connection, device, view)?;
    let of_cases = views::cases(connection, device, view)?;
    let of_cases: BTreeSet<Cause> = of_cases.iter().flat_map(CaseView::rests_on).collect();
    let of_notices = notices.iter().flat_map(NoticeView::rests_on);
    let beside: BTreeSet<Cause> = of_cases.iter().cloned().chain(of_notices).collect();
    // A notice goes from each phone to the subdivision alone, so whoever sealed may not have read it.
    let late = page.late_in(&view.log, &of_cases);
    let missing = page.missing_in(&view.log, &beside);
    if !missing.is_empty() {
        return Ok(PageBesideLog { missing, late, differing: Vec::new() });
    }
    let covered = page.covered();
    let as_sealed = view.with_only(&covered);
    let cases = views::cases_with_only((connection, device), &as_sealed, &covered)?;
    let covered_of = covered.iter().filter(|cause| beside.contains(*cause));
    let anew = composed_anew(view, (&page, &as_sealed), (&cases, covered_of.cloned().collect()))?;
    let mut differing = page.differing_from(&anew);
    if !tells_notices(&page, (&as_sealed, &covered), &notices) {
        differing.push(PageSection::Notices);
    }
    Ok(PageBesideLog { missing, late, differing })
}

/// The page that these statements come to. Whose it is and what each device knows for itself is left as it stands there.
fn composed_anew(
    view: &PatrolView,
    (page, as_sealed): (&Page, &PatrolView),
    (cases, beside): (&[CaseView], BTreeSet<Cause>),
) -> Result<Page, FieldbookRefused> {
    let before = match page.before.as_deref().map(str::parse::<PageHash>) {
        None => None,
        Some(before) => {
            let before = before.map_err(|_| LogRefused::SealBroken)?;
            let (_, whole) = views::page_of(&view.log, before).ok_or(LogRefused::PageIncomplete)?;
            Some((before, whole.covered()))
        }
    };
    let devices = page.phones.iter().map(|phone| phone.device.parse::<Author>());
    let devices = devices.collect::<Result<Vec<_>, _>>().map_err(|_| LogRefused::SealBroken)?;
    let facts = PageFacts {
        territory: [0; 32],
        squad: [0; 16],
        patrol: view.patrol,
        parts: &view.parts,
        before,
        reason: None,
        sealed_at: page.sealed_at.parse().map_err(|_| LogRefused::SealBroken)?,
        sealed_by: page.sealed_by.parse().map_err(|_| LogRefused::SealBroken)?,
        sealed_by_member: MemberId::from_bytes([0; 16]),
        cards: BTreeMap::new(),
        phones: devices
            .into_iter()
            .map(|device| PhoneOnPage { device, member: None, state: PhoneState::Received })
            .collect(),
        cases: cases
            .iter()
            .map(|case| CaseOnPage { case: case.case, record: case.record() })
            .collect(),
        notices: Vec::new(),
        beside,
    };
    let log = &as_sealed.log;
    let mut salt = || Salt::from_bytes([0; 32]);
    Ok(compose((log, &Reconciled::of(log)), &facts, &mut salt).page)
}

/// Whether a page tells of the notices that its statements name, and of each no time and no answer that nobody said.
fn tells_notices(
    page: &Page,
    (as_sealed, covered): (&PatrolView, &BTreeSet<Cause>),
    notices: &[NoticeView],
) -> bool {
    let named = |stated: &Stated| match &stated.statement.body {
        Body::Telling(Telling::Logged(logged)) => Some(logged.notice.clone()),
        _ => None,
    };
    let of_log = as_sealed.log.stated().iter().filter_map(named);
    let own = notices
        .iter()
        .map(|notice| notice.name.clone())
        .filter(|name| covered.contains(name));
    let due: BTreeSet<[String; 2]> = of_log.chain(own).map(written).collect();
    let told: BTreeSet<[String; 2]> = page.notices.iter().map(|line| line.by.clone()).collect();
    let is_said = |line: &NoticeLine| {
        let known = notices.iter().find(|notice| written(notice.name.clone()) == line.by);
        known.is_some_and(|notice| says(notice, line))
    };
    due == told && page.notices.iter().all(is_said)
}

fn written(Cause { author, key }: Cause) -> [String; 2] {
    [author.to_string(), key.to_string()]
}

fn says(notice: &NoticeView, line: &NoticeLine) -> bool {
    let told = |at: &String| notice.told.iter().any(|told| told.at.to_string() == *at);
    let answered = |at: &String| {
        let mut answers = notice.answers.iter();
        answers.any(|(stated, _)| stated.statement.clocks.recorded_at().to_string() == *at)
    };
    notice.learned_at().to_string() == line.learned
        && line.told.as_ref().is_none_or(told)
        && line.answered.as_ref().is_none_or(answered)
        && (!line.confirmed || notice.is_voice_confirmed())
}
