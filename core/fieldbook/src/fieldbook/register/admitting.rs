//! The territorial subdivision checks, decides, excludes and registers (001-§16–19).

use std::collections::BTreeSet;

use jasaq_model::guards::{
    RegisterRefused, check_check, check_day, check_decision, check_exclusion, check_id_document,
    check_not_before, check_order, check_registration,
};
use jasaq_model::ids::{PersonId, RollId, SquadId};
use jasaq_model::law::RepeatedOffences;
use jasaq_model::moment::Day;
use jasaq_model::records::PersonRecord;
use jasaq_model::register::{
    Application, ApplicationDecided, Check, CheckFinding, CheckKind, CheckOutcome, Engagement,
    ExclusionNotice, Identity, Offence, Record, Registration, Withdrawn,
};
use jasaq_model::statement::Kind;
use jasaq_model::words::{Name, Text};
use jasaq_protocol::ids::{DocumentId, OfficeId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind, SpaceRecord};

use super::books::Kept;
use super::copies::Copies;
use super::{Desk, Fieldbook};
use crate::fieldbook::NewAttachment;
use crate::refusal::FieldbookRefused;
use crate::vault::Vault;
use crate::views;

/// In whose book a person is registered, and where in it (001-§18, 19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// The section of the border service book.
    pub section: Name,
    /// The structural subdivision, by the name that this console gave it. If left unset, the one that supervises the squad.
    pub subdivision: Option<String>,
    /// As a member of which squad, on whose roster he is. If left unset, the only one.
    pub squad: Option<SquadId>,
    /// When.
    pub day: Day,
}

