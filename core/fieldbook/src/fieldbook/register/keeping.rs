//! Who is trained, who may no longer go, who is told (001-§11, 15, 18, 22).

use jasaq_model::guards::{
    RegisterRefused, check_not_before, check_notice, check_on_register, check_order, check_strike_off,
    is_running_head,
};
use jasaq_model::ids::{MemberId, PersonId, RollId, SessionId, SquadId, StatementRef};
use jasaq_model::law::ExclusionGround;
use jasaq_model::moment::Day;
use jasaq_model::records::{PersonRecord, SquadRecord};
use jasaq_model::register::{
    Circumstance, HeadEnded, MemberIs, Notice, NoticeAbout, Record, StrikeOff, Supervision, Training,
    WishToLeave,
};
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::Kind;
use jasaq_model::words::{Name, Text};
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::{Enrolled, Role, SpaceKind};

use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::views::{self, Custody};

/// A session of legal training (001-§11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTraining {
    /// Who was there.
    pub persons: Vec<PersonId>,
    /// When.
    pub day: Day,
    /// At the base of which military unit.
    pub military_unit: Name,
    /// About what.
    pub topics: Text,
}

impl Fieldbook {
    /// A session of legal training, for all who were there or for nobody (001-§11). SS or TS.
    pub fn record_training(&mut self, new: &NewTraining) -> Result<SessionId, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Training, new.day)?;
            let session = SessionId::from_bytes(desk.surroundings.make_id());
            for person in &new.persons {
                check_training(&desk.person(*person)?, new.day)?;
                let space = desk.register_of(*person)?;
                let training = Training {
                    person: *person,
                    session,
                    day: new.day,
                    military_unit: new.military_unit.clone(),
                    topics: new.topics.clone(),
                };
                desk.record((space, person.as_bytes()), Record::Training(training))?;
            }
            Ok(session)
        })
    }

    /// Whom of a session it could not be recorded of, each with the reason: it is recorded for all or for nobody.
    pub fn not_trainable(
        &mut self,
        new: &NewTraining,
    ) -> Result<Vec<(PersonId, FieldbookRefused)>, FieldbookRefused> {
        self.desk(|desk| {
            let mut refused = Vec::new();
            for person in &new.persons {
                let checked = check_training(&desk.person(*person)?, new.day);
                refused.extend(checked.err().map(|why| (*person, why)));
            }
            Ok(refused)
        })
    }

    /// A circumstance of 001-§15 arose: the person's part ends at once, and the strike-off follows. SS or TS.
    pub fn record_circumstance(
        &mut self,
        person: PersonId,
        (ground, day): (ExclusionGround, Day),
    ) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Circumstance, day)?;
            let record = desk.person(person)?;
            let is_ts = desk.device.role() == Some(Role::Ts);
            // Of who is checked and not on a register yet the TS says it where his check stands.
            let is_candidate = is_ts && record.registrations.is_empty() && record.is_in_check();
            let space = if is_candidate {
                desk.own_space(SpaceKind::Register)?
            } else {
                check_on_register(&record)?;
                desk.register_of(person)?
            };
            let circumstance = Circumstance { person, ground: Some(ground), day, follows: None };
            desk.record((space, person.as_bytes()), Record::Circumstance(circumstance))?;
            // The SS reads no book but its own.
            desk.tell_the_books(person).map(drop)
        })
    }

    /// Strikes a person off the register; if he heads a squad, his appointment is over (001-§7, 22, R05, R19). SS only.
    pub fn strike_off(
        &mut self,
        person: PersonId,
        (ground, is_death): (ExclusionGround, bool),
        day: Day,
    ) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::StrikeOff, day)?;
            let record = desk.person(person)?;
            check_strike_off(&record, (ground, is_death))?;
            check_order(&record, Kind::StrikeOff, day)?;
            let space = desk.register_of(person)?;
            let strike_off = StrikeOff { person, ground, is_death, day };
            desk.record((space, person.as_bytes()), Record::StrikeOff(strike_off))?;
            desk.end_appointments(&record, day)
        })
    }

    /// A person was told what was recorded of him (001-§17, 18, 22). SS or TS.
    pub fn tell(
        &mut self,
        person: PersonId,
        about: NoticeAbout,
        (day, way): (Day, Name),
    ) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Notice, day)?;
            check_not_before(day, Some(check_notice(&desk.person(person)?, about)?))?;
            let space = match about {
                NoticeAbout::Refusal => desk.own_space(SpaceKind::Register)?,
                NoticeAbout::Registration | NoticeAbout::StrikeOff => desk.register_of(person)?,
            };
            let notice = Notice { person, about, day, way };
            desk.record((space, person.as_bytes()), Record::Notice(notice)).map(drop)
        })
    }

    /// This subdivision supervises a squad that a council created, whose phones stand in the squad of this name here
    /// (001-§3(2), R06). SS only.
    pub fn supervise(&mut self, squad: SquadId, roll: Option<&str>) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::Supervision)?;
            let record = desk.squad(squad)?;
            let roll = super::super::membership::find_squad(desk.transaction, desk.device, roll)?;
            let roll = RollId::from_bytes(*roll.as_bytes());
            if record.rolls().contains(&roll) {
                return Ok(());
            }
            if record.rolls().iter().any(|roll| !desk.is_ours(*roll)) {
                return Err(RegisterRefused::SupervisedByOther.into());
            }
            let space = desk.home_of(squad)?;
            let supervision = Supervision { squad, roll };
            desk.record((space, squad.as_bytes()), Record::Supervision(supervision))
                .map(drop)
        })
    }

    /// Whoever has these phones is this person of the register: his card follows. SS only (001-§19, 23).
    pub fn identify(&mut self, member: MemberId, person: PersonId) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::MemberIs)?;
            let record = desk.person(person)?;
            check_on_register(&record)?;
            if record.members.contains(&member) {
                return Ok(());
            }
            if !desk.is_of_a_squad(member) {
                return Err(RegisterRefused::NotOfASquad.into());
            }
            // Who was struck off frees his phone: listed anew, he keeps it.
            if let Some(other) = views::person_of_member(desk.transaction, desk.device, member)?
                && desk.person(other)?.strike_offs.is_empty()
            {
                return Err(RegisterRefused::MemberTaken.into());
            }
            let space = desk.register_of(person)?;
            let member_is = MemberIs { member, person };
            desk.record((space, person.as_bytes()), Record::MemberIs(member_is)).map(drop)
        })
    }

    /// What the subdivision's newest card says of who would leave with [`Fieldbook::wish_to_leave`], if one has come; refused as that
    /// is where nobody leaves.
    pub fn leaving(&mut self) -> Result<Option<SquadCard>, FieldbookRefused> {
        let card = self.own_card()?;
        self.desk(|desk| desk.check_wish(card.as_ref()))?;
        Ok(card)
    }

    /// Who holds this phone does not wish to go on (001-§15(5)). No reason is asked. Once: a second time only where the first
    /// left the phone and the subdivision's card lets the member go out all the same, as after a new registration.
    pub fn wish_to_leave(&mut self) -> Result<StatementRef, FieldbookRefused> {
        let card = self.own_card()?;
        self.desk(|desk| {
            desk.check_wish(card.as_ref())?;
            let space = desk.own_space(SpaceKind::ToSubdivision)?;
            let member = desk.device.membership.device(&desk.device.id()).map(|enrolled| enrolled.member);
            let member = member.ok_or(RegisterRefused::NotThisOffice)?;
            desk.record((space, member.as_bytes()), Record::WishToLeave(WishToLeave))
        })
    }
}

