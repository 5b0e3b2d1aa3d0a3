//! Entries and positions: what a person taps in, and what a screen draws of it.

use jasaq_fieldbook::PatrolView as CoreView;
use jasaq_fieldbook::model::entry::{Activity, Entry, EntryDraft};
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::position::{Accuracy, Coordinates, Elevation, Origin, Position, PositionRefused};
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::words::Language;

use crate::patrol::StatementView;
use crate::refusal::Refusal;

/// An entry as somebody gives it, not yet checked. It holds no personal data of third persons.
#[derive(uniffi::Record)]
pub struct NewEntry {
    /// What was done.
    pub activity: Activity,
    /// What happened, in words.
    pub text: String,
    /// Where. If left unset, there was no fix. A receiver's 0,0 means the same and is refused.
    #[uniffi(default = None)]
    pub position: Option<NewPosition>,
    /// The satellites' time of the fix, as RFC 3339. If left unset, there was none.
    #[uniffi(default = None)]
    pub gps_time: Option<String>,
    /// How it came into the device. If left unset, tapped in on the phone.
    #[uniffi(default = None)]
    pub source: Option<Source>,
    /// When it happened, as RFC 3339 with its offset. If left unset, when it is recorded.
    #[uniffi(default = None)]
    pub occurred_at: Option<String>,
}

impl NewEntry {
    /// The draft, and the time of the position's fix.
    pub(crate) fn into_draft(self) -> Result<(EntryDraft, Option<UtcTime>), Refusal> {
        let draft = EntryDraft {
            position: self.position.map(NewPosition::into_position).transpose()?,
            source: self.source.unwrap_or(Source::Phone),
            occurred_at: self.occurred_at.map(|written| written.parse()).transpose()?,
            ..EntryDraft::new(self.activity, self.text)
        };
        Ok((draft, self.gps_time.map(|written| written.parse()).transpose()?))
    }
}

/// A point on the globe (WGS 84), in degrees.
#[derive(uniffi::Record)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Point {
    fn new(coordinates: Coordinates) -> Self {
        Self { latitude: coordinates.latitude(), longitude: coordinates.longitude() }
    }

    fn into_coordinates(self) -> Result<Coordinates, PositionRefused> {
        Coordinates::from_degrees(self.latitude, self.longitude)
    }
}

/// Where a position comes from.
#[derive(uniffi::Enum)]
pub enum PositionOrigin {
    /// The receiver measured it.
    Measured,
    /// The system says that an app faked it.
    Mock,
    /// A person set it on the map.
    ByHand {
        /// What the receiver said, if anything.
        measured: Option<Point>,
    },
}

impl PositionOrigin {
    fn new(origin: Origin) -> Self {
        match origin {
            Origin::Measured => Self::Measured,
            Origin::Mock => Self::Mock,
            Origin::ByHand { measured } => Self::ByHand { measured: measured.map(Point::new) },
        }
    }

    fn into_origin(self) -> Result<Origin, PositionRefused> {
        Ok(match self {
            Self::Measured => Origin::Measured,
            Self::Mock => Origin::Mock,
            Self::ByHand { measured } => {
                Origin::ByHand { measured: measured.map(Point::into_coordinates).transpose()? }
            }
        })
    }
}

/// Where something happened, as a receiver or a person gives it.
#[derive(uniffi::Record)]
pub struct NewPosition {
    /// The point.
    pub point: Point,
    /// Where it comes from.
    pub origin: PositionOrigin,
    /// How accurate it is, in metres. If left unset, nobody knows.
    #[uniffi(default = None)]
    pub accuracy_metres: Option<f64>,
    /// How high, in metres. If left unset, nobody knows.
    #[uniffi(default = None)]
    pub elevation_metres: Option<f64>,
}

impl NewPosition {
    fn into_position(self) -> Result<Position, PositionRefused> {
        Ok(Position {
            coordinates: self.point.into_coordinates()?,
            accuracy: self.accuracy_metres.map(Accuracy::from_metres).transpose()?,
            elevation: self.elevation_metres.map(Elevation::from_metres).transpose()?,
            origin: self.origin.into_origin()?,
        })
    }
}

/// Where something happened.
#[derive(uniffi::Record)]
pub struct PositionView {
    /// The point.
    pub point: Point,
    /// Where it comes from.
    pub origin: PositionOrigin,
    /// How accurate it is, in metres, if that is known.
    pub accuracy_metres: Option<f64>,
    /// How high, in metres, if that is known.
    pub elevation_metres: Option<f64>,
}

impl PositionView {
    fn new(position: &Position) -> Self {
        Self {
            point: Point::new(position.coordinates),
            origin: PositionOrigin::new(position.origin),
            accuracy_metres: position.accuracy.map(Accuracy::metres),
            elevation_metres: position.elevation.map(Elevation::metres),
        }
    }
}

/// An entry of a patrol's log.
#[derive(uniffi::Record)]
pub struct EntryView {
    /// Who wrote it, when, and how far it has come.
    pub statement: StatementView,
    /// What was done.
    pub activity: Activity,
    /// What happened, in words.
    pub text: String,
    /// Where, unless there was no fix.
    pub position: Option<PositionView>,
    /// How it came into the device.
    pub source: Source,
}

impl EntryView {
    pub(crate) fn new((stated, entry): (&Stated, &Entry), view: &CoreView, language: Language) -> Self {
        Self {
            statement: StatementView::new(stated, view, language),
            activity: entry.activity(),
            text: entry.text().to_string(),
            position: entry.position().map(PositionView::new),
            source: entry.source(),
        }
    }
}
