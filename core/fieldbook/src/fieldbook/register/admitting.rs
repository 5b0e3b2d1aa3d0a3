//! The territorial subdivision checks, decides, excludes and registers (001-§16–19).

use jasaq_model::guards::{
    RegisterRefused, check_check, check_decision, check_exclusion, check_registration,
};
use jasaq_model::ids::{PersonId, SquadId};
use jasaq_model::law::{ExclusionGround, RepeatedOffences};
use jasaq_model::moment::Day;
use jasaq_model::records::PersonRecord;
use jasaq_model::register::{
    Application, ApplicationDecided, Check, CheckFinding, CheckKind, CheckOutcome, Circumstance, Engagement,
    ExclusionNotice, Identity, Offence, Record, Registration,
};
use jasaq_model::statement::Kind;
use jasaq_model::words::Name;
use jasaq_protocol::ids::{OfficeId, SpaceId};
use jasaq_protocol::membership::{SpaceKind, SpaceRecord};

use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::vault::Vault;

/// In whose book a person is registered, and where in it (001-§18, 19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// The section of the border service book.
    pub section: Name,
    /// The structural subdivision, by the name that this console gave it. If left unset, the one that supervises the squad.
    pub subdivision: Option<String>,
    /// When.
    pub day: Day,
}

impl Fieldbook {
    /// An application to be a non-staff employee came in (001-§16). TS only.
    pub fn receive_application(
        &mut self,
        mut person: Identity,
        (received, has_insurance): (Day, bool),
    ) -> Result<PersonId, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Application, received)?;
            person.id = PersonId::from_bytes(desk.surroundings.make_id());
            let id = person.id;
            let space = desk.own_space(SpaceKind::Register)?;
            let application = Application { person, received, has_insurance };
            desk.record((space, id.as_bytes()), Record::Application(application))?;
            Ok(id)
        })
    }

    /// Registers said what they have about a person: nothing, or something; all of it or none is recorded (001-§17, 19). TS only.
    pub fn record_checks(
        &mut self,
        person: PersonId,
        findings: &[(CheckKind, CheckFinding)],
        day: Day,
    ) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Check, day)?;
            check_check(&desk.person(person)?)?;
            let space = desk.own_space(SpaceKind::Register)?;
            for (kind, finding) in findings {
                let check = Check { person, kind: *kind, finding: *finding, day };
                desk.record((space, person.as_bytes()), Record::Check(check))?;
            }
            Ok(())
        })
    }

    /// An intentional administrative offence of a person became known (001-§15(2), R20). Two within a year are a circumstance,
    /// which is recorded with the second if the person is on a register. Says whether they are. TS only.
    pub fn record_offence(
        &mut self,
        person: PersonId,
        day: Day,
    ) -> Result<Option<RepeatedOffences>, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Offence, day)?;
            // One offence that is entered twice is not two of them.
            if desk.person(person)?.offences.iter().any(|said| said.what.day == day) {
                return Err(RegisterRefused::OffenceRecorded.into());
            }
            let register = desk.own_space(SpaceKind::Register)?;
            desk.record((register, person.as_bytes()), Record::Offence(Offence { person, day }))?;
            let record = desk.person(person)?;
            let repeated = record.repeated_offences(desk.today);
            if let Some(repeated) = repeated
                && !record.registrations.is_empty()
                && record.ended().is_none()
            {
                let space = desk.register_of(person)?;
                let ground = ExclusionGround::RepeatAdminOffences;
                let circumstance = Circumstance { person, ground, day: repeated.second };
                desk.record((space, person.as_bytes()), Record::Circumstance(circumstance))?;
            }
            Ok(repeated)
        })
    }

    /// The application is decided, without reasons (001-§17). TS only.
    pub fn decide_application(
        &mut self,
        person: PersonId,
        (outcome, day): (CheckOutcome, Day),
    ) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::ApplicationDecided, day)?;
            check_decision(&desk.person(person)?, (outcome, desk.today))?;
            let space = desk.own_space(SpaceKind::Register)?;
            let decided = ApplicationDecided { person, outcome, day };
            desk.record((space, person.as_bytes()), Record::ApplicationDecided(decided))
                .map(drop)
        })
    }

    /// The akimat is told to take a person off a squad's roster, and not why (001-§19, R16). TS only.
    pub fn exclude(
        &mut self,
        person: PersonId,
        (squad, day): (SquadId, Day),
    ) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::ExclusionNotice, day)?;
            let record = desk.person(person)?;
            check_exclusion(&record, desk.today)?;
            let space = desk.space_about(person.as_bytes(), SpaceKind::Submission)?;
            let space = space.ok_or(RegisterRefused::NotInCheck)?;
            let notice = ExclusionNotice { squad, person, day };
            desk.record((space, person.as_bytes()), Record::ExclusionNotice(notice))?;
            desk.tell_the_register(&record, day).map(drop)
        })
    }

    /// Registers a person in a structural subdivision's book (001-§18, 19). TS only.
    pub fn register(&mut self, person: PersonId, deciding: Deciding) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Registration, deciding.day)?;
            let record = desk.person(person)?;
            check_registration(&record, desk.today)?;
            let (engagement, space) = desk.engagement(&record, deciding.subdivision.as_deref())?;
            let full_name = record.full_name().cloned().ok_or(RegisterRefused::PersonUnknown)?;
            let Deciding { section, day, .. } = deciding;
            let registration = Registration { person, full_name, engagement, section, day };
            desk.record((space, person.as_bytes()), Record::Registration(registration))
                .map(drop)
        })
    }
}

