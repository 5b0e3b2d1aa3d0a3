//! Persons detained and force used (001-§10(4)-(5), 12(3); requirements §7.4).
//!
//! The log says that there is a case, and no more; who it is stands in the protected space, which the head and the subdivision
//! read. Whoever writes it reads his own until the person was handed over, as he wrote or one of them said, and one of them said that he
//! holds all of it: then it leaves his phone with the next exchange.

mod lines;

use std::mem::discriminant;

use jasaq_model::case::may_be_taken_back;
use jasaq_model::detention::{CaseHeld, Detained, DetentionStep, ForceUsed, HandedOver, Protected, Released};
use jasaq_model::entry::{Activity, EntryDraft};
use jasaq_model::ids::{CaseId, MemberId, PatrolId, StatementRef};
use jasaq_model::limits::BEFORE_MAX;
use jasaq_model::patrol_log::{LogRefused, PatrolLog};
use jasaq_model::planning::Before;
use jasaq_model::position::Place;
use jasaq_model::register::{Cause, Record, Withdrawn};
use jasaq_model::stated::Stated;
use jasaq_model::statement::Body;
use jasaq_model::words::Text;
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind};

use super::Fieldbook;
use super::writing::Tap;
use crate::exchange::{self, Device};
use crate::refusal::FieldbookRefused;
use crate::vault::{Connection, Vault};
use crate::views::{self, CaseView};

impl Fieldbook {
    /// Somebody was detained: one entry of the log without his data, and the record of him apart. `said` is for the log.
    pub fn detain(
        &mut self,
        (patrol, said): (PatrolId, String),
        detained: Detained,
    ) -> Result<CaseId, FieldbookRefused> {
        let draft = EntryDraft {
            occurred_at: detained.occurred_at,
            ..of_place(
                EntryDraft::new(Activity::DetainDeliver { receiver_kind: None }, said),
                &detained.place,
            )
        };
        let detained = Detained { patrol: Some(patrol), ..detained };
        self.begin_case(patrol, draft, Protected::Detained(detained))
    }

    /// Force was used: one entry of the log, and the record of it apart, with why nothing else would do (R11).
    pub fn use_force(
        &mut self,
        (patrol, said): (PatrolId, String),
        (place, force): (Place, ForceUsed),
    ) -> Result<CaseId, FieldbookRefused> {
        let draft = EntryDraft {
            occurred_at: force.occurred_at,
            ..of_place(EntryDraft::new(Activity::Force, said), &place)
        };
        let force = ForceUsed { patrol: Some(patrol), ..force };
        self.begin_case(patrol, draft, Protected::Force(force))
    }

    /// A step on the way: the grounds were explained, the subdivision was told, on the way.
    pub fn step_of_case(
        &mut self,
        of: (PatrolId, CaseId),
        step: DetentionStep,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.say_of_case(of, None, Protected::Step(step))
    }

    /// Puts right who was detained and for what, a step, or which force was used. It names what it replaces, of its own kind and in this
    /// case; that stays to be read.
    pub fn put_right(
        &mut self,
        (patrol, case): (PatrolId, CaseId),
        said: Protected,
    ) -> Result<StatementRef, FieldbookRefused> {
        if said.replaces().is_empty() {
            return Err(LogRefused::NotInCase.into());
        }
        let said = match said {
            Protected::Detained(said) => Protected::Detained(Detained { patrol: Some(patrol), ..said }),
            Protected::Force(said) => Protected::Force(ForceUsed { patrol: Some(patrol), ..said }),
            other => other,
        };
        self.say_of_case((patrol, case), None, said)
    }

    /// Whoever was detained was handed over: the log says to which kind of receiver, the record of the case to whom.
    pub fn hand_over(
        &mut self,
        of: (PatrolId, CaseId),
        (said, handed): (String, HandedOver),
    ) -> Result<StatementRef, FieldbookRefused> {
        let activity = Activity::DetainDeliver { receiver_kind: Some(handed.receiver) };
        let draft = EntryDraft { occurred_at: handed.occurred_at, ..EntryDraft::new(activity, said) };
        self.say_of_case(of, Some(draft), Protected::HandedOver(handed))
    }

    /// Whoever was detained was released by order of the subdivision.
    pub fn release(
        &mut self,
        of: (PatrolId, CaseId),
        (said, released): (String, Released),
    ) -> Result<StatementRef, FieldbookRefused> {
        let activity = Activity::DetainDeliver { receiver_kind: None };
        let draft = EntryDraft { occurred_at: released.occurred_at, ..EntryDraft::new(activity, said) };
        self.say_of_case(of, Some(draft), Protected::Released(released))
    }

