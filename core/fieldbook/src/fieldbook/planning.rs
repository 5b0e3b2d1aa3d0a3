//! Planning patrols: plans, who goes, answers, days (001-§7; requirements §7.3).

use std::collections::BTreeMap;

use jasaq_model::ids::{MemberId, PatrolId, StatementRef};
use jasaq_model::moment::{Day, Moment};
use jasaq_model::patrol::{ActivityMode, AreaComponent, PatrolStart, Transport};
use jasaq_model::patrol_log::PlannedPatrol;
use jasaq_model::planning::{
    Answer, Availability, Before, CanCome, Crew, PatrolAssigned, PatrolCancelled, PatrolPlan, PlanAnswer,
    PlanRefused, Planning, Window,
};
use jasaq_model::register::Cause;
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::Body;
use jasaq_model::words::{Name, Note};

use super::Fieldbook;
use super::writing::Tap;
use crate::limits::PLANS_MAX;
use crate::refusal::FieldbookRefused;
use crate::views::{self, PlanView};

/// A plan as somebody gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// From when to when.
    pub window: Window,
    /// On their own, jointly, or both.
    pub mode: ActivityMode,
    /// What the sector is called.
    pub sector: Name,
    /// In which part of the border space it lies (001-§3(1)).
    pub area_component: AreaComponent,
    /// Along which way. If left unset, it is open.
    pub route: Option<Note>,
    /// What they are to do. If left unset, nothing beside the activities of 001-§10.
    pub task: Option<Note>,
    /// How they move. If left unset, it is open.
    pub transport: Option<Transport>,
    /// The representative of the structural subdivision with whom it was planned (R06).
    pub representative: Name,
}

/// Who can come when, for a head who plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rota {
    /// The days.
    pub days: Vec<Day>,
    /// The members by the subdivision's cards, with what each said of which day.
    pub members: Vec<RotaMember>,
    /// The patrols that are to go out on these days, earliest first; with those that did.
    pub plans: Vec<PlanView>,
}

/// One member of a rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotaMember {
    /// The subdivision's card: whether he may go, and of which day.
    pub card: SquadCard,
    /// By his own word.
    pub can_come: BTreeMap<Day, CanCome>,
    /// For which patrols he is named, by the day on which each is to go out.
    pub named: BTreeMap<Day, Vec<(PatrolId, Option<Answer>)>>,
}

impl Fieldbook {
    /// Plans a patrol (001-§7). HEAD and SS only.
    pub fn plan_patrol(&mut self, new: NewPlan) -> Result<PatrolId, FieldbookRefused> {
        self.check_to_come(&new)?;
        let space = self.patrols_space()?;
        self.write(|transaction, device, surroundings| {
            let patrol = PatrolId::from_bytes(surroundings.make_id());
            let body = Body::Planning(Planning::Planned(new.replacing(Before::default())));
            Tap::at(transaction, device, surroundings, (space, patrol.as_bytes())).state(body, None)?;
            Ok(patrol)
        })
    }

    /// Puts a plan right, or plans anew what was called off: what stands is replaced. HEAD and SS only.
    pub fn replan_patrol(
        &mut self,
        patrol: PatrolId,
        new: NewPlan,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.check_to_come(&new)?;
        let (_, stands) = self.not_yet_out(patrol)?;
        self.say_of(patrol, Planning::Planned(new.replacing(stands)))
    }

    /// Names who goes. Whoever the subdivision's card does not let go is refused (R21). HEAD only.
    pub fn assign_patrol(&mut self, patrol: PatrolId, crew: Crew) -> Result<StatementRef, FieldbookRefused> {
        let (view, _) = self.not_yet_out(patrol)?;
        let planned = PlannedPatrol::of(&view.log);
        if planned.plans.is_empty() {
            return Err(PlanRefused::NoPlan.into());
        }
        let replaces = Before::first_of(planned.assigned_to_replace());
        let cards = views::squad_cards(self.vault.read(), &self.device)?;
        for member in crew.members().iter() {
            match cards.iter().find(|card| card.member == member) {
                None => return Err(PlanRefused::NoCard.into()),
                Some(card) if !card.eligible => return Err(PlanRefused::NotEligible.into()),
                Some(_) => {}
            }
        }
        self.say_of(patrol, Planning::Assigned(PatrolAssigned { crew, replaces }))
    }

    /// Whoever has this phone answers whether he comes. A later answer stands before an earlier one.
    pub fn answer_patrol(
        &mut self,
        patrol: PatrolId,
        (answer, note): (Answer, Option<Note>),
    ) -> Result<StatementRef, FieldbookRefused> {
        let (view, _) = self.not_yet_out(patrol)?;
        let own = self.own_member();
        let planned = PlannedPatrol::of(&view.log);
        let names_own =
            |assigned: &PatrolAssigned| own.is_some_and(|own| assigned.crew.members().contains(own));
        let named = planned.assigned.iter().find(|(_, assigned)| names_own(assigned));
        let (stated, _) = named.ok_or(PlanRefused::NotNamed)?;
        let to = Cause { author: stated.author, key: stated.key.clone() };
        self.say_of(patrol, Planning::Answered(PlanAnswer { to, answer, note }))
    }

    /// Calls a patrol off that has not gone out. HEAD and SS only.
    pub fn cancel_patrol(
        &mut self,
        patrol: PatrolId,
        reason: Note,
    ) -> Result<StatementRef, FieldbookRefused> {
        let (view, replaces) = self.not_yet_out(patrol)?;
        if PlannedPatrol::of(&view.log).plans.is_empty() {
            return Err(PlanRefused::NoPlan.into());
        }
        self.say_of(patrol, Planning::Cancelled(PatrolCancelled { reason, replaces }))
    }

