//! A head makes one page of several phones' logs (requirements §7.3; screens L-1 to L-8).

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::case::CaseRecord;
use jasaq_model::ids::{Author, MemberId, PageHash, PatrolId, StatementRef};
use jasaq_model::moment::{Moment, UtcTime};
use jasaq_model::page::{Gate, GateFacts, Page, PageChain, attendance, gates};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::planning::Before;
use jasaq_model::reconcile::{Event, FieldState, FieldValue, OpenDecision, Reconciled};
use jasaq_model::register::Cause;
use jasaq_model::settling::{
    Attendance, Attended, Choice, ExcuseReason, PhoneExcused, Resolution, SameEvent, Sameness, SettledField,
    Settling,
};
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::Body;
use jasaq_model::words::Note;

use super::Fieldbook;
use crate::refusal::FieldbookRefused;
use crate::views::{self, CaseView, NoticeView, PatrolView, PhoneTile};

/// A patrol that is being reconciled, as this device sees it.
#[derive(Debug, Clone)]
pub struct Reconciling {
    /// Its log.
    pub view: PatrolView,
    /// Its phones.
    pub phones: Vec<PhoneTile>,
    /// Its cases, as far as they are read here.
    pub cases: Vec<CaseView>,
    /// What was told to the subdivision on it, as far as it is read here.
    pub notices: Vec<NoticeView>,
    /// The subdivision's cards.
    pub cards: BTreeMap<MemberId, SquadCard>,
    /// Its last page, if one is here whole.
    pub page: Option<(PageHash, Page)>,
    now: Moment,
    device: Author,
}

impl Reconciling {
    /// How far it is reconciled.
    #[must_use]
    pub fn reconciled(&self) -> Reconciled<'_> {
        Reconciled::of(&self.view.log)
    }

    /// What came after its last page.
    #[must_use]
    pub fn late(&self) -> Vec<Cause> {
        self.page
            .as_ref()
            .map(|(_, page)| page.late_in(&self.view.log, &self.beside_as_sealed(page)))
            .unwrap_or_default()
    }

    /// The statements beside the log that a page repeats that is sealed here: what is said of the cases, the notices and their answers.
    #[must_use]
    pub fn beside(&self) -> BTreeSet<Cause> {
        self.cases
            .iter()
            .flat_map(CaseView::rests_on)
            .chain(self.notices.iter().flat_map(NoticeView::rests_on))
            .collect()
    }

    /// The same as far as whoever sealed a page reads it too: cases are read alike by heads and subdivisions, but a notice goes from
    /// each to the subdivision alone.
    fn beside_as_sealed(&self, page: &Page) -> BTreeSet<Cause> {
        let is_own = page.sealed_by == self.device.to_string();
        let of_notices = self.notices.iter().filter(|_| is_own).flat_map(NoticeView::rests_on);
        self.cases.iter().flat_map(CaseView::rests_on).chain(of_notices).collect()
    }

    /// What stands before its seal.
    #[must_use]
    pub fn gates(&self) -> Vec<Gate> {
        let reconciled = self.reconciled();
        let facts = GateFacts {
            // What was recorded here is put right by the satellites; so is the clock against which it is held.
            now: reconciled.put_right(self.device, self.now).time(),
            cards: self.cards.clone(),
            phones: self.phones.iter().map(|tile| (tile.device, tile.state)).collect(),
            untold: self
                .notices
                .iter()
                .filter(|notice| notice.is_urgent() && notice.told.is_empty() && notice.is_open())
                .map(|notice| notice.name.clone())
                .collect(),
            late: self.late(),
            ..facts_of_cases(&self.cases)
        };
        gates(&self.view.log, &reconciled, &facts)
    }
}

/// What cases say of the gates, and nothing else.
pub(super) fn facts_of_cases(cases: &[CaseView]) -> GateFacts {
    let is_unread = |case: &&CaseView| case.said.is_empty() && !case.is_read_whole && !case.is_awaited;
    let is_here = |case: &CaseView| !case.said.is_empty() && !case.is_awaited;
    let unread = cases.iter().filter(is_unread);
    let force = cases.iter().filter(|case| !CaseRecord::of(&case.said).force.is_empty());
    GateFacts {
        now: UtcTime::saturating_from_unix_ms(i64::MAX),
        cards: BTreeMap::new(),
        phones: BTreeMap::new(),
        cases: cases
            .iter()
            .map(|case| (case.case, is_here(case).then(|| case.record().gaps())))
            .collect(),
        unread: unread.map(|case| case.case).collect(),
        force: force.map(|case| case.case).collect(),
        untold: Vec::new(),
        late: Vec::new(),
    }
}

