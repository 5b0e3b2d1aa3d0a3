//! Erasing a person: everything that is said of an engagement stands in documents of its id, so that these are what is erased.

use std::collections::BTreeMap;

use jasaq_model::guards::{RegisterRefused, check_erasing};
use jasaq_model::ids::PersonId;
use jasaq_model::records::{Lists, PersonRecord};
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind};

use super::Fieldbook;
use crate::exchange::{self, Device, Erased};
use crate::refusal::FieldbookRefused;
use crate::views;

impl Fieldbook {
    /// What [`Fieldbook::erase_person`] would erase, as far as it is held here.
    pub fn person_to_be_erased(&mut self, person: PersonId) -> Result<Erased, FieldbookRefused> {
        let documents: Vec<DocumentId> = views::documents_about(person.as_bytes()).collect();
        let mut all = Erased::default();
        for space in self.spaces_to_erase_in(person, &documents)? {
            all += exchange::to_be_erased(self.vault.read(), &self.device, (&space, &documents))?;
        }
        Ok(all)
    }

    /// Erases everything that is said of a person, with the copies of his papers, for everybody and in one transaction, as far as
    /// this office reads it. There is no way back. The TS reads applications, checks, lists, the units' books and the roster; the
    /// SS its own book, the roster, and the cards on its phones. So both have to, until nothing is left anywhere.
    ///
    /// TS and SS only. Refuses whoever is registered and not struck off: phones would go on showing that he may go out. An SS erases
    /// whom its own book registered and struck off, and nobody else: who stands in no book that it reads may be in another's, or
    /// in the middle of his check.
    pub fn erase_person(&mut self, person: PersonId) -> Result<Erased, FieldbookRefused> {
        let documents: Vec<DocumentId> = views::documents_about(person.as_bytes()).collect();
        let spaces = self.spaces_to_erase_in(person, &documents)?;
        self.enrol(|transaction, device, surroundings| {
            let mut all = Erased::default();
            for space in &spaces {
                all += exchange::erase(transaction, device, surroundings, (space, &documents))?;
            }
            Ok(all)
        })
    }

    /// One space of each roll in whose spaces something of a person is held: erasing in one is erasing in all of its roll.
    fn spaces_to_erase_in(
        &mut self,
        person: PersonId,
        documents: &[DocumentId],
    ) -> Result<Vec<SpaceId>, FieldbookRefused> {
        self.refresh()?;
        let (connection, device) = (self.vault.read(), &self.device);
        let record = views::person_record(connection, device, (person, &Lists::default()))?;
        check_erasing(&record)?;
        if device.role() == Some(Role::Ss) && !was_in_own_book(device, &record) {
            return Err(RegisterRefused::NotInOwnBook.into());
        }
        let rolls: BTreeMap<SpaceId, SpaceId> = device
            .membership
            .spaces()
            .map(|(space, record)| (record.roll, *space))
            .collect();
        let mut spaces = Vec::new();
        for space in rolls.into_values() {
            if exchange::to_be_erased(connection, device, (&space, documents))?.statements > 0 {
                spaces.push(space);
            }
        }
        if spaces.is_empty() { Err(no_person(device, person)) } else { Ok(spaces) }
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