    /// Whoever has this phone says on which days he can come.
    pub fn say_available(&mut self, said: Availability) -> Result<StatementRef, FieldbookRefused> {
        let space = self.patrols_space()?;
        self.state_in_own_document(space, Body::Planning(Planning::Available(said)))
    }

    /// A planned patrol goes out, as its plan has it; where plans were made apart, one has to replace the others first.
    pub fn start_planned(
        &mut self,
        patrol: PatrolId,
        with: impl FnOnce(&mut PatrolStart),
    ) -> Result<StatementRef, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        if view.log.starts().next().is_some() {
            return Err(PlanRefused::Started.into());
        }
        let planned = PlannedPatrol::of(&view.log);
        let [(stated, plan)] = planned.plans.as_slice() else {
            let none = planned.plans.is_empty();
            return Err(if none { PlanRefused::NoPlan } else { PlanRefused::PlansApart }.into());
        };
        let leader = match planned.assigned.as_slice() {
            [(_, assigned)] => Some(assigned.crew.leader()),
            _ => None,
        };
        let mut start = PatrolStart {
            controlling_representative: Some(plan.representative.clone()),
            area_component: Some(plan.area_component),
            leader,
            plan: Some(stated.key.clone()),
            ..PatrolStart::new(plan.mode)
        };
        with(&mut start);
        self.state_of(patrol, Body::PatrolStarted(start), None)
    }

    /// The patrols that were planned, newest word first, by their ids alone.
    pub fn planned_patrols(&mut self, limit: usize) -> Result<Vec<PatrolId>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::planned_patrols(self.vault.read(), limit)?)
    }

    /// The patrols that were planned, newest word first, with how far each has come.
    pub fn plans(&mut self) -> Result<Vec<PlanView>, FieldbookRefused> {
        self.refresh()?;
        let now = self.surroundings.now().moment().time();
        Ok(views::plans(self.vault.read(), &self.device, (PLANS_MAX, now))?)
    }

    /// Who can come on which days from one to another, both included, and who is named when.
    pub fn rota(&mut self, (from, to): (Day, Day)) -> Result<Rota, FieldbookRefused> {
        let plans = self.plans()?;
        let cards = views::squad_cards(self.vault.read(), &self.device)?;
        let said = views::availability(self.vault.read(), &self.device, (from, to))?;
        let days = views::days(from, to);
        let members: Vec<RotaMember> = cards
            .into_iter()
            .filter(|card| card.former.is_none())
            .map(|card| {
                let own = |((member, day), can_come): (&(MemberId, Day), &CanCome)| {
                    (*member == card.member).then_some((*day, *can_come))
                };
                let can_come = said.iter().filter_map(own).collect();
                let named = named_on(&plans, card.member, (from, to));
                RotaMember { card, can_come, named }
            })
            .collect();
        Ok(Rota { days, members, plans: going_out(plans, (from, to)) })
    }

    fn say_of(&mut self, patrol: PatrolId, said: Planning) -> Result<StatementRef, FieldbookRefused> {
        self.state_of(patrol, Body::Planning(said), None)
    }

    /// A patrol that has not gone out, with what a new plan of it replaces.
    fn not_yet_out(&mut self, patrol: PatrolId) -> Result<(views::PatrolView, Before), FieldbookRefused> {
        let view = self.patrol(patrol)?;
        if view.log.starts().next().is_some() {
            return Err(PlanRefused::Started.into());
        }
        let stands = Before::first_of(PlannedPatrol::of(&view.log).to_replace());
        Ok((view, stands))
    }

    fn check_to_come(&mut self, new: &NewPlan) -> Result<(), FieldbookRefused> {
        let now = self.surroundings.now().moment().time();
        if new.window.ends_at().time() < now { Err(PlanRefused::InThePast.into()) } else { Ok(()) }
    }
}

impl NewPlan {
    fn replacing(self, replaces: Before) -> PatrolPlan {
        let Self { window, mode, sector, area_component, route, task, transport, representative } = self;
        PatrolPlan { window, mode, sector, area_component, route, task, transport, representative, replaces }
    }
}

/// The patrols that are to go out on these days, earliest first.
fn going_out(plans: Vec<PlanView>, (from, to): (Day, Day)) -> Vec<PlanView> {
    let starts_at = |plan: &PlanView| {
        let planned = PlannedPatrol::of(&plan.view.log);
        planned.plans.iter().map(|(_, said)| said.window.starts_at()).min()
    };
    let mut going: Vec<(Moment, PlanView)> = plans
        .into_iter()
        .filter_map(|plan| Some((starts_at(&plan)?, plan)))
        .filter(|(starts_at, _)| (from..=to).contains(&starts_at.day()))
        .collect();
    going.sort_by_key(|(starts_at, plan)| (*starts_at, plan.view.patrol));
    going.into_iter().map(|(_, plan)| plan).collect()
}

/// For which patrols that go out in these days somebody is named, and what he answered. What was called off or is over names
/// nobody.
fn named_on(
    plans: &[PlanView],
    member: MemberId,
    (from, to): (Day, Day),
) -> BTreeMap<Day, Vec<(PatrolId, Option<Answer>)>> {
    let mut named: BTreeMap<Day, Vec<_>> = BTreeMap::new();
    for plan in plans {
        let planned = PlannedPatrol::of(&plan.view.log);
        if !planned.members().contains(&member) {
            continue;
        }
        for (_, said) in &planned.plans {
            let day = said.window.starts_at().day();
            if (from..=to).contains(&day) {
                named
                    .entry(day)
                    .or_default()
                    .push((plan.view.patrol, planned.answer_of(member)));
            }
        }
    }
    named
}