    /// Takes back a step or an end that was written into a case by mistake, with a reason. Nobody takes back what another said, and
    /// who was detained and force are put right alone. It stays to be seen.
    pub fn take_back_of_case(
        &mut self,
        (patrol, case): (PatrolId, CaseId),
        what: &Cause,
        reason: Text,
    ) -> Result<StatementRef, FieldbookRefused> {
        let (log, space, own) = (self.space_of(patrol)?, self.case_space(case)?, self.own_member());
        self.write(|transaction, device, surroundings| {
            let (view, of_log) = case_view(transaction, device, (patrol, case))?;
            let stated = standing_in(&view, what)?;
            if !is_own(stated, (device, own)) {
                return Err(LogRefused::NotYours.into());
            }
            if !may_be_taken_back(stated) {
                return Err(LogRefused::PutRightOnly.into());
            }
            let withdrawn = Withdrawn { author: what.author, key: what.key.clone(), reason };
            lines::take_back(transaction, (device, surroundings), ((log, patrol), &of_log), (case, stated))?;
            Tap::at(transaction, device, surroundings, (space, case.as_bytes()))
                .state(Body::Register(Record::Withdrawn(withdrawn)), None)
        })
    }

    /// The cases of a patrol, as far as they are read here, in the order in which its log names them.
    pub fn cases(&mut self, patrol: PatrolId) -> Result<Vec<CaseView>, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        Ok(views::cases(self.vault.read(), &self.device, &view)?)
    }

    fn protected_space(&mut self) -> Result<SpaceId, FieldbookRefused> {
        self.refresh()?;
        let space = self.device.space_of_kind(SpaceKind::Protected);
        space.ok_or(FieldbookRefused::MayNotState { paragraph: "001-§10(5)" })
    }

    /// The entry and the record, or neither.
    fn begin_case(
        &mut self,
        patrol: PatrolId,
        draft: EntryDraft,
        said: Protected,
    ) -> Result<CaseId, FieldbookRefused> {
        let (log, protected) = (self.space_of(patrol)?, self.protected_space()?);
        self.write(|transaction, device, surroundings| {
            let case = CaseId::from_bytes(surroundings.make_id());
            let entry = EntryDraft { case: Some(case), ..draft }.check()?;
            Tap::at(transaction, device, surroundings, (log, patrol.as_bytes()))
                .state(Body::Entry(entry), None)?;
            Tap::at(transaction, device, surroundings, (protected, case.as_bytes()))
                .state(Body::Protected(said), None)?;
            Ok(case)
        })
    }

    /// What is said of a case, with the entry of the log that goes with an end. Whether it may be said is asked where nobody else writes.
    fn say_of_case(
        &mut self,
        (patrol, case): (PatrolId, CaseId),
        draft: Option<EntryDraft>,
        said: Protected,
    ) -> Result<StatementRef, FieldbookRefused> {
        let (log, protected, own) = (self.space_of(patrol)?, self.case_space(case)?, self.own_member());
        self.write(|transaction, device, surroundings| {
            let (view, of_log) = case_view(transaction, device, (patrol, case))?;
            check_said(&view, (device, own), &said)?;
            if let Some(draft) = draft {
                let entry = EntryDraft { case: Some(case), ..draft }.check()?;
                let replaced = said.replaces().iter().map(|cause| standing_in(&view, cause));
                let replaced = replaced.collect::<Result<Vec<_>, _>>()?;
                let at = ((log, patrol), &of_log);
                lines::say_ended(transaction, (device, surroundings), at, (entry, &replaced))?;
            }
            Tap::at(transaction, device, surroundings, (protected, case.as_bytes()))
                .state(Body::Protected(said), None)
        })
    }

    /// Where a case stands; where a phone that did not begin it writes, the protected space of its squad. What left this phone is not
    /// gone on with from here.
    fn case_space(&mut self, case: CaseId) -> Result<SpaceId, FieldbookRefused> {
        let space = self.protected_space()?;
        let document = DocumentId::from_bytes(*case.as_bytes());
        if Vault::has_let_go(self.vault.read(), &document)? {
            return Err(LogRefused::NoCase.into());
        }
        let held = views::space_of_case(self.vault.read(), &self.device, case)?;
        let is_open =
            |held: &SpaceId| self.device.membership.space(held).is_some_and(|record| !record.is_closed);
        Ok(held.filter(is_open).unwrap_or(space))
    }

    /// Says, where the squad reads it, what this device holds of cases that others wrote into a space that they do not read, and which are
    /// over. Says how many statements that took. HEAD and SS only; nothing on any other device.
    pub(super) fn acknowledge_cases(&mut self) -> Result<usize, FieldbookRefused> {
        if !matches!(self.device.role(), Some(Role::Head | Role::Ss)) || self.device.is_removed() {
            return Ok(0);
        }
        let due = views::cases_to_acknowledge(self.vault.read(), &self.device)?;
        let mut words = Vec::new();
        for ((roll, case), of) in due {
            let Some(space) = self.device.newest_patrols_of(&roll) else { continue };
            let held: Vec<Cause> = of.held.into_iter().collect();
            words.extend(held.chunks(BEFORE_MAX).map(|held| {
                let held = Before::first_of(held.iter().cloned());
                (space, CaseHeld { case, held, is_over: of.is_over })
            }));
        }
        if words.is_empty() {
            return Ok(0);
        }
        self.write(|transaction, device, surroundings| {
            for (space, held) in &words {
                Tap::at(transaction, device, surroundings, (*space, space.as_bytes()))
                    .state(Body::CaseHeld(held.clone()), None)?;
            }
            Ok(words.len())
        })
    }

    /// Lets go of what this phone wrote of cases that are over and that a head or a console signed that it holds. Says of how many.
    /// What it reads now comes back first.
    pub(super) fn let_go_of_cases(&mut self) -> Result<usize, FieldbookRefused> {
        self.refresh()?;
        if exchange::is_anything_away(self.vault.read(), &self.device)? {
            self.write(|transaction, device, surroundings| {
                exchange::take_up_again(transaction, device, surroundings.now().unix_ms)
            })?;
        }
        if views::cases_to_let_go(self.vault.read(), &self.device)?.is_empty() {
            return Ok(0);
        }
        self.write(|transaction, device, surroundings| {
            // Asked again where nobody else writes: what was said of a case meanwhile is on no other device.
            let due = views::cases_to_let_go(transaction, device)?;
            let now_ms = surroundings.now().unix_ms;
            Vault::overwrite_what_is_deleted(transaction, true)?;
            for (space, document) in &due {
                Vault::delete_document(transaction, (space, document))?;
                Vault::note_let_go(transaction, document, now_ms)?;
            }
            Vault::overwrite_what_is_deleted(transaction, false)?;
            Ok(due.len())
        })
    }
}

