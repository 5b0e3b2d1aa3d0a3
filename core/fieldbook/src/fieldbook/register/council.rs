//! What a coordination council does: it creates squads, appoints heads, looks at its rosters and remarks (001-§7).

use jasaq_model::guards::{RegisterRefused, check_appointment, check_not_before};
use jasaq_model::ids::{PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{Said, SquadRecord};
use jasaq_model::register::{CouncilDecision, Decided, Record, Remark, Review, Seen, Withdrawn};
use jasaq_model::squad::Squad;
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::{Name, Text};
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::SpaceKind;

use super::{Desk, Fieldbook};
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
            // Letters that look alike are what searching folds; two squads may be called Сары and Сари.
            let plain = |name: &Name| {
                let words: Vec<&str> = name.as_str().split_whitespace().collect();
                words.join(" ").to_lowercase()
            };
            let is_called_so = |name: &Name, other: &Name| plain(name) == plain(other);
            let squads = views::council_squads(desk.transaction, desk.device)?;
            let mut created = squads.iter().filter_map(|(_, squad)| squad.created.as_ref());
            if created.any(|created| is_called_so(&created.what.name, &name)) {
                return Err(RegisterRefused::SquadExists.into());
            }
            let space = desk.own_space(SpaceKind::Council)?;
            desk.check_district(&squads, (space, &district))?;
            let id = SquadId::from_bytes(desk.surroundings.make_id());
            let decided = Decided::CreateSquad(Squad { id, name, district });
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
            let record = desk.squad(squad)?;
            check_appointment(&record, &desk.person(person)?)?;
            check_not_before(day, record.decision.map(|(_, created)| (Kind::Decision, created)))?;
            let space = desk.home_of(squad)?;
            let decided = Decided::AppointHead { squad, person };
            let decision = CouncilDecision { decided, number, day };
            desk.record((space, squad.as_bytes()), Record::Decision(decision))
        })
    }

    /// The district of every squad whose district is called by the one name is called by the other from now on, in papers too; the
    /// decisions stay as they are. CC only: its decisions gave the name (001-§7). Says of how many squads.
    pub fn rename_district(&mut self, from: &Name, to: &Name) -> Result<usize, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::Squad)?;
            if from == to {
                return Err(RegisterRefused::DistrictSame.into());
            }
            let squads = views::council_squads(desk.transaction, desk.device)?;
            let created = squads.into_iter().filter_map(|(id, squad)| Some((id, squad.created?.what)));
            let named: Vec<_> = created.filter(|(_, what)| what.district == *from).collect();
            if named.is_empty() {
                return Err(RegisterRefused::DistrictUnknown.into());
            }
            for (id, what) in &named {
                desk.call_anew(Squad { id: *id, district: to.clone(), ..what.clone() })?;
            }
            Ok(named.len())
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

impl Desk<'_> {
    /// A council's space is of one district (001-§7): a name that no squad in it has is a slip.
    fn check_district(
        &self,
        squads: &[(SquadId, SquadRecord)],
        (space, district): (SpaceId, &Name),
    ) -> Result<(), FieldbookRefused> {
        let mut named = Vec::new();
        for (squad, record) in squads {
            if views::home_of(self.transaction, self.device, *squad)? == Some(space) {
                named.extend(record.created.as_ref().map(|created| &created.what.district));
            }
        }
        if named.is_empty() || named.contains(&district) {
            Ok(())
        } else {
            Err(RegisterRefused::DistrictOther.into())
        }
    }

    /// Calls a squad as it is called from now on. The name that stood is taken back, so that one stands.
    fn call_anew(&mut self, named: Squad) -> Result<(), FieldbookRefused> {
        let (home, squad) = (self.home_of(named.id)?, *named.id.as_bytes());
        let reason = Text::new(format!("→ {}", named.district))?;
        for Said { key, author, .. } in self.squad(named.id)?.names {
            let withdrawn = Withdrawn { author, key, reason: reason.clone() };
            self.record((home, &squad), Record::Withdrawn(withdrawn))?;
        }
        self.state((home, &squad), Body::Squad(named))?;
        Ok(())
    }
}
