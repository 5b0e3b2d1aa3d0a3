//! What is said of a log beside entries: amendments, marks, what is taken back, what was recorded apart (requirements §7.3).
//!
//! Until an entry was flushed nobody else can have it, and it is written over where it stands; from then on it is amended, with a
//! reason, and both stay.

use std::collections::BTreeSet;

use jasaq_model::amendment::{AmendReason, Amendment};
use jasaq_model::entry::EntryDraft;
use jasaq_model::ids::{PatrolId, SquadId, StatementRef};
use jasaq_model::mark::{Mark, MarkKind};
use jasaq_model::page::PageChain;
use jasaq_model::patrol::PatrolCode;
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::register::{Cause, Record, Withdrawn};
use jasaq_model::settling::{PatrolAttached, Settling};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_model::words::{Note, Text};
use jasaq_protocol::ids::{DeviceId, SpaceId};

use super::Fieldbook;
use super::writing::Tap;
use crate::refusal::FieldbookRefused;
use crate::vault::Vault;
use crate::views::{self, PatrolView};

/// What became of an amendment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amended {
    /// Nobody else had the entry: it was written over, under its own key.
    InPlace(StatementRef),
    /// It stands beside the entry, under this key.
    Beside(StatementRef),
}

impl Fieldbook {
    /// Says an entry anew. What another said is not amended. An entry that nobody else can have yet is written over.
    pub fn amend_entry(
        &mut self,
        (patrol, of): (PatrolId, &Cause),
        draft: EntryDraft,
        (why, note): (AmendReason, Option<Note>),
    ) -> Result<Amended, FieldbookRefused> {
        let entry = draft.check()?;
        let view = self.patrol(patrol)?;
        let stated = self.own_word(&view, of)?;
        match &stated.statement.body {
            Body::Entry(before) | Body::Amended(Amendment { entry: before, .. }) if *before == entry => {
                return Err(LogRefused::NothingChanged.into());
            }
            Body::Entry(_) => {
                let written = Statement::new(stated.statement.clocks, Body::Entry(entry.clone()));
                if self.write_over(patrol, of, &written)? {
                    return Ok(Amended::InPlace(of.key.clone()));
                }
            }
            Body::Amended(_) => {}
            _ => return Err(LogRefused::NotAnEntry.into()),
        }
        let amendment = Amendment { of: of.clone(), entry, why, note };
        self.state_of(patrol, Body::Amended(amendment), None).map(Amended::Beside)
    }

