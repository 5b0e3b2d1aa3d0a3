//! The register: what councils, akimats and subdivisions record of squads and persons (001-§7, 11, 15–23).
//!
//! Each method is one step of the law, in one transaction: it looks at what stands, refuses with the rule, or records. What
//! is said of a person stands in his own documents, so that one look-up brings all of it and erasing takes all of it.

mod admitting;
mod books;
mod certifying;
mod copies;
mod council;
mod erasing;
mod keeping;
mod listing;
mod looking;
mod publishing;
mod rostering;
#[cfg(test)]
mod rostering_tests;
mod taking_back;
mod undoable;
mod withdrawing;

use jasaq_model::guards::{RegisterRefused, check_day};
use jasaq_model::ids::{PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{Lists, PersonRecord, SquadRecord};
use jasaq_model::register::Record;
use jasaq_model::roles::MAY;
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

pub use admitting::Deciding;
pub use books::{Kept, TrainingSession};
pub use certifying::{NewCertificate, NewPrint};
pub use copies::Copies;
pub use keeping::NewTraining;
pub use listing::{ListPapers, NewList, SentList};
pub use looking::{PersonView, RegisterSquad};
pub use publishing::Published;
pub use rostering::{RosterPage, RosterQuery};
pub use taking_back::{Undone, UndonePerson, Withdrawal};
pub use withdrawing::{ListWithdrawal, NameRemoval};

use super::Fieldbook;
use super::writing::Tap;
use crate::exchange::Device;
use crate::refusal::FieldbookRefused;
use crate::roles::office_of;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault};
use crate::views;

/// A console's desk for the time of one transaction.
struct Desk<'a> {
    transaction: &'a Transaction<'a>,
    device: &'a Device,
    surroundings: &'a mut Surroundings,
    today: Day,
}

impl Fieldbook {
    /// Today, as this device's clock has it where it stands.
    pub fn today(&mut self) -> Day {
        self.surroundings.now().moment().day()
    }

    /// Refuses what this device's office never says: asked before anybody is looked for, so that nobody is told of a person what is only
    /// not read here.
    pub fn check_may_state(&mut self, kind: Kind) -> Result<(), FieldbookRefused> {
        self.desk(|desk| desk.check_office(kind))
    }

    /// One step of the register, in one transaction.
    fn desk<T>(
        &mut self,
        work: impl FnOnce(&mut Desk<'_>) -> Result<T, FieldbookRefused>,
    ) -> Result<T, FieldbookRefused> {
        self.write(|transaction, device, surroundings| {
            let today = surroundings.now().moment().day();
            work(&mut Desk { transaction, device, surroundings, today })
        })
    }
}

#[cfg(feature = "fuzzing")]
impl Fieldbook {
    /// Says what a program that was changed would say in a space of its own, about whatever it likes.
    #[doc(hidden)]
    pub fn say_unlooked(
        &mut self,
        kind: SpaceKind,
        (about, record): (&[u8; 16], Record),
    ) -> Result<StatementRef, FieldbookRefused> {
        self.state_unlooked(kind, (about, Body::Register(record)))
    }

    /// The same of what is no record.
    #[doc(hidden)]
    pub fn state_unlooked(
        &mut self,
        kind: SpaceKind,
        (about, body): (&[u8; 16], Body),
    ) -> Result<StatementRef, FieldbookRefused> {
        self.desk(|desk| {
            let space = desk.own_space(kind)?;
            desk.state((space, about), body)
        })
    }
}

impl Desk<'_> {
    /// Whether this device's office says such things at all: asked first, so that nobody learns from a refusal what he may not
    /// know.
    fn check_office(&self, kind: Kind) -> Result<(), FieldbookRefused> {
        let office = self.device.role().map(office_of);
        let mut rows = MAY.iter().filter(|row| row.kind == kind).peekable();
        let paragraph = rows.peek().map_or("", |row| row.paragraph);
        let may = office.is_some_and(|office| rows.any(|row| row.roles.contains(&office)));
        if may { Ok(()) } else { Err(FieldbookRefused::MayNotState { paragraph }) }
    }

    /// The same, and that the day of what happened is not to come.
    fn check_step(&self, kind: Kind, day: Day) -> Result<(), FieldbookRefused> {
        self.check_office(kind)?;
        Ok(check_day(day, self.today)?)
    }

    /// The space of a kind that this device writes.
    fn own_space(&self, kind: SpaceKind) -> Result<SpaceId, FieldbookRefused> {
        let space = self.device.space_of_kind(kind);
        space.ok_or_else(|| RegisterRefused::NotThisOffice.into())
    }

    /// The space of a kind in which something is said of a person, a squad or a list.
    fn space_about(&self, about: &[u8; 16], kind: SpaceKind) -> Result<Option<SpaceId>, FieldbookRefused> {
        let spaces = Vault::spaces_about(self.transaction, &DocumentId::from_bytes(*about))?;
        let is_of_kind =
            |space: &SpaceId| self.device.membership.space(space).is_some_and(|record| record.kind == kind);
        Ok(spaces.into_iter().find(is_of_kind))
    }

    /// Says something in a space, about something.
    fn state(
        &mut self,
        (space, about): (SpaceId, &[u8; 16]),
        body: Body,
    ) -> Result<StatementRef, FieldbookRefused> {
        // It would be shown to nobody, and erased as well.
        if self.device.is_erased(&space, &DocumentId::from_bytes(*about)) {
            return Err(FieldbookRefused::Erased);
        }
        Tap::at(self.transaction, self.device, self.surroundings, (space, about)).state(body, None)
    }

    fn record(
        &mut self,
        place: (SpaceId, &[u8; 16]),
        record: Record,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.state(place, Body::Register(record))
    }

    fn lists(&self) -> Result<Lists, FieldbookRefused> {
        Ok(views::lists(self.transaction, self.device)?)
    }

    /// A person of whom something is known here.
    fn person(&self, person: PersonId) -> Result<PersonRecord, FieldbookRefused> {
        let lists = self.lists()?;
        let record = views::person_record(self.transaction, self.device, (person, &lists))?;
        if record.history.is_empty() { Err(RegisterRefused::PersonUnknown.into()) } else { Ok(record) }
    }

    /// A squad that a council created.
    fn squad(&self, squad: SquadId) -> Result<SquadRecord, FieldbookRefused> {
        let record = views::squad_record(self.transaction, self.device, squad)?;
        if record.created.is_some() { Ok(record) } else { Err(RegisterRefused::SquadUnknown.into()) }
    }

    /// The space of the subdivision in whose book a person is registered: where his registration stands, and nowhere else,
    /// whatever others may have said of him in their own spaces.
    fn register_of(&self, person: PersonId) -> Result<SpaceId, FieldbookRefused> {
        let books = views::books_of(self.transaction, self.device, person)?;
        books.first().copied().ok_or_else(|| RegisterRefused::NotRegistered.into())
    }

    /// The council's space in which a squad was created: what else is said of it there counts.
    fn home_of(&self, squad: SquadId) -> Result<SpaceId, FieldbookRefused> {
        match views::home_of(self.transaction, self.device, squad)? {
            Some(space) => Ok(space),
            None => self.own_space(SpaceKind::Council),
        }
    }

    /// The space of a squad's roster, where this device writes it.
    fn roster_space(&self, space: SpaceId) -> Result<SpaceId, FieldbookRefused> {
        let is_open = self.device.membership.space(&space).is_some_and(|record| !record.is_closed);
        let is_ours = is_open && self.device.may_write(&space);
        if is_ours { Ok(space) } else { Err(RegisterRefused::NotThisOffice.into()) }
    }
}
