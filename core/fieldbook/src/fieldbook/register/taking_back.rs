//! Taking back what was said: first what that would come to, then that. What may be taken back by itself, and by whom.

use std::collections::BTreeSet;

use jasaq_model::eligibility::eligibility;
use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::{Author, PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{HistoryLine, Lists, PersonRecord, SquadRecord};
use jasaq_model::register::{Record, Withdrawn};
use jasaq_model::statement::Kind;
use jasaq_model::words::Text;
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};
use jasaq_protocol::membership::Role;

use super::books::{Kept, reads};
use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::vault::Vault;
use crate::views;

/// What taking a statement back would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// What sort of statement it is.
    pub kind: Kind,
    /// The day that it names, else that on which it was recorded.
    pub day: Day,
    /// Of whom or what it is, as that stands and as it would stand.
    pub of: Undone,
}

/// Of whom or what a statement is that would be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// A person.
    Person(Box<UndonePerson>),
    /// A squad, before and after.
    Squad(SquadId, Box<[SquadRecord; 2]>),
    /// Neither: a review, a wish of a phone's holder.
    Neither,
}

/// What taking a statement about a person back would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndonePerson {
    /// As it stands.
    pub before: PersonRecord,
    /// As it would stand.
    pub after: PersonRecord,
    /// Whether the person may go on patrol today, before and after. None where registrations are not read.
    pub may_go: Option<[bool; 2]>,
    /// The squads whose appointments as head would run again.
    pub heads_again: Vec<SquadId>,
}

/// A statement that may be taken back here.
struct Taken {
    space: SpaceId,
    document: DocumentId,
    kind: Kind,
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

/// Of everything that can be said, so that whoever adds a kind has to place it.
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
        // A patrol's log is amended, a card is written anew, an attachment is erased.
        Kind::PatrolStarted
        | Kind::LegStarted
        | Kind::LegEnded
        | Kind::PatrolEnded
        | Kind::Entry
        | Kind::Track
        | Kind::Waypoint
        | Kind::SquadCard
        | Kind::Attachment
        | Kind::AttachmentHeld
        | Kind::NumberGiven
        | Kind::Withdrawn
        | Kind::Read => Way::Never,
    }
}

impl Fieldbook {
    /// What [`Fieldbook::withdraw`] would do, as far as it is read here; refused as that is.
    pub fn withdrawal(
        &mut self,
        (author, key): (Author, StatementRef),
    ) -> Result<Withdrawal, FieldbookRefused> {
        self.desk(|desk| {
            let taken = desk.to_take_back((author, &key))?;
            desk.undoing(&taken, (author, &key))
        })
    }

    /// Takes back what was said before, with a reason: whoever may say it may, once. What it was stays to be seen.
    pub fn withdraw(
        &mut self,
        (author, key): (Author, StatementRef),
        reason: &Text,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.desk(|desk| {
            let Taken { space, document, kind } = desk.to_take_back((author, &key))?;
            let withdrawn = Withdrawn { author, key, reason: reason.clone() };
            let said = desk.record((space, document.as_bytes()), Record::Withdrawn(withdrawn))?;
            for person in Vault::persons_of_document(desk.transaction, &document)? {
                if kind == Kind::StrikeOff {
                    desk.restore_appointments(person, reason)?;
                }
                desk.tell_the_books(person)?;
            }
            Ok(said)
        })
    }

    /// What a circumstance follows from that was told by itself: that is taken back instead of it. None where it follows from nothing,
    /// or from what is not read here.
    pub fn cause_of(
        &mut self,
        (author, key): (Author, &StatementRef),
    ) -> Result<Option<HistoryLine>, FieldbookRefused> {
        self.desk(|desk| {
            let device = DeviceId::from_bytes(*author.as_bytes());
            for (_, document, _) in Vault::statements_named(desk.transaction, (&device, key))? {
                for record in desk.records_of(&document)? {
                    let told = record
                        .circumstances
                        .iter()
                        .find(|said| (said.author, &said.key) == (author, key));
                    let Some(cause) = told.and_then(|said| said.what.follows.as_ref()) else { continue };
                    let is_cause =
                        |line: &HistoryLine| (line.author, &line.key) == (cause.author, &cause.key);
                    return Ok(record.history.into_iter().find(is_cause));
                }
            }
            Ok(None)
        })
    }

    /// The device that said something under this key; none that is known here, or several, is refused.
    pub fn author_of(&mut self, key: &StatementRef) -> Result<Author, FieldbookRefused> {
        self.refresh()?;
        let authors = Vault::authors_of(self.vault.read(), key)?;
        match authors.as_slice() {
            [author] => Ok(Author::from_bytes(*author.as_bytes())),
            _ => Err(RegisterRefused::NotYoursToWithdraw.into()),
        }
    }
}

