//! The elements of GPX that we read. Everything else, extensions above all, is passed over.

/// What an element is, by its name and the element around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Gpx,
    Track,
    Segment,
    Route,
    TrackPoint,
    Waypoint,
    RoutePoint,
    Name,
    Comment,
    Description,
    Time,
    Elevation,
    Other,
}

impl Element {
    pub(super) fn within(parent: Option<Self>, name: &str) -> Self {
        match (parent, name) {
            (None, "gpx") => Self::Gpx,
            (Some(Self::Gpx), "trk") => Self::Track,
            (Some(Self::Gpx), "rte") => Self::Route,
            (Some(Self::Gpx), "wpt") => Self::Waypoint,
            (Some(Self::Track), "trkseg") => Self::Segment,
            (Some(Self::Track), "name") => Self::Name,
            (Some(Self::Segment), "trkpt") => Self::TrackPoint,
            (Some(Self::Route), "rtept") => Self::RoutePoint,
            (Some(point), field) if point.is_point() => match field {
                "name" => Self::Name,
                "cmt" => Self::Comment,
                "desc" => Self::Description,
                "time" => Self::Time,
                "ele" => Self::Elevation,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    pub(super) fn is_point(self) -> bool {
        matches!(self, Self::TrackPoint | Self::Waypoint | Self::RoutePoint)
    }

    pub(super) fn is_field(self) -> bool {
        matches!(self, Self::Name | Self::Comment | Self::Description | Self::Time | Self::Elevation)
    }
}
