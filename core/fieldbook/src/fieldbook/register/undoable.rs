//! What may be taken back by itself, and by whom.

use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{Author, PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{About, Lists};
use jasaq_model::statement::Kind;
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};
use jasaq_protocol::membership::Role;

use crate::fieldbook::register::Desk;
use crate::refusal::FieldbookRefused;
use crate::vault::Vault;
use crate::views;

/// A statement that is read here.
pub(super) struct Found {
    pub(super) space: SpaceId,
    /// The first of the documents that continue one another in which it stands.
    pub(super) document: DocumentId,
    pub(super) kind: Kind,
    pub(super) about: About,
    /// The day on which it was recorded.
    pub(super) recorded: Day,
}

/// How what was said is taken back.
enum Way {
    /// By itself.
    Alone,
    /// With the whole list, whose names and papers would be left behind otherwise.
    WithItsList,
    /// Not at all.
    Never,
}

/// Of everything that can be said, so that whoever adds a kind has to place it. A patrol's log is amended, what a head decided and
/// what is said of a case is replaced, a plan too, a card is written anew, an attachment is erased.
#[expect(clippy::match_same_arms, reason = "what is told at once is a group of its own")]
const fn way_back(kind: Kind) -> Way {
    match kind {
        Kind::Squad
        | Kind::NameOn
        | Kind::NameOff
        | Kind::Decision
        | Kind::HeadEnded
        | Kind::Review
        | Kind::Remark
        | Kind::ExclusionNotice
        | Kind::Application
        | Kind::ApplicationDecided
        | Kind::Check
        | Kind::Offence
        | Kind::Registration
        | Kind::Certificate
        | Kind::CertificateLost
        | Kind::CertificateReprinted
        | Kind::Training
        | Kind::Circumstance
        | Kind::StrikeOff
        | Kind::Notice
        | Kind::Supervision
        | Kind::MemberIs
        | Kind::WishToLeave => Way::Alone,
        Kind::List | Kind::ListLine | Kind::ListReceived | Kind::ListWithdrawn => Way::WithItsList,
        Kind::UrgentNotice | Kind::NoticeTold | Kind::NoticeLogged | Kind::NoticeAnswered => Way::Never,
        Kind::PatrolStarted
        | Kind::LegStarted
        | Kind::LegEnded
        | Kind::PatrolEnded
        | Kind::Entry
        | Kind::Track
        | Kind::Waypoint
        | Kind::PatrolPlanned
        | Kind::PatrolAssigned
        | Kind::PlanAnswered
        | Kind::PatrolCancelled
        | Kind::Availability
        | Kind::EntryAmended
        | Kind::Mark
        | Kind::Observation
        | Kind::Detained
        | Kind::DetentionStep
        | Kind::HandedOver
        | Kind::Released
        | Kind::ForceUsed
        | Kind::CaseHeld
        | Kind::SameEvent
        | Kind::Resolution
        | Kind::PhoneExcused
        | Kind::Attendance
        | Kind::PatrolAttached
        | Kind::PagePart
        | Kind::PageOpenings
        | Kind::PageSealed
        | Kind::PageCountersigned
        | Kind::PageEntered
        | Kind::PageReopened
        | Kind::HeadReport
        | Kind::SquadCard
        | Kind::Attachment
        | Kind::AttachmentHeld
        | Kind::NumberGiven
        | Kind::Withdrawn
        | Kind::Read => Way::Never,
    }
}