impl Desk<'_> {
    /// Whether a statement may be taken back here, and was not yet.
    fn to_take_back(&self, (author, key): (Author, &StatementRef)) -> Result<Taken, FieldbookRefused> {
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
        if views::is_taken_back(self.transaction, self.device, (*space, author, key))? {
            return Err(RegisterRefused::TakenBackAlready.into());
        }
        let kind = kind.ok_or(RegisterRefused::NotYoursToWithdraw)?;
        match kind {
            Kind::Circumstance => self.check_cause(document, (author, key))?,
            Kind::Decision => self.check_undoing(document, (author, key))?,
            _ => {}
        }
        Ok(Taken { space: *space, document: *document, kind })
    }

    /// The persons of whom something stands in a document.
    fn records_of(&self, document: &DocumentId) -> Result<Vec<PersonRecord>, FieldbookRefused> {
        let lists = self.lists()?;
        let persons = Vault::persons_of_document(self.transaction, document)?.into_iter();
        let record = |person| Ok(views::person_record(self.transaction, self.device, (person, &lists))?);
        persons.map(record).collect()
    }

    fn undoing(&self, taken: &Taken, named: (Author, &StatementRef)) -> Result<Withdrawal, FieldbookRefused> {
        let is_named = |line: &&HistoryLine| (line.author, &line.key) == named;
        for before in self.records_of(&taken.document)? {
            if let Some(day) = before.history.iter().find(is_named).map(|line| line.day) {
                let of = Undone::Person(Box::new(self.undone_person(taken.kind, (before, named))?));
                return Ok(Withdrawal { kind: taken.kind, day, of });
            }
        }
        let squad = SquadId::from_bytes(*taken.document.as_bytes());
        let (before, after) = views::squad_undone(self.transaction, self.device, (squad, named))?;
        let of = match before.created {
            Some(_) => Undone::Squad(squad, Box::new([before, after])),
            None => Undone::Neither,
        };
        let day = views::day_said(self.transaction, (&taken.document, named))?;
        Ok(Withdrawal { kind: taken.kind, day: day.unwrap_or(self.today), of })
    }

    fn undone_person(
        &self,
        kind: Kind,
        (before, named): (PersonRecord, (Author, &StatementRef)),
    ) -> Result<UndonePerson, FieldbookRefused> {
        let (person, lists) = (before.person, self.lists()?);
        let after = views::person_undone(self.transaction, self.device, (person, &lists, named))?;
        let may = |record: &PersonRecord| eligibility(record, self.today).is_eligible();
        let may_go = reads(self.device, Kept::Books).then(|| [may(&before), may(&after)]);
        let ends = if kind == Kind::StrikeOff { self.own_ends(person)? } else { Vec::new() };
        let heads_again: BTreeSet<SquadId> = ends.into_iter().map(|(squad, _)| squad).collect();
        Ok(UndonePerson { before, after, may_go, heads_again: heads_again.into_iter().collect() })
    }

    /// Whether a statement of this kind and author may be taken back here: by the office that said it, and of a squad by the phone
    /// that said it.
    pub(super) fn check_taking_back(
        &self,
        kind: Option<Kind>,
        author: &DeviceId,
    ) -> Result<(), FieldbookRefused> {
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
    fn check_cause(
        &self,
        document: &DocumentId,
        (author, key): (Author, &StatementRef),
    ) -> Result<(), FieldbookRefused> {
        if self.device.role() != Some(Role::Ts) {
            return Ok(());
        }
        for person in Vault::persons_of_document(self.transaction, document)? {
            let record = views::person_record(self.transaction, self.device, (person, &Lists::default()))?;
            let mut told = record.circumstances.iter().filter(|said| said.what.follows.is_some());
            if told.any(|said| (said.author, &said.key) == (author, key)) {
                return Err(RegisterRefused::CauseStands.into());
            }
        }
        Ok(())
    }

    /// What ended a person's appointments is taken back with the strike-off that it followed from.
    fn restore_appointments(&mut self, person: PersonId, reason: &Text) -> Result<(), FieldbookRefused> {
        for (squad, (key, author)) in self.own_ends(person)? {
            let withdrawn = Withdrawn { author, key, reason: reason.clone() };
            self.record((self.home_of(squad)?, squad.as_bytes()), Record::Withdrawn(withdrawn))?;
        }
        Ok(())
    }

    /// What this office said that ended a person's appointments. What another unit ended is that unit's word.
    fn own_ends(&self, person: PersonId) -> Result<Vec<(SquadId, (StatementRef, Author))>, FieldbookRefused> {
        let mut own = Vec::new();
        for (squad, record) in views::council_squads(self.transaction, self.device)? {
            let of_person = record.appointments.iter().filter(|one| one.person == person);
            let ends: BTreeSet<(StatementRef, Author)> =
                of_person.flat_map(|appointment| appointment.ended_by.iter().cloned()).collect();
            let is_own = |(_, author): &(StatementRef, Author)| {
                let said_by = DeviceId::from_bytes(*author.as_bytes());
                self.device.are_of_one_office(&self.device.id(), &said_by)
            };
            own.extend(ends.into_iter().filter(is_own).map(|end| (squad, end)));
        }
        Ok(own)
    }
}