    /// Takes back what whoever has this device said in a log, with a reason. It stays to be seen. A page is not taken back.
    pub fn take_back_of_log(
        &mut self,
        (patrol, what): (PatrolId, &Cause),
        reason: Text,
    ) -> Result<StatementRef, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        let stated = self.own_word(&view, what)?;
        match &stated.statement.body {
            Body::Sealing(_) | Body::Register(_) | Body::Telling(_) | Body::Planning(_) => {
                return Err(LogRefused::NotTakenBack.into());
            }
            Body::Settling(settling) => {
                let whole = match settling {
                    Settling::Attached(attached) => Some(attached.to),
                    _ => None,
                };
                if self.rests_under_seal((&view, whole), what)? {
                    return Err(LogRefused::Sealed.into());
                }
            }
            _ => {}
        }
        let withdrawn = Withdrawn { author: what.author, key: what.key.clone(), reason };
        self.state_of(patrol, Body::Register(Record::Withdrawn(withdrawn)), None)
    }

    /// Marks a certificate shown, a pause, a gap in the track.
    pub fn mark(&mut self, patrol: PatrolId, mark: Mark) -> Result<StatementRef, FieldbookRefused> {
        self.state_of(patrol, Body::Mark(mark), None)
    }

    /// What a phone scans to record into a patrol of which it has heard nothing yet (P-2 of the screens).
    pub fn patrol_code(&mut self, patrol: PatrolId) -> Result<PatrolCode, FieldbookRefused> {
        let space = self.space_of(patrol)?;
        let squad = self.squad_of(&space).ok_or(FieldbookRefused::MayNotState { paragraph: "" })?;
        Ok(PatrolCode::of(patrol, squad))
    }

    /// Whoever has this phone joins a patrol by its code, whether or not anything of it has come. While this device waits to be let in
    /// nobody knows whose squad it will be of.
    pub fn join_patrol(&mut self, code: &PatrolCode) -> Result<StatementRef, FieldbookRefused> {
        let space = self.patrols_space()?;
        if self.squad_of(&space).is_some_and(|squad| !code.is_of(squad)) {
            return Err(LogRefused::AnotherSquads.into());
        }
        if let erased @ FieldbookRefused::Erased = self.no_record(code.patrol) {
            return Err(erased);
        }
        let joined = Mark { kind: MarkKind::Joined, occurred_at: None, until: None, cause: None, note: None };
        self.write(|transaction, device, surroundings| {
            let view = views::patrol_view(transaction, device, code.patrol)?;
            if view.is_some_and(|view| is_joined(&view, &device.id())) {
                return Err(LogRefused::AlreadySo.into());
            }
            let mut tap = Tap::at(transaction, device, surroundings, (space, code.patrol.as_bytes()));
            tap.state(Body::Mark(joined), None)
        })
    }

    fn squad_of(&self, space: &SpaceId) -> Option<SquadId> {
        let record = self.device.membership.space(space)?;
        Some(SquadId::from_bytes(*record.roll.as_bytes()))
    }

    /// What was recorded as a patrol of its own becomes a part of another. HEAD only; taken back like anything else.
    pub fn attach_patrol(&mut self, part: PatrolId, to: PatrolId) -> Result<StatementRef, FieldbookRefused> {
        let (mut whole, mut seen) = (Some(to), BTreeSet::from([part]));
        while let Some(patrol) = whole {
            if !seen.insert(patrol) {
                return Err(LogRefused::AttachedInARing.into());
            }
            whole = self.patrol(patrol)?.part_of;
        }
        let view = self.patrol(part)?;
        if view.part_of == Some(to) {
            return Err(LogRefused::AlreadySo.into());
        }
        if !PageChain::of(&view.log).pages.is_empty() {
            return Err(LogRefused::PartIsSealed.into());
        }
        // Of two words the one with the lesser key decides, so a second may take a part away from where the first put it.
        for stated in view
            .log
            .standing()
            .filter(|stated| stated.statement.kind() == Kind::PatrolAttached)
        {
            if self.rests_under_seal((&view, None), &stated.cause())? {
                return Err(LogRefused::Sealed.into());
            }
        }
        self.state_of_seen(&view, Body::Settling(Settling::Attached(PatrolAttached { to })))
    }

    /// Whether a page that stands rests on a statement of a log: one of its patrol's, of a patrol that this is a part of, or of the one
    /// that the statement made it a part of.
    fn rests_under_seal(
        &self,
        (view, whole): (&PatrolView, Option<PatrolId>),
        cause: &Cause,
    ) -> Result<bool, FieldbookRefused> {
        if is_under_seal(view, cause) {
            return Ok(true);
        }
        let mut seen = BTreeSet::from([view.patrol]);
        let mut ahead: Vec<PatrolId> = view.part_of.into_iter().chain(whole).collect();
        while let Some(whole) = ahead.pop() {
            if !seen.insert(whole) {
                continue;
            }
            let Some(view) = views::patrol_view(self.vault.read(), &self.device, whole)? else { continue };
            if is_under_seal(&view, cause) {
                return Ok(true);
            }
            ahead.extend(view.part_of);
        }
        Ok(false)
    }

    /// A statement of a log that whoever has this device said and did not take back.
    fn own_word<'view>(
        &self,
        view: &'view PatrolView,
        cause: &Cause,
    ) -> Result<&'view Stated, FieldbookRefused> {
        let mut stated = view.log.stated().iter();
        let stated = stated.find(|stated| stated.cause() == *cause).ok_or(LogRefused::NotThere)?;
        let own = self.own_member();
        let is_own =
            stated.author.as_bytes() == self.device.id().as_bytes() || own.is_some() && stated.member == own;
        if !is_own {
            return Err(LogRefused::NotYours.into());
        }
        if view.log.is_withdrawn(stated) { Err(LogRefused::TakenBack.into()) } else { Ok(stated) }
    }

    /// Writes over a statement of this device that waits for a flush; says whether it did. What a decision or a page rests on stays as it is,
    /// though nobody else has it yet: they name it by its key.
    fn write_over(
        &mut self,
        patrol: PatrolId,
        cause: &Cause,
        statement: &Statement,
    ) -> Result<bool, FieldbookRefused> {
        if cause.author.as_bytes() != self.device.id().as_bytes() {
            return Ok(false);
        }
        let fields = statement.to_fields();
        Statement::from_fields(&fields).map_err(|refused| FieldbookRefused::Defect(refused.to_string()))?;
        let happened_ms = statement.happened_at().time().unix_ms();
        self.write(|transaction, device, _| {
            let view = views::patrol_view(transaction, device, patrol)?;
            let is_rested_on = view.is_none_or(|view| {
                let mut said = view.log.stated().iter().map(|stated| &stated.statement.body);
                said.any(|body| matches!(body, Body::Settling(_) | Body::Sealing(_)))
            });
            if is_rested_on {
                return Ok(false);
            }
            let named = (&device.id(), &cause.key);
            Ok(Vault::write_over_pending(transaction, named, (happened_ms, &fields))?)
        })
    }
}

/// Whether this device said, and did not take back, that it joined or that the patrol started.
fn is_joined(view: &PatrolView, device: &DeviceId) -> bool {
    view.log.standing().any(|stated| {
        let is_joining = match &stated.statement.body {
            Body::PatrolStarted(_) => true,
            Body::Mark(mark) => mark.kind == MarkKind::Joined,
            _ => false,
        };
        is_joining && stated.author.as_bytes() == device.as_bytes()
    })
}

/// Whether a page that stands rests on a statement: what a head decided stays as it is then, until the subdivision reopens the patrol.
fn is_under_seal(view: &PatrolView, cause: &Cause) -> bool {
    PageChain::of(&view.log).is_sealed()
        && views::last_page(view).is_none_or(|(_, page)| page.covered().contains(cause))
}