impl Fieldbook {
    /// An application to be a non-staff employee came in, with these copies of papers, all in one transaction or nothing (001-§16).
    /// TS only.
    pub fn receive_application(
        &mut self,
        mut person: Identity,
        (received, has_insurance): (Day, bool),
        copies: &[NewAttachment<'_>],
    ) -> Result<PersonId, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Application, received)?;
            person.born.map_or(Ok(()), |born| check_day(born, received))?;
            check_id_document(person.id_document.as_ref())?;
            if views::has_applied(desk.transaction, desk.device, &person)? {
                return Err(RegisterRefused::AppliedAlready.into());
            }
            if person.before.is_none() && views::was_struck_off(desk.transaction, desk.device, &person)? {
                return Err(RegisterRefused::BeforeUnsaid.into());
            }
            person.id = PersonId::from_bytes(desk.surroundings.make_id());
            let id = person.id;
            let space = desk.own_space(SpaceKind::Register)?;
            let application = Application { person, received, has_insurance };
            desk.record((space, id.as_bytes()), Record::Application(application))?;
            for copy in copies {
                desk.attach((space, id.as_bytes()), copy)?;
            }
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
            let record = desk.person(person)?;
            check_check(&record)?;
            check_order(&record, Kind::Check, day)?;
            let space = desk.own_space(SpaceKind::Register)?;
            for (kind, finding) in findings {
                let check = Check { person, kind: *kind, finding: *finding, day };
                desk.record((space, person.as_bytes()), Record::Check(check))?;
            }
            desk.tell_the_books(person).map(drop)
        })
    }

    /// An intentional administrative offence of a person became known (001-§15(2), R20). Two within a year are a circumstance,
    /// of which the person's unit is told if he is on a register. Says whether they are. TS only.
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
            desk.tell_the_books(person)?;
            Ok(desk.person(person)?.repeated_offences(desk.today))
        })
    }

    /// The application is decided, without reasons, and the check is done (001-§17). Says how many copies were deleted. TS only.
    pub fn decide_application(
        &mut self,
        person: PersonId,
        (outcome, day): (CheckOutcome, Day),
        copies: Copies,
    ) -> Result<usize, FieldbookRefused> {
        self.ending_check(copies, |desk| {
            desk.check_step(Kind::ApplicationDecided, day)?;
            let record = desk.person(person)?;
            check_decision(&record, outcome, desk.today)?;
            check_order(&record, Kind::ApplicationDecided, day)?;
            if outcome == CheckOutcome::Approved {
                check_not_before(day, record.last_answer().map(|answered| (Kind::Check, answered)))?;
            }
            let space = desk.own_space(SpaceKind::Register)?;
            let decided = ApplicationDecided { person, outcome, day };
            desk.record((space, person.as_bytes()), Record::ApplicationDecided(decided))?;
            desk.copies_held(person)
        })
    }

    /// The akimat is told to take a person off a squad's roster, and not why; the check is done (001-§19, R16). Says how many copies
    /// were deleted. TS only.
    pub fn exclude(
        &mut self,
        person: PersonId,
        (squad, day): (SquadId, Day),
        copies: Copies,
    ) -> Result<usize, FieldbookRefused> {
        self.ending_check(copies, |desk| {
            desk.check_step(Kind::ExclusionNotice, day)?;
            let record = desk.person(person)?;
            check_exclusion(&record, desk.today)?;
            check_order(&record, Kind::ExclusionNotice, day)?;
            let lists = desk.lists()?;
            let mut listed = record.listed.iter().filter_map(|said| lists.get(said.what.list));
            if !record.squads().any(|on| on == squad) && !listed.any(|list| list.list.what.squad == squad) {
                return Err(RegisterRefused::NotOnRoster.into());
            }
            let space = desk.space_about(person.as_bytes(), SpaceKind::Submission)?;
            let space = space.ok_or(RegisterRefused::NotInCheck)?;
            let notice = ExclusionNotice { squad, person, day };
            desk.record((space, person.as_bytes()), Record::ExclusionNotice(notice))?;
            desk.tell_the_books(person)?;
            desk.copies_held(person)
        })
    }

    /// Registers a person in a structural subdivision's book; the check is done (001-§18, 19). Says how many copies were deleted. TS
    /// only.
    pub fn register(
        &mut self,
        person: PersonId,
        deciding: Deciding,
        copies: Copies,
    ) -> Result<usize, FieldbookRefused> {
        self.ending_check(copies, |desk| {
            desk.check_step(Kind::Registration, deciding.day)?;
            let record = desk.person(person)?;
            check_registration(&record, desk.today)?;
            check_order(&record, Kind::Registration, deciding.day)?;
            let (engagement, space) = desk.engagement(&record, &deciding)?;
            if desk.device.is_erased(&space, &DocumentId::from_bytes(*person.as_bytes())) {
                return Err(RegisterRefused::ErasedByUnit.into());
            }
            let full_name = record.full_name().cloned().ok_or(RegisterRefused::PersonUnknown)?;
            let Deciding { section, day, .. } = deciding;
            let registration = Registration { person, full_name, engagement, section, day };
            desk.record((space, person.as_bytes()), Record::Registration(registration))?;
            desk.tell_the_books(person)?;
            desk.copies_held(person)
        })
    }

    /// Whether a unit in whose book a member of a squad would stand erased his record, so that he cannot be registered there under it: a
    /// new one has to begin. Nothing is said of it where the books are not read.
    pub fn is_erased_by_unit(&mut self, person: PersonId) -> Result<bool, FieldbookRefused> {
        if !self.reads(Kept::Books)? {
            return Ok(false);
        }
        self.desk(|desk| {
            let lists = desk.lists()?;
            let record = views::person_record(desk.transaction, desk.device, (person, &lists))?;
            let document = DocumentId::from_bytes(*person.as_bytes());
            let mut books = record.squads().filter_map(|squad| desk.subdivision_of(squad).ok());
            Ok(books.any(|book| desk.device.is_erased(&book, &document)))
        })
    }
}

/// Why what was told is taken back: in no language, as it is said by no person.
pub(super) const FOLLOWS_FROM_NOTHING: &str = "↩";

