//! Tracks and logs in the formats of other programs: GPX, KML 2.2, KMZ and GeoJSON (RFC 7946), each in and out.
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
//! Refuses files of none of these formats, that hold nothing, or that are beyond the limits. Bytes in, bytes
//! out: no disk.

pub mod book;
pub mod certificates;
mod encoding;
mod export;
mod geojson_drawn;
mod geojson_in;
mod geojson_out;
mod geojson_properties;
mod gpx_elements;
mod gpx_in;
mod gpx_out;
mod import_format;
mod import_report;
mod imported;
mod kml_elements;
mod kml_in;
mod kml_out;
mod kml_shapes;
mod kmz;
mod metadata;
mod xml_in;
mod xml_out;

pub(crate) use certificates::packing::{pack, unpack};
pub use export::Export;
pub use geojson_in::read_geojson;
pub use geojson_out::write_geojson;
pub use gpx_in::read_gpx;
pub use gpx_out::write_gpx;
pub use import_format::{ImportFormat, read_tracks};
pub use import_report::ImportReport;
pub use imported::{ImportRefused, ImportedTrack, ImportedTracks, ImportedWaypoint};
pub use kml_in::read_kml;
pub use kml_out::{kml_times_left_out, write_kml};
pub use kmz::{read_kmz, write_kmz};
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
mod archive_tests;
#[cfg(test)]
mod export_tests;
#[cfg(test)]
mod geojson_tests;
#[cfg(test)]
mod import_tests;
#[cfg(test)]
mod kml_tests;
#[cfg(test)]
mod round_trip_tests;
