//! What a coordination council does: it creates squads, appoints heads, looks at its rosters and remarks (001-§7).

use jasaq_model::guards::{RegisterRefused, check_appointment};
use jasaq_model::ids::{PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::register::{CouncilDecision, Decided, Record, Remark, Review, Seen};
use jasaq_model::squad::Squad;
use jasaq_model::statement::Kind;
use jasaq_model::words::{Name, Text};
use jasaq_protocol::membership::SpaceKind;

use super::Fieldbook;
use crate::refusal::FieldbookRefused;
use crate::views;

impl Fieldbook {
    /// The council created a squad by a decision of this number and day (001-§7, R03). CC only.
    pub fn decide_squad(
        &mut self,
        (name, district): (Name, Name),
        (number, day): (Name, Day),
    ) -> Result<SquadId, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Decision, day)?;
            let is_called_so = |name: &Name, other: &Name| {
                jasaq_model::spelling::folded(name.as_str()) == jasaq_model::spelling::folded(other.as_str())
            };
            for (_, squad) in views::council_squads(desk.transaction, desk.device)? {
                if squad.created.is_some_and(|created| is_called_so(&created.what.name, &name)) {
                    return Err(RegisterRefused::SquadExists.into());
                }
            }
            let id = SquadId::from_bytes(desk.surroundings.make_id());
            let decided = Decided::CreateSquad(Squad { id, name, district });
            let space = desk.own_space(SpaceKind::Council)?;
            let decision = CouncilDecision { decided, number, day };
            desk.record((space, id.as_bytes()), Record::Decision(decision))?;
            Ok(id)
        })
    }

    /// The council appointed one of a squad's volunteers its head (001-§7, R04). CC only.
    pub fn appoint_head(
        &mut self,
        (squad, person): (SquadId, PersonId),
        (number, day): (Name, Day),
    ) -> Result<StatementRef, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Decision, day)?;
            check_appointment(&desk.squad(squad)?, &desk.person(person)?, day)?;
            let space = desk.home_of(squad)?;
            let decided = Decided::AppointHead { squad, person };
            let decision = CouncilDecision { decided, number, day };
            desk.record((space, squad.as_bytes()), Record::Decision(decision))
        })
    }

    /// The council remarks something on a squad. CC only.
    pub fn remark(&mut self, squad: SquadId, text: Text) -> Result<StatementRef, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::Remark)?;
            desk.squad(squad)?;
            let space = desk.home_of(squad)?;
            desk.record((space, squad.as_bytes()), Record::Remark(Remark { squad, text }))
        })
    }

    /// The council looked at everything that its spaces hold now: what comes later is new to it. CC only.
    pub fn review(&mut self) -> Result<StatementRef, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::Review)?;
            let space = desk.own_space(SpaceKind::Council)?;
            let seen = Seen::new(views::keys_of_councils(desk.transaction, desk.device)?);
            desk.record((space, space.as_bytes()), Record::Review(Review { seen }))
        })
    }
}
