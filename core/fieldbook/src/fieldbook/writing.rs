//! Recording: one tap, one transaction. What is returned is safe from a flat battery.

use crate::vault::Transaction;
use jasaq_model::entry::EntryDraft;
use jasaq_model::ids::{LegId, MemberId, PatrolId, RecordingId, StatementRef};
use jasaq_model::moment::{Moment, UtcTime};
use jasaq_model::patrol::{LegEnd, LegStart, Members, PatrolEnd, PatrolStart, Transport};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::roles::{MayNot, may};
use jasaq_model::source::Source;
use jasaq_model::statement::Body;
use jasaq_model::track::Waypoint;
use jasaq_model::words::Name;
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::{Links, SpaceKind};

use super::Fieldbook;
use crate::exchange::{self, Device, Said, ToState, UNPLACED, standing_of};
use crate::formats::{ImportFormat, ImportReport, ImportedTracks, read_tracks};
use crate::refusal::FieldbookRefused;
use crate::roles::{compartment_of, office_of};
use crate::surroundings::Surroundings;
use crate::vault::Standing;
use crate::views::{self, PatrolView};

/// What an import brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackImport {
    /// What the file held, and what was odd about it.
    pub report: ImportReport,
    /// The recordings made, in the file's order.
    pub recordings: Vec<RecordingId>,
    /// The statements they took.
    pub statements: usize,
}