impl Desk<'_> {
    /// Whether a statement may be taken back here, and was not yet.
    pub(super) fn to_take_back(
        &self,
        (author, key): (Author, &StatementRef),
    ) -> Result<Found, FieldbookRefused> {
        let found = self.found((author, key))?;
        if views::is_taken_back(self.transaction, self.device, (found.space, author, key))? {
            return Err(RegisterRefused::TakenBackAlready.into());
        }
        match (found.kind, found.about) {
            (Kind::Circumstance, About::Person(person)) => self.check_cause(person, (author, key))?,
            (Kind::Decision, About::Squad(squad)) => self.check_undoing(squad, (author, key))?,
            _ => {}
        }
        Ok(found)
    }

    /// A statement that this office may take back by itself.
    pub(super) fn found(&self, (author, key): (Author, &StatementRef)) -> Result<Found, FieldbookRefused> {
        let device = DeviceId::from_bytes(*author.as_bytes());
        let rows = Vault::statements_named(self.transaction, (&device, key))?;
        let (space, document, kind) = match rows.as_slice() {
            [] => return Err(RegisterRefused::NotYoursToWithdraw.into()),
            [row] => row,
            // What a clone said under the same key is somebody else's record.
            _ => return Err(RegisterRefused::SeveralMeant.into()),
        };
        let kind = Kind::from_code(kind);
        self.check_taking_back(kind, &device)?;
        let statement = views::statement_of(self.transaction, (document, (author, key)))?;
        let (Some(kind), Some(statement)) = (kind, statement) else {
            return Err(RegisterRefused::NotYoursToWithdraw.into());
        };
        let about = About::of(&statement.body);
        let recorded = statement.happened_at().day();
        Ok(Found { space: *space, document: first_of(*document, about), kind, about, recorded })
    }

    /// Whether a statement of this kind and author may be taken back here: by the office that said it, and of a squad by the phone
    /// that said it.
    fn check_taking_back(&self, kind: Option<Kind>, author: &DeviceId) -> Result<(), FieldbookRefused> {
        let own = self.device.id();
        let for_itself = self.device.role().is_none_or(Role::is_of_a_squad);
        let is_own = if for_itself { own == *author } else { self.device.are_of_one_office(&own, author) };
        match kind.map(way_back) {
            Some(Way::WithItsList) if is_own => Err(RegisterRefused::TakenBackWithItsList.into()),
            Some(Way::Alone) if is_own => Ok(()),
            _ => Err(RegisterRefused::NotYoursToWithdraw.into()),
        }
    }

    /// What the TS's program told is taken back by itself, with what it follows from; taken back by hand it would be said again at
    /// the next exchange.
    fn check_cause(&self, person: PersonId, named: (Author, &StatementRef)) -> Result<(), FieldbookRefused> {
        if self.device.role() != Some(Role::Ts) {
            return Ok(());
        }
        let record = views::person_record(self.transaction, self.device, (person, &Lists::default()))?;
        let mut told = record.circumstances.iter().filter(|said| said.what.follows.is_some());
        if told.any(|said| (said.author, &said.key) == named) {
            return Err(RegisterRefused::CauseStands.into());
        }
        Ok(())
    }

    /// A squad is not made undone while somebody stands on its roster: he may be registered (001-§7, 15). Whatever else may be taken
    /// back is.
    fn check_undoing(&self, squad: SquadId, named: (Author, &StatementRef)) -> Result<(), FieldbookRefused> {
        let record = views::squad_record(self.transaction, self.device, squad)?;
        let is_its_creation = record.created.is_some_and(|created| (created.author, &created.key) == named);
        let roster = views::roster(self.transaction, self.device)?;
        let has_members = roster.lines().iter().any(|line| line.squad == squad && line.ended_by.is_none());
        if is_its_creation && has_members { Err(RegisterRefused::SquadHasMembers.into()) } else { Ok(()) }
    }
}

/// The document that another continues, if it continues one of whom or what it is about; else itself.
fn first_of(document: DocumentId, about: About) -> DocumentId {
    let first = match about {
        About::Person(person) => *person.as_bytes(),
        About::Squad(squad) => *squad.as_bytes(),
        About::Neither => return document,
    };
    let is_of_it = views::documents_about(&first).any(|one| one == document);
    if is_of_it { DocumentId::from_bytes(first) } else { document }
}
