//! A page held against what is here of its patrol (requirements §7.3; decision 0052): before the subdivision countersigns it, and
//! whenever somebody asks.
//!
//! Promises that a page which says something else than the statements on which it rests, as one that a changed program made, is told
//! apart from one that does not; and that nothing is compared while a statement is missing, for nobody could tell the two apart then.

mod notices;
mod opened;

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{Author, MemberId, PageHash, PatrolId};
use jasaq_model::page::{
    CaseOnPage, Composed, GateKind, GateState, Page, PageBytes, PageFacts, PageSection, PhoneOnPage,
    PhoneState, Salt, compose, gates,
};
use jasaq_model::patrol_log::{LogRefused, PatrolLog};
use jasaq_model::reconcile::Reconciled;
use jasaq_model::register::Cause;

use super::Fieldbook;
use super::reconciling::facts_of_cases;
use crate::exchange::Device;
use crate::refusal::FieldbookRefused;
use crate::vault::Connection;
use crate::views::{self, CaseView, NoticeView, PatrolView, UnsettledReason};

/// A page beside what is here of its patrol.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageBesideLog {
    /// Statements on which it rests and which do not count here: with why, of those that are here all the same. While there are any
    /// nothing is compared.
    pub missing: Vec<(Cause, Option<UnsettledReason>)>,
    /// Statements which are here and on which it does not rest: an amendment takes them in.
    pub late: Vec<Cause>,
    /// Where it says something else than the statements on which it rests come to.
    pub differing: BTreeSet<PageSection>,
    /// What stood before its seal by these statements, and does not let through.
    pub gates: Vec<GateKind>,
    /// How many of its commitments nothing here opens: they were not compared.
    pub unopened: usize,
}

