//! What is kept by some devices alone: who is registered, certified and trained, who is being checked, what councils decided.
//!
//! Promises that whoever does not read where something stands is never told that there is none: each of these is *none* on such
//! a device, which is no empty list, and [`Kept::refusal`] says who can be asked.

use std::collections::BTreeMap;

use jasaq_model::guards::RegisterRefused;
use jasaq_model::ids::SessionId;
use jasaq_model::moment::Day;
use jasaq_model::records::{PersonRecord, PersonState};
use jasaq_model::words::{Name, Text};
use jasaq_protocol::membership::{Role, SpaceKind, access};

use super::Fieldbook;
use super::looking::PersonView;
use crate::exchange::Device;
use crate::refusal::FieldbookRefused;
use crate::views::{self, RegisteredCertificate};

/// What is read by some offices and not by others (architecture §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Registrations, certificates, training, circumstances, strike-offs: the TS, and of its own people an SS.
    Books,
    /// Applications, what the three registers said, offences: the TS.
    Checks,
    /// Lists of squads, copies of papers, notices to remove somebody: the LEB that sent them and the TS.
    Lists,
    /// Councils' decisions, who is on whose roster, who supervises: the CC, LEB and SS of the district, and the TS.
    Squads,
    /// Anything that is said of a person: whoever reads one of these.
    Persons,
    /// Which phones a squad has: the squad itself, its SS, and the TS.
    Phones,
    /// The cards of the squads' members: the squad's phones, and the SS that writes them.
    Cards,
}

impl Kept {
    /// What is said to whoever asks a device that does not read it.
    #[must_use]
    pub const fn refusal(self) -> RegisterRefused {
        match self {
            Self::Books => RegisterRefused::BooksNotRead,
            Self::Checks => RegisterRefused::ChecksNotRead,
            Self::Lists => RegisterRefused::ListsNotRead,
            Self::Squads => RegisterRefused::SquadsNotRead,
            Self::Persons => RegisterRefused::PersonsNotRead,
            Self::Phones => RegisterRefused::PhonesNotRead,
            Self::Cards => RegisterRefused::CardsNotRead,
        }
    }

    /// The spaces by which it is told who reads it: those in which it stands, and of a unit that has no squad yet, its own.
    const fn spaces(self) -> &'static [SpaceKind] {
        match self {
            Self::Books => &[SpaceKind::Subdivision],
            Self::Checks => &[SpaceKind::Register],
            Self::Lists => &[SpaceKind::Submission],
            Self::Squads => &[SpaceKind::Council],
            Self::Persons => {
                &[SpaceKind::Council, SpaceKind::Submission, SpaceKind::Subdivision, SpaceKind::Register]
            }
            Self::Phones => &[SpaceKind::SquadRoll, SpaceKind::Subdivision],
            Self::Cards => &[SpaceKind::Patrols, SpaceKind::ToSubdivision],
        }
    }
}

/// Whether somebody's check has begun and nothing ended it.
pub(super) fn is_being_checked(record: &PersonRecord) -> bool {
    record.is_in_check() && matches!(record.state(), PersonState::InCheck | PersonState::Applied)
}

/// Whether a device reads something: one of the spaces in which it stands. The TS, in whose scope all of the territory is, reads it
/// also as long as nobody has made such a space.
pub(super) fn reads(device: &Device, kept: Kept) -> bool {
    let (own, kinds) = (device.id(), kept.spaces());
    let is_of_territory = device.role() == Some(Role::Ts) && !device.is_removed();
    let reads_all = is_of_territory && kinds.iter().any(|kind| access(Role::Ts, *kind).reads());
    reads_all
        || device.membership.spaces_of(&own).any(|(space, access)| {
            let kind = device.membership.space(&space).map(|record| record.kind);
            access.reads() && kind.is_some_and(|kind| kinds.contains(&kind))
        })
}

/// A session of legal training as the books have it (001-§11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingSession {
    /// Which.
    pub session: SessionId,
    /// When.
    pub day: Day,
    /// At the base of which military unit.
    pub military_unit: Name,
    /// About what.
    pub topics: Text,
    /// Who was there.
    pub persons: Vec<PersonView>,
}

impl Fieldbook {
    /// Whether this device reads something; where it does not, that there is none cannot be said.
    pub fn reads(&mut self, kept: Kept) -> Result<bool, FieldbookRefused> {
        self.refresh()?;
        Ok(reads(&self.device, kept))
    }

    /// What a view shows where something is read; none where it is not.
    pub(in crate::fieldbook) fn kept<T>(
        &mut self,
        kept: Kept,
        view: impl FnOnce(&mut Self) -> Result<T, FieldbookRefused>,
    ) -> Result<Option<T>, FieldbookRefused> {
        if self.reads(kept)? { view(self).map(Some) } else { Ok(None) }
    }

    /// The same, where nothing can be done without it.
    pub fn check_reads(&mut self, kept: Kept) -> Result<(), FieldbookRefused> {
        if self.reads(kept)? { Ok(()) } else { Err(kept.refusal().into()) }
    }

    /// Everybody who is on the register or was. None where the books are not read.
    pub fn registered(&mut self) -> Result<Option<Vec<PersonView>>, FieldbookRefused> {
        if !self.reads(Kept::Books)? {
            return Ok(None);
        }
        let mut views = self.everybody()?.unwrap_or_default();
        views.retain(|view| view.record.registration().is_some());
        Ok(Some(views))
    }

    /// Everybody who is being checked (001-§17, 19). None where checks are not read.
    pub fn in_check(&mut self) -> Result<Option<Vec<PersonView>>, FieldbookRefused> {
        if !self.reads(Kept::Checks)? {
            return Ok(None);
        }
        let mut views = self.everybody()?.unwrap_or_default();
        views.retain(|view| is_being_checked(&view.record));
        Ok(Some(views))
    }

    /// Everybody who applied (001-§16). None where applications are not read.
    pub fn applicants(&mut self) -> Result<Option<Vec<PersonView>>, FieldbookRefused> {
        if !self.reads(Kept::Checks)? {
            return Ok(None);
        }
        let mut views = self.everybody()?.unwrap_or_default();
        views.retain(|view| !view.record.applications.is_empty());
        Ok(Some(views))
    }

    /// The register of certificates, by their numbers, with what was taken back (001-§21). None where the books are not read.
    pub fn certificates(&mut self) -> Result<Option<Vec<RegisteredCertificate>>, FieldbookRefused> {
        self.kept(Kept::Books, |book| Ok(views::certificates(book.vault.read(), &book.device)?))
    }

    /// The sessions of legal training, by day (001-§11). None where the books are not read.
    pub fn training_sessions(&mut self) -> Result<Option<Vec<TrainingSession>>, FieldbookRefused> {
        if !self.reads(Kept::Books)? {
            return Ok(None);
        }
        let mut sessions: BTreeMap<(Day, SessionId), TrainingSession> = BTreeMap::new();
        for view in self.everybody()?.into_iter().flatten() {
            let attended: BTreeMap<_, _> = view
                .record
                .training
                .iter()
                .map(|said| ((said.what.day, said.what.session), said))
                .collect();
            for (place, said) in attended {
                let session = sessions.entry(place).or_insert_with(|| TrainingSession {
                    session: said.what.session,
                    day: said.what.day,
                    military_unit: said.what.military_unit.clone(),
                    topics: said.what.topics.clone(),
                    persons: Vec::new(),
                });
                session.persons.push(view.clone());
            }
        }
        Ok(Some(sessions.into_values().collect()))
    }
}
