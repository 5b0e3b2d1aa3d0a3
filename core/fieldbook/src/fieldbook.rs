//! The façade: one device's fieldbook. Whatever a phone, a console or the command line does, it does through this.
//!
//! Every method that writes returns only once what it wrote is safe from a flat battery. Methods that exchange flush
//! first. Two processes may have one fieldbook open; each sees what the other wrote.

mod attaching;
mod booking;
mod cases;
mod checking;
mod countersigning;
mod drafting;
mod erasing;
mod exchanging;
mod judging;
mod locking;
mod logging;
mod meeting;
mod membership;
mod opening;
mod planning;
mod reading;
mod reconciling;
mod recovery;
mod register;
mod reporting;
mod sealing;
mod signing;
mod taking_down;
mod telling;
mod writing;

use std::path::{Path, PathBuf};

pub use attaching::NewAttachment;
pub use booking::WrittenBook;
pub use checking::PageBesideLog;
pub use drafting::Draft;
pub use locking::WrongTries;
pub use logging::Amended;
pub use membership::{Card, Membering};
pub use opening::RootSheets;
pub use planning::{NewPlan, Rota, RotaMember};
pub use reading::{DoctorReport, Exported};
pub use reconciling::Reconciling;
pub use register::{
    Copies, Deciding, Kept, ListPapers, ListWithdrawal, NameRemoval, NewCertificate, NewList, NewPrint,
    NewTraining, PersonView, Published, RegisterSquad, RosterPage, RosterQuery, SentList, TrainingSession,
    Undone, UndonePerson, Withdrawal,
};
pub use reporting::{HoursShown, PageSignatures};
pub use sealing::PagePreview;
pub use taking_down::TakenDown;
pub use writing::TrackImport;

use crate::exchange::{Device, EnrolRefused};
use crate::refusal::FieldbookRefused;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault, VaultRefused};

/// One device's whole copy.
#[derive(Debug)]
pub struct Fieldbook {
    home: PathBuf,
    vault: Vault,
    device: Device,
    surroundings: Surroundings,
    /// Whether this start of the machine stands in the vault. A full disk can be read, so opening does not insist.
    is_start_noted: bool,
    is_locked: bool,
    /// When a person used it last, by the device's clock, in ms since 1970.
    used_ms: i64,
}

impl Fieldbook {
    /// The folder it lives in.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// What another process brought in is known here before anything is decided.
    fn refresh(&mut self) -> Result<(), VaultRefused> {
        self.device.refresh(self.vault.read())?;
        Ok(())
    }

    /// One transaction over the vault with this device and its surroundings.
    fn write<T, E: From<VaultRefused>>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &mut Device, &mut Surroundings) -> Result<T, E>,
    ) -> Result<T, E> {
        let Self { home, vault, device, surroundings, is_start_noted, .. } = self;
        if !*is_start_noted {
            let start = opening::Start::of(home, surroundings);
            vault.write(|transaction| opening::note_start(transaction, &start))?;
            *is_start_noted = true;
        }
        device.write(vault, |transaction, device| work(transaction, device, surroundings))
    }

    fn enrol<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &mut Device, &mut Surroundings) -> Result<T, EnrolRefused>,
    ) -> Result<T, FieldbookRefused> {
        Ok(self.write(work)?)
    }
}