impl Fieldbook {
    /// A patrol goes out, with or without a plan: what is missing is flagged, not refused.
    pub fn start_patrol(&mut self, start: PatrolStart) -> Result<PatrolId, FieldbookRefused> {
        let space = self.patrols_space()?;
        self.write(|transaction, device, surroundings| {
            let patrol = PatrolId::from_bytes(surroundings.make_id());
            let mut tap = Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()));
            tap.state(Body::PatrolStarted(start), None)?;
            Ok(patrol)
        })
    }

    /// From here on, or from when it is said, these members move in this way.
    pub fn start_leg(
        &mut self,
        patrol: PatrolId,
        (transport, members): (Transport, Members),
        occurred_at: Option<Moment>,
    ) -> Result<LegId, FieldbookRefused> {
        let space = self.space_of(patrol)?;
        self.write(|transaction, device, surroundings| {
            let leg = LegId::from_bytes(surroundings.make_id());
            let start = LegStart { leg, transport, members, occurred_at };
            let mut tap = Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()));
            tap.state(Body::LegStarted(start), None)?;
            Ok(leg)
        })
    }

    /// A leg is over.
    pub fn end_leg(&mut self, patrol: PatrolId, end: LegEnd) -> Result<StatementRef, FieldbookRefused> {
        self.state_of(patrol, Body::LegEnded(end), None)
    }

    /// The patrol is back. An end before the start is kept and flagged.
    pub fn end_patrol(&mut self, patrol: PatrolId, end: PatrolEnd) -> Result<StatementRef, FieldbookRefused> {
        self.state_of(patrol, Body::PatrolEnded(end), None)
    }

    /// Something was done or seen. `gps_time` is the time of the position's fix.
    pub fn write_entry(
        &mut self,
        patrol: PatrolId,
        draft: EntryDraft,
        gps_time: Option<UtcTime>,
    ) -> Result<StatementRef, FieldbookRefused> {
        let entry = draft.check()?;
        self.state_of(patrol, Body::Entry(entry), gps_time)
    }

    /// Imports a GPX file's tracks and named places into a patrol, all of it in one transaction or nothing.
    pub fn import_gpx(
        &mut self,
        patrol: PatrolId,
        leg: Option<LegId>,
        file: &[u8],
    ) -> Result<TrackImport, FieldbookRefused> {
        self.import_tracks(patrol, leg, Some(ImportFormat::Gpx), file)
    }

    /// Imports a file's tracks and named places into a patrol, all of it in one transaction or nothing: of this format, or of
    /// whichever it turns out to be in.
    pub fn import_tracks(
        &mut self,
        patrol: PatrolId,
        leg: Option<LegId>,
        format: Option<ImportFormat>,
        file: &[u8],
    ) -> Result<TrackImport, FieldbookRefused> {
        let imported = read_tracks(file, format)?;
        let space = self.space_of(patrol)?;
        self.write(|transaction, device, surroundings| {
            let recordings: Vec<RecordingId> = (0..=imported.tracks.len())
                .map(|_| RecordingId::from_bytes(surroundings.make_id()))
                .collect();
            let mut tap = Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()));
            let statements = tap.import(&imported, &recordings, leg)?;
            let recordings = recordings.into_iter().take(imported.tracks.len()).collect();
            Ok(TrackImport { report: imported.report, recordings, statements })
        })
    }

    /// States something in the document that a space's records of this kind share.
    pub(super) fn state_in_own_document(
        &mut self,
        space: SpaceId,
        body: Body,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.write(|transaction, device, surroundings| {
            let document = space.as_bytes();
            Tap::at(transaction, device, surroundings, (space, document)).state(body, None)
        })
    }

    /// Says what a changed program would, in a space of this kind and under any record's id. For tests alone.
    #[cfg(feature = "fuzzing")]
    pub fn state_under(
        &mut self,
        (kind, document): (SpaceKind, [u8; 16]),
        body: Body,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.refresh()?;
        let space = self
            .device
            .space_of_kind(kind)
            .ok_or(FieldbookRefused::MayNotState { paragraph: "" })?;
        self.write(|transaction, device, surroundings| {
            Tap::at(transaction, device, surroundings, (space, &document)).state(body, None)
        })
    }

    pub(super) fn state_of(
        &mut self,
        patrol: PatrolId,
        body: Body,
        gps_time: Option<UtcTime>,
    ) -> Result<StatementRef, FieldbookRefused> {
        let space = self.space_of(patrol)?;
        self.write(|transaction, device, surroundings| {
            Tap::at(transaction, device, surroundings, (space, patrol.as_bytes())).state(body, gps_time)
        })
    }

    /// Writes, if the patrol's log is still as it was looked at: another window or program may have written meanwhile.
    pub(super) fn write_to_seen<T>(
        &mut self,
        seen: &PatrolView,
        work: impl FnOnce(&Transaction<'_>, &Device, &mut Surroundings) -> Result<T, FieldbookRefused>,
    ) -> Result<T, FieldbookRefused> {
        self.write(|transaction, device, surroundings| {
            let now = views::patrol_view(transaction, device, seen.patrol)?;
            if now.is_none_or(|now| now.log != seen.log) {
                return Err(LogRefused::ChangedMeanwhile.into());
            }
            work(transaction, device, surroundings)
        })
    }

    /// States something of a patrol that holds for just what was looked at.
    pub(super) fn state_of_seen(
        &mut self,
        seen: &PatrolView,
        body: Body,
    ) -> Result<StatementRef, FieldbookRefused> {
        let space = self.space_of(seen.patrol)?;
        self.write_to_seen(seen, |transaction, device, surroundings| {
            let document = seen.patrol.as_bytes();
            Tap::at(transaction, device, surroundings, (space, document)).state(body, None)
        })
    }

    /// The member whose device this is, once it is in.
    pub(super) fn own_member(&self) -> Option<MemberId> {
        let enrolled = self.device.membership.device(&self.device.id())?;
        Some(MemberId::from_bytes(*enrolled.member.as_bytes()))
    }

    /// Where new patrols go: the squad's newest patrols space, or nowhere yet while this device waits to be added.
    pub(super) fn patrols_space(&mut self) -> Result<SpaceId, FieldbookRefused> {
        self.refresh()?;
        if self.device.role().is_none() && !self.device.is_removed() {
            return Ok(UNPLACED);
        }
        let space = self.device.space_of_kind(SpaceKind::Patrols);
        space.ok_or(FieldbookRefused::MayNotState { paragraph: "001-§10" })
    }

    pub(super) fn space_of(&mut self, patrol: PatrolId) -> Result<SpaceId, FieldbookRefused> {
        self.refresh()?;
        let held = views::space_of_patrol(self.vault.read(), &self.device, patrol)?
            .ok_or_else(|| self.no_record(patrol))?;
        // What is still said of a patrol whose season has ended stands in the one that runs.
        let is_closed = self.device.membership.space(&held).is_some_and(|record| record.is_closed);
        if is_closed { self.patrols_space() } else { Ok(held) }
    }
}

