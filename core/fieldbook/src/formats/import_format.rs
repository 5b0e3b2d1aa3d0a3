//! The formats that tracks come in.
//!
//! Promises that a file is refused by name where somebody said it was something else.

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
}
