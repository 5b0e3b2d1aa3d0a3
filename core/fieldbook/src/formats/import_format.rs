//! Which format a file is in: told by what it holds, whatever it is called.
//!
//! Promises that a file is read as what it is, and refused by name where somebody said it was something else.

use super::encoding::decode;
use super::imported::{ImportRefused, ImportedTracks};
use super::{IMPORT_BYTES_MAX, read_geojson, read_gpx, read_kml, read_kmz, xml_in};

/// A format that tracks are imported from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// GPX 1.0 and 1.1.
    Gpx,
    /// KML 2.0 to 2.2, and Google's `gx:Track`.
    Kml,
    /// An archive with a KML file.
    Kmz,
    /// GeoJSON (RFC 7946).
    GeoJson,
}

impl ImportFormat {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gpx, Self::Kml, Self::Kmz, Self::GeoJson];

    /// What people call it, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gpx => "GPX",
            Self::Kml => "KML",
            Self::Kmz => "KMZ",
            Self::GeoJson => "GeoJSON",
        }
    }

    /// Which one a file is in, if in one of them.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK") {
            return Some(Self::Kmz);
        }
        let (text, _) = decode(bytes);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with('{') {
            return Some(Self::GeoJson);
        }
        match xml_in::root(text)?.as_str() {
            "gpx" => Some(Self::Gpx),
            "kml" => Some(Self::Kml),
            _ => None,
        }
    }
}

/// Reads a file of any of the formats, or of the one that is given.
pub fn read_tracks(bytes: &[u8], format: Option<ImportFormat>) -> Result<ImportedTracks, ImportRefused> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportRefused::TooLarge { bytes: bytes.len() });
    }
    match format.or_else(|| ImportFormat::of(bytes)) {
        Some(ImportFormat::Gpx) => read_gpx(bytes),
        Some(ImportFormat::Kml) => read_kml(bytes),
        Some(ImportFormat::Kmz) => read_kmz(bytes),
        Some(ImportFormat::GeoJson) => read_geojson(bytes),
        None => Err(ImportRefused::UnknownFormat),
    }
}