/// A case that a log names, and the log. Asked where nobody else writes.
fn case_view(
    connection: &Connection,
    device: &Device,
    (patrol, case): (PatrolId, CaseId),
) -> Result<(CaseView, PatrolLog), FieldbookRefused> {
    let view = views::patrol_view(connection, device, patrol)?.ok_or(FieldbookRefused::NoPatrol)?;
    let mut cases = views::cases(connection, device, &view)?.into_iter();
    let found = cases.find(|view| view.case == case).ok_or(LogRefused::NoCase)?;
    Ok((found, view.log))
}

/// What of a case has this name and stands.
fn standing_in<'a>(view: &'a CaseView, cause: &Cause) -> Result<&'a Stated, LogRefused> {
    let is_said =
        |stated: &&Stated| stated.cause() == *cause && matches!(stated.statement.body, Body::Protected(_));
    let stated = view.said.iter().find(is_said).ok_or(LogRefused::NotInCase)?;
    let stands = view.record().standing().any(|standing| standing.cause() == *cause);
    if stands { Ok(stated) } else { Err(LogRefused::PutRightAlready) }
}

fn is_own(stated: &Stated, (device, own): (&Device, Option<MemberId>)) -> bool {
    stated.author.as_bytes() == device.id().as_bytes() || own.is_some() && stated.member == own
}

/// What ends a case is said once, as far as is read here; a second word about it names what it replaces. Whatever replaces something
/// names what stands in this case, of its own kind: what he said himself, or as the head whatever was said.
fn check_said(view: &CaseView, who: (&Device, Option<MemberId>), said: &Protected) -> Result<(), LogRefused> {
    let is_head = who.0.role() == Some(Role::Head);
    for cause in said.replaces().iter() {
        let replaced = standing_in(view, cause)?;
        if !is_head && !is_own(replaced, who) {
            return Err(LogRefused::NotYours);
        }
        let is_of_its_kind = match &replaced.statement.body {
            Body::Protected(earlier) => discriminant(earlier) == discriminant(said),
            _ => false,
        };
        if !is_of_its_kind {
            return Err(LogRefused::AnotherKind);
        }
    }
    let record = view.record();
    if !said.is_end() || !said.replaces().is_empty() {
        Ok(())
    } else if !record.handed_over.is_empty() || !record.released.is_empty() {
        Err(LogRefused::CaseEnded)
    } else if view.is_read_whole && record.detained.is_empty() {
        Err(LogRefused::NobodyDetained)
    } else {
        Ok(())
    }
}

fn of_place(draft: EntryDraft, place: &Place) -> EntryDraft {
    EntryDraft { position: place.position, marks: place.marks.clone(), ..draft }
}