impl Fieldbook {
    /// A patrol as it is being reconciled, or was.
    pub fn reconcile(&mut self, patrol: PatrolId) -> Result<Reconciling, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        let connection = self.vault.read();
        let phones = views::phones(connection, &self.device, &view)?;
        let cases = views::cases(connection, &self.device, &view)?;
        let cards = views::squad_cards(connection, &self.device)?;
        let page = views::last_page(&view);
        let notices = views::notices_of(connection, &self.device, &view)?;
        Ok(Reconciling {
            phones,
            cases,
            notices,
            cards: cards.into_iter().map(|card| (card.member, card)).collect(),
            page,
            now: self.surroundings.now().moment(),
            device: Author::from_bytes(*self.device.id().as_bytes()),
            view,
        })
    }

    /// Says whether entries tell of one event. HEAD only. What was decided otherwise of them is replaced.
    pub fn decide_same(
        &mut self,
        (patrol, entries): (PatrolId, Vec<Cause>),
        (is, reason): (Sameness, Option<Note>),
    ) -> Result<StatementRef, FieldbookRefused> {
        let reconciling = self.open_to_decide(patrol)?;
        let entries = Before::new(entries).map_err(|_| LogRefused::TooManyEntries)?;
        if entries.iter().count() < 2 {
            return Err(LogRefused::TooFewEntries.into());
        }
        let reconciled = reconciling.reconciled();
        let mut told = reconciled.events.iter().flat_map(Event::told_by);
        let known: Vec<Cause> = told.by_ref().map(jasaq_model::stated::Stated::cause).collect();
        if !entries.iter().all(|cause| known.contains(cause)) {
            return Err(LogRefused::NotThere.into());
        }
        let replaces = reconciled.replaced_by(&entries, is);
        self.settle(&reconciling, Settling::SameEvent(SameEvent { entries, is, reason, replaces }))
    }

    /// Says what of a field stands: of an event, by the statements that tell of it, or of the patrol itself. HEAD only.
    pub fn decide_field(
        &mut self,
        (patrol, field, entries): (PatrolId, SettledField, &Before),
        (choice, reason): (Choice, Option<Note>),
    ) -> Result<StatementRef, FieldbookRefused> {
        let reconciling = self.open_to_decide(patrol)?;
        let reconciled = reconciling.reconciled();
        let mut states = reconciled
            .header
            .iter()
            .chain(reconciled.events.iter().flat_map(|event| &event.fields));
        let state = states.find(|state| state.field == field && state.entries == *entries);
        // What nobody said of the patrol itself a head may write.
        if state.is_none() && reconciled.entries_of(field) != Some(entries) {
            return Err(LogRefused::NotThere.into());
        }
        check_choice((field, state), &choice, reason.as_ref())?;
        let replaces = state.map_or_else(Before::default, |state| {
            let before = state.stale.iter().chain(&state.decided).map(|decided| decided.by.cause());
            Before::first_of(before)
        });
        let entries = entries.clone();
        self.settle(&reconciling, Settling::Resolved(Resolution { entries, field, choice, reason, replaces }))
    }

    /// Goes on without a phone, with a reason. HEAD only. If it turns up, what it has is shown as late.
    pub fn excuse_phone(
        &mut self,
        (patrol, device): (PatrolId, Author),
        (why, note): (ExcuseReason, Option<Note>),
    ) -> Result<StatementRef, FieldbookRefused> {
        let reconciling = self.open_to_decide(patrol)?;
        if device == reconciling.device {
            return Err(LogRefused::OwnPhone.into());
        }
        let tile = reconciling.phones.iter().find(|tile| tile.device == device);
        if tile.ok_or(LogRefused::NotThere)?.excused.is_some() {
            return Err(LogRefused::AlreadySo.into());
        }
        if why == ExcuseReason::Other && note.is_none() {
            return Err(LogRefused::ExcuseWordsNeeded.into());
        }
        self.settle(&reconciling, Settling::Excused(PhoneExcused { device, why, note }))
    }

    /// Says whether a member was there. HEAD only.
    pub fn say_attended(
        &mut self,
        (patrol, member): (PatrolId, MemberId),
        (was, note): (Attended, Option<Note>),
    ) -> Result<StatementRef, FieldbookRefused> {
        let reconciling = self.open_to_decide(patrol)?;
        let log = &reconciling.view.log;
        // Not a console of the territory, nor an officer who told something by radio.
        if !log.is_of_squad(member) && !attendance(log).contains_key(&member) {
            return Err(LogRefused::NotOfSquad.into());
        }
        let before = log.standing().filter_map(|by| match &by.statement.body {
            Body::Settling(Settling::Attended(said)) if said.member == member => Some(by.cause()),
            _ => None,
        });
        let replaces = Before::first_of(before);
        self.settle(&reconciling, Settling::Attended(Attendance { member, was, note, replaces }))
    }

    /// What is open of a patrol, the same on every device that holds the same of it.
    pub fn open_decisions(&mut self, patrol: PatrolId) -> Result<Vec<OpenDecision>, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        Ok(Reconciled::of(&view.log).open)
    }

    /// A patrol about which something may still be decided: it is not sealed, or something came since.
    fn open_to_decide(&mut self, patrol: PatrolId) -> Result<Reconciling, FieldbookRefused> {
        let reconciling = self.reconcile(patrol)?;
        let is_sealed = PageChain::of(&reconciling.view.log).is_sealed();
        if is_sealed && reconciling.late().is_empty() {
            return Err(LogRefused::Sealed.into());
        }
        Ok(reconciling)
    }

    fn settle(&mut self, seen: &Reconciling, said: Settling) -> Result<StatementRef, FieldbookRefused> {
        self.state_of_seen(&seen.view, Body::Settling(said))
    }
}

/// Only what somebody said of the field is taken for it.
fn check_choice(
    (field, state): (SettledField, Option<&FieldState<'_>>),
    choice: &Choice,
    reason: Option<&Note>,
) -> Result<(), LogRefused> {
    match choice {
        Choice::Said(cause) if !state.is_some_and(|state| state.is_said_by(cause)) => {
            Err(LogRefused::NotThere)
        }
        Choice::Another(written) if FieldValue::read(field, written).is_err() => Err(LogRefused::NoValue),
        Choice::Another(_) | Choice::Undecided | Choice::LeftOut if reason.is_none() => {
            Err(LogRefused::ReasonNeeded)
        }
        _ => Ok(()),
    }
}
