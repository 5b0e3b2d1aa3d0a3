//! Erasing what was recorded, for everybody.

use jasaq_model::ids::{PatrolId, StatementRef};
use jasaq_model::patrol_log::LogRefused;
use jasaq_protocol::ids::{DocumentId, RootHash, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use super::Fieldbook;
use crate::exchange::{self, Device, Erased, ToErase};
use crate::refusal::FieldbookRefused;
use crate::vault::{Connection, VaultRefused};
use crate::views::{self, CasesOfPatrol, ErasureView};

impl Fieldbook {
    /// What [`Fieldbook::erase`] would erase of a patrol, as far as it is held here.
    pub fn to_be_erased(&mut self, patrol: PatrolId) -> Result<Erased, FieldbookRefused> {
        self.refresh()?;
        let found = record(self.vault.read(), &self.device, patrol)?;
        let (what, cases) = found.ok_or_else(|| self.no_record(patrol))?;
        Ok(counted(exchange::to_be_erased(self.vault.read(), &self.device, &what)?, &cases))
    }

    /// Erases a patrol for everybody: what is held of it here, with its attachments and its cases, and on every device and relay that
    /// hears of it, now and whatever comes of it later. There is no way back. TS and SS only, where they read and write. All of it or
    /// nothing. The numbers of its pages are said anew, beside it: they are never given again.
    ///
    /// A case goes with it if no other patrol's log of the squad names it: without the log nobody would be shown it any more. One that
    /// another log names too, as that of a part which was recorded apart, stays until that patrol is erased. So does what a log calls
    /// a case and is a patrol: no line of one log erases another.
    pub fn erase(&mut self, patrol: PatrolId) -> Result<Erased, FieldbookRefused> {
        self.refresh()?;
        let is_not_here = self.no_record(patrol);
        self.write(|transaction, device, surroundings| {
            let (what, cases) = record(transaction, device, patrol)?.ok_or(is_not_here)?;
            if exchange::would_lose_numbers(transaction, device, &what)? {
                return Err(LogRefused::NumbersStay.into());
            }
            Ok(counted(exchange::erase(transaction, device, surroundings, &what)?, &cases))
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

/// A patrol's documents in the spaces of the squad in which it is shown, all seasons, and those of its cases where cases stand; none if
/// it is not here. Somebody of another squad may have said something under the same id, and that is another record.
fn record(
    connection: &Connection,
    device: &Device,
    patrol: PatrolId,
) -> Result<Option<(ToErase, CasesOfPatrol)>, VaultRefused> {
    let (Some(space), Some(view)) = (
        views::space_of_patrol(connection, device, patrol)?,
        views::patrol_view(connection, device, patrol)?,
    ) else {
        return Ok(None);
    };
    let membership = &device.membership;
    // What is said of no patrol stands in documents that are called like spaces.
    if membership.space(&SpaceId::from_bytes(*patrol.as_bytes())).is_some() {
        return Ok(None);
    }
    let roll = membership.space(&space).map(|record| record.roll);
    let spaces = || membership.spaces().filter(|(_, record)| Some(record.roll) == roll);
    let ids: Vec<SpaceId> = spaces().map(|(space, _)| *space).collect();
    let cases = views::cases_of_patrol(connection, device, (&ids, &view))?;
    let mut what = ToErase { places: Vec::new(), ahead: Vec::new() };
    for (space, of) in spaces() {
        let holds_cases = of.kind == SpaceKind::Protected;
        let own = cases.own.iter().filter(|_| holds_cases).map(|case| *case.as_bytes());
        for first in [*patrol.as_bytes()].into_iter().chain(own) {
            what.places
                .extend(views::documents_about(&first).map(|document| (*space, document)));
            if (holds_cases || of.kind == SpaceKind::Patrols) && !of.is_closed {
                what.ahead.push((*space, DocumentId::from_bytes(first)));
            }
        }
    }
    Ok(Some((what, cases)))
}

fn counted(erased: Erased, cases: &CasesOfPatrol) -> Erased {
    Erased { cases: cases.own.len(), cases_that_stay: cases.shared.len(), ..erased }
}
