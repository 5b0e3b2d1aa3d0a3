//! Tracks and logs in the formats of other programs: GPX 1.0 and 1.1 in, GPX 1.1 and GeoJSON (RFC 7946) out.
//!
//! Promises that nothing is invented and that nothing is refused which can be kept with a note: what a file
//! holds beyond reason (0,0, a latitude of 95, a time nobody can read) becomes a point without coordinates or
//! without a time, and is counted in the [`ImportReport`]. What goes out names everything, tells each entry as
//! it stands, and gives no coordinates to what has none.
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
mod export;
mod geojson_out;
mod gpx_elements;
mod gpx_in;
mod gpx_out;
mod import_format;
mod import_report;
mod imported;
mod metadata;
mod xml_in;
mod xml_out;

pub(crate) use certificates::packing::{pack, unpack};
pub use export::Export;
pub use geojson_out::write_geojson;
pub use gpx_in::read_gpx;
pub use gpx_out::write_gpx;
pub use import_format::ImportFormat;
pub use import_report::ImportReport;
pub use imported::{ImportRefused, ImportedTrack, ImportedTracks, ImportedWaypoint};
pub use metadata::{MetadataRefused, media_of, strip_metadata};

/// A file to be imported, and what an archive may unpack to: a year of one point every ten seconds, eight hours a day, is about
/// 100 MB; a season fits.
pub const IMPORT_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The points of one file: as many as one recording may have.
pub const IMPORT_POINTS_MAX: usize = jasaq_model::limits::TRACK_POINTS_MAX;

/// How deep elements may be nested: GPX itself needs six, extensions a few more; maps in KML keep folders in folders.
pub const IMPORT_DEPTH_MAX: usize = 32;

/// The entries of a KMZ: one file and its icons and photos. What has more was not made for a track.
pub const KMZ_ENTRIES_MAX: usize = 1_024;

#[cfg(test)]
mod export_tests;
#[cfg(test)]
mod import_tests;
