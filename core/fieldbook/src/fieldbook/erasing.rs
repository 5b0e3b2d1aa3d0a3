//! Erasing what was recorded, for everybody.

use jasaq_model::ids::{PatrolId, StatementRef};
use jasaq_model::patrol_log::LogRefused;
use jasaq_protocol::ids::{DocumentId, RootHash, SpaceId};

use super::Fieldbook;
use crate::exchange::{self, Erased};
use crate::refusal::FieldbookRefused;
use crate::views::{self, ErasureView};

impl Fieldbook {
    /// What [`Fieldbook::erase`] would erase of a record, as far as it is held here.
    pub fn to_be_erased(&mut self, record: PatrolId) -> Result<Erased, FieldbookRefused> {
        let (spaces, documents) = self.shown(record)?;
        Ok(exchange::to_be_erased(self.vault.read(), &self.device, (&spaces, &documents))?)
    }

    /// The spaces of the squad in which a record is shown, all seasons, and its documents. Somebody of another squad may have
    /// said something under the same id, and that is another record.
    fn shown(&mut self, record: PatrolId) -> Result<(Vec<SpaceId>, Vec<DocumentId>), FieldbookRefused> {
        self.refresh()?;
        let space = views::space_of_patrol(self.vault.read(), &self.device, record)?;
        let space = space.ok_or_else(|| self.no_record(record))?;
        let membership = &self.device.membership;
        let roll = membership.space(&space).map(|record| record.roll);
        let spaces = membership.spaces().filter(|(_, record)| Some(record.roll) == roll);
        Ok((spaces.map(|(space, _)| *space).collect(), views::documents_of(record).collect()))
    }

    /// Erases a record for everybody: what is held of it here, with its attachments, and on every device and relay that hears
    /// of it, now and whatever comes of it later. There is no way back. TS and SS only, where they read and write. The numbers
    /// of its pages are said anew, beside it: they are never given again.
    pub fn erase(&mut self, record: PatrolId) -> Result<Erased, FieldbookRefused> {
        let (spaces, documents) = self.shown(record)?;
        self.write(|transaction, device, surroundings| {
            if exchange::would_lose_numbers(transaction, device, (&spaces, &documents))? {
                return Err(LogRefused::NumbersStay.into());
            }
            Ok(exchange::erase(transaction, device, surroundings, (&spaces, &documents))?)
        })
    }

    /// Every record, and every attachment alone, that was erased, as far as this device's rolls tell.
    pub fn erasures(&mut self) -> Result<Vec<ErasureView>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::erasures(self.vault.read(), &self.device)?)
    }

    /// Erases an attachment and its thumbnail for everybody; the record that names it stays. TS and SS only.
    pub fn erase_attachment_for_all(&mut self, key: &StatementRef) -> Result<(), FieldbookRefused> {
        let attached = self.attached(key)?;
        let names = [Some(attached.name), attached.thumbnail].into_iter().flatten();
        let roots: Vec<RootHash> = names.map(|name| *name.root()).collect();
        self.enrol(|transaction, device, surroundings| {
            exchange::erase_attachments(transaction, device, surroundings, (attached.space, &roots))
        })?;
        self.erase_attachment(key, true)
    }

    /// Why a record cannot be found: it was erased, or it is not here.
    pub(super) fn no_record(&self, record: PatrolId) -> FieldbookRefused {
        let mut spaces = self.device.membership.spaces().map(|(space, _)| *space);
        let is_erased = views::documents_of(record)
            .next()
            .is_some_and(|document| spaces.any(|space| self.device.is_erased(&space, &document)));
        if is_erased { FieldbookRefused::Erased } else { FieldbookRefused::NoPatrol }
    }
}
