//! Erasing a person: everything that is said of an engagement stands in documents of its id, so that these are what is erased.

use jasaq_model::guards::{RegisterRefused, check_erasing};
use jasaq_model::ids::PersonId;
use jasaq_model::records::{Lists, PersonRecord};
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind};

use super::Fieldbook;
use crate::exchange::{self, Device, Erased, ToErase};
use crate::refusal::FieldbookRefused;
use crate::views;

impl Fieldbook {
    /// What [`Fieldbook::erase_person`] would erase, as far as it is held here.
    pub fn person_to_be_erased(&mut self, person: PersonId) -> Result<Erased, FieldbookRefused> {
        Ok(self.person_held(person)?.1)
    }

    /// Erases everything that is said of a person, with the copies of his papers, for everybody and in one transaction, as far as
    /// this office reads it and may. There is no way back. The TS erases applications, checks, lists, the units' books and the
    /// roster; the SS its own book and the cards on its phones. So both have to, until nothing is left anywhere.
    ///
    /// TS and SS only. Refuses whoever is registered and not struck off: phones would go on showing that he may go out. An SS erases
    /// whom its own book registered and struck off, and nobody else: who stands in no book that it reads may be in another's, or
    /// in the middle of his check.
    pub fn erase_person(&mut self, person: PersonId) -> Result<Erased, FieldbookRefused> {
        let (what, _) = self.person_held(person)?;
        self.enrol(|transaction, device, surroundings| {
            exchange::erase(transaction, device, surroundings, &what)
        })
    }

    /// A person's documents in the spaces in which this office may erase, and what is held of them.
    fn person_held(&mut self, person: PersonId) -> Result<(ToErase, Erased), FieldbookRefused> {
        self.refresh()?;
        let (connection, device) = (self.vault.read(), &self.device);
        let record = views::person_record(connection, device, (person, &Lists::default()))?;
        check_erasing(&record)?;
        if device.role() == Some(Role::Ss) && !was_in_own_book(device, &record) {
            return Err(RegisterRefused::NotInOwnBook.into());
        }
        // What an office says of no person stands in documents that are called like spaces.
        if device.membership.space(&SpaceId::from_bytes(*person.as_bytes())).is_some() {
            return Err(RegisterRefused::PersonUnknown.into());
        }
        let spaces = device.membership.spaces().map(|(space, _)| *space);
        let spaces = spaces.filter(|space| device.may_erase(space));
        let of_person =
            |space| views::documents_about(person.as_bytes()).map(move |document| (space, document));
        let places = spaces.flat_map(of_person).collect();
        let what = ToErase { places, ahead: Vec::new() };
        let erased = exchange::to_be_erased(connection, device, &what)?;
        if erased.statements == 0 { Err(no_person(device, person)) } else { Ok((what, erased)) }
    }
}

/// Whether a person stood in the book of this device's unit: his registration is there, or was until he was erased in it.
fn was_in_own_book(device: &Device, record: &PersonRecord) -> bool {
    let (own, document) = (device.id(), DocumentId::from_bytes(*record.person.as_bytes()));
    let is_book = |space: &SpaceId| {
        let kind = device.membership.space(space).map(|record| record.kind);
        kind == Some(SpaceKind::Subdivision)
    };
    let mut read = device.membership.spaces_of(&own).map(|(space, _)| space);
    !record.registrations.is_empty()
        || read.any(|space| is_book(&space) && device.is_erased(&space, &document))
}

/// Why a person cannot be found: what was said of him was erased, or nothing is here.
pub(super) fn no_person(device: &Device, person: PersonId) -> FieldbookRefused {
    let mut spaces = device.membership.spaces().map(|(space, _)| *space);
    let document = DocumentId::from_bytes(*person.as_bytes());
    if spaces.any(|space| device.is_erased(&space, &document)) {
        FieldbookRefused::Erased
    } else {
        RegisterRefused::PersonUnknown.into()
    }
}