/// One tap: statements about one thing, in one transaction.
pub(super) struct Tap<'a> {
    transaction: &'a Transaction<'a>,
    device: &'a Device,
    surroundings: &'a mut Surroundings,
    space: SpaceId,
    first_document: DocumentId,
}

impl<'a> Tap<'a> {
    pub(super) fn at(
        transaction: &'a Transaction<'a>,
        device: &'a Device,
        surroundings: &'a mut Surroundings,
        (space, document): (SpaceId, &[u8; 16]),
    ) -> Self {
        Self { transaction, device, surroundings, space, first_document: DocumentId::from_bytes(*document) }
    }

    pub(super) fn state(
        &mut self,
        body: Body,
        gps_time: Option<UtcTime>,
    ) -> Result<StatementRef, FieldbookRefused> {
        let standing = self.check(&body)?;
        let at = (self.space, self.first_document);
        let new = ToState { at, body, gps_time, standing };
        Ok(exchange::state(self.transaction, self.device, self.surroundings, new)?)
    }

    /// Intentions are refused: a statement that could never count is not made. Before this device is added it cannot be
    /// known, so then everything is recorded.
    fn check(&self, body: &Body) -> Result<Standing, FieldbookRefused> {
        let record = self.device.membership.space(&self.space);
        if self.device.is_removed() {
            return Ok(Standing::Held);
        }
        let (Some(role), Some(record)) = (self.device.role(), record) else { return Ok(Standing::Counts) };
        let compartment =
            compartment_of(record.kind).ok_or(FieldbookRefused::MayNotState { paragraph: "" })?;
        if let Err(refused) = may(office_of(role), body.kind(), compartment) {
            let paragraph = match refused {
                MayNot::NotHere { .. } => "",
                MayNot::NotThisRole { paragraph, .. } => paragraph,
            };
            return Err(FieldbookRefused::MayNotState { paragraph });
        }
        let (author, kind) = (self.device.id(), body.kind().code());
        let said = Said { space: &self.space, author: &author, kind, key: "", at: None };
        Ok(standing_of(&self.device.membership, &said, &Links::default()))
    }

    fn import(
        &mut self,
        imported: &ImportedTracks,
        recordings: &[RecordingId],
        leg: Option<LegId>,
    ) -> Result<usize, FieldbookRefused> {
        let mut statements = 0;
        for (track, recording) in imported.tracks.iter().zip(recordings) {
            for mut chunk in track.track.split(*recording) {
                chunk.leg = leg;
                chunk.name.clone_from(&track.name);
                chunk.source = Source::File;
                self.state(Body::Track(chunk), None)?;
                statements += 1;
            }
        }
        let Some(of_waypoints) = recordings.last() else { return Ok(statements) };
        for waypoint in &imported.waypoints {
            let waypoint = Waypoint {
                recording: *of_waypoints,
                name: waypoint.name.clone(),
                comment: waypoint.comment.clone(),
                point: waypoint.point,
                source: Source::File,
            };
            self.state(Body::Waypoint(waypoint), None)?;
            statements += 1;
        }
        Ok(statements)
    }
}

/// The title of a patrol in exports: its day.
pub(super) fn title_of(view: &views::PatrolView) -> Result<Name, FieldbookRefused> {
    let start = view
        .log
        .stated()
        .first()
        .map(|stated| stated.statement.happened_at().day().to_string());
    Ok(Name::new(start.unwrap_or_else(|| view.patrol.to_string()))?)
}

#[cfg(test)]
mod tests;
