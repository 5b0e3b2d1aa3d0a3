//! What an import brings, of whatever format: points, tracks and named places, gathered one by one.
//!
//! Promises that every reader judges alike: what is off the globe, at 0,0 or cannot be read becomes a point without coordinates or
//! without a time and is counted, words are kept as far as they can be, and no file brings more points than one recording may have.
//!
//! Refuses a file that held nothing.

use jasaq_model::limits::{NAME_BYTES_MAX, TEXT_BYTES_MAX};
use jasaq_model::moment::UtcTime;
use jasaq_model::position::{Coordinates, Elevation, PositionRefused};
use jasaq_model::track::{Track, TrackPoint, TrackSegment};
use jasaq_model::words::{Name, Text, is_misleading};

use super::import_report::ImportReport;
use super::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, IMPORT_POINTS_MAX, ImportFormat, KMZ_ENTRIES_MAX};

/// Why a file was not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefused {
    /// Larger than we read.
    #[error("the file has {bytes} bytes where at most {IMPORT_BYTES_MAX} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// An archive that unpacks to more than we read.
    #[error("the archive unpacks to more than the {IMPORT_BYTES_MAX} bytes that are read")]
    UnpacksTooLarge,
    /// An archive with too many entries.
    #[error("the archive has more than {KMZ_ENTRIES_MAX} entries")]
    TooManyEntries,
    /// An archive that cannot be opened, or without a KML file in it.
    #[error("the archive is damaged, encrypted, or holds no KML file")]
    Archive,
    /// None of the formats that are read.
    #[error("the file is neither GPX, KML, KMZ nor GeoJSON")]
    UnknownFormat,
    /// Not what it was said to be.
    #[error("the file is not {}", .0.name())]
    OtherFormat(ImportFormat),
    /// It declares a document type.
    #[error("the file declares a document type, which neither GPX nor KML ever needs")]
    DocumentType,
    /// Nested deeper than any such file is.
    #[error("the file is nested more than {IMPORT_DEPTH_MAX} deep")]
    TooDeep,
    /// More points than one recording may have.
    #[error("the file has more than {IMPORT_POINTS_MAX} points")]
    TooManyPoints,
    /// Coordinates of another system than WGS 84.
    #[error("the file says that its coordinates are not WGS 84")]
    NotWgs84,
    /// No points and no named places.
    #[error("the file holds no track and no waypoint")]
    Empty,
}

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTracks {
    /// The tracks with at least one point, in the order of the file.
    pub tracks: Vec<ImportedTrack>,
    /// The named places and points of routes, in the order of the file.
    pub waypoints: Vec<ImportedWaypoint>,
    /// What is to be known about them.
    pub report: ImportReport,
}

/// A track of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTrack {
    /// What it was called; if left unset, nothing.
    pub name: Option<Name>,
    /// Where they walked.
    pub track: Track,
}

/// A named place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedWaypoint {
    /// What it was called; if left unset, nothing.
    pub name: Option<Name>,
    /// What was written to it; if left unset, nothing.
    pub comment: Option<Text>,
    /// Where and when.
    pub point: TrackPoint,
}

/// The words beside a place or a track, as they were written.
#[derive(Default)]
pub(super) struct WrittenWords {
    pub(super) name: Option<String>,
    pub(super) comment: Option<String>,
}

/// A file as far as it was read.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) report: ImportReport,
    points_seen: usize,
    tracks: Vec<ImportedTrack>,
    waypoints: Vec<ImportedWaypoint>,
}

impl Gathered {
    /// One more point comes, of whatever sort.
    pub(super) fn count_point(&mut self) -> Result<(), ImportRefused> {
        self.points_seen += 1;
        if self.points_seen > IMPORT_POINTS_MAX { Err(ImportRefused::TooManyPoints) } else { Ok(()) }
    }