impl Desk<'_> {
    /// Who is excluded while another console registered him is known to his subdivision too. Says whether it is told now.
    pub(super) fn tell_the_register(
        &mut self,
        record: &PersonRecord,
        day: Day,
    ) -> Result<bool, FieldbookRefused> {
        if record.registrations.is_empty() || !record.circumstances.is_empty() {
            return Ok(false);
        }
        let person = record.person;
        let space = self.register_of(person)?;
        let found = CheckKind::ALL
            .iter()
            .find(|kind| record.finding(**kind) == Some(CheckFinding::Circumstance));
        let ground = found
            .and_then(|kind| kind.ground())
            .unwrap_or(ExclusionGround::CriminalLiability);
        let circumstance = Circumstance { person, ground, day };
        self.record((space, person.as_bytes()), Record::Circumstance(circumstance))?;
        Ok(true)
    }

    /// As what a person is registered, and in whose space.
    fn engagement(
        &self,
        record: &PersonRecord,
        subdivision: Option<&str>,
    ) -> Result<(Engagement, SpaceId), FieldbookRefused> {
        if !record.applications.is_empty() {
            let named = subdivision.ok_or(RegisterRefused::NotSupervised)?;
            return Ok((Engagement::NonStaffEmployee, self.subdivision_named(named)?));
        }
        let squad = record.squads().next().ok_or(RegisterRefused::NotOnRoster)?;
        let space = match subdivision {
            Some(named) => self.subdivision_named(named)?,
            None => self.subdivision_of(squad)?,
        };
        Ok((Engagement::SquadMember(squad), space))
    }

    /// The space of the subdivision that supervises a squad.
    fn subdivision_of(&self, squad: SquadId) -> Result<SpaceId, FieldbookRefused> {
        let roll = self.squad(squad)?.roll.ok_or(RegisterRefused::NotSupervised)?;
        let membership = &self.device.membership;
        let offices = membership
            .space(&SpaceId::from_bytes(*roll.as_bytes()))
            .map(|record| &record.offices);
        let of_offices = |record: &SpaceRecord| {
            record.kind == SpaceKind::Subdivision
                && offices.is_some_and(|offices| !offices.is_disjoint(&record.offices))
        };
        let space = membership
            .spaces()
            .find(|(_, record)| of_offices(record))
            .map(|(space, _)| *space);
        space.ok_or_else(|| RegisterRefused::NotSupervised.into())
    }

    /// The space of the subdivision that this console calls so.
    fn subdivision_named(&self, name: &str) -> Result<SpaceId, FieldbookRefused> {
        let ids = Vault::labelled(self.transaction, name)?;
        let offices: Vec<OfficeId> =
            ids.iter().filter_map(|id| OfficeId::try_from(id.as_slice()).ok()).collect();
        let mut spaces = self.device.membership.spaces().filter(|(_, record)| {
            record.kind == SpaceKind::Subdivision
                && offices.iter().any(|office| record.offices.contains(office))
        });
        let space = spaces.next().map(|(space, _)| *space);
        space.ok_or_else(|| RegisterRefused::NotSupervised.into())
    }
}
