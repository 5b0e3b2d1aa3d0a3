//! Tracks and logs in the formats of other programs: GPX 1.0 and 1.1 in, GPX 1.1 and GeoJSON (RFC 7946) out.
//!
//! Promises that nothing is invented and that nothing is refused which can be kept with a note: what a file
//! holds beyond reason (0,0, a latitude of 95, a time nobody can read) becomes a point without coordinates or
//! without a time, and is counted in the [`ImportReport`]. What goes out names everything and gives no
//! coordinates to what has none.
//!
//! Attachments go out without what they tell about place and device ([`strip_metadata`]).
//!
//! And the signed code beside a certificate with the trust list that anybody checks it against: [`certificates`].
//!
//! Refuses files that are not GPX at all, that hold nothing, or that are beyond the limits. Bytes in, bytes
//! out: no disk.

pub mod book;
pub mod certificates;
mod encoding;
mod geojson_out;
mod gpx_elements;
mod gpx_in;
mod gpx_out;
mod import_report;
mod metadata;

pub(crate) use certificates::packing::{pack, unpack};
pub use geojson_out::write_geojson;
pub use gpx_in::{GpxRefused, ImportedTrack, ImportedTracks, ImportedWaypoint, read_gpx};
pub use gpx_out::write_gpx;
pub use import_report::ImportReport;
pub use metadata::{MetadataRefused, media_of, strip_metadata};

use jasaq_model::ids::PatrolId;
use jasaq_model::patrol_log::{Flag, LoggedTrack, PatrolLog};
use jasaq_model::words::{Language, Name};

/// A file to be imported: a year of one point every ten seconds, eight hours a day, is about 100 MB; a season
/// fits.
pub const GPX_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The points of one file: as many as one recording may have.
pub const GPX_POINTS_MAX: usize = jasaq_model::limits::TRACK_POINTS_MAX;

/// How deep elements may be nested: GPX itself needs six, extensions a few more.
pub const GPX_DEPTH_MAX: usize = 32;

/// A patrol's log on its way out, and what stands above it.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// Which patrol.
    pub patrol: PatrolId,
    /// What it is called on screens and lists.
    pub title: &'a Name,
    /// Its log.
    pub log: &'a PatrolLog,
    /// The language of names and descriptions; codes stay as they are.
    pub language: Language,
}

impl Export<'_> {
    /// One of three texts, by the language asked for.
    fn pick(&self, [kk, ru, en]: [&'static str; 3]) -> &'static str {
        match self.language {
            Language::Kk => kk,
            Language::Ru => ru,
            Language::En => en,
        }
    }

    /// What a recording is called: its own name, or the patrol's and the leg's number.
    fn track_name(&self, track: &LoggedTrack) -> String {
        if let Some(name) = &track.name {
            return name.to_string();
        }
        let number = self.log.legs().iter().position(|leg| Some(leg.leg) == track.leg);
        match number {
            Some(index) => format!("{} · {} {}", self.title, self.pick(["кезең", "этап", "leg"]), index + 1),
            None => self.title.to_string(),
        }
    }

    /// How they moved on a recording's leg, or only that it is a track.
    fn track_description(&self, track: &LoggedTrack) -> String {
        let track_word = jasaq_model::statement::Kind::Track.word(self.language);
        let legs = self.log.legs();
        let start = legs
            .iter()
            .find(|leg| Some(leg.leg) == track.leg)
            .and_then(|leg| leg.starts.first());
        match start {
            Some((_, start)) => format!("{track_word}, {}", start.transport.word(self.language)),
            None => track_word.to_owned(),
        }
    }

    /// How a recording came here, and whether all of it did.
    fn track_comment(&self, track: &LoggedTrack) -> String {
        let source = track.source.word(self.language);
        if track.chunks_missing == 0 {
            source.to_owned()
        } else {
            format!("{source}; {}", Flag::TrackIncomplete.word(self.language))
        }
    }

    /// How many entries and named places have no coordinates.
    fn unplaced_count(&self) -> usize {
        let entries = self.log.entries().filter(|(_, entry)| entry.position().is_none()).count();
        let waypoints = self
            .log
            .waypoints()
            .filter(|(_, waypoint)| waypoint.point.coordinates.is_none())
            .count();
        entries + waypoints
    }
}

#[cfg(test)]
mod export_tests;
#[cfg(test)]
mod import_tests;
