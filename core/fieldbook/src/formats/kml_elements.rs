//! The elements of KML that we read. Everything else, styles, overlays and links above all, is passed over.

/// What an element is, by its name and the element around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Kml,
    /// A document or a folder.
    Container,
    Placemark,
    Name,
    Description,
    TimeStamp,
    When,
    Point,
    Line,
    /// Several shapes of one placemark, or several of Google's tracks.
    Several,
    Coordinates,
    AltitudeMode,
    /// Google's `gx:Track`: moments and places beside each other.
    Trail,
    TrailWhen,
    TrailPlace,
    /// A shape that is neither a track nor a place.
    OtherShape,
    Other,
}

impl Element {
    pub(super) fn within(parent: Option<Self>, name: &str) -> Self {
        match (parent, name) {
            (None, "kml") => Self::Kml,
            (Some(Self::Kml | Self::Container), "Document" | "Folder") => Self::Container,
            (Some(Self::Kml | Self::Container), "Placemark") => Self::Placemark,
            (Some(Self::Placemark), "name") => Self::Name,
            (Some(Self::Placemark), "description") => Self::Description,
            (Some(Self::Placemark), "TimeStamp") => Self::TimeStamp,
            (Some(Self::TimeStamp), "when") => Self::When,
            (Some(Self::Placemark | Self::Several), shape) => match shape {
                "Point" => Self::Point,
                "LineString" => Self::Line,
                // What KML 2.0 called it.
                "MultiGeometry" | "GeometryCollection" | "MultiTrack" => Self::Several,
                "Track" => Self::Trail,
                "Polygon" | "LinearRing" | "Model" => Self::OtherShape,
                _ => Self::Other,
            },
            (Some(Self::Point | Self::Line), "coordinates") => Self::Coordinates,
            (Some(Self::Point | Self::Line | Self::Trail), "altitudeMode") => Self::AltitudeMode,
            (Some(Self::Trail), "when") => Self::TrailWhen,
            (Some(Self::Trail), "coord") => Self::TrailPlace,
            _ => Self::Other,
        }
    }

    /// Whether Google's namespace has an element of this name that we read.
    pub(super) fn is_of_google(name: &str) -> bool {
        matches!(name, "Track" | "MultiTrack" | "coord" | "altitudeMode")
    }

    /// Whether it holds words that are read as a whole when it ends.
    pub(super) fn is_field(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Description
                | Self::When
                | Self::AltitudeMode
                | Self::TrailWhen
                | Self::TrailPlace
        )
    }
}