impl PageBesideLog {
    /// Whether it says what its statements do, and might be sealed.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.refusal().is_none()
    }

    /// Why nobody countersigns it unseen.
    pub(super) fn refusal(&self) -> Option<LogRefused> {
        if !self.missing.is_empty() {
            return Some(LogRefused::PageRestsOnMore);
        }
        if !self.differing.is_empty() {
            return Some(LogRefused::PageDiffers);
        }
        (!self.gates.is_empty()).then_some(LogRefused::SealedPastGates)
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

/// The page that is looked at, and the statements that it names.
struct Sealed {
    hash: PageHash,
    bytes: PageBytes,
    page: Page,
    covered: BTreeSet<Cause>,
}

/// The same, of a patrol that was read.
pub(super) fn beside_log(
    held: (&Connection, &Device),
    view: &PatrolView,
    hash: PageHash,
) -> Result<PageBesideLog, FieldbookRefused> {
    let (connection, device) = held;
    let (bytes, page) = views::page_of(&view.log, hash).ok_or(LogRefused::PageIncomplete)?;
    let sealed = Sealed { hash, bytes, covered: page.covered(), page };
    let (page, covered) = (&sealed.page, &sealed.covered);
    let of_cases = views::cases(connection, device, view)?;
    let of_cases: BTreeSet<Cause> = of_cases.iter().flat_map(CaseView::rests_on).collect();
    let of_notices = views::notices_of(connection, device, view)?;
    let of_notices = of_notices.iter().flat_map(NoticeView::rests_on);
    let beside: BTreeSet<Cause> = of_cases.iter().cloned().chain(of_notices).collect();
    // A notice goes from each phone to the subdivision alone, so whoever sealed may not have read it.
    let late = page.late_in(&view.log, &of_cases);
    let missing = page.missing_in(&view.log, &beside);
    if !missing.is_empty() {
        let missing = missing.into_iter().map(|cause| (why_missing(view, &cause), cause));
        let missing = missing.map(|(why, cause)| (cause, why)).collect();
        return Ok(PageBesideLog { missing, late, ..PageBesideLog::default() });
    }
    let as_sealed = view.log.with_only(covered);
    let cases = views::cases_with_only(held, &as_sealed, covered)?;
    let covered_beside = covered.iter().filter(|cause| beside.contains(*cause)).cloned().collect();
    let anew = composed_anew(view, (page, &as_sealed), (&cases, covered_beside))?;
    let mut differing = page.differing_from(&anew.page);
    let (false_words, unopened) = opened::differing_in(connection, (view.patrol, &sealed), &anew)?;
    differing.extend(false_words);
    // A log may name a notice that is another patrol's by its own words.
    if !notices::are_told((page, covered), &as_sealed, &views::notices(connection, device)?) {
        differing.insert(PageSection::Notices);
    }
    if !has_its_parts(held, view, &sealed)? {
        differing.insert(PageSection::Parts);
    }
    let gates = shut(&as_sealed, &cases);
    Ok(PageBesideLog { missing: Vec::new(), late, differing, gates, unopened })
}

/// Why a statement that is here does not count.
fn why_missing(view: &PatrolView, cause: &Cause) -> Option<UnsettledReason> {
    let mut unsettled = view.unsettled.iter();
    let found = unsettled.find(|unsettled| (unsettled.author, &unsettled.key) == (cause.author, &cause.key));
    found.map(|unsettled| unsettled.reason)
}

/// The page that these statements come to. Whose it is and what each device knows for itself is left as it stands there.
fn composed_anew(
    view: &PatrolView,
    (page, log): (&Page, &PatrolLog),
    (cases, beside): (&[CaseView], BTreeSet<Cause>),
) -> Result<Composed, FieldbookRefused> {
    let before = match page.before.as_deref().map(str::parse::<PageHash>) {
        None => None,
        Some(before) => {
            let before = before.map_err(|_| LogRefused::SealBroken)?;
            let (_, whole) = views::page_of(&view.log, before).ok_or(LogRefused::PageIncomplete)?;
            Some((before, whole.covered()))
        }
    };
    let facts = PageFacts {
        territory: [0; 32],
        squad: [0; 16],
        patrol: view.patrol,
        parts: &view.parts,
        before,
        reason: page.reason.as_ref().map(|_| String::new()),
        sealed_at: page.sealed_at.parse().map_err(|_| LogRefused::SealBroken)?,
        sealed_by: page.sealed_by.parse().map_err(|_| LogRefused::SealBroken)?,
        sealed_by_member: MemberId::from_bytes([0; 16]),
        cards: BTreeMap::new(),
        phones: phones_due(page, log)?,
        cases: cases
            .iter()
            .map(|case| CaseOnPage { case: case.case, record: case.record() })
            .collect(),
        notices: page.notices.clone(),
        beside,
    };
    let mut salt = || Salt::from_bytes([0; 32]);
    Ok(compose((log, &Reconciled::of(log)), &facts, &mut salt))
}

/// The phones that have to stand on the page, each once: those that it names, and each from which something came. Which of the others
/// was waited for the head knew.
fn phones_due(page: &Page, log: &PatrolLog) -> Result<Vec<PhoneOnPage>, LogRefused> {
    let named = page.phones.iter().map(|phone| phone.device.parse::<Author>());
    let named = named.collect::<Result<Vec<_>, _>>().map_err(|_| LogRefused::SealBroken)?;
    let of_field = log
        .stated()
        .iter()
        .filter(|stated| views::is_of_the_field(&stated.statement.body));
    let due = named.into_iter().chain(of_field.map(|stated| stated.author));
    let mut devices: Vec<Author> = Vec::new();
    for device in due {
        if !devices.contains(&device) {
            devices.push(device);
        }
    }
    let on_page = |device| PhoneOnPage { device, member: None, state: PhoneState::Received };
    Ok(devices.into_iter().map(on_page).collect())
}

/// Whether it names patrols that are parts of its own, and each of them on whose statements it rests: a patrol that is said to be a
/// part of another counts for nothing by itself. What became a part after the seal is late.
fn has_its_parts(
    (connection, device): (&Connection, &Device),
    view: &PatrolView,
    sealed: &Sealed,
) -> Result<bool, FieldbookRefused> {
    let named: BTreeSet<&str> = sealed.page.parts.iter().map(String::as_str).collect();
    let known: BTreeMap<String, PatrolId> = view.parts.iter().map(|part| (part.to_string(), *part)).collect();
    if named.len() != sealed.page.parts.len() || named.iter().any(|part| !known.contains_key(*part)) {
        return Ok(false);
    }
    for part in known
        .iter()
        .filter(|(name, _)| !named.contains(name.as_str()))
        .map(|(_, part)| *part)
    {
        let own = views::patrol_view(connection, device, part)?;
        let mut own = own.iter().flat_map(|own| own.log.stated());
        if own.any(|stated| sealed.covered.contains(&stated.cause())) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The gates that follow from statements alone and do not let through: no head's program seals past them.
fn shut(log: &PatrolLog, cases: &[CaseView]) -> Vec<GateKind> {
    let closed = gates(log, &Reconciled::of(log), &facts_of_cases(cases)).into_iter();
    let closed = closed.filter(|gate| gate.state == GateState::Closed);
    closed.map(|gate| gate.kind).collect()
}