    /// Where, of degrees north and east as far as they could be read.
    pub(super) fn coordinates(&mut self, degrees: Option<(f64, f64)>) -> Option<Coordinates> {
        match degrees.map(|(latitude, longitude)| Coordinates::from_degrees(latitude, longitude)) {
            Some(Ok(coordinates)) => return Some(coordinates),
            Some(Err(PositionRefused::NoFix)) => self.report.points_at_zero += 1,
            Some(Err(_)) | None => self.report.unreadable_coordinates += 1,
        }
        None
    }

    /// When, of what was written.
    pub(super) fn time(&mut self, written: &str) -> Option<UtcTime> {
        self.judged(written.trim().parse().ok())
    }

    /// When, of what could be read of it.
    pub(super) fn judged(&mut self, time: Option<UtcTime>) -> Option<UtcTime> {
        self.report.unreadable_times += usize::from(time.is_none());
        self.report.implausible_clocks += usize::from(time.is_some_and(|time| !time.is_plausible()));
        time
    }

    /// How high, of metres as far as they could be read.
    pub(super) fn elevation(&mut self, metres: Option<f64>) -> Option<Elevation> {
        let elevation = metres.and_then(|metres| Elevation::from_metres(metres).ok());
        self.report.unreadable_elevations += usize::from(elevation.is_none());
        elevation
    }

    /// Named places: each has the name, and what was written to all of them stands with the first.
    pub(super) fn add_waypoints(
        &mut self,
        words: WrittenWords,
        points: impl IntoIterator<Item = TrackPoint>,
    ) {
        let name = self.fitting(words.name, NAME_BYTES_MAX, |written| Name::new(written).ok());
        let mut comment = self.fitting(words.comment, TEXT_BYTES_MAX, |written| Text::new(written).ok());
        let waypoints = points.into_iter().map(|point| ImportedWaypoint {
            name: name.clone(),
            comment: comment.take(),
            point,
        });
        self.waypoints.extend(waypoints);
    }

    /// A part of a track; nothing, if it has no points.
    pub(super) fn segment(&mut self, points: Vec<TrackPoint>) -> Option<TrackSegment> {
        let segment = TrackSegment::new(points).ok()?;
        self.report.segments += 1;
        self.report.points += segment.points().len();
        self.report.untimed_points += segment.points().iter().filter(|point| point.time.is_none()).count();
        Some(segment)
    }

    /// A track, if it has a segment.
    pub(super) fn add_track(&mut self, name: Option<String>, segments: Vec<TrackSegment>) {
        let name = self.fitting(name, NAME_BYTES_MAX, |written| Name::new(written).ok());
        if let Ok(track) = Track::new(segments) {
            self.report.tracks += 1;
            self.tracks.push(ImportedTrack { name, track });
        }
    }

    /// Judges the whole.
    pub(super) fn finish(mut self) -> Result<ImportedTracks, ImportRefused> {
        self.report.waypoints = self.waypoints.len();
        if self.tracks.is_empty() && self.waypoints.is_empty() {
            return Err(ImportRefused::Empty);
        }
        Ok(ImportedTracks { tracks: self.tracks, waypoints: self.waypoints, report: self.report })
    }

    /// Words as far as they can be kept: control characters and misleading ones become blanks, what is too long is cut.
    fn fitting<T>(
        &mut self,
        written: Option<String>,
        bytes_max: usize,
        new: fn(String) -> Option<T>,
    ) -> Option<T> {
        let written = written?;
        let trimmed = written.trim();
        if trimmed.is_empty() {
            return None;
        }
        if let Some(kept) = new(trimmed.to_owned()) {
            return Some(kept);
        }
        self.report.words_shortened += 1;
        let cut = trimmed.get(..trimmed.floor_char_boundary(bytes_max)).unwrap_or_default();
        let is_replaced = |letter: char| (letter.is_control() && letter != '\n') || is_misleading(letter);
        let printable = cut.replace(is_replaced, " ");
        new(printable.clone()).or_else(|| new(printable.replace(['\n', '\u{2028}', '\u{2029}'], " ")))
    }
}