impl Desk<'_> {
    /// What ends a person's part is told to every unit in whose book he stands: what the TS found out, or what another unit
    /// recorded of whom two consoles registered in two books; and what was told is taken back with what it follows from. Says how
    /// much was said. Nothing on a console that is not the TS's.
    pub(super) fn tell_the_books(&mut self, person: PersonId) -> Result<usize, FieldbookRefused> {
        if self.device.role() != Some(Role::Ts) {
            return Ok(0);
        }
        let told = views::to_tell(self.transaction, self.device, person)?;
        let said = told.say.len() + told.take_back.len();
        for (book, author, key) in told.take_back {
            let reason = Text::new(FOLLOWS_FROM_NOTHING)?;
            let withdrawn = Withdrawn { author, key, reason };
            self.record((book, person.as_bytes()), Record::Withdrawn(withdrawn))?;
        }
        for (book, circumstance) in told.say {
            self.record((book, person.as_bytes()), Record::Circumstance(circumstance))?;
        }
        Ok(said)
    }

    /// As what a person is registered, and in whose space.
    fn engagement(
        &self,
        record: &PersonRecord,
        deciding: &Deciding,
    ) -> Result<(Engagement, SpaceId), FieldbookRefused> {
        let subdivision = deciding.subdivision.as_deref();
        if !record.applications.is_empty() {
            let named = subdivision.ok_or(RegisterRefused::UnitUnnamed)?;
            return Ok((Engagement::NonStaffEmployee, self.subdivision_named(named)?));
        }
        let on: BTreeSet<SquadId> = record.squads().collect();
        let squad = match (deciding.squad, on.first()) {
            (Some(squad), _) if on.contains(&squad) => squad,
            (None, Some(squad)) if on.len() == 1 => *squad,
            (None, Some(_)) => return Err(RegisterRefused::SeveralMeant.into()),
            _ => return Err(RegisterRefused::NotOnRoster.into()),
        };
        let space = match subdivision {
            Some(named) => self.subdivision_named(named)?,
            None => self.subdivision_of(squad)?,
        };
        Ok((Engagement::SquadMember(squad), space))
    }

    /// The space of the subdivision that supervises a squad.
    fn subdivision_of(&self, squad: SquadId) -> Result<SpaceId, FieldbookRefused> {
        let squad = self.squad(squad)?;
        let supervisors: BTreeSet<SpaceId> =
            squad.rolls().iter().flat_map(|roll| self.subdivisions_of(*roll)).collect();
        the_only(supervisors, (RegisterRefused::NotSupervised, RegisterRefused::SupervisedByOther))
    }

    /// The spaces of the subdivisions under which a squad's phones stand.
    fn subdivisions_of(&self, roll: RollId) -> Vec<SpaceId> {
        let membership = &self.device.membership;
        let Some(of_roll) = membership.space(&SpaceId::from_bytes(*roll.as_bytes())) else {
            return Vec::new();
        };
        self.subdivisions(|record| !of_roll.offices.is_disjoint(&record.offices))
    }

    /// The space of the subdivision that this console calls so.
    fn subdivision_named(&self, name: &str) -> Result<SpaceId, FieldbookRefused> {
        let ids = Vault::labelled(self.transaction, name)?;
        let offices: BTreeSet<OfficeId> =
            ids.iter().filter_map(|id| OfficeId::try_from(id.as_slice()).ok()).collect();
        let named = self.subdivisions(|record| !offices.is_disjoint(&record.offices));
        the_only(named.into_iter().collect(), (RegisterRefused::UnitUnknown, RegisterRefused::SeveralMeant))
    }

    fn subdivisions(&self, is_meant: impl Fn(&SpaceRecord) -> bool) -> Vec<SpaceId> {
        let spaces = self.device.membership.spaces();
        let meant = spaces.filter(|(_, record)| {
            record.kind == SpaceKind::Subdivision && !record.is_closed && is_meant(record)
        });
        meant.map(|(space, _)| *space).collect()
    }
}

/// The one subdivision that is meant, or why none is.
fn the_only(
    spaces: BTreeSet<SpaceId>,
    (none, several): (RegisterRefused, RegisterRefused),
) -> Result<SpaceId, FieldbookRefused> {
    let mut spaces = spaces.into_iter();
    let space = spaces.next().ok_or(none)?;
    if spaces.next().is_some() { Err(several.into()) } else { Ok(space) }
}
