//! Taking down what was written on paper, a whole sheet at once (P-12 of the screens).
//!
//! Promises that all of a sheet is recorded or nothing. Who takes it down signs it, by his device; who wrote it stands in each entry,
//! with the time on the paper beside the time at which it was taken down.

use jasaq_model::ids::{PatrolId, StatementRef};
use jasaq_model::paper::FilledSheet;
use jasaq_model::patrol::{PatrolEnd, PatrolStart};
use jasaq_model::patrol_log::PlannedPatrol;
use jasaq_model::planning::PlanRefused;
use jasaq_model::statement::Body;

use super::Fieldbook;
use super::writing::Tap;
use crate::refusal::FieldbookRefused;

/// What a sheet came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDown {
    /// Which patrol.
    pub patrol: PatrolId,
    /// The keys of its entries, in the order of the sheet.
    pub entries: Vec<StatementRef>,
}

impl Fieldbook {
    /// Records a sheet: in the patrol that is named, else in a new one. A sheet with a start begins the patrol, a planned one too; one
    /// without is of a patrol that went out already.
    pub fn take_down(
        &mut self,
        patrol: Option<PatrolId>,
        sheet: FilledSheet,
    ) -> Result<TakenDown, FieldbookRefused> {
        let FilledSheet { start, entries, end } = sheet;
        let (space, start) = match patrol {
            Some(patrol) => (self.space_of(patrol)?, self.start_of(patrol, start)?),
            None => (self.patrols_space()?, start),
        };
        let entries = entries.into_iter().map(|draft| Ok(Body::Entry(draft.check()?)));
        let entries: Vec<Body> = entries.collect::<Result<_, FieldbookRefused>>()?;
        self.write(|transaction, device, surroundings| {
            let patrol = patrol.unwrap_or_else(|| PatrolId::from_bytes(surroundings.make_id()));
            let mut tap = Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()));
            if let Some(start) = start {
                tap.state(Body::PatrolStarted(start), None)?;
            }
            let entries = entries.into_iter().map(|body| tap.state(body, None));
            let entries = entries.collect::<Result<Vec<StatementRef>, FieldbookRefused>>()?;
            if let Some(occurred_at) = end {
                tap.state(Body::PatrolEnded(PatrolEnd { occurred_at: Some(occurred_at) }), None)?;
            }
            Ok(TakenDown { patrol, entries })
        })
    }

    /// Of a patrol that was planned the start names its plan, and who leads by it.
    fn start_of(
        &mut self,
        patrol: PatrolId,
        start: Option<PatrolStart>,
    ) -> Result<Option<PatrolStart>, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        let Some(start) = start else { return Ok(None) };
        if view.log.starts().next().is_some() {
            return Err(PlanRefused::Started.into());
        }
        let planned = PlannedPatrol::of(&view.log);
        let plan = planned.plans.first().map(|(stated, _)| stated.key.clone());
        let leader = planned.assigned.first().map(|(_, assigned)| assigned.crew.leader());
        Ok(Some(PatrolStart { plan, leader, ..start }))
    }
}