impl Desk<'_> {
    fn check_wish(&self, card: Option<&SquadCard>) -> Result<(), FieldbookRefused> {
        self.check_office(Kind::WishToLeave)?;
        match views::own_wish(self.transaction, self.device)? {
            None => Ok(()),
            Some(come) if come > Custody::OnThisPhone && card.is_some_and(|card| card.eligible) => Ok(()),
            Some(_) => Err(RegisterRefused::WishedAlready.into()),
        }
    }

    /// Whether a member has a squad's phone, as far as it is known here which devices are his.
    fn is_of_a_squad(&self, member: MemberId) -> bool {
        let own = |enrolled: &&Enrolled| enrolled.member.as_bytes() == member.as_bytes();
        let mut devices = self
            .device
            .membership
            .devices()
            .map(|(_, enrolled)| enrolled)
            .filter(own)
            .peekable();
        devices.peek().is_none() || devices.any(|enrolled| enrolled.role.is_of_a_squad())
    }

    /// Whether this device's office supervises a squad.
    fn supervises(&self, squad: &SquadRecord) -> bool {
        squad.rolls().iter().any(|roll| self.is_ours(*roll))
    }

    /// Whether a roll's phones stand under this device's office.
    fn is_ours(&self, roll: RollId) -> bool {
        let membership = &self.device.membership;
        let office = membership.device(&self.device.id()).and_then(|enrolled| enrolled.office);
        let roll = membership.space(&SpaceId::from_bytes(*roll.as_bytes()));
        roll.zip(office).is_some_and(|(roll, office)| roll.offices.contains(&office))
    }

    /// The appointments of a head that a strike-off ends, where this device reads of them.
    pub(super) fn end_appointments(
        &mut self,
        record: &PersonRecord,
        day: Day,
    ) -> Result<(), FieldbookRefused> {
        let person = record.person;
        let squads: Vec<SquadId> = record.rosters.iter().map(|(on, _)| on.what.squad).collect();
        for squad in squads {
            let runs = views::squad_record(self.transaction, self.device, squad)?;
            // From whoever does not supervise the squad it would not count, and would be said again for ever.
            if is_running_head(&runs, person) && self.supervises(&runs) {
                let ended = HeadEnded { squad, person, day };
                self.record((self.home_of(squad)?, squad.as_bytes()), Record::HeadEnded(ended))?;
            }
        }
        Ok(())
    }
}

/// Whoever is trained is on the register, and was before that day.
fn check_training(record: &PersonRecord, day: Day) -> Result<(), FieldbookRefused> {
    check_on_register(record)?;
    Ok(check_order(record, Kind::Training, day)?)
}
